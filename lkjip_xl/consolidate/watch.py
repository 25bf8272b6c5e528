"""Which file a reading process is at, so that a file that ends, stops or fills the process costs itself only.

Before it opens a file a process writes the file's digest into its mark, a file that outlives it. Whoever started the
process reads there what it died of. A process that stays too long at one file ends itself; it does so from a thread of
the interpreter's own, which also works while a library keeps the interpreter.
"""

from __future__ import annotations

import contextlib
import faulthandler
import multiprocessing
import os
import re
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lkjip_xl.base import owned

FILE_SECONDS = 60
"""How long one file may take to be read; an ordinary one takes some milliseconds."""
WORKER_BYTES = 2 * 1024**3
"""How much memory a reading process may take, where the system can hold it to that; it usually takes some 300 MB."""

DIED = "berkas ini membuat pembacanya berhenti mendadak; buka di Excel lalu simpan ulang"
STAYED = f"berkas ini tidak selesai dibaca dalam {FILE_SECONDS} detik; buka di Excel lalu simpan ulang"
FILLED = (
    f"berkas ini memerlukan memori lebih dari {WORKER_BYTES // 1024**3} GB; buka di Excel lalu simpan ulang"
)
_MARKS = ".tanda-"  # a folder of marks
_FOLDER = re.compile(re.escape(_MARKS) + "[a-z0-9_]{8}")
_DIGEST = 32  # characters; a mark without a digest says that all files of the chunk have been read


@contextlib.contextmanager
def folder_of_marks(folder: Path) -> Iterator[Path]:
    """Yield a new folder below another, for the marks of a round; it goes with what is in it."""
    marks = Path(tempfile.mkdtemp(prefix=_MARKS, dir=folder))
    try:
        yield marks
    finally:
        owned.remove(marks, is_ours)


def is_ours(path: Path) -> bool:
    """Whether something is a folder of marks, or a mark: by its name, and what is in it."""
    if path.is_dir():
        return _FOLDER.fullmatch(path.name) is not None
    named = path.name.isdecimal() and _FOLDER.fullmatch(path.parent.name)
    return bool(named) and re.fullmatch(rb"([0-9a-f ]{32})?", owned.head(path, _DIGEST)) is not None


class EarlierDeathError(Exception):
    """The process that had begun with these files is no more."""


@dataclass(frozen=True, slots=True)
class Death:
    """What a mark says of a process that has died: at which file it was, or at none of them, and why."""

    digest: str
    reason: str


class Mark:
    """The mark of a process that reads a chunk."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb", buffering=0)

    def at(self, digest: str = "", files: int = 1) -> None:
        """Say which file is opened next, or that ``files`` that have been read are worked on together."""
        self._file.seek(0)
        self._file.write(digest.ljust(_DIGEST).encode())
        # The time that has passed is noted behind the digest, by the same thread that ends the process.
        faulthandler.dump_traceback_later(FILE_SECONDS + files - 1, exit=True, file=self._file)

    def close(self) -> None:
        """Stop the clock."""
        faulthandler.cancel_dump_traceback_later()
        self._file.close()


@contextlib.contextmanager
def marking(path: Path) -> Iterator[Mark]:
    """Yield a mark; it goes when the work is done, or has failed in a way that can be told.

    Raises ``EarlierDeathError`` where it is there already: a cluster has given the work of a lost process to this one.
    """
    try:
        mark = Mark(path)
    except FileExistsError:
        raise EarlierDeathError from None
    try:
        yield mark
    finally:
        mark.close()
        path.unlink(missing_ok=True)


def death(path: Path) -> Death | None:
    """Return what the mark of a process that has died says; None where it had not begun."""
    try:
        said = path.read_bytes()
    except FileNotFoundError:
        return None
    path.unlink()
    digest, rest = said[:_DIGEST].decode().strip(), said[_DIGEST:]
    return Death(digest, STAYED if rest else DIED)


def confine() -> None:
    """Hold this process to its memory, and end it with the one that has started it."""
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no such limits
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = WORKER_BYTES if most == resource.RLIM_INFINITY else min(WORKER_BYTES, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
