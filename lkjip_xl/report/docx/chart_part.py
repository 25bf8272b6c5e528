"""A chart as a part of a document: what xlsxwriter draws in a workbook, complete as Word itself would write it.

The schema says what an element that is not there means, and programs do not agree: LibreOffice smooths lines and hides
axes in a document that it shows as they are in a workbook. So nothing is left out.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple
from xml.etree import ElementTree as Xml

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from lkjip_xl.base.showing import safe
from lkjip_xl.report.chart_sheet import drawn, height_of, write_figures
from lkjip_xl.report.charts import Chart, Series
from lkjip_xl.report.docx.styles import FONT
from lkjip_xl.template.sheet_names import CHART_DATA_SHEET, CHARTS_SHEET
from lkjip_xl.words.wording import cut
from lkjip_xl.write.book import Book

WORKBOOK_ID: Final = "rId1"
"""The relationship of a chart part to the workbook with its figures."""
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
for _prefix, _space in (("c", _CHART), ("a", _DRAWING), ("r", _RELATIONS)):
    Xml.register_namespace(_prefix, _space)
_LANGUAGE, _NUMBERS = (
    "id-ID",
    "[$-421]",
)  # the second before a format: LibreOffice then writes 1.234,5 everywhere
_PIXEL, _CENTIMETRE = 9525, 360_000  # EMU
_MORE = (
    60  # pixels of height for all but bars: letters take more of a chart that is narrower than on its sheet
)
_WIDTH, _HIGHEST = (
    round(15.5 * _CENTIMETRE),
    21 * _CENTIMETRE,
)  # within the margins of A4, with room for a caption
_MOST = 10_000  # categories of a chart that somebody may hand in

# Children of each element in the order of the schema (ECMA-376, part 1, 21.2), and what stands there where xlsxwriter
# writes nothing.
_AXIS = (
    "axId scaling delete=0 axPos majorGridlines title numFmt majorTickMark=out minorTickMark=none tickLblPos spPr"
    " txPr crossAx crosses "
)
_CHILDREN = {
    "chartSpace": "date1904=0 lang roundedCorners=0 chart spPr txPr externalData",
    "chart": "autoTitleDeleted=1 plotArea legend plotVisOnly=1 dispBlanksAs=gap",
    "title": "tx layout overlay=0 txPr",
    "barChart": "barDir grouping varyColors=0 ser gapWidth overlap axId",
    "lineChart": "grouping varyColors=0 ser marker axId",
    "barChart/ser": "idx order tx spPr invertIfNegative=0 dLbls cat val",
    "lineChart/ser": "idx order tx spPr marker dLbls cat val smooth=0",
    "dLbls": "numFmt txPr showLegendKey=0 showVal showCatName=0 showSerName=0 showPercent=0 showBubbleSize=0",
    "catAx": _AXIS + "auto lblAlgn lblOffset noMultiLvlLbl=0",
    "valAx": _AXIS + "crossBetween",
    "legend": "legendPos layout overlay=0 txPr",
}
_LOOK = (  # of the whole chart: no frame, and letters a little smaller than those of the text
    f'<c:part xmlns:c="{_CHART}" xmlns:a="{_DRAWING}"><c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
    "<a:ln><a:noFill/></a:ln></c:spPr>"
    f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"><a:latin typeface="{FONT}"/></a:defRPr></a:pPr><a:endParaRPr/></a:p></c:txPr></c:part>'
)


@dataclass(frozen=True, slots=True)
class ChartParts:
    """What a document needs for one chart; ``width`` and ``height`` in EMU."""

    chart: bytes
    workbook: bytes
    width: int
    height: int


class Figures(NamedTuple):
    """What a chart shows; numbers on the 15 digits that programs keep."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]


def chart_parts(chart: Chart) -> ChartParts:
    """Return a chart part, and the workbook with its figures that "Edit data" opens."""
    height = height_of(chart)
    out = _book(chart)
    out.sheet(CHARTS_SHEET).chart(0, 0, drawn(out, chart, 0, height), "")
    with zipfile.ZipFile(io.BytesIO(out.finish())) as archive:
        root = fromstring(archive.read("xl/charts/chart1.xml"))
    _complete(root)
    text = Xml.tostring(root, encoding="unicode")
    part = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()
    pixels = height if chart.kind == "bar" else height + _MORE
    return ChartParts(part, _book(chart).finish(), _WIDTH, min(pixels * _PIXEL, _HIGHEST))


def _book(chart: Chart) -> Book:
    """Return a workbook with the figures of one chart; in the one to embed there is nothing else."""
    out = Book(CHART_DATA_SHEET)
    sheet = write_figures(out, [chart])
    sheet.raw.set_column(0, 0, 50)
    sheet.raw.set_column(1, len(chart.all_series), 20)
    return out


def _complete(root: Xml.Element) -> None:
    """Make of a workbook's chart one that stands in a document."""
    root[:] = [each for each in root if _local(each) != "printSettings"]
    shown = _only(root, "chart")
    shown[:] = [each for each in shown if _local(each) != "title"]  # which its caption says
    root.extend(fromstring(_LOOK))
    data = Xml.SubElement(root, _name("externalData"), {f"{{{_RELATIONS}}}id": WORKBOOK_ID})
    Xml.SubElement(data, _name("autoUpdate"), {"val": "0"})
    for category in root.iter(_name("cat")):
        _as_text(category)
    for element in [*root.iter()]:
        if _local(element) == "endParaRPr":
            element.set("lang", _LANGUAGE)
        elif _local(element) == "dLbls" and element.find(_name("numFmt")) is None:
            Xml.SubElement(element, _name("numFmt"), {"formatCode": "General"})
    for element in root.iter(_name("numFmt")):
        element.set("formatCode", _NUMBERS + element.get("formatCode", ""))
        element.set("sourceLinked", "0")
    for element in [*root.iter()]:
        for child in element:
            _order(child, _local(child) if _local(child) != "ser" else f"{_local(element)}/ser")
    _order(root, "chartSpace")
    _only(root, "lang").set("val", _LANGUAGE)


def _order(element: Xml.Element, kind: str) -> None:
    """Give an element the children that it lacks, each at its place."""
    if kind not in _CHILDREN:
        return
    children = dict(each.partition("=")[::2] for each in _CHILDREN[kind].split())
    there = {_local(each) for each in element}
    for name, value in children.items():
        if value and name not in there:
            Xml.SubElement(element, _name(name), {"val": value})
    places = [*children]
    element[:] = sorted(element, key=lambda each: places.index(_local(each)))


def _as_text(category: Xml.Element) -> None:
    """Let names be names, also where xlsxwriter takes them for numbers because they look so: years, or "inf"."""
    for old, new in (("numRef", "strRef"), ("numCache", "strCache")):
        for element in category.iter(_name(old)):
            element.tag = _name(new)
    for cache in category.iter(_name("strCache")):
        cache[:] = [each for each in cache if _local(each) != "formatCode"]


# -- reading one again --------------------------------------------------------------------------------------------


def figures_in(chart: Chart) -> Figures:
    """Return what the part of a chart shows."""
    return Figures(
        tuple(map(_text, chart.categories)),
        tuple(Series(_text(each.name), tuple(map(_kept, each.values))) for each in chart.all_series),
    )


def figures_of(part: bytes) -> Figures | None:
    """Return what a chart part shows, whichever program saved it; None where it is no chart that can be read."""
    try:
        root = fromstring(part, forbid_dtd=True)
        plot = root.find(f"{_name('chart')}/{_name('plotArea')}")
        if plot is None:
            return None
        found = sorted((each for kind in plot for each in kind.findall(_name("ser"))), key=_place)
        first = found[0].find(_name("cat")) if found else None
        return Figures(
            () if first is None else tuple(each or "" for each in _points(first)),
            tuple(_series(each) for each in found),
        )
    except (Xml.ParseError, DefusedXmlException, ValueError):
        return None


def _series(element: Xml.Element) -> Series:
    values = element.find(_name("val"))
    return Series(
        _words(element.find(_name("tx"))), () if values is None else tuple(map(_number, _points(values)))
    )


def _place(series: Xml.Element) -> int:
    order = series.find(_name("order"))
    return 0 if order is None else int(order.get("val", "0"))


def _words(element: Xml.Element | None) -> str:
    """Return the name of a series: a cell's text, or one that somebody has formatted."""
    if element is None:
        return ""
    if element.find(f".//{_name('pt')}") is not None:
        return "\n".join(each or "" for each in _points(element))
    lines = [
        "".join(each.text or "" for each in p.iter(f"{{{_DRAWING}}}t"))
        for p in element.iter(f"{{{_DRAWING}}}p")
    ]
    return "\n".join(lines) or (element.findtext(_name("v")) or "")


def _points(element: Xml.Element) -> Iterator[str | None]:
    """Yield the cached texts below an element, None where there is none; raise ``ValueError`` for too many."""
    points = {int(each.get("idx", "")): each.findtext(_name("v")) for each in element.iter(_name("pt"))}
    count = element.find(f".//{_name('ptCount')}")
    size = max([*(each + 1 for each in points), 0 if count is None else int(count.get("val", ""))], default=0)
    if size > _MOST or min(points, default=0) < 0:
        raise ValueError(size)
    return (points.get(place) for place in range(size))


def _number(text: str | None) -> float | None:
    value = math.nan if text is None else float(text)
    return _kept(value) if math.isfinite(value) else None


def _kept(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.15g}")


def _text(text: str) -> str:
    """Return a text as a cell holds it."""
    return cut(safe(text))


def _name(local: str) -> str:
    return f"{{{_CHART}}}{local}"


def _local(element: Xml.Element) -> str:
    return element.tag.rpartition("}")[2]


def _only(element: Xml.Element, local: str) -> Xml.Element:
    (found,) = element.findall(_name(local))
    return found
