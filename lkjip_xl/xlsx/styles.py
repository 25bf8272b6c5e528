"""How cells show their numbers: as they are, as dates, or as percentages."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lkjip_xl.xlsx.archive import local, parsed
from lkjip_xl.xlsx.errors import MalformedError
from lkjip_xl.xlsx.number_format import Look, NumberFormat, number_format

_KNOWN = {  # the formats that every program knows by their number, of those that make something else of numbers
    **dict.fromkeys(("9", "10"), "0%"),
    **dict.fromkeys(map(str, (*range(14, 23), *range(27, 37), 45, 47, *range(50, 59))), "d"),
    "46": "[h]",
}
_DAY_0 = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no time zone
_FIRST_OF_MARCH = 61  # in 1900; earlier days count a 29 February that never was
_LAST_DAY = 2958466  # the first of the year 10000
_DAYS_TO_1904 = 1462  # between the two ways of counting days


class Unreadable(str):
    """What a cell shows that holds no value: an error, or a formula without a result."""

    __slots__ = ()


class Percent(float):
    """A number that its cell shows a hundred times as large, with a sign of percent."""

    __slots__ = ()


SHOWN_OTHERWISE = (datetime.date, datetime.time, datetime.timedelta, Percent)
"""What is a number for the formulas of a sheet, and something else for those who look at it."""


@dataclass(frozen=True, slots=True)
class Styles:
    """By the number of a cell's style its format; those that show every number as it is are not in here."""

    formats: Mapping[bytes, NumberFormat]
    days_from_1904: bool = False

    def shown(self, number: float, style: bytes) -> Any:
        """Return a number as its cell shows it: a float, a ``Percent``, or a date, time or duration."""
        form = self.formats.get(style)
        match form.look(number) if form else Look.PLAIN:
            case Look.PERCENT:
                return Percent(number)
            case Look.DURATION:
                return _duration(number)
            case Look.DATE:
                return self._date(number)
        return number

    def _date(self, number: float) -> Any:
        days = number + _DAYS_TO_1904 * self.days_from_1904
        if not 0 <= days < _LAST_DAY:
            return number
        if days < 1:
            return (_DAY_0 + datetime.timedelta(days)).time()
        moment = _DAY_0 + datetime.timedelta(days + (days < _FIRST_OF_MARCH))
        return moment.date() if days == int(days) else moment


def _duration(number: float) -> Any:
    return datetime.timedelta(number) if abs(number) < _LAST_DAY else number


@lru_cache(maxsize=8)
def styles_of(part: bytes, *, days_from_1904: bool) -> Styles:
    """Return what a workbook's styles say; broken ones are no reason to refuse what was typed."""
    codes: dict[str, str] = {}
    cells: list[str] = []
    try:
        elements = list(parsed(part)) if part else []
    except MalformedError:
        elements = []
    for element in elements:
        if local(element.tag) == "numFmts":
            codes = {each.get("numFmtId", ""): each.get("formatCode", "") for each in element}
        elif local(element.tag) == "cellXfs":
            cells = [each.get("numFmtId", "0") for each in element]
    formats = {number: number_format(code) for number, code in (_KNOWN | codes).items()}
    found = {b"%d" % place: formats[number] for place, number in enumerate(cells) if number in formats}
    return Styles({style: form for style, form in found.items() if not form.plain}, days_from_1904)
