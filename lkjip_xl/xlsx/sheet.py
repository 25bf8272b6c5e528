"""One sheet's XML to the cells in it that hold something.

Most of a workbook is nothing that a reader of values needs: blank cells, and the text of formulas. In a sheet that is
written as programs commonly do, patterns find the rest without parsing anything else; every other sheet is parsed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from lkjip_xl.base.a1 import a1, from_a1
from lkjip_xl.xlsx.errors import FarError, LargeError, MalformedError
from lkjip_xl.xlsx.strings import PROLOG, TEXT, parse, text_of, unescaped
from lkjip_xl.xlsx.styles import Styles, Unreadable

NOT_CALCULATED = "rumus yang belum dihitung"
Cells = Mapping[int, Mapping[int, Any]]
"""What stands in the filled cells, by row and column counted from 0, in the order of the sheet."""

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

_ADDRESS = re.compile(r"[A-Za-z]{1,9}[1-9][0-9]{0,9}")
_LAST_ROW, _LAST_COLUMN = 1048576, 16384  # of any sheet
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_KINDS = frozenset({"n", "s", "b", "d", "e", "str", "inlineStr"})
_INDEX = re.compile(r"[0-9]{1,8}")


@dataclass(frozen=True)
class Sheet:
    """What a sheet holds: its filled cells, how many formulas, whether its cells are locked; how much had to be parsed."""

    cells: Cells
    formulas: int
    protected: bool
    elements: int = 0

    @cached_property
    def area(self) -> int:
        """How many cells there are to the last row and column, blank ones among them."""
        columns = max((max(line) for line in self.cells.values()), default=-1) + 1
        return (max(self.cells, default=-1) + 1) * columns


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
    return Sheet(_ordered(cells), data.count(b'"><f'), protected)


@lru_cache(maxsize=65536)
def _position(address: bytes) -> tuple[int, int]:
    return from_a1(address.decode())


def _ordered(cells: dict[int, dict[int, Any]]) -> Cells:
    """Return cells in the order of the sheet, whatever that of the file; a text of no characters is a blank cell."""
    found = {}
    for row in sorted(cells):
        line = {column: value for column, value in sorted(cells[row].items()) if value != ""}
        if line:
            found[row] = line
    return found


def parsed_sheet(part: bytes, strings: Sequence[str], styles: Styles, elements: int) -> Sheet:
    """Return what any sheet holds; raises the errors of ``xlsx.errors``."""
    reader = _Reader(elements, strings, styles)
    parse(part, reader.start, reader.end, reader.text)
    return Sheet(_ordered(reader.cells), reader.number, reader.protected, reader.elements)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as it stands in a cell: its text, empty where it is that of another cell (``shared``)."""

    text: str
    shared: str = ""


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
    reader = _Reader(elements, (), Styles({}), formulas_only=True)
    parse(part, reader.start, reader.end, reader.text)
    return reader.formulas


def count_formulas(part: bytes, elements: int) -> int:
    """Return how many formulas a sheet has; raises the errors of ``xlsx.errors``."""
    data = _data(part)
    return len(formulas_of(part, elements)) if data is None else len(_ANY_FORMULA.findall(data))


@dataclass
class _Reader:
    """Takes down the cells of a sheet while it is parsed."""

    most: int
    strings: Sequence[str]
    styles: Styles
    formulas_only: bool = False
    cells: dict[int, dict[int, Any]] = field(default_factory=dict)
    formulas: dict[tuple[int, int], Formula] = field(default_factory=dict)
    number: int = 0
    protected: bool = False
    elements: int = 0
    _path: list[str] = field(default_factory=list)
    _row: int = 0
    _column: int = 0
    _cell: dict[str, str] = field(default_factory=dict)
    _parts: dict[str, str] = field(default_factory=dict)
    """Of the cell: its value, its formula, its text."""
    _formula_of: dict[str, str] = field(default_factory=dict)
    """Attributes of the cell's formula."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        self.elements += 1
        if self.elements > self.most:
            raise LargeError
        depth = len(self._path)
        if depth == 1 and name != "worksheet":
            raise MalformedError
        if depth == 2 and name == "sheetProtection":
            self.protected = attributes.get("sheet") in ("1", "true")
        if depth < 3 or self._path[1] != "sheetData":
            return
        if depth == 3 and name == "row":
            self._row = _whole(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif depth == 4 and name == "c":
            self._begin(attributes)
        elif depth == 5 and name in ("v", "f", "is"):
            if name in self._parts:
                raise MalformedError
            self._parts[name] = ""
            if name == "f":
                self.number += 1
                self._formula_of = attributes

    def _begin(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            row, self._column = _place(attributes["r"])
            if row != self._row:
                raise MalformedError
        else:
            self._column += 1
        self._cell, self._parts = attributes, {}

    def text(self, data: str) -> None:
        path = self._path
        if len(path) < 5 or path[1] != "sheetData" or path[3] != "c":
            return
        part = path[4]
        if part in ("v", "f"):
            if len(path) > 5:
                raise MalformedError
            self._parts[part] += data
        elif part == "is" and path[-1] == "t" and "rPh" not in path:
            self._parts["is"] += data

    def end(self, name: str) -> None:
        if len(self._path) == 4 and name == "c" and self._path[1] == "sheetData":
            self._close()
        self._path.pop()

    def _close(self) -> None:
        at = (self._row - 1, self._column - 1)
        if "f" in self._parts:
            self.formulas[at] = Formula(
                self._parts["f"],
                self._formula_of.get("si", "") if self._formula_of.get("t") == "shared" else "",
            )
        if self.formulas_only:
            return
        value = self._value()
        if value is None or value == "":
            return
        if self._row > _LAST_ROW or self._column > _LAST_COLUMN:
            raise FarError(a1(*at))
        row = self.cells.setdefault(at[0], {})
        if at[1] in row:
            raise MalformedError
        row[at[1]] = value

    def _value(self) -> Any:
        """Return what a cell holds, None where that is nothing."""
        kind = self._cell.get("t", "n")
        if kind not in _KINDS or {"v", "is"} <= self._parts.keys():
            raise MalformedError
        text = self._parts.get("is" if kind == "inlineStr" else "v", "")
        if kind in ("inlineStr", "str"):
            return unescaped(text)
        text = text.strip()
        if not text and kind != "e":
            return Unreadable(NOT_CALCULATED) if "f" in self._parts else None
        if kind == "n" and _NUMBER.fullmatch(text):
            return self.styles.shown(float(text), self._cell.get("s", "").encode())
        if kind == "s":
            if not _INDEX.fullmatch(text) or int(text) >= len(self.strings):
                raise MalformedError
            return self.strings[int(text)]
        if kind == "b":
            if text not in ("0", "1", "true", "false"):
                raise MalformedError
            return text in ("1", "true")
        return _moment(text) if kind == "d" else Unreadable(text[:20] or "#GALAT")


def _moment(text: str) -> Any:
    """Return a date, or a time, that is written as text."""
    for kind in (datetime.date, datetime.datetime, datetime.time):
        try:
            return kind.fromisoformat(text)
        except ValueError:
            continue
    return Unreadable(text[:20])


def _place(address: str) -> tuple[int, int]:
    """Return row and column of an address, counted from 1."""
    if not _ADDRESS.fullmatch(address):
        raise MalformedError
    row, column = from_a1(address.upper())
    return row + 1, column + 1


def _whole(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,9}", text):
        raise MalformedError
    return int(text)
