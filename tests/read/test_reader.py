"""A table is found by its keys wherever it has moved; what cannot be found is said, never guessed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel
from openpyxl.workbook import Workbook as Book

from lkjip_xl.base.errors import WorkbookError
from lkjip_xl.form.json_data import to_document
from lkjip_xl.form.submission import Submission
from lkjip_xl.pipeline import validate
from lkjip_xl.read.reader import read_workbook
from lkjip_xl.template.model import Template
from support import rewrite_part, seen


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


def _columns_in_a_form(book: Book) -> None:
    """Between the marks and the labels, and between the labels and the values."""
    book["AKIP"].insert_cols(3)
    book["AKIP"].insert_cols(2)


def _row_between(book: Book) -> None:
    book["3.4 Keuangan"].insert_rows(10)


def _no_identity_sheet(book: Book) -> None:
    del book["_lkjip"]


def _no_property(book: Book) -> None:
    book.custom_doc_props.props.clear()


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "change",
    [
        _rename,
        _reorder,
        _rows_above,
        _columns_before,
        _column_between,
        _columns_in_a_form,
        _no_identity_sheet,
        _no_property,
    ],
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
        book["3.4 Keuangan"]["E10"] = "Program Baru"

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
    assert read.placements["keuangan"].cell(("program", None), ("keuangan", 1)) == "E11"


def test_a_deleted_sheet_is_a_finding(sample_file: Path, template: Template) -> None:
    def change(book: Book) -> None:
        del book["1.3 Golongan"]

    (finding,) = read_workbook(_changed(sample_file, change), template).findings
    assert (finding.rule, finding.sheet, finding.cell) == ("tabel-hilang", "1.3 Golongan", "")
    assert finding.message == (
        "Tabel di lembar 1.3 Golongan tidak ditemukan; lembarnya terhapus atau baris kuncinya rusak"
    )


@pytest.mark.sampled(2)
@pytest.mark.parametrize("typed", [None, "x", "nilai@2023"])
def test_a_form_without_the_key_of_its_values_is_not_found(
    typed: str | None, sample_file: Path, template: Template
) -> None:
    def change(book: Book) -> None:
        cells = [cell for row in book["AKIP"].iter_rows() for cell in row if cell.value == "nilai"]
        (cell,) = [cell for cell in cells if cell.column > 1]  # one of its fields is called so, too
        cell.value = typed

    findings = read_workbook(_changed(sample_file, change), template).findings
    assert seen(findings) == [("tabel-hilang", "AKIP", "")]


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
        _no_property(book)

    (finding,) = read_workbook(_changed(sample_file, change), template).findings
    assert (finding.rule, finding.severity) == ("versi-templat", "catatan")


@pytest.mark.parametrize(
    ("sheet", "key", "lost"),
    [("3.4 Keuangan", "D4", []), ("3.4 Keuangan", "E4", [("kolom-hilang", "3.4 Keuangan", "")])],
    ids=["kode, which need not be filled", "program, which must"],
)
def test_another_version_may_lack_a_column(
    sample_file: Path, template: Template, sheet: str, key: str, lost: list[tuple[str, str, str]]
) -> None:
    def change(book: Book) -> None:
        for row in book["_lkjip"].iter_rows():
            if row[0].value == "sidik":
                row[1].value = "0" * 16
        _no_property(book)
        book[sheet][key] = None

    findings = read_workbook(_changed(sample_file, change), template).findings
    assert seen(findings) == [("versi-templat", "", ""), *lost]


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


@pytest.mark.parametrize(
    ("sheets", "sheet", "message"),
    [
        (["AKIP"], "AKIP", "Kunci lembar AKIP sudah dibuka, jadi rumusnya dapat tertimpa"),
        (["AKIP", "IDM"], "", "Kunci lembar IDM, AKIP sudah dibuka, jadi rumusnya dapat tertimpa"),
        (None, "", "Kunci semua lembar sudah dibuka, jadi rumusnya dapat tertimpa"),
    ],
)
def test_an_unlocked_sheet_is_a_note(
    clean: Path, sheets: list[str] | None, sheet: str, message: str, template: Template
) -> None:
    def change(book: Book) -> None:
        for each in sheets or book.sheetnames:
            book[each].protection.sheet = False

    (found,) = read_workbook(_changed(clean, change), template).findings
    assert (found.rule, found.severity, found.sheet, found.cell) == ("kunci-dibuka", "catatan", sheet, "")
    assert found.message == message


def test_a_workbook_is_shown_without_its_bytes(clean: Path, template: Template) -> None:
    workbook = read_workbook(clean, template)
    assert workbook.content == clean.read_bytes()
    assert "content" not in repr(workbook)


def test_a_broken_part_is_one_sentence(sample_file: Path, tmp_path: Path, template: Template) -> None:
    broken = tmp_path / "rusak.xlsx"
    with zipfile.ZipFile(sample_file) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, b"<rusak" if name == "xl/workbook.xml" else content)
    with pytest.raises(WorkbookError, match=r"rusak\.xlsx: buku kerja rusak dan tidak dapat dibuka"):
        read_workbook(broken, template)


def _lines(path: Path, template: Template, sheet: str) -> list[tuple[str, str, str]]:
    (checked,), _ = validate([path], template)
    about_reading = {"tipe", "pilihan", "tanpa-asal", "di-luar-tabel", "tabel-ganda"}
    return [
        (f.rule, f.cell, f.message) for f in checked.findings if f.sheet == sheet and f.rule in about_reading
    ]


def _same_as_sample(path: Path, template: Template, sample: Submission, *tables: str) -> None:
    read = to_document(read_workbook(path, template).submission, template)["tabel"]
    original = to_document(sample, template)["tabel"]
    assert {key: read[key] for key in tables} == {key: original[key] for key in tables}


def test_a_row_deleted_where_others_follow_shifts_nothing(sample_file: Path, template: Template) -> None:
    def change(book: Book) -> None:
        book["IKK"].delete_rows(9)

    tables = read_workbook(_changed(sample_file, change), template).submission.tables
    assert tables["ikk"]["ikk", 3]["indikator", None] == "Persentase LPM Berprestasi"
    assert tables["kinerja"]["ikk", 3]["target", None] == 78.36
    assert ("ikk", 2) not in tables["ikk"]
    found = _lines(sample_file, template, "3.1 Kinerja")
    assert found == [
        ("tanpa-asal", "H19", "Target 1,94 diisi, tetapi baris asalnya di lembar 2.2 IKU atau IKK kosong"),
        ("tanpa-asal", "I19", "Realisasi (diketik) 1,94 diisi, tetapi baris asalnya di lembar 2.2 IKU atau IKK kosong"),
    ]  # fmt: skip


def test_a_copied_row_where_others_follow_shifts_nothing(sample_file: Path, template: Template) -> None:
    def change(book: Book) -> None:
        sheet = book["IKK"]
        sheet.insert_rows(9)
        for column in range(1, 14):
            sheet.cell(9, column).value = sheet.cell(8, column).value

    tables = read_workbook(_changed(sample_file, change), template).submission.tables
    assert tables["ikk"]["ikk", 2]["indikator", None] == "Rata-rata Jumlah Kelompok binaan PKK"
    assert tables["ikk"]["ikk", 11]["indikator", None] == tables["ikk"]["ikk", 1]["indikator", None]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("sheet", "row", "column", "cell", "shown"),
    [
        ("3.1 Kinerja", 9, 8, "H9", "Target"),
        ("IDM", 10, 5, "E10", "Tahun 2022"),
        ("1.3 Golongan", 27, 3, "C27", "JUMLAH"),
    ],
)
def test_figures_outside_the_rows_are_reported(
    sheet: str, row: int, column: int, cell: str, shown: str, sample_file: Path, template: Template
) -> None:
    def change(book: Book) -> None:
        if sheet != "1.3 Golongan":
            book[sheet].insert_rows(row)
        book[sheet].cell(row, column).value = 77

    message = f"“77” di kolom {shown} berada di luar baris tabel, jadi tidak dibaca"
    assert ("di-luar-tabel", cell, message) in _lines(_changed(sample_file, change), template, sheet)


def test_a_copied_sheet_is_reported_and_the_original_read(
    sample_file: Path, template: Template, sample: Submission
) -> None:
    def change(book: Book) -> None:
        copy = book.copy_worksheet(book["1.1 Pegawai"])
        copy["D8"] = 999
        book.move_sheet(copy, -len(book.sheetnames))

    _changed(sample_file, change)
    _same_as_sample(sample_file, template, sample, "pegawai")
    assert _lines(sample_file, template, "1.1 Pegawai Copy") == [
        (
            "tabel-ganda",
            "",
            "Lembar 1.1 Pegawai Copy adalah salinan tabel di lembar 1.1 Pegawai; yang dibaca hanya lembar 1.1 Pegawai",
        )
    ]


def test_a_mark_that_somebody_typed_is_no_table(
    sample_file: Path, template: Template, sample: Submission
) -> None:
    def change(book: Book) -> None:
        book["Identitas"]["C6"] = "lkjip:pegawai"

    _same_as_sample(_changed(sample_file, change), template, sample, "pegawai")


def test_error_cells_and_formulas_without_result_are_reported(sample_file: Path, template: Template) -> None:
    def change(book: Book) -> None:
        book["IKK"]["K8"] = "=60+1"
        book["3.1 Kinerja"]["H8"] = "#N/A"
        book["3.1 Kinerja"]["H8"].data_type = "e"

    _changed(sample_file, change)
    assert _lines(sample_file, template, "IKK") == [
        ("tipe", "K8", "Pembilang tahun ini berisi “rumus yang belum dihitung”, bukan angka")
    ]
    assert _lines(sample_file, template, "3.1 Kinerja") == [
        ("tipe", "H8", "Target berisi “#N/A”, bukan angka dan bukan predikat")
    ]


def test_a_deleted_column_or_table_is_one_finding(sample_file: Path, template: Template) -> None:
    def change(book: Book) -> None:
        book["1.1 Pegawai"].delete_cols(4)
        del book["AKIP"]

    (checked,), _ = validate([_changed(sample_file, change)], template)
    mine = [f.rule for f in checked.findings if f.sheet in ("1.1 Pegawai", "AKIP")]
    assert mine == ["tabel-hilang", "kolom-hilang"]


def test_a_long_number_in_a_text_cell_is_shown_as_typed(sample_file: Path, template: Template) -> None:
    def change(book: Book) -> None:
        book["Identitas"]["C15"] = 196801011991031001

    (found,) = _lines(_changed(sample_file, change), template, "Identitas")
    assert found == (
        "tipe",
        "C15",
        "NIP berisi “196801011991031000” yang bukan teks, jadi nol di ujungnya atau angka terakhirnya mungkin sudah hilang",
    )


def test_a_space_at_the_end_is_named(sample_file: Path, template: Template) -> None:
    def change(book: Book) -> None:
        book["2.2 IKU"]["J8"] = "Naik "

    _changed(sample_file, change)
    (found,) = _lines(sample_file, template, "2.2 IKU")
    assert found == ("pilihan", "J8", "Arah “Naik ” tidak ada di daftar pilihan")
    ((checked,), _) = validate([sample_file], template)
    (remedy,) = {each.remedy for each in checked.findings if each.rule == "pilihan"}
    assert remedy == "Pilih dari daftar di sel ini; ada spasi di awal atau akhirnya"


def test_a_cell_far_outside_is_refused_before_any_library_sees_it(
    sample_file: Path, template: Template
) -> None:
    def change(book: Book) -> None:
        book["1.1 Pegawai"]["XFD1048576"] = 1

    with pytest.raises(WorkbookError, match=r"ada isi jauh di luar formulir \(sel XFD1048576\)"):
        read_workbook(_changed(sample_file, change), template)


SHEET = "xl/worksheets/sheet4.xml"


@pytest.mark.parametrize("space", [b"\t", b"\n", b' s="1" '])
def test_a_far_cell_is_refused_however_it_is_written(
    sample_file: Path, template: Template, space: bytes
) -> None:
    far = b'<row r="99999999"><c' + space + b'r="ZZZZ99999999"><v>1</v></c></row></sheetData>'
    rewrite_part(sample_file, SHEET, b"</sheetData>", far)
    with pytest.raises(WorkbookError, match=r"ada isi jauh di luar formulir \(sel ZZZZ99999999\)"):
        read_workbook(sample_file, template)


def test_text_that_looks_like_an_address_is_text(sample_file: Path, template: Template) -> None:
    text = b'<row r="900"><c r="B900" t="inlineStr"><is><t>lihat r="ABC123"</t></is></c></row></sheetData>'
    read_workbook(rewrite_part(sample_file, SHEET, b"</sheetData>", text), template)


def test_a_column_that_stands_there_twice_is_reported(sample_file: Path, template: Template) -> None:
    def change(book: Book) -> None:
        sheet = book["1.1 Pegawai"]
        sheet["J4"], sheet["J8"] = sheet["D4"].value, 7

    findings = read_workbook(_changed(sample_file, change), template).findings
    assert seen(findings) == [("kolom-ganda", "1.1 Pegawai", "J6")]
    assert findings[0].message == "Kolom J adalah salinan JUMLAH; yang dibaca hanya yang pertama (D)"


def test_a_field_that_stands_there_twice_is_reported(sample_file: Path, template: Template) -> None:
    def change(book: Book) -> None:
        sheet = book["Identitas"]
        sheet["A9"] = sheet["A6"].value

    findings = read_workbook(_changed(sample_file, change), template).findings
    assert ("kolom-ganda", "Identitas", "B9") in seen(findings)
    assert "Baris 9 adalah salinan Nama perangkat daerah; yang dibaca hanya yang pertama (6)" in {
        each.message for each in findings
    }


@pytest.mark.sampled(1)
@pytest.mark.parametrize("shown", ["0%", "0.00%", '0.0 %;[Red]-0.0 %;"nihil"', "[<1]0.0%;0.0", "0%_%"])
def test_a_number_shown_as_a_percentage_is_not_read(
    sample_file: Path, template: Template, shown: str
) -> None:
    def change(book: Book) -> None:
        book["3.1 Kinerja"]["H8"] = 0.823
        book["3.1 Kinerja"]["H8"].number_format = shown

    path = _changed(sample_file, change)
    (checked,), _ = validate([path], template)
    (found,) = [each for each in checked.findings if each.cell == "H8" and each.sheet == "3.1 Kinerja"]
    assert (found.rule, found.message, found.remedy) == (
        "persen-di-angka",
        "Target tampak sebagai “82,3 %”, tetapi tersimpan seperseratusnya",
        "Ubah format selnya menjadi Angka (Number), lalu ketik ulang angkanya tanpa tanda %",
    )
    assert ("target", None) not in read_workbook(path, template).submission.tables["kinerja"]["iku", 1]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "shown",
    [
        '0.00" %"',
        "0.00\\%",
        "[$Rp-421]#,##0",
        "General",
        "#,##0.00_%",
        "0.00*%",
        "0.00;-0.00%",
        "[<1]0.00%;0.00",
        '0.00;-0.00;"nihil";@%',
    ],
)
def test_a_sign_of_percent_that_is_only_shown_changes_nothing(
    sample_file: Path, template: Template, shown: str
) -> None:
    def change(book: Book) -> None:
        book["3.1 Kinerja"]["H8"].number_format = shown

    before = read_workbook(sample_file, template).submission
    assert read_workbook(_changed(sample_file, change), template).submission == before


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_a_date_without_its_format_is_that_date(
    sample_file: Path, template: Template, epoch: datetime | None
) -> None:
    def change(book: Book) -> None:
        if epoch is not None:
            book.epoch = epoch
        cell = book["Identitas"]["C17"]
        cell.value = to_excel(cell.value, epoch or CALENDAR_WINDOWS_1900)
        cell.number_format = "General"

    before = read_workbook(sample_file, template).submission
    path = _changed(sample_file, change)
    assert read_workbook(path, template).submission.tables["identitas"] == before.tables["identitas"]


def test_without_its_end_a_table_ends_below_its_last_row(sample_file: Path, template: Template) -> None:
    def change(book: Book) -> None:
        sheet = book["1.1 Pegawai"]
        (end,) = [cell for cell in sheet["A"] if cell.value == "lkjip:akhir"]
        end.value = None

    before = read_workbook(sample_file, template).submission
    after = read_workbook(_changed(sample_file, change), template)
    assert (after.submission, seen(after.findings)) == (before, [])


def test_what_reads_a_lost_table_stands_with_it(sample_file: Path, template: Template) -> None:
    def change(book: Book) -> None:
        del book["2.2 IKU"]

    (checked,), _ = validate([_changed(sample_file, change)], template)
    found = [f for f in checked.findings if f.sheet in ("2.1 Perjanjian Kinerja", "2.2 IKU")]
    assert [(f.rule, f.sheet, f.cell, f.cause) for f in found] == [
        ("tabel-hilang", "2.2 IKU", "", None),
        ("acuan", "2.1 Perjanjian Kinerja", "D8", ("2.2 IKU", "")),
        ("pk-sasaran", "2.1 Perjanjian Kinerja", "C8", ("2.2 IKU", "")),
        ("pk-sasaran", "2.1 Perjanjian Kinerja", "C9", ("2.2 IKU", "")),
        ("pk-sasaran", "2.1 Perjanjian Kinerja", "C10", ("2.2 IKU", "")),
    ]
