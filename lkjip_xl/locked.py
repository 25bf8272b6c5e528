"""The locked cells of a returned workbook: do they still hold their formulas? The door to openpyxl.

What stands there never counts (every result is recomputed), so a formula that is gone changes no figure of ours; but it
changes what people see in their workbook.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lkjip_xl import wording
from lkjip_xl.compute import SheetValues
from lkjip_xl.findings import Finding, Place
from lkjip_xl.formula.excel import to_excel
from lkjip_xl.formula.nodes import Node
from lkjip_xl.layout import CellAddresses, ColumnKey, Layout, Placement, RowKey, a1
from lkjip_xl.messages import label, quoted, submitted
from lkjip_xl.read import Workbook
from lkjip_xl.submission import Value
from lkjip_xl.template.model import Table, Template

_Cells = Mapping[tuple[int, int], Any]  # of one sheet, by row and column from 0


def overwritten(workbook: Workbook, template: Template, values: Mapping[str, SheetValues]) -> list[Finding]:
    """Return a finding for each locked cell that no longer holds its formula.

    ``values`` are the workbook's recomputed cells (see ``compute.cells``).
    """
    names = {placement.sheet for placement in workbook.placements.values()}
    sheets = _cells(workbook.path, names, results=False)
    results: dict[str, _Cells] = {}

    def result(sheet: str, at: tuple[int, int]) -> Any:
        """Return what a cell shows; the file is read a second time only where somebody wrote another formula."""
        if not results:
            results.update(_cells(workbook.path, names, results=True))
        return results[sheet].get(at)

    plan = Layout(template, workbook.submission.setup, workbook.placements)
    found: list[Finding] = []
    for table in plan.tables:
        sheet = _Sheet(plan, table, sheets[plan.placements[table.key].sheet], result, values[table.key])
        found += [*sheet.overwritten(), *sheet.without_check()]
    return found


def _cells(path: Path, names: set[str], *, results: bool) -> dict[str, _Cells]:
    """Return the filled cells of some sheets: formulas as text that begins with ``=``, or their results."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=results)
    try:
        found: dict[str, _Cells] = {}
        for sheet in book:
            if sheet.title in names:
                sheet.reset_dimensions()  # what the file says of its size may be wrong, and then hides cells
                rows = (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)
                found[sheet.title] = {(cell.row - 1, cell.column - 1): _content(cell) for cell in rows}
        return found
    finally:
        book.close()


def _content(cell: Any) -> Any:
    if cell.data_type != "f":
        return cell.value
    text = getattr(cell.value, "text", cell.value)  # an array formula is an object
    return _Formula(text or "=")


class _Formula(str):
    """A formula as it stands in a cell; text that only begins with ``=`` is none."""

    __slots__ = ()


class _Sheet:
    """One table as found, with what its cells should hold."""

    def __init__(
        self,
        plan: Layout,
        table: Table,
        cells: _Cells,
        result: Callable[[str, tuple[int, int]], Any],
        values: SheetValues,
    ) -> None:
        self.plan = plan
        self.table = table
        self.cells = cells
        self.result = result
        self.values = values
        self.placement: Placement = plan.placements[table.key]
        self.words = plan.template.declared.submission_rules

    def overwritten(self) -> Iterator[Finding]:
        """Yield a finding for each computed cell, in a row or the total row, with something else in it."""
        for row, key, node in self._computed():
            at = self.placement.position(key, row)
            assert at is not None  # noqa: S101 - only columns and rows that were found are looked at
            formula = to_excel(node, CellAddresses(self.plan, self.table, row, key[1]))
            stands = self.cells.get(at)
            if isinstance(stands, _Formula) and _spelled(stands) == _spelled(formula):
                continue
            shown = self.result(self.placement.sheet, at) if isinstance(stands, _Formula) else stands
            yield self._finding(Place(self.table.key, row, key), a1(*at), formula, stands, shown)

    def _computed(self) -> Iterator[tuple[RowKey | None, ColumnKey, Node]]:
        for key in self.placement.lines:
            column = self.table.columns[key[0]]
            node = column.formula or (
                None if column.typed_in(key[1], self.plan.setup.year) else column.current_year
            )
            if node is not None:
                yield from ((row, key, node) for row in self.placement.rows)
            if column.total is not None and self.placement.total_row is not None:
                yield None, key, column.total

    def _finding(self, place: Place, cell: str, formula: str, stands: Any, shown: Any) -> Finding:
        computed = self.values.get(place.row, {}).get(place.column)
        same = _same(shown, computed)
        column = self.table.columns[place.column[0]]
        apart = ""
        if not same and _is_number(shown) and isinstance(computed, float):
            apart = f", selisih {wording.number(shown - computed)}"
        return submitted(
            self.words.replaced if same else self.words.overwritten,
            self.placement.sheet,
            cell,
            value="" if stands is None else str(stands),
            expected=formula,
            place=place,
            judul=label(column, place.column[1], self.plan.setup),
            nilai=_described(stands, shown),
            seharusnya=_figure(computed),
            selisih=apart,
        )

    def without_check(self) -> Iterator[Finding]:
        """Yield one note where cells of the column Pemeriksaan hold no formula any more."""
        column = self.placement.status_column
        if column is None:
            return
        lines = self.placement.lines if self.placement.is_form else self.placement.rows
        checked = {rule.blame for rule in self.table.rules}
        lost = [
            (line, column)
            for key, line in lines.items()
            if (not self.placement.is_form or key[0] in checked)
            and not isinstance(self.cells.get((line, column)), _Formula)
        ]
        if lost:
            number = wording.number(len(lost))
            yield submitted(self.words.check_lost, self.placement.sheet, a1(*lost[0]), jumlah=number)


def _described(stands: Any, shown: Any) -> str:
    """Return what stands in a cell, for a message: nothing, a figure, a text, or another formula and its result."""
    if isinstance(stands, _Formula):
        return f"rumus {quoted(stands)} (hasilnya {_figure(shown)})"
    return _figure(shown)


def _figure(value: Any) -> str:
    if value is None or value == "":
        return "kosong"
    return wording.number(value) if _is_number(value) else quoted(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _same(shown: Any, computed: Value | None) -> bool:
    """Whether a cell shows what was computed, on the 15 digits that a spreadsheet keeps."""
    if shown is None or shown == "":
        return computed is None
    if _is_number(shown):
        return isinstance(computed, float) and f"{shown:.15g}" == f"{computed:.15g}"
    return bool(shown == computed)


_PIECES = re.compile(r'("(?:[^"]|"")*")')


def _spelled(formula: str) -> str:
    """Return a formula as all programs would write it: no spaces, no quotation marks around sheets, TRUE for TRUE()."""
    pieces = _PIECES.split(formula.removeprefix("="))
    for n in range(0, len(pieces), 2):  # the others are texts
        piece = re.sub(r"[\s'$]|^_xlfn\.", "", pieces[n]).upper()
        pieces[n] = piece.replace("TRUE()", "TRUE").replace("FALSE()", "FALSE")
    return "".join(pieces)
