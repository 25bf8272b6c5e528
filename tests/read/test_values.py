"""What a cell may hold, by the type of its column."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from lkjip_xl.read.values import typed_value
from support import tiny

D = datetime.date


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("date", D(1989, 12, 31), None),
        ("date", D(1990, 1, 1), "1990-01-01"),
        ("date", D(2100, 12, 31), "2100-12-31"),
        ("date", D(2101, 1, 1), None),
        ("date", datetime.datetime(2100, 12, 31, 23, 59), "2100-12-31"),  # noqa: DTZ001 - cells have no zone
        ("date", 73415.0, "2100-12-31"),
        ("date", 73416.0, None),
        ("date", "2023-01-01", None),
        ("number", 0.1 + 0.2, 0.3),
        ("number", 0, 0.0),
        ("number", True, None),
        ("number", float("inf"), None),
        ("number", "1", None),
        ("integer", 1.5, 1.5),
        ("text", "a ", "a "),
        ("text", " ", None),
        ("text", 1.0, None),
    ],
)  # fmt: skip
def test_what_a_cell_holds(kind: str, cell: Any, value: Any, tmp_path: Path) -> None:
    columns = f'columns = [{{key = "x", label = "X", type = "{kind}"}}]\n'
    column = tiny(tmp_path / "templat", t=columns).tables["t"].columns["x"]
    found = typed_value(column, cell)
    assert (found, type(found)) == (value, type(value))
