"""One table of a returned workbook, at the place where it was found: its values, and what is wrong around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lkjip_xl.base.a1 import a1
from lkjip_xl.base.findings import Finding, Severity
from lkjip_xl.base.keys import ColumnKey, Explained, RowKey
from lkjip_xl.form.layout import MARK_COLUMN, STRAYS_TITLE, Placement, column_keys, fixed_text
from lkjip_xl.form.submission import MAX_TEXT, Value, fits, text_length
from lkjip_xl.read.carried import as_on_sheet
from lkjip_xl.read.headings import Report, double_columns, missing_columns, other_years
from lkjip_xl.read.placing import Mark, cell_at, found_placement, rows_below
from lkjip_xl.read.values import fitting, typed_value
from lkjip_xl.template.model import Table
from lkjip_xl.words import wording
from lkjip_xl.words.messages import submitted
from lkjip_xl.xlsx.cells import Cells
from lkjip_xl.xlsx.styles import Percent, Unreadable


@dataclass(frozen=True, slots=True)
class Shown:
    """What a table's computed cells show, by column and year: in its rows (in their order), and in the total row."""

    rows: Mapping[ColumnKey, Sequence[Any]]
    total: Mapping[ColumnKey, Any]


@dataclass(frozen=True, slots=True)
class TableRead:
    """What was read of one table; see ``reader.Workbook`` for what each part is."""

    placement: Placement
    cells: Mapping[RowKey, Mapping[ColumnKey, Value]]
    misfits: Mapping[tuple[RowKey, ColumnKey], Any]
    explanations: Mapping[Explained, str]
    inapplicable: str
    """Why the table does not apply; empty where it does."""
    strays: Sequence[Mapping[ColumnKey, Any]]
    shown: Shown
    findings: Sequence[Finding]
    more: Mapping[Severity, int]
    """How many findings there are beside those that are said."""


def read_table(
    report: Report, table: Table, mark: Mark, grid: Cells, marks: Mapping[RowKey, RowKey], *, followed: bool
) -> TableRead:
    """Return what stands in a table whose key row is at ``mark`` in a sheet's cells.

    ``marks`` are the rows that there can be (see ``placing.numbering``); ``followed`` says whether others follow its rows.
    """
    keys = column_keys(table, report.setup)
    known = frozenset(keys)
    placement, unknown = found_placement(table, mark, grid, known=known, marks=marks, followed=followed)
    typed, misfits = _values(report, table, placement, grid)
    cells = as_on_sheet(table, placement, typed)
    strays = list(_strays(report, table, placement, grid, unknown))
    explanations, long = _explanations(report, table, placement, grid)
    inapplicable, long_reason = _inapplicable(report, table, placement, grid)
    found = [
        *missing_columns(report, table, placement, keys),
        *double_columns(report, table, placement, grid, mark),
        *other_years(report, table, placement, grid, mark, known),
        *(_stray(report, table, placement, *each) for each in strays[: report.most]),
        *_fixed(report, table, placement, grid),
        *_beside(report, table, placement, grid, mark),
        *long_reason,
        *long,
    ]
    more = Counter({report.words.stray.severity: max(0, len(strays) - report.most)})
    lines = [{key: raw for key, _, raw in line} for _, line in strays]
    shown = _computed(report, table, placement, grid)
    return TableRead(placement, cells, misfits, explanations, inapplicable, lines, shown, found, more)


def _values(
    report: Report, table: Table, placement: Placement, grid: Cells
) -> tuple[dict[RowKey, dict[ColumnKey, Value]], dict[tuple[RowKey, ColumnKey], Any]]:
    """Return what is typed, and what stands in cells that do not hold what their column asks for."""
    rows: dict[RowKey, dict[ColumnKey, Value]] = {}
    misfits = {}
    typed = {key: table.columns[key[0]] for key in placement.lines if report.typed(table, key)}
    for row, key, raw in placement.filled(grid):
        if key not in typed or (isinstance(raw, str) and not raw.strip(" ")):
            continue
        cells = rows.setdefault(row, {})  # a row in which only a misfit stands has begun, too
        value = typed_value(typed[key], raw, days_from_1904=report.days_from_1904)
        if value is not None:
            cells[key] = value
        if not fitting(typed[key], value):
            misfits[row, key] = raw
    return rows, misfits


_NOTHING: Mapping[int, Any] = {}
_Stray = tuple[ColumnKey, int, Any]  # under which column, sheet column, what stands there


def _strays(
    report: Report, table: Table, placement: Placement, grid: Cells, unknown: Sequence[int]
) -> Iterator[tuple[int, list[_Stray]]]:
    """Yield what stands under the table's headings where no row of it is, by sheet row: it is not read."""
    if table.is_form:
        return
    # Only below the table is it sure that no formula of ours shows something.
    after = range(0) if placement.total_row is None else rows_below(grid, placement.total_row - 1)
    lines = [
        (line, key)
        for key, line in placement.lines.items()
        if table.columns[key[0]].declared.type != "ordinal"
    ]
    every, typed = dict(lines), {line: key for line, key in lines if report.typed(table, key)}
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
        if found:
            yield row, found


def _stray(report: Report, table: Table, placement: Placement, row: int, found: Sequence[_Stray]) -> Finding:
    """Return the finding of a row that is not read, with all that stands in it."""
    key, line, raw = found[0]
    return submitted(
        report.words.stray,
        placement.sheet,
        a1(row, line),
        value=" | ".join(wording.brief(_text(raw)) for _, _, raw in found),
        nilai=wording.quoted(raw),
        judul=report.named(table, key),
    )


def _fixed(report: Report, table: Table, placement: Placement, grid: Cells) -> Iterator[Finding]:
    """Report fixed texts, the report's year and period among them, that somebody has typed over: they do not count."""
    fixed = [key for key in placement.lines if table.columns[key[0]].declared.type == "fixed"]
    for key in fixed if report.own_version else ():
        for row, raw in zip(placement.rows, _column(placement, grid, key), strict=True):
            right = fixed_text(table, table.columns[key[0]], row, report.setup)
            # A year may be typed as a number.
            stands = f"{raw:.15g}" if isinstance(raw, float) else str(raw)
            if right is not None and stands.strip().casefold() != right.strip().casefold():
                yield submitted(
                    report.words.fixed_changed,
                    placement.sheet,
                    placement.cell(key, row),
                    value=wording.brief(stands),
                    expected=right,
                    judul=report.named(table, key),
                    nilai=wording.quoted(raw) if stands.strip() else "kosong",
                    seharusnya=wording.quoted(right),
                )


def _beside(report: Report, table: Table, placement: Placement, grid: Cells, mark: Mark) -> Iterator[Finding]:
    """Name, once a sheet, what stands to the right of a table, or below a form: it is not read, and does not come back."""
    last = max(grid[mark.row])
    below = max(placement.lines.values(), default=0) if table.is_form else max(grid)
    cells = [
        (row, column)
        for row, line in grid.items()
        for column in line
        if column > last or (row > below and column > MARK_COLUMN)
    ]
    if cells:
        number = wording.number(len(cells))
        sheet = placement.sheet
        yield submitted(report.words.beside, sheet, a1(*cells[0]), jumlah=number, lembar=sheet)


def _explanations(
    report: Report, table: Table, placement: Placement, grid: Cells
) -> tuple[dict[Explained, str], list[Finding]]:
    """Return what staff explained beside a row, the total row or a field, and findings of texts that are too long."""
    found: dict[Explained, str] = {}
    long: list[Finding] = []
    column = placement.explanation_column
    for row, name, line in _explained(table, placement) if column is not None else ():
        raw = cell_at(grid, (line, column or 0))
        if isinstance(raw, Unreadable):
            continue
        text = _text(raw)
        if text.strip():
            found[placement.explained_at(row, name)] = wording.cut(text)
        if not fits(text):
            long.append(_long(report, placement, a1(line, column or 0), text))
    return found, long


def _inapplicable(
    report: Report, table: Table, placement: Placement, grid: Cells
) -> tuple[str, list[Finding]]:
    """Return why a table does not apply, and the finding of a reason that is too long."""
    at = placement.reason
    raw = cell_at(grid, at) if at is not None and table.declared.not_applicable else ""
    text = "" if isinstance(raw, Unreadable) else _text(raw)
    if at is None or not text.strip():
        return "", []
    long = [] if fits(text) else [_long(report, placement, a1(*at), text, "Alasan tidak berlaku")]
    return wording.cut(text), long


def _long(report: Report, placement: Placement, cell: str, text: str, label: str = "Penjelasan") -> Finding:
    return submitted(
        report.words.long_text,
        placement.sheet,
        cell,
        value=text,
        judul=label,
        nilai=wording.quoted(text),
        jumlah=wording.number(text_length(text)),
        batas=wording.number(MAX_TEXT),
    )


def _explained(table: Table, placement: Placement) -> Iterator[tuple[RowKey | None, str, int]]:
    """Yield the rows (None: the total row) and fields that may be explained, with their sheet rows."""
    if table.is_form:
        for (key, _), line in placement.lines.items():
            if key in table.explained:
                yield (table.key, 1), key, line
        return
    if "row" in table.explained:
        yield from ((row, "", line) for row, line in placement.rows.items())
    if placement.total_row is not None and "total" in table.explained:
        yield None, "", placement.total_row


def _computed(report: Report, table: Table, placement: Placement, grid: Cells) -> Shown:
    """Return what the computed cells show."""
    rows: dict[ColumnKey, Sequence[Any]] = {}
    total: dict[ColumnKey, Any] = {}
    for key, line in placement.lines.items():
        column = table.columns[key[0]]
        if column.computed and not report.typed(table, key):
            rows[key] = [_seen(raw) for raw in _column(placement, grid, key)]
        if column.total is not None and placement.total_row is not None:
            total[key] = _seen(cell_at(grid, (placement.total_row, line)))
    return Shown(rows, total)


def _column(placement: Placement, grid: Cells, column: ColumnKey) -> list[Any]:
    """Return what stands in a column of a table, or in a field of a form, in the order of the rows."""
    return [grid.get(row, _NOTHING).get(line, "") for row, line in placement.positions(column)]


def _text(raw: Any) -> str:
    """Return what a cell shows, as people read it."""
    return wording.shown(raw) if isinstance(raw, (str, float)) else str(raw)


def _seen(raw: Any) -> Any:
    """Return what a computed cell shows, however its number is formatted; an error is nothing."""
    if raw.__class__ in (str, float):
        return raw
    if isinstance(raw, Unreadable):
        return ""
    return float(raw) if isinstance(raw, Percent) else raw
