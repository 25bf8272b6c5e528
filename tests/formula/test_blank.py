"""Which formulas are blank where their row is: only they may stand in rows that Python leaves out."""

from __future__ import annotations

import pytest

from lkjip_xl.formula.blank import blank_on_blank_row
from lkjip_xl.formula.parser import parse


@pytest.mark.parametrize(
    ("formula", "blank"),
    [
        ("a", True),
        ("form.a", False),
        ("1", False),
        ('"teks"', False),
        ('""', True),
        ("a + 1", True),
        ("form.a + 1", False),
        ("SUM(a)", False),
        ("SUM(a, form.a)", False),
        ("SUM(a, b)", True),
        ("COUNTIF(a, b)", True),
        ("COUNTIF(a, 1)", False),
        ("XLOOKUP(b, a, a)", True),
        ("PREVYEAR(a)", True),
        ("LASTFILLED(a)", False),
        ('IF(ISBLANK(b), "", LASTFILLED(a))', True),
        ("LASTABOVE(a)", False),
        ("PARTS(a)", True),
        ("YEARSMAX(a)", True),
        ("YEARSCOUNT(a)", False),
        ("YEARSCOUNT(a) = 0", False),
        # a condition that is true, false or blank on a blank row
        ('IF(ISBLANK(a), "", 1)', True),
        ('IF(ISBLANK(a), 1, "")', False),
        ('IF(NOT(ISBLANK(a)), 1, "")', True),
        ('IF(NOT(ISBLANK(a)), "", 1)', False),
        ("IF(NOT(a = 1), 1, 2)", True),
        # one that nobody knows
        ('IF(form.a = 1, "", a)', True),
        ('IF(form.a = 1, "", 1)', False),
        ('IF(form.a = 1, 1, "")', False),
        ("IF(form.a = 1, 1, 2)", False),
        # several conditions
        ('IF(OR(ISBLANK(a), form.a = 1), "", 1)', True),
        ('IF(AND(ISBLANK(a), form.a = 1), "", 1)', False),
        ('IF(AND(NOT(ISBLANK(a)), form.a = 1), 1, "")', True),
        ('IF(OR(NOT(ISBLANK(a)), form.a = 1), 1, "")', False),
        ("IF(AND(ISBLANK(a), a = 1), 1, 2)", True),
        ('IF(AND(ISBLANK(a), ISBLANK(b)), "", 1)', True),
        ('IF(OR(NOT(ISBLANK(a)), NOT(ISBLANK(b))), 1, "")', True),
    ],
)
def test_blank_on_a_blank_row(formula: str, blank: bool) -> None:
    assert blank_on_blank_row(parse(formula), lambda ref: ref.table is None) is blank
