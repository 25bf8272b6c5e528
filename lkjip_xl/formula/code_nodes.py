"""Nodes of codes such as ``2.13.02``: their parts, what they begin with, and the code above (see ``nodes``)."""

from __future__ import annotations

from dataclasses import dataclass

from lkjip_xl.formula.nodes import Node, Ref


@dataclass(frozen=True)
class Parts(Node):
    """How many parts a text has, full stops between them."""

    operand: Node


@dataclass(frozen=True)
class Begins(Node):
    """Whether a text begins with another."""

    text: Node
    beginning: Node


@dataclass(frozen=True)
class LastAbove(Node):
    """The value of an own column in the nearest row above this one, in its part of the table, that has one."""

    column: Ref
