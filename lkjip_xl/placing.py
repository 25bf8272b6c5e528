"""Where the tables of a returned workbook stand: found by their keys and marks, wherever they have moved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from lkjip_xl.layout import (
    END,
    EXPLANATION,
    FORM_VALUE_COLUMN,
    MARK,
    START,
    STATUS,
    VALUE_KEY,
    ColumnKey,
    Placement,
    RowKey,
)
from lkjip_xl.template.model import Table, Template

Grid = Sequence[Sequence[Any]]


def cell_at(grid: Grid, position: tuple[int, int]) -> Any:
    """Return what stands in a cell; an empty text outside the grid."""
    row, column = position
    return grid[row][column] if row < len(grid) and column < len(grid[row]) else ""


def table_marks(grid: Grid, template: Template) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and table key of each key row; the mark alone, which anyone can type, is none."""
    known = {MARK + key: table for key, table in template.tables.items()}
    for row, cells in enumerate(grid):
        if known.keys().isdisjoint(cells):
            continue
        keys = {key[0] for key in map(_column_key, cells) if key is not None}
        for column, cell in enumerate(cells):
            table = known.get(cell)
            if table is not None and keys & ({VALUE_KEY} if table.is_form else set(table.columns)):
                yield row, column, table.key


def found_columns(grids: Iterable[Grid], template: Template) -> set[tuple[str, ColumnKey]]:
    """Return the columns of tables, with their tables, whose keys stand anywhere in a workbook."""
    found: set[tuple[str, ColumnKey]] = set()
    for grid in grids:
        for row, _, table in table_marks(grid, template):
            keys = map(_column_key, grid[row])
            columns = () if template.tables[table].is_form else template.tables[table].columns
            found |= {(table, key) for key in keys if key is not None and key[0] in columns}
    return found


def found_placement(
    table: Table, sheet: str, grid: Grid, key_row: int, mark_column: int, *, followed: bool
) -> tuple[Placement, list[int]]:
    """Return where a table whose key row was found has its columns and rows, and the sheet rows that nobody knows."""
    if table.is_form:
        return _form_placement(table, sheet, grid, key_row, mark_column)
    lines: dict[ColumnKey, int] = {}
    for column, cell in enumerate(grid[key_row]):
        key = _column_key(cell)
        if key is not None and key[0] in table.columns:
            lines.setdefault(key, column)
    rows, unknown, total_row = _rows(table, grid, key_row, mark_column, followed=followed)
    placement = Placement(
        table.key,
        sheet,
        is_form=False,
        lines=lines,
        rows=rows,
        total_row=total_row,
        status_column=_marked(grid, key_row, STATUS),
        explanation_column=_marked(grid, key_row, EXPLANATION),
    )
    return placement, unknown


def doubles(
    table: Table, placement: Placement, grid: Grid, key_row: int, mark_column: int
) -> Iterator[tuple[ColumnKey, int]]:
    """Yield the keys that stand again in a table's key row, or in a form before its end, with the sheet column or row."""
    if placement.is_form:
        for row in range(key_row + 1, len(grid)):
            cell = cell_at(grid, (row, mark_column))
            if cell == END:
                break
            key = (cell, None) if isinstance(cell, str) and cell in table.columns else None
            if key is not None and placement.lines[key] != row:
                yield key, row
        return
    for column, cell in enumerate(grid[key_row]):
        named = _column_key(cell)
        if named is not None and placement.lines.get(named, column) != column:
            yield named, column


def _marked(grid: Grid, key_row: int, mark: str) -> int | None:
    return next((column for column, cell in enumerate(grid[key_row]) if cell == mark), None)


def _form_placement(
    table: Table, sheet: str, grid: Grid, key_row: int, mark_column: int
) -> tuple[Placement, list[int]]:
    values = [column for column, cell in enumerate(grid[key_row]) if cell == VALUE_KEY]
    lines: dict[ColumnKey, int] = {}
    for row in range(key_row + 1, len(grid)):
        cell = cell_at(grid, (row, mark_column))
        if cell == END:
            break
        if isinstance(cell, str) and cell in table.columns:
            lines.setdefault((cell, None), row)
    value_column = values[0] if values else mark_column + FORM_VALUE_COLUMN
    rows = {(table.key, 1): value_column}
    placement = Placement(
        table.key,
        sheet,
        is_form=True,
        lines=lines,
        rows=rows,
        status_column=_marked(grid, key_row, STATUS),
        explanation_column=_marked(grid, key_row, EXPLANATION),
    )
    return placement, []


def _rows(
    table: Table, grid: Grid, key_row: int, mark_column: int, *, followed: bool
) -> tuple[dict[RowKey, int], list[int], int | None]:
    """Return the data rows, the rows that nobody knows, and the closing row.

    Rows of an ordinary table count in the order of the sheet. Where other tables follow this one's rows, where it follows
    others, and where rows are fixed, the mark of a row decides. A row without a mark of its own (inserted, or copied) then
    comes after the others; where there can be no such row it is unknown.
    """
    found: list[tuple[RowKey | None, int]] = []
    total_row = None
    started = False
    below: list[int] = []
    for row in range(key_row + 1, len(grid)):
        cell = cell_at(grid, (row, mark_column))
        if cell == END:
            total_row = row
            break
        mark = _row_key(cell, table)
        if started or mark is not None:
            started = True
            found.append((mark, row))
        started = started or cell == START
    if (
        total_row is None
    ):  # without the mark of the closing row: that is the one below the last row with a mark
        last = max((place for place, (mark, _) in enumerate(found) if mark is not None), default=-1)
        rest = [row for _, row in found[last + 1 :]]
        found = found[: last + 1]
        total_row, below = (rest[0], rest[1:]) if rest else (None, [])
    own_rows = table.parts == (table.key,) and not table.declared.fixed_rows
    if own_rows and not followed:
        rows = {(table.key, number): row for number, (_, row) in enumerate(found, start=1)}
        return rows, below, total_row
    rows = {}
    others: list[int] = []
    for mark, row in found:
        if mark is None or mark in rows:
            others.append(row)
        else:
            rows[mark] = row
    if own_rows:
        last = max((number for _, number in rows), default=0)
        rows |= {(table.key, last + n): row for n, row in enumerate(others, start=1)}
        others = []
    return rows, [*others, *below], total_row


def _row_key(cell: object, table: Table) -> RowKey | None:
    key = _marked_row(cell) if isinstance(cell, str) else None
    return key if key is not None and key[0] in table.parts else None


@lru_cache(maxsize=8192)
def _marked_row(text: str) -> RowKey | None:
    match = re.fullmatch(r"([a-z][a-z0-9_]*):([0-9]{1,5})", text)
    return (match[1], int(match[2])) if match else None


def _column_key(cell: object) -> ColumnKey | None:
    return _named_column(cell) if isinstance(cell, str) else None


@lru_cache(maxsize=8192)
def _named_column(cell: str) -> ColumnKey | None:
    match = re.fullmatch(r"([a-z][a-z0-9_]*)(?:@([0-9]{4}))?", cell)
    return (match[1], int(match[2]) if match[2] else None) if match else None
