"""Our workbooks open in Excel without a repair: judged by openxml-audit, a port of Microsoft's validator, and ``structure``.

What each of the two sees is recorded below, on errors planted in a small workbook.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from lkjip_xl.base.files import find_workbooks
from lkjip_xl.consolidation.batch import Options, read_batch
from lkjip_xl.consolidation.registry import load_registry
from lkjip_xl.consolidation.totals import totals
from lkjip_xl.consolidation.workbook import write_workbook
from lkjip_xl.form.submission import Submission
from lkjip_xl.pipeline import returned, validate
from lkjip_xl.report.summary_book import summary
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Setup
from lkjip_xl.write.render import render
from parts import BOOK, RELATIONS, STRINGS, STYLES, TYPES, read_parts, write_parts
from structure import faults
from support import ROOT

audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed; it validates Open XML")
TEMPLATE = load_template()


def _audited(path: Path) -> list[str]:
    """Return the errors that the validator sees; its warnings say what Excel would write otherwise."""
    found = audit.OpenXmlValidator().validate(path).errors
    return [f"{each.part_uri}: {each.description}" for each in found if each.severity.value == "error"]


# -- our workbooks ------------------------------------------------------------------------------------------------


def _blank(path: Path, _sample: bytes) -> None:
    path.write_bytes(render(TEMPLATE, Submission(Setup(2023, (2018, 2023), frozenset({"idm"})))))


def _filled(path: Path, sample: bytes) -> None:
    path.write_bytes(sample)


def _returned(path: Path, sample: bytes) -> None:
    """With findings and their notes, cells of the wrong kind, what stood outside the tables, and sheets of theirs."""
    path.write_bytes(sample)
    book = openpyxl.load_workbook(path)
    book["3.1 Kinerja"]["K8"] = 90
    book["3.1 Kinerja"]["H8"] = "243 <desa> & lain"
    book["Tindak Lanjut"]["C9"] = "#REF!"
    book["2.2 IKU"]["C20"] = "catatan di luar tabel"
    book.copy_worksheet(book["AKIP"]).title = "AKIP (2)"
    book.create_sheet("temuan")["B2"] = "lembar lain"
    theirs = book.create_sheet("Hitungan 'kami' yang panjang se")
    theirs["B2"], theirs["C3"], theirs["D4"] = "=1+1", True, "\u202eteks"
    book.save(path)
    (checked,), _ = validate([path], TEMPLATE)
    assert {"rumus-ditimpa", "tipe", "di-luar-tabel", "tabel-ganda"} <= {
        each.rule for each in checked.findings
    }
    path.write_bytes(returned(checked, TEMPLATE))


def _summary(path: Path, sample: bytes) -> None:
    path.write_bytes(sample)
    path.write_bytes(summary(path, TEMPLATE)[1])


def _consolidated(path: Path, _sample: bytes) -> None:
    folder = ROOT / "samples" / "kabupaten-contoh"
    batch = read_batch(
        find_workbooks([folder]),
        TEMPLATE,
        Options(path.parent / "simpanan", jobs=1),
        registry=load_registry(folder / "opd.csv"),
        year=2023,
    )
    write_workbook(batch, totals(batch), path, path.parent, day=datetime.date(2024, 3, 1))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("make", [_blank, _filled, _returned, _summary, _consolidated])
def test_our_workbooks_have_no_error(
    make: Callable[[Path, bytes], None], tmp_path: Path, sample_bytes: bytes
) -> None:
    path = tmp_path / "buku.xlsx"
    make(path, sample_bytes)
    assert _audited(path) == []
    assert faults(read_parts(path)) == []


# -- what is seen -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kecil") / "kecil.xlsx"
    book = xlsxwriter.Workbook(path)
    one, two = book.add_worksheet("Satu"), book.add_worksheet("Dua")
    book.add_worksheet("Tiga")
    one.write(0, 0, "teks", book.add_format({"bold": True}))
    one.write(0, 1, "dua")
    one.write_formula(1, 0, "=Dua!A1", None, 5)
    one.write(2, 0, 4)
    one.merge_range(4, 0, 4, 2, "gabung")
    one.data_validation("B3", {"validate": "list", "source": "=Dua!$A$1:$A$3"})
    one.write_comment("A1", "catatan")
    one.protect()
    red = book.add_format({"bg_color": "#FF0000"})
    one.conditional_format("A1:B3", {"type": "formula", "criteria": "=$A$1=1", "format": red})
    one.write_url("C1", "internal:'Dua'!A1")
    one.autofilter("A1:B3")
    book.define_name("Nama", "=Dua!$A$1")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Satu!$A$1:$A$3"})
    two.insert_chart("A1", chart)
    book.close()
    return path


def test_the_small_workbook_has_no_error(small: Path) -> None:
    assert _audited(small) == []
    assert faults(read_parts(small)) == []


_SHEET, _ITS_RELATIONS = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
_NOTES, _CHART = "xl/comments1.xml", "xl/charts/chart1.xml"
_PROTECTION, _FILTER = '<sheetProtection sheet="1" objects="1" scenarios="1"/>', '<autoFilter ref="A1:B3"/>'
_VALIDATED = (
    '<dataValidation type="whole" sqref="B1:B9"><formula1>1</formula1><formula2>2</formula2></dataValidation>'
)
_NOTES_TYPE = '<Override PartName="/xl/comments1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>'
_A1, _B1 = '<c r="A1" s="1" t="s"><v>0</v></c>', '<c r="B1" t="s"><v>1</v></c>'
_SEEN, _MISSED = True, False

# what is wrong; in which part, what stands there, what is planted; whether openxml-audit sees it; what ``structure`` says
PLANTS: list[tuple[str, str, str, str, bool, list[str]]] = [
    # the schema
    ("element order", _SHEET, _PROTECTION + _FILTER, _FILTER + _PROTECTION, _SEEN, []),
    ("unknown element", _SHEET, "<autoFilter", "<entah/><autoFilter", _SEEN, []),
    ("unknown attribute", _SHEET, "<autoFilter ref", '<autoFilter entah="1" ref', _SEEN, []),
    ("bad enum", _SHEET, 'type="list"', 'type="entah"', _SEEN, []),
    ("bad bool", _SHEET, 'allowBlank="1"', 'allowBlank="ya"', _SEEN, []),
    ("bad cell type", _SHEET, 't="s"><v>1', 't="q"><v>1', _SEEN, []),
    # cells and rows
    ("bad cell ref", _SHEET, 'r="B1"', 'r="1B"', _MISSED, [f"{_SHEET}: cell 1B in row 1"]),
    ("cell ref row other", _SHEET, 'r="A3"', 'r="A9"', _MISSED, [f"{_SHEET}: cell A9 in row 3"]),
    ("cell ref past XFD", _SHEET, 'r="B1"', 'r="XFE1"', _MISSED, [f"{_SHEET}: cell XFE1 in row 1", f"{_SHEET}: cell C1 in row 1"]),
    ("duplicate cell", _SHEET, 'r="B1"', 'r="A1"', _MISSED, [f"{_SHEET}: cell A1 in row 1"]),
    ("cells not in order", _SHEET, _A1 + _B1, _B1 + _A1, _MISSED, [f"{_SHEET}: cell A1 in row 1"]),
    ("duplicate row", _SHEET, '<row r="2" spans="1:3"><c r="A2">', '<row r="1" spans="1:3"><c r="A2">', _MISSED, [f"{_SHEET}: row 1 after 1", f"{_SHEET}: cell A2 in row 1"]),
    ("rows not in order", _SHEET, '<row r="3" spans="1:3"><c r="A3">', '<row r="7" spans="1:3"><c r="A7">', _MISSED, [f"{_SHEET}: row 5 after 7"]),
    ("style index", _SHEET, 's="1"', 's="99"', _MISSED, [f"{_SHEET}: A1 has style 99"]),
    ("string index", _SHEET, "<v>1</v>", "<v>99</v>", _SEEN, [f"{_SHEET}: B1 has a value that is none"]),
    ("string index text", _SHEET, "<v>1</v>", "<v>x</v>", _MISSED, [f"{_SHEET}: B1 has a value that is none"]),
    ("number text", _SHEET, "<v>4</v>", "<v>empat</v>", _MISSED, [f"{_SHEET}: A3 has a value that is none"]),
    # what lies around the cells
    ("dxf index", _SHEET, 'dxfId="0"', 'dxfId="9"', _MISSED, [f"{_SHEET}: conditional style 9"]),
    ("merge overlap", _SHEET, '<mergeCells count="1"><mergeCell ref="A5:C5"/>', '<mergeCells count="2"><mergeCell ref="A5:C5"/><mergeCell ref="B5:D6"/>', _MISSED, [f"{_SHEET}: mergeCell of B5:D6 meets another"]),
    ("merge bad ref", _SHEET, 'ref="A5:C5"', 'ref="A5:C"', _MISSED, [f"{_SHEET}: mergeCell of 'A5:C'"]),
    ("sqref bad", _SHEET, 'sqref="B3"', 'sqref="B3,C4"', _MISSED, [f"{_SHEET}: dataValidation of 'B3,C4'"]),
    ("validation sheet", _SHEET, "Dua!$A$1:$A$3</formula1>", "Empat!$A$1:$A$3</formula1>", _MISSED, [f"{_SHEET}: formula1 refers to Empat"]),
    ("validation long", _SHEET, "<formula1>Dua!$A$1:$A$3", '<formula1>"' + "x" * 300 + '"', _MISSED, [f"{_SHEET}: formula1 of 302 characters"]),
    ("validation overlap", _SHEET, '<dataValidations count="1">', '<dataValidations count="2">' + _VALIDATED, _MISSED, [f"{_SHEET}: dataValidation of B3 meets another"]),
    ("validations count", _SHEET, '<dataValidations count="1">', '<dataValidations count="7">', _MISSED, [f"{_SHEET}: dataValidations of 1, not 7"]),
    ("validation prompt long", _SHEET, 'allowBlank="1"', 'allowBlank="1" prompt="' + "x" * 300 + '"', _MISSED, [f"{_SHEET}: prompt of B3 is too long"]),
    ("validation title long", _SHEET, 'allowBlank="1"', 'allowBlank="1" promptTitle="' + "x" * 40 + '"', _MISSED, [f"{_SHEET}: promptTitle of B3 is too long"]),
    # formulas and texts
    ("formula sheet", _SHEET, "<f>Dua!A1", "<f>Empat!A1", _MISSED, [f"{_SHEET}: f refers to Empat"]),
    ("formula long", _SHEET, "<f>Dua!A1", "<f>" + "1+" * 5000 + "1", _MISSED, [f"{_SHEET}: f of 10001 characters"]),
    ("text long", _SHEET, '<c r="A3"><v>4</v>', '<c r="A3" t="inlineStr"><is><t>' + "x" * 40_000 + "</t></is>", _MISSED, [f"{_SHEET}: A3 has a value that is none"]),
    ("hyperlink sheet", _SHEET, "location=\"'Dua'!A1\"", "location=\"'Empat'!A1\"", _MISSED, [f"{_SHEET}: link to Empat"]),
    # parts
    ("rel id missing", _SHEET, '<legacyDrawing r:id="rId1"', '<legacyDrawing r:id="rId9"', _SEEN, [f"{_SHEET}: relationship rId9 does not exist"]),
    ("rel target missing", _ITS_RELATIONS, "../comments1.xml", "../comments9.xml", _SEEN, [f"{_SHEET}: xl/comments9.xml does not exist"]),
    ("rel duplicate id", _ITS_RELATIONS, 'Id="rId2"', 'Id="rId1"', _MISSED, [f"{_SHEET}: relationship rId1 twice"]),
    ("sheet rel missing", RELATIONS, "worksheets/sheet2.xml", "worksheets/sheet9.xml", _SEEN, [f"{BOOK}: xl/worksheets/sheet9.xml does not exist"]),
    ("sheet rid missing", BOOK, 'r:id="rId2"', 'r:id="rId77"', _SEEN, [f"{BOOK}: relationship rId77 does not exist"]),
    # names
    ("duplicate sheet id", BOOK, 'sheetId="2"', 'sheetId="1"', _SEEN, [f"{BOOK}: sheetId 1 twice"]),
    ("duplicate sheet name", BOOK, 'name="Tiga"', 'name="satu"', _MISSED, [f"{BOOK}: sheet name satu twice"]),
    ("long sheet name", BOOK, 'name="Tiga"', 'name="' + "D" * 32 + '"', _MISSED, [f"{BOOK}: sheet name {'D' * 32!r}"]),
    ("bad sheet name", BOOK, 'name="Tiga"', 'name="Ti/ga"', _MISSED, [f"{BOOK}: sheet name 'Ti/ga'"]),
    ("apostrophe sheet name", BOOK, 'name="Tiga"', "name=\"'Tiga\"", _MISSED, [f"{BOOK}: sheet name \"'Tiga\""]),
    ("empty sheet name", BOOK, 'name="Tiga"', 'name=""', _SEEN, [f"{BOOK}: sheet name ''"]),
    ("defined name sheet", BOOK, ">Dua!$A$1<", ">Empat!$A$1<", _MISSED, [f"{BOOK}: definedName refers to Empat"]),
    ("defined name #REF", BOOK, ">Dua!$A$1<", ">#REF!<", _MISSED, [f"{BOOK}: definedName refers to #REF!"]),
    ("defined name twice", BOOK, '<definedName name="Nama">', '<definedName name="nama">Satu!$A$1</definedName><definedName name="Nama">', _MISSED, [f"{BOOK}: defined name ('nama', None) twice"]),
    ("defined name bad", BOOK, 'name="Nama"', 'name="A1"', _MISSED, [f"{BOOK}: defined name 'A1'"]),
    ("localSheetId", BOOK, 'localSheetId="0"', 'localSheetId="9"', _MISSED, [f"{BOOK}: defined name _xlnm._FilterDatabase of sheet 9"]),
    # content types, notes, styles, charts
    ("content type missing", TYPES, _NOTES_TYPE, "", _MISSED, [f"{_NOTES}: comments with content type application/xml"]),
    ("content type wrong", TYPES, "spreadsheetml.comments+xml", "spreadsheetml.styles+xml", _MISSED, [f"{_NOTES}: comments with content type application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"]),
    ("content type of no part", TYPES, "/xl/comments1.xml", "/xl/comments7.xml", _MISSED, [f"{TYPES}: xl/comments7.xml does not exist", f"{_NOTES}: comments with content type application/xml"]),
    ("comment author", _NOTES, 'authorId="0"', 'authorId="7"', _MISSED, [f"{_NOTES}: author 7"]),
    ("comment ref", _NOTES, 'ref="A1"', 'ref="A"', _MISSED, [f"{_NOTES}: comment of 'A'"]),
    ("xml broken", _SHEET, "</sheetData>", "</sheetdata>", _MISSED, [f"{_SHEET}: no XML"]),
    ("styles count", STYLES, '<cellXfs count="3">', '<cellXfs count="1">', _MISSED, [f"{STYLES}: cellXfs of 3, not 1"]),
    ("xf font", STYLES, 'fontId="1"', 'fontId="44"', _MISSED, [f"{STYLES}: fontId 44"]),
    ("numFmt", STYLES, '<cellXfs count="3"><xf numFmtId="0"', '<cellXfs count="3"><xf numFmtId="200"', _MISSED, [f"{STYLES}: numFmtId 200"]),
    ("chart sheet", _CHART, "Satu!$A$1:$A$3", "Empat!$A$1:$A$3", _MISSED, [f"{_CHART}: f refers to Empat"]),
    ("strings count", STRINGS, 'uniqueCount="', 'uniqueCount="9', _MISSED, [f"{STRINGS}: sst of 4, not 94"]),
    ("protection", _SHEET, 'scenarios="1"', 'scenarios="1" password="zz"', _SEEN, []),
    # columns and rows
    ("colspan", _SHEET, "<sheetData>", '<cols><col min="3" max="1" width="9"/></cols><sheetData>', _MISSED, [f"{_SHEET}: columns 3 to 1 after 0"]),
    ("cols overlap", _SHEET, "<sheetData>", '<cols><col min="1" max="3" width="9"/><col min="2" max="4" width="9"/></cols><sheetData>', _MISSED, [f"{_SHEET}: columns 2 to 4 after 3"]),
    ("row height", _SHEET, '<row r="3"', '<row ht="900" customHeight="1" r="3"', _MISSED, [f"{_SHEET}: row 3 after 2"]),
    ("cf priority", _SHEET, 'priority="1"', 'priority="0"', _MISSED, [f"{_SHEET}: conditional format of rank 0"]),
]  # fmt: skip


@pytest.mark.sampled(51)
@pytest.mark.parametrize(
    ("part", "old", "new", "seen", "said"), [each[1:] for each in PLANTS], ids=[each[0] for each in PLANTS]
)
def test_which_planted_errors_are_seen(
    part: str, old: str, new: str, seen: bool, said: list[str], small: Path, tmp_path: Path
) -> None:
    path = tmp_path / "salah.xlsx"
    parts = read_parts(small)
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
    write_parts(parts, path)
    assert (bool(_audited(path)), faults(parts)) == (seen, said)


def test_every_planted_error_is_seen_by_one_of_the_two() -> None:
    assert [name for name, *_, seen, said in PLANTS if not (seen or said)] == []
    assert (len(PLANTS), sum(seen for *_, seen, _ in PLANTS)) == (63, 14)
