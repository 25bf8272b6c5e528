"""Our printed tables as they are looked for in a document: what names their rows, and what their columns are called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lkjip_xl.form.submission import Value
from lkjip_xl.report.printed import GroupHeading, PrintedTable, Report, Row, Total, printed
from lkjip_xl.report.printed_text import text_of
from lkjip_xl.report.review.words import Phrase, phrase
from lkjip_xl.template.model import Table

_FIGURES = ("number", "integer")
_LONG = 40
"""Characters: longer texts are prose, whose wording is the author's."""


@dataclass(frozen=True, slots=True)
class OurColumn:
    """A column of ours; ``years`` are those that a heading must not contradict."""

    label: str
    heading: Phrase
    kind: Literal["number", "figure", "text"]
    years: frozenset[int]
    repeated: bool
    """Whether other columns differ from it in the year only."""
    computed: bool


@dataclass(frozen=True, slots=True)
class OurCell:
    """What stands in a cell of ours; ``value`` is a text also where a grade stands in a column of figures."""

    value: Value | None
    text: str
    covered: bool = False
    """Whether it is merged into the cell above."""

    @property
    def decimals(self) -> int:
        """How many decimals it is shown with."""
        return len(self.text.partition(",")[2])

    @property
    def prose(self) -> bool:
        """Whether it is a text whose wording is not compared."""
        return isinstance(self.value, str) and len(self.value) > _LONG


@dataclass(frozen=True, slots=True)
class Wanted:
    """A printed table of ours."""

    key: str
    number: str
    title: str
    year: int
    columns: tuple[OurColumn, ...]
    rows: tuple[tuple[OurCell, ...], ...]
    total: tuple[OurCell, ...] | None
    total_label: str
    names: tuple[int, ...]
    """The columns that may name a row, the most telling one first."""

    @property
    def caption(self) -> str:
        """Number and title."""
        return " ".join(filter(None, (self.number, self.title)))


def wanted(table: Table, report: Report) -> Wanted:
    """Return a table of a report as it is looked for."""
    found = printed(table, report)
    columns = tuple(_columns(table, found, report.setup.year))
    rows = tuple(_cells(found, line) for line in found.rows if not isinstance(line, GroupHeading))
    return Wanted(
        table.key,
        found.number,
        found.title,
        report.setup.year,
        columns,
        rows,
        None if found.total is None else _cells(found, found.total),
        table.declared.total_label,
        _names(found, columns, rows),
    )


def _columns(table: Table, found: PrintedTable, year: int) -> Iterator[OurColumn]:
    for place, column in enumerate(found.columns):
        over = [each for each in found.headings if each.column <= place < each.column + each.columns]
        label = " ".join(str(each.text) for each in sorted(over, key=lambda each: each.row))
        same = [each for each in found.columns if each.declared.key == column.declared.key]
        kind = column.declared.type
        yield OurColumn(
            label,
            phrase(label),
            "number" if kind == "ordinal" else "figure" if kind in _FIGURES else "text",
            phrase(label).years,
            len(same) > 1,
            not table.columns[column.declared.key].typed_in(column.year, year),
        )


def _cells(found: PrintedTable, line: Row | Total) -> tuple[OurCell, ...]:
    if isinstance(line, Row):
        cells = [(each.value, each.rows == 0) for each in line.cells]
    else:
        cells = [(value, False) for value in line.values]
    return tuple(
        OurCell(value, text_of(column.declared, value), covered)
        for column, (value, covered) in zip(found.columns, cells, strict=True)
    )


def _names(
    found: PrintedTable, columns: tuple[OurColumn, ...], rows: tuple[tuple[OurCell, ...], ...]
) -> tuple[int, ...]:
    """Return the columns of texts that differ from row to row, first the one that differs most."""

    def order(place: int) -> tuple[int, bool, int]:
        column = found.columns[place]
        distinct = {phrase(row[place].text).letters for row in rows if row[place].text}
        return -len(distinct), not column.key, place

    return tuple(sorted((n for n, column in enumerate(columns) if column.kind == "text"), key=order))
