"""Results to a workbook that is ready to print: Ikhtisar, every table in the report's form, Temuan."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from lkjip_xl.base.errors import WorkbookError
from lkjip_xl.base.files import File
from lkjip_xl.base.findings import Finding
from lkjip_xl.compute.results import SheetValues
from lkjip_xl.compute.results import cells as cells_of
from lkjip_xl.compute.rules import typed
from lkjip_xl.form import layout
from lkjip_xl.form.identity import OUTPUT_PROPERTY
from lkjip_xl.form.submission import Submission, Value
from lkjip_xl.pipeline import Checked, validate
from lkjip_xl.report.chart_sheet import write_charts
from lkjip_xl.report.charts import charts
from lkjip_xl.report.printed import (
    HEADING_ROWS,
    NO_ROWS,
    GroupHeading,
    PrintedForm,
    PrintedTable,
    Report,
    Row,
    printed,
    printed_form,
)
from lkjip_xl.report.sentences import sentences
from lkjip_xl.template.declared_set import SummaryBlock
from lkjip_xl.template.model import FINDINGS_SHEET, FINDINGS_TITLE, Table, Template
from lkjip_xl.words import wording
from lkjip_xl.write import styles
from lkjip_xl.write.book import Book, Sheet, lines_of
from lkjip_xl.write.findings_sheet import write_findings
from lkjip_xl.write.table_sheet import FORM_WIDTH
from lkjip_xl.xlsx.archive import Limits
from lkjip_xl.xlsx.guard import LIMITS

SUMMARY_SHEET = "Ikhtisar"
_WIDTHS = (44, 26, 60)  # of the columns of Ikhtisar
_ABSENT = "Tabel yang tidak berlaku"
_MORE = 20  # of columns beyond these
_HEADINGS, _FIRST_ROW = 3, 6  # of a printed table; the numbers of its columns stand in between


def summary(file: File, template: Template, limits: Limits = LIMITS) -> tuple[Checked, bytes]:
    """Return a workbook's findings and its summary workbook; raise ``WorkbookError`` where it cannot be read."""
    (checked,), results = validate([file], template, limits)
    if checked.workbook is None:
        raise WorkbookError(checked.findings[0].message, checked.path)
    return checked, summarize(template, checked.workbook.submission, cells_of(results, 0), checked.findings)


def summarize(
    template: Template,
    submission: Submission,
    values: Mapping[str, SheetValues],
    findings: Sequence[Finding],
) -> bytes:
    """Return the summary workbook of one submission; ``values`` are all its filled cells (see ``compute.results.cells``).

    A table that does not apply has no sheet, but a line with its reason in Ikhtisar.
    """
    setup = submission.setup
    report = Report(template, setup, values)
    absent = {
        table: submission.inapplicable[table.key]
        for table in template.active(setup.modules)
        if table.key in submission.inapplicable and not typed(table, submission)
    }
    name = report.identity(template.declared.identity.name)
    out = Book(
        f"Ringkasan {template.declared.title} {setup.year}",
        owner=f"{name} · {setup.year}",
        paper=template.declared.paper,
    )
    out.property(OUTPUT_PROPERTY, template.declared.version)
    _write_summary(out.sheet(SUMMARY_SHEET), report, absent)
    shown = {block.form for block in template.declared.summary}
    for table in template.active(setup.modules):
        if table.key not in shown and table not in absent and not table.is_list:
            _write_table(out.sheet(table.declared.sheet), table, report)
    owner = f"{report.identity(template.declared.identity.name)} · Tahun {setup.year}"
    drawn = [
        chart
        for table in template.active(setup.modules)
        if not table.is_form
        for chart in charts(table, report)
    ]
    write_charts(out, f"Grafik {template.declared.title} {setup.year}", drawn)
    write_findings(out.sheet(FINDINGS_SHEET), FINDINGS_TITLE, owner, findings)
    return out.finish()


# -- Ikhtisar -----------------------------------------------------------------------------------------------------


def _write_summary(sheet: Sheet, report: Report, absent: Mapping[Table, str]) -> None:
    identity = report.template.declared.identity
    sheet.raw.hide_gridlines(2)
    blocks = report.template.declared.summary
    last = max([len(_WIDTHS), *(len(block.columns) for block in blocks)]) - 1
    for column in range(last + 1):
        sheet.raw.set_column(column, column, _width(column))
    sheet.value(0, 0, f"{report.template.declared.title} Tahun {report.setup.year}", styles.TITLE)
    owner = ", ".join(filter(None, (report.identity(identity.name), report.identity(identity.regency))))
    sheet.value(1, 0, owner, styles.SUBTITLE)
    row = 3
    for block in blocks:
        sheet.merged(row, 0, row, last, block.title, styles.SECTION)
        row += 1
        if block.form is not None:
            row = _summary_form(sheet, row, report.template.tables[block.form], report)
        elif block.table is not None:
            row = _summary_table(sheet, row, block, report)
        for text in sentences(report.template, report.setup, report.values, block.sentences):
            sheet.merged(row, 0, row, 2, text, styles.TEXT)
            sheet.fit(row, [(text, 130)])
            row += 1
        row += 1
    if absent:
        sheet.merged(row, 0, row, last, _ABSENT, styles.SECTION)
    for table, reason in absent.items():
        row += 1
        number = f"{table.declared.number} " if table.declared.number else ""
        text = f"{number}{report.filled(table.declared.title)}: {reason}"
        sheet.merged(row, 0, row, 2, text, styles.TEXT)
        sheet.fit(row, [(text, 130)])
    sheet.page(landscape=False)


def _width(column: int) -> int:
    """Return the width of a column of Ikhtisar."""
    return _WIDTHS[column] if column < len(_WIDTHS) else _MORE


def _summary_form(sheet: Sheet, row: int, table: Table, report: Report) -> int:
    """Write the computed fields of a form: label, figure, and amounts also in words."""
    cells = report.form(table.key)
    for column in table.columns.values():
        if not column.computed:
            continue
        value = cells.get((column.key, None))
        label = layout.column_label(column, None, report.setup)
        label += " (%)" if column.declared.unit == "%" else ""
        sheet.value(row, 0, label, styles.PLAIN)
        sheet.value(row, 1, value, {**styles.PLAIN, **styles.number_format(column.declared), "bold": True})
        in_words = None
        if column.declared.unit == "Rp" and isinstance(value, float):
            in_words = wording.spelled(value) + " rupiah"
            sheet.fit(row, [(in_words, 60)])
        sheet.value(row, 2, in_words, {**styles.PLAIN, "italic": True})
        row += 1
    return row


def _summary_table(sheet: Sheet, row: int, block: SummaryBlock, report: Report) -> int:
    table = report.template.tables[str(block.table)]
    columns = [table.columns[key] for key in block.columns]
    for place, column in enumerate(columns):
        sheet.value(row, place, layout.column_label(column, None, report.setup), styles.HEADER)
    for key, cells in report.values[table.key].items():
        if key is None or (block.filled and (block.filled, None) not in cells):
            continue
        row += 1
        texts: list[tuple[Value | None, float]] = []
        for place, column in enumerate(columns):
            value = cells.get((column.key, None))
            sheet.value(row, place, value, {**styles.PLAIN, **styles.number_format(column.declared)})
            texts.append((value, _width(place)))
        sheet.fit(row, texts)
    return row + 1


# -- tables -------------------------------------------------------------------------------------------------------


def _write_table(sheet: Sheet, table: Table, report: Report) -> None:
    content = printed_form(table, report) if table.is_form else printed(table, report)
    sheet.raw.hide_gridlines(2)
    sheet.value(0, 0, content.number or None, styles.TITLE)
    sheet.value(1, 0, content.title, {**styles.TITLE, "font_size": 12})
    if isinstance(content, PrintedForm):
        _write_form(sheet, content)
        sheet.page(landscape=False)
        return
    _write_headings(sheet, content)
    _write_rows(sheet, content)
    _write_end(sheet, content)
    sheet.page(repeat=(_HEADINGS, _FIRST_ROW - 1))
    sheet.raw.freeze_panes(_FIRST_ROW, 0)


def _write_form(sheet: Sheet, form: PrintedForm) -> None:
    sheet.raw.set_column(0, 0, 44)
    sheet.raw.set_column(1, 1, FORM_WIDTH)
    for row, field in enumerate(form.fields, start=3):
        sheet.value(row, 0, field.label, styles.PLAIN)
        sheet.value(
            row, 1, field.value, {**styles.PLAIN, **styles.number_format(field.declared), "align": "left"}
        )
        sheet.fit(row, [(field.value, FORM_WIDTH)])


def _write_headings(sheet: Sheet, table: PrintedTable) -> None:
    widths = [column.declared.width for column in table.columns]
    lines = 1
    for place, width in enumerate(widths):
        sheet.raw.set_column(place, place, width)
        sheet.value(_FIRST_ROW - 1, place, place + 1, styles.NUMBERS)
    for each in table.headings:
        row, last = _HEADINGS + each.row, each.column + each.columns - 1
        sheet.merged(row, each.column, row + each.rows - 1, last, each.text, styles.HEADER)
        if each.rows == HEADING_ROWS:
            lines = max(lines, lines_of(str(each.text), widths[each.column]))
    sheet.fit_heading(_FIRST_ROW - 2, lines)


def _write_rows(sheet: Sheet, table: PrintedTable) -> None:
    """Write the rows, merge their cells column by column, and fit their heights."""
    last = len(table.columns) - 1
    width = sum(column.declared.width for column in table.columns)
    looks = [{**styles.PLAIN, **styles.number_format(column.declared)} for column in table.columns]
    lines = [1] * len(table.rows)
    for number, line in enumerate(table.rows):
        row = _FIRST_ROW + number
        if isinstance(line, GroupHeading):
            sheet.merged(row, 0, row, last, line.text, styles.GROUP if line.level else styles.PART)
            lines[number] = lines_of(line.text, width)
            continue
        for place, cell in enumerate(line.cells):
            style = {**looks[place], "bold": True} if cell.strong else looks[place]
            sheet.value(row, place, cell.value, styles.wrapped(style, cell.value))
    body = [(number, line.cells) for number, line in enumerate(table.rows) if isinstance(line, Row)]
    for place, column in enumerate(table.columns):
        for number, cells in body:
            value, end = cells[place].value, number + cells[place].rows
            if end > number + 1 and value is not None:
                sheet.merged(_FIRST_ROW + number, place, _FIRST_ROW + end - 1, place, value, looks[place])
            if isinstance(value, str) and end > number:
                each = math.ceil(lines_of(value, column.declared.width) / (end - number))
                lines[number:end] = [max(before, each) for before in lines[number:end]]
    for number, most in enumerate(lines):
        sheet.fit_lines(_FIRST_ROW + number, most)


def _write_end(sheet: Sheet, table: PrintedTable) -> None:
    """Write what follows the rows: that there are none, the total, the source."""
    row = _FIRST_ROW + len(table.rows)
    if not table.rows:
        sheet.merged(row, 0, row, len(table.columns) - 1, NO_ROWS, styles.EMPTY)
        row += 1
    if table.total is not None:
        for place, (column, value) in enumerate(zip(table.columns, table.total.values, strict=True)):
            style = {**styles.TOTAL, **styles.number_format(column.declared)}
            if place == table.total.label_at:
                style = {**styles.TOTAL, "text_wrap": True}
                sheet.fit(row, [(value, column.declared.width)])
            sheet.value(row, place, value, style)
        row += 1
    if table.source:
        sheet.value(row, 0, table.source, styles.NOTE)
