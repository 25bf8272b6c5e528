"""What ``export`` leaves out is said in the words of ``validate``: all of it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook as Book

from clean import clean_document
from lkjip_xl.form.json_data import from_document, to_document
from lkjip_xl.pipeline import export, validate
from lkjip_xl.template.load import load_template
from lkjip_xl.write.render import render
from support import seen

TEMPLATE = load_template()


def _lost_sheet(book: Book) -> None:
    del book["1.3 Golongan"]


def _lost_keys(book: Book) -> None:
    for cell in book["1.3 Golongan"][4]:
        cell.value = None


def _lost_key_column(book: Book) -> None:
    book["1.1 Pegawai"]["D4"].value = None


def _copied_sheet(book: Book) -> None:
    copy = book.copy_worksheet(book["AKIP"])
    copy["C7"].value = 12


def _copied_column(book: Book) -> None:
    sheet = book["1.1 Pegawai"]
    sheet["K4"].value, sheet["K8"].value = sheet["D4"].value, 7


def _outside(book: Book) -> None:
    book["IKK"]["C60"].value = "catatan"


def _lost_row(book: Book) -> None:
    book["3.2 Tren"].delete_rows(9)


def _lost_mark(book: Book) -> None:
    book["3.3 Renstra"]["A8"].value = None


def _other_year(book: Book) -> None:
    (cell,) = [row[1] for row in book["_lkjip"].iter_rows() if row[0].value == "tahun"]
    cell.value = "2022"


def _misfits(book: Book) -> None:
    book["3.1 Kinerja"]["H8"].value = "243 desa"
    book["IDM"]["G8"].value = "empat"


LOST: Mapping[Callable[[Book], None], list[tuple[str, str, str]]] = {
    _lost_sheet: [("tabel-hilang", "1.3 Golongan", "")],
    _lost_keys: [("tabel-hilang", "1.3 Golongan", "")],
    _lost_key_column: [("kolom-hilang", "1.1 Pegawai", "")],
    _copied_sheet: [("tabel-ganda", "AKIP Copy", "")],
    _copied_column: [("kolom-ganda", "1.1 Pegawai", "K6")],
    _outside: [("di-luar-tabel", "IKK", "C60")],
    _lost_row: [("baris-hilang", "3.2 Tren", "")],
    _lost_mark: [("di-luar-tabel", "3.3 Renstra", "G8"), ("baris-hilang", "3.3 Renstra", "")],
    _other_year: [("identitas-berbeda", "", "")],
    _misfits: [("tipe", "IDM", "G8"), ("tipe", "3.1 Kinerja", "H8")],
}


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(TEMPLATE, from_document(clean_document(), TEMPLATE)))
    return path


@pytest.mark.sampled(1)
@pytest.mark.parametrize("change", LOST, ids=lambda change: change.__name__.strip("_"))
def test_what_is_lost_is_said_as_validate_says_it(change: Callable[[Book], None], clean: Path) -> None:
    book = openpyxl.load_workbook(clean)
    change(book)
    book.save(clean)
    document, lost = export(clean, TEMPLATE, computed=False)
    assert sorted(seen(lost.findings)) == sorted(LOST[change])
    (checked,), _ = validate([clean], TEMPLATE)
    assert set(lost.findings) <= set(checked.findings)
    assert checked.workbook is not None
    held = to_document(checked.workbook.submission, TEMPLATE)
    if (
        change is _misfits
    ):  # a sheet computes with a text where a grade may stand; a data document has no place for it
        assert held["tabel"]["kinerja"]["iku"][0].pop("target") == "243 desa"
    assert document == held


def test_faults_that_lose_nothing_are_none_of_it(clean: Path) -> None:
    book = openpyxl.load_workbook(clean)
    book["AKIP"]["C8"].value = "B"  # another predikat than the score's
    book["3.1 Kinerja"]["K8"].value = 7  # over a formula
    book["1.1 Pegawai"].protection.sheet = False
    book["2.2 IKU"]["J8"].value = "naikk"
    book.save(clean)
    document, lost = export(clean, TEMPLATE, computed=True)
    assert lost.findings == ()
    assert document["tabel"]["iku"][0]["arah"] == "naikk"


def test_a_whole_workbook_loses_nothing(sample_file: Path) -> None:
    assert export(sample_file, TEMPLATE, computed=True)[1].findings == ()


def test_every_finding_of_reading_is_tried() -> None:
    """Of the galat that only a file can show, those above lose something; the others are tried elsewhere."""
    tried = {rule for each in LOST.values() for rule, _, _ in each} - {"tipe"}
    galat = {each.id for each in TEMPLATE.submission_rules if each.severity == "galat"}
    assert galat - tried == {
        "berkas",  # nothing is read at all
        "tanggal-di-angka",  # misfits, as above; see test_returned and test_read
        "persen-di-angka",
        "teks-terlalu-panjang",  # see test_text_limit
        "teks-tetap-diganti",  # what counts is what it was; see test_outside
        "temuan-lain",  # nothing is lost; see test_budget
        "tahun-kolom",  # see test_identity
        "modul-lain",
        "daftar-berubah",  # nobody types there; see test_codes
    }
