"""The only place that removes anything: what this program has made, known again by name and content, and nothing else.

Folders that this program makes for itself hold a mark. Whoever makes files says by which names and contents they are
known again; a stranger's file among them stays, and so does the folder then. Links are never followed.
"""

from __future__ import annotations

import contextlib
import re
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

MARK = "CACHEDIR.TAG"
_WORDS = (
    b"Signature: 8a477f597d28d172789f06886806bc55\n"  # tells backup programs to pass over the folder
    b"# Folder ini dibuat oleh lkjip-xl; boleh dihapus kapan saja.\n"
)
PARQUET_MARK = {"lkjip-xl": "lkjip-xl 6f0d2c81b57e4a93"}
"""The metadata of every Parquet file that this program writes."""
_PARQUET_NAME = re.compile(r"[a-z][a-z0-9_]*\.parquet")
_PARQUET = b"PAR1"  # how such a file begins and ends
_LONGEST_FOOTER = 16 * 1024 * 1024

Known = Callable[[Path], bool]
"""Whether a file, or a folder with what is in it, is one that this program makes; it is given no links."""


def make_folder(parent: Path, prefix: str) -> Path:
    """Make a folder with a name of its own and the mark in it; raise ``OSError`` where that cannot be."""
    folder = Path(tempfile.mkdtemp(dir=parent, prefix=prefix))
    try:
        (folder / MARK).write_bytes(_WORDS)
    except OSError:
        with contextlib.suppress(OSError):
            (folder / MARK).unlink(missing_ok=True)
            folder.rmdir()
        raise
    return folder


def is_marked(folder: Path) -> bool:
    """Whether a folder, and no link to one, holds the mark."""
    mark = folder / MARK
    try:
        return stat.S_ISDIR(folder.lstat().st_mode) and _is_file(mark) and head(mark, 999) == _WORDS
    except OSError:
        return False


def head(path: Path, size: int) -> bytes:
    """Return how a file begins."""
    with path.open("rb") as file:
        return file.read(size)


def _is_file(path: Path) -> bool:
    return stat.S_ISREG(path.lstat().st_mode)


def remove(path: Path, known: Known) -> bool:
    """Remove a known file, or of a known folder all that is known; return whether it is gone. Raises nothing."""
    with contextlib.suppress(OSError):
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode) and known(path):
            path.unlink()
            return True
        if stat.S_ISDIR(mode) and known(path):
            left = [each for each in sorted(path.iterdir()) if not remove(each, known)]
            if [each.name for each in left] == [MARK] and is_marked(path):
                left.pop().unlink()
            if not left:
                path.rmdir()
                return True
    return False


def is_parquet(path: Path, *, unfinished: bool = False) -> bool:
    """Whether a file, and no link to one, is a Parquet file of ours; with ``unfinished`` also the beginning of one."""
    if not _PARQUET_NAME.fullmatch(path.name) or not _is_file(path):
        return False
    with path.open("rb") as file:
        head = file.read(len(_PARQUET))
        size = file.seek(0, 2)
        file.seek(max(0, size - 8))
        length, tail = int.from_bytes(file.read(4), "little"), file.read()
        if tail != _PARQUET:
            return unfinished and head in (b"", _PARQUET)
        file.seek(max(0, size - 8 - min(length, _LONGEST_FOOTER)))
        footer = file.read(min(length, _LONGEST_FOOTER))
    return all(value.encode() in footer for value in PARQUET_MARK.values())
