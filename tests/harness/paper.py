"""What a workbook's sheets are on paper: how large the smallest letter is, and whether each part fits on its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

PAPERS = {9: (210, 297), 14: (215, 330)}  # millimetres, by Excel's codes: A4, F4
WIDER = 1.08  # times as wide as Excel draws columns does LibreOffice draw them, at most
_POINTS = 72 / 25.4  # a millimetre


@dataclass(frozen=True)
class Printed:
    """A sheet on paper: its smallest letter and those of its footer in points, and the columns of each of its parts."""

    letter: float
    footer: float
    overfull: bool
    """Whether a part is wider than the page."""
    parts: tuple[tuple[int, int], ...]


def on_paper(book: Workbook, wider: float = 1) -> dict[str, Printed]:
    """Return each sheet that people see, as it is printed."""
    return {sheet.title: _printed(sheet, wider) for sheet in book if sheet.sheet_state == "visible"}


def _printed(sheet: Worksheet, wider: float) -> Printed:
    first, top, last, bottom = range_boundaries(_area(sheet))
    widths = _widths(sheet, wider)
    parts = [*_parts(sheet, first, last)]
    wide = max(sum(widths.get(n, 0) for n in (*keys, *range(low, high + 1))) for keys, low, high in parts)
    room = _room(sheet)
    fitted = bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
    scale = min(1.0, int(100 * room / wide) / 100) if fitted else (sheet.page_setup.scale or 100) / 100
    letters = [
        cell.font.sz
        for row in sheet.iter_rows(top, bottom, first, last)
        for cell in row
        if cell.value is not None and not sheet.row_dimensions[cell.row].hidden and widths.get(cell.column, 1)
    ]
    return Printed(
        round(min(letters, default=11) * scale, 2),
        round(float(sheet.oddFooter.left.size or 0) * scale, 2),
        wide * scale > room,
        tuple((low, high) for _, low, high in parts),
    )


def _area(sheet: Worksheet) -> str:
    area = sheet.print_area
    return str(area).rsplit("!", 1)[1].replace("$", "") if area else sheet.dimensions


def _parts(sheet: Worksheet, first: int, last: int) -> Iterator[tuple[range, int, int]]:
    """Yield for each part the columns that are repeated in it, and its own."""
    begins = [first, *sorted(each.id + 1 for each in sheet.col_breaks.brk)]
    repeated = range(0)
    if sheet.print_title_cols:
        low, _, high, _ = range_boundaries(sheet.print_title_cols.replace("$", ""))
        repeated = range(low, high + 1)
    for low, high in zip(begins, [*(each - 1 for each in begins[1:]), last], strict=True):
        yield (repeated if low > repeated.stop - 1 else range(0)), low, high


def _widths(sheet: Worksheet, wider: float) -> dict[int, float]:
    """Return the widths of columns in points; openpyxl keeps neighbours of one width in the first of them."""
    return {
        n: 0 if each.hidden else round(each.width * 7) * 0.75 * wider
        for each in sheet.column_dimensions.values()
        for n in range(each.min, each.max + 1)
    }


def _room(sheet: Worksheet) -> float:
    side = PAPERS[int(sheet.page_setup.paperSize)][sheet.page_setup.orientation == "landscape"]
    return float(side * _POINTS - 72 * (sheet.page_margins.left + sheet.page_margins.right))
