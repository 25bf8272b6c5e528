"""The XML of a document, built by small functions: one place for each element. Texts of strangers stay texts.

Lengths are in twentieths of a point (twips), as WordprocessingML has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn as _qn

from lkjip_xl.base.showing import safe

Element = Any  # of lxml, whose door this is
_UNIT = re.compile(r"(?<=\bRp) (?=\d)|(?<=\d) (?=%)")  # no line ends between a figure and its unit
CONTROL = "Terisi dari buku kerja"
"""What a content control shows to who clicks on its text."""


@cache
def qn(name: str) -> str:
    """Return the name of an element or attribute as it stands in the tree, of one such as ``w:p``."""
    return str(_qn(name))


def element(tag: str, /, *children: Element, **attributes: object) -> Element:
    """Return an element such as ``w:tbl`` with attributes of the same namespace and children."""
    found = OxmlElement(tag)
    prefix = tag.split(":", maxsplit=1)[0]
    for name, value in attributes.items():
        found.set(qn(f"{prefix}:{name}"), str(value))
    found.extend(children)
    return found


def runs(text: str, *properties: Element) -> list[Element]:
    """Return a run with a text; its line breaks and tabs are those of the document."""
    found = element("w:r")
    if properties:
        found.append(element("w:rPr", *properties))
    for number, line in enumerate(_UNIT.sub("\u00a0", safe(text)).split("\n")):
        if number:
            found.append(element("w:br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                found.append(element("w:tab"))
            if piece:
                found.append(_text("w:t", piece))
    return [found]


def _text(tag: str, text: str) -> Element:
    found = element(tag)
    found.text = text
    if text != text.strip() or "  " in text:
        found.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return found


def bold() -> Element:
    """Return the property of bold letters."""
    return element("w:b")


def field(instruction: str, result: Sequence[Element]) -> list[Element]:
    """Return the runs of a field with what it shows."""
    code = element("w:r", _text("w:instrText", f" {instruction} "))
    return [*_field_mark("begin"), code, *_field_mark("separate"), *result, *_field_mark("end")]


def _field_mark(kind: str) -> list[Element]:
    return [element("w:r", element("w:fldChar", fldCharType=kind))]


def open_field(instruction: str) -> list[Element]:
    """Return the runs that begin a field which holds whole paragraphs; ``close_field`` ends it."""
    return [
        *_field_mark("begin"),
        element("w:r", _text("w:instrText", f" {instruction} ")),
        *_field_mark("separate"),
    ]


def close_field() -> list[Element]:
    """Return the run that ends a field."""
    return _field_mark("end")


def control(name: str, content: Sequence[Element]) -> Element:
    """Return a content control within a paragraph, which shows people that its text is filled from the workbook.

    LibreOffice 7.4 keeps these; of a control around paragraphs or a table it makes a field, and of a field in it plain text.
    """
    properties = element("w:sdtPr", element("w:alias", val=CONTROL), element("w:tag", val=name))
    return element("w:sdt", properties, element("w:sdtContent", *content))


def paragraph(style: str, content: Iterable[Element] = (), **properties: Element) -> Element:
    """Return a paragraph of a style (its id)."""
    found = element("w:p", element("w:pPr", element("w:pStyle", val=style), *properties.values()))
    found.extend(content)
    return found


def style_of(of: Element) -> str | None:
    """Return the id of a paragraph's style; None where it has none of its own."""
    found = of.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return None if found is None else found.get(qn("w:val"))


def bookmark(number: int, name: str) -> tuple[Element, Element]:
    """Return the two ends of a bookmark."""
    return element("w:bookmarkStart", id=number, name=name), element("w:bookmarkEnd", id=number)


def marked(target: Element, number: int, name: str) -> None:
    """Put a bookmark around all that stands in a paragraph."""
    start, end = bookmark(number, name)
    properties = target.find(qn("w:pPr"))
    target.insert(0 if properties is None else list(target).index(properties) + 1, start)
    target.append(end)


def hyperlink(anchor: str, content: Iterable[Element]) -> Element:
    """Return a link to a bookmark of the document."""
    return element("w:hyperlink", *content, anchor=anchor, history=1)


def cell(width: int, content: Element, *, columns: int = 1, merge: str = "", shade: str = "") -> Element:
    """Return a cell of a table; ``merge`` is ``restart`` or ``continue`` where it stands in several rows."""
    properties = element("w:tcPr", element("w:tcW", w=width, type="dxa"))
    if columns > 1:
        properties.append(element("w:gridSpan", val=columns))
    if merge:
        properties.append(element("w:vMerge", **({"val": merge} if merge == "restart" else {})))
    if shade:
        properties.append(element("w:shd", val="clear", color="auto", fill=shade))
    properties.append(element("w:vAlign", val="center" if shade else "top"))
    return element("w:tc", properties, content)


def take_out(of: Element) -> None:
    """Take an element out of its document."""
    of.getparent().remove(of)


def keep_with_next(of: Element) -> None:
    """See to it that a row stays on one page with what follows it."""
    for each in of.iter(qn("w:pPr")):
        each.insert(1, element("w:keepNext"))


def row(cells: Sequence[Element], *, heading: bool = False) -> Element:
    """Return a row that stays on one page; a heading is repeated on each."""
    properties = element("w:trPr", element("w:cantSplit"))
    if heading:
        properties.append(element("w:tblHeader"))
    return element("w:tr", properties, *cells)


def table(style: str, widths: Sequence[int], rows: Iterable[Element], title: str, words: str) -> Element:
    """Return a table with fixed widths; ``title`` and ``words`` are read to who cannot see it."""
    properties = element(
        "w:tblPr",
        element("w:tblStyle", val=style),
        element("w:tblW", w=sum(widths), type="dxa"),
        element("w:jc", val="center"),
        element("w:tblLayout", type="fixed"),
        element(
            "w:tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1
        ),
        element("w:tblCaption", val=safe(title)),
        element("w:tblDescription", val=safe(words)),
    )
    grid = element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths))
    return element("w:tbl", properties, grid, *rows)


def inline_chart(relation: str, number: int, width: int, height: int, words: str) -> Element:
    """Return the run with a chart of a relation; lengths in EMU, ``words`` for those who cannot see it."""
    chart = OxmlElement("c:chart", nsdecls={"c": _CHART, "r": _RELATIONS})
    chart.set(f"{{{_RELATIONS}}}id", relation)
    data = OxmlElement("a:graphicData")
    data.set("uri", _CHART)
    data.append(chart)
    graphic = OxmlElement("a:graphic")
    graphic.append(data)
    inline = OxmlElement("wp:inline")
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    for tag, values in (
        ("wp:extent", {"cx": width, "cy": height}),
        ("wp:docPr", {"id": number, "name": f"Grafik {number}", "descr": safe(words)}),
        ("wp:cNvGraphicFramePr", {}),
    ):
        found = OxmlElement(tag)
        for name, value in values.items():
            found.set(name, str(value))
        inline.append(found)
    inline.append(graphic)
    return element("w:r", element("w:drawing", inline))


_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def section(
    width: int,
    height: int,
    margins: Sequence[int],
    *,
    pages: str = "",
    first: int | None = None,
    references: Iterable[Element] = (),
) -> Element:
    """Return the properties of a section: its paper and margins (top, right, bottom, left), and how its pages are numbered."""
    size: dict[str, object] = {"w": width, "h": height}
    if width > height:
        size["orient"] = "landscape"
    top, right, bottom, left = margins
    found = element("w:sectPr", *references, element("w:type", val="nextPage"), element("w:pgSz", **size))
    found.append(
        element("w:pgMar", top=top, right=right, bottom=bottom, left=left, header=720, footer=720, gutter=0)
    )
    if pages:
        numbers: dict[str, object] = {"fmt": pages}
        if first is not None:
            numbers["start"] = first
        found.append(element("w:pgNumType", **numbers))
    return found


def seen(target: Element) -> Iterator[Element]:
    """Yield the elements with the text of a paragraph or cell as it is seen, the numbers that fields count left out.

    What was deleted while changes were tracked is not seen.
    """
    return (each for each in _seen(target) if each.tag == _TEXT)


def texts(target: Element) -> Iterator[str]:
    """Yield the pieces of text that are ``seen``; a line break or tab is a space."""
    for each in _seen(target):
        yield (each.text or "") if each.tag == _TEXT else " "


def _seen(target: Element) -> Iterator[Element]:
    counting = False
    for each in target.iter(_FIELD, _INSTRUCTION, _TEXT, *_SPACES):
        if each.tag == _FIELD:
            counting = counting and each.get(qn("w:fldCharType")) == "separate"
        elif each.tag == _INSTRUCTION:
            counting = counting or (each.text or "").split()[:1] == ["SEQ"]
        elif not counting and each.getparent().tag == _RUN:
            yield each


def hidden(of: Element) -> bool:
    """Whether nobody sees what stands in a run, or the text in it."""
    run = of if of.tag == _RUN else of.getparent()
    found = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return found is not None and found.get(qn("w:val")) not in ("0", "false", "off")


def set_text(of: Element, text: str) -> None:
    """Write a text into an element of a run."""
    of.text = text
    of.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


_FIELD, _INSTRUCTION, _TEXT, _RUN = (qn(f"w:{name}") for name in ("fldChar", "instrText", "t", "r"))
_SPACES = (qn("w:br"), qn("w:tab"), qn("w:cr"))
