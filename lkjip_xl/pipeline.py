"""The whole line: files to findings, results and summaries. One workbook is the case N = 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lkjip_xl.check import check
from lkjip_xl.compute import Results, SheetValues, cells, compute
from lkjip_xl.data import COMPUTED, row_document, rows_document, to_document
from lkjip_xl.errors import WorkbookError
from lkjip_xl.findings import Finding, Place, Severity
from lkjip_xl.locked import overwritten
from lkjip_xl.messages import submitted
from lkjip_xl.read import Unreadable, Workbook, read_workbook
from lkjip_xl.submission import Submission, stack
from lkjip_xl.template.model import Template


@dataclass(frozen=True)
class Checked:
    """One file after validation; ``workbook`` is None for a file that could not be read."""

    path: Path
    workbook: Workbook | None
    findings: tuple[Finding, ...]
    number: int = 0
    """The submission's number in the results."""

    @property
    def status(self) -> str:
        """``tidak terbaca``, or the gravest severity of what is not explained, or ``bersih``."""
        if self.workbook is None:
            return "tidak terbaca"
        for severity in Severity:
            if any(each.severity is severity and not each.explanation for each in self.findings):
                return severity.value
        return "bersih"


def find_workbooks(paths: Sequence[Path]) -> list[Path]:
    """Return the workbooks that the paths name: files as they are, folders searched for .xlsx.

    Office lock files (``~$…``) and hidden files are passed over. Raises ``WorkbookError`` for a folder without any.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(
            each
            for each in path.rglob("*")
            if each.suffix.lower() == ".xlsx" and not each.name.startswith(("~$", ".")) and not each.is_dir()
        )
        if not inside:
            raise WorkbookError(f"{path}: folder ini tidak berisi berkas .xlsx")
        found += inside
    return list(dict.fromkeys(found))


def validate(paths: Sequence[Path], template: Template) -> tuple[list[Checked], Results]:
    """Return every file with its findings, in the order given, and the results of those that could be read."""
    read: list[Workbook] = []
    files: list[Workbook | tuple[Path, str]] = []
    for path in paths:
        try:
            workbook = read_workbook(path, template)
        except WorkbookError as error:
            files.append((path, str(error)))
        else:
            files.append(workbook)
            read.append(workbook)
    results = compute(template, stack(template, [each.submission for each in read]))
    for number, workbook in enumerate(read):
        found = overwritten(workbook, template, cells(results, number))
        read[number] = replace(workbook, findings=(*workbook.findings, *found))
    findings = iter(enumerate(check(results, read)))
    checked = []
    for file in files:
        if isinstance(file, Workbook):
            number, found = next(findings)
            checked.append(Checked(file.path, file, tuple(found), number))
        else:
            path, reason = file
            checked.append(Checked(path, None, (_unreadable(path, reason, template),)))
    return checked, results


def _unreadable(path: Path, reason: str, template: Template) -> Finding:
    return submitted(template.declared.submission_rules.file, alasan=reason.removeprefix(f"{path}: "))


def returned(checked: Checked, template: Template) -> bytes:
    """Return the workbook that goes back to the OPD: its own values, its findings marked and listed.

    It is written anew from the declarations, so that formulas, locks and lists are whole again. Raises ``WorkbookError``
    for a file that could not be read.
    """
    from lkjip_xl.render import Returned, render

    if checked.workbook is None:
        raise WorkbookError(f"{checked.path}: {checked.findings[0].message}")
    workbook = checked.workbook
    misfits = {
        Place(table, row, column): None if isinstance(raw, Unreadable) else raw
        for (table, row, column), raw in workbook.misfits.items()
    }
    return render(template, workbook.submission, Returned(checked.findings, misfits))


def summary(path: Path, template: Template) -> tuple[Checked, bytes]:
    """Return a workbook's findings and its summary workbook; raise ``WorkbookError`` where it cannot be read."""
    from lkjip_xl.summarize import summarize

    (checked,), results = validate([path], template)
    if checked.workbook is None:
        raise WorkbookError(f"{path}: {checked.findings[0].message}")
    setup = checked.workbook.submission.setup
    return checked, summarize(template, setup, cells(results, 0), checked.findings)


def export(path: Path, template: Template, *, computed: bool) -> tuple[dict[str, Any], int]:
    """Return a workbook's inputs as a data document, and how many filled cells could not be read.

    With ``computed`` the document holds every computed column too.
    """
    workbook = read_workbook(path, template)
    document = to_document(workbook.submission, template)
    if computed:
        document[COMPUTED] = computed_document(template, workbook.submission)
    return document, len(workbook.misfits) + len(workbook.findings)


def computed_document(template: Template, submission: Submission) -> dict[str, Any]:
    """Return all computed columns and total rows of a submission, in the form of the data document."""
    values = cells(compute(template, stack(template, [submission])), 0)
    tables: dict[str, Any] = {}
    for table in template.active(submission.setup.modules):
        computed = {column.key for column in table.columns.values() if column.computed}
        content: dict[str, Any] = {}
        rows = _only(values[table.key], computed)
        if body := rows_document(table, {key: row for key, row in rows.items() if key is not None}):
            content["baris"] = body
        if total := values[table.key].get(None):
            content["jumlah"] = row_document(total, {key: n for n, key in enumerate(table.columns)})
        if content:
            tables[table.key] = content
    return tables


def _only(values: SheetValues, columns: set[str]) -> SheetValues:
    return {
        row: {key: value for key, value in cells_of.items() if key[0] in columns}
        for row, cells_of in values.items()
    }
