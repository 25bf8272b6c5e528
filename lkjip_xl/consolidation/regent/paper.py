"""How the sheets for the head of the region begin, and how steps and states look on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lkjip_xl.base.findings import Severity
from lkjip_xl.consolidation.chosen import Agency, Outcome
from lkjip_xl.consolidation.regent.shown import SIGNS, STEP_SIGNS, Regent
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet, lines_of
from lkjip_xl.write.styles import Style

STEP_LOOKS: Sequence[Style] = (
    {"bg_color": "#BFE0CC", "font_color": "#12492B"},
    {"bg_color": "#E2F1E6", "font_color": "#1E5B2A"},
    {"bg_color": "#FBE3B5", "font_color": "#6B4200"},
    {"bg_color": "#F6C9C4", "font_color": "#8E1B12"},
)


def step_look(regent: Regent, scale: str, label: str) -> tuple[str, Style]:
    """Return sign and look of a step of a scale, the same wherever it is shown."""
    place = regent.step_place(scale, label)
    return ("", {}) if place is None else (STEP_SIGNS[place], STEP_LOOKS[place])


def begin(sheet: Sheet, regent: Regent, title: str, widths: Sequence[float]) -> int:
    """Write the head of a page over columns of some widths; return the first row below."""
    sheet.raw.hide_gridlines(2)
    for column, width in enumerate(widths):
        sheet.raw.set_column(column, column, width)
    last, wide = len(widths) - 1, sum(widths)
    sheet.merged(
        0, 0, 0, last, title, {**styles.TITLE, "font_size": 16, "text_wrap": True, "valign": "vcenter"}
    )
    sheet.raw.set_row(0, 24.0 * lines_of(title, wide / 1.6))
    sheet.merged(1, 0, 1, last, regent.compiled, {**styles.SUBTITLE, "text_wrap": True, "valign": "top"})
    sheet.fit_lines(1, lines_of(regent.compiled, wide))
    if not regent.draft:
        return 3
    sheet.merged(2, 0, 2, last, regent.draft, {**styles.VERDICT, "font_size": 12})
    return 4


def state(agency: Agency) -> tuple[str, Style]:
    """Return what became of an OPD with its sign, and how that looks."""
    looks: Mapping[Outcome, Style] = {
        Outcome.ACCEPTED: styles.DONE,
        Outcome.FAULTY: styles.MARKS[Severity.GALAT],
        Outcome.LEFT_OUT: styles.MARKS[Severity.PERINGATAN],
        Outcome.MISSING: styles.OPEN,
    }
    return f"{SIGNS[agency.outcome]} {agency.outcome}", looks[agency.outcome]


def headings(sheet: Sheet, row: int, columns: Sequence[tuple[str, float]]) -> int:
    """Write the headings of columns given with their widths; return the row below."""
    for place, (label, _) in enumerate(columns):
        sheet.value(row, place, label, styles.HEADER)
    sheet.fit_lines(row, max(lines_of(label, width, bold=True) for label, width in columns))
    return row + 1
