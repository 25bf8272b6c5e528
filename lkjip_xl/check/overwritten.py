"""The locked cells of a returned workbook: do they still hold their formulas? The door to openpyxl.

What stands there never counts (every result is recomputed), so a formula that is gone changes no figure of ours; but it
changes what people see in their workbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lkjip_xl.base.a1 import a1
from lkjip_xl.base.findings import Finding, Place
from lkjip_xl.compute.results import SheetValues
from lkjip_xl.form.addresses import Formulas
from lkjip_xl.form.layout import ColumnKey, Layout, Placement, RowKey, lay_out
from lkjip_xl.form.submission import Value
from lkjip_xl.formula.nodes import Node
from lkjip_xl.read.placing import cell_at
from lkjip_xl.read.reader import Workbook
from lkjip_xl.template.field_rules import MAX_NUMBER
from lkjip_xl.template.model import CHECKS_SHEET, Rule, Table, Template
from lkjip_xl.words import wording
from lkjip_xl.words.messages import label, submitted
from lkjip_xl.words.wording import quoted
from lkjip_xl.write.live import first_failing
from lkjip_xl.write.overview import Overview
from lkjip_xl.xlsx.guard import Opened, formulas_in, open_file, sheets_of
from lkjip_xl.xlsx.sheet import NOT_CALCULATED, Cells, Formula

_BLANK = "kosong"


def overwritten(
    workbook: Workbook, template: Template, values: Mapping[str, SheetValues]
) -> tuple[list[Finding], int]:
    """Return a finding for each locked cell that no longer holds its formula, and how many more there are.

    ``values`` are the workbook's recomputed cells (see ``compute.results.cells``).
    """
    words = template.declared.submission_rules
    names = {placement.sheet for placement in workbook.placements.values()}
    try:
        opened = open_file(workbook.path, workbook.limits)
        others = set(opened.package.sheets.worksheets) - names - {CHECKS_SHEET}
        sheets = sheets_of(opened, apart=others)
        plan = Layout(template, workbook.submission.setup, workbook.placements)
        made = lay_out(template, workbook.submission.setup)
        formulas = Formulas(plan)
        found: list[Finding] = []
        most, more = workbook.limits.findings, 0
        for table in plan.tables:
            name = plan.placements[table.key].sheet
            shown = sheets[name].cells
            sheet = _Sheet(formulas, table, _stands(opened, name, shown), shown, values[table.key], most)
            found += [*sheet.overwritten(), *sheet.without_check(made.placements[table.key])]
            most, more = max(0, workbook.limits.findings - len(found)), more + sheet.more
    except Exception:  # noqa: BLE001 - a library may fail in any way on what strangers send; the values are read already
        return [submitted(words.unexamined)], 0
    expected = Overview.formulas(made)
    if CHECKS_SHEET in sheets and sheets[CHECKS_SHEET].formulas < expected:
        found.append(submitted(words.check_lost, CHECKS_SHEET, jumlah="beberapa"))
    return found, more


def _stands(opened: Opened, name: str, cells: Cells) -> dict[tuple[int, int], Any]:
    """Return what stands in the cells of a sheet, by row and column: formulas, or else values."""
    formulas = formulas_in(opened, name)
    values = {(row, column): value for row, line in cells.items() for column, value in line.items()}
    shared = {each.shared: (at, each.text) for at, each in formulas.items() if each.shared and each.text}
    return values | {at: _formula(at, each, shared) for at, each in formulas.items()}


def _formula(
    at: tuple[int, int], formula: Formula, shared: Mapping[str, tuple[tuple[int, int], str]]
) -> _Formula:
    if formula.text or formula.shared not in shared:
        return _Formula(f"={formula.text}")
    from openpyxl.formula.translate import Translator

    origin, text = shared[formula.shared]
    return _Formula(Translator(f"={text}", origin=a1(*origin)).translate_formula(a1(*at)))


class _Formula(str):
    """A formula as it stands in a cell; text that only begins with ``=`` is none."""

    __slots__ = ()


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
    ) -> None:
        self.formulas = formulas
        self.plan = plan = formulas.plan
        self.table = table
        self.cells = cells
        self.shown = shown
        self.values = values
        self.left = most
        self.more = 0
        """How many cells without their formula there are beside those said, which are ``most``."""
        self.placement: Placement = plan.placements[table.key]
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
            if isinstance(stands, _Formula):
                whole.add(row)
            if stands is None and computed is None:
                continue
            formula = self.formulas.text(node, self.table, row, key[1])
            if isinstance(stands, _Formula) and self._right(stands, formula, at, computed):
                continue
            self.left -= 1
            if self.left < 0:
                self.more += 1
                continue
            shown = self._result(at) if isinstance(stands, _Formula) else stands
            found = self._finding(Place(self.table.key, row, key), a1(*at), stands, shown)
            lost.setdefault(row, []).append(found)
        for row, findings in lost.items():
            inserted = row is not None and row not in whole and not self.placement.is_form
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

    def _right(self, stands: _Formula, formula: str, at: tuple[int, int], computed: Value | None) -> bool:
        """Whether a formula is the cell's own: the same text, or moved with its rows and with the right result."""
        if stands == formula or _spelled(stands) == _spelled(formula):
            return True
        moved = _ROW_NUMBERS.sub("#", _spelled(stands)) == _ROW_NUMBERS.sub("#", _spelled(formula))
        return moved and _same(self._result(at), computed)

    def _result(self, at: tuple[int, int]) -> Any:
        """Return what a cell with a formula shows; nothing where no program has computed it."""
        shown = cell_at(self.shown, at)
        return "" if shown == NOT_CALCULATED else shown

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

    def without_check(self, made: Placement) -> Iterator[Finding]:
        """Yield one note where cells of the column Pemeriksaan, or checks of the table as made, hold no formula any more."""
        column = self.placement.status_column
        if column is None:
            return
        assert made.status_column is not None  # noqa: S101 - every table that is laid out has one
        apart = column - made.status_column
        first, last = (made.checks[0][2] + apart, max(check[2] for check in made.checks) + apart)
        own = {rule.blame for rule in self.table.rules}
        checked = {rule.scope for rule, _, _ in made.checks}
        lines = [line for key, line in self.placement.lines.items() if key[0] in own]
        if not self.placement.is_form:
            lines = [*self.placement.rows.values()]
            lines += [self.placement.total_row] if "total" in checked and self.placement.total_row else []
        lost = []
        for line in lines:
            stands = self.cells.get((line, column))
            formula = first_failing(line, first, last)
            if not isinstance(stands, _Formula) or _shape(stands) != _shape(formula):
                lost.append(a1(line, column))
                continue
            for check in {check[2] + apart for check in made.checks if self._stands(check[0], line)}:
                if not isinstance(self.cells.get((line, check)), _Formula):
                    lost.append(a1(line, column))
                    break
        if lost:
            number = wording.number(len(lost))
            yield submitted(self.words.check_lost, self.placement.sheet, lost[0], jumlah=number)

    def _stands(self, rule: Rule, line: int) -> bool:
        """Whether a rule is checked in a sheet row."""
        if self.placement.is_form:
            return self.placement.lines.get((rule.blame, None)) == line
        return (line == self.placement.total_row) is (rule.scope == "total")


def _described(stands: Any, shown: Any) -> str:
    """Return what stands in a cell, for a message: nothing, a figure, a text, or another formula and its result."""
    if isinstance(stands, _Formula):
        return f"rumus {quoted(stands)} (hasilnya {_figure(shown)})"
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


_ROW_NUMBERS = re.compile(r"(?<=[A-Z])[0-9]+")
_PIECES = re.compile(r'("(?:[^"]|"")*")')


def _shape(formula: str) -> str:
    """Return a formula without the addresses and numbers in it."""
    return re.sub(r"[A-Z]*[0-9]+", "#", _spelled(formula))


def _spelled(formula: str) -> str:
    """Return a formula as all programs would write it: no spaces, no quotation marks around sheets, TRUE for TRUE()."""
    pieces = _PIECES.split(formula.removeprefix("="))
    for n in range(0, len(pieces), 2):  # the others are texts
        piece = re.sub(r"[\s'$]|^_xlfn\.", "", pieces[n]).upper()
        pieces[n] = piece.replace("TRUE()", "TRUE").replace("FALSE()", "FALSE")
    return "".join(pieces)
