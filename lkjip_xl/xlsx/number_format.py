"""Number formats of cells: does a number that is shown in one look a hundred times as large, with a sign of percent?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from operator import eq, ge, gt, le, lt, ne

# What stands between the sections of a format, and what is shown as it is (quoted, after a backslash, the width of a
# character after ``_``, a character that fills the cell after ``*``, colours and currencies in brackets).
_PIECE = re.compile(r'"[^"]*"?|[\\_*].?|\[([^\]]*)\]?|[;%]', re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)")
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne,
}  # fmt: skip
_Condition = tuple[str, float]


@dataclass(frozen=True, slots=True)
class _Section:
    """A section of a format: whether it shows percentages, and of which numbers (None: of all that are left)."""

    percent: bool
    condition: _Condition | None


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A number format, section by section; the fourth one is for texts."""

    sections: tuple[_Section, ...]

    def shows_percent(self, value: float) -> bool:
        """Whether it shows this number as a percentage."""
        for section in self.sections:
            if section.condition is None:
                return section.percent
            compared, limit = section.condition
            if _COMPARED[compared](value, limit):
                return section.percent
        return False


def number_format(code: str) -> NumberFormat:
    """Return the format that a code such as ``#,##0.00;[Red]-0.0%`` describes; any text is some format."""
    sections = list(_sections(code))[:3]
    plain = all(section.condition is None for section in sections)
    if len(sections) > 1 and sections[0].condition is None:
        positive = (">=" if plain and len(sections) == 2 else ">", 0.0)
        sections[0] = replace(sections[0], condition=positive)
    if len(sections) > 2 and plain:
        sections[1] = replace(sections[1], condition=("<", 0.0))
    return NumberFormat(tuple(sections))


def _sections(code: str) -> Iterator[_Section]:
    percent, condition = False, None
    for piece in _PIECE.finditer(code):
        if piece[0] == ";":
            yield _Section(percent, condition)
            percent, condition = False, None
        elif piece[0] == "%":
            percent = True
        elif piece[1] is not None and (found := _CONDITION.fullmatch(piece[1].strip())):
            condition = (found[1], float(found[2]))
    yield _Section(percent, condition)
