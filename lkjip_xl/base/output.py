"""Writing results: whole or not at all, and never over a file that is there unless told so."""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from lkjip_xl.base import owned
from lkjip_xl.base.errors import OutputError, file_reason

_LEFTOVER = ".lkjip-tmp-"
_WORKPLACE = re.compile(re.escape(_LEFTOVER) + "[a-z0-9_]{8}")
_NEW, _OLD = "hasil", "lama"  # in a workplace: what is being written, and the folder that it replaces
_WEEK = 7 * 24 * 3600


def check_target(path: Path, *, force: bool, inputs: Iterable[Path] = ()) -> None:
    """Raise ``OutputError`` where ``path`` cannot become an output, before any work is done.

    ``inputs`` are files that are never written over, ``--force`` or not.
    """
    try:
        if path.is_dir():
            raise OutputError("ini folder; tulis nama berkasnya", path)
        if path.exists():
            state = path.stat()
            if any(_is(each, state) for each in inputs):
                raise OutputError("ini berkas masukannya; pakai nama lain untuk hasilnya", path)
            if not path.is_file():
                raise OutputError("ini bukan berkas biasa; pakai nama lain", path)
        if os.path.lexists(path) and not force:
            raise _occupied(path)
        _check_parent(path)
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from None


def _is(path: Path, state: os.stat_result) -> bool:
    try:
        return os.path.samestat(path.stat(), state)
    except OSError:  # cannot be read either
        return False


def _check_parent(path: Path) -> None:
    if not path.parent.is_dir():
        raise OutputError(f"folder {path.parent} tidak ada; buat dahulu foldernya", path)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise _unwritable(path, PermissionError(errno.EACCES, "")) from None


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


@contextlib.contextmanager
def whole_file(path: Path, *, force: bool) -> Iterator[Path]:
    """Yield a path to write a large file to; when that is done it becomes ``path``, and when it fails nothing does."""
    check_target(path, force=force)
    try:
        with _workplace(path.parent) as workplace:
            new = workplace / _NEW
            new.touch()
            yield new
            with new.open("rb+") as file:
                os.fsync(file.fileno())
            new.chmod(_permissions(path))
            _place(new, path, force=force)
    except OSError as error:
        raise _unwritable(path, error) from None


@contextlib.contextmanager
def whole_folder(path: Path, *, force: bool, known: owned.Known | None = None) -> Iterator[Path]:
    """Yield a new folder to write into; when that is done it becomes ``path``, and when it fails nothing does.

    ``known`` says what may have been written into it, other than Parquet files.
    """
    check_folder(path, force=force)
    place = Path(os.path.realpath(path)) if path.is_symlink() else path
    try:
        with _workplace(place.parent, known) as workplace:
            new = workplace / _NEW
            new.mkdir()
            yield new
            check_folder(path, force=force)  # somebody may have put something there meanwhile
            _place_folder(new, place)
    except OSError as error:
        raise _unwritable(path, error) from None


@contextlib.contextmanager
def _workplace(parent: Path, known: owned.Known | None = None) -> Iterator[Path]:
    """Yield a folder of ours beside what is written; what is left in it goes with it."""
    _sweep(parent)
    workplace = owned.make_folder(parent, _LEFTOVER)
    try:
        yield workplace
    finally:
        owned.remove(workplace, lambda path: _known(path) or (known is not None and known(path)))


def _known(path: Path) -> bool:
    """Whether something is a workplace, or what stands in one."""
    if path.name == _OLD:
        return path.is_dir() and not _strange(path)
    return path.name == _NEW or owned.is_parquet(path, unfinished=True) or _is_workplace(path)


def _is_workplace(path: Path) -> bool:
    """Whether a folder is one of ours by its name and mark, or one whose run was killed before it held anything."""
    if not _WORKPLACE.fullmatch(path.name):
        return False
    return owned.is_marked(path) or not any(path.iterdir())


def _strange(folder: Path) -> list[Path]:
    """Return what stands in a folder of Parquet files and is none that this program has written."""
    return [each for each in sorted(folder.iterdir()) if not owned.is_parquet(each)]


def check_folder(path: Path, *, force: bool) -> None:
    """Raise ``OutputError`` where ``path`` cannot become a folder of results."""
    try:
        if path.exists() and not path.is_dir():
            raise OutputError("ini berkas, bukan folder", path)
        if path.exists() and any(path.iterdir()) and not force:
            raise OutputError("folder sudah berisi; pakai nama lain, atau --force untuk menggantinya", path)
        if path.exists() and (strange := _strange(path)):
            raise _not_ours(path, strange[0])
        _check_parent(path)
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from None


def _place(temporary: Path, path: Path, *, force: bool) -> None:
    try:
        if force:
            temporary.replace(path)
        else:
            _take(temporary, path)
    except FileExistsError:
        raise _occupied(path) from None
    except PermissionError:
        if not path.exists():
            raise
        raise OutputError(
            "tidak dapat diganti; bila sedang dibuka di Excel atau program lain, tutup dahulu, lalu ulangi",
            path,
        ) from None


def _take(temporary: Path, path: Path) -> None:
    """Give a file its name, unless another run has just taken that."""
    if os.name == "nt":
        temporary.rename(path)  # fails there where the name is taken
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        try:
            temporary.replace(path)
        except OSError:
            if not path.stat().st_size:  # else somebody has written into it meanwhile
                path.unlink()
            raise


def _place_folder(new: Path, path: Path) -> None:
    """Give a folder its name; what has it goes only when the new one is there."""
    if not path.exists():
        new.rename(path)
        return
    old = new.with_name(_OLD)
    path.rename(old)
    try:
        if strange := _strange(old):  # come in the last moment
            raise _not_ours(path, strange[0])
        new.rename(path)
    except (OSError, OutputError):
        old.rename(path)
        raise


@functools.cache
def _sweep(folder: Path) -> None:
    """Remove what runs that were killed have left in a folder, when that is so old that no run is still at it."""
    with contextlib.suppress(OSError):
        for each in sorted(folder.glob(f"{_LEFTOVER}*")):
            if each.lstat().st_mtime < time.time() - _WEEK and _is_workplace(each):
                owned.remove(each, _known)


def _not_ours(path: Path, strange: Path) -> OutputError:
    return OutputError(
        f"folder ini berisi {strange.name}, yang bukan hasil --parquet; pakai folder lain", path
    )


def _occupied(path: Path) -> OutputError:
    return OutputError("berkas sudah ada; pakai nama lain, atau --force untuk menimpanya", path)


def _unwritable(path: Path, error: OSError | ValueError) -> OutputError:
    reason = file_reason(error) if isinstance(error, OSError) else "nama berkasnya tidak dapat dipakai"
    return OutputError(f"tidak dapat ditulis ({reason})", path)


def _permissions(path: Path) -> int:
    """Return the permissions that an ordinary new file gets, or those of the file it replaces."""
    if path.exists():
        return path.stat().st_mode & 0o777
    return 0o666 & ~_mask()


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
