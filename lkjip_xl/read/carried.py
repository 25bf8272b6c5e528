"""What a blank cell means in a row that stands elsewhere on its sheet than it counts, as one does that was inserted."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from lkjip_xl.base.keys import ColumnKey, RowKey
from lkjip_xl.form.layout import Placement
from lkjip_xl.form.submission import Value
from lkjip_xl.template.model import Table

_Cells = Mapping[RowKey, Mapping[ColumnKey, Value]]


def as_on_sheet(table: Table, placement: Placement, cells: _Cells) -> _Cells:
    """Return what is typed; a blank cell that means the one above it on the sheet has that text, where rows count otherwise."""
    rows = sorted(placement.rows, key=lambda row: (table.parts.index(row[0]), placement.rows[row]))
    if not table.carried or rows == sorted(rows, key=lambda row: (table.parts.index(row[0]), row[1])):
        return cells
    filled = {row: dict(of_row) for row, of_row in cells.items()}
    for key in placement.lines:
        if key[0] in table.carried:
            for _, of_part in groupby((row for row in rows if row in cells), key=lambda row: row[0]):
                above: Value | None = None
                for row in of_part:
                    above = cells[row].get(key, above)
                    if above is not None:
                        filled[row][key] = above
    return filled
