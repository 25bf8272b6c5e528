"""One cell to one typed value: what a cell may hold is decided here, before any check sees it."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Any

from lkjip_xl.submission import Value
from lkjip_xl.template.model import Column


class Fault(Enum):
    """Why a cell does not fit its column."""

    TEXT_FOR_NUMBER = "text"
    NUMBER_FOR_TEXT = "number"
    DATE_FOR_NUMBER = "date"
    TRUTH = "truth"
    NOT_WHOLE = "whole"
    NOT_A_DATE = "not a date"
    TOO_LARGE = "large"


def typed_value(column: Column, raw: Any) -> tuple[Value | None, Fault | None]:
    """Return the typed value of a filled cell (None: unusable) and what is wrong with it, if anything."""
    match column.declared.type:
        case "number" | "integer":
            return _number(raw, whole=column.declared.type == "integer")
        case "date":
            return _date(raw)
        case _:
            return _text(raw)


def _number(raw: Any, *, whole: bool) -> tuple[Value | None, Fault | None]:
    if isinstance(raw, bool):
        return None, Fault.TRUTH
    if isinstance(raw, str):
        return None, Fault.TEXT_FOR_NUMBER
    if not isinstance(raw, (int, float)):
        return None, Fault.DATE_FOR_NUMBER
    if abs(raw) >= 1e15:
        return None, Fault.TOO_LARGE
    number = float(f"{raw:.15g}")
    if whole and not number.is_integer():
        return number, Fault.NOT_WHOLE
    return number, None


def _date(raw: Any) -> tuple[Value | None, Fault | None]:
    if isinstance(raw, datetime.datetime):
        return raw.date().isoformat(), None
    if isinstance(raw, datetime.date):
        return raw.isoformat(), None
    return None, Fault.NOT_A_DATE


def _text(raw: Any) -> tuple[Value | None, Fault | None]:
    if isinstance(raw, str):
        return raw, None
    return None, Fault.TRUTH if isinstance(raw, bool) else Fault.NUMBER_FOR_TEXT
