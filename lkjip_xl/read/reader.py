"""A completed workbook to typed values.

A table is found by its keys (see ``layout``), wherever its sheet, rows and columns have moved. Cached results of
formulas are never used: every result is recomputed from what was typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lkjip_xl.base.a1 import a1, column_letters
from lkjip_xl.base.errors import WorkbookError
from lkjip_xl.base.findings import Finding, Severity
from lkjip_xl.base.showing import short
from lkjip_xl.form.identity import OUTPUT_PROPERTY, PROPERTY, entries_from_property, setup_from
from lkjip_xl.form.layout import (
    FORM_LABEL_COLUMN,
    KEY_ROW,
    LABEL_ROW,
    MARK_COLUMN,
    STRAYS_TITLE,
    ColumnKey,
    Explained,
    Placement,
    RowKey,
    column_keys,
    fixed_text,
    form_area,
)
from lkjip_xl.form.submission import (
    MAX_TEXT,
    Submission,
    Value,
    fits,
    fitted,
    text_length,
)
from lkjip_xl.read.claims import Claims
from lkjip_xl.read.missing_rows import missing_rows
from lkjip_xl.read.placing import (
    cell_at,
    doubles,
    foreign_columns,
    found_columns,
    found_placement,
    numbering,
    rows_below,
    table_marks,
)
from lkjip_xl.read.values import typed_value
from lkjip_xl.template.declared_words import SubmissionRuleWords
from lkjip_xl.template.model import (
    CHECKS_SHEET,
    FINDINGS_SHEET,
    FINDINGS_TITLE,
    IDENTITY_SHEET,
    INSTRUCTIONS_SHEET,
    LISTS_SHEET,
    Setup,
    Table,
    Template,
)
from lkjip_xl.words import wording
from lkjip_xl.words.messages import label, submitted
from lkjip_xl.xlsx.archive import Limits
from lkjip_xl.xlsx.guard import LIMITS, Opened, open_file, sheets_of
from lkjip_xl.xlsx.sheet import Cells, Sheet
from lkjip_xl.xlsx.styles import Percent, Unreadable

# Sheets of ours in which nobody types.
_APART = frozenset({CHECKS_SHEET, INSTRUCTIONS_SHEET, LISTS_SHEET})
_ORDINARY = 200  # rows of a table: forms with less are small
_LONG = "tabel-tabelnya berisi terlalu banyak baris; hapus baris yang tidak dipakai, lalu simpan ulang"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a table's computed cells show, by column and year: in its rows (in their order), and in the total row."""

    rows: Mapping[ColumnKey, Sequence[Any]]
    total: Mapping[ColumnKey, Any]


@dataclass(frozen=True)
class Workbook:
    """A workbook as read: its values, where each table stands, and what was found while reading."""

    path: Path
    submission: Submission
    placements: Mapping[str, Placement]
    findings: tuple[Finding, ...]
    misfits: Mapping[tuple[str, RowKey, ColumnKey], Any]
    """What stands in cells that do not hold what their column asks for; for every later step they are blank."""
    strays: Mapping[str, tuple[Mapping[ColumnKey, Any], ...]]
    """By table what stands in its columns but in no row of it, for each such sheet row."""
    extras: Mapping[str, Cells]
    """Sheets that are none of ours, copies of ours among them."""
    shown: Mapping[str, Shown]
    """By table what computed cells show: never used as a result, only to see where a formula may be gone."""
    formulas: Mapping[str, int]
    """How many formulas each sheet has."""
    version: str
    """Version of the template set that the workbook was made from."""
    digest: str
    """The same for the same bytes."""
    limits: Limits = LIMITS
    """Within which it was opened."""
    made_for: str = ""
    """Code of the OPD that it was made for, as it says of itself."""
    more: Mapping[Severity, int] = field(default_factory=dict)
    """How many findings there are that are not said one by one, because there are too many."""


def read_workbook(path: Path, template: Template, limits: Limits = LIMITS) -> Workbook:
    """Return what a workbook holds; raise ``WorkbookError`` where it is none of ours or cannot be opened."""
    opened = open_file(path, limits)
    properties, known = opened.package.properties, opened.package.sheets.worksheets
    if OUTPUT_PROPERTY in properties:
        raise WorkbookError(
            f"{path}: ini hasil lkjip-xl, bukan isian; kirim buku kerja isiannya", output=True
        )
    foreign = WorkbookError(
        f"{path}: buku kerja ini tidak dibuat oleh lkjip-xl; isi buku kerja dari perintah lkjip-xl template"
    )
    if PROPERTY not in properties and IDENTITY_SHEET not in known:
        raise foreign  # before anything in it is read
    sheets = sheets_of(opened, apart=_APART)
    identity = sheets.pop(IDENTITY_SHEET, None)
    claims = _claims(identity.cells if identity else {}, properties)
    entries = claims.entries
    if entries.get("templat") != template.declared.id:
        raise foreign
    if claims.differing:
        entries = claims.settled(
            template, found_columns([sheet.cells for sheet in sheets.values()], template)
        )
    setup = setup_from(entries)
    if setup is None:
        raise foreign
    unknown = setup.modules - set(template.modules)
    if unknown:
        raise WorkbookError(f"{path}: modul {short(', '.join(sorted(unknown)))} tidak ada di templat ini")
    own_version = entries.get("sidik") == template.form_digest
    days = opened.package.sheets.days_from_1904
    reader = _Reader(template, setup, sheets, own_version=own_version, days_from_1904=days, limits=limits)
    reader.findings += claims.findings(template, entries)
    if not own_version:
        found, current = entries.get("versi", "?"), template.declared.version
        words = template.declared.submission_rules.version
        note = submitted(
            words, value=found, expected=current, nilai=wording.quoted(found).strip("“”"), seharusnya=current
        )
        reader.findings.append(note)
    workbook = reader.workbook(opened, entries)
    longest = max((row for place in workbook.placements.values() for _, row in place.rows), default=0)
    if longest > _ORDINARY and form_area(template, fitted(template, workbook.submission)) > limits.form:
        raise WorkbookError(f"{path}: {_LONG}")
    return workbook


def _claims(grid: Cells, properties: Mapping[str, str]) -> Claims:
    """Return what the workbook says it is, in its hidden sheet and in its custom property."""
    found = {line[0]: line.get(1, "") for line in grid.values() if isinstance(line.get(0), str)}
    kept = entries_from_property(properties.get(PROPERTY, ""))
    return Claims(found if "templat" in found else {}, kept)


class _Reader:
    def __init__(
        self,
        template: Template,
        setup: Setup,
        sheets: Mapping[str, Sheet],
        *,
        own_version: bool,
        days_from_1904: bool,
        limits: Limits,
    ) -> None:
        self.template = template
        self.setup = setup
        self.sheets = sheets
        self.grids = {name: sheet.cells for name, sheet in sheets.items()}
        self.own_version = own_version
        self.days_from_1904 = days_from_1904
        self.limits = limits
        self.words = template.declared.submission_rules
        self.followed = {key for each in template.tables.values() for key in each.declared.rows_from}
        self.findings: list[Finding] = []
        self.more: Counter[Severity] = Counter()
        self.misfits: dict[tuple[str, RowKey, ColumnKey], Any] = {}
        self.placements: dict[str, Placement] = {}
        self.tables: dict[str, dict[RowKey, dict[ColumnKey, Value]]] = {}
        self.explanations: dict[Explained, str] = {}
        self.strays: dict[str, tuple[Mapping[ColumnKey, Any], ...]] = {}
        self.shown: dict[str, Shown] = {}

    def workbook(self, opened: Opened, entries: Mapping[str, str]) -> Workbook:
        places = self._find_tables()
        self._other_modules(places)
        marks = numbering(self.template, self.grids, places)
        for table in self.template.active(self.setup.modules):
            if table.key not in places:
                name = table.declared.sheet
                self._note(submitted(self.words.missing_table, name, lembar=name))
                continue
            sheet, row, column = places[table.key]
            followed = table.key in self.followed
            grid = self.grids[sheet]
            known = set(column_keys(table, self.setup))
            placement, unknown = found_placement(
                table, sheet, grid, row, column, known=known, marks=marks, followed=followed
            )
            self.placements[table.key] = placement
            self._missing_columns(table, placement)
            self._double_columns(table, placement, grid, row, column)
            if not table.is_form:
                self._other_years(table, placement, grid, row, known)
            self._read(table, placement, grid)
            self._strays(table, placement, grid, unknown)
            self._fixed(table, placement, grid)
            self._beside(placement, grid, row)
            self._explanations(table, placement, grid)
            self._computed(table, placement, grid)
        for found in missing_rows(self.template, self.setup, self.placements, self.tables):
            self._note(found)
        self._unprotected()
        rows = {
            part: max(number for _, number in self.placements[part].rows)
            for part in self.placements
            if not self.placements[part].is_form and self.placements[part].rows
            if self.template.tables[part].parts == (part,)
        }
        submission = Submission(replace(self.setup, rows=rows), self.tables, self.explanations)
        return Workbook(
            opened.path,
            submission,
            self.placements,
            tuple(self.findings),
            self.misfits,
            self.strays,
            self._extras(),
            self.shown,
            {name: sheet.formulas for name, sheet in self.sheets.items()},
            entries.get("versi", ""),
            opened.digest,
            limits=self.limits,
            made_for=entries.get("opd", ""),
            more=self.more,
        )

    def _find_tables(self) -> dict[str, tuple[str, int, int]]:
        """Return sheet, row and column of each table's mark; of several, that on the sheet of the declared name."""
        found: dict[str, list[tuple[str, int, int]]] = {}
        for sheet, grid in self.grids.items():
            for row, column, key in table_marks(grid, self.template):
                found.setdefault(key, []).append((sheet, row, column))
        chosen = {}
        for key, places in found.items():
            name = self.template.tables[key].declared.sheet
            chosen[key] = next((place for place in places if place[0] == name), places[0])
            original = chosen[key][0]
            for at in places:
                if at != chosen[key]:
                    self._note(submitted(self.words.double_table, at[0], salinan=at[0], lembar=original))
        return chosen

    def _other_modules(self, places: Mapping[str, tuple[str, int, int]]) -> None:
        """Report tables of modules that this workbook does not use: they are not read."""
        for key, (sheet, _, _) in places.items():
            module = self.template.tables[key].declared.module
            if module is not None and module not in self.setup.modules:
                words = self.words.other_module
                self._note(submitted(words, sheet, lembar=sheet, modul=module))

    def _other_years(
        self, table: Table, placement: Placement, grid: Cells, key_row: int, known: AbstractSet[ColumnKey]
    ) -> None:
        """Report columns of years that are none of this report's, where something stands in them: they are not read."""
        used = [
            (key, line)
            for key, line in foreign_columns(table, grid, key_row, known)
            if (self.own_version and table.columns[key[0]].computed)
            or any(str(cell_at(grid, (row, line))).strip() for row in placement.rows.values())
        ]
        if used:
            names = ", ".join(label(table.columns[key], year, self.setup) for (key, year), _ in used)
            found = submitted(
                self.words.other_year,
                placement.sheet,
                a1(key_row + LABEL_ROW - KEY_ROW, used[0][1]),
                judul=wording.brief(names),
                lembar=placement.sheet,
                tahun=str(self.setup.year),
                periode="-".join(map(str, self.setup.period)),
            )
            self._note(found)

    def _missing_columns(self, table: Table, placement: Placement) -> None:
        if table.explained and placement.explanation_column is None and self.own_version:
            sheet = placement.sheet
            self._note(submitted(self.words.missing_column, sheet, judul="Penjelasan", lembar=sheet))
        for key, year in column_keys(table, self.setup):
            column = table.columns[key]
            if column.typed_in(year, self.setup.year) and (key, year) not in placement.lines:
                name, sheet = label(column, year, self.setup), placement.sheet
                self._note(submitted(self.words.missing_column, sheet, judul=name, lembar=sheet))

    def _double_columns(
        self, table: Table, placement: Placement, grid: Cells, key_row: int, mark_column: int
    ) -> None:
        """Report columns of a table, and fields of a form, that stand there again: only the first is read."""
        for (key, year), line in doubles(table, placement, grid, key_row, mark_column):
            column = table.columns[key]
            if column.typed_in(year, self.setup.year):
                name, first = label(column, year, self.setup), placement.lines[key, year]
                form = placement.is_form
                cell = a1(line, FORM_LABEL_COLUMN) if form else a1(key_row + LABEL_ROW - KEY_ROW, line)
                here, there = (str(at + 1) if form else column_letters(at) for at in (line, first))
                what = "Baris" if form else "Kolom"
                found = submitted(
                    self.words.double_column,
                    placement.sheet,
                    cell,
                    apa=what,
                    judul=name,
                    salinan=here,
                    dibaca=there,
                )
                self._note(found)

    def _read(self, table: Table, placement: Placement, grid: Cells) -> None:
        rows = self.tables.setdefault(table.key, {})
        for (key, year), line in placement.lines.items():
            column = table.columns[key]
            if not column.typed_in(year, self.setup.year):
                continue
            for row, raw in zip(placement.rows, _line(placement, grid, line), strict=True):
                if isinstance(raw, str) and not raw.strip(" "):
                    continue
                cells = rows.setdefault(row, {})  # a row in which only a misfit stands has begun, too
                value = typed_value(column, raw, days_from_1904=self.days_from_1904)
                if value is None:
                    self.misfits[table.key, row, (key, year)] = raw
                else:
                    cells[key, year] = value

    def _strays(self, table: Table, placement: Placement, grid: Cells, unknown: list[int]) -> None:
        """Report what stands under the table's headings where no row of it is: it is not read."""
        if table.is_form:
            return
        # Only below the table is it sure that no formula of ours shows something.
        after = range(0) if placement.total_row is None else rows_below(grid, placement.total_row - 1)
        every = {
            line: key
            for key, line in placement.lines.items()
            if table.columns[key[0]].declared.type != "ordinal"
        }
        typed = {
            line: key
            for line, key in every.items()
            if table.columns[key[0]].typed_in(key[1], self.setup.year)
        }
        strays: list[Mapping[ColumnKey, Any]] = []
        for row in (*unknown, *after):
            if (row == placement.total_row and table.has_total) or row not in grid:
                continue
            known = every if row in after else typed
            found = [
                (known[line], line, raw)
                for line, raw in grid[row].items()
                if line in known and not isinstance(raw, Unreadable)
                if raw != STRAYS_TITLE and str(raw).strip()
            ]
            if found:  # one finding a row, with all that stands in it
                strays.append({key: raw for key, _, raw in found})
                if not self._has_room(self.words.stray):
                    continue
                (key, line, raw), *_ = found
                self._note(
                    submitted(
                        self.words.stray,
                        placement.sheet,
                        a1(row, line),
                        value=" | ".join(wording.brief(_shown(raw)) for _, _, raw in found),
                        nilai=wording.quoted(raw),
                        judul=label(table.columns[key[0]], key[1], self.setup),
                    )
                )
        if strays:
            self.strays[table.key] = tuple(strays)

    def _fixed(self, table: Table, placement: Placement, grid: Cells) -> None:
        """Report fixed texts, the report's year and period among them, that somebody has typed over: they do not count."""
        fixed = [key for key in placement.lines if table.columns[key[0]].declared.type == "fixed"]
        for key in fixed if self.own_version else ():
            for row, raw in zip(placement.rows, _line(placement, grid, placement.lines[key]), strict=True):
                right = fixed_text(table, table.columns[key[0]], row, self.setup)
                stands = (
                    f"{raw:.15g}" if isinstance(raw, float) else str(raw)
                )  # a year may be typed as a number
                if right is not None and stands.strip().casefold() != right.strip().casefold():
                    self._note(
                        submitted(
                            self.words.fixed_changed,
                            placement.sheet,
                            placement.cell(key, row),
                            value=wording.brief(stands),
                            expected=right,
                            judul=label(table.columns[key[0]], key[1], self.setup),
                            nilai=wording.quoted(raw) if stands.strip() else "kosong",
                            seharusnya=wording.quoted(right),
                        )
                    )

    def _beside(self, placement: Placement, grid: Cells, key_row: int) -> None:
        """Name, once a sheet, what stands to the right of a table, or below a form: it is not read, and does not come back."""
        last = max(grid[key_row])
        below = max(placement.lines.values(), default=0) if placement.is_form else max(grid)
        cells = [
            (row, column)
            for row, line in grid.items()
            for column in line
            if column > last or (row > below and column > MARK_COLUMN)
        ]
        if cells:
            number, first = wording.number(len(cells)), a1(*cells[0])
            found = submitted(
                self.words.beside, placement.sheet, first, jumlah=number, lembar=placement.sheet
            )
            self._note(found)

    def _note(self, finding: Finding) -> None:
        """Take a finding down, or count it where there are too many."""
        if self._has_room(finding):
            self.findings.append(finding)

    def _has_room(self, said: Finding | SubmissionRuleWords) -> bool:
        """Whether one more finding is said; otherwise it is counted."""
        room = len(self.findings) < self.limits.findings
        if not room:
            self.more[said.severity] += 1
        return room

    def _explanations(self, table: Table, placement: Placement, grid: Cells) -> None:
        """Read what staff explained beside a row, the total row or a field."""
        column = placement.explanation_column
        if column is None:
            return
        lines: list[tuple[RowKey | None, str, int]]
        if table.is_form:
            row: RowKey | None = (table.key, 1)
            lines = [(row, key, line) for (key, _), line in placement.lines.items() if key in table.explained]
        else:
            lines = [(row, "", line) for row, line in placement.rows.items() if "row" in table.explained]
            if placement.total_row is not None and "total" in table.explained:
                lines.append((None, "", placement.total_row))
        for row, name, line in lines:
            raw = cell_at(grid, (line, column))
            if isinstance(raw, Unreadable):
                continue
            text = _shown(raw)
            if text.strip():
                self.explanations[placement.explained_at(row, name)] = wording.cut(text)
            if not fits(text):
                self._note(
                    submitted(
                        self.words.long_text,
                        placement.sheet,
                        a1(line, column),
                        value=text,
                        judul="Penjelasan",
                        nilai=wording.quoted(text),
                        jumlah=wording.number(text_length(text)),
                        batas=wording.number(MAX_TEXT),
                    )
                )

    def _computed(self, table: Table, placement: Placement, grid: Cells) -> None:
        """Take down what the computed cells show."""
        rows: dict[ColumnKey, Sequence[Any]] = {}
        total: dict[ColumnKey, Any] = {}
        for (key, year), line in placement.lines.items():
            column = table.columns[key]
            if column.computed and not column.typed_in(year, self.setup.year):
                rows[key, year] = [_seen(raw) for raw in _line(placement, grid, line)]
            if column.total is not None and placement.total_row is not None:
                total[key, year] = _seen(cell_at(grid, (placement.total_row, line)))
        self.shown[table.key] = Shown(rows, total)

    def _extras(self) -> dict[str, Cells]:
        own = {placement.sheet for placement in self.placements.values()}
        return {
            name: grid
            for name, grid in self.grids.items()
            if name not in own and grid
            if name != FINDINGS_SHEET or cell_at(grid, (0, 0)) != FINDINGS_TITLE
        }

    def _unprotected(self) -> None:
        """Note, once, which tables' sheets are not locked any more."""
        sheets = [place.sheet for place in self.placements.values()]
        open_sheets = [sheet for sheet in sheets if not self.sheets[sheet].protected]
        if not open_sheets:
            return
        alone = open_sheets[0] if len(open_sheets) == 1 else ""
        which = "semua lembar" if len(open_sheets) == len(sheets) else f"lembar {', '.join(open_sheets)}"
        self.findings.append(submitted(self.words.unprotected, alone, lembar=which))


def _line(placement: Placement, grid: Cells, line: int) -> list[Any]:
    """Return what stands in a column of a table, or in a field of a form, in the order of the rows."""
    if placement.is_form:
        return [cell_at(grid, (line, across)) for across in placement.rows.values()]
    return [cell_at(grid, (row, line)) for row in placement.rows.values()]


def _shown(raw: Any) -> str:
    """Return what a cell shows, as people read it."""
    return wording.shown(raw) if isinstance(raw, (str, float)) else str(raw)


def _seen(raw: Any) -> Any:
    """Return what a computed cell shows, however its number is formatted; an error is nothing."""
    if isinstance(raw, Unreadable):
        return ""
    return float(raw) if isinstance(raw, Percent) else raw
