"""The formulas of a whole workbook, each compiled once."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Self

from lkjip_xl.base.a1 import absolute, across
from lkjip_xl.base.keys import Period, RowKey
from lkjip_xl.form.addresses import LINE, CellAddresses
from lkjip_xl.form.layout import KEY_ROW, Layout
from lkjip_xl.form.names import Names
from lkjip_xl.formula import status
from lkjip_xl.formula.excel import to_excel
from lkjip_xl.formula.nodes import Node
from lkjip_xl.template.helpers import copies
from lkjip_xl.template.model import Table

_LITERAL = re.compile('"[^"]*"')


class RowFormula(str):
    """A formula that differs in the numbers of rows alone from those above and below it that are of the same ``group``.

    It names no other sheet, so that a workbook may keep it once for all of them.
    """

    __slots__ = ("group",)
    group: Hashable

    def __new__(cls, text: str, group: Hashable) -> Self:
        """Return the formula of a group."""
        formula = super().__new__(cls, text)
        formula.group = group
        return formula


def names_a_sheet(text: str) -> bool:
    """Whether a formula names a sheet outside the texts in it."""
    return "!" in _LITERAL.sub("", text)


class Formulas:
    """The formulas of the cells of one workbook, and the names that they use.

    Those of a column differ in the numbers of rows only: each is compiled once for all its rows.
    """

    def __init__(self, plan: Layout) -> None:
        self.plan = plan
        self.names = Names()
        self._known: dict[tuple[object, ...], tuple[Node, list[str], set[str], bool]] = {}
        self._lines: dict[RowKey, tuple[dict[str, str], frozenset[str]]] = {}

    def text(self, node: Node, table: Table, row: RowKey | None, year: Period | None) -> str:
        """Return the formula, with its leading ``=``, of a cell in a row (None: the total row) and year."""
        direct = copies(node)
        if row is None or table.is_form:
            return to_excel(node, CellAddresses(self.plan, table, row, year, self.names, direct=direct))
        lines, lacking = self._lines_of(row)
        key = (id(node), table.key, row[0], year, lacking)
        if key not in self._known:
            here = CellAddresses(self.plan, table, row, year, self.names, direct=direct, any_row=True)
            text = to_excel(node, here)
            pieces = text.split(LINE)  # the node is kept, so that its id stays its own
            tables = set(pieces[1::2])
            alike = tables <= {table.key} and not names_a_sheet(text)
            self._known[key] = (node, pieces, tables, alike)
        _, pieces, tables, alike = self._known[key]
        if alike:
            return RowFormula(lines[table.key].join(pieces[::2]), key)
        pieces = list(pieces)
        pieces[1::2] = [lines[piece] for piece in pieces[1::2]]
        return "".join(pieces)

    def _lines_of(self, row: RowKey) -> tuple[dict[str, str], frozenset[str]]:
        """Return the number of a row on the sheet of each table that has it, and the tables that lack it."""
        if row not in self._lines:
            placements = self.plan.placements.items()
            lines = {key: str(place.rows[row] + 1) for key, place in placements if row in place.rows}
            self._lines[row] = (lines, frozenset(key for key, _ in placements if key not in lines))
        return self._lines[row]


def first_failing(line: int, first: int, last: int) -> str:
    """Return the formula of Pemeriksaan in a sheet row whose checks stand in some columns."""
    remedies = f"{absolute(KEY_ROW, first)}:{absolute(KEY_ROW, last)}"
    return RowFormula(status.first_failing(across(line, first, last), remedies, first + 1), "pemeriksaan")
