"""One sheet's XML to the cells in it that hold something.

Most of a workbook is nothing that a reader of values needs: blank cells, and the text of formulas. In a sheet that is
written as programs commonly do, patterns find the rest without parsing anything else; every other sheet is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from lkjip_xl.base.a1 import a1, from_a1
from lkjip_xl.xlsx.cells import Cells, Formula, Sheet, ordered
from lkjip_xl.xlsx.errors import FarError, MalformedError
from lkjip_xl.xlsx.parsed import parsed_formulas, parsed_sheet
from lkjip_xl.xlsx.strings import PROLOG, TEXT, text_of
from lkjip_xl.xlsx.styles import Styles, Unreadable

_HEAD = re.compile(PROLOG + rb"<worksheet\b[^<>]*>")
_FORMULA = rb"f(?: [^<>]*+)?+(?:>[^<]*+</f>|(?<=/)>)"  # after the bracket
_BLANK = rb'c r="[A-Z]++[0-9]++"(?: s="[0-9]++")?+(?: ?/>|(?: t="n")?></c>'
# Blank cells, formulas that show nothing, and the formulas of other cells.
_NOTHING = re.compile(
    rb"<(?:" + _BLANK + rb'| t="str"><' + _FORMULA + rb"(?:<v></v>|<v ?/>)?+</c>)|" + _FORMULA + rb")"
)
# What is left then in a sheet that is written as programs commonly do, and each cell of it.
_VALUES = (
    rb'(?: t="n")?><v>-?+[0-9.]++(?:[eE][-+]?+[0-9]++)?+</v>',
    rb' t="s"><v>[0-9]{1,8}</v>',
    rb' t="str"><v>' + TEXT + rb"</v>",
    rb' t="b"><v>[01]</v>',
    rb' t="e"><v>#[^<&]*+</v>',
    rb' t="inlineStr"><is><t(?: xml:space="preserve")?+>' + TEXT + rb"</t></is>",
)
_COMMON = re.compile(
    rb'(?:<row r="[1-9][0-9]{0,6}"[^<>]*+>|</row>|<c r="[A-Z]{1,2}[1-9][0-9]{0,4}"(?: s="[0-9]{1,5}")?+(?:'
    + rb"|".join(_VALUES)
    + rb")</c>)*+"
)
_FILLED = re.compile(
    rb'<c r="([A-Z0-9]++)"(?: s="([0-9]++)")?+(?: t="([a-zA-Z]++)")?+>(?:<is><t[^<>]*+>|<v>)([^<]*+)'
)
_FORMULAS = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^<>]*+><f((?: [^<>/]*+)?)(?:/>|>([^<]*+)<)')
_ANY_FORMULA = re.compile(rb"<f[ >/]")
_SHARED = re.compile(rb't="shared"[^<>]* si="([0-9]+)"|si="([0-9]+)"[^<>]* t="shared"')
_PROTECTED = re.compile(rb'<sheetProtection\b[^<>]*\bsheet="(?:1|true)"')


def sheet_of(part: bytes, strings: Sequence[str], styles: Styles, *, area: int, elements: int) -> Sheet:
    """Return what a sheet holds (``area`` and ``elements``: see ``archive.Limits``); raises ``xlsx.errors``."""
    found = _common(part, strings, styles) or parsed_sheet(part, strings, styles, elements)
    if found.area > area:
        raise FarError(_farthest(found.cells))
    return found


def _farthest(cells: Cells) -> str:
    """Return the last cell of the longer side."""
    places = [(row, column) for row, line in cells.items() for column in line]
    rows, columns = (max(place[side] for place in places) for side in (0, 1))
    side = 0 if rows > columns else 1
    return a1(*max(places, key=lambda place: place[side]))


def _data(part: bytes) -> bytes | None:
    """Return what stands between the tags of a sheet's data, where nothing before it is uncommon."""
    begin, end = part.find(b"<sheetData>"), part.rfind(b"</sheetData>")
    if begin < 0 or end < 0 or not _HEAD.match(part) or part.find(b"<!", 0, begin) >= 0:
        return None
    return part[begin + len(b"<sheetData>") : end]


def _common(part: bytes, strings: Sequence[str], styles: Styles) -> Sheet | None:
    """Return the filled cells of a sheet that is written as programs commonly do, without parsing it."""
    data = _data(part)
    if data is None:
        return None
    filled = _NOTHING.sub(b"", data)
    if not _COMMON.fullmatch(filled):
        return None
    cells: dict[int, dict[int, Any]] = {}
    formats = styles.formats
    number = 0
    try:
        for address, style, kind, text in _FILLED.findall(filled):
            line, column = _position(address)
            if line in cells:
                row = cells[line]
            else:
                row = cells[line] = {}
            if kind == b"s":
                row[column] = strings[int(text)]
            elif not kind or kind == b"n":
                row[column] = styles.shown(float(text), style) if style in formats else float(text)
            elif kind == b"b":
                row[column] = text == b"1"
            elif kind == b"e":
                row[column] = Unreadable(text_of(text)[:20])
            else:
                row[column] = text_of(text)
            number += 1
    except (IndexError, ValueError):  # 1.2.3 is no number
        return None
    if number > sum(map(len, cells.values())):
        raise MalformedError  # a cell twice
    protected = _PROTECTED.search(part, part.rfind(b"</sheetData>")) is not None
    return Sheet(ordered(cells), data.count(b'"><f'), protected)


@lru_cache(maxsize=65536)
def _position(address: bytes) -> tuple[int, int]:
    return from_a1(address.decode())


def formulas_of(part: bytes, elements: int) -> Mapping[tuple[int, int], Formula]:
    """Return the formulas of a sheet by row and column; raises the errors of ``xlsx.errors``."""
    data = _data(part)
    if data is not None:
        found = {
            from_a1(address.decode()): Formula(
                text_of(text), ((shared := _SHARED.search(about)) and (shared[1] or shared[2]).decode()) or ""
            )
            for address, about, text in _FORMULAS.findall(data)
        }
        if len(found) == len(_ANY_FORMULA.findall(data)):
            return found
    return parsed_formulas(part, elements)


def count_formulas(part: bytes, elements: int) -> int:
    """Return how many formulas a sheet has; raises the errors of ``xlsx.errors``."""
    data = _data(part)
    return len(formulas_of(part, elements)) if data is None else len(_ANY_FORMULA.findall(data))
