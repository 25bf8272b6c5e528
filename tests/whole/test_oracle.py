"""The judge of the reader agrees with it on ordinary workbooks, and sees what is wrong."""

from __future__ import annotations

from pathlib import Path

import openpyxl

import oracle
from hostile import cell_replaced
from lkjip_xl.xlsx.guard import open_file, sheets_of


def _differences(path: Path) -> list[str]:
    return list(oracle.differences(sheets_of(open_file(path)), oracle.cells(path.read_bytes())))


def test_agrees_on_a_workbook_as_made_and_as_saved_by_others(sample_file: Path) -> None:
    assert _differences(sample_file) == []
    book = openpyxl.load_workbook(sample_file)
    book.save(sample_file)
    assert _differences(sample_file) == []


def test_sees_another_value(sample_file: Path) -> None:
    sheets = sheets_of(open_file(sample_file))
    sample_file.write_bytes(cell_replaced(sample_file.read_bytes(), "D8", '<c r="D8"><v>26</v></c>'))
    assert list(oracle.differences(sheets, oracle.cells(sample_file.read_bytes()))) == [
        "row 8, column 4: 26.0 was read as 25.0"
    ]
