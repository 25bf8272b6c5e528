"""Where the tables of a returned workbook stand: found by their keys and marks, wherever they have moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from lkjip_xl.base.keys import ColumnKey, RowKey, column_key, row_key
from lkjip_xl.form.layout import (
    CHECKS_WAY,
    END,
    EXPLANATION,
    MARK,
    REASON,
    REASON_LABEL,
    START,
    STATUS,
    VALUE_KEY,
    FormPlacement,
    Placement,
)
from lkjip_xl.template.declaration import MAX_ROWS
from lkjip_xl.template.model import Table, Template
from lkjip_xl.xlsx.cells import Cells


class Mark(NamedTuple):
    """Where the key row of a table stands, and in which column its marks."""

    sheet: str
    row: int
    column: int


_GAPS = 2  # times as many rows as there are: the numbers of rows that were deleted leave gaps


_NOTHING: dict[int, Any] = {}


def cell_at(grid: Cells, position: tuple[int, int]) -> Any:
    """Return what stands in a cell; an empty text where that is nothing."""
    row, column = position
    return grid.get(row, _NOTHING).get(column, "")


def rows_below(grid: Cells, row: int) -> range:
    """Return the rows of a sheet below one of them, to the last in which something stands."""
    return range(row + 1, max(grid, default=row) + 1)


def table_marks(grid: Cells, template: Template) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and table key of each key row; the mark alone, which anyone can type, is none."""
    known = {MARK + key: table for key, table in template.tables.items()}
    for row, line in grid.items():
        if known.keys().isdisjoint(line.values()):
            continue
        keys = {key[0] for key in map(_column_key, line.values()) if key is not None}
        for column, cell in line.items():
            table = known.get(cell) if isinstance(cell, str) else None
            if table is None:
                continue
            if VALUE_KEY in line.values() if table.is_form else not keys.isdisjoint(table.columns):
                yield row, column, table.key


def found_columns(grids: Iterable[Cells], template: Template) -> set[tuple[str, ColumnKey]]:
    """Return the columns of tables, with their tables, whose keys stand anywhere in a workbook."""
    found: set[tuple[str, ColumnKey]] = set()
    for grid in grids:
        for row, _, table in table_marks(grid, template):
            keys = map(_column_key, grid[row].values())
            columns = () if template.tables[table].is_form else template.tables[table].columns
            found |= {(table, key) for key in keys if key is not None and key[0] in columns}
    return found


def numbering(
    template: Template, grids: Mapping[str, Cells], places: Mapping[str, Mark]
) -> dict[RowKey, RowKey]:
    """Return as which row each marked row of the tables at ``places`` counts.

    As a rule as the one that its mark names. Where a table's rows have far greater numbers than there are rows, as no
    workbook has them, they are counted anew in their order, in all tables alike; rows that there cannot be are left out.
    """
    seen: dict[str, set[int]] = {}
    for key, (sheet, key_row, column) in places.items():
        for line in rows_below(grids[sheet], key_row):
            mark = cell_at(grids[sheet], (line, column))
            if mark == END:
                break
            row = row_key(mark) if isinstance(mark, str) else None
            if row is not None and row[0] in template.tables[key].parts:
                seen.setdefault(row[0], set()).add(row[1])
    found: dict[RowKey, RowKey] = {}
    for part, numbers in seen.items():
        declared = template.tables[part].declared
        least, most = len(declared.fixed_rows) or declared.rows, len(declared.fixed_rows) or MAX_ROWS
        anew = max(numbers) > max(least, _GAPS * len(numbers)) and not declared.fixed_rows
        for place, number in enumerate(sorted(numbers), start=1):
            row = (part, place if anew else number)
            if row[1] <= most:
                found[part, number] = row
    return found


def found_placement(
    table: Table,
    mark: Mark,
    grid: Cells,
    *,
    known: AbstractSet[ColumnKey],
    marks: Mapping[RowKey, RowKey],
    followed: bool,
) -> tuple[Placement, list[int]]:
    """Return where a table whose key row was found has its columns and rows, and the sheet rows that nobody knows.

    ``known`` are the columns that it can have, ``marks`` the rows (see ``numbering``).
    """
    sheet, key_row, mark_column = mark
    if table.is_form:
        return _form_placement(table, mark, grid), []
    lines: dict[ColumnKey, int] = {}
    for column, cell in grid[key_row].items():
        key = _column_key(cell)
        if key is not None and key in known:
            lines.setdefault(key, column)
    found, below, total_row = _rows(table, grid, key_row, mark_column, marks)
    rows, unknown = _numbered(table, found, grid, lines, followed=followed)
    unknown += below
    placement = Placement(
        table.key,
        sheet,
        lines=lines,
        rows=rows,
        total_row=total_row,
        status_column=_marked(grid, key_row, STATUS),
        explanation_column=_marked(grid, key_row, EXPLANATION),
        reason=_reason(grid, mark),
    )
    return placement, unknown


def doubles(table: Table, placement: Placement, grid: Cells, mark: Mark) -> Iterator[tuple[ColumnKey, int]]:
    """Yield the keys that stand again in a table's key row, or in a form before its end, with the sheet column or row."""
    if table.is_form:
        for row in rows_below(grid, mark.row):
            cell = cell_at(grid, (row, mark.column))
            if cell == END:
                break
            key = (cell, None) if isinstance(cell, str) and cell in table.columns else None
            if key is not None and placement.lines.get(key, row) != row:
                yield key, row
        return
    for column, cell in grid[mark.row].items():
        named = _column_key(cell)
        if named is not None and placement.lines.get(named, column) != column:
            yield named, column


def foreign_columns(
    table: Table, grid: Cells, key_row: int, known: AbstractSet[ColumnKey]
) -> Iterator[tuple[ColumnKey, int]]:
    """Yield the columns of a table's key row, with their sheet columns, that belong to years which it does not have."""
    for column, cell in grid[key_row].items():
        key = _column_key(cell)
        if key is not None and key[0] in table.columns and key not in known:
            yield key, column


def _marked(grid: Cells, key_row: int, mark: str) -> int | None:
    return next((column for column, cell in grid[key_row].items() if cell == mark), None)


def _form_placement(table: Table, mark: Mark, grid: Cells) -> Placement:
    sheet, key_row, mark_column = mark
    value_column = next(column for column, cell in grid[key_row].items() if cell == VALUE_KEY)
    lines: dict[ColumnKey, int] = {}
    for row in rows_below(grid, key_row):
        cell = cell_at(grid, (row, mark_column))
        if cell == END:
            break
        if isinstance(cell, str) and cell in table.columns:
            lines.setdefault((cell, None), row)
    return FormPlacement(
        table.key,
        sheet,
        lines=lines,
        rows={(table.key, 1): value_column},
        status_column=_marked(grid, key_row, STATUS),
        explanation_column=_marked(grid, key_row, EXPLANATION),
        reason=_reason(grid, mark),
    )


def _reason(grid: Cells, mark: Mark) -> tuple[int, int] | None:
    """Return the cell with the reason why a table does not apply: the first one filled to the right of its label."""
    for row, line in grid.items():
        if row < mark.row and line.get(mark.column) == REASON:
            label = next((column for column, cell in line.items() if cell == REASON_LABEL), None)
            beyond = [
                column
                for column, cell in line.items()
                if label is not None and column > label and cell != CHECKS_WAY
            ]
            return (row, min(beyond)) if beyond else None
    return None


def _rows(
    table: Table, grid: Cells, key_row: int, mark_column: int, marks: Mapping[RowKey, RowKey]
) -> tuple[list[tuple[RowKey | None, int]], list[int], int | None]:
    """Return the data rows with their marks, the rows below them that nobody knows, and the closing row."""
    found: list[tuple[RowKey | None, int]] = []
    total_row = None
    started = False
    below: list[int] = []
    for row in rows_below(grid, key_row):
        cell = cell_at(grid, (row, mark_column))
        if cell == END:
            total_row = row
            break
        mark = _row_key(cell, table, marks)
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
    return found, below, total_row


def _numbered(
    table: Table,
    found: list[tuple[RowKey | None, int]],
    grid: Cells,
    lines: Mapping[ColumnKey, int],
    *,
    followed: bool,
) -> tuple[dict[RowKey, int], list[int]]:
    """Return the sheet rows of the data rows, and the sheet rows that nobody knows.

    Rows of an ordinary table count in the order of the sheet. Where other tables follow this one's rows, where it follows
    others, and where rows are fixed, the mark of a row decides. A row without a mark of its own (inserted, or copied) then
    comes after the others; where there can be no such row, or no more of them, it is unknown. Blank rows without a mark
    at the end of a table are none.
    """
    own_rows = table.parts == (table.key,) and not table.declared.fixed_rows
    in_order = own_rows and not followed
    rows: dict[RowKey, int] = {}
    others: list[int] = []
    if in_order:
        last_marked = max((place for place, (mark, _) in enumerate(found) if mark is not None), default=-1)
        marked, others = found[: last_marked + 1], [row for _, row in found[last_marked + 1 :]]
        rows = {(table.key, number): row for number, (_, row) in enumerate(marked[:MAX_ROWS], start=1)}
        others = [row for _, row in marked[MAX_ROWS:]] + others
    else:
        for mark, row in found:
            if mark is None or mark in rows:
                others.append(row)
            else:
                rows[mark] = row
    if not own_rows:
        return rows, others
    last = max((number for _, number in rows), default=0)
    more = others[: MAX_ROWS - last]
    filled = [place for place, row in enumerate(more) if any(_filled(grid.get(row, _NOTHING), lines))]
    more = more[: max(filled, default=-1) + 1]
    rows |= {(table.key, last + n): row for n, row in enumerate(more, start=1)}
    return rows, others[len(more) :]


def _filled(cells: Mapping[int, Any], lines: Mapping[ColumnKey, int]) -> Iterator[bool]:
    return (line in cells for line in lines.values())


def _row_key(cell: object, table: Table, marks: Mapping[RowKey, RowKey]) -> RowKey | None:
    key = row_key(cell) if isinstance(cell, str) else None
    return marks.get(key) if key is not None and key[0] in table.parts else None


def _column_key(cell: object) -> ColumnKey | None:
    return column_key(cell) if isinstance(cell, str) else None
