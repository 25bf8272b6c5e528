"""What people put into a report, inside our blocks and lists too: an update loses none of it, and leaves nothing broken."""

from __future__ import annotations

import copy
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part as OpcPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

import documents
from lkjip_xl.form.json_data import from_document, to_document
from lkjip_xl.form.submission import Submission, initial
from lkjip_xl.report.docx.blocks import Block, blocks
from lkjip_xl.report.docx.elements import qn
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.report import KEPT
from lkjip_xl.report.docx.update import Change
from lkjip_xl.report.outline import Part
from lkjip_xl.report.sentences import Sentences
from lkjip_xl.template.model import Setup, Template
from support import ROOT

CORRECTED = ROOT / "samples" / "dpmd-banyuasin-2023-koreksi.json"
SENTENCE, TABLE, CHART = "ikhtisar_indikator_cc233c3e", "golongan", "grafik_kinerja_9e63f619"
_WORDS = "Kata kami sendiri."
_DRAWN = (
    "<w:drawing><wp:inline><wp:extent cx='9' cy='9'/><wp:docPr id='901' name='Foto'/><a:graphic><a:graphicData "
    "uri='http://schemas.openxmlformats.org/drawingml/2006/picture'/></a:graphic></wp:inline></w:drawing>"
)
_TRACKED = "w:id='9' w:author='x'"
Parts = tuple[Part, ...]
Known = dict[str, Block]


def _edited(content: bytes, edit: Callable[[Package, Known], None]) -> bytes:
    package = Package(content)
    edit(package, {each.name: each for each in blocks(package)})
    return package.saved()


def _xml(text: str) -> Any:
    name = text[1 : min(text.index(each) for each in " >" if each in text)]
    return parse_xml(f"<{name} {nsdecls('w', 'wp', 'a')}{text[1 + len(name) :]}")


def _run(content: str) -> Any:
    return _xml(f"<w:r>{content}</w:r>")


def _count(content: bytes, tag: str) -> int:
    return sum(1 for _ in Package(content).body.iter(qn(tag)))


def _said(content: bytes) -> int:
    return sum(text.count(_WORDS) for _, text in documents.paragraphs(content))


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", [SENTENCE, TABLE])
@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        (f"<w:r>{_DRAWN}</w:r>", "w:drawing"),
        (f"<w:moveFrom {_TRACKED}><w:r><w:t/></w:r></w:moveFrom>", "w:moveFrom"),
        (f"<w:moveTo {_TRACKED}><w:r><w:t/></w:r></w:moveTo>", "w:moveTo"),
    ],
    ids=["picture", "moved away", "moved here"],
)
def test_what_has_no_letters_is_of_people_too(
    document: bytes, after: Parts, name: str, typed: str, tag: str
) -> None:
    def edit(_: Package, known: Known) -> None:
        next(known[name].elements[-1].iter(qn("w:p"))).append(_xml(typed))

    content = _edited(document, edit)
    update = documents.updated(content, after, replace_edited=True)
    assert update.changes[name] is Change.FOREIGN
    added = sum(each is Change.ADDED for each in update.changes.values())  # a chart
    assert _count(update.content, tag) == _count(content, tag) + (added if tag == "w:drawing" else 0)


@pytest.mark.parametrize(
    "held",
    ["<w:r><w:commentReference w:id='1'/></w:r>", "<w:pPr><w:sectPr/></w:pPr>"],
    ids=["comment", "end of a section"],
)
def test_a_block_that_is_gone_from_the_workbook_stays_with_what_people_tied_to_it(
    document: bytes, template: Template, sample: Submission, held: str
) -> None:
    def edit(_: Package, known: Known) -> None:
        paragraph, added = known["tren_indikator_cc233c3e"].elements[0], _xml(held)
        if added.tag == qn("w:pPr"):
            paragraph.find(qn("w:pPr")).append(added[0])
        else:
            paragraph.append(added)

    data = to_document(sample, template)
    data["tabel"]["iku"][0]["indikator"] = "Jumlah Desa Berkembang"
    outline = documents.parts(template, from_document(data, template))
    changes = documents.updated(_edited(document, edit), outline).changes
    assert changes["tren_indikator_cc233c3e"] is Change.ORPHAN
    assert documents.updated(document, outline).changes["tren_indikator_cc233c3e"] is Change.REMOVED


def test_new_blocks_find_their_place_beside_one_that_was_written_anew(
    document: bytes, template: Template, sample: Submission
) -> None:
    data = to_document(sample, template)
    data["tabel"]["iku"].append(
        {"sasaran": "Sasaran", "indikator": "Indikator baru", "satuan": "desa", "arah": "naik"}
    )
    data["tabel"]["iku"][0]["indikator"] = "Jumlah Desa Berkembang"
    outline = documents.parts(template, from_document(data, template))
    update = documents.updated(document, outline)
    assert Change.ADDED in update.changes.values()
    assert documents.texts_of_blocks(update.content) == documents.texts_of_blocks(documents.new(outline))


def test_a_copy_of_a_block_is_of_people(document: bytes, after: Parts) -> None:
    def edit(_: Package, known: Known) -> None:
        for name in (TABLE, CHART):
            for each in reversed(known[name].elements):
                known[name].elements[-1].addnext(copy.deepcopy(each))

    content = _edited(document, edit)
    update = documents.updated(content, after)
    assert {name: update.changes[name] for name in (TABLE, CHART)} == dict.fromkeys(
        (TABLE, CHART), Change.UPDATED
    )
    parts = Document(BytesIO(update.content)).part.related_parts
    charts = [parts.get(each.get(qn("r:id"))) for each in Package(update.content).body.iter(qn("c:chart"))]
    assert all(isinstance(each, OpcPart) for each in charts)
    assert len(charts) == _count(content, "c:chart") + 1  # one more of the workbook


def test_a_table_whose_caption_was_deleted_is_told_and_not_written_twice(
    document: bytes, after: Parts
) -> None:
    def edit(_: Package, known: Known) -> None:
        first = known[TABLE].elements[0]
        first.getparent().remove(first)

    content = _edited(document, edit)
    for restore in (False, True):
        update = documents.updated(content, after, restore=restore)
        assert update.changes[TABLE] is Change.CONFLICT
        assert _count(update.content, "w:tbl") == _count(content, "w:tbl")
    forced = documents.updated(content, after, replace_edited=True)
    assert forced.changes[TABLE] is Change.UPDATED
    assert documents.texts_of_blocks(forced.content) == documents.texts_of_blocks(documents.new(after))


def _lists(package: Package) -> Iterator[Any]:
    """Yield the first paragraph of each list."""
    for code in package.body.iter(qn("w:instrText")):
        if (code.text or "").split()[:1] == ["TOC"]:
            yield next(code.iterancestors(qn("w:p")))


def _last(first: Any, package: Package) -> Any:
    each = first
    while package.style_name(each.getnext()).startswith("toc"):
        each = each.getnext()
    return each


def _before(package: Package) -> None:
    next(_lists(package)).insert(1, _run(f"<w:t>{_WORDS}</w:t>"))


def _behind(package: Package) -> None:
    last = _last(next(_lists(package)), package)
    end = _xml("<w:p></w:p>")
    end.extend([last[-1], _run(f"<w:t>{_WORDS}</w:t>")])
    last.addnext(end)


def _between(package: Package) -> None:
    number = (
        f"<w:fldSimple w:instr=' PAGE '><w:r><w:t>3</w:t></w:r></w:fldSimple><w:r><w:t>{_WORDS}</w:t></w:r>"
    )
    marks = "".join(f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "end"))
    next(_lists(package)).addnext(_xml(f"<w:p>{number}{marks}</w:p>"))


@pytest.mark.parametrize("put", [_before, _behind, _between])
def test_words_at_a_list_stay(document: bytes, after: Parts, put: Callable[[Package], None]) -> None:
    content = _edited(document, lambda package, _: put(package))
    assert _said(documents.updated(content, after).content) == 1


def test_breaks_at_the_end_of_a_list_stay(document: bytes, before: Parts) -> None:
    def edit(package: Package, _: Known) -> None:
        last = _last(next(_lists(package)), package)
        last.find(qn("w:pPr")).append(_xml("<w:sectPr></w:sectPr>"))
        last.append(_run("<w:br w:type='page'/>"))

    content = _edited(document, edit)
    update = documents.updated(content, before)
    assert [_count(update.content, tag) for tag in ("w:sectPr", "w:br")] == [
        _count(content, tag) for tag in ("w:sectPr", "w:br")
    ]


def test_a_list_whose_paragraphs_have_no_style_is_written(document: bytes, before: Parts) -> None:
    def edit(package: Package, _: Known) -> None:
        for each in [*_lists(package)]:
            each.remove(each.find(qn("w:pPr")))

    update = documents.updated(_edited(document, edit), before)
    entries = [text for style, text in documents.paragraphs(update.content) if style == "toc 1"]
    assert entries == [text for style, text in documents.paragraphs(document) if style == "toc 1"]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("before_it", [True, False])
@pytest.mark.parametrize("rows", [0, 1], ids=["in place", "written anew"])
def test_breaks_in_a_block_are_no_edit_and_stay(
    template: Template, sample: Submission, document: bytes, rows: int, before_it: bool
) -> None:
    """LibreOffice writes one before a section or behind it; people put them where they want them."""

    def edit(_: Package, known: Known) -> None:
        run = _run("<w:br w:type='page'/>")
        known[TABLE].elements[0].insert(1, run) if before_it else known[TABLE].elements[-1].append(run)

    data = to_document(sample, template)
    data["tabel"]["golongan"][0]["jumlah"] = 9
    data["tabel"]["golongan"] += [{"golongan": "Pembina Utama / IV.e", "jumlah": 1}] * rows
    outline = documents.parts(template, from_document(data, template))
    update = documents.updated(_edited(document, edit), outline)
    assert update.changes[TABLE] is Change.UPDATED
    assert documents.texts_of_blocks(update.content) == documents.texts_of_blocks(documents.new(outline))
    block = next(each for each in blocks(Package(update.content)) if each.name == TABLE)
    found = [[each.get(qn("w:type")) for each in one.iter(qn("w:br"))] for one in block.elements]
    assert found == ([["page"], [], []] if before_it else [[], [], ["page"]])


def test_a_chart_that_people_took_away_stays_away(document: bytes, after: Parts) -> None:
    def edit(_: Package, known: Known) -> None:
        for each in [*known[CHART].elements[0].iter(qn("w:drawing"))]:
            each.getparent().remove(each)

    update = documents.updated(_edited(document, edit), after)
    assert update.changes[CHART] is Change.EDITED


def test_a_place_becomes_a_sentence_once_the_workbook_has_it(template: Template, sample: Submission) -> None:
    """And what people have written in it stays theirs."""
    blank = documents.new(documents.parts(template, sample))
    data = to_document(sample, template)
    data["tabel"]["identitas"] |= {"kepala": "Drs. Ahmad", "nip": "197001011995031001"}
    outline = documents.parts(template, from_document(data, template))
    assert documents.texts_of_blocks(blank)["nama"] == "[Tulis di sini: nama kepala perangkat daerah]"
    update = documents.updated(blank, outline)
    texts = documents.texts_of_blocks(update.content)
    assert (texts["nama"], texts["nip"]) == ("Drs. Ahmad", "NIP 197001011995031001")
    styles = {text: style for style, text in documents.paragraphs(update.content)}
    assert (styles["Drs. Ahmad"], styles["NIP 197001011995031001"]) == ("lkjip nama", "lkjip tanda tangan")

    package = Package(blank)
    block = {each.name: each for each in blocks(package)}["nama"]
    for text in block.elements[0].iter(qn("w:t")):
        text.text = "Siti Aminah, S.E."
    written = package.saved()
    again = documents.updated(written, documents.parts(template, sample))
    assert set(again.changes.values()) == {Change.SAME}
    assert documents.updated(written, outline).changes["nama"] is Change.CONFLICT


def test_figures_of_sentences_have_the_decimals_of_their_column(
    template: Template, sample: Submission
) -> None:
    texts = documents.texts_of_blocks(documents.new(documents.parts(template, sample)))
    assert "realisasi tahun 2023 sebesar 80,60" in texts["tren_indikator_230b10b8"]
    assert "naik 7,74" in texts["tren_indikator_230b10b8"]
    assert "turun 9 dari" in texts["tren_indikator_cc233c3e"]
    assert "naik 44,28 poin dari" in texts["tren_indikator_0ac6af39"]


def test_a_blank_name_leaves_a_gap_in_texts_of_people(template: Template) -> None:
    blank = initial(template, Setup(2023, (2021, 2023)))
    found = [text for _, text in documents.paragraphs(documents.new(documents.parts(template, blank)))]
    assert "LKjIP … … disusun berdasarkan:" in found
    assert "[Tulis di sini: simpulan capaian kinerja dan anggaran]" in found


def _more_golongan(template: Template, sample: Submission) -> tuple[Part, ...]:
    data = to_document(sample, template)
    data["tabel"]["golongan"].append({"golongan": "Pengatur / II.c", "jumlah": 1})
    return documents.parts(template, from_document(data, template))


def _known(package: Package) -> dict[str, Block]:
    return {each.name: each for each in blocks(package)}


def test_a_comment_and_the_end_of_a_section_stay_on_a_table_that_is_written_anew(
    template: Template, sample: Submission
) -> None:
    package = Package(documents.new(documents.parts(template, sample)))
    _, table, source = _known(package)["golongan"].elements
    space = nsdecls("w")
    for row in list(table.iter(qn("w:tr")))[2:3]:
        first = next(row.iter(qn("w:p")))
        first.append(parse_xml(f"<w:commentRangeStart {space} w:id='5'/>"))
        first.append(parse_xml(f"<w:commentRangeEnd {space} w:id='5'/>"))
        first.append(parse_xml(f"<w:r {space}><w:commentReference w:id='5'/></w:r>"))
    source.find(qn("w:pPr")).append(
        parse_xml(f"<w:sectPr {space}><w:pgSz w:w='1000' w:h='2000'/></w:sectPr>")
    )
    update = documents.updated(package.saved(), _more_golongan(template, sample))
    assert update.changes["golongan"] is Change.UPDATED
    made = _known(Package(update.content))["golongan"].elements
    assert len(list(made[1].iter(qn("w:tr")))) == len(list(table.iter(qn("w:tr")))) + 1
    marks = [
        each.tag
        for one in made
        for each in one.iter(*(qn(f"w:comment{end}") for end in ("RangeStart", "RangeEnd", "Reference")))
    ]
    assert marks == [qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:commentReference")]
    assert [each.get(qn("w:w")) for each in made[-1].iter(qn("w:pgSz"))] == ["1000"]


def test_a_cell_over_several_columns_gets_the_width_of_all(template: Template, sample: Submission) -> None:
    package = Package(documents.new(documents.parts(template, sample)))
    table = _known(package)["kinerja"].elements[1]
    for each, width in zip(table.iter(qn("w:gridCol")), range(100, 800, 100), strict=True):
        each.set(qn("w:w"), str(width))
    data = to_document(sample, template)
    data["tabel"]["ikk"].append({**data["tabel"]["ikk"][0], "indikator": "Persentase Desa Sadar Hukum"})
    data["tabel"]["kinerja"]["ikk"].append({"target": 50, "realisasi_isian": 40})
    outline = documents.parts(template, from_document(data, template))
    update = documents.updated(package.saved(), outline)
    made = _known(Package(update.content))["kinerja"].elements[1]
    widths = [
        [int(cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}").get(qn("w:w"))) for cell in row.iter(qn("w:tc"))]
        for row in made.iter(qn("w:tr"))
    ]
    assert {tuple(each) for each in widths} == {(2800,), tuple(range(100, 800, 100))}


def test_a_renamed_row_comes_before_what_people_wrote_below_the_old_one(
    template: Template, sample: Submission
) -> None:
    package = Package(documents.new(documents.parts(template, sample)))
    old = _known(package)["tren_indikator_cc233c3e"].elements[0]
    old.addnext(parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>Catatan kami.</w:t></w:r></w:p>"))
    data = to_document(sample, template)
    data["tabel"]["iku"][0]["indikator"] = "Jumlah Desa Berkembang"
    update = documents.updated(package.saved(), documents.parts(template, from_document(data, template)))
    lines = [text for _, text in documents.paragraphs(update.content)]
    at = lines.index("Catatan kami.")
    assert lines[at - 1].startswith("Jumlah Desa Berkembang: realisasi tahun 2023")


def _without_bookmarks(package: Package) -> None:
    for start in [*package.bookmarks()]:
        start.getparent().remove(start)


def test_of_two_sentences_that_say_the_same_each_is_found(template: Template, sample: Submission) -> None:
    package = Package(documents.new(documents.parts(template, sample)))
    _without_bookmarks(package)
    data = to_document(sample, template)
    data["tabel"]["identitas"]["tanggal"] = "2024-01-29"
    update = documents.updated(package.saved(), documents.parts(template, from_document(data, template)))
    lines = [text for _, text in documents.paragraphs(update.content)]
    assert lines.count("Pangkalan Balai, 29 Januari 2024") == 2
    assert "Pangkalan Balai, 8 Januari 2024" not in lines


def test_without_its_bookmark_a_table_is_found_by_its_caption_alone(
    template: Template, sample: Submission
) -> None:
    package = Package(documents.new(documents.parts(template, sample)))
    source = _known(package)["golongan"].elements[-1]
    _without_bookmarks(package)
    next(source.iter(qn("w:t"))).text = "Sumber: kepegawaian"
    update = documents.updated(package.saved(), _more_golongan(template, sample))
    assert update.changes["golongan"] is Change.UPDATED
    assert ["Pengatur / II.c", "1"] in documents.grids(update.content)["golongan"][0]


def test_links_to_other_places_stay_and_lost_parts_do_not_matter(
    template: Template, sample: Submission
) -> None:
    package = Package(documents.new(documents.parts(template, sample)))
    package.document.part.relate_to("http://contoh.go.id/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    with zipfile.ZipFile(BytesIO(package.saved())) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    del content["word/embeddings/grafik1.xlsx"]  # as LibreOffice leaves it away
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, each in content.items():
            archive.writestr(name, each)
    rels = Package(out.getvalue()).document.part.rels.values()
    assert [each.target_ref for each in rels if each.is_external] == ["http://contoh.go.id/"]


def test_the_names_of_blocks_are_kept_once(template: Template, sample: Submission) -> None:
    outline = documents.parts(template, sample)
    first = documents.new(outline)
    twice = documents.updated(first, outline).content
    package = Package(twice)
    package.set_list(KEPT, [part.name for part in outline if part.name])
    assert Package(package.saved()).kept_list(KEPT) == Package(first).kept_list(KEPT)
    with zipfile.ZipFile(BytesIO(package.saved())) as archive:
        assert archive.read("docProps/custom.xml").count(f'"{KEPT} 1"'.encode()) == 1


def test_styles_build_on_the_base_whatever_it_calls_its_own() -> None:
    base = Document()
    for style in base.styles.element.iter(qn("w:style")):
        if style.get(qn("w:styleId")) == "Normal":
            style.set(qn("w:styleId"), "Biasa")
    out = BytesIO()
    base.save(out)
    styles = Document(BytesIO(Package(out.getvalue()).saved())).styles
    assert styles["LKjIP Isi"].base_style.style_id == "Biasa"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ 'Efisien' | kecil }}", "efisien"),
        ("{{ 'IDM' | kecil }}", "IDM"),
        ("{{ 1.5 | banding(1.5) }}", "tetap"),
        ("{{ (0.1 + 0.2) | banding(0.3) }}", "tetap"),
        ("{{ 2.0 | banding(1.5) }} {{ 1.0 | banding(1.5) }} {{ 1.0 | selisih(1.5) }}", "naik turun 0,5"),
        ("{{ '…' | banding(1.0) }}", None),
    ],
)
def test_words_that_compare(text: str, expected: str | None) -> None:
    assert [*Sentences({}).written([text])] == ([] if expected is None else [expected])
