"""Any sheet, parsed element by element: the way for those that are not written as programs commonly do."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lkjip_xl.base.a1 import a1, from_a1
from lkjip_xl.xlsx.cells import NOT_CALCULATED, Formula, Sheet, ordered
from lkjip_xl.xlsx.errors import FarError, LargeError, MalformedError
from lkjip_xl.xlsx.strings import parse, unescaped
from lkjip_xl.xlsx.styles import Styles, Unreadable

_ADDRESS = re.compile(r"[A-Za-z]{1,9}[1-9][0-9]{0,9}")
_LAST_ROW, _LAST_COLUMN = 1048576, 16384  # of any sheet
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_KINDS = frozenset({"n", "s", "b", "d", "e", "str", "inlineStr"})
_INDEX = re.compile(r"[0-9]{1,8}")


def parsed_sheet(part: bytes, strings: Sequence[str], styles: Styles, elements: int) -> Sheet:
    """Return what any sheet holds; raises the errors of ``xlsx.errors``."""
    reader = _Reader(elements, strings, styles)
    parse(part, reader.start, reader.end, reader.text)
    return Sheet(ordered(reader.cells), reader.number, reader.protected, reader.elements)


def parsed_formulas(part: bytes, elements: int) -> Mapping[tuple[int, int], Formula]:
    """Return the formulas of any sheet by row and column; raises the errors of ``xlsx.errors``."""
    reader = _Reader(elements, (), Styles({}), formulas_only=True)
    parse(part, reader.start, reader.end, reader.text)
    return reader.formulas


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
