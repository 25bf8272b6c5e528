"""Excel expressions that write a value as Indonesian readers write it, whatever the language of the program.

``TEXT`` reads its format in that language; ``FIXED`` and ``&`` only write its separators, which two hidden cells know.
"""

from __future__ import annotations

from typing import NamedTuple

from lkjip_xl.base.showing import SHORT
from lkjip_xl.formula.cell_tests import Listed
from lkjip_xl.formula.sentence_nodes import Standing

MOST = 200
"""Characters of a text that a sentence writes."""
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_ERRORS = ("NULL!", "DIV/0!", "VALUE!", "REF!", "NAME?", "NUM!", "N/A")  # behind their #, to be no errors
_PARKED = "|"  # stands for the one separator while the other becomes it


class Separators(NamedTuple):
    """Where the separators stand that the program writes."""

    thousands: str
    decimal: str


THOUSANDS = '=IF(LEN(FIXED(1000,0))=5,MID(FIXED(1000,0),2,1),"~")'
"""The formula of what the program writes between thousands; a program that writes nothing has no such character."""
DECIMAL = "=MID(FIXED(0.5,1),2,1)"
"""The formula of what it writes before decimals."""


def number(value: str, decimals: int | None, at: Separators) -> str:
    """Return the text of a number, with so many decimals or with those that it has."""
    if decimals == 0:
        return _grouped(value, at)
    if decimals is not None:
        parked = f'SUBSTITUTE(FIXED({value},{decimals}),{at.thousands},"{_PARKED}")'
        return f'SUBSTITUTE(SUBSTITUTE({parked},{at.decimal},","),"{_PARKED}",".")'
    digits = f'ABS({value})&""'
    point = f"FIND({at.decimal},{digits}&{at.decimal})"
    whole = _grouped(f"LEFT({digits},{point}-1)", at)
    rest = f'SUBSTITUTE(MID({digits},{point},20),{at.decimal},",")'
    return f'IF({value}<0,"-","")&{whole}&{rest}'


def _grouped(value: str, at: Separators) -> str:
    return f'SUBSTITUTE(FIXED({value},0),{at.thousands},".")'


def date(value: str) -> str:
    """Return the text of a date, as ``8 Januari 2024``."""
    months = ",".join(f'"{month}"' for month in MONTHS)
    return f'DAY({value})&" "&CHOOSE(MONTH({value}),{months})&" "&YEAR({value})'


def text(value: str, most: int = MOST) -> str:
    """Return a text, at its beginning where it is long."""
    return f'IF(LEN({value})>{most},LEFT({value},{most - 1})&"…",{value}&"")'


def quoted_cell(cell: str, standing: Standing, at: Separators, listed: Listed) -> str:
    """Return what stands in a cell in quotation marks, and a number without where numbers belong."""
    if standing is Standing.TEXT:
        return f'"“"&{text(cell, SHORT)}&"”"'
    known = f'"#"&IFERROR(INDEX({listed(_ERRORS)},ERROR.TYPE({cell})),"")'
    other = f"IFERROR({text(cell, SHORT)},{known})"
    match standing:
        case Standing.ANY:
            return f'"“"&IF(ISNUMBER({cell}),SUBSTITUTE({cell}&"",{at.decimal},","),{other})&"”"'
        case Standing.NUMBER:
            return f'IF(ISNUMBER({cell}),{number(cell, None, at)},"“"&{other}&"”")'
    return f'"“"&{other}&"”"'
