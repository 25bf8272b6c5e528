"""A completed workbook to typed values.

A table is found by its keys (see ``layout``), wherever its sheet, rows and columns have moved. Cached results of
formulas are never used: every result is recomputed from what was typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lkjip_xl.base.errors import WorkbookError
from lkjip_xl.base.files import File, path_of
from lkjip_xl.base.findings import Finding, Severity
from lkjip_xl.base.keys import ColumnKey, RowKey
from lkjip_xl.base.showing import short
from lkjip_xl.form.identity import (
    OUTPUT_PROPERTY,
    PROPERTY,
    Written,
    entries_from_property,
    notice_of,
    setup_from,
    written,
)
from lkjip_xl.form.layout import Placement, form_area
from lkjip_xl.form.submission import Notice, Submission, fitted
from lkjip_xl.read.claims import Claims, lists_changed
from lkjip_xl.read.headings import Report
from lkjip_xl.read.missing_rows import missing_rows
from lkjip_xl.read.placing import Mark, cell_at, found_columns, numbering, table_marks
from lkjip_xl.read.table import Shown, TableRead, read_table
from lkjip_xl.template.filling import in_filling_order
from lkjip_xl.template.model import Setup, Table, Template
from lkjip_xl.template.sheet_names import (
    CHECKS_SHEET,
    FINDINGS_SHEET,
    FINDINGS_TITLE,
    IDENTITY_SHEET,
    INSTRUCTIONS_SHEET,
    LISTS_SHEET,
)
from lkjip_xl.words import wording
from lkjip_xl.words.messages import submitted
from lkjip_xl.xlsx.archive import Limits
from lkjip_xl.xlsx.cells import Cells, Sheet
from lkjip_xl.xlsx.guard import LIMITS, Opened, naming, number_of_formulas, open_file, sheets_of

# Sheets of ours in which nobody types.
_APART = frozenset({CHECKS_SHEET, INSTRUCTIONS_SHEET, LISTS_SHEET})
_ORDINARY = 200  # rows of a table: forms with less are small
_FOREIGN = (
    "buku kerja ini tidak dibuat oleh lkjip-xl; isi buku kerja dari koordinator, atau dari lkjip-xl template"
)
_LONG = "tabel-tabelnya berisi terlalu banyak baris; hapus baris yang tidak dipakai, lalu simpan ulang"


@dataclass(frozen=True)
class Workbook:
    """A workbook as read: its values, where each table stands, and what was found while reading."""

    path: Path
    submission: Submission
    placements: Mapping[str, Placement]
    findings: tuple[Finding, ...]
    misfits: Mapping[tuple[str, RowKey, ColumnKey], Any]
    """What stands in cells that do not hold what their column asks for.

    For every later step they are blank, but for numbers that are too great: these are computed with, as sheets do.
    """
    strays: Mapping[str, tuple[Mapping[ColumnKey, Any], ...]]
    """By table what stands in its columns but in no row of it, for each such sheet row."""
    extras: Mapping[str, Cells]
    """Sheets that are none of ours, copies of ours among them."""
    shown: Mapping[str, Shown]
    """By table what computed cells show: never used as a result, only to see where a formula may be gone."""
    formulas: Mapping[str, int]
    """How many formulas each sheet has."""
    written: Mapping[str, Written]
    """How many it had when it was made, by table and for the sheet Periksa; empty where it does not say so."""
    version: str
    """Version of the template set that the workbook was made from."""
    own_version: bool
    """Whether it was made from this set, so that its formulas must be those of this set."""
    content: bytes = field(repr=False)
    """The file as it was read."""
    digest: str
    """The same for the same bytes."""
    limits: Limits = LIMITS
    """Within which it was opened."""
    made_for: str = ""
    """Code of the OPD that it was made for, as it says of itself."""
    more: Mapping[Severity, int] = field(default_factory=dict)
    """How many findings there are that are not said one by one, because there are too many."""


def read_workbook(file: File, template: Template, limits: Limits = LIMITS) -> Workbook:
    """Return what a workbook holds; raise ``WorkbookError`` where it is none of ours or cannot be opened."""
    opened = open_file(file, limits)
    with naming(path_of(file)):
        entries, report, sheets, findings = _opened_report(opened, template)
        workbook = _assembled(opened, entries, report, sheets, findings)
        longest = max((row for place in workbook.placements.values() for _, row in place.rows), default=0)
        if longest > _ORDINARY and form_area(template, fitted(template, workbook.submission)) > limits.form:
            raise WorkbookError(_LONG)
    return workbook


def _opened_report(
    opened: Opened, template: Template
) -> tuple[dict[str, str], Report, dict[str, Sheet], list[Finding]]:
    """Return what a workbook says it is, the report that it holds, its sheets, and what is odd about that.

    Raises ``WorkbookError`` where it is none of ours.
    """
    properties, known = opened.package.properties, opened.package.sheets.worksheets
    if OUTPUT_PROPERTY in properties:
        raise WorkbookError("ini hasil lkjip-xl, bukan isian; kirim buku kerja isiannya", output=True)
    if PROPERTY not in properties and IDENTITY_SHEET not in known:
        raise WorkbookError(_FOREIGN)  # before anything in it is read
    sheets = sheets_of(opened, apart=_APART)
    identity = sheets.pop(IDENTITY_SHEET, None)
    claims = _claims(identity.cells if identity else {}, properties)
    entries = claims.entries
    if entries.get("templat") != template.declared.id:
        raise WorkbookError(_FOREIGN)
    if claims.differing:
        grids = [sheet.cells for sheet in sheets.values()]
        entries = claims.settled(template, found_columns(grids, template))
    setup = setup_from(entries)
    if setup is None:
        raise WorkbookError(_FOREIGN)
    unknown = setup.modules - set(template.modules)
    if unknown:
        raise WorkbookError(f"modul {short(', '.join(sorted(unknown)))} tidak ada di templat ini")
    own_version = entries.get("sidik") == template.form_digest
    days = opened.package.sheets.days_from_1904
    report = Report(template, setup, own_version, days_from_1904=days, most=opened.limits.findings)
    findings = [*claims.findings(template, entries)]
    if not own_version:
        findings.append(_other_version(template, entries.get("versi", "?")))
    return entries, report, sheets, findings


def _other_version(template: Template, found: str) -> Finding:
    words, current = template.declared.submission_rules.version, template.declared.version
    shown = wording.quoted(found).strip("“”")
    return submitted(words, value=found, expected=current, nilai=shown, seharusnya=current)


def _claims(grid: Cells, properties: Mapping[str, str]) -> Claims:
    """Return what the workbook says it is, in its hidden sheet and in its custom property."""
    found = {line[0]: line.get(1, "") for line in grid.values() if isinstance(line.get(0), str)}
    kept = entries_from_property(properties.get(PROPERTY, ""))
    return Claims(found if "templat" in found else {}, kept)


def _assembled(
    opened: Opened,
    entries: Mapping[str, str],
    report: Report,
    sheets: Mapping[str, Sheet],
    findings: list[Finding],
) -> Workbook:
    """Return the workbook with all its tables; ``findings`` are those of the whole."""
    template, setup, limits = report.template, report.setup, opened.limits
    grids = {name: sheet.cells for name, sheet in sheets.items()}
    found = _marks(template, grids)
    places = {key: _chosen(template, key, marks) for key, marks in found.items()}
    findings += [*_not_read(report, found, places)]
    tables = _tables(report, grids, places)
    for table in in_filling_order(template, setup.modules):
        findings += tables[table.key].findings if table.key in tables else [_missing(report, table)]
    findings += lists_changed(report, entries, tables)
    placements = {key: read.placement for key, read in tables.items()}
    cells = {key: read.cells for key, read in tables.items()}
    findings += missing_rows(template, setup, placements, cells)
    formulas, unexamined = _formulas(report, opened, sheets)
    findings += unexamined
    more = sum((Counter(read.more) for read in tables.values()), Counter[Severity]())
    more.update(each.severity for each in findings[limits.findings :])
    findings = [*findings[: limits.findings], *_unprotected(report, placements, sheets)]
    return Workbook(
        opened.path,
        _submission(replace(setup, rows=_rows(template, placements)), tables, notice_of(entries)),
        placements,
        tuple(findings),
        misfits={(key, *cell): raw for key, read in tables.items() for cell, raw in read.misfits.items()},
        strays={key: tuple(read.strays) for key, read in tables.items() if read.strays},
        extras=_extras(grids, placements),
        shown={key: read.shown for key, read in tables.items()},
        formulas=formulas,
        written=written(entries),
        version=entries.get("versi", ""),
        own_version=report.own_version,
        content=opened.content,
        digest=opened.digest,
        limits=limits,
        made_for=entries.get("opd", ""),
        more=more,
    )


def _submission(setup: Setup, tables: Mapping[str, TableRead], notice: Notice) -> Submission:
    """Return what people typed, explained, and said not to apply."""
    return Submission(
        setup,
        {key: read.cells for key, read in tables.items()},
        {where: text for read in tables.values() for where, text in read.explanations.items()},
        {key: read.inapplicable for key, read in tables.items() if read.inapplicable},
        notice,
    )


def _tables(report: Report, grids: Mapping[str, Cells], places: Mapping[str, Mark]) -> dict[str, TableRead]:
    """Return what stands in the tables that were found, in the order of the set."""
    template = report.template
    marks = numbering(template, grids, places)
    followed = {key for each in template.tables.values() for key in each.declared.rows_from}
    return {
        table.key: read_table(
            report,
            table,
            places[table.key],
            grids[places[table.key].sheet],
            marks,
            followed=table.key in followed,
        )
        for table in in_filling_order(template, report.setup.modules)
        if table.key in places
    }


def _formulas(
    report: Report, opened: Opened, sheets: Mapping[str, Sheet]
) -> tuple[dict[str, int], list[Finding]]:
    """Return how many formulas each sheet has, Periksa among them; a note where that sheet cannot be read."""
    found = {name: sheet.formulas for name, sheet in sheets.items()}
    if CHECKS_SHEET in opened.package.sheets.worksheets:
        try:
            found[CHECKS_SHEET] = number_of_formulas(opened, CHECKS_SHEET)
        except WorkbookError:  # nothing in it is needed
            return found, [submitted(report.words.unexamined)]
    return found, []


def _missing(report: Report, table: Table) -> Finding:
    sheet = table.declared.sheet
    return submitted(report.words.missing_table, sheet, lembar=sheet)


def _rows(template: Template, placements: Mapping[str, Placement]) -> dict[str, int]:
    """Return how many rows the tables have whose rows are typed in themselves."""
    return {
        key: max(number for _, number in place.rows)
        for key, place in placements.items()
        if not template.tables[key].is_form and place.rows and template.tables[key].parts == (key,)
    }


def _marks(template: Template, grids: Mapping[str, Cells]) -> dict[str, list[Mark]]:
    """Return every place where the key row of a table stands, by table."""
    found: dict[str, list[Mark]] = {}
    for name, grid in grids.items():
        for row, column, key in table_marks(grid, template):
            found.setdefault(key, []).append(Mark(name, row, column))
    return found


def _chosen(template: Template, key: str, marks: Sequence[Mark]) -> Mark:
    """Return of several places of a table that on the sheet of its declared name."""
    name = template.tables[key].declared.sheet
    return next((mark for mark in marks if mark.sheet == name), marks[0])


def _not_read(
    report: Report, found: Mapping[str, Sequence[Mark]], places: Mapping[str, Mark]
) -> Iterator[Finding]:
    """Report tables that stand there again, and tables of modules that this workbook does not use."""
    for key, marks in found.items():
        original = places[key].sheet
        for mark in marks:
            if mark != places[key]:
                words = report.words.double_table
                yield submitted(words, mark.sheet, salinan=mark.sheet, lembar=original)
    for key, (sheet, _, _) in places.items():
        module = report.template.tables[key].declared.module
        if module is not None and module not in report.setup.modules:
            yield submitted(report.words.other_module, sheet, lembar=sheet, modul=module)


def _extras(grids: Mapping[str, Cells], placements: Mapping[str, Placement]) -> dict[str, Cells]:
    own = {placement.sheet for placement in placements.values()}
    return {
        name: grid
        for name, grid in grids.items()
        if name not in own and grid
        if name != FINDINGS_SHEET or cell_at(grid, (0, 0)) != FINDINGS_TITLE
    }


def _unprotected(
    report: Report, placements: Mapping[str, Placement], sheets: Mapping[str, Sheet]
) -> Iterator[Finding]:
    """Note, once, which tables' sheets are not locked any more."""
    own = [place.sheet for place in placements.values()]
    unlocked = [sheet for sheet in own if not sheets[sheet].protected]
    if unlocked:
        alone = unlocked[0] if len(unlocked) == 1 else ""
        which = "semua lembar" if len(unlocked) == len(own) else f"lembar {', '.join(unlocked)}"
        yield submitted(report.words.unprotected, alone, lembar=which)
