"""The names under which formulas know cells of other sheets.

A formula that is kept once for all rows of a column (see ``write.kept_once``) may name no other sheet; a defined name it may.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from lkjip_xl.base.a1 import sheet_prefix
from lkjip_xl.base.keys import Period
from lkjip_xl.formula.written import DECIMAL, THOUSANDS, Separators

ListValue = str | float


@dataclass
class Names:
    """Collects the names that the formulas of a workbook use."""

    ranges: dict[str, str] = field(default_factory=dict)
    """Each with the cells that it stands for, their sheet before them."""
    lists: dict[str, tuple[ListValue, ...]] = field(default_factory=dict)
    """Each with the values of a column of the hidden sheet of lists."""
    computed: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Each with the formula of a cell of that sheet, and what it gives in a program that speaks English."""

    def column(
        self, table: str, column: str, year: Period | None, *, sheet: str, cells: str, from_top: bool
    ) -> str:
        """Return the name of a column's cells, or ``from_top`` of all cells of its sheet column from the first row."""
        name = f"{table}.{column}" + ("" if year is None else f"_{year}") + (".dari_atas" if from_top else "")
        self.ranges[name] = sheet_prefix(sheet) + cells
        return name

    def listed(self, values: Sequence[ListValue]) -> str:
        """Return the name of a list of values."""
        name = f"daftar.x{zlib.crc32(repr(tuple(values)).encode()):08x}"
        self.lists[name] = tuple(values)
        return name

    def separators(self) -> Separators:
        """Return the names of what the program writes in numbers."""
        at = Separators("angka.ribuan", "angka.desimal")
        self.computed |= {at.thousands: (THOUSANDS, ","), at.decimal: (DECIMAL, ".")}
        return at
