"""Charts as data: what each shows, in which order. Workbook and document only draw it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from lkjip_xl.base.keys import ColumnKey, Period, RowKey
from lkjip_xl.form.layout import column_label, fixed_text
from lkjip_xl.form.submission import Value
from lkjip_xl.report.printed import Report
from lkjip_xl.template.declaration import ChartDeclaration
from lkjip_xl.template.model import Column, Table

_Line = TypeVar("_Line")
_Cells = Mapping[ColumnKey, Value]
_MOST = {
    "bar": 12,
    "column": 8,
    "line": 8,
}  # rows in one chart, so that their names can be read; more make several


@dataclass(frozen=True, slots=True)
class Series:
    """A name and a figure for each category; None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart; ``kind`` as declared, ``percent`` a line on an axis of its own."""

    title: str
    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    percent: Series | None = None

    @property
    def all_series(self) -> tuple[Series, ...]:
        """The series in the order in which their figures are written; a percent is the last."""
        return (*self.series, *((self.percent,) if self.percent else ()))

    @property
    def words(self) -> str:
        """What the chart shows, for those who cannot see it."""
        names = [each.name for each in self.all_series]
        return f"Grafik: {self.title}. {', '.join(names)} menurut {', '.join(self.categories)}."

    @property
    def seen(self) -> bool:
        """Whether there is any figure to see."""
        return any(value is not None for each in self.series for value in each.values)


def charts(table: Table, report: Report) -> Iterator[Chart]:
    """Yield the declared charts of a table in which there is something to see."""
    rows = [(key, cells) for key, cells in report.values[table.key].items() if key is not None]
    for declared in table.declared.charts:
        chosen = [
            (name, cells)
            for key, cells in rows
            if declared.where is None or cells.get((declared.where[0], None)) == declared.where[1]
            if (name := _name(table, declared, report, key, cells))
        ]
        groups: dict[Value | None, list[tuple[str, _Cells]]] = {}
        for name, cells in chosen:
            group = cells.get((declared.split, None)) if declared.split else None
            groups.setdefault(group, []).append((name, cells))
        for group, lines in groups.items():
            title = report.filled(declared.title.replace("{kelompok}", str(group or "tanpa satuan")))
            shown = [
                chart
                for part in divided(lines, declared.kind)
                if (chart := (_by_year if declared.by_year else _by_row)(table, declared, report, part)).seen
            ]
            for place, chart in enumerate(shown, start=1):
                of = f" ({place} dari {len(shown)})" if len(shown) > 1 else ""
                yield replace(chart, title=title + of)


def divided(lines: list[_Line], kind: str) -> Iterator[list[_Line]]:
    """Yield what is shown in the charts of a kind, in parts of about the same size that can be read."""
    size = math.ceil(len(lines) / math.ceil(len(lines) / _MOST.get(kind, len(lines))))
    for first in range(0, len(lines), size):
        yield lines[first : first + size]


def _by_row(
    table: Table, declared: ChartDeclaration, report: Report, lines: list[tuple[str, _Cells]]
) -> Chart:
    def series(key: str) -> Series:
        values = tuple(_figure(cells, (key, None)) for _, cells in lines)
        label = declared.legend.get(key) or column_label(table.columns[key], None, report.setup)
        return Series(label, values)

    return Chart(
        declared.title,
        declared.kind,
        tuple(name for name, _ in lines),
        tuple(series(key) for key in declared.values),
        series(declared.percent) if declared.percent else None,
    )


def _by_year(
    table: Table, declared: ChartDeclaration, report: Report, lines: list[tuple[str, _Cells]]
) -> Chart:
    key = declared.values[0]
    years: list[Period] = [
        year
        for year in table.column_years(table.columns[key], report.setup)
        if year is not None and any((key, year) in cells for _, cells in lines)
    ]
    series = tuple(
        Series(name, tuple(_figure(cells, (key, year)) for year in years)) for name, cells in lines
    )
    shown = tuple(each for each in series if any(value is not None for value in each.values))
    return Chart(declared.title, declared.kind, tuple(map(str, years)), shown)


def _name(table: Table, declared: ChartDeclaration, report: Report, row: RowKey, cells: _Cells) -> str:
    column: Column = table.columns[declared.names]
    if column.declared.type == "fixed":
        return fixed_text(table, column, row, report.setup) or ""
    return str(cells.get((column.key, None), ""))


def _figure(cells: _Cells, key: ColumnKey) -> float | None:
    value = cells.get(key)
    return value if isinstance(value, float) else None
