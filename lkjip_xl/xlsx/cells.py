"""What a sheet holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

NOT_CALCULATED = "rumus yang belum dihitung"
Cells = Mapping[int, Mapping[int, Any]]
"""What stands in the filled cells, by row and column counted from 0, in the order of the sheet."""


@dataclass(frozen=True)
class Sheet:
    """What a sheet holds: its filled cells, how many formulas, whether its cells are locked; how much had to be parsed."""

    cells: Cells
    formulas: int
    protected: bool
    elements: int = 0

    @cached_property
    def area(self) -> int:
        """How many cells there are to the last row and column, blank ones among them."""
        columns = max((max(line) for line in self.cells.values()), default=-1) + 1
        return (max(self.cells, default=-1) + 1) * columns


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as it stands in a cell: its text, empty where it is that of another cell (``shared``)."""

    text: str
    shared: str = ""


def ordered(cells: dict[int, dict[int, Any]]) -> Cells:
    """Return cells in the order of the sheet, whatever that of the file; a text of no characters is a blank cell."""
    found = {}
    for row in sorted(cells):
        line = {column: value for column, value in sorted(cells[row].items()) if value != ""}
        if line:
            found[row] = line
    return found
