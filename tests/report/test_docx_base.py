"""A base document of an agency: its letterhead stands where it stood, its styles stay, and what they lack does no harm."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from openxml_audit import OpenXmlValidator

import documents
from lkjip_xl.form.submission import Submission
from lkjip_xl.report.docx.elements import qn
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.paper import Page
from lkjip_xl.report.outline import Part
from lkjip_xl.template.model import Template


@pytest.fixture(scope="module")
def outline(template: Template, sample: Submission) -> tuple[Part, ...]:
    return documents.parts(template, sample)


@pytest.fixture(scope="module")
def written(outline: tuple[Part, ...]) -> bytes:
    """A report on F4 with a letterhead and a drawing on the first page alone; the styles are those of python-docx."""
    base = Document()
    section = base.sections[0]
    section.page_width, section.page_height = Mm(215), Mm(330)
    section.different_first_page_header_footer = True
    letterhead = section.first_page_header.paragraphs[0]
    letterhead.text = "KOP DINAS"
    letterhead.runs[0]._r.append(
        parse_xml(
            f"<w:drawing {nsdecls('w', 'wp', 'a')}><wp:inline><wp:extent cx='9' cy='9'/><wp:docPr id='1' name='Logo'/>"
            "<a:graphic><a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/picture'/></a:graphic>"
            "</wp:inline></w:drawing>"
        )
    )
    section.header.paragraphs[0].text = "Halaman berikutnya"
    out = BytesIO()
    base.save(out)
    return documents.new(outline, out.getvalue())


def test_a_letterhead_of_the_first_page_stands_there_alone(written: bytes) -> None:
    sections = Document(BytesIO(written)).sections
    assert sections[0].first_page_header.paragraphs[0].text == "KOP DINAS"
    assert [each.different_first_page_header_footer for each in sections] == [
        True,
        *[False] * (len(sections) - 1),
    ]


def test_drawings_of_letterhead_and_report_have_numbers_of_their_own(written: bytes, tmp_path: Path) -> None:
    path = tmp_path / "laporan.docx"
    path.write_bytes(written)
    assert [each for each in OpenXmlValidator().validate(path).errors if "docPr" in str(each)] == []


def test_chapters_begin_a_page_and_captions_stay_with_their_table_whatever_the_styles_say(
    written: bytes,
) -> None:
    package = Package(written)
    chapters, captions = [], []
    for each in package.body.iterchildren(qn("w:p")):
        properties = each.find(qn("w:pPr"))
        if package.style_name(each) == "heading 1":
            chapters.append(properties.find(qn("w:pageBreakBefore")) is not None)
        if package.style_name(each) == "caption" and each.getnext().tag == qn("w:tbl"):
            captions.append(properties.find(qn("w:keepNext")) is not None)
    assert (set(chapters), set(captions)) == ({True}, {True})


def test_a_margin_that_does_not_give_way_to_the_letterhead_is_as_wide() -> None:
    """Word writes it as a negative number."""
    base = Document()
    base.sections[0].top_margin = Mm(-30)
    out = BytesIO()
    base.save(out)
    assert Page.of("A4", Package(out.getvalue())).margins[0] == round(30 / 25.4 * 1440)


def test_a_base_with_a_footer_keeps_it_on_every_page(outline: tuple[Part, ...]) -> None:
    base = Document()
    base.sections[0].footer.paragraphs[0].text = "Jalan Contoh Nomor 1"
    out = BytesIO()
    base.save(out)
    sections = Document(BytesIO(documents.new(outline, out.getvalue()))).sections
    assert {each.footer.paragraphs[0].text for each in sections} == {"Jalan Contoh Nomor 1"}


def test_a_style_of_a_base_that_has_the_id_of_ours_stays(outline: tuple[Part, ...]) -> None:
    base = Document()
    style = base.styles.add_style("Isi OPD", WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), "LKjIPIsi")
    out = BytesIO()
    base.save(out)
    package = Package(documents.new(outline, out.getvalue()))
    assert [package.style("Isi OPD"), package.style("LKjIP Isi")] == ["LKjIPIsi", "LKjIPLKjIPIsi"]
