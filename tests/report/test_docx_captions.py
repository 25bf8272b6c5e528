"""The numbers of captions and the lists that name them: as they stand, also after LibreOffice has saved a report."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

import documents
from lkjip_xl.report.docx.blocks import blocks
from lkjip_xl.report.docx.elements import qn
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.update import Change
from lkjip_xl.report.outline import Part
from lkjip_xl.report.printed import PrintedTable
from support import Office

Parts = tuple[Part, ...]
NUMBERS = ["1.1", "1.2", "1.3", "2.1", "2.2", "3.1", "3.2", "3.3", "3.4"]


def _codes(content: bytes, kind: str) -> list[str]:
    codes = (" ".join((each.text or "").split()) for each in Package(content).body.iter(qn("w:instrText")))
    return [each for each in codes if each.startswith(kind)]


def _captions(content: bytes, kind: str = "Tabel") -> list[str]:
    """Return the numbers of captions as they stand in the file; one that goes on has none of its own."""
    texts = [text for style, text in documents.paragraphs(content) if style == "caption"]
    found = (re.match(rf"{kind} ([\d.]+) (?!\(lanjutan)", text) for text in texts)
    return [each[1] for each in found if each]


def _listed(content: bytes, kind: str = "Tabel") -> list[str]:
    """Return what stands in the lists of a kind."""
    entries = [text for style, text in documents.paragraphs(content) if style == "table of figures"]
    return [text for text in entries if text.startswith(kind)]


def _counted_by_office(path: Path, folder: Path, office: Office) -> list[str]:
    """Return the numbers of tables on paper after LibreOffice has counted its fields: those of the list, then the captions."""
    pages = PdfReader(office.converted(path, folder, "pdf")).pages
    lines = [line.strip() for page in pages for line in page.extract_text().splitlines()]
    found = (re.match(r"Tabel ([\d.]+) (?!\(lanjutan)", line) for line in lines)
    return [each[1] for each in found if each]


def _as_before(content: bytes, *, begins: bool) -> bytes:
    """Return a report as it was written before: one sequence, which begins anew in each chapter where that is not lost."""
    package = Package(content)
    for code in [*package.body.iter(qn("w:instrText"))]:
        words = (code.text or "").split()
        if words[:2] == ["SEQ", "Tabel"]:
            for each in (code.getparent().getprevious(), code.getparent().getnext(), code.getparent()):
                each.getparent().remove(each)
        elif words[:1] == ["SEQ"] and words[1].startswith("Tabel_"):
            first = next(code.iterancestors(qn("w:p"))).xpath("string()").split()[1].endswith(".1")
            code.text = " SEQ Tabel \\* ARABIC " + ("\\r 1 " if begins and first else "")
    if not begins:
        for number, code in enumerate(
            each for each in package.body.iter(qn("w:instrText")) if "SEQ Tabel" in (each.text or "")
        ):
            following = [*next(code.iterancestors(qn("w:p"))).iter(qn("w:instrText"), qn("w:t"))]
            following[following.index(code) + 1].text = str(number + 1)
    return package.saved()


def test_each_chapter_counts_its_tables_and_one_sequence_all_of_them(document: bytes) -> None:
    assert _captions(document) == NUMBERS
    counted = [f"SEQ Tabel_{each[0]} \\* ARABIC" for each in NUMBERS]
    assert _codes(document, "SEQ Tabel") == [code for each in counted for code in (each, "SEQ Tabel \\h")]
    hidden = [
        [*run.iter(qn("w:vanish"))] != []
        for run in Package(document).body.iter(qn("w:r"))
        if any("SEQ Tabel " in (each.text or "") for each in run.iter(qn("w:instrText")))
    ]
    assert hidden == [True] * len(NUMBERS)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("through", ["docx", "odt"])
def test_libreoffice_counts_the_same_after_it_has_saved(
    through: str, document: bytes, before: Parts, office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "laporan.docx"
    path.write_bytes(document)
    saved = office.converted(path, tmp_path / "a", through)
    if through == "odt":
        saved = office.converted(saved, tmp_path / "b", "docx")
    content = saved.read_bytes()
    assert content != document
    assert _captions(content) == NUMBERS
    assert _counted_by_office(saved, tmp_path / "c", office) == NUMBERS * 2
    assert [each for each in _codes(content, "TOC") if "Tabel" in each] == ['TOC \\c "Tabel"']
    update = documents.updated(content, before)
    assert set(update.changes.values()) == {Change.SAME}
    assert _captions(update.content) == NUMBERS
    assert _listed(update.content) == _listed(document)


@pytest.mark.parametrize("begins", [True, False])
def test_captions_that_lost_where_to_begin_are_written_anew(
    begins: bool, document: bytes, before: Parts
) -> None:
    old = _as_before(document, begins=begins)
    assert _captions(old) == (
        NUMBERS if begins else ["1.1", "1.2", "1.3", "2.4", "2.5", *(f"3.{n}" for n in range(6, 10))]
    )
    update = documents.updated(old, before)
    assert set(update.changes.values()) == {Change.SAME}
    assert (_captions(update.content), _listed(update.content)) == (NUMBERS, _listed(document))
    assert _codes(update.content, "SEQ") == _codes(document, "SEQ")


def _numbered(outline: Parts, **numbers: str) -> Parts:
    return tuple(
        replace(each, content=replace(each.content, number=numbers[each.name]))
        if each.name in numbers and isinstance(each.content, PrintedTable)
        else each
        for each in outline
    )


def test_numbers_that_are_passed_over_are_counted_unseen(before: Parts) -> None:
    """And one that comes after a greater one is a plain number."""
    made = documents.new(_numbered(before, golongan="Tabel 1.5", iku="Tabel 1.4"))
    assert _captions(made) == ["1.1", "1.2", "1.5", "2.1", "1.4", *NUMBERS[5:]]
    assert _codes(made, "SEQ Tabel_1") == [
        *["SEQ Tabel_1 \\* ARABIC"] * 2, *["SEQ Tabel_1 \\h"] * 2, "SEQ Tabel_1 \\* ARABIC"
    ]  # fmt: skip
    again = documents.updated(made, _numbered(before, golongan="Tabel 1.5", iku="Tabel 1.4"))
    assert set(again.changes.values()) == {Change.SAME}
    assert _captions(again.content) == _captions(made)
    later = documents.updated(made, before)
    assert (_captions(later.content), _codes(later.content, "SEQ")) == (
        NUMBERS,
        _codes(documents.new(before), "SEQ"),
    )


def test_tables_are_counted_as_they_stand(document: bytes, before: Parts) -> None:
    """Where people have deleted one those behind it close up, as Word does when it counts."""
    package = Package(document)
    for each in next(each for each in blocks(package) if each.name == "tren").elements:
        each.getparent().remove(each)
    update = documents.updated(package.saved(), before)
    assert _captions(update.content) == NUMBERS[:-1]


def test_a_caption_that_word_saved_is_no_edit(document: bytes, after: Parts) -> None:
    """Word makes of a field in plain letters a simple one."""
    package = Package(document)
    block = next(each for each in blocks(package) if each.name == "golongan")
    runs: list[Any] = [*block.elements[0].iter(qn("w:r"))]
    at = next(
        n
        for n, each in enumerate(runs)
        if any("Tabel_1" in (c.text or "") for c in each.iter(qn("w:instrText")))
    )
    simple = runs[at].makeelement(qn("w:fldSimple"), {qn("w:instr"): " SEQ Tabel_1 \\* ARABIC "})
    runs[at - 1].addprevious(simple)
    simple.append(runs[at + 2])
    for each in (runs[at - 1], runs[at], runs[at + 1], runs[at + 3]):
        each.getparent().remove(each)
    update = documents.updated(package.saved(), after)
    assert update.changes["golongan"] is Change.UPDATED
    assert _captions(update.content) == NUMBERS


@pytest.mark.parametrize("by_office", [False, True], ids=["of ours", "of LibreOffice"])
def test_lists_name_the_captions_as_they_stand(
    by_office: bool, document: bytes, before: Parts, office: Office, tmp_path: Path
) -> None:
    """Those that were deleted have gone from them, and what was moved stands where it is now."""
    content = document
    if by_office:
        path = tmp_path / "laporan.docx"
        path.write_bytes(content)
        content = office.converted(path, tmp_path / "a", "docx").read_bytes()
    package = Package(content)
    known = {each.name: each for each in blocks(package)}
    for name in ("tren", "grafik_tren_43aba828"):
        for each in known[name].elements:
            each.getparent().remove(each)
    for each in known["golongan"].elements:
        known["pegawai"].elements[0].addprevious(each)
    update = documents.updated(package.saved(), before)
    captions = [text for style, text in documents.paragraphs(update.content) if style == "caption"]
    named = [text for text in captions if re.match(r"Tabel [\d.]+ (?!\(lanjutan)|Gambar ", text)]
    assert [each[:9] for each in named if each[0] == "T"] == [f"Tabel {each}" for each in NUMBERS[:-1]]
    assert named[0] == "Tabel 1.1 Sumber Daya Manusia Berdasarkan Pangkat/Golongan"
    assert _listed(update.content) == [each for each in named if each[0] == "T"]
    assert _listed(update.content, "Gambar") == [each for each in named if each[0] == "G"]
    assert len(_codes(update.content, "TOC")) == 3
