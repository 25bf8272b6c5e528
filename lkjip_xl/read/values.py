"""One cell to one typed value: what a cell may hold is decided here, before any check sees it."""

from __future__ import annotations

import datetime
import math
from typing import Any

from lkjip_xl.form.submission import Value, fits
from lkjip_xl.formula.cell_tests import DAY_0, FIRST_DAY, LAST_DAY, MAX_NUMBER
from lkjip_xl.template.model import Column
from lkjip_xl.xlsx.styles import Percent, Unreadable

_MAX_DAY = 1e5  # far behind the last day that a cell may hold
_DAYS_TO_1904 = 1462  # between the two ways of counting days


def fitting(column: Column, value: Value | None) -> bool:
    """Whether a typed value can stand.

    A number that is too great, and a text where a number or a grade belongs, is computed with, as sheets do, and is wrong.
    """
    if isinstance(value, str):
        return column.grades is None or column.grades.holds(value)
    return value is not None and abs(value) < MAX_NUMBER


def typed_value(column: Column, raw: Any, *, days_from_1904: bool = False) -> Value | None:
    """Return the typed value of a filled cell, or None where it does not hold what its column asks for.

    A date whose cell shows a plain number is that day, as it is for the formulas of a sheet.
    """
    match column.declared.type:
        case "number" | "integer" if column.grades is None or not isinstance(raw, str):
            if isinstance(raw, bool | Percent) or not isinstance(raw, (int, float)) or not math.isfinite(raw):
                return None
            return float(f"{raw:.15g}")
        case "date":
            day = raw.date() if isinstance(raw, datetime.datetime) else raw
            if isinstance(raw, float) and 0 < raw < _MAX_DAY:
                day = DAY_0 + datetime.timedelta(int(raw) + _DAYS_TO_1904 * days_from_1904)
            return (
                day.isoformat() if isinstance(day, datetime.date) and FIRST_DAY <= day <= LAST_DAY else None
            )
        case _:
            return (
                raw
                if isinstance(raw, str) and not isinstance(raw, Unreadable) and raw.strip() and fits(raw)
                else None
            )  # spaces alone look like a blank cell
