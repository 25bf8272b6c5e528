"""Rules evaluated on frames: which rows of a table fail which rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

import polars as pl

from lkjip_xl.base.findings import Place
from lkjip_xl.base.keys import PERIOD, ColumnKey, RowKey
from lkjip_xl.compute.results import Results, with_values
from lkjip_xl.form.submission import Submission
from lkjip_xl.formula import nodes
from lkjip_xl.formula.frames import ORIGIN_BEGUN, SUBMISSION
from lkjip_xl.formula.nodes import Node
from lkjip_xl.template.model import REPORT_YEAR, Table
from lkjip_xl.template.rule import Property, Rule

Record = Mapping[str, Any]
"""A row of a frame: its figures, and those of a rule's message under ``rule.figure``."""


class Failure(NamedTuple):
    """A rule that does not hold in a row (None: the total row, or a whole table), for the cell that it blames."""

    table: str
    row: RowKey | None
    column: ColumnKey
    rule: str
    """The rule's name."""


def evaluated(table: Table, *, total: bool) -> list[Rule]:
    """Return the rules of a table's rows, or of its total row, that are evaluated on its frame.

    What a cell may hold is decided while reading, and a table without rows has no frame to look at.
    """
    return [
        rule
        for rule in table.rules
        if (rule.scope == "total") is total and not (rule.of_table or isinstance(rule.check, nodes.WellTyped))
    ]


def truths(results: Results, table: Table, *, total: bool) -> pl.DataFrame:
    """Return a table's rows, or its total rows, with the truth of each rule under its name.

    The frame has the columns of ``Results``, for each rule a column of Booleans, and the figures of its message
    (Float64 or String) under ``rule.figure``. A rule is true where it does not apply, and of cells that nobody types.
    """
    rules = {rule.name: rule for rule in evaluated(table, total=total)}
    frame = results.totals.get(table.key, pl.DataFrame()) if total else results.bodies[table.key]
    if frame.is_empty():
        return frame
    silent = results.inapplicable.get(table.key, frozenset()) if table.silenced else frozenset()
    without = {rule.module: _without(results, frame, rule.module) for rule in rules.values()}
    for per_year in (False, True):
        formulas: dict[str, Node] = {}
        for rule in rules.values():
            if table.columns[rule.blame].per_year is per_year:
                formulas[rule.name] = rule.check
                formulas |= {f"{rule.name}.{name}": node for name, node in rule.values.items()}
        if formulas:
            frame = with_values(
                results,
                table,
                frame,
                [formulas],
                per_year=per_year,
                total=total,
                finish=lambda name, value: (
                    truth(table, rules[name], value, silent | without[rules[name].module])
                    if name in rules
                    else value
                ),
            )
    return frame


def _without(results: Results, frame: pl.DataFrame, module: str | None) -> frozenset[int]:
    """Return the submissions of a frame that hold nothing in the tables of a module."""
    if module is None:
        return frozenset()
    tables = (table for table in results.template.tables.values() if table.declared.module == module)
    held = frozenset[int]().union(*(results.bodies[table.key][SUBMISSION] for table in tables))
    return frozenset(frame[SUBMISSION]) - held


def truth(table: Table, rule: Rule, condition: pl.Expr, silent: Collection[int] = ()) -> pl.Expr:
    """Return whether a rule holds in each row, of what its condition says there.

    Of the submissions in ``silent`` it says nothing.
    """
    holds = condition.fill_null(value=True)
    if silent:
        holds |= pl.col(SUBMISSION).is_in(sorted(silent))
    if rule.follows_from and table.columns[rule.blame].current_year is not None:
        year, now = pl.col(PERIOD), pl.col(REPORT_YEAR)
        return holds | (year >= now if rule.follows_from.asks else year == now)
    return holds


def broken(table: Table, frame: pl.DataFrame, *, total: bool) -> list[Rule]:
    """Return the rules that do not hold in some row of a frame of truths."""
    rules = evaluated(table, total=total)
    if not rules or frame.is_empty():
        return []
    held = frame.select(pl.col([rule.name for rule in rules]).all()).row(0)
    return [rule for rule, holds in zip(rules, held, strict=True) if not holds]


def holds_of_table(rule: Rule, table: Table, submission: Submission) -> bool:
    """Whether a rule of a table as a whole holds."""
    inapplicable = table.key in submission.inapplicable
    match rule.follows_from:
        case Property.CONTRADICTED:
            return not (inapplicable and typed(table, submission))
        case Property.OPTIONAL if inapplicable:
            return True
    return _begun(table, submission)


def typed(table: Table, submission: Submission) -> bool:
    """Whether anything is typed in a table of what can be asked of people."""
    rows = submission.tables.get(table.key, {})
    now = submission.setup.year
    return any(
        not cells or any(table.columns[key].asked_in(year, now) for key, year in cells)
        for cells in rows.values()  # where only what cannot be read stands, there is a row without cells
    )


def _begun(table: Table, submission: Submission) -> bool:
    """Whether anything is typed in a table; in one that follows others also explained, or nothing is there to follow."""
    if not table.declared.rows_from:
        return typed(table, submission)
    explained = any(key == table.key and row is not None for key, row, _ in submission.explanations)
    return (
        typed(table, submission) or explained or not any(submission.tables.get(part) for part in table.parts)
    )


def failing(results: Results, submission: Submission) -> dict[Failure, Record]:
    """Return every failure of the one submission that the results are of, with its row; none of a table as a whole."""
    found: dict[Failure, Record] = {}
    for table in results.template.active(submission.setup.modules):
        for total in (False, True):
            frame = truths(results, table, total=total)
            for rule in broken(table, frame, total=total):
                per_year = table.columns[rule.blame].per_year
                for record in frame.filter(~pl.col(rule.name)).iter_rows(named=True):
                    row = None if total else (record["bagian"], record["row"])
                    column = (rule.blame, record[PERIOD] if per_year else None)
                    found[Failure(table.key, row, column, rule.name)] = record
        for rule in table.rules:
            if rule.of_table and not holds_of_table(rule, table, submission):
                row = (table.key, 1) if table.is_form else None
                years = table.first_asked(rule, submission.setup)
                found |= {Failure(table.key, row, (rule.blame, year), rule.name): {} for year in years}
    return found


def at_misfit(results: Results, table: Table, rule: Rule, number: int, row: RowKey | None) -> bool | None:
    """Return whether a rule fails in a cell of a submission's row that holds the wrong kind of thing.

    None: as it is evaluated, where the cell is blank. On frames such a cell is blank, yet something stands in it.
    """
    if table.silenced and number in results.inapplicable.get(table.key, ()):
        return False
    if isinstance(rule.check, nodes.WellTyped):
        return True
    match rule.follows_from:
        case Property.REQUIRED | Property.ASKED:
            return False
        case Property.ORPHAN:
            return not _origin_begun(results.bodies[table.key], number, row)
    return None


def _origin_begun(body: pl.DataFrame, number: int, row: RowKey | None) -> bool:
    """Whether anything stands in the row that a submission's row follows."""
    if row is None:
        return True
    of_row = (pl.col(SUBMISSION) == number) & (pl.col("bagian") == row[0]) & (pl.col("row") == row[1])
    return bool(body.filter(of_row)[ORIGIN_BEGUN].all())


def with_misfits(
    failed: Mapping[Failure, Record], results: Results, misfits: Iterable[Place]
) -> dict[Failure, Record]:
    """Return what fails in the one submission that the results are of, in cells that hold the wrong kind of thing, too."""
    found = dict(failed)
    for place in misfits:
        table = results.template.tables[place.table]
        for rule in table.rules:
            if rule.blame == place.column[0]:
                failure = Failure(place.table, place.row, place.column, rule.name)
                match at_misfit(results, table, rule, 0, place.row):
                    case True:
                        found[failure] = {}
                    case False:
                        found.pop(failure, None)
    return found
