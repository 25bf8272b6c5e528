"""Excel tests of what a cell holds: a date that counts, a text as a pattern wants it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence

from lkjip_xl.formula.pattern import Pattern

FIRST_DAY, LAST_DAY = datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)  # of dates in cells
Listed = Callable[[Sequence[str | float]], str]  # returns the range in which some values stand
DAY_0 = datetime.date(1899, 12, 30)
MAX_NUMBER = 1e15  # figures from here on have no exact whole units in a spreadsheet


def negated(test: str) -> str:
    """Return the test that a test fails, without turning one around twice."""
    once = re.fullmatch(r"NOT\((\w+\([^()\"]*\))\)", test)
    return once[1] if once else f"NOT({test})"


def is_date(cell: str) -> str:
    """Return the test whether a cell holds a date that counts; a spreadsheet's dates are numbers of days."""
    first, last = ((day - DAY_0).days for day in (FIRST_DAY, LAST_DAY))
    return f"AND(ISNUMBER({cell}),{cell}>={first},{cell}<{last + 1})"


def is_number(cell: str) -> str:
    """Return the test whether a cell that holds a number holds one that counts."""
    return f"ABS({cell})<{MAX_NUMBER:.0E}"


def is_nothing(cell: str) -> str:
    """Return the test whether a cell holds nothing, or spaces alone."""
    return f'IF(ISTEXT({cell}),TRIM({cell})="",ISBLANK({cell}))'


def is_filled(cell: str) -> str:
    """Return the test whether anything, right or wrong, stands in a cell; spaces alone are nothing."""
    return f"IF(ISTEXT({cell}),LEN(TRIM({cell}))>0,NOT(ISBLANK({cell})))"


def begun(cells: Sequence[str]) -> str:
    """Return the test whether anything stands in some ranges; spaces alone are nothing, an error is something."""
    filled = "+".join(f'SUMPRODUCT(--(TRIM({each})<>""))' for each in cells)
    return f"IFERROR({filled},1)>0" if cells else "TRUE"


def holds_text(cell: str, *, shared: bool = False) -> str:
    """Return the test whether a cell holds a text; spaces alone are none.

    In a ``shared`` cell, where formulas look for numbers too, an error is none either.
    """
    return f'IF(ISTEXT({cell}),TRIM({cell})<>"",FALSE)' if shared else f'TRIM(T({cell}))<>""'


def fits(text: str, pattern: Pattern, listed: Listed) -> str:
    """Return what ``Pattern.fits`` says of a text.

    ``EXACT`` and ``FIND`` compare character by character; ``=`` takes some characters that cannot be seen for nothing.
    """
    for char in pattern.ignored:
        text = f'SUBSTITUTE({text},{quoted(char)},"")'
    tests = [*_mask_tests(text, pattern, listed), *_character_tests(text, pattern, listed)]
    if not tests:
        return f"LEN({text})>0"
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def _mask_tests(text: str, pattern: Pattern, listed: Listed) -> list[str]:
    if not pattern.masks:
        return []
    for digit in "012345678":
        text = f'SUBSTITUTE({text},"{digit}","9")'
    if len(pattern.masks) == 1:
        return [f"EXACT({text},{quoted(pattern.masks[0])})"]
    return [f"SUMPRODUCT(--EXACT({text},{listed(pattern.masks)}))>0"]


def _character_tests(text: str, pattern: Pattern, listed: Listed) -> list[str]:
    if not pattern.characters:
        return []
    places = listed([float(place) for place in range(1, pattern.most + 1)])
    known = quoted(pattern.characters + pattern.between)
    # Filled up to the greatest length: programs do not agree whether FIND finds nothing anywhere.
    filled = f"{text}&REPT({quoted(pattern.characters[0])},{pattern.most})"
    tests = [
        f"LEN({text})>={pattern.least}",
        f"LEN({text})<={pattern.most}",
        f"SUMPRODUCT(--ISNUMBER(FIND(MID({filled},{places},1),{known})))={pattern.most}",
    ]
    first = pattern.between[:1]
    if first:
        joined = f"{quoted(first)}&{text}&{quoted(first)}"
        for char in pattern.between[1:]:
            joined = f"SUBSTITUTE({joined},{quoted(char)},{quoted(first)})"
        tests.append(f"ISERROR(FIND({quoted(first * 2)},{joined}))")
    return [f"AND({','.join(tests)})"]


def quoted(value: str) -> str:
    """Return a text as it stands in a formula."""
    return '"' + value.replace('"', '""') + '"'
