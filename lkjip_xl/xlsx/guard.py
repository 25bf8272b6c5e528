"""What is looked at before any library opens a file that a stranger sent.

The file must be a zip of the parts of a workbook, within the limits of ``archive.Limits``; anything else is refused with
one sentence that says what it is and what to do. A library is given a workbook that is written here: the filled cells of
each sheet (see ``sheet_xml``), the shared strings and which cells are dates. What else is in the file (links, macros,
comments, names, drawings) is never opened.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

from lkjip_xl.base.errors import WorkbookError, file_reason
from lkjip_xl.base.showing import short
from lkjip_xl.xlsx import sheet as sheet_xml
from lkjip_xl.xlsx.archive import DAMAGED, UNUSUAL, Archive, Limits, Package, local, parsed
from lkjip_xl.xlsx.number_format import NumberFormat, number_format
from lkjip_xl.xlsx.sheet import MAIN

LIMITS = Limits()

_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_PERCENT = {"9": "0%", "10": "0.00%"}  # of the formats that every program knows

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and encrypted .xlsx
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Opened:
    """A file that may be opened as a workbook, and its digest."""

    path: Path
    package: Package
    limits: Limits
    digest: str


@dataclass(frozen=True)
class Inspected:
    """What the guard saw, by sheet name.

    ``content`` is the workbook for a library to read: its values, without formulas and blank cells. ``unreadable`` says,
    by address, what stands in cells that a library shows as blank; ``formulas`` how many formulas a sheet has;
    ``percentages`` the formats of the cells whose format has percentages. ``digest`` is the same for the same bytes.
    """

    content: bytes
    unreadable: Mapping[str, Mapping[str, str]]
    unprotected: frozenset[str]
    formulas: Mapping[str, int]
    percentages: Mapping[str, Mapping[str, NumberFormat]]
    digest: str


def open_file(path: Path, limits: Limits = LIMITS) -> Opened:
    """Return a file that may be opened as a workbook; raise ``WorkbookError`` with the reason otherwise.

    The file is read once: what is looked at here is what every later step gets.
    """
    raw = _read(path, limits)
    if not raw.startswith(b"PK"):
        raise WorkbookError(f"{path}: {_what_else(raw)}")
    with _naming(path):
        package = Package(raw, limits)
        _refuse_others(package)
        _ = package.sheets, package.properties  # raises here where they cannot be read
    return Opened(path, package, limits, _digest(raw))


def inspect(opened: Opened, *, apart: AbstractSet[str] = frozenset(), formulas: bool = False) -> Inspected:
    """Return the values of a workbook for a library to read; raise ``WorkbookError`` where a sheet cannot be read.

    Sheets ``apart`` are not looked at. With ``formulas`` the content has these too, and no dates.
    """
    sheets, unreadable, number, locked = {}, {}, {}, set()
    limits, elements = opened.limits, 0
    with _naming(opened.path):
        for name, part in opened.package.sheets.worksheets.items():
            if name in apart:
                continue
            raw = opened.package.read(part)
            left = limits.elements - elements
            filled = sheet_xml.filled_cells(raw, limits.area, left, formulas=formulas)
            elements += filled.elements
            sheets[name], unreadable[name], number[name] = filled.content, filled.unreadable, filled.formulas
            locked |= {name} if filled.protected else set()
        if not sheets:
            raise WorkbookError("buku kerja ini tidak berisi lembar; kirim berkas yang benar")
        styles = strings = None
        if opened.package.sheets.strings:
            raw = opened.package.read(opened.package.sheets.strings)
            strings = sheet_xml.plain_strings(raw, limits.elements)
        if not formulas:
            styles = _styles(opened.package.whole(opened.package.sheets.styles))
            if sheet_xml.exceeds(sheets.values(), strings or b"", limits.filled):
                raise WorkbookError(UNUSUAL)
        content = _workbook(opened.package, sheets, strings, styles)
    percentages = _percentages(sheets, styles.percentages) if styles and styles.percentages else {}
    return Inspected(content, unreadable, frozenset(sheets) - locked, number, percentages, opened.digest)


def _percentages(
    sheets: Mapping[str, bytes], styles: Mapping[str, NumberFormat]
) -> dict[str, dict[str, NumberFormat]]:
    """Return the formats, by sheet and address, of filled cells whose style is one of those with percentages."""
    return {
        name: {cell: styles[style] for cell, style in sheet_xml.styled(content, styles.keys()).items()}
        for name, content in sheets.items()
    }


def file_digest(path: Path, limits: Limits = LIMITS) -> str:
    """Return the digest of a file, as ``Opened`` has it; of one that is too large that of its beginning.

    Raises ``OSError``.
    """
    with path.open("rb") as file:
        return _digest(file.read(limits.file + 1))


def _digest(raw: bytes) -> str:
    return hashlib.blake2b(raw, digest_size=16).hexdigest()


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Say what is wrong with a file in one sentence that begins with its name."""
    try:
        yield
    except WorkbookError as error:
        raise WorkbookError(f"{path}: {error}") from None
    except sheet_xml.FarError as error:
        cell = short(str(error))
        raise WorkbookError(
            f"{path}: ada isi jauh di luar formulir (sel {cell}); hapus, lalu simpan ulang"
        ) from None
    except sheet_xml.DoctypeError:
        raise WorkbookError(f"{path}: berkas ini memuat DOCTYPE; buku kerja tidak memuatnya") from None
    except sheet_xml.LargeError:
        raise WorkbookError(f"{path}: {UNUSUAL}") from None
    except sheet_xml.MalformedError:
        raise WorkbookError(f"{path}: {DAMAGED}") from None


def _read(path: Path, limits: Limits) -> bytes:
    try:
        if not path.exists():
            raise WorkbookError(f"{path}: berkas tidak ada; periksa nama dan foldernya")
        if not path.is_file():
            raise WorkbookError(f"{path}: ini bukan berkas; tunjuk sebuah berkas .xlsx")
        with path.open("rb") as file:
            raw = file.read(limits.file + 1)
    except OSError as error:
        raise WorkbookError(f"{path}: berkas tidak dapat dibaca ({file_reason(error)})") from None
    if len(raw) > limits.file:
        limit = limits.file // 1024 // 1024
        raise WorkbookError(f"{path}: berkas lebih besar dari {limit} MB; ini bukan isian LKjIP")
    return raw


def _what_else(raw: bytes) -> str:
    start = raw[: 64 * 1024]
    save_as = "buka di Excel lalu Simpan sebagai .xlsx"
    if not start:
        return "berkas ini kosong (0 byte); minta dikirim ulang"
    if start.startswith(_OLE):
        if _ENCRYPTED in raw:
            return "buku kerja ini dikunci dengan kata sandi; simpan ulang tanpa kata sandi"
        return f"ini berkas Excel lama (.xls); {save_as}"
    if start.startswith(b"%PDF"):
        return "ini berkas PDF, bukan buku kerja; kirim berkas .xlsx-nya"
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table")):
        return f"ini halaman HTML yang diberi nama .xlsx; {save_as}"
    return "ini berkas teks atau berkas lain yang diberi nama .xlsx, bukan buku kerja Excel"


def _refuse_others(archive: Archive) -> None:
    """Refuse a zip that is something else than a workbook."""
    if "mimetype" in archive and b"opendocument" in archive.read("mimetype"):
        raise WorkbookError("ini berkas OpenDocument (.ods); buka lalu Simpan sebagai .xlsx")
    if "xl/workbook.bin" in archive:
        raise WorkbookError("ini berkas .xlsb; buka di Excel lalu Simpan sebagai .xlsx")
    if "word/document.xml" in archive:
        raise WorkbookError("ini dokumen Word (.docx), bukan buku kerja Excel")
    if "ppt/presentation.xml" in archive:
        raise WorkbookError("ini presentasi PowerPoint (.pptx), bukan buku kerja Excel")
    if "[Content_Types].xml" not in archive or "_rels/.rels" not in archive:
        raise WorkbookError("ini arsip zip, bukan buku kerja Excel")


def _workbook(
    package: Package, sheets: Mapping[str, bytes], strings: bytes | None, styles: _Styles | None
) -> bytes:
    """Return a workbook that holds some sheets, the shared strings, and how numbers are shown; nothing else."""
    parts: dict[str, bytes] = {}
    names, relations, types = [], [], []

    def add(number: int, kind: str, type_of_it: str, target: str, content: bytes) -> None:
        parts[target] = content
        relations.append(f'<Relationship Id="r{number}" Type="{_KINDS}/{kind}" Target="/{target}"/>')
        types.append(f'<Override PartName="/{target}" ContentType="{_TYPES}.{type_of_it}+xml"/>')

    for number, (name, content) in enumerate(sheets.items(), start=2):
        names.append(f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="r{number}"/>')
        add(number, "worksheet", "worksheet", f"xl/worksheets/sheet{number}.xml", content)
    if strings is not None:
        add(0, "sharedStrings", "sharedStrings", "xl/sharedStrings.xml", strings)
    if styles is not None:
        add(1, "styles", "styles", "xl/styles.xml", styles.part)
    days = '<workbookPr date1904="1"/>' if package.sheets.days_from_1904 else ""
    frame = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{"".join(types)}<Override '
        f'PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="m" '
        f'Type="{_KINDS}/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_KINDS}">{days}<sheets>{"".join(names)}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(relations)}'
        "</Relationships>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in frame.items():
            archive.writestr(name, text)
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _children(styles: bytes) -> list[Element]:
    try:
        return list(parsed(styles))
    except sheet_xml.MalformedError:
        return []  # broken styles are no reason to refuse what was typed


@dataclass(frozen=True)
class _Styles:
    """How numbers are shown: a part that tells dates from numbers, and the styles whose formats have percentages."""

    part: bytes
    percentages: Mapping[str, NumberFormat]


@lru_cache(maxsize=4)
def _styles(part: bytes) -> _Styles:
    formats: dict[str, str] = {}
    cells: list[str] = []
    for element in _children(part):
        if local(element.tag) == "numFmts":
            formats = {each.get("numFmtId", ""): each.get("formatCode", "") for each in element}
        elif local(element.tag) == "cellXfs":
            cells = [each.get("numFmtId", "0") for each in element]
    shown = "".join(
        f"<numFmt numFmtId={quoteattr(number)} formatCode={quoteattr(code)}/>"
        for number, code in formats.items()
    )
    percent = {number: number_format(code) for number, code in (_PERCENT | formats).items() if "%" in code}
    return _Styles(
        f'<styleSheet xmlns="{MAIN}"><numFmts>{shown}</numFmts>'
        f"<cellXfs>{''.join(f'<xf numFmtId={quoteattr(number)}/>' for number in cells)}</cellXfs></styleSheet>".encode(),
        {str(place): percent[number] for place, number in enumerate(cells) if number in percent},
    )
