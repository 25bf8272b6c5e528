"""Which columns a formula takes, and how."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lkjip_xl.formula import nodes


def whole_columns(node: nodes.Node) -> Iterator[nodes.Ref]:
    """Yield the columns that a formula takes as a whole, and not in its own row."""
    for each in node.walk():
        match each:
            case nodes.Aggregate(values=values):
                yield values
            case nodes.AggregateIf(values=values, criteria=criteria):
                if values is not None:
                    yield values
                yield from (keys for keys, _ in criteria)
            case nodes.Lookup(keys=keys, values=values):
                yield keys
                yield values


class InRow(NamedTuple):
    """A column of which a formula takes the cell in its own row: of its year, of one ``earlier``, or of all years."""

    ref: nodes.Ref
    earlier: bool = False
    all_years: bool = False


def in_row(node: nodes.Node) -> Iterator[InRow]:
    """Yield the columns of which a formula takes the cells in its own row."""
    match node:
        case nodes.Ref():
            yield InRow(node)
        case nodes.PreviousYear(column):
            yield InRow(column, earlier=True)
        case nodes.AcrossYears(column=column):
            yield InRow(column, all_years=True)
        case nodes.Aggregate() | nodes.LastFilled():
            return
        case nodes.AggregateIf(criteria=criteria):
            for _, key in criteria:
                yield from in_row(key)
        case nodes.RunningCount(key=key) | nodes.Lookup(key=key):
            yield from in_row(key)
        case _:
            for child in node.children:
                yield from in_row(child)
