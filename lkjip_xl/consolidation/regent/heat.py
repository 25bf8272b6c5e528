"""A heat map: for each OPD the figures of its rows, such as its sasaran, in the colours of a scale; and what each row is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import polars as pl

from lkjip_xl.consolidation.regent.paper import begin, headings, step_look
from lkjip_xl.consolidation.regent.shown import Regent, marked
from lkjip_xl.consolidation.sheets import CENTRED
from lkjip_xl.consolidation.totals import step
from lkjip_xl.template.declared_batch import HeatDeclaration
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet
from lkjip_xl.write.printing import page
from lkjip_xl.write.styles import Style

_NAMES = 48.0  # characters that the columns leave at least for the names below them
_MOST = 8  # figures of an OPD that have a column; its others stand in the list below


def write_heat(sheet: Sheet, regent: Regent, shown: HeatDeclaration) -> None:
    """Write the map, and below it the names of what its columns number."""
    most = min(_MOST, max((len(rows) for _, rows in _rows(regent, shown)), default=1))
    columns = [("No", 6.0), ("Perangkat Daerah", 42.0)]
    columns += [(f"{shown.label} {number}", max(12.0, _NAMES / most)) for number in range(1, most + 1)]
    widths = [width for _, width in columns]
    top = begin(sheet, regent, shown.title, widths)
    head = row = headings(sheet, top, columns)
    names = {sent.source.digest: agency for agency, sent in regent.batch.chosen.counted}
    for digest, rows in _rows(regent, shown):
        agency = names[digest]
        sheet.value(row, 0, regent.numbers[agency.parent, agency.code], CENTRED)
        sheet.value(row, 1, marked(agency), styles.PLAIN)
        for place in range(most):
            value = rows[place][1] if place < len(rows) else None
            sheet.value(row, 2 + place, value, _look(regent, shown, value))
        sheet.fit(row, [(marked(agency), 42.0)])
        row += 1
    without = len(names) - (row - head)
    row = _legend(sheet, row + 1, regent, shown)
    if without:
        sheet.value(row, 0, f"{without} perangkat daerah tanpa angka tidak ditampilkan", styles.NOTE)
        row += 1
    _names(sheet, row + 1, regent, shown, widths[2:])
    sheet.raw.freeze_panes(head, 2)
    page(sheet, widths, upright=True, repeat=(0, top))


def _rows(regent: Regent, shown: HeatDeclaration) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    """Yield the digest of each counted file that has any figures, and these with their names."""

    def some(rows: pl.LazyFrame) -> pl.LazyFrame:
        filled = rows.filter(pl.col(shown.value).is_not_null())
        return filled.select("sidik", "bagian", "row", shown.name, shown.value)

    for frame in regent.batch.in_order(shown.table, some):
        found = frame.select("sidik", shown.name, shown.value).iter_rows()
        for digest, rows in groupby(found, key=lambda row: row[0]):
            yield digest, [(name or "", value) for _, name, value in rows]


def _look(regent: Regent, shown: HeatDeclaration, value: float | None) -> Style:
    if value is None:
        return {**styles.PLAIN, "bg_color": "#F4F6F7"}
    sign, look = step_look(regent, shown.scale, step(regent.batch, shown.scale, value))
    return {**styles.PLAIN, **styles.figure_format(2), "num_format": f'"{sign} "#,##0.00', **look}


def _legend(sheet: Sheet, row: int, regent: Regent, shown: HeatDeclaration) -> int:
    """Say what the colours mean; return the row below."""
    for each in regent.batch.template.declared.scales[shown.scale]:
        sign, look = step_look(regent, shown.scale, each.label)
        sheet.value(row, 0, sign, {**CENTRED, **look})
        sheet.value(row, 1, each.label, styles.PLAIN)
        row += 1
    return row


def _names(sheet: Sheet, row: int, regent: Regent, shown: HeatDeclaration, widths: Sequence[float]) -> None:
    """List what the numbered columns are, OPD by OPD."""
    sheet.value(row, 0, f"{shown.label} tiap perangkat daerah".strip().capitalize(), styles.SECTION)
    names = {sent.source.digest: agency for agency, sent in regent.batch.chosen.counted}
    for digest, rows in _rows(regent, shown):
        agency = names[digest]
        for number, (name, _) in enumerate(rows, start=1):
            row += 1
            sheet.value(row, 0, regent.numbers[agency.parent, agency.code] if number == 1 else None, CENTRED)
            sheet.value(row, 1, agency.name if number == 1 else None, styles.PLAIN)
            text = f"{number}. {name}"
            sheet.merged(row, 2, row, 1 + len(widths), text, styles.PLAIN)
            sheet.fit(row, [(agency.name if number == 1 else "", 42.0), (text, sum(widths))])
