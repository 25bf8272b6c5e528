"""Findings as one page that needs nothing else: to read on a phone, to filter, to send on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lkjip_xl.base.files import shown
from lkjip_xl.base.findings import Severity, Status
from lkjip_xl.compute.states import untouched
from lkjip_xl.pipeline import Checked
from lkjip_xl.report.jinja import environment
from lkjip_xl.report.text import grouped, identity, progress, verdict
from lkjip_xl.template.model import Template
from lkjip_xl.words.wording import brief
from lkjip_xl.write import styles

_PARTS = Path(__file__).parent


def as_html(checked: Sequence[Checked], template: Template) -> str:
    """Return the page; all that comes from workbooks stands in it as text."""
    sheets = dict.fromkeys(finding.sheet for file in checked for finding in file.findings)
    return _rendered(
        "page.html.jinja",
        title=f"Hasil pemeriksaan {template.declared.title}",
        files=_files(checked, template),
        severities=[severity.value for severity in Severity],
        sheets=list(sheets),
        ink={
            Severity.CATATAN: styles.MARKS[Severity.CATATAN]["font_color"].lower(),
            Status.CLEAN: styles.DONE["font_color"].lower(),
        },
    )


def findings_html(checked: Sequence[Checked], template: Template) -> str:
    """Return the part of the page that says what has been found, to stand in another page (see ``findings.css``)."""
    return _rendered("findings.html.jinja", files=_files(checked, template))


def _rendered(name: str, **context: Any) -> str:
    return environment(_PARTS).get_template(name).render(context)


def _files(checked: Sequence[Checked], template: Template) -> list[dict[str, Any]]:
    return [
        {
            "name": shown(file.path),
            "owner": " · ".join(filter(None, map(brief, identity(file, template)))),
            "year": file.workbook.submission.setup.year if file.workbook else "",
            "status": file.status,
            "verdict": _verdict(file, template),
            "progress": progress(file.states, template),
            "sheets": grouped(file.findings),
        }
        for file in checked
    ]


def _verdict(file: Checked, template: Template) -> str:
    """Return what stands above a file's findings; of a workbook that is as good as blank that says ``progress``, of one that is unreadable its finding."""
    if file.workbook is None:
        return Status.UNREADABLE.value
    return "" if untouched(template, file.states) else verdict(file.findings)
