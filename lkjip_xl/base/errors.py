"""What can go wrong that is not a mistake of the person who fills the form.

Every error carries one line for a person, in Indonesian; the command line prints it and exits with 2.
Mistakes in a form are never raised: they are findings (see ``findings``).
"""

import errno
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

_REASONS = {
    errno.ENOENT: "berkas atau foldernya tidak ada",
    errno.EACCES: "tidak ada izin",
    errno.EPERM: "tidak ada izin",
    errno.EROFS: "tempat ini hanya dapat dibaca",
    errno.ENOSPC: "penyimpanan penuh",
    errno.ENAMETOOLONG: "nama berkasnya terlalu panjang",
    errno.EISDIR: "ini folder, bukan berkas",
    errno.ENOTDIR: "foldernya bukan folder",
    errno.EEXIST: "nama ini sudah dipakai",
    errno.ELOOP: "tautan yang menunjuk dirinya sendiri",
    errno.EIO: "penyimpanan rusak atau terputus",
    getattr(errno, "EDQUOT", -1): "kuota penyimpanan habis",
    errno.EFBIG: "berkasnya terlalu besar untuk penyimpanan ini",
    errno.EBUSY: "sedang dipakai program lain",
    errno.EMFILE: "terlalu banyak berkas terbuka",
    errno.ENFILE: "terlalu banyak berkas terbuka",
    errno.EINVAL: "nama berkasnya tidak dapat dipakai di tempat ini",
    errno.ENOMEM: "memori komputer tidak cukup",
    errno.ENXIO: "ini bukan berkas",
    errno.ENODEV: "ini bukan berkas",
    errno.EXDEV: "berada di penyimpanan lain",
    errno.ENOTEMPTY: "foldernya berisi",
    errno.ETIMEDOUT: "penyimpanan jaringan tidak menjawab",
    errno.EHOSTDOWN: "penyimpanan jaringan tidak menjawab",
    errno.EHOSTUNREACH: "penyimpanan jaringan tidak menjawab",
    errno.ENOTCONN: "penyimpanan jaringan tidak menjawab",
    getattr(errno, "ESTALE", -2): "penyimpanan jaringan terputus",
}


_LISTED = 8  # names that a sentence lists


class PlaceError(OSError):
    """A file that is none; ``str(error)`` is the reason, in our words."""


def file_reason(error: OSError) -> str:
    """Return why a file cannot be read or written, in Indonesian; an uncommon cause by the system's name for it."""
    if isinstance(error, PlaceError):
        return f"gangguan berkas ({error})"
    number = error.errno or _told(error) or 0
    named = errno.errorcode.get(number)
    return _REASONS.get(number, f"gangguan berkas ({named})" if named else "gangguan berkas")


def _told(error: Exception) -> int | None:
    """Return the system's number that a library written in Rust tells in its text only."""
    told = re.search(r"\(os error ([0-9]+)\)", str(error))
    return int(told[1]) if told else None


def as_os_error(error: Exception, folder: Path) -> OSError:
    """Return what an error of a library that writes into ``folder`` was of the system's.

    Where the library does not tell, what happens when something is written there now tells it.
    """
    number = _told(error)
    if number is None:
        try:
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(bytes(1024 * 1024))
        except OSError as again:
            number = again.errno
    return OSError(number or errno.EIO, "")


def meant(name: str, known: Iterable[str], form: str = "{}") -> str:
    """Return the end of an error that says which name was probably meant, or else which there are."""
    import difflib  # where something is wrong only

    names = list(known)
    close = difflib.get_close_matches(name.strip().casefold(), names, n=1, cutoff=0.6)
    if close:
        return f"; maksud Anda {form.format(close[0])}?"
    listed = ", ".join(map(form.format, names[:_LISTED])) + (", …" if len(names) > _LISTED else "")
    return f"; yang ada: {listed}" if names else ""


class LkjipError(Exception):
    """Base of all errors of this package; ``str(error)`` is one clear sentence in Indonesian.

    ``reason`` is what it says of the file or folder at ``path``, where it is of one.
    """

    def __init__(self, reason: str, path: Path | None = None) -> None:
        self.reason = reason
        self.path = path
        super().__init__(reason if path is None else f"{path}: {reason}")


class FormulaError(LkjipError):
    """A formula that the formula language does not allow.

    ``position`` is the 0-based offset of the offending place in ``formula``.
    """

    def __init__(self, reason: str, formula: str, position: int) -> None:
        self.formula = formula
        self.position = position
        super().__init__(f"{reason} (rumus {formula!r}, huruf ke-{position + 1})")
        self.reason = reason


class DeclarationError(LkjipError):
    """A mistake in a template set; names file, table, column and place."""

    def __init__(
        self, reason: str, *, file: str, table: str | None = None, column: str | None = None
    ) -> None:
        self.file = file
        self.table = table
        self.column = column
        where = ", ".join(
            part
            for part in (
                file,
                table and f"tabel {table}",
                column and f"kolom {column}",
            )
            if part
        )
        super().__init__(f"Templat keliru di {where}: {reason}")
        self.reason = reason


class SetupError(LkjipError):
    """Arguments that do not fit together, such as a report year outside the Renstra period."""


class DataError(LkjipError):
    """A JSON data file with unknown tables, unknown columns or values of the wrong type."""


class WorkbookError(LkjipError):
    """A file that is not a workbook made by this toolkit, or cannot be opened at all.

    ``output`` says that it is a result of this toolkit, such as a summary, which nobody fills.
    """

    def __init__(self, reason: str, path: Path | None = None, *, output: bool = False) -> None:
        self.output = output
        super().__init__(reason, path)


class DocumentError(LkjipError):
    """A file that is no Word document, or cannot be opened at all."""


class OutputError(LkjipError):
    """An output that cannot be written, or that would overwrite a file without ``--force``."""
