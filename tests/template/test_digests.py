"""Which changes of a template set make another form of it, and which only other words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from pydantic import BaseModel

from lkjip_xl.form.submission import Submission
from lkjip_xl.pipeline import validate
from lkjip_xl.template import digests
from lkjip_xl.template.declaration import ColumnDeclaration, RuleDeclaration, TableDeclaration
from lkjip_xl.template.declared_set import PatternDeclaration, TemplateDeclaration
from lkjip_xl.template.declared_words import FieldRuleWords
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Setup
from lkjip_xl.write.render import render
from support import tiny

TABLE = """
rows = 3
years = [-1, 0]
columns = [
  {key = "a", label = "Judul A", type = "number", min = 0},
  {key = "c", label = "C", type = "choice", choices = ["ya", "tidak"]},
  {key = "f", label = "F", type = "number", formula = 'IF(ISBLANK(a), "", a + 1)'},
  {key = "y", label = "Y", type = "number", years = "all"},
]
[[rules]]
id = "r"
title = "Aturan R"
severity = "peringatan"
check = "a > 1"
blame = "a"
values = {n = "a + 2"}
message = "Pesan {n}"
remedy = "Perbaikan"
source = "Dasar"
"""
WORDS = [
    ("t", "rows = 3", "# tiga baris\nrows = 3"),
    ("t", "Judul A", "Judul lain"),
    ("t", "Aturan R", "Aturan lain"),
    ("t", "Pesan", "Pesan lain"),
    ("t", "a + 2", "a + 3"),
    ("t", "Perbaikan", "Perbaikan lain"),
    ("t", "Dasar", "Dasar lain"),
    ("template", "lima angka", "5 angka"),
    ("template", 'title = "Kecil"', 'title = "Mungil"'),
    ("template", "Isi sel ini", "Isilah sel ini"),
]
FORM = [
    ("t", "rows = 3", "rows = 4"),
    ("t", "rows = 3", "rows = 3\nrequired = true"),
    ("t", "[-1, 0]", "[-2, 0]"),
    ("t", '"T"', '"T1"'),
    ("t", 'key = "y"', 'key = "z"'),
    ("t", '"number", min', '"integer", min'),
    ("t", "min = 0", "min = 1"),
    ("t", '"tidak"]', '"tidak", "mungkin"]'),
    ("t", "a + 1", "a + 3"),
    ("t", '"peringatan"', '"catatan"'),
    ("t", "a > 1", "a > 2"),
    ("template", 'version = "1.0.0"', 'version = "1.0.1"'),
    ("template", '"99999"', '"9999"'),
    ("template", 'label = "Baik"', 'label = "Bagus"'),
    ("template", "batas = 12.5", "batas = 13"),
]


def _digests(folder: Path, change: tuple[str, str, str]) -> list[tuple[str, str]]:
    """Return both digests of a set, of the form first, before and after a change of one of its files."""
    name, old, new = change
    before = tiny(folder, t=TABLE)
    path = folder / f"{name}.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    load_template.cache_clear()
    return [(each.form_digest, each.digest) for each in (before, load_template(folder))]


@pytest.mark.parametrize("change", WORDS, ids=lambda change: change[2])
def test_other_words_are_the_same_form(tmp_path: Path, change: tuple[str, str, str]) -> None:
    (form, all_), (form_after, all_after) = _digests(tmp_path, change)
    assert form == form_after
    assert all_ != all_after


@pytest.mark.parametrize("change", FORM, ids=lambda change: change[2])
def test_another_form(tmp_path: Path, change: tuple[str, str, str]) -> None:
    (form, all_), (form_after, all_after) = _digests(tmp_path, change)
    assert form != form_after
    assert all_ != all_after


@pytest.mark.parametrize(
    ("model", "left_out"),
    [
        (ColumnDeclaration, digests._COLUMN),
        (RuleDeclaration, digests._TABLE["rules"]["__all__"]),
        (TableDeclaration, digests._TABLE),
        (FieldRuleWords, digests._WORDS),
        (PatternDeclaration, digests._SET["patterns"]["__all__"]),
        (TemplateDeclaration, digests._SET),
    ],
)
def test_what_is_left_out_is_declared(model: type[BaseModel], left_out: Iterable[str]) -> None:
    assert set(left_out) - model.model_fields.keys() == set()


@pytest.mark.parametrize(
    ("change", "rules"), [(WORDS[2], []), (FORM[8], ["versi-templat"])], ids=["words", "formula"]
)
def test_a_workbook_handed_out_before(tmp_path: Path, change: tuple[str, str, str], rules: list[str]) -> None:
    name, old, new = change
    template = tiny(tmp_path, t=TABLE)
    handed_out = tmp_path / "isian.xlsx"
    setup = Setup(2023, (2018, 2023))
    filled = Submission(setup, {"t": {("t", 1): {("a", None): 5.0}}})
    handed_out.write_bytes(render(template, filled))
    path = tmp_path / f"{name}.toml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    load_template.cache_clear()
    (checked,), _ = validate([handed_out], load_template(tmp_path))
    assert [each.rule for each in checked.findings] == rules
