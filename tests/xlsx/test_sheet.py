"""One sheet's XML to its filled cells: the same however a program writes it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_xl.base.a1 import a1
from lkjip_xl.xlsx.cells import Formula, Sheet
from lkjip_xl.xlsx.errors import DoctypeError, FarError, LargeError, MalformedError
from lkjip_xl.xlsx.parsed import parsed_sheet
from lkjip_xl.xlsx.sheet import formulas_of, sheet_of
from lkjip_xl.xlsx.styles import Styles, Unreadable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
AREA, ELEMENTS = 2_000_000, 1000
STRINGS, STYLES = ("teks",), Styles({})


def sheet(rows: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def read(part: bytes, *, area: int = AREA, elements: int = ELEMENTS) -> Sheet:
    return sheet_of(part, STRINGS, STYLES, area=area, elements=elements)


def grid(found: Sheet) -> list[list[Any]]:
    """Return what stands in a sheet from A1 on, blank where that is nothing or cannot be read."""
    width = max((max(row) for row in found.cells.values()), default=-1) + 1
    return [
        [
            "" if isinstance(value := found.cells.get(row, {}).get(column, ""), Unreadable) else value
            for column in range(width)
        ]
        for row in range(max(found.cells, default=-1) + 1)
    ]


def unreadable(found: Sheet) -> dict[str, str]:
    """Return what stands in cells that show no value, by address."""
    return {
        a1(row, column): str(value)
        for row, line in found.cells.items()
        for column, value in line.items()
        if isinstance(value, Unreadable)
    }


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
    rows, cells, errors = WRITTEN[name]
    for found in (read(sheet(rows)), parsed_sheet(sheet(rows), STRINGS, STYLES, ELEMENTS)):
        assert (grid(found), unreadable(found)) == (cells, errors)


def test_prefixes_and_other_encodings() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><v>é</v></c></row>'
    prefixed = re.sub(r"<(/?)(?=[a-z])", r"<\1x:", sheet(rows).decode()).replace("xmlns=", "xmlns:x=")
    assert grid(read(prefixed.encode())) == [[1.0, "é"]]
    wide = sheet(rows).decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert grid(read(wide)) == [[1.0, "é"]]


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
        read(sheet(MALFORMED[name]))


def test_a_document_type_is_refused() -> None:
    with pytest.raises(DoctypeError):
        read(b'<!DOCTYPE a [<!ENTITY x "1">]>' + sheet(""))


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
        read(sheet(rows))
    assert str(error.value).upper() == address.upper()


def test_the_area_is_what_counts() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="40"><c r="Z40"><v>1</v></c></row>'
    tall = rows.replace("40", "1040")
    assert len(grid(read(sheet(tall), area=26 * 1040))) == 1040
    with pytest.raises(FarError, match=r"^Z1040$"):
        read(sheet(tall), area=26 * 1040 - 1)


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
def test_found_by_patterns_or_parsed_is_the_same(cells: dict[tuple[int, int], str]) -> None:
    rows = ""
    for row in sorted({row for row, _ in cells}):
        rows += f'<row r="{row}">'
        for column in sorted(column for line, column in cells if line == row):
            content = cells[row, column]
            kind = ' t="str"' if re.search("[a-z&]", re.sub("</?[vf]>|e[-+]?[0-9]", "", content)) else ""
            rows += f'<c r="{chr(65 + column)}{row}"{kind}>{content}</c>'
        rows += "</row>"
    found, parsed = read(sheet(rows)), parsed_sheet(sheet(rows), STRINGS, STYLES, ELEMENTS)
    assert found == replace(parsed, elements=found.elements)


def test_what_must_be_parsed_may_not_be_long() -> None:
    rows = "<row><c><v>1</v></c></row>" * 10  # three elements each, and two around them
    assert len(grid(read(sheet(rows), elements=32))) == 10
    with pytest.raises(LargeError):
        read(sheet(rows), elements=31)
    common = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 11))
    assert len(grid(read(sheet(common), elements=0))) == 10


@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.parametrize(
    "form", ['<sheetProtection objects="1" sheet="{}"/>', "<sheetProtection sheet = '{}' />"]
)
def test_locks(form: str, locked: bool) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    written = sheet(rows).replace(b"</sheetData>", b"</sheetData>" + form.format(int(locked)).encode())
    assert parsed_sheet(written, STRINGS, STYLES, ELEMENTS).protected is locked
    odd = written.replace(b'r="1"', b"r='1'")
    assert read(written if '"' in form else odd).protected is locked


FORMULAS = {
    "as Excel does": '<row r="1" x14ac:dyDescent="0.25"><c r="A1" s="1"/><c r="B1" t="str"><f>A1&amp;""</f><v></v></c></row>',
    "other quotes": "<row r='1'><c r='B1' t='str'><f>A1&amp;\"\"</f></c></row>",
    "after its value": '<row r="1"><c r="B1" t="str"><v>x</v><f>A1&amp;""</f></c></row>',
}


@pytest.mark.parametrize("name", FORMULAS)
def test_formulas(name: str) -> None:
    part = sheet(FORMULAS[name]).replace(b"<worksheet", b'<worksheet xmlns:x14ac="x"')
    assert formulas_of(part, ELEMENTS) == {(0, 1): Formula('A1&""')}


@pytest.mark.parametrize("quote", ['"', "'"])
def test_shared_formulas(quote: str) -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="7">B1+1</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="7"/><v>2</v></c></row>'
        '<row r="3"><c r="A3"><f si="7" t="shared"></f><v>3</v></c></row>'
    )
    found = formulas_of(sheet(rows.replace('"', quote)), ELEMENTS)
    assert found == {(0, 0): Formula("B1+1", "7"), (1, 0): Formula("", "7"), (2, 0): Formula("", "7")}


@pytest.mark.parametrize(
    "kind", ['t="str"><v>x</v>', 't="str"><f>x</f><v>y</v>', 't="inlineStr"><is><t>x</t></is>']
)
def test_bytes_that_are_no_text_are_refused(kind: str) -> None:
    part = sheet(f'<row r="1"><c r="A1" {kind}</c></row>').replace(b">x<", b">\xde<")
    with pytest.raises(MalformedError):
        formulas_of(part, ELEMENTS) if "<f>" in kind else read(part)
