"""Quicker ways for openpyxl to read our workbooks, with the same outcome.

They keep most formulas once, each of which it tokenizes anew for every cell; and half the time it spends on borders of
merged cells, one object for each.
"""

from __future__ import annotations

import re
from copy import copy
from functools import lru_cache
from typing import Any

from openpyxl.formula.tokenizer import Token
from openpyxl.formula.translate import Translator
from openpyxl.styles import Border
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet import _reader
from openpyxl.worksheet.merge import MergedCellRange

_CELL = re.compile(r"(?<![^:])(\$?[A-Z]{1,3}|)([1-9]\d*)(?=:|$)")


class FilledDown(Translator):  # type: ignore[misc]  # openpyxl has no types
    """openpyxl's translator, which keeps what it knows of a formula; what does not only go down is left to it."""

    def __init__(self, formula: str, origin: str) -> None:
        self.formula, self.origin = formula, origin
        self.row, self.col = coordinate_to_tuple(origin)

    def translate_formula(self, dest: str | None = None, row_delta: int = 0, col_delta: int = 0) -> str:
        """Return the formula as it stands in another cell."""
        row, column = coordinate_to_tuple(dest) if dest else (0, 0)
        if column != self.col:
            return str(Translator(self.formula, self.origin).translate_formula(dest, row_delta, col_delta))
        pieces = list(_pieces(self.formula, self.row))
        pieces[1::2] = [str(int(piece) + row) for piece in pieces[1::2]]
        return "".join(pieces)


@lru_cache(maxsize=8192)
def _pieces(formula: str, row: int) -> tuple[str, ...]:
    """Return the texts of a formula, and between them how far below its row each relative row in it is."""
    pieces = ["="]
    for token in Translator(formula, origin=f"A{row}").get_tokens():
        sheet, mark, cells = "", "", token.value
        if token.type != Token.OPERAND or token.subtype != Token.RANGE:
            pieces[-1] += cells
            continue
        if "!" in cells:
            sheet, mark, cells = cells.rpartition("!")
        found: list[str] = _CELL.split(cells)
        pieces[-1] += sheet + mark + found[0]
        for n in range(1, len(found), 3):
            pieces[-1] += found[n]
            pieces += [str(int(found[n + 1]) - row), found[n + 2]]
    return tuple(pieces)


PLAIN = MergedCellRange.format
_EDGES = ("top", "left", "right", "bottom")


def edged(merged: MergedCellRange) -> None:
    """Give the cells of a merged range borders and protection of its first cell, as openpyxl does; like ones alike."""
    first, sheet = merged.start_cell, merged.ws
    sides = {name: side for name in _EDGES if (side := getattr(first.border, name)) and side.style}
    known = vars(sheet.parent).setdefault("_edged", {})
    for row, column in merged.cells:
        at = (
            row == merged.min_row,
            column == merged.min_col,
            column == merged.max_col,
            row == merged.max_row,
        )
        names = tuple(name for name, there in zip(_EDGES, at, strict=True) if there and name in sides)
        cell = sheet._cells[row, column]
        key = (cell._style, first._style.borderId, first._style.protectionId, names)
        if (style := known.get(key)) is None:
            before = copy(cell._style)
            for name in names:
                cell.border += Border(**{name: sides[name]})
            cell.protection = copy(first.protection)
            known[before, *key[1:]] = copy(cell._style)
        else:
            cell._style = copy(style)


def use() -> None:
    """Let openpyxl read by them."""
    reader: Any = _reader
    reader.Translator = FilledDown
    MergedCellRange.format = edged
