"""The declarations as pandera schemas, each built once. The door to pandera.

pandera brings pandas with it, which takes longer than to check a workbook: it is imported once something fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from lkjip_xl.base.findings import Severity
from lkjip_xl.base.keys import PERIOD
from lkjip_xl.compute.rules import broken, evaluated, truth
from lkjip_xl.formula.frames import externals, to_expr
from lkjip_xl.formula.nodes import Kind
from lkjip_xl.template.model import Table, Template
from lkjip_xl.template.rule import Rule
from lkjip_xl.template.scope import TableScope

if TYPE_CHECKING:
    import pandera.polars as pa


def schemas(template: Template) -> dict[str, pa.DataFrameSchema]:
    """Return, by table, the schema of its rows as ``consolidate --parquet`` writes them, for use by others.

    A frame has bagian (part, String) and row (Int64), tahun (Int64) in tables with years, and the columns of
    ``docs/tabel.md``: Float64 (Rp, %, orang as declared there) or String (texts, and dates in ISO form); more columns
    may stand beside them. A rule that says something of one row by itself is a check with the rule's name: what is
    galat raises ``SchemaErrors``, the rest warns. Rules that look at other rows or tables need the whole workbook: see
    ``validate``.
    """
    return {table.key: _schema_of_rows(template, table) for table in template.filled}


def _schema_of_rows(template: Template, table: Table) -> pa.DataFrameSchema:
    import pandera.polars as pa

    checks: dict[str, list[pa.Check]] = {}
    known = set(table.columns) | ({PERIOD} if table.per_year else set())
    for rule in evaluated(table, total=False):
        per_year = table.columns[rule.blame].per_year
        scope = TableScope(template.tables, table, total=False, per_year=per_year)
        if any(externals(rule.check)) or rule.module is not None:
            continue
        condition = truth(table, rule, to_expr(rule.check, scope))
        if known.issuperset(condition.meta.root_names()):
            checks.setdefault(rule.blame, []).append(
                _check(rule, condition, warns=rule.severity is not Severity.GALAT)
            )
    keys = {"bagian": pl.String, "row": pl.Int64} | ({PERIOD: pl.Int64} if table.per_year else {})
    columns = {key: pa.Column(dtype) for key, dtype in keys.items()}
    for column in table.columns.values():
        if column.declared.type != "ordinal":
            dtype = pl.Float64 if column.kind is Kind.NUMBER else pl.String
            columns[column.key] = pa.Column(dtype, nullable=True, checks=checks.get(column.key))
    return pa.DataFrameSchema(columns, name=table.key)


def failures(table: Table, frame: pl.DataFrame, *, total: bool) -> Iterator[tuple[Rule, int]]:
    """Yield each rule that fails with the number of the row in a frame of truths (see ``rules.truths``), row by row.

    pandera takes some milliseconds a column however few the rows: it is given those with a rule that does not hold.
    """
    rules = {rule.name: rule for rule in broken(table, frame, total=total)}
    if not rules:
        return
    from pandera.errors import SchemaErrors

    try:
        _schema_of_truths(table, total).select_columns(list(rules)).validate(frame, lazy=True)
    except SchemaErrors as errors:
        order = list(rules)
        cases = errors.failure_cases.select("index", "check").iter_rows()
        for index, name in sorted(cases, key=lambda case: (case[0], order.index(case[1]))):
            yield rules[name], index


@lru_cache(maxsize=256)
def _schema_of_truths(table: Table, total: bool) -> pa.DataFrameSchema:  # noqa: FBT001 - a key of the cache
    import pandera.polars as pa

    rules = evaluated(table, total=total)
    return pa.DataFrameSchema(
        {rule.name: pa.Column(checks=_check(rule, pl.col(rule.name))) for rule in rules}
    )


def _check(rule: Rule, condition: pl.Expr, *, warns: bool = False) -> pa.Check:
    """Return the check whose failures carry the name of the rule."""
    import pandera.polars as pa

    def select(data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(condition)

    return pa.Check(select, error=rule.name, ignore_na=False, raise_warning=warns)
