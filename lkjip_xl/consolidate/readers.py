"""The processes that read chunks, here or on a Dask cluster, and what is done when one of them dies.

A pool that loses a process gives up all that was in work; nobody but the marks (see ``watch``) knows what that was. Of a
chunk with a mark the file named there is put aside and the others are read again. At the end each file put aside is read
alone: one that ends its process again is named as what it is; the others were only near.
"""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import signal
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    as_completed,
)
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from lkjip_xl.base.errors import LkjipError, file_reason
from lkjip_xl.consolidate.chunk import StoreError, read_chunk
from lkjip_xl.consolidate.watch import Death, EarlierDeathError, confine, death, folder_of_marks
from lkjip_xl.xlsx.archive import Limits
from lkjip_xl.xlsx.guard import LIMITS

_MOST = 250  # files in a chunk: what is read of them fits into some 100 MB
_LEAST = 50  # a chunk costs some 0.3 s, however few its files
_CHUNKS_A_JOB = 4  # so that no process waits long for the last one
Chunk = tuple[tuple[str, str], ...]  # files, by path and digest


class BatchError(LkjipError):
    """A batch that cannot go on."""


class ClusterError(LkjipError):
    """A cluster that cannot be reached, or that is not installed."""


@dataclass(frozen=True, slots=True)
class Read:
    """A chunk as read: how many files of it are done, its name, the digests in it; or why its one file cannot be read."""

    files: int
    name: str
    digests: Sequence[str]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads, ``processes`` here or the Dask cluster at ``cluster``; with which templates; into which folder."""

    processes: int
    cluster: str
    templates: Path | None
    folder: Path
    limits: Limits = LIMITS


def read_chunks(files: Sequence[tuple[str, str]], readers: Readers) -> Generator[Read, None, None]:
    """Read files, given by path and digest, into chunks below the readers' folder; yield each when it is done."""
    if not files:
        return
    shares = math.ceil(len(files) / readers.processes)
    size = min(_MOST, shares, max(_LEAST, math.ceil(shares / _CHUNKS_A_JOB)))
    chunks = [tuple(files[start : start + size]) for start in range(0, len(files), size)]
    with ExitStack() as stack:
        try:
            marks = stack.enter_context(folder_of_marks(readers.folder))
        except OSError as error:
            raise StoreError(f"{readers.folder}: {file_reason(error)}") from None
        aside: list[Chunk] = []
        while chunks:
            parts = [part for each in (yield from _round(chunks, readers, marks)) for part in _parts(*each)]
            aside += [part for part, suspected in parts if suspected]
            chunks = [part for part, suspected in parts if not suspected]
        one = replace(readers, processes=1)
        while aside:
            together = (
                aside[:1] if readers.cluster else aside
            )  # one process has them one after the other anyway
            aside = aside[len(together) :]
            for chunk, dead in (yield from _round(together, one, marks)):
                if dead is None:
                    aside.append(chunk)
                else:
                    yield Read(1, "", [chunk[0][1]], dead.reason)


def _parts(chunk: Chunk, dead: Death | None) -> list[tuple[Chunk, bool]]:
    """Return as what a chunk that has not been read is read again, and which of it is suspected of the death."""
    if dead is None:
        return [(chunk, False)]
    if len(chunk) == 1:
        return [(chunk, True)]
    if not dead.digest:  # all had been read: it is one of them, or what they are together
        half = len(chunk) // 2
        return [(chunk[:half], False), (chunk[half:], False)]
    others = tuple(file for file in chunk if file[1] != dead.digest)
    return [(tuple(file for file in chunk if file[1] == dead.digest), True), (others, False)]


def _round(
    chunks: Sequence[Chunk], readers: Readers, marks: Path
) -> Generator[Read, None, list[tuple[Chunk, Death | None]]]:
    """Read chunks, as many as can be; return the others, with what their process has died of if it had begun."""
    templates = str(readers.templates) if readers.templates else None
    folder = str(readers.folder.resolve())
    waiting: dict[Future[tuple[str, list[str]]], int] = {}
    left = set(range(len(chunks)))
    with _executor(readers, len(chunks)) as executor:
        # The processes that start now inherit it, and leave Ctrl-C to this one.
        with _interrupts_left_out(), contextlib.suppress(BrokenExecutor):
            for number, chunk in enumerate(chunks):
                mark = str(marks.resolve() / str(number))
                waiting[executor.submit(read_chunk, chunk, templates, folder, mark, readers.limits)] = number
        for future in as_completed(waiting):
            try:
                name, digests = future.result()
            except LkjipError:
                raise
            except Exception as error:  # a cluster sends on whatever happens on its machines
                if not _lost(error):
                    name = type(error).__name__
                    raise BatchError(f"proses pembaca gagal ({name}); ulangi dengan --jobs 1") from error
            else:
                left.discard(waiting[future])
                yield Read(len(chunks[waiting[future]]), name, digests)
    died = [(chunks[number], death(marks / str(number))) for number in sorted(left)]
    if len(died) == len(chunks) and all(dead is None for _, dead in died):
        raise BatchError(
            "proses pembaca berhenti sebelum mulai (mungkin kehabisan memori); ulangi dengan --jobs 1"
        )
    return died


def _lost(error: Exception) -> bool:
    """Whether an error says that the process is no more, and nothing of what it did."""
    gone = (BrokenExecutor, CancelledError, EarlierDeathError)
    return (
        isinstance(error, gone) or type(error).__name__ == "KilledWorker"
    )  # Dask's, which may not be installed


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


@contextmanager
def _executor(readers: Readers, tasks: int) -> Iterator[Executor]:
    """Yield what runs the tasks; when that is left, no process of a pool is alive any more."""
    if readers.cluster:
        with _cluster(readers.cluster) as executor:
            yield executor
        return
    pool = local_pool(min(readers.processes, tasks))
    try:
        yield pool
    except BaseException:
        processes = list(
            (getattr(pool, "_processes", None) or {}).values()
        )  # there is no other way to end them at once
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()
        raise
    pool.shutdown()


def local_pool(processes: int) -> Executor:
    """Return a pool of processes on this machine; even one file is read by another process than this one."""
    context = multiprocessing.get_context("spawn")  # polars has threads, which a fork would break
    return ProcessPoolExecutor(processes, mp_context=context, initializer=confine)


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError("--cluster memerlukan Dask: pip install lkjip-xl[cluster]") from None
    try:
        client = cast("Any", Client)(address, timeout="10s", set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        raise ClusterError(f"{address}: penjadwal Dask tidak dapat dihubungi") from None
    with client, client.get_executor(pure=False) as executor:
        yield executor
