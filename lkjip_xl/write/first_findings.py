"""The first findings of a workbook on Periksa: those that block first, each with a link to its cell and its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields

from lkjip_xl.base.a1 import absolute, column_letters, sheet_prefix
from lkjip_xl.base.findings import Severity
from lkjip_xl.compute.rules import Failure
from lkjip_xl.form import layout
from lkjip_xl.form.layout import Layout, Placement
from lkjip_xl.formula import first_findings as formulas
from lkjip_xl.formula.first_findings import Listed, Tallied
from lkjip_xl.template.model import Table
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet
from lkjip_xl.write.live import Explanations, sentence
from lkjip_xl.write.tallies import blamed_column, open_failures, sorts, tally_lines

LISTED = 20  # findings
ROWS = LISTED + 3  # of Periksa: heading, findings, how many more, and one that stays blank
_HELPERS, _COUNTS = 8, 15  # the first hidden columns: of what leads to each, of what the sheets count
_SHEET, _CELL, _SENTENCE, _LAST = 0, 1, 2, 6  # columns


@dataclass(frozen=True, slots=True)
class _Found:
    """A finding that a sheet shows: the places of its sheet among the tallied, of its row there, and of its check."""

    table: int
    row: int
    check: int
    number: int
    """Among those that are as grave."""


class FirstFindings:
    """Writes the list; ``failing`` and ``explanations`` give its cached results."""

    def __init__(
        self, sheet: Sheet, plan: Layout, failing: AbstractSet[Failure], explanations: Explanations
    ) -> None:
        self.sheet = sheet
        self.plan = plan
        self.tables = [table for table in plan.tables if plan.placements[table.key].checks]
        self.failing = failing
        self.explanations = explanations
        self.found = [list(self._found(grave=grave)) for grave in (True, False)]
        pairs = [self._tallied(table) for table in self.tables]
        self.tallies = [pair[sort] for sort in (0, 1) for pair in pairs]

    def write(self, first: int) -> None:
        """Write heading and findings from a row on, and in hidden columns beside them what leads to each."""
        sheet = self.sheet
        sheet.raw.set_column(_HELPERS, _COUNTS + 1, None, None, {"hidden": True})
        for column, label in ((_SHEET, "Lembar"), (_CELL, "Sel (klik untuk ke sana)")):
            sheet.value(first, column, label, styles.HEADER)
        sheet.merged(first, _SENTENCE, first, _LAST, "Temuan pertama, dan yang dilakukan", styles.HEADER)
        counts, totals = self._down_the_sheets(first)
        grave, all_ = totals
        blocking = len(self.found[0])
        every = [*self.found[0], *self.found[1]]
        for place in range(1, LISTED + 1):
            known = every[place - 1] if place <= len(every) else None
            self._finding(first + place, place, known, blocking, grave, counts, all_)
        rest = len(every) - LISTED
        text = f"dan {rest} temuan lain" if rest > 0 else None
        sheet.formula(first + LISTED + 1, _SHEET, formulas.more(all_, LISTED), text, styles.NOTE)
        self._marks(first + 1, grave)

    def _down_the_sheets(self, first: int) -> tuple[tuple[str, str], tuple[str, str]]:
        """Write how many findings there are down to each sheet; return their ranges, and how many block and are in all."""
        sheet, ranges = self.sheet, []
        for sort, column in enumerate((_COUNTS, _COUNTS + 1)):
            for place, table in enumerate(self.tables):
                above = absolute(first + place - 1, column) if place else None
                last = self._tallied(table)[sort].counts.rsplit(":", 1)
                prefix = sheet_prefix(self.plan.placements[table.key].sheet)
                formula = formulas.counted_to(above, prefix + last[-1])
                number = sum(each.table <= place for each in self.found[sort])
                sheet.formula(first + place, column, formula, float(number), {})
            end = first + len(self.tables) - 1
            ranges.append(f"{absolute(first, column)}:{absolute(end, column)}")
        end = first + len(self.tables) - 1
        grave = absolute(end, _COUNTS)
        all_at = (first + len(self.tables), _COUNTS)
        formula = formulas.counted_to(grave, absolute(end, _COUNTS + 1))
        sheet.formula(*all_at, formula, float(len(self.found[0]) + len(self.found[1])), {})
        return (ranges[0], ranges[1]), (grave, absolute(*all_at))

    def _finding(
        self,
        row: int,
        place: int,
        known: _Found | None,
        blocking: int,
        grave: str,
        counts: tuple[str, str],
        all_: str,
    ) -> None:
        sheet = self.sheet
        at = Listed(*(absolute(row, _HELPERS + n) for n in range(len(fields(Listed)))))
        number = place if place <= blocking else place - blocking
        steps = formulas.steps(place, at, grave, all_, counts, self.tallies)
        values = self._steps(known, number, grave=place <= blocking) if known else (number, *[None] * 6)
        for n, (formula, value) in enumerate(zip(steps, values, strict=True)):
            sheet.formula(row, _HELPERS + n, formula, None if value is None else float(value), {})
        shown = self._shown(known) if known else ("", "", "")
        names = [self.plan.placements[table.key].sheet for table in self.tables]
        sheet.formula(row, _SHEET, formulas.sheet_name(at, names), shown[0], styles.PLAIN)
        firsts = [each.counts.split(":")[0] for each in self.tallies[: len(self.tables)]]
        link = formulas.link(at, absolute(row, _SHEET), self._heads(layout.HELP_ROW), firsts)
        sheet.formula(row, _CELL, link, shown[1], styles.LINK)
        sheet.merged(row, _SENTENCE, row, _LAST, None, styles.PLAIN)
        text = formulas.sentence(at, self._heads(layout.KEY_ROW))
        sheet.formula(row, _SENTENCE, text, shown[2], styles.PLAIN)
        sheet.fit_lines(row, 2)

    def _steps(self, known: _Found, number: int, *, grave: bool) -> tuple[int, ...]:
        """Return what leads to a finding."""
        alike = [each for each in self.found[0 if grave else 1] if each.table == known.table]
        in_row = [each for each in alike if each.row == known.row]
        tally = known.table + 1 + (0 if grave else len(self.tables))
        return (
            number,
            known.table + 1,
            tally,
            alike.index(known) + 1,
            known.row + 1,
            in_row.index(known) + 1,
            known.check + 1,
        )

    def _heads(self, row: int) -> list[str]:
        """Return one row above the checks of all sheets, from its first column."""
        found = []
        for table in self.tables:
            place = self.plan.placements[table.key]
            last = max(check.column for check in place.checks)
            found.append(f"{sheet_prefix(place.sheet)}{absolute(row, 0)}:{absolute(row, last)}")
        return found

    def _tallied(self, table: Table) -> tuple[Tallied, Tallied]:
        place = self.plan.placements[table.key]
        lines = tally_lines(place)
        prefix = sheet_prefix(place.sheet)

        def cells(first: int, last: int) -> str:
            return f"{prefix}{absolute(lines[0], first)}:{absolute(lines[-1], last)}"

        tallied = []
        for column, columns in zip(place.tallies, sorts(place), strict=True):
            counted = cells(column, column)
            tallied.append(Tallied(counted, cells(columns[0], columns[-1]) if columns else counted))
        return tallied[0], tallied[1]

    def _found(self, *, grave: bool) -> Iterator[_Found]:
        """Yield the findings of one sort in the order in which the sheets count them."""
        number = 0
        for place, table in enumerate(self.tables):
            found = sorted(self._on_sheet(self.plan.placements[table.key], grave=grave))
            for row, check in found:
                number += 1
                yield _Found(place, row, check, number)

    def _on_sheet(self, placement: Placement, *, grave: bool) -> Iterator[tuple[int, int]]:
        first = tally_lines(placement)[0]
        for line, check, _ in open_failures(placement, self.failing, self.explanations):
            if (check.rule.severity is Severity.GALAT) is grave:
                yield line - first, check.column

    def _shown(self, found: _Found) -> tuple[str, str, str]:
        """Return sheet, cell and sentence of a finding."""
        table = self.tables[found.table]
        place = self.plan.placements[table.key]
        check = next(each for each in place.checks if each.column == found.check)
        line = tally_lines(place)[found.row] + 1
        cell = f"{column_letters(blamed_column(place, check))}{line}"
        return place.sheet, cell, sentence(table, check.rule, check.year, self.plan)

    def _marks(self, first: int, grave: str) -> None:
        """Colour the sentences as their findings are: those that block, and the others."""
        cells = (first, _SENTENCE, first + LISTED - 1, _SENTENCE)
        filled = f"${column_letters(_HELPERS + 1)}{first + 1}"
        for severity, criteria in (
            (Severity.GALAT, formulas.blocks(filled, first, grave)),
            (Severity.PERINGATAN, formulas.other(filled)),
        ):
            style = self.sheet.book.format(styles.MARKS[severity])
            options = {"type": "formula", "criteria": criteria, "format": style, "stop_if_true": True}
            self.sheet.raw.conditional_format(*cells, options)
