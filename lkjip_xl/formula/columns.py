"""Which columns a formula takes, and how."""

from __future__ import annotations

from collections.abc import Iterator

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
