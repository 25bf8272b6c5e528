"""Mistakes in declarations: each is an error that names file, table, column and place."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from lkjip_xl.base.errors import DeclarationError
from lkjip_xl.template.load import default_folder, load_template
from lkjip_xl.template.model import Setup, Template
from support import ROOT, TINY_IDENTITY, tiny, write_tiny

A = '{key = "a", label = "A", type = "number"}'
S = '{key = "s", label = "S", type = "text"}'
D = '{key = "d", label = "D", type = "date"}'


def _columns(*columns: str) -> str:
    return f"columns = [{', '.join([A, S, *columns])}]\n"


def _formula(text: str, kind: str = "number") -> str:
    return _columns(f'{{key = "f", label = "F", type = "{kind}", formula = \'{text}\'}}')


RULE = """
[[rules]]
id = "r"
title = "R"
severity = "galat"
check = "a > 1"
blame = "a"
message = "m"
remedy = "p"
source = "d"
"""

MISTAKES = [
    ("x = 1\n" + _columns(), "Templat keliru di t.toml, tabel t: x: nama ini tidak dikenal"),
    (
        "rows = 0\n" + _columns(),
        "Templat keliru di t.toml, tabel t: rows: nilai 0 tidak sesuai (Input should be greater than or equal to 1)",
    ),
    (
        _columns('{key = "A B", label = "X", type = "text"}'),
        "Templat keliru di t.toml, tabel t, kolom A B: key: 'A B' tidak sesuai pola ^[a-z][a-z0-9_]*$",
    ),
    (
        _columns('{key = "x", label = "X", type = "teks"}'),
        "Templat keliru di t.toml, tabel t, kolom x: type: harus salah satu dari 'text', 'number', 'integer', 'date', 'choice', 'reference', 'ordinal', 'fixed' or 'grade', bukan 'teks'",
    ),
    (_columns('{key = "x", type = "text"}'), "Templat keliru di t.toml, tabel t, kolom x: label: wajib ada"),
    (_columns(A), "Templat keliru di t.toml, tabel t: kolom a dideklarasikan 2 kali"),
    *(
        (
            f'years = [0, 0]\nprint_keys = ["s", "{key}"]\n'
            + _columns(
                '{key = "h", label = "H", type = "text", hidden = true}',
                '{key = "y", label = "Y", type = "number", years = "all"}',
            ),
            f"Templat keliru di t.toml, tabel t: print_keys menunjuk {key}, yang bukan kolom tampak dengan satu sel "
            "setiap baris",
        )
        for key in ("z", "h", "y")
    ),
    (
        _columns('{key = "x", label = "X", type = "choice"}'),
        "Templat keliru di t.toml, tabel t, kolom x: kolom pilihan tanpa choices",
    ),
    (
        _columns('{key = "x", label = "X", type = "text", pattern = "warna"}'),
        "Templat keliru di t.toml, tabel t, kolom x: pola warna tidak ada di template.toml",
    ),
    (
        _columns('{key = "x", label = "X", type = "number", pattern = "kode"}'),
        "Templat keliru di t.toml, tabel t, kolom x: pattern hanya untuk kolom teks",
    ),
    (
        _columns('{key = "x", label = "X", type = "choice", choices = "warna"}'),
        "Templat keliru di t.toml, tabel t, kolom x: daftar pilihan warna tidak ada di template.toml",
    ),
    (
        _columns('{key = "x", label = "X", type = "reference"}'),
        "Templat keliru di t.toml, tabel t, kolom x: kolom acuan tanpa references",
    ),
    (
        _columns('{key = "x", label = "X", type = "reference", references = ["t.z"]}'),
        "Templat keliru di t.toml, tabel t, kolom x: references menunjuk t.z, yang tidak ada",
    ),
    (
        _columns('{key = "x", label = "X", type = "number", years = "all"}'),
        "Templat keliru di t.toml, tabel t, kolom x: years pada tabel yang tidak per tahun",
    ),
    (
        _columns('{key = "x", label = "X", type = "number", current_year = "a"}'),
        "Templat keliru di t.toml, tabel t, kolom x: current_year hanya untuk kolom isian per tahun",
    ),
    (
        _columns('{key = "x", label = "X", type = "number", fallback = "z"}'),
        "Templat keliru di t.toml, tabel t, kolom x: fallback menunjuk kolom z, yang tidak ada",
    ),
    (
        'rows_from = ["z"]\n' + _columns(),
        "Templat keliru di t.toml, tabel t: rows_from menunjuk tabel z, yang tidak ada",
    ),
    (
        'rows_from = ["t"]\n' + _columns(),
        "Templat keliru di t.toml, tabel t: rows_from t kembali ke tabel ini sendiri",
    ),
    (
        "years = [-3, -1]\n" + _columns(),
        "Templat keliru di t.toml, tabel t: years harus memuat tahun laporan (0)",
    ),
    (
        'fixed_rows = [{z = "1"}]\n' + _columns(),
        "Templat keliru di t.toml, tabel t: fixed_rows harus mengisi tepat kolom ",
    ),
    (
        _formula("a +"),
        "Templat keliru di t.toml, tabel t, kolom f: formula: di sini seharusnya nilai, tetapi rumus berakhir (rumus 'a +', huruf ke-4)",
    ),
    (
        _formula("z"),
        "Templat keliru di t.toml, tabel t, kolom f: formula: tabel t tidak punya kolom z (rumus 'z', huruf ke-1)",
    ),
    (
        _formula("a + s"),
        "Templat keliru di t.toml, tabel t, kolom f: formula: di sini seharusnya angka, tetapi ini teks (rumus 'a + s', huruf ke-5)",
    ),
    (
        _formula("IF(a = s, 1, 2)"),
        "Templat keliru di t.toml, tabel t, kolom f: formula: jenisnya berbeda: angka dan teks (rumus 'IF(a = s, 1, 2)', huruf ke-6)",
    ),
    (
        _formula("IF(a, 1, 2)"),
        "Templat keliru di t.toml, tabel t, kolom f: formula: di sini seharusnya benar/salah, tetapi ini angka (rumus 'IF(a, 1, 2)', huruf ke-4)",
    ),
    (
        _formula("s"),
        "Templat keliru di t.toml, tabel t, kolom f: formula: rumus menghasilkan teks, kolom ini angka",
    ),
    (
        _formula("SUM(s)"),
        "Templat keliru di t.toml, tabel t, kolom f: formula: kolom ini bukan angka (rumus 'SUM(s)', huruf ke-5)",
    ),
    (
        _formula("XLOOKUP(a, s, a)"),
        "Templat keliru di t.toml, tabel t, kolom f: formula: kunci dan kolom kuncinya berbeda jenis (rumus 'XLOOKUP(a, s, a)', huruf ke-9)",
    ),
    (
        _formula("z.a"),
        "Templat keliru di t.toml, tabel t, kolom f: formula: tabel z tidak ada (rumus 'z.a', huruf ke-1)",
    ),
    (
        _formula("PREVYEAR(a)"),
        "Templat keliru di t.toml, tabel t, kolom f: formula: PREVYEAR hanya untuk kolom per tahun (rumus 'PREVYEAR(a)', huruf ke-1)",
    ),
    *(
        (
            head + _formula(f"LASTFILLED({column})"),
            f"Templat keliru di t.toml, tabel t, kolom f: formula: LASTFILLED hanya untuk kolom tabel ini, di baris isian (rumus 'LASTFILLED({column})', huruf ke-1)",
        )
        for head, column in (("", "identitas.nama"), ('kind = "form"\n', "a"))
    ),
    (
        _columns('{key = "f", label = "F", type = "number", total = "LASTFILLED(a)"}'),
        "Templat keliru di t.toml, tabel t, kolom f: total: LASTFILLED hanya untuk kolom tabel ini, di baris isian (rumus 'LASTFILLED(a)', huruf ke-1)",
    ),
    (
        _columns(D, '{key = "f", label = "F", type = "date", formula = "LASTFILLED(d)"}'),
        "Templat keliru di t.toml, tabel t, kolom f: formula: LASTFILLED hanya untuk teks dan angka (rumus 'LASTFILLED(d)', huruf ke-1)",
    ),
    (
        _formula("LASTFILLED(a)"),
        'Templat keliru di t.toml, tabel t, kolom f: formula: tidak kosong pada baris kosong; awali dengan IF(ISBLANK(kolom), "", …)',
    ),
    (
        _formula("SCALE(warna, a)"),
        "Templat keliru di t.toml, tabel t, kolom f: formula: SCALE: skala warna tidak ada di template.toml (rumus 'SCALE(warna, a)', huruf ke-1)",
    ),
    (
        _formula("SETTING(batas_lain)"),
        "Templat keliru di t.toml, tabel t, kolom f: formula: SETTING: angka ketentuan batas_lain tidak ada di [settings] template.toml (rumus 'SETTING(batas_lain)', huruf ke-1)",
    ),
    (
        _formula("YEAR(s)"),
        "Templat keliru di t.toml, tabel t, kolom f: formula: di sini seharusnya tanggal, tetapi ini teks (rumus 'YEAR(s)', huruf ke-6)",
    ),
    (
        _columns(D) + RULE.replace("a > 1", "d > d"),
        "Templat keliru di t.toml, tabel t: aturan r: tanggal tidak dibandingkan; pakai YEAR dan MONTH (rumus 'd > d', huruf ke-3)",
    ),
    (
        _columns(D) + RULE.replace("a > 1", "COUNTIF(d, d) = 1"),
        "Templat keliru di t.toml, tabel t: aturan r: kolom tanggal hanya untuk YEAR, MONTH, dan ISBLANK (rumus 'COUNTIF(d, d) = 1', huruf ke-9)",
    ),
    (
        _columns(D, '{key = "f", label = "F", type = "date", formula = "IF(a > 1, d, d)"}'),
        "Templat keliru di t.toml, tabel t, kolom f: formula: IF tidak menghasilkan tanggal (rumus 'IF(a > 1, d, d)', huruf ke-1)",
    ),
    (
        _columns(D, '{key = "f", label = "F", type = "date", formula = "d"}'),
        "Templat keliru di t.toml, tabel t, kolom f: formula: rumus tidak dapat menghasilkan tanggal",
    ),
    (
        _formula("COUNT(a)"),
        'Templat keliru di t.toml, tabel t, kolom f: formula: tidak kosong pada baris kosong; awali dengan IF(ISBLANK(kolom), "", …)',
    ),
    (
        _columns('{key = "x", label = "X", type = "reference", references = ["t.a"]}'),
        "Templat keliru di t.toml, tabel t, kolom x: reference: kunci dan kolom kuncinya berbeda jenis",
    ),
    (
        _columns('{key = "x", label = "X", type = "date", unique = true}'),
        "Templat keliru di t.toml, tabel t, kolom x: unique: kolom tanggal hanya untuk YEAR, MONTH, dan ISBLANK",
    ),
    (
        _columns('{key = "x", label = "X", type = "text", min = 1}'),
        "Templat keliru di t.toml, tabel t, kolom x: range: jenisnya berbeda: angka dan teks",
    ),
    (
        _columns('{key = "x", label = "X", type = "number", choices = ["satu"]}'),
        "Templat keliru di t.toml, tabel t, kolom x: choice: jenisnya berbeda: angka dan teks",
    ),
    (_formula("f + 1"), "Templat keliru di t.toml, tabel t, kolom f: rumus saling menunjuk: t.f → t.f"),
    (
        _columns('{key = "x", label = "X", type = "number", total = "a"}'),
        "Templat keliru di t.toml, tabel t, kolom x: total: kolom a tidak punya sel di baris jumlah (rumus 'a', huruf ke-1)",
    ),
    (
        _columns() + RULE.replace('"a > 1"', '"a"'),
        "Templat keliru di t.toml, tabel t: aturan r: check harus benar/salah",
    ),
    (
        _columns() + RULE.replace('blame = "a"', 'blame = "z"'),
        "Templat keliru di t.toml, tabel t: aturan r: blame menunjuk kolom z, yang tidak ada",
    ),
    (
        _columns() + RULE.replace('"m"', '"{z}"'),
        "Templat keliru di t.toml, tabel t: aturan r, message: {z} tidak dikenal; yang ada: {a}, {s}",
    ),
    (
        _columns() + RULE + RULE,
        "Templat keliru di t.toml, tabel t: aturan r dideklarasikan lebih dari sekali",
    ),
    (
        _columns() + RULE.replace('"galat"', '"fatal"'),
        "Templat keliru di t.toml, tabel t: rules.0.severity: harus salah satu dari 'galat', 'peringatan' or 'catatan', bukan 'fatal'",
    ),
    (
        _columns()
        + '[[charts]]\ntitle = "G"\nkind = "bar"\nnames = "s"\nvalues = ["a"]\nlegend = {z = "Z"}\n',
        "Templat keliru di t.toml, tabel t: charts.0: legend: z bukan deret grafik ini (values, percent)",
    ),
    ("= rusak", "Templat keliru di t.toml: bukan TOML yang benar: Invalid statement (at line 4, column 1)"),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_names_file_table_column_and_place(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(DeclarationError) as error:
        tiny(tmp_path / "templat", t=text)
    assert str(error.value) == message


def test_names_what_is_wrong_in_the_main_file(tmp_path: Path) -> None:
    folder = write_tiny(tmp_path / "templat", t=_columns())
    main = folder / "template.toml"
    good = main.read_text("utf-8")
    for change, message in [
        (('"t"]', '"t", "u"]'), "order menyebut tabel u, tetapi berkasnya tidak ada"),
        (("identitas.nama", "identitas.sebutan"), "identity menunjuk identitas.sebutan, yang tidak ada"),
        (("min = 70", "min = 40"), "skala mutu: tingkat harus menurun, dan hanya yang terakhir tanpa batas"),
        (
            ('"realisasi / target * 100"', '"realisasi /"'),
            "capaian.arah: di sini seharusnya nilai, tetapi rumus berakhir (rumus 'realisasi /', huruf ke-12)",
        ),
    ]:
        main.write_text(good.replace(*change), encoding="utf-8")
        load_template.cache_clear()
        with pytest.raises(DeclarationError) as error:
            load_template(folder)
        assert str(error.value) == f"Templat keliru di template.toml: {message}"


SUMMARY = """
[[summary]]
title = "R"
"""


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ('form = "identitas"\ncolumns = ["nama"]', "summary 'R': table, columns, dan filled tidak dipakai bersama form"),
        ('form = "identitas"\ntable = "t"', "summary 'R': table, columns, dan filled tidak dipakai bersama form"),
        ('table = "t"', "summary 'R': columns belum ditulis"),
        ('table = "t"\ncolumns = ["z"]', "summary 'R' menunjuk kolom t.z, yang tidak ada"),
        ('table = "t"\ncolumns = ["a", "x"]', "summary 'R' menunjuk kolom t.x, yang per tahun"),
        ('table = "t"\ncolumns = ["a", "s"]\nfilled = "a"', ""),
        ('form = "identitas"', ""),
    ],
)  # fmt: skip
def test_what_a_summary_cannot_print_is_no_declaration(tmp_path: Path, block: str, message: str) -> None:
    table = "years = [-1, 0]\n" + _columns('{key = "x", label = "X", type = "number", years = "all"}')
    folder = write_tiny(tmp_path / "templat", t=table)
    main = folder / "template.toml"
    main.write_text(main.read_text("utf-8") + SUMMARY + block + "\n", encoding="utf-8")
    found = ""
    try:
        load_template(folder)
    except DeclarationError as error:
        found = error.reason
    assert found == message


def test_a_folder_without_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match=r"folder templat tidak berisi template\.toml"):
        load_template(tmp_path)


def test_a_user_folder_replaces_the_shipped_set(tmp_path: Path) -> None:
    assert list(tiny(tmp_path / "templat", t=_columns()).tables) == ["identitas", "t"]


def test_digest_follows_content_not_line_ends(tmp_path: Path) -> None:
    one = tiny(tmp_path / "a", t=_columns())
    other = write_tiny(tmp_path / "b", t=_columns())
    (other / "identitas.toml").write_bytes(TINY_IDENTITY.replace("\n", "\r\n").encode())
    assert load_template(other).digest == one.digest
    (other / "identitas.toml").write_text(TINY_IDENTITY.replace("Nama", "Sebutan"), encoding="utf-8")
    load_template.cache_clear()
    assert load_template(other).digest != one.digest


@pytest.mark.sampled(20)
@pytest.mark.parametrize("path", sorted(default_folder().glob("*.toml")), ids=lambda path: path.name)
def test_shipped_files_fit_the_json_schema(path: Path) -> None:
    name = {"template.toml": "template", "laporan.toml": "report"}.get(path.name, "table")
    schema = json.loads((ROOT / "templates" / "schema" / f"{name}.schema.json").read_text("utf-8"))
    content = json.loads(json.dumps(tomllib.loads(path.read_text("utf-8"))))
    jsonschema.validate(content, schema)
    assert path.read_text("utf-8").startswith(f"#:schema ./schema/{name}.schema.json\n")


def test_every_table_of_the_report_is_there(template: Template) -> None:
    numbers = {table.declared.number: key for key, table in template.tables.items() if table.declared.number}
    assert numbers == {
        "Tabel 1.1": "pegawai",
        "Tabel 1.2": "pendidikan",
        "Tabel 1.3": "golongan",
        "Tabel 2.1": "pk",
        "Tabel 2.2": "iku",
        "Tabel 3.1": "kinerja",
        "Tabel 3.2": "tren",
        "Tabel 3.3": "renstra",
        "Tabel 3.4": "keuangan",
    }
    unnumbered = set(template.tables) - set(numbers.values())
    assert unnumbered == {
        "identitas", "ikk", "idm", "idm_ikk", "standar", "analisis", "efisiensi", "pendukung", "akip", "tindak_lanjut", "ikhtisar",
        "keuangan_tahunan", "nomenklatur",
    }  # fmt: skip
    assert template.modules == ("idm", "keuangan_tahunan", "kode")
    assert template.offered == ("idm", "keuangan_tahunan")


@pytest.mark.parametrize("period", [(2023, 2023), (2018, 2023), (2015, 2029)])
def test_any_number_of_years(period: tuple[int, int], template: Template) -> None:
    setup = Setup(2023, period)
    tren = template.tables["tren"]
    years = tuple(range(period[0], period[1] + 1))
    assert tren.column_years(tren.columns["capaian"], setup) == years
    assert tren.column_years(tren.columns["perubahan"], setup) == (2023,)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('source = "ikhtisar.anggaran"', 'source = "keuangan.anggaran"', "consolidation, angka anggaran: keuangan.anggaran bukan kolom formulir"),
        ('ratio = ["realisasi", "anggaran"]', 'ratio = ["realisasi", "pagu"]', "consolidation, angka serapan: ratio menunjuk pagu, yang tidak ada di atasnya"),
        ('ratio = ["realisasi", "anggaran"]', "", "consolidation, angka serapan: tulis source, ratio, atau difference, salah satu"),
        ('key = "kegiatan"', 'key = "program"', "consolidation, angka program: namanya dipakai dua kali"),
        ('scale = "predikat"', 'scale = "mutu"', "consolidation, angka capaian: skala mutu tidak ada"),
        ('ranking = "Peringkat Capaian"', 'ranking = "Kokpit"', "consolidation: nama lembar 'kokpit' dipakai dua kali"),
        ('trace = "realisasi"', 'trace = "hasil"', "consolidation 'Indikator Kinerja Utama semua perangkat daerah' menunjuk kolom kinerja.hasil, yang tidak ada"),
        ('figures = ["capaian", ', 'figures = ["capaain", ', "consolidation.regent: angka capaain tidak ada; maksud Anda capaian?"),
        ('x = "serapan"', 'x = "serapann"', "consolidation.regent: angka serapann tidak ada; maksud Anda serapan?"),
        ('value = "rata_sasaran"', 'value = "rata"', "consolidation.regent.heat menunjuk kolom kinerja.rata, yang tidak ada"),
        ("{{ angka.serapan | persen }}{% if", "{{ angka.serap | persen }}{% if", "consolidation.regent, kalimat 'Anggaran {{ angka.anggaran | rp }} terea': angka.serap tidak ada; maksud Anda angka.serapan?"),
        ('table = "golongan"', 'table = "pangkat"', "consolidation 'Menurut pangkat/golongan' menunjuk tabel pangkat, yang tidak ada"),
        ('labels = ["Jumlah desa", ', "labels = [", "consolidation 'Jumlah desa menurut status dan tahun': labels dan columns tidak sama banyaknya"),
    ],
)  # fmt: skip
def test_mistakes_in_what_consolidation_shows(tmp_path: Path, old: str, new: str, message: str) -> None:
    import shutil

    folder = tmp_path / "templat"
    shutil.copytree(default_folder(), folder)
    main = folder / "template.toml"
    text = main.read_text("utf-8")
    place = text.index(old, text.index("[consolidation]"))
    main.write_text(text[:place] + new + text[place + len(old) :], encoding="utf-8")
    with pytest.raises(DeclarationError) as error:
        load_template(folder)
    assert error.value.reason == message
