"""What a workbook's cells hold by the letter of ECMA-376, read slowly and without any shortcut: the judge of the reader."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from lkjip_xl.xlsx.cells import Sheet
from lkjip_xl.xlsx.styles import Unreadable

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_DATES = (datetime.date, datetime.time, datetime.timedelta)
Cells = dict[tuple[int, int], Any]


class NoNumber(str):
    """What stands in a number's place and is none; a reader may show it as text or refuse the file."""

    __slots__ = ()


class Impossible(str):
    """What stands in a cell that cannot be so; the file must be refused."""

    __slots__ = ()


class MalformedError(Exception):
    """A file, or a cell, of which nobody can say what it holds."""


def cells(raw: bytes) -> dict[str, Cells]:
    """Return the filled cells of every sheet, by row and column from 0; raise ``MalformedError`` where there is doubt."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = {
                name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))
            }
        strings = _strings(parts)
        return {
            name: dict(_cells(ElementTree.fromstring(parts[part]), strings)) for name, part in _sheets(parts)
        }
    except Exception as error:  # noqa: BLE001 - whatever it is, this judge has no opinion then
        raise MalformedError(str(error)) from None


def differences(read: Mapping[str, Sheet], expected: Mapping[str, Cells]) -> Iterator[str]:
    """Yield each cell in which a reader's sheets hold something else; what it cannot read is no number."""
    for name, sheet in expected.items():
        if name not in read:
            yield f"sheet {name!r} is missing"
            continue
        cells = read[name].cells
        for (row, column), value in sheet.items():
            found = cells.get(row, {}).get(column, "")
            if isinstance(value, NoNumber) and isinstance(found, Unreadable):
                continue
            if not _same(found, value):
                yield f"row {row + 1}, column {column + 1}: {value!r} was read as {found!r}"
        for row, line in cells.items():
            for column, found in line.items():
                if not isinstance(found, Unreadable) and (row, column) not in sheet:
                    yield f"row {row + 1}, column {column + 1}: nothing was read as {found!r}"


def _same(read: Any, value: Any) -> bool:
    if isinstance(value, Impossible):
        return False
    if isinstance(read, _DATES):
        return not isinstance(value, NoNumber)
    if isinstance(value, NoNumber):
        return isinstance(read, str) and read != ""
    if isinstance(value, str):
        return isinstance(read, str) and read.strip() == value.strip()
    return type(read) is not str and isinstance(read, bool) is isinstance(value, bool) and bool(read == value)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _children(element: Element, name: str) -> list[Element]:
    return [each for each in element if _local(each) == name]


def _text(element: Element) -> str:
    """Return the text of a string item or an inline string: its own, or that of its runs."""
    pieces = [
        each
        for child in element
        for each in (
            [child] if _local(child) == "t" else _children(child, "t") if _local(child) == "r" else []
        )
    ]
    return re.sub(
        r"_x([0-9A-Fa-f]{4})_",
        lambda found: chr(int(found[1], 16)),
        "".join(each.text or "" for each in pieces),
    )


def _strings(parts: Mapping[str, bytes]) -> list[str]:
    if "xl/sharedStrings.xml" not in parts:
        return []
    return [_text(item) for item in _children(ElementTree.fromstring(parts["xl/sharedStrings.xml"]), "si")]


def _sheets(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    relations = {each.get("Id"): each for each in ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])}
    book = ElementTree.fromstring(parts["xl/workbook.xml"])
    for sheets in _children(book, "sheets"):
        for sheet in _children(sheets, "sheet"):
            ids = [text for key, text in sheet.attrib.items() if key.endswith("}id")]
            relation = relations[ids[0]]
            if relation.get("Type", "").endswith("/worksheet"):
                target = relation.get("Target", "")
                yield sheet.attrib["name"], target[1:] if target.startswith("/") else f"xl/{target}"


def _cells(sheet: Element, strings: Sequence[str]) -> Iterator[tuple[tuple[int, int], Any]]:
    seen: Cells = {}
    row = -1
    for line in (line for data in _children(sheet, "sheetData") for line in _children(data, "row")):
        row = int(line.get("r", str(row + 2))) - 1
        column = -1
        for cell in _children(line, "c"):
            if (address := cell.get("r")) is not None:
                found = re.fullmatch("([A-Z]{1,3})([1-9][0-9]{0,6})", address)
                if found is None or int(found[2]) != row + 1:
                    raise MalformedError(f"address {address}")
                column = _column(found[1])
            else:
                column += 1
            value = _value(cell, strings)
            if value is None or value == "":
                continue  # a blank cell beside a filled one of the same address takes nothing away
            if (row, column) in seen:
                value = Impossible("a cell twice")
            seen[row, column] = value
            yield (row, column), value


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell: Element, strings: Sequence[str]) -> Any:
    kind = cell.get("t", "n")
    values, inline = _children(cell, "v"), _children(cell, "is")
    if len(values) + len(inline) > 1 or any(len(each) for each in values):
        return Impossible("two values")
    if inline and kind != "inlineStr":
        raise MalformedError("a string in place of another type")
    if kind == "inlineStr":
        return _text(inline[0]) if inline else None
    text = (values[0].text or "") if values else ""
    match kind:
        case "n":
            if not text.strip():
                return None
            return float(text) if _NUMBER.fullmatch(text.strip()) else NoNumber(text)
        case "s":
            if re.fullmatch("[0-9]{1,9}", text.strip()) and int(text) < len(strings):
                return strings[int(text)]
            return Impossible(f"string {text}") if text else None
        case "str":
            return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
        case "b":
            return {"1": True, "0": False, "true": True, "false": False, "": None}.get(
                text, Impossible(f"truth {text}")
            )
        case "e":
            return None
        case "d":
            raise MalformedError("a date as text, which this judge does not read")
    return Impossible(f"type {kind}")
