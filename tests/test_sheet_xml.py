"""One sheet's XML to its filled cells: however a program writes it, a library is given the same."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
import python_calamine
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from lkjip_xl.xlsx.sheet import (
    DoctypeError,
    FarError,
    Filled,
    LargeError,
    MalformedError,
    filled_cells,
    plain_strings,
    rewritten,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
AREA, ELEMENTS = 2_000_000, 1000


def sheet(rows: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def grid(filled: Filled) -> list[list[Any]]:
    """Return what python-calamine reads in a sheet alone."""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="m" Type="{kinds}/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{kinds}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{kinds}/worksheet" Target="/xl/a.xml"/></Relationships>',
        )
        archive.writestr("xl/a.xml", filled.content)
    buffer.seek(0)
    book = python_calamine.CalamineWorkbook.from_filelike(buffer)
    return book.get_sheet_by_name("A").to_python(skip_empty_area=False)


# How a sheet is written; what is read in it, from A1 on; what stands in cells that show no value.
WRITTEN: dict[str, tuple[str, list[list[Any]], dict[str, str]]] = {
    "as Excel does": (
        '<row r="1" spans="1:2" s="1" customFormat="1"><c r="A1" s="3"><v>1.5</v></c><c r="B1" t="str"><f>A1&amp;"x"</f><v>y</v></c></row>',
        [[1.5, "y"]],
        {},
    ),
    "blank cells": ('<row r="1"><c r="A1" s="3"/><c r="B1"><v>2</v></c><c r="XFD1" s="3"/></row>', [["", 2.0]], {}),
    "formulas that show nothing": (
        '<row r="1"><c r="A1" t="str"><f>B1</f><v></v></c><c r="B1" t="str"><f t="shared" si="0"/><v/></c><c r="C1"><v>1</v></c></row>',
        [["", "", 1.0]],
        {},
    ),
    "text in the cell": ('<row r="1"><c r="A1" t="inlineStr"><is><t>a &lt; b</t></is></c></row>', [["a < b"]], {}),
    "text with formats": (
        '<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>te</t></r><r><t>bal</t></r><rPh><t>x</t></rPh></is></c></row>',
        [["tebal"]],
        {},
    ),
    "other quotes, spaces and order": ("<row r = '1' ><c t='n'\n r='A1'>\n<v> 7 </v></c></row>", [[7.0]], {}),
    "no addresses": ("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>", [[1.0, "", 3.0], [4.0, "", ""]], {}),
    "comments, CDATA and entities": (
        '<row r="1"><c r="A1"><v>5<!--x-->6</v></c><c r="B1"><v><![CDATA[7]]></v></c><c r="C1"><v>&#56;</v></c></row>',
        [[56.0, 7.0, 8.0]],
        {},
    ),
    "errors": ('<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1"><v>1</v></c></row>', [["", 1.0]], {"A1": "#REF!"}),
    "no result": (
        '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v></v></c><c r="C1"><v>1</v></c></row>',
        [["", "", 1.0]],
        {"A1": "rumus yang belum dihitung", "B1": "rumus yang belum dihitung"},
    ),
    "no numbers": (
        '<row r="1"><c r="A1"><v>nan</v></c><c r="B1"><v>1_000</v></c><c r="C1"><v>0x10</v></c><c r="E1"><v>1</v></c></row>',
        [["", "", "", "", 1.0]],
        {"A1": "nan", "B1": "1_000", "C1": "0x10"},
    ),
    "truth": ('<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>false</v></c></row>', [[True, False]], {}),
}  # fmt: skip


@pytest.mark.parametrize("name", WRITTEN)
def test_however_it_is_written(name: str) -> None:
    rows, cells, unreadable = WRITTEN[name]
    filled = filled_cells(sheet(rows), AREA, ELEMENTS)
    assert (grid(filled), dict(filled.unreadable)) == (cells, unreadable)
    assert grid(rewritten(sheet(rows), ELEMENTS)) == cells


def test_prefixes_and_other_encodings() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><v>é</v></c></row>'
    prefixed = re.sub(r"<(/?)(?=[a-z])", r"<\1x:", sheet(rows).decode()).replace("xmlns=", "xmlns:x=")
    assert grid(filled_cells(prefixed.encode(), AREA, ELEMENTS)) == [[1.0, "é"]]
    wide = sheet(rows).decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert grid(filled_cells(wide, AREA, ELEMENTS)) == [[1.0, "é"]]


MALFORMED = {
    "no XML": "<row",
    "two values": '<row r="1"><c r="A1"><v>5</v><v>6</v></c></row>',
    "a value in a value": '<row r="1"><c r="A1"><v><v>5</v></v></c></row>',
    "an address twice": '<row r="1"><c r="A1"><v>5</v></c><c r="A1"><v>6</v></c></row>',
    "a cell of another row": '<row r="1"><c r="A2"><v x="">5</v></c></row>',
    "a third truth": '<row r="1"><c r="A1" t="b"><v>2</v></c></row>',
    "a value and a text": '<row r="1"><c r="A1"><v>2</v><is><t>a</t></is></c></row>',
    "an unknown type": '<row r="1"><c r="A1" t="x"><v>5</v></c></row>',
    "a string before the first": '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
    "no address": '<row r="1"><c r="-1"><v>5</v></c></row>',
    "an unknown entity": '<row r="1"><c r="A1" t="str"><v>&x;</v></c></row>',
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_sheets(name: str) -> None:
    with pytest.raises(MalformedError):
        filled_cells(sheet(MALFORMED[name]), AREA, ELEMENTS)


def test_a_document_type_is_refused() -> None:
    with pytest.raises(DoctypeError):
        filled_cells(b'<!DOCTYPE a [<!ENTITY x "1">]>' + sheet(""), AREA, ELEMENTS)


@pytest.mark.parametrize("address", ["XFD1", "ZZ99999", "A1048576", "ZZZZ1", "xfd1048576"])
@pytest.mark.parametrize(
    "cell", ['<c r="{}"><v>1</v></c>', "<c r='{}'><v>1</v></c>", '<c s="1" r="{}"><v>1</v></c>']
)
def test_far_cells(address: str, cell: str) -> None:
    row = int(re.sub("[A-Za-z]", "", address))
    rows = f'<row r="1"><c r="C1"><v>1</v></c></row><row r="{row}">{cell.format(address)}</row>' if row > 1 else (
        f'<row r="1">{cell.format(address)}</row><row r="900"><c r="A900"><v>1</v></c></row>'
    )  # fmt: skip
    with pytest.raises(FarError) as error:
        filled_cells(sheet(rows), AREA, ELEMENTS)
    assert str(error.value).upper() == address.upper()


def test_the_area_is_what_counts() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="40"><c r="Z40"><v>1</v></c></row>'
    tall = rows.replace("40", "1040")
    assert len(grid(filled_cells(sheet(tall), 26 * 1040, ELEMENTS))) == 1040
    with pytest.raises(FarError, match=r"^Z1040$"):
        filled_cells(sheet(tall), 26 * 1040 - 1, ELEMENTS)


@pytest.mark.parametrize(
    ("strings", "texts"),
    [
        ("<si><t>a</t></si>", "as it is"),
        ("<si><t>5<!--x-->6</t></si>", ["56"]),
        ("<si><t><![CDATA[<a>]]></t></si>", ["&lt;a>"]),
        ("<si><r><t>te</t></r><r><t>bal</t></r><rPh><t>x</t></rPh></si><si/>", ["tebal", ""]),
        ("<si><t>a&#10;b</t></si>", ["a\nb"]),
    ],
)
def test_shared_strings(strings: str, texts: list[str] | str) -> None:
    part = f'<sst xmlns="{MAIN}">{strings}</sst>'.encode()
    if texts == "as it is":
        assert plain_strings(part, 100) is part
    else:
        found = re.findall(r'<t xml:space="preserve">(.*?)</t>', plain_strings(part, 100).decode(), re.DOTALL)
        assert [each.replace("&gt;", ">") for each in found] == texts


CELLS = st.dictionaries(
    st.tuples(st.integers(1, 60), st.integers(0, 25)),
    st.one_of(
        st.floats(allow_nan=False, allow_infinity=False).map(lambda number: f"<v>{number!r}</v>"),
        st.integers(-10, 10).map(lambda number: f"<f>A1</f><v>{number}</v>"),
        st.just(""),
        st.just("<f>A1</f>"),
        st.sampled_from(["a", "x &amp; y", "&lt;"]).map(lambda text: f"<v>{text}</v>"),
    ),
    max_size=30,
)


@given(CELLS)
def test_taken_out_or_written_anew_is_the_same(cells: dict[tuple[int, int], str]) -> None:
    rows = ""
    for row in sorted({row for row, _ in cells}):
        rows += f'<row r="{row}">'
        for column in sorted(column for line, column in cells if line == row):
            content = cells[row, column]
            kind = ' t="str"' if re.search("[a-z&]", re.sub("</?[vf]>|e[-+]?[0-9]", "", content)) else ""
            rows += f'<c r="{chr(65 + column)}{row}"{kind}>{content}</c>'
        rows += "</row>"
    taken, anew = filled_cells(sheet(rows), AREA, ELEMENTS), rewritten(sheet(rows), ELEMENTS)
    assert (grid(taken), taken.formulas, taken.unreadable) == (grid(anew), anew.formulas, anew.unreadable)


def test_what_must_be_parsed_may_not_be_long() -> None:
    rows = "<row><c><v>1</v></c></row>" * 10  # three elements each, and two around them
    assert len(grid(filled_cells(sheet(rows), AREA, 32))) == 10
    with pytest.raises(LargeError):
        filled_cells(sheet(rows), AREA, 31)
    common = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 11))
    assert len(grid(filled_cells(sheet(common), AREA, 0))) == 10


@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.parametrize(
    "form", ['<sheetProtection objects="1" sheet="{}"/>', "<sheetProtection sheet = '{}' />"]
)
def test_locks(form: str, locked: bool) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    written = sheet(rows).replace(b"</sheetData>", b"</sheetData>" + form.format(int(locked)).encode())
    assert rewritten(written, ELEMENTS).protected is locked
    odd = written.replace(b'r="1"', b"r='1'")
    assert filled_cells(written if '"' in form else odd, AREA, ELEMENTS).protected is locked


def test_with_formulas_it_is_xml_of_its_own() -> None:
    rows = '<row r="1" x14ac:dyDescent="0.25"><c r="A1" s="1"/><c r="B1" t="str"><f>A1&amp;""</f><v></v></c></row><row r="2" x:a="b"/>'
    found = filled_cells(sheet(rows), AREA, ELEMENTS, formulas=True)
    assert ElementTree.fromstring(found.content).findall(".//{*}f")[0].text == 'A1&""'


def test_odd_strings_of_too_many_elements_are_refused() -> None:
    part = f'<sst xmlns="{MAIN}">{"<si><rPh/></si>" * 50}</sst>'.encode()
    plain_strings(part, 101)
    with pytest.raises(LargeError):
        plain_strings(part, 100)
