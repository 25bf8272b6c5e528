"""A document and a workbook to a review."""

from __future__ import annotations

from lkjip_xl.base.errors import WorkbookError
from lkjip_xl.base.files import File
from lkjip_xl.compute.results import cells
from lkjip_xl.pipeline import Checked, validate
from lkjip_xl.report.docx.reading import read_document
from lkjip_xl.report.outline import parts_of
from lkjip_xl.report.printed import Report
from lkjip_xl.report.review.comparing import Review, compare
from lkjip_xl.template.model import Template
from lkjip_xl.xlsx.archive import Limits
from lkjip_xl.xlsx.guard import LIMITS


def review(document: File, file: File, template: Template, limits: Limits = LIMITS) -> tuple[Checked, Review]:
    """Return a workbook with its findings, and what a document says beside it.

    Raises ``DocumentError`` or ``WorkbookError`` where one of them cannot be read.
    """
    body = read_document(document, limits)
    (checked,), results = validate([file], template, limits)
    if checked.workbook is None:
        raise WorkbookError(checked.findings[0].message, checked.path)
    submission = checked.workbook.submission
    report = Report(template, submission.setup, cells(results, 0))
    parts = parts_of(submission, report) if template.report else ()
    return checked, compare(report, body, parts=parts)
