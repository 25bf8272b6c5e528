"""In which order people fill the tables of a set, and by which column they know a row."""

from __future__ import annotations

from pathlib import Path

from lkjip_xl.template.filling import in_filling_order, naming_column
from support import tiny

ORIGIN = 'part_label = "A"\ncolumns = [{key = "nama", label = "Nama", type = "text"}]\n'
FOLLOWER = """
rows_from = ["asli"]
columns = [
  {key = "nama", label = "Nama", type = "text", formula = "asal.nama"},
  {key = "nilai", label = "Nilai", type = "number"},
]
"""
CHOOSER = 'columns = [{key = "pilih", label = "Pilih", type = "text", references = ["asli.nama"]}]\n'
HIDDEN = """
columns = [
  {key = "bantu", label = "Bantu", type = "text", hidden = true, formula = "nama"},
  {key = "nama", label = "Nama", type = "text"},
]
"""


def test_what_others_need_is_filled_before_them(tmp_path: Path) -> None:
    """Rows that others follow, or texts that a dropdown of others offers; the set has them the other way round."""
    for needing in ({"ikut": FOLLOWER}, {"memilih": CHOOSER}):
        template = tiny(tmp_path / "-".join(needing), **needing, lain=HIDDEN, asli=ORIGIN)
        order = [table.key for table in in_filling_order(template, frozenset())]
        assert order == ["identitas", "asli", *needing, "lain"]


def test_a_row_is_known_by_a_column_that_people_see(tmp_path: Path) -> None:
    template = tiny(tmp_path / "set", lain=HIDDEN)
    named = naming_column(template.tables["lain"])
    assert named is not None
    assert named.key == "nama"
