"""A completed workbook to typed values; the door to python-calamine.

A table is found by its keys (see ``layout``), wherever its sheet, rows and columns have moved. Cached results of
formulas are never used: every result is recomputed from what was typed.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import python_calamine
from defusedxml import ElementTree

from lkjip_xl.errors import WorkbookError
from lkjip_xl.findings import Finding
from lkjip_xl.guard import check_file
from lkjip_xl.identity import PROPERTY, entries_from_property, setup_from
from lkjip_xl.layout import (
    END,
    FORM_VALUE_COLUMN,
    MARK,
    START,
    VALUE_KEY,
    ColumnKey,
    Placement,
    RowKey,
    column_keys,
)
from lkjip_xl.messages import missing_column, missing_table, other_version
from lkjip_xl.submission import Submission, Value
from lkjip_xl.template.model import IDENTITY_SHEET, Setup, Table, Template
from lkjip_xl.typing_cells import typed_value

Grid = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Workbook:
    """A workbook as read: its values, where each table stands, and what was found while reading."""

    path: Path
    submission: Submission
    placements: Mapping[str, Placement]
    findings: tuple[Finding, ...]
    misfits: Mapping[tuple[str, RowKey, ColumnKey], Any]
    """What stands in cells that do not hold what their column asks for; for every later step they are blank."""


def read_workbook(path: Path, template: Template) -> Workbook:
    """Return what a workbook holds; raise ``WorkbookError`` where it is none of ours or cannot be opened."""
    check_file(path)
    grids = _grids(path)
    entries = _entries(grids.pop(IDENTITY_SHEET, ()), path)
    setup = setup_from(entries)
    if entries.get("templat") != template.declared.id or setup is None:
        raise WorkbookError(
            f"{path}: buku kerja ini tidak dibuat oleh lkjip-xl; "
            "isi buku kerja dari perintah lkjip-xl template"
        )
    unknown = setup.modules - set(template.modules)
    if unknown:
        raise WorkbookError(f"{path}: modul {', '.join(sorted(unknown))} tidak ada di templat ini")
    reader = _Reader(template, setup, grids)
    if entries.get("sidik") != template.digest:
        reader.findings.append(other_version(entries.get("versi", "?"), template.declared.version))
    return reader.workbook(path)


def _grids(path: Path) -> dict[str, Grid]:
    """Return the cells of every sheet, from A1 on."""
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
        }
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise WorkbookError(f"{path}: buku kerja rusak dan tidak dapat dibuka ({error})") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise WorkbookError(f"{path}: buku kerja rusak dan tidak dapat dibuka") from None


def _entries(grid: Grid, path: Path) -> dict[str, str]:
    """Return what the workbook says it is, from its hidden sheet or else from its custom property."""
    found = {str(row[0]): _plain(row[1]) for row in grid if len(row) > 1 and isinstance(row[0], str)}
    if "templat" in found:
        return found
    try:
        with zipfile.ZipFile(path) as archive:
            tree = ElementTree.fromstring(archive.read("docProps/custom.xml"))
    except (KeyError, zipfile.BadZipFile, ElementTree.ParseError):
        return {}
    for element in tree:
        if element.get("name") == PROPERTY:
            return entries_from_property("".join(element.itertext()))
    return {}


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


class _Reader:
    def __init__(self, template: Template, setup: Setup, grids: Mapping[str, Grid]) -> None:
        self.template = template
        self.setup = setup
        self.grids = grids
        self.followed = {key for each in template.tables.values() for key in each.declared.rows_from}
        self.findings: list[Finding] = []
        self.misfits: dict[tuple[str, RowKey, ColumnKey], Any] = {}
        self.placements: dict[str, Placement] = {}
        self.tables: dict[str, dict[RowKey, dict[ColumnKey, Value]]] = {}

    def workbook(self, path: Path) -> Workbook:
        places = self._find_tables()
        for table in self.template.active(self.setup.modules):
            if table.key not in places:
                self.findings.append(missing_table(table))
                continue
            sheet, row, column = places[table.key]
            followed = table.key in self.followed
            placement = _placement(table, sheet, self.grids[sheet], row, column, followed=followed)
            self.placements[table.key] = placement
            self._missing_columns(table, placement)
            self._read(table, placement, self.grids[sheet])
        rows = {
            part: max(number for _, number in self.placements[part].rows)
            for part in self.placements
            if not self.placements[part].is_form and self.placements[part].rows
            if self.template.tables[part].parts == (part,)
        }
        submission = Submission(replace(self.setup, rows=rows), self.tables)
        return Workbook(path, submission, self.placements, tuple(self.findings), self.misfits)

    def _find_tables(self) -> dict[str, tuple[str, int, int]]:
        """Return sheet, row and column of each table's mark; where a table stands twice the first counts."""
        found: dict[str, tuple[str, int, int]] = {}
        for sheet, grid in self.grids.items():
            for row, column, key in _marks(grid):
                if key in self.template.tables:
                    found.setdefault(key, (sheet, row, column))
        return found

    def _missing_columns(self, table: Table, placement: Placement) -> None:
        for key, year in column_keys(table, self.setup):
            column = table.columns[key]
            if column.typed_in(year, self.setup.year) and (key, year) not in placement.lines:
                self.findings.append(missing_column(column, year, placement.sheet, self.setup))

    def _read(self, table: Table, placement: Placement, grid: Grid) -> None:
        rows = self.tables.setdefault(table.key, {})
        for key, year in placement.lines:
            column = table.columns[key]
            if not column.typed_in(year, self.setup.year):
                continue
            for row in placement.rows:
                position = placement.position((key, year), row)
                raw = _at(grid, position)
                if raw == "" or raw is None:
                    continue
                cells = rows.setdefault(row, {})  # a row in which only a misfit stands has begun, too
                value = typed_value(column, raw)
                if value is None:
                    self.misfits[table.key, row, (key, year)] = raw
                else:
                    cells[key, year] = value


def _at(grid: Grid, position: tuple[int, int] | None) -> Any:
    if position is None or position[0] >= len(grid) or position[1] >= len(grid[position[0]]):
        return ""
    return grid[position[0]][position[1]]


def _marks(grid: Grid) -> Iterator[tuple[int, int, str]]:
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and cell.startswith(MARK) and cell not in (START, END):
                yield row, column, cell.removeprefix(MARK)


def _placement(
    table: Table, sheet: str, grid: Grid, key_row: int, mark_column: int, *, followed: bool
) -> Placement:
    if table.is_form:
        return _form_placement(table, sheet, grid, key_row, mark_column)
    lines: dict[ColumnKey, int] = {}
    for column, cell in enumerate(grid[key_row]):
        key = _column_key(cell)
        if key is not None and key[0] in table.columns:
            lines.setdefault(key, column)
    rows, total_row = _rows(table, grid, key_row, mark_column, followed=followed)
    return Placement(table.key, sheet, is_form=False, lines=lines, rows=rows, total_row=total_row)


def _form_placement(table: Table, sheet: str, grid: Grid, key_row: int, mark_column: int) -> Placement:
    values = [column for column, cell in enumerate(grid[key_row]) if cell == VALUE_KEY]
    lines: dict[ColumnKey, int] = {}
    for row in range(key_row + 1, len(grid)):
        cell = _at(grid, (row, mark_column))
        if cell == END:
            break
        if isinstance(cell, str) and cell in table.columns:
            lines.setdefault((cell, None), row)
    value_column = values[0] if values else mark_column + FORM_VALUE_COLUMN
    return Placement(table.key, sheet, is_form=True, lines=lines, rows={(table.key, 1): value_column})


def _rows(
    table: Table, grid: Grid, key_row: int, mark_column: int, *, followed: bool
) -> tuple[dict[RowKey, int], int | None]:
    """Return the data rows and the closing row.

    Rows count in the order of the sheet. Only where other tables follow this one's rows, or where rows are fixed, does
    the mark of a row decide; a row that somebody inserted has no mark and comes after the others then.
    """
    found: list[tuple[RowKey | None, int]] = []
    total_row = None
    started = False
    for row in range(key_row + 1, len(grid)):
        cell = _at(grid, (row, mark_column))
        if cell == END:
            total_row = row
            break
        mark = _row_key(cell, table)
        if started or mark is not None:
            started = True
            found.append((mark, row))
        started = started or cell == START
    unmarked = [row for mark, row in found if mark is None]
    if not table.declared.fixed_rows and (not unmarked or not followed) and table.parts == (table.key,):
        return {(table.key, number): row for number, (_, row) in enumerate(found, start=1)}, total_row
    rows: dict[RowKey, int] = {}
    for mark, row in found:
        if mark is not None:
            rows.setdefault(mark, row)
    if table.parts == (table.key,) and not table.declared.fixed_rows:
        last = max((number for _, number in rows), default=0)
        rows |= {(table.key, last + n): row for n, row in enumerate(unmarked, start=1)}
    return rows, total_row


def _row_key(cell: object, table: Table) -> RowKey | None:
    match = re.fullmatch(r"([a-z][a-z0-9_]*):([0-9]{1,5})", cell) if isinstance(cell, str) else None
    return (match[1], int(match[2])) if match and match[1] in table.parts else None


def _column_key(cell: object) -> ColumnKey | None:
    if not isinstance(cell, str):
        return None
    match = re.fullmatch(r"([a-z][a-z0-9_]*)(?:@([0-9]{4}))?", cell)
    return (match[1], int(match[2]) if match[2] else None) if match else None
