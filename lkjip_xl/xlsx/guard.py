"""What is looked at before any library opens a file that a stranger sent.

The file must be a zip of the parts of a workbook, within the limits of ``archive.Limits``; anything else is refused with
one sentence that says what it is and what to do. What is read of it are the filled cells of each sheet (see ``sheet``), the
shared strings and how numbers are shown. What else is in the file (links, macros, comments, names, drawings) is never opened.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lkjip_xl.base.errors import WorkbookError, file_reason
from lkjip_xl.base.files import File, Upload, path_of
from lkjip_xl.base.showing import short
from lkjip_xl.xlsx.archive import DAMAGED, UNUSUAL, Archive, Limits, Package
from lkjip_xl.xlsx.cells import Formula, Sheet
from lkjip_xl.xlsx.errors import DoctypeError, FarError, LargeError, MalformedError
from lkjip_xl.xlsx.sheet import count_formulas, formulas_of, sheet_of
from lkjip_xl.xlsx.strings import shared_strings
from lkjip_xl.xlsx.styles import styles_of

LIMITS = Limits()

_WIDE = "isi lembar-lembarnya tersebar terlalu jauh; hapus yang di luar formulir, lalu simpan ulang"
_LONG_TEXT = 1000  # characters; texts up to here take no more room than the cells they stand in
_CELL = 64  # characters that a cell counts as, beside its text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, .doc, and encrypted .xlsx and .docx
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Opened:
    """A file that may be opened as a workbook, and its digest."""

    path: Path
    content: bytes
    package: Package
    limits: Limits
    digest: str


def open_file(file: File, limits: Limits = LIMITS) -> Opened:
    """Return a file that may be opened as a workbook; raise ``WorkbookError`` with the reason otherwise.

    The file is read once: what is looked at here is what every later step gets.
    """
    path = path_of(file)
    with naming(path):
        raw = read_bytes(file, limits)
        if not raw.startswith(b"PK"):
            raise WorkbookError(_what_else(raw))
        package = Package(raw, limits)
        _refuse_others(package)
        _ = package.sheets, package.properties  # raises here where they cannot be read
    return Opened(path, raw, package, limits, _digest(raw))


def sheets_of(opened: Opened, *, apart: AbstractSet[str] = frozenset()) -> dict[str, Sheet]:
    """Return what the sheets of a workbook hold, by name; raise ``WorkbookError`` where one cannot be read.

    Sheets ``apart`` are not looked at.
    """
    limits, package = opened.limits, opened.package
    where = package.sheets
    found: dict[str, Sheet] = {}
    area, elements = limits.area, limits.elements
    with naming(opened.path):
        strings = shared_strings(package.read(where.strings), elements) if where.strings else ()
        styles = styles_of(package.whole(where.styles), days_from_1904=where.days_from_1904)
        for name, part in where.worksheets.items():
            if name not in apart:
                sheet = sheet_of(package.read(part), strings, styles, area=limits.area, elements=elements)
                found[name] = sheet
                area, elements = area - sheet.area, elements - sheet.elements
                if area < 0:
                    raise WorkbookError(_WIDE)
        if not found:
            raise WorkbookError("buku kerja ini tidak berisi lembar; kirim berkas yang benar")
        if _size(found.values(), strings) > limits.filled:
            raise WorkbookError(UNUSUAL)
    return found


def _size(sheets: Collection[Sheet], strings: Sequence[str]) -> int:
    """Return how many characters all filled cells have together, at the most; exactly where some text is long."""
    lines = [line for sheet in sheets for line in sheet.cells.values()]
    number = sum(map(len, lines))
    if max(map(len, strings), default=0) <= _LONG_TEXT:
        return number * _CELL + sum(map(len, strings))
    texts = (value for line in lines for value in line.values() if isinstance(value, str))
    return number * _CELL + sum(map(len, texts))


def formulas_in(opened: Opened, sheet: str) -> Mapping[tuple[int, int], Formula]:
    """Return the formulas of a sheet by row and column; raise ``WorkbookError`` where it cannot be read."""
    with naming(opened.path):
        return formulas_of(
            opened.package.read(opened.package.sheets.worksheets[sheet]), opened.limits.elements
        )


def number_of_formulas(opened: Opened, sheet: str) -> int:
    """Return how many formulas a sheet has, without looking at them; raise ``WorkbookError`` where it cannot be read."""
    with naming(opened.path):
        part = opened.package.read(opened.package.sheets.worksheets[sheet])
        return count_formulas(part, opened.limits.elements)


def file_digest(path: Path, limits: Limits = LIMITS) -> str:
    """Return the digest of a file, as ``Opened`` has it; of one that is too large that of its beginning.

    Raises ``OSError``.
    """
    with path.open("rb") as file:
        return _digest(file.read(limits.file + 1))


def _digest(raw: bytes) -> str:
    return hashlib.blake2b(raw, digest_size=16).hexdigest()


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Say what is wrong with a file in one sentence that begins with its name."""
    try:
        yield
    except WorkbookError as error:
        raise WorkbookError(error.reason, path, output=error.output) from None
    except FarError as error:
        reason = f"ada isi jauh di luar formulir (sel {short(str(error))}); hapus, lalu simpan ulang"
        raise WorkbookError(reason, path) from None
    except DoctypeError:
        raise WorkbookError("berkas ini memuat DOCTYPE; buku kerja tidak memuatnya", path) from None
    except LargeError:
        raise WorkbookError(UNUSUAL, path) from None
    except MalformedError:
        raise WorkbookError(DAMAGED, path) from None


def read_bytes(file: File, limits: Limits, *, ending: str = ".xlsx", kind: str = "isian LKjIP") -> bytes:
    """Return what a file holds; raise ``WorkbookError`` where it cannot be read, or is larger than a file of its kind."""
    if isinstance(file, Upload):
        raw = file.content
    else:
        try:
            if not file.exists():
                raise WorkbookError("berkas tidak ada; periksa nama dan foldernya")
            if not file.is_file():
                raise WorkbookError(f"ini bukan berkas; tunjuk sebuah berkas {ending}")
            with file.open("rb") as stream:
                raw = stream.read(limits.file + 1)
        except OSError as error:
            raise WorkbookError(f"berkas tidak dapat dibaca ({file_reason(error)})") from None
    if len(raw) > limits.file:
        limit = limits.file // 1024 // 1024
        raise WorkbookError(f"berkas lebih besar dari {limit} MB; ini bukan {kind}")
    return raw


def _what_else(raw: bytes) -> str:
    start = raw[: 64 * 1024]
    save_as = "buka di Excel lalu Simpan sebagai .xlsx"
    if not start:
        return "berkas ini kosong (0 byte); minta dikirim ulang"
    if start.startswith(OLE):
        if ENCRYPTED in raw:
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
        raise WorkbookError("ini dokumen Word (.docx), bukan buku kerja; kirim berkas .xlsx-nya")
    if "ppt/presentation.xml" in archive:
        raise WorkbookError("ini presentasi PowerPoint (.pptx), bukan buku kerja; kirim berkas .xlsx-nya")
    if "[Content_Types].xml" not in archive or "_rels/.rels" not in archive:
        raise WorkbookError("ini arsip zip, bukan buku kerja Excel")
