"""Printed tables as data: what stands in each, and where. Workbook and document only write it.

Rows and columns are counted from 0.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lkjip_xl.base.keys import ColumnKey, Period, RowKey
from lkjip_xl.compute.results import SheetValues
from lkjip_xl.compute.rules import typed
from lkjip_xl.form import layout
from lkjip_xl.form.submission import Submission, Value
from lkjip_xl.template.declaration import ColumnDeclaration
from lkjip_xl.template.model import Column, Setup, Table, Template
from lkjip_xl.words import wording

NO_ROWS = "Tidak ada isian"  # stands over all columns of a table without rows
HEADING_ROWS = 2  # above the numbers of the columns

_Body = Sequence[tuple[RowKey, Mapping[ColumnKey, Value]]]


@dataclass(frozen=True)
class Report:
    """One report: ``values`` are all its filled cells (see ``compute.results.cells``)."""

    template: Template
    setup: Setup
    values: Mapping[str, SheetValues]

    def form(self, key: str) -> Mapping[ColumnKey, Value]:
        """Return the filled fields of a form."""
        return self.values[key].get((key, 1), {})

    def identity(self, path: str) -> str:
        """Return a text such as that of ``identitas.nama``; empty where it is blank."""
        table, column = self.template.column(path)
        return wording.shown(self.form(table.key).get((column.key, None)))

    def filled(self, text: str) -> str:
        """Return a title or source with the OPD's names and the years."""
        text = layout.fill_years(text, self.setup)
        for place, name in self._names().items():
            text = text.replace(f" {place}", f" {name}".rstrip()).replace(place, name)
        return " ".join(text.split())

    def source(self, text: str) -> str:
        """Return a source with the names and years; nothing where it would have a hole."""
        holes = (place for place, name in self._names().items() if not name)
        return "" if any(place in text for place in holes) else self.filled(text)

    def _names(self) -> dict[str, str]:
        identity = self.template.declared.identity
        return {"{nama}": self.identity(identity.name), "{kabupaten}": self.identity(identity.regency)}


@dataclass(frozen=True, slots=True)
class Heading:
    """A text or a year above some columns; together the headings fill ``HEADING_ROWS`` rows."""

    text: str | int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """How a column is shown: type, decimals, unit and width (in characters) as declared; ``year`` of one per year."""

    declared: ColumnDeclaration
    year: Period | None
    key: bool = False
    """Whether it is repeated in each part, where the table is wider than the paper."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and how many rows it stands in; 0 where the cell above, which has the same value, covers this one."""

    value: Value | None
    rows: int = 1
    strong: bool = False


@dataclass(frozen=True, slots=True)
class GroupHeading:
    """A text over all columns; ``level`` 0 begins a part of the table, from 1 on groups within groups."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Row:
    """One cell for each column."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """The closing row: a value for each column; the label stands in the column ``label_at``."""

    values: tuple[Value | None, ...]
    label_at: int | None


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as the report prints it: number and title make its caption; without a source ``source`` is empty."""

    number: str
    title: str
    columns: tuple[PrintedColumn, ...]
    headings: tuple[Heading, ...]
    rows: tuple[GroupHeading | Row, ...]
    total: Total | None
    source: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form, with its label as it is printed."""

    label: str
    declared: ColumnDeclaration
    value: Value | None


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A form as the report prints it, dates in words."""

    number: str
    title: str
    fields: tuple[Field, ...]
    source: str = ""


def absent_tables(template: Template, submission: Submission) -> dict[Table, str]:
    """Return the tables that do not apply, in which nothing is typed, each with its reason: they are not printed."""
    return {
        table: submission.inapplicable[table.key]
        for table in template.active(submission.setup.modules)
        if table.key in submission.inapplicable and not typed(table, submission)
    }


def printed(table: Table, report: Report) -> PrintedTable:
    """Return a table (no form) as the report prints it."""
    body = [(key, cells) for key, cells in report.values[table.key].items() if key is not None]
    filled = {key for _, cells in body for key, _ in cells}
    keys = layout.column_keys(table, report.setup, printed=True)
    columns = [
        (table.columns[key], year) for key, year in keys if _shown(table.columns[key].declared, filled)
    ]
    groups = _groups(table, report, body)
    lines = [[_value(*column, key, cells) for column in columns] for key, cells in body]
    spans = _spans([column for column, _ in columns], lines, {n for n, above in enumerate(groups) if above})
    rows: list[GroupHeading | Row] = []
    for (_, cells), above, values, span in zip(body, groups, lines, spans, strict=True):
        emphasis = table.declared.emphasis
        strong = emphasis is not None and cells.get((emphasis[0], None)) in emphasis[1:]
        line = zip(columns, values, span, strict=True)
        rows += [*above, Row(tuple(Cell(v, n, strong and not c.declared.merge) for (c, _), v, n in line))]
    return PrintedTable(
        table.declared.number,
        report.filled(table.declared.title),
        tuple(
            PrintedColumn(column.declared, year, column.key in table.declared.print_keys)
            for column, year in columns
        ),
        tuple(_headings(table, columns, report.setup)),
        tuple(rows),
        _total(table, columns, report.values[table.key].get(None, {})) if table.has_total and body else None,
        report.source(table.declared.source),
    )


def printed_form(table: Table, report: Report) -> PrintedForm:
    """Return a form as the report prints it."""
    cells = report.form(table.key)
    fields = []
    for column in table.columns.values():
        value = cells.get((column.key, None))
        if column.declared.type == "fixed":
            value = layout.fill_years(column.declared.value or "", report.setup)
        elif column.declared.type == "date" and isinstance(value, str):
            value = wording.date(value)
        fields.append(Field(layout.column_label(column, None, report.setup), column.declared, value))
    return PrintedForm(
        table.declared.number,
        report.filled(table.declared.title),
        tuple(fields),
        report.source(table.declared.source),
    )


def _shown(declared: ColumnDeclaration, filled: Container[str]) -> bool:
    """Whether a column is printed; ``filled`` are the keys of those that hold anything."""
    if declared.hidden or declared.group_heading:
        return False
    return declared.key in filled if declared.print == "filled" else declared.print


def _headings(
    table: Table, columns: Sequence[tuple[Column, Period | None]], setup: Setup
) -> Iterator[Heading]:
    """Yield the headings of single columns, then those that stand above the years of one."""
    blocks: dict[str, list[int]] = {}
    for place, (column, year) in enumerate(columns):
        if year is not None and table.declared.year_blocks == "by_column":
            blocks.setdefault(column.key, []).append(place)
            yield Heading(year, 1, place)
        else:
            yield Heading(layout.column_label(column, year, setup), 0, place, rows=HEADING_ROWS)
    for key, places in blocks.items():
        yield Heading(table.columns[key].declared.label, 0, places[0], columns=len(places))


def _groups(table: Table, report: Report, body: _Body) -> list[list[GroupHeading]]:
    """Return for each row the headings that begin with it."""
    grouping = [column for column in table.columns.values() if column.declared.group_heading]
    part, above = "", dict[str, Value]()
    found: list[list[GroupHeading]] = []
    for key, cells in body:
        found.append([])
        if len(table.parts) > 1 and part != key[0]:
            part, above = key[0], {}
            found[-1].append(GroupHeading(report.template.tables[part].declared.part_title or part, 0))
        for level, column in enumerate(grouping, start=1):
            text = cells.get((column.key, None))
            if text is not None and above.get(column.key) != text:
                above[column.key] = text
                label = layout.column_label(column, None, report.setup)
                found[-1].append(GroupHeading(f"{label}: {text}", level))
    return found


def _value(
    column: Column, year: Period | None, key: RowKey, cells: Mapping[ColumnKey, Value]
) -> Value | None:
    if column.declared.type == "ordinal":
        return float(key[1])
    value = cells.get((column.key, year))
    if value is None and column.declared.fallback is not None:
        value = cells.get((column.declared.fallback, None))
    return value


def _spans(
    columns: Sequence[Column], lines: Sequence[Sequence[Value | None]], breaks: set[int]
) -> list[list[int]]:
    """Return for each row how many rows its cells stand in: equal neighbours are one where their column asks for it.

    From left to right: where one column's run ends (or at ``breaks``), the runs of those to its right end too.
    """
    spans = [[1] * len(columns) for _ in lines]
    ends = {0, len(lines), *breaks}
    for place, column in enumerate(columns):
        if column.declared.merge:
            texts = [line[place] for line in lines]
            ends |= {n for n in range(1, len(lines)) if texts[n] is None or texts[n] != texts[n - 1]}
            for first, after in pairwise(sorted(ends)):
                spans[first][place] = after - first
                for n in range(first + 1, after):
                    spans[n][place] = 0
    return spans


def _total(
    table: Table, columns: Sequence[tuple[Column, Period | None]], totals: Mapping[ColumnKey, Value]
) -> Total:
    """Return the closing row; its label stands in the first column that has no total and is no number of a row."""
    free = [
        n for n, (each, _) in enumerate(columns) if each.total is None and each.declared.type != "ordinal"
    ]
    label_at = free[0] if free else None
    values = [None if column.total is None else totals.get((column.key, year)) for column, year in columns]
    if label_at is not None:
        values[label_at] = table.declared.total_label
    return Total(tuple(values), label_at)
