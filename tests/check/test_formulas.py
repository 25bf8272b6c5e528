"""Formulas are compared however a program has spelled them; texts in them as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from lkjip_xl.check.formulas import alike, moved, same, stands
from lkjip_xl.xlsx.guard import open_file, sheets_of
from parts import put, read_parts, write_parts


@pytest.mark.parametrize(
    ("one", "other", "judged"),
    [
        ("=A1+B2", "=A1+B2", (True, True, True)),
        ("=A1 + B2", "=$A$1+b2", (True, True, True)),
        ("='IKU'!A1", "=IKU!A1", (True, True, True)),
        ("=_xlfn.XLOOKUP(A1,B1,C1)", "=XLOOKUP(A1,B1,C1)", (True, True, True)),
        ("=IF(TRUE(),1,FALSE())", "=IF(TRUE,1,FALSE)", (True, True, True)),
        ("=A1+B2", "=A7+B9", (False, True, True)),
        ("=A1+1", "=A1+2", (False, False, True)),
        ("=A1+B2", "=C1+B2", (False, False, True)),
        ("=A1+B2", "=A1-B2", (False, False, False)),
        ('=IF(A1="Sangat Berhasil",1)', '=IF(A1="sangatberhasil",1)', (False, False, False)),
        ('=IF(A1="a ""b""",1)', '=IF(A1="a ""b""", 1)', (True, True, True)),
    ],
)
def test_formulas_are_the_same_or_moved_or_alike(
    one: str, other: str, judged: tuple[bool, bool, bool]
) -> None:
    assert (same(one, other), moved(one, other), alike(one, other)) == judged
    assert (same(other, one), moved(other, one), alike(other, one)) == judged


def test_a_formula_that_is_kept_once_stands_in_each_of_its_cells(clean: Path) -> None:
    parts = read_parts(clean)
    put(parts, "3.1 Kinerja", "K8", '><f t="shared" ref="K8:K9" si="998">ROUND(I8/$H$8,2)</f>')
    put(parts, "3.1 Kinerja", "K9", '><f t="shared" si="998"/>')
    put(parts, "3.1 Kinerja", "K10", '><f t="shared" si="999"/>')  # it is kept nowhere
    write_parts(parts, clean)
    opened = open_file(clean)
    found = stands(opened, "3.1 Kinerja", sheets_of(opened)["3.1 Kinerja"].cells)
    assert [str(found[row, 10]) for row in (7, 8, 9)] == ["=ROUND(I8/$H$8,2)", "=ROUND(I9/$H$8,2)", "="]
