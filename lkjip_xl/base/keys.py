"""What names a row, a column and a cell of a report: in hidden keys of sheets, in frames and in data."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

Period = int
"""Of what time a cell is: a year. How it is written, and which comes before it, is said here only."""
PERIOD = "tahun"
"""Column of frames that holds it, as Int64."""
RowKey = tuple[str, int]
"""Part, and number of the row in it, counted from 1."""
ColumnKey = tuple[str, Period | None]
"""Column and period; None for a column that has one cell a row."""
Explained = tuple[str, RowKey | None, str]
"""Where an explanation belongs: table, row (None: total row), and of a form the field."""


def before(period: Period) -> Period:
    """Return the period that figures are compared with: one year earlier."""
    return period - 1


def after(period: Any) -> Any:
    """Return the period that is compared with one, also of a column of a frame; inverse to ``before``."""
    return period + 1


def column_text(column: ColumnKey) -> str:
    """Return the hidden key of a sheet column: ``target`` or ``target@2018``."""
    key, period = column
    return key if period is None else f"{key}@{period}"


@lru_cache(maxsize=8192)
def column_key(text: str) -> ColumnKey | None:
    """Return the column that a hidden key names, None where it is no such key; inverse to ``column_text``."""
    match = re.fullmatch(r"([a-z][a-z0-9_]*)(?:@([0-9]{4}))?", text)
    return (match[1], int(match[2]) if match[2] else None) if match else None


def row_text(row: RowKey) -> str:
    """Return the hidden mark of a row, such as ``pegawai:3``."""
    return f"{row[0]}:{row[1]}"


@lru_cache(maxsize=8192)
def row_key(text: str) -> RowKey | None:
    """Return the row that a hidden mark names, None where it is no such mark; inverse to ``row_text``."""
    match = re.fullmatch(r"([a-z][a-z0-9_]*):0*([1-9][0-9]{0,4})", text)
    return (match[1], int(match[2])) if match else None
