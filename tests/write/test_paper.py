"""How a workbook is printed: the table alone, on the declared paper, with OPD, year, sheet, page and date below."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from clean import clean_document
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.layout import lay_out
from lkjip_xl.form.submission import fitted
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render


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
        shown = [line for (key, _), line in place.lines.items() if not table.columns[key].declared.hidden]
        (area,) = (
            book[place.sheet].print_area.split(",")
            if isinstance(book[place.sheet].print_area, str)
            else book[place.sheet].print_area
        )
        _, cells = area.rsplit("!", 1)
        low, high = cells.replace("$", "").split(":")
        ends = openpyxl.utils.cell.coordinate_to_tuple(high)
        assert openpyxl.utils.cell.coordinate_to_tuple(low) == (1, min(shown) + 1)
        assert ends == ((place.total_row or 0) + 1, max(shown) + 1)
        assert place.status_column is not None
        assert ends[1] <= place.status_column


@pytest.mark.parametrize(("paper", "code"), [("A4", 9), ("F4", 14)])
def test_the_declared_paper(template: Template, paper: str, code: int) -> None:
    declared = template.declared.model_copy(update={"paper": paper})
    book = _book(replace(template, declared=declared))
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
