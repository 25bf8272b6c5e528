"""Inputs to results: every computed column and total of all submissions at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from lkjip_xl.base.keys import PERIOD, ColumnKey, RowKey
from lkjip_xl.compute.joins import ROW_KEYS, Joiner
from lkjip_xl.form.submission import Inputs, Value
from lkjip_xl.formula.frames import ORIGIN_BEGUN, SUBMISSION, finite, to_expr
from lkjip_xl.formula.nodes import Kind, Node
from lkjip_xl.template.model import PART, REPORT_YEAR, Column, Stage, Table, Template
from lkjip_xl.template.scope import TableScope

_REPORT_YEAR = pl.col("tahun").alias(REPORT_YEAR)  # of the frame of submissions
_RAW = "~hasil "  # before the name of a formula: its value before it is a result
SheetValues = dict[RowKey | None, dict[ColumnKey, Value]]


@dataclass
class Results:
    """Computed frames.

    ``bodies``: per table submission, bagian, row, for year tables tahun, tahun_laporan, then all columns; rows in the
    sheet's order.
    ``totals``: per table with a total row submission, for year tables tahun, tahun_laporan, then the columns that have
    a total.
    """

    template: Template
    bodies: dict[str, pl.DataFrame]
    totals: dict[str, pl.DataFrame]
    inapplicable: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """By table the submissions that say that it does not apply."""


def compute(template: Template, inputs: Inputs) -> Results:
    """Return all inputs with all computed columns, for every submission."""
    results = Results(template, {}, {}, inputs.inapplicable)
    for table in template.tables.values():
        results.bodies[table.key] = _body(template, table, inputs, results)
        if table.has_total:
            results.totals[table.key] = _skeleton(table, inputs)
    for stage in template.stages:
        _run(results, stage)
    return results


# -- rows ---------------------------------------------------------------------------------------------------------


def _active(table: Table, inputs: Inputs) -> pl.DataFrame:
    module = table.declared.module
    frame = inputs.submissions
    return frame if module is None else frame.filter(pl.col("modul").list.contains(module))


def _with_years(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Return the frame of submissions with one row for each year of the table."""
    if table.declared.years == "period":
        first, last = pl.col("awal"), pl.col("akhir")
    else:
        assert table.declared.years is not None  # noqa: S101 - called for year tables only
        first, last = (pl.col("tahun") + offset for offset in table.declared.years)
    return frame.select(
        "submission",
        _REPORT_YEAR,
        pl.int_ranges(first, last + 1).alias(PERIOD),
    ).explode(PERIOD)


def _skeleton(table: Table, inputs: Inputs) -> pl.DataFrame:
    """Return the total row's frame before anything is computed."""
    frame = _active(table, inputs)
    return _with_years(frame, table) if table.per_year else frame.select("submission", _REPORT_YEAR)


def _body(template: Template, table: Table, inputs: Inputs, results: Results) -> pl.DataFrame:
    """Return a table's rows before anything is computed: those that exist, with what is typed in them."""
    typed = inputs.tables[table.key]
    fixed = 1 if table.is_form else len(table.declared.fixed_rows)
    if not (fixed or table.declared.rows_from or table.per_year):
        return _with_report_year(typed, inputs)  # stacked in order already
    keys = list(ROW_KEYS)
    rows = _fixed_rows(table, inputs, fixed) if fixed else _followed_rows(table, inputs, results)
    if table.per_year:
        rows = rows.join(_with_years(_active(table, inputs), table), on="submission")
        keys.append(PERIOD)
    else:
        rows = _with_report_year(rows, inputs)
    order = _by_value("bagian", {part: index for index, part in enumerate(table.parts)})
    frame = rows.join(typed, on=keys, how="left").sort("submission", order, "row", *keys[3:])
    constants = [
        _fixed_text(table, column).alias(column.key)
        for column in table.columns.values()
        if column.declared.type == "fixed"
    ]
    if table.declared.rows_from:
        labels = {part: template.tables[part].declared.part_label for part in table.parts}
        constants.append(_by_value("bagian", labels).alias(PART))
    return frame.with_columns(constants)


def _with_report_year(frame: pl.DataFrame, inputs: Inputs) -> pl.DataFrame:
    years = inputs.submissions.select("submission", _REPORT_YEAR)
    return frame.join(years, on="submission", how="left", maintain_order="left")


def _fixed_rows(table: Table, inputs: Inputs, number: int) -> pl.DataFrame:
    rows = pl.int_ranges(1, pl.lit(number + 1)).alias("row")
    part = pl.lit(table.key).alias("bagian")
    return _active(table, inputs).select("submission", part, rows).explode("row")


def _followed_rows(table: Table, inputs: Inputs, results: Results) -> pl.DataFrame:
    """Return the rows of the tables that this one follows, and those with anything typed here."""
    begun = pl.lit(value=True).alias(ORIGIN_BEGUN)
    sources = [results.bodies[key].select(*ROW_KEYS, begun) for key in table.declared.rows_from]
    own = inputs.tables[table.key].select(*ROW_KEYS, ~begun)
    return pl.concat([*sources, own]).unique(subset=ROW_KEYS, keep="first", maintain_order=True)


def _fixed_text(table: Table, column: Column) -> pl.Expr:
    if table.is_form:
        return pl.lit(column.declared.value)
    return _by_value("row", {n: row[column.key] for n, row in enumerate(table.declared.fixed_rows, start=1)})


def _by_value(column: str, values: Mapping[Any, Any]) -> pl.Expr:
    """Return the value for each content of a column; a chain of conditions costs less than ``replace_strict``."""
    chain: Any = pl
    for content, value in values.items():
        chain = chain.when(pl.col(column) == content).then(pl.lit(value))
    return chain  # type: ignore[no-any-return]  # a When once there is a value


# -- columns ------------------------------------------------------------------------------------------------------


def _run(results: Results, stage: Stage) -> None:
    table = results.template.tables[stage.table]
    frames = results.totals if stage.total else results.bodies

    def formula(column: Column) -> Node:
        node = column.total if stage.total else column.formula or column.current_year
        assert node is not None  # noqa: S101 - stages hold only computed columns
        return node

    frames[table.key] = with_values(
        results,
        table,
        frames[table.key],
        [{key: formula(table.columns[key]) for key in level} for level in stage.levels],
        per_year=stage.per_year,
        total=stage.total,
        finish=lambda key, value: _finished(table.columns[key], value, total=stage.total),
    )


def _finished(column: Column, value: pl.Expr, *, total: bool) -> pl.Expr:
    """Return a column's value in the cells that hold its formula: what is typed elsewhere stays."""
    if column.current_year is not None and not total:
        value = pl.when(pl.col(PERIOD) == pl.col(REPORT_YEAR)).then(value).otherwise(column.key)
    match column.declared.years:
        case None | "all":
            return value
        case "current":
            first = last = 0
        case (first, last):
            pass
    offset = pl.col(PERIOD) - pl.col(REPORT_YEAR)
    return pl.when(offset.is_between(first, last)).then(value)


def with_values(
    results: Results,
    table: Table,
    frame: pl.DataFrame,
    levels: Sequence[Mapping[str, Node]],
    *,
    per_year: bool,
    total: bool = False,
    finish: Callable[[str, pl.Expr], pl.Expr] = lambda _, value: value,
) -> pl.DataFrame:
    """Return the frame with the value of each formula under its name.

    ``frame`` is the table's body, or with ``total`` its total row. Formulas of a level may use the values of levels
    before it. ``finish`` is given each name and value.
    """
    scope = TableScope(results.template.tables, table, total=total, per_year=per_year)
    join = Joiner(results.template, results.bodies, table, scope, per_year=per_year)
    formulas = {name: node for level in levels for name, node in level.items()}
    joined = join(frame, formulas.values())
    for level in levels:
        # In two steps: what a result is made of would be calculated wherever it is named.
        joined = joined.with_columns(to_expr(node, scope).alias(_RAW + name) for name, node in level.items())
        joined = joined.with_columns(
            finish(name, _typed(node, pl.col(_RAW + name))).alias(name) for name, node in level.items()
        )
    own = [name for name in frame.columns if name not in formulas]
    return joined.select(*own, *formulas)


def _typed(node: Node, value: pl.Expr) -> pl.Expr:
    match node.kind:
        case Kind.TRUTH:
            return value
        case Kind.NUMBER:
            return finite(value)
        case _:
            return value.cast(pl.String)


def cells(results: Results, submission: int) -> dict[str, SheetValues]:
    """Return every filled cell of one submission, typed and computed, by table; the total row is under None."""
    return {key: table_cells(results, key, submission) for key in results.template.tables}


def table_cells(results: Results, key: str, submission: int) -> SheetValues:
    """Return the filled cells of one table of a submission; the total row is under None."""
    table = results.template.tables[key]
    rows: SheetValues = {}
    for record in _records(results.bodies[key], submission):
        _collect(rows, (record["bagian"], record["row"]), table.columns.values(), record)
    if table.has_total:
        totals = [column for column in table.columns.values() if column.total is not None]
        for record in _records(results.totals[key], submission):
            _collect(rows, None, totals, record)
    return rows


def _records(frame: pl.DataFrame, submission: int) -> list[dict[str, Any]]:
    return frame.filter(pl.col(SUBMISSION) == submission).to_dicts()


def _collect(
    rows: SheetValues, key: RowKey | None, columns: Iterable[Column], record: Mapping[str, Any]
) -> None:
    row = rows.setdefault(key, {})
    for column in columns:
        value = record.get(column.key)
        if value is not None:
            row[column.cell, record[PERIOD] if column.per_year else None] = value
