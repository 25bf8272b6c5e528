"""Chunks on disk: what has been read before is not read again.

A chunk is kept under the version of this program and the digest of the template set; within it files are known by the
digest of their bytes. The folder can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import time
from collections.abc import Collection, Iterable
from functools import cached_property
from pathlib import Path

import polars as pl

from lkjip_xl import __version__
from lkjip_xl.consolidate.chunk import FIGURES, FILES, FINDINGS, TABLES, empty_frames
from lkjip_xl.errors import OutputError, file_reason
from lkjip_xl.template.model import Template

_FORMAT = "1"  # raise it when chunks change in a way that the versions below do not tell


class Store:
    """The chunks of one template set below a cache folder."""

    def __init__(self, folder: Path, template: Template) -> None:
        self.template = template
        key = f"{_FORMAT}\n{__version__}\n{template.digest}"
        self.folder = folder / hashlib.blake2b(key.encode(), digest_size=12).hexdigest()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"{folder}: folder simpanan tidak dapat dibuat ({file_reason(error)})"
            ) from None

    def known(self) -> dict[str, str]:
        """Return the chunk in which each file is, by the file's digest; damaged chunks are removed."""
        found: dict[str, str] = {}
        for chunk in sorted(self.folder.iterdir()):
            if chunk.name.startswith(".") or chunk.suffix:
                continue
            try:
                for name in (FILES, FINDINGS, TABLES, FIGURES, *self.template.tables):
                    pl.read_parquet_schema(chunk / f"{name}.parquet")  # its end is there, and so all of it
                digests = pl.read_parquet(chunk / f"{FILES}.parquet", columns=["sidik"])["sidik"]
            except (OSError, pl.exceptions.PolarsError):
                shutil.rmtree(chunk, ignore_errors=True)
                continue
            found |= dict.fromkeys(digests, chunk.name)
        return found

    @cached_property
    def empty(self) -> dict[str, pl.DataFrame]:
        """The frames of a chunk, without rows."""
        return empty_frames(self.template)

    def forget(self, used: Collection[str]) -> None:
        """Remove what no run has used for a month: chunks, those of other versions, what a stopped run has left."""
        month_ago = time.time() - 30 * 24 * 3600
        for chunk in self.folder.iterdir():
            if chunk.name in used:
                with contextlib.suppress(OSError):
                    os.utime(chunk)
        for old in (*self.folder.iterdir(), *self.folder.parent.iterdir()):
            with contextlib.suppress(OSError):
                if old.is_dir() and old != self.folder and old.stat().st_mtime < month_ago:
                    shutil.rmtree(old, ignore_errors=True)

    def kept(self, name: str) -> Path | None:
        """Return a result that an earlier run has kept under a name, if it is there."""
        path = self.folder / f"{name}.hasil"
        return path if path.is_file() else None

    def keep(self, name: str, result: Path) -> None:
        """Keep a result in place of those before it; where there is no room for it, it is just not kept."""
        with contextlib.suppress(OSError):
            for old in self.folder.glob("*.hasil"):
                old.unlink()
            temporary = self.folder / f".{name}"
            shutil.copyfile(result, temporary)
            temporary.replace(self.folder / f"{name}.hasil")

    def scan(self, name: str, chunks: Iterable[str], digests: Collection[str]) -> pl.LazyFrame:
        """Return the rows that files of these digests have in a frame of the chunks (see ``chunk``), each file once."""
        files = [self.folder / chunk / f"{name}.parquet" for chunk in sorted(set(chunks))]
        if not files:
            return self.empty[name].lazy()
        wanted = pl.LazyFrame({"sidik": sorted(digests)}, {"sidik": pl.String})
        return pl.scan_parquet(files).join(wanted, on="sidik", how="semi")
