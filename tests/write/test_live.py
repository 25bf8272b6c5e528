"""The rules in the workbook say what ``validate`` says, cell by cell, after LibreOffice has recalculated them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from engines import libreoffice
from lkjip_xl.template.model import Template
from parity import run
from support import Office, fill

pytestmark = pytest.mark.office


def test_workbook_and_python_agree(tmp_path: Path, template: Template, office: Office) -> None:
    results = run(range(6), tmp_path, template, libreoffice(office, tmp_path / "kantor"))
    assert [(seed, each.disagreements) for seed, each in results] == [(seed, []) for seed in range(6)]
    assert sum(each.cells for _, each in results) > 20_000


def test_staff_see_it_while_they_type(sample_file: Path, tmp_path: Path, office: Office) -> None:
    fill(sample_file, {"1.1 Pegawai": {"D8": "dua puluh"}})
    book = openpyxl.load_workbook(office.saved(sample_file, tmp_path / "kantor"), data_only=True)
    assert book["1.1 Pegawai"]["E8"].value == (
        "JUMLAH: Angka ditulis sebagai angka. Ketik ulang angkanya saja, tanpa Rp, %, satuan, atau titik ribuan."
    )
    assert book["Periksa"]["A2"].value == "BELUM SIAP: masih ada 4 galat yang harus diperbaiki"
    rows = {
        (row[0].value, row[1].value): (row[3].value, row[5].value)
        for row in book["Periksa"].iter_rows(min_row=8)
    }
    assert rows["1.1 Pegawai", "Angka ditulis sebagai angka"] == (1, "perbaiki")
    assert rows["1.3 Golongan", "Tidak ditulis dua kali"] == (1, "perbaiki")
    assert rows["1.1 Pegawai", "Sel wajib diisi"] == (0, "sesuai")


def test_a_mended_workbook_is_ready(sample_file: Path, tmp_path: Path, office: Office) -> None:
    mended: dict[str, dict[str, str | float]] = {
        "1.3 Golongan": {"B12": "Penata Muda / III.a"},
        "2.1 Perjanjian Kinerja": {
            "D8": "Jumlah Desa Sangat Tertinggal dan Tertinggal Menjadi Desa Berkembang"
        },
    }
    mended["3.1 Kinerja"] = {"I24": 1.44}
    fill(sample_file, mended)
    book = openpyxl.load_workbook(office.saved(sample_file, tmp_path / "kantor"), data_only=True)
    assert book["Periksa"]["A2"].value == "SIAP DIKIRIM, dengan 43 peringatan untuk diperiksa atau dijelaskan"


def test_a_form_says_of_each_field_what_is_wrong_with_it(
    sample_file: Path, tmp_path: Path, office: Office
) -> None:
    fill(
        sample_file, {"Identitas": {"C5": "2.13\u200b", "C6": None, "C15": "198402122006041", "C17": "besok"}}
    )
    book = openpyxl.load_workbook(office.saved(sample_file, tmp_path / "kantor"), data_only=True)
    assert [book["Identitas"].cell(row, 5).value for row in (5, 6, 15, 17)] == [
        "Kode perangkat daerah: Tertulis sebagai angka bertitik seperti 2.13 atau 2.13.0.00.0.00.01, atau singkatan seperti DPMD. "
        "Hapus isinya, lalu ketik ulang tanpa tanda lain.",
        "Nama perangkat daerah: Sel wajib diisi. Isi sel ini.",
        "NIP: Tertulis sebagai 18 angka. Hapus isinya, lalu ketik ulang tanpa tanda lain.",
        "Tanggal laporan: Tanggal ditulis sebagai tanggal. Ketik tanggal, misalnya 08/01/2024.",
    ]
    states = {row[1].value: (row[3].value, row[5].value) for row in book["Periksa"].iter_rows(min_row=8)}
    assert states["Tertulis sebagai 18 angka"] == (1, "perbaiki")
    assert book["Identitas"]["C5"].number_format == book["Identitas"]["C15"].number_format == "@"
