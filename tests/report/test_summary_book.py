"""The summary workbook: the figures, the sentences, the report's form, the findings."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook as Book

from clean import clean_document
from lkjip_xl.form.json_data import from_document
from lkjip_xl.report.summary_book import summary
from lkjip_xl.template.load import default_folder, load_template
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render
from support import fill


def _summary(path: Path, template: Template) -> Book:
    _, content = summary(path, template)
    target = path.with_name("ringkasan.xlsx")
    target.write_bytes(content)
    return openpyxl.load_workbook(target)


@pytest.fixture
def book(sample_file: Path, template: Template) -> Book:
    return _summary(sample_file, template)


def _rows(book: Book, sheet: str) -> list[list[object]]:
    rows = [[cell.value for cell in row if cell.value is not None] for row in book[sheet].iter_rows()]
    return [row for row in rows if row]


def test_figures_of_the_executive_summary(book: Book) -> None:
    assert _rows(book, "Ikhtisar")[:20] == [
        ["Laporan Kinerja Instansi Pemerintah (LKjIP) Tahun 2023"],
        ["Dinas Pemberdayaan Masyarakat dan Desa, Kabupaten Banyuasin"],
        ["Ikhtisar Eksekutif"],
        ["Jumlah program", 5],
        ["Jumlah kegiatan", 10],
        ["Jumlah sub kegiatan", 46],
        [
            "Anggaran",
            10716928854,
            "sepuluh miliar tujuh ratus enam belas juta sembilan ratus dua puluh delapan ribu delapan ratus "
            "lima puluh empat rupiah",
        ],
        [
            "Realisasi",
            10361934024,
            "sepuluh miliar tiga ratus enam puluh satu juta sembilan ratus tiga puluh empat ribu dua puluh "
            "empat rupiah",
        ],
        ["Persentase realisasi (%)", 96.69],
        [
            "Sisa anggaran",
            354994830,
            "tiga ratus lima puluh empat juta sembilan ratus sembilan puluh empat ribu delapan ratus tiga "
            "puluh rupiah",
        ],
        ["Sisa anggaran (%)", 3.31],
        ["Jumlah sasaran", 1],
        ["Rata-rata capaian sasaran (%)", 82.3],
        ["Predikat", "Berhasil"],
        ["Sumber: Tabel 3.1 dan Tabel 3.4"],
        ["Rata-rata capaian per sasaran"],
        ["Sasaran", "Rata-rata sasaran (%)", "Predikat sasaran"],
        [
            "Bangkit Infrastruktur dan Pembangunan Perdesaan (Meningkatnya Infrastruktur Yang Baik, Merata, "
            "Berwawasan Lingkungan dan Naiknya Status Desa)",
            82.3,
            "Berhasil",
        ],
        ["Sumber: Tabel 3.1"],
        ["Kalimat ikhtisar dan kesimpulan"],
    ]


def test_every_declared_column_of_a_summary_is_printed(sample_file: Path, tmp_path: Path) -> None:
    """The other blocks stay as they are; the bar above each block is as wide as the widest of them."""
    folder = tmp_path / "set"
    shutil.copytree(default_folder(), folder)
    text = (folder / "template.toml").read_text("utf-8")
    old = '["sasaran", "rata_sasaran", "predikat_sasaran"]'
    assert old in text
    new = '["sasaran", "rata_sasaran", "predikat_sasaran", "indikator", "capaian"]'
    (folder / "template.toml").write_text(text.replace(old, new), encoding="utf-8")
    book = _summary(sample_file, load_template(folder))
    rows = _rows(book, "Ikhtisar")
    at = rows.index(["Rata-rata capaian per sasaran"])
    assert rows[at + 1] == [
        "Sasaran",
        "Rata-rata sasaran (%)",
        "Predikat sasaran",
        "Indikator Kinerja",
        "Capaian Kinerja (%)",
    ]
    assert rows[at + 2][1:] == [
        82.3,
        "Berhasil",
        "Jumlah Desa Sangat Tertinggal dan Tertinggal Menjadi Desa Berkembang",
        82.3,
    ]
    sheet = book["Ikhtisar"]
    titles = [block.title for block in load_template(folder).declared.summary]
    bars = [cell.row for cell in sheet["A"] if cell.value in titles]
    sources = [cell.row for cell in sheet["A"] if str(cell.value).startswith("Sumber: ")]
    wide = {str(each) for each in sheet.merged_cells.ranges if each.max_col > 3}
    assert wide == {f"A{row}:E{row}" for row in (*bars, *sources)}
    assert (len(bars), len(sources)) == (len(titles), 2)
    widths = {each.min: each.width for each in sheet.column_dimensions.values()}
    assert {n: int(width) for n, width in widths.items()} == {1: 44, 2: 26, 3: 50, 4: 20}


def test_sentences_of_the_report(book: Book) -> None:
    rows = _rows(book, "Ikhtisar")
    begin = rows.index(["Kalimat ikhtisar dan kesimpulan"]) + 1
    assert [row[0] for row in rows[begin:]] == [
        "Pada tahun 2023 Dinas Pemberdayaan Masyarakat dan Desa Kabupaten Banyuasin melaksanakan 5 (lima) program, "
        "10 (sepuluh) kegiatan dan 46 (empat puluh enam) sub kegiatan.",
        "Anggaran belanja sebesar Rp 10.716.928.854,00 (sepuluh miliar tujuh ratus enam belas juta sembilan ratus "
        "dua puluh delapan ribu delapan ratus lima puluh empat rupiah), sedangkan anggaran yang terealisasi sebesar "
        "Rp 10.361.934.024,00 (sepuluh miliar tiga ratus enam puluh satu juta sembilan ratus tiga puluh empat ribu "
        "dua puluh empat rupiah), dengan persentase 96,69 %.",
        "1. Jumlah Desa Sangat Tertinggal dan Tertinggal Menjadi Desa Berkembang dengan target 243 Nilai, sedangkan "
        "realisasinya 200 Nilai dengan capaian 82,30 % (Berhasil).",
        "Rata-rata capaian kinerja untuk semua sasaran strategis sebesar 82,30 % (Berhasil), sementara realisasi "
        "keuangan untuk mencapai semua sasaran strategis sebesar 96,69 %.",
        "Daya serap anggaran tahun 2023: dari Rp 10.716.928.854,00 terealisasi Rp 10.361.934.024,00, sehingga "
        "terdapat sisa anggaran Rp 354.994.830,00 (3,31 %), yaitu tiga ratus lima puluh empat juta sembilan ratus "
        "sembilan puluh empat ribu delapan ratus tiga puluh rupiah.",
        "Hasil evaluasi akuntabilitas kinerja memperoleh nilai 71,50 dengan predikat BB.",
        "Pengesahan",
        "Pangkalan Balai, 8 Januari 2024",
        "Kepala Dinas Pemberdayaan Masyarakat dan Desa Kabupaten Banyuasin",
        "Pembina TK I / IV.b",
    ]


def test_a_heading_above_nothing_is_not_printed(tmp_path: Path, template: Template) -> None:
    document = clean_document()
    assert "kepala" not in document["tabel"]["identitas"]
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, from_document(document, template)))
    titles = [block.title for block in template.declared.summary]
    shown = [row[0] for row in _rows(_summary(path, template), "Ikhtisar") if row[0] in titles]
    assert (shown, titles[-1]) == (titles[:-1], "Pengesahan")


def test_table_in_the_form_of_the_report(book: Book) -> None:
    rows = _rows(book, "3.3 Renstra")
    assert rows[:7] == [
        ["Tabel 3.3"],
        [
            "Perbandingan Realisasi Kinerja sampai dengan Tahun 2023 dengan Target Jangka Menengah dalam Dokumen "
            "Renstra"
        ],
        ["No", "Indikator", "Satuan", "Realisasi Tahun 2023", "Target s/d Tahun 2023", "Capaian %"],
        [1, 2, 3, 4, 5, 6],
        ["Indikator Kinerja Utama (IKU)"],
        [
            "Sasaran: Bangkit Infrastruktur dan Pembangunan Perdesaan (Meningkatnya Infrastruktur Yang Baik, Merata, "
            "Berwawasan Lingkungan dan Naiknya Status Desa)"
        ],
        [1, "Jumlah Desa Sangat Tertinggal dan Tertinggal Menjadi Desa Berkembang", "Nilai", 200, 243, 82.3],
    ]
    assert rows[7] == ["Indikator Kinerja Kunci (IKK)"]


def test_grades_stand_where_an_indicator_has_no_figures(book: Book) -> None:
    row = _rows(book, "3.4 Keuangan")[-3]
    assert row == [
        5,
        "Hasil Evaluasi Akuntabilitas Kinerja Instansi Pemerintah (AKIP) Perangkat Daerah",
        "BB",
        "BB",
        5,  # the number again, in the second part
        "Program Penunjang Urusan pemerintahan Daerah Kabupaten/Kota",
        5812062173,
        5499574092,
        94.62,
        "Efisien",
    ]


def test_every_table_has_its_caption_and_its_source(book: Book, template: Template) -> None:
    """As the report has them: number, title, and whence the figures come; in each part of one that is too wide."""
    for table in template.active(frozenset({"idm"})):
        if table.key == "ikhtisar":
            continue
        texts = [str(row[0]) for row in _rows(book, table.declared.sheet)]
        number = table.declared.number
        assert texts[: bool(number)] == ([number] if number else [])
        assert texts[-1].startswith("Sumber: "), table.key
        assert "{" not in texts[-1]


def test_a_wide_table_has_caption_numbers_and_source_in_each_part(book: Book) -> None:
    sheet = book["3.2 Tren"]
    title = "Perbandingan antara Realisasi Kinerja serta Capaian Kinerja Tahun 2023 dengan Tahun 2018-2023"
    source = "Sumber: Dinas Pemberdayaan Masyarakat dan Desa, pengukuran kinerja tahun 2018-2023"
    assert [[str(cell.value) for cell in row if cell.value is not None] for row in sheet.iter_rows(1, 6)] == [
        ["Tabel 3.2", "Tabel 3.2 (lanjutan)"],
        [title, title],
        [],
        ["INDIKATOR", "SATUAN", "TARGET", "REALISASI", "INDIKATOR", "SATUAN", "CAPAIAN (%)"],
        [*(str(year) for _ in range(3) for year in range(2018, 2024))],
        [*map(str, range(1, 15)), "1", "2", *map(str, range(15, 21))],
    ]
    assert _rows(book, "3.2 Tren")[-1] == [source, source]
    assert [each.id for each in sheet.col_breaks.brk] == [15]


def test_figures_have_their_declared_decimals(book: Book) -> None:
    """A whole number that may have others has none: 243 desa, but 0,79 and 80,60 beside it."""
    sheet = book["3.1 Kinerja"]
    figures = [sheet[place] for place in ("D9", "F9", "D11", "D14")]
    assert [(each.value, each.number_format) for each in figures] == [
        (243, "#,##0"),
        (82.3, "#,##0.00"),
        (0.79, "#,##0.00"),
        (80.6, "#,##0.00"),
    ]
    assert [(sheet[place].alignment.horizontal, sheet[place].alignment.indent) for place in ("C9", "D9")] == [
        ("left", 1),
        ("right", 1),
    ]


def test_equal_neighbours_are_merged(book: Book) -> None:
    below = {str(each) for each in book["3.4 Keuangan"].merged_cells.ranges if each.min_row > 5}
    assert below == {"B7:B10", "C7:C10", "D7:D10", "E7:E10", "F7:F10", "A13:F13", "H13:M13"}  # the sources


def test_where_one_column_changes_those_to_its_right_are_not_merged(
    tmp_path: Path, template: Template
) -> None:
    """Two indicators with the same figures: the figures stand twice."""
    document = clean_document(indicators=2)
    for row in document["tabel"]["kinerja"]["iku"]:
        row |= {"target": 60, "realisasi_isian": 55}
    document["tabel"]["keuangan"] = [
        {
            "indikator": f"Indikator utama {1 + n // 2}",
            "tingkat": "Program",
            "program": f"Program {n}",
            "anggaran_isian": 1,
            "realisasi_isian": 1,
        }
        for n in range(4)
    ]
    path = tmp_path / "a.xlsx"
    path.write_bytes(render(template, from_document(document, template)))
    merged = {
        str(each) for each in _summary(path, template)["3.4 Keuangan"].merged_cells.ranges if each.min_row > 5
    }
    assert merged == {
        "A12:F12",  # the sources
        "H12:M12",
        "B7:B10",
        *(f"{column}{first}:{column}{first + 1}" for column in "CDEF" for first in (7, 9)),
    }


def test_findings_are_listed(book: Book) -> None:
    rows = _rows(book, "Temuan")
    assert [row[:4] for row in rows[3:] if row[1] == "galat"] == [
        [1, "galat", "1.3 Golongan", "B12"],
        [2, "galat", "2.1 Perjanjian Kinerja", "D8"],
        [3, "galat", "3.1 Kinerja", "I24"],
    ]
    assert len(rows) == 3 + 49


def test_no_formula_in_the_summary(book: Book) -> None:
    assert [c.coordinate for s in book for r in s.iter_rows() for c in r if c.data_type == "f"] == []


def test_what_cannot_be_computed_stays_blank(sample_file: Path, template: Template) -> None:
    book = _summary(
        fill(sample_file, {"3.4 Keuangan": {"F8": "banyak"}, "3.1 Kinerja": {"H8": None}}), template
    )
    rows = _rows(book, "Ikhtisar")
    assert ["Rata-rata capaian sasaran (%)"] in rows
    assert not any(str(row[0]).startswith("Rata-rata capaian kinerja untuk semua") for row in rows)
    assert [row[1:4] for row in _rows(book, "Temuan")[3:] if row[1] == "galat"] == [
        ["galat", "1.3 Golongan", "B12"],
        ["galat", "2.1 Perjanjian Kinerja", "D8"],
        ["galat", "3.1 Kinerja", "H8"],
        ["galat", "3.1 Kinerja", "I24"],
        ["galat", "3.4 Keuangan", "F8"],  # no number
        ["galat", "3.4 Keuangan", "F8"],  # so that the program has no budget
    ]


def test_text_of_a_workbook_is_no_formula_and_no_sentence_code(tmp_path: Path, template: Template) -> None:
    document = clean_document()
    document["tabel"]["identitas"]["nama"] = '=HYPERLINK("http://x") {{ 7 * 7 }}'
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, from_document(document, template)))
    book = _summary(path, template)
    assert [c.coordinate for s in book for r in s.iter_rows() for c in r if c.data_type == "f"] == []
    text = next(str(row[0]) for row in _rows(book, "Ikhtisar") if str(row[0]).startswith("Pada tahun"))
    assert '=HYPERLINK("http://x") {{ 7 * 7 }} Kabupaten Contoh' in text


def test_grades_stand_in_tables_and_sentences(tmp_path: Path, template: Template) -> None:
    document = clean_document(years=2)
    tables = document["tabel"]
    tables["iku"][0]["arah"] = "predikat AKIP"
    tables["kinerja"]["iku"][0] = {"target": "A (80,50)", "realisasi_isian": "BB (78)"}
    tables["tren"]["iku"] = [
        {"target": {"2022": "A"}, "realisasi": {"2022": "CC"}},
        *tables["tren"]["iku"][1:],
    ]
    tables["renstra"]["iku"][0] = {"target": "AA"}
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, from_document(document, template)))
    book = _summary(path, template)
    name = "Indikator utama 1"
    shown = {sheet: [row[1:] for row in _rows(book, sheet) if name in row] for sheet in book.sheetnames}
    assert shown["3.1 Kinerja"] == [[name, "desa", "A (80,50)", "BB (78)", 96.89, "Sangat Berhasil"]]
    assert shown["3.2 Tren"] == [["desa", "A", "A (80,50)", "CC", "BB (78)", 62.5, 96.89]]
    assert shown["3.3 Renstra"] == [[name, "desa", "BB (78)", "AA", 77.78]]
    assert (
        f"1. {name} dengan target A (80,50) desa, sedangkan realisasinya BB (78) desa dengan capaian 96,89 %"
        in str(next(row[0] for row in _rows(book, "Ikhtisar") if str(row[0]).startswith("1. ")))
    )
