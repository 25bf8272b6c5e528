"""Texts as long as a cell holds, and longer ones: nothing is cut without a word, and all that goes out comes back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostile import with_sheet
from lkjip_xl.base.errors import DataError
from lkjip_xl.form.json_data import dumps, from_document, load_data
from lkjip_xl.form.submission import MAX_TEXT, Submission, fits, text_length, with_text
from lkjip_xl.pipeline import Checked, export, returned, validate
from lkjip_xl.read.reader import read_workbook
from lkjip_xl.report.page import as_html
from lkjip_xl.report.summary_book import summary
from lkjip_xl.report.text import as_json, as_text
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Template
from lkjip_xl.words import wording
from lkjip_xl.write.book import Book
from lkjip_xl.write.render import render
from parts import put, read_parts, sheets_of, text, write_parts

TEMPLATE = load_template()
ASTRAL = "😀"
EDGES = {
    "one less": ("a" * (MAX_TEXT - 1), True),
    "as long as may be": ("a" * MAX_TEXT, True),
    "one more": ("a" * (MAX_TEXT + 1), False),
    "pairs": (ASTRAL * 16_383, True),
    "pairs, one more": (ASTRAL * 16_384, False),
    "pairs and a letter": (ASTRAL * 16_383 + "a", True),
    "pairs and two letters": (ASTRAL * 16_383 + "ab", False),
}


@pytest.mark.parametrize("name", EDGES)
def test_a_length_is_that_of_excel(name: str) -> None:
    value, good = EDGES[name]
    assert fits(value) is good
    assert (wording.cut(value) == value) is good
    assert text_length(wording.cut(value)) <= MAX_TEXT


def _document(value: str) -> dict[str, object]:
    return {
        "format": "lkjip-xl/1",
        "tahun": 2023,
        "periode": [2019, 2023],
        "tabel": {"identitas": {"nama": value}, "tindak_lanjut": [{"rekomendasi": value}]},
    }


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", EDGES)
def test_what_fits_comes_back_and_what_does_not_is_refused(name: str, tmp_path: Path) -> None:
    value, good = EDGES[name]
    if not good:
        with pytest.raises(DataError, match="teks lebih dari 32767 huruf"):
            from_document(_document(value), TEMPLATE)
        return
    _round_trip(value, tmp_path)


def _round_trip(value: str, folder: Path) -> None:
    """What ``export`` writes ``template --data`` takes, and the same comes out again."""
    path, data = folder / "isian.xlsx", folder / "isian.json"
    path.write_bytes(render(TEMPLATE, from_document(_document(value), TEMPLATE)))
    document, checked = export(path, TEMPLATE, computed=False)
    assert (document["tabel"], checked.findings) == (_document(value)["tabel"], ())
    data.write_text(dumps(document), encoding="utf-8")
    path.write_bytes(render(TEMPLATE, load_data(data, TEMPLATE)))
    again, checked = export(path, TEMPLATE, computed=False)
    assert (again, checked.findings) == (document, ())


@pytest.mark.long
@given(
    value=st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=20
    ).filter(str.strip),
    more=st.sampled_from(["", "a" * (MAX_TEXT - 60), ASTRAL * 16_360]),
)
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_any_text_of_a_cell_comes_back(value: str, more: str, tmp_path: Path) -> None:
    if fits(value + more):
        _round_trip(value + more, tmp_path)


def _planted(path: Path, sheet: str, cell: str, value: str) -> Path:
    parts = read_parts(path)
    put(parts, sheet, cell, text(value))
    write_parts(parts, path)
    return path


def _checked(path: Path) -> Checked:
    return validate([path], TEMPLATE)[0][0]


LONG = "Sangat panjang " * 3000  # 45,000 letters
SAID = "Rekomendasi Evaluasi berisi “Sangat panjang Sangat panjang Sangat panjang Sangat panjang…”, 45.000 huruf; satu sel Excel memuat paling banyak 32.767"


def test_a_text_that_no_cell_can_hold_is_reported_and_quoted(sample_file: Path) -> None:
    known = set(_checked(sample_file).findings)
    checked = _checked(_planted(sample_file, "Tindak Lanjut", "C8", LONG))
    found = next(each for each in checked.findings if each.rule == "teks-terlalu-panjang")
    assert (found.severity.value, found.sheet, found.cell) == ("galat", "Tindak Lanjut", "C8")
    assert found.message.endswith(SAID.partition(" berisi ")[2])
    assert found.value == wording.brief(LONG)
    assert found.value.endswith("… [terpotong; seluruhnya 45.000 huruf]")
    assert {each.rule for each in checked.findings if each not in known} == {"teks-terlalu-panjang"}
    for shown in (
        as_text([checked], TEMPLATE),
        as_html([checked], TEMPLATE),
        json.dumps(as_json([checked], TEMPLATE)),
    ):
        assert "Sangat panjang" in shown
        assert "Sangat panjang " * 40 not in shown
    document, lost = export(sample_file, TEMPLATE, computed=False)
    assert [each.rule for each in lost.findings] == ["teks-terlalu-panjang"]
    assert "rekomendasi" not in document["tabel"]["tindak_lanjut"][0]
    from_document(json.loads(dumps(document)), TEMPLATE)


def test_the_returned_workbook_says_where_it_was_cut(sample_file: Path, tmp_path: Path) -> None:
    back = tmp_path / "kembali.xlsx"
    back.write_bytes(returned(_checked(_planted(sample_file, "Tindak Lanjut", "C8", LONG)), TEMPLATE))
    book = openpyxl.load_workbook(back)
    value = str(book["Tindak Lanjut"]["C8"].value)
    assert (len(value), value[:100]) == (MAX_TEXT, LONG[:100])
    assert value.endswith("… [terpotong; seluruhnya 45.000 huruf]")
    (row,) = [
        row
        for row in book["Temuan"].iter_rows(min_row=5, values_only=True)
        if row[3] == "C8" and row[2] == "Tindak Lanjut"
    ]
    assert str(row[4]).endswith(SAID.partition(" berisi ")[2])
    assert row[5] == wording.brief(LONG)


def test_an_explanation_that_no_cell_can_hold_is_reported(sample_file: Path) -> None:
    column = next(
        cell.coordinate
        for cell in openpyxl.load_workbook(sample_file)["3.1 Kinerja"][4]
        if cell.value == "lkjip:penjelasan"
    ).rstrip("0123456789")
    checked = _checked(_planted(sample_file, "3.1 Kinerja", f"{column}8", LONG))
    (found,) = [each for each in checked.findings if each.rule == "teks-terlalu-panjang"]
    assert (found.sheet, found.cell) == ("3.1 Kinerja", f"{column}8")
    assert found.message == "Penjelasan" + SAID.removeprefix("Rekomendasi Evaluasi")
    document, _ = export(sample_file, TEMPLATE, computed=False)
    from_document(json.loads(dumps(document)), TEMPLATE)
    returned(checked, TEMPLATE)


def test_a_sheet_of_somebody_else_goes_back_with_a_word(sample_file: Path, tmp_path: Path) -> None:
    cell = f'<sheetData><row r="1"><c r="A1"{text(LONG)}</c></row></sheetData>'
    sample_file.write_bytes(with_sheet(sample_file.read_bytes(), "Catatan", cell))
    checked = _checked(sample_file)
    back = tmp_path / "kembali.xlsx"
    back.write_bytes(returned(checked, TEMPLATE))
    value = str(openpyxl.load_workbook(back)["Catatan"]["A1"].value)
    assert (len(value), value.endswith("huruf]")) == (MAX_TEXT, True)


def test_a_sentence_of_several_long_texts_fits_or_says_so(
    tmp_path: Path, template: Template, sample: Submission
) -> None:
    tables = {key: {row: dict(cells) for row, cells in rows.items()} for key, rows in sample.tables.items()}
    tables["identitas"]["identitas", 1] |= {
        ("nama", None): "N" * MAX_TEXT,
        ("kabupaten", None): "K" * MAX_TEXT,
    }
    path, target = tmp_path / "isian.xlsx", tmp_path / "ringkasan.xlsx"
    path.write_bytes(render(template, Submission(sample.setup, tables)))
    target.write_bytes(summary(path, template)[1])
    texts = [
        cell
        for sheet in openpyxl.load_workbook(target)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, str) and len(cell) > 1000
    ]
    joined = [each for each in texts if "N" * 1000 in each and len(set(each)) > 10]
    assert joined
    assert all(len(each) <= MAX_TEXT for each in texts)
    assert all(each.endswith(" huruf]") for each in joined)


def test_a_long_code_leaves_the_workbook_its_identity(
    tmp_path: Path, template: Template, sample: Submission
) -> None:
    long = with_text(template, sample, "identitas.kode", "1." * 16_000)
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, long))
    assert export(path, template, computed=False)[0]["tabel"]["identitas"]["kode"] == "1." * 16_000
    parts = read_parts(path)
    sheet = sheets_of(parts)["_lkjip"]
    parts[sheet] = re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", parts[sheet], flags=re.DOTALL)
    write_parts(parts, path)
    assert read_workbook(path, template).submission.setup.year == 2023
    (checked,), _ = validate([path], template)
    assert "1." * 300 not in as_text([checked], template)
    assert "1." * 300 not in as_html([checked], template)


@pytest.mark.parametrize("value", [ASTRAL * 20_000, "a" * (MAX_TEXT + 1), "a" + ASTRAL * 16_384])
def test_all_that_is_written_fits(value: str, tmp_path: Path) -> None:
    path = tmp_path / "buku.xlsx"
    book = Book("Uji")
    sheet = book.sheet("Uji")
    sheet.value(0, 0, value, {})
    sheet.raw_value(1, 0, value, {})
    sheet.merged(2, 0, 2, 1, value, {})
    sheet.formula(3, 0, '=T("")', value, {})
    sheet.link(4, 0, "Uji", "A1", value)
    sheet.note(5, 0, value)
    path.write_bytes(book.finish())
    read = openpyxl.load_workbook(path, data_only=True)["Uji"]
    assert [read.cell(row, 1).value for row in range(1, 6)] == [wording.cut(value)] * 5
    assert read["A6"].comment.text == wording.cut(value)
    assert text_length(wording.cut(value)) in (MAX_TEXT, MAX_TEXT - 1)  # half a character is none


@pytest.mark.parametrize("value", ["x" * 10_000_000, " " * 10_000_000 + "x", "x y " * 2_500_000])
def test_a_quotation_is_short(value: str) -> None:
    assert len(wording.quoted(value)) <= 62
    assert len(wording.brief(value)) == 500
