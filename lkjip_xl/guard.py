"""What is looked at before any library opens a file that a stranger sent.

The file must be a zip of the parts of a workbook, within the limits below; anything else is refused with one sentence
that says what it is and what to do. Sheets are searched, as bytes, for cells that a library would not survive (far
outside any form) and for cells that it would show as blank (errors, formulas without a result).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree

from lkjip_xl.errors import WorkbookError, file_reason

MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_PART_BYTES = 200 * 1024 * 1024
MAX_TOTAL_BYTES = 400 * 1024 * 1024
MAX_PARTS = 2000

# Addresses from column AAA or row 100,000 on: the largest form has some 5,000 rows and 200 columns.
_FAR = re.compile(rb'<c\b[^>]*?\br="([A-Z]{3,}[0-9]+|[A-Z]+[0-9]{6,})"')
_ERROR = re.compile(rb'<c\b([^>]*\bt="e"[^>]*)>(?:<f\b[^>]*?(?:/>|>[^<]*</f>))?(?:<v>([^<]*)</v>)?')
_NO_RESULT = re.compile(rb'<c\b(?![^>]*\bt="str")([^>]*)><f\b[^>]*?(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>')
_PROTECTED = re.compile(rb'<(?:\w+:)?sheetProtection\b[^>]*\bsheet="(?:1|true)"')
_ADDRESS = re.compile(rb'\br="([A-Z]+[0-9]+)"')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and encrypted .xlsx
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Inspected:
    """What the guard saw: by sheet name and address, what stands in cells that a library shows as blank."""

    unreadable: Mapping[str, Mapping[str, str]]
    unprotected: frozenset[str]
    """The names of the sheets whose protection is off."""


def inspect(path: Path) -> Inspected:
    """Return what the guard saw in a file that may be opened; raise ``WorkbookError`` with the reason otherwise."""
    check_file(path)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {
                name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))
            }
        if any(b"<!DOCTYPE" in content[:4096] for content in parts.values()):
            raise WorkbookError(f"{path}: berkas ini memuat DOCTYPE; buku kerja tidak memuatnya")
        sheets = _sheets(parts)
        found = {name: _unreadable(parts[part], path) for name, part in sheets}
        unprotected = frozenset(name for name, part in sheets if not _PROTECTED.search(parts[part]))
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, KeyError, ParseError):
        raise WorkbookError(f"{path}: buku kerja rusak dan tidak dapat dibuka") from None
    except DefusedXmlException:
        raise WorkbookError(f"{path}: berkas ini memuat DOCTYPE; buku kerja tidak memuatnya") from None
    return Inspected(found, unprotected)


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


def _unreadable(sheet: bytes, path: Path) -> dict[str, str]:
    if far := _FAR.search(sheet):
        cell = far[1].decode()[:20]
        raise WorkbookError(f"{path}: ada isi jauh di luar formulir (sel {cell}); hapus, lalu simpan ulang")
    found: dict[str, str] = {}
    for attributes, value in _ERROR.findall(sheet):
        found |= _at(attributes, value.decode("utf-8", "replace")[:20] or "#GALAT")
    for attributes in _NO_RESULT.findall(sheet):
        found |= _at(attributes, "rumus yang belum dihitung")
    return found


def _at(attributes: bytes, text: str) -> dict[str, str]:
    address = _ADDRESS.search(attributes)
    return {address[1].decode(): text} if address else {}


def check_file(path: Path) -> None:
    """Return if the file may be opened as a workbook; raise ``WorkbookError`` with the reason otherwise."""
    try:
        if not path.exists():
            raise WorkbookError(f"{path}: berkas tidak ada; periksa nama dan foldernya")
        if not path.is_file():
            raise WorkbookError(f"{path}: ini bukan berkas; tunjuk sebuah berkas .xlsx")
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(64 * 1024)
    except OSError as error:
        raise WorkbookError(f"{path}: berkas tidak dapat dibaca ({file_reason(error)})") from None
    if size > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 1024 // 1024
        raise WorkbookError(f"{path}: berkas lebih besar dari {limit} MB; ini bukan isian LKjIP")
    if not start.startswith(b"PK"):
        raise WorkbookError(f"{path}: {_what_else(start, path)}")
    _check_zip(path)


def _what_else(start: bytes, path: Path) -> str:
    save_as = "buka di Excel lalu Simpan sebagai .xlsx"
    if not start:
        return "berkas ini kosong (0 byte); minta dikirim ulang"
    if start.startswith(_OLE):
        if _ENCRYPTED in start or (_ENCRYPTED in path.read_bytes()[: 4 * 1024 * 1024]):
            return "buku kerja ini dikunci dengan kata sandi; simpan ulang tanpa kata sandi"
        return f"ini berkas Excel lama (.xls); {save_as}"
    if start.startswith(b"%PDF"):
        return "ini berkas PDF, bukan buku kerja; kirim berkas .xlsx-nya"
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table")):
        return f"ini halaman HTML yang diberi nama .xlsx; {save_as}"
    return "ini berkas teks atau berkas lain yang diberi nama .xlsx, bukan buku kerja Excel"


def _check_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
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
