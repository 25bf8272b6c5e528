"""Chunks on disk: what has been read before is not read again.

They are in a folder of our own below the one that the user names, under the version of this program, the digest of the
template set and the limits of files; within it files are known by the digest of their bytes. It can be deleted at any
time. Nothing is removed but what is ours by name and content (see ``owned``).
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import tempfile
import time
import weakref
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path

import polars as pl

from lkjip_xl import __version__
from lkjip_xl.base import owned
from lkjip_xl.base.errors import file_reason
from lkjip_xl.consolidation import chunk
from lkjip_xl.consolidation.chunk import StoreError
from lkjip_xl.consolidation.frames import FILES, empty_frames
from lkjip_xl.consolidation.rows import Rows
from lkjip_xl.template.model import Template
from lkjip_xl.xlsx.archive import Limits
from lkjip_xl.xlsx.guard import LIMITS

PLACE = ".lkjip-xl"
_FORMAT = "8"  # raise it when chunks change in a way that the versions below do not tell
_KEY = re.compile("[0-9a-f]{24}")
_NEW = ".baru-"  # a folder that gets its name when it has its mark
_RESULT = re.compile("[0-9a-f]{32}-[0-9a-f]{32}[.]hasil")
_COPY = ".hasil-"  # a result that is being kept
_OLD = 30 * 24 * 3600


class Store:
    """The chunks of one template set below a folder.

    Where that cannot be written to, or is full, they are in a temporary one, unless other machines must see them
    (``shared``).
    """

    def __init__(
        self, folder: Path, template: Template, limits: Limits = LIMITS, *, shared: bool = False
    ) -> None:
        self.template = template
        self._shared = shared
        self._temporary: weakref.finalize[..., Store] | None = None
        key = f"{_FORMAT}\n{__version__}\n{template.digest}\n{limits}"
        own = folder / PLACE / hashlib.blake2b(key.encode(), digest_size=12).hexdigest()
        self._folders: tuple[Path, ...] = ()
        try:
            _make(own)
            self._folders = (own,)
        except OSError as error:
            if not self.spare():
                raise StoreError(
                    f"folder simpanan tidak dapat ditulis ({file_reason(error)})", folder
                ) from None

    @property
    def folder(self) -> Path:
        """Where new chunks are written."""
        return self._folders[-1]

    def spare(self) -> bool:
        """Write new chunks into a temporary folder from now on, if that has not been done yet and may be."""
        if self._shared or self._temporary is not None:
            return False
        try:
            folder = owned.make_folder(Path(tempfile.gettempdir()), "lkjip-xl-")
        except OSError:
            return False
        self._folders = (*self._folders, folder)
        self._temporary = weakref.finalize(self, owned.remove, folder, partial(_is_in, folder))
        return True

    def path(self, name: str) -> Path:
        """Return where a chunk is."""
        return next((each / name for each in self._folders if (each / name).is_dir()), self.folder / name)

    def known(self) -> dict[str, str]:
        """Return the chunk in which each file is, by the file's digest; damaged chunks are removed."""
        found: dict[str, str] = {}
        for each in sorted(filter(chunk.is_chunk, self.folder.iterdir())):
            whole = chunk.is_whole(each)
            try:
                digests = pl.read_parquet(each / f"{FILES}.parquet", columns=["sidik"])["sidik"].to_list()
            except (OSError, pl.exceptions.PolarsError):
                whole = False
            if not whole:
                owned.remove(each, chunk.is_ours)
                continue
            if found.keys().isdisjoint(digests):  # else two runs have read a file at once, and one is enough
                found |= dict.fromkeys(digests, each.name)
        return found

    @cached_property
    def empty(self) -> dict[str, pl.DataFrame]:
        """The frames of a chunk, without rows."""
        return empty_frames(self.template)

    def touch(self, used: Iterable[str]) -> None:
        """Note that chunks are in use."""
        for path in (self.folder, *map(self.path, used)):
            with contextlib.suppress(OSError):
                os.utime(path)

    def forget(self, used: Collection[str] = ()) -> None:
        """Remove what no run has used for a month: chunks, those of other versions, what a stopped run has left.

        Chunks that this run has ``used`` stay, whatever the clock of a network drive says.
        """
        month_ago = time.time() - _OLD
        own = self._folders[0]
        with contextlib.suppress(OSError):
            for old in (*own.iterdir(), *own.parent.iterdir()):
                if old.lstat().st_mtime >= month_ago or old == own or old.name in used:
                    continue
                if old.parent == own or _is_store(old):
                    owned.remove(old, _is_ours if old.parent == own else partial(_is_in, old))

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        """Say in one sentence that chunks have been removed or damaged while they were in use."""
        try:
            yield
        except (pl.exceptions.ComputeError, FileNotFoundError) as error:
            if isinstance(error, FileNotFoundError) and error.errno is not None:
                raise  # of the system, not of polars, which gives none
            raise StoreError(
                "simpanan bacaan berubah selagi dipakai; ulangi perintahnya", self.folder
            ) from None

    def kept(self, name: str) -> Path | None:
        """Return a result that an earlier run has kept under a name, if it is there as it was."""
        for path in self._folders[0].glob(f"{name}-*.hasil"):
            with contextlib.suppress(OSError):
                if path.name == _kept_name(name, path):
                    return path
        return None

    def keep(self, name: str, result: Path) -> None:
        """Keep a result in place of those before it; where there is no room for it, it is just not kept."""
        folder = self._folders[0]
        with contextlib.suppress(OSError):
            for old in folder.glob("*.hasil"):
                owned.remove(old, _is_ours)
            handle, temporary = tempfile.mkstemp(prefix=_COPY, dir=folder)
            os.close(handle)
            try:
                shutil.copyfile(result, temporary)
                Path(temporary).replace(folder / _kept_name(name, Path(temporary)))
            finally:
                owned.remove(Path(temporary), _is_ours)

    def rows(self, known: Mapping[str, str]) -> Rows:
        """Return the rows of files, given by digest with the chunk in which each is."""
        paths = {name: self.path(name) for name in set(known.values())}
        return Rows(self.empty, {digest: paths[name] for digest, name in known.items()})


def _make(folder: Path) -> None:
    """Make the folder of a store with its mark; raise ``OSError`` where it cannot be written, or is none of ours."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    if not os.path.lexists(folder):
        new = owned.make_folder(folder.parent, _NEW)
        try:
            new.rename(folder)
        except OSError:  # another run has been faster
            owned.remove(new, _is_store)
    if not owned.is_marked(folder):
        raise OSError(errno.EEXIST, "")
    tempfile.TemporaryFile(dir=folder).close()


def _is_store(folder: Path) -> bool:
    """Whether a folder is that of a store, of whatever version."""
    named = _KEY.fullmatch(folder.name) or re.fullmatch(re.escape(_NEW) + "[a-z0-9_]{8}", folder.name)
    return named is not None and owned.is_marked(folder)


def _is_in(store: Path, path: Path) -> bool:
    """Whether something is the folder of a store, which is known to be ours, or ours in it."""
    return path == store or _is_ours(path)


def _is_ours(path: Path) -> bool:
    """Whether something in a store's folder is what a store makes: by its name, and what is in it."""
    if path.is_file() and _RESULT.fullmatch(path.name):
        return path.name == _kept_name(path.name.partition("-")[0], path)
    if path.is_file() and re.fullmatch(re.escape(_COPY) + "[a-z0-9_]{8}", path.name):
        return owned.head(path, 2) in (b"", b"PK")
    return chunk.is_ours(path)


def _kept_name(name: str, result: Path) -> str:
    with result.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return f"{name}-{digest[:32]}.hasil"
