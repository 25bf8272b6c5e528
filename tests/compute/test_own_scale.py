"""A set's own scale, that of Permendagri 86/2017, gives its predikat in 3.1, summary and consolidation, without Python."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import lkjip_xl
from clean import clean_document
from lkjip_xl.compute.results import cells, compute
from lkjip_xl.consolidation.batch import Options
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.submission import stack
from lkjip_xl.template.load import load_template
from lkjip_xl.write.render import render
from support import ROOT

FIVE = """predikat = [
  { label = "Sangat Tinggi", min = 91 },
  { label = "Tinggi", min = 76 },
  { label = "Sedang", min = 66 },
  { label = "Rendah", min = 51 },
  { label = "Sangat Rendah" },
]
"""
# capaian of one IKU, which is the mean of its sasaran, too: between the printed bounds there is no gap
STEPS = [
    (91, "Sangat Tinggi"),
    (90.99, "Tinggi"),
    (90.5, "Tinggi"),
    (76, "Tinggi"),
    (75.99, "Sedang"),
    (66, "Sedang"),
    (65.5, "Rendah"),
    (51, "Rendah"),
    (50.5, "Sangat Rendah"),
    (0, "Sangat Rendah"),
]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped set with its scale of predikat replaced by one of five levels."""
    folder = tmp_path_factory.mktemp("set") / "templat"
    shutil.copytree(ROOT / "templates", folder)
    main = folder / "template.toml"
    text, times = re.subn(
        r"^predikat = \[\n.*?^\]\n", FIVE, main.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    assert times == 1
    main.write_text(text, encoding="utf-8")
    return folder


def _document(capaian: float) -> dict[str, Any]:
    document = clean_document(indicators=1)
    document["tabel"]["kinerja"]["iku"] = [{"target": 100, "realisasi_isian": capaian}]
    return document


@pytest.mark.parametrize(("capaian", "predikat"), STEPS)
def test_each_figure_has_its_predikat(capaian: float, predikat: str, own: Path) -> None:
    template = load_template(own)
    found = cells(compute(template, stack(template, [from_document(_document(capaian), template)])), 0)
    row = found["kinerja"]["iku", 1]
    assert (row["predikat", None], row["predikat_sasaran", None]) == (predikat, predikat)
    assert found["kinerja"][None]["predikat", None] == predikat


def _texts(book: bytes | Path, sheet: str) -> set[Any]:
    source = io.BytesIO(book) if isinstance(book, bytes) else book
    loaded = openpyxl.load_workbook(source, data_only=True)
    return {cell.value for row in loaded[sheet].iter_rows() for cell in row}


@pytest.mark.long
def test_summary_and_consolidation_say_it_too(own: Path, tmp_path: Path) -> None:
    template = load_template(own)
    path = tmp_path / "masuk" / "a.xlsx"
    path.parent.mkdir()
    path.write_bytes(render(template, from_document(_document(90.5), template)))
    summary = lkjip_xl.summarize(path, templates=own)
    for sheet in ("Ikhtisar", "3.1 Kinerja"):
        assert "Tinggi" in _texts(summary, sheet)
    output = tmp_path / "k.xlsx"
    lkjip_xl.consolidate([path.parent], output, options=Options(tmp_path / "c", jobs=1, templates=own))
    assert "Tinggi" in _texts(output, "Indikator")
    assert "● Tinggi" in _texts(output, "Peringkat Capaian")
