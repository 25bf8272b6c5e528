"""How the sheet of a table is printed: the table alone, and one too wide for the paper in parts with its keys again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lkjip_xl.form import layout
from lkjip_xl.form.layout import Placement
from lkjip_xl.template.declaration import Paper
from lkjip_xl.template.model import Column, Table
from lkjip_xl.write.book import Sheet
from lkjip_xl.write.printing import Line, caption, page, page_parts, parts, points, widest

_HEADINGS = (layout.GROUP_ROW, layout.NUMBER_ROW)


def printed_widths(table: Table, placement: Placement) -> dict[int, int]:
    """Return the sheet columns of a table that are printed, with their widths.

    Not those that are hidden, nor those at its end that the report does not have: what nobody types there, or what it
    leaves out. Between others these stay, since a spreadsheet can print no columns with some left out.
    """
    shown = [
        (line, table.columns[key])
        for (key, _), line in sorted(placement.lines.items(), key=lambda each: each[1])
        if not table.columns[key].declared.hidden
    ]
    while shown and not _reported(shown[-1][1]):
        shown.pop()
    return {line: column.declared.width for line, column in shown}


def _reported(column: Column) -> bool:
    return column.declared.print is True or (column.declared.print == "filled" and not column.computed)


def sheet_parts(table: Table, placement: Placement, paper: Paper) -> list[list[int]]:
    """Return the sheet columns of each part in which a table is printed, with the keys again.

    What lies between two keys is repeated along with them, as spreadsheets repeat columns.
    """
    widths = printed_widths(table, placement)
    keys = _keys(table, placement, paper)
    by_line = {line: key for key, line in placement.lines.items()}
    lines = []
    for line, width in widths.items():
        column, year = by_line[line]
        together = column if table.declared.year_blocks == "by_column" else year
        unit = line if year is None else str(together)
        lines.append(Line(width, unit, bool(keys) and keys[0] <= line <= keys[-1]))
    places = list(widths)
    return [[places[n] for n in part] for part in parts(lines, paper)]


def begins(found: Sequence[Sequence[int]]) -> list[int]:
    """Return the first column of each part but the first, after the keys that it repeats."""
    seen, firsts = set(found[0]), []
    for part in found[1:]:
        firsts.append(next(line for line in part if line not in seen))
        seen |= {*part}
    return firsts


def set_up_table(
    sheet: Sheet, table: Table, placement: Placement, found: Sequence[Sequence[int]], title: str
) -> None:
    """Print the table without checks and explanations beside it.

    Where there are several parts, title and help would be cut at the keys: the title stands above each page instead.
    """
    widths, last = printed_widths(table, placement), placement.total_row or layout.DATA_ROW
    if len(found) == 1:
        sheet.raw.print_area(0, min(widths), last, max(widths))
        page(sheet, list(widths.values()), repeat=_HEADINGS)
        return
    sheet.raw.print_area(layout.GROUP_ROW, min(widths), last, max(widths))
    page_parts(sheet, [_widths(widths, part) for part in found], begins(found), repeat=_HEADINGS)
    caption(sheet, title)
    keys = _keys(table, placement, sheet.book.paper)
    if keys:
        sheet.raw.repeat_columns(keys[0], keys[-1])


def _keys(table: Table, placement: Placement, paper: Paper) -> list[int]:
    """Return the columns of the keys, without those at the end that would make what is repeated half of a page."""
    widths = printed_widths(table, placement)
    keys = sorted(placement.lines[key, None] for key in table.declared.print_keys)
    while keys and points([width for line, width in widths.items() if keys[0] <= line <= keys[-1]]) > (
        widest(paper) / 2
    ):
        keys.pop()
    return keys


def _widths(widths: dict[int, int], part: Iterable[int]) -> list[int]:
    return [widths[line] for line in part]
