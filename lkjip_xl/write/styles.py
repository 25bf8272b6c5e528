"""How cells look: every colour and font of the workbooks, and how figures are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lkjip_xl.base.findings import Severity
from lkjip_xl.template.declaration import ColumnDeclaration

Style = Mapping[str, Any]  # xlsxwriter format properties

INPUT_COLOR = "#FFF9D6"
_HEADER_COLOR, _TOTAL_COLOR, _SOFT = "#1F4E5F", "#DDE5E9", "#445566"
_FAULT, _DONE = "#8E1B12", "#1E5B2A"  # of letters
TAB_COLORS = {True: "#E8C547", False: "#8FA6B2"}  # of sheets in which people type, and others
CHART_COLORS = ("#3B8C5A", "#C0453A", "#9AA7B0", "#2F6F8F", "#D59B2D")
PAIR_COLORS = ("#9AA7B0", "#2F6F8F", "#D59B2D", "#3B8C5A")  # of what is planned and what was reached
STEP_COLORS = ("#1E7B4C", "#6FB98F", "#D9C55B", "#D5862D", "#B03A2E")  # from best to worst
LINE_COLORS = ("#2F6F8F", "#D5862D", "#3B8C5A", "#8E4A8C", "#B03A2E", "#5C6B73", "#1AA6B7", "#9C7A1E")
DATE_FORMAT = "dd/mm/yyyy"

SMALLEST = 11  # points: no letter on a sheet is smaller, so that printing has room to make all of it smaller
FONT: Style = {"font_name": "Calibri", "font_size": SMALLEST}
BORDER: Style = {"border": 1, "border_color": "#B8C4CC"}
MARGIN: Style = {"align": "left", "indent": 1}  # of a text, to the figures beside it
CELL: Style = {**FONT, **BORDER, "valign": "top", "text_wrap": True}
INPUT: Style = {**CELL, "bg_color": INPUT_COLOR, "locked": False}
LOCKED: Style = {**CELL, "bg_color": "#F1F3F5"}
LATER: Style = {**CELL, "bg_color": "#D9DEE2"}  # of a year to come
PLAIN: Style = CELL
HEADER: Style = {
    **FONT,
    **BORDER,
    "bold": True,
    "bg_color": _HEADER_COLOR,
    "font_color": "#FFFFFF",
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
}
NUMBERS: Style = {**FONT, **BORDER, "italic": True, "align": "center"}
TOTAL: Style = {**CELL, "bold": True, "bg_color": _TOTAL_COLOR, "top": 2, "text_wrap": False}
TITLE: Style = {**FONT, "bold": True, "font_size": 14}
SUBTITLE: Style = {**FONT, "font_color": _SOFT}
NOTE: Style = {**FONT, "valign": "top", "italic": True, "font_color": _SOFT}
TEXT: Style = {**FONT, "text_wrap": True, "valign": "top"}
LINK: Style = {**FONT, "valign": "top", "font_color": "#0B5CAD", "underline": 1}
SECTION: Style = {**FONT, "bold": True, "font_size": 12, "bottom": 1, "font_color": _HEADER_COLOR}
PART: Style = {**CELL, "bold": True, "bg_color": _TOTAL_COLOR}
GROUP: Style = {**CELL, "bold": True, "italic": True, "bg_color": "#EEF3F5"}
EMPTY: Style = {**CELL, "italic": True, "font_color": "#667788", "align": "center"}
STATUS: Style = {**LOCKED, "font_color": _FAULT}
EXPLANATION: Style = {**CELL, "locked": False, "num_format": "@"}
BAR: Style = {**LOCKED, "font_color": "#3B8C5A", "shrink": True, "text_wrap": False}
REASON: Style = {**INPUT, "num_format": "@"}
VERDICT: Style = {**TITLE, "font_color": _FAULT}

# Of states, laid over what a cell looks like.
DONE: Style = {"bg_color": "#D5EBD8", "font_color": _DONE}
OPEN: Style = {"bg_color": "#E3E7EA", "font_color": _SOFT}
MARKS: Mapping[Severity, Style] = {
    Severity.GALAT: {"bg_color": "#F8C7C2", "font_color": _FAULT},
    Severity.PERINGATAN: {"bg_color": "#FBD9A5", "font_color": "#7A4A00"},
    Severity.CATATAN: {"bg_color": "#D6E6F5", "font_color": "#1F4E79"},
}


# Before the number or the name of a row: what its checks say, as a format that leaves the value as it is.
SIGNS: Mapping[str, Style] = {
    "✖": {"num_format": '"✖ "0;;;"✖ "@', **MARKS[Severity.GALAT]},
    "!": {"num_format": '"! "0;;;"! "@', **MARKS[Severity.PERINGATAN]},
    "✔": {"num_format": '"✔ "0;;;"✔ "@', "font_color": _DONE},
}


def number_format(declared: ColumnDeclaration) -> Style:
    """Return how a column's values are shown where they are typed; texts keep away from the figures beside them."""
    match declared.type:
        case "integer":
            return figure_format(0)
        case "ordinal":
            return {"num_format": "0", "align": "center"}
        case "number" if isinstance(declared.decimals, int):
            return figure_format(declared.decimals)
        case "number":
            return {"align": "right", "indent": 1, "text_wrap": False}
        case "date":
            return {"num_format": DATE_FORMAT, "align": "left"}
        case _:
            typed = declared.formula is None and declared.type != "fixed"
            return {**({"num_format": "@"} if typed else {}), **MARGIN}


def printed_format(declared: ColumnDeclaration, value: object) -> Style:
    """Return how a value is shown where nobody types: with the declared decimals, where a whole number may have others."""
    if isinstance(declared.decimals, tuple) and isinstance(value, float):
        return figure_format(declared.decimals[not value.is_integer()])
    return number_format(declared)


def wrapped(style: Style, value: object) -> Style:
    """Return how a value is shown: a text in the place of a figure, such as a grade, in as many lines as it needs."""
    return {**style, "text_wrap": True} if isinstance(value, str) else style


def figure_format(decimals: int) -> Style:
    """Return how a figure with so many decimals is shown: in one line, else LibreOffice forgets the margin of some."""
    digits = "." + "0" * decimals if decimals else ""
    return {"num_format": f"#,##0{digits}", "align": "right", "indent": 1, "text_wrap": False}
