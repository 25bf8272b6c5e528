"""A placeholder that nothing would be filled in for is an error that names file, table, place and what was meant."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from lkjip_xl.base.errors import DeclarationError
from lkjip_xl.report import sentences
from lkjip_xl.template.declared_batch import ConsolidationRulesDeclaration
from lkjip_xl.template.declared_words import Fills, SubmissionRulesDeclaration
from lkjip_xl.template.load import default_folder, load_template
from lkjip_xl.template.sentences import FILTERS
from support import ROOT, tiny

NOT_HERE = "tidak diganti di sini, jadi akan tertulis apa adanya"
# file, what stands there, what is written instead, the error
MISTAKES = [
    ("template.toml", '"{judul} belum diisi"', '"{judull} belum diisi"', "template.toml: field_rules.required, message: {judull} tidak dikenal; maksud Anda {judul}?"),
    ("template.toml", '"{judul} belum diisi"', '"{ judul } belum diisi"', "template.toml: field_rules.required, message: { judul } tidak dikenal; maksud Anda {judul}?"),
    ("template.toml", '"{judul} belum diisi"', '"{judul belum diisi"', "template.toml: field_rules.required, message: kurung kurawal tanpa pasangannya di '{judul belum diisi'"),
    ("template.toml", '"{judul} belum diisi"', '"{judul} {batas} belum diisi"', "template.toml: field_rules.required, message: {batas} tidak dikenal; yang ada: {judul}, {tabel}"),
    ("template.toml", '"Isi sel ini"', '"Isi {judul}"', f"template.toml: field_rules.required, remedy: {{judul}} {NOT_HERE}"),
    ("template.toml", '"Tertulis sebagai {bentuk}"', '"Tertulis sebagai {bentk}"', "template.toml: field_rules.pattern, title: {bentk} tidak dikenal; maksud Anda {bentuk}?"),
    ("template.toml", "Tabel di lembar {lembar} tidak", "Tabel di lembar {lembr} tidak", "template.toml: submission_rules.missing_table, message: {lembr} tidak dikenal; maksud Anda {lembar}?"),
    ("template.toml", '"lembar yang terhapus membawa', '"{lembar} yang terhapus membawa', f"template.toml: submission_rules.missing_table, reason: {{lembar}} {NOT_HERE}"),
    ("template.toml", '"OPD {opd} belum mengirim', '"OPD {odp} belum mengirim', "template.toml: consolidation.rules.missing, message: {odp} tidak dikenal; maksud Anda {opd}?"),
    ("template.toml", '"Isi hanya sel kuning muda.', '"{nama}: isi hanya sel kuning muda.', f"template.toml: instructions: {{nama}} {NOT_HERE}"),
    ("template.toml", '"Semua program (dan', '"Tahun {tahun}: semua program (dan', f"template.toml: consolidation, lembar Program, title: {{tahun}} {NOT_HERE}"),
    ("template.toml", '"Ikhtisar Eksekutif"', '"Ikhtisar {nama}"', f"template.toml: summary: {{nama}} {NOT_HERE}"),
    ("template.toml", '"Sumber: Tabel 3.1"', '"Sumber: {nma}"', "template.toml: summary, source: {nma} tidak dikenal; maksud Anda {nama}?"),
    ("iku.toml", "(IKU) {periode}", "(IKU) {period}", "iku.toml, tabel iku: title: {period} tidak dikenal; maksud Anda {periode}?"),
    ("pegawai.toml", '"Sumber: {nama}"', '"Sumber: {nma}"', "pegawai.toml, tabel pegawai: source: {nma} tidak dikenal; maksud Anda {nama}?"),
    ("pegawai.toml", '"Sumber: {nama}"', '"Sumber: {opd}"', "pegawai.toml, tabel pegawai: source: {opd} tidak dikenal; yang ada: {tahun}, {tahun_lalu}, {tahun_akhir}, {periode}, {nama}, {kabupaten}"),
    ("idm.toml", '"Tahun {tahun}"', '"Tahun {thun}"', "idm.toml, tabel idm, kolom jumlah: label: {thun} tidak dikenal; maksud Anda {tahun}?"),
    ("tren.toml", 'label = "TARGET"', 'label = "TARGET {tahun}"', f"tren.toml, tabel tren, kolom target: label: {{tahun}} {NOT_HERE}"),
    ("identitas.toml", 'value = "{tahun}"', 'value = "{tahum}"', "identitas.toml, tabel identitas, kolom tahun: value: {tahum} tidak dikenal; maksud Anda {tahun}?"),
    ("akip.toml", '"Nilai 0 sampai 100', '"Nilai {tahun} 0 sampai 100', f"akip.toml, tabel akip, kolom nilai: help: {{tahun}} {NOT_HERE}"),
    ("idm.toml", '"Jumlah desa {status} tampaknya', '"Jumlah desa {statsu} tampaknya', "idm.toml, tabel idm: aturan idm-tahun, message: {statsu} tidak dikenal; maksud Anda {status}?"),
    ("idm.toml", '"Ketik jumlah desanya', '"Ketik jumlah desa {status}', f"idm.toml, tabel idm: aturan idm-tahun, remedy: {{status}} {NOT_HERE}"),
]  # fmt: skip

SENTENCE = "{{ identitas.jabatan | isi }}"
SENTENCES = [
    ("{{ ikhtisar.anggaranx | rp }}", "ikhtisar.anggaranx tidak ada; maksud Anda ikhtisar.anggaran?"),
    ("{{ ikhtisar['anggaranx'] | rp }}", "ikhtisar.anggaranx tidak ada; maksud Anda ikhtisar.anggaran?"),
    ("{{ ikhtisra.anggaran | rp }}", "ikhtisra tidak dikenal; maksud Anda ikhtisar?"),
    ("{{ ikhtisar.anggaran | rpp }}", "| rpp tidak dikenal; maksud Anda | rp?"),
    ("{{ thun }}", "thun tidak dikenal; maksud Anda tahun?"),
    ("{% for baris in kinerja if baris.jeni == 'IKU' %}{{ baris.target }}{% endfor %}", "baris.jeni tidak ada; maksud Anda baris.jenis?"),
    ("{% if ikhtisar.anggaran > 0 %}{{ ikhtisar.realisas | rp }}{% endif %}", "ikhtisar.realisas tidak ada; maksud Anda ikhtisar.realisasi?"),
    ("{{ kinerja.target }}", "kinerja.target: kinerja adalah tabel; tulis {% for baris in kinerja %} … baris.target"),
    ("{% for baris in tren %}{{ baris.target }}{% endfor %}", "baris.target berisi angka tiap tahun; tulis tahunnya, misalnya baris.target[tahun]"),
    ("{{ tahun", "tidak dapat dibaca (unexpected end of template, expected 'end of print statement'.)"),
]  # fmt: skip
RIGHT = [
    "{% for baris in kinerja if baris.jenis == 'IKU' %}{{ loop.index }}. {{ baris.target | angka }}{% endfor %}",
    "{% set jumlah = ikhtisar.program %}{{ jumlah | bilangan }} {{ jumlah.real }}",
    "{{ identitas['nama'] | upper }} {{ identitas.nama.strip() }} {{ tahun }} {{ periode }}",
    "Tanpa angka, dengan {satu} kurung.",
    "{% for baris in tren %}{{ baris.target[tahun] | angka }} {{ baris['target'][tahun - 1] | angka }}{% endfor %}",
]


def _error(folder: Path, file: str, old: str, new: str) -> str:
    """Return what is said of the shipped set with another text in one of its files; empty where it can be used."""
    shutil.copytree(default_folder(), folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        load_template(folder)
    except DeclarationError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(("file", "old", "new", "message"), MISTAKES)
def test_a_placeholder_that_there_is_none(
    file: str, old: str, new: str, message: str, tmp_path: Path
) -> None:
    assert _error(tmp_path / "set", file, old, new) == f"Templat keliru di {message}"


@pytest.mark.parametrize(("text", "message"), SENTENCES)
def test_a_sentence_that_names_what_there_is_not(text: str, message: str, tmp_path: Path) -> None:
    place = f"template.toml: summary 'Pengesahan', kalimat {text[:40]!r}"
    assert (
        _error(tmp_path / "set", "template.toml", SENTENCE, text) == f"Templat keliru di {place}: {message}"
    )


@pytest.mark.parametrize("text", RIGHT)
def test_a_sentence_that_can_be_written(text: str, tmp_path: Path) -> None:
    assert _error(tmp_path / "set", "template.toml", SENTENCE, text) == ""


def test_placeholders_that_are_filled_in_where_they_stand(tmp_path: Path) -> None:
    table = 'source = "{nama}, {kabupaten} {tahun} {tahun_lalu} {tahun_akhir} {periode}"\nkind = "form"\n'
    table += 'columns = [{key = "a", label = "A {tahun}", type = "number"}]\n'
    table += '[[rules]]\nid = "r"\ntitle = "T"\nseverity = "galat"\ncheck = "a > 1"\nblame = "a"\nmessage = "{a} {b}"\n'
    table += 'remedy = "R"\nsource = "S"\nvalues = {b = "a + 1"}\n'
    assert list(tiny(tmp_path, t=table.replace("a > 1", "a > 1")).tables) == ["identitas", "t"]


def test_the_filters_of_sentences_are_those_that_can_be_named() -> None:
    assert set(sentences._FILTERS) == set(FILTERS)


def test_findings_say_what_their_words_may_name() -> None:
    """Each call of ``submitted`` that names its words gives every figure that a message of theirs may hold."""
    wanted = {
        name: next((set(each) for each in field.metadata if isinstance(each, Fills)), set[str]())
        for model in (ConsolidationRulesDeclaration, SubmissionRulesDeclaration)
        for name, field in model.model_fields.items()
        if name != "other_year"  # of two kinds
    }
    seen: set[str] = set()
    for path in (ROOT / "lkjip_xl").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] == "submitted"):
                continue
            words = [each.attr for each in ast.walk(call.args[0]) if isinstance(each, ast.Attribute)]
            given = {each.arg for each in call.keywords}
            for name in wanted.keys() & set(words):
                seen.add(name)
                assert None in given or wanted[name] <= given, (path.name, name)
    assert len(seen) > 25
