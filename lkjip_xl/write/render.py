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
from lkjip_xl.compute.rules import Failure, failing, with_misfits
from lkjip_xl.compute.states import begun_rows, table_states
from lkjip_xl.form import layout
from lkjip_xl.form.formulas import Formulas
from lkjip_xl.form.identity import (
    PROPERTY,
    Written,
    identity_of,
    list_text,
    notice_text,
    property_text,
    written_text,
)
from lkjip_xl.form.layout import Layout
from lkjip_xl.form.submission import Submission, fitted, stack
from lkjip_xl.template.model import Table, Template
from lkjip_xl.template.sheet_names import (
    CHECKS_SHEET,
    FINDINGS_SHEET,
    FINDINGS_TITLE,
    IDENTITY_SHEET,
    INSTRUCTIONS_SHEET,
    RESERVED_SHEETS,
)
from lkjip_xl.write.book import Book, Sheet
from lkjip_xl.write.findings_sheet import write_findings
from lkjip_xl.write.guide import write_guide
from lkjip_xl.write.helpers import write_helpers
from lkjip_xl.write.inputs import Dropdowns
from lkjip_xl.write.live import LiveChecks
from lkjip_xl.write.overview import Overview
from lkjip_xl.write.sentences import sentences
from lkjip_xl.write.signs import write_signs
from lkjip_xl.write.table_sheet import TableSheet
from lkjip_xl.write.tallies import write_tallies
from lkjip_xl.write.ways import write_ways
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
    owner = submission.value(template, template.declared.identity.name)
    below = " · ".join(filter(None, (owner, str(setup.year))))
    title, paper = f"{template.declared.title} {setup.year}", template.declared.paper
    out = Book(title, verbatim=True, owner=below, paper=paper)
    if returned is not None:
        failed = with_misfits(failed, results, returned.misfits)
        _findings(out.sheet(FINDINGS_SHEET), plan, submission, returned)
    returned = returned or Returned((), {})
    said = sentences(plan, failed, returned.misfits)
    write_guide(out.sheet(INSTRUCTIONS_SHEET), plan, owner, submission.notice)
    checks = out.sheet(CHECKS_SHEET)
    states = table_states(template, replace(submission, setup=setup), returned.misfits, values.__getitem__)
    formulas = Formulas(plan)
    Overview(checks, plan, formulas.names, said, submission.explanations, states).write()
    sheets = {table.key: out.sheet(table.declared.sheet) for table in plan.tables}
    dropdowns = Dropdowns(plan, values, out)
    for table in plan.tables:
        writer = TableSheet(
            formulas,
            table,
            sheets[table.key],
            values[table.key],
            dropdowns,
            returned.misfits,
            submission.inapplicable.get(table.key),
        )
        writer.write()
        writer.write_strays(returned.strays.get(table.key, ()))
        begun = begun_rows(template, table, submission)
        write_helpers(formulas, table, sheets[table.key], values, returned.misfits, begun)
        if table.is_list:
            sheets[table.key].raw.hide()
        _checks(formulas, table, sheets[table.key], said, submission)
    _noted(sheets, plan, returned)
    _extras(out, plan, returned.extras)
    dropdowns.write(formulas.names)
    made = {key: Written(len(plan.placements[key].rows), sheet.formulas) for key, sheet in sheets.items()}
    _identity(out, plan, submission, made | {CHECKS_SHEET: Written(0, checks.formulas)})
    return out.finish()


def _noted(sheets: Mapping[str, Sheet], plan: Layout, returned: Returned) -> None:
    """Write a note at each cell of which something was found that is not mended yet."""
    for place, text in _notes(each for each in returned.findings if each.rule not in returned.restored):
        position = plan.placements[place.table].position(place.column, place.row)
        if position is not None:
            sheets[place.table].note(*position, text)


def _checks(
    formulas: Formulas, table: Table, sheet: Sheet, said: Mapping[Failure, str], submission: Submission
) -> None:
    LiveChecks(formulas, table, sheet, said, submission.explanations).write()
    place = formulas.plan.placements[table.key]
    if place.checks:
        write_tallies(sheet, place, said, submission.explanations)
        write_signs(sheet, table, place)
    write_ways(sheet, formulas.plan, table)


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


def _identity(out: Book, plan: Layout, submission: Submission, made: Mapping[str, Written]) -> None:
    entries = identity_of(plan.template, plan.setup, submission)
    notes = list_text(plan.template, submission.tables) | notice_text(submission.notice)
    sheet = out.sheet(IDENTITY_SHEET)
    for row, (name, text) in enumerate((entries | notes | written_text(made)).items()):
        sheet.value(row, 0, name, {})
        sheet.value(row, 1, text, {})
    sheet.raw.very_hidden()
    out.property(PROPERTY, property_text(entries))
