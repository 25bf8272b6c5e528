"""What the sheets of a consolidated workbook share: headings, filters, colours of states, how figures are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lkjip_xl.consolidate.chosen import Outcome
from lkjip_xl.form.submission import Value
from lkjip_xl.template.declaration import FigureDeclaration
from lkjip_xl.words import wording
from lkjip_xl.write import book
from lkjip_xl.write.book import Sheet, Style

STATES: Mapping[str, Style] = {
    "lengkap": {"bg_color": "#D5EBD8", "font_color": "#1E5B2A"},
    "peringatan": {"bg_color": "#FBD9A5", "font_color": "#7A4A00"},
    "galat": {"bg_color": "#F8C7C2", "font_color": "#8E1B12"},
    "hilang": {"bg_color": "#F8C7C2", "font_color": "#8E1B12"},
    "kosong": {"bg_color": "#E3E7EA", "font_color": "#445566"},
    Outcome.ACCEPTED: {"bg_color": "#D5EBD8", "font_color": "#1E5B2A"},
    Outcome.FAULTY: {"bg_color": "#F8C7C2", "font_color": "#8E1B12"},
    Outcome.MISSING: {"bg_color": "#E3E7EA", "font_color": "#445566"},
}
CENTRED: Style = {**book.PLAIN, "align": "center"}
SECTION: Style = {**book.FONT, "bold": True, "font_size": 12, "bottom": 1, "font_color": book.HEADER_COLOR}


def labelled(figure: FigureDeclaration) -> str:
    """Return a figure's name with its unit."""
    return f"{figure.label} ({figure.unit})" if figure.unit else figure.label


def number_style(figure: FigureDeclaration) -> Style:
    """Return how a figure is shown."""
    digits = "." + "0" * figure.decimals if figure.decimals else ""
    return {**book.PLAIN, "num_format": f"#,##0{digits}", "align": "right", "indent": 1}


def cut(number: int, shown: int) -> str:
    """Return how many rows a list has, and whether they all stand there."""
    if number <= shown:
        return f"{wording.number(number)} baris"
    return (
        f"PERHATIAN: hanya {wording.number(shown)} dari {wording.number(number)} baris yang muat di lembar Excel; "
        "daftar lengkapnya ada di keluaran --parquet"
    )


def head_of(sheet: Sheet, title: str, note: str, columns: Sequence[tuple[str, float]]) -> int:
    """Write title and headings; return the first row below."""
    sheet.raw.hide_gridlines(2)
    sheet.value(0, 0, title, book.TITLE)
    sheet.value(1, 0, note, book.SUBTITLE)
    lines = 1
    for place, (label, width) in enumerate(columns):
        sheet.raw.set_column(place, place, width)
        sheet.value(3, place, label, book.HEADER)
        lines = max(lines, book.lines_of(label, width * 0.8))
    sheet.raw.set_row(3, book.row_height(lines))
    return 4


def line(sheet: Sheet, row: int, values: Iterable[Value | int | None], first: int = 0) -> None:
    """Write plain values into a row, from a column on."""
    for column, value in enumerate(values, start=first):
        sheet.value(row, column, value, book.PLAIN)


def fit(sheet: Sheet, row: int, texts: Iterable[tuple[Any, float]]) -> None:
    """Make a row high enough for its texts, given with the widths of their columns."""
    lines = max((book.lines_of(text, width) for text, width in texts if isinstance(text, str)), default=1)
    if lines > 1:
        sheet.raw.set_row(row, book.row_height(lines))


def foot(sheet: Sheet, head: int, last: int, columns: int, frozen: int = 0) -> None:
    """Add filters, frozen headings and print set-up."""
    sheet.raw.autofilter(head - 1, 0, max(last, head), columns - 1)
    sheet.raw.freeze_panes(head, frozen)
    sheet.page(repeat=(head - 1, head - 1))


def mark_states(sheet: Sheet, cells: tuple[int, int, int, int]) -> None:
    """Colour the cells that hold the state of a table or an OPD."""
    for state, style in STATES.items():
        options = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{state}"',
            "format": sheet.book.format(style),
        }
        sheet.raw.conditional_format(*cells, options)
