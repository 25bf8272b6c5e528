"""Grades: texts such as BB, WTP or Sangat Tinggi that measure, each with its value on a scale, perhaps with a score.

``A (80,50)`` is the grade A with the score 80,5. What stands before the first bracket tells the grade, without case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lkjip_xl.formula.pattern import Pattern

SCORE = Pattern(tuple(f"{whole}{part})" for whole in ("9", "99", "999") for part in ("", ",9", ",99")))
"""What stands behind the first bracket where a score does."""


BETWEEN = "("
"""Stands between scale and label in a key: no label holds it."""


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of a scale."""

    scale: str
    label: str
    value: float

    @property
    def key(self) -> str:
        """What tells it from all other grades."""
        return self.scale + BETWEEN + self.label


@dataclass(frozen=True)
class Grades:
    """All grades of a template set, scale by scale."""

    all: tuple[Grade, ...] = ()

    @cached_property
    def scales(self) -> Mapping[str, tuple[Grade, ...]]:
        """The grades of each scale."""
        names = dict.fromkeys(each.scale for each in self.all)
        return {name: tuple(each for each in self.all if each.scale == name) for name in names}

    @cached_property
    def labels(self) -> frozenset[str]:
        """All labels in small letters."""
        return frozenset(each.label.lower() for each in self.all)

    def holds(self, text: str) -> bool:
        """Whether a text is a grade of any scale, alone or with a score."""
        label, bracket, score = text.partition("(")
        known = " ".join(filter(None, label.split(" "))).lower() in self.labels
        return known and (not bracket or SCORE.fits(score))
