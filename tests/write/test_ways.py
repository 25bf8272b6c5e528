"""The way through a workbook: signs beside rows, what stays in sight, links from sheet to sheet, and years to come."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from clean import clean_document
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.submission import Submission
from lkjip_xl.pipeline import validate
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.write.render import render
from support import tiny


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, template: Template) -> Any:
    path = tmp_path_factory.mktemp("jalan") / "isian.xlsx"
    path.write_bytes(render(template, from_document(clean_document(), template)))
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize(
    ("sheet", "links"),
    [
        ("Identitas", {"D1": "Petunjuk", "E1": "1.1 Pegawai", "E2": "Periksa"}),
        ("1.1 Pegawai", {"E1": "Identitas", "E3": "1.2 Pendidikan", "E2": "Periksa"}),
        ("2.1 Perjanjian Kinerja", {"J1": "IKK", "J3": "IDM", "J2": "Periksa"}),
        ("Ikhtisar", {"D1": "Tindak Lanjut", "E1": "Periksa", "E2": "Periksa"}),
    ],
)
def test_each_sheet_leads_on(book: Any, sheet: str, links: dict[str, str]) -> None:
    found = {
        cell.coordinate: cell.hyperlink.location.split("!")[0].strip("'")
        for row in book[sheet].iter_rows(max_row=3)
        for cell in row
        if cell.hyperlink is not None
    }
    assert found == links


def test_no_link_is_taken_for_a_reason(tmp_path: Path, template: Template) -> None:
    """The row of the reason is read from its label to the right."""
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, from_document(clean_document(), template)))
    ((checked,), _) = validate([path], template)
    assert checked.findings == ()
    assert checked.workbook is not None
    assert set(checked.workbook.submission.inapplicable) == {"analisis", "efisiensi", "pendukung"}


@pytest.mark.parametrize(
    ("sheet", "frozen"),
    [
        ("1.1 Pegawai", "D8"),  # number and name
        ("3.1 Kinerja", "F8"),  # to the indikator
        ("3.2 Tren", "E8"),  # to the satuan
        ("3.4 Keuangan", "F8"),  # number, level, code, program
    ],
)
def test_what_names_a_row_stays_in_sight(book: Any, sheet: str, frozen: str) -> None:
    assert book[sheet].freeze_panes == frozen


@pytest.mark.parametrize(
    ("sheet", "area"),
    [
        ("1.1 Pegawai", "B8:B11"),  # its number
        ("1.3 Golongan", "B8:B24"),  # its name, where rows have no number
        ("3.2 Tren", "C8:C27"),
        ("AKIP", "B5:B9"),  # the label of a field
    ],
)
def test_a_sign_stands_beside_each_row(book: Any, sheet: str, area: str) -> None:
    signs = {
        str(each.sqref): [rule.dxf.numFmt.formatCode for rule in each.rules if rule.dxf.numFmt is not None]
        for each in book[sheet].conditional_formatting
    }
    assert signs[area] == ['"✖ "0;;;"✖ "@', '"! "0;;;"! "@', '"✔ "0;;;"✔ "@']


def test_realisasi_of_years_to_come_is_locked(tmp_path: Path, template: Template) -> None:
    document = clean_document(years=3)
    document["periode"] = [2021, 2025]
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, from_document(document, template)))
    sheet = openpyxl.load_workbook(path)["3.2 Tren"]
    keys = {str(cell.value): cell.column_letter for cell in sheet[4] if cell.value}
    locked = {
        key: sheet[f"{keys[key]}8"].protection.locked
        for key in ("target@2024", "realisasi@2022", "realisasi@2024", "realisasi@2025")
    }
    assert locked == {
        "target@2024": False,
        "realisasi@2022": False,
        "realisasi@2024": True,
        "realisasi@2025": True,
    }


def test_numbers_follow_from_one_part_to_the_next(tmp_path: Path, template: Template) -> None:
    """Of rows that follow IKU and IKK only those that there are have one."""
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, from_document(clean_document(indicators=2), template)))
    sheet = openpyxl.load_workbook(path, data_only=True)["3.1 Kinerja"]
    numbers = {cell.row: cell.value for cell in sheet["B"][7:27] if cell.value not in (None, "")}
    assert list(numbers.values()) == [1, 2, 3, 4]


def test_a_sign_is_of_the_counts_beside_the_row(book: Any) -> None:
    """Of those that block, then of the others, each higher than in the row above; else of the name."""
    sheet = book["1.3 Golongan"]
    blocking, others = (cell.column_letter for cell in sheet[4] if cell.value == "lkjip:hitung")
    (signs,) = (each for each in sheet.conditional_formatting if str(each.sqref) == "B8:B24")
    formulas = [rule.formula for rule in signs.rules if rule.dxf.numFmt is not None]
    assert formulas == [[f"${blocking}8>N(${blocking}7)"], [f"${others}8>N(${others}7)"], ['$B8<>""']]


@pytest.mark.parametrize(("sheet", "total"), [("1.3 Golongan", "B25"), ("3.1 Kinerja", "C28")])
def test_a_total_has_a_sign_only_of_what_is_wrong(book: Any, sheet: str, total: str) -> None:
    """At its label, of the counts in its row."""
    line = total[1:]
    blocking, others = (cell.column_letter for cell in book[sheet][4] if cell.value == "lkjip:hitung")
    (signs,) = (each for each in book[sheet].conditional_formatting if str(each.sqref) == total)
    above = int(line) - 1
    assert [(rule.dxf.numFmt.formatCode, rule.formula) for rule in signs.rules if rule.dxf.numFmt] == [
        ('"✖ "0;;;"✖ "@', [f"${blocking}{line}>N(${blocking}{above})"]),
        ('"! "0;;;"! "@', [f"${others}{line}>N(${others}{above})"]),
    ]


NARROW = """
not_applicable = "Tidak ada di sini"
columns = [{key = "n", label = "N", type = "number", required = true, width = 5}]
"""


def test_the_link_to_periksa_gives_way_to_the_reason(tmp_path: Path) -> None:
    """Beside a narrow table both would stand in the same cell."""
    template = tiny(tmp_path / "set", sempit=NARROW)
    submission = Submission(Setup(2023, (2023, 2023)), inapplicable={"sempit": "Memang tidak ada"})
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, submission))
    sheet = openpyxl.load_workbook(path)["Sempit"]
    ways = {
        cell.coordinate: cell.value
        for row in sheet.iter_rows(max_row=3)
        for cell in row
        if cell.hyperlink is not None
    }
    assert (ways, sheet["C2"].value) == (
        {"C1": "← Identitas", "D1": "↑ Periksa", "C3": "→ Periksa"},
        "Memang tidak ada",
    )
