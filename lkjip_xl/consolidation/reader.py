"""A process that reads chunks, and what is done when it dies, so that a file costs itself only.

Of a chunk that has ended its process, the file that it was at is read again alone: one that ends its process twice is named,
another was only near.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from typing import Self

from lkjip_xl.base.errors import LkjipError
from lkjip_xl.base.isolated import DiedError, FailedError, Isolated, StoppedError
from lkjip_xl.consolidation.chunk import Files, Task, read_chunk

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


class Reader:
    """Reads chunks in a process of its own, and in another one when that has died."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._process = Isolated(read_chunk, FILE_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.__exit__()

    def stop(self) -> None:
        """End the process while another thread waits for it, which gets an error."""
        self._process.stop()

    def read(self, files: Files, *, last: bool = False) -> Iterator[Read]:
        """Read files into one chunk, or into more where they end their process; the ``last`` time that is their fault."""
        try:
            name, digests = self._process.ask(files, self._task)
        except StoppedError:
            raise CancelledError from None
        except FailedError as error:
            raise BatchError(f"{error.reason}; ulangi dengan --jobs 1") from None
        except DiedError as death:
            if last and death.at is None:
                raise BatchError(
                    "proses pembaca berhenti sebelum mulai (mungkin kehabisan memori); ulangi dengan --jobs 1"
                ) from None
            if last and len(files) == 1:
                yield Read(1, "", [files[0][1]], reason_of(death))
                return
            for part, is_last in parts(files, death.at):
                yield from self.read(part, last=is_last)
        else:
            yield Read(len(files), name, digests)


def reason_of(death: DiedError) -> str:
    """Return what is said of a file that has ended its process."""
    return STAYED if death.late else DIED


def parts(files: Files, at: str | None) -> list[tuple[Files, bool]]:
    """Return as what files that have ended their process are read again, and whether for the last time."""
    if at is None or len(files) == 1:
        return [(files, True)]
    if not at:  # all had been read: it is one of them, or what they are together
        half = len(files) // 2
        return [(files[:half], False), (files[half:], False)]
    others = tuple(file for file in files if file[1] != at)
    return [(others, False), (tuple(file for file in files if file[1] == at), True)]
