"""In which order people fill the tables of a report, and by which column they know a row while they do."""

from __future__ import annotations

from lkjip_xl.template.model import Column, Table, Template
from lkjip_xl.template.prompts import typed_in


def in_filling_order(template: Template, modules: frozenset[str]) -> list[Table]:
    """Return the tables of a report with these modules: as the report has them, but each after those that it needs.

    It needs those whose rows it follows, and those in which the texts of its dropdowns are typed.
    """
    active = {table.key: table for table in template.active(modules)}
    order: dict[str, Table] = {}
    begun: set[str] = set()

    def place(table: Table) -> None:
        if table.key in begun:
            return
        begun.add(table.key)
        needed = [*table.declared.rows_from]
        for column in table.columns.values():
            needed += typed_in(column, template.tables)
        for key in needed:
            if key in active:
                place(active[key])
        order[table.key] = table

    for table in active.values():
        place(table)
    return list(order.values())


def naming_column(table: Table) -> Column | None:
    """Return the column that tells people which row they are in: the first text of its ``print_keys``, or of all."""
    keys = table.declared.print_keys or tuple(table.columns)
    columns = (table.columns[key] for key in keys)
    shown = (each for each in columns if not each.declared.hidden and each.cell == each.key)
    return next((each for each in shown if each.declared.type != "ordinal"), None)
