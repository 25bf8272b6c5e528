"""A figure as people type it, beside ours: the same, truncated, a little off, or wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import lru_cache

SMALL = Decimal("0.06")
"""A difference up to here may come of rounding in between."""
SWAPPED = "titik dan koma tertukar"
_EXACT = Context(prec=400)  # the longest numbers that a cell can hold, and the decimals that are looked at
_DECIMALS = 30
_LARGE = 1000  # from here on decimals may be left out

_RUPIAH = re.compile(r"(?<![a-z])rp\.?", re.IGNORECASE)
_CLOSING = re.compile(r"(?<=\d)[.,]\s*[-–—=]+")  # 1.000,00,-
_TOKEN = re.compile(r"(?<![\w.,])([-−–]?) ?(\d+(?:[.,]\d+)*)(?![\d])")
_ACCOUNTED = re.compile(r"\(\s*[\d.,]+\s*\)")
_NIP = re.compile(r"(?<!\d)(\d{8}) (\d{6}) (\d) (\d{3})(?!\d)")
_IDENTIFIER = 16  # digits in a row: nobody counts so far
_OURS = re.compile(r"(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(\d+))?")
_FOREIGN = re.compile(r"(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.(\d+))?")


class Verdict(StrEnum):
    """What a printed cell is beside ours."""

    SAME = "sama"
    TRUNCATED = "pemotongan"
    SMALL = "selisih kecil"
    WRONG = "salah"
    MISSING = "hilang"
    UNKNOWN = "tidak dikenal"


_ORDER = (Verdict.SAME, Verdict.TRUNCATED, Verdict.SMALL, Verdict.WRONG)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it was typed, with how many decimals; ``digits`` are those of one that is no quantity, such as a NIP."""

    value: Decimal
    decimals: int
    digits: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """The figures of a cell: as Indonesians read it, and as those do who swap point and comma."""

    figures: tuple[Figure, ...]
    foreign: tuple[Figure, ...]

    @property
    def any(self) -> bool:
        """Whether there is any figure."""
        return bool(self.figures or self.foreign)


@lru_cache(maxsize=50_000)
def read(text: str) -> Read:
    """Return the figures that a cell holds: ``Rp 1.234,00,-``, ``82,30%``, ``25 Orang``, ``(9)``, ``1,234.56``."""
    plain = _CLOSING.sub("", _RUPIAH.sub(" ", _NIP.sub(r"\1\2\3\4", " ".join(text.split()))))
    negative = _ACCOUNTED.fullmatch(plain.strip()) is not None
    tokens = [(negative or bool(sign), digits) for sign, digits in _TOKEN.findall(plain)]
    return Read(tuple(_figures(tokens, _OURS, ".")), tuple(_figures(tokens, _FOREIGN, ",")))


def _figures(tokens: list[tuple[bool, str]], form: re.Pattern[str], groups: str) -> Iterator[Figure]:
    for negative, digits in tokens:
        found = form.fullmatch(digits)
        if found:
            value = Decimal(digits.replace(groups, "").replace(",", "."))
            identifier = digits if digits.isdigit() and len(digits) >= _IDENTIFIER else ""
            yield Figure(-value if negative else value, len(found[1] or ""), identifier)


def judged(ours: float, decimals: int, text: str, *, computed: bool) -> tuple[Verdict, str]:
    """Return what a cell's text is beside our figure, which is shown with so many decimals, and a note."""
    found = read(text)
    exact = Decimal(f"{ours:.15g}")
    best = _best(exact, decimals, found.figures, computed=computed)
    if best is Verdict.WRONG and _best(exact, decimals, found.foreign, computed=computed) is Verdict.SAME:
        return best, SWAPPED
    return best, ""


def beside(ours: Figure, theirs: Figure) -> Verdict:
    """Return what a figure of a sentence is beside ours, which was computed."""
    if ours.digits or theirs.digits:
        return Verdict.SAME if ours.digits == theirs.digits else Verdict.WRONG
    return _verdict(ours.value, ours.decimals, theirs, computed=True)


def _best(ours: Decimal, decimals: int, figures: tuple[Figure, ...], *, computed: bool) -> Verdict:
    verdicts = {_verdict(ours, decimals, figure, computed=computed) for figure in figures}
    return next((each for each in _ORDER if each in verdicts), Verdict.WRONG)


def _verdict(exact: Decimal, decimals: int, theirs: Figure, *, computed: bool) -> Verdict:
    unit = Decimal(1).scaleb(-decimals)
    shown, step = _cut(exact, unit, ROUND_HALF_UP), Decimal(1).scaleb(-min(theirs.decimals, _DECIMALS))
    if theirs.value in (shown, exact):
        return Verdict.SAME
    fewer = theirs.decimals < decimals or theirs.decimals > decimals
    if (
        fewer
        and (theirs.decimals or abs(exact) >= _LARGE)
        and theirs.value == _cut(exact, step, ROUND_HALF_UP)
    ):
        return Verdict.SAME
    if theirs.value == _cut(exact, step, ROUND_DOWN):
        return Verdict.TRUNCATED
    nearer = abs(shown) - abs(theirs.value) == unit and shown * theirs.value >= 0
    if computed and step == unit and decimals and nearer:
        return Verdict.TRUNCATED  # ours is rounded already: one less in the last place is what was cut off
    return Verdict.SMALL if abs(theirs.value - shown) <= SMALL else Verdict.WRONG


def _cut(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    return value.quantize(step, rounding, _EXACT)
