"""The list of first findings on Periksa, as another program recalculates it."""

from __future__ import annotations

from pathlib import Path

from engines import betteroffice
from lkjip_xl.form.json_data import load_data
from lkjip_xl.form.layout import lay_out
from lkjip_xl.form.submission import fitted
from lkjip_xl.template.model import Template
from lkjip_xl.write.first_findings import LISTED
from lkjip_xl.write.overview import first_listed
from lkjip_xl.write.render import render
from support import ROOT

PUBLISHED = ROOT / "samples" / "dpmd-banyuasin-2023.json"
CORRECTED = ROOT / "samples" / "dpmd-banyuasin-2023-koreksi.json"


def _listed(data: Path, template: Template, folder: Path) -> list[tuple[str, str]]:
    """Return sheet and cell of each finding of the list."""
    submission = load_data(data, template)
    path = folder / "isian.xlsx"
    path.write_bytes(render(template, submission))
    (found,) = betteroffice(folder).grids([path])
    first = first_listed(lay_out(template, fitted(template, submission))) + 2
    rows = range(first, first + LISTED)
    return [
        (found["Periksa", row, 1], found["Periksa", row, 2]) for row in rows if ("Periksa", row, 1) in found
    ]


def test_those_that_block_come_first(template: Template, tmp_path: Path) -> None:
    listed = _listed(PUBLISHED, template, tmp_path)
    assert len(listed) == LISTED
    assert listed[:5] == [
        ("1.3 Golongan", "B12"),
        ("2.1 Perjanjian Kinerja", "D8"),
        ("3.1 Kinerja", "I24"),
        ("2.1 Perjanjian Kinerja", "C8"),
        ("2.1 Perjanjian Kinerja", "D9"),
    ]


def test_what_is_explained_is_not_listed(template: Template, tmp_path: Path) -> None:
    assert _listed(CORRECTED, template, tmp_path) == []
