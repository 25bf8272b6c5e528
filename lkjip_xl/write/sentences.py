"""What the checks of a workbook say when it is written: the sentence of each failure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lkjip_xl.base.findings import Place
from lkjip_xl.compute.rules import Failure, Record
from lkjip_xl.form.layout import Layout
from lkjip_xl.template.model import Table
from lkjip_xl.template.rule import Rule
from lkjip_xl.words import messages


def sentences(
    plan: Layout, failing: Mapping[Failure, Record], misfits: Mapping[Place, Any]
) -> dict[Failure, str]:
    """Return what is said of each failure; ``misfits`` are the cells that hold another kind of thing."""
    said = {}
    for failure, record in failing.items():
        table = plan.template.tables[failure.table]
        rule = next(each for each in table.rules if each.name == failure.rule)
        column, year = table.columns[rule.blame], failure.column[1]
        value = misfits.get(Place(*failure[:3]), messages.stands_in(column, record))
        sheets = typing_sheets(rule, table, plan)
        said[failure] = messages.sentence(rule, table, plan.setup, year, value, record, sheets)
    return said


def typing_sheets(rule: Rule, table: Table, plan: Layout) -> list[str]:
    """Return the sheets where people type the texts, or the rows, that a rule of a column misses."""
    if not rule.follows_from:
        return []
    return messages.typing_sheets(table.columns[rule.blame], table, plan.template.tables, plan.placements)
