"""The parts of a report to a document: its elements, block by block, and the sections in which they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lkjip_xl.report.charts import Chart
from lkjip_xl.report.docx import blocks
from lkjip_xl.report.docx.captions import FIGURES, number_of, passed_over
from lkjip_xl.report.docx.chart_part import chart_parts
from lkjip_xl.report.docx.contents import contents_of
from lkjip_xl.report.docx.elements import (
    Element,
    control,
    element,
    inline_chart,
    paragraph,
    runs,
)  # fmt: skip
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.paper import Page, Sections
from lkjip_xl.report.docx.styles import ROOM_TO_SIGN, SIGNED
from lkjip_xl.report.docx.tables import form_of, laid_out, table_of
from lkjip_xl.report.outline import Contents, Heading, Part, Place, Prose, Section
from lkjip_xl.report.printed import PrintedForm, PrintedTable

_ITEM = "• "
PLACE_STYLE = "LKjIP Tulis"
"""Of what people have still to write."""
_EMU = 635  # in a twip
_BELOW = 200  # twips below the caption of a figure
_STYLES = {
    "isi": "LKjIP Isi",
    "nomor": "LKjIP Nomor",
    "rumus": "LKjIP Rumus",
    "sampul": "LKjIP Sampul",
    "sampul_besar": "LKjIP Sampul Besar",
    "tanda_tangan": "LKjIP Tanda Tangan",
    "nama": "LKjIP Nama",
}
_ABOVE: Mapping[str, int] = {"nama": ROOM_TO_SIGN, "tanda_tangan": 0}


@dataclass
class Writer:
    """Makes the elements of parts; counts figures as it goes."""

    package: Package
    page: Page
    passed: Mapping[str, int] = field(default_factory=dict)
    """By number of a table how many before it are not there; others are not counted."""
    figures: int = 0
    """How many captions of figures there are."""

    def elements(self, part: Part) -> tuple[list[Element], bool]:
        """Return what a part is in a document, and whether it stands on the side; a living one with its bookmarks."""
        on_side = False
        match part.content:
            case Heading():
                found = [self._heading(part.content, part.name)]
            case Prose():
                found = [*self._prose(part.content, part.name)]
            case Place():
                found = [*self._place(part.content)]
            case Contents():
                found = contents_of(part.content.of, self.package)
            case PrintedTable():
                found, on_side = self._table(part.content, part.name)
            case PrintedForm():
                found = self._form(part.content, part.name)
            case Chart():
                found = self._chart(part.content, part.name)
            case Section():
                found = []
        if part.name and found:
            blocks.mark(found, part.name, self.package)
        return found, on_side

    def _living(self, name: str, text: str) -> list[Element]:
        """Return the runs of a text; of a living part they show people that they are filled in."""
        written = runs(text)
        return [control(name, written)] if name else written

    def _heading(self, heading: Heading, name: str) -> Element:
        """Return a heading; that of a chapter begins a page also in the style of an agency."""
        breaks = {"page": element("w:pageBreakBefore")} if heading.level == 1 else {}
        style = self.package.style(f"heading {heading.level}")
        return paragraph(style, self._living(name, heading.text), **breaks)

    def _prose(self, prose: Prose, name: str) -> Iterator[Element]:
        numbers = self.package.new_numbers() if prose.style == "nomor" else None
        for text in prose.paragraphs:
            item = text.startswith(_ITEM)
            style = self.package.style("LKjIP Butir" if item else _STYLES[prose.style])
            content = self._living(name, text.removeprefix(_ITEM))
            yield paragraph(style, content, **_list(self.package.bullets() if item else numbers))

    def _place(self, place: Place) -> Iterator[Element]:
        signed: dict[str, Element] = {}
        if place.style in _ABOVE:  # it stands where the name will
            signed = {
                "keep": element("w:keepNext"),
                "spacing": element("w:spacing", before=_ABOVE[place.style], after=0),
                "indent": element("w:ind", left=SIGNED),
            }
        yield paragraph(self.package.style(PLACE_STYLE), runs(place.text), **signed)
        if place.figure:
            yield self.caption(place.figure, "")

    def _table(self, printed: PrintedTable, name: str) -> tuple[list[Element], bool]:
        room = self.page
        on_side, parts = laid_out(printed, room.paper, room.width(on_side=False), room.width(on_side=True))
        found: list[Element] = []
        for each in parts:
            caption = self._caption(each.part.table.number, each.part.table.title, name)
            found += [caption, table_of(each, self.package)]
        return [*found, self._source(printed.source, name)], on_side

    def _form(self, form: PrintedForm, name: str) -> list[Element]:
        room = self.page.width(on_side=False)
        return [
            self._caption(form.number, form.title, name),
            form_of(form, self.package, room),
            self._source(form.source, name),
        ]

    def _chart(self, chart: Chart, name: str) -> list[Element]:
        parts = chart_parts(chart)
        room = self.page.width(on_side=False) * _EMU
        width, height = parts.width, parts.height
        if width > room:
            width, height = room, height * room // width
        relation = self.package.add_chart(parts)
        drawing = inline_chart(relation, self.package.next_drawing(), width, height, chart.words)
        picture = paragraph(self.package.style("LKjIP Grafik"), [drawing])
        return [picture, self.caption(chart.title, name)]

    def caption(self, title: str, name: str) -> Element:
        """Return the caption of the next figure, which it stands below: what follows may be on another page."""
        self.figures += 1
        return self._caption(f"{FIGURES} {self.figures}", title, name, above=False)

    def _source(self, source: str, name: str) -> Element:
        """Return the line below a table; it stands there also where it is blank, and parts the table from the next one."""
        return paragraph(self.package.style("LKjIP Sumber"), self._living(name, source) if source else [])

    def _caption(self, number: str, title: str, name: str, *, above: bool = True) -> Element:
        """Return a caption: its number counts among those of its kind, and can be counted again.

        One ``above`` a table stays on its page, whatever style a base document has for captions.
        """
        content = number_of(number, self.passed) if number else []
        words = [*content, *self._living(name, title)]
        style = self.package.style("caption")
        if above:
            return paragraph(style, words, keep=element("w:keepNext"))
        below = element("w:spacing", after=_BELOW)
        return paragraph(style, words, keep=element("w:keepNext", val="0"), space=below)


def _list(number: int | None) -> dict[str, Element]:
    if number is None:
        return {}
    return {"list": element("w:numPr", element("w:ilvl", val=0), element("w:numId", val=number))}


def write(parts: Sequence[Part], package: Package, page: Page) -> None:
    """Write the parts of a report at the end of a document, in sections of their own."""
    writer = Writer(package, page, passed_over(parts))
    sections = Sections(page, package)
    end = package.body.sectPr
    leading: list[Element] = []  # headings and a paragraph directly before a table, which turn with it
    prose = False  # whether there is a paragraph among them

    def put(elements: Sequence[Element], *, on_side: bool) -> None:
        if elements:
            sections.turn(on_side=on_side)
            for each in elements:
                end.addprevious(each)

    for part in parts:
        if isinstance(part.content, Section):
            put(leading, on_side=False)
            leading, prose = [], False
            sections.begin(part.content.pages)
            continue
        found, on_side = writer.elements(part)
        if _leads(part):
            if isinstance(part.content, Heading) and prose:
                put(leading, on_side=sections.begun and sections.on_side)  # no page of its own
                leading = []
            leading += found
            prose = isinstance(part.content, Prose)
            continue
        put([*leading, *found], on_side=on_side)
        leading, prose = [], False
    put(leading, on_side=False)
    sections.finish()


def _leads(part: Part) -> bool:
    """Whether a part stands before a table rather than on its own: a heading, or a single paragraph."""
    content = part.content
    if isinstance(content, Prose):
        return content.style == "isi" and len(content.paragraphs) == 1
    return isinstance(content, Heading)
