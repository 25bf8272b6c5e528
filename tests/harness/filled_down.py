"""A quicker way for openpyxl to fill formulas down: our workbooks keep most formulas once, and it tokenizes each anew."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from openpyxl.formula.tokenizer import Token
from openpyxl.formula.translate import Translator
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet import _reader

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


def use() -> None:
    """Let openpyxl read by it."""
    reader: Any = _reader
    reader.Translator = FilledDown
