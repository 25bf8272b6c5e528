"""Rules evaluated on frames: which rows of a table fail which rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from lkjip_xl.base.findings import Place
from lkjip_xl.compute.results import Results, with_values
from lkjip_xl.form.layout import ColumnKey, RowKey
from lkjip_xl.form.submission import Submission
from lkjip_xl.formula import nodes
from lkjip_xl.template.model import ASKING, REPORT_YEAR, Rule, Table, Template

Failing = tuple[
    str, RowKey | None, ColumnKey, str
]  # table, row (None: total row), blamed cell, name of the rule


def evaluated(table: Table, *, total: bool) -> list[Rule]:
    """Return the rules of a table's rows, or of its total row, that are evaluated on its frame.

    What a cell may hold is decided while reading, and a table without rows has no frame to look at.
    """
    return [
        rule
        for rule in table.rules
        if (rule.scope == "total") is total and not isinstance(rule.check, nodes.WellTyped | nodes.TableBegun)
    ]


def judged(results: Results, table: Table, rules: Sequence[Rule], *, total: bool) -> pl.DataFrame:
    """Return the table's frame with the condition and the figures of each rule, under the rule's name."""
    frame = results.totals.get(table.key, pl.DataFrame()) if total else results.bodies[table.key]
    if frame.is_empty():
        return frame
    for per_year in (False, True):
        formulas = {}
        for rule in rules:
            if table.columns[rule.blame].per_year is per_year:
                formulas[rule.name] = rule.check
                formulas |= {f"{rule.name}.{name}": node for name, node in rule.values.items()}
        if formulas:
            frame = with_values(results, table, frame, [formulas], per_year=per_year, total=total)
    return frame


def holds(table: Table, rule: Rule) -> pl.Expr:
    """Return whether a rule holds in each row: also where it does not apply, and in cells that nobody types."""
    condition = pl.col(rule.name).fill_null(value=True)
    if rule.field and table.columns[rule.blame].current_year is not None:
        year, now = pl.col("tahun"), pl.col(REPORT_YEAR)
        return condition | (year >= now if rule.field in ASKING else year == now)
    return condition


def begun(table: Table, submission: Submission) -> bool:
    """Whether anything is typed in a table; in one that follows others also explained, or nothing is there to follow."""
    rows = submission.tables.get(table.key, {})
    if not table.declared.rows_from:
        return bool(rows)
    now = submission.setup.year
    typed = any(
        not cells or any(table.columns[key].asked_in(year, now) for key, year in cells)
        for cells in rows.values()  # where only what cannot be read stands, there is a row without cells
    )
    explained = any(key == table.key and row is not None for key, row, _ in submission.explanations)
    return typed or explained or not any(submission.tables.get(part) for part in table.parts)


def failing(results: Results, submission: Submission) -> set[Failing]:
    """Return every failure of the one submission that the results are of."""
    found: set[Failing] = set()
    for table in results.template.active(submission.setup.modules):
        for total in (False, True):
            rules = evaluated(table, total=total)
            frame = judged(results, table, rules, total=total)
            if frame.is_empty():
                continue
            for rule in rules:
                per_year = table.columns[rule.blame].per_year
                for record in frame.filter(~holds(table, rule)).to_dicts():
                    row = None if total else (record["bagian"], record["row"])
                    found.add(
                        (table.key, row, (rule.blame, record["tahun"] if per_year else None), rule.name)
                    )
        for rule in table.rules:
            if isinstance(rule.check, nodes.TableBegun) and not begun(table, submission):
                years = table.first_asked(rule, submission.setup)
                found |= {(table.key, None, (rule.blame, year), rule.name) for year in years}
    return found


def with_misfits(failed: set[Failing], template: Template, misfits: Iterable[Place]) -> set[Failing]:
    """Return the failures, for cells that hold the wrong kind of thing that one alone."""
    cells = set(misfits)
    found = {each for each in failed if Place(*each[:3]) not in cells}
    for place in cells:
        for rule in template.tables[place.table].rules:
            if rule.blame == place.column[0] and isinstance(rule.check, nodes.WellTyped):
                found.add((place.table, place.row, place.column, rule.name))
    return found
