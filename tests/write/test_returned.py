"""The workbook that goes back: the same values, its findings marked, and ready to be sent again."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lkjip_xl.pipeline import Checked, export, returned, validate
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Template
from parity import Python, faulty_workbook
from planted import PLANTED
from support import fill, grid, rewrite_part, seen

TEMPLATE = load_template()


def _checked(path: Path) -> Checked:
    return _validated(path, path.read_bytes())


@cache
def _validated(path: Path, _content: bytes) -> Checked:
    """Validate a file once, however often it is spoken of."""
    return validate([path], TEMPLATE)[0][0]


def _returned(path: Path) -> Path:
    target = path.with_name("kembali.xlsx")
    target.write_bytes(returned(_checked(path), TEMPLATE))
    return target


def test_it_says_the_same_and_holds_the_same(sample_file: Path) -> None:
    back = _returned(sample_file)
    assert _checked(back).findings == _checked(sample_file).findings
    assert export(back, TEMPLATE, computed=True)[0] == export(sample_file, TEMPLATE, computed=True)[0]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("typed", ["243 desa", True, "1.234,56", "=1", "#N/A"], ids=repr)
def test_what_was_typed_wrongly_stays(sample_file: Path, typed: Any) -> None:
    book = openpyxl.load_workbook(sample_file)
    book["3.1 Kinerja"]["H8"].value = typed
    book["3.1 Kinerja"]["H8"].data_type = "b" if typed is True else "s"
    book.save(sample_file)
    back = _returned(sample_file)
    cell = openpyxl.load_workbook(back)["3.1 Kinerja"]["H8"]
    assert cell.value == typed
    assert _checked(back).findings == _checked(sample_file).findings


def test_findings_come_first_each_with_a_link(sample_file: Path) -> None:
    fill(sample_file, {"3.1 Kinerja": {"K8": 90}})
    book = openpyxl.load_workbook(_returned(sample_file))
    assert book.sheetnames[0] == "Temuan"
    sheet = book["Temuan"]
    shown = [
        (row[2].value, row[3].value, row[3].hyperlink.location if row[3].hyperlink else "")
        for row in sheet.iter_rows(min_row=5)
    ]
    assert shown == [
        (sheet_name, cell, f"'{sheet_name}'!{cell}" if cell else "")
        for _, sheet_name, cell in seen(_checked(sample_file).findings)
    ]
    assert len(shown) == 50


def test_the_message_is_a_note_on_the_cell(sample_file: Path) -> None:
    book = openpyxl.load_workbook(_returned(sample_file))
    notes = {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert set(notes) == {(sheet, cell) for _, sheet, cell in seen(_checked(sample_file).findings)}
    assert notes["1.3 Golongan", "B12"] == (
        "Galat: GOLONGAN “Penata Tk. I / III.d” sudah ditulis di baris sebelumnya.\n"
        "Gabungkan kedua baris, atau perbaiki yang salah tulis."
    )


def test_formulas_and_locks_are_whole_again(sample_file: Path) -> None:
    fill(sample_file, {"3.1 Kinerja": {"K8": 90, "AD8": None}})
    book = openpyxl.load_workbook(sample_file)
    book["3.1 Kinerja"].protection.sheet = False
    book.save(sample_file)
    assert {"rumus-ditimpa", "pemeriksaan-hilang", "kunci-dibuka"} <= {
        each.rule for each in _checked(sample_file).findings
    }
    assert len(_checked(_returned(sample_file)).findings) == 49


def test_a_moved_table_is_found_where_it_is_now(sample_file: Path) -> None:
    """Findings of a workbook whose rows were moved point to the cells of the new workbook."""
    book = openpyxl.load_workbook(sample_file)
    book["IKK"].insert_rows(1, 3)
    book.save(sample_file)
    there = {each.cell for each in _checked(sample_file).findings if each.rule == "ikk-satuan"}
    back = {each.cell for each in _checked(_returned(sample_file)).findings if each.rule == "ikk-satuan"}
    assert there == {"D13", "D14", "D15"}
    assert back == {"D10", "D11", "D12"}


def test_mended_and_sent_again_it_is_clean(tmp_path: Path) -> None:
    from clean import clean_document
    from lkjip_xl.form.json_data import from_document
    from lkjip_xl.write.render import render

    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(TEMPLATE, from_document(clean_document(), TEMPLATE)))
    _, changes, (rule, sheet, cell), _, _ = next(each for each in PLANTED if each[0] == "tipe")
    back = _returned(fill(path, changes))
    assert seen(_checked(back).findings) == [(rule, sheet, cell)]
    assert _checked(fill(back, {sheet: {cell: 60}})).findings == ()


def test_what_stood_outside_the_tables_goes_back_too(sample_file: Path) -> None:
    book = openpyxl.load_workbook(sample_file)
    book["2.2 IKU"]["C20"].value = "catatan penting"
    book["1.1 Pegawai"]["D13"].value = 99
    copy = book.copy_worksheet(book["AKIP"])
    copy.title = "AKIP (2)"
    copy["C7"].value = 12
    book.create_sheet("Hitungan kami")["B2"].value = "=kata"
    book["Hitungan kami"]["B2"].data_type = "s"
    book.save(sample_file)
    before = _checked(sample_file).findings
    assert {"di-luar-tabel", "tabel-ganda"} <= {each.rule for each in before}
    back = _returned(sample_file)
    after = _checked(back).findings
    assert sorted((each.rule, each.sheet, each.message) for each in after) == sorted(
        (each.rule, each.sheet, each.message) for each in before
    )
    assert openpyxl.load_workbook(back)["Hitungan kami"]["B2"].value == "=kata"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
def test_error_cells_stay_errors(sample_file: Path, error: str) -> None:
    book = openpyxl.load_workbook(sample_file)
    for sheet, cell in (("Standar Nasional", "F8"), ("Tindak Lanjut", "C9")):
        book[sheet][cell].value = error
        book[sheet][cell].data_type = "e"
    book.save(sample_file)
    before = seen(_checked(sample_file).findings)
    assert ("tipe", "Tindak Lanjut", "C9") in before
    assert seen(_checked(_returned(sample_file)).findings) == before


def test_a_date_in_a_number_cell_can_be_mended(sample_file: Path) -> None:
    import datetime

    fill(sample_file, {"3.1 Kinerja": {"H8": datetime.datetime(2024, 5, 10)}})  # noqa: DTZ001 - a cell has no zone
    (found,) = [each for each in _checked(sample_file).findings if each.cell == "H8"]
    assert (found.rule, found.message) == (
        "tanggal-di-angka",
        "Target berisi tanggal “10/05/2024”, bukan angka",
    )
    back = _returned(sample_file)
    cell = openpyxl.load_workbook(back)["3.1 Kinerja"]["H8"]
    assert (cell.value, cell.number_format) == ("10/05/2024", "General")
    assert not [
        each for each in _checked(fill(back, {"3.1 Kinerja": {"H8": 243}})).findings if each.cell == "H8"
    ]


def test_restored_formulas_are_said_to_be_so(sample_file: Path) -> None:
    fill(sample_file, {"3.1 Kinerja": {"K8": 90}})
    book = openpyxl.load_workbook(_returned(sample_file))
    remedies = {row[3].value: row[7].value for row in book["Temuan"].iter_rows(min_row=5)}
    assert remedies["K8"] == "Sudah dipulihkan di buku kerja ini; periksa angkanya"
    assert book["3.1 Kinerja"]["K8"].comment is None


def test_sheets_of_theirs_come_back_under_names_that_programs_take(sample_file: Path) -> None:
    """LibreOffice allows more than Excel does."""
    book = openpyxl.load_workbook(sample_file)
    names = ("AKIP lama", "catatan catatan catatan catatan", "temuan")
    for name in names:
        book.create_sheet(name)["A1"] = name
    book.save(sample_file)
    rewrite_part(sample_file, "xl/workbook.xml", b'"AKIP lama"', b"\"'AKIP/2023, catatan catatan catatan'\"")
    back = openpyxl.load_workbook(_returned(sample_file))
    theirs = {sheet.title: sheet["A1"].value for sheet in back if sheet["A1"].value in names}
    assert theirs == {
        "AKIP_2023, catatan catatan cata": "AKIP lama",
        "catatan catatan catatan catatan": "catatan catatan catatan catatan",
        "temuan-2": "temuan",
    }


@pytest.mark.sampled(1)
@pytest.mark.parametrize("seed", [1, 4, 6, 9])
def test_what_goes_back_already_shows_what_validate_says(
    seed: int, tmp_path: Path, template: Template
) -> None:
    """Values, checks and counts are written as they are, faults included, before any program has calculated them."""
    path = faulty_workbook(seed, tmp_path / "keliru.xlsx", template)
    (checked,), _ = validate([path], template)
    back = tmp_path / "kembali.xlsx"
    back.write_bytes(returned(checked, template))
    assert Python(path, template).compared(grid(back)).disagreements == []
    assert Python(back, template).compared(grid(back)).disagreements == []
