"""Do workbook and Python say the same? Workbooks with random faults, recalculated by spreadsheet programs, against Python."""

from __future__ import annotations

import datetime
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl.cell.cell import ERROR_CODES

from clean import clean_document, with_few_rows
from coded import CODES, code_list
from engines import Disagreement, Engine
from lkjip_xl.base.a1 import a1
from lkjip_xl.base.findings import Finding, Place, Severity
from lkjip_xl.base.keys import ColumnKey, RowKey
from lkjip_xl.base.showing import one_line
from lkjip_xl.check.reads import Reads
from lkjip_xl.compute.results import SheetValues, cells
from lkjip_xl.compute.states import State, untouched
from lkjip_xl.form.code_list import with_codes
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.layout import Layout, Placement, lay_out
from lkjip_xl.form.submission import fitted
from lkjip_xl.formula.cell_tests import MAX_NUMBER
from lkjip_xl.formula.grades import Grade
from lkjip_xl.formula.nodes import Node, NumberOrGrade, Ref
from lkjip_xl.formula.status import bar_text, verdict_text
from lkjip_xl.pipeline import validate
from lkjip_xl.template.model import Table, Template
from lkjip_xl.template.rule import Rule, alike
from lkjip_xl.template.sheet_names import CHECKS_SHEET
from lkjip_xl.write.first_findings import HIDDEN, LISTED
from lkjip_xl.write.overview import FIRST_TABLE, first_rule
from lkjip_xl.write.render import render
from lkjip_xl.xlsx.guard import LIMITS
from support import Cell, Grid, fill

_FAULTS: list[Any] = [
    None, 0, 1, -5, 0.285, "  ", " ", 1e15, 2.5e17, 999999999999999, datetime.date(2023, 12, 31), True, 7.5, 100, 1234567.89, 1e9, "teks", "1.234,56", "Program", "Kegiatan", "naik", "TURUN", "stabil",
    "Indikator utama 1", "indikator UTAMA 2", "a*", "PNS", "BB", "Rasio", "Persentase",
    "predikat AKIP", "OPINI BPK", "tingkat", "ya/tidak", "A", "bb", "WTP", "wdp", "Sangat  Tinggi", " Rendah ", "Ya", "tidak", "Paripurna",
    "A (80,50)", "BB (71)", "b(60,1 )", "A (80.50)", "A ()", "A (80,50", "D (5,5) ", "(80)", "CC (1E2)", "C (12,345)", "ZZ (80)", "A (8,)",
    0.823, 1.2, 2018.0, 2019.0, 2020.0, 2023.0, 6000,
]  # fmt: skip
_OTHER_CODES = [
    "2.13",
    "2.13.04",
    "x.xx.01",
    "X.XX.01.2.01",
    "2.13.09",
    "2.13.02.2.01.02",
    "1.01.02",
    "2.13.2",
    "2.13.02 ",
    "a",
]
_ROWS = 8  # of a table, and of a part of one, in which faults are typed
_EXPLANATIONS: list[Any] = ["Memang begitu", " ", 5, "0"]
_DATES: list[Any] = [
    None, "8 Januari", " ", 5, 1e16, 45299.75, datetime.date(1989, 12, 31), datetime.date(2023, 12, 31), datetime.date(2024, 1, 1),
    datetime.date(2024, 6, 30), datetime.date(2024, 7, 1), datetime.date(2101, 1, 1),
]  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """How many cells were compared, and those of which workbook and Python say different things."""

    cells: int
    disagreements: list[Disagreement]


def faulty_workbook(seed: int, path: Path, template: Template) -> Path:
    """Write a workbook of random size with random faults typed into it; the cached results are those from before."""
    rng = random.Random(seed)  # noqa: S311 - faults, not secrets
    document = clean_document(
        indicators=rng.choice([1, 3, 6]), budget=rng.choice([1, 5, 9, 14]), years=rng.choice([1, 2, 6])
    )
    if rng.random() < 0.2:
        document["modul"] = []
        document["tabel"].pop("idm")
    _make_implausible(document["tabel"], rng)
    _measure(document["tabel"], rng, template)
    for key, table in template.tables.items():
        if rng.random() < 0.05:  # as if nobody had come to it yet
            document["tabel"].pop(key, None)
        if table.declared.not_applicable and rng.random() < 0.2:
            document.setdefault("tidak_berlaku", {})[key] = "Tidak ada di OPD ini"
    coded = rng.random() < 0.3
    if coded:
        _code(document["tabel"].get("keuangan", []), rng)
    submission = with_few_rows(template, from_document(document, template), _ROWS)
    if coded and rng.random() < 0.7:
        submission = with_codes(template, submission, code_list(template, path.parent), ("2.13",))
    path.write_bytes(render(template, submission))
    plan = lay_out(template, fitted(template, submission))
    typed = [
        (place.sheet, place.cell(key, row), _DATES if declared.type == "date" else _FAULTS)
        for table in plan.tables
        for place in [plan.placements[table.key]]
        for key in place.lines
        for declared in [table.columns[key[0]].declared]
        if table.columns[key[0]].typed_in(key[1], submission.setup.year)
        for row in list(place.rows)[:_ROWS]
    ]
    typed += [
        (place.sheet, a1(row, place.explanation_column), _EXPLANATIONS)
        for place in plan.placements.values()
        if place.explanation_column is not None
        for _, row in [row for check in place.checks for row in place.checked_lines(check.rule)][:_ROWS]
    ]
    typed += [
        (place.sheet, a1(*place.reason), _EXPLANATIONS) for place in plan.placements.values() if place.reason
    ]
    changes: dict[str, dict[str, Any]] = {}
    for sheet, address, faults in rng.sample(typed, rng.randint(0, 25)):
        changes.setdefault(sheet, {})[address] = rng.choice(faults)
    return fill(path, changes)


def _code(rows: list[dict[str, Any]], rng: random.Random) -> None:
    """Write codes beside some rows of the budget, right ones and others, and leave out what follows from them."""
    for n, row in enumerate(rows):
        if rng.random() < 0.8:
            row["kode"] = CODES[n % len(CODES)] if rng.random() < 0.7 else rng.choice([*CODES, *_OTHER_CODES])
            for key in ("tingkat", "program"):
                if rng.random() < 0.6:
                    del row[key]


def _make_implausible(tables: dict[str, Any], rng: random.Random) -> None:
    """Do to some of the tables what a single cell does not show: whole rows of years, all in other units, sasaran written once."""

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
    for row in [*some(tables["iku"]), *some(tables["pk"])]:
        row.pop("sasaran")
    if rng.random() < 0.4:
        tables["identitas"]["tanggal"] = rng.choice(["2023-12-31", "2024-01-01", "2024-06-30", "2025-05-08"])


def _measure(tables: dict[str, Any], rng: random.Random, template: Template) -> None:
    """Let some of the indikator be measured in other ways, by grades with and without a score among them."""
    ways = template.declared.choice_lists["arah"]
    agreed = {row["indikator"]: row for row in tables["pk"]}
    rows = [("iku", n) for n in range(len(tables["iku"]))] + [("ikk", n) for n in range(len(tables["ikk"]))]
    for part, number in rows:
        if rng.random() < 0.5:
            continue
        row = tables[part][number]
        row["arah"] = rng.choice(ways)
        scale = template.grades.scales.get(row["arah"])
        if scale is None:
            continue

        drawn = partial(_drawn, scale, rng)
        tables["kinerja"][part][number] = {"target": drawn(), "realisasi_isian": drawn()}
        tables["renstra"][part][number] = {"target": drawn()}
        if part == "iku":
            tables["standar"][part][number] = {"standar": drawn()}
        if row["indikator"] in agreed:
            agreed[row["indikator"]]["target"] = rng.choice(
                [tables["kinerja"][part][number]["target"], drawn()]
            )
        if tables["tren"]:
            years = tables["tren"][part][number]["target"]
            tables["tren"][part][number] = {
                key: {year: drawn() for year in years} for key in ("target", "realisasi")
            }


def _drawn(scale: Sequence[Grade], rng: random.Random) -> str:
    """Return a grade as somebody may type it: in small or capital letters, alone or with a score."""
    label = rng.choice(scale).label
    score = f"{rng.uniform(0, 100):.2f}".replace(".", ",")
    return rng.choice([label, label.upper(), label.lower()]) + rng.choice(["", "", f" ({score})", " (5)"])


UNSEEN = ("date_typed", "percent_typed")
"""Rules of cells that a sheet takes for a number; so does LibreOffice a TRUE. What reads such a cell is left out."""
_Said = tuple[str, str, RowKey | None, ColumnKey]  # rule, table, row, column


class Python:
    """What Python finds and computes in one workbook."""

    def __init__(self, path: Path, template: Template) -> None:
        limits = replace(LIMITS, findings=1_000_000)
        (checked,), results = validate([path], template, limits)
        assert checked.workbook is not None
        setup = checked.workbook.submission.setup
        self.plan: Layout = lay_out(template, setup)
        self.values: dict[str, SheetValues] = cells(results, 0)
        found = [(each.rule, each.place) for each in checked.findings if each.place is not None]
        self.states = checked.states
        self.left = [
            sum(
                each.severity is of and each.place is not None and not each.explanation
                for each in checked.findings
            )
            for of in (Severity.GALAT, Severity.PERINGATAN)
        ]
        self.explained = Counter(
            self._said(each.rule, each.place)
            for each in checked.findings
            if each.place is not None and each.explanation
        )
        # A sheet knows of a date, and of the digits of a great number, in a cell of texts only their number.
        misfits = checked.workbook.misfits.items()
        self.numbers = {Place(*cell) for cell, raw in misfits if not isinstance(raw, str)}
        self.said = Counter(self._said(rule, place) for rule, place in found)
        self.findings = [each for each in checked.findings if self._checked(each)]
        self.sentences = {
            self._said(each.rule, each.place): each.message for each in checked.findings if each.place
        }
        words = template.declared.submission_rules
        unseen = {getattr(words, name).id for name in UNSEEN}
        self.unseen = {place for rule, place in found if rule in unseen}
        self.unseen |= {Place(*cell) for cell, raw in misfits if isinstance(raw, bool)}
        self.reads = Reads(template.tables, setup)

    def _said(self, rule: str, place: Place) -> _Said:
        """Return what a finding says, where it is checked: that a table is blank, in its total row."""
        table = self.plan.template.tables[place.table]
        whole = not table.is_form and any(each.of_table and each.id == rule for each in table.rules)
        return (rule, place.table, None if whole else place.row, place.column)

    def _checked(self, finding: Finding) -> bool:
        """Whether a rule of the sheet found it."""
        at = finding.place
        return at is not None and any(
            each.rule.id == finding.rule for each in self.plan.placements[at.table].checks
        )

    def compared(self, found: Grid) -> Compared:
        """Compare with what a program shows in its recalculated copy; an error in any cell is a disagreement."""
        typed = {
            (place.sheet, at[0] + 1, at[1] + 1)
            for table in self.plan.tables
            for place in [self.plan.placements[table.key]]
            for key in place.lines
            if not table.columns[key[0]].computed
            for row in place.rows
            if (at := place.position(key, row)) is not None
        }  # a number that is too great for a date is read back as an error
        wrong = [
            Disagreement(cell, "no error", value)
            for cell, value in found.items()
            if _is_error(value) and cell not in typed
        ]
        broken = {each.cell for each in wrong}
        all_ = [
            each
            for table in self.plan.tables
            for place in [self.plan.placements[table.key]]
            for each in [*self._values(table, place, found), *self._checks(table, place, found)]
        ]
        if not self.unseen:
            all_ += [*self._states(found), *self._listed(found), *self._counts(found)]
        wrong += [
            Disagreement(*each) for each in all_ if not _same(each[1], each[2]) and each[0] not in broken
        ]
        return Compared(len(all_), wrong)

    def _values(self, table: Table, place: Placement, found: Grid) -> Iterator[tuple[Cell, Any, Any, str]]:
        for key in place.lines:
            column = table.columns[key[0]]
            computed = column.computed and not column.typed_in(key[1], self.plan.setup.year)
            rows = [*(place.rows if computed else ()), *([None] if column.total is not None else [])]
            for row in rows:
                at = place.position(key, row)
                assert at is not None
                cell = (place.sheet, at[0] + 1, at[1] + 1)
                if self._seen(Place(table.key, row, key)):
                    yield cell, self.values[table.key].get(row, {}).get(key), found.get(cell), ""

    def _checks(self, table: Table, place: Placement, found: Grid) -> Iterator[tuple[Cell, Any, Any, str]]:
        for rule, year, column_of in place.checks:
            key = (rule.blame, year)
            for row, line in place.checked_lines(rule):
                at = Place(table.key, row, key)
                if at not in self.unseen and self._seen(at, rule):
                    said = self._said(rule.id, at)
                    cell = (place.sheet, line + 1, column_of + 1)
                    mine = self.sentences[said] if self.said[said] else None
                    said_there, shown = (self._plain(at, text) for text in (mine, found.get(cell)))
                    yield cell, said_there, shown, f"{rule.id} {place.cell(key, row)}"

    def _states(self, found: Grid) -> Iterator[tuple[Cell, Any, Any, str]]:
        """Yield how far Periksa says that each table is filled, and its verdict."""
        done = sum(each.done for each in self.states)
        counted = (CHECKS_SHEET, 1, HIDDEN + 1)
        yield counted, done, found.get(counted), "tables that are filled"
        blank = untouched(self.plan.template, self.states)
        text = verdict_text(done, len(self.states), *self.left, untouched=blank)
        yield (CHECKS_SHEET, 2, 1), text, found.get((CHECKS_SHEET, 2, 1)), "verdict"
        for line, each in enumerate(self.states, start=FIRST_TABLE + 1):
            for column, mine in (
                (6, each.reason or bar_text(each.filled, each.asked, empty=each.state is State.EMPTY)),
                (7, each.state.value),
                (8, each.filled),
                (9, each.asked),
            ):
                cell = (CHECKS_SHEET, line, column)
                yield cell, mine, found.get(cell), f"{each.table} {each}"

    def _listed(self, found: Grid) -> Iterator[tuple[Cell, Any, Any, str]]:
        """Yield sheet, cell and sentence of the first findings, those that block first."""
        mine: list[Finding | None] = [each for each in self.findings if not each.explanation]
        mine += [None] * LISTED
        first = FIRST_TABLE
        for n in range(LISTED):
            link, sentence = ((CHECKS_SHEET, first + n + 1, column) for column in (1, 2))
            known = mine[n]
            at = f"{known.sheet} · {known.cell}" if known else None
            yield link, at, found.get(link), f"finding {n + 1}"
            said, shown = (
                self._plain(known.place if known else None, text)
                for text in (known.message if known else None, found.get(sentence))
            )
            yield sentence, said, shown, f"finding {n + 1}"

    def _plain(self, at: Place | None, text: Any) -> str | None:
        """Return a text of a program without what is safe to show in another way: spaces are one, what obeys is gone.

        Of a number that stands where a text belongs a sheet does not know all that Python does.
        """
        if text is None:
            return None
        line = one_line(re.sub(r"\s+", " ", str(text)))
        return re.sub("“[^”]*”", "“…”", line) if at in self.numbers else line

    def _counts(self, found: Grid) -> Iterator[tuple[Cell, Any, Any, str]]:
        """Yield how many findings Periksa counts in each of its lines."""
        line = first_rule(self.plan)
        for table in self.plan.tables:
            checks = self.plan.placements[table.key].checks
            for rules in alike(rule for rule, _, _ in checks):
                line += 1
                names = {(rule.id, rule.blame) for rule in rules}
                for column_of, said in ((6, self.said), (8, self.explained)):
                    mine = sum(
                        number
                        for (rule, key, _, column), number in said.items()
                        if key == table.key and (rule, column[0]) in names
                    )
                    cell = (CHECKS_SHEET, line, column_of)
                    yield cell, mine, found.get(cell), f"{rules[0].id} {table.declared.sheet}"

    def _seen(self, at: Place, rule: Rule | None = None) -> bool:
        """Whether a cell, or a rule that blames it, reads nothing that a sheet takes for something else."""
        if not self.unseen:
            return True
        reads = self.reads.of_rule(rule or _shows(at, self.plan.template), at)
        return not any(
            (read.table, read.column) == (cell.table, cell.column[0]) and read.meets(cell.row, cell.column[1])
            for read in reads
            for cell in self.unseen
        )


def _shows(at: Place, template: Template) -> Rule:
    """Return a rule that reads what the formula of a computed cell reads."""
    some = next(rule for table in template.tables.values() for rule in table.rules)
    node: Node = Ref(None, at.column[0])
    grade = template.tables[at.table].columns[at.column[0]].grade
    if grade is not None:
        node = NumberOrGrade(node, Ref(None, grade.key))
    return replace(some, check=node, blame=at.column[0], follows_from=None)


def _same(mine: Any, theirs: Any) -> bool:
    """Whether two results are the same on 15 digits; from 10^15 on, where each is a finding, on 14."""
    if isinstance(mine, float) and isinstance(theirs, float):
        digits = 15 if abs(mine) < MAX_NUMBER else 14
        return f"{mine + 0.0:.{digits}g}" == f"{theirs + 0.0:.{digits}g}"
    if isinstance(mine, str) and isinstance(theirs, str):
        return _without_great(mine) == _without_great(theirs)
    return bool(mine == theirs)


_GREAT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){5,}(?:,[0-9]+)?|[0-9](?:,[0-9]+)?E\+[0-9]+")


def _without_great(text: str) -> str:
    """Return a text with its numbers from 10^15 on, which LibreOffice writes with an exponent, on 14 digits."""
    return _GREAT.sub(lambda found: f"{float(_english(found[0])):.14g}", text)


def _english(number: str) -> str:
    return number.replace(".", "").replace(",", ".")


def _is_error(value: Any) -> bool:
    return isinstance(value, str) and (value in ERROR_CODES or value.startswith("Err:"))


def run(seeds: Sequence[int], folder: Path, template: Template, engine: Engine) -> list[tuple[int, Compared]]:
    """Compare one workbook a seed."""
    paths = [faulty_workbook(seed, folder / f"{seed}.xlsx", template) for seed in seeds]
    found = engine.grids(paths)
    return [
        (n, Python(path, template).compared(each)) for n, path, each in zip(seeds, paths, found, strict=True)
    ]
