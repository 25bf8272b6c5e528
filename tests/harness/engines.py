"""Spreadsheet programs as judges of our workbooks: each recalculates every formula and returns the cells that it then shows.

LibreOffice is the judge whose word counts. betteroffice-xlsx takes a tenth of a second for a workbook, so it sees them
all; where it alone disagrees, ``QUIRKS`` must name what it does otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from betteroffice_xlsx import Workbook
from openpyxl.utils import range_boundaries

from support import Cell, Grid, Office, grid


@dataclass(frozen=True)
class Engine:
    """A spreadsheet program; ``grids`` returns the cells of workbooks after it has recalculated and saved them."""

    name: str
    grids: Callable[[Sequence[Path]], list[Grid]]


def libreoffice(office: Office, folder: Path) -> Engine:
    """Return LibreOffice, which saves its copies in a folder."""
    return Engine("LibreOffice", lambda paths: [grid(path) for path in office.all_saved(paths, folder)])


def betteroffice(folder: Path) -> Engine:
    """Return betteroffice-xlsx, which saves its copies in a folder."""

    def computed(path: Path) -> Grid:
        book = Workbook.open(path.read_bytes())
        done = book.recalculate()
        assert (done.cycles, done.limited) == (0, 0), f"{path}: some formulas were not computed"
        folder.mkdir(exist_ok=True)
        book.save_path(folder / path.name)
        return grid(folder / path.name)

    return Engine("betteroffice", lambda paths: [computed(path) for path in paths])


@dataclass(frozen=True)
class Disagreement:
    """A cell of which Python and a program say different things; ``about`` is the rule that the cell checks."""

    cell: Cell
    ours: Any
    theirs: Any
    about: str = ""


@dataclass(frozen=True)
class Quirk:
    """What betteroffice computes otherwise than LibreOffice and Excel, which agree with us: function and situation.

    ``formula`` over ``typed`` cells is an example: ``theirs`` is betteroffice's result, ``right`` that of the others.
    Only a quirk of a ``rounding`` function has been met in a workbook of ours; any other wants to be told apart there first.
    """

    name: str
    formula: str
    typed: Mapping[str, float]
    theirs: float | str
    right: float | str
    rounding: str = ""

    def explains(self, formula: str, ours: Any, theirs: Any) -> bool:
        """Whether two figures are neighbours among those that the formula's rounding function gives."""
        if not (self.rounding and isinstance(ours, float) and isinstance(theirs, float)):
            return False
        digits = re.findall(rf"\b{self.rounding}\(.*?,([0-9])\)", formula)
        return any(round(abs(ours - theirs) * 10 ** int(each), 3) == 1 for each in digits)


QUIRKS = (
    Quirk(
        "ROUND: a half on 15 digits goes by the bits behind them",
        "ROUND(A1,2)", {"A1": 1.005}, 1.0, 1.01, "ROUND",
    ),
    Quirk(
        "ROUNDDOWN: a whole on 15 digits goes by the bits behind them",
        "ROUNDDOWN(A1*100,0)", {"A1": 1.15}, 114, 115, "ROUNDDOWN",
    ),
    Quirk(
        "= < >: equal on 15 digits is not equal",
        'IF(A1+A2=0.3,"ya","tidak")', {"A1": 0.1, "A2": 0.2}, "tidak", "ya",
    ),
    Quirk(
        "-: nothing on 15 digits is not zero",
        'IF(1-0.9-A1=0,"ya","tidak")', {"A1": 0.1}, "tidak", "ya",
    ),
)  # fmt: skip


def explained(found: Iterable[Disagreement], formulas: Mapping[Cell, str]) -> dict[Cell, str]:
    """Return the names of the quirks that explain what betteroffice says of some cells, by cell.

    What follows, since its formula refers to a cell that is explained, goes by the same name.
    """
    left = {each.cell: each for each in found}
    names: dict[Cell, str] = {}
    for cell, each in left.items():
        for quirk in QUIRKS:
            if quirk.explains(formulas.get(cell, ""), each.ours, each.theirs):
                names[cell] = quirk.name
    size = -1
    while size < len(names):
        size = len(names)
        for cell in left.keys() - names.keys():
            cause = next(_causes(cell, formulas.get(cell, ""), names), None)
            if cause is not None:
                names[cell] = names[cause]
    return names


_REFERENCE = re.compile(
    r"""(?:'((?:[^']|'')+)'!|([A-Za-z0-9_]+)!)?(\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?)"""
)


def _causes(cell: Cell, formula: str, known: Iterable[Cell]) -> Iterator[Cell]:
    """Yield the cells among those known that a cell's formula refers to."""
    for quoted, plain, area in _REFERENCE.findall(formula):
        sheet = quoted.replace("''", "'") or plain or cell[0]
        left, top, right, bottom = range_boundaries(area)
        for name, row, column in known:
            if name == sheet and top <= row <= bottom and left <= column <= right:
                yield name, row, column
