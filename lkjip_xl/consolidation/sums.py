"""Sums of tables over all OPDs, by what stands in a column and by year."""

from __future__ import annotations

from lkjip_xl.base.keys import PERIOD
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.sheets import heading
from lkjip_xl.consolidation.totals import summed
from lkjip_xl.template.declared_batch import SumDeclaration, SumSheetDeclaration
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet, lines_of
from lkjip_xl.write.printing import page

_FIRST, _OTHERS = 44.0, 14.0  # widths


def write_sums(sheet: Sheet, batch: Batch, shown: SumSheetDeclaration) -> None:
    """Write the tables of a sheet one below the other, each with a row of totals where it has kinds."""
    sheet.raw.hide_gridlines(2)
    sheet.value(0, 0, f"{shown.title}, {batch.chosen.year or ''}", styles.TITLE)
    row, most = 2, 1
    for each in shown.tables:
        labels = _labels(batch, each)
        most = max(most, len(labels))
        sheet.value(row, 0, each.title, styles.SECTION)
        row += 1
        for place, label in enumerate(labels):
            sheet.value(row, place, label, styles.HEADER)
        widths = (_FIRST, *[_OTHERS] * (len(labels) - 1))
        sheet.fit_lines(
            row, max(lines_of(label, width, bold=True) for label, width in zip(labels, widths, strict=True))
        )
        row = _body(sheet, row, batch, each) + 3
    widths = (_FIRST, *[_OTHERS] * (most - 1))
    for place, width in enumerate(widths):
        sheet.raw.set_column(place, place, width)
    page(sheet, widths, upright=True)


def _labels(batch: Batch, each: SumDeclaration) -> list[str]:
    table, year = batch.template.tables[each.table], batch.chosen.year
    labels = [heading(table.columns[each.by], year)] if each.by else []
    labels += ["Tahun"] if table.per_year else []
    labels += each.labels or [heading(table.columns[key], year) for key in each.columns]
    return [*labels, "Jumlah OPD"]


def _body(sheet: Sheet, row: int, batch: Batch, each: SumDeclaration) -> int:
    """Write the rows of a table below its headings; return the last."""
    table = batch.template.tables[each.table]
    keys = [*([each.by] if each.by else []), *([PERIOD] if table.per_year else [])]
    number = {**styles.PLAIN, "num_format": "#,##0"}
    together = dict.fromkeys(each.columns, 0.0)
    for record in summed(batch, each).iter_rows(named=True):
        row += 1
        for place, key in enumerate([*keys, *each.columns, "jumlah_opd"]):
            sheet.value(row, place, record[key], number if key in each.columns else styles.PLAIN)
        for key in each.columns:
            together[key] += record[key] or 0
    if each.by and not table.per_year:
        row += 1
        for place, value in enumerate(["Jumlah", *together.values(), None]):
            look = {**styles.TOTAL, **({"num_format": "#,##0"} if place else {})}
            sheet.value(row, place, value, look)
    return row
