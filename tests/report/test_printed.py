"""Printed tables as data: every heading, cell, group, total and source stands where the report has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from clean import clean_document
from drawn import drawn
from lkjip_xl.compute.results import SheetValues, cells, compute
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.submission import Submission, stack
from lkjip_xl.report.printed import GroupHeading, Report, Row, printed, printed_form
from lkjip_xl.template.model import Setup, Template
from support import tiny

SETUP = Setup(2023, (2021, 2024))
DASAR = """
part_title = "Pokok"
columns = [{key = "nama", label = "Nama", type = "text"}]
"""
LAIN = DASAR.replace("Pokok", "")
UKURAN = """
number = "Tabel 9"
source = "Sumber: {nama}, {tahun}"
rows_from = ["dasar", "lain"]
emphasis = ["taraf", "Utama"]
years = [-1, 0]
total_label = "Semua"
columns = [
  {key = "no", label = "No", type = "ordinal", width = 5},
  {key = "sasaran", label = "Sasaran", type = "text", group_heading = true},
  {key = "arah", label = "Arah", type = "text", merge = true},
  {key = "target", label = "Target {tahun}", type = "text", merge = true, fallback = "nilai"},
  {key = "capaian", label = "Capaian", type = "number", decimals = 2, unit = "%", years = "all", total = "SUM(capaian)"},
  {key = "taraf", label = "Taraf", type = "text"},
  {key = "nilai", label = "Nilai", type = "text", hidden = true},
  {key = "catatan", label = "Catatan", type = "text", print = false},
]
"""
KEYS = (("sasaran", None), ("arah", None), ("target", None), ("capaian", 2022), ("capaian", 2023), ("taraf", None), ("nilai", None))  # fmt: skip
ROWS = """
dasar 1 | S1 | naik  | 10 | 1   | 2   | Utama |   |
dasar 2 | S1 | naik  | 10 | 3   |     |       |   |
dasar 3 |    | naik  |    |     | 4   |       | B |
dasar 4 | S2 | naik  |    |     |     |       | B |
lain 1  | S2 |       |    |     |     |       |   |
lain 2  | S2 |       |    |     |     |       |   |
"""


def _values(text: str) -> SheetValues:
    rows: SheetValues = {None: {("capaian", 2022): 4.0, ("capaian", 2023): 6.0}}
    for line in text.strip().splitlines():
        (part, number), *texts = line.split("|")[0].split(), *(each.strip() for each in line.split("|")[1:-1])
        typed = {
            key: float(text) if key[0] == "capaian" else text
            for key, text in zip(KEYS, texts, strict=True)
            if text
        }
        rows[part, int(number)] = {**typed, ("catatan", None): "rahasia"}
    return rows


@pytest.fixture
def small(tmp_path: Path) -> Template:
    return tiny(tmp_path / "set", dasar=DASAR, lain=LAIN, ukuran=UKURAN)


def _report(template: Template, rows: str) -> Report:
    form: SheetValues = {("identitas", 1): {("nama", None): "Dinas  Contoh"}}
    return Report(template, SETUP, {"identitas": form, "ukuran": _values(rows)})


def test_a_table_as_the_report_prints_it(small: Template) -> None:
    table = printed(small.tables["ukuran"], _report(small, ROWS))
    assert (table.number, table.title, table.source) == (
        "Tabel 9",
        "Tabel ukuran",
        "Sumber: Dinas Contoh, 2023",
    )
    assert drawn(table) == (
        "No            | Arah          | Target 2023   | Capaian       | ←             | Taraf\n"
        "              |               |               | 2022          | 2023          |\n"
        "# Pokok\n"
        "## Sasaran: S1\n"
        "*1.0          | naik ↓3       | 10 ↓2         | *1.0          | *2.0          | *Utama\n"
        "2.0           | ↑             | ↑             | 3.0           |               |\n"
        "3.0           | ↑             | B             |               | 4.0           |\n"
        "## Sasaran: S2\n"
        "4.0           | naik          | B             |               |               |\n"
        "# lain\n"
        "## Sasaran: S2\n"
        "1.0           |               |               |               |               |\n"
        "2.0           |               |               |               |               |\n"
        "              | Semua         |               | 4.0           | 6.0           |"
    )  # fmt: skip


def test_columns_are_shown_as_declared(small: Template) -> None:
    table = printed(small.tables["ukuran"], _report(small, ROWS))
    shown = [
        (c.declared.key, c.year, c.declared.width, c.declared.decimals, c.declared.unit)
        for c in table.columns
    ]
    assert shown == [
        ("no", None, 5, None, ""),
        ("arah", None, 14, None, ""),
        ("target", None, 14, None, ""),
        ("capaian", 2022, 14, 2, "%"),
        ("capaian", 2023, 14, 2, "%"),
        ("taraf", None, 14, None, ""),
    ]
    assert table.total is not None
    assert table.total.label_at == 1


def test_years_side_by_side_have_their_own_headings(tmp_path: Path) -> None:
    declared = UKURAN.replace("years = [-1, 0]", 'years = [-1, 0]\nyear_blocks = "by_year"')
    declared = declared.replace('"Capaian"', '"Capaian {tahun}"')
    template = tiny(tmp_path / "set", dasar=DASAR, lain=LAIN, ukuran=declared)
    table = printed(template.tables["ukuran"], _report(template, ""))
    assert drawn(table) == (
        "No            | Arah          | Target 2023   | Taraf         | Capaian 2022  | Capaian 2023\n"
        "              |               |               |               |               |"
    )


def test_a_table_without_rows_has_no_total(small: Template) -> None:
    table = printed(small.tables["ukuran"], _report(small, ""))
    assert (table.rows, table.total) == ((), None)


def test_a_form_has_its_dates_in_words_and_its_fixed_texts(tmp_path: Path) -> None:
    declared = """
kind = "form"
columns = [
  {key = "tanggal", label = "Tanggal", type = "date"},
  {key = "tetap", label = "Tetap", type = "fixed", value = "Renstra {periode}"},
  {key = "kosong", label = "Kosong", type = "text"},
]
"""
    template = tiny(tmp_path / "set", akhir=declared)
    values: dict[str, SheetValues] = {
        "identitas": {},
        "akhir": {("akhir", 1): {("tanggal", None): "2024-01-08"}},
    }
    form = printed_form(template.tables["akhir"], Report(template, SETUP, values))
    assert [(each.declared.label, each.value) for each in form.fields] == [
        ("Tanggal", "8 Januari 2024"),
        ("Tetap", "Renstra 2021-2024"),
        ("Kosong", None),
    ]


def test_a_column_for_few_is_printed_where_it_is_filled(template: Template, sample: Submission) -> None:
    def headings(submission: Submission) -> list[str | int]:
        values = cells(compute(template, stack(template, [submission])), 0)
        return [
            each.text
            for each in printed(template.tables["kinerja"], Report(template, SETUP, values)).headings
        ]

    usual: list[str | int] = [
        "No",
        "Indikator Kinerja",
        "Satuan",
        "Target",
        "Realisasi",
        "Capaian Kinerja (%)",
        "Predikat",
    ]
    assert headings(sample) == usual
    document = clean_document()
    document["tabel"]["kinerja"]["ikk"][2]["realisasi_sementara"] = 0
    assert headings(from_document(document, template)) == [*usual, "Realisasi sementara (tidak dihitung)"]


def test_table_3_3_of_the_sample(template: Template, sample: Submission) -> None:
    values = cells(compute(template, stack(template, [sample])), 0)
    table = printed(template.tables["renstra"], Report(template, sample.setup, values))
    sasaran = (
        "Sasaran: Bangkit Infrastruktur dan Pembangunan Perdesaan (Meningkatnya Infrastruktur Yang Baik, Merata, "
        "Berwawasan Lingkungan dan Naiknya Status Desa)"
    )
    assert [each.text for each in table.headings] == [
        "No", "Indikator", "Satuan", "Realisasi Tahun 2023", "Target s/d Tahun 2023", "Capaian %",
    ]  # fmt: skip
    assert table.rows[:2] == (GroupHeading("Indikator Kinerja Utama (IKU)", 0), GroupHeading(sasaran, 1))
    assert isinstance(table.rows[2], Row)
    assert [cell.value for cell in table.rows[2].cells] == [
        1.0, "Jumlah Desa Sangat Tertinggal dan Tertinggal Menjadi Desa Berkembang", "Nilai", 200.0, 243.0, 82.3,
    ]  # fmt: skip
    assert (table.title, table.total) == (
        "Perbandingan Realisasi Kinerja sampai dengan Tahun 2023 dengan Target Jangka Menengah dalam Dokumen Renstra",
        None,
    )
