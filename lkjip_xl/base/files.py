"""Files that a command is given: as they are, or folders searched for workbooks; texts read, and JSON as it can be printed."""

from __future__ import annotations

import io
import json
import os
import re
import stat
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lkjip_xl.base.errors import PlaceError, WorkbookError, file_reason
from lkjip_xl.base.showing import one_line

MAX_TEXT_BYTES = 20 * 1024 * 1024
"""How large a registry or a data file may be; those of a whole country have some megabytes."""

_READ = (".xlsx", ".xlsm")
_SAVE_AS = "buka lalu Simpan sebagai .xlsx"
_UNPACK = "keluarkan isinya, lalu pindahkan arsipnya dari folder ini"
_OTHERS = {
    ".xls .xlw .et": f"ini berkas Excel atau WPS lama; {_SAVE_AS}",
    ".xlsb": f"ini berkas Excel biner; {_SAVE_AS}",
    ".xlt .xltx .xltm .ett .ots": f"ini templat lembar kerja; {_SAVE_AS}",
    ".ods .fods .sxc": f"ini berkas OpenDocument; {_SAVE_AS}",
    ".numbers": "ini berkas Apple Numbers; buka lalu ekspor ke Excel (.xlsx)",
    ".gsheet": "ini hanya penunjuk ke Google Sheets; buka lalu unduh sebagai Microsoft Excel (.xlsx)",
    ".zip .rar .7z .tar .gz .tgz": f"ini arsip; {_UNPACK}",
}
"""What may be a submission by the end of its name, and why it is not read."""
_REASONS = {end: reason for ends, reason in _OTHERS.items() for end in ends.split()}
_TRAILING = re.compile(r"\.(?:xls[xmb]?|ods)(?:[^a-z0-9].*|_.*)", re.IGNORECASE)
_TRAILING_REASON = (
    "nama berkas ini tidak berakhir dengan .xlsx, seperti unduhan yang belum selesai, salinan, atau cadangan; "
    "bila ini kiriman, ubah namanya, dan bila bukan, pindahkan dari folder ini"
)
_UNRELATED = re.compile(  # also behind another ending, as in x.xlsx.pdf
    r"\.(?:json|pdf|docx?|odt|rtf|pptx?|html?|md|png|jpe?g|gif|bmp|webp|svg|heic|tiff?|mp4|parquet|toml|md5|sha256|sig|asc)"
)
_LISTS = (".csv", ".tsv")
_LIST_REASON = (
    "CSV tidak memuat rumus dan kunci tabel, jadi tidak dibaca; bila ini kiriman, minta berkas .xlsx-nya"
)
_NAMELESS_REASON = "ini buku kerja Excel dengan nama lain; beri nama yang berakhir .xlsx"
_DIRECTORY = 64 * 1024  # bytes at the end of a zip in which the names of a workbook's parts stand
_XML_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came as bytes; ``path`` is the name by which it is spoken of, and nothing is looked for there."""

    path: Path
    content: bytes = field(repr=False)


File = Path | Upload


def path_of(file: File) -> Path:
    """Return the name by which a file is spoken of."""
    return file.path if isinstance(file, Upload) else file


@dataclass(frozen=True, slots=True)
class Found:
    """The workbooks to read, and what else the folders hold that concerns them."""

    files: tuple[Path, ...]
    locks: int = 0
    """Files that Office keeps beside an open workbook (``~$…``, ``.~lock.…#``)."""
    hidden: int = 0
    unread: tuple[tuple[Path, str], ...] = ()
    """Folders that cannot be opened, and files that look like submissions but are not read; and why."""
    lists: tuple[tuple[Path, str], ...] = ()
    """Files that may be submissions, but are rather lists of something; and why they are not read."""


def shown(path: Path) -> str:
    """Return a path as it can be printed and written anywhere: no half characters, no control characters."""
    return one_line(os.fsencode(path).decode("utf-8", "replace"))


def find_workbooks(
    paths: Sequence[Path], *, apart: Path | None = None, some: bool = True, known: Sequence[Path] = ()
) -> Found:
    """Return the workbooks that the paths name, each once, and what in folders looks like one but is not read.

    Office's lock files and hidden files and folders are passed over, and what is in the folder ``apart`` where that is
    inside one that is searched (or the file of that name): earlier results. So are files that are ``known`` to be
    something else, such as the registry. Links to folders are not followed. With ``some`` raises ``WorkbookError`` for a
    folder without any workbook.
    """
    found: dict[Path, None] = {}
    unread: dict[Path, str] = {}
    lists: dict[Path, str] = {}
    locks = hidden = 0
    passed = {_real(each) for each in (*known, *([apart] if apart is not None else []))}
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - also where the path cannot even be looked at
            found[path] = None
            continue
        before = len(found) + len(unread) + len(lists)
        for each in _below(path, passed - {_real(path)}, unread):
            if each.name.startswith(("~$", ".~lock.")):
                locks += 1
            elif any(part.startswith(".") for part in each.relative_to(path).parts):
                hidden += 1
            elif each.name.lower().endswith(_READ):
                found[each] = None
            elif each.name.lower().endswith(_LISTS):
                lists[each] = _LIST_REASON
            else:
                unread[each] = _why_unread(each)
        if some and len(found) + len(unread) + len(lists) == before:
            raise WorkbookError("folder ini tidak berisi berkas .xlsx", path)
    return Found(tuple(found), locks, hidden, tuple(unread.items()), tuple(lists.items()))


def _below(folder: Path, passed: AbstractSet[Path], unread: dict[Path, str]) -> Iterator[Path]:
    """Yield in order what in a folder looks like a submission, but not what is passed; note folders that are closed."""

    def note(error: OSError) -> None:
        unread[Path(error.filename)] = f"folder ini tidak dapat dibuka ({file_reason(error)})"

    files = []
    for base, folders, names in os.walk(folder, onerror=note):
        bundles = [name for name in folders if name.lower().endswith(".numbers")]  # folders to all but macOS
        folders[:] = [
            name for name in folders if name not in bundles and _real(Path(base, name)) not in passed
        ]
        seen = not any(part.startswith(".") for part in Path(base).relative_to(folder).parts)
        files += [
            path
            for path in (Path(base, name) for name in (*names, *bundles))
            if _is_candidate(path) or (seen and _holds_workbook(path))
        ]
    yield from (each for each in sorted(files) if _real(each) not in passed)


def _is_candidate(path: Path) -> bool:
    """Whether a file looks like a submission by its name; one in XML by how it begins."""
    end = path.suffix.lower()
    if _UNRELATED.fullmatch(end):
        return False
    if end == ".xml":
        return _is_spreadsheet(path)
    return end in _READ or end in _LISTS or end in _REASONS or _TRAILING.search(path.name) is not None


def _holds_workbook(path: Path) -> bool:
    """Whether a file is a workbook by a name of no kind, told from the list of its parts at its end."""
    try:
        if path.name.startswith(".") or _UNRELATED.fullmatch(path.suffix.lower()) or not path.is_file():
            return False
        with path.open("rb") as file:
            if file.read(4) != b"PK\x03\x04":
                return False
            file.seek(max(0, file.seek(0, os.SEEK_END) - _DIRECTORY))
            return b"xl/workbook." in file.read()
    except OSError:
        return False


def _is_spreadsheet(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return _XML_2003 in file.read(4096)
    except OSError:
        return False


def _why_unread(path: Path) -> str:
    if path.suffix.lower() == ".xml":
        return f"ini lembar kerja XML 2003; {_SAVE_AS}"
    other = _TRAILING_REASON if _TRAILING.search(path.name) else _NAMELESS_REASON
    return _REASONS.get(path.suffix.lower(), other)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))  # Path.resolve raises for links that lead to themselves


def read_text(file: File) -> str:
    """Return the text of a small file, without its byte order mark. Raises ``OSError`` and ``UnicodeDecodeError``.

    What is no file has no end, or none for as long as nobody writes: it is not opened.
    """
    if isinstance(file, Upload):
        size = len(file.content)
    else:
        state = file.stat()
        if not stat.S_ISREG(state.st_mode) and not stat.S_ISDIR(state.st_mode):
            raise PlaceError("ini bukan berkas")
        size = state.st_size
    if size > MAX_TEXT_BYTES:
        raise PlaceError("berkasnya terlalu besar")
    content = file.content if isinstance(file, Upload) else file.read_bytes()
    with io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig") as text:  # lines end as everywhere else
        return text.read()


_SPECIAL = re.compile(r"[^\n\x20-\x7e]")  # the rest of ASCII is escaped by the library already


def json_text(value: Any) -> str:
    """Return indented JSON; what cannot be printed is escaped. Raises ``ValueError`` for numbers that are none."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return _SPECIAL.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return match[0] if match[0].isprintable() else json.dumps(match[0])[1:-1]
