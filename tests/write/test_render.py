"""The workbook that staff get: what is locked, what is open, what is live, what is safe."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook as Book

from lkjip_xl.base.a1 import a1
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.json_shape import FORMAT
from lkjip_xl.form.layout import lay_out
from lkjip_xl.form.submission import Submission, fitted, initial
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.write.render import render
from support import tiny

SETUP = Setup(2023, (2018, 2023), frozenset({"idm"}))
YELLOW = "FFFFF9D6"


def _book(path: Path, content: bytes, *, values: bool = False) -> Book:
    path.write_bytes(content)
    return openpyxl.load_workbook(path, data_only=values)


@pytest.fixture(scope="module")
def blank(template: Template) -> bytes:
    return render(template, initial(template, SETUP))


@pytest.fixture
def book(tmp_path: Path, blank: bytes) -> Book:
    return _book(tmp_path / "kosong.xlsx", blank)


def _cells(template: Template, setup: Setup = SETUP) -> list[tuple[Any, Any, str, bool]]:
    """Return every data cell: table, column, address, and whether people type it."""
    plan = lay_out(template, setup)
    found = []
    for table in plan.tables:
        place = plan.placements[table.key]
        for key, year in place.lines:
            column = table.columns[key]
            for row in place.rows:
                typed = column.typed_in(year, setup.year)
                found.append((table, column, place.cell((key, year), row), typed))
    return found


def test_only_input_cells_are_open_and_yellow(book: Book, template: Template) -> None:
    inputs = {(table.declared.sheet, address) for table, _, address, typed in _cells(template) if typed}
    opened = {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    plan = lay_out(template, SETUP)
    inputs |= {(place.sheet, a1(*place.reason)) for place in plan.placements.values() if place.reason}
    merged = {  # the cells under the one that is shown
        (sheet.title, cell.coordinate)
        for sheet in book
        for cells in sheet.merged_cells.ranges
        for row in sheet[cells.coord]
        for cell in row[1:]
    }
    explained = {
        (place.sheet, a1(line, place.explanation_column))
        for table in plan.tables
        for place in [plan.placements[table.key]]
        if place.explanation_column is not None
        for rule in table.rules
        if rule.explicable
        for _, line in place.checked_lines(rule)
    }
    assert opened - merged == inputs | explained
    yellow = {
        (sheet.title, cell.coordinate)
        for sheet in book
        if sheet.title != "Petunjuk"
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == YELLOW
    }
    assert yellow - merged == inputs


def test_every_computed_cell_is_a_formula(book: Book, template: Template) -> None:
    computed = [
        (table.declared.sheet, address)
        for table, column, address, typed in _cells(template)
        if not typed and column.declared.type not in ("ordinal", "fixed")
    ]
    assert len(computed) > 1000
    assert [place for place in computed if book[place[0]][place[1]].data_type != "f"] == []


def test_sheets_are_protected_without_password(book: Book) -> None:
    for sheet in book:
        if sheet.title == "_lkjip":
            continue
        lock = sheet.protection
        assert (sheet.title, lock.sheet, lock.password) == (sheet.title, True, None)
        allowed = (lock.formatColumns, lock.formatRows, lock.autoFilter, lock.selectLockedCells)
        assert (sheet.title, allowed) == (sheet.title, (False, False, False, False))  # False: not forbidden


def test_sheets_stand_in_the_order_of_filling(book: Book) -> None:
    """IKU and IKK before the Perjanjian Kinerja that chooses from them, 3.4 before what chooses its programs."""
    assert book.sheetnames == [
        "Petunjuk", "Periksa",
        "Identitas", "1.1 Pegawai", "1.2 Pendidikan", "1.3 Golongan",
        "2.2 IKU", "IKK", "2.1 Perjanjian Kinerja", "IDM", "IDM ke IKK",
        "3.1 Kinerja", "3.2 Tren", "3.3 Renstra", "Standar Nasional", "Analisis Penyebab", "Efisiensi",
        "AKIP", "3.4 Keuangan", "Program Pendukung", "Tindak Lanjut", "Ikhtisar",
        "Daftar", "_lkjip",
    ]  # fmt: skip
    assert (book["Daftar"].sheet_state, book["_lkjip"].sheet_state) == ("hidden", "veryHidden")


def test_without_the_module_its_sheets_are_absent(tmp_path: Path, template: Template) -> None:
    content = render(template, Submission(Setup(2023, (2018, 2023))))
    assert {"IDM", "IDM ke IKK"}.isdisjoint(_book(tmp_path / "x.xlsx", content).sheetnames)


def test_keys_and_marks_are_hidden(book: Book) -> None:
    for sheet in book:
        if sheet.title in ("Petunjuk", "Periksa", "Daftar", "_lkjip"):
            continue
        assert (sheet.title, sheet.row_dimensions[4].hidden, sheet.column_dimensions["A"].hidden) == (
            sheet.title,
            True,
            True,
        )
    sheet = book["3.2 Tren"]
    assert [cell.value for cell in sheet[4]][:7] == [
        "lkjip:tren", "sasaran", "indikator", "satuan", "target@2018", "target@2019", "target@2020",
    ]  # fmt: skip
    assert [sheet.cell(row, 1).value for row in (7, 8, 9, 18, 28)] == [
        "lkjip:awal", "iku:1", "iku:2", "ikk:1", "lkjip:akhir",
    ]  # fmt: skip


def test_identity_is_kept_twice(book: Book, template: Template) -> None:
    entries = {row[0].value: row[1].value for row in book["_lkjip"].iter_rows()}
    made = json.loads(entries.pop("rumus"))  # too long for the property
    assert {key: number for key, (_, number) in made.items()} == {
        key: sum(cell.data_type == "f" for row in book[sheet].iter_rows() for cell in row)
        for key, sheet in [(each.key, each.declared.sheet) for each in template.active(frozenset({"idm"}))]
        + [("Periksa", "Periksa")]
    }
    assert {key: rows for key, (rows, _) in made.items() if key in ("identitas", "pegawai", "Periksa")} == {
        "identitas": 1,
        "pegawai": 4,
        "Periksa": 0,
    }
    assert entries == {
        "lkjip-xl": "1",
        "templat": "lkjip_opd",
        "versi": template.declared.version,
        "sidik": template.form_digest,
        "opd": None,
        "tahun": "2023",
        "periode": "2018-2023",
        "modul": "idm",
    }
    assert '"sidik": "' + template.form_digest in str(book.custom_doc_props["lkjip-xl"].value)


def test_every_choice_and_reference_has_a_dropdown(book: Book, template: Template) -> None:
    for table, column, address, typed in _cells(template):
        rules = [
            each
            for each in book[table.declared.sheet].data_validations.dataValidation
            if address in each.sqref
        ]
        if typed:
            kind = {
                "choice": "list", "reference": "list", "integer": "whole", "number": "decimal", "date": "date",
            }.get(column.declared.type)  # fmt: skip
            assert [(address, rule.type) for rule in rules] == [(address, kind)]
        else:
            assert rules == []


def test_reference_lists_hold_the_filled_rows(tmp_path: Path, template: Template, sample: Submission) -> None:
    book = _book(tmp_path / "x.xlsx", render(template, sample), values=True)
    sheet = book["2.1 Perjanjian Kinerja"]
    rule = next(each for each in sheet.data_validations.dataValidation if "D8" in each.sqref)
    letter = rule.formula1.split("$")[1]
    texts = [cell.value for cell in book["Daftar"][letter][1:] if cell.value]
    indicators = [row["indikator", None] for row in sample.tables["ikk"].values()]
    assert texts == [sample.tables["iku"]["iku", 1]["indikator", None], *indicators]


def test_blank_workbook_has_only_blank_results(tmp_path: Path, template: Template) -> None:
    """Every computed cell and total of every table; only the checks say what is missing."""
    content = render(template, Submission(SETUP))
    values = _book(tmp_path / "b.xlsx", content, values=True)
    places = lay_out(template, SETUP).placements
    computed = [
        (table.declared.sheet, address)
        for table, column, address, typed in _cells(template)
        if not typed and column.computed
    ]
    totals = [
        (place.sheet, place.cell(line, None))
        for key, place in places.items()
        for line in place.lines
        if template.tables[key].columns[line[0]].total is not None
    ]
    filled = [at for at in computed + totals if values[at[0]][at[1]].value not in (None, "")]
    assert (len(totals) > 20, filled) == (True, [])
    assert values["Periksa"]["A2"].value == "BELUM DIISI: 0 dari 18 tabel"


def test_computed_values_are_cached(tmp_path: Path, template: Template, sample: Submission) -> None:
    book = _book(tmp_path / "x.xlsx", render(template, sample), values=True)
    assert (book["3.1 Kinerja"]["K8"].value, book["3.1 Kinerja"]["L8"].value) == (82.3, "Berhasil")
    assert book["Ikhtisar"]["C13"].value == 354_994_830


HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "http://x.id",
    "mailto:a@b.id",
    "1,5",
    "TRUE",
    "<b>&",
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str, tmp_path: Path, template: Template) -> None:
    document = {
        "format": FORMAT, "tahun": 2023, "periode": [2018, 2023],
        "tabel": {"identitas": {"nama": text}, "iku": [{"indikator": text}]},
    }  # fmt: skip
    book = _book(tmp_path / "x.xlsx", render(template, from_document(document, template)))
    for sheet, address in (("Identitas", "C6"), ("2.2 IKU", "D8")):
        cell = book[sheet][address]
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_cells_for_explanations_turn_yellow_together(book: Book) -> None:
    sheet = book["3.1 Kinerja"]
    column = next(cell.column_letter for cell in sheet[4] if cell.value == "lkjip:penjelasan")
    marked = {
        str(each.sqref): each.rules[0].formula
        for each in sheet.conditional_formatting
        if str(each.sqref).startswith(column)
    }
    assert list(marked) == [f"{column}8:{column}27", f"{column}28"]
    assert all("$8:" not in formula and "8:" in formula for (formula,) in marked.values())
    helped = [
        str(each.sqref) for each in sheet.data_validations.dataValidation if each.promptTitle == "Penjelasan"
    ]
    assert helped == list(marked)


def test_functions_are_those_that_every_program_has(book: Book) -> None:
    import re

    used = {
        name
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
        for name in re.findall(r"([A-Z.]+)\(", re.sub(r'"[^"]*"|\'[^\']*\'', "", cell.value))
    }
    assert used <= {
        "IF", "AND", "OR", "NOT", "ISNUMBER", "ISTEXT", "COUNT", "T", "ROUND", "ROUNDDOWN", "SUM", "AVERAGE",
        "MIN", "MAX", "ABS", "SUMPRODUCT", "INDEX", "MATCH", "ROW", "COLUMN", "IFERROR", "ISBLANK", "LEFT",
        "LEN", "TRIM", "MID", "FIND", "EXACT", "SUBSTITUTE", "REPLACE", "VALUE", "CHOOSE", "SMALL", "ADDRESS", "COUNTA", "COUNTIF", "HYPERLINK", "REPT", "ISERROR", "YEAR", "MONTH", "DAY", "FIXED", "RIGHT", "ROWS", "ERROR.TYPE",
    }  # fmt: skip


def test_formulas_fit_into_a_cell(book: Book) -> None:
    longest = max(
        len(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    )
    assert longest < 8192


def test_rows_grow_with_the_data(template: Template) -> None:
    rows = [{"pegawai": "PNS", "jumlah": n} for n in range(9)]
    document = {"format": FORMAT, "tahun": 2023, "periode": [2018, 2023], "tabel": {"pegawai": rows}}
    assert fitted(template, from_document(document, template)).rows == {"pegawai": 9}


def test_a_set_of_another_regency_renders(tmp_path: Path) -> None:
    small = tiny(
        tmp_path / "templat", t='columns = [{key = "a", label = "A", type = "number", total = "SUM(a)"}]'
    )
    book = _book(tmp_path / "x.xlsx", render(small, Submission(Setup(2024, (2024, 2024)))))
    assert book["T"]["B18"].value == '=IF(COUNT($B$8:$B$17)>0,SUM($B$8:$B$17),"")'


def test_the_label_of_a_field_names_its_year(tmp_path: Path) -> None:
    form = 'kind = "form"\ncolumns = [{key = "a", label = "Target {tahun} dan {tahun_akhir}", type = "number"}]\n'
    template = tiny(tmp_path / "set", f=form)
    book = _book(tmp_path / "f.xlsx", render(template, Submission(Setup(2023, (2018, 2026)))))
    assert book["F"]["B5"].value == "Target 2023 dan 2026"


def test_a_long_instruction_has_room(book: Book) -> None:
    sheet = book["Petunjuk"]
    texts = [(row, str(sheet.cell(row, 2).value)) for row in range(5, 25)]
    high = [text[:3] for row, text in texts if text[:1].isdigit() and sheet.row_dimensions[row].height]
    assert high == ["7. ", "12.", "13."]
