"""The order of computation: everything that a formula needs is computed before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from lkjip_xl.base.errors import DeclarationError
from lkjip_xl.formula import nodes
from lkjip_xl.formula.columns import whole_columns
from lkjip_xl.formula.nodes import Node
from lkjip_xl.template.model import ORIGIN, PART, REPORT_YEAR, YEAR, Stage, Table

_Group = tuple[str, bool, bool]  # table, total row, per year
_OUTSIDE = (nodes.Aggregate, nodes.AggregateIf, nodes.Lookup, nodes.PreviousYear, nodes.AcrossYears)


@dataclass(frozen=True, slots=True)
class Computation:
    """One column of a table, or one cell of its total row."""

    table: str
    column: str
    total: bool = False


def compute_order(tables: Mapping[str, Table]) -> tuple[Stage, ...]:
    """Return all computed columns and totals in stages, in as few as possible.

    The columns of one stage belong to one table. Raises ``DeclarationError`` where formulas form a circle.
    """
    sorter = TopologicalSorter(_graph(tables))
    try:
        sorter.prepare()
    except CycleError as error:
        raise _circle(error, tables) from None
    stages: list[Stage] = []
    ready: dict[_Group, list[Computation]] = {}
    _collect(sorter, tables, ready)
    while ready:
        # The table with most columns ready goes first: the others may gather more until their turn.
        group = max(ready, key=lambda each: len(ready[each]))
        levels: list[tuple[str, ...]] = []
        steps = ready.pop(group)
        while steps:
            levels.append(tuple(step.column for step in steps))
            sorter.done(*steps)
            _collect(sorter, tables, ready)
            # What needs nothing from outside the row can follow at once.
            steps = [step for step in ready.get(group, []) if _in_row(tables, step)]
            rest = [step for step in ready.pop(group, []) if step not in steps]
            if rest:
                ready[group] = rest
        stages.append(Stage(*group, tuple(levels)))
    return tuple(stages)


def _collect(
    sorter: TopologicalSorter[Computation],
    tables: Mapping[str, Table],
    ready: dict[_Group, list[Computation]],
) -> None:
    """Put what can be computed now into ``ready``, by table; what is typed or fixed is there already."""
    while steps := sorter.get_ready():
        for step in steps:
            column = tables[step.table].columns[step.column]
            if column.total is not None if step.total else column.computed:
                ready.setdefault((step.table, step.total, column.per_year), []).append(step)
            else:
                sorter.done(step)


def _in_row(tables: Mapping[str, Table], step: Computation) -> bool:
    column = tables[step.table].columns[step.column]
    node = column.total if step.total else column.formula
    return node is not None and not any(
        isinstance(each, _OUTSIDE) or (isinstance(each, nodes.Ref) and each.table is not None)
        for each in node.walk()
    )


def _graph(tables: Mapping[str, Table]) -> dict[Computation, set[Computation]]:
    graph: dict[Computation, set[Computation]] = {}
    for table in tables.values():
        for column in table.columns.values():
            own = [node for node in (column.formula, column.current_year) if node is not None]
            if own:
                needs = {need for node in own for need in _needs(tables, table, node, total=False)}
                graph[Computation(table.key, column.key)] = needs
            if column.total is not None:
                step = Computation(table.key, column.key, total=True)
                graph[step] = set(_needs(tables, table, column.total, total=True))
    return graph


def _circle(error: CycleError, tables: Mapping[str, Table]) -> DeclarationError:
    steps = error.args[1]
    circle = " → ".join(f"{step.table}.{step.column}" for step in steps)
    first = steps[0]
    return DeclarationError(
        f"rumus saling menunjuk: {circle}",
        file=tables[first.table].file,
        table=first.table,
        column=first.column,
    )


def _needs(tables: Mapping[str, Table], table: Table, node: Node, *, total: bool) -> Iterator[Computation]:
    whole = {id(ref) for ref in whole_columns(node)}
    for ref in node.walk():
        if not isinstance(ref, nodes.Ref):
            continue
        if ref.table == ORIGIN:
            for part in table.declared.rows_from:
                if ref.column in tables[part].columns:
                    yield Computation(part, ref.column)
        elif ref.table is None and ref.column in (YEAR, REPORT_YEAR, PART):
            continue
        elif ref.table is None:
            yield Computation(table.key, ref.column, total=total and id(ref) not in whole)
        else:
            yield Computation(ref.table, ref.column)
