"""Blocks of several paragraphs that have lost bookmarks: each is found, and nothing of it stands twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

import documents
from lkjip_xl.form.json_data import from_document, to_document
from lkjip_xl.form.submission import Submission
from lkjip_xl.report.docx.blocks import Block, blocks
from lkjip_xl.report.docx.elements import qn
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.update import Change
from lkjip_xl.report.outline import Part, Prose
from lkjip_xl.template.model import Template

Parts = tuple[Part, ...]
PROGRAMS = "keuangan_program"


def _edited(content: bytes, edit: Callable[[Package, dict[str, Block]], None]) -> bytes:
    package = Package(content)
    edit(package, {each.name: each for each in blocks(package)})
    return package.saved()


def _lines(content: bytes) -> Counter[str]:
    """Return how often each line stands outside tables and lists."""
    found = documents.paragraphs(content)
    return Counter(text for style, text in found if text and not style.startswith(("toc", "table of")))


def _strip(package: Package, _: dict[str, Block]) -> None:
    """Take away bookmarks and content controls, as a program does that knows neither."""
    for each in [*package.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
        each.getparent().remove(each)
    for each in [*package.body.iter(qn("w:sdt"))]:
        for run in [*each.find(qn("w:sdtContent"))]:
            each.addprevious(run)
        each.getparent().remove(each)


@pytest.fixture(scope="module")
def changed(template: Template, sample: Submission) -> Parts:
    """The report with another budget for the first program."""
    data = to_document(sample, template)
    data["tabel"]["keuangan"][0]["anggaran_isian"] = 987_654_321
    return documents.parts(template, from_document(data, template))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("gone", [[0], [-1], [0, -1]], ids=["first", "last", "both"])
def test_a_block_that_lost_an_end_is_replaced_whole(gone: list[int], document: bytes, changed: Parts) -> None:
    def edit(_: Package, known: dict[str, Block]) -> None:
        elements = known[PROGRAMS].elements
        assert len(elements) > 4
        for each in gone:
            elements[each].getparent().remove(elements[each])

    content = _edited(document, edit)
    left = documents.updated(content, changed)
    assert left.changes[PROGRAMS] is Change.CONFLICT
    for restore in (False, True):
        update = documents.updated(content, changed, replace_edited=True, restore=restore)
        assert update.changes[PROGRAMS] is Change.UPDATED
        assert _lines(update.content) == _lines(documents.new(changed))


@pytest.mark.parametrize("restore", [False, True])
def test_blocks_of_several_paragraphs_are_found_by_their_texts(
    restore: bool, document: bytes, changed: Parts
) -> None:
    update = documents.updated(_edited(document, _strip), changed, restore=restore)
    several = {
        each.name: each.content.paragraphs
        for each in changed
        if isinstance(each.content, Prose) and each.name and len(each.content.paragraphs) > 1
    }
    assert {"ikhtisar_anggaran", "ikhtisar_simpulan", PROGRAMS, "keuangan_simpulan", "kesimpulan"} <= {
        *several
    }
    assert {update.changes[name] for name in several} == {Change.SAME, Change.UPDATED}
    found, wanted = _lines(update.content), _lines(documents.new(changed))
    lines = [" ".join(text.removeprefix("• ").split()) for texts in several.values() for text in texts]
    assert [found[each] for each in lines] == [wanted[each] for each in lines]


def test_what_people_put_between_paragraphs_that_lost_their_bookmarks_is_not_written_over(
    document: bytes, changed: Parts
) -> None:
    def edit(package: Package, known: dict[str, Block]) -> None:
        second = known[PROGRAMS].elements[1]
        own = second.makeelement(qn("w:p"), {})
        run = own.makeelement(qn("w:r"), {})
        text = run.makeelement(qn("w:t"), {})
        text.text = "Catatan kami sendiri."
        run.append(text)
        own.append(run)
        second.addnext(own)
        _strip(package, known)

    content = _edited(document, edit)
    update = documents.updated(content, changed, restore=True)
    assert update.changes[PROGRAMS] is Change.CONFLICT
    assert _lines(update.content)["Catatan kami sendiri."] == 1
