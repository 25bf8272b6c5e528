"""What is looked at before any library opens a file that a stranger sent.

The file must be a zip of the parts of a workbook, within the limits below; anything else is refused with one sentence
that says what it is and what to do. Sheets are searched, as bytes, for cells that a library would not survive (far
outside any form) and for cells that it would show as blank (errors, formulas without a result).
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import quoteattr

from defusedxml import DefusedXmlException, ElementTree

from lkjip_xl.errors import WorkbookError, file_reason

MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_PART_BYTES = 200 * 1024 * 1024
MAX_TOTAL_BYTES = 400 * 1024 * 1024
MAX_PARTS = 2000

# Addresses from column AAA or row 100,000 on: the largest form has some 5,000 rows and 200 columns.
_FAR = re.compile(rb'<c\b[^>]*?\br="([A-Z]{3,}[0-9]+|[A-Z]+[0-9]{6,})"')
_ERROR = re.compile(rb'<c\b([^>]*\bt="e"[^>]*)>(?:<v>([^<]*)</v>)?')
_ADDRESS = re.compile(rb'\br="([A-Z]+[0-9]+)"')
_PROTECTED = re.compile(rb'<(?:\w+:)?sheetProtection\b[^>]*\bsheet="(?:1|true)"')
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATION = f"{{{_KINDS}}}id"
_ROOT = re.compile(rb"<worksheet\b[^>]*>")

# Most of a workbook is nothing that a reader of values needs: blank cells, and the text of formulas. The patterns are
# those that programs write; a cell written in another way stays, which costs time only.
_FORMULA = rb"(?:<f>[^<]*</f>|<f [^>]*/>|<f [^>]*>[^<]*</f>)"
_NO_VALUE = rb"(?:<v></v>|<v ?/>)?"
_EMPTY = re.compile(
    rb'<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?(?: ?/>| t="str">' + _FORMULA + _NO_VALUE + rb'</c>|(?: t="n")?></c>)'
)  # fmt: skip
_FORMULAS = re.compile(_FORMULA)
_UNPLACED = re.compile(rb'<c(?:>| (?!r="))')  # a cell that does not say first where it is
_MAYBE_NO_RESULT = re.compile(rb"</f>" + _NO_VALUE + rb"</c>")
_NO_RESULT = re.compile(rb"<c\b([^>]*)>" + _FORMULA + _NO_VALUE + rb"</c>")
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/[^/]*\.xml|xl/_rels/[^/]*|xl/worksheets/[^/]*\.xml"
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and encrypted .xlsx
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Inspected:
    """What the guard saw, by sheet name.

    ``content`` is the workbook for a library to read: its values, without formulas and blank cells. ``unreadable`` says,
    by address, what stands in cells that a library shows as blank; ``formulas`` how many formulas a sheet has;
    ``properties`` is the part of the custom properties. ``digest`` is the same for the same bytes.
    """

    content: bytes
    unreadable: Mapping[str, Mapping[str, str]]
    unprotected: frozenset[str]
    formulas: Mapping[str, int]
    properties: bytes
    digest: str


def inspect(path: Path) -> Inspected:
    """Return what the guard saw in a file that may be opened; raise ``WorkbookError`` with the reason otherwise.

    The file is read once: what is looked at here is what every later step gets.
    """
    raw = check_file(path)
    try:
        parts = _inflated(raw, path)
        if any(b"<!DOCTYPE" in content[:4096] for content in parts.values()):
            raise WorkbookError(f"{path}: berkas ini memuat DOCTYPE; buku kerja tidak memuatnya")
        sheets = _sheets(parts)
        unreadable, formulas, locked = {}, {}, set()
        for name, part in sheets:
            sheet = parts[part]
            formulas[name] = sheet.count(b"</f>") + sheet.count(b'"/></c>')  # with text, and shared ones
            if _PROTECTED.search(sheet, sheet.rfind(b"sheetData")):
                locked.add(name)
            parts[part], unreadable[name] = _trimmed(sheet)
            _refuse_far(parts[part], path)
        unprotected = frozenset(name for name, _ in sheets) - locked
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        KeyError,
        ParseError,
        zlib.error,
    ):
        raise WorkbookError(f"{path}: buku kerja rusak dan tidak dapat dibuka") from None
    except DefusedXmlException:
        raise WorkbookError(f"{path}: berkas ini memuat DOCTYPE; buku kerja tidak memuatnya") from None
    properties = parts.get("docProps/custom.xml", b"")
    return Inspected(_packed(parts), unreadable, unprotected, formulas, properties, _digest(raw))


def file_digest(path: Path) -> str:
    """Return the digest of a file, as ``Inspected`` has it; of one that is too large that of its beginning.

    Raises ``OSError``.
    """
    with path.open("rb") as file:
        return _digest(file.read(MAX_FILE_BYTES + 1))


def _digest(raw: bytes) -> str:
    return hashlib.blake2b(raw, digest_size=16).hexdigest()


def _refuse_far(sheet: bytes, path: Path) -> None:
    """Raise ``WorkbookError`` for cells that no library survives, or not in time; blank ones are gone already."""
    if far := _FAR.search(sheet):
        cell = far[1].decode()[:20]
        raise WorkbookError(f"{path}: ada isi jauh di luar formulir (sel {cell}); hapus, lalu simpan ulang")


def cells_alone(path: Path) -> bytes:
    """Return a workbook that holds the sheets' cells with their formulas and nothing else.

    What stands around the cells (styles, validations, links, properties) can break a library that wants to understand it.
    Raises ``WorkbookError`` where even a blank cell is far outside.
    """
    raw = check_file(path)
    parts = _inflated(raw, path)
    sheets = _sheets(parts)
    found: dict[str, bytes] = {}
    names, relations, types = [], [], []
    for number, (name, part) in enumerate(sheets, start=1):
        target = f"xl/worksheets/sheet{number}.xml"
        content = parts[part]
        _refuse_far(content, path)
        begin, end = content.find(b"<sheetData"), content.find(b"</sheetData>")
        head = _ROOT.search(content)
        if begin >= 0 and end >= 0 and head is not None:
            content = head[0] + content[begin:end] + b"</sheetData></worksheet>"
        found[target] = content
        names.append(f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="r{number}"/>')
        relations.append(f'<Relationship Id="r{number}" Type="{_KINDS}/worksheet" Target="/{target}"/>')
        types.append(f'<Override PartName="/{target}" ContentType="{_TYPES}.worksheet+xml"/>')
    strings = next((name for name in parts if name.endswith("sharedStrings.xml")), None)
    if strings is not None:
        found["xl/sharedStrings.xml"] = parts[strings]
        relations.append(
            f'<Relationship Id="s" Type="{_KINDS}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        )
        types.append(f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPES}.sharedStrings+xml"/>')
    types.append(f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    frame = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">{"".join(types)}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="m" '
        f'Type="{_KINDS}/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{_KINDS}"><sheets>{"".join(names)}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{"".join(relations)}'
        "</Relationships>",
    }
    return _zipped({**{name: text.encode() for name, text in frame.items()}, **found})


def _inflated(raw: bytes, path: Path) -> dict[str, bytes]:
    """Return the XML parts, inflating no more than they say they hold."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for each in archive.infolist():
            if each.filename.endswith((".xml", ".rels")):
                with archive.open(each) as part:
                    parts[each.filename] = part.read(each.file_size + 1)
                if len(parts[each.filename]) > each.file_size:
                    raise WorkbookError(f"{path}: isi berkas ini tidak wajar besarnya; tidak dibuka")
    return parts


def _trimmed(sheet: bytes) -> tuple[bytes, dict[str, str]]:
    """Return a sheet without blank cells and formulas, and what stands in cells that show no value.

    A sheet whose cells do not all say where they are stays as it is: there a blank cell moves the next one.
    """
    found: dict[str, str] = {}
    filled = sheet if _UNPLACED.search(sheet) else _EMPTY.sub(b"", sheet)
    if b't="e"' in filled:
        for attributes, value in _ERROR.findall(_FORMULAS.sub(b"", filled)):
            found |= _at(attributes, value.decode("utf-8", "replace")[:20] or "#GALAT")
    if b"/></c>" in filled or _MAYBE_NO_RESULT.search(filled):
        for attributes in _NO_RESULT.findall(filled):
            if b't="str"' not in attributes:
                found |= _at(attributes, "rumus yang belum dihitung")
    return filled if filled is sheet else _FORMULAS.sub(b"", filled), found


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a workbook of the parts that hold values."""
    return _zipped({name: content for name, content in parts.items() if _NEEDED.fullmatch(name)})


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _sheets(parts: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Return name and part of every sheet."""
    main = next(name for name in parts if name.endswith("workbook.xml"))
    folder = PurePosixPath(main).parent
    relations = {
        each.get("Id"): each.get("Target", "")
        for each in ElementTree.fromstring(parts[f"{folder}/_rels/{PurePosixPath(main).name}.rels"])
    }
    sheets = []
    for element in _elements(ElementTree.fromstring(parts[main]), "sheet"):
        target = relations.get(element.get(_RELATION), "")
        part = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        sheets.append((element.get("name", ""), part))
    return sheets


def _elements(tree: Element, name: str) -> list[Element]:
    return [each for each in tree.iter() if each.tag.rpartition("}")[2] == name]


def _at(attributes: bytes, text: str) -> dict[str, str]:
    address = _ADDRESS.search(attributes)
    return {address[1].decode(): text} if address else {}


def check_file(path: Path) -> bytes:
    """Return the bytes of a file that may be opened as a workbook; raise ``WorkbookError`` with the reason otherwise."""
    try:
        if not path.exists():
            raise WorkbookError(f"{path}: berkas tidak ada; periksa nama dan foldernya")
        if not path.is_file():
            raise WorkbookError(f"{path}: ini bukan berkas; tunjuk sebuah berkas .xlsx")
        size = path.stat().st_size
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise WorkbookError(f"{path}: berkas tidak dapat dibaca ({file_reason(error)})") from None
    if size > MAX_FILE_BYTES or len(raw) > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 1024 // 1024
        raise WorkbookError(f"{path}: berkas lebih besar dari {limit} MB; ini bukan isian LKjIP")
    if not raw.startswith(b"PK"):
        raise WorkbookError(f"{path}: {_what_else(raw)}")
    _check_zip(raw, path)
    return raw


def _what_else(raw: bytes) -> str:
    start = raw[: 64 * 1024]
    save_as = "buka di Excel lalu Simpan sebagai .xlsx"
    if not start:
        return "berkas ini kosong (0 byte); minta dikirim ulang"
    if start.startswith(_OLE):
        if _ENCRYPTED in raw[: 4 * 1024 * 1024]:
            return "buku kerja ini dikunci dengan kata sandi; simpan ulang tanpa kata sandi"
        return f"ini berkas Excel lama (.xls); {save_as}"
    if start.startswith(b"%PDF"):
        return "ini berkas PDF, bukan buku kerja; kirim berkas .xlsx-nya"
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table")):
        return f"ini halaman HTML yang diberi nama .xlsx; {save_as}"
    return "ini berkas teks atau berkas lain yang diberi nama .xlsx, bukan buku kerja Excel"


def _check_zip(raw: bytes, path: Path) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            kind = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
        raise WorkbookError(f"{path}: berkas rusak atau terpotong; minta dikirim ulang") from None
    if b"opendocument" in kind:
        raise WorkbookError(f"{path}: ini berkas OpenDocument (.ods); buka lalu Simpan sebagai .xlsx")
    if "xl/workbook.bin" in names:
        raise WorkbookError(f"{path}: ini berkas .xlsb; buka di Excel lalu Simpan sebagai .xlsx")
    if "[Content_Types].xml" not in names or not any(name.endswith("workbook.xml") for name in names):
        raise WorkbookError(f"{path}: ini arsip zip, bukan buku kerja Excel")
    total = sum(part.file_size for part in parts)
    if (
        len(parts) > MAX_PARTS
        or total > MAX_TOTAL_BYTES
        or any(part.file_size > MAX_PART_BYTES for part in parts)
    ):
        raise WorkbookError(f"{path}: isi berkas ini tidak wajar besarnya; tidak dibuka")
