"""Formulas as a cell has them, where the workbook lacks what they name and where they stand inside one another."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from lkjip_xl.formula import nodes
from lkjip_xl.formula.excel import to_excel
from lkjip_xl.formula.kinds import typed
from lkjip_xl.formula.nodes import Kind
from lkjip_xl.formula.parser import parse

CELLS = {"a": ("A2", "A2:A9"), "b": ("B2", "B2:B9"), "x": ("C2", "C2:C9")}  # there is no column ``lost``


@dataclass(frozen=True)
class _Place:
    """Columns of numbers, ``x`` of them with a cell for each of two years."""

    def in_row(self, _: nodes.Ref) -> Kind:
        return Kind.NUMBER

    previous_year = across_years = whole = in_row

    def cell(self, ref: nodes.Ref) -> str | None:
        return CELLS[ref.column][0] if ref.column in CELLS else None

    def column(self, ref: nodes.Ref) -> str | None:
        return CELLS[ref.column][1] if ref.column in CELLS else None

    def years(self, ref: nodes.Ref) -> list[str]:
        return ["C2", "D2"] if ref.column == "x" else []

    def constant(self, _: nodes.Ref) -> None:
        return None


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("YEARSCOUNT(x)", "=COUNT(C2,D2)"),
        ("YEARSCOUNT(lost)", "=0"),
        ("YEARSMAX(x)", '=IF(COUNT(C2,D2)>0,MAX(C2,D2),"")'),
        ("YEARSMAX(lost)", '=""'),
        ("COUNT(lost)", "=0"),
        ("SUM(lost)", '=""'),
        ("a + lost", '=""'),
        ("IF(lost > 0, 1, 2)", '=""'),
        ("IF(ISBLANK(lost), 1, 2)", "=1"),
    ],
)
def test_what_a_workbook_lacks(formula: str, text: str) -> None:
    place = _Place()
    assert to_excel(typed(parse(formula), place), place) == text  # type: ignore[arg-type]  # no more is asked of it


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("IF(a > 0, a, b)", '=IF(ISNUMBER(A2),IF(A2>0,A2,IF(ISNUMBER(B2),B2,"")),"")'),
        (
            "1 + IF(a > 0, 2, 3)",
            '=IF(ISNUMBER(IF(ISNUMBER(A2),IF(A2>0,2,3),"")),1+IF(ISNUMBER(A2),IF(A2>0,2,3),""),"")',
        ),
        ("1 + IF(lost > 0, 2, 3)", '=""'),
        ("IF(ISBLANK(IF(lost > 0, 2, 3)), 4, 5)", "=4"),
    ],
)
def test_an_if_within_a_formula(formula: str, text: str) -> None:
    place = _Place()
    assert to_excel(typed(parse(formula), place), place) == text  # type: ignore[arg-type]  # no more is asked of it
