"""A report that people have worked on, brought up to date: every edit of theirs is still there, and every figure is new."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import documents
from lkjip_xl.form.json_data import from_document, to_document
from lkjip_xl.form.submission import Submission
from lkjip_xl.report.docx.blocks import Block, blocks
from lkjip_xl.report.docx.elements import qn
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.update import Change
from lkjip_xl.report.outline import Part
from lkjip_xl.report.review.figures import Verdict
from lkjip_xl.report.review.prose import SentenceDifference
from lkjip_xl.template.model import Template
from support import ROOT, Office

CORRECTED = ROOT / "samples" / "dpmd-banyuasin-2023-koreksi.json"
IKU = "Jumlah Desa Sangat Tertinggal dan Tertinggal Menjadi Desa Berkembang"
Parts = tuple[Part, ...]


@pytest.fixture(scope="module")
def fresh(after: Parts) -> dict[str, str]:
    return documents.texts_of_blocks(documents.new(after))


def _edited(content: bytes, edit: Callable[[Package, dict[str, Block]], None]) -> bytes:
    package = Package(content)
    edit(package, {each.name: each for each in blocks(package)})
    return package.saved()


def _paragraph(text: str) -> Any:
    return parse_xml(f"<w:p {nsdecls('w')}><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>")


def _changes(update: documents.Brought) -> Counter[Change]:
    return Counter(each for each in update.changes.values())


def test_nothing_changes_where_the_workbook_is_the_same(document: bytes, before: Parts) -> None:
    update = documents.updated(document, before)
    assert set(update.changes.values()) == {Change.SAME}
    assert Package(update.content).body.xpath("string()") == Package(document).body.xpath("string()")


def test_every_block_says_what_a_new_report_says(
    document: bytes, after: Parts, fresh: dict[str, str]
) -> None:
    update = documents.updated(document, after)
    assert documents.texts_of_blocks(update.content) == fresh
    assert [*documents.texts_of_blocks(update.content)] == [*fresh]  # in the same order
    assert _changes(update) == {Change.SAME: 44, Change.UPDATED: 23, Change.ADDED: 1}


class Edits:
    """What people did outside the blocks: each edit leaves something that must still be there."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.written: list[str] = []
        self.deleted: set[str] = set()

    def _free(self) -> list[Any]:
        """Return the places before which something can be put: before a block, or an element of none."""
        inside = {each for block in blocks(self.package) for each in block.elements[1:]}
        return [each for each in self.package.body.iterchildren() if each not in inside]

    def insert(self, at: int) -> None:
        places = self._free()
        text = f"Ditulis orang nomor {len(self.written)}."
        self.written.append(text)
        places[at % len(places)].addprevious(_paragraph(text))

    def move(self, at: int) -> None:
        found = [*blocks(self.package)]
        block, places = found[at % len(found)], self._free()
        target = places[at * 7 % len(places)]
        if target not in block.elements:
            for each in block.elements:
                target.addprevious(each)

    def delete(self, at: int) -> None:
        found = [*blocks(self.package)]
        block = found[at % len(found)]
        self.deleted.add(block.name)
        for each in block.elements:
            each.getparent().remove(each)

    def rewrite(self, at: int) -> None:
        """Write over a paragraph that is of no block."""
        inside = {each for block in blocks(self.package) for each in block.elements}
        free = [
            each
            for each in self.package.body.iterchildren(qn("w:p"))
            if each not in inside and each.findall(qn("w:r")) and not each.findall(f".//{qn('w:fldChar')}")
        ]
        target = free[at % len(free)]
        text = f"Diubah orang nomor {len(self.written)}."
        texts = [*target.iter(qn("w:t"))]
        if texts and not (texts[0].text or "").startswith(("Ditulis", "Diubah")):
            texts[0].text = text
            self.written.append(text)

    def style(self, at: int) -> None:
        found = [*blocks(self.package)]
        for each in found[at % len(found)].elements[0].iter(qn("w:r")):
            each.get_or_add_rPr().append(parse_xml(f"<w:color {nsdecls('w')} w:val='00B050'/>"))


_EDITS = st.lists(
    st.tuples(st.sampled_from(["insert", "move", "delete", "rewrite", "style"]), st.integers(0, 500)),
    max_size=6,
)


class Sample:
    """The report as published, and its document."""

    def __init__(self, template: Template, submission: Submission, document: bytes) -> None:
        self.template, self.submission, self.document = template, submission, document


@pytest.fixture(scope="module")
def published(template: Template, sample: Submission, document: bytes) -> Sample:
    return Sample(template, sample, document)


def _is_lost(difference: object, deleted: str) -> bool:
    """Whether a difference is a sentence that people have deleted."""
    assert isinstance(difference, SentenceDifference)
    return difference.verdict is Verdict.MISSING and " ".join(difference.expected.split()) in deleted


@settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    edits=_EDITS, realisasi=st.integers(1, 400), pns=st.integers(1, 60), anggaran=st.integers(10**8, 10**9)
)
def test_edits_stay_and_figures_are_new(
    edits: list[tuple[str, int]], realisasi: int, pns: int, anggaran: int, published: Sample
) -> None:
    package = Package(published.document)
    made = Edits(package)
    for kind, at in edits:
        getattr(made, kind)(at)
    data = to_document(published.submission, published.template)
    data["tabel"]["kinerja"]["iku"][0]["realisasi_isian"] = realisasi
    data["tabel"]["pegawai"][0]["jumlah"] = pns
    data["tabel"]["keuangan"][0]["anggaran_isian"] = anggaran
    submission = from_document(data, published.template)
    outline = documents.parts(published.template, submission)
    update = documents.updated(package.saved(), outline)
    wanted = documents.texts_of_blocks(documents.new(outline))
    found = documents.texts_of_blocks(update.content)
    assert found == {name: text for name, text in wanted.items() if name not in made.deleted}
    absent = made.deleted & set(wanted)
    assert {name for name, change in update.changes.items() if change is Change.ABSENT} == absent
    lines = [text for style, text in documents.paragraphs(update.content) if not style.startswith("toc")]
    assert [" ".join(lines).count(each) for each in made.written] == [1] * len(made.written)
    review = documents.reviewed(update.content, published.template, submission)
    deleted = " ".join(" ".join(wanted.get(name, "").split()) for name in made.deleted)
    assert [each for each in review.all_differences if not _is_lost(each, deleted)] == []
    assert review.strange == ()
    absent_tables = {each.key for each in review.not_found} - {"analisis"}  # whose texts stand in sentences
    assert absent_tables <= made.deleted
    again = documents.updated(update.content, outline).changes
    assert {name for name, each in again.items() if each is not Change.SAME} == absent


@pytest.mark.sampled(1)
@pytest.mark.parametrize("through", ["docx", "odt"])
def test_a_report_saved_by_libreoffice(
    through: str, document: bytes, after: Parts, fresh: dict[str, str], office: Office, tmp_path: Path
) -> None:
    """Also where people have worked on it before."""
    package = Package(document)
    made = Edits(package)
    for kind, at in (
        ("insert", 30),
        ("insert", 90),
        ("move", 21),
        ("delete", 12),
        ("rewrite", 17),
        ("style", 40),
    ):
        getattr(made, kind)(at)
    path = tmp_path / "laporan.docx"
    path.write_bytes(package.saved())
    saved = office.converted(path, tmp_path / "a", through)
    if through == "odt":
        saved = office.converted(saved, tmp_path / "b", "docx")
    assert saved.read_bytes() != path.read_bytes()
    update = documents.updated(saved.read_bytes(), after)
    assert documents.texts_of_blocks(update.content) == {
        name: text for name, text in fresh.items() if name not in made.deleted
    }
    assert {name for name, each in update.changes.items() if each is Change.ABSENT} == made.deleted
    assert set(update.changes.values()) == {Change.SAME, Change.UPDATED, Change.ADDED, Change.ABSENT}
    lines = " ".join(
        text for style, text in documents.paragraphs(update.content) if not style.startswith("toc")
    )
    assert [lines.count(each) for each in made.written] == [1] * len(made.written)


def test_what_people_changed_in_a_block_is_not_written_over(document: bytes, after: Parts) -> None:
    def edit(_: Package, known: dict[str, Block]) -> None:
        for text in known["ikhtisar_indikator_cc233c3e"].elements[0].iter(qn("w:t")):
            text.text = (text.text or "").replace("realisasi", "realisasi sementara")

    content = _edited(document, edit)
    update = documents.updated(content, after)
    assert update.changes["ikhtisar_indikator_cc233c3e"] is Change.CONFLICT
    assert (
        "realisasi sementara 200 Nilai"
        in documents.texts_of_blocks(update.content)["ikhtisar_indikator_cc233c3e"]
    )
    forced = documents.updated(content, after, replace_edited=True)
    assert forced.changes["ikhtisar_indikator_cc233c3e"] is Change.UPDATED
    assert "sementara" not in documents.texts_of_blocks(forced.content)["ikhtisar_indikator_cc233c3e"]


def test_what_people_changed_stays_without_a_word_of_warning_while_the_workbook_is_the_same(
    document: bytes, before: Parts
) -> None:
    def edit(_: Package, known: dict[str, Block]) -> None:
        next(known["kesimpulan"].elements[0].iter(qn("w:t"))).text = "Dengan kata kami sendiri."

    update = documents.updated(_edited(document, edit), before)
    assert {name: each for name, each in update.changes.items() if each is not Change.SAME} == {
        "kesimpulan": Change.EDITED
    }


def test_a_deleted_block_comes_back_only_when_asked(document: bytes, before: Parts) -> None:
    def edit(_: Package, known: dict[str, Block]) -> None:
        for each in known["kinerja"].elements:
            each.getparent().remove(each)

    content = _edited(document, edit)
    update = documents.updated(content, before)
    assert update.changes["kinerja"] is Change.ABSENT
    assert "kinerja" not in documents.texts_of_blocks(update.content)
    restored = documents.updated(content, before, restore=True)
    assert restored.changes["kinerja"] is Change.ADDED
    assert documents.texts_of_blocks(restored.content) == documents.texts_of_blocks(document)
    assert [*documents.texts_of_blocks(restored.content)] == [*documents.texts_of_blocks(document)]


def test_a_renamed_indikator_takes_the_place_of_the_old_one(
    document: bytes, template: Template, sample: Submission
) -> None:
    data = to_document(sample, template)
    data["tabel"]["iku"][0]["indikator"] = "Jumlah Desa Berkembang"
    update = documents.updated(document, documents.parts(template, from_document(data, template)))
    names = [*documents.texts_of_blocks(update.content)]
    assert update.changes["tren_indikator_cc233c3e"] is Change.REMOVED
    at = names.index("grafik_tren_43aba828") + 1
    assert names[at].startswith("tren_indikator_")
    assert names[at + 1] == "tren_indikator_fd73c9ac"
    assert documents.texts_of_blocks(update.content)[names[at]].startswith(
        "Jumlah Desa Berkembang: realisasi"
    )


def test_letters_keep_their_look_and_comments_their_place(document: bytes, after: Parts) -> None:
    def edit(_: Package, known: dict[str, Block]) -> None:
        first = known["ikhtisar_indikator_cc233c3e"].elements[0]
        run = next(first.iter(qn("w:r")))
        text = next(run.iter(qn("w:t")))
        head, tail = (text.text or "").split("200 Nilai")
        other, last = copy.deepcopy(run), copy.deepcopy(run)
        text.text = head
        next(other.iter(qn("w:t"))).text = "200 Nilai"
        other.get_or_add_rPr().append(parse_xml(f"<w:b {nsdecls('w')}/>"))
        next(last.iter(qn("w:t"))).text = tail
        run.addnext(other)
        other.addnext(last)
        other.addprevious(parse_xml(f"<w:commentRangeStart {nsdecls('w')} w:id='7'/>"))
        other.addnext(parse_xml(f"<w:commentRangeEnd {nsdecls('w')} w:id='7'/>"))

    update = documents.updated(_edited(document, edit), after)
    assert update.changes["ikhtisar_indikator_cc233c3e"] is Change.UPDATED
    found = {each.name: each for each in blocks(Package(update.content))}[
        "ikhtisar_indikator_cc233c3e"
    ].elements[0]
    runs = [
        (
            "".join(t.text or "" for t in run.iter(qn("w:t"))),
            run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None,
        )
        for run in found.iter(qn("w:r"))
    ]
    assert [text for text, bold in runs if bold] == ["200 desa"]
    assert [each.tag for each in found.iter(qn("w:commentRangeStart"), qn("w:commentRangeEnd"))] == [
        qn("w:commentRangeStart"),
        qn("w:commentRangeEnd"),
    ]


def test_a_table_with_more_rows_keeps_the_widths_that_people_gave_it(
    document: bytes, template: Template, sample: Submission
) -> None:
    def edit(_: Package, known: dict[str, Block]) -> None:
        for each, width in zip(
            known["golongan"].elements[1].iter(qn("w:gridCol")), (7000, 1234), strict=True
        ):
            each.set(qn("w:w"), str(width))

    data = to_document(sample, template)
    data["tabel"]["golongan"].append({"golongan": "Pengatur / II.c", "jumlah": 1})
    outline = documents.parts(template, from_document(data, template))
    update = documents.updated(_edited(document, edit), outline)
    assert update.changes["golongan"] is Change.UPDATED
    table = {each.name: each for each in blocks(Package(update.content))}["golongan"].elements[1]
    assert [each.get(qn("w:w")) for each in table.iter(qn("w:gridCol"))] == ["7000", "1234"]
    rows = documents.grids(update.content)["golongan"][0]
    assert rows[-2:] == [["Pengatur / II.c", "1"], ["Jumlah", "26"]]
    assert len(rows) == len(documents.grids(document)["golongan"][0]) + 1


def test_a_chart_keeps_its_size_and_shows_the_new_figures(document: bytes, after: Parts) -> None:
    def edit(_: Package, known: dict[str, Block]) -> None:
        for each in known["grafik_tren_43aba828"].elements[0].iter(qn("wp:extent")):
            each.set("cx", "1234567")

    update = documents.updated(_edited(document, edit), after)
    package = Package(update.content)
    drawing = {each.name: each for each in blocks(package)}["grafik_tren_43aba828"].elements
    assert [each.get("cx") for each in drawing[0].iter(qn("wp:extent"))] == ["1234567"]
    wanted = Package(documents.new(after))
    block = {each.name: each for each in blocks(wanted)}["grafik_tren_43aba828"]
    assert [*package.charts(drawing)] == [*wanted.charts(block.elements)]


def _without_bookmarks(package: Package, _: dict[str, Block]) -> None:
    for start in [*package.bookmarks()]:
        start.getparent().remove(start)
    for part in [*package.document.part.package.rels]:
        if package.document.part.package.rels[part].reltype.endswith("custom-properties"):
            package.document.part.package.rels.pop(part)


def test_without_bookmarks_captions_and_sentences_tell_the_blocks(document: bytes, after: Parts) -> None:
    content = _edited(document, _without_bookmarks)
    assert documents.texts_of_blocks(content) == {}
    update = documents.updated(content, after)
    found = Counter(update.changes.values())
    assert (found[Change.UPDATED], found[Change.ADDED]) == (23, 0)
    assert [name for name, each in update.changes.items() if each is Change.ABSENT] == [
        "grafik_kinerja_29550ac6"
    ]


def test_figures_of_people_are_counted_with_ours(document: bytes, before: Parts) -> None:
    def edit(_: Package, known: dict[str, Block]) -> None:
        first = known["grafik_kinerja_9e63f619"].elements[-1]
        own = copy.deepcopy(first)
        for each in [*own.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
            each.getparent().remove(each)
        known["grafik_kinerja_9e63f619"].elements[0].addprevious(own)

    update = documents.updated(_edited(document, edit), before)
    captions = [
        text
        for style, text in documents.paragraphs(update.content)
        if style == "caption" and text.startswith("Gambar")
    ]
    assert [text.split()[1] for text in captions] == [str(n) for n in range(1, len(captions) + 1)]
    assert len(captions) == 7


def test_tracked_changes_in_a_block_are_of_people(document: bytes, after: Parts) -> None:
    def edit(_: Package, known: dict[str, Block]) -> None:
        first = known["golongan"].elements[0]
        first.append(
            parse_xml(f"<w:ins {nsdecls('w')} w:id='9' w:author='x'><w:r><w:t> baru</w:t></w:r></w:ins>")
        )

    update = documents.updated(_edited(document, edit), after)
    assert update.changes["golongan"] is Change.FOREIGN


def test_the_document_opens(document: bytes, after: Parts) -> None:
    assert Document(BytesIO(documents.updated(document, after).content)).paragraphs
