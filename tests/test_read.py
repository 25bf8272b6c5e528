"""A table is found by its keys wherever it has moved; what cannot be found is said, never guessed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook as Book

from lkjip_xl.data import to_document
from lkjip_xl.errors import WorkbookError
from lkjip_xl.read import read_workbook
from lkjip_xl.submission import Submission
from lkjip_xl.template.model import Template
from support import seen


def _changed(path: Path, change: Callable[[Book], None]) -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def _rename(book: Book) -> None:
    book["1.1 Pegawai"].title = "Lembar baru"


def _reorder(book: Book) -> None:
    book.move_sheet("3.4 Keuangan", -12)


def _rows_above(book: Book) -> None:
    book["3.4 Keuangan"].insert_rows(1, 3)


def _columns_before(book: Book) -> None:
    book["3.4 Keuangan"].insert_cols(1, 2)


def _column_between(book: Book) -> None:
    book["2.2 IKU"].insert_cols(4)


def _row_between(book: Book) -> None:
    book["3.4 Keuangan"].insert_rows(10)


def _no_identity_sheet(book: Book) -> None:
    del book["_lkjip"]


def _no_property(book: Book) -> None:
    book.custom_doc_props.props.clear()


@pytest.mark.parametrize(
    "change",
    [_rename, _reorder, _rows_above, _columns_before, _column_between, _no_identity_sheet, _no_property],
)
def test_finds_tables_that_have_moved(
    change: Callable[[Book], None], sample_file: Path, template: Template, sample: Submission
) -> None:
    read = read_workbook(_changed(sample_file, change), template)
    assert to_document(read.submission, template) == to_document(sample, template)
    assert read.findings == ()


def test_a_row_inserted_between_is_read_in_its_place(sample_file: Path, template: Template) -> None:
    def change(book: Book) -> None:
        _row_between(book)
        book["3.4 Keuangan"]["K10"] = "Program Baru"

    rows = read_workbook(_changed(sample_file, change), template).submission.tables["keuangan"]
    names = [row["program", None] for _, row in sorted(rows.items())]
    assert names[:4] == [
        "Program Penataan Desa",
        "Program Peningkatan Kerjasama Desa",
        "Program Baru",
        "Program Administrasi Pemerintahan Desa",
    ]


def test_a_row_inserted_where_others_follow_comes_last(sample_file: Path, template: Template) -> None:
    """3.1 goes by the rows of IKK, so a row without a mark may not shift them."""

    def change(book: Book) -> None:
        book["IKK"].insert_rows(9)
        book["IKK"]["C9"] = "Indikator sisipan"

    rows = read_workbook(_changed(sample_file, change), template).submission.tables["ikk"]
    assert rows["ikk", 2]["indikator", None] == "Rata-rata Jumlah Kelompok binaan PKK"
    assert rows["ikk", 11] == {("indikator", None): "Indikator sisipan"}


def test_placements_point_to_where_things_stand_now(sample_file: Path, template: Template) -> None:
    read = read_workbook(_changed(sample_file, _rows_above), template)
    assert read.placements["keuangan"].cell(("program", None), ("keuangan", 1)) == "K11"


def test_a_deleted_sheet_is_a_finding(sample_file: Path, template: Template) -> None:
    def change(book: Book) -> None:
        del book["1.3 Golongan"]

    (finding,) = read_workbook(_changed(sample_file, change), template).findings
    assert (finding.rule, finding.sheet, finding.cell) == ("tabel-hilang", "1.3 Golongan", "")
    assert finding.message == (
        "Tabel di lembar 1.3 Golongan tidak ditemukan; lembarnya terhapus atau baris kuncinya rusak"
    )


def test_a_deleted_column_is_a_finding(sample_file: Path, template: Template) -> None:
    def change(book: Book) -> None:
        book["1.1 Pegawai"].delete_cols(4)

    findings = read_workbook(_changed(sample_file, change), template).findings
    assert seen(findings) == [("kolom-hilang", "1.1 Pegawai", "")]
    assert findings[0].message == "Kolom JUMLAH tidak ditemukan di lembar 1.1 Pegawai"


def test_another_version_is_a_note(sample_file: Path, template: Template) -> None:
    def change(book: Book) -> None:
        for row in book["_lkjip"].iter_rows():
            if row[0].value == "sidik":
                row[1].value = "0" * 16

    (finding,) = read_workbook(_changed(sample_file, change), template).findings
    assert (finding.rule, finding.severity) == ("versi-templat", "catatan")


def test_another_template_is_refused(sample_file: Path, template: Template) -> None:
    def change(book: Book) -> None:
        for row in book["_lkjip"].iter_rows():
            if row[0].value == "templat":
                row[1].value = "lain"

    with pytest.raises(WorkbookError, match="buku kerja ini tidak dibuat oleh lkjip-xl"):
        read_workbook(_changed(sample_file, change), template)


def test_reading_leaves_the_file_as_it_was(sample_file: Path, template: Template) -> None:
    before = (sample_file.read_bytes(), sample_file.stat().st_mtime_ns)
    read_workbook(sample_file, template)
    assert (sample_file.read_bytes(), sample_file.stat().st_mtime_ns) == before


def test_a_broken_part_is_one_sentence(sample_file: Path, tmp_path: Path, template: Template) -> None:
    broken = tmp_path / "rusak.xlsx"
    with zipfile.ZipFile(sample_file) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, b"<rusak" if name == "xl/workbook.xml" else content)
    with pytest.raises(WorkbookError, match=r"rusak\.xlsx: buku kerja rusak dan tidak dapat dibuka"):
        read_workbook(broken, template)
