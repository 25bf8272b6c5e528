"""The whole line: files to findings, results and summaries. One workbook is the case N = 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from lkjip_xl.base.errors import WorkbookError
from lkjip_xl.base.files import File, Found, path_of
from lkjip_xl.base.findings import Finding, Place, Severity, Status
from lkjip_xl.check.findings_of import check
from lkjip_xl.check.overwritten import overwritten
from lkjip_xl.compute.results import Results, SheetValues, cells, compute, table_cells
from lkjip_xl.compute.states import TableState, table_states
from lkjip_xl.form.json_data import COMPUTED, row_document, rows_document, to_document
from lkjip_xl.form.submission import Submission, stack
from lkjip_xl.read.reader import Workbook, read_workbook
from lkjip_xl.template.model import Template
from lkjip_xl.words.messages import submitted
from lkjip_xl.xlsx.archive import Limits
from lkjip_xl.xlsx.guard import LIMITS


@dataclass(frozen=True)
class Checked:
    """One file after validation; ``workbook`` is None for a file that could not be read."""

    path: Path
    workbook: Workbook | None
    findings: tuple[Finding, ...]
    number: int = 0
    """The submission's number in the results."""
    output: bool = False
    """Whether it is a result of this toolkit, which nobody fills."""
    states: tuple[TableState, ...] = ()
    """How far each table is filled."""

    @property
    def status(self) -> Status:
        """Whether the file could be read, and the gravest severity of what is not explained."""
        if self.workbook is None:
            return Status.UNREADABLE
        for severity in Severity:
            if any(each.severity is severity and not each.explanation for each in self.findings):
                return Status(severity)
        return Status.CLEAN


def validate(
    sources: Sequence[File], template: Template, limits: Limits = LIMITS
) -> tuple[list[Checked], Results]:
    """Return every file with its findings, in the order given, and the results of those that could be read."""
    read: list[Workbook] = []
    files: list[Workbook | WorkbookError] = []
    for source in sources:
        try:
            read.append(read_workbook(source, template, limits))
            files.append(read[-1])
        except WorkbookError as error:
            files.append(error)
    results = compute(template, stack(template, [each.submission for each in read]))
    findings = iter(enumerate(checked_all(results, read)))
    checked = []
    for source, file in zip(sources, files, strict=True):
        if isinstance(file, Workbook):
            number, found = next(findings)
            states = states_of(file, results, number)
            checked.append(Checked(file.path, file, tuple(found), number, states=states))
        else:
            each = unreadable(path_of(source), file.reason, template)
            checked.append(replace(each, output=file.output))
    return checked, results


def validate_found(
    found: Found, template: Template, limits: Limits = LIMITS, *, asked: Sequence[Path] = ()
) -> tuple[list[Checked], list[tuple[Path, str]]]:
    """Return the workbooks of some folders with their findings, and what was passed over with the reason.

    Results of this toolkit are passed over unless they were ``asked`` for by name; what could not be searched or is no
    workbook is a file that cannot be read.
    """
    checked, _ = validate(found.files, template, limits)
    ours = [each for each in checked if each.output and each.path not in asked]
    passed = [(each.path, "hasil lkjip-xl, jadi dilewati") for each in ours] + [*found.lists]
    unread = [unreadable(path, reason, template) for path, reason in found.unread]
    return [*(each for each in checked if each not in ours), *unread], passed


def checked_all(results: Results, workbooks: Sequence[Workbook]) -> list[list[Finding]]:
    """Return all findings of each workbook, overwritten formulas among them."""
    severity = results.template.declared.submission_rules.overwritten.severity
    found = [
        replace(
            workbook,
            findings=(*workbook.findings, *lost),
            more=Counter(workbook.more) + Counter({severity: more}),
        )
        for workbook, (lost, more) in zip(workbooks, overwritten(results, workbooks), strict=True)
    ]
    return check(results, found)


def states_of(workbook: Workbook, results: Results, number: int) -> tuple[TableState, ...]:
    """Return how far each table of a workbook is filled, whose submission has a number in the results."""

    @cache
    def values(table: str) -> SheetValues:
        return table_cells(results, table, number)

    misfits = [Place(*cell) for cell in workbook.misfits]
    return table_states(results.template, workbook.submission, misfits, values)


def unreadable(path: Path, reason: str, template: Template) -> Checked:
    """Return what a file or folder is after validation that could not be read."""
    words = template.declared.submission_rules.file
    return Checked(path, None, (submitted(words, alasan=reason),))


def returned(checked: Checked, template: Template) -> bytes:
    """Return the workbook that goes back to the OPD: its own values, its findings marked and listed.

    It is written anew from the declarations, so that formulas, locks and lists are whole again. Raises ``WorkbookError``
    for a file that could not be read.
    """
    from lkjip_xl.write.render import Returned, render

    if checked.workbook is None:
        raise WorkbookError(checked.findings[0].message, checked.path)
    workbook = checked.workbook
    misfits = {Place(*cell): raw for cell, raw in workbook.misfits.items()}
    words = template.declared.submission_rules
    restored = (
        words.overwritten,
        words.replaced,
        words.row_without_formulas,
        words.check_lost,
        words.unprotected,
    )
    rules = frozenset(each.id for each in restored)
    parcel = Returned(checked.findings, misfits, workbook.strays, workbook.extras, rules)
    return render(template, workbook.submission, parcel)


def export(
    file: File, template: Template, *, computed: bool, limits: Limits = LIMITS
) -> tuple[dict[str, Any], Checked]:
    """Return a workbook's inputs as a data document, and the workbook with the findings of what is not in it.

    With ``computed`` the document holds every computed column too.
    """
    workbook = read_workbook(file, template, limits)
    submission = _without_misfits(workbook)
    document = to_document(submission, template)
    if computed:
        document[COMPUTED] = computed_document(template, submission)
    return document, Checked(workbook.path, workbook, tuple(_lost(workbook, template)))


def _without_misfits(workbook: Workbook) -> Submission:
    """Return what a workbook holds without the numbers that are too great, with which a sheet computes all the same."""
    if not workbook.misfits:
        return workbook.submission
    tables = {
        key: {
            row: {name: value for name, value in values.items() if (key, row, name) not in workbook.misfits}
            for row, values in rows.items()
        }
        for key, rows in workbook.submission.tables.items()
    }
    return replace(workbook.submission, tables=tables)


def _lost(workbook: Workbook, template: Template) -> list[Finding]:
    """Return what ``validate`` says of tables, columns, rows and cells that could not be read."""
    found = [each for each in workbook.findings if each.severity is Severity.GALAT]
    misfits = {Place(*cell) for cell in workbook.misfits}
    if not misfits:
        return found
    results = compute(template, stack(template, [workbook.submission]))
    (checked,) = check(results, [workbook])
    return [each for each in checked if each in found or each.place in misfits]


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
