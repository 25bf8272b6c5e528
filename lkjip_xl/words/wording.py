"""Figures and texts as Indonesian readers write them; the door to Babel and num2words."""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import Any

from lkjip_xl.base.showing import short
from lkjip_xl.form.submission import MAX_TEXT, Value, fits, text_length
from lkjip_xl.xlsx.styles import Percent

LOCALE = "id_ID"
_BRIEF = 500  # characters of what stands beside a message
_DIGITS = 15
_LARGEST = 1e20  # from here on nobody counts the digits


def number(value: float, decimals: int | None = None) -> str:
    """Return a number such as ``1.234,5``; with ``decimals`` exactly so many."""
    digits = f"{value:.{_DIGITS}g}"
    return digits.replace(".", ",") if abs(value) >= _LARGEST else _number(digits, decimals)


@lru_cache(maxsize=10_000)  # the same figures stand in tables, sentences and charts, and Babel takes its time
def _number(digits: str, decimals: int | None) -> str:
    from babel.numbers import format_decimal

    pattern = "#,##0." + ("#" * _DIGITS if decimals is None else "0" * decimals)
    exact = Decimal(digits)
    with localcontext(prec=2 * _DIGITS + 6):  # Babel writes as many digits as the pattern has
        if decimals is not None:  # half up, as a person rounds; Babel would round half to even
            exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return str(format_decimal(exact, format=pattern.rstrip("."), locale=LOCALE))


def rupiah(value: float) -> str:
    """Return an amount such as ``Rp 10.716.928.854,00``."""
    return "Rp " + number(value, 2)


def percent(value: float) -> str:
    """Return a percentage such as ``96,69 %`` from a figure in percent."""
    return number(value, 2) + " %"


@lru_cache(maxsize=1000)  # a table has many of the same day
def date(iso: str) -> str:
    """Return a date such as ``8 Januari 2024``."""
    from babel.dates import format_date

    return str(format_date(datetime.date.fromisoformat(iso), format="d MMMM y", locale=LOCALE))


@lru_cache(maxsize=1000)  # a table has many of the same day
def brief_date(day: datetime.date) -> str:
    """Return a date such as ``8 Jan 2024``."""
    from babel.dates import format_date

    return str(format_date(day, format="d MMM y", locale=LOCALE))


def spelled(value: float) -> str:
    """Return a number in words; two decimals at most, as in amounts."""
    from num2words import num2words

    rounded = _exact(round(value, 2))
    whole = int(rounded)
    text = str(num2words(whole, lang="id"))
    cents = int(abs(rounded - whole) * 100)
    nought = "nol " if cents < 10 else ""  # 3,05 is "koma nol lima"
    return f"{text} koma {nought}{num2words(cents, lang='id')}" if cents else text


def counted(value: float) -> str:
    """Return a count with its words: ``46 (empat puluh enam)``."""
    return f"{number(value)} ({spelled(value)})"


def shown(value: Value | None) -> str:
    """Return any cell's value for a message."""
    if value is None:
        return ""
    return value if isinstance(value, str) else number(value)


def quoted(value: Any) -> str:
    """Return a value as a message repeats it: short, in quotation marks, on one line, spaces at its ends and all."""
    if isinstance(value, bool):
        value = str(value).upper()
    elif isinstance(value, datetime.date):  # a datetime is one, too
        value = value.strftime("%d/%m/%Y")
    elif isinstance(value, Percent):
        value = f"{value * 100:.12g} %".replace(".", ",")
    elif isinstance(value, datetime.timedelta):
        value = f"{value.total_seconds() / 3600:.15g} jam"
    if isinstance(value, (int, float)):  # a number of so many digits is one that was meant as a text
        exact = f"{value:.15g}"
        value = f"{Decimal(exact):f}" if 1e15 <= abs(value) < _LARGEST else exact.replace(".", ",")
    return f"“{short(str(value))}”"


def brief(text: str) -> str:
    """Return a text as it stands beside a message: whole, or its beginning and how long it is."""
    return text if len(text) <= _BRIEF else _ending(text, _BRIEF)


def cut(text: str) -> str:
    """Return a text as a cell can hold it: whole, or its beginning and how long it was."""
    return text if fits(text) else _ending(text, MAX_TEXT)


def _ending(text: str, most: int) -> str:
    end = f"… [terpotong; seluruhnya {number(text_length(text))} huruf]"
    kept = text[:most].encode("utf-16-le", "surrogatepass")[: 2 * (most - len(end))]
    if kept[-1:] and 0xD8 <= kept[-1] <= 0xDB:  # half a character
        kept = kept[:-2]
    return kept.decode("utf-16-le", "surrogatepass") + end


def _exact(value: float) -> Decimal:
    """Return a number on the 15 digits that a spreadsheet shows."""
    return Decimal(f"{value:.{_DIGITS}g}")
