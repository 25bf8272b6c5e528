"""Codes of a list that the workbook carries: names and satuan follow, and a code that is not the OPD's or the year's is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coded import PLANTED, SHEET, coded_submission
from engines import betteroffice
from lkjip_xl.compute.results import cells, compute
from lkjip_xl.form.json_data import from_document, to_document
from lkjip_xl.form.submission import Submission, stack
from lkjip_xl.pipeline import returned, validate
from lkjip_xl.report.printed import Report, printed
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render
from parity import Python
from support import fill, seen

Write = Callable[[Submission], Path]


def test_name_satuan_and_level_follow_from_the_code(
    template: Template, written: Write, tmp_path: Path
) -> None:
    path = written(coded_submission(template, tmp_path))
    (checked,), _ = validate([path], template)
    assert checked.findings == ()
    (shown,) = betteroffice(tmp_path / "hitung").grids([path])
    assert [[shown.get((SHEET, row, column)) for column in (6, 7)] for row in range(8, 13)] == [
        ["PROGRAM PENATAAN DESA", None],
        ["Penataan Desa", None],
        ["Fasilitasi Penataan Desa", "Desa"],
        ["Fasilitasi Batas Desa", "Desa"],
        ["PROGRAM KERJA SAMA DESA", None],
    ]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted[0])
def test_planted_fault_is_found_alone(
    planted: Any, template: Template, written: Write, tmp_path: Path
) -> None:
    """The workbook says so, too."""
    _, typed, expected = planted
    path = fill(written(coded_submission(template, tmp_path)), {SHEET: typed})
    (checked,), _ = validate([path], template)
    assert [(each.rule, each.cell, each.message) for each in checked.findings] == expected
    assert {each.sheet for each in checked.findings} <= {SHEET}
    (shown,) = betteroffice(tmp_path / "hitung").grids([path])
    assert Python(path, template).compared(shown).disagreements == []


def test_the_list_is_hidden_and_locked(template: Template, written: Write, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(coded_submission(template, tmp_path)))
    sheet = book["Kode"]
    assert (sheet.sheet_state, sheet.protection.sheet, sheet["B8"].protection.locked) == (
        "hidden",
        True,
        True,
    )
    assert [cell.value for cell in sheet[8]][:4] == ["nomenklatur:1", "2.13", "BIDANG DESA", None]


def test_a_list_that_was_changed(template: Template, written: Write, tmp_path: Path) -> None:
    path = fill(written(coded_submission(template, tmp_path)), {"Kode": {"C9": "PROGRAM BARU"}})
    (checked,), _ = validate([path], template)
    assert [(each.rule, each.sheet, each.cell, each.message) for each in checked.findings] == [
        (
            "daftar-berubah",
            "Kode",
            "",
            "Isi lembar tersembunyi Kode bukan lagi yang diberikan bersama buku kerja ini",
        )
    ]
    again = tmp_path / "kembali.xlsx"
    again.write_bytes(returned(checked, template))
    (twice,), _ = validate([again], template)
    assert seen(twice.findings) == [("daftar-berubah", "Kode", "")]


def test_a_list_that_was_deleted(template: Template, written: Write, tmp_path: Path) -> None:
    """That its names are gone follows from it; of the codes nothing is said. (Formulas that read it are others now.)"""
    path = written(coded_submission(template, tmp_path))
    book = openpyxl.load_workbook(path)
    del book["Kode"]
    book.save(path)
    (checked,), _ = validate([path], template)
    found = [each for each in checked.findings if each.rule != "rumus-diganti"]
    assert seen([each for each in found if each.cause is None]) == [("tabel-hilang", "Kode", "")]
    following = [(each.rule, each.cell, each.cause) for each in found if each.cause is not None]
    assert following == [("wajib", f"E{row}", ("Kode", "")) for row in range(8, 13)]


def test_a_returned_workbook_carries_its_list(template: Template, written: Write, tmp_path: Path) -> None:
    path = fill(written(coded_submission(template, tmp_path)), {SHEET: {"D12": "2.13.04"}})
    before = [[cell.value for cell in row] for row in openpyxl.load_workbook(path)["Kode"]]
    (checked,), _ = validate([path], template)
    again = tmp_path / "kembali.xlsx"
    again.write_bytes(returned(checked, template))
    assert [[cell.value for cell in row] for row in openpyxl.load_workbook(again)["Kode"]] == before
    (twice,), _ = validate([again], template)
    assert seen(twice.findings) == [("kode-tahun", SHEET, "D12")]


def test_data_that_were_exported_make_the_same_workbook(template: Template, tmp_path: Path) -> None:
    submission = coded_submission(template, tmp_path)
    again = from_document(to_document(submission, template), template)
    assert render(template, again) == render(template, submission)


def test_printed_is_the_name_of_the_code(template: Template, tmp_path: Path) -> None:
    submission = coded_submission(template, tmp_path)
    values = cells(compute(template, stack(template, [submission])), 0)
    table = printed(template.tables["keuangan"], Report(template, submission.setup, values))
    assert "PROGRAM PENATAAN DESA" in str(table)
