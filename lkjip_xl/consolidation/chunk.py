"""Some workbooks to Parquet: the work of one process, and the only place where files of a batch are opened.

A chunk is a folder of Parquet files, one for each of the frames (see ``frames``), and ``segel`` with the digest of all of
them.

A chunk that is being written has another name; so has one that stands beside a damaged one.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from lkjip_xl.base import owned
from lkjip_xl.base.errors import OutputError, WorkbookError, as_os_error, file_reason
from lkjip_xl.base.isolated import MEMORY, At
from lkjip_xl.consolidation.frames import FILES, About, Sort, frames
from lkjip_xl.read.reader import Workbook, read_workbook
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Template
from lkjip_xl.xlsx.archive import Limits
from lkjip_xl.xlsx.guard import LIMITS, file_digest

SEAL = "segel"
FILLED = f"berkas ini memerlukan memori lebih dari {MEMORY // 1024**3} GB; buka di Excel lalu simpan ulang"
_UNFINISHED = ".bacaan-"
_CHUNK = re.compile("bacaan-[0-9a-f]{24}(-[a-z0-9_]{8})?")
_FOLDER = re.compile(f"{_CHUNK.pattern}|{re.escape(_UNFINISHED)}[a-z0-9_]{{8}}")


class StoreError(OutputError):
    """Chunks that cannot be kept where they should be."""


Files = tuple[tuple[str, str], ...]
"""Files by path and digest."""


@dataclass(frozen=True, slots=True)
class Task:
    """How chunks are read: with which templates, below which folder, up to which limits."""

    templates: Path | None
    folder: Path
    limits: Limits = LIMITS


def read_chunk(files: Files, task: Task, at: At = lambda _digest, _number: None) -> tuple[str, list[str]]:
    """Read files and write their chunk; return its name and the digests in it.

    A file that cannot be read is a row that says why; it never stops the others. One that ends this process is the one
    whose digest ``at`` was told last; it is told none, and how many, where files are worked on together. One whose bytes are not those of its digest any more is left out.
    """
    template = load_template(task.templates)
    made = _read(files, template, at, task.limits)
    digests = made[FILES]["sidik"].to_list()
    try:
        return (_written(made, digests, task.folder) if digests else ""), digests
    except OSError as error:
        raise StoreError(f"simpanan bacaan tidak dapat ditulis ({file_reason(error)})", task.folder) from None


def _read(files: Files, template: Template, at: At, limits: Limits) -> dict[str, pl.DataFrame]:
    workbooks: list[Workbook] = []
    unread: list[About] = []
    for path, digest in files:
        at(digest, 1)
        try:
            workbook = read_workbook(Path(path), template, limits)
        except BaseException as error:  # noqa: BLE001 - whatever a stranger's file does to a library costs that file only
            _raise_unless_of_file(error)
            with contextlib.suppress(OSError):
                if file_digest(Path(path), limits) == digest:
                    unread.append(_unread(digest, error))
        else:
            if workbook.digest == digest:
                workbooks.append(workbook)
    at("", len(files))
    try:
        return frames(template, workbooks, unread)
    except BaseException as error:  # noqa: BLE001 - find the file that it comes from, so that it costs that file only
        _raise_unless_of_file(error)
    good = []
    for workbook in workbooks:
        at(workbook.digest, 1)
        try:
            frames(template, [workbook])
        except BaseException as error:  # noqa: BLE001 - as above
            _raise_unless_of_file(error)
            unread.append(_unread(workbook.digest, error))
        else:
            good.append(workbook)
    at("", len(files))
    return frames(template, good, unread)


def _raise_unless_of_file(error: BaseException) -> None:
    """Raise what is none of a file's doing. A panic of a library written in Rust is no ``Exception``."""
    if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
        raise error


def _unread(digest: str, error: BaseException) -> About:
    if isinstance(error, WorkbookError):
        sort = Sort.OUTPUT if error.output else Sort.OTHER
        return About(digest, sort, error.reason)
    if isinstance(error, MemoryError):
        return About(digest, Sort.OTHER, FILLED)
    reason = (
        f"susunan berkas ini tidak dapat diolah ({type(error).__name__}); buka di Excel lalu simpan ulang"
    )
    return About(digest, Sort.OTHER, reason)


def _written(made: Mapping[str, pl.DataFrame], digests: Sequence[str], folder: Path) -> str:
    """Write a chunk whole: it has its name only when it is complete."""
    name = "bacaan-" + hashlib.blake2b("\n".join(sorted(digests)).encode(), digest_size=12).hexdigest()
    temporary = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
    try:
        for key, frame in made.items():
            path = temporary / f"{key}.parquet"
            frame.write_parquet(path, compression="lz4", statistics=False, metadata=owned.PARQUET_MARK)
        (temporary / SEAL).write_text(sealed(temporary), encoding="ascii")
        try:
            temporary.rename(folder / name)
        except OSError:
            if not is_whole(folder / name):  # else the same chunk is there already, from another run
                name += temporary.name.removeprefix(_UNFINISHED.rstrip("-"))
                temporary.rename(folder / name)
    except pl.exceptions.PolarsError as error:
        raise as_os_error(error, folder) from None
    finally:
        owned.remove(temporary, is_ours)
    return name


def is_chunk(path: Path) -> bool:
    """Whether something has the name of a chunk."""
    return bool(_CHUNK.fullmatch(path.name))


def is_whole(chunk: Path) -> bool:
    """Whether a chunk is as it was written."""
    try:
        return (chunk / SEAL).read_bytes() == sealed(chunk).encode()
    except OSError:
        return False


def is_ours(path: Path) -> bool:
    """Whether something is a chunk, or a file of one: by its name, and what is in it."""
    if path.is_dir():
        return _FOLDER.fullmatch(path.name) is not None
    if _FOLDER.fullmatch(path.parent.name) is None:
        return False
    if path.name == SEAL:
        return re.fullmatch(b"([0-9a-f]{32})?", owned.head(path, 33)) is not None
    return owned.is_parquet(path, unfinished=True)


def sealed(chunk: Path) -> str:
    """Return what the seal of a whole chunk says: the digest of its files."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(chunk.glob("*.parquet")):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
