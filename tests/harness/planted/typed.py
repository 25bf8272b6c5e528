"""What a planted fault is: what is typed where, and what must be found."""

from __future__ import annotations

from typing import Any

from lkjip_xl.base.a1 import a1, from_a1

Changes = dict[str, dict[str, Any]]
Planted = tuple[str, Changes, tuple[str, str, str], str, str]
"""Its name; what is typed by sheet and cell; rule, sheet, cell; message; remedy."""


def along(first: str, *values: float) -> dict[str, Any]:
    """Return values typed into cells of a row, from ``first`` to the right."""
    row, column = from_a1(first)
    return {a1(row, column + n): value for n, value in enumerate(values)}
