"""Figures as Indonesian readers write them; the door to Babel and num2words."""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal

from lkjip_xl.submission import Value

LOCALE = "id_ID"
_LARGEST = 1e15  # beyond this a float has no exact whole units, and is shown as it is


def number(value: float, decimals: int | None = None) -> str:
    """Return a number such as ``1.234,5``; with ``decimals`` exactly so many."""
    from babel.numbers import format_decimal

    pattern = "#,##0." + ("#" * 12 if decimals is None else "0" * decimals)
    if abs(value) >= _LARGEST:
        return f"{value:.15g}"
    exact = _exact(value)
    if decimals is not None:  # half up, as a person rounds; Babel would round half to even
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return str(format_decimal(exact, format=pattern.rstrip("."), locale=LOCALE))


def rupiah(value: float) -> str:
    """Return an amount such as ``Rp 10.716.928.854,00``."""
    return "Rp " + number(value, 2)


def percent(value: float) -> str:
    """Return a percentage such as ``96,69 %`` from a figure in percent."""
    return number(value, 2) + " %"


def date(iso: str) -> str:
    """Return a date such as ``8 Januari 2024``."""
    from babel.dates import format_date

    return str(format_date(datetime.date.fromisoformat(iso), format="d MMMM y", locale=LOCALE))


def spelled(value: float) -> str:
    """Return a number in words; two decimals at most, as in amounts."""
    from num2words import num2words

    rounded = _exact(round(value, 2))
    whole = int(rounded)
    text = str(num2words(whole, lang="id"))
    cents = int(abs(rounded - whole) * 100)
    return f"{text} koma {num2words(cents, lang='id')}" if cents else text


def counted(value: float) -> str:
    """Return a count with its words: ``46 (empat puluh enam)``."""
    return f"{number(value)} ({spelled(value)})"


def shown(value: Value | None) -> str:
    """Return any cell's value for a message."""
    if value is None:
        return ""
    return value if isinstance(value, str) else number(value)


def _exact(value: float) -> Decimal:
    return Decimal(repr(float(value)))
