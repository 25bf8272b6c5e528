"""The indicators of all OPDs with what they have reached, OPD by OPD."""

from __future__ import annotations

from itertools import islice

from lkjip_xl.consolidation.listings import LIST_ROWS, by_cell
from lkjip_xl.consolidation.regent.paper import begin, headings, step_look
from lkjip_xl.consolidation.regent.shown import Regent, marked
from lkjip_xl.consolidation.sheets import CENTRED, heading
from lkjip_xl.consolidation.totals import listed
from lkjip_xl.template.declared_batch import ListDeclaration
from lkjip_xl.words import wording
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet
from lkjip_xl.write.printing import page


def write_indicators(sheet: Sheet, regent: Regent, listing: ListDeclaration) -> None:
    """Write the list; the name of an OPD stands at the first of its rows."""
    table = regent.batch.template.tables[listing.table]
    own = [table.columns[key] for key in listing.columns]
    columns = [("No", 6.0), ("Perangkat Daerah", 32.0)]
    columns += [
        (heading(each, regent.batch.chosen.year), max(13, min(each.declared.width, 34))) for each in own
    ]
    widths = [width for _, width in columns]
    top = begin(sheet, regent, listing.title, widths)
    head = row = headings(sheet, top, columns)
    rows, number = listed(regent.batch, listing)
    agencies = {sent.source.digest: agency for agency, sent in regent.batch.chosen.counted}
    looks = [{**styles.PLAIN, **styles.number_format(each.declared)} for each in own]
    before = ""
    for digest, _, _, *found, _, _ in islice(rows, LIST_ROWS):
        agency = agencies[digest]
        first = digest != before
        before = digest
        name = marked(agency) if first else None
        sheet.value(row, 0, regent.numbers[agency.parent, agency.code] if first else None, CENTRED)
        sheet.value(row, 1, name, styles.PLAIN)
        values = by_cell(own, found)
        for place, (column, value, look) in enumerate(zip(own, values, looks, strict=True), start=2):
            scale = listing.steps.get(column.key)
            if scale is not None and isinstance(value, str):
                sign, colours = step_look(regent, scale, value)
                sheet.value(row, place, f"{sign} {value}".strip(), {**styles.PLAIN, **colours})
            else:
                sheet.value(row, place, value, styles.wrapped(look, value))
        sheet.fit(row, zip((None, name, *values), widths, strict=True))
        row += 1
    sheet.value(row, 1, f"{wording.number(number)} indikator", styles.NOTE)
    sheet.raw.autofilter(head - 1, 0, max(head, row - 1), len(columns) - 1)
    sheet.raw.freeze_panes(head, 2)
    page(sheet, widths, repeat=(0, top))
