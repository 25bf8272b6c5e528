"""Where the computed cells of returned workbooks show something else than was computed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from lkjip_xl.base.keys import PERIOD, RowKey
from lkjip_xl.compute.results import Results
from lkjip_xl.formula.nodes import Kind
from lkjip_xl.read.reader import Workbook
from lkjip_xl.template.model import Column, Table


def showing_otherwise(results: Results, workbooks: Sequence[Workbook]) -> list[set[str]]:
    """Return, for each workbook, the tables that show something else than was computed."""
    odd: list[set[str]] = [set() for _ in workbooks]
    for table in results.template.tables.values():
        computed = [column.key for column in table.columns.values() if column.computed]
        totals = [column.key for column in table.columns.values() if column.total is not None]
        found: set[int] = set()
        if computed:
            found |= _differing(table, results.bodies[table.key], computed, workbooks, total=False)
        if totals:
            found |= _differing(table, results.totals[table.key], totals, workbooks, total=True)
        for number in found:
            odd[number].add(table.key)
    return odd


def _differing(
    table: Table, frame: pl.DataFrame, keys: Sequence[str], workbooks: Sequence[Workbook], *, total: bool
) -> set[int]:
    """Return the numbers of the workbooks whose cells show something else than a frame of results holds."""
    names = ["submission", *([] if total else ["bagian", "row"]), *([PERIOD] if table.per_year else [])]
    columns: dict[str, list[Any]] = {name: [] for name in (*names, *keys)}
    found: set[int] = set()
    for number, workbook in enumerate(workbooks):
        shown, placement = workbook.shown.get(table.key), workbook.placements.get(table.key)
        if shown is None or placement is None:
            continue
        rows: list[RowKey | None] = [None] if total else list(placement.rows)
        year_now = workbook.submission.setup.year
        for year in table.years(workbook.submission.setup) or (None,):
            columns["submission"] += [number] * len(rows)
            if not total:
                columns["bagian"] += [row[0] for row in rows if row]
                columns["row"] += [row[1] for row in rows if row]
            if year is not None:
                columns[PERIOD] += [year] * len(rows)
            for key in keys:
                column = table.columns[key]
                at = (column.cell, year if column.per_year else None)
                values = [shown.total.get(at)] if total else shown.rows.get(at)
                if values is None or (not column.per_year and year not in (None, year_now)):
                    columns[key] += [None] * len(rows)  # no such cell: nothing to compare
                else:
                    typed, odd = _typed_alike(column, values)
                    columns[key] += typed
                    found |= {number} if odd else set()
    kinds = {key: pl.Float64 if table.columns[key].kind is Kind.NUMBER else pl.String for key in keys}
    schema: dict[str, Any] = {name: pl.String if name == "bagian" else pl.Int64 for name in names} | kinds
    seen = pl.DataFrame(columns, schema)
    right = frame.select(*names, *(pl.col(key).alias(f"~{key}") for key in keys))
    joined = seen.join(right, on=names, how="left", nulls_equal=True)
    wrong = pl.any_horizontal([_unlike(table, key, total=total) for key in keys])
    return found | set(joined.filter(wrong)["submission"].unique().to_list())


def _typed_alike(column: Column, values: Sequence[Any]) -> tuple[list[Any], bool]:
    """Return what cells show as the column's type, blank where they show nothing, and whether one is of another type.

    In cells that numbers and grades share, the other type is the other column's.
    """
    kind = float if column.kind is Kind.NUMBER else str
    kinds = (float, str) if column.grades is not None else (kind,)
    typed = [value if value.__class__ is kind and value != "" else None for value in values]
    return typed, any(value.__class__ not in kinds and value not in ("", None) for value in values)


def _unlike(table: Table, key: str, *, total: bool) -> pl.Expr:
    """Return whether a cell shows something else than its result, on the digits that a spreadsheet keeps."""
    column, shown, right = table.columns[key], pl.col(key), pl.col(f"~{key}")
    if column.kind is Kind.NUMBER:
        unlike = (shown - right).abs() > 1e-14 * pl.max_horizontal(shown.abs(), right.abs())
    else:
        unlike = shown != right
    # Blank on one side only; cells that are no formula's stand blank in what is shown.
    only_one = shown.is_not_null() & right.is_null()
    if not table.per_year and (total or column.current_year is None):
        only_one |= shown.is_null() & right.is_not_null()
    return unlike.fill_null(value=False) | only_one
