"""A workbook as the parts of its zip: to change it byte for byte, as odd programs write it."""

from __future__ import annotations

import re
import zipfile
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr, unescape

from lkjip_xl.base.a1 import from_a1

Parts = dict[str, bytes]
BOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
PROPERTIES = "docProps/custom.xml"
TYPES = "[Content_Types].xml"


def read_parts(path: Path) -> Parts:
    """Return the parts of a workbook, in their order."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(parts: Parts, path: Path, method: int = zipfile.ZIP_DEFLATED) -> None:
    """Write a workbook of parts."""
    with zipfile.ZipFile(path, "w", method, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)


def sheets_of(parts: Parts) -> dict[str, str]:
    """Return the part of each sheet, by the sheet's name."""
    targets = dict(re.findall(rb'Id="([^"]+)"[^>]*?Target="([^"]+)"', parts[RELATIONS]))
    targets |= {i: t for t, i in re.findall(rb'Target="([^"]+)"[^>]*?Id="([^"]+)"', parts[RELATIONS])}
    found = re.findall(rb'<sheet name="([^"]+)"[^>]*? r:id="([^"]+)"', parts[BOOK])
    return {
        unescape(name.decode(), {"&quot;": '"', "&apos;": "'"}): "xl/" + targets[relation].decode()
        for name, relation in found
    }


_SHARED = re.compile(
    rb'(<c r="[A-Z]+)(\d+)("[^<>]*>)<f t="shared"(?: ref="[^"]*")? si="(\d+)"(?:/>|>([^<]*)</f>)'
)
_ROW = re.compile(r"(?<![\w.'!$])(\$?[A-Z]{1,3})(\d+)(?![\w(.])")


def unshare(parts: Parts, sheet: str | None = None, number: bytes | None = None) -> None:
    """Write each formula that is kept once for the rows of a column into all its cells; with ``number`` those of one group."""
    for name, part in sheets_of(parts).items():
        if sheet not in (None, name):
            continue
        kept: dict[bytes, tuple[int, str]] = {}

        def alone(found: re.Match[bytes], kept: dict[bytes, tuple[int, str]] = kept) -> bytes:
            group, row = found[4], int(found[2])
            if number not in (None, group):
                return found[0]
            if found[5] is not None:
                kept[group] = (row, found[5].decode())
            first, text = kept[group]
            return b"%b%d%b<f>%b</f>" % (found[1], row, found[3], _down(text, row - first).encode())

        parts[part] = _SHARED.sub(alone, parts[part])


def _down(formula: str, rows: int) -> str:
    """Return a formula as it is filled down some rows."""
    pieces = list(_around_rows(formula))
    pieces[1::2] = [str(int(piece) + rows) for piece in pieces[1::2]]
    return "".join(pieces)


@lru_cache(maxsize=8192)
def _around_rows(formula: str) -> tuple[str, ...]:
    """Return the texts of a formula, and between them the rows that are not fixed."""
    pieces = [""]
    for n, piece in enumerate(re.split(r'("[^"]*")', formula)):
        if n % 2:
            pieces[-1] += piece
            continue
        found = _ROW.split(piece)
        pieces[-1] += found[0]
        for at in range(1, len(found), 3):
            pieces[-1] += found[at]
            pieces += found[at + 1 : at + 3]
    return tuple(pieces)


def put(parts: Parts, sheet: str, address: str, content: str, style: str | None = None) -> None:
    """Put something into a cell: ``content`` follows the attributes r and s, such as `` t="b"><v>1</v>``."""
    part = sheets_of(parts)[sheet]
    cell = rf'<c r="{address}"(?: s="([0-9]+)")?(?: t="[a-zA-Z]+")?(?:/>|>.*?</c>)'.encode()
    match = re.search(cell, parts[part])
    kept = re.search(rb'<f t="shared" ref="[^"]*" si="(\d+)"', match[0]) if match else None
    if kept:  # the others keep their formula
        unshare(parts, sheet, kept[1])
        match = re.search(cell, parts[part])
    start, end = match.span() if match else _place_for(parts[part], address)
    own = style if style is not None else ((match[1] if match else None) or b"").decode()
    new = f'<c r="{address}"' + (f' s="{own}"' if own else "") + content + "</c>"
    parts[part] = parts[part][:start] + new.encode() + parts[part][end:]


def _place_for(sheet: bytes, address: str) -> tuple[int, int]:
    """Return where in a row that exists a new cell belongs."""
    line, column = from_a1(address)
    row = re.search(rf'<row r="{line + 1}"[^<>]*>(.*?)</row>'.encode(), sheet)
    assert row is not None, f"the row of {address} is not in the file"
    for cell in re.finditer(rb'<c r="([A-Z]+[0-9]+)"', row[1]):
        if from_a1(cell[1].decode())[1] > column:
            return row.start(1) + cell.start(), row.start(1) + cell.start()
    return row.end(1), row.end(1)


def style_of(parts: Parts, sheet: str, address: str) -> str:
    """Return the style that a cell has."""
    match = re.search(rf'<c r="{address}" s="([0-9]+)"'.encode(), parts[sheets_of(parts)[sheet]])
    assert match is not None, f"{sheet}!{address} has no style"
    return match[1].decode()


def new_style(parts: Parts, number_format: str, number: int = 900) -> str:
    """Add a cell style with a number format of its own and return its number."""
    entry = f'<numFmt numFmtId="{number}" formatCode={quoteattr(number_format)}/>'.encode()
    styles = parts[STYLES]
    if b"<numFmts" in styles:
        styles = re.sub(rb"(<numFmts[^>]*>)", lambda found: found[1] + entry, styles, count=1)
        styles = re.sub(
            rb'<numFmts count="(\d+)"', lambda found: b'<numFmts count="%d"' % (int(found[1]) + 1), styles
        )
    else:
        styles = re.sub(rb"(<fonts)", b'<numFmts count="1">' + entry + rb"</numFmts>\1", styles, count=1)
    match = re.search(rb'<cellXfs count="(\d+)">', styles)
    assert match is not None
    count = int(match[1])
    xf = f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    styles = styles.replace(match[0], b'<cellXfs count="%d">' % (count + 1))
    parts[STYLES] = styles.replace(b"</cellXfs>", xf.encode())
    return str(count)


def text(value: str) -> str:
    """Return a cell's content that is a text."""
    return f' t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is>'


def number(value: float | str) -> str:
    """Return a cell's content that is a number."""
    return f"><v>{value}</v>"


def below(parts: Parts, sheet: str, row: int, cells: str) -> None:
    """Add a row below everything else on a sheet; ``cells`` are its cells as they stand in the file."""
    part = sheets_of(parts)[sheet]
    new = f'<row r="{row}">{cells}</row></sheetData>'.encode()
    parts[part] = parts[part].replace(b"</sheetData>", new, 1)
