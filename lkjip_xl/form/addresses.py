"""Where the columns of formulas are, seen from one cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lkjip_xl.base.a1 import a1, absolute, column_letters, sheet_prefix
from lkjip_xl.base.keys import Period, RowKey, before
from lkjip_xl.form.layout import LISTS_ROW, FormPlacement, Layout, Placement
from lkjip_xl.form.names import ListValue, Names
from lkjip_xl.formula import nodes
from lkjip_xl.formula.grade_cells import GradeRanges
from lkjip_xl.formula.nodes import Kind
from lkjip_xl.formula.written import Separators
from lkjip_xl.template.helpers import BEGUN, Helper
from lkjip_xl.template.model import ORIGIN, PART, REPORT_YEAR, YEAR, Table
from lkjip_xl.template.sheet_names import LISTS_SHEET

_GRADES = ("predikat.kunci", "predikat.skala", "predikat.sebutan", "predikat.nilai")  # names of their columns
LINE = "\0"  # around the table of a row, where the number of its sheet row belongs


def _spans(lines: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and last of each run of numbers that follow one another."""
    spans: list[tuple[int, int]] = []
    for line in sorted(lines):
        if spans and line == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], line)
        else:
            spans.append((line, line))
    return spans


def _blocks(place: Placement, lines: Iterable[int]) -> list[str]:
    """Return the ranges of some columns of a table, from its first data row to its last, or of some fields of a form."""
    first, last = min(place.rows.values()), max(place.rows.values())
    if isinstance(place, FormPlacement):
        return [f"{absolute(top, first)}:{absolute(bottom, last)}" for top, bottom in _spans(lines)]
    return [f"{absolute(first, left)}:{absolute(last, right)}" for left, right in _spans(lines)]


def typed_ranges(plan: Layout, table: Table, *, required: bool = False, explained: bool = False) -> list[str]:
    """Return the ranges of a table's sheet where people type what can be asked of them.

    ``required``: only what must be filled; ``explained``: in a table that follows others also where they explain.
    """
    place = plan.placements[table.key]
    lines = [
        line
        for (key, year), line in place.lines.items()
        if table.columns[key].asked_in(year, plan.setup.year)
        if table.columns[key].declared.required or not required
    ]
    if explained and table.declared.rows_from and place.explanation_column is not None:
        lines.append(place.explanation_column)
    return _blocks(place, lines)


@dataclass(frozen=True)
class CellAddresses:
    """What the columns of a formula are, seen from one cell (see ``formula.addresses``).

    ``row`` None is the total row.
    """

    layout: Layout
    table: Table
    row: RowKey | None
    year: Period | None
    names: Names
    direct: bool = False
    """Whether cells of other tables' rows are named where they stand, and not where this sheet repeats them."""
    any_row: bool = False
    """Whether a mark stands in place of the numbers of the rows that go with this one (see ``Formulas``)."""

    def cell(self, ref: nodes.Ref) -> str | None:
        """Return the address of the column's cell in this row, or None where it has none."""
        return self._cell(ref, self.year)

    def previous_year(self, ref: nodes.Ref) -> str | None:
        """Return the address of the same cell one year earlier, or None."""
        return None if self.year is None else self._cell(ref, before(self.year))

    def years(self, ref: nodes.Ref) -> list[str]:
        """Return the addresses of a column's cells in this row, oldest year first; none without such a row."""
        table = ref.table or self.table.key
        placement = self.layout.placements.get(table)
        if placement is None:
            return []
        column = self.layout.template.tables[table].columns[ref.column].cell
        years = sorted(year or 0 for key, year in placement.lines if key == column)
        cells = [self._cell(ref, year) for year in years]
        return [cell for cell in cells if cell is not None]

    def row_begun(self) -> str | None:
        """Return the address of the cell that is 1 where this row has begun; None where no cell says so."""
        line = self.layout.placements[self.table.key].helpers.get(BEGUN)
        if self.direct or self.row is None or line is None:
            return None
        return self._here(line)

    def row_inputs(self) -> list[str]:
        """Return the ranges where people type in this row, or in the one it follows; none where it always exists."""
        if self.row is None or self.table.is_form or self.table.declared.fixed_rows:
            return []
        tables = dict.fromkeys(self._followed(self.table, self.row[0])) or (self.table.key,)
        ranges = []
        for key in tables:
            place = self.layout.placements[key]
            prefix = sheet_prefix(place.sheet) if key != self.table.key else ""
            line = place.rows[self.row]
            for first, last in _spans(self._typed_lines(self.layout.template.tables[key])):
                end = f":{self._at(key, line, last)}" if last > first else ""
                ranges.append(prefix + self._at(key, line, first) + end)
        return ranges

    def _followed(self, table: Table, part: str) -> Iterator[str]:
        """Yield the tables whose rows of a part this table's rows follow, near and far."""
        for key in table.declared.rows_from:
            source = self.layout.template.tables[key]
            if part in source.parts:
                yield key
                yield from self._followed(source, part)

    def table_inputs(self, *, explained: bool) -> list[str]:
        """Return the ranges where people type, or in a table that follows others explain, what can be asked of them."""
        return typed_ranges(self.layout, self.table, explained=explained)

    def reason(self) -> str:
        """Return the address of the cell where staff write why this table does not apply."""
        return absolute(*(self.layout.placements[self.table.key].reason or ()))

    def origin_inputs(self) -> list[str]:
        """Return the ranges where people type in the tables whose rows this table's rows are; none in its own."""
        ranges = []
        for part in self.table.parts if self.table.declared.rows_from else ():
            place = self.layout.placements.get(part)
            if place is not None:
                blocks = _blocks(place, self._typed_lines(self.layout.template.tables[part]))
                ranges += [sheet_prefix(place.sheet) + block for block in blocks]
        return ranges

    def _typed_lines(self, table: Table) -> list[int]:
        """Return the sheet columns where people type in a table's rows."""
        lines = self.layout.placements[table.key].lines
        year = self.layout.setup.year
        return [
            line
            for (key, of_year), line in lines.items()
            if key in table.columns and table.columns[key].typed_in(of_year, year)
        ]

    def stored(self, ref: nodes.Ref) -> str:
        """Return what belongs in the cells of a column: ``number``, ``date``, ``text``, or a number or ``grade``."""
        column = self._table(ref).columns.get(ref.column)
        if column is None:
            return "text"
        if column.grades is not None:
            return "grade"
        if column.declared.type == "date":
            return "date"
        return "number" if column.kind is Kind.NUMBER else "text"

    def grades(self) -> GradeRanges:
        """Return where the grades of the set stand, beside one another."""
        last = LISTS_ROW + len(self.layout.template.grades.all) - 1
        ranges = (f"{absolute(LISTS_ROW, column)}:{absolute(last, column)}" for column in range(4))
        for name, cells in zip(_GRADES, ranges, strict=True):
            self.names.ranges[name] = sheet_prefix(LISTS_SHEET) + cells
        return GradeRanges(*_GRADES, self.names.listed)

    def listed(self, values: Sequence[ListValue]) -> str:
        """Return the range in which some values stand below one another."""
        return self.names.listed(values)

    def separators(self) -> Separators:
        """Return where the separators stand that the program writes in numbers."""
        return self.names.separators()

    def constant(self, ref: nodes.Ref) -> str | float | None:
        """Return the year or the part's label where the name means one of them, else None."""
        if ref.table is not None or ref.column in self.table.columns:
            return None
        if ref.column == REPORT_YEAR:
            return float(self.layout.setup.year)
        if ref.column == YEAR and self.year is not None:
            return float(self.year)
        if ref.column == PART and self.row is not None:
            return self.layout.template.tables[self.row[0]].declared.part_label
        return None

    def column(self, ref: nodes.Ref) -> str | None:
        """Return the range of all data cells of a column, or None where this workbook has no such column."""
        return self._range(ref, from_top=False)

    def single(self, ref: nodes.Ref) -> bool:
        """Whether a column is a form's, and so one cell."""
        return self.layout.template.tables[ref.table or self.table.key].is_form

    def column_from_top(self, ref: nodes.Ref) -> str | None:
        """Return the range from the first row of the sheet to the last data cell of a column, or None."""
        return self._range(ref, from_top=True)

    def column_above(self, ref: nodes.Ref) -> str | None:
        """Return the range of an own column from the first row of this row's part of the table to this row."""
        part = self.row[0] if self.row else None
        return self._down_to_here(ref, lambda row: row[0] == part)

    def column_to_here(self, ref: nodes.Ref) -> str | None:
        """Return the range from the first data cell of an own column to this row."""
        return self._down_to_here(ref, lambda _: True)

    def _down_to_here(self, ref: nodes.Ref, counts: Callable[[RowKey], bool]) -> str | None:
        placement = self.layout.placements[self.table.key]
        column = self.table.columns[ref.column]
        here = placement.position((column.cell, self._year_of(self.table, ref)), self.row)
        if here is None:
            return None
        first = min(line for row, line in placement.rows.items() if counts(row))
        return f"{absolute(first, here[1])}:${self._at(self.table.key, *here)}"

    def _cell(self, ref: nodes.Ref, year: Period | None) -> str | None:
        table, row = self._table(ref), self.row
        placement = self.layout.placements.get(table.key)
        if placement is None or ref.column not in table.columns:
            return None
        if table.is_form:
            row = (table.key, 1)
        column = table.columns[ref.column]
        if not column.per_year:
            year = None
        elif year is None:
            year = self.layout.setup.year
        position = placement.position((column.cell, year), row)
        if position is None:
            return None
        if table.key == self.table.key:
            return a1(*position) if table.is_form else self._at(table.key, *position)
        if table.is_form:
            return self._named(table, column.cell, None, absolute(*position))
        helper = self._helper(ref.table or "", column.cell, year)
        return helper or sheet_prefix(placement.sheet) + self._at(table.key, *position)

    def source(self, helper: Helper) -> str | None:
        """Return the address of the cell that a helper of this row repeats; None where there is none."""
        assert helper.ref is not None  # noqa: S101 - of those that repeat
        return self._cell(helper.ref, helper.year)

    def _helper(self, table: str, column: str, year: Period | None) -> str | None:
        """Return the address of the cell of this row that repeats one of another table."""
        helpers = self.layout.placements[self.table.key].helpers
        line = helpers.get(Helper(nodes.Ref(table, column), year).name)
        return None if self.direct or self.row is None or line is None else self._here(line)

    def _here(self, line: int) -> str:
        """Return the address of the cell of this row in a sheet column of the own table."""
        assert self.row is not None  # noqa: S101 - the total row has no helpers
        return self._at(self.table.key, self.layout.placements[self.table.key].rows[self.row], line)

    def _named(self, table: Table, column: str, year: Period | None, cells: str, *, top: bool = False) -> str:
        """Return the name of cells of another sheet."""
        sheet = self.layout.placements[table.key].sheet
        return self.names.column(table.key, column, year, sheet=sheet, cells=cells, from_top=top)

    def _table(self, ref: nodes.Ref) -> Table:
        """Return the table of a column."""
        if ref.table != ORIGIN:
            return self.layout.template.tables[ref.table or self.table.key]
        assert self.row is not None  # noqa: S101 - the total row has no origin; kinds has checked it
        return self.layout.template.tables[self._origin(self.row[0])]

    def _at(self, table: str, line: int, column: int) -> str:
        """Return the address of a cell in this row as a table has it."""
        if self.any_row:
            return f"{column_letters(column)}{LINE}{table}{LINE}"
        return a1(line, column)

    def _origin(self, part: str) -> str:
        """Return the table in ``rows_from`` that the rows of ``part`` come from."""
        tables = self.layout.template.tables
        return next(key for key in self.table.declared.rows_from if part in tables[key].parts)

    def _year_of(self, table: Table, ref: nodes.Ref) -> int | None:
        if not table.columns[ref.column].per_year:
            return None
        return self.layout.setup.year if self.year is None else self.year

    def _range(self, ref: nodes.Ref, *, from_top: bool) -> str | None:
        table = self.layout.template.tables[ref.table or self.table.key]
        placement = self.layout.placements.get(table.key)
        if placement is None:
            return None
        cell, year = table.columns[ref.column].cell, self._year_of(table, ref)
        line = placement.lines.get((cell, year))
        if line is None:
            return None
        first, last = min(placement.rows.values()), max(placement.rows.values())
        if table.is_form:
            address = absolute(line, first)
            cells = f"{absolute(0, first)}:{address}" if from_top else address
        else:
            cells = f"{absolute(0 if from_top else first, line)}:{absolute(last, line)}"
        return cells if table.key == self.table.key else self._named(table, cell, year, cells, top=from_top)
