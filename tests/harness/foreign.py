"""Workbooks of other origins: what else lies in the folders of an office, made with other libraries."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pandas
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from hostile import BOOK, MAIN, OLE, RELATIONS, deflated, edited, packed, raw_zip, stored, unpacked

ROWS = [("NO", "NAMA", "NILAI"), (1, "Dinas Pendidikan", 82.5), (2, "Dinas Kesehatan", 91.25)]


def _openpyxl(fill: Callable[[openpyxl.Workbook], object]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _xlsxwriter(
    fill: Callable[[xlsxwriter.Workbook], object], options: dict[str, Any] | None = None
) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **(options or {})})
    fill(book)
    book.close()
    return buffer.getvalue()


def by_pandas() -> bytes:
    """A table with two levels of headings and dates, as pandas writes it."""
    columns = pandas.MultiIndex.from_product([["2022", "2023"], ["target", "realisasi"]])
    days = pandas.date_range("2023-01-01", periods=3)
    frame = pandas.DataFrame([[1.5, None, 3, 4]] * 3, index=days, columns=columns)
    buffer = io.BytesIO()
    frame.to_excel(buffer, sheet_name="3.1 Kinerja")
    return buffer.getvalue()


def empty() -> bytes:
    """One sheet and nothing in it."""
    return _openpyxl(lambda _: None)


def with_everything() -> bytes:
    """A table, a note, a chart, a list, a merged range, formulas, a filter."""

    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        for row in ROWS:
            sheet.append(row)
        sheet["C4"] = "=SUM(C2:C3)"
        sheet["B2"].comment = Comment("catatan", "orang")
        sheet["E1"].hyperlink = "http://127.0.0.1:9/"
        sheet.merge_cells("G1:H2")
        sheet.add_table(Table(displayName="Nilai", ref="A1:C3"))
        choices = DataValidation(type="list", formula1='"a,b"')
        choices.add("D2:D9")
        sheet.add_data_validation(choices)
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=3), titles_from_data=True)
        sheet.add_chart(chart, "J2")

    return _openpyxl(fill)


def chart_alone() -> bytes:
    """A sheet that is a chart, and its figures."""

    def fill(book: xlsxwriter.Workbook) -> None:
        chart = book.add_chart({"type": "line"})
        book.add_chartsheet("Grafik").set_chart(chart)
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        chart.add_series({"values": "=Data!$C$2:$C$3"})

    return _xlsxwriter(fill)


def only_a_chart() -> bytes:
    """A workbook with no sheet of cells."""

    def fill(book: xlsxwriter.Workbook) -> None:
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "={1,2,3}"})
        book.add_chartsheet("Grafik").set_chart(chart)

    return _xlsxwriter(fill)


def all_hidden() -> bytes:
    """A workbook that shows no sheet at all."""
    return edited(empty(), BOOK, 'state="visible"', 'state="veryHidden"')


def pivoted() -> bytes:
    """A workbook with a pivot table and its cache."""
    parts = unpacked(with_everything())
    cache = f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{RELATIONS}" refreshOnLoad="1"><cacheSource type="external"/></pivotCacheDefinition>'
    return packed({**parts, "xl/pivotCache/pivotCacheDefinition1.xml": cache.encode()})


def with_a_macro() -> bytes:
    """A workbook with a macro, renamed to .xlsx."""

    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Makro").write(0, 0, "=1+1")
        book.add_vba_project(io.BytesIO(OLE + b"\0" * 504), is_stream=True)

    return _xlsxwriter(fill)


def two_hundred_sheets() -> bytes:
    """One sheet for each sub-district."""

    def fill(book: openpyxl.Workbook) -> None:
        for number in range(200):
            book.create_sheet(f"Kecamatan {number}").append(ROWS[0])

    return _openpyxl(fill)


def strings_in_place() -> bytes:
    """Texts in the cells themselves, dates since 1904, as programs for large data write them."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Identitas")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        sheet.write_datetime(9, 0, datetime.datetime(2023, 5, 1, tzinfo=datetime.UTC).replace(tzinfo=None))

    return _xlsxwriter(fill, {"constant_memory": True, "date_1904": True})


def locked_sheets() -> bytes:
    """Sheets and workbook locked with a password, which encrypts nothing."""

    def fill(book: openpyxl.Workbook) -> None:
        assert book.active is not None
        book.active.protection.set_password("rahasia")
        book.security.workbookPassword = "rahasia"
        book.security.lockStructure = True

    return _openpyxl(fill)


def large(rows: int = 300_000) -> bytes:
    """A list of people: 300,000 rows of six columns."""
    body = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="inlineStr"><is><t>Nama {n}</t></is></c>'
        f'<c r="C{n}"><v>1.5</v></c><c r="D{n}"><v>2</v></c><c r="E{n}"><v>3</v></c><c r="F{n}"><v>4</v></c></row>'
        for n in range(1, rows + 1)
    )
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    parts = unpacked(empty())
    name = "xl/worksheets/sheet1.xml"
    others = [stored(each, content) for each, content in parts.items() if each != name]
    return raw_zip([*others, deflated(name, sheet.encode(), level=1)])


def wide() -> bytes:
    """A matrix of 16,384 columns, all that Excel has."""

    def fill(book: openpyxl.Workbook) -> None:
        assert book.active is not None
        for _ in range(3):
            book.active.append([1] * 16384)

    return _openpyxl(fill)


FOREIGN: dict[str, Callable[[], bytes]] = {
    each.__name__: each
    for each in (
        by_pandas, empty, with_everything, chart_alone, only_a_chart, all_hidden, pivoted, with_a_macro, two_hundred_sheets,
        strings_in_place, locked_sheets,
    )
}  # fmt: skip
OVERSIZED: dict[str, Callable[[], bytes]] = {each.__name__: each for each in (large, wide)}
