"""What Excel says while staff type keeps to what Excel can hold; xlsxwriter drops a whole validation that does not."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from lkjip_xl.form.submission import initial
from lkjip_xl.template.model import Setup
from lkjip_xl.write.render import render
from support import tiny


def test_long_titles_help_and_lists(tmp_path: Path) -> None:
    choices = [
        f"pilihan nomor {number:03}" for number in range(40)
    ]  # 720 characters: too long to be typed in place
    columns = f"""
rows = 2
[[columns]]
key = "a"
label = "{"Judul kolom yang panjang sekali " * 3}"
help = "{"Bantuan yang panjang sekali. " * 20}"
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
