"""Which cells that people type does a rule look at, through every computed column in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lkjip_xl.base.findings import Place
from lkjip_xl.base.keys import Period, RowKey, before
from lkjip_xl.compute.results import SheetValues
from lkjip_xl.form.submission import Value
from lkjip_xl.formula import code_nodes, nodes
from lkjip_xl.formula.columns import whole_columns
from lkjip_xl.formula.nodes import Node
from lkjip_xl.template.model import ORIGIN, Setup, Table
from lkjip_xl.template.rule import Rule

Values = Callable[[str], SheetValues]


@dataclass(frozen=True, slots=True)
class Read:
    """Cells of a column: ``row`` None are those of all rows, ``year`` None those of all years, or of none.

    ``column`` empty is the table itself, whatever stands in it.
    """

    table: str
    column: str = ""
    row: RowKey | None = None
    year: Period | None = None

    def meets(self, row: RowKey | None, year: Period | None) -> bool:
        """Whether the column's cell of a row and year is among them."""
        return self.row in (None, row) and self.year in (None, year)


class _At(NamedTuple):
    """From where a formula is seen: a row (None: the total row), or ``every`` row; ``year`` None is every year."""

    table: str
    row: RowKey | None
    year: Period | None
    every: bool = False


class Reads:
    """What rules read in one workbook.

    With ``values`` (a table's cells, see ``compute.results``) a lookup that finds its key reads only the row where it
    does; without, it reads all of both columns.
    """

    def __init__(self, tables: Mapping[str, Table], setup: Setup, values: Values | None = None) -> None:
        self.tables = tables
        self.setup = setup
        self.values = values
        self._known: dict[tuple[_At, str], frozenset[Read]] = {}
        self._rows: dict[tuple[str, str, Period | None], dict[Value, RowKey]] = {}

    def of_rule(self, rule: Rule, place: Place) -> frozenset[Read]:
        """Return what a rule reads that blames the cell at ``place``; a rule of a column does not read that cell."""
        own = self.tables[place.table].columns[rule.blame]
        year = place.column[1] if own.per_year else self.setup.year
        found = frozenset(self._node(_At(place.table, place.row, year), rule.check))
        blamed = Read(place.table, rule.blame, place.row, place.column[1])
        return found - {blamed} if rule.follows_from else found

    def _node(self, at: _At, node: Node) -> Iterator[Read]:
        match node:
            case nodes.Ref():
                yield from self._ref(at, node)
            case nodes.PreviousYear(column):
                earlier = None if at.year is None else before(at.year)
                yield from self._ref(at._replace(year=earlier), column)
            case nodes.AcrossYears(column=column):
                yield from self._ref(at._replace(year=None), column)
            case nodes.Lookup():
                yield from self._node(at, node.key)
                yield from self._lookup(at, node)
            case nodes.LastFilled(column) | code_nodes.LastAbove(column):
                here = isinstance(node, nodes.LastFilled)
                yield from self._above(at, column, here=here)
            case nodes.RunningCount(keys, key):
                yield from self._ref(at._replace(every=True), keys)
                yield from self._node(at, key)
            case nodes.Aggregate() | nodes.AggregateIf():
                whole = {id(ref) for ref in whole_columns(node)}
                for child in node.children:
                    inner = at._replace(every=True) if id(child) in whole else at
                    yield from self._node(inner, child)
            case _:
                for child in node.children:
                    yield from self._node(at, child)

    def _ref(self, at: _At, ref: nodes.Ref) -> Iterator[Read]:
        if ref.table == ORIGIN:
            for key in self.tables[at.table].declared.rows_from:
                if at.every or (at.row is not None and at.row[0] in self.tables[key].parts):
                    yield from self._column(at._replace(table=key), ref.column)
            return
        table = self.tables[ref.table or at.table]
        if table.is_form and table.key != at.table:
            at = at._replace(row=(table.key, 1), every=False)
        yield from self._column(at._replace(table=table.key), ref.column)

    def _column(self, at: _At, key: str) -> frozenset[Read]:
        if (at, key) not in self._known:
            self._known[at, key] = frozenset(self._found(at, key))
        return self._known[at, key]

    def _found(self, at: _At, key: str) -> Iterator[Read]:
        yield Read(at.table)
        column = self.tables[at.table].columns.get(key)
        if column is None:
            return  # a constant, such as the report's year
        if not column.per_year:
            at = at._replace(year=self.setup.year)
        node: Node | None
        if at.row is None and not at.every:
            node = column.total
        else:
            if column.typed:
                row = None if at.every else at.row
                yield Read(at.table, column.cell, row, at.year if column.per_year else None)
            now = at.year is None or at.year == self.setup.year
            node = column.formula or (column.current_year if now else None)
        if node is not None:
            yield from self._node(at, node)

    def _lookup(self, at: _At, node: nodes.Lookup) -> Iterator[Read]:
        row = None if at.every else self._match(at, node)
        if row is None:
            whole = at._replace(every=True)
            yield from self._ref(whole, node.keys)
            yield from self._ref(whole, node.values)
            return
        for ref in (node.keys, node.values):
            yield from self._column(at._replace(table=ref.table or at.table, row=row), ref.column)

    def _above(self, at: _At, ref: nodes.Ref, *, here: bool) -> Iterator[Read]:
        """Yield what is read from a row (``here``), or the one above, upwards in its part of the table.

        Of every row where nobody knows them.
        """
        if at.every or at.row is None or self.values is None:
            yield from self._ref(at._replace(every=True), ref)
            return
        part, number = at.row
        for row in self.values(at.table):
            if row is not None and row[0] == part and row[1] < number + here:
                yield from self._ref(at._replace(row=row), ref)

    def _match(self, at: _At, node: nodes.Lookup) -> RowKey | None:
        """Return the row where a lookup finds its key; None where it finds none, or nobody can say."""
        match node.key:
            case nodes.Text(value):
                key: Value | None = value
            case nodes.Ref(table=None, column=column) if column in self.tables[at.table].columns:
                key = self._value(at.table, column, at.row, at.year)
            case _:
                return None
        if key is None or self.values is None:
            return None
        table = node.keys.table or at.table
        year = at.year if self.tables[table].columns[node.keys.column].per_year else None
        if (table, node.keys.column, year) not in self._rows:
            self._rows[table, node.keys.column, year] = self._first_rows(table, node.keys.column, year)
        return self._rows[table, node.keys.column, year].get(_folded(key))

    def _value(self, table: str, column: str, row: RowKey | None, year: Period | None) -> Value | None:
        if self.values is None:
            return None
        of_year = year if self.tables[table].columns[column].per_year else None
        return self.values(table).get(row, {}).get((column, of_year))

    def _first_rows(self, table: str, column: str, year: Period | None) -> dict[Value, RowKey]:
        assert self.values is not None  # noqa: S101 - see _match
        found: dict[Value, RowKey] = {}
        for row, cells in self.values(table).items():
            if row is not None and (column, year) in cells:
                found.setdefault(_folded(cells[column, year]), row)
        return found


def _folded(value: Value) -> Value:
    return value.lower() if isinstance(value, str) else value
