"""Explanations: typed beside a warning, read back, counted by the sheet Periksa, shown with the finding."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from lkjip_xl.pipeline import Checked, export, returned, validate
from lkjip_xl.read.reader import read_workbook
from lkjip_xl.report.text import as_json, as_text
from lkjip_xl.template.load import load_template
from parts import put, read_parts, text, write_parts
from support import ROOT, Office, fill

TEMPLATE = load_template()
SAMPLE = ROOT / "samples" / "dpmd-banyuasin-2023.xlsx"
CORRECTED = ROOT / "samples" / "dpmd-banyuasin-2023-koreksi.xlsx"


def _checked(path: Path) -> Checked:
    return validate([path], TEMPLATE)[0][0]


def test_an_explained_warning_shows_its_text(sample_file: Path) -> None:
    fill(sample_file, {"3.1 Kinerja": {"AE28": "Memang tercapai\nsemua"}, "3.2 Tren": {"BL18": 5}})
    explained = {
        (each.sheet, each.cell): each.explanation
        for each in _checked(sample_file).findings
        if each.explanation
    }
    assert explained == {
        ("3.1 Kinerja", "K28"): "Memang tercapai\nsemua",
        ("3.2 Tren", "E18"): "5",
        ("3.2 Tren", "K18"): "5",
        ("3.2 Tren", "L18"): "5",
        ("3.2 Tren", "M18"): "5",
        ("3.2 Tren", "T18"): "5",
    }


def test_a_galat_cannot_be_explained_away(sample_file: Path) -> None:
    fill(sample_file, {"3.1 Kinerja": {"AE24": "Tetap 1,43"}})
    (found,) = [each for each in _checked(sample_file).findings if each.cell == "I24"]
    assert found.explanation == ""


def test_an_explained_galat_is_still_counted_as_left(sample_file: Path) -> None:
    fill(sample_file, {"3.1 Kinerja": {"AE24": "Tetap 1,43"}})
    book = openpyxl.load_workbook(io.BytesIO(returned(_checked(sample_file), TEMPLATE)), data_only=True)
    assert [book["Periksa"][cell].value for cell in ("A2", "K2")] == [
        "BELUM SIAP: 17 dari 18 tabel lengkap, 3 galat harus diperbaiki, 43 peringatan belum diperbaiki atau dijelaskan",
        3,
    ]


def test_an_error_in_a_cell_hides_no_explanation_after_it(clean: Path) -> None:
    parts = read_parts(clean)
    put(parts, "Identitas", "F17", text("Menunggu tanda tangan"))
    put(parts, "3.1 Kinerja", "AE8", ' t="e"><v>#N/A</v>')
    put(parts, "3.1 Kinerja", "AE9", text("Memang tercapai"))
    write_parts(parts, clean)
    assert read_workbook(clean, TEMPLATE).submission.explanations == {
        ("identitas", ("identitas", 1), "tanggal"): "Menunggu tanda tangan",
        ("kinerja", ("iku", 2), ""): "Memang tercapai",
    }


def test_blanks_explain_nothing(sample_file: Path) -> None:
    fill(sample_file, {"3.1 Kinerja": {"AE28": "  \n"}})
    assert [each for each in _checked(sample_file).findings if each.explanation] == []


def test_the_corrected_sample_is_clean() -> None:
    checked = _checked(CORRECTED)
    assert checked.status == "bersih"
    assert [(each.rule, each.cell, bool(each.explanation)) for each in checked.findings] == [
        ("pk-ikk", "D9", True),
        ("pk-ikk", "D10", True),
        ("target-mustahil", "H24", True),
        ("realisasi-sama-target", "K28", True),
        *(("belum-diisi", cell, True) for cell in ("E18", "K18", "L18", "M18")),
        ("capaian-seragam", "T18", True),
        ("belum-diisi", "E19", True),
        ("belum-diisi", "K19", True),
        ("realisasi-target-lalu", "N19", True),
        ("capaian-rendah-lalu", "R19", True),
        ("capaian-rendah-lalu", "S19", True),
        *(("belum-diisi", f"{column}{row}", True) for row in range(20, 24) for column in "EK"),
        *(("belum-diisi", cell, True) for cell in ("E24", "F24", "K24", "L24", "M24")),
        ("capaian-rendah-lalu", "T24", True),
        ("efisiensi-tertinggal", "F8", True),
        ("akip-tanpa-pk", "C6", True),
        ("persen-bulat", "G11", True),
        ("ket-efisien", "Z88", True),
        ("total-penunjang", "W88", True),
        ("jumlah-kegiatan", "C5", True),
        ("jumlah-sub-kegiatan", "C6", True),
    ]


def test_text_and_json_show_explanations() -> None:
    checked = _checked(CORRECTED)
    lines = as_text([checked], TEMPLATE)
    assert (
        "               dijelaskan: Contoh: sisa Rp 21.675 disebut di uraian Bab III. [persen-bulat]" in lines
    )
    assert lines.endswith("  33 peringatan, 2 catatan (35 dijelaskan)")
    (document,) = json.loads(json.dumps(as_json([checked], TEMPLATE)))
    assert document["status"] == "bersih"
    assert (
        document["temuan"][-1]["penjelasan"]
        == "Contoh: laporan tidak merinci sub kegiatannya; jumlahnya menurut DPA."
    )


def test_every_correction_is_noted() -> None:
    """The corrected data differs from the published one in nothing but what the list of corrections names."""
    import tomllib

    corrections = tomllib.loads(CORRECTED.with_suffix(".toml").read_text("utf-8"))
    published = export(SAMPLE, TEMPLATE, computed=False)[0]
    corrected = export(CORRECTED, TEMPLATE, computed=False)[0]
    assert corrected.pop("penjelasan") == corrections["penjelasan"]
    for each in corrections["koreksi"]:
        rows = published["tabel"][each["tabel"]]
        cells = (rows[each["bagian"]] if "bagian" in each else rows)[each["baris"] - 1]
        key = each["kolom"]
        if "tahun" in each:
            cells, key = cells[key], str(each["tahun"])
        assert cells.pop(key) == each["dari"]
        if "menjadi" in each:
            cells[key] = each["menjadi"]
        assert each["alasan"]
    assert corrected == published


@pytest.mark.office
def test_periksa_counts_what_is_left(sample_file: Path, tmp_path: Path, office: Office) -> None:
    fill(
        sample_file,
        {
            "1.3 Golongan": {"B12": "Penata Muda / III.a"},
            "2.1 Perjanjian Kinerja": {
                "D8": "Jumlah Desa Sangat Tertinggal dan Tertinggal Menjadi Desa Berkembang"
            },
            "3.1 Kinerja": {"I24": 1.44, "AE28": "Memang tercapai"},
        },
    )
    book = openpyxl.load_workbook(office.saved(sample_file, tmp_path / "kantor"), data_only=True)
    overview = book["Periksa"]
    assert (
        overview["A2"].value
        == "BELUM SIAP: 17 dari 18 tabel lengkap, 42 peringatan belum diperbaiki atau dijelaskan"
    )
    assert (overview["K2"].value, overview["K3"].value) == (0, 42)
    (line,) = [
        [cell.value for cell in row[5:8]]
        for row in overview.iter_rows(min_row=8)
        if row[1].value == "Realisasi bukan salinan target"
    ]
    assert line == [1, "dijelaskan", 1]


@pytest.mark.office
def test_the_corrected_sample_is_ready_to_send(tmp_path: Path, office: Office) -> None:
    book = openpyxl.load_workbook(office.saved(CORRECTED, tmp_path / "kantor"), data_only=True)
    assert book["Periksa"]["A2"].value == "SIAP DIKIRIM"
