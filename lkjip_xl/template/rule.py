"""Rules, and what in a column's declaration some of them follow from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from lkjip_xl.base.findings import Severity
from lkjip_xl.base.keys import Period
from lkjip_xl.formula.nodes import Node

if TYPE_CHECKING:
    from lkjip_xl.template.model import Column


class Property(StrEnum):
    """What a column's declaration says, so that a rule follows from it; the names are those of ``[field_rules]``."""

    REQUIRED = "required"
    ASKED = "asked"  # required in a row of which something is filled
    TABLE = "table"  # a table has a row
    FOLLOWED = "followed"  # so has one whose rows follow those of others
    OPTIONAL = "optional"  # so has one that may not apply, or else a reason
    CONTRADICTED = "contradicted"  # a table that is said not to apply is empty
    ORPHAN = "orphan"  # nothing is typed where there is no row to follow
    NUMBER = "number"
    GRADE = "grade"
    MEASURE = "measure"  # a number or a grade, as the scale of the row asks for
    TEXT = "text"
    DATE = "date"
    CODE = "code"
    WHOLE = "whole"
    RANGE = "range"
    PATTERN = "pattern"
    CHOICE = "choice"
    UNIQUE = "unique"
    REFERENCE = "reference"

    @property
    def asks(self) -> bool:
        """Whether it asks for what is blank."""
        return self in (
            Property.REQUIRED,
            Property.ASKED,
            Property.TABLE,
            Property.FOLLOWED,
            Property.OPTIONAL,
        )

    @property
    def of_table(self) -> bool:
        """Whether it says something of a table as a whole, which no frame of its rows tells."""
        return self in (Property.TABLE, Property.FOLLOWED, Property.OPTIONAL, Property.CONTRADICTED)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: declared with its table, or following from a column's declaration.

    ``check`` must be true; where it is blank the rule does not apply yet. ``blame`` is the column of the cell that a
    finding points to, in the row or in the total row (``scope``).
    """

    id: str
    title: str
    severity: Severity
    scope: str
    check: Node
    blame: str
    values: Mapping[str, Node]
    expected: str | None
    message: str
    remedy: str
    source: str
    follows_from: Property | None = None
    """Of the column's declaration; None for a declared rule."""
    decimals: Mapping[str, int | None] = field(default_factory=dict)
    """With how many decimals each of ``values`` is written; None: with those that it has."""
    great: str = ""
    """What it says, in place of ``message``, of a number that is too great to count."""
    module: str | None = None
    """The module without which a workbook does not have it."""

    def applies(self, column: Column, year: Period | None, report_year: int) -> bool:
        """Whether it says anything of the cell of ``year`` of the column that it blames."""
        if self.follows_from is None:
            return True
        asked = column.asked_in if self.follows_from.asks else column.typed_in
        return asked(year, report_year)

    @property
    def of_table(self) -> bool:
        """Whether it says something of a table as a whole."""
        return self.follows_from is not None and self.follows_from.of_table

    @property
    def explicable(self) -> bool:
        """Whether it is enough to explain where it fails; a whole table that is blank is filled, or does not apply."""
        return self.severity is not Severity.GALAT and not self.of_table

    @property
    def name(self) -> str:
        """What tells this rule from the same one of another column."""
        return f"{self.id}.{self.blame}"


def alike(rules: Iterable[Rule]) -> list[tuple[Rule, ...]]:
    """Return rules grouped: those that say the same of several columns of a table together, each once."""
    groups: dict[tuple[str, str, Severity], dict[str, Rule]] = {}
    for rule in rules:
        groups.setdefault((rule.id, rule.title, rule.severity), {})[rule.name] = rule
    return [tuple(group.values()) for group in groups.values()]
