"""Results to a workbook that is ready to print: Ikhtisar, every table in the report's form, Temuan."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lkjip_xl.base.errors import WorkbookError
from lkjip_xl.base.findings import Finding
from lkjip_xl.compute.results import SheetValues
from lkjip_xl.compute.results import cells as cells_of
from lkjip_xl.form import layout
from lkjip_xl.form.identity import OUTPUT_PROPERTY
from lkjip_xl.form.layout import ColumnKey, RowKey
from lkjip_xl.form.submission import Value
from lkjip_xl.pipeline import Checked, validate
from lkjip_xl.report.sentences import sentences
from lkjip_xl.template.declared_set import SummaryBlock
from lkjip_xl.template.model import FINDINGS_SHEET, FINDINGS_TITLE, Column, Setup, Table, Template
from lkjip_xl.words import wording
from lkjip_xl.write import book
from lkjip_xl.write.book import Book, Sheet, Style
from lkjip_xl.write.findings_sheet import EMPTY, write_findings
from lkjip_xl.write.table_sheet import FORM_WIDTH, number_format
from lkjip_xl.xlsx.archive import Limits
from lkjip_xl.xlsx.guard import LIMITS

SUMMARY_SHEET = "Ikhtisar"
_FIRST = 0  # first column of a printed table
_SECTION: Style = {**book.FONT, "bold": True, "font_size": 12, "bottom": 1, "font_color": book.HEADER_COLOR}
_GROUP: Style = {**book.CELL, "bold": True, "italic": True, "bg_color": "#EEF3F5"}
_PART: Style = {**book.CELL, "bold": True, "bg_color": "#DDE5E9"}


def summary(path: Path, template: Template, limits: Limits = LIMITS) -> tuple[Checked, bytes]:
    """Return a workbook's findings and its summary workbook; raise ``WorkbookError`` where it cannot be read."""
    (checked,), results = validate([path], template, limits)
    if checked.workbook is None:
        raise WorkbookError(f"{path}: {checked.findings[0].message}")
    setup = checked.workbook.submission.setup
    return checked, summarize(template, setup, cells_of(results, 0), checked.findings)


def summarize(
    template: Template,
    setup: Setup,
    values: Mapping[str, SheetValues],
    findings: Sequence[Finding],
) -> bytes:
    """Return the summary workbook of one submission; ``values`` are all its filled cells (see ``compute.results.cells``)."""
    report = _Report(template, setup, values)
    out = Book(f"Ringkasan {template.declared.title} {setup.year}")
    out.property(OUTPUT_PROPERTY, template.declared.version)
    _write_summary(out.sheet(SUMMARY_SHEET), report)
    shown = {block.form for block in template.declared.summary}
    for table in template.active(setup.modules):
        if table.key not in shown:
            _write_table(out.sheet(table.declared.sheet), table, report)
    owner = f"{report.identity(template.declared.identity.name)} · Tahun {setup.year}"
    write_findings(out.sheet(FINDINGS_SHEET), FINDINGS_TITLE, owner, findings)
    return out.finish()


@dataclass(frozen=True)
class _Report:
    template: Template
    setup: Setup
    values: Mapping[str, SheetValues]

    def identity(self, path: str) -> str:
        table, column = self.template.column(path)
        return wording.shown(self.values[table.key].get((table.key, 1), {}).get((column.key, None)))

    def filled(self, text: str) -> str:
        """Return a title or source with the OPD's names and the years."""
        identity = self.template.declared.identity
        text = layout.fill_years(text, self.setup)
        text = text.replace("{nama}", self.identity(identity.name))
        return " ".join(text.replace("{kabupaten}", self.identity(identity.regency)).split())


# -- Ikhtisar -----------------------------------------------------------------------------------------------------


def _write_summary(sheet: Sheet, report: _Report) -> None:
    identity = report.template.declared.identity
    sheet.raw.hide_gridlines(2)
    for column, width in enumerate((44, 26, 60)):
        sheet.raw.set_column(column, column, width)
    sheet.value(0, 0, f"{report.template.declared.title} Tahun {report.setup.year}", book.TITLE)
    owner = ", ".join(filter(None, (report.identity(identity.name), report.identity(identity.regency))))
    sheet.value(1, 0, owner, book.SUBTITLE)
    row = 3
    for block in report.template.declared.summary:
        sheet.merged(row, 0, row, 2, block.title, _SECTION)
        row += 1
        if block.form is not None:
            row = _summary_form(sheet, row, report.template.tables[block.form], report)
        elif block.table is not None:
            row = _summary_table(sheet, row, block, report)
        for text in sentences(report.template, report.setup, report.values, block.sentences):
            sheet.merged(row, 0, row, 2, text, book.TEXT)
            sheet.raw.set_row(row, book.row_height(book.lines_of(text, 130)))
            row += 1
        row += 1
    sheet.page(landscape=False)


def _summary_form(sheet: Sheet, row: int, table: Table, report: _Report) -> int:
    """Write the computed fields of a form: label, figure, and amounts also in words."""
    cells = report.values[table.key].get((table.key, 1), {})
    for column in table.columns.values():
        if not column.computed:
            continue
        value = cells.get((column.key, None))
        label = column.declared.label + (" (%)" if column.declared.unit == "%" else "")
        sheet.value(row, 0, label, book.PLAIN)
        sheet.value(row, 1, value, {**book.PLAIN, **number_format(column), "bold": True})
        in_words = None
        if column.declared.unit == "Rp" and isinstance(value, float):
            in_words = wording.spelled(value) + " rupiah"
            sheet.raw.set_row(row, book.row_height(book.lines_of(in_words, 60)))
        sheet.value(row, 2, in_words, {**book.PLAIN, "italic": True})
        row += 1
    return row


def _summary_table(sheet: Sheet, row: int, block: SummaryBlock, report: _Report) -> int:
    table = report.template.tables[str(block.table)]
    columns = [table.columns[key] for key in block.columns][:3]
    # The widest column of the sheet takes the first, longest one.
    places = [0, 1, 2][: len(columns)]
    for place, column in zip(places, columns, strict=True):
        sheet.value(row, place, column.declared.label, book.HEADER)
    for key, cells in report.values[table.key].items():
        if key is None or (block.filled and (block.filled, None) not in cells):
            continue
        row += 1
        lines = 1
        for place, column in zip(places, columns, strict=True):
            value = cells.get((column.key, None))
            sheet.value(row, place, value, {**book.PLAIN, **number_format(column)})
            if isinstance(value, str):
                lines = max(lines, book.lines_of(value, (44, 26, 60)[place]))
        sheet.raw.set_row(row, book.row_height(lines))
    return row + 1


# -- tables -------------------------------------------------------------------------------------------------------


def _write_table(sheet: Sheet, table: Table, report: _Report) -> None:
    sheet.raw.hide_gridlines(2)
    sheet.value(0, 0, table.declared.number or None, book.TITLE)
    sheet.value(1, 0, report.filled(table.declared.title), {**book.TITLE, "font_size": 12})
    if table.is_form:
        _write_form(sheet, table, report)
        sheet.page(landscape=False)
        return
    printer = _Printer(sheet, table, report)
    printer.write()
    sheet.page(repeat=(3, 5))
    sheet.raw.freeze_panes(6, 0)


def _write_form(sheet: Sheet, table: Table, report: _Report) -> None:
    sheet.raw.set_column(0, 0, 44)
    sheet.raw.set_column(1, 1, FORM_WIDTH)
    cells = report.values[table.key].get((table.key, 1), {})
    for row, column in enumerate(table.columns.values(), start=3):
        value = cells.get((column.key, None))
        if column.declared.type == "fixed":
            value = layout.fill_years(column.declared.value or "", report.setup)
        elif column.declared.type == "date" and isinstance(value, str):
            value = wording.date(value)
        sheet.value(row, 0, column.declared.label, book.PLAIN)
        sheet.value(row, 1, value, {**book.PLAIN, **number_format(column), "align": "left"})
        if isinstance(value, str):
            sheet.raw.set_row(row, book.row_height(book.lines_of(value, FORM_WIDTH)))


class _Printer:
    """Prints one table: headings, rows with their group headings, total, source."""

    def __init__(self, sheet: Sheet, table: Table, report: _Report) -> None:
        self.sheet = sheet
        self.table = table
        self.report = report
        self.columns: list[tuple[Column, int | None]] = [
            (column, year)
            for key, year in layout.column_keys(table, report.setup)
            if _printed(column := table.columns[key])
        ]
        self.groups = [column for column in table.columns.values() if column.declared.group_heading]
        self.last = len(self.columns) - 1

    def write(self) -> None:
        self._headings()
        row = 6
        body = [(key, cells) for key, cells in self.report.values[self.table.key].items() if key]
        values = [self._values(key, cells) for key, cells in body]
        above: list[object] = [None] * (1 + len(self.groups))
        placed: list[int] = []
        breaks: set[int] = set()
        for (key, cells), shown in zip(body, values, strict=True):
            for text, style in self._group_headings(key, cells, above):
                self.sheet.merged(row, 0, row, self.last, text, style)
                self.sheet.raw.set_row(row, book.row_height(book.lines_of(text, self._width())))
                breaks.add(len(placed))
                row += 1
            self._row(row, cells, shown)
            placed.append(row)
            row += 1
        if placed:
            self._merge(placed, values, breaks)
        if not body:
            self.sheet.merged(row, 0, row, self.last, "Tidak ada isian", EMPTY)
            row += 1
        if self.table.has_total and body:
            self._total(row)
            row += 1
        if self.table.declared.source:
            self.sheet.value(row, 0, self.report.filled(self.table.declared.source), book.NOTE)

    def _merge(
        self, placed: Sequence[int], values: Sequence[Sequence[Value | None]], breaks: set[int]
    ) -> None:
        """Merge equal cells of neighbouring rows in the columns that ask for it, and fit the heights of rows.

        From left to right: where one column's run ends, the runs of those to its right end too.
        """
        ends = set(breaks)
        lines = [1] * len(placed)
        for place, (column, _) in enumerate(self.columns):
            texts = [row[place] for row in values]
            if column.declared.merge:
                ends |= {n for n in range(1, len(placed)) if texts[n] is None or texts[n] != texts[n - 1]}
            starts = sorted({0, *ends}) if column.declared.merge else list(range(len(placed)))
            for first, after in zip(starts, [*starts[1:], len(placed)], strict=True):
                text = texts[first]
                if after - first > 1 and text is not None:
                    style = {**book.PLAIN, **number_format(column)}
                    self.sheet.merged(placed[first], place, placed[after - 1], place, text, style)
                if isinstance(text, str):
                    each = math.ceil(book.lines_of(text, column.declared.width) / (after - first))
                    for n in range(first, after):
                        lines[n] = max(lines[n], each)
        for row, most in zip(placed, lines, strict=True):
            self.sheet.raw.set_row(row, book.row_height(most))

    def _width(self) -> int:
        return sum(column.declared.width for column, _ in self.columns)

    def _headings(self) -> None:
        by_column = self.table.declared.year_blocks == "by_column"
        lines = 1
        blocks: dict[str, list[int]] = {}
        for place, (column, year) in enumerate(self.columns):
            self.sheet.raw.set_column(place, place, column.declared.width)
            label = layout.column_label(column, year, self.report.setup)
            if year is None or not by_column:
                self.sheet.merged(3, place, 4, place, label, book.HEADER)
                lines = max(lines, book.lines_of(label, column.declared.width))
            else:
                self.sheet.value(4, place, year, book.HEADER)
                blocks.setdefault(column.key, []).append(place)
            self.sheet.value(5, place, place + 1, book.NUMBERS)
        for key, places in blocks.items():
            label = self.table.columns[key].declared.label
            self.sheet.merged(3, places[0], 3, places[-1], label, book.HEADER)
        self.sheet.raw.set_row(4, 15.0 * max(1, lines - 1) + 3)

    def _group_headings(
        self, key: RowKey, cells: Mapping[ColumnKey, Value], above: list[object]
    ) -> Iterator[tuple[str, Style]]:
        """Yield the headings that begin with this row; ``above`` remembers those of the row before."""
        if len(self.table.parts) > 1 and above[0] != key[0]:
            above[:] = [key[0], *([None] * len(self.groups))]
            yield self.report.template.tables[key[0]].declared.part_title or key[0], _PART
        for place, column in enumerate(self.groups, start=1):
            text = cells.get((column.key, None))
            if text is not None and above[place] != text:
                above[place] = text
                yield f"{column.declared.label}: {text}", _GROUP

    def _row(self, row: int, cells: Mapping[ColumnKey, Value], values: Sequence[Value | None]) -> None:
        emphasis = self.table.declared.emphasis
        bold = emphasis is not None and cells.get((emphasis[0], None)) == emphasis[1]
        for place, (column, _) in enumerate(self.columns):
            strong = {"bold": True} if bold and not column.declared.merge else {}
            self.sheet.value(row, place, values[place], {**book.PLAIN, **number_format(column), **strong})

    def _values(self, key: RowKey, cells: Mapping[ColumnKey, Value]) -> list[Value | None]:
        return [self._value(column, year, key, cells) for column, year in self.columns]

    def _value(
        self, column: Column, year: int | None, key: RowKey, cells: Mapping[ColumnKey, Value]
    ) -> Value | None:
        if column.declared.type == "ordinal":
            return float(key[1])
        value = cells.get((column.key, year))
        if value is None and column.declared.fallback is not None:
            value = cells.get((column.declared.fallback, None))
        return value

    def _total(self, row: int) -> None:
        totals = self.report.values[self.table.key].get(None, {})
        label_at = next(
            (
                place
                for place, (column, _) in enumerate(self.columns)
                if column.total is None and column.declared.type != "ordinal"
            ),
            None,
        )
        label = self.table.declared.total_label
        for place, (column, year) in enumerate(self.columns):
            value = totals.get((column.key, year)) if column.total is not None else None
            style = {**book.TOTAL, **number_format(column)}
            if place == label_at:
                value, style = label, {**book.TOTAL, "text_wrap": True}
                lines = book.lines_of(label, column.declared.width)
                self.sheet.raw.set_row(row, book.row_height(lines))
            self.sheet.value(row, place, value, style)


def _printed(column: Column) -> bool:
    declared = column.declared
    return declared.print and not declared.hidden and not declared.group_heading
