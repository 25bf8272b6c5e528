"""What the formulas of a table's rows need of other tables' rows, and that is kept once a row in hidden columns.

So no formula beside it names another sheet, and whether a row has begun is asked once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lkjip_xl.base.keys import Period
from lkjip_xl.formula import nodes
from lkjip_xl.formula.columns import InRow, in_row
from lkjip_xl.formula.nodes import Node
from lkjip_xl.template.model import ORIGIN, Column, Setup, Table, Template

BEGUN = "mulai"


class Helper(NamedTuple):
    """A hidden column: a copy of another table's cells in the same row, or without ``ref`` whether the row has begun."""

    ref: nodes.Ref | None = None
    year: Period | None = None

    @property
    def name(self) -> str:
        """What it is known by on the sheet."""
        if self.ref is None:
            return BEGUN
        return f"{self.ref.table}.{self.ref.column}" + ("" if self.year is None else f":{self.year}")


def copies(node: Node) -> bool:
    """Whether a formula does no more than to repeat another cell."""
    if isinstance(node, nodes.NumberOrGrade):
        return isinstance(node.number, nodes.Ref) and isinstance(node.grade, nodes.Ref)
    return isinstance(node, nodes.Ref)


def helpers(
    template: Template, table: Table, setup: Setup
) -> tuple[list[Helper], dict[str, tuple[str, Period | None]]]:
    """Return the helpers that a table's sheet has, and which own columns are as good as one, by its name."""
    if table.is_form:
        return [], {}
    found: dict[str, Helper] = {}
    own: dict[str, tuple[str, Period | None]] = {}
    for node, years in _formulas(table, setup):
        begun = BEGUN not in found and any(isinstance(each, nodes.RowBegun) for each in node.walk())
        if begun and not table.declared.fixed_rows:
            found[BEGUN] = Helper()
        taken = [each for each in in_row(node) if each.ref.table is not None]
        for year in years:
            for each in taken:
                found |= {helper.name: helper for helper in _of(template, table, setup, each, year)}
    for column in table.columns.values():
        shown = column.shown
        if shown is None or column.typed or column.cell != column.key or not copies(shown):
            continue
        ref = shown.number if isinstance(shown, nodes.NumberOrGrade) else shown
        for year in table.column_years(column, setup):
            (each,) = in_row(ref)
            for helper in _of(template, table, setup, each, year):
                own.setdefault(helper.name, (column.key, year))
    return [helper for name, helper in found.items() if name not in own], own


def _formulas(table: Table, setup: Setup) -> Iterator[tuple[Node, list[Period | None]]]:
    """Yield the formulas of a table's rows, each with the years for which it stands there."""
    for column in table.columns.values():
        node = column.shown
        if node is not None and column.cell == column.key and not copies(node):
            years = table.column_years(column, setup)
            yield node, [year for year in years if not column.typed_in(year, setup.year)]
    for rule in table.rules:
        if rule.scope == "row":
            column = table.columns[rule.blame]
            there = [
                year for year in table.column_years(column, setup) if rule.applies(column, year, setup.year)
            ]
            for each in (rule.check, *rule.values.values()):
                yield each, there


def _of(template: Template, table: Table, setup: Setup, each: InRow, year: Period | None) -> Iterator[Helper]:
    """Yield the helpers that what a formula takes of a row asks for."""
    ref = each.ref
    if ref.table is None:
        return
    sources = table.declared.rows_from if ref.table == ORIGIN else (ref.table,)
    known = [template.tables[key] for key in sources if _present(template.tables[key], setup)]
    for source in known:
        column = source.columns.get(ref.column)
        if source.is_form or column is None:
            continue
        cell = nodes.Ref(ref.table, column.cell)
        for wanted in _years(source, column, setup, each, year):
            yield Helper(cell, wanted)


def _present(table: Table, setup: Setup) -> bool:
    return table.declared.module is None or table.declared.module in setup.modules


def _years(
    source: Table, column: Column, setup: Setup, each: InRow, year: Period | None
) -> tuple[Period | None, ...]:
    if not column.per_year:
        return (None,)
    there = source.column_years(column, setup)
    if each.all_years:
        return there
    wanted = (setup.year if year is None else year) - each.earlier
    return (wanted,) if wanted in there else ()
