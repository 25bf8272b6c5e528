"""The rules in the workbook say what ``validate`` says, cell by cell, after LibreOffice has recalculated them."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from engines import libreoffice
from lkjip_xl.form.layout import FORM_STATUS_COLUMN, KEY_ROW, TALLY, lay_out
from lkjip_xl.form.submission import Submission
from lkjip_xl.pipeline import validate
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.write.render import render
from parity import Python, run
from support import Office, fill, grid

pytestmark = pytest.mark.office


def test_workbook_and_python_agree(tmp_path: Path, template: Template, office: Office) -> None:
    results = run(range(4), tmp_path, template, libreoffice(office, tmp_path / "kantor"))
    assert [(seed, each.disagreements) for seed, each in results] == [(seed, []) for seed in range(4)]
    assert sum(each.cells for _, each in results) > 14_000


def test_staff_see_it_while_they_type(sample_file: Path, tmp_path: Path, office: Office) -> None:
    fill(sample_file, {"1.1 Pegawai": {"D8": "dua puluh"}})
    book = openpyxl.load_workbook(office.saved(sample_file, tmp_path / "kantor"), data_only=True)
    assert book["1.1 Pegawai"]["E8"].value == (
        "JUMLAH berisi “dua puluh”, bukan angka. Ketik ulang angkanya saja, tanpa Rp, %, satuan, atau titik ribuan."
    )
    assert book["Periksa"]["A2"].value == (
        "BELUM SIAP: 17 dari 18 tabel lengkap, 4 galat harus diperbaiki, 44 peringatan belum diperbaiki atau dijelaskan"
    )
    rows = {
        (row[0].value, row[1].value): (row[5].value, row[6].value)
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
    assert book["Periksa"]["A2"].value == (
        "BELUM SIAP: 17 dari 18 tabel lengkap, 43 peringatan belum diperbaiki atau dijelaskan"
    )


def test_a_form_says_of_each_field_what_is_wrong_with_it(
    sample_file: Path, tmp_path: Path, office: Office
) -> None:
    fill(
        sample_file, {"Identitas": {"C5": "2.13\u200b", "C6": None, "C15": "198402122006041", "C17": "besok"}}
    )
    book = openpyxl.load_workbook(office.saved(sample_file, tmp_path / "kantor"), data_only=True)
    assert [book["Identitas"].cell(row, 5).value for row in (5, 6, 15, 17)] == [
        "Kode perangkat daerah “2.13\u200b” tidak tertulis sebagai angka bertitik seperti 2.13 atau 2.13.0.00.0.00.01, atau singkatan seperti DPMD. "
        "Hapus isinya, lalu ketik ulang tanpa tanda lain.",
        "Nama perangkat daerah belum diisi. Isi sel ini.",
        "NIP “198402122006041” tidak tertulis sebagai 18 angka. Hapus isinya, lalu ketik ulang tanpa tanda lain.",
        "Tanggal laporan berisi “besok”, bukan tanggal. Ketik tanggal, misalnya 08/01/2024.",
    ]
    states = {row[1].value: (row[5].value, row[6].value) for row in book["Periksa"].iter_rows(min_row=8)}
    assert states["Tertulis sebagai 18 angka"] == (1, "perbaiki")
    assert book["Identitas"]["C5"].number_format == book["Identitas"]["C15"].number_format == "@"


BLANK = Setup(2023, (2018, 2023), frozenset({"idm"}))


def test_in_a_blank_workbook_each_sentence_is_of_its_own_field(template: Template, tmp_path: Path) -> None:
    path = tmp_path / "kosong.xlsx"
    path.write_bytes(render(template, Submission(BLANK)))
    book = openpyxl.load_workbook(path)
    for table in template.tables.values():
        if table.is_form:
            place = lay_out(template, BLANK).placements[table.key]
            sheet, lines = book[place.sheet], {line: key for (key, _), line in place.lines.items()}
            for line, key in lines.items():
                checks = [
                    str(sheet.cell(line + 1, column).value)
                    for column in range(FORM_STATUS_COLUMN + 2, sheet.max_column + 1)
                    if sheet.cell(line + 1, column).value is not None
                    if sheet.cell(KEY_ROW + 1, column).value != TALLY
                ]
                label = f'"{table.columns[key].declared.label}"'
                asked = [each for each in checks if '" berisi "' in each]
                assert [each for each in asked if label not in each] == [], (table.key, key)


def test_staff_read_the_field_and_the_year_of_the_cell(
    template: Template, tmp_path: Path, office: Office
) -> None:
    path = tmp_path / "kosong.xlsx"
    path.write_bytes(render(template, Submission(BLANK)))
    counts = {f"{column}{row}": 10 for column in "DEG" for row in range(8, 13)}
    fill(
        path,
        {"AKIP": {"C7": 150}, "IDM": {**counts, "D8": None, "E9": None, "E12": 12, "G10": 10.5, "G11": 9}},
    )
    book = openpyxl.load_workbook(office.saved(path, tmp_path / "kantor"), data_only=True)

    def said(sheet: str, column: str, rows: range) -> list[str | None]:
        return [book[sheet][f"{column}{row}"].value for row in rows]

    asked = "belum diisi. Isi sel ini."
    assert said("Identitas", "E", range(5, 19)) == [
        f"Kode perangkat daerah {asked}",
        f"Nama perangkat daerah {asked}",
        f"Kabupaten/Kota {asked}",
        f"Provinsi {asked}",
        *[None] * 10,
    ]
    assert said("AKIP", "E", range(5, 10)) == [
        None,
        None,
        "Nilai hasil evaluasi 150 di luar batas (0 sampai 100). Periksa angkanya.",
        None,
        None,
    ]
    assert said("IDM", "I", range(8, 14)) == [
        f"Tahun 2021 {asked}",
        f"Tahun 2022 {asked}",
        "Tahun 2023 10,5 bukan bilangan bulat. Ketik bilangan bulat tanpa koma.",
        None,
        None,
        "Perkembangan semua status berjumlah 2, padahal jumlah desa seharusnya tetap. Periksa jumlah desa tiap status kedua tahun.",
    ]


@pytest.mark.long
def test_an_amount_of_0_is_no_blank_amount(
    clean: Path, tmp_path: Path, template: Template, office: Office
) -> None:
    rows = {
        13: (5000000007, None),  # row 12 has the same budget; there 0 was spent
        14: (3000000000, 0),
        15: (3000000000, 0),
    }
    cells: dict[str, str | float | None] = {"G12": 0}
    for row, (budget, spent) in rows.items():
        cells |= {f"C{row}": "Program", f"E{row}": f"Program {row}", f"F{row}": budget, f"G{row}": spent}
    path = fill(clean, {"3.4 Keuangan": cells})
    python = Python(path, template)
    place = python.plan.placements["keuangan"]
    twice = {place.cell(column, row) for rule, _, row, column in python.said if rule == "pasangan-sama"}
    assert twice == {"F14", "F15"}
    assert python.compared(grid(office.saved(path, tmp_path / "kantor"))).disagreements == []


@pytest.mark.sampled(1)
@pytest.mark.parametrize("language", ["id-ID", "fr-CH"])
def test_figures_are_written_the_same_whatever_language_the_program_speaks(
    language: str, clean: Path, tmp_path: Path, template: Template, office: Office
) -> None:
    """Of a program that groups by full stops, and of one that groups by apostrophes."""
    fill(
        clean, {"1.3 Golongan": {"C8": 1234}, "3.4 Keuangan": {"G9": 9_000_000_000.5}, "AKIP": {"C7": 101.25}}
    )
    (tmp_path / "kantor").mkdir()
    other = Office(office.program, tmp_path / "kantor", language)
    found = grid(other.saved(clean, tmp_path / "hasil"))
    ((checked,), _) = validate([clean], template)
    said = [found["Periksa", row, 2] for row in range(5, 9)]
    assert said == [each.message for each in checked.findings][:4]
    assert {"1.249", "101,25", "9.000.000.000,50"} <= set(re.findall(r"[0-9][0-9.,]*[0-9]", " ".join(said)))
