"""Number formats of cells: what does a number look like that is shown in one?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from operator import eq, ge, gt, le, lt, ne

# What stands between the sections of a format, and what is shown as it is (quoted, after a backslash, the width of a
# character after ``_``, a character that fills the cell after ``*``, colours and currencies in brackets).
_PIECE = re.compile(r'"[^"]*"?|[\\_*].?|\[([^\]]*)\]?|[;%]', re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)")
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne,
}  # fmt: skip
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)  # in brackets
_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_Condition = tuple[str, float]


class Look(Enum):
    """What a number looks like."""

    PLAIN = ""
    PERCENT = "percent"
    """A hundred times as large, with a sign of percent."""
    DATE = "date"
    DURATION = "duration"


@dataclass(frozen=True, slots=True)
class _Section:
    """A section of a format: what it makes of numbers, and of which (None: of all that are left)."""

    look: Look
    condition: _Condition | None


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A number format, section by section; the fourth one is for texts."""

    sections: tuple[_Section, ...]

    @property
    def plain(self) -> bool:
        """Whether it shows every number as one."""
        return all(section.look is Look.PLAIN for section in self.sections)

    def look(self, value: float) -> Look:
        """Return what this number looks like."""
        for section in self.sections:
            if section.condition is None:
                return section.look
            compared, limit = section.condition
            if _COMPARED[compared](value, limit):
                return section.look
        return Look.PLAIN


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
    percent = elapsed = False
    plain, end, condition = "", 0, None
    for piece in _PIECE.finditer(code):
        plain += code[end : piece.start()]
        end = piece.end()
        if piece[0] == ";":
            yield _Section(_look(plain, percent=percent, elapsed=elapsed), condition)
            percent = elapsed = False
            plain, condition = "", None
        elif piece[0] == "%":
            percent = True
        elif piece[1] is not None and (found := _CONDITION.fullmatch(piece[1].strip())):
            condition = (found[1], float(found[2]))
        elif piece[1] is not None and _ELAPSED.fullmatch(piece[1]):
            elapsed = True
    yield _Section(_look(plain + code[end:], percent=percent, elapsed=elapsed), condition)


def _look(plain: str, *, percent: bool, elapsed: bool) -> Look:
    if percent:
        return Look.PERCENT
    if elapsed:
        return Look.DURATION
    general = plain.strip().casefold() == "general"
    return Look.DATE if _DATE.search(plain) and not general else Look.PLAIN
