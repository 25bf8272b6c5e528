"""Work on a stranger's file in a process of its own: limited in memory and time, and started anew when it has died.

The process says what it begins next; whoever has started it ends it where it stays too long at that, and so knows what it
has died of.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread, Timer
from typing import Any, Generic, Self, TypeVar

from lkjip_xl.base.errors import LkjipError

MEMORY = 2 * 1024**3
"""How many bytes such a process may take, where the system can hold it to that; it usually takes some 300 MB."""

Answer = TypeVar("Answer")
At = Callable[[str, int], object]
"""Is told what is begun next, and how many files it is about: each beyond the first may take one second more."""


class DiedError(Exception):
    """The process has died: at what it had begun, or before it began anything (None); ``late``: it was ended."""

    def __init__(self, at: str | None, *, late: bool) -> None:
        super().__init__(at, late)
        self.at, self.late = at, late


class StoppedError(Exception):
    """Another thread has stopped the process."""


class FailedError(LkjipError):
    """Work that has failed for no reason of its files."""


class Isolated(Generic[Answer]):
    """Does ``work`` in a process, and in another one when that has died; what is begun may take some ``seconds``.

    ``work`` is a function of a module, given its arguments and ``at`` last; arguments and answers are pickled.
    """

    def __init__(self, work: Callable[..., Answer], seconds: float) -> None:
        self._work, self._seconds = work, seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def stop(self) -> None:
        """End the process while another thread waits for it, which gets ``StoppedError``."""
        self._stopped = True
        if self._process is not None:
            self._process.kill()

    def ask(self, *arguments: Any) -> Answer:
        """Return what the work makes of its arguments; raises ``DiedError``, ``FailedError`` or its ``LkjipError``."""
        process = self._process = self._process or _start()
        if self._stopped:
            raise StoppedError
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        assert process.stdout is not None  # noqa: S101 - as above
        at: str | None = None
        late: list[bool] = []
        clock = Timer(0, process.kill)
        try:
            pickle.dump((self._work, arguments), process.stdin)
            process.stdin.flush()
            while True:
                kind, *said = pickle.load(process.stdout)  # noqa: S301 - said by our own process
                clock.cancel()
                match kind:
                    case "begins":
                        at, number = said
                        clock = Timer(self._seconds + number - 1, _too_late, (process, late))
                        clock.start()
                    case "answers":
                        answer: Answer = said[0]
                        return answer
                    case _:
                        raise said[0]
        except (EOFError, OSError, pickle.UnpicklingError):
            self._end()
            if self._stopped:
                raise StoppedError from None
            raise DiedError(at, late=bool(late)) from None
        finally:
            clock.cancel()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            with contextlib.suppress(OSError), self._process:  # waits, and closes the pipes
                self._process = None


def _too_late(process: subprocess.Popen[bytes], late: list[bool]) -> None:
    late.append(True)
    process.kill()


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
    """Do the work that standard input asks for, until it ends; standard output says what comes of it."""
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no such limits
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # whatever a library prints is no answer
    asked: SimpleQueue[tuple[Callable[..., Any], tuple[Any, ...]]] = SimpleQueue()
    Thread(target=_listen, args=(asked,), daemon=True).start()

    def say(*what: Any) -> None:
        out.write(pickle.dumps(what))

    while True:
        work, arguments = asked.get()
        try:
            answer = work(*arguments, lambda what, number: say("begins", what, number))
        except LkjipError as error:
            say("fails", error)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other process tells of it
            say("fails", FailedError(f"proses pembaca gagal ({type(error).__name__})"))
        else:
            say("answers", answer)


def _listen(asked: SimpleQueue[tuple[Callable[..., Any], tuple[Any, ...]]]) -> None:
    """Hand on what is asked for; when nobody asks any more, end the process, whatever it is at."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            asked.put(pickle.load(sys.stdin.buffer))  # noqa: S301 - asked by the process that has started this one
    os._exit(1)
