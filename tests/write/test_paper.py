"""How a workbook is printed: the table alone, on the declared paper, with OPD, year, sheet, page and date below."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries

from clean import clean_document
from lkjip_xl.form.json_data import from_document, load_data
from lkjip_xl.form.layout import lay_out
from lkjip_xl.form.submission import fitted
from lkjip_xl.report.summary_book import summary
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render
from paper import WIDER, on_paper
from support import SAMPLE, Office

# The last column of each table that is printed; what follows nobody types, and the report does not have it.
LAST = {
    "pegawai": "jumlah", "pendidikan": "jumlah", "golongan": "jumlah", "pk": "target", "iku": "batas_capaian",
    "ikk": "batas_capaian", "idm": "perkembangan", "idm_ikk": "hasil", "kinerja": "sementara_sampai", "tren": "capaian",
    "renstra": "capaian", "standar": "alasan", "analisis": "solusi", "efisiensi": "tingkat", "pendukung": "uraian",
    "keuangan": "ket", "tindak_lanjut": "tindak_lanjut",
}  # fmt: skip
IN_PARTS = ("iku", "ikk", "kinerja", "tren", "keuangan")


def _book(template: Template, name: str = "Dinas Contoh") -> openpyxl.Workbook:
    document = clean_document()
    document["tabel"]["identitas"]["nama"] = name
    return openpyxl.load_workbook(io.BytesIO(render(template, from_document(document, template))))


def test_the_table_alone_is_printed(template: Template) -> None:
    book = _book(template)
    submission = from_document(clean_document(), template)
    plan = lay_out(template, fitted(template, submission))
    for table in plan.tables:
        if table.is_form:
            continue
        place = plan.placements[table.key]
        key = max(place.lines, key=lambda each: place.lines[each] if each[0] == LAST[table.key] else -1)
        shown = [line for (key, _), line in place.lines.items() if not table.columns[key].declared.hidden]
        top = 5 if table.key in IN_PARTS else 1  # what the keys would cut is printed above each page
        area = range_boundaries(str(book[place.sheet].print_area).rsplit("!", 1)[1].replace("$", ""))
        assert area == (min(shown) + 1, top, place.lines[key] + 1, (place.total_row or 0) + 1), table.key


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("paper", "code"), [("A4", 9), ("F4", 14)])
def test_the_declared_paper(template: Template, paper: str, code: int) -> None:
    book = _book(_on(template, paper))
    assert {int(sheet.page_setup.paperSize) for sheet in book if sheet.sheet_state == "visible"} == {code}


def test_what_stands_below_each_page(template: Template) -> None:
    footer = _book(template, "Dinas A & B")["2.2 IKU"].oddFooter
    assert (footer.left.text, footer.center.text, footer.right.text) == (
        "Dinas A && B · 2023",
        "&A",
        "Halaman &P dari &N · &D",
    )


def test_a_long_title_of_a_narrow_table_goes_over_lines(template: Template) -> None:
    sheet = _book(template)["1.3 Golongan"]
    assert sheet["B1"].alignment.wrap_text
    assert [str(each) for each in sheet.merged_cells.ranges if each.min_row == 1] == ["B1:C1"]
    assert sheet.row_dimensions[1].height == 60


def _on(template: Template, paper: str) -> Template:
    return replace(template, declared=template.declared.model_copy(update={"paper": paper}))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("wider", [1, WIDER], ids=["Excel", "LibreOffice"])
@pytest.mark.parametrize("paper", ["A4", "F4"])
def test_no_letter_is_printed_smaller_than_eight_points(
    template: Template, paper: str, wider: float, tmp_path: Path
) -> None:
    """Of the workbook that staff fill, and of the summary; what does not fit goes over several pages."""
    template = _on(template, paper)
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, load_data(SAMPLE, template)))
    for content in (path.read_bytes(), summary(path, template)[1]):
        sheets = on_paper(openpyxl.load_workbook(io.BytesIO(content)), wider)
        assert len(sheets) > 20
        small = {
            name: each for name, each in sheets.items() if min(each.letter, each.footer) < 8 or each.overfull
        }
        assert small == {}


def test_a_table_wider_than_the_paper_goes_over_pages_with_its_keys_again(template: Template) -> None:
    """Table 3.2: target and realisasi on the first page, capaian on the next, below indikator and satuan."""
    sheet = _book(template)["3.2 Tren"]
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$C:$D", "$5:$7")
    assert [each.id for each in sheet.col_breaks.brk] == [16]
    assert [sheet.cell(5, column).value for column in (3, 4, 5, 11, 17)] == [
        "INDIKATOR",
        "SATUAN",
        "TARGET",
        "REALISASI",
        "CAPAIAN (%)",
    ]
    assert sheet.oddHeader.left.text == (
        "&BTabel 3.2 Perbandingan antara Realisasi Kinerja serta Capaian Kinerja Tahun 2023 dengan Tahun\n2018-2023"
    )
    assert (sheet.page_setup.orientation, sheet.page_setup.scale) == ("landscape", 78)


def test_the_keys_stand_at_the_left_of_each_part(template: Template) -> None:
    """Number and program of table 3.4 leave room for the rest of it."""
    assert _book(template)["3.4 Keuangan"].print_title_cols == "$B:$E"


def test_empty_rows_can_be_filtered_out_and_the_total_stays(template: Template) -> None:
    sheet = _book(template)["3.4 Keuangan"]
    _, first, _, last = range_boundaries(sheet.auto_filter.ref)
    assert sheet.cell(last + 1, 3).value == "Total Realisasi Keuangan Sasaran"
    assert (first, last) == (7, 87)
    assert not sheet.protection.autoFilter  # which is to say: allowed


def test_no_row_in_which_people_type_has_a_fixed_height(sample_bytes: bytes) -> None:
    """One that is filled is as high as its texts need, and grows on."""
    book = openpyxl.load_workbook(io.BytesIO(sample_bytes))
    with zipfile.ZipFile(io.BytesIO(sample_bytes)) as archive:
        for number, sheet in enumerate(book, start=1):
            xml = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
            fixed = {int(row) for row in re.findall(r'<row r="(\d+)"[^>]*customHeight="1"', xml)}
            merged = {
                each.min_row for each in sheet.merged_cells.ranges
            }  # for which no program lets a row grow
            typed = {cell.row for row in sheet for cell in row if not cell.protection.locked}
            assert fixed & typed - merged == set(), sheet.title
    assert book["Analisis Penyebab"].row_dimensions[8].height == 45


def test_texts_keep_away_from_the_figures_beside_them(sample_bytes: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(sample_bytes))["3.1 Kinerja"]
    shown = [
        (sheet.cell(8, column).alignment.horizontal, sheet.cell(8, column).alignment.indent)
        for column in (5, 8)
    ]
    assert shown == [("left", 1), ("right", 1)]


def test_every_printed_figure_has_declared_decimals(template: Template) -> None:
    without = [
        f"{table.key}.{column.key}"
        for table in template.tables.values()
        for column in table.columns.values()
        if column.declared.type == "number"
        and not column.declared.hidden
        and column.declared.decimals is None
    ]
    assert without == []


def test_libreoffice_takes_no_height_of_such_a_row_for_chosen(
    sample_file: Path, office: Office, tmp_path: Path
) -> None:
    """So it grows there too, while people type; the row of headings, high as it is, stays."""
    names = openpyxl.load_workbook(sample_file).sheetnames
    saved = office.saved(sample_file, tmp_path / "disimpan")
    with zipfile.ZipFile(saved) as archive:
        xml = archive.read(f"xl/worksheets/sheet{names.index('Analisis Penyebab') + 1}.xml").decode()
    rows = {
        each["r"]: each
        for each in (dict(re.findall(r'(\w+)="([^"]*)"', row)) for row in re.findall(r"<row ([^>]*)>", xml))
    }
    assert [(rows[n]["ht"], rows[n]["customHeight"]) for n in ("6", "8")] == [("18", "true"), ("45", "false")]
