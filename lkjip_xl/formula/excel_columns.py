"""Excel expressions over many cells: whole columns, the years of a row, and what is looked up by a key."""

from __future__ import annotations

from collections.abc import Sequence

from lkjip_xl.formula import nodes
from lkjip_xl.formula.addresses import Addresses
from lkjip_xl.formula.guarded import BLANK, MULTIPLY, Guard, Strict, asked, equals, holds, merged, ones
from lkjip_xl.formula.nodes import Node

_LAST_ROW = 1048576  # of a sheet; row numbers are subtracted from it to find the first match with MAX


def across_years(at: Addresses, function: str, column: nodes.Ref) -> Strict:
    """Return an aggregate of the years of a row."""
    cells = ",".join(at.years(column))
    if not cells:
        return Strict("0") if function == "COUNT" else BLANK
    if function == "COUNT":
        return Strict(f"COUNT({cells})")
    return Strict(f"{function}({cells})", guards=(Guard("safe", f"COUNT({cells})>0"),))


def aggregate(at: Addresses, node: nodes.Aggregate) -> Strict:
    """Return an aggregate of a whole column."""
    cells = at.column(node.values)
    if cells is None:
        return Strict("0") if node.function in ("COUNT", "COUNTA") else BLANK
    if node.function == "COUNTA":
        return Strict(f'SUMPRODUCT(--ISTEXT({cells}),--(TRIM({cells})<>""))')
    if node.function == "COUNT":
        return Strict(f"COUNT({cells})")
    return Strict(f"{node.function}({cells})", guards=(Guard("safe", f"COUNT({cells})>0"),))


def aggregate_if(at: Addresses, node: nodes.AggregateIf, keys: Sequence[Strict]) -> Strict:
    """Return an aggregate of the rows whose columns equal some keys."""
    columns = [at.column(column) for column, _ in node.criteria]
    if None in columns:
        return BLANK if node.values is not None else Strict("0", guards=merged(keys))
    rows = [
        test
        for (_, wanted), column, key in zip(node.criteria, columns, keys, strict=True)
        for test in equals(str(column), wanted, key)
    ]
    guards = merged(keys)
    if node.values is None:
        return Strict(f"SUMPRODUCT({ones(rows)})", guards=guards)
    cells = at.column(node.values)
    if cells is None:
        return BLANK
    counted = f"SUMPRODUCT({ones([*rows, f'ISNUMBER({cells})'])})"
    guards += (Guard(asked(*(key for _, key in node.criteria)), f"{counted}>0"),)
    total = f"SUMPRODUCT({ones(rows)},{cells})"
    if node.function == "AVERAGE":
        return Strict(f"{total}/{counted}", MULTIPLY, guards)
    return Strict(total, guards=guards)


def running_count(at: Addresses, keys: nodes.Ref, node: Node, key: Strict) -> Strict:
    """Return how often a key stands from the first row to this one."""
    cells = at.column_to_here(keys)
    if cells is None:
        return BLANK
    return Strict(f"SUMPRODUCT({ones(equals(cells, node, key))})", guards=key.guards)


def lookup(at: Addresses, node: nodes.Lookup, key: Strict) -> Strict:
    """Return what stands in a column where another one equals a key."""
    keys, values = at.column(node.keys), at.column_from_top(node.values)
    if keys is None or values is None:
        return BLANK
    if at.single(node.keys):  # its one row is found or not
        found = at.column(node.values) or '""'
        same = (Guard(asked(node.key), test) for test in equals(keys, node.key, key))
        return Strict(found, guards=(*key.guards, *same, Guard("safe", holds(found, node.kind))))
    matches = "*".join(equals(keys, node.key, key))
    found = f"INDEX({values},{_LAST_ROW}-SUMPRODUCT(MAX({matches}*({_LAST_ROW}-ROW({keys})))))"
    return Strict(found, guards=(*key.guards, Guard(asked(node.key), holds(found, node.kind))))
