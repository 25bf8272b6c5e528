"""What proves a line: cases typed into the clean workbook, and plants of ``planted``."""

from __future__ import annotations

from dataclasses import dataclass

from planted import Changes


@dataclass(frozen=True)
class Case:
    """What is typed into the clean workbook, and every finding of it: rule, sheet, cell."""

    changes: Changes
    found: list[tuple[str, str, str]]
    last_year: int = 2023


@dataclass(frozen=True)
class Proof:
    """The plants of ``planted`` (by name, judged there) or cases that show a line's strict form, and its mild form."""

    strict: tuple[str | Case, ...]
    mild: tuple[Case, ...]


def case(changes: Changes, *found: tuple[str, str, str], last_year: int = 2023) -> Case:
    return Case(changes, list(found), last_year)
