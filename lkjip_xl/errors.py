"""What can go wrong that is not a mistake of the person who fills the form.

Every error carries one line for a person, in Indonesian; the command line prints it and exits with 2.
Mistakes in a form are never raised: they are findings (see ``findings``).
"""

import errno
import re

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
}


def file_reason(error: Exception) -> str:
    """Return why a file cannot be read or written, in Indonesian where the cause is a common one.

    ``error`` is an ``OSError``, or that of a library which tells the system's number in its text only.
    """
    told = re.search(r"\(os error ([0-9]+)\)", str(error))
    number = getattr(error, "errno", None) or (int(told[1]) if told else 0)
    return _REASONS.get(number, f"gangguan berkas ({getattr(error, 'strerror', None) or error})")


class LkjipError(Exception):
    """Base of all errors of this package; ``str(error)`` is one clear sentence in Indonesian."""


class FormulaError(LkjipError):
    """A formula that the formula language does not allow.

    ``position`` is the 0-based offset of the offending place in ``formula``.
    """

    def __init__(self, reason: str, formula: str, position: int) -> None:
        self.reason = reason
        self.formula = formula
        self.position = position
        super().__init__(f"{reason} (rumus {formula!r}, huruf ke-{position + 1})")


class DeclarationError(LkjipError):
    """A mistake in a template set; names file, table, column and place."""

    def __init__(
        self, reason: str, *, file: str, table: str | None = None, column: str | None = None
    ) -> None:
        self.reason = reason
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


class SetupError(LkjipError):
    """Arguments that do not fit together, such as a report year outside the Renstra period."""


class DataError(LkjipError):
    """A JSON data file with unknown tables, unknown columns or values of the wrong type."""


class WorkbookError(LkjipError):
    """A file that is not a workbook made by this toolkit, or cannot be opened at all.

    ``output`` says that it is a result of this toolkit, such as a summary, which nobody fills.
    """

    def __init__(self, message: str, *, output: bool = False) -> None:
        self.output = output
        super().__init__(message)


class OutputError(LkjipError):
    """An output that cannot be written, or that would overwrite a file without ``--force``."""
