"""What the sheets of a consolidated workbook share: headings, filters, colours of states, how figures are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lkjip_xl.base.findings import Severity
from lkjip_xl.compute.states import State
from lkjip_xl.consolidation.chosen import Outcome
from lkjip_xl.form.layout import column_label
from lkjip_xl.form.submission import Value
from lkjip_xl.formula.cell_tests import quoted
from lkjip_xl.template.declared_batch import FigureDeclaration
from lkjip_xl.template.model import Column, Setup
from lkjip_xl.words import wording
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet, lines_of
from lkjip_xl.write.printing import page
from lkjip_xl.write.styles import Style

STATES: Mapping[str, Style] = {
    State.COMPLETE: styles.DONE,
    "peringatan": styles.MARKS[Severity.PERINGATAN],
    "galat": styles.MARKS[Severity.GALAT],
    "hilang": styles.MARKS[Severity.GALAT],
    "kosong": styles.OPEN,
    State.EMPTY: styles.OPEN,
    State.PARTIAL: styles.MARKS[Severity.PERINGATAN],
    State.INAPPLICABLE: styles.DONE,
    Outcome.ACCEPTED: styles.DONE,
    Outcome.FAULTY: styles.MARKS[Severity.GALAT],
    Outcome.MISSING: styles.OPEN,
}
CENTRED: Style = {**styles.PLAIN, "align": "center"}


def labelled(figure: FigureDeclaration) -> str:
    """Return a figure's name with its unit."""
    return f"{figure.label} ({figure.unit})" if figure.unit else figure.label


def heading(column: Column, year: int | None) -> str:
    """Return a column's heading in the sheets of all OPDs, which may be of any Renstra period."""
    now = year or 2000  # of a batch without any report
    return column_label(column, None, Setup(now, (now, now)))


def number_style(figure: FigureDeclaration) -> Style:
    """Return how a figure is shown."""
    return {**styles.PLAIN, **styles.figure_format(figure.decimals)}


def cut(number: int, most: int) -> str:
    """Return how many rows a list has, and whether they all stand there."""
    if number <= most:
        return f"{wording.number(number)} baris"
    return (
        f"PERHATIAN: hanya {wording.number(most)} dari {wording.number(number)} baris yang muat di lembar Excel; "
        "daftar lengkapnya ada di keluaran --parquet"
    )


def head_of(sheet: Sheet, title: str, note: str, columns: Sequence[tuple[str, float]]) -> int:
    """Write title and headings; return the first row below."""
    sheet.raw.hide_gridlines(2)
    sheet.value(0, 0, title, styles.TITLE)
    sheet.value(1, 0, note, styles.SUBTITLE)
    lines = 1
    for place, (label, width) in enumerate(columns):
        sheet.raw.set_column(place, place, width)
        sheet.value(3, place, label, styles.HEADER)
        lines = max(lines, lines_of(label, width, bold=True))
    sheet.fit_lines(3, lines)
    return 4


def line(sheet: Sheet, row: int, values: Iterable[Value | int | None], first: int = 0) -> None:
    """Write plain values into a row, from a column on."""
    for column, value in enumerate(values, start=first):
        sheet.value(row, column, value, styles.PLAIN)


def foot(
    sheet: Sheet,
    head: int,
    last: int,
    columns: Sequence[tuple[str, float]],
    *,
    frozen: int = 0,
    beside: int = 0,
    total: bool = False,
) -> None:
    """Add filters, frozen headings and print set-up; the ``beside`` last columns are for the screen only.

    With ``total`` there is a row below the last.
    """
    sheet.raw.autofilter(head - 1, 0, max(last, head), len(columns) - 1)
    sheet.raw.freeze_panes(head, frozen)
    printed = len(columns) - beside
    page(sheet, [width for _, width in columns[:printed]], repeat=(head - 1, head - 1))
    if beside:
        sheet.raw.print_area(0, 0, max(last, head) + total, printed - 1)


def mark_states(sheet: Sheet, cells: tuple[int, int, int, int]) -> None:
    """Colour the cells that hold the state of a table or an OPD."""
    for state, style in STATES.items():
        options = {
            "type": "cell",
            "criteria": "==",
            "value": quoted(state),
            "format": sheet.book.format(style),
        }
        sheet.raw.conditional_format(*cells, options)
