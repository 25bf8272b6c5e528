"""As which row a marked row counts, and what becomes of rows without a mark."""

from __future__ import annotations

from pathlib import Path

import pytest

from lkjip_xl.base.keys import row_text
from lkjip_xl.form.layout import END
from lkjip_xl.form.submission import Cells, Submission
from lkjip_xl.pipeline import validate
from lkjip_xl.read.placing import Mark, numbering
from lkjip_xl.read.reader import read_workbook
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.write.render import render
from support import fill, seen, tiny

FOLLOWED = 'columns = [{key = "nama", label = "Nama", type = "text"}]\npart_label = "S"\nrows = 4\n'
FOLLOWER = """
rows_from = ["sumber"]
columns = [
  {key = "nama", label = "Nama", type = "text", formula = "asal.nama"},
  {key = "nilai", label = "Nilai", type = "number"},
]
"""


@pytest.mark.parametrize(("last", "counted"), [(12, 12), (20, 20), (21, 10)])
def test_rows_are_counted_anew_where_most_have_gone(last: int, counted: int, template: Template) -> None:
    """Ten rows: numbers up to twice as many stay as they are."""
    marks = [row_text(("pk", number)) for number in [*range(1, 10), last]]
    grid = {row: {0: mark} for row, mark in enumerate([*marks, END, row_text(("pk", 500))], start=1)}
    found = numbering(template, {"Lembar": grid}, {"pk": Mark("Lembar", 0, 0)})
    assert found == {("pk", n): ("pk", n) for n in range(1, 10)} | {("pk", last): ("pk", counted)}


def test_without_any_mark_rows_count_from_the_first(sample_file: Path, template: Template) -> None:
    before = read_workbook(sample_file, template)
    rows = before.placements["keuangan"].rows.values()
    after = read_workbook(
        fill(sample_file, {"3.4 Keuangan": {f"A{row + 1}": None for row in rows}}), template
    )
    assert after.submission.tables["keuangan"] == before.submission.tables["keuangan"]


def test_a_table_that_follows_others_has_no_rows_of_its_own(tmp_path: Path) -> None:
    """Whatever it is called; this one comes before the other in the alphabet."""
    template = tiny(tmp_path / "t", sumber=FOLLOWED, ikut=FOLLOWER)
    names: Cells = {("sumber", n): {("nama", None): f"Nama {n}"} for n in (1, 2)}
    figures: Cells = {("sumber", n): {("nilai", None): float(n)} for n in (1, 2)}
    submission = Submission(Setup(2023, (2023, 2023)), {"sumber": names, "ikut": figures}, {})
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, submission))
    assert read_workbook(path, template).submission.setup.rows == {"sumber": 4}
    row = read_workbook(path, template).placements["ikut"].rows["sumber", 2] + 1
    (checked,), _ = validate([fill(path, {"Ikut": {f"A{row}": None}})], template)
    assert checked.workbook is not None
    assert checked.workbook.submission.tables["ikut"] == {("sumber", 1): {("nilai", None): 1.0}}
    assert ("di-luar-tabel", "Ikut", f"C{row}") in seen(checked.findings)
