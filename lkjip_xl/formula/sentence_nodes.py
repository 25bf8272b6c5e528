"""Nodes of sentences, which only spreadsheets are asked for: texts, and values as a sentence writes them (see ``nodes``)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lkjip_xl.formula.nodes import Node, Ref


@dataclass(frozen=True)
class Sentence(Node):
    """A text put together of others; only spreadsheets are asked for it."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class OfNumber(Node):
    """What is said of a number in a column's cell of this row, and of anything else there."""

    column: Ref
    number: Node
    other: Node


@dataclass(frozen=True)
class Written(Node):
    """A value as a sentence writes it, with what stands there where there is none; a text stands at its beginning.

    Numbers are grouped by full stops and have a comma before ``decimals``, or as many as they need.
    """

    operand: Node
    decimals: int | None
    blank: str


class Standing(StrEnum):
    """What may stand in a cell that a sentence quotes."""

    TEXT = "teks"
    NUMBER = "angka"  # or a text; the number stands without quotation marks
    OTHER = "bukan angka"
    ANY = "apa pun"


@dataclass(frozen=True)
class Quoted(Node):
    """What stands in a column's cell of this row, right or wrong, in quotation marks; its beginning where it is long."""

    column: Ref
    standing: Standing
