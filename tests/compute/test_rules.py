"""Rules of tables with years: each meets the figures of its own year, or of the report's where it has none."""

from __future__ import annotations

from pathlib import Path

from lkjip_xl.compute.results import compute
from lkjip_xl.compute.rules import Failure, failing
from lkjip_xl.form.submission import Cells, Submission, stack
from lkjip_xl.template.model import Setup
from support import tiny

ORIGIN = """
part_label = "S"
years = [-1, 0]
columns = [
  {key = "nama", label = "Nama", type = "text"},
  {key = "batas", label = "Batas", type = "number", years = "all"},
]
"""
FOLLOWER = """
years = [-1, 0]
rows_from = ["sumber"]
columns = [
  {key = "catatan", label = "Catatan", type = "text"},
  {key = "nilai", label = "Nilai", type = "number", years = "all"},
]
rules = [
  {id = "lebih", title = "T", severity = "galat", check = "nilai <= asal.batas", blame = "nilai", message = "{nilai}", remedy = "R", source = "S"},
  {id = "kecil", title = "T", severity = "galat", check = "asal.batas > 5", blame = "catatan", message = "{catatan}", remedy = "R", source = "S"},
]
"""


def test_a_rule_meets_the_figures_of_its_own_year(tmp_path: Path) -> None:
    template = tiny(tmp_path / "t", sumber=ORIGIN, ikut=FOLLOWER)
    limits: Cells = {
        ("sumber", 1): {("nama", None): "A", ("batas", 2022): 10.0, ("batas", 2023): 4.0},
        ("sumber", 2): {("nama", None): "B", ("batas", 2022): 4.0, ("batas", 2023): 10.0},
    }
    figures: Cells = {
        ("sumber", 1): {("nilai", 2022): 8.0, ("nilai", 2023): 3.0},
        ("sumber", 2): {("nilai", 2022): 8.0, ("nilai", 2023): 8.0},
    }
    submission = Submission(Setup(2023, (2022, 2023)), {"sumber": limits, "ikut": figures}, {})
    failed = failing(compute(template, stack(template, [submission])), submission)
    assert {each for each in failed if each.table == "ikut"} == {
        Failure("ikut", ("sumber", 1), ("catatan", None), "kecil.catatan"),
        Failure("ikut", ("sumber", 2), ("nilai", 2022), "lebih.nilai"),
    }
