"""What the Excel compiler asks of the place where a formula stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from lkjip_xl.formula import nodes
from lkjip_xl.formula.grade_cells import GradeRanges
from lkjip_xl.formula.written import Separators


class Addresses(Protocol):
    """Where columns are, seen from the cell that holds the formula."""

    def cell(self, ref: nodes.Ref) -> str | None:
        """Return the address of the column's cell in this row, or None where it has none."""
        ...

    def previous_year(self, ref: nodes.Ref) -> str | None:
        """Return the address of the same row and column one year earlier, or None."""
        ...

    def years(self, ref: nodes.Ref) -> list[str]:
        """Return the addresses of the column's cells in this row, one for each year; none without such a row."""
        ...

    def row_begun(self) -> str | None:
        """Return the address of the cell that is 1 where this row has begun; None where no cell says so."""
        ...

    def row_inputs(self) -> list[str]:
        """Return the ranges where people type in this row, or in the one it follows; none where it always exists."""
        ...

    def table_inputs(self, *, explained: bool) -> list[str]:
        """Return the ranges where people type in this table what can be asked of them; ``explained``: or explain it."""
        ...

    def reason(self) -> str:
        """Return the address of the cell where staff write why this table does not apply."""
        ...

    def origin_inputs(self) -> list[str]:
        """Return the ranges where people type in the tables that this one follows; none where it follows none."""
        ...

    def stored(self, ref: nodes.Ref) -> str:
        """Return what belongs in the cells of a column: ``number``, ``date``, ``text``, or a number or ``grade``."""
        ...

    def grades(self) -> GradeRanges:
        """Return where the grades of the set stand, which only a set that has some asks for."""
        ...

    def listed(self, values: Sequence[str | float]) -> str:
        """Return the range in which some values stand below one another."""
        ...

    def separators(self) -> Separators:
        """Return where the separators stand that the program writes in numbers."""
        ...

    def constant(self, ref: nodes.Ref) -> str | float | None:
        """Return the value of a name that is fixed at this place (year, label of the part), or None."""
        ...

    def column(self, ref: nodes.Ref) -> str | None:
        """Return the range of all data cells of a column, or None where the workbook has no such column."""
        ...

    def single(self, ref: nodes.Ref) -> bool:
        """Whether a column is a form's, and so one cell."""
        ...

    def column_from_top(self, ref: nodes.Ref) -> str | None:
        """Return the range from row 1 of the sheet to the last data cell of a column."""
        ...

    def column_above(self, ref: nodes.Ref) -> str | None:
        """Return the range of an own column from the first row of this row's part of the table to this row."""
        ...

    def column_to_here(self, ref: nodes.Ref) -> str | None:
        """Return the range from the first data cell of an own column to this row."""
        ...
