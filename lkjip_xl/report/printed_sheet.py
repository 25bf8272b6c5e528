"""A printed table or form to a sheet that is ready to print; parts of a wide table stand side by side, a page each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from lkjip_xl.report.printed import HEADING_ROWS, NO_ROWS, GroupHeading, PrintedForm, PrintedTable, Row
from lkjip_xl.report.printed_parts import Part, table_parts
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet, lines_of
from lkjip_xl.write.head import FORM_WIDTHS
from lkjip_xl.write.printing import page, page_parts

_NUMBER, _TITLE, _HEADINGS, _FIRST_ROW = 0, 1, 3, 6  # rows; the numbers of the columns stand above the first
_GAP = 2  # characters between two parts, on the page of the first
_TITLE_STYLE = {**styles.TITLE, "font_size": 12, "text_wrap": True, "valign": "top"}
_TITLE_LINE, _LARGER = 16.0, 1.25  # points; times as wide as ordinary ones are the letters of a title
_NOTE_STYLE = {**styles.NOTE, "text_wrap": True}


def write_printed_form(sheet: Sheet, form: PrintedForm) -> None:
    """Write a form: its fields with their values, one a row."""
    widths = list(FORM_WIDTHS.values())
    sheet.raw.hide_gridlines(2)
    for column, width in enumerate(widths):
        sheet.raw.set_column(column, column, width)
    _write_title(sheet, 0, form.number, form.title, widths)
    row = _HEADINGS
    for field in form.fields:
        sheet.value(row, 0, field.label, {**styles.PLAIN, **styles.MARGIN})
        style = {**styles.PLAIN, **styles.printed_format(field.declared, field.value), **styles.MARGIN}
        sheet.value(row, 1, field.value, style)
        sheet.fit(row, [(field.value, widths[1])])
        row += 1
    _write_source(sheet, row, 0, form.source, widths)
    page(sheet, widths, upright=True)


def write_printed_table(sheet: Sheet, table: PrintedTable) -> None:
    """Write a table, with captions, headings and source in each of its parts."""
    sheet.raw.hide_gridlines(2)
    parts = table_parts(table, sheet.book.paper)
    first = [0, *accumulate(len(part.widths) + 1 for part in parts)]
    lines = [1] * len(table.rows)
    for left, part in zip(first, parts, strict=False):
        _write_title(sheet, left, part.table.number, part.table.title, part.widths)
        _write_headings(sheet, left, part)
        _write_rows(sheet, left, part, lines)
        _write_end(sheet, left, part)
    for number, most in enumerate(lines):
        sheet.fit_lines(_FIRST_ROW + number, most)
    sheet.fit_heading(_FIRST_ROW - 2, max(map(_heading_lines, parts)))
    sheet.raw.freeze_panes(_FIRST_ROW, 0)
    repeat = (_HEADINGS, _FIRST_ROW - 1)
    if len(parts) == 1:
        page(sheet, parts[0].widths, repeat=repeat)
        return
    for gap in first[1:-1]:
        sheet.raw.set_column(gap - 1, gap - 1, _GAP)
    page_parts(sheet, [(*part.widths, _GAP) for part in parts], first[1:-1], repeat=repeat)


def _write_title(sheet: Sheet, left: int, number: str, title: str, widths: Sequence[float]) -> None:
    last = left + len(widths) - 1
    sheet.value(_NUMBER, left, number or None, styles.TITLE)
    sheet.merged(_TITLE, left, _TITLE, last, title, _TITLE_STYLE)
    sheet.fit_lines(_TITLE, lines_of(title, sum(widths) / _LARGER), _TITLE_LINE)


def _write_source(sheet: Sheet, row: int, left: int, source: str, widths: Sequence[float]) -> None:
    if source:
        sheet.merged(row, left, row, left + len(widths) - 1, source, _NOTE_STYLE)
        sheet.fit(row, [(source, sum(widths))])


def _write_headings(sheet: Sheet, left: int, part: Part) -> None:
    for place, (width, number) in enumerate(zip(part.widths, part.numbers, strict=True), start=left):
        sheet.raw.set_column(place, place, width)
        sheet.value(_FIRST_ROW - 1, place, number, styles.NUMBERS)
    for each in part.table.headings:
        row, first = _HEADINGS + each.row, left + each.column
        last = (row + each.rows - 1, first + each.columns - 1)
        sheet.merged(row, first, *last, each.text, styles.HEADER)


def _heading_lines(part: Part) -> int:
    """Return how many lines the highest heading of a single column takes."""
    single = [each for each in part.table.headings if each.rows == HEADING_ROWS]
    return max((lines_of(str(each.text), part.widths[each.column], bold=True) for each in single), default=1)


def _write_rows(sheet: Sheet, left: int, part: Part, lines: list[int]) -> None:
    """Write the rows, merge their cells column by column, and raise ``lines`` to how many each row takes."""
    table, last = part.table, left + len(part.widths) - 1
    for number, line in enumerate(table.rows):
        row = _FIRST_ROW + number
        if isinstance(line, GroupHeading):
            sheet.merged(row, left, row, last, line.text, styles.GROUP if line.level else styles.PART)
            lines[number] = max(lines[number], lines_of(line.text, sum(part.widths), bold=True))
            continue
        for place, cell in enumerate(line.cells):
            sheet.value(row, left + place, cell.value, _look(table, place, cell.value, strong=cell.strong))
    body = [(number, line.cells) for number, line in enumerate(table.rows) if isinstance(line, Row)]
    for place, width in enumerate(part.widths):
        for number, cells in body:
            value, end = cells[place].value, number + cells[place].rows
            if end > number + 1 and value is not None:
                above = (_FIRST_ROW + number, left + place)
                look = _look(table, place, value)
                sheet.merged(*above, _FIRST_ROW + end - 1, left + place, value, look)
            if isinstance(value, str) and end > number:
                each = math.ceil(lines_of(value, width) / (end - number))
                lines[number:end] = [max(before, each) for before in lines[number:end]]


def _look(table: PrintedTable, place: int, value: object, *, strong: bool = False) -> styles.Style:
    look = {**styles.PLAIN, **styles.printed_format(table.columns[place].declared, value)}
    return styles.wrapped({**look, "bold": True} if strong else look, value)


def _write_end(sheet: Sheet, left: int, part: Part) -> None:
    """Write what follows the rows: that there are none, the total, the source."""
    table, row = part.table, _FIRST_ROW + len(part.table.rows)
    if not table.rows:
        sheet.merged(row, left, row, left + len(part.widths) - 1, NO_ROWS, styles.EMPTY)
        row += 1
    if table.total is not None:
        for place, (column, value) in enumerate(zip(table.columns, table.total.values, strict=True)):
            style = {**styles.TOTAL, **styles.printed_format(column.declared, value)}
            if place == table.total.label_at:
                style = {**styles.TOTAL, **styles.MARGIN, "text_wrap": True}
                sheet.fit(row, [(value, part.widths[place])])
            sheet.value(row, left + place, value, style)
        row += 1
    _write_source(sheet, row, left, table.source, part.widths)
