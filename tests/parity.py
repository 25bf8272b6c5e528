"""Do workbook and Python say the same? Workbooks with random faults, recalculated by LibreOffice, against Python."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from clean import clean_document
from lkjip_xl.compute import cells, compute
from lkjip_xl.conditions import failing
from lkjip_xl.data import from_document
from lkjip_xl.formula.nodes import WellTyped
from lkjip_xl.layout import lay_out
from lkjip_xl.read import read_workbook
from lkjip_xl.render import render
from lkjip_xl.submission import stack
from lkjip_xl.template.model import Template
from support import Office, grid

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
    """How many cells were compared, and those in which workbook and Python disagree."""

    cells: int
    disagreements: list[tuple[str, str, Any, Any]]


def faulty_workbook(seed: int, path: Path, template: Template) -> Path:
    """Write a workbook of random size with random faults typed into it."""
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
    plan = lay_out(template, read_workbook(path, template).submission.setup)
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


def compared(path: Path, saved: Path, template: Template) -> Compared:
    """Compare what Python finds and computes in ``path`` with LibreOffice's recalculated copy of it."""
    submission = read_workbook(path, template).submission
    plan = lay_out(template, submission.setup)
    found = grid(saved)
    results = compute(template, stack(template, [submission]))
    values = cells(results, 0)
    read = read_workbook(path, template)
    mine_failing = failing(results, submission)
    misfits = {(table, row, key) for table, row, key in read.misfits}
    count, wrong = 0, []
    for table in plan.tables:
        place = plan.placements[table.key]
        for key in place.lines:
            column = table.columns[key[0]]
            rows = [*place.rows, *([None] if column.total is not None else [])]
            for row in rows:
                if row is not None and (
                    not column.computed or column.typed_in(key[1], submission.setup.year)
                ):
                    continue
                at = place.position(key, row)
                assert at is not None
                mine = values[table.key].get(row, {}).get(key)
                theirs = found.get((place.sheet, at[0] + 1, at[1] + 1))
                count += 1
                if mine != theirs:
                    wrong.append((place.sheet, place.cell(key, row), mine, theirs))
        for rule, year, column_of in place.checks:
            for row, line in place.checked_lines(rule):
                key = (rule.blame, year)
                theirs_fails = (place.sheet, line + 1, column_of + 1) in found
                if isinstance(rule.check, WellTyped):
                    mine_fails = (table.key, row, key) in misfits
                elif (table.key, row, key) in misfits:
                    continue  # of a cell that holds the wrong kind of thing, Python says only that
                else:
                    mine_fails = (table.key, row, key, rule.name) in mine_failing
                count += 1
                if mine_fails != theirs_fails:
                    wrong.append(
                        (
                            place.sheet,
                            place.cell(key, row),
                            f"{rule.id}: Python {mine_fails}",
                            f"lembar {theirs_fails}",
                        )
                    )
    return Compared(count, wrong)


def run(seeds: range, folder: Path, template: Template, office: Office) -> list[tuple[int, Compared]]:
    """Compare one workbook a seed."""
    paths = [faulty_workbook(seed, folder / f"{seed}.xlsx", template) for seed in seeds]
    saved = office.all_saved(paths, folder / "kantor")
    return [(seed, compared(p, s, template)) for seed, p, s in zip(seeds, paths, saved, strict=True)]
