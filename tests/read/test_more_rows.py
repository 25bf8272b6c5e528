"""A table without room grows in the workbook: a row that is copied inside it is read, computed and checked like others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clean import clean_document
from lkjip_xl.compute.results import cells
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.submission import Submission
from lkjip_xl.pipeline import validate
from lkjip_xl.template.model import Template
from moving import copy_row
from parts import read_parts, write_parts
from support import Office, fill, grid, seen
from yearly import SHEET as YEARLY
from yearly import yearly_document

Write = Callable[[Submission], Path]
BUDGET = "3.4 Keuangan"
# the table's sheet and a row of it; what is typed into the copy below; total row, its column, and what then stands there
TABLES: dict[str, tuple[Callable[[], dict[str, Any]], str, int, dict[str, Any], tuple[int, int], float]] = {
    "3.4": (
        clean_document,
        BUDGET,
        12,
        {"I13": None, "E13": "Program 6", "F13": 2e9, "G13": 1.9e9},
        (89, 23),
        13_000_000_012,
    ),
    "several years": (
        yearly_document,
        YEARLY,
        10,
        {"C11": "Program lain", "D11": 5e8, "G11": 4e8},
        (29, 4),
        12_500_000_000,
    ),
}
each_table = pytest.mark.parametrize("name", TABLES)


def _grown(name: str, template: Template, written: Write) -> Path:
    document, sheet, row, typed, *_ = TABLES[name]
    path = written(from_document(document(), template))
    parts = read_parts(path)
    copy_row(parts, sheet, row)
    write_parts(parts, path)
    return fill(path, {sheet: typed})


@pytest.mark.long
@each_table
def test_a_copied_row_is_read_and_gives_no_finding(name: str, template: Template, written: Write) -> None:
    _, sheet, _, _, _, total = TABLES[name]
    (checked,), results = validate([_grown(name, template, written)], template)
    assert seen(checked.findings) == []
    table = "keuangan" if sheet == BUDGET else "keuangan_tahunan"
    year = None if sheet == BUDGET else 2022
    assert cells(results, 0)[table][None]["anggaran", year] == total


@pytest.mark.sampled(1)
@each_table
@pytest.mark.office
def test_a_copied_row_carries_its_formulas(
    name: str, template: Template, written: Write, tmp_path: Path, office: Office
) -> None:
    _, sheet, _, _, (row, column), total = TABLES[name]
    shown = grid(office.saved(_grown(name, template, written), tmp_path / "kantor"))
    assert shown[sheet, row, column] == total


@pytest.mark.office
def test_a_copied_row_carries_its_checks(
    template: Template, written: Write, tmp_path: Path, office: Office
) -> None:
    path = fill(_grown("3.4", template, written), {BUDGET: {"F13": None}})
    (checked,), _ = validate([path], template)
    assert seen(checked.findings) == [("anggaran-wajib", BUDGET, "F13")]
    shown = grid(office.saved(path, tmp_path / "kantor"))
    assert "Anggaran Program 6 belum diisi dan tidak ada rincian" in str(shown[BUDGET, 13, 40])


IKU = "2.2 IKU"


def _sasaran(path: Path, template: Template) -> dict[int, Any]:
    """Return the sasaran in force of each row of the IKU sheet, by number of the row."""
    _, results = validate([path], template)
    rows = cells(results, 0)["iku"].items()
    return {row[1]: of_row.get(("sasaran_berlaku", None)) for row, of_row in rows if row is not None}


def test_an_inserted_row_has_the_sasaran_above_it_on_the_sheet(template: Template, written: Write) -> None:
    """It counts as the last one; what is written in it holds for the rows below it, too."""
    document = clean_document(indicators=5)
    for row, text in zip(document["tabel"]["iku"], ["Satu", None, None, "Dua", None], strict=True):
        row["sasaran"] = text
        if text is None:
            del row["sasaran"]
    path = written(from_document(document, template))
    assert _sasaran(path, template) == {1: "Satu", 2: "Satu", 3: "Satu", 4: "Dua", 5: "Dua"}
    parts = read_parts(path)
    copy_row(parts, IKU, 9)
    write_parts(parts, path)
    fill(path, {IKU: {"D10": "Indikator baru"}})
    assert _sasaran(path, template) == {1: "Satu", 2: "Satu", 3: "Satu", 4: "Dua", 5: "Dua", 11: "Satu"}
    fill(path, {IKU: {"C10": "Baru"}})
    assert _sasaran(path, template) == {1: "Satu", 2: "Satu", 3: "Baru", 4: "Dua", 5: "Dua", 11: "Baru"}
