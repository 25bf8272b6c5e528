"""Reports in Word made straight from submissions, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lkjip_xl.base.files import Upload
from lkjip_xl.compute.results import cells, compute
from lkjip_xl.form.submission import Submission, stack
from lkjip_xl.report.docx.blocks import blocks, visible
from lkjip_xl.report.docx.captions import count_captions
from lkjip_xl.report.docx.contents import fill_contents
from lkjip_xl.report.docx.elements import hidden, qn
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.paper import Page
from lkjip_xl.report.docx.reading import read_document
from lkjip_xl.report.docx.report import KEPT
from lkjip_xl.report.docx.update import Change, Update
from lkjip_xl.report.docx.writer import Writer, write
from lkjip_xl.report.outline import Part, parts_of
from lkjip_xl.report.printed import Report
from lkjip_xl.report.review.comparing import Review, compare
from lkjip_xl.template.model import Template


def parts(template: Template, submission: Submission) -> tuple[Part, ...]:
    """Return the parts of a submission's report."""
    return parts_of(submission, _report(template, submission))


def _report(template: Template, submission: Submission) -> Report:
    return Report(template, submission.setup, cells(compute(template, stack(template, [submission])), 0))


def new(outline: tuple[Part, ...], base: bytes | None = None) -> bytes:
    """Return the document of some parts."""
    package = Package(base)
    write(outline, package, Page.of("A4", package))
    fill_contents(package)
    package.set_list(KEPT, [part.name for part in outline if part.name])
    return package.saved()


@dataclass(frozen=True)
class Brought:
    """A document that was brought up to date."""

    content: bytes
    changes: dict[str, Change]
    labels: dict[str, str]


def updated(
    content: bytes, outline: tuple[Part, ...], *, restore: bool = False, replace_edited: bool = False
) -> Brought:
    """Bring a document up to date."""
    package = Package(content)
    update = Update(package, Writer(package, Page.of("A4", package)), restore, replace_edited)
    update.apply(outline, package.kept_list(KEPT))
    count_captions(package)
    fill_contents(package)
    return Brought(package.saved(), update.changes, update.labels)


def reviewed(content: bytes, template: Template, submission: Submission) -> Review:
    """Return what a document says beside a submission."""
    report = _report(template, submission)
    body = read_document(Upload(Path("laporan.docx"), content))
    return compare(report, body, parts=parts_of(submission, report))


def texts_of_blocks(content: bytes) -> dict[str, str]:
    """Return the text of each block by name."""
    return {each.name: visible(each.elements) for each in blocks(Package(content))}


def paragraphs(content: bytes) -> list[tuple[str, str]]:
    """Return style and text of each paragraph outside tables."""
    package = Package(content)
    return [
        (package.style_name(each), _text(each))
        for each in package.body.iter(qn("w:p"))
        if not any(True for _ in each.iterancestors(qn("w:tbl")))
    ]


def grids(content: bytes) -> dict[str, list[list[list[str]]]]:
    """Return the tables of each block by name: rows of cells, one that a merge continues is blank."""
    found: dict[str, list[list[list[str]]]] = {}
    for each in blocks(Package(content)):
        tables = [element for element in each.elements if element.tag == qn("w:tbl")]
        if tables:
            found[each.name] = [
                [[_text(cell) for cell in row.iter(qn("w:tc"))] for row in table.iter(qn("w:tr"))]
                for table in tables
            ]
    return found


def _text(of: Any) -> str:
    """Return all text as a person reads it, numbers of captions among it."""
    pieces = [
        each.text or "" if each.tag == qn("w:t") else " "
        for each in of.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
        if not hidden(each)
    ]
    return " ".join("".join(pieces).split())
