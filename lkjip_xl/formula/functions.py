"""The functions of the formula language: name and arguments to a node.

Names are Excel's wherever Excel has the function. Ours are ``RUNNINGCOUNT``, ``LASTFILLED``,
``LASTABOVE``, ``PREVYEAR``, ``YEARS…``, ``PARTS`` and ``BEGINS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from lkjip_xl.formula import code_nodes, nodes
from lkjip_xl.formula.nodes import Node
from lkjip_xl.formula.rounding import rounded

Builder = Callable[[Sequence[Node], int], Node]


class CallError(Exception):
    """Arguments that a function does not take; the parser adds the place."""


def _count(arguments: Sequence[Node], least: int, most: int) -> None:
    if not least <= len(arguments) <= most:
        wanted = str(least) if least == most else f"{least} sampai {most}"
        raise CallError(f"perlu {wanted} argumen, bukan {len(arguments)}")


def _column(argument: Node) -> nodes.Ref:
    if not isinstance(argument, nodes.Ref):
        raise CallError("argumen ini harus sebuah kolom")
    return argument


def _if(arguments: Sequence[Node], position: int) -> Node:
    _count(arguments, 2, 3)
    otherwise = arguments[2] if len(arguments) == 3 else nodes.Blank(position=position)
    return nodes.If(arguments[0], arguments[1], otherwise, position=position)


def _logic(make: type[nodes.And | nodes.Or]) -> Builder:
    def build(arguments: Sequence[Node], position: int) -> Node:
        _count(arguments, 1, 30)
        return make(tuple(arguments), position=position)

    return build


def _unary(make: type[nodes.Not | nodes.IsBlank | nodes.Absolute | code_nodes.Parts]) -> Builder:
    def build(arguments: Sequence[Node], position: int) -> Node:
        _count(arguments, 1, 1)
        return make(*arguments, position=position)

    return build


def _round(*, down: bool) -> Builder:
    def build(arguments: Sequence[Node], position: int) -> Node:
        _count(arguments, 2, 2)
        digits = arguments[1]
        if not isinstance(digits, nodes.Number) or digits.value not in range(10):
            raise CallError("jumlah desimal harus angka 0 sampai 9")
        return rounded(arguments[0], int(digits.value), down=down, position=position)

    return build


def _sum(arguments: Sequence[Node], position: int) -> Node:
    """``SUM(column)`` is the whole column, ``SUM(a, b, …)`` the cells of the same row."""
    _count(arguments, 1, 30)
    if len(arguments) == 1:
        return nodes.Aggregate("SUM", _column(*arguments), position=position)
    return nodes.Total(tuple(_column(each) for each in arguments), position=position)


def _aggregate(function: Literal["COUNT", "COUNTA", "AVERAGE"]) -> Builder:
    def build(arguments: Sequence[Node], position: int) -> Node:
        _count(arguments, 1, 1)
        return nodes.Aggregate(function, _column(*arguments), position=position)

    return build


def _extreme(which: Literal["MIN", "MAX"]) -> Builder:
    def build(arguments: Sequence[Node], position: int) -> Node:
        _count(arguments, 1, 30)
        if len(arguments) == 1:
            return nodes.Aggregate(which, _column(*arguments), position=position)
        return nodes.Extreme(which, tuple(arguments), position=position)

    return build


def _criteria(arguments: Sequence[Node]) -> tuple[tuple[nodes.Ref, Node], ...]:
    if not arguments or len(arguments) % 2:
        raise CallError("kolom kunci dan kunci harus berpasangan")
    return tuple((_column(keys), key) for keys, key in zip(arguments[::2], arguments[1::2], strict=True))


def _if_single(function: Literal["SUM", "AVERAGE"]) -> Builder:
    """``SUMIF(keys, key, values)``: the one criterion stands before the values."""

    def build(arguments: Sequence[Node], position: int) -> Node:
        _count(arguments, 3, 3)
        values = _column(arguments[2])
        return nodes.AggregateIf(function, values, _criteria(arguments[:2]), position=position)

    return build


def _if_many(function: Literal["SUM", "AVERAGE"]) -> Builder:
    """``SUMIFS(values, keys, key, …)``: the values stand before the criteria."""

    def build(arguments: Sequence[Node], position: int) -> Node:
        _count(arguments, 3, 11)
        values = _column(arguments[0])
        return nodes.AggregateIf(function, values, _criteria(arguments[1:]), position=position)

    return build


def _count_if(arguments: Sequence[Node], position: int) -> Node:
    _count(arguments, 2, 10)
    return nodes.AggregateIf("COUNT", None, _criteria(arguments), position=position)


def _lookup(arguments: Sequence[Node], position: int) -> Node:
    _count(arguments, 3, 3)
    return nodes.Lookup(arguments[0], _column(arguments[1]), _column(arguments[2]), position=position)


def _running_count(arguments: Sequence[Node], position: int) -> Node:
    _count(arguments, 2, 2)
    keys, key = _column(arguments[0]), arguments[1]
    if not isinstance(key, nodes.Text) and key != keys:
        raise CallError("kunci harus teks tetap atau kolom itu sendiri")
    return nodes.RunningCount(keys, key, position=position)


def _of_column(make: type[nodes.LastFilled | code_nodes.LastAbove | nodes.PreviousYear]) -> Builder:
    def build(arguments: Sequence[Node], position: int) -> Node:
        _count(arguments, 1, 1)
        return make(_column(*arguments), position=position)

    return build


def _left(arguments: Sequence[Node], position: int) -> Node:
    _count(arguments, 2, 2)
    length = arguments[1]
    if not isinstance(length, nodes.Number) or length.value not in range(1, 256):
        raise CallError("jumlah huruf harus angka 1 sampai 255")
    return nodes.Left(arguments[0], int(length.value), position=position)


def _begins(arguments: Sequence[Node], position: int) -> Node:
    _count(arguments, 2, 2)
    return code_nodes.Begins(*arguments, position=position)


def _date_part(which: Literal["YEAR", "MONTH"]) -> Builder:
    def build(arguments: Sequence[Node], position: int) -> Node:
        _count(arguments, 1, 1)
        return nodes.DatePart(which, *arguments, position=position)

    return build


def _across_years(function: Literal["MIN", "MAX", "COUNT"]) -> Builder:
    def build(arguments: Sequence[Node], position: int) -> Node:
        _count(arguments, 1, 1)
        return nodes.AcrossYears(function, _column(*arguments), position=position)

    return build


FUNCTIONS: Mapping[str, Builder] = {
    "IF": _if,
    "AND": _logic(nodes.And),
    "OR": _logic(nodes.Or),
    "NOT": _unary(nodes.Not),
    "ISBLANK": _unary(nodes.IsBlank),
    "ROUND": _round(down=False),
    "ROUNDDOWN": _round(down=True),
    "ABS": _unary(nodes.Absolute),
    "MIN": _extreme("MIN"),
    "MAX": _extreme("MAX"),
    "SUM": _sum,
    "COUNT": _aggregate("COUNT"),
    "COUNTA": _aggregate("COUNTA"),
    "AVERAGE": _aggregate("AVERAGE"),
    "SUMIF": _if_single("SUM"),
    "SUMIFS": _if_many("SUM"),
    "AVERAGEIF": _if_single("AVERAGE"),
    "AVERAGEIFS": _if_many("AVERAGE"),
    "COUNTIF": _count_if,
    "COUNTIFS": _count_if,
    "XLOOKUP": _lookup,
    "RUNNINGCOUNT": _running_count,
    "LASTFILLED": _of_column(nodes.LastFilled),
    "LASTABOVE": _of_column(code_nodes.LastAbove),
    "PREVYEAR": _of_column(nodes.PreviousYear),
    "YEARSMIN": _across_years("MIN"),
    "YEARSMAX": _across_years("MAX"),
    "YEARSCOUNT": _across_years("COUNT"),
    "LEFT": _left,
    "PARTS": _unary(code_nodes.Parts),
    "BEGINS": _begins,
    "YEAR": _date_part("YEAR"),
    "MONTH": _date_part("MONTH"),
}
