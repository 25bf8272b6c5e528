"""Writing results: whole or not at all, and never over a file that is there unless told so."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from lkjip_xl.errors import OutputError, file_reason


def check_target(path: Path, *, force: bool, inputs: Iterable[Path] = ()) -> None:
    """Raise ``OutputError`` where ``path`` cannot become an output, before any work is done.

    ``inputs`` are files that are never written over, ``--force`` or not.
    """
    try:
        if path.is_dir():
            raise OutputError(f"{path}: ini folder; tulis nama berkasnya")
        if any(each.exists() and path.exists() and each.samefile(path) for each in inputs):
            raise OutputError(f"{path}: ini berkas masukannya; pakai nama lain untuk hasilnya")
        if path.exists() and not force:
            raise _occupied(path)
        if not path.parent.is_dir():
            raise OutputError(f"{path}: folder {path.parent} tidak ada; buat dahulu foldernya")
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from None


def free_names(files: Iterable[Path], folder: Path) -> list[Path]:
    """Return a path in ``folder`` for each file, under its name, numbered where a name comes again.

    Makes the folder; raises ``OutputError`` where that cannot be.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _unwritable(folder, error) from None
    used: set[str] = set()
    targets = []
    for file in files:
        name, number = file.name, 1
        while name.casefold() in used:
            number += 1
            name = f"{file.stem}-{number}{file.suffix}"
        used.add(name.casefold())
        targets.append(folder / name)
    return targets


def write_whole(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file in one step: readers see the old file or the new one, never half of it.

    Raises ``OutputError`` where it exists (without ``force``) or cannot be written.
    """
    with whole_file(path, force=force) as temporary, temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def whole_file(path: Path, *, force: bool) -> Iterator[Path]:
    """Yield a path to write a large file to; when that is done it becomes ``path``, and when it fails nothing does."""
    check_target(path, force=force)
    temporary = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".lkjip-", suffix=".tmp")
        os.close(handle)
        temporary = Path(name)
        yield temporary
        temporary.chmod(_permissions(path))
        _place(temporary, path, force=force)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def whole_folder(path: Path, *, force: bool) -> Iterator[Path]:
    """Yield a new folder to write into; when that is done it becomes ``path``, and when it fails nothing does."""
    check_folder(path, force=force)
    temporary = None
    try:
        temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=".lkjip-"))
        yield temporary
        temporary.chmod(0o777 & ~_mask())
        if path.exists():
            shutil.rmtree(path)
        temporary.rename(path)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


def check_folder(path: Path, *, force: bool) -> None:
    """Raise ``OutputError`` where ``path`` cannot become a folder of results."""
    if path.exists() and not path.is_dir():
        raise OutputError(f"{path}: ini berkas, bukan folder")
    if path.exists() and any(path.iterdir()) and not force:
        raise OutputError(f"{path}: folder sudah berisi; pakai nama lain, atau --force untuk menggantinya")
    if path.exists() and any(each.suffix != ".parquet" for each in path.iterdir()):
        raise OutputError(f"{path}: folder ini berisi selain Parquet; pakai folder lain")
    if not path.parent.is_dir():
        raise OutputError(f"{path}: folder {path.parent} tidak ada; buat dahulu foldernya")


def _place(temporary: Path, path: Path, *, force: bool) -> None:
    if not force:
        try:  # takes the name, unless another run has just taken it
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        except FileExistsError:
            raise _occupied(path) from None
    temporary.replace(path)


def _occupied(path: Path) -> OutputError:
    return OutputError(f"{path}: berkas sudah ada; pakai nama lain, atau --force untuk menimpanya")


def _unwritable(path: Path, error: OSError | ValueError) -> OutputError:
    reason = file_reason(error) if isinstance(error, OSError) else "nama berkasnya tidak dapat dipakai"
    return OutputError(f"{path}: tidak dapat ditulis ({reason})")


def _permissions(path: Path) -> int:
    """Return the permissions that an ordinary new file gets, or those of the file it replaces."""
    if path.exists():
        return path.stat().st_mode & 0o777
    return 0o666 & ~_mask()


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
