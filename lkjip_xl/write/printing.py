"""How a sheet is printed: on which paper, how small, with what above and below, and in which parts.

No letter is printed smaller than ``LEAST``: what would be is turned, and what is still too wide goes over several pages.
Widths are those of columns, in characters.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lkjip_xl.base.showing import one_line
from lkjip_xl.template.declaration import Paper
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet

LEAST = 8.0  # points

_INCH, _MILLIMETRE = 72.0, 72.0 / 25.4  # points
_SIDE, _ENDS, _CAPTIONED = 0.5, 0.6, 0.9  # inches: margins left and right, above and below, below a caption
# Code of Excel, short and long side in millimetres; F4 is what Excel calls folio.
_PAPERS: dict[Paper, tuple[int, float, float]] = {"A4": (9, 210, 297), "F4": (14, 215, 330)}
_OWNER, _CAPTION = 80, 200  # characters of the 255 that Excel takes in all
_CAPTION_LINE = 100  # characters
_NARROWER = 0.95


def points(widths: Sequence[float]) -> float:
    """Return how wide columns are drawn at full size.

    Excel draws one in 7 pixels a character and 5 beside them, of 0.75 points; LibreOffice, which does not round the
    letters of Calibri to pixels, 7 % wider. Whatever fits by the wider ones fits in both.
    """
    return sum(0.81 * (7 * width + 5) for width in widths)


def widest(paper: Paper) -> float:
    """Return how wide columns may be, in points at full size, so that a page on its side prints them large enough."""
    return _room(paper, landscape=True) * styles.SMALLEST / LEAST


@dataclass(frozen=True, slots=True)
class Line:
    """A printed column: its width, and what it stays together with; a key is repeated in every part."""

    width: float
    unit: Hashable
    key: bool = False


def parts(lines: Sequence[Line], paper: Paper) -> list[list[int]]:
    """Return the columns of each part of a table, with the keys again: a single part where all fit on one page.

    Of several parts none is much wider than the others.
    """
    most = widest(paper)
    groups = [*_groups(lines, most)]
    found = _packed(lines, groups, most)
    for _ in lines:
        most *= _NARROWER
        narrower = _packed(lines, groups, most)
        if len(narrower) > len(found):
            break
        found = narrower
    return found


def _packed(lines: Sequence[Line], groups: Sequence[Sequence[int]], most: float) -> list[list[int]]:
    """Return parts that take as many groups of columns as there is room for."""
    found: list[list[int]] = [[]]
    for group in groups:
        again = _keys(lines, group[0])
        if found[-1] not in ([], again) and _wide(lines, [*found[-1], *group]) > most:
            found.append(again)
        found[-1] += group
    return found


def _groups(lines: Sequence[Line], most: float) -> Iterator[list[int]]:
    """Yield the columns that stay together; those that are too many go one by one."""
    for _, members in groupby(range(len(lines)), key=lambda n: lines[n].unit):
        group = list(members)
        if _wide(lines, [*_keys(lines, group[0]), *group]) <= most:
            yield group
        else:
            yield from ([n] for n in group)


def _keys(lines: Sequence[Line], before: int) -> list[int]:
    return [n for n in range(before) if lines[n].key]


def _wide(lines: Sequence[Line], chosen: Sequence[int]) -> float:
    return points([lines[n].width for n in chosen])


def page(
    sheet: Sheet, widths: Sequence[float], *, upright: bool = False, repeat: tuple[int, int] | None = None
) -> None:
    """Print a sheet one page wide: on its side where columns so wide would have to be made smaller.

    ``upright`` keeps the page upright while letters are large enough; ``repeat`` are the rows that head every page.
    """
    paper, wide = sheet.book.paper, points(widths)
    smaller = _room(paper, landscape=False) / wide
    landscape = smaller < (LEAST / styles.SMALLEST if upright else 1)
    _set_up(sheet, min(1.0, _room(paper, landscape=landscape) / wide), landscape=landscape, repeat=repeat)
    sheet.raw.fit_to_pages(1, 0)


def page_parts(
    sheet: Sheet, widths: Sequence[Sequence[float]], breaks: Sequence[int], *, repeat: tuple[int, int]
) -> None:
    """Print a sheet in parts side by side, given the widths of each and the first column of all but the first.

    At a fixed size: a page that is fitted has no breaks of its own.
    """
    wide = max(points(part) for part in widths)
    scale = math.floor(100 * min(1.0, _room(sheet.book.paper, landscape=True) / wide))
    _set_up(sheet, scale / 100, landscape=True, repeat=repeat)
    sheet.raw.set_print_scale(scale)
    sheet.raw.set_v_pagebreaks(list(breaks))


def caption(sheet: Sheet, text: str) -> None:
    """Print a text above each page, for a sheet whose parts do not all have their title."""
    lines = textwrap.wrap(one_line(text)[:_CAPTION].replace("&", "&&"), _CAPTION_LINE)
    sheet.raw.set_header("&L&12&B" + "\n".join(lines))
    sheet.raw.set_margins(left=_SIDE, right=_SIDE, top=_CAPTIONED, bottom=_ENDS)


def plain_page(sheet: Sheet, *, landscape: bool, repeat: tuple[int, int] | None = None) -> None:
    """Print a sheet one page wide, however small."""
    _set_up(sheet, 1.0, landscape=landscape, repeat=repeat)
    sheet.raw.fit_to_pages(1, 0)


def _room(paper: Paper, *, landscape: bool) -> float:
    """Return how many points of a page are not margin."""
    return _PAPERS[paper][1 + landscape] * _MILLIMETRE - 2 * _SIDE * _INCH


def _set_up(sheet: Sheet, scale: float, *, landscape: bool, repeat: tuple[int, int] | None) -> None:
    """Set paper, margins and footer, whose letters both programs make smaller along with the sheet."""
    if landscape:
        sheet.raw.set_landscape()
    sheet.raw.set_paper(_PAPERS[sheet.book.paper][0])
    sheet.raw.set_margins(left=_SIDE, right=_SIDE, top=_ENDS, bottom=_ENDS)
    size = math.ceil(LEAST / scale)
    owner = one_line(sheet.book.owner)[:_OWNER].replace("&", "&&")
    apart = " " if owner[:1].isdigit() else ""  # else it would be part of the size
    sheet.raw.set_footer(f"&L&{size}{apart}{owner}&C&{size}&A&R&{size}Halaman &P dari &N · &D")
    if repeat is not None:
        sheet.raw.repeat_rows(*repeat)
