"""Results to findings: declared field rules and rules, as pandera checks on the stacked frames.

The rule's id travels in the check's ``error=``; ``_located`` alone turns a failure back into sheet and cell.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from lkjip_xl import messages, wording
from lkjip_xl.compute import Results, with_values
from lkjip_xl.findings import Finding
from lkjip_xl.formula.frames import folded
from lkjip_xl.layout import ColumnKey, Placement, RowKey, from_a1
from lkjip_xl.read import Workbook
from lkjip_xl.template.model import REPORT_YEAR, Column, Rule, Table


@dataclass(frozen=True, slots=True)
class _Failure:
    """One row of a frame that fails one check."""

    rule: str
    column: str
    record: Mapping[str, Any]


def check(results: Results, workbooks: Sequence[Workbook]) -> list[list[Finding]]:
    """Return the findings of each workbook, reading's own among them, in the order of its sheets and cells."""
    checker = _Checker(results, workbooks)
    found: list[list[Finding]] = [list(workbook.findings) for workbook in workbooks]
    for table in results.template.tables.values():
        for submission, finding in checker.table(table):
            found[submission].append(finding)
    return [_in_order(each, workbook) for each, workbook in zip(found, workbooks, strict=True)]


def _in_order(findings: list[Finding], workbook: Workbook) -> list[Finding]:
    sheets = {placement.sheet: n for n, placement in enumerate(workbook.placements.values())}

    def place(finding: Finding) -> tuple[int, int, int]:
        row, column = from_a1(finding.cell) if finding.cell else (-1, -1)
        return (sheets.get(finding.sheet, -1), row, column)

    return sorted(findings, key=place)


_Placed = tuple[int, Finding]  # the number of the submission, and its finding


class _Checker:
    def __init__(self, results: Results, workbooks: Sequence[Workbook]) -> None:
        self.results = results
        self.workbooks = workbooks

    def table(self, table: Table) -> Iterator[_Placed]:
        body = self._with_rules(table, self.results.bodies[table.key], total=False)
        body = self._with_references(table, body)
        yield from self._empty(table, body)
        for failure in _failures(body, _conditions(table, total=False)):
            if self._once(table, failure):
                yield from self._located(table, failure, total=False)
        if table.has_total:
            total = self._with_rules(table, self.results.totals[table.key], total=True)
            for failure in _failures(total, _conditions(table, total=True)):
                if self._once(table, failure):
                    yield from self._located(table, failure, total=True)

    @staticmethod
    def _once(table: Table, failure: _Failure) -> bool:
        """Whether to report a failure: a column without years stands in every year's row, and is reported once."""
        if not table.per_year or table.columns[failure.column].per_year:
            return True
        return bool(failure.record["tahun"] == failure.record[REPORT_YEAR])

    def _empty(self, table: Table, body: pl.DataFrame) -> Iterator[_Placed]:
        if not table.declared.required or table.is_form or table.declared.fixed_rows:
            return
        filled = set(body["submission"].unique())
        for number, workbook in enumerate(self.workbooks):
            placement = workbook.placements.get(table.key)
            if number in filled or placement is None or not placement.rows:
                continue
            first = min(placement.rows, key=lambda row: placement.rows[row])
            column = table.typed[0]
            cell = placement.cell((column.key, None), first)
            yield number, messages.empty_table(table, placement.sheet, cell)

    def _with_rules(self, table: Table, frame: pl.DataFrame, *, total: bool) -> pl.DataFrame:
        """Return the frame with the condition and the figures of each rule, under the rule's id."""
        for per_year in (False, True):
            formulas = {}
            for rule in _rules(table, total=total):
                if table.columns[rule.declared.blame].per_year is per_year:
                    formulas[rule.declared.id] = rule.check
                    formulas |= {f"{rule.declared.id}.{name}": node for name, node in rule.values.items()}
            if formulas:
                frame = with_values(self.results, table, frame, [formulas], per_year=per_year, total=total)
        return frame

    def _with_references(self, table: Table, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the frame with, for each reference column, whether its text exists where it points to."""
        for column in table.typed:
            if not column.declared.references:
                continue
            known = pl.concat(
                self.results.bodies[path.split(".")[0]].select(
                    "submission", folded(pl.col(path.split(".")[1])).alias("~text")
                )
                for path in column.declared.references
            )
            known = known.drop_nulls().unique().with_columns(pl.lit(value=True).alias("~known"))
            frame = frame.with_columns(folded(pl.col(column.key)).alias("~text"))
            frame = frame.join(known, on=["submission", "~text"], how="left", maintain_order="left")
            found = pl.col("~known").fill_null(value=False).alias(_known(column))
            frame = frame.with_columns(found).drop("~text", "~known")
        return frame

    def _located(self, table: Table, failure: _Failure, *, total: bool) -> Iterator[_Placed]:
        """Yield the finding of a failure, at its place in the workbook; none for a cell that is blamed already."""
        record = failure.record
        number = record["submission"]
        workbook = self.workbooks[number]
        placement = workbook.placements.get(table.key)
        column = table.columns[failure.column]
        year = record["tahun"] if column.per_year else None
        row: RowKey | None = None if total else (record["bagian"], record["row"])
        key: ColumnKey = (column.key, year)
        if placement is None or (row is not None and (table.key, row, key) in workbook.blamed):
            return
        cell = placement.cell(key, row)
        yield number, self._finding(table, column, failure, workbook, placement, cell)

    def _finding(
        self,
        table: Table,
        column: Column,
        failure: _Failure,
        workbook: Workbook,
        placement: Placement,
        cell: str,
    ) -> Finding:
        sheet, record = placement.sheet, failure.record
        value = record[column.key]
        setup = workbook.submission.setup
        name = messages.label(column, record["tahun"] if column.per_year else None, setup)
        match failure.rule:
            case messages.REQUIRED:
                return messages.required(name, sheet, cell)
            case messages.RANGE:
                return messages.out_of_range(column, name, value, sheet, cell)
            case messages.CHOICE:
                return messages.not_a_choice(column, name, value, sheet, cell)
            case messages.UNIQUE:
                first = self._first(table, column, record, placement)
                return messages.repeated(name, value, first, sheet, cell)
            case messages.REFERENCE:
                known, sheets = self._known(column, workbook, record["submission"])
                return messages.unknown_reference(name, value, known, sheets, sheet, cell)
        rule = next(each for each in table.rules if each.declared.id == failure.rule)
        return _rule_finding(table, rule, record, sheet, cell)

    def _first(self, table: Table, column: Column, record: Mapping[str, Any], placement: Placement) -> str:
        """Return the cell of the first row that has the same text."""
        year = record["tahun"] if column.per_year else None
        same = self.results.bodies[table.key].filter(
            pl.col("submission") == record["submission"],
            folded(pl.col(column.key)) == str(record[column.key]).lower(),
        )
        first = same.row(0, named=True)
        return placement.cell((column.key, year), (first["bagian"], first["row"]))

    def _known(self, column: Column, workbook: Workbook, submission: int) -> tuple[list[str], list[str]]:
        """Return the texts that a reference may have, and the sheets where they stand."""
        texts: list[str] = []
        sheets: list[str] = []
        for path in column.declared.references:
            key, name = path.split(".")
            body = self.results.bodies[key].filter(pl.col("submission") == submission)
            texts += body[name].drop_nulls().unique(maintain_order=True).to_list()
            placement = workbook.placements.get(key)
            sheets.append(placement.sheet if placement else self.results.template.tables[key].declared.sheet)
        return texts, sheets


# -- pandera ------------------------------------------------------------------------------------------------------


def _known(column: Column) -> str:
    return f"~known.{column.key}"


def _rules(table: Table, *, total: bool) -> list[Rule]:
    return [rule for rule in table.rules if (rule.declared.scope == "total") is total]


@dataclass(frozen=True, slots=True)
class _Condition:
    """What must be true of a column, by rule; a blank result passes."""

    rule: str
    column: str
    expr: pl.Expr


def _conditions(table: Table, *, total: bool) -> list[_Condition]:
    found = [
        _Condition(rule.declared.id, rule.declared.blame, pl.col(rule.declared.id))
        for rule in _rules(table, total=total)
    ]
    if not total:
        found += [each for column in table.typed for each in _field_conditions(table, column)]
    return found


def _field_conditions(table: Table, column: Column) -> Iterator[_Condition]:
    """Yield what a typed column's declaration asks for, of the cells that people type."""
    declared, key, value = column.declared, column.key, pl.col(column.key)
    typed = pl.lit(value=True)
    if column.current_year is not None:
        typed = pl.col("tahun") != pl.col(REPORT_YEAR)
    if declared.required:
        yield _Condition(messages.REQUIRED, key, value.is_not_null() | ~typed)
    if declared.min is not None or declared.max is not None:
        low = -math.inf if declared.min is None else declared.min
        high = math.inf if declared.max is None else declared.max
        yield _Condition(messages.RANGE, key, value.is_between(low, high) | ~typed)
    if declared.type == "choice":
        choices = [choice.lower() for choice in column.choices]
        yield _Condition(messages.CHOICE, key, folded(value).is_in(choices))
    if declared.unique:
        within = ["submission", "tahun"] if table.per_year else ["submission"]
        repeated = pl.int_range(pl.len()).over(*within, folded(value)) > 0
        yield _Condition(messages.UNIQUE, key, ~repeated | value.is_null())
    if declared.references:
        yield _Condition(messages.REFERENCE, key, pl.col(_known(column)) | value.is_null())


def _failures(frame: pl.DataFrame, conditions: Sequence[_Condition]) -> Iterator[_Failure]:
    """Yield the failures of all conditions, row by row.

    pandera takes some milliseconds a check however few the rows, so one pass over the frame first finds the conditions
    that hold everywhere; the others go to pandera, which says where they fail.
    """
    if not conditions or frame.is_empty():
        return
    held = frame.select(each.expr.all().alias(str(number)) for number, each in enumerate(conditions)).row(0)
    checks: dict[str, list[pa.Check]] = {}
    for each, holds in zip(conditions, held, strict=True):
        if not holds:
            checks.setdefault(each.column, []).append(_check(each))
    if not checks:
        return
    columns = {key: pa.Column(nullable=True, checks=each) for key, each in checks.items()}
    try:
        pa.DataFrameSchema(columns).validate(frame, lazy=True)
    except SchemaErrors as errors:
        failed = errors.failure_cases.sort("index")
        for column, rule, index in failed.select("column", "check", "index").iter_rows():
            yield _Failure(rule, column, frame.row(index, named=True))


def _check(condition: _Condition) -> pa.Check:
    def holds(data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(condition.expr.fill_null(value=True))

    return pa.Check(holds, error=condition.rule, ignore_na=False)


# -- declared rules -----------------------------------------------------------------------------------------------


def _rule_finding(table: Table, rule: Rule, record: Mapping[str, Any], sheet: str, cell: str) -> Finding:
    declared = rule.declared
    figures = {key: _figure(table.columns[key], record[key]) for key in table.columns if key in record}
    figures |= {name: wording.shown(record[f"{declared.id}.{name}"]) for name in rule.values}
    expected = figures.get(declared.expected or "", "")
    return Finding(
        declared.id,
        declared.severity,
        sheet,
        cell,
        figures[declared.blame],
        expected,
        _filled(declared.message, figures),
        declared.remedy,
    )


def _figure(column: Column, value: Any) -> str:
    if isinstance(value, float):
        return wording.number(value, column.declared.decimals)
    return wording.shown(value)


def _filled(message: str, figures: Mapping[str, str]) -> str:
    """Return the message with its figures; in one pass, so that braces in a workbook's text stay text."""
    return re.sub(r"\{(\w+)\}", lambda found: figures[found[1]] or "(kosong)", message)
