"""Results to a workbook that is ready to print: Ikhtisar, every table in the report's form, Temuan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lkjip_xl.base.errors import WorkbookError
from lkjip_xl.base.files import File
from lkjip_xl.base.findings import Finding
from lkjip_xl.compute.results import SheetValues
from lkjip_xl.compute.results import cells as cells_of
from lkjip_xl.form import layout
from lkjip_xl.form.identity import OUTPUT_PROPERTY
from lkjip_xl.form.submission import Submission, Value
from lkjip_xl.pipeline import Checked, validate
from lkjip_xl.report.chart_sheet import write_charts
from lkjip_xl.report.charts import charts
from lkjip_xl.report.printed import Report, absent_tables, printed, printed_form
from lkjip_xl.report.printed_sheet import write_printed_form, write_printed_table
from lkjip_xl.report.sentences import sentences
from lkjip_xl.template.declared_set import SummaryBlock
from lkjip_xl.template.model import Table, Template
from lkjip_xl.template.sheet_names import FINDINGS_SHEET, FINDINGS_TITLE
from lkjip_xl.words import wording
from lkjip_xl.write import styles
from lkjip_xl.write.book import Book, Sheet
from lkjip_xl.write.findings_sheet import write_findings
from lkjip_xl.write.printing import page
from lkjip_xl.xlsx.archive import Limits
from lkjip_xl.xlsx.guard import LIMITS

SUMMARY_SHEET = "Ikhtisar"
_WIDTHS = (44, 26, 50)  # of the columns of Ikhtisar
_ABSENT = "Tabel yang tidak berlaku"
_MORE = 20  # of columns beyond these


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
    absent = absent_tables(template, submission)
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
            sheet = out.sheet(table.declared.sheet)
            if table.is_form:
                write_printed_form(sheet, printed_form(table, report))
            else:
                write_printed_table(sheet, printed(table, report))
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
        texts = [*sentences(report.template, report.setup, report.values, block.sentences)]
        if block.form is None and block.table is None and not texts:
            continue
        sheet.merged(row, 0, row, last, block.title, styles.SECTION)
        row += 1
        if block.form is not None:
            row = _summary_form(sheet, row, report.template.tables[block.form], report)
        elif block.table is not None:
            row = _summary_table(sheet, row, block, report)
        if block.source:
            sheet.merged(row, 0, row, last, report.filled(block.source), styles.NOTE)
            row += 1
        for text in texts:
            sheet.merged(row, 0, row, 2, text, styles.TEXT)
            sheet.fit(row, [(text, sum(_WIDTHS))])
            row += 1
        row += 1
    if absent:
        sheet.merged(row, 0, row, last, _ABSENT, styles.SECTION)
    for table, reason in absent.items():
        row += 1
        number = f"{table.declared.number} " if table.declared.number else ""
        text = f"{number}{report.filled(table.declared.title)}: {reason}"
        sheet.merged(row, 0, row, 2, text, styles.TEXT)
        sheet.fit(row, [(text, sum(_WIDTHS))])
    page(sheet, [_width(column) for column in range(last + 1)], upright=True)


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
        sheet.value(row, 0, label, {**styles.PLAIN, **styles.MARGIN})
        look = styles.wrapped(styles.printed_format(column.declared, value), value)
        sheet.value(row, 1, value, {**styles.PLAIN, **look, "bold": True})
        in_words = None
        if column.declared.unit == "Rp" and isinstance(value, float):
            in_words = wording.spelled(value) + " rupiah"
            sheet.fit(row, [(in_words, _width(2))])
        sheet.value(row, 2, in_words, {**styles.PLAIN, **styles.MARGIN, "italic": True})
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
            look = styles.wrapped(styles.printed_format(column.declared, value), value)
            sheet.value(row, place, value, {**styles.PLAIN, **look})
            texts.append((value, _width(place)))
        sheet.fit(row, texts)
    return row + 1
