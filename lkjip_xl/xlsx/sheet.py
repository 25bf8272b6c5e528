"""One sheet's XML to the cells in it that hold something, for a library to read.

Most of a workbook is nothing that a reader of values needs: blank cells, and the text of formulas. In a sheet that is
written as programs commonly do, patterns take it out, which is a fifth of the work. Every other sheet is parsed and
written anew, so that a library only ever sees one way of writing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from lkjip_xl.base.a1 import a1, from_a1

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BEGIN = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
_END = b"</sheetData></worksheet>"
NOT_CALCULATED = "rumus yang belum dihitung"

_PROLOG = (
    rb'(?:\xef\xbb\xbf)?(?:<\?xml version="1.0"(?: encoding="(?i:utf-8)")?(?: standalone="yes")?\?>)?\s*'
)
_SHEET_HEAD = re.compile(_PROLOG + rb"<worksheet\b[^<>]*>")
_STRINGS_HEAD = re.compile(_PROLOG + rb'<sst\b(?=[^<>]*xmlns="' + re.escape(MAIN).encode() + rb'")[^<>]*>')
_CELL = rb'<c r="[A-Z]{1,2}[1-9][0-9]{0,4}"(?: s="[0-9]{1,5}")?+'
_TEXT = rb"[^<&]*+(?:&(?:amp|lt|gt|quot|apos);[^<&]*+)*+"
_FORMULA = rb"f(?: [^<>]*+)?+(?:>[^<]*+</f>|(?<=/)>)"  # after the bracket
_BLANK = rb'c r="[A-Z]++[0-9]++"(?: s="[0-9]++")?+(?: ?/>|(?: t="n")?></c>'
_BLANKS = re.compile(rb"<" + _BLANK + rb")")
# Blank cells, formulas that show nothing, and the formulas of other cells.
_NOTHING = re.compile(
    rb"<(?:" + _BLANK + rb'| t="str"><' + _FORMULA + rb"(?:<v></v>|<v ?/>)?+</c>)|" + _FORMULA + rb")"
)
# What is left then in a sheet that is written as programs commonly do.
_VALUES = (
    rb'(?: t="n")?><v>-?+[0-9.]++(?:[eE][-+]?+[0-9]++)?+</v>',
    rb' t="s"><v>[0-9]{1,8}</v>',
    rb' t="str"><v>' + _TEXT + rb"</v>",
    rb' t="b"><v>[01]</v>',
    rb' t="inlineStr"><is><t(?: xml:space="preserve")?+>' + _TEXT + rb"</t></is>",
)
_COMMON = re.compile(
    rb'(?:<row r="[1-9][0-9]{0,6}"(?: [^<>]*+)?(?:(?<=/)>|>(?:'
    + _CELL
    + rb"(?:"
    + rb"|".join(_VALUES)
    + rb")</c>)*+</row>))*+"
)
_UNCOMMON = re.compile(rb"<!|<rPh|&(?!(?:amp|lt|gt|quot|apos);)")  # in shared strings
_ROW = re.compile(
    rb'<row (r="[0-9]+")[^<>/]*+'
)  # other attributes may have prefixes that are declared elsewhere
_PROTECTED = re.compile(rb'<sheetProtection\b[^<>]*\bsheet="(?:1|true)"')
_STYLED = re.compile(rb'<c r="([^"]*)" s="([^"]*)"')
_SHARED = b' t="s"><v>'
_STRING = re.compile(_SHARED + rb"([0-9]+)")
_ADDRESSES = re.compile(rb'<c r="([^"]*)"')
_LARGE = re.compile(
    rb'<c r="(?:[A-Z]{3}|[A-Z]+[0-9]{4})'
)  # other sheets have at most 702 columns and 999 rows

_ADDRESS = re.compile(r"[A-Za-z]{1,9}[1-9][0-9]{0,9}")
_LAST_ROW, _LAST_COLUMN = 1048576, 16384  # of any sheet
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_KINDS = frozenset({"n", "s", "b", "d", "e", "str", "inlineStr"})
_INDEX = re.compile(r"[0-9]{1,8}")


class MalformedError(Exception):
    """A part that is no XML, or none that a program of spreadsheets would write."""


class DoctypeError(Exception):
    """A part with a document type, which can hold entities."""


class LargeError(Exception):
    """A part that would take too long to parse."""


class FarError(Exception):
    """A sheet whose cells would take too much room; the argument is the address of the farthest."""


@dataclass(frozen=True)
class Filled:
    """A sheet of filled cells only: ``content`` for a library to read, without formulas unless they were asked for.

    ``unreadable`` says by address what stands in cells that show no value; ``formulas`` is how many the sheet has,
    ``protected`` whether its cells are locked, and ``elements`` how many elements of it had to be parsed.
    """

    content: bytes
    formulas: int
    protected: bool
    unreadable: Mapping[str, str] = field(default_factory=dict)
    elements: int = 0


def filled_cells(sheet: bytes, area: int, elements: int, *, formulas: bool = False) -> Filled:
    """Return the filled cells of a sheet (see ``archive.Limits``); raises the errors of this module."""
    found = _common(sheet, formulas=formulas) or rewritten(sheet, elements, formulas=formulas)
    _measure(found.content, area)
    return found


def _common(sheet: bytes, *, formulas: bool) -> Filled | None:
    """Return the filled cells of a sheet that is written as programs commonly do, without parsing it."""
    begin, end = sheet.find(b"<sheetData>"), sheet.rfind(b"</sheetData>")
    if begin < 0 or end < 0 or not _SHEET_HEAD.match(sheet) or sheet.find(b"<!", 0, begin) >= 0:
        return None
    cells = sheet[begin + len(b"<sheetData>") : end]
    filled = _NOTHING.sub(b"", cells)
    if not _COMMON.fullmatch(filled):
        return None
    if formulas:
        filled = _ROW.sub(rb"<row \1", _BLANKS.sub(b"", cells))
    number = cells.count(b'"><f')
    return Filled(_BEGIN + filled + _END, number, _PROTECTED.search(sheet, end) is not None)


def _measure(content: bytes, area: int) -> None:
    """Raise an error where an address stands twice, or where the cells would take more room than they may."""
    addresses = _ADDRESSES.findall(content)
    if len(set(addresses)) < len(addresses):
        raise MalformedError
    if not _LARGE.search(content):
        return
    places = {address: _place(address.decode()) for address in addresses}
    rows, columns = (max(place[side] for place in places.values()) for side in (0, 1))
    if rows * columns > area:
        side = 0 if rows > columns else 1
        raise FarError(max(places, key=lambda each: places[each][side]).decode())


def _place(address: str) -> tuple[int, int]:
    """Return row and column of an address, counted from 1."""
    if not _ADDRESS.fullmatch(address):
        raise MalformedError
    row, column = from_a1(address.upper())
    return row + 1, column + 1


def rewritten(sheet: bytes, elements: int, *, formulas: bool = False) -> Filled:
    """Return the filled cells of any sheet, with or without their formulas; raises the errors of this module."""
    writer = _Writer(elements, formulas=formulas)
    _parse(sheet, writer.start, writer.end, writer.text)
    content = _BEGIN + "".join(writer.written).encode() + _END
    return Filled(content, writer.formulas, writer.protected, writer.unreadable, writer.elements)


def styled(content: bytes, styles: AbstractSet[str]) -> dict[str, str]:
    """Return the addresses of filled cells that have one of some styles, with that style."""
    found = ((address.decode(), style.decode()) for address, style in _STYLED.findall(content))
    return {address: style for address, style in found if style in styles}


def exceeds(sheets: Iterable[bytes], strings: bytes, most: int) -> bool:
    """Whether some filled cells with their shared strings, each as often as it is used, have more bytes than may be."""
    sheets = list(sheets)
    lengths = [len(text) for text in strings.split(b"</si>")]
    total = len(strings) + sum(map(len, sheets))
    if total + max(lengths) * sum(content.count(_SHARED) for content in sheets) <= most:
        return False  # as a rule: no text is long
    for content in sheets:
        numbers = Counter(map(int, _STRING.findall(content)))
        total += sum(lengths[number] * n for number, n in numbers.items() if number < len(lengths))
    return total > most


def plain_strings(part: bytes, elements: int) -> bytes:
    """Return the shared strings without formats, comments and entities; raises the errors of this module."""
    if _STRINGS_HEAD.match(part) and not _UNCOMMON.search(part):
        return part
    texts: list[str] = []
    path: list[str] = []

    left = iter(range(elements))

    def start(name: str, _attributes: dict[str, str]) -> None:
        if next(left, None) is None:
            raise LargeError
        path.append(name)
        if name == "si":
            texts.append("")

    def text(data: str) -> None:
        if path[-1] == "t" and "rPh" not in path:
            texts[-1] += data

    _parse(part, start, lambda _name: path.pop(), text)
    items = "".join(f'<si><t xml:space="preserve">{escape(each)}</t></si>' for each in texts)
    return f'<sst xmlns="{MAIN}">{items}</sst>'.encode()


def _parse(
    part: bytes,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object],
    text: Callable[[str], object],
) -> None:
    """Parse a part, calling back with the names of elements without their prefixes."""

    def refuse(*_: object) -> None:
        raise DoctypeError

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    try:
        parser.Parse(part, True)  # noqa: FBT003 - "this is all of it"; expat takes no keyword
    except (expat.ExpatError, LookupError, ValueError):  # unknown encodings among them
        raise MalformedError from None


class _Writer:
    """Writes the cells of a sheet while it is parsed."""

    def __init__(self, elements: int, *, formulas: bool) -> None:
        self.with_formulas = formulas
        self.written: list[str] = []
        self.unreadable: dict[str, str] = {}
        self.formulas = 0
        self.protected = False
        self.elements = 0
        self._most = elements
        self._path: list[str] = []
        self._row = self._column = 0
        self._cell: dict[str, str] = {}
        self._parts: dict[str, str] = {}  # of the cell: its value, its formula, its text
        self._formula_of: dict[str, str] = {}  # attributes of the cell's formula

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        self.elements += 1
        if self.elements > self._most:
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
            self.written.append(f'<row r="{self._row}">')
        elif depth == 4 and name == "c":
            self._begin(attributes)
        elif depth == 5 and name in ("v", "f", "is"):
            if name in self._parts:
                raise MalformedError
            self._parts[name] = ""
            if name == "f":
                self.formulas += 1
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
        if len(self._path) in (3, 4) and self._path[1] == "sheetData":
            if name == "c":
                self._write()
            elif name == "row":
                self.written.append("</row>")
        self._path.pop()

    def _write(self) -> None:
        address = a1(self._row - 1, self._column - 1)
        formula = self._formula() if self.with_formulas else ""
        value = self._value(address)
        if formula or value:
            if self._row > _LAST_ROW or self._column > _LAST_COLUMN:
                raise FarError(address)
            kind, content = value or ("", "")
            style = self._cell.get("s", "")
            style = f' s="{style}"' if _INDEX.fullmatch(style) else ""
            self.written.append(f'<c r="{address}"{style}{kind}>{formula}{content}</c>')

    def _formula(self) -> str:
        if "f" not in self._parts:
            return ""
        shared = self._formula_of if self._formula_of.get("t") in ("shared", "array") else {}
        about = "".join(f" {key}={quoteattr(shared[key])}" for key in ("t", "ref", "si") if key in shared)
        return f"<f{about}>{escape(self._parts['f'])}</f>"

    def _value(self, address: str) -> tuple[str, str] | None:
        """Return a cell's type and value as XML; note it where it shows none that can be read."""
        kind = self._cell.get("t", "n")
        if kind not in _KINDS or {"v", "is"} <= self._parts.keys():
            raise MalformedError
        text = self._parts.get("is" if kind == "inlineStr" else "v", "")
        if kind == "inlineStr":
            return ' t="inlineStr"', f'<is><t xml:space="preserve">{escape(text)}</t></is>'
        if kind == "str":
            return (' t="str"', f"<v>{escape(text)}</v>") if text else None
        text = text.strip()
        if not text and kind != "e":
            if "f" in self._parts:
                self.unreadable[address] = NOT_CALCULATED
            return None
        if kind == "n" and _NUMBER.fullmatch(text):
            return "", f"<v>{text}</v>"
        if kind == "s":
            if not _INDEX.fullmatch(text):
                raise MalformedError
            return ' t="s"', f"<v>{text}</v>"
        if kind == "b":
            if text not in ("0", "1", "true", "false"):
                raise MalformedError
            return ' t="b"', f"<v>{int(text in ('1', 'true'))}</v>"
        if kind == "d":
            return ' t="d"', f"<v>{escape(text)}</v>"
        self.unreadable[address] = text[:20] or "#GALAT"
        return (' t="e"', f"<v>{escape(text)}</v>") if kind == "e" and self.with_formulas else None


def _whole(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,9}", text):
        raise MalformedError
    return int(text)
