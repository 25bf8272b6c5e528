"""The first findings of a workbook on Periksa: those that block first, each with a link to its cell and its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from lkjip_xl.base.a1 import a1, absolute, column_letters, sheet_prefix
from lkjip_xl.base.findings import Severity
from lkjip_xl.base.keys import RowKey
from lkjip_xl.compute.rules import Failure
from lkjip_xl.form import layout
from lkjip_xl.form.formulas import RowFormula
from lkjip_xl.form.layout import Check, Layout
from lkjip_xl.form.names import Names
from lkjip_xl.form.submission import Value
from lkjip_xl.formula import first_findings as formulas
from lkjip_xl.formula.first_findings import Listed, Tallied, Totals
from lkjip_xl.template.model import Table
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet
from lkjip_xl.write.live import Explanations
from lkjip_xl.write.tallies import blamed_column, open_failures, sorts, tally_lines

LISTED = 20  # findings
ROWS = LISTED + 2  # of Periksa: findings, how many more, and one that stays blank
HIDDEN = 10  # the first hidden column of Periksa
_HELPERS = HIDDEN  # of what leads to each
_NAME = _HELPERS + len(
    fields(Listed)
)  # hidden columns: of the sheet's name, of what its check blames, of the cell, of counts
_BLAMED, _ADDRESS, _COUNTS = _NAME + 1, _NAME + 2, _NAME + 3
_LINK, _SENTENCE, _REMEDY = range(3)  # columns


@dataclass(frozen=True, slots=True)
class _Found:
    """A finding that a sheet shows: the place of its sheet among those with checks, its row there, and its check."""

    table: int
    line: int
    check: Check
    row: RowKey | None


class FirstFindings:
    """Writes the list; ``failing`` and ``explanations`` give its cached results."""

    def __init__(
        self,
        sheet: Sheet,
        plan: Layout,
        names: Names,
        failing: Mapping[Failure, str],
        explanations: Explanations,
    ) -> None:
        self.sheet = sheet
        self.plan = plan
        self.tables = [table for table in plan.tables if plan.placements[table.key].checks]
        self.failing = failing
        self.explanations = explanations
        self.found = [list(self._found(grave=grave)) for grave in (True, False)]
        self.known = [self._named(table, names) for table in self.tables]

    def write(self, first: int) -> None:
        """Write the findings from a row on, with their heading above it, and in hidden columns beside them what leads to each."""
        sheet = self.sheet
        sheet.raw.set_column(_HELPERS, _COUNTS + 1, None, None, {"hidden": True})
        headings = {_LINK: "Sel (klik)", _SENTENCE: "Temuan pertama", _REMEDY: "Yang dilakukan"}
        for column, label in headings.items():
            sheet.value(first - 1, column, label, styles.HEADER)
        totals = self._down_the_sheets(first)
        every = [*self.found[0], *self.found[1]]
        for place in range(LISTED):
            self._finding(first + place, place, every[place] if place < len(every) else None, totals)
        rest = len(every) - LISTED
        text = f"dan {rest} temuan lain" if rest > 0 else None
        sheet.formula(first + LISTED, _LINK, formulas.more(totals.all, LISTED), text, styles.NOTE)
        self._marks(first, totals.grave)

    def _down_the_sheets(self, first: int) -> Totals:
        """Write how many findings there are down to each sheet, those that block and the others, and in all."""
        sheet, end = self.sheet, first + len(self.tables) - 1
        for sort, column in enumerate((_COUNTS, _COUNTS + 1)):
            for place, known in enumerate(self.known):
                above = a1(first + place - 1, column) if place else None
                formula = formulas.counted_to(above, known.other if sort else known.blocking)
                number = sum(each.table <= place for each in self.found[sort])
                sheet.formula(first + place, column, formula, float(number), {})
        grave = absolute(end, _COUNTS)
        formula = formulas.counted(grave, absolute(end, _COUNTS + 1))
        sheet.formula(end + 1, _COUNTS, formula, float(len(self.found[0]) + len(self.found[1])), {})
        ranges = (f"{absolute(first, at)}:{absolute(end, at)}" for at in (_COUNTS, _COUNTS + 1))
        return Totals(grave, absolute(end + 1, _COUNTS), *ranges)

    def _finding(self, row: int, place: int, known: _Found | None, totals: Totals) -> None:
        sheet = self.sheet
        at = Listed(*(a1(row, _HELPERS + n) for n in range(len(fields(Listed)))))
        sheet.value(row, _HELPERS, float(place + 1), {})
        name, blamed, cell, sentence, remedy = self._shown(known) if known else [None] * 5
        steps = zip(formulas.steps(at, totals, self.known), self._steps(known, place), strict=True)
        written: list[tuple[int, str, Value | None, styles.Style]]
        written = [(_HELPERS + n, formula, value, {}) for n, (formula, value) in enumerate(steps, start=1)]
        link = formulas.link(at, a1(row, _NAME), a1(row, _ADDRESS))
        written += [
            (_NAME, formulas.sheet_name(at, self.known), name, {}),
            (_BLAMED, formulas.blamed(at, self.known), blamed, {}),
            (_ADDRESS, formulas.address(at, a1(row, _BLAMED), self.known), cell, {}),
            (_LINK, link, f"{name} · {cell}" if known else None, styles.LINK),
            (_SENTENCE, formulas.sentence(at, self.known), sentence, styles.PLAIN),
            (_REMEDY, formulas.remedy(at, self.known), remedy, styles.PLAIN),
        ]
        for column, formula, value, style in written:
            sheet.formula(row, column, RowFormula(formula, "temuan"), value, style)
        sheet.fit_lines(row, 3)

    def _steps(self, known: _Found | None, place: int) -> list[float | None]:
        """Return what leads to a finding, after its place in the list."""
        blocking = len(self.found[0])
        number = place if place < blocking else place - blocking
        if known is None:
            return [float(number + 1), *[None] * (len(fields(Listed)) - 2)]
        alike = [each for each in self.found[0 if place < blocking else 1] if each.table == known.table]
        in_row = [each for each in alike if each.line == known.line]
        steps = (number, known.table, alike.index(known), known.line, in_row.index(known), known.check.column)
        return [float(step + 1) for step in steps]

    def _named(self, table: Table, names: Names) -> Tallied:
        """Name what the list asks of a sheet."""
        place = self.plan.placements[table.key]
        lines, last = tally_lines(place), max(check.column for check in place.checks)
        columns = [
            (of_sort[0], of_sort[-1]) if of_sort else (counts, counts)
            for of_sort, counts in zip(sorts(place), place.tallies, strict=True)
        ]
        ranges = {
            "galat": (lines[0], place.tallies[0], lines[-1], place.tallies[0]),
            "lain": (lines[0], place.tallies[1], lines[-1], place.tallies[1]),
            "uji_galat": (lines[0], columns[0][0], lines[-1], columns[0][1]),
            "uji_lain": (lines[0], columns[1][0], lines[-1], columns[1][1]),
            "baris": (lines[0], 0, lines[-1], last),
            "sel": (layout.HELP_ROW, 0, layout.HELP_ROW, last),
            "saran": (layout.KEY_ROW, 0, layout.KEY_ROW, last),
        }
        prefix = sheet_prefix(place.sheet)
        named = {f"periksa.{table.key}.{name}": at for name, at in ranges.items()}
        names.ranges |= {
            name: f"{prefix}{absolute(top, left)}:{absolute(bottom, right)}"
            for name, (top, left, bottom, right) in named.items()
        }
        return Tallied(*(*named, place.sheet))

    def _found(self, *, grave: bool) -> Iterator[_Found]:
        """Yield the findings of one sort in the order in which the sheets count them."""
        for number, table in enumerate(self.tables):
            place = self.plan.placements[table.key]
            first = tally_lines(place)[0]
            found = open_failures(place, self.failing, self.explanations)
            for line, check, row in sorted(found, key=lambda each: (each[0], each[1].column)):
                if (check.rule.severity is Severity.GALAT) is grave:
                    yield _Found(number, line - first, check, row)

    def _shown(self, found: _Found) -> tuple[str, str, str, str, str]:
        """Return sheet, what the check blames, cell, sentence and remedy of a finding."""
        table, (rule, year, _) = self.tables[found.table], found.check
        place, column = (
            self.plan.placements[table.key],
            blamed_column(self.plan.placements[table.key], found.check),
        )
        blamed, cell = column_letters(column), a1(tally_lines(place)[0] + found.line, column)
        if rule.of_table and not table.is_form:
            blamed = cell = a1(tally_lines(place)[0], column)
        said = self.failing[Failure(table.key, found.row, (rule.blame, year), rule.name)]
        return place.sheet, blamed, cell, said, rule.remedy

    def _marks(self, first: int, grave: str) -> None:
        """Colour the sentences as their findings are: those that block, and the others."""
        cells = (first, _SENTENCE, first + LISTED - 1, _SENTENCE)
        filled = f"${column_letters(_HELPERS + 2)}{first + 1}"
        colours = [
            (formulas.blocks(filled, first, grave), styles.MARKS[Severity.GALAT]),
            (formulas.other(filled), styles.MARKS[Severity.PERINGATAN]),
        ]
        self.sheet.coloured(cells, colours)
