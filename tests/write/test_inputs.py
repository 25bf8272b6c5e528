"""What Excel says while staff type keeps to what Excel can hold; xlsxwriter drops a whole validation that does not."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from lkjip_xl.base.errors import DeclarationError
from lkjip_xl.form.layout import lay_out
from lkjip_xl.form.submission import initial
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.write.render import render
from support import tiny


def test_every_input_cell_says_what_belongs_there_with_an_example(template: Template, tmp_path: Path) -> None:
    setup = Setup(2023, (2018, 2023), frozenset(template.modules))
    path = tmp_path / "kosong.xlsx"
    path.write_bytes(render(template, initial(template, setup)))
    book = openpyxl.load_workbook(path)
    plan = lay_out(template, setup)
    said: dict[tuple[str, str], tuple[str, str]] = {}
    for sheet in book:
        for each in sheet.data_validations.dataValidation:
            for cells in each.sqref.ranges:
                for row, column in cells.cells:
                    said[sheet.title, f"{get_column_letter(column)}{row}"] = (each.promptTitle, each.prompt)
    silent = [
        (place.sheet, place.cell(key, row))
        for table in plan.tables
        if not table.is_list
        for place in [plan.placements[table.key]]
        for key in place.lines
        if table.columns[key[0]].typed_in(key[1], setup.year)
        for row in place.rows
        if "Contoh: " not in said.get((place.sheet, place.cell(key, row)), ("", ""))[1]
    ]
    assert silent == []
    assert said["2.1 Perjanjian Kinerja", "D8"] == (
        "INDIKATOR KINERJA",
        "Dipilih dari isian lembar 2.2 IKU dan IKK; bila daftarnya kosong, isi dulu di sana. Wajib diisi. Contoh: Jumlah desa mandiri",
    )
    assert (
        said["3.1 Kinerja", plan.placements["kinerja"].cell(("realisasi_sementara", None), ("iku", 1))][0]
        == "Realisasi sementara"
    )
    assert said["AKIP", "C2"] == (
        "Tidak berlaku",
        "Hanya bila tabel ini tidak berlaku bagi OPD ini: tulis alasannya dan biarkan tabelnya kosong. "
        "Contoh: OPD baru, belum pernah dievaluasi",
    )


@pytest.mark.parametrize(
    ("declared", "reason"),
    [
        (
            'label = "Judul kolom yang panjang sekali {tahun}"',
            "label lebih dari 32 huruf; tulis judul petunjuknya yang lebih pendek di prompt",
        ),
        (
            f'label = "A"\nhelp = "{"x" * 242}"\nexample = "12345"',
            "petunjuk dan contohnya 1 huruf lebih panjang dari yang ditampilkan Excel",
        ),
    ],
)
def test_a_prompt_that_excel_cannot_show_is_a_mistake(declared: str, reason: str, tmp_path: Path) -> None:
    columns = f'rows = 2\n[[columns]]\nkey = "a"\ntype = "text"\n{declared}\n'
    with pytest.raises(DeclarationError) as raised:
        tiny(tmp_path / "templat", kecil=columns)
    assert str(raised.value) == f"Templat keliru di kecil.toml, tabel kecil, kolom a: {reason}"


def test_long_titles_help_and_lists(tmp_path: Path) -> None:
    choices = [
        f"pilihan nomor {number:03}" for number in range(40)
    ]  # 720 characters: too long to be typed in place
    columns = f"""
rows = 2
[[columns]]
key = "a"
label = "{"Judul kolom yang panjang sekali " * 3}"
prompt = "{"J" * 32}"
help = "{"B" * 255}"
type = "choice"
choices = {choices}
"""
    template = tiny(tmp_path / "templat", kecil=columns)
    path = tmp_path / "a.xlsx"
    path.write_bytes(render(template, initial(template, Setup(2023, (2019, 2023), frozenset()))))
    book = openpyxl.load_workbook(path)
    (shown,) = book["Kecil"].data_validations.dataValidation
    assert (len(shown.promptTitle), len(shown.prompt), shown.type) == (32, 255, "list")
    sheet, cells = shown.formula1.split("!")
    listed = [row[0].value for row in book[sheet.strip("'")][cells.replace("$", "")]]
    assert listed == choices
