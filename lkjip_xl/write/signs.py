"""A sign beside each row, where it is always seen: whether its checks find a galat, a peringatan, or nothing.

It is a format of the cell with the row's number, or of the one with its name, that depends on the counts beside the
checks: so it takes no column, and what stands in the cell stays what it is.
"""

from __future__ import annotations

from lkjip_xl.base.a1 import column_letters
from lkjip_xl.form.layout import FORM_LABEL_COLUMN, FORM_VALUE_COLUMN, FormPlacement, Placement
from lkjip_xl.formula import status
from lkjip_xl.template.filling import naming_column
from lkjip_xl.template.model import Table
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet
from lkjip_xl.write.table_sheet import label_line
from lkjip_xl.write.tallies import tally_lines


def write_signs(sheet: Sheet, table: Table, place: Placement) -> None:
    """Write the signs of a sheet whose checks are counted."""
    columns = _columns(table, place)
    if columns is None:
        return
    at, named = columns
    lines = tally_lines(place)
    total = place.total_row
    _signs(sheet, place, (lines[0], lines[-1] if total is None else total - 1), at, named)
    label = label_line(table, place)
    if total is not None and table.has_total and label is not None:
        _signs(sheet, place, (total, total), label, None)


def _signs(sheet: Sheet, place: Placement, lines: tuple[int, int], at: int, named: int | None) -> None:
    """Write the signs of some rows; without ``named`` none that says that all is well."""
    first, last = lines
    blocking, others = (
        status.rises(f"${column_letters(each)}{first + 1}", f"${column_letters(each)}{first}")
        for each in place.tallies
    )
    conditions = {"✖": blocking, "!": others}
    if named is not None:
        conditions["✔"] = status.filled(f"${column_letters(named)}{first + 1}")
    signs = [(condition, styles.SIGNS[sign]) for sign, condition in conditions.items()]
    sheet.coloured((first, at, last, at), signs)


def _columns(table: Table, place: Placement) -> tuple[int, int] | None:
    """Return the column that has the sign, and the one that is filled where there is a row."""
    if isinstance(place, FormPlacement):
        return FORM_LABEL_COLUMN, FORM_VALUE_COLUMN
    naming = naming_column(table)
    if naming is None:
        return None
    named = place.lines[naming.key, None]
    numbers = (
        place.lines[key, None] for key, column in table.columns.items() if column.declared.type == "ordinal"
    )
    return next(numbers, named), named
