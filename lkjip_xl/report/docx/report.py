"""A workbook to the report in Word: a new document, with styles and letterhead of a base where there is one."""

from __future__ import annotations

from dataclasses import dataclass

from lkjip_xl.base.errors import DeclarationError, WorkbookError
from lkjip_xl.base.files import File
from lkjip_xl.compute.results import cells
from lkjip_xl.pipeline import Checked, validate
from lkjip_xl.report.docx.contents import count_figures, fill_contents, page_labels
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.pages import pages_of
from lkjip_xl.report.docx.paper import Page
from lkjip_xl.report.docx.update import Change, Update
from lkjip_xl.report.docx.writer import Writer, write
from lkjip_xl.report.outline import Outline, Part
from lkjip_xl.report.printed import Report, absent_tables
from lkjip_xl.template.declared_report import REPORT
from lkjip_xl.template.model import Template
from lkjip_xl.xlsx.archive import Limits
from lkjip_xl.xlsx.guard import LIMITS

KEPT = "lkjip-xl blok"  # the property with the names of the blocks that were written


@dataclass(frozen=True)
class Written:
    """A document, and how many places in it are still to be written by people."""

    checked: Checked
    content: bytes
    places: int


def outline_of(
    file: File, template: Template, limits: Limits = LIMITS
) -> tuple[Checked, Report, tuple[Part, ...]]:
    """Return a workbook's findings, its figures, and the parts of its report.

    Raises ``WorkbookError`` where it cannot be read, ``DeclarationError`` where the set declares no report.
    """
    if template.report is None:
        raise DeclarationError("kumpulan templat ini tidak mendeklarasikan laporan Word", file=REPORT)
    (checked,), results = validate([file], template, limits)
    if checked.workbook is None:
        raise WorkbookError(checked.findings[0].message, checked.path)
    submission = checked.workbook.submission
    report = Report(template, submission.setup, cells(results, 0))
    absent = {table.key: reason for table, reason in absent_tables(template, submission).items()}
    return checked, report, Outline(report, absent).parts()


def report(file: File, template: Template, limits: Limits = LIMITS, *, base: bytes | None = None) -> Written:
    """Return the report of a workbook as a document, built on a ``base`` where one is given."""
    checked, figures, parts = outline_of(file, template, limits)
    package = Package(base, complete=True)
    write(parts, package, Page(template.declared.paper))
    _list_contents(package)
    title = f"{template.declared.title} {figures.setup.year}"
    package.describe(title, figures.identity(template.declared.identity.name))
    package.set_list(KEPT, [part.name for part in parts if part.name])
    return Written(checked, package.saved(), places(package))


def update(
    document: bytes,
    file: File,
    template: Template,
    limits: Limits = LIMITS,
    *,
    restore: bool = False,
    replace_edited: bool = False,
) -> tuple[Written, dict[str, Change]]:
    """Return a report that people have worked on, brought up to date, and what became of each block.

    ``restore`` brings back blocks that were deleted, ``replace_edited`` writes over those that were edited.
    """
    checked, _, parts = outline_of(file, template, limits)
    package = Package(document, complete=True)
    writer = Writer(package, Page(template.declared.paper))
    bringing = Update(package, writer, restore=restore, replace_edited=replace_edited)
    kept = package.kept_list(KEPT)
    bringing.apply(parts, kept)
    count_figures(package)
    _list_contents(package)
    package.set_list(KEPT, dict.fromkeys([*(kept or ()), *(part.name for part in parts if part.name)]))
    return Written(checked, package.saved(), places(package)), bringing.changes


def _list_contents(package: Package) -> None:
    """Write the lists of headings, tables and figures, with pages where LibreOffice is there to count them."""
    fill_contents(package)
    pages = pages_of(package.saved())
    if pages:
        fill_contents(package, page_labels(package, pages))


def places(package: Package) -> int:
    """Return how many places of a document people have still to write."""
    return sum(text.startswith(("[Tulis di sini", "[Tempelkan gambar")) for text in package.texts())
