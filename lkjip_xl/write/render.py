"""Declarations and values to a workbook: blank, prefilled, or returned; always the same function."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any

from lkjip_xl.base.findings import Finding, Place
from lkjip_xl.base.keys import ColumnKey
from lkjip_xl.compute.results import cells, compute
from lkjip_xl.compute.rules import failing, with_misfits
from lkjip_xl.form import layout
from lkjip_xl.form.addresses import Formulas
from lkjip_xl.form.identity import PROPERTY, Written, identity_of, property_text, written_text
from lkjip_xl.form.layout import Layout
from lkjip_xl.form.submission import Submission, fitted, stack
from lkjip_xl.template.model import (
    CHECKS_SHEET,
    FINDINGS_SHEET,
    FINDINGS_TITLE,
    IDENTITY_SHEET,
    INSTRUCTIONS_SHEET,
    RESERVED_SHEETS,
    Template,
)
from lkjip_xl.write import styles
from lkjip_xl.write.book import Book, Sheet
from lkjip_xl.write.findings_sheet import write_findings
from lkjip_xl.write.inputs import Dropdowns
from lkjip_xl.write.live import LiveChecks
from lkjip_xl.write.overview import Overview
from lkjip_xl.write.table_sheet import TableSheet, full_title
from lkjip_xl.xlsx.cells import Cells


@dataclass(frozen=True)
class Returned:
    """What a workbook that goes back carries beside its values: nothing that somebody typed is lost.

    ``misfits`` are cells that hold something else than their column asks for, as they were typed.
    """

    findings: Sequence[Finding]
    misfits: Mapping[Place, Any]
    strays: Mapping[str, Sequence[Mapping[ColumnKey, Any]]] = field(default_factory=dict)
    """What stood in a table's columns but in no row of it; it goes back below the table."""
    extras: Mapping[str, Cells] = field(default_factory=dict)
    """Cells of sheets that are none of ours."""
    restored: frozenset[str] = frozenset()
    """Rules whose findings this workbook has mended by being written anew."""


def render(template: Template, submission: Submission, returned: Returned | None = None) -> bytes:
    """Return the workbook of a submission, blank where it holds nothing; with ``returned`` its findings are marked."""
    setup = fitted(template, submission)
    plan = layout.lay_out(template, setup)
    results = compute(template, stack(template, [submission]))
    values, failed = cells(results, 0), failing(results, submission)
    out = Book(f"{template.declared.title} {setup.year}", verbatim=True)
    if returned is not None:
        failed = with_misfits(failed, results, returned.misfits)
        _findings(out.sheet(FINDINGS_SHEET), plan, submission, returned)
    returned = returned or Returned((), {})
    _instructions(out.sheet(INSTRUCTIONS_SHEET), plan)
    checks = out.sheet(CHECKS_SHEET)
    Overview(checks, plan, failed, submission.explanations).write()
    sheets = {table.key: out.sheet(table.declared.sheet) for table in plan.tables}
    dropdowns = Dropdowns(plan, values, out)
    formulas = Formulas(plan)
    for table in plan.tables:
        writer = TableSheet(
            formulas, table, sheets[table.key], values[table.key], dropdowns, returned.misfits
        )
        writer.write()
        writer.write_strays(returned.strays.get(table.key, ()))
        LiveChecks(formulas, table, sheets[table.key], failed, submission.explanations).write()
    for place, text in _notes(each for each in returned.findings if each.rule not in returned.restored):
        position = plan.placements[place.table].position(place.column, place.row)
        if position is not None:
            sheets[place.table].note(*position, text)
    _extras(out, plan, returned.extras)
    dropdowns.write()
    made = {key: Written(len(plan.placements[key].rows), sheet.formulas) for key, sheet in sheets.items()}
    _identity(out, plan, submission, made | {CHECKS_SHEET: Written(0, checks.formulas)})
    return out.finish()


def _findings(sheet: Sheet, plan: Layout, submission: Submission, returned: Returned) -> None:
    template = plan.template
    found = [_placed(finding, plan, returned.restored) for finding in returned.findings]
    owner = f"{submission.value(template, template.declared.identity.name)} · Tahun {plan.setup.year}"
    write_findings(sheet, FINDINGS_TITLE, owner, found, linked=True)


def _extras(out: Book, plan: Layout, extras: Mapping[str, Cells]) -> None:
    """Write the sheets that are none of ours, as they stood."""
    own = (table.declared.sheet for table in plan.tables)
    taken = {name.casefold() for name in (*own, *RESERVED_SHEETS, "History")}
    for name, grid in extras.items():
        free = _free_name(name, taken)
        taken.add(free.casefold())
        sheet = out.sheet(free)
        for row, line in grid.items():
            for column, value in line.items():
                sheet.raw_value(row, column, value, {})


def _free_name(name: str, taken: AbstractSet[str]) -> str:
    """Return a name that Excel takes for a sheet, and that no other sheet has: other programs allow more."""
    legal = re.sub(r"[\[\]:*?/\\]", "_", name).strip("'") or "_"
    free, number = legal[:31], 1
    while free.casefold() in taken:
        number += 1
        free = f"{legal[: 31 - len(str(number)) - 1]}-{number}"
    return free


def _notes(findings: Iterable[Finding]) -> Iterator[tuple[Place, str]]:
    """Return what each cell's note says: all that was found there."""
    notes: dict[Place, list[str]] = {}
    for finding in findings:
        if finding.place is not None:
            text = f"{finding.severity.value.capitalize()}: {finding.message}.\n{finding.remedy}."
            notes.setdefault(finding.place, []).append(text)
    return ((place, "\n\n".join(texts)) for place, texts in notes.items())


def _placed(finding: Finding, plan: Layout, restored: frozenset[str]) -> Finding:
    """Return the finding with the address that its cell has in this workbook."""
    if finding.rule in restored:
        finding = replace(finding, remedy="Sudah dipulihkan di buku kerja ini; periksa angkanya")
    if finding.place is None:
        return finding
    placement = plan.placements[finding.place.table]
    cell = placement.cell(finding.place.column, finding.place.row)
    return replace(finding, sheet=placement.sheet, cell=cell)


_WIDTHS = (28, 90)  # of Petunjuk


def _instructions(sheet: Sheet, plan: Layout) -> None:
    declared = plan.template.declared
    first, last = plan.setup.period
    sheet.raw.hide_gridlines(2)
    sheet.raw.set_column(0, 0, 3)
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.raw.set_column(column, column, width)
    sheet.value(0, 1, declared.title, styles.TITLE)
    sheet.value(1, 1, f"Tahun {plan.setup.year} · Renstra {first}–{last}", styles.SUBTITLE)
    row = 3
    sheet.value(row, 1, "Cara mengisi", {**styles.TEXT, "bold": True})
    for number, text in enumerate(declared.instructions, start=1):
        row += 1
        line = f"{number}. {text}"
        sheet.merged(row, 1, row, 2, line, styles.TEXT)
        sheet.fit(row, [(line, sum(_WIDTHS))])
    row = _scales(sheet, plan, row)
    row += 2
    sheet.value(row, 1, "Arti warna", {**styles.TEXT, "bold": True})
    for style, text in (
        (styles.INPUT, "Sel isian: ketik atau pilih di sini."),
        (styles.LOCKED, "Sel hitungan: terisi sendiri dan terkunci."),
        (styles.TOTAL, "Baris jumlah: terisi sendiri dan terkunci."),
    ):
        row += 1
        sheet.value(row, 1, None, {**style, "locked": True})
        sheet.value(row, 2, text, styles.TEXT)
    row += 2
    sheet.value(row, 1, "Lembar", {**styles.TEXT, "bold": True})
    for table in plan.tables:
        row += 1
        sheet.link(row, 1, table.declared.sheet, "A1", table.declared.sheet)
        title = full_title(table, plan)
        sheet.value(row, 2, title, styles.TEXT)
        sheet.fit(row, [(title, 90)])
    sheet.page(landscape=False)
    sheet.protect()


def _scales(sheet: Sheet, plan: Layout, row: int) -> int:
    """Write the scales of grades, one a row after ``row``; return the last row."""
    scales = plan.template.grades.scales.items()
    if scales:
        row += 2
        sheet.value(row, 1, "Skala predikat", {**styles.TEXT, "bold": True})
    for name, grades in scales:
        row += 1
        sheet.value(row, 1, name, styles.TEXT)
        sheet.value(row, 2, ", ".join(grade.label for grade in grades), styles.TEXT)
    return row


def _identity(out: Book, plan: Layout, submission: Submission, made: Mapping[str, Written]) -> None:
    entries = identity_of(plan.template, plan.setup, submission)
    sheet = out.sheet(IDENTITY_SHEET)
    for row, (name, text) in enumerate((entries | written_text(made)).items()):
        sheet.value(row, 0, name, {})
        sheet.value(row, 1, text, {})
    sheet.raw.very_hidden()
    out.property(PROPERTY, property_text(entries))
