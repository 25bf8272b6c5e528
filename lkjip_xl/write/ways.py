"""The way through the workbook: on each sheet links above its checks to the sheet before, to the next, and to Periksa."""

from __future__ import annotations

from lkjip_xl.form import layout
from lkjip_xl.form.layout import Layout
from lkjip_xl.template.model import Table
from lkjip_xl.template.sheet_names import CHECKS_SHEET, INSTRUCTIONS_SHEET
from lkjip_xl.write.book import Sheet


def write_ways(sheet: Sheet, plan: Layout, table: Table) -> None:
    """Write the links of a table's sheet."""
    place = plan.placements[table.key]
    column = place.status_column
    if column is None or table.is_list:
        return
    tables = [each.declared.sheet for each in plan.tables if not each.is_list]
    sheets = [INSTRUCTIONS_SHEET, *tables, CHECKS_SHEET]
    here = sheets.index(table.declared.sheet)
    title = layout.TITLE_ROW
    before, after = (title, column), (layout.HELP_ROW, column)
    if table.is_form:  # the heading of its checks stands where the others have their help
        before, after = (title, layout.FORM_HELP_COLUMN), (title, column)
    for at, sign, target in ((before, "←", sheets[here - 1]), (after, "→", sheets[here + 1])):
        sheet.link(*at, target, "A1", f"{sign} {target}")
    checks = (layout.REASON_ROW, column)
    sheet.link(
        *((title, column + 1) if place.reason == checks else checks), CHECKS_SHEET, "A1", layout.CHECKS_WAY
    )
