"""The nodes of the formula language: frozen, typed, two or three lines each.

Parsed once, translated by ``excel`` and ``frames``. ``position`` is the 0-based offset in the formula's text, for error
messages; ``kind`` the type of the value, known once it has been typed (see ``kinds``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cached_property
from typing import Literal

from lkjip_xl.formula.grades import Grades
from lkjip_xl.formula.pattern import Pattern


class Kind(StrEnum):
    """The type of a value; a blank fits every kind."""

    NUMBER = "angka"
    TEXT = "teks"
    DATE = "tanggal"
    TRUTH = "benar/salah"
    BLANK = "kosong"


@dataclass(frozen=True)
class Node:
    position: int = field(default=0, kw_only=True, compare=False, repr=False)
    kind: Kind | None = field(default=None, kw_only=True, compare=False, repr=False)

    @cached_property
    def children(self) -> tuple[Node, ...]:
        """The direct operands, in reading order."""
        return tuple(self._operands())

    def _operands(self) -> Iterator[Node]:
        for value in (getattr(self, each.name) for each in fields(self)):
            if isinstance(value, Node):
                yield value
            for item in value if isinstance(value, tuple) else ():
                yield from item if isinstance(item, tuple) else (item,)

    def walk(self) -> Iterator[Node]:
        """Yield this node and all nodes below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Number(Node):
    value: float


@dataclass(frozen=True)
class Text(Node):
    value: str


@dataclass(frozen=True)
class Blank(Node):
    """The blank result, written ``""``."""


@dataclass(frozen=True)
class Ref(Node):
    """A column: of the same row, or as a whole inside an aggregate. ``table`` is None for the own table."""

    table: str | None
    column: str


@dataclass(frozen=True)
class Arithmetic(Node):
    operator: Literal["+", "-", "*", "/"]
    left: Node
    right: Node


@dataclass(frozen=True)
class Negate(Node):
    operand: Node


@dataclass(frozen=True)
class Comparison(Node):
    operator: Literal["=", "<>", "<", "<=", ">", ">="]
    left: Node
    right: Node


@dataclass(frozen=True)
class Concat(Node):
    left: Node
    right: Node


@dataclass(frozen=True)
class If(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True)
class And(Node):
    operands: tuple[Node, ...]


@dataclass(frozen=True)
class Or(Node):
    operands: tuple[Node, ...]


@dataclass(frozen=True)
class Not(Node):
    operand: Node


@dataclass(frozen=True)
class IsBlank(Node):
    operand: Node


@dataclass(frozen=True)
class Round(Node):
    """Rounding to ``digits`` decimals on 15 significant digits: half away from zero, or cut off (``down``)."""

    operand: Node
    digits: int
    down: bool = False


@dataclass(frozen=True)
class Absolute(Node):
    operand: Node


@dataclass(frozen=True)
class Extreme(Node):
    """The smallest (``MIN``) or greatest (``MAX``) of several values of the same row."""

    which: Literal["MIN", "MAX"]
    operands: tuple[Node, ...]


@dataclass(frozen=True)
class Total(Node):
    """The sum of several values of the same row, blanks left out; blank where all are blank."""

    operands: tuple[Node, ...]


@dataclass(frozen=True)
class Aggregate(Node):
    """One figure over a whole column: blank where the column holds no number (``COUNT``: never blank)."""

    function: Literal["SUM", "COUNT", "COUNTA", "AVERAGE", "MIN", "MAX"]
    values: Ref


@dataclass(frozen=True)
class AggregateIf(Node):
    """One figure over the rows whose key columns equal the keys; ``values`` is None for ``COUNTIFS``."""

    function: Literal["SUM", "COUNT", "AVERAGE"]
    values: Ref | None
    criteria: tuple[tuple[Ref, Node], ...]


@dataclass(frozen=True)
class RunningCount(Node):
    """How many rows from the first to this one have ``key`` in their column ``keys``."""

    keys: Ref
    key: Node


@dataclass(frozen=True)
class LastFilled(Node):
    """The value of an own column in the nearest row, from this one upwards in its part of the table, that has one."""

    column: Ref


@dataclass(frozen=True)
class Lookup(Node):
    """The value of ``values`` in the first row whose ``keys`` equals ``key``; blank where there is none."""

    key: Node
    keys: Ref
    values: Ref


@dataclass(frozen=True)
class Left(Node):
    """The first ``length`` characters of a text."""

    operand: Node
    length: int


@dataclass(frozen=True)
class Fits(Node):
    """Whether a text is a code of a pattern."""

    operand: Node
    pattern: Pattern


@dataclass(frozen=True)
class GradeValue(Node):
    """The value of a grade on the scale of a name; blank where that scale does not have it."""

    text: Node
    scale: Node
    grades: Grades


@dataclass(frozen=True)
class GradeLabel(Node):
    """The grade that a text begins with, of any scale; blank where that is none."""

    text: Node
    grades: Grades


@dataclass(frozen=True)
class GradeScore(Node):
    """The score in brackets behind a grade; blank where none stands there."""

    text: Node


@dataclass(frozen=True)
class IsScale(Node):
    """Whether a text names a scale of grades."""

    operand: Node
    grades: Grades


@dataclass(frozen=True)
class NumberOrGrade(Node):
    """What a cell shows that two computed columns share: the number, or the grade where there is none.

    Cells have it; frames have both columns.
    """

    number: Node
    grade: Node


@dataclass(frozen=True)
class DatePart(Node):
    """The year, or the month (1 to 12), of a date."""

    which: Literal["YEAR", "MONTH"]
    operand: Node


@dataclass(frozen=True)
class AcrossYears(Node):
    """One figure over all years of the same row and column; blank where no year holds a number.

    The column may stand in another table whose rows go with this one's.
    """

    function: Literal["MIN", "MAX", "COUNT"]
    column: Ref


@dataclass(frozen=True)
class PreviousYear(Node):
    """The value of the same row and column one year earlier; blank in the first year of the layout."""

    column: Ref


@dataclass(frozen=True)
class RowBegun(Node):
    """Whether anything stands in this row where people type; in the row that it follows, if it follows one."""


@dataclass(frozen=True)
class TableBegun(Node):
    """Whether anything stands in the table where people type, or in those that it follows nothing does."""


@dataclass(frozen=True)
class TableTyped(Node):
    """Whether anything at all stands in the table where people type."""


@dataclass(frozen=True)
class Inapplicable(Node):
    """Whether the table is declared not to apply, with a reason."""


@dataclass(frozen=True)
class Filled(Node):
    """Whether anything at all, right or wrong, stands in a cell; ``grade`` is the column that shares it."""

    column: Ref
    grade: Ref | None = None


@dataclass(frozen=True)
class WellTyped(Node):
    """Whether a filled cell holds what its column asks for; a blank cell does."""

    column: Ref
