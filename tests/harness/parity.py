"""Do workbook and Python say the same? Workbooks with random faults, recalculated by spreadsheet programs, against Python."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import ERROR_CODES

from clean import clean_document
from engines import Disagreement, Engine
from lkjip_xl.compute.results import SheetValues, cells, compute
from lkjip_xl.compute.rules import Failure, failing
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.layout import Layout, Placement, lay_out
from lkjip_xl.form.submission import fitted, stack
from lkjip_xl.formula.nodes import WellTyped
from lkjip_xl.read.reader import read_workbook
from lkjip_xl.template.model import Table, Template
from lkjip_xl.write.render import render
from support import Cell, Grid

_FAULTS = [
    None, 0, 1, -5, 0.285, 7.5, 100, 1234567.89, 1e9, "teks", "1.234,56", "Program", "Kegiatan", "naik", "TURUN",
    "Indikator utama 1", "indikator UTAMA 2", "a*", "PNS", "BB", "Rasio", "Persentase",
    0.823, 1.2, 2018.0, 2019.0, 2020.0, 2023.0, 6000,
]  # fmt: skip
_DATES = [
    None, "8 Januari", 5, 45299.75, datetime.date(1989, 12, 31), datetime.date(2023, 12, 31), datetime.date(2024, 1, 1),
    datetime.date(2024, 6, 30), datetime.date(2024, 7, 1), datetime.date(2101, 1, 1),
]  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """How many cells were compared, and those of which workbook and Python say different things."""

    cells: int
    disagreements: list[Disagreement]


def faulty_workbook(seed: int, path: Path, template: Template) -> Path:
    """Write a workbook of random size with random faults typed into it; it has no cached results."""
    rng = random.Random(seed)  # noqa: S311 - faults, not secrets
    document = clean_document(
        indicators=rng.choice([1, 3, 6]), budget=rng.choice([1, 5, 9, 14]), years=rng.choice([1, 2, 6])
    )
    if rng.random() < 0.2:
        document["modul"] = []
        document["tabel"].pop("idm")
    _make_implausible(document["tabel"], rng)
    submission = from_document(document, template)
    path.write_bytes(render(template, submission))
    plan = lay_out(template, fitted(template, submission))
    book = openpyxl.load_workbook(path)
    typed = [
        (place.sheet, place.cell(key, row), _DATES if declared.type == "date" else _FAULTS)
        for table in plan.tables
        for place in [plan.placements[table.key]]
        for key in place.lines
        for declared in [table.columns[key[0]].declared]
        if table.columns[key[0]].typed_in(key[1], submission.setup.year)
        for row in list(place.rows)[:8]
    ]
    for sheet, address, faults in rng.sample(typed, rng.randint(0, 25)):
        book[sheet][address].value = rng.choice(faults)
    book.save(path)
    return path


def _make_implausible(tables: dict[str, Any], rng: random.Random) -> None:
    """Do to some of the tables what a single wrong cell does not show: whole rows of years, all in other units."""

    def some(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row for row in rows if rng.random() < 0.5] if rng.random() < 0.4 else []

    for row in some(tables["tren"].get("iku", [])):
        years, late = row[rng.choice(["target", "realisasi"])], rng.choice([0, 0, 1])
        years.update({year: int(year) + late for year in years})
    for row in some(tables.get("idm", [])):
        row["jumlah"] = {year: int(year) for year in row["jumlah"]}
    for row in some(tables["renstra"]["iku"]):
        row["target"] *= rng.choice([100, 0.01])
    if rng.random() < 0.4:
        for row in tables["kinerja"]["ikk"]:
            row.update({key: value / 100 for key, value in row.items()})
    if rng.random() < 0.4:
        for row in tables["keuangan"]:
            for key in {"anggaran_isian", "realisasi_isian"} & row.keys():
                row[key] /= 1000
    if rng.random() < 0.4:
        tables["identitas"]["tanggal"] = rng.choice(["2023-12-31", "2024-01-01", "2024-06-30", "2025-05-08"])


class Python:
    """What Python finds and computes in one workbook."""

    def __init__(self, path: Path, template: Template) -> None:
        read = read_workbook(path, template)
        submission = read.submission
        results = compute(template, stack(template, [submission]))
        self.plan: Layout = lay_out(template, submission.setup)
        self.values: dict[str, SheetValues] = cells(results, 0)
        self.failing: set[Failure] = failing(results, submission)
        self.misfits = set(read.misfits)

    def compared(self, found: Grid) -> Compared:
        """Compare with what a program shows in its recalculated copy; an error in any cell is a disagreement."""
        count = 0
        wrong = [Disagreement(cell, "no error", value) for cell, value in found.items() if _is_error(value)]
        broken = {each.cell for each in wrong}
        for table in self.plan.tables:
            place = self.plan.placements[table.key]
            for cell, mine, theirs, about in [
                *self._values(table, place, found),
                *self._checks(table, place, found),
            ]:
                count += 1
                if mine != theirs and cell not in broken:
                    wrong.append(Disagreement(cell, mine, theirs, about))
        return Compared(count, wrong)

    def _values(self, table: Table, place: Placement, found: Grid) -> Iterator[tuple[Cell, Any, Any, str]]:
        for key in place.lines:
            column = table.columns[key[0]]
            computed = column.computed and not column.typed_in(key[1], self.plan.setup.year)
            rows = [*(place.rows if computed else ()), *([None] if column.total is not None else [])]
            for row in rows:
                at = place.position(key, row)
                assert at is not None
                cell = (place.sheet, at[0] + 1, at[1] + 1)
                yield cell, self.values[table.key].get(row, {}).get(key), found.get(cell), ""

    def _checks(self, table: Table, place: Placement, found: Grid) -> Iterator[tuple[Cell, bool, bool, str]]:
        for rule, year, column_of in place.checks:
            key = (rule.blame, year)
            for row, line in place.checked_lines(rule):
                misfit = (table.key, row, key) in self.misfits
                if isinstance(rule.check, WellTyped):
                    mine = misfit
                elif misfit:
                    continue  # of a cell that holds the wrong kind of thing, Python says only that
                else:
                    mine = (table.key, row, key, rule.name) in self.failing
                cell = (place.sheet, line + 1, column_of + 1)
                yield cell, mine, cell in found, f"{rule.id} {place.cell(key, row)}"


def _is_error(value: Any) -> bool:
    return isinstance(value, str) and (value in ERROR_CODES or value.startswith("Err:"))


def run(seeds: Sequence[int], folder: Path, template: Template, engine: Engine) -> list[tuple[int, Compared]]:
    """Compare one workbook a seed."""
    paths = [faulty_workbook(seed, folder / f"{seed}.xlsx", template) for seed in seeds]
    found = engine.grids(paths)
    return [
        (n, Python(path, template).compared(each)) for n, path, each in zip(seeds, paths, found, strict=True)
    ]
