"""Beside the checks of a sheet: how many findings there are down to each row, from which Periksa finds the first ones."""

from __future__ import annotations

from collections.abc import Collection

from lkjip_xl.base.a1 import a1, absolute, across, column_letters
from lkjip_xl.base.findings import Severity
from lkjip_xl.base.keys import RowKey
from lkjip_xl.compute.rules import Failure
from lkjip_xl.form import layout
from lkjip_xl.form.formulas import RowFormula
from lkjip_xl.form.layout import Check, FormPlacement, Placement
from lkjip_xl.formula import first_findings as formulas
from lkjip_xl.write.book import Sheet
from lkjip_xl.write.live import Explanations


def tally_lines(place: Placement) -> range:
    """Return the sheet rows in which checks may stand: the data rows and the closing row, or the fields."""
    lines = place.lines.values() if isinstance(place, FormPlacement) else place.rows.values()
    last = max(lines) if place.total_row is None else place.total_row
    return range(min(lines), last + 1)


def sorts(place: Placement) -> tuple[list[int], list[int]]:
    """Return the columns of the checks that block, and of the others; each stand side by side."""
    blocking = [check.column for check in place.checks if check.rule.severity is Severity.GALAT]
    return blocking, [check.column for check in place.checks if check.column not in blocking]


def open_failures(
    place: Placement, failing: Collection[Failure], explanations: Explanations
) -> list[tuple[int, Check, RowKey | None]]:
    """Return the failures that nobody has explained: sheet row, check and row."""
    return [
        (line, check, row)
        for check in place.checks
        for row, line in place.checked_lines(check.rule)
        if Failure(place.table, row, (check.rule.blame, check.year), check.rule.name) in failing
        if check.rule.severity is Severity.GALAT
        or place.explained_at(row, check.rule.blame) not in explanations
    ]


def write_tallies(
    sheet: Sheet, place: Placement, failing: Collection[Failure], explanations: Explanations
) -> None:
    """Write the counts in two hidden columns, and above each check the letters of the column that it blames.

    Of a check of the table as a whole it is the cell itself: the first of that column.
    """
    lines, found = tally_lines(place), open_failures(place, failing, explanations)
    sheet.raw.set_column(*place.tallies, None, None, {"hidden": True})
    for sort, (column, columns) in enumerate(zip(place.tallies, sorts(place), strict=True)):
        number = 0
        sheet.value(layout.KEY_ROW, column, layout.TALLY, {})
        for line in lines:
            number += sum(at == line and check.column in columns for at, check, _ in found)
            above = f"{absolute(lines[0] - 1, column)}:{a1(line - 1, column)}"
            checks = across(line, columns[0], columns[-1]) if columns else None
            explanation = (
                a1(line, place.explanation_column) if sort and place.explanation_column is not None else None
            )
            formula = formulas.count_down(above, checks, explanation)
            sheet.formula(line, column, RowFormula(formula, layout.TALLY), float(number), {})
    for check in place.checks:
        column = blamed_column(place, check)
        if check.rule.of_table and not isinstance(place, FormPlacement):
            at, end = ((line, column) for line in (lines[0], lines[-1]))
            formula, shown = formulas.address_of(f"{absolute(*at)}:{absolute(*end)}"), a1(*at)
        else:
            formula, shown = formulas.letters(absolute(0, column)), column_letters(column)
        sheet.formula(layout.HELP_ROW, check.column, formula, shown, {})


def blamed_column(place: Placement, check: Check) -> int:
    """Return the sheet column of the cells that a check blames."""
    if isinstance(place, FormPlacement):
        return next(iter(place.rows.values()))
    return place.lines[check.rule.blame, check.year]
