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


def graded(arah: str, target: str, realisasi: str, *, changed: Changes | None = None) -> Changes:
    """Return the first IKU as one that grades measure in all tables, then what is typed otherwise."""
    changes: Changes = {
        "2.1 Perjanjian Kinerja": {"E8": target},
        "2.2 IKU": {"J8": arah},
        "3.1 Kinerja": {"H8": target, "I8": realisasi},
        "3.2 Tren": {f"{column}8": target for column in "EFGHI"}
        | {f"{column}8": realisasi for column in "KLMNO"},
        "3.3 Renstra": {"G8": target},
        "Standar Nasional": {"F8": target},
    }
    for sheet, cells in (changed or {}).items():
        changes[sheet] = changes[sheet] | cells
    return changes


OF_MEASURE = (
    "Untuk naik, turun, dan stabil ketik angka, selain itu salah satu predikat skalanya; "
    "atau perbaiki Arah di lembar 2.2 IKU atau IKK"
)
