"""Codes of a list that the workbook carries: names and satuan follow, and a code that is not the OPD's or the year's is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coded import PLANTED, SHEET, coded_submission
from engines import betteroffice
from lkjip_xl.compute.results import cells, compute
from lkjip_xl.form.submission import Submission, stack
from lkjip_xl.pipeline import validate
from lkjip_xl.report.printed import Report, printed
from lkjip_xl.template.model import Template
from parity import Python
from support import fill, grid

Write = Callable[[Submission], Path]


def test_name_satuan_and_level_follow_from_the_code(
    template: Template, written: Write, tmp_path: Path
) -> None:
    path = written(coded_submission(template, tmp_path))
    (checked,), _ = validate([path], template)
    assert checked.findings == ()
    (shown,) = betteroffice(tmp_path / "hitung").grids([path])
    assert [[shown.get((SHEET, row, column)) for column in (13, 14)] for row in range(8, 13)] == [
        ["PROGRAM PENATAAN DESA", None],
        ["Penataan Desa", None],
        ["Fasilitasi Penataan Desa", "Desa"],
        ["Fasilitasi Batas Desa", "Desa"],
        ["PROGRAM KERJA SAMA DESA", None],
    ]


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted[0])
def test_planted_fault_is_found_alone(
    planted: Any, template: Template, written: Write, tmp_path: Path
) -> None:
    """The workbook says so, too."""
    _, typed, expected = planted
    path = fill(written(coded_submission(template, tmp_path)), {SHEET: typed})
    (checked,), _ = validate([path], template)
    assert [(each.rule, each.cell, each.message) for each in checked.findings] == expected
    assert {each.sheet for each in checked.findings} <= {SHEET}
    (shown,) = betteroffice(tmp_path / "hitung").grids([path])
    assert Python(path, template).compared(shown).disagreements == []


def test_the_list_is_hidden_and_locked(template: Template, written: Write, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(written(coded_submission(template, tmp_path)))
    sheet = book["Daftar Kode"]
    assert (sheet.sheet_state, sheet.protection.sheet, sheet["B8"].protection.locked) == (
        "hidden",
        True,
        True,
    )
    assert [cell.value for cell in sheet[8]][:4] == ["nomenklatur:1", "2.13", "BIDANG DESA", None]


def test_printed_is_the_name_of_the_code(template: Template, tmp_path: Path) -> None:
    submission = coded_submission(template, tmp_path)
    values = cells(compute(template, stack(template, [submission])), 0)
    table = printed(template.tables["keuangan"], Report(template, submission.setup, values))
    assert "PROGRAM PENATAAN DESA" in str(table)
