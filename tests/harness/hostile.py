"""Files made with bad intentions, or by bad luck: each is written here byte by byte, from a good workbook.

A builder takes the bytes of a good workbook and returns those of the hostile one.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

Parts = Mapping[str, bytes]
Builder = Callable[[bytes], bytes]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet4.xml"  # 1.1 Pegawai
STRINGS, STYLES, CUSTOM = "xl/sharedStrings.xml", "xl/styles.xml", "docProps/custom.xml"
BOOK, BOOK_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
KINDS_OF_PARTS = (
    "[Content_Types].xml", "_rels/.rels", BOOK, BOOK_RELATIONS, SHEET, STRINGS, STYLES, CUSTOM,
    "xl/theme/theme1.xml", "docProps/core.xml", "docProps/app.xml",
)  # fmt: skip


# -- parts of a workbook --------------------------------------------------------------------------------------------


def unpacked(raw: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> bytes:
    """Return a workbook of parts."""
    return raw_zip([stored(name, content) for name, content in parts.items()])


def with_parts(raw: bytes, parts: Parts) -> bytes:
    """Return a workbook with some parts more, or others."""
    return packed({**unpacked(raw), **parts})


def without_part(raw: bytes, part: str) -> bytes:
    """Return a workbook that lacks a part."""
    return packed({name: content for name, content in unpacked(raw).items() if name != part})


def edited(raw: bytes, part: str, old: str, new: str) -> bytes:
    """Return a workbook with the first ``old`` of a part replaced."""
    content = unpacked(raw)[part]
    assert old.encode() in content, (part, old)
    return with_parts(raw, {part: content.replace(old.encode(), new.encode(), 1)})


def cell_added(raw: bytes, cells: str) -> bytes:
    """Return a workbook with a row's markup more at the end of a sheet."""
    return edited(raw, SHEET, "</sheetData>", f"{cells}</sheetData>")


def cell_replaced(raw: bytes, address: str, cell: str) -> bytes:
    """Return a workbook with another markup of one cell of 1.1 Pegawai."""
    content = unpacked(raw)[SHEET].decode()
    begin = content.index(f'<c r="{address}"')
    end = min(
        content.find(mark, begin) + len(mark) for mark in ("</c>", "/>") if content.find(mark, begin) > 0
    )
    return with_parts(raw, {SHEET: (content[:begin] + cell + content[end:]).encode()})


def after_cells(raw: bytes, markup: str) -> bytes:
    """Return a workbook with markup after the cells of a sheet, before the page's margins."""
    return edited(raw, SHEET, "</sheetData>", f"</sheetData>{markup}")


# -- zip, written by hand -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """One entry as both of its headers describe it; what they say need not be so."""

    name: bytes
    data: bytes
    size: int
    crc: int
    method: int = zipfile.ZIP_STORED
    flags: int = 0
    packed_size: int | None = None
    local_name: bytes | None = None
    offset: int | None = None
    extra: bytes = b""

    def local(self) -> bytes:
        """Return the header that stands before the data."""
        name = self.name if self.local_name is None else self.local_name
        return struct.pack(
            "<4s5H3I2H",
            b"PK\x03\x04", 20, self.flags, self.method, 0, 33, self.crc, self._packed(), self.size & 0xFFFFFFFF,
            len(name), 0,
        ) + name  # fmt: skip

    def central(self, offset: int) -> bytes:
        """Return the header that stands in the directory."""
        at = offset if self.offset is None else self.offset
        return struct.pack(
            "<4s6H3I5H2I",
            b"PK\x01\x02", 20, 20, self.flags, self.method, 0, 33, self.crc, self._packed(), self.size & 0xFFFFFFFF,
            len(self.name), len(self.extra), 0, 0, 0, 0, at,
        ) + self.name + self.extra  # fmt: skip

    def _packed(self) -> int:
        return len(self.data) if self.packed_size is None else self.packed_size


def raw_zip(entries: Sequence[Entry], *, count: int | None = None) -> bytes:
    """Return an archive that says exactly what its entries say; ``count`` is how many it claims."""
    body, directory = io.BytesIO(), io.BytesIO()
    for entry in entries:
        offset = body.tell()
        if entry.offset is None:
            body.write(entry.local() + entry.data)
        directory.write(entry.central(offset))
    number = len(entries) if count is None else count
    end = struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, number, number, len(directory.getvalue()), body.tell(), 0
    )
    return body.getvalue() + directory.getvalue() + end


def stored(name: str, content: bytes) -> Entry:
    """Return an honest entry without compression."""
    return Entry(name.encode(), content, len(content), zlib.crc32(content))


def deflated(name: str, content: bytes, level: int = 9) -> Entry:
    """Return an honest compressed entry."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    data = packer.compress(content) + packer.flush()
    return Entry(name.encode(), data, len(content), zlib.crc32(content), zipfile.ZIP_DEFLATED)


def repeated(name: str, head: bytes, block: bytes, times: int, tail: bytes) -> Entry:
    """Return a compressed entry that inflates to a block many times; its check sum is not worked out."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    middle = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)  # stands alone, so it can be repeated
    last = packer.compress(tail) + packer.flush()
    size = len(head) + len(block) * times + len(tail)
    return Entry(name.encode(), first + middle * times + last, size, 0, zipfile.ZIP_DEFLATED)


def entries(raw: bytes) -> list[Entry]:
    """Return the honest entries of a workbook."""
    return [stored(name, content) for name, content in unpacked(raw).items()]


def with_entry(raw: bytes, entry: Entry) -> bytes:
    """Return a workbook with one entry in place of that of its name, or more."""
    return raw_zip([*(each for each in entries(raw) if each.name != entry.name), entry])


def changed_entry(raw: bytes, name: str, **changes: object) -> bytes:
    """Return a workbook whose headers say something else about one entry."""
    return raw_zip(
        [replace(each, **changes) if each.name == name.encode() else each for each in entries(raw)]  # type: ignore[arg-type]
    )


# -- other kinds of files -------------------------------------------------------------------------------------------


def office_document(kind: str) -> bytes:
    """Return the bare bones of a Word or PowerPoint document."""
    main = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml"}[kind]
    return packed({"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<Relationships/>", main: b"<x/>"})


def truncated(share: float) -> Builder:
    """Return a builder that keeps the first part of a workbook."""
    return lambda raw: raw[: int(len(raw) * share)]


# -- bombs ----------------------------------------------------------------------------------------------------------

MIB = 1024 * 1024


def zeros(name: str, mebibytes: int) -> Entry:
    """Return an entry of zeros, a thousand times smaller than it inflates to."""
    return repeated(name, b"", b"\0" * MIB, mebibytes, b"")


def claims_little(raw: bytes) -> bytes:
    """A sheet that says it has 1,000 bytes and inflates to 1 GiB."""
    honest = zeros(SHEET, 1024)
    return with_entry(raw, replace(honest, size=1000, crc=zlib.crc32(b"\0" * 1000)))


def claims_little_bzip2(raw: bytes) -> bytes:
    """The same with bzip2, for which Python's zipfile has no limit: some hundred bytes are 512 MiB."""
    import bz2

    block = bz2.compress(b"\0" * 64 * MIB)
    data = block * 8  # streams one after another are one
    entry = Entry(SHEET.encode(), data, 1000, zlib.crc32(b"\0" * 1000), zipfile.ZIP_BZIP2)
    return with_entry(raw, entry)


def claims_little_lzma(raw: bytes) -> bytes:
    """The same with LZMA."""
    import lzma

    packer = lzma.LZMACompressor(lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA1, "preset": 0}])
    data = b"".join(packer.compress(b"\0" * 16 * MIB) for _ in range(8)) + packer.flush()
    properties = lzma._encode_filter_properties({"id": lzma.FILTER_LZMA1, "preset": 0})  # type: ignore[attr-defined]
    head = struct.pack("<BBH", 9, 4, len(properties)) + properties
    return with_entry(
        raw, Entry(SHEET.encode(), head + data, 1000, zlib.crc32(b"\0" * 1000), zipfile.ZIP_LZMA)
    )


def quoted_overlap(raw: bytes, number: int = 60, mebibytes: int = 5) -> bytes:
    """Entries that share their data (Fifield 2019): each quotes the header of the next in a stored block."""
    core = zeros("xl/last.xml", mebibytes)
    chain = [replace(core, crc=zlib.crc32(b"\0" * mebibytes * MIB))]
    contents = b"\0" * mebibytes * MIB
    for each in range(number - 1):
        header = chain[0].local()
        data = struct.pack("<BHH", 0, len(header), len(header) ^ 0xFFFF) + header + chain[0].data
        contents = header + contents
        name = f"xl/worksheets/more{each}.xml".encode()
        chain.insert(0, Entry(name, data, len(contents), zlib.crc32(contents), zipfile.ZIP_DEFLATED))
    body = packed(unpacked(raw))
    before = sum(len(each.local()) + len(each.data) for each in entries(raw))
    first = chain[0].local() + chain[0].data
    offset, directory = before, body[before:-22]
    for place, entry in enumerate(chain):
        directory += entry.central(offset)
        offset += len(entry.local()) + (5 if place < number - 1 else 0)
    count = len(entries(raw)) + number
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), before + len(first), 0)
    return body[:before] + first + directory + end


def many_parts(raw: bytes, number: int) -> bytes:
    """A workbook that has so many parts in all."""
    parts = unpacked(raw)
    for each in range(number - len(parts)):
        parts[f"xl/media/{each}.xml"] = b"<x/>"
    return packed(parts)


def huge_strings(raw: bytes) -> bytes:
    """A shared string table of 1 GiB, which compresses to one."""
    head = f'<sst xmlns="{MAIN}"><si><t>'.encode()
    return with_entry(raw, repeated(STRINGS, head, b"A" * MIB, 1024, b"</t></si></sst>"))


# -- XML ------------------------------------------------------------------------------------------------------------

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = {
    "laughs": f'<!DOCTYPE a [<!ENTITY l0 "ha">{_LAUGHS}]>',
    "external": '<!DOCTYPE a [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
    "remote": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
    "parameter": '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/a.dtd"> %p;]>',
}


def split_declaration(content: bytes) -> tuple[str, str]:
    """Return a part's XML declaration and what follows it."""
    text = content.decode()
    end = text.index("?>") + 2 if text.startswith("<?xml") else 0
    return text[:end], text[end:]


def with_doctype(raw: bytes, part: str, kind: str, *, far: bool = False, encoding: str = "utf-8") -> bytes:
    """Return a workbook with a DOCTYPE in a part, and its entity in use; ``far``: after 5,000 spaces."""
    declaration, rest = split_declaration(unpacked(raw)[part])
    first = rest.index("</")
    use = "&l9;" if kind in ("laughs", "external") and part == STRINGS else ""
    text = DOCTYPES[kind] + rest[:first] + use + rest[first:]
    if far:
        text = f"<!--{' ' * 5000}-->{text}"
    declaration = declaration.replace("UTF-8", encoding.upper())
    return with_parts(raw, {part: (declaration + text).encode(encoding)})


def reencoded(raw: bytes, part: str, encoding: str) -> bytes:
    """Return a workbook with one part in another encoding, as XML allows."""
    declaration, rest = split_declaration(unpacked(raw)[part])
    return with_parts(raw, {part: (declaration.replace("UTF-8", encoding.upper()) + rest).encode(encoding)})


def cut_part(raw: bytes, part: str, share: float = 0.5) -> bytes:
    """Return a workbook one part of which ends early."""
    content = unpacked(raw)[part]
    return with_parts(raw, {part: content[: int(len(content) * share)]})


def prefixed(raw: bytes, part: str) -> bytes:
    """Return a workbook with a prefix on every element of a part, as some programs write them."""
    import re

    _, rest = split_declaration(unpacked(raw)[part])
    text = re.sub(r"<(/?)(\w)", r"<\1x:\2", rest).replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    return with_parts(raw, {part: text.encode()})


# -- cells ----------------------------------------------------------------------------------------------------------


def million_cells(raw: bytes, rows: int = 1000, columns: int = 1000) -> bytes:
    """A workbook with a sheet of a million numbers."""
    names = [column_name(each) for each in range(columns)]
    body = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{name}{row}"><v>1</v></c>' for name in names) + "</row>"
        for row in range(1, rows + 1)
    )
    return with_sheet(raw, "Besar", f"<sheetData>{body}</sheetData>")


def column_name(number: int) -> str:
    """Return the letters of a column, from 0."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def with_sheet(raw: bytes, name: str, content: str, target: str = "worksheets/more.xml") -> bytes:
    """Return a workbook with a sheet more; ``content`` stands in its root element."""
    parts = unpacked(raw)
    sheet = f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{content}</worksheet>'
    book = (
        parts[BOOK]
        .decode()
        .replace("</sheets>", f'<sheet name="{name}" sheetId="900" r:id="more"/></sheets>')
    )
    relation = f'<Relationship Id="more" Type="{RELATIONS}/worksheet" Target="{target}"/></Relationships>'
    links = parts[BOOK_RELATIONS].decode().replace("</Relationships>", relation)
    more = {"xl/worksheets/more.xml": sheet.encode()} if target == "worksheets/more.xml" else {}
    return packed({**parts, BOOK: book.encode(), BOOK_RELATIONS: links.encode(), **more})


def many_sheets(raw: bytes, number: int) -> bytes:
    """A workbook that lists thousands of sheets, all of them the largest of its parts."""
    parts = unpacked(raw)
    largest = max(
        (name for name in parts if name.startswith("xl/worksheets/")), key=lambda name: len(parts[name])
    )
    sheets = "".join(f'<sheet name="L{each}" sheetId="{1000 + each}" r:id="more"/>' for each in range(number))
    book = parts[BOOK].decode().replace("</sheets>", f"{sheets}</sheets>")
    relation = f'<Relationship Id="more" Type="{RELATIONS}/worksheet" Target="/{largest}"/></Relationships>'
    links = parts[BOOK_RELATIONS].decode().replace("</Relationships>", relation)
    return packed({**parts, BOOK: book.encode(), BOOK_RELATIONS: links.encode()})


def many_styles(raw: bytes, number: int = 60_000) -> bytes:
    """A workbook with as many formats of cells as Excel can hold."""
    formats = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="0.{n}"/>' for n in range(number))
    styles = "".join(f'<xf numFmtId="{200 + n}" fontId="0"/>' for n in range(number))
    content = (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="{number}">{formats}</numFmts>'
        f'<cellXfs count="{number}">{styles}</cellXfs></styleSheet>'
    )
    return with_parts(raw, {STYLES: content.encode()})


def far_things(raw: bytes) -> bytes:
    """Everything that may stand around cells, at the far end of the sheet."""
    far = "XFD1048576"
    markup = (
        f'<autoFilter ref="A1:{far}"/>'
        f'<mergeCells count="2"><mergeCell ref="J500:{far}"/><mergeCell ref="{far}:ZZZZ99999999"/></mergeCells>'
        f'<conditionalFormatting sqref="A1:{far}"><cfRule type="expression" priority="99"><formula>TRUE</formula>'
        "</cfRule></conditionalFormatting>"
        f'<dataValidations count="1"><dataValidation type="list" sqref="{far} A1:{far}"><formula1>"a"</formula1>'
        "</dataValidation></dataValidations>"
        f'<hyperlinks><hyperlink ref="A1:{far}" location="A1"/></hyperlinks>'
    )
    raw = after_cells(raw, markup)
    comments = (
        f'<comments xmlns="{MAIN}"><authors><author>a</author></authors><commentList>'
        f'<comment ref="{far}" authorId="0"><text><t>jauh</t></text></comment></commentList></comments>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="c" Type="{RELATIONS}/comments" Target="../comments9.xml"/></Relationships>'
    )
    names = (
        f"</sheets><definedNames><definedName name=\"jauh\">'1.1 Pegawai'!${far[:3]}$1048576</definedName>"
        '<definedName name="_xlnm.Print_Area" localSheetId="3">\'1.1 Pegawai\'!$A$1:$XFD$1048576</definedName>'
        "</definedNames>"
    )
    parts = unpacked(raw)
    begin, end = parts[BOOK].index(b"<definedNames>"), parts[BOOK].index(b"</definedNames>")
    book = parts[BOOK][:begin] + parts[BOOK][end + len(b"</definedNames>") :]
    return packed(
        {
            **parts,
            "xl/comments9.xml": comments.encode(),
            "xl/worksheets/_rels/sheet4.xml.rels": relations.encode(),
            BOOK: book.replace(b"</sheets>", names.encode()),
        }
    )


def many_merges(raw: bytes, number: int = 100_000) -> bytes:
    """A sheet with a hundred thousand merged ranges."""
    ranges = "".join(f'<mergeCell ref="X{n}:Y{n}"/>' for n in range(1, number + 1))
    return after_cells(raw, f'<mergeCells count="{number}">{ranges}</mergeCells>')


def linked_outside(raw: bytes) -> bytes:
    """A workbook that takes figures from another file, by DDE and by OLE, and asks to be refreshed on opening."""
    link = (
        f'<externalLink xmlns="{MAIN}" xmlns:r="{RELATIONS}"><ddeLink ddeService="cmd" ddeTopic="/C calc">'
        '<ddeItems><ddeItem name="A0" advise="1"/></ddeItems></ddeLink></externalLink>'
    )
    other = f'<externalLink xmlns="{MAIN}" xmlns:r="{RELATIONS}"><externalBook r:id="r1"/></externalLink>'
    outside = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{RELATIONS}/externalLinkPath" Target="http://127.0.0.1:9/a.xlsx"'
        ' TargetMode="External"/></Relationships>'
    )
    parts = unpacked(raw)
    book = parts[BOOK].replace(
        b"</sheets>", b'</sheets><externalReferences><externalReference r:id="x1"/></externalReferences>'
    )
    relation = (
        f'<Relationship Id="x1" Type="{RELATIONS}/externalLink" Target="externalLinks/externalLink1.xml"/>'
    )
    return packed(
        {
            **parts,
            BOOK: book,
            BOOK_RELATIONS: parts[BOOK_RELATIONS].replace(
                b"</Relationships>", relation.encode() + b"</Relationships>"
            ),
            "xl/externalLinks/externalLink1.xml": link.encode(),
            "xl/externalLinks/externalLink2.xml": other.encode(),
            "xl/externalLinks/_rels/externalLink2.xml.rels": outside.encode(),
            "xl/connections.xml": f'<connections xmlns="{MAIN}"><connection id="1" type="4" refreshOnLoad="1"><webPr '
            'url="http://127.0.0.1:9/"/></connection></connections>'.encode(),
        }
    )


def with_macros(raw: bytes) -> bytes:
    """A workbook with macros, named .xlsx."""
    parts = unpacked(raw)
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = parts["[Content_Types].xml"].replace(
        kind, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    types = types.replace(
        b"<Override",
        b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override',
        1,
    )
    return packed({**parts, "[Content_Types].xml": types, "xl/vbaProject.bin": OLE + b"\0" * 504})


def with_chart_sheet(raw: bytes) -> bytes:
    """A workbook to which somebody added a sheet that is a chart, as F11 does in Excel."""
    parts = unpacked(with_sheet(raw, "Grafik1", "", "chartsheets/sheet1.xml"))
    chart = (
        f'<chartsheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews></chartsheet>'
    )
    links = parts[BOOK_RELATIONS].replace(
        b'Id="more" Type="' + RELATIONS.encode() + b"/worksheet",
        b'Id="more" Type="' + RELATIONS.encode() + b"/chartsheet",
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.chartsheet+xml"
    types = (
        parts["[Content_Types].xml"]
        .decode()
        .replace(
            "</Types>", f'<Override PartName="/xl/chartsheets/sheet1.xml" ContentType="{kind}"/></Types>'
        )
    )
    return packed(
        {
            **parts,
            BOOK_RELATIONS: links,
            "[Content_Types].xml": types.encode(),
            "xl/chartsheets/sheet1.xml": chart.encode(),
        }
    )


def declared(raw: bytes, part: str, encoding: str) -> bytes:
    """Return a workbook one part of which says that it has another encoding."""
    return edited(raw, part, 'encoding="UTF-8"', f'encoding="{encoding}"')
