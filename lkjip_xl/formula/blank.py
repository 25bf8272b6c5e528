"""Whether a formula is blank on a blank row.

Python leaves out rows in which nothing is typed; a spreadsheet calculates them all the same. So that both say the same,
a row's formula must be blank when everything in its row is. That can be seen from the formula alone.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from lkjip_xl.formula import code_nodes, nodes
from lkjip_xl.formula.nodes import Node


class _State(Enum):
    BLANK = auto()
    TRUE = auto()
    FALSE = auto()
    UNKNOWN = auto()


def blank_on_blank_row(node: Node, stands_in_row: Callable[[nodes.Ref], bool]) -> bool:
    """Return whether the formula is blank where all columns of its row are blank.

    ``stands_in_row`` says of a column whether it belongs to the row (and not to a form, say).
    """
    return _state(node, stands_in_row) is _State.BLANK


def _state(node: Node, in_row: Callable[[nodes.Ref], bool]) -> _State:
    def of(child: Node) -> _State:
        return _state(child, in_row)

    match node:
        case nodes.AcrossYears(function="COUNT"):
            return _State.UNKNOWN  # a spreadsheet counts 0
        case nodes.Blank() | nodes.PreviousYear() | nodes.AcrossYears():
            return _State.BLANK
        case nodes.Ref():
            return _State.BLANK if in_row(node) else _State.UNKNOWN
        case nodes.RowBegun():
            return _State.FALSE
        case nodes.Number() | nodes.Text() | nodes.Aggregate() | nodes.LastFilled() | code_nodes.LastAbove():
            return _State.UNKNOWN
        case nodes.IsBlank(operand):
            return _State.TRUE if of(operand) is _State.BLANK else _State.UNKNOWN
        case nodes.Not(operand):
            return {_State.TRUE: _State.FALSE, _State.FALSE: _State.TRUE}.get(of(operand), of(operand))
        case nodes.And(operands):
            return _decided([of(each) for each in operands], _State.FALSE, _State.TRUE)
        case nodes.Or(operands):
            return _decided([of(each) for each in operands], _State.TRUE, _State.FALSE)
        case nodes.If(condition, then, otherwise):
            return _branch(of(condition), of(then), of(otherwise))
        case nodes.Total(operands):
            states = [of(each) for each in operands]
            return _State.BLANK if set(states) == {_State.BLANK} else _State.UNKNOWN
        case nodes.AggregateIf(criteria=criteria):
            return _any_blank([of(key) for _, key in criteria])
        case nodes.RunningCount(key=key) | nodes.Lookup(key=key):
            return _any_blank([of(key)])
    return _any_blank([of(child) for child in node.children])


def _any_blank(states: list[_State]) -> _State:
    return _State.BLANK if _State.BLANK in states else _State.UNKNOWN


def _decided(states: list[_State], deciding: _State, neutral: _State) -> _State:
    if deciding in states:
        return deciding
    if _State.UNKNOWN in states:
        return _State.UNKNOWN
    return _State.BLANK if _State.BLANK in states else neutral


def _branch(condition: _State, then: _State, otherwise: _State) -> _State:
    match condition:
        case _State.TRUE:
            return then
        case _State.FALSE:
            return otherwise
        case _State.BLANK:
            return _State.BLANK
    return _State.BLANK if then is otherwise is _State.BLANK else _State.UNKNOWN
