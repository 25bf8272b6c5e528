"""Formulas as they stand in cells, expanded and compared however a program has spelled them. The door to openpyxl."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lkjip_xl.base.a1 import a1
from lkjip_xl.xlsx.cells import Cells, Formula
from lkjip_xl.xlsx.guard import Opened, formulas_in

_NUMBERS = re.compile(r"[A-Z]*[0-9]+")
_ROW_NUMBERS = re.compile(r"(?<=[A-Z])[0-9]+")
_PIECES = re.compile(r'("(?:[^"]|"")*")')


class CellFormula(str):
    """A formula as it stands in a cell; text that only begins with ``=`` is none."""

    __slots__ = ()


def stands(opened: Opened, name: str, cells: Cells) -> dict[tuple[int, int], Any]:
    """Return what stands in the cells of a sheet, by row and column: formulas, or else values.

    A formula that a program keeps once for several cells is expanded by openpyxl.
    """
    formulas = formulas_in(opened, name)
    values = {(row, column): value for row, line in cells.items() for column, value in line.items()}
    shared = {each.shared: (at, each.text) for at, each in formulas.items() if each.shared and each.text}
    return values | {at: _expanded(at, each, shared) for at, each in formulas.items()}


def _expanded(
    at: tuple[int, int], formula: Formula, shared: Mapping[str, tuple[tuple[int, int], str]]
) -> CellFormula:
    if formula.text or formula.shared not in shared:
        return CellFormula(f"={formula.text}")
    from openpyxl.formula.translate import Translator

    origin, text = shared[formula.shared]
    return CellFormula(Translator(f"={text}", origin=a1(*origin)).translate_formula(a1(*at)))


def same(one: str, other: str) -> bool:
    """Whether two formulas are the same."""
    return one == other or _spelled(one) == _spelled(other)


def moved(one: str, other: str) -> bool:
    """Whether two formulas are the same but for the numbers of rows in them."""
    return _ROW_NUMBERS.sub("#", _spelled(one)) == _ROW_NUMBERS.sub("#", _spelled(other))


def alike(one: str, other: str) -> bool:
    """Whether two formulas are the same but for the addresses and numbers in them."""
    return _NUMBERS.sub("#", _spelled(one)) == _NUMBERS.sub("#", _spelled(other))


def _spelled(formula: str) -> str:
    """Return a formula as all programs would write it: no spaces, no quotation marks around sheets, TRUE for TRUE()."""
    pieces = _PIECES.split(formula.removeprefix("="))
    for n in range(0, len(pieces), 2):  # the others are texts
        piece = re.sub(r"[\s'$]|^_xlfn\.", "", pieces[n]).upper()
        pieces[n] = piece.replace("TRUE()", "TRUE").replace("FALSE()", "FALSE")
    return "".join(pieces)
