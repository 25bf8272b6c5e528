"""What may only follow from something else: a cell that is wrong by itself, a row or table that is gone.

Nothing is left out for that: whether a finding will stand once its cause is mended, nobody knows before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from lkjip_xl.base.findings import Finding, Place
from lkjip_xl.base.keys import Period, RowKey
from lkjip_xl.check.reads import Read, Reads
from lkjip_xl.compute.results import Results, SheetValues, table_cells
from lkjip_xl.read.reader import Workbook
from lkjip_xl.template.model import Template
from lkjip_xl.template.rule import Property, Rule

# Where these fail, no cell is wrong by itself.
_NO_CELL = (None, Property.ORPHAN, Property.FOLLOWED, Property.ASKED)


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding with the rule and the place that it is of."""

    submission: int
    place: Place
    rule: Rule
    finding: Finding | None
    """None where the workbook has so many that this one is only counted."""


def may_follow(rule: Rule) -> bool:
    """Whether what a rule says can follow from another cell: all but what a cell says of itself."""
    return rule.follows_from in (None, Property.REFERENCE, Property.MEASURE, Property.REQUIRED)


def with_causes(
    placed: Sequence[Placed], results: Results, workbook: Workbook, number: int
) -> Iterator[Placed]:
    """Yield a workbook's findings, each with the sheet and cell of what it may follow from."""
    causes = _Causes(placed, results.template, workbook)
    if not causes.any:
        yield from placed
        return

    @cache
    def values(table: str) -> SheetValues:
        return table_cells(results, table, number)

    reads = Reads(results.template.tables, workbook.submission.setup, values)
    direct = {
        n: cause
        for n, each in enumerate(placed)
        if may_follow(each.rule)
        if (cause := causes.first(n, reads.of_rule(each.rule, each.place))) is not None
    }
    for n, each in enumerate(placed):
        first = _root(n, direct)
        cause = first if isinstance(first, Finding) else placed[first].finding
        if each.finding is None or cause is None or cause is each.finding:
            yield each
        else:
            yield replace(each, finding=replace(each.finding, cause=(cause.sheet, cause.cell)))


def _root(number: int, direct: Mapping[int, int | Finding]) -> int | Finding:
    """Return what a finding follows from in the end; itself, where it follows from nothing else."""
    seen = {number}
    found: int | Finding = number
    while isinstance(found, int) and found in direct:
        found = direct[found]
        if isinstance(found, int):
            if found in seen:
                return number
            seen.add(found)
    return found


class _Causes:
    """What in a workbook is wrong by itself, or gone."""

    def __init__(self, placed: Sequence[Placed], template: Template, workbook: Workbook) -> None:
        words = template.declared.submission_rules
        active = {table.key for table in template.active(workbook.submission.setup.modules)}
        sheets = {template.tables[key].declared.sheet: key for key in active - workbook.placements.keys()}
        # Of a table that is gone, and of one that lacks a row, everything may follow that reads it as a whole.
        self.lost: dict[str, Finding] = {}
        self.short: dict[str, Finding] = {}
        for each in workbook.findings:
            if each.rule == words.missing_table.id and each.sheet in sheets:
                self.lost.setdefault(sheets[each.sheet], each)
            if each.rule == words.missing_row.id and each.place is not None:
                self.short.setdefault(each.place.table, each)
        self.wrong: dict[tuple[str, str], list[tuple[RowKey | None, Period | None, int]]] = {}
        for n, at in enumerate(placed):
            if at.rule.follows_from not in _NO_CELL:
                cell = (at.place.row, at.place.column[1], n)
                self.wrong.setdefault((at.place.table, at.rule.blame), []).append(cell)

    @property
    def any(self) -> bool:
        return bool(self.lost or self.short or self.wrong)

    def first(self, number: int, reads: frozenset[Read]) -> int | Finding | None:
        """Return the first cause, other than the finding itself, among what is read: where it stands, or what says it."""
        found: list[int] = []
        for read in reads:
            if not read.column and read.table in self.lost:
                return self.lost[read.table]
            if read.column and read.row is None and read.table in self.short:
                return self.short[read.table]
            found += [
                n
                for row, year, n in self.wrong.get((read.table, read.column), ())
                if n != number and read.meets(row, year)
            ]
        return min(found, default=None)
