"""Formulas that a sheet's XML keeps once for the rows of a column: their text would be two thirds of a workbook."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lkjip_xl.base.a1 import a1
from lkjip_xl.form.formulas import RowFormula


@dataclass
class Shared:
    """A formula that is kept once for the cells of a column from ``first`` to ``last``, whose rows follow one another."""

    number: int
    group: Hashable
    text: str
    first: int
    last: int

    def element(self, row: int, column: int) -> str:
        """Return the formula as it stands in the cell of a row."""
        if self.first == self.last:
            return f"<f>{escape(self.text)}</f>"
        if row > self.first:
            return f'<f t="shared" si="{self.number}"/>'
        cells = f"{a1(self.first, column)}:{a1(self.last, column)}"
        return f'<f t="shared" ref="{cells}" si="{self.number}">{escape(self.text)}</f>'


class KeptOnce:
    """Puts together the formulas of one group that stand below one another, as they are written from the top."""

    def __init__(self) -> None:
        self._last: dict[int, Shared] = {}  # of each column
        self._number = 0

    def kept(self, row: int, column: int, formula: str) -> str | Shared:
        """Return a formula, without its leading ``=``, as it is kept: with those above it where they are of its group."""
        text = formula.removeprefix("=")
        if not isinstance(formula, RowFormula):
            return text
        above = self._last.get(column)
        if above is not None and above.group == formula.group and above.last == row - 1:
            above.last = row
            return above
        self._last[column] = Shared(self._number, formula.group, text, row, row)
        self._number += 1
        return self._last[column]
