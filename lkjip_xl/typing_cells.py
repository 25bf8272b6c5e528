"""One cell to one typed value: what a cell may hold is decided here, before any check sees it."""

from __future__ import annotations

import datetime
from typing import Any

from lkjip_xl.formula.excel import FIRST_DAY, LAST_DAY
from lkjip_xl.submission import Value
from lkjip_xl.template.field_rules import MAX_NUMBER
from lkjip_xl.template.model import Column


def typed_value(column: Column, raw: Any) -> Value | None:
    """Return the typed value of a filled cell, or None where it does not hold what its column asks for."""
    match column.declared.type:
        case "number" | "integer":
            if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not abs(raw) < MAX_NUMBER:
                return None  # no number is less than anything where it is none (nan)
            return float(f"{raw:.15g}")
        case "date":
            day = raw.date() if isinstance(raw, datetime.datetime) else raw
            return (
                day.isoformat() if isinstance(day, datetime.date) and FIRST_DAY <= day <= LAST_DAY else None
            )
        case _:
            return (
                raw if isinstance(raw, str) and raw.strip() else None
            )  # spaces alone look like a blank cell
