"""Two figures of each OPD in one chart of four quarters with names, and which OPD lies in which; one page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lkjip_xl.consolidation.regent.paper import begin
from lkjip_xl.consolidation.regent.shown import Regent, marked
from lkjip_xl.consolidation.sheets import labelled
from lkjip_xl.template.declared_batch import QuartersDeclaration
from lkjip_xl.template.sheet_names import QUARTERS_SHEET
from lkjip_xl.words import wording
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet
from lkjip_xl.write.printing import plain_page

_WIDTHS = (64.0, 64.0)
_DATA = 4  # the first column of the chart's figures, beside what is printed
_CHART = (900, 440)  # pixels
_NUMBERED = 100  # OPDs up to which each point has its number
_LISTED = 100  # OPDs up to which a quarter names them
_LOOKS = (("diamond", "#D5862D"), ("circle", "#1E7B4C"), ("x", "#B03A2E"), ("triangle", "#2F6F8F"))


@dataclass(frozen=True, slots=True)
class Point:
    """An OPD in the chart, with its number in all lists."""

    number: int
    name: str
    x: float
    y: float


def write_quarters(sheet: Sheet, regent: Regent, shown: QuartersDeclaration) -> None:
    """Write the chart with the lists below it."""
    quarters = quarters_of(regent, shown)
    top = begin(sheet, regent, shown.title, _WIDTHS)
    figures = [regent.declared[key] for key in (shown.x, shown.y)]
    row = top + _CHART[1] // 20 + 1
    data = row + 8  # below all that is printed
    chart = _chart(sheet, data, quarters, shown, [labelled(each) for each in figures])
    at = f"batas {figures[0].label.lower()} {wording.number(shown.at[0])}, {figures[1].label.lower()} {wording.number(shown.at[1])}"
    counts = ", ".join(f"{name} {len(points)}" for name, points in zip(shown.names, quarters, strict=True))
    sheet.chart(top, 0, chart, f"Grafik sebar {shown.title}, {at}: {counts}")
    for left, right in ((0, 1), (2, 3)):
        texts = [_listed(quarters[n], shown.names[n]) for n in (left, right)]
        for column, (heading, _) in enumerate(texts):
            sheet.value(row, column, heading, styles.SECTION)
        for column, (_, names) in enumerate(texts):
            sheet.value(row + 1, column, names, {**styles.TEXT, **styles.BORDER})
        sheet.fit(row + 1, [(text[1], width) for text, width in zip(texts, _WIDTHS, strict=True)])
        row += 3
    sheet.value(
        row,
        0,
        f"Tepat di batas termasuk yang tinggi; {at}. Nomor menurut tabel perangkat daerah.",
        styles.NOTE,
    )
    _data(sheet, data, quarters, shown)
    plain_page(sheet, landscape=True)
    sheet.raw.print_area(0, 0, row, len(_WIDTHS) - 1)
    sheet.raw.fit_to_pages(1, 1)


def quarters_of(regent: Regent, shown: QuartersDeclaration) -> list[list[Point]]:
    """Return the OPDs of each quarter, in the order of their names in the declaration."""
    found: list[list[Point]] = [[], [], [], []]
    for agency, _ in regent.batch.chosen.counted:
        own = regent.figures.of(agency)
        if shown.x not in own or shown.y not in own:
            continue
        x, y = own[shown.x].value, own[shown.y].value
        place = (0 if y >= shown.at[1] else 2) + (x >= shown.at[0])
        number = regent.numbers[agency.parent, agency.code]
        found[place].append(Point(number, marked(agency), x, y))
    return found


def _listed(points: Sequence[Point], name: str) -> tuple[str, str]:
    """Return the heading of a quarter, and the OPDs in it."""
    heading = f"{name} ({wording.number(len(points))})"
    names = [f"{each.number}. {each.name}" for each in points[:_LISTED]]
    more = f"; dan {wording.number(len(points) - _LISTED)} lagi" if len(points) > _LISTED else ""
    return heading, "; ".join(names) + more if names else "Tidak ada"


def _data(sheet: Sheet, top: int, quarters: Sequence[Sequence[Point]], shown: QuartersDeclaration) -> None:
    """Write the figures of the chart beside it: x and y of each quarter, then the two lines."""
    low, high = axes_of(quarters, shown)
    columns = [[(each.x, each.y) for each in points] for points in quarters]
    columns += [
        [(shown.at[0], low[1]), (shown.at[0], high[1])],
        [(low[0], shown.at[1]), (high[0], shown.at[1])],
    ]
    for row in range(max(map(len, columns))):
        for place, pairs in enumerate(columns):
            for offset in range(2):
                if row < len(pairs):
                    sheet.value(top + row, _DATA + 2 * place + offset, pairs[row][offset], styles.FONT)


def axes_of(
    quarters: Sequence[Sequence[Point]], shown: QuartersDeclaration
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return where the axes begin and end: around all points and the borders, in whole tens."""
    points = [(each.x, each.y) for quarter in quarters for each in quarter]
    pairs = [*zip(*points, shown.at, strict=True)] if points else [(each,) for each in shown.at]
    low = tuple(10.0 * math.floor((min(values) - 0.1) / 10) for values in pairs)
    high = tuple(10.0 * math.ceil((max(values) + 0.1) / 10) for values in pairs)
    return (low[0], low[1]), (high[0], high[1])


def _chart(
    sheet: Sheet,
    top: int,
    quarters: Sequence[Sequence[Point]],
    shown: QuartersDeclaration,
    labels: Sequence[str],
) -> Any:
    chart = sheet.book.chart("scatter")
    numbered = sum(map(len, quarters)) <= _NUMBERED
    for place, (points, (marker, colour)) in enumerate(zip(quarters, _LOOKS, strict=True)):
        if not points:
            continue
        series: dict[str, Any] = {
            "name": shown.names[place].lstrip("="),
            **_cells(top, _DATA + 2 * place, len(points)),
            "marker": {"type": marker, "size": 8, "fill": {"color": colour}, "border": {"color": colour}},
        }
        if numbered:
            custom = [{"value": str(each.number)} for each in points]
            series["data_labels"] = {
                "value": True,
                "custom": custom,
                "position": "right",
                "font": {"size": 8},
            }
        chart.add_series(series)
    drawn = sum(bool(points) for points in quarters)
    for place in range(len(quarters), len(quarters) + 2):
        line = {"color": "#667788", "width": 1, "dash_type": "dash"}
        chart.add_series({**_cells(top, _DATA + 2 * place, 2), "marker": {"type": "none"}, "line": line})
    _axes(chart, axes_of(quarters, shown), labels)
    chart.set_legend({"position": "bottom", "delete_series": [drawn, drawn + 1]})
    width, height = _CHART
    chart.set_size({"width": width, "height": height})
    return chart


def _axes(chart: Any, ends: tuple[tuple[float, float], tuple[float, float]], labels: Sequence[str]) -> None:
    low, high = ends
    for place, set_axis in enumerate((chart.set_x_axis, chart.set_y_axis)):
        axis = {
            "min": low[place],
            "max": high[place],
            "crossing": "min",
            "major_gridlines": {"visible": False},
        }
        set_axis({"name": labels[place].lstrip("="), **axis})


def _cells(top: int, column: int, number: int) -> dict[str, Any]:
    last = top + number - 1
    return {
        "categories": [QUARTERS_SHEET, top, column, last, column],
        "values": [QUARTERS_SHEET, top, column + 1, last, column + 1],
    }
