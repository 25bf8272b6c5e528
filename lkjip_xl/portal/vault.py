"""The files of a portal on the disk: every one that is sent, unchanged for ever under the digest of its content.

A data folder holds::

    berkas/ab/ab12….xlsx   what has been sent, by SHA-256
    masuk/                 what is arriving
    periksa/…/             what is only checked, for an hour
    turunan/7/             made from the file of upload 7; may be deleted, and is made again
    putaran/2023-1/        registry, decisions, the files that count and what is put together from them, of round 1
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import re
import secrets
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lkjip_xl.base import owned
from lkjip_xl.portal.settings import PortalError

_PIECE = 256 * 1024
_ARRIVING = ".bagian"
_SCANNED = 60  # seconds that a scanner has
_LOG = logging.getLogger("lkjip_xl.portal")


class TooLargeError(PortalError):
    """A file that is larger than is taken."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is on the disk, at ``place`` below the data folder."""

    place: str
    digest: str
    size: int


def place_of(digest: str) -> str:
    """Return where a file is kept, below the data folder."""
    return f"berkas/{digest[:2]}/{digest}.xlsx"


class Vault:
    """The files below one data folder; makes the folders that it needs.

    What arrives is looked at by the command ``scan`` where there is one: it is given the path, and answers 0 for a file
    that is clean and 1 for one that is not. Raises ``PortalError`` where there is no such command.
    """

    def __init__(self, data: Path, scan: str = "") -> None:
        self.data, self._scan = data, _words(scan)
        if self._scan and shutil.which(self._scan[0]) is None:
            raise PortalError(f"pemindai {self._scan[0]} tidak ada di komputer ini")
        for name in ("berkas", "masuk", "periksa", "turunan", "putaran"):
            (data / name).mkdir(parents=True, exist_ok=True)

    def path(self, place: str) -> Path:
        """Return where a file is; places come from the database, where only this program writes."""
        return self.data / place

    def keep(self, content: IO[bytes], most: int) -> Kept:
        """Keep a file for ever; when this returns it is on the disk. Raises ``TooLargeError``."""
        with self._arrived(content, most) as (arrived, digest, size):
            place = place_of(digest)
            target = self.path(place)
            target.parent.mkdir(exist_ok=True)
            if not (target.is_file() and target.stat().st_size == size):
                arrived.chmod(0o444)
                arrived.replace(target)
            _on_disk(target.parent)
            _on_disk(target.parent.parent)
        return Kept(place, digest, size)

    def lay_aside(self, content: IO[bytes], most: int, place: str) -> Kept:
        """Put a file at a place of its own, until it is cleared away. Raises ``TooLargeError``."""
        with self._arrived(content, most) as (arrived, digest, size):
            self.path(place).parent.mkdir(exist_ok=True)
            arrived.replace(self.path(place))
        return Kept(place, digest, size)

    @contextlib.contextmanager
    def _arrived(self, content: IO[bytes], most: int) -> Iterator[tuple[Path, str, int]]:
        """Yield a file as it has arrived, its digest and size; what is not moved away is removed."""
        path = self.data / "masuk" / f"{secrets.token_hex(16)}{_ARRIVING}"
        digest, size = hashlib.sha256(), 0
        try:
            with path.open("xb") as file:
                while piece := content.read(_PIECE):
                    size += len(piece)
                    if size > most:
                        raise TooLargeError(
                            f"berkas ini lebih besar dari {most // 1024**2} MB, jadi tidak diterima"
                        )
                    digest.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            self._look_at(path)
            yield path, digest.hexdigest(), size
        finally:
            owned.remove(path, _is_arriving)

    def _look_at(self, path: Path) -> None:
        """Raise ``PortalError`` for a file that the scanner does not find clean, or where it does not answer."""
        if not self._scan:
            return
        try:
            command = [*self._scan, str(path.resolve())]
            done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SCANNED)  # noqa: S603 - by whoever runs the portal
            code: int | str = done.returncode
        except (OSError, subprocess.TimeoutExpired) as error:
            code = type(error).__name__
        if code == 1:
            raise PortalError(
                "pemindai virus menolak berkas ini; periksa komputer Anda, lalu simpan ulang dan kirim lagi"
            )
        if code != 0:
            _LOG.warning("pemindai virus tidak menjawab (%s)", code)
            raise PortalError(
                "pemindai virus tidak menjawab, jadi berkas ini belum diterima; coba lagi sebentar lagi"
            )

    def sweep(self) -> None:
        """Remove what had not arrived when the portal was ended."""
        for path in (self.data / "masuk").iterdir():
            owned.remove(path, _is_arriving)

    def checked(self, before: float) -> list[str]:
        """Return the folders of files that are only checked, and were since a moment (seconds since 1970)."""
        found = []
        for path in (self.data / "periksa").iterdir():
            with contextlib.suppress(FileNotFoundError):  # cleared away meanwhile
                if path.stat().st_mtime <= before:
                    found.append(f"periksa/{path.name}")
        return found

    def clear(self, folder: str) -> None:
        """Remove a folder of files that were laid aside, with what was made from them; others' files in it stay."""
        owned.remove(self.path(folder), _is_checked)


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command, posix=os.name != "nt")
    except ValueError:
        raise PortalError("perintah pemindai tidak dapat dibaca; periksa tanda petiknya") from None


def _is_arriving(path: Path) -> bool:
    """Whether a file is one that had begun to arrive."""
    return path.parent.name == "masuk" and re.fullmatch(r"[0-9a-f]{32}\.bagian", path.name) is not None


def _is_checked(path: Path) -> bool:
    """Whether something is the folder of a check, or a file of one: as it came, or made from that."""
    name, folder = path.name, path.parent
    if folder.name == "periksa":
        return re.fullmatch(r"[0-9a-f]{32}", name) is not None
    return folder.parent.name == "periksa" and re.fullmatch(r"\d+(-[a-z]+)?\.(xlsx|docx)", name) is not None


def _on_disk(folder: Path) -> None:
    """Have the names in a folder written to the disk, where the system does that apart."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
