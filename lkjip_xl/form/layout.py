"""Where things stand on the sheets of one workbook.

A sheet of a table, from the top: title with OPD, room for the reason why the table does not apply, help, the hidden row of machine keys, two rows of headings, a row
of column numbers, the data rows, the closing row (total). Column A is hidden and marks rows: ``pegawai:3`` is the third
row of table pegawai, ``iku:2`` in a table that follows others is the row of the second IKU; ``lkjip:pegawai`` marks the
key row, ``lkjip:awal`` the row above the first data row and ``lkjip:akhir`` the closing row. A form has its keys in column A and its values in column C.

Rows and columns are counted from 0, as xlsxwriter does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from lkjip_xl.base.a1 import a1
from lkjip_xl.base.findings import Severity
from lkjip_xl.base.keys import ColumnKey, Explained, Period, RowKey
from lkjip_xl.template.filling import in_filling_order
from lkjip_xl.template.helpers import helpers
from lkjip_xl.template.model import Column, Setup, Table, Template
from lkjip_xl.template.rule import Rule
from lkjip_xl.xlsx.cells import Cells

MARK = "lkjip:"  # before the table key in the key row
START = MARK + "awal"
END = MARK + "akhir"
STATUS = MARK + "pemeriksaan"  # in the key row: the column that shows the first message of a row
EXPLANATION = MARK + "penjelasan"  # in the key row: the column where staff explain
TALLY = MARK + "hitung"  # in the key row: a column that counts findings for Periksa
REASON = MARK + "tidak-berlaku"  # in the column of marks: the row of the reason why the table does not apply
REASON_LABEL = "Tabel ini tidak berlaku? Tulis alasannya:"  # beside the cell for it
CHECKS_WAY = "↑ Periksa"  # in the same row: the link to the sheet of checks, which is no reason
STRAYS_TITLE = "Isian di luar tabel:"  # above what a returned workbook lists below a table
VALUE_KEY = "nilai"  # key of a form's value column
TITLE_ROW, REASON_ROW, HELP_ROW, KEY_ROW = 0, 1, 2, 3
GROUP_ROW, LABEL_ROW, NUMBER_ROW, DATA_ROW = 4, 5, 6, 7
FORM_ROW = 4  # first field of a form
MARK_COLUMN, FIRST_COLUMN = 0, 1
LISTS_ROW = 1  # first row of the hidden sheet of lists, whose first columns hold the grades
FORM_LABEL_COLUMN, FORM_VALUE_COLUMN, FORM_HELP_COLUMN, FORM_STATUS_COLUMN = 1, 2, 3, 4


class Check(NamedTuple):
    """A rule as it is checked beside a table."""

    rule: Rule
    year: Period | None
    """Of the cell that it blames."""
    column: int
    """The hidden sheet column where it is checked."""


@dataclass(frozen=True)
class Placement:
    """Where one table stands: as laid out, or as found in a returned workbook.

    ``lines`` gives the sheet column of each (column, year), ``rows`` the sheet row of each data row.
    """

    table: str
    sheet: str
    lines: Mapping[ColumnKey, int]
    rows: Mapping[RowKey, int]
    total_row: int | None = None
    checks: tuple[Check, ...] = ()
    """Of a laid out table only."""
    status_column: int | None = None
    """The column that shows the first message of a row."""
    explanation_column: int | None = None
    """The column where staff explain what a peringatan or catatan of the row says."""
    helpers: Mapping[str, int] = field(default_factory=dict)
    """The sheet column of each helper by its name (see ``template.helpers``), own columns that are as good among them."""
    reason: tuple[int, int] | None = None
    """The cell where staff say why the table does not apply; None where it always does."""

    @property
    def tallies(self) -> tuple[int, int]:
        """The columns that count the findings down to each row: those that block, and the others."""
        last = max(check.column for check in self.checks)
        return last + 1, last + 2

    def position(self, column: ColumnKey, row: RowKey | None) -> tuple[int, int] | None:
        """Return sheet row and column of a cell; ``row`` None means the total row."""
        line = self.lines.get(column)
        across = self.total_row if row is None else self.rows.get(row)
        if line is None or across is None:
            return None
        return across, line

    def positions(self, column: ColumnKey) -> list[tuple[int, int]]:
        """Return sheet row and column of a column's cells, in the order of the rows."""
        line = self.lines[column]
        return [(row, line) for row in self.rows.values()]

    def filled(self, cells: Cells) -> Iterator[tuple[RowKey, ColumnKey, Any]]:
        """Yield what stands in the filled cells of the data rows, of all that a sheet holds."""
        by_line = {line: key for key, line in self.lines.items()}
        for row, across in self.rows.items():
            for line, value in cells.get(across, {}).items():
                if line in by_line:
                    yield row, by_line[line], value

    def checked_lines(self, rule: Rule) -> list[tuple[RowKey | None, int]]:
        """Return the rows that a rule is checked in, with their sheet rows."""
        if rule.scope == "total":
            return [] if self.total_row is None else [(None, self.total_row)]
        return list(self.rows.items())

    def explained_at(self, row: RowKey | None, blame: str) -> Explained:
        """Return under which key the explanation for a blamed cell is kept."""
        del blame  # what is explained is the row
        return (self.table, row, "")

    def cell(self, column: ColumnKey, row: RowKey | None) -> str:
        """Return the A1 address of a cell, or an empty string where it has none."""
        position = self.position(column, row)
        return "" if position is None else a1(*position)


@dataclass(frozen=True)
class FormPlacement(Placement):
    """Where a form stands: ``lines`` gives the sheet row of each field, ``rows`` the sheet column of its one record."""

    def position(self, column: ColumnKey, row: RowKey | None) -> tuple[int, int] | None:
        """Return sheet row and column of a field's cell."""
        turned = super().position(column, row)
        return None if turned is None else (turned[1], turned[0])

    def positions(self, column: ColumnKey) -> list[tuple[int, int]]:
        """Return sheet row and column of a field's one cell."""
        return [(line, across) for across, line in super().positions(column)]

    def filled(self, cells: Cells) -> Iterator[tuple[RowKey, ColumnKey, Any]]:
        """Yield what stands in the filled fields."""
        for key, line in self.lines.items():
            for row, across in self.rows.items():
                if across in cells.get(line, {}):
                    yield row, key, cells[line][across]

    def checked_lines(self, rule: Rule) -> list[tuple[RowKey | None, int]]:
        """Return the record with the sheet row of the field that a rule blames."""
        line = self.lines.get((rule.blame, None))
        return [] if line is None else [((self.table, 1), line)]

    def explained_at(self, row: RowKey | None, blame: str) -> Explained:
        """Return under which key the explanation for a field is kept."""
        return (self.table, row, blame)


@dataclass(frozen=True)
class Layout:
    """The placements of all tables of one workbook."""

    template: Template
    setup: Setup
    placements: Mapping[str, Placement]

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of this workbook, in sheet order."""
        return tuple(self.template.tables[key] for key in self.placements)


def lay_out(template: Template, setup: Setup) -> Layout:
    """Return where every table of a report stands."""
    tables = in_filling_order(template, setup.modules)
    placements = {table.key: _place(template, table, setup) for table in tables}
    return Layout(template, setup, placements)


def form_area(template: Template, setup: Setup) -> int:
    """Return how many cells the tables of a report take in all, with the checks beside them."""
    area = 0
    for table in template.active(setup.modules):
        rows = sum(_size(template, part, setup) for part in table.parts)
        area += rows * (len(column_keys(table, setup)) + len(_checks(table, setup, 0)))
    return area


def row_keys(template: Template, table: Table, setup: Setup) -> list[RowKey]:
    """Return the data rows of a table, in order."""
    return [(part, row) for part in table.parts for row in range(1, _size(template, part, setup) + 1)]


def column_keys(table: Table, setup: Setup, *, printed: bool = False) -> list[ColumnKey]:
    """Return columns with their years in the order of the sheet; those of grades stand in the cells of others.

    ``printed``: in the order of the report.
    """
    first = [] if printed else [table.columns[key] for key in table.declared.input_order]
    columns = [
        column
        for column in (*first, *(each for each in table.columns.values() if each not in first))
        if column.cell == column.key
        if column.declared.module is None or column.declared.module in setup.modules
    ]
    if table.declared.year_blocks == "by_column":
        return [(c.key, year) for c in columns for year in table.column_years(c, setup)]
    ordered: list[ColumnKey] = [(c.key, None) for c in columns if not c.per_year]
    for year in table.years(setup):
        ordered += [
            (column.key, year)
            for column in columns
            if column.per_year and year in table.column_years(column, setup)
        ]
    return ordered


def column_label(column: Column, year: Period | None, setup: Setup) -> str:
    """Return a column's heading with its years filled in."""
    return _filled(column.declared.label, year or setup.year, setup)


def fixed_text(table: Table, column: Column, row: RowKey, setup: Setup) -> str | None:
    """Return what a column of fixed texts holds in a row; None where there can be no such row."""
    if table.is_form:
        return fill_years(column.declared.value or "", setup)
    number = row[1] - 1
    return table.declared.fixed_rows[number][column.key] if number < len(table.declared.fixed_rows) else None


def title_without_names(table: Table, setup: Setup) -> str:
    """Return the title of a table with its years, and without the names that stand in Identitas."""
    title = fill_years(table.declared.title, setup)
    for name in ("{nama}", "{kabupaten}"):
        title = title.replace(name, "").strip()
    return title


def fill_years(text: str, setup: Setup) -> str:
    """Return a title or fixed text with the report's years filled in."""
    return _filled(text, setup.year, setup)


def _filled(text: str, year: int, setup: Setup) -> str:
    first, last = setup.period
    known = {
        "{tahun}": str(year),
        "{tahun_lalu}": str(year - 1),
        "{tahun_akhir}": str(last),
        "{periode}": f"{first}-{last}",
    }
    for name, value in known.items():
        text = text.replace(name, value)
    return text


def _size(template: Template, part: str, setup: Setup) -> int:
    table = template.tables[part]
    if table.is_form:
        return 1
    return len(table.declared.fixed_rows) or setup.rows.get(part, table.declared.rows)


def _checks(table: Table, setup: Setup, first: int) -> tuple[Check, ...]:
    """Return rules, years and columns of a table's checks, in the order of its findings (see ``check.findings_of``).

    Each has a column of its own: the gravest first, those of the table as a whole before the others, which follow the
    columns that they blame.
    """
    ranks, places = list(Severity), {key: n for n, key in enumerate(column_keys(table, setup))}
    found: list[tuple[Rule, int | None]] = []
    for rule in table.rules:
        if rule.module is not None and rule.module not in setup.modules:
            continue
        column = table.columns[rule.blame]
        if rule.of_table:
            found += [(rule, year) for year in table.first_asked(rule, setup)]
            continue
        years = table.column_years(column, setup)
        found += [(rule, year) for year in years if rule.applies(column, year, setup.year)]

    def order(check: tuple[Rule, int | None]) -> tuple[int, bool, int]:
        rule, year = check
        return ranks.index(rule.severity), not rule.of_table, places.get((rule.blame, year), -1)

    return tuple(Check(rule, year, first + n) for n, (rule, year) in enumerate(sorted(found, key=order)))


def _place(template: Template, table: Table, setup: Setup) -> Placement:
    columns = column_keys(table, setup)
    status = FORM_STATUS_COLUMN if table.is_form else FIRST_COLUMN + len(columns)
    explanation = status + 1 if table.explained else None
    keys = row_keys(template, table, setup)
    kind, first_line, first_row = (
        (FormPlacement, FORM_ROW, FORM_VALUE_COLUMN) if table.is_form else (Placement, FIRST_COLUMN, DATA_ROW)
    )
    lines = {key: line for line, key in enumerate(columns, start=first_line)}
    first = (explanation or status) + 1
    added, own = helpers(template, table, setup)
    known = {name: lines[key] for name, key in own.items()}
    known |= {helper.name: line for line, helper in enumerate(added, start=first)}
    return kind(
        table.key,
        table.declared.sheet,
        lines=lines,
        rows={key: row for row, key in enumerate(keys, start=first_row)},
        total_row=None if table.is_form else DATA_ROW + len(keys),
        checks=_checks(table, setup, first + len(added)),
        status_column=status,
        explanation_column=explanation,
        helpers=known,
        reason=_reason(table, columns) if table.declared.not_applicable else None,
    )


def _reason(table: Table, columns: Sequence[ColumnKey]) -> tuple[int, int]:
    """Return the cell for the reason why a table does not apply: where its label, which begins at the left, has room."""
    if table.is_form:
        return REASON_ROW, FORM_VALUE_COLUMN
    room = 0
    for line, (key, _) in enumerate(columns, start=FIRST_COLUMN):
        declared = table.columns[key].declared
        if room >= len(REASON_LABEL) and not declared.hidden:
            return REASON_ROW, line
        room += 0 if declared.hidden else declared.width
    return REASON_ROW, FIRST_COLUMN + len(columns)
