"""The list of first findings on Periksa, as another program recalculates it."""

from __future__ import annotations

from pathlib import Path

from engines import betteroffice
from lkjip_xl.base.a1 import a1
from lkjip_xl.form.json_data import load_data
from lkjip_xl.form.layout import lay_out
from lkjip_xl.template.model import Template
from lkjip_xl.write.first_findings import LISTED
from lkjip_xl.write.overview import FIRST_TABLE
from lkjip_xl.write.render import render
from moving import deleted, move
from parts import read_parts, write_parts
from support import ROOT, fill

PUBLISHED = ROOT / "samples" / "dpmd-banyuasin-2023.json"
CORRECTED = ROOT / "samples" / "dpmd-banyuasin-2023-koreksi.json"


def _listed(data: Path, template: Template, folder: Path) -> list[tuple[str, str]]:
    """Return cell and sentence of each finding of the list."""
    submission = load_data(data, template)
    path = folder / "isian.xlsx"
    path.write_bytes(render(template, submission))
    return _shown(path, folder)


def _shown(path: Path, folder: Path) -> list[tuple[str, str]]:
    (found,) = betteroffice(folder).grids([path])
    rows = range(FIRST_TABLE + 1, FIRST_TABLE + 1 + LISTED)
    return [
        (found["Periksa", row, 1], found["Periksa", row, 2]) for row in rows if ("Periksa", row, 1) in found
    ]


def test_those_that_block_come_first(template: Template, tmp_path: Path) -> None:
    listed = _listed(PUBLISHED, template, tmp_path)
    assert len(listed) == LISTED
    assert listed[:5] == [
        ("1.3 Golongan · B12", "GOLONGAN “Penata Tk. I / III.d” sudah ditulis di baris sebelumnya"),
        (
            "2.1 Perjanjian Kinerja · D8",
            "INDIKATOR KINERJA “Jumlah Desa Sangat Tertinggal dan Teringgal menjadi desa Be…” tidak ada di lembar 2.2 IKU atau IKK",
        ),
        (
            "3.1 Kinerja · I24",
            "Realisasi Persentase Peningkatan Status Desa Mandiri diketik 1,43, sedangkan pembilang dan penyebutnya memberi 1,44",
        ),
        (
            "2.2 IKU · D8",
            "IKU Jumlah Desa Sangat Tertinggal dan Tertinggal Menjadi Desa Berkembang tidak ada di Perjanjian Kinerja (lembar 2.1)",
        ),
        (
            "2.2 IKU · E8",
            "Jumlah Desa Sangat Tertinggal dan Tertinggal Menjadi Desa Berkembang bersatuan Nilai, padahal jumlah",
        ),
    ]


def test_what_is_explained_is_not_listed(template: Template, tmp_path: Path) -> None:
    assert _listed(CORRECTED, template, tmp_path) == []


def test_a_row_that_is_deleted_takes_its_own_findings_along_and_no_others(
    template: Template, tmp_path: Path
) -> None:
    before = _listed(PUBLISHED, template, tmp_path)
    path = tmp_path / "isian.xlsx"
    parts = read_parts(path)
    move(parts, "2.1 Perjanjian Kinerja", rows=deleted(8))
    write_parts(parts, path)
    moved = {"9": "8", "10": "9"}
    left = [
        ("2.1 Perjanjian Kinerja · " + cell[0] + moved[cell[1:]] if sheet == "2.1 Perjanjian Kinerja" else place, said)
        for place, said in before
        for sheet, cell in [place.split(" · ")]
        if not (sheet == "2.1 Perjanjian Kinerja" and cell in {"C8", "D8"})
    ]  # fmt: skip
    assert len(left) == LISTED - 2
    assert _shown(path, tmp_path)[: len(left)] == left


def test_what_blocks_is_listed_however_its_row_is_explained(template: Template, tmp_path: Path) -> None:
    submission = load_data(PUBLISHED, template)
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, submission))
    column = lay_out(template, submission.setup).placements["kinerja"].explanation_column
    assert column is not None
    fill(path, {"3.1 Kinerja": {a1(23, column): "Memang begitu"}})
    assert [place for place, _ in _shown(path, tmp_path)][:4] == [
        "1.3 Golongan · B12",
        "2.1 Perjanjian Kinerja · D8",
        "3.1 Kinerja · I24",
        "2.2 IKU · D8",
    ]
