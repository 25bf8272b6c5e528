"""Levels of the budget: each row is the sum of what stands under it, and each amount goes into the total once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clean import clean_document, with_few_rows
from lkjip_xl.compute.results import cells, compute
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.layout import lay_out
from lkjip_xl.form.submission import Submission, stack
from lkjip_xl.pipeline import validate
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render
from support import Office, grid, seen

SHEET = "3.4 Keuangan"
LEVELS = {"U": "Urusan", "P": "Program", "K": "Kegiatan", "S": "Sub Kegiatan"}
# name: level, what is typed (in billions), what the row then holds; total; what is found
TABLES: dict[str, tuple[str, float, list[tuple[str, str, str]]]] = {
    "as always": (
        """
        P |   | 12
        K |   | 7
        S | 3 | 3
        S | 4 | 4
        K | 5 | 5
        P | 8 | 8
        """,
        20,
        [],
    ),
    "kegiatan without a program": (
        """
        K | 10 | 10
        K |    | 7
        S | 3  | 3
        S | 4  | 4
        P |    | 5
        K | 5  | 5
        """,
        22,
        [],
    ),
    "sub kegiatan without either": (
        """
        S | 1 | 1
        S | 2 | 2
        K |   | 4
        S | 4 | 4
        """,
        7,
        [],
    ),
    "urusan": (
        """
        U |   | 7
        P |   | 7
        K | 5 | 5
        K |   | 2
        S | 2 | 2
        U |   | 8
        K | 7 | 7
        P | 1 | 1
        """,
        15,
        [],
    ),
    "urusan with sub kegiatan alone": (
        """
        U |   | 7
        S | 3 | 3
        P | 4 | 4
        U | 5 | 5
        S | 5 | 5
        """,
        12,
        [],
    ),
    "urusan that is not its sum": (
        """
        U | 6 | 6
        P | 4 | 4
        """,
        4,
        [("anggaran-rincian", SHEET, "F8"), ("realisasi-rincian", SHEET, "G8")],
    ),
    "a sub kegiatan under a program": (
        """
        P | 4 | 4
        S | 3 | 3
        """,
        4,
        [("urutan-tingkat", SHEET, "C9")],
    ),
    "a sub kegiatan under the kegiatan of another program": (
        """
        K | 2 | 2
        P | 4 | 4
        S | 3 | 3
        """,
        6,
        [("urutan-tingkat", SHEET, "C10")],
    ),
}
each_table = pytest.mark.parametrize("name", TABLES)


def _lines(name: str) -> list[list[str]]:
    return [[each.strip() for each in line.split("|")] for line in TABLES[name][0].strip().splitlines()]


def _document(name: str) -> dict[str, Any]:
    document = clean_document()
    rows = []
    for number, (level, typed, _) in enumerate(_lines(name), start=1):
        row: dict[str, Any] = {"tingkat": LEVELS[level], "program": f"{LEVELS[level]} {number}"}
        if typed:
            row |= {"anggaran_isian": float(typed) * 1e9, "realisasi_isian": float(typed) * 9e8}
        rows.append(row)
    document["tabel"]["keuangan"] = rows
    return document


@each_table
def test_each_row_is_the_sum_of_those_under_it(name: str, template: Template) -> None:
    found = cells(compute(template, stack(template, [from_document(_document(name), template)])), 0)
    rows, total = found["keuangan"], TABLES[name][1]
    amounts = [float(amount) for *_, amount in _lines(name)]
    for key, billion in (("anggaran", 1e9), ("realisasi", 9e8)):
        held = [rows["keuangan", number][key, None] for number in range(1, len(amounts) + 1)]
        assert held == [amount * billion for amount in amounts]
        assert rows[None][key, None] == found["ikhtisar"]["ikhtisar", 1][key, None] == total * billion


@pytest.mark.sampled(2)
@each_table
def test_what_is_found(name: str, template: Template, written: Callable[[Submission], Path]) -> None:
    (checked,), _ = validate([written(from_document(_document(name), template))], template)
    assert seen(checked.findings) == TABLES[name][2]


@pytest.mark.long
@pytest.mark.office
def test_levels_in_the_workbook(template: Template, tmp_path: Path, office: Office) -> None:
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(TABLES))]
    totals = []
    for path, name in zip(paths, TABLES, strict=True):
        submission = with_few_rows(template, from_document(_document(name), template))
        path.write_bytes(render(template, submission))
        totals.append(lay_out(template, submission.setup).placements["keuangan"].total_row)
    saved = office.all_saved(paths, tmp_path / "kantor")
    for path, name, total in zip(saved, TABLES, totals, strict=True):
        shown = grid(path)
        amounts = [float(amount) * 1e9 for *_, amount in _lines(name)]
        assert [shown[SHEET, 8 + n, 23] for n in range(len(amounts))] == amounts, name
        assert shown[SHEET, (total or 0) + 1, 23] == TABLES[name][1] * 1e9, name
