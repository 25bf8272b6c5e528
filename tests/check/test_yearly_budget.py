"""Budgets of several years in one table: the report's year comes from table 3.4, and each fault is found alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from drawn import drawn
from engines import betteroffice
from lkjip_xl.compute.results import cells, compute
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.submission import Submission, stack
from lkjip_xl.pipeline import validate
from lkjip_xl.report.printed import Report, printed
from lkjip_xl.template.model import Template
from parity import Python
from support import Office, fill, grid, seen
from yearly import PLANTED, SHEET, yearly_document

Write = Callable[[Submission], Path]
PRINTED = """
No            | Program       | Anggaran (Rp) | ←             | ←             | Realisasi (Rp)| ←             | ←             | Serapan (%)   | ←             | ←
              |               | 2022          | 2023          | 2024          | 2022          | 2023          | 2024          | 2022          | 2023          | 2024
1.0           | Program 1     | 7000000000.0  | 6000000005.0  | 8000000000.0  | 6000000000.0  | 5700000000.0  |               | 85.71         | 95.0          |
2.0           | Program 5     | 4000000000.0  | 5000000007.0  |               | 3900000000.0  | 4750000000.0  |               | 97.5          | 95.0          |
3.0           | Program lama  | 1000000000.0  |               |               | 900000000.0   |               |               | 90.0          |               |
              | Jumlah        | 12000000000.0 | 11000000012.0 | 8000000000.0  | 10800000000.0 | 10450000000.0 |               | 90.0          | 95.0          |
"""


def _submission(template: Template) -> Submission:
    return from_document(yearly_document(), template)


def test_a_clean_table_gives_no_finding(template: Template, written: Write) -> None:
    (checked,), _ = validate([written(_submission(template))], template)
    assert seen(checked.findings) == []


def test_a_table_that_was_asked_for_is_filled(template: Template, written: Write) -> None:
    document = yearly_document()
    del document["tabel"]["keuangan_tahunan"]
    (checked,), _ = validate([written(from_document(document, template))], template)
    assert seen(checked.findings) == [("tabel-kosong", SHEET, "C8")]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted[0])
def test_planted_fault_is_found_alone(
    planted: Any, template: Template, written: Write, tmp_path: Path
) -> None:
    """The workbook says so, too."""
    _, changes, place, message = planted
    path = fill(written(_submission(template)), changes)
    (checked,), _ = validate([path], template)
    assert (seen(checked.findings), [each.message for each in checked.findings]) == ([place], [message])
    (shown,) = betteroffice(tmp_path / "hitung").grids([path])
    assert Python(path, template).compared(shown).disagreements == []


def test_the_table_as_it_is_printed(template: Template) -> None:
    submission = _submission(template)
    values = cells(compute(template, stack(template, [submission])), 0)
    table = printed(template.tables["keuangan_tahunan"], Report(template, submission.setup, values))
    assert drawn(table) == PRINTED.strip()


@pytest.mark.long
@pytest.mark.office
def test_the_table_in_the_workbook(
    template: Template, written: Write, tmp_path: Path, office: Office
) -> None:
    shown = grid(office.saved(written(_submission(template)), tmp_path / "kantor"))
    figures = [[shown.get((SHEET, row, column)) for column in (5, 8, 11)] for row in (8, 9, 10, 28)]
    assert figures == [
        [6000000005, 5700000000, 95],
        [5000000007, 4750000000, 95],
        [None, None, None],
        [11000000012, 10450000000, 95],
    ]
