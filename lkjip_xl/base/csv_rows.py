"""The rows of a CSV file, whichever separator a spreadsheet wrote."""

from __future__ import annotations

import csv
import io

from lkjip_xl.base.errors import DataError, file_reason
from lkjip_xl.base.files import File, path_of, read_text


def csv_rows(file: File) -> list[tuple[int, list[str]]]:
    """Return the rows in which something stands, with the numbers of their lines.

    UTF-8 with or without BOM; comma, semicolon or tab, as the first line has it. Raises ``DataError``.
    """
    path = path_of(file)
    try:
        text = read_text(file)
    except OSError as error:
        raise DataError(file_reason(error), path) from None
    except UnicodeDecodeError:
        raise DataError("bukan teks UTF-8; simpan sebagai CSV UTF-8", path) from None
    if text.lower().startswith("sep="):  # a line by which Excel is told the separator
        text = "\n" + text.partition("\n")[2]
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        lines = [(rows.line_num, [cell.strip() for cell in row]) for row in rows]
    except csv.Error:
        raise DataError(f"baris {rows.line_num} bukan CSV yang benar", path) from None
    return [(number, row) for number, row in lines if any(row)]
