"""Charts to sheets: native ones of the program, over figures on a sheet of their own; each whole on one printed page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from lkjip_xl.report.charts import Chart, Series
from lkjip_xl.template.sheet_names import CHART_DATA_SHEET, CHARTS_SHEET
from lkjip_xl.write import styles
from lkjip_xl.write.book import Book, Sheet
from lkjip_xl.write.printing import plain_page

_KINDS = {
    "bar": ("bar", ""),
    "column": ("column", ""),
    "stacked": ("column", "stacked"),
    "line": ("line", ""),
}
_MARKERS = ("circle", "square", "diamond", "triangle", "x", "star", "plus", "long_dash")
# LibreOffice draws the eight columns that these span as wide as a page; of more it prints the rest on another one.
_WIDTH, _HEIGHT, _BAR, _ROW = 510, 280, 44, 20  # pixels
_PAGE = 48  # rows of a printed page
_LEGEND, _BELOW = 90, 72  # characters in a line of a legend, and below all bars together
_LABELLED = 12  # categories up to which each figure stands at its bar
_SMALL = 10  # figures that are all below need decimals on their axis
_LARGE = 1000  # figures from here on need their thousands apart


def write_charts(out: Book, title: str, charts: Sequence[Chart]) -> None:
    """Draw charts one below the other, and write their figures; without any there are no such sheets."""
    if not charts:
        return
    sheet = out.sheet(CHARTS_SHEET)
    sheet.raw.hide_gridlines(2)
    sheet.value(0, 0, title, styles.TITLE)
    row, page, breaks, first = 2, 0, [], 0
    for each in charts:
        height = height_of(each)
        rows = -(-height // _ROW) + 1
        if row + rows > page + _PAGE and row > page:
            page = row
            breaks.append(row)
        sheet.chart(row, 0, drawn(out, each, first, height), each.words)
        row += rows
        first += len(each.categories) + 2
    plain_page(sheet, landscape=False)
    sheet.raw.set_print_scale(100)  # a page that is fitted has no breaks of its own
    sheet.raw.set_h_pagebreaks(breaks)
    write_figures(out, charts).raw.hide()


def write_figures(out: Book, charts: Sequence[Chart]) -> Sheet:
    """Write the figures of charts one below the other, and return their sheet."""
    sheet, row = out.sheet(CHART_DATA_SHEET), 0
    for chart in charts:
        sheet.value(row, 0, chart.title, styles.TEXT)
        for column, series in enumerate(chart.all_series, start=1):
            sheet.value(row, column, series.name, styles.TEXT)
            for place, value in enumerate(series.values, start=1):
                sheet.value(row + place, column, value, {})
        for place, category in enumerate(chart.categories, start=1):
            sheet.value(row + place, 0, category, styles.TEXT)
        row += len(chart.categories) + 2
    return sheet


def height_of(chart: Chart) -> int:
    """Return how many pixels high a chart must be for its names to be read."""
    if chart.kind == "bar":
        return min(max(_HEIGHT, 120 + _BAR * len(chart.categories)), _PAGE * _ROW - _ROW)
    if chart.kind == "line":  # whose names are many, each in the legend
        return _HEIGHT + 18 * max(0, sum(-(-len(each.name) // _LEGEND) for each in chart.series) - 3)
    across = max(1, _BELOW // len(chart.categories))
    return _HEIGHT + 14 * max(0, max(-(-len(each) // across) for each in chart.categories) - 3)


def drawn(out: Book, shown: Chart, first: int, height: int) -> Any:
    """Return a chart whose figures stand from the row ``first`` on."""
    chart = out.chart(*_KINDS[shown.kind])
    for number, _ in enumerate(shown.series):
        chart.add_series(_series(shown, first, number))
    if shown.percent is not None:
        line = out.chart("line")
        line.add_series({**_series(shown, first, len(shown.series), line=True), "y2_axis": True})
        line.set_y2_axis(
            {"name": [CHART_DATA_SHEET, first, len(shown.series) + 1], "min": 0, "num_format": "#,##0"}
        )
        chart.combine(line)
    # By their cells: xlsxwriter takes a text that begins with "=" for a formula.
    chart.set_title(
        {"name": [CHART_DATA_SHEET, first, 0], "name_font": {"size": 12, "bold": True}, "overlay": False}
    )
    chart.set_legend({"position": "bottom", "font": {"size": 8}})
    figures: dict[str, Any] = {
        "num_format": "General" if _largest(shown.series) < _SMALL else "#,##0",
        "major_gridlines": {"visible": True, "line": {"color": "#D5DDE2"}},
    }
    figures |= {} if shown.kind == "line" else {"min": 0}
    names: dict[str, Any] = {
        "num_font": {"size": 8, "rotation": 0}
    }  # else LibreOffice turns long ones, beyond the frame
    if shown.kind == "bar":  # whose axes are turned; its first name stands on top
        chart.set_x_axis(figures)
        chart.set_y_axis({**names, "reverse": True})
    else:
        chart.set_x_axis(names)
        chart.set_y_axis(figures)
    chart.set_size({"width": _WIDTH, "height": height})
    chart.show_hidden_data()
    chart.show_blanks_as("gap")
    return chart


def _series(shown: Chart, first: int, number: int, *, line: bool = False) -> dict[str, Any]:
    last = first + len(shown.categories)
    series: dict[str, Any] = {
        "name": [CHART_DATA_SHEET, first, number + 1],
        "categories": [CHART_DATA_SHEET, first + 1, 0, last, 0],
        "values": [CHART_DATA_SHEET, first + 1, number + 1, last, number + 1],
    }
    if line or shown.kind == "line":
        colour = styles.LINE_COLORS[number % len(styles.LINE_COLORS)]
        marker = {"type": _MARKERS[number % len(_MARKERS)], "size": 7}
        paint = {"fill": {"color": colour}, "border": {"color": colour}}
        return series | {"line": {"color": colour, "width": 2}, "marker": marker | paint}
    colours = styles.STEP_COLORS if shown.kind == "stacked" else styles.PAIR_COLORS
    series |= {"fill": {"color": colours[number % len(colours)]}, "gap": 60}
    if len(shown.categories) <= _LABELLED and shown.kind == "bar":
        series["data_labels"] = {"value": True, "font": {"size": 8}, **_label(shown.series[number])}
    return series


def _label(series: Series) -> dict[str, str]:
    """Return how the figures of a series are written at its bars: large ones with their thousands apart, none bent."""
    if _largest([series]) < _LARGE:
        return {}
    kept = [f"{value:.15g}" for value in series.values if value is not None]
    decimals = max(len(each.partition(".")[2]) for each in kept)
    return {"num_format": f"#,##0.{'0' * decimals}".removesuffix(".")}


def _largest(series: Iterable[Series]) -> float:
    return max((abs(value) for each in series for value in each.values if value is not None), default=0)
