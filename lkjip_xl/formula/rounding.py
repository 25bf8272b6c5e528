"""Rounding as a person does it by hand, on the figures as they were typed."""

from __future__ import annotations

from lkjip_xl.formula.nodes import Aggregate, AggregateIf, Arithmetic, Node, Round

DUST_DECIMALS = 12  # what stands behind them in a quotient or a mean is dust, however large its operands


def rounded(operand: Node, digits: int, *, down: bool, position: int) -> Round:
    """Return a figure rounded as it would be by hand.

    Where digits have cancelled out, as in (2 * 920 - 1801.13) / 920 * 100, fewer than 15 are right, and the dust behind
    them would decide a half: a quotient is rid of it first.
    """
    if any(map(_divides, operand.walk())):
        operand = Round(operand, DUST_DECIMALS, position=position)
    return Round(operand, digits, down, position=position)


def _divides(node: Node) -> bool:
    match node:
        case Arithmetic(operator="/") | Aggregate(function="AVERAGE") | AggregateIf(function="AVERAGE"):
            return True
    return False
