"""Which files a command is given: files as they are, folders searched for workbooks."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lkjip_xl.errors import WorkbookError, file_reason

MAX_TEXT_BYTES = 20 * 1024 * 1024
"""How large a registry or a data file may be; those of a whole country have some megabytes."""


@dataclass(frozen=True, slots=True)
class Found:
    """The workbooks to read, and how many files of folders were passed over."""

    files: tuple[Path, ...]
    locks: int = 0
    """Files that Office keeps beside an open workbook (``~$…``)."""
    hidden: int = 0
    closed: tuple[tuple[Path, str], ...] = ()
    """Folders that cannot be opened, and why."""


def shown(path: Path) -> str:
    """Return a path as it can be printed and written anywhere: no half characters, no control characters."""
    return one_line(os.fsencode(path).decode("utf-8", "replace"))


def one_line(text: str) -> str:
    """Return text without control characters and line breaks."""
    return "".join(char if char.isprintable() else "�" for char in text)


def find_workbooks(paths: Sequence[Path], *, apart: Path | None = None, some: bool = True) -> Found:
    """Return the workbooks that the paths name, each once.

    Office's lock files and hidden files and folders are passed over, and what is in the folder ``apart`` where that is
    inside one that is searched (or the file of that name): earlier results. Links to folders are not followed. With
    ``some`` raises ``WorkbookError`` for a folder without any workbook.
    """
    found: dict[Path, None] = {}
    closed: list[tuple[Path, str]] = []
    locks = hidden = 0
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - also where the path cannot even be looked at
            found[path] = None
            continue
        inside, before = 0, len(closed)
        for each in _below(path, _real(apart) if apart is not None else None, closed):
            if each.name.startswith("~$"):
                locks += 1
            elif any(part.startswith(".") for part in each.relative_to(path).parts):
                hidden += 1
            else:
                found[each] = None
                inside += 1
        if some and not inside and len(closed) == before:
            raise WorkbookError(f"{path}: folder ini tidak berisi berkas .xlsx")
    return Found(tuple(found), locks, hidden, tuple(closed))


def _below(folder: Path, apart: Path | None, closed: list[tuple[Path, str]]) -> Iterator[Path]:
    """Yield the .xlsx files of a folder in order, but not what is ``apart``; note the folders that cannot be opened."""

    def note(error: OSError) -> None:
        closed.append((Path(error.filename), f"folder ini tidak dapat dibuka ({file_reason(error)})"))

    if apart == _real(folder):
        apart = None
    files = []
    for base, folders, names in os.walk(folder, onerror=note):
        if apart is not None:
            folders[:] = [name for name in folders if _real(Path(base, name)) != apart]
        files += [Path(base, name) for name in names if name.lower().endswith(".xlsx")]
    yield from (each for each in sorted(files) if apart is None or _real(each) != apart)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))  # Path.resolve raises for links that lead to themselves


def read_text(path: Path) -> str:
    """Return the text of a small file, without its byte order mark. Raises ``OSError`` and ``UnicodeDecodeError``.

    What is no file has no end, or none for as long as nobody writes: it is not opened.
    """
    state = path.stat()
    if not stat.S_ISREG(state.st_mode) and not stat.S_ISDIR(state.st_mode):
        raise OSError(errno.EINVAL, "ini bukan berkas")
    if state.st_size > MAX_TEXT_BYTES:
        raise OSError(errno.EFBIG, "berkasnya terlalu besar")
    return path.read_text(encoding="utf-8-sig")
