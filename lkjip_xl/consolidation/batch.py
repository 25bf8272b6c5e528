"""The line from files to chosen submissions: hashing, reading what is new in parallel, choosing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from lkjip_xl.base.errors import LkjipError, file_reason
from lkjip_xl.base.files import Found
from lkjip_xl.base.keys import PERIOD
from lkjip_xl.consolidation.accept import choose
from lkjip_xl.consolidation.chosen import Chosen, Source
from lkjip_xl.consolidation.chunk import StoreError, Task
from lkjip_xl.consolidation.decisions import Decision
from lkjip_xl.consolidation.frames import FILES, About, Sort, abouts
from lkjip_xl.consolidation.readers import Readers, read_chunks
from lkjip_xl.consolidation.registry import Registry
from lkjip_xl.consolidation.rows import Rows
from lkjip_xl.consolidation.store import Store
from lkjip_xl.template.model import Template
from lkjip_xl.xlsx.archive import Limits
from lkjip_xl.xlsx.guard import LIMITS, file_digest

Progress = Callable[[int, int], None]  # files done, files in all
Rowwise = Callable[[pl.LazyFrame], pl.LazyFrame]
_TOGETHER = 500  # OPDs whose rows are in memory at a time
_KEYS = ("row", PERIOD, "urut", "tabel", "kolom")  # what parts the rows of one file in a frame


@dataclass(frozen=True)
class Batch:
    """All files of a run: what became of each, and where their rows are; ``store`` where they are kept for other runs."""

    template: Template
    found: Found
    chosen: Chosen
    rows: Rows
    store: Store | None

    def in_use(self) -> AbstractContextManager[None]:
        """Say in one sentence that rows have been removed or damaged while they were in use."""
        return self.store.in_use() if self.store else nullcontext()

    def scan(self, name: str) -> pl.LazyFrame:
        """Return the rows that the counted files have in a frame (see ``frames``)."""
        return self.rows.scan(name, {sent.source.digest for _, sent in self.chosen.counted})

    def in_order(self, name: str, rows: Rowwise = lambda rows: rows) -> Iterator[pl.DataFrame]:
        """Yield the rows that ``rows`` makes of those of a frame, in the order of the OPDs, those of some OPDs at a time.

        Each has kode, opd and urutan (place of the OPD) with it, so that the size of the batch does not matter.
        """
        counted = self.chosen.counted
        for first in range(0, len(counted), _TOGETHER):
            some = counted[first : first + _TOGETHER]
            places = pl.LazyFrame(
                {
                    "sidik": [sent.source.digest for _, sent in some],
                    "kode": [agency.code for agency, _ in some],
                    "opd": [agency.name for agency, _ in some],
                    "urutan": range(first, first + len(some)),
                },
                {"sidik": pl.String, "kode": pl.String, "opd": pl.String, "urutan": pl.Int64},
            )
            found = rows(self.rows.scan(name, {sent.source.digest for _, sent in some}))
            known = found.collect_schema().names()
            parts = self.template.tables[name].parts if "bagian" in known else ()
            part = pl.col("bagian").replace_strict(
                {key: place for place, key in enumerate(parts)}, return_dtype=pl.Int64
            )
            keys = ["urutan", *([part] if parts else []), *(key for key in _KEYS if key in known)]
            yield found.join(places, on="sidik").sort(keys).collect()


@dataclass(frozen=True)
class Options:
    """How a batch is read: by ``jobs`` processes, or the Dask cluster at ``cluster``; chunks are kept below ``cache``.

    0 jobs are one for each core. ``limits`` say how large a file may be.
    """

    cache: Path = Path()
    jobs: int = 0
    cluster: str = ""
    templates: Path | None = None
    limits: Limits = LIMITS

    @property
    def processes(self) -> int:
        """The number of processes."""
        return min(self.jobs or os.cpu_count() or 1, 61)  # more than 61 is too many for Windows


def read_batch(
    found: Found,
    template: Template,
    options: Options,
    *,
    registry: Registry | None = None,
    decisions: Sequence[Decision] = (),
    year: int | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Batch:
    """Read all files that are not known yet, and say what becomes of each.

    Raises ``LkjipError`` where the set declares no consolidation, or the readers or the store fail.
    """
    words = template.declared.consolidation
    if words is None:
        raise LkjipError(
            f"templat {template.declared.id} tidak mendeklarasikan konsolidasi ([consolidation])"
        )
    store = Store(options.cache, template, options.limits, shared=bool(options.cluster))
    sources, lost = _sources(found.files, options.limits)
    lost += [(_unopened(path), reason) for path, reason in found.unread]
    known, dead = _read_new(sources, store, options, progress)
    own = {each.digest: known[each.digest] for each in sources if each.digest in known}
    chunks = frozenset(own.values())
    store.forget(chunks)
    about = _about(store, chunks) | {digest: _unread(digest, reason) for digest, reason in dead.items()}
    about |= {each.digest: _unread(each.digest, reason) for each, reason in lost}
    for each in sources:
        changed = _unread(each.digest, "berkas berubah selagi dibaca; ulangi perintahnya")
        about.setdefault(each.digest, changed)
    unreadable = template.declared.submission_rules.file
    everything = [*sources, *(each for each, _ in lost)]
    chosen = choose(everything, about, registry, year, words.rules, unreadable, template.codes, decisions)
    return Batch(template, found, chosen, store.rows(own), store)


def _read_new(
    sources: Sequence[Source], store: Store, options: Options, progress: Progress
) -> tuple[dict[str, str], dict[str, str]]:
    """Read what is not in the store; return the chunk of each file, or why it cannot be read, both by digest."""
    known, dead = store.known(), dict[str, str]()
    store.touch({known[each.digest] for each in sources if each.digest in known})
    paths: dict[str, Path] = {}
    for each in sources:
        paths.setdefault(each.digest, each.path)
    done = sum(digest in known for digest in paths)
    progress(done, len(paths))
    templates = options.templates.absolute() if options.templates else None
    while True:
        new = paths.keys() - known.keys() - dead.keys()
        files = [(str(path.absolute()), digest) for digest, path in paths.items() if digest in new]
        task = Task(templates, store.folder.resolve(), options.limits)
        readers = Readers(options.processes, options.cluster, task)
        try:
            with closing(read_chunks(files, readers)) as chunks_read:
                for read in chunks_read:
                    done += read.files
                    (dead if read.reason else known).update(
                        dict.fromkeys(read.digests, read.reason or read.name)
                    )
                    progress(done, len(paths))
        except StoreError:
            if not store.spare():
                raise
        else:
            return known, dead


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


def _unread(digest: str, reason: str) -> About:
    return About(digest, Sort.OTHER, reason, name="", galat=0)


def _about(store: Store, chunks: frozenset[str]) -> dict[str, About]:
    if not chunks:
        return {}
    files = [store.path(chunk) / f"{FILES}.parquet" for chunk in sorted(chunks)]
    return {each.digest: each for each in abouts(pl.read_parquet(files))}
