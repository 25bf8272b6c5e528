"""Joins what a formula needs from elsewhere to the rows of one table: other tables, whole columns, last year.

Everything that a stage needs from one place comes in one join.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from lkjip_xl.base.keys import PERIOD, after
from lkjip_xl.formula import nodes
from lkjip_xl.formula.frames import (
    External,
    external_name,
    externals,
    folded,
    significant,
    to_expr,
)
from lkjip_xl.formula.nodes import Kind, Node
from lkjip_xl.template.model import ORIGIN, REPORT_YEAR, Table, Template
from lkjip_xl.template.scope import TableScope

ROW_KEYS = ("submission", "bagian", "row")

_Criteria = tuple[tuple[nodes.Ref, Node], ...]


class Joiner:
    """Joins external nodes to the body or the total row of one table.

    ``per_year`` says whether the formulas stand in columns per year: then a year table is met year by year, otherwise
    in the year of the report.
    """

    def __init__(
        self,
        template: Template,
        bodies: Mapping[str, pl.DataFrame],
        table: Table,
        scope: TableScope,
        *,
        per_year: bool,
    ) -> None:
        self.template = template
        self.bodies = bodies
        self.table = table
        self.scope = scope
        self.per_year = per_year

    def __call__(self, frame: pl.DataFrame, formulas: Iterable[Node]) -> pl.DataFrame:
        """Return ``frame`` with the value of every external node of the formulas."""
        wanted = dict.fromkeys(each for formula in formulas for each in externals(formula))
        inner = dict.fromkeys(each for node in wanted for key in _keys(node) for each in externals(key))
        for nodes_at_once in (inner, {node: None for node in wanted if node not in inner}):
            groups: dict[object, list[External]] = {}
            for node in nodes_at_once:
                groups.setdefault(self._place(node), []).append(node)
            for group in groups.values():
                frame = self._joined(frame, group)
        return frame

    def _place(self, node: External) -> object:
        """Return what nodes have in common that come in one join."""
        match node:
            case nodes.Ref(table=table):
                return ("row", table)
            case nodes.PreviousYear():
                return "year"
            case nodes.AcrossYears(column=column):
                return ("years", column.table)
            case nodes.Aggregate(values=values):
                return ("whole", values.table)
            case nodes.AggregateIf(criteria=criteria):
                return ("if", criteria)
            case nodes.Lookup(key=key, keys=keys):
                return ("lookup", key, keys)

    def _joined(self, frame: pl.DataFrame, group: list[External]) -> pl.DataFrame:
        match group[0]:
            case nodes.Ref() as ref:
                return self._same_row(frame, ref.table, [n for n in group if isinstance(n, nodes.Ref)])
            case nodes.PreviousYear():
                each = [n for n in group if isinstance(n, nodes.PreviousYear)]
                return self._previous_year(frame, each)
            case nodes.AcrossYears():
                return self._across_years(frame, [n for n in group if isinstance(n, nodes.AcrossYears)])
            case nodes.Aggregate():
                return self._aggregate(frame, [n for n in group if isinstance(n, nodes.Aggregate)])
            case nodes.AggregateIf(criteria=criteria):
                figures = [n for n in group if isinstance(n, nodes.AggregateIf)]
                return self._aggregate_if(frame, criteria, figures)
            case nodes.Lookup(key=key, keys=keys):
                found = [n for n in group if isinstance(n, nodes.Lookup)]
                return self._lookup(frame, key, keys, found)

    def _table(self, ref: nodes.Ref) -> Table:
        return self.template.tables[ref.table] if ref.table else self.table

    def _slice(self, table: Table) -> tuple[pl.DataFrame, list[str]]:
        """Return a table's body and the keys it shares with the frame: one year of it, or year by year."""
        body = self.bodies[table.key]
        if not table.per_year:
            return body, ["submission"]
        if self.per_year:
            return body, ["submission", PERIOD]
        return body.filter(pl.col(PERIOD) == pl.col(REPORT_YEAR)), ["submission"]

    def _same_row(self, frame: pl.DataFrame, table: str | None, refs: list[nodes.Ref]) -> pl.DataFrame:
        keys_of = self.table.declared.rows_from if table == ORIGIN else (str(table),)
        pieces, keys = [], ["submission"]
        for source in (self.template.tables[key] for key in keys_of):
            body, keys = self._slice(source)
            if not source.is_form:
                keys = [*keys, "bagian", "row"]
            values = [
                pl.col(ref.column).alias(external_name(ref)) for ref in refs if ref.column in source.columns
            ]
            pieces.append(body.select(*keys, *values))
        source_rows = pieces[0] if len(pieces) == 1 else pl.concat(pieces, how="diagonal")
        return _left(frame, source_rows, keys)

    def _previous_year(self, frame: pl.DataFrame, found: list[nodes.PreviousYear]) -> pl.DataFrame:
        keys = [key for key in (*ROW_KEYS, PERIOD) if key in frame.columns]
        values = [pl.col(node.column.column).alias(external_name(node)) for node in found]
        earlier = frame.select(*keys, *values).with_columns(after(pl.col(PERIOD)))
        return _left(frame, earlier, keys)

    def _across_years(self, frame: pl.DataFrame, found: list[nodes.AcrossYears]) -> pl.DataFrame:
        figures = [
            _figure(node.function, pl.col(node.column.column)).alias(external_name(node)) for node in found
        ]
        other = found[0].column.table
        body = frame if other is None else self.bodies[other]
        frame = _left(frame, body.group_by(ROW_KEYS).agg(figures), list(ROW_KEYS))
        counts = [external_name(node) for node in found if node.function == "COUNT"]
        return frame.with_columns(pl.col(name).fill_null(0.0) for name in counts)

    def _aggregate(self, frame: pl.DataFrame, found: list[nodes.Aggregate]) -> pl.DataFrame:
        body, keys = self._slice(self._table(found[0].values))
        figures = [
            _figure(node.function, pl.col(node.values.column)).alias(external_name(node)) for node in found
        ]
        frame = _left(frame, body.group_by(keys).agg(figures), keys)
        counts = [external_name(node) for node in found if node.function in ("COUNT", "COUNTA")]
        return frame.with_columns(pl.col(name).fill_null(0.0) for name in counts)

    def _aggregate_if(
        self, frame: pl.DataFrame, criteria: _Criteria, found: list[nodes.AggregateIf]
    ) -> pl.DataFrame:
        body, keys = self._slice(self._table(criteria[0][0]))
        frame, body, named = self._keyed(frame, body, criteria)
        figures = [
            (
                pl.len().cast(pl.Float64)
                if node.values is None
                else _figure(node.function, pl.col(node.values.column))
            ).alias(external_name(node))
            for node in found
        ]
        frame = _left(frame, body.group_by([*keys, *named]).agg(figures), [*keys, *named])
        known = pl.all_horizontal([pl.col(name).is_not_null() for name in named])
        counts = [external_name(node) for node in found if node.values is None]
        zeros = [pl.when(known).then(pl.col(name).fill_null(0.0)).alias(name) for name in counts]
        return frame.with_columns(zeros).drop(named)

    def _lookup(
        self, frame: pl.DataFrame, key: Node, keys_ref: nodes.Ref, found: list[nodes.Lookup]
    ) -> pl.DataFrame:
        body, keys = self._slice(self._table(keys_ref))
        frame, body, named = self._keyed(frame, body, ((keys_ref, key),))
        values = [pl.col(node.values.column).first().alias(external_name(node)) for node in found]
        first = body.group_by([*keys, *named], maintain_order=True).agg(values)
        return _left(frame, first, [*keys, *named]).drop(named)

    def _keyed(
        self, frame: pl.DataFrame, body: pl.DataFrame, criteria: _Criteria
    ) -> tuple[pl.DataFrame, pl.DataFrame, list[str]]:
        """Return both frames with the keys as they compare, under common names."""
        wanted, given = [], []
        for index, (column, key) in enumerate(criteria):
            is_text = key.kind is Kind.TEXT
            comparable = folded if is_text else significant
            wanted.append(comparable(to_expr(key, self.scope)).alias(f"~key{index}"))
            given.append(comparable(pl.col(column.column)).alias(f"~key{index}"))
        named = [f"~key{index}" for index in range(len(criteria))]
        return frame.with_columns(wanted), body.with_columns(given), named


def _keys(node: External) -> Iterator[Node]:
    match node:
        case nodes.AggregateIf(criteria=criteria):
            yield from (key for _, key in criteria)
        case nodes.Lookup(key=key):
            yield key


def _left(frame: pl.DataFrame, other: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    return frame.join(other, on=keys, how="left", maintain_order="left")


def _figure(function: str, values: pl.Expr) -> pl.Expr:
    match function:
        case "SUM":
            return pl.when(values.count() > 0).then(values.sum())
        case "AVERAGE":
            return values.mean()
        case "MIN":
            return values.min()
        case "MAX":
            return values.max()
        case _:
            return values.count().cast(pl.Float64)
