"""The pages of a document: paper, margins, and the sections in which they are numbered, upright and on their side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lkjip_xl.report.docx.elements import Element, element, paragraph, qn, runs, section
from lkjip_xl.report.docx.elements import field as field_of
from lkjip_xl.report.docx.package import Package
from lkjip_xl.template.declaration import Paper

Pages = Literal["sampul", "depan", "isi"]
_PAPERS: dict[Paper, tuple[int, int]] = {
    "A4": (11906, 16838),
    "F4": (12189, 18709),
}  # twips: width and height
_MARGINS = (1701, 1418, 1418, 1701)  # twips: top, right, bottom, left
_NUMBERS: dict[Pages, str] = {"sampul": "", "depan": "lowerRoman", "isi": "decimal"}


@dataclass(frozen=True, slots=True)
class Page:
    """The paper of a report."""

    paper: Paper

    def width(self, *, on_side: bool) -> int:
        """Return how wide what is printed may be, in twips."""
        across = _PAPERS[self.paper][1 if on_side else 0]
        return across - _MARGINS[1] - _MARGINS[3]

    def sections(self, package: Package) -> Sections:
        """Return what divides a document into sections."""
        return Sections(self, package)

    def properties(self, pages: Pages, *, on_side: bool, first: bool, references: list[Element]) -> Element:
        """Return the properties of a section; ``first`` where its numbers begin anew."""
        size = _PAPERS[self.paper]
        width, height = reversed(size) if on_side else size
        return section(
            width,
            height,
            _MARGINS,
            pages=_NUMBERS[pages],
            first=1 if first and _NUMBERS[pages] else None,
            references=references,
        )


@dataclass
class Sections:
    """Ends a section where the next has other pages: the properties of a section stand in its last paragraph."""

    page: Page
    package: Package
    pages: Pages = "sampul"
    on_side: bool = False
    begun: bool = False
    """Whether anything stands in the section that is being written."""
    counted: set[Pages] = field(default_factory=set)

    def begin(self, pages: Pages) -> None:
        """Begin pages that are numbered in another way."""
        if self.begun:
            self._end()
        self.pages = pages

    def turn(self, *, on_side: bool) -> None:
        """See to it that what comes stands upright, or on its side."""
        if self.begun and on_side != self.on_side:
            self._end()
        self.on_side, self.begun = on_side, True

    def finish(self) -> None:
        """End the last section: its properties are those of the document."""
        last = self.package.body.sectPr
        last.getparent().replace(last, self._properties())

    def _end(self) -> None:
        holder = paragraph(self.package.style("LKjIP Batas"))
        holder.find(qn("w:pPr")).append(self._properties())
        self.package.body.sectPr.addprevious(holder)
        self.begun = False

    def _properties(self) -> Element:
        first = self.pages not in self.counted
        self.counted.add(self.pages)
        references: list[Element] = []
        if first and self.pages == "depan":  # those that follow have the same
            references.append(element("w:footerReference", type="default"))
            number = paragraph(
                self.package.style("footer"), field_of("PAGE", runs("i")), jc=element("w:jc", val="center")
            )
            relation = self.package.add_footer([number])
            references[0].set(qn("r:id"), relation)
        return self.page.properties(self.pages, on_side=self.on_side, first=first, references=references)
