"""Rows that a returned workbook should have and does not: fixed ones, and those that follow a row of another table.

Only a file can show it: a row that is deleted takes its checks with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from lkjip_xl.base.findings import Finding, Place
from lkjip_xl.base.keys import ColumnKey, RowKey
from lkjip_xl.form.layout import Placement, column_keys, column_label
from lkjip_xl.form.submission import Cells
from lkjip_xl.template.model import Setup, Table, Template
from lkjip_xl.words.messages import submitted
from lkjip_xl.words.wording import quoted


def missing_rows(
    template: Template, setup: Setup, placements: Mapping[str, Placement], tables: Mapping[str, Cells]
) -> Iterator[Finding]:
    """Yield a finding for each row that is missing: it names the row, and what people would have typed there."""
    for table in template.active(setup.modules):
        placement = placements.get(table.key)
        if placement is None or table.is_form:
            continue
        missing = [row for row in _expected(template, table, placements, tables) if row not in placement.rows]
        if missing:
            yield from _findings(template, table, setup, placement.sheet, missing, tables)


def _expected(
    template: Template, table: Table, placements: Mapping[str, Placement], tables: Mapping[str, Cells]
) -> list[RowKey]:
    """Return the rows that a table must have; none for a table whose rows are typed in itself."""
    if table.declared.fixed_rows:
        return [(table.key, number) for number in range(1, len(table.declared.fixed_rows) + 1)]
    if not table.declared.rows_from:
        return []
    return [row for part in table.parts for row in sorted(_begun(template, part, placements, tables))]


def _begun(
    template: Template, part: str, placements: Mapping[str, Placement], tables: Mapping[str, Cells]
) -> AbstractSet[RowKey]:
    """Return the rows of a part in which something stands; where its own table is lost, in any that follows it."""
    keys = [part] if part in placements else [key for key, t in template.tables.items() if part in t.parts]
    return {row for key in keys for row in tables.get(key, {}) if row[0] == part}


def _findings(
    template: Template,
    table: Table,
    setup: Setup,
    sheet: str,
    rows: Iterable[RowKey],
    tables: Mapping[str, Cells],
) -> Iterator[Finding]:
    typed = [
        (key, year)
        for key, year in column_keys(table, setup)
        if table.columns[key].typed_in(year, setup.year)
    ]
    labels = dict.fromkeys(column_label(table.columns[key], year, setup) for key, year in typed)
    for row in rows if typed else ():
        yield submitted(
            template.declared.submission_rules.missing_row,
            sheet,
            place=Place(table.key, row, typed[0]),
            baris=_name(template, table, row, tables),
            lembar=sheet,
            isian=", ".join(labels),
        )


def _name(template: Template, table: Table, row: RowKey, tables: Mapping[str, Cells]) -> str:
    """Return how people know a row: its fixed text, or part, number and text of the row that it follows."""
    part, number = row
    if table.declared.fixed_rows:
        return " | ".join(map(quoted, table.declared.fixed_rows[number - 1].values()))
    origin = template.tables[part]
    name = origin.names_rows
    key: ColumnKey = (name.key if name else "", None)
    text = tables.get(part, {}).get(row, {}).get(key)
    label = f"{origin.declared.part_label or origin.declared.sheet} ke-{number}"
    return f"{label} {quoted(text)}" if text else label
