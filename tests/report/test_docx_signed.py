"""A report that a head of an agency can sign: nothing missing within a sentence, nothing broken or alone on its page."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import documents
from clean import clean_document
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.setups import Wanted, first_submission
from lkjip_xl.form.submission import Submission
from lkjip_xl.report.docx.blocks import blocks
from lkjip_xl.report.docx.elements import qn
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.styles import SIZE
from lkjip_xl.report.docx.tables import laid_out, length
from lkjip_xl.report.outline import Part, Prose, Section
from lkjip_xl.report.printed import PrintedTable
from lkjip_xl.template.model import Template

_PENANGGUNG = 6.056  # ems of the word in Arial bold, as the font has it


@pytest.fixture(scope="module")
def blank(template: Template) -> bytes:
    return documents.new(documents.parts(template, first_submission(template, Wanted(year=2025))))


def test_a_blank_workbook_leaves_no_hole(blank: bytes) -> None:
    lines = [text for _, text in documents.paragraphs(blank)]
    holes = re.compile(r"none|\{|\}| [:,.;]|,$|^Sumber: *(,|$)|  |\(\)", re.IGNORECASE)
    assert [text for text in lines if holes.search(text)] == []
    assert "A. Capaian Kinerja Perangkat Daerah" in lines
    assert (
        "[Tulis di sini: susunan organisasi: pimpinan, sekretariat, bidang, dan kelompok jabatan fungsional]"
        in lines
    )
    assert [text for text in lines if text.startswith("Sumber")] == []


def test_a_name_that_is_missing_stands_where_it_will_be_signed(blank: bytes) -> None:
    package = Package(blank)
    places = [each for each in package.body.iter(qn("w:p")) if package.style_name(each) == "lkjip tulis"]
    found = {}
    for each in places:
        indent, above = (each.find(f"{qn('w:pPr')}/{qn(tag)}") for tag in ("w:ind", "w:spacing"))
        if indent is not None:
            found[_says(each)] = (indent.get(qn("w:left")), above.get(qn("w:before")))
    assert found == {
        "[Tulis di sini: nama kepala perangkat daerah]": ("4536", "1200"),
        "[Tulis di sini: pangkat/golongan]": ("4536", "0"),
        "[Tulis di sini: NIP]": ("4536", "0"),
    }


def test_the_key_indicators_are_announced_where_there_are_any(template: Template, blank: bytes) -> None:
    announced = "Selain IKU, kinerja diukur dengan Indikator Kinerja Kunci (IKK) sebagai berikut."
    filled = documents.new(documents.parts(template, from_document(clean_document(), template)))
    found = [[text for _, text in documents.paragraphs(each)].count(announced) for each in (filled, blank)]
    assert found == [1, 0]


def test_a_figure_keeps_to_its_own_caption_alone(template: Template, sample: Submission) -> None:
    package = Package(documents.new(documents.parts(template, sample)))
    captions = [each for each in package.body.iter(qn("w:p")) if package.style_name(each) == "caption"]
    kept = [(each.find(f".//{qn('w:keepNext')}"), _says(each)) for each in captions]
    loose = [text for found, text in kept if found is not None and found.get(qn("w:val")) == "0"]
    assert loose == [text for _, text in kept if text.startswith("Gambar")]
    assert len(loose) == 6


def _says(of: object) -> str:
    return "".join(each.text or "" for each in of.iter(qn("w:t")))  # type: ignore[attr-defined]  # an element


def test_a_figure_and_its_unit_stand_on_one_line(template: Template, sample: Submission) -> None:
    package = Package(documents.new(documents.parts(template, sample)))
    prose = [
        each
        for each in package.body.iter(qn("w:p"))
        if package.style_name(each) in ("lkjip isi", "lkjip butir")
    ]
    parted = [text for text in map(_says, prose) if re.search(r"\bRp \d|\d %", text)]
    assert parted == []
    assert sum(text.count("\u00a0%") for text in map(_says, prose)) > 20


def test_a_sentence_of_a_table_that_does_not_apply_gets_no_page_of_its_own(template: Template) -> None:
    data = clean_document(indicators=1, years=6)
    data["tabel"] |= {"ikk": [], "tren": {"iku": data["tabel"]["tren"]["iku"]}}
    for part in ("kinerja", "renstra"):
        data["tabel"][part] = {"iku": data["tabel"][part]["iku"]}
    wide = dict.fromkeys(
        ("formula", "penanggung_jawab", "sumber_data", "keterangan"), "Pertanggungjawaban " * 9
    )
    data["tabel"]["iku"][0] |= wide
    data["tidak_berlaku"]["ikk"] = "Tidak ada IKK di Renstra"
    outline = documents.parts(template, from_document(data, template))
    package = Package(documents.new(outline))
    sections: list[list[str]] = [[]]
    for each in package.body.iterchildren():
        sections[-1].append(_says(each))
        if each.find(f".//{qn('w:sectPr')}") is not None:
            sections.append([])
    alone = next(texts for texts in sections if any("Tidak ada IKK di Renstra" in text for text in texts))
    assert any(text.startswith("Tabel 2.2") for text in alone)


def test_bold_letters_are_as_wide_as_they_are_measured() -> None:
    assert length("Penanggung", 9, bold=True) >= _PENANGGUNG * 9 * 20


def test_a_small_table_is_not_divided_between_pages(template: Template, sample: Submission) -> None:
    package = Package(documents.new(documents.parts(template, sample)))
    small = next(each for each in blocks(package) if each.name == "golongan").elements[1]
    rows = [*small.iter(qn("w:tr"))][2:]  # below the headings
    assert [any(True for _ in row.iter(qn("w:keepNext"))) for row in rows] == [True] * len(rows)


def test_a_column_is_as_wide_as_its_total(template: Template, sample: Submission) -> None:
    outline = documents.parts(template, sample)
    table = next(each.content for each in outline if each.name == "golongan")
    assert isinstance(table, PrintedTable)
    assert table.total is not None
    total = replace(table.total, values=(*table.total.values[:-1], 123_456_789_012_345.0))
    _, (laid,) = laid_out(replace(table, total=total), "A4", 8787, 13719)
    assert laid.widths[-1] > length("123.456.789.012.345", SIZE, bold=True)


def test_one_paragraph_turns_with_its_table_and_several_stay_upright(
    template: Template, sample: Submission
) -> None:
    outline = documents.parts(template, sample)
    wide = next(each for each in outline if each.name == "tren")
    found = []
    for lines in (("Satu.",), ("Satu.", "Dua.")):
        content = documents.new((Part(Section("isi")), Part(Prose(lines, "isi")), wide))
        sections = list(Package(content).body.iter(qn("w:pgSz")))
        found.append([each.get(qn("w:orient"), "upright") for each in sections])
    assert found == [["landscape"], ["upright", "landscape"]]
