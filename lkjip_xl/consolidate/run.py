"""The line from paths to chosen submissions: hashing, reading what is new in parallel, choosing."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from lkjip_xl.base.errors import LkjipError, file_reason
from lkjip_xl.base.files import Found
from lkjip_xl.consolidate.accept import Chosen, Source, choose
from lkjip_xl.consolidate.chunk import FILES, OTHER, StoreError
from lkjip_xl.consolidate.readers import Readers, read_chunks
from lkjip_xl.consolidate.registry import Opd
from lkjip_xl.consolidate.store import Store
from lkjip_xl.template.model import Template
from lkjip_xl.xlsx.archive import Limits
from lkjip_xl.xlsx.guard import LIMITS, file_digest

Progress = Callable[[int, int], None]  # files done, files in all


@dataclass(frozen=True)
class Batch:
    """All files of a run: what became of each, and the chunks that hold their rows."""

    template: Template
    found: Found
    chosen: Chosen
    store: Store
    chunks: frozenset[str]

    def scan(self, name: str) -> pl.LazyFrame:
        """Return the rows that the counted files have in a frame (see ``chunk``)."""
        digests = {sent.source.digest for _, sent in self.chosen.counted}
        return self.store.scan(name, self.chunks, digests)


@dataclass(frozen=True)
class Options:
    """How a batch is read: by ``jobs`` processes, or the Dask cluster at ``cluster``; chunks are kept in ``cache``.

    ``limits`` say how large a file may be.
    """

    cache: Path
    jobs: int = 0
    cluster: str = ""
    templates: Path | None = None
    limits: Limits = LIMITS

    @property
    def processes(self) -> int:
        """The number of processes; by default one for each core."""
        return min(self.jobs or os.cpu_count() or 1, 61)  # more than 61 is too many for Windows


def read_batch(
    found: Found,
    template: Template,
    options: Options,
    *,
    registry: Sequence[Opd] | None = None,
    year: int | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Batch:
    """Read all files that are not known yet, and say what becomes of each."""
    store = Store(options.cache, template, options.limits, shared=bool(options.cluster))
    sources, lost = _sources(found.files, options.limits)
    lost += [(_unopened(path), reason) for path, reason in found.unread]
    known = store.known()
    new: dict[str, Path] = {}
    for each in sources:
        if each.digest not in known:
            new.setdefault(each.digest, each.path)
    store.touch({known[each.digest] for each in sources if each.digest in known})
    done = len({each.digest for each in sources}) - len(new)
    total = done + len(new)
    progress(done, total)
    templates = options.templates.absolute() if options.templates else None
    dead: dict[str, str] = {}
    while new:
        readers = Readers(options.processes, options.cluster, templates, store.folder, options.limits)
        files = [(str(path.absolute()), digest) for digest, path in new.items()]
        try:
            with closing(read_chunks(files, readers)) as chunks_read:
                for read in chunks_read:
                    done += read.files
                    (dead if read.reason else known).update(
                        dict.fromkeys(read.digests, read.reason or read.name)
                    )
                    progress(done, total)
        except StoreError:
            if not store.spare():
                raise
            new = {digest: path for digest, path in new.items() if digest not in known.keys() | dead.keys()}
        else:
            break
    chunks = frozenset(known[each.digest] for each in sources if each.digest in known)
    store.forget(chunks)
    about = _about(store, chunks) | {digest: _unread(reason) for digest, reason in dead.items()}
    for each in sources:
        about.setdefault(each.digest, _unread("berkas berubah selagi dibaca; ulangi perintahnya"))
    for each, reason in lost:
        about[each.digest] = _unread(reason)
    words = template.declared.consolidation
    if words is None:
        raise LkjipError(
            f"templat {template.declared.id} tidak mendeklarasikan konsolidasi ([consolidation])"
        )
    unreadable = template.declared.submission_rules.file
    everything = [*sources, *(each for each, _ in lost)]
    chosen = choose(everything, about, registry, year, words.rules, unreadable, template.codes)
    return Batch(template, found, chosen, store, chunks)


def _sources(files: Sequence[Path], limits: Limits) -> tuple[list[Source], list[tuple[Source, str]]]:
    """Return the files with their digests, and those that cannot be read with the reason."""
    with ThreadPoolExecutor(max_workers=min(8, 2 * (os.cpu_count() or 1))) as threads:
        results = list(threads.map(lambda path: _source(path, limits), files))
    good = [source for source, reason in results if not reason]
    return good, [(source, reason) for source, reason in results if reason]


def _source(path: Path, limits: Limits) -> tuple[Source, str]:
    try:
        state = path.stat()
        if not path.is_file():
            return _unopened(path), "ini bukan berkas; tunjuk sebuah berkas .xlsx"
        digest = file_digest(path, limits)
    except OSError as error:
        return _unopened(path), f"berkas tidak dapat dibaca ({file_reason(error)})"
    return Source(path, digest, state.st_mtime_ns), ""


def _unopened(path: Path) -> Source:
    return Source(path, f"?{path}", 0)


def _unread(reason: str) -> dict[str, Any]:
    return {
        "jenis": OTHER,
        "alasan": reason,
        "opd": "",
        "nama": "",
        "kabupaten": "",
        "tahun": None,
        "galat": 0,
    }


def _about(store: Store, chunks: frozenset[str]) -> dict[str, dict[str, Any]]:
    if not chunks:
        return {}
    files = [store.path(chunk) / f"{FILES}.parquet" for chunk in sorted(chunks)]
    return {row["sidik"]: row for row in pl.read_parquet(files).iter_rows(named=True)}
