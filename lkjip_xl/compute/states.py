"""How far each table of a report is filled: not begun, in part, whole, or said not to apply."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lkjip_xl.base.findings import Place
from lkjip_xl.base.keys import ColumnKey, RowKey
from lkjip_xl.compute.results import SheetValues
from lkjip_xl.compute.rules import typed
from lkjip_xl.form.layout import column_keys, row_keys
from lkjip_xl.form.submission import Submission
from lkjip_xl.template.filling import in_filling_order
from lkjip_xl.template.model import Table, Template


class State(StrEnum):
    """How far a table is filled, as people read it."""

    EMPTY = "belum diisi"
    PARTIAL = "sebagian"
    COMPLETE = "lengkap"
    INAPPLICABLE = "tidak berlaku"


@dataclass(frozen=True, slots=True)
class TableState:
    """The state of one table: something stands in ``filled`` of the ``asked`` cells that must be filled or explained."""

    table: str
    state: State
    filled: int
    asked: int
    reason: str = ""
    """Why it does not apply."""

    @property
    def done(self) -> bool:
        """Whether nothing is left to fill."""
        return self.state in (State.COMPLETE, State.INAPPLICABLE)


def table_states(
    template: Template,
    submission: Submission,
    misfits: Collection[Place] = (),
    values: Callable[[str], SheetValues] = lambda _: {},
) -> tuple[TableState, ...]:
    """Return the state of each table in which something must be filled, in the order of filling.

    ``misfits`` are cells in which something stands that the submission does not have, ``values`` gives a table's cells
    with the computed ones.
    """
    return tuple(
        _state(template, table, submission, misfits, values)
        for table in in_filling_order(template, submission.setup.modules)
        if table.asks
    )


def begun_when_blank(template: Template, tables: Iterable[Table]) -> int:
    """Return in how many of some tables something stands before anybody types: the OPD's name, and initial rows."""
    identity = template.column(template.declared.identity.code)[0].key
    return sum(each.asks and (each.key == identity or bool(each.declared.initial_rows)) for each in tables)


def untouched(template: Template, states: Sequence[TableState]) -> bool:
    """Whether a workbook is as good as blank."""
    empty = sum(each.state is State.EMPTY for each in states)
    begun = begun_when_blank(template, (template.tables[each.table] for each in states))
    return bool(states) and not any(each.done for each in states) and empty >= len(states) - begun


def _state(
    template: Template,
    table: Table,
    submission: Submission,
    misfits: Collection[Place],
    values: Callable[[str], SheetValues],
) -> TableState:
    required = [each for each in column_keys(table, submission.setup) if _required(table, submission, each)]
    rows = submission.tables.get(table.key, {})
    filled = {(row, key) for row, cells in rows.items() for key in cells}
    filled |= {(each.row, each.column) for each in misfits if each.table == table.key and each.row}
    number = sum(key in required for _, key in filled)
    blank = sum(
        (row, key) not in filled
        and not _explained(table, submission, row, key)
        and not _excused(table, submission, row, key[0], values)
        for row in begun_rows(template, table, submission)
        for key in required
    )
    reason = submission.inapplicable.get(table.key, "")
    if reason:
        state = State.INAPPLICABLE
        blank = 0 if table.silenced else blank
    elif not typed(table, submission):
        state = State.EMPTY
    else:
        state = State.PARTIAL if blank else State.COMPLETE
    return TableState(table.key, state, number, number + blank, reason)


def _required(table: Table, submission: Submission, key: ColumnKey) -> bool:
    column = table.columns[key[0]]
    return bool(column.declared.required) and column.asked_in(key[1], submission.setup.year)


def _explained(table: Table, submission: Submission, row: RowKey, key: ColumnKey) -> bool:
    """Whether a blank cell is explained, where that is enough."""
    where = (table.key, row, key[0] if table.is_form else "")
    return table.columns[key[0]].declared.required == "explained" and where in submission.explanations


def _excused(
    table: Table, submission: Submission, row: RowKey, key: str, values: Callable[[str], SheetValues]
) -> bool:
    """Whether a blank cell may be blank because another one of its row is filled."""
    unless = table.columns[key].declared.unless
    if unless is None:
        return False
    typed = table.columns[unless].typed
    rows = submission.tables.get(table.key, {}) if typed else values(table.key)
    return (unless, None) in rows.get(row, {})


def begun_rows(template: Template, table: Table, submission: Submission) -> set[RowKey]:
    """Return the rows in which something stands where people type; in those that follow others, in these."""
    if table.is_form or table.declared.fixed_rows:
        return set(row_keys(template, table, submission.setup))
    sources = list(_followed(template, table)) or [table.key]
    return {row for key in sources for row in submission.tables.get(key, {}) if row[0] in table.parts}


def _followed(template: Template, table: Table) -> Iterator[str]:
    """Yield the tables whose rows a table's rows follow, near and far."""
    for key in table.declared.rows_from:
        yield key
        yield from _followed(template, template.tables[key])
