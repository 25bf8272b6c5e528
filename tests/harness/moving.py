"""Rows, columns and sheets of a workbook that move, with every formula following as Excel lets it follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from openpyxl.utils import column_index_from_string, get_column_letter

from parts import BOOK, RELATIONS, TYPES, Parts, sheets_of, unshare

Line = Callable[
    [int], int | None
]  # where a row or column stands afterwards, counted from 1; None: it is deleted

_REFERENCE = re.compile(
    r"(?:(?P<sheet>'[^']+'|[A-Za-z_][\w.]*)!)?(?P<one>\$?[A-Z]{1,3}\$?\d+)(?::(?P<two>\$?[A-Z]{1,3}\$?\d+))?(?![\w(])"
)
_FORMULA = re.compile(rb"<f>([^<]*)</f>")
_NAME = re.compile(rb"(<definedName [^<>]*>)([^<]*)(</definedName>)")
_ADDRESS = re.compile(r"(\$?)([A-Z]+)(\$?)(\d+)")
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"


def inserted(at: int, count: int = 1) -> Line:
    """Return where lines stand after new ones were inserted before line ``at``."""
    return lambda line: line + count if line >= at else line


def deleted(at: int) -> Line:
    """Return where lines stand after line ``at`` was deleted."""
    return lambda line: None if line == at else line - (line > at)


def swapped(one: int, two: int) -> Line:
    """Return where lines stand after two changed places."""
    return lambda line: {one: two, two: one}.get(line, line)


def _same(line: int) -> int | None:
    return line


def move(parts: Parts, sheet: str, *, rows: Line = _same, columns: Line = _same) -> None:
    """Move rows and columns of a sheet; formulas of all sheets follow."""
    unshare(parts)
    sheets = sheets_of(parts)
    for name, part in sheets.items():
        follow = _follower(sheet, name, rows, columns)
        parts[part] = _FORMULA.sub(partial(_followed, follow), parts[part])
    follow = _follower(sheet, "", rows, columns)
    parts[BOOK] = _NAME.sub(lambda found: found[1] + follow(found[2]) + found[3], parts[BOOK])
    part = sheets[sheet]
    content = parts[part]
    for around in (rb"<conditionalFormatting.*?</conditionalFormatting>", rb"<dataValidations.*?</dataValidations>",
                   rb"<mergeCells.*?</mergeCells>", rb"<autoFilter[^>]*/>", rb"<cols>.*?</cols>", rb"<dimension[^>]*/>"):  # fmt: skip
        content = re.sub(around, b"", content, flags=re.DOTALL)
    parts[part] = re.sub(
        rb'<row r="(\d+)"([^>]*?)(?:/>|>(.*?)</row>)',
        lambda found: _row(found, rows, columns),
        content,
        flags=re.DOTALL,
    )


def _followed(follow: Callable[[bytes], bytes], found: re.Match[bytes]) -> bytes:
    return b"<f>" + follow(found[1]) + b"</f>"


def _row(found: re.Match[bytes], rows: Line, columns: Line) -> bytes:
    number = rows(int(found[1]))
    if number is None:
        return b""
    cells = []
    for cell in re.finditer(rb'<c r="([A-Z]+)\d+"((?:[^>]*?)(?:/>|>.*?</c>))', found[3] or b"", re.DOTALL):
        column = columns(column_index_from_string(cell[1].decode()))
        if column is not None:
            address = f"{get_column_letter(column)}{number}".encode()
            cells.append((column, b'<c r="' + address + b'"' + cell[2]))
    attributes = re.sub(rb' spans="[^"]*"', b"", found[2])
    body = b"".join(cell for _, cell in sorted(cells))
    return b'<row r="%d"' % number + attributes + b">" + body + b"</row>"


def _follower(sheet: str, own: str, rows: Line, columns: Line) -> Callable[[bytes], bytes]:
    """Return what happens to the formulas of a sheet when lines of ``sheet`` move."""

    def shifted(address: str, other: str | None) -> str | None:
        match = _ADDRESS.fullmatch(address)
        assert match is not None
        row, column = rows(int(match[4])), columns(column_index_from_string(match[2]))
        if row is None and other is not None:  # an end of a range that is deleted: the range shrinks
            end = _ADDRESS.fullmatch(other)
            assert end is not None
            inward = 1 if int(match[4]) < int(end[4]) else -1
            row = rows(int(match[4]) + inward) if int(match[4]) != int(end[4]) else None
        if row is None or column is None:
            return None
        return f"{match[1]}{get_column_letter(column)}{match[3]}{row}"

    def reference(found: re.Match[str]) -> str:
        named = found["sheet"]
        if (own if named is None else named.strip("'")) != sheet:
            return found[0]
        one = shifted(found["one"], found["two"])
        two = shifted(found["two"], found["one"]) if found["two"] else ""
        if one is None or two is None:
            return "#REF!"
        return (f"{named}!" if named else "") + one + (f":{two}" if two else "")

    named_in = sheet.encode()

    def follow(formula: bytes) -> bytes:
        if own != sheet and named_in not in formula:
            return formula
        pieces = re.split(r'("[^"]*")', formula.decode())
        pieces[::2] = [_REFERENCE.sub(reference, piece) for piece in pieces[::2]]
        return "".join(pieces).encode()

    return follow


def new_row(parts: Parts, sheet: str, row: int, cells: Mapping[int, str]) -> None:
    """Write a row that is not there yet; ``cells`` are contents by column, counted from 1."""
    part = sheets_of(parts)[sheet]
    body = "".join(f'<c r="{get_column_letter(n)}{row}"{cells[n]}</c>' for n in sorted(cells))
    new = f'<row r="{row}">{body}</row>'.encode()
    later = [m for m in re.finditer(rb'<row r="(\d+)"', parts[part]) if int(m[1]) > row]
    at = later[0].start() if later else parts[part].find(b"</sheetData>")
    parts[part] = parts[part][:at] + new + parts[part][at:]


def content_of(parts: Parts, sheet: str, address: str) -> str:
    """Return what a cell holds, as ``parts.put`` takes it; that of a blank cell for one that is not there."""
    cell = rf'<c r="{address}"(?: s="[0-9]+")?((?: t="[a-zA-Z]+")?(?:/>|>.*?</c>))'.encode()
    match = re.search(cell, parts[sheets_of(parts)[sheet]], re.DOTALL)
    held = b"/>" if match is None else match[1]
    return ">" if held == b"/>" else held.decode().removesuffix("</c>")


def rename(parts: Parts, names: Mapping[str, str]) -> None:
    """Rename sheets, one after the other; formulas follow."""
    for old, new in names.items():
        for part in [BOOK, *sheets_of(parts).values()]:
            content = parts[part].replace(f"'{old}'!".encode(), f"'{new}'!".encode())
            parts[part] = content.replace(f'<sheet name="{old}"'.encode(), f'<sheet name="{new}"'.encode())


def copy_sheet(parts: Parts, sheet: str, copy: str, *, first: bool = False) -> None:
    """Copy a sheet to the end of the workbook or to its beginning; no other sheet points to the copy."""
    parts["xl/worksheets/sheet99.xml"] = parts[sheets_of(parts)[sheet]]
    entry = f'<sheet name="{copy}" sheetId="99" r:id="rIdCopy"/>'.encode()
    names = (b"<sheets>", b"<sheets>" + entry) if first else (b"</sheets>", entry + b"</sheets>")
    parts[BOOK] = re.sub(
        rb'<definedName [^<>]*localSheetId="[^<>]*>[^<]*</definedName>', b"", parts[BOOK].replace(*names)
    )
    relation = (
        f'<Relationship Id="rIdCopy" Type="{_RELATION}" Target="worksheets/sheet99.xml"/></Relationships>'
    )
    parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", relation.encode())
    override = f'<Override PartName="/xl/worksheets/sheet99.xml" ContentType="{_TYPE}"/></Types>'
    parts[TYPES] = parts[TYPES].replace(b"</Types>", override.encode())


def copy_row(parts: Parts, sheet: str, row: int) -> None:
    """Copy a whole row and insert the copy below it, as staff do for a row more; relative references move with it."""
    move(parts, sheet, rows=inserted(row + 1))
    part = sheets_of(parts)[sheet]
    found = re.search(rb'<row r="%d".*?</row>' % row, parts[part], re.DOTALL)
    assert found is not None

    def relative(address: re.Match[str]) -> str:
        return f"{address[1]}{address[2]}{address[3]}{int(address[4]) + (not address[3])}"

    def follow(formula: re.Match[bytes]) -> bytes:
        pieces = re.split(r'("[^"]*")', formula[1].decode())
        pieces[::2] = [
            _REFERENCE.sub(lambda ref: _ADDRESS.sub(relative, ref[0]), piece) for piece in pieces[::2]
        ]
        return b"<f>" + "".join(pieces).encode() + b"</f>"

    copy = _FORMULA.sub(follow, found[0]).replace(b'<row r="%d"' % row, b'<row r="%d"' % (row + 1), 1)
    copy = re.sub(rb'<c r="([A-Z]+)%d"' % row, rb'<c r="\g<1>%d"' % (row + 1), copy)
    parts[part] = parts[part].replace(found[0], found[0] + copy, 1)
