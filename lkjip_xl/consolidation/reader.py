"""A process that reads chunks, and what is done when it dies, so that a file costs itself only.

The process says which file it opens next; whoever has started it ends it where it stays too long at one, and so knows what
it has died of. Of a chunk that file is read again alone: one that ends its process twice is named, another was only near.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread, Timer
from typing import Any, Self

from lkjip_xl.base.errors import LkjipError
from lkjip_xl.consolidation.chunk import WORKER_BYTES, Files, Task, read_chunk

FILE_SECONDS = 60
"""How long one file may take to be read; an ordinary one takes some milliseconds."""
DIED = "berkas ini membuat pembacanya berhenti mendadak; buka di Excel lalu simpan ulang"
STAYED = f"berkas ini tidak selesai dibaca dalam {FILE_SECONDS} detik; buka di Excel lalu simpan ulang"


class BatchError(LkjipError):
    """A batch that cannot go on."""


@dataclass(frozen=True, slots=True)
class Read:
    """A chunk as read: how many files of it are done, its name, the digests in it; or why its one file cannot be read."""

    files: int
    name: str
    digests: Sequence[str]
    reason: str = ""


class _DeathError(Exception):
    """A process has died: at the file of a digest, at all of them together (empty), or before the first (None)."""

    def __init__(self, at: str | None, reason: str) -> None:
        super().__init__(at, reason)
        self.at, self.reason = at, reason


class Reader:
    """Reads chunks in a process of its own, and in another one when that has died."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def stop(self) -> None:
        """End the process while another thread waits for it, which gets an error."""
        self._stopped = True
        if self._process is not None:
            self._process.kill()

    def read(self, files: Files, *, last: bool = False) -> Iterator[Read]:
        """Read files into one chunk, or into more where they end their process; the ``last`` time that is their fault."""
        try:
            name, digests = self._ask(files)
        except _DeathError as death:
            if last and death.at is None:
                raise BatchError(
                    "proses pembaca berhenti sebelum mulai (mungkin kehabisan memori); ulangi dengan --jobs 1"
                ) from None
            if last and len(files) == 1:
                yield Read(1, "", [files[0][1]], death.reason)
                return
            for part, is_last in parts(files, death.at):
                yield from self.read(part, last=is_last)
        else:
            yield Read(len(files), name, digests)

    def _ask(self, files: Files) -> tuple[str, list[str]]:
        """Return the name of the chunk of some files, and the digests in it."""
        process = self._process = self._process or _start()
        if self._stopped:
            raise CancelledError
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        assert process.stdout is not None  # noqa: S101 - as above
        at: str | None = None
        late: list[str] = []
        clock = Timer(0, process.kill)
        try:
            pickle.dump((files, self._task), process.stdin)
            process.stdin.flush()
            while True:
                said = pickle.load(process.stdout)  # noqa: S301 - said by our own process
                clock.cancel()
                match said:
                    case str(at), int(number):
                        clock = Timer(FILE_SECONDS + number - 1, _too_late, (process, late))
                        clock.start()
                    case str(name), list(digests):
                        return name, digests
                    case error:
                        raise error
        except (EOFError, OSError, pickle.UnpicklingError):
            self._end()
            raise _DeathError(at, *late or [DIED]) from None
        finally:
            clock.cancel()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            with contextlib.suppress(OSError), self._process:  # waits, and closes the pipes
                self._process = None


def _too_late(process: subprocess.Popen[bytes], late: list[str]) -> None:
    late.append(STAYED)
    process.kill()


def parts(files: Files, at: str | None) -> list[tuple[Files, bool]]:
    """Return as what files that have ended their process are read again, and whether for the last time."""
    if at is None or len(files) == 1:
        return [(files, True)]
    if not at:  # all had been read: it is one of them, or what they are together
        half = len(files) // 2
        return [(files[:half], False), (files[half:], False)]
    others = tuple(file for file in files if file[1] != at)
    return [(others, False), (tuple(file for file in files if file[1] == at), True)]


def _start() -> subprocess.Popen[bytes]:
    """Start a process that finds the same libraries, and takes nothing for one that lies about where it is run.

    Ctrl-C is for this process alone: that one is of another group.
    """
    path = os.pathsep.join(map(os.path.abspath, sys.path))
    return subprocess.Popen(  # noqa: S603 - this interpreter, with our own words
        [sys.executable, "-P", "-c", f"from {__name__} import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        process_group=0,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def serve() -> None:
    """Read the chunks that standard input asks for, until it ends; standard output says what comes of it."""
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no such limits
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = WORKER_BYTES if most == resource.RLIM_INFINITY else min(WORKER_BYTES, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # whatever a library prints is no answer
    asked: SimpleQueue[tuple[Files, Task]] = SimpleQueue()
    Thread(target=_listen, args=(asked,), daemon=True).start()

    def say(what: Any) -> None:
        out.write(pickle.dumps(what))

    while True:
        files, task = asked.get()
        try:
            answer: Any = read_chunk(files, task, lambda digest, number: say((digest, number)))
        except LkjipError as error:
            answer = error
        except Exception as error:  # noqa: BLE001 - whatever it is, the other process tells of it
            answer = BatchError(f"proses pembaca gagal ({type(error).__name__}); ulangi dengan --jobs 1")
        say(answer)


def _listen(asked: SimpleQueue[tuple[Files, Task]]) -> None:
    """Hand on what is asked for; when nobody asks any more, end the process, whatever it is at."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            asked.put(pickle.load(sys.stdin.buffer))  # noqa: S301 - asked by the process that has started this one
    os._exit(1)
