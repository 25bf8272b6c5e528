"""With how many decimals the value of a formula is written, where its parts tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from lkjip_xl.formula import nodes
from lkjip_xl.formula.nodes import Node

if TYPE_CHECKING:
    from lkjip_xl.template.model import Table


def decimals_of(node: Node, table: Table, tables: Mapping[str, Table]) -> int | None:
    """Return how many decimals a value in a table's row has; None where as many as it needs are written."""

    def of(each: Node) -> int | None:
        return decimals_of(each, table, tables)

    match node:
        case nodes.Ref(key, column):
            # None of the rows' origin, which may be several tables.
            source = table if key is None else tables.get(key)
            known = source.columns.get(column) if source else None
            return None if known is None else known.decimals
        case nodes.Round(digits=digits):
            return digits
        case nodes.Aggregate("COUNT" | "COUNTA") | nodes.AggregateIf("COUNT"):
            return 0
        case nodes.RunningCount() | nodes.AcrossYears("COUNT"):
            return 0
        case nodes.Aggregate("SUM" | "MIN" | "MAX", ref) | nodes.AggregateIf("SUM", ref) if ref is not None:
            return of(ref)
        case nodes.AcrossYears(column=ref) | nodes.PreviousYear(ref) | nodes.Lookup(values=ref):
            return of(ref)
        case nodes.Arithmetic("+" | "-", left, right):
            return _all(map(of, (left, right)))
        case nodes.Extreme(operands=operands) | nodes.Total(operands):
            return _all(map(of, operands))
        case nodes.Absolute(operand) | nodes.Negate(operand):
            return of(operand)
    return None


def _all(found: Iterable[int | None]) -> int | None:
    """Return the greatest of some numbers of decimals; None where one is not known."""
    known = list(found)
    return None if None in known else max(each for each in known if each is not None)
