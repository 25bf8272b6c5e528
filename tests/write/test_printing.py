"""Which columns of a table stand on which page."""

from __future__ import annotations

import pytest

from lkjip_xl.write.printing import Line, parts, points, widest


def _lines(text: str) -> list[Line]:
    """Return columns given as ``width unit``, those that are repeated with ``*``."""
    return [
        Line(float(width), unit.strip("*"), unit.endswith("*"))
        for width, unit in (each.split() for each in text.split(","))
    ]


def test_what_a_page_takes() -> None:
    """At 8 points of 11, on its side, between margins of half an inch; a character is 7 pixels and a little more."""
    assert [round(widest(paper)) for paper in ("A4", "F4")] == [1059, 1187]
    assert points([10, 20]) == 0.81 * (75 + 145)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("40 a*, 60 b, 60 c", [[0, 1, 2]]),
        ("40 a*, 60 b, 60 c, 60 d", [[0, 1, 2], [0, 3]]),
        # Those of one unit stay together, and the parts are about as wide as each other:
        ("40 a*, 60 b, 40 c, 40 c, 40 c", [[0, 1], [0, 2, 3, 4]]),
        ("10 a*, 40 b, 40 c, 40 d, 40 e, 40 f", [[0, 1, 2, 3], [0, 4, 5]]),
        # A unit that no page takes goes column by column:
        ("40 a*, 50 b, 50 b, 50 b, 50 b", [[0, 1, 2], [0, 3, 4]]),
        # A key is repeated in the parts after its own:
        ("100 a, 40 b*, 100 c", [[0, 1], [1, 2]]),
        # What is wider than a page has one of its own:
        ("200 a, 10 b", [[0], [1]]),
    ],
)
def test_parts(lines: str, expected: list[list[int]]) -> None:
    assert parts(_lines(lines), "A4") == expected
