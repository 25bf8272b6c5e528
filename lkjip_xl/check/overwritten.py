"""The locked cells of returned workbooks: do they still hold their formulas?

What stands there never counts (every result is recomputed), so a formula that is gone changes no figure of ours; but it
changes what people see in their workbook. Formulas are looked at only in sheets that cannot be as they were made: those
that show something else than was computed, or do not have the rows or the number of formulas that they were made with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lkjip_xl.base.a1 import a1
from lkjip_xl.base.files import Upload
from lkjip_xl.base.findings import Finding, Place
from lkjip_xl.base.keys import ColumnKey, Period, RowKey
from lkjip_xl.check.formulas import CellFormula, alike, moved, same, stands
from lkjip_xl.check.shown import showing_otherwise
from lkjip_xl.compute.results import Results, SheetValues, cells
from lkjip_xl.form.addresses import CellAddresses
from lkjip_xl.form.formulas import Formulas, RowFormula, first_failing
from lkjip_xl.form.layout import Layout, Placement, lay_out
from lkjip_xl.form.submission import Value
from lkjip_xl.formula.cell_tests import MAX_NUMBER
from lkjip_xl.formula.nodes import Node
from lkjip_xl.read.placing import cell_at
from lkjip_xl.read.reader import Workbook
from lkjip_xl.template.helpers import helpers
from lkjip_xl.template.model import Table, Template
from lkjip_xl.template.sheet_names import CHECKS_SHEET
from lkjip_xl.words import wording
from lkjip_xl.words.messages import label, submitted
from lkjip_xl.words.wording import quoted
from lkjip_xl.xlsx.cells import NOT_CALCULATED, Cells
from lkjip_xl.xlsx.guard import open_file, sheets_of

_BLANK = "kosong"


def overwritten(results: Results, workbooks: Sequence[Workbook]) -> list[tuple[list[Finding], int]]:
    """Return, for each workbook, a finding for each locked cell that no longer holds its formula, and how many more there are."""
    odd = showing_otherwise(results, workbooks)
    for number, workbook in enumerate(workbooks):
        odd[number] |= {key for key in workbook.placements if not _as_written(workbook, key)}
    return [_found(results, number, workbook, odd[number]) for number, workbook in enumerate(workbooks)]


def _as_written(workbook: Workbook, key: str) -> bool:
    """Whether the sheet of a table has the rows, and the number of formulas, that it was made with."""
    placement = workbook.placements[key]
    now = (len(placement.rows), workbook.formulas.get(placement.sheet, 0))
    return workbook.written.get(key) == now


def _found(results: Results, number: int, workbook: Workbook, odd: set[str]) -> tuple[list[Finding], int]:
    """Return what is found in the sheets of the tables that are odd, and in Periksa."""
    template = results.template
    words = template.declared.submission_rules
    found: list[Finding] = []
    more = 0
    try:
        if odd:
            found, more = _looked_at(template, workbook, odd, cells(results, number))
    except Exception:  # noqa: BLE001 - a library may fail in any way on what strangers send; the values are read already
        return [submitted(words.unexamined)], 0
    now, made = workbook.formulas.get(CHECKS_SHEET), workbook.written.get(CHECKS_SHEET)
    if now is not None and made is not None and now < made.formulas:
        found.append(submitted(words.check_lost, CHECKS_SHEET, jumlah="beberapa"))
    return found, more


def _looked_at(
    template: Template, workbook: Workbook, odd: set[str], values: Mapping[str, SheetValues]
) -> tuple[list[Finding], int]:
    opened = open_file(Upload(workbook.path, workbook.content), workbook.limits)
    made = lay_out(template, workbook.submission.setup)
    places = {key: _helped(place, made.placements[key]) for key, place in workbook.placements.items()}
    plan = Layout(template, workbook.submission.setup, places)
    formulas = Formulas(plan)
    looked = [table for table in plan.tables if table.key in odd]
    names = {plan.placements[table.key].sheet for table in looked}
    sheets = sheets_of(opened, apart=set(opened.package.sheets.worksheets) - names)
    found: list[Finding] = []
    most, more = workbook.limits.findings, 0
    for table in looked:
        name = plan.placements[table.key].sheet
        shown = sheets[name].cells
        own = workbook.own_version
        sheet = _Sheet(formulas, table, stands(opened, name, shown), shown, values[table.key], most, own=own)
        found += sheet.overwritten()
        found += sheet.without_check(made.placements[table.key]) if own else ()
        most, more = max(0, workbook.limits.findings - len(found)), more + sheet.more
    return found, more


def _helped(place: Placement, made: Placement) -> Placement:
    """Return a placement as found with the columns of its helpers: they have moved with the columns beside them."""
    own = {line: key for key, line in made.lines.items()}
    helpers = {name: place.lines.get(own[line]) for name, line in made.helpers.items() if line in own}
    if place.status_column is not None and made.status_column is not None:
        apart = place.status_column - made.status_column
        helpers |= {name: line + apart for name, line in made.helpers.items() if line not in own}
    return replace(place, helpers={name: line for name, line in helpers.items() if line is not None})


class _Sheet:
    """One table as found, with what its cells should hold."""

    def __init__(
        self,
        formulas: Formulas,
        table: Table,
        cells: Mapping[tuple[int, int], Any],
        shown: Cells,
        values: SheetValues,
        most: int,
        *,
        own: bool,
    ) -> None:
        self.formulas = formulas
        self.plan = plan = formulas.plan
        self.table = table
        self.cells = cells
        self.shown = shown
        self.values = values
        self.own = own
        """Whether the formulas must be those of this template set; else any formula will do."""
        self.left = most
        self.more = 0
        """How many cells without their formula there are beside those said, which are ``most``."""
        self.placement: Placement = plan.placements[table.key]
        self.rows = {line: row for row, line in self.placement.rows.items()}
        self.words = plan.template.declared.submission_rules

    def overwritten(self) -> Iterator[Finding]:
        """Yield a finding for each computed cell, in a row or the total row, with something else in it.

        A row without any formula, as somebody inserts it, is one finding.
        """
        lost: dict[RowKey | None, list[Finding]] = {}
        whole: set[RowKey | None] = set()  # rows with a formula
        for row, key, node in self._computed():
            at = self.placement.position(key, row)
            assert at is not None  # noqa: S101 - only columns and rows that were found are looked at
            stands = self.cells.get(at)
            computed = self.values.get(row, {}).get(key)
            if isinstance(stands, CellFormula):
                whole.add(row)
            if stands is None and computed is None:
                continue
            if isinstance(stands, CellFormula) and self._right(stands, node, row, key, computed):
                continue
            self.left -= 1
            if self.left < 0:
                self.more += 1
                continue
            shown = self._result(at) if isinstance(stands, CellFormula) else stands
            found = self._finding(Place(self.table.key, row, key), a1(*at), stands, shown)
            lost.setdefault(row, []).append(found)
        for row, findings in lost.items():
            inserted = row is not None and row not in whole and not self.table.is_form
            if inserted and len(findings) > 1 and not any(each.value for each in findings):
                yield submitted(
                    self.words.row_without_formulas,
                    findings[0].sheet,
                    findings[0].cell,
                    place=findings[0].place,
                    jumlah=wording.number(len(findings)),
                )
            else:
                yield from findings

    def _right(
        self, stands: CellFormula, node: Node, row: RowKey | None, key: ColumnKey, computed: Value | None
    ) -> bool:
        """Whether a formula is the cell's own: the same text, or moved with its rows and with the right result."""
        if not self.own:
            return True
        formula = self.formulas.text(node, self.table, row, key[1])
        if self._kept(stands, formula, node, key[1]) or same(str(stands), formula):
            return True
        return moved(str(stands), formula) and _same(self._result(stands.at), computed)

    def _kept(self, stands: CellFormula, formula: str, node: Node, year: Period | None) -> bool:
        """Whether a formula that is kept in another row of its column is that row's own, and with it this one's."""
        if stands.origin is None or stands.origin[1] != stands.at[1]:
            return False
        row = self.rows.get(stands.origin[0])
        there = self.formulas.text(node, self.table, row, year) if row is not None else ""
        if not isinstance(formula, RowFormula) or not isinstance(there, RowFormula):
            return False
        return formula.group == there.group and same(stands.text, there)

    def _result(self, at: tuple[int, int]) -> Any:
        """Return what a cell with a formula shows; nothing where no program has computed it."""
        shown = cell_at(self.shown, at)
        return "" if shown == NOT_CALCULATED else shown

    def _computed(self) -> Iterator[tuple[RowKey | None, ColumnKey, Node]]:
        for key in self.placement.lines:
            column = self.table.columns[key[0]]
            node = None if column.typed_in(key[1], self.plan.setup.year) else column.shown
            if node is not None:
                yield from ((row, key, node) for row in self.placement.rows)
            if column.total is not None and self.placement.total_row is not None:
                yield None, key, column.total

    def _finding(self, place: Place, cell: str, stands: Any, shown: Any) -> Finding:
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
            value=_read(stands),
            expected=_read(computed) or _BLANK,
            place=place,
            judul=label(column, place.column[1], self.plan.setup),
            nilai=_described(stands, shown),
            seharusnya=_figure(computed),
            selisih=apart,
        )

    def _helpers(self) -> Iterator[tuple[int, int]]:
        """Yield sheet row and column of what the checks need beside them."""
        added, _ = helpers(self.plan.template, self.table, self.plan.setup)
        for row, line in self.placement.rows.items():
            at = CellAddresses(self.plan, self.table, row, None, self.formulas.names, direct=True)
            for helper in added:
                if helper.ref is None or at.source(helper) is not None:
                    yield line, self.placement.helpers[helper.name]

    def without_check(self, made: Placement) -> Iterator[Finding]:
        """Yield one note where cells of the column Pemeriksaan, or checks of the table as made, hold no formula any more."""
        column = self.placement.status_column
        if column is None:
            return
        assert made.status_column is not None  # noqa: S101 - every table that is laid out has one
        apart = column - made.status_column
        first, last = made.checks[0].column + apart, max(check.column for check in made.checks) + apart
        by_line: dict[int, list[int]] = {}  # the columns of the checks of each sheet row
        for check in made.checks:
            for _, line in self.placement.checked_lines(check.rule):
                by_line.setdefault(line, []).append(check.column + apart)
        for line, helper in self._helpers():
            by_line.setdefault(line, []).append(helper)
        lost = []
        for line, checks in sorted(by_line.items()):
            stands = self.cells.get((line, column))
            if (
                not isinstance(stands, CellFormula)
                or not alike(str(stands), first_failing(line, first, last))
                or not all(isinstance(self.cells.get((line, check)), CellFormula) for check in checks)
            ):
                lost.append(a1(line, column))
        if lost:
            number = wording.number(len(lost))
            yield submitted(self.words.check_lost, self.placement.sheet, lost[0], jumlah=number)


def _described(stands: Any, shown: Any) -> str:
    """Return what stands in a cell, for a message: nothing, a figure, a text, or another formula and its result."""
    if isinstance(stands, CellFormula):
        return f"rumus {quoted(str(stands))} (hasilnya {_figure(shown)})"
    return _figure(shown)


def _read(value: Any) -> str:
    """Return what stands in a cell, or should, as a person reads it there."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    return wording.number(value) if _is_number(value) else str(value)


def _figure(value: Any) -> str:
    if value is None or value == "":
        return _BLANK
    return wording.number(value) if _is_number(value) else quoted(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < MAX_NUMBER


def _same(shown: Any, computed: Value | None) -> bool:
    """Whether a cell shows what was computed, on the 15 digits that a spreadsheet keeps."""
    if shown is None or shown == "":
        return computed is None
    if _is_number(shown):
        return isinstance(computed, float) and f"{shown:.15g}" == f"{computed:.15g}"
    return bool(shown == computed)
