"""Writing results: whole or not at all, and never over a file that is there unless told so."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from lkjip_xl.errors import OutputError


def check_target(path: Path, *, force: bool) -> None:
    """Raise ``OutputError`` where ``path`` cannot become an output, before any work is done."""
    if path.is_dir():
        raise OutputError(f"{path}: ini folder; tulis nama berkasnya")
    if path.exists() and not force:
        raise OutputError(f"{path}: berkas sudah ada; pakai nama lain, atau --force untuk menimpanya")
    if not path.parent.is_dir():
        raise OutputError(f"{path}: folder {path.parent} tidak ada; buat dahulu foldernya")


def write_whole(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file in one step: readers see the old file or the new one, never half of it.

    Raises ``OutputError`` where it exists (without ``force``) or cannot be written.
    """
    check_target(path, force=force)
    temporary = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_permissions(path))
        _place(temporary, path, force=force)
    except OSError as error:
        raise OutputError(f"{path}: tidak dapat ditulis ({error.strerror})") from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _place(temporary: Path, path: Path, *, force: bool) -> None:
    if force:
        temporary.replace(path)
        return
    try:
        os.link(temporary, path)  # unlike replace, this fails where another run has just made the file
    except FileExistsError:
        raise OutputError(
            f"{path}: berkas sudah ada; pakai nama lain, atau --force untuk menimpanya"
        ) from None
    except OSError:  # a file system without links
        temporary.replace(path)


def _permissions(path: Path) -> int:
    """Return the permissions that an ordinary new file gets, or those of the file it replaces."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
