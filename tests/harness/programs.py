"""A workbook as other programs write it: the same values, another form."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.utils import column_index_from_string

from lkjip_xl.report.docx.pages import find_office
from parts import (
    BOOK,
    PROPERTIES,
    RELATIONS,
    STRINGS,
    STYLES,
    TYPES,
    Parts,
    read_parts,
    sheets_of,
    unshare,
    write_parts,
)
from subjects import Expected, Mutation, Subject

GROUP = "Program lain"
UNLOCKED = frozenset({"kunci-dibuka"})
Change = Callable[[Parts], None]
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _trait(
    id_: str, text: str, *changes: Change, notes: frozenset[str] = frozenset(), of_bytes: bool = True
) -> Mutation:
    """Return a mutation of the file's parts after which everything is read as before."""

    def apply(subject: Subject, target: Path) -> Expected:
        parts = read_parts(subject.path)
        for change in changes:
            change(parts)
        write_parts(parts, target)
        return Expected(notes=notes)

    return Mutation(id_, text, GROUP, apply, of_bytes=of_bytes)


def _each_sheet(change: Callable[[bytes], bytes]) -> Change:
    def of_parts(parts: Parts) -> None:
        for name in parts:
            if name.startswith("xl/worksheets/sheet"):
                parts[name] = change(parts[name])

    return of_parts


def _sub(pattern: bytes, new: bytes, flags: int = 0) -> Change:
    return _each_sheet(lambda sheet: re.sub(pattern, new, sheet, flags=flags))


def _each_xml(change: Callable[[bytes], bytes]) -> Change:
    def of_parts(parts: Parts) -> None:
        for name in parts:
            parts[name] = change(parts[name])

    return of_parts


def _in(part: str, *pairs: tuple[bytes, bytes]) -> Change:
    def of_parts(parts: Parts) -> None:
        for pattern, new in pairs:
            changed, count = re.subn(pattern, new, parts[part], flags=re.DOTALL)
            assert count, f"{pattern!r} not in {part}"
            parts[part] = changed

    return of_parts


def _without_part(name: str) -> Change:
    def of_parts(parts: Parts) -> None:
        del parts[name]
        file = re.escape(name.rpartition("/")[2]).encode()
        for owner in parts:
            if owner.endswith(".rels"):
                parts[owner] = re.sub(
                    rb'<Relationship [^>]*Target="[^"]*' + file + rb'"[^>]*/>', b"", parts[owner]
                )
        part = re.escape("/" + name).encode()
        parts[TYPES] = re.sub(rb'<Override PartName="' + part + rb'"[^>]*/>', b"", parts[TYPES])

    return of_parts


def _renamed_part(old: str, new: str) -> Change:
    def of_parts(parts: Parts) -> None:
        content = parts.pop(old)
        parts[new] = content
        parts[TYPES] = parts[TYPES].replace(f"/{old}".encode(), f"/{new}".encode())
        for owner in ("_rels/.rels", RELATIONS):
            base = "xl/" if owner == RELATIONS else ""
            if owner in parts:
                was, now = old.removeprefix(base), new.removeprefix(base)
                now = now if new.startswith(base) else f"/{new}"
                parts[owner] = parts[owner].replace(f'Target="{was}"'.encode(), f'Target="{now}"'.encode())

    return of_parts


# -- traits -------------------------------------------------------------------------------------------------------


def _strings(parts: Parts) -> list[bytes]:
    return re.findall(rb"<si>(.*?)</si>", parts[STRINGS], re.DOTALL)


def _inline(parts: Parts) -> None:
    strings = _strings(parts)

    def inlined(found: re.Match[bytes]) -> bytes:
        return found[1] + b' t="inlineStr"><is>' + strings[int(found[2])] + b"</is></c>"

    _each_sheet(lambda sheet: re.sub(rb'(<c [^>]*?) t="s"><v>(\d+)</v></c>', inlined, sheet))(parts)
    _without_part(STRINGS)(parts)


def _as_formula_strings(parts: Parts) -> None:
    """Write texts as some libraries do: t="str" with the text itself."""
    plain = [re.sub(rb"<[^>]+>", b"", each) for each in _strings(parts)]

    def written(found: re.Match[bytes]) -> bytes:
        return found[1] + b' t="str"><v>' + plain[int(found[2])] + b"</v></c>"

    _each_sheet(lambda sheet: re.sub(rb'(<c [^>]*?) t="s"><v>(\d+)</v></c>', written, sheet))(parts)


def _rich(parts: Parts) -> None:
    """Split every text into runs, each with a font of its own."""

    def split(found: re.Match[bytes]) -> bytes:
        text = found[1].decode()
        half = len(text) // 2
        if "&" in text or half == 0:
            return b'<si><r><t xml:space="preserve">' + found[1] + b"</t></r></si>"
        run = '<r><rPr><b/><sz val="11"/></rPr><t xml:space="preserve">{}</t></r>'
        return f"<si>{run.format(text[:half])}{run.format(text[half:])}</si>".encode()

    parts[STRINGS] = re.sub(rb"<si><t[^>]*>(.*?)</t></si>", split, parts[STRINGS], flags=re.DOTALL)


def _phonetic(parts: Parts) -> None:
    extra = b'</t><rPh sb="0" eb="1"><t>BACAAN</t></rPh><phoneticPr fontId="1"/></si>'
    parts[STRINGS] = parts[STRINGS].replace(b"</t></si>", extra)


def _renumbered_styles(parts: Parts) -> None:
    """Put the cell styles in the reverse order; column and row styles follow."""
    styles = parts[STYLES]
    match = re.search(rb"(<cellXfs[^>]*>)(.*?)(</cellXfs>)", styles, re.DOTALL)
    assert match is not None
    entries = re.findall(rb"<xf [^>]*/>|<xf [^>]*[^/]>.*?</xf>", match[2], re.DOTALL)
    last = len(entries) - 1
    parts[STYLES] = styles.replace(match[0], match[1] + b"".join(reversed(entries)) + match[3])

    def renumbered(found: re.Match[bytes]) -> bytes:
        return found[1] + b"%d" % (last - int(found[2])) + b'"'

    def sheet(content: bytes) -> bytes:
        content = re.sub(rb'(<c r="[A-Z]+\d+")(?! s=)', rb'\1 s="0"', content)
        return re.sub(rb'(<(?:c|row)\b[^>]*? s="|<col\b[^>]*? style=")(\d+)"', renumbered, content)

    _each_sheet(sheet)(parts)


def _no_styles(parts: Parts) -> None:
    _without_part(STYLES)(parts)
    _sub(rb'(<(?:c|row)\b[^>]*?) s="\d+"', rb"\1")(parts)
    _sub(rb"<conditionalFormatting.*?</conditionalFormatting>", b"", re.DOTALL)(parts)


def _shared_formulas(parts: Parts) -> None:
    """Share each formula that is filled down, as Excel and Google Sheets do."""
    unshare(parts)
    _each_sheet(_shared)(parts)


_FORMULA_CELL = re.compile(rb'(<c r="([A-Z]+)(\d+)"[^>]*>)<f>([^<]*)</f>')
_REFERENCE = re.compile(
    rb"(?<![A-Za-z0-9_.'!])(\$?)([A-Z]{1,3})(\$?)(\d+)(?![A-Za-z0-9_(])|(?<=!)(\$?)([A-Z]{1,3})(\$?)(\d+)"
)


def _relative(formula: bytes, row: int) -> bytes:
    """Return a formula with its relative rows as distances, so that formulas filled down are alike."""

    def distance(found: re.Match[bytes]) -> bytes:
        groups = found.groups()
        dollar, column, fixed, number = groups[:4] if groups[1] else groups[4:]
        return dollar + column + (fixed + number if fixed else b"[%d]" % (int(number) - row))

    pieces = re.split(rb'("[^"]*")', formula)
    pieces[::2] = [_REFERENCE.sub(distance, piece) for piece in pieces[::2]]
    return b"".join(pieces)


def _shared(sheet: bytes) -> bytes:
    runs: dict[bytes, list[tuple[int, bytes]]] = {}
    for _, column, row, formula in _FORMULA_CELL.findall(sheet):
        runs.setdefault(column, []).append((int(row), _relative(formula, int(row))))
    masters: dict[bytes, tuple[int, bytes]] = {}
    children: dict[bytes, int] = {}
    number = 0
    for column, cells in runs.items():
        start = 0
        for n in range(1, len(cells) + 1):
            same = n < len(cells) and cells[n][1] == cells[start][1] and cells[n][0] == cells[n - 1][0] + 1
            if same:
                continue
            if n - start > 1:
                first, last = cells[start][0], cells[n - 1][0]
                masters[column + b"%d" % first] = (number, b"%s%d:%s%d" % (column, first, column, last))
                for row, _ in cells[start + 1 : n]:
                    children[column + b"%d" % row] = number
                number += 1
            start = n

    def shared(found: re.Match[bytes]) -> bytes:
        address = found[2] + found[3]
        if address in masters:
            index, area = masters[address]
            return found[1] + b'<f t="shared" ref="%s" si="%d">' % (area, index) + found[4] + b"</f>"
        if address in children:
            return found[1] + b'<f t="shared" si="%d"/>' % children[address]
        return found[0]

    return _FORMULA_CELL.sub(shared, sheet)


def _prefixed(content: bytes) -> bytes:
    """Write every element of the main namespace with a prefix."""
    if b'xmlns="' + _MAIN + b'"' not in content:
        return content
    content = content.replace(b'xmlns="' + _MAIN + b'"', b'xmlns:x="' + _MAIN + b'"')
    return re.sub(rb"<(/?)([A-Za-z][A-Za-z0-9]*)(?=[\s/>])", rb"<\1x:\2", content)


def _strict(content: bytes) -> bytes:
    content = content.replace(_MAIN, b"http://purl.oclc.org/ooxml/spreadsheetml/main")
    return content.replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    )


def _single_quoted(content: bytes) -> bytes:
    def tag(found: re.Match[bytes]) -> bytes:
        return re.sub(rb'="([^"\']*)"', rb"='\1'", found[0])

    return re.sub(rb"<[a-zA-Z?][^>]*>", tag, content)


def _type_and_style_first(sheet: bytes) -> bytes:
    """Write the attributes of cells and rows in another order."""
    sheet = re.sub(rb'<c (r="[A-Z]+\d+") (s="\d+") (t="\w+")', rb"<c \3 \2 \1", sheet)
    sheet = re.sub(rb'<c (r="[A-Z]+\d+") ([st]="\w+")', rb"<c \2 \1", sheet)
    return re.sub(rb'<row (r="\d+") ([^>/]*)', rb"<row \2 \1", sheet)


def _pretty(content: bytes) -> bytes:
    """Break and indent between elements, but not within texts; spaces in tags, too."""
    content = re.sub(rb">(?=<(?!/t>|/v>|/f>|/vt:|/dc:|/cp:|/a:t>))", b">\n  ", content)
    return re.sub(rb"<(c|row|sheet|f|v|sheetProtection)\b([^>]*?)(/?)>", rb"<\1\2 \3>", content)


def _wide_attributes(sheet: bytes) -> bytes:
    """Put line breaks between the attributes of cells and rows."""
    return re.sub(
        rb"<(c|row) ([^>]*?)(/?)>",
        lambda f: b"<" + f[1] + b"\n\t" + re.sub(rb'" ', b'"\n\t', f[2]) + f[3] + b">",
        sheet,
    )


def _no_cell_addresses(sheet: bytes) -> bytes:
    """Leave out the address of every cell: then its place in the row counts, so blank ones are written."""

    def row(found: re.Match[bytes]) -> bytes:
        column = 0
        out = []
        for cell in re.finditer(rb'<c r="([A-Z]+)\d+"(.*?(?:/>|>.*?</c>))', found[2], re.DOTALL):
            here = column_index_from_string(cell[1].decode())
            out += [b"<c/>"] * (here - column - 1) + [b"<c" + cell[2]]
            column = here
        return found[1] + b"".join(out) + b"</row>"

    return re.sub(rb"(<row [^>]*[^/]>)(.*?)</row>", row, _self_closing(sheet), flags=re.DOTALL)


def _self_closing(sheet: bytes) -> bytes:
    return re.sub(rb'(<c r="[A-Z]+\d+"[^>]*[^/])></c>', rb"\1/>", sheet)


def _no_row_numbers(sheet: bytes) -> bytes:
    """Leave out the number of every row and write the blank ones."""
    last = 0
    out = []
    end = sheet.find(b"</sheetData>")
    begin = sheet.find(b"<sheetData>") + len(b"<sheetData>")
    if end < 0:
        return sheet
    for found in re.finditer(rb'<row r="(\d+)"(.*?(?:/>(?=<row|$)|>.*?</row>))', sheet[begin:end], re.DOTALL):
        number = int(found[1])
        if number - last > 400:
            return sheet
        out += [b"<row/>"] * (number - last - 1) + [b"<row" + found[2]]
        last = number
    return sheet[:begin] + b"".join(out) + sheet[end:]


def _numbers(write: Callable[[float], str]) -> Change:
    def cell(found: re.Match[bytes]) -> bytes:
        return found[1] + b"<v>" + write(float(found[2])).encode() + b"</v>"

    plain = rb'(<c r="[A-Z]+\d+"(?: s="\d+")?>(?:<f[^>]*>[^<]*</f>)?)<v>([0-9.eE+-]+)</v>'
    return _each_sheet(lambda sheet: re.sub(plain, cell, sheet))


def _scientific(value: float) -> str:
    return f"{value:.16E}"


def _noisy(value: float) -> str:
    """Write a number with 17 digits, as Excel stores what it has computed."""
    return f"{value:.17g}"


def _explicit_numbers(sheet: bytes) -> bytes:
    return re.sub(rb'(<c r="[A-Z]+\d+"(?: s="\d+")?)>(<f|<v)', rb'\1 t="n">\2', sheet)


def _cdata(parts: Parts) -> None:
    def packed(found: re.Match[bytes]) -> bytes:
        text = (
            found[2]
            .replace(b"&lt;", b"<")
            .replace(b"&gt;", b">")
            .replace(b"&quot;", b'"')
            .replace(b"&amp;", b"&")
        )
        return found[1] + b"<![CDATA[" + text + b"]]></t>"

    parts[STRINGS] = re.sub(rb"(<t[^>]*>)(.*?)</t>", packed, parts[STRINGS], flags=re.DOTALL)


def _references(parts: Parts) -> None:
    """Write letters as numeric references."""

    def letters(found: re.Match[bytes]) -> bytes:
        text = re.sub(r"(&\w+;)|([a-zA-Z])", lambda f: f[1] or f"&#{ord(f[2])};", found[2].decode())
        return found[1] + text.encode() + b"</t>"

    parts[STRINGS] = re.sub(rb"(<t[^>]*>)(.*?)</t>", letters, parts[STRINGS], flags=re.DOTALL)


def _utf16(content: bytes) -> bytes:
    text = content.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return text.encode("utf-16")


def _bom(content: bytes) -> bytes:
    return b"\xef\xbb\xbf" + content


def _blank_strings(parts: Parts) -> None:
    """Write blank cells as empty texts, as exports from web programs do."""
    count = len(_strings(parts))
    parts[STRINGS] = parts[STRINGS].replace(b"</sst>", b"<si><t/></si></sst>")
    blank = rb'<c r="\1" s="\2" t="s"><v>%d</v></c>' % count
    _sub(rb'<c r="([A-Z]+\d+)" s="(\d+)"/>', blank)(parts)


def _excel_dress(parts: Parts) -> None:
    """Dress the parts as Excel 365 does: revision ids, compatibility attributes, extension lists, a calculation chain."""
    spaces = (
        b' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr"'
        b' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
        b' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
        b' xr:uid="{00000000-0001-0000-0000-000000000000}"'
    )

    def sheet(content: bytes) -> bytes:
        content = re.sub(rb"(<worksheet\b[^>]*)>", rb"\1" + spaces + b">", content, count=1)
        content = re.sub(rb'(<row r="\d+"[^>/]*)', rb'\1 x14ac:dyDescent="0.25"', content)
        extension = (
            b'<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" '
            b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
            b"<x14:conditionalFormattings/></ext></extLst></worksheet>"
        )
        return content.replace(b"</worksheet>", extension)

    _each_sheet(sheet)(parts)
    parts["xl/calcChain.xml"] = b'<calcChain xmlns="' + _MAIN + b'"><c r="B2" i="4"/></calcChain>'
    chain = b'<Relationship Id="rIdC" Type="' + _REL + b'/calcChain" Target="calcChain.xml"/></Relationships>'
    parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", chain)


def _formula_attributes(parts: Parts) -> None:
    _sub(rb"<f(?=[ >])", b'<f aca="false" ca="1"')(parts)


def _array_formulas(sheet: bytes) -> bytes:
    """Write formulas with SUMPRODUCT as dynamic arrays, as Excel 365 does of what it does not know."""
    return re.sub(
        rb'<c r="([A-Z]+\d+)"([^>]*)><f>([^<]*SUMPRODUCT[^<]*)</f>',
        rb'<c r="\1"\2 cm="1"><f t="array" ref="\1">\3</f>',
        sheet,
    )


def _absolute(parts: Parts) -> None:
    parts[RELATIONS] = re.sub(rb'Target="(?!/)', b'Target="/xl/', parts[RELATIONS])
    parts["_rels/.rels"] = re.sub(rb'Target="(?!/)', b'Target="/', parts["_rels/.rels"])


def _other_ids(parts: Parts) -> None:
    """Use relation ids and sheet ids as the Open XML SDK makes them."""
    for name in (BOOK, RELATIONS):
        parts[name] = re.sub(rb'(Id="|r:id=")rId(\d+)"', rb'\1R0f\g<2>ae"', parts[name])
    parts[BOOK] = re.sub(rb'sheetId="(\d+)"', rb'sheetId="9\1"', parts[BOOK])


def _other_relation_prefix(parts: Parts) -> None:
    content = parts[BOOK].replace(b"xmlns:r=", b"xmlns:hubungan=")
    parts[BOOK] = content.replace(b" r:id=", b" hubungan:id=")


def _renamed_sheets(parts: Parts) -> None:
    for number, part in enumerate(sorted(sheets_of(parts).values())):
        _renamed_part(part, f"xl/worksheets/lembar-{chr(97 + number)}.xml")(parts)


def _other_folder(parts: Parts) -> None:
    for part in list(sheets_of(parts).values()):
        _renamed_part(part, part.replace("xl/worksheets/", "xl/sheets/"))(parts)


def _root_folder(parts: Parts) -> None:
    """Keep the sheets beside the folder xl, which absolute names allow."""
    for part in list(sheets_of(parts).values()):
        _renamed_part(part, part.replace("xl/worksheets/", "lembar/"))(parts)


def _other_book_part(parts: Parts) -> None:
    parts[BOOK.replace("workbook", "workbook2")] = parts.pop(BOOK)
    parts[RELATIONS.replace("workbook", "workbook2")] = parts.pop(RELATIONS)
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"workbook.xml", b"workbook2.xml")
    parts[TYPES] = parts[TYPES].replace(b"/xl/workbook.xml", b"/xl/workbook2.xml")


def _upper_strings(parts: Parts) -> None:
    """Some programs write SharedStrings.xml in the zip and in the relations."""
    _renamed_part(STRINGS, "xl/SharedStrings.xml")(parts)


def _cased_apart(parts: Parts) -> None:
    """Names of parts are equal without case: the zip spells one differently than the relations do."""
    parts["xl/SharedStrings.xml"] = parts.pop(STRINGS)


def _extra_parts(parts: Parts) -> None:
    parts["xl/printerSettings/printerSettings1.bin"] = bytes(range(256)) * 4
    parts["customXml/item1.xml"] = b'<?xml version="1.0"?><b:Sources xmlns:b="urn:b"/>'
    parts["docProps/thumbnail.jpeg"] = b"\xff\xd8\xff\xe0" + bytes(64)
    parts["xl/persons/person.xml"] = b"<personList/>"
    parts["xl/media/"] = b""


def _iso_dates(parts: Parts) -> None:
    """Write the dates as ISO texts, as strict files do."""
    import datetime

    def dated(found: re.Match[bytes]) -> bytes:
        day = datetime.date(1899, 12, 30) + datetime.timedelta(days=int(found[2]))
        return found[1] + b' t="d"><v>' + day.isoformat().encode() + b"T00:00:00</v></c>"

    part = sheets_of(parts)["Identitas"]
    parts[part] = re.sub(rb'(<c r="C17"[^>]*?)><v>(\d+)</v></c>', dated, parts[part])


def _no_protection(parts: Parts) -> None:
    _sub(rb"<sheetProtection[^>]*/>", b"")(parts)


def _visible(parts: Parts) -> None:
    _sub(rb' hidden="1"', b"")(parts)


def _shown_sheets(parts: Parts) -> None:
    parts[BOOK] = re.sub(rb' state="\w+"', b"", parts[BOOK])


def _dimension(new: bytes) -> Change:
    return _sub(rb'<dimension ref="[^"]*"/>', new)


def _no_names(parts: Parts) -> None:
    _in(BOOK, (rb"<definedNames>.*?</definedNames>", b""))(parts)
    _sub(rb"<autoFilter[^>]*/>", b"")(parts)


def _only_cells(parts: Parts) -> None:
    """Keep the root element and the cells of every sheet, as small libraries write them."""

    def sheet(content: bytes) -> bytes:
        begin, end = content.find(b"<sheetData"), content.find(b"</sheetData>")
        root = re.match(rb".*?<worksheet[^>]*>", content, re.DOTALL)
        if begin < 0 or end < 0 or root is None:
            return content
        return root[0] + content[begin:end] + b"</sheetData></worksheet>"

    _each_sheet(sheet)(parts)


def _no_rules(parts: Parts) -> None:
    _sub(rb"<conditionalFormatting.*?</conditionalFormatting>", b"", re.DOTALL)(parts)
    _sub(rb"<dataValidations.*?</dataValidations>", b"", re.DOTALL)(parts)


_WITHOUT_PROPERTIES = _without_part(PROPERTIES)
_GOOGLE = (
    _WITHOUT_PROPERTIES,
    _no_protection,
    _no_names,
    _renumbered_styles,
    _shared_formulas,
    _dimension(b""),
    _blank_strings,
    _without_part("docProps/core.xml"),
    _without_part("docProps/app.xml"),
    _shown_sheets,
)
_WPS = (
    _no_names,
    _each_sheet(_explicit_numbers),
    _dimension(b'<dimension ref="A1"/>'),
    _formula_attributes,
    _extra_parts,
    _phonetic,
    _each_sheet(_type_and_style_first),
    _numbers(_noisy),
)


def _traits() -> list[Mutation]:
    return [
        _trait("tanpa-properti", "tanpa properti kustom", _WITHOUT_PROPERTIES),
        _trait("tanpa-proteksi", "tanpa proteksi lembar", _no_protection, notes=UNLOCKED),
        _trait("tanpa-nama", "tanpa nama (defined names) dan saringan", _no_names),
        _trait("teks-di-sel", "teks ditulis di dalam sel (inline strings)", _inline),
        _trait("teks-str", 'teks ditulis sebagai hasil rumus (t="str")', _as_formula_strings),
        _trait("teks-kaya", "teks terpotong menurut hurufnya (rich text)", _rich),
        _trait("teks-fonetik", "teks dengan bacaan fonetik", _phonetic),
        _trait("teks-cdata", "teks di dalam CDATA", _cdata),
        _trait("teks-acuan", "huruf sebagai acuan angka (&#65;)", _references),
        _trait("kosong-teks", "sel kosong sebagai teks kosong", _blank_strings),
        _trait("ukuran-kecil", "ukuran lembar (dimension) terlalu kecil", _dimension(b'<dimension ref="A1"/>')),
        _trait("ukuran-besar", "ukuran lembar terlalu besar", _dimension(b'<dimension ref="A1:XFD1048576"/>')),
        _trait("ukuran-tiada", "tanpa ukuran lembar", _dimension(b"")),
        _trait("gaya-urut-lain", "nomor gaya sel lain", _renumbered_styles),
        _trait("tanpa-validasi", "tanpa validasi dan format bersyarat", _no_rules),
        _trait("tanpa-gaya", "tanpa gaya sel", _no_styles, of_bytes=False),
        _trait("rumus-bersama", "rumus bersama (shared formulas)", _shared_formulas),
        _trait("rumus-atribut", "rumus dengan atribut aca dan ca", _formula_attributes),
        _trait("rumus-larik", "rumus SUMPRODUCT sebagai rumus larik", _each_sheet(_array_formulas)),
        _trait("nama-mutlak", "nama bagian mutlak", _absolute),
        _trait("nama-lain", "nama bagian lembar lain", _renamed_sheets),
        _trait("folder-lain", "lembar di folder xl/sheets", _other_folder),
        _trait("folder-luar", "lembar di luar folder xl", _root_folder),
        _trait("buku-lain", "bagian utama bernama workbook2.xml", _other_book_part),
        _trait("teks-besar", "bagian teks bernama SharedStrings.xml", _upper_strings),
        _trait("huruf-besar-kecil", "nama bagian di zip beda huruf besar-kecil", _cased_apart),
        _trait("id-lain", "id hubungan dan id lembar lain", _other_ids),
        _trait("tanpa-sembunyi", "baris dan kolom tersembunyi jadi tampak", _visible),
        _trait("lembar-tampak", "lembar tersembunyi jadi tampak", _shown_sheets),
        _trait("awalan-x", "awalan ruang nama x: di semua bagian", _each_xml(_prefixed)),
        _trait("awalan-x-lembar", "awalan ruang nama x: di lembar saja", _each_sheet(_prefixed)),
        _trait("awalan-hubungan", "awalan ruang nama hubungan lain", _other_relation_prefix),
        _trait("strict", "ruang nama OOXML Strict", _each_xml(_strict)),
        _trait("strict-tanggal", "OOXML Strict dengan tanggal ISO", _each_xml(_strict), _iso_dates),
        _trait("tanggal-iso", 'tanggal sebagai teks ISO (t="d")', _iso_dates),
        _trait("utf16-lembar", "lembar dalam UTF-16", _each_sheet(_utf16)),
        _trait("utf16-semua", "semua bagian dalam UTF-16", _each_xml(lambda c: _utf16(c) if c.startswith(b"<?xml") else c)),
        _trait("bom", "semua bagian dengan BOM UTF-8", _each_xml(_bom)),
        _trait("tanpa-deklarasi", "tanpa deklarasi XML", _each_xml(lambda c: re.sub(rb"^<\?xml[^>]*\?>\s*", b"", c))),
        _trait("baris-baru", "baris baru dan spasi di antara unsur", _each_xml(_pretty)),
        _trait("atribut-berjarak", "baris baru di antara atribut", _each_sheet(_wide_attributes)),
        _trait("petik-tunggal", "atribut dengan petik tunggal", _each_xml(_single_quoted)),
        _trait("urutan-atribut", "atribut s dan t sebelum r", _each_sheet(_type_and_style_first)),
        _trait("sel-tanpa-alamat", "sel tanpa alamat", _each_sheet(_no_cell_addresses)),
        _trait("baris-tanpa-nomor", "baris tanpa nomor", _each_sheet(_no_row_numbers)),
        _trait("tanpa-alamat", "sel tanpa alamat dan baris tanpa nomor", _each_sheet(_no_cell_addresses), _each_sheet(_no_row_numbers)),
        _trait("jenis-n", 'jenis angka tertulis (t="n")', _each_sheet(_explicit_numbers)),
        _trait("angka-ilmiah", "angka ditulis 1E3", _numbers(_scientific)),
        _trait("angka-17", "angka ditulis dengan 17 angka", _numbers(_noisy)),
        _trait("angka-koma-nol", "angka bulat ditulis 25.00", _numbers(lambda v: f"{v:.2f}" if v.is_integer() else repr(v))),
        _trait("angka-berspasi", "angka dengan spasi di sekelilingnya", _numbers(lambda v: f" {v!r}\n")),
        _trait("hanya-sel", "lembar berisi sel saja", _only_cells, notes=UNLOCKED),
        _trait("excel-365", "hiasan Excel 365 (revisi, dyDescent, extLst, calcChain)", _excel_dress),
        _trait("bagian-tambahan", "bagian tambahan (printer, gambar kecil, folder)", _extra_parts),
        _trait("google", "semua ciri Google Sheets sekaligus", *_GOOGLE, notes=UNLOCKED),
        _trait("google-teks-di-sel", "ciri Google Sheets dengan teks di dalam sel", _inline, _no_protection, _no_names, _dimension(b""), _WITHOUT_PROPERTIES, notes=UNLOCKED),
        _trait("wps", "semua ciri WPS sekaligus", *_WPS),
    ]  # fmt: skip


# -- the zip ------------------------------------------------------------------------------------------------------


def _zip(id_: str, text: str, write: Callable[[Parts, Path], None]) -> Mutation:
    def apply(subject: Subject, target: Path) -> Expected:
        write(read_parts(subject.path), target)
        return Expected()

    return Mutation(id_, text, GROUP, apply, of_bytes=True)


class _Stream(io.RawIOBase):
    """A target that cannot seek, so that zip entries get data descriptors."""

    def __init__(self, file: io.BufferedWriter) -> None:
        self.file = file

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return self.file.write(data)  # type: ignore[arg-type]


def _streamed(parts: Parts, target: Path) -> None:
    with target.open("wb") as file, zipfile.ZipFile(_Stream(file), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _zip64(parts: Parts, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            with archive.open(name, "w", force_zip64=True) as part:
                part.write(content)


def _backslashes(parts: Parts, target: Path) -> None:
    """Write names with backslashes, as old .NET programs do; zipfile itself would turn them."""
    write_parts({name.replace("/", "~"): content for name, content in parts.items()}, target)
    raw = target.read_bytes()
    for name in parts:
        raw = raw.replace(name.replace("/", "~").encode(), name.replace("/", "\\").encode())
    target.write_bytes(raw)


def _commented(parts: Parts, target: Path) -> None:
    write_parts(parts, target)
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = b"dikirim lewat surel"


def _trailing(parts: Parts, target: Path) -> None:
    write_parts(parts, target)
    with target.open("ab") as file:
        file.write(b"\r\n")


def _zips() -> list[Mutation]:
    return [
        _zip("zip-utuh", "zip tanpa pemampatan", lambda p, t: write_parts(p, t, zipfile.ZIP_STORED)),
        _zip("zip-aliran", "zip ditulis mengalir (data descriptor)", _streamed),
        _zip("zip64", "zip dengan catatan zip64", _zip64),
        _zip("zip-terbalik", "urutan bagian di zip terbalik", lambda p, t: write_parts(dict(reversed(p.items())), t)),
        _zip("zip-garis-miring", "nama di zip dengan garis miring terbalik", _backslashes),
        _zip("zip-mimetype", "zip dengan bagian mimetype", lambda p, t: write_parts({"mimetype": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", **p}, t)),
        _zip("zip-komentar", "zip dengan komentar", _commented),
        _zip("zip-ekor", "baris baru setelah akhir zip", _trailing),
    ]  # fmt: skip


# -- real programs ------------------------------------------------------------------------------------------------

_MODE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{mode}</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>{mode}</value></prop></item>
</oor:items>
"""
ALWAYS, _NEVER = 0, 1
_FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods:calc8", "xls": "xls:MS Excel 97"}


def saved_by_office(path: Path, target: Path, formats: tuple[str, ...], mode: int) -> None:
    """Save a workbook with LibreOffice in one format after the other."""
    program = find_office()
    assert program is not None
    with tempfile.TemporaryDirectory() as name:
        user = Path(name) / "profil" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_MODE.format(mode=mode), encoding="utf-8")
        for number, suffix in enumerate(formats):
            folder = Path(name) / str(number)
            subprocess.run(
                [
                    program, f"-env:UserInstallation={user.parent.as_uri()}", "--headless", "--convert-to",
                    _FILTERS[suffix], "--outdir", str(folder), str(path),
                ],
                check=True, capture_output=True, timeout=120,
            )  # fmt: skip
            path = folder / f"{path.stem}.{suffix}"
        shutil.copy(path, target)


def _by_office(
    id_: str,
    text: str,
    *formats: str,
    mode: int = _NEVER,
    notes: frozenset[str] = frozenset(),
    before: tuple[Change, ...] = (),
) -> Mutation:
    def apply(subject: Subject, target: Path) -> Expected:
        source = target.with_name(f"{target.stem}-sumber.xlsx")
        parts = read_parts(subject.path)
        for change in before:
            change(parts)
        write_parts(parts, source)
        saved_by_office(source, target, formats, mode)
        source.unlink()
        return Expected(notes=notes)

    return Mutation(id_, text, GROUP, apply, office=True)


def _by_openpyxl(id_: str, text: str, *, office: bool = False) -> Mutation:
    def apply(subject: Subject, target: Path) -> Expected:
        openpyxl.load_workbook(subject.path).save(target)
        if office:
            saved_by_office(target, target, ("xlsx",), _NEVER)
        return Expected()

    return Mutation(id_, text, GROUP, apply, office=office)


def _programs() -> list[Mutation]:
    return [
        _by_openpyxl("openpyxl", "dibuka dan disimpan dengan openpyxl"),
        _by_openpyxl("openpyxl-libreoffice", "disimpan openpyxl, lalu LibreOffice", office=True),
        _by_office("libreoffice", "disimpan LibreOffice (xlsx → xlsx)", "xlsx"),
        _by_office("libreoffice-hitung", "disimpan LibreOffice, dihitung ulang", "xlsx", mode=ALWAYS),
        _by_office("libreoffice-ods", "LibreOffice: xlsx → ods → xlsx", "ods", "xlsx"),
        _by_office("libreoffice-ods-hitung", "LibreOffice: xlsx → ods → xlsx, dihitung ulang", "ods", "xlsx", mode=ALWAYS),
        _by_office("libreoffice-xls", "LibreOffice: xlsx → xls (Excel 97) → xlsx", "xls", "xlsx", notes=frozenset({"kunci-dibuka", "rumus-diganti", "pemeriksaan-hilang"})),
        _by_office("libreoffice-dua-kali", "disimpan LibreOffice dua kali", "xlsx", "xlsx"),
        _by_office("google-libreoffice", "ciri Google Sheets, lalu disimpan LibreOffice", "xlsx", notes=UNLOCKED, before=_GOOGLE),
        _by_office("tanpa-gaya-libreoffice", "tanpa gaya dan proteksi, lalu disimpan LibreOffice", "xlsx", notes=UNLOCKED, before=(_no_styles, _no_protection)),
    ]  # fmt: skip


def programs() -> list[Mutation]:
    """Return what other programs do to a workbook."""
    return [*_programs(), *_traits(), *_zips()]
