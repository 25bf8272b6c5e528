"""The line from paths to chosen submissions: hashing, reading what is new in parallel, choosing."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    as_completed,
)
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import polars as pl

from lkjip_xl.consolidate.accept import Chosen, Source, choose
from lkjip_xl.consolidate.chunk import FILES, OTHER, read_chunk
from lkjip_xl.consolidate.registry import Opd
from lkjip_xl.consolidate.store import Store
from lkjip_xl.errors import LkjipError, file_reason
from lkjip_xl.files import Found
from lkjip_xl.guard import file_digest
from lkjip_xl.template.model import Template

_MOST = 250  # files in a chunk: what is read of them fits into some 100 MB
_LEAST = 50  # a chunk costs some 0.3 s, however few its files
_CHUNKS_A_JOB = 4  # so that no process waits long for the last one
Progress = Callable[[int, int], None]  # files done, files in all


class BatchError(LkjipError):
    """A batch that cannot go on."""


class ClusterError(LkjipError):
    """A cluster that cannot be reached, or that is not installed."""


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
    """How a batch is read: ``jobs`` processes, or the Dask cluster at ``cluster``; chunks are kept in ``cache``."""

    cache: Path
    jobs: int = 0
    cluster: str = ""
    templates: Path | None = None

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
    store = Store(options.cache, template)
    sources, lost = _sources(found.files)
    known = store.known()
    new: dict[str, Path] = {}
    for each in sources:
        if each.digest not in known:
            new.setdefault(each.digest, each.path)
    done = len({each.digest for each in sources}) - len(new)
    total = done + len(new)
    progress(done, total)
    with _executor(options, len(new)) as executor:
        for number, name, digests in _read(executor, list(new.items()), options, store):
            done += number
            known |= dict.fromkeys(digests, name)
            progress(done, total)
    chunks = frozenset(known[each.digest] for each in sources if each.digest in known)
    store.forget(chunks)
    about = _about(store, chunks)
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
    chosen = choose([*sources, *(each for each, _ in lost)], about, registry, year, words.rules, unreadable)
    return Batch(template, found, chosen, store, chunks)


def _sources(files: Sequence[Path]) -> tuple[list[Source], list[tuple[Source, str]]]:
    """Return the files with their digests, and those that cannot be read with the reason."""
    with ThreadPoolExecutor(max_workers=min(8, 2 * (os.cpu_count() or 1))) as threads:
        results = list(threads.map(_source, files))
    good = [source for source, reason in results if not reason]
    return good, [(source, reason) for source, reason in results if reason]


def _source(path: Path) -> tuple[Source, str]:
    try:
        state = path.stat()
        if not path.is_file():
            return Source(path, f"?{path}", 0), "ini bukan berkas; tunjuk sebuah berkas .xlsx"
        digest = file_digest(path)
    except OSError as error:
        return Source(path, f"?{path}", 0), f"berkas tidak dapat dibaca ({file_reason(error)})"
    return Source(path, digest, state.st_mtime_ns), ""


def _unread(reason: str) -> dict[str, Any]:
    return {"jenis": OTHER, "alasan": reason, "opd": "", "nama": "", "tahun": None, "galat": 0}


def _about(store: Store, chunks: frozenset[str]) -> dict[str, dict[str, Any]]:
    if not chunks:
        return {}
    files = [store.folder / chunk / f"{FILES}.parquet" for chunk in sorted(chunks)]
    return {row["sidik"]: row for row in pl.read_parquet(files).iter_rows(named=True)}


def _read(
    executor: Executor, new: Sequence[tuple[str, Path]], options: Options, store: Store
) -> Iterator[tuple[int, str, list[str]]]:
    """Yield for each chunk as it is done how many files it was, its name, and the digests in it."""
    if not new:
        return
    shares = math.ceil(len(new) / options.processes)
    size = min(_MOST, shares, max(_LEAST, math.ceil(shares / _CHUNKS_A_JOB)))
    templates = str(options.templates) if options.templates else None
    folder = str(store.folder.resolve())
    waiting: dict[Future[tuple[str, list[str]]], int] = {}
    with _interrupts_left_out():  # the processes that start now inherit it, and leave Ctrl-C to this one
        for start in range(0, len(new), size):
            files = [(str(path.absolute()), digest) for digest, path in new[start : start + size]]
            waiting[executor.submit(read_chunk, files, templates, folder)] = len(files)
    try:
        for future in as_completed(waiting):
            name, digests = future.result()
            yield waiting[future], name, digests
    except BrokenExecutor:
        raise BatchError(
            "satu proses pembaca berhenti mendadak (mungkin kehabisan memori); ulangi, bila perlu dengan --jobs 1"
        ) from None
    finally:
        for future in waiting:
            future.cancel()


@contextmanager
def _interrupts_left_out() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class _Here(Executor):
    """Runs each task at once in this process."""

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return a future that is done."""
        future: Future[Any] = Future()
        future.set_result(function(*args, **kwargs))
        return future


@contextmanager
def _executor(options: Options, files: int) -> Iterator[Executor]:
    """Yield what runs the tasks: this process, a pool of processes, or a Dask cluster."""
    if options.cluster:
        try:
            from distributed import Client
        except ImportError:
            raise ClusterError("--cluster memerlukan Dask: pip install lkjip-xl[cluster]") from None
        try:
            client = cast("Any", Client)(options.cluster, timeout="10s", set_as_default=False)
        except (OSError, TimeoutError, ValueError):
            raise ClusterError(f"{options.cluster}: penjadwal Dask tidak dapat dihubungi") from None
        with client, client.get_executor(pure=False) as executor:
            yield executor
    elif options.processes == 1 or files <= 1:
        yield _Here()
    else:
        context = multiprocessing.get_context("spawn")  # polars has threads, which a fork would break
        pool = ProcessPoolExecutor(min(options.processes, files), mp_context=context)
        try:
            yield pool
        except BaseException:
            processes = list((pool._processes or {}).values())  # noqa: SLF001 - there is no other way to end them at once
            pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.kill()
            raise
        pool.shutdown()
