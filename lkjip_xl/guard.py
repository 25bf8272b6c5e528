"""What is looked at before any library opens a file that a stranger sent.

The file must be a zip of the parts of a workbook, within the limits below; anything else is refused with one sentence
that says what it is and what to do.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from lkjip_xl.errors import WorkbookError

MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_PART_BYTES = 200 * 1024 * 1024
MAX_TOTAL_BYTES = 400 * 1024 * 1024
MAX_PARTS = 2000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and encrypted .xlsx
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


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
        raise WorkbookError(f"{path}: berkas tidak dapat dibaca ({error.strerror})") from None
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
