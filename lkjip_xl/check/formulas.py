"""Formulas as they stand in cells, expanded and compared however a program has spelled them. The door to openpyxl."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lkjip_xl.base.a1 import a1
from lkjip_xl.xlsx.cells import Cells, Formula
from lkjip_xl.xlsx.guard import Opened, formulas_in

_NUMBERS = re.compile(r"[A-Z]*[0-9]+")
_ROW_NUMBERS = re.compile(r"(?<=[A-Z])[0-9]+")
_PIECES = re.compile(r'("(?:[^"]|"")*")')


@dataclass(frozen=True)
class CellFormula:
    """A formula as it stands in a cell; text that only begins with ``=`` is none."""

    text: str
    """With its leading ``=``; of one that is kept once for several cells as it stands in the ``origin``."""
    at: tuple[int, int]
    origin: tuple[int, int] | None = None
    """The cell in which it is kept, where that is another one."""

    def __str__(self) -> str:
        """Return the formula as the cell shows it: one that is kept in another cell is expanded by openpyxl."""
        return self.text if self.origin is None else self._expanded

    @cached_property
    def _expanded(self) -> str:
        from openpyxl.formula.translate import Translator

        return str(
            Translator(self.text, origin=a1(*(self.origin or self.at))).translate_formula(a1(*self.at))
        )


def stands(opened: Opened, name: str, cells: Cells) -> dict[tuple[int, int], Any]:
    """Return what stands in the cells of a sheet, by row and column: formulas, or else values."""
    formulas = formulas_in(opened, name)
    values = {(row, column): value for row, line in cells.items() for column, value in line.items()}
    shared = {each.shared: (at, each.text) for at, each in formulas.items() if each.shared and each.text}
    return values | {at: _formula(at, each, shared) for at, each in formulas.items()}


def _formula(
    at: tuple[int, int], formula: Formula, shared: Mapping[str, tuple[tuple[int, int], str]]
) -> CellFormula:
    if formula.text or formula.shared not in shared:
        return CellFormula(f"={formula.text}", at)
    origin, text = shared[formula.shared]
    return CellFormula(f"={text}", at, origin)


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
