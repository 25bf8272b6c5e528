"""Who reads chunks: processes on this machine, or a Dask cluster whose workers start such processes."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, cast

from lkjip_xl.base.errors import LkjipError
from lkjip_xl.consolidation.chunk import Files, Task
from lkjip_xl.consolidation.reader import BatchError, Read, Reader

_MOST = 250  # files in a chunk: what is read of them fits into some 100 MB
_LEAST = 100  # a chunk costs some 0.3 s, however few its files
_CHUNKS_A_JOB = 4  # unless they are large, so that no process waits long for the last one
_Submit = Callable[[Files], Future[list[Read]]]


class ClusterError(LkjipError):
    """A cluster that cannot be reached, or that is not installed."""


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads, ``processes`` here or the Dask cluster at ``cluster``; and what is to be done."""

    processes: int
    cluster: str
    task: Task


def read_chunks(files: Sequence[tuple[str, str]], readers: Readers) -> Generator[Read, None, None]:
    """Read files, given by path and digest, into chunks; yield each when it is done."""
    if not files:
        return
    shares = math.ceil(len(files) / readers.processes)
    turns = max(1, min(_CHUNKS_A_JOB, shares // _LEAST), math.ceil(shares / _MOST))
    size = math.ceil(shares / turns)
    chunks = [tuple(files[start : start + size]) for start in range(0, len(files), size)]
    processes = min(readers.processes, len(chunks))
    with _cluster(readers) if readers.cluster else local_pool(readers.task, processes) as submit:
        waiting = set(map(submit, chunks))
        while waiting:
            # Without a time limit Ctrl-C would have to wait, too, where another thread is given the signal.
            done, waiting = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)
            for future in done:
                yield from _result(future)


def _result(future: Future[list[Read]]) -> list[Read]:
    try:
        return future.result()
    except LkjipError:
        raise
    except Exception as error:  # a cluster sends on whatever happens on its machines
        name = type(error).__name__
        raise BatchError(f"proses pembaca gagal ({name}); ulangi dengan --jobs 1") from error


@contextmanager
def local_pool(task: Task, processes: int) -> Iterator[_Submit]:
    """Yield what reads by processes on this machine; when that is left, none of them is alive any more."""
    with ExitStack() as stack:
        readers = [stack.enter_context(Reader(task)) for _ in range(processes)]
        threads = stack.enter_context(ThreadPoolExecutor(processes))
        idle: SimpleQueue[Reader] = SimpleQueue()
        for reader in readers:
            idle.put(reader)

        def read(files: Files) -> list[Read]:
            reader = idle.get()
            try:
                return list(reader.read(files))
            finally:
                idle.put(reader)

        try:
            yield lambda files: threads.submit(read, files)
        except BaseException:
            for reader in readers:
                reader.stop()
            threads.shutdown(cancel_futures=True)
            raise


@contextmanager
def _cluster(readers: Readers) -> Iterator[_Submit]:
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError("--cluster memerlukan Dask: pip install lkjip-xl[cluster]") from None
    try:
        client = cast("Any", Client)(readers.cluster, timeout="10s", set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        raise ClusterError(f"{readers.cluster}: penjadwal Dask tidak dapat dihubungi") from None
    with client, client.get_executor(pure=False) as executor:
        yield lambda files: executor.submit(_read_once, files, readers.task)


def _read_once(files: Files, task: Task) -> list[Read]:
    with Reader(task) as reader:
        return list(reader.read(files))
