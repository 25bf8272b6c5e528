"""What formulas take from elsewhere, where there is nothing to take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lkjip_xl.compute.results import cells, compute
from lkjip_xl.form.submission import Cells, Submission, stack
from lkjip_xl.template.model import Setup
from support import tiny

YEARS = """
years = [-1, 0]
part_label = "S"
columns = [
  {key = "nama", label = "Nama", type = "text"},
  {key = "x", label = "X", type = "number", years = "all"},
]
"""
FOLLOWER = """
rows_from = ["sumber"]
columns = [
  {key = "catatan", label = "Catatan", type = "text"},
  {key = "f", label = "F", type = "number", formula = 'IF(ISBLANK(catatan), "", FORMULA)'},
]
"""
SOURCE: Cells = {
    ("sumber", 1): {("nama", None): "A", ("x", 2022): 4.0, ("x", 2023): 10.0},
    ("sumber", 2): {("nama", None): "B"},
}
FOLLOWING: Cells = {("sumber", n): {("catatan", None): "ada"} for n in (1, 2, 3)}


@pytest.mark.parametrize(
    ("formula", "results"),
    [
        ("YEARSCOUNT(sumber.x)", [2.0, 0.0, 0.0]),  # in the third row nothing is typed there
        ("YEARSMAX(sumber.x)", [10.0, None, None]),
        ("COUNT(sumber.x)", [1.0, 1.0, 1.0]),
        ("SUM(sumber.x)", [10.0, 10.0, 10.0]),
        ('COUNTIF(sumber.nama, "c")', [0.0, 0.0, 0.0]),
    ],
)
def test_counts_are_0_where_there_is_nothing(formula: str, results: list[Any], tmp_path: Path) -> None:
    template = tiny(tmp_path / "t", sumber=YEARS, ikut=FOLLOWER.replace("FORMULA", formula))
    submission = Submission(Setup(2023, (2022, 2023)), {"sumber": SOURCE, "ikut": FOLLOWING}, {})
    found = cells(compute(template, stack(template, [submission])), 0)["ikut"]
    assert [found["sumber", n].get(("f", None)) for n in (1, 2, 3)] == results
