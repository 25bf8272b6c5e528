"""LibreOffice as judge: it recalculates every formula, and nothing changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from clean import clean_document
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.layout import lay_out
from lkjip_xl.form.submission import Submission, fitted
from lkjip_xl.pipeline import export, validate
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.write.render import render
from support import Office, grid

pytestmark = pytest.mark.office


def _differences(one: Path, other: Path) -> list[tuple[Any, Any, Any]]:
    a, b = grid(one), grid(other)
    return [(cell, a.get(cell), b.get(cell)) for cell in sorted({*a, *b}) if a.get(cell) != b.get(cell)]


def test_recalculating_the_sample_changes_no_cell(sample_file: Path, tmp_path: Path, office: Office) -> None:
    assert _differences(sample_file, office.saved(sample_file, tmp_path / "kantor")) == []


@pytest.mark.long
@pytest.mark.parametrize("size", [(3, 8, 1), (30, 250, 6)], ids=str)
def test_recalculating_clean_workbooks_changes_no_cell(
    size: tuple[int, int, int], tmp_path: Path, template: Template, office: Office
) -> None:
    indicators, budget, years = size
    document = clean_document(indicators=indicators, budget=budget, years=years)
    path = tmp_path / "bersih.xlsx"
    path.write_bytes(render(template, from_document(document, template)))
    assert _differences(path, office.saved(path, tmp_path / "kantor")) == []


def test_a_blank_workbook_stays_blank(tmp_path: Path, template: Template, office: Office) -> None:
    path = tmp_path / "kosong.xlsx"
    path.write_bytes(render(template, Submission(Setup(2023, (2018, 2023), frozenset({"idm"})))))
    assert _differences(path, office.saved(path, tmp_path / "kantor")) == []


def test_filled_by_a_program_or_saved_by_libreoffice_gives_the_same(
    tmp_path: Path, template: Template, sample: Submission, office: Office
) -> None:
    """A blank workbook whose input cells alone are written (no cached results), and its copy from LibreOffice."""
    setup = fitted(template, sample)
    path = tmp_path / "diisi.xlsx"
    path.write_bytes(render(template, Submission(setup)))
    book = openpyxl.load_workbook(path)
    places = lay_out(template, setup).placements
    for key, rows in sample.tables.items():
        for row, cells in rows.items():
            for column, value in cells.items():
                cell = book[places[key].sheet][places[key].cell(column, row)]
                if template.tables[key].columns[column[0]].declared.type == "date":
                    import datetime

                    cell.value = datetime.date.fromisoformat(str(value))
                else:
                    cell.value = value
    book.save(path)
    saved = office.saved(path, tmp_path / "kantor")
    filled = export(path, template, computed=True)[0]
    assert filled == export(saved, template, computed=True)[0]
    assert filled["hitungan"]["ikhtisar"]["baris"]["persentase"] == 96.69
    (one, other), _ = validate([path, saved], template)
    assert one.findings == other.findings
