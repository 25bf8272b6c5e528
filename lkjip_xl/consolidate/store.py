"""Chunks on disk: what has been read before is not read again.

A chunk is kept under the version of this program, the digest of the template set and the limits of files; within it files
are known by the digest of their bytes. The folder can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
import weakref
from collections.abc import Collection, Iterable
from functools import cached_property
from pathlib import Path

import polars as pl

from lkjip_xl import __version__
from lkjip_xl.archive import Limits
from lkjip_xl.consolidate.chunk import FILES, SEAL, empty_frames, sealed
from lkjip_xl.errors import OutputError, file_reason
from lkjip_xl.guard import LIMITS
from lkjip_xl.template.model import Template

_FORMAT = "3"  # raise it when chunks change in a way that the versions below do not tell


class Store:
    """The chunks of one template set below a cache folder.

    Where that cannot be written to they are in a temporary one, unless other machines must see them (``shared``).
    """

    def __init__(
        self, folder: Path, template: Template, limits: Limits = LIMITS, *, shared: bool = False
    ) -> None:
        self.template = template
        self._temporary: weakref.finalize[..., Store] | None = None
        key = f"{_FORMAT}\n{__version__}\n{template.digest}\n{limits}"
        name = hashlib.blake2b(key.encode(), digest_size=12).hexdigest()
        self.folder = folder / name
        try:
            _check_writable(self.folder)
        except OSError as error:
            if shared:
                raise OutputError(
                    f"{folder}: folder simpanan tidak dapat ditulis ({file_reason(error)})"
                ) from None
            self.folder = Path(tempfile.mkdtemp(prefix="lkjip-xl-"))
            self._temporary = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def known(self) -> dict[str, str]:
        """Return the chunk in which each file is, by the file's digest; damaged chunks are removed."""
        found: dict[str, str] = {}
        for chunk in sorted(self.folder.iterdir()):
            if chunk.name.startswith(".") or chunk.suffix:
                continue
            try:
                whole = (chunk / SEAL).read_bytes() == sealed(chunk).encode()
                digests = pl.read_parquet(chunk / f"{FILES}.parquet", columns=["sidik"])["sidik"].to_list()
            except (OSError, pl.exceptions.PolarsError):
                whole = False
            if not whole:
                shutil.rmtree(chunk, ignore_errors=True)
                continue
            if found.keys().isdisjoint(digests):  # else two runs have read a file at once, and one is enough
                found |= dict.fromkeys(digests, chunk.name)
        return found

    @cached_property
    def empty(self) -> dict[str, pl.DataFrame]:
        """The frames of a chunk, without rows."""
        return empty_frames(self.template)

    def touch(self, used: Iterable[str]) -> None:
        """Note that chunks are in use."""
        for chunk in used:
            with contextlib.suppress(OSError):
                os.utime(self.folder / chunk)

    def forget(self) -> None:
        """Remove what no run has used for a month: chunks, those of other versions, what a stopped run has left."""
        month_ago = time.time() - 30 * 24 * 3600
        others = self.folder.parent.iterdir() if self._temporary is None else ()
        for old in (*self.folder.iterdir(), *others):
            with contextlib.suppress(OSError):
                if old != self.folder and old.stat().st_mtime < month_ago:
                    shutil.rmtree(old) if old.is_dir() else old.unlink()

    def kept(self, name: str) -> Path | None:
        """Return a result that an earlier run has kept under a name, if it is there as it was."""
        for path in self.folder.glob(f"{name}-*.hasil"):
            with contextlib.suppress(OSError):
                if path.name == _kept_name(name, path):
                    return path
        return None

    def keep(self, name: str, result: Path) -> None:
        """Keep a result in place of those before it; where there is no room for it, it is just not kept."""
        with contextlib.suppress(OSError):
            for old in self.folder.glob("*.hasil"):
                old.unlink()
            handle, temporary = tempfile.mkstemp(prefix=".", dir=self.folder)
            os.close(handle)
            try:
                shutil.copyfile(result, temporary)
                Path(temporary).replace(self.folder / _kept_name(name, Path(temporary)))
            finally:
                Path(temporary).unlink(missing_ok=True)

    def scan(self, name: str, chunks: Iterable[str], digests: Collection[str]) -> pl.LazyFrame:
        """Return the rows that files of these digests have in a frame of the chunks (see ``chunk``), each file once."""
        files = [self.folder / chunk / f"{name}.parquet" for chunk in sorted(set(chunks))]
        if not files:
            return self.empty[name].lazy()
        wanted = pl.LazyFrame({"sidik": sorted(digests)}, {"sidik": pl.String})
        return pl.scan_parquet(files).join(wanted, on="sidik", how="semi")


def _check_writable(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    tempfile.TemporaryFile(dir=folder).close()


def _kept_name(name: str, result: Path) -> str:
    with result.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return f"{name}-{digest[:32]}.hasil"
