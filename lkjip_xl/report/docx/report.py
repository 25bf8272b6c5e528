"""A workbook to the report in Word: a new document, with styles and letterhead of a base where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lkjip_xl.base.errors import DocumentError, WorkbookError
from lkjip_xl.base.files import File, path_of
from lkjip_xl.compute.results import cells
from lkjip_xl.pipeline import Checked, validate
from lkjip_xl.report.docx.captions import count_captions
from lkjip_xl.report.docx.contents import fill_contents, page_labels
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.pages import pages_of
from lkjip_xl.report.docx.paper import Page
from lkjip_xl.report.docx.reading import document_bytes
from lkjip_xl.report.docx.update import Change, Update
from lkjip_xl.report.docx.writer import Writer, write
from lkjip_xl.report.outline import parts_of
from lkjip_xl.report.printed import Report
from lkjip_xl.template.model import Template
from lkjip_xl.xlsx.archive import Limits
from lkjip_xl.xlsx.guard import LIMITS

KEPT = "lkjip-xl blok"  # the property with the names of the blocks that were written
NOT_OURS = (
    "Tidak ada kalimat, tabel, atau grafik dari buku kerja dalam dokumen ini, jadi tidak ada yang diperbarui. Periksa angkanya"
    " dengan lkjip-xl reviu, atau buat laporan baru tanpa --update"
)


@dataclass(frozen=True)
class Asked:
    """What is asked of a report: a ``base`` to write it on, or an ``earlier`` one to bring up to date.

    ``restore`` brings back blocks that were deleted, ``replace_edited`` writes over those that were edited; ``pages``
    has LibreOffice count the pages of the lists, where it is there.
    """

    base: File | None = None
    earlier: File | None = None
    restore: bool = False
    replace_edited: bool = False
    pages: bool = True


@dataclass(frozen=True)
class Written:
    """A document, what became of its blocks where it is not new, and how many places in it people have still to write."""

    checked: Checked
    content: bytes
    places: int
    changes: Mapping[str, Change] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def left(self) -> bool:
        """Whether a block does not say what the workbook says."""
        return any(each.left for each in self.changes.values())

    @property
    def told(self) -> tuple[str, ...]:
        """What people should know of an update, block by block; of a document that has none of them one sentence."""
        if self.changes and all(each is Change.ABSENT for each in self.changes.values()):
            return (NOT_OURS,)
        return tuple(
            f"{self.labels[name]}: {each}" for name, each in self.changes.items() if each.worth_telling
        )

    @property
    def summary(self) -> str:
        """How many findings and open places there are, and blocks that were brought up to date."""
        updated = sum(each is Change.UPDATED for each in self.changes.values())
        said = [f"{updated} bagian diperbarui"] if self.changes else []
        return ", ".join(
            [*said, f"{len(self.checked.findings)} temuan", f"{self.places} tempat masih harus ditulis"]
        )


def report_of(file: File, template: Template, asked: Asked = Asked(), limits: Limits = LIMITS) -> Written:
    """Return the report of a workbook as a document.

    Raises ``WorkbookError`` where workbook or document cannot be read.
    """
    (checked,), results = validate([file], template, limits)
    if checked.workbook is None:
        raise WorkbookError(checked.findings[0].message, checked.path)
    submission = checked.workbook.submission
    figures = Report(template, submission.setup, cells(results, 0))
    parts = parts_of(submission, figures)
    names = [part.name for part in parts if part.name]
    changes: Mapping[str, Change] = {}
    labels: Mapping[str, str] = {}
    given = asked.earlier if asked.earlier is not None else asked.base
    package = _package(given, limits)
    page = Page.of(template.declared.paper, package)
    if asked.earlier is None:
        write(parts, package, page)
    else:
        kept = package.kept_list(KEPT)
        update = Update(package, Writer(package, page), asked.restore, asked.replace_edited)
        update.apply(parts, kept)
        changes, labels, names = update.changes, update.labels, [*dict.fromkeys([*(kept or ()), *names])]
        count_captions(package)
    package.describe(
        f"{template.declared.title} {figures.setup.year}", figures.identity(template.declared.identity.name)
    )
    package.set_list(KEPT, names)
    fill_contents(package)
    pages = pages_of(package.saved()) if asked.pages else None
    if pages:
        fill_contents(package, page_labels(package, pages))
    return Written(checked, package.saved(), places(package), changes, labels)


def _package(given: File | None, limits: Limits) -> Package:
    if given is None:
        return Package()
    content = document_bytes(given, limits)
    try:
        return Package(content)
    except DocumentError as error:
        raise DocumentError(error.reason, path_of(given)) from None


def places(package: Package) -> int:
    """Return how many places of a document people have still to write."""
    return sum(text.startswith(("[Tulis di sini", "[Tempelkan gambar")) for text in package.texts())
