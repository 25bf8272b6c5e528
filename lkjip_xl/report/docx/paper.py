"""The pages of a document: paper, margins, and the sections in which they are numbered, upright and on their side."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from lkjip_xl.report.docx.elements import Element, element, paragraph, qn, runs, section
from lkjip_xl.report.docx.elements import field as field_of
from lkjip_xl.report.docx.package import Package
from lkjip_xl.template.declaration import Paper

Pages = Literal["sampul", "depan", "isi"]
_PAPERS: dict[Paper, tuple[int, int]] = {"A4": (11906, 16838), "F4": (12189, 18709)}
_MARGINS = {"top": 1701, "right": 1418, "bottom": 1418, "left": 1701}
_NUMBERS: dict[Pages, str] = {"sampul": "", "depan": "lowerRoman", "isi": "decimal"}
_REFERENCES = (qn("w:headerReference"), qn("w:footerReference"))


@dataclass(frozen=True, slots=True)
class Page:
    """The paper of a report, upright: in twips its width, its height, and its margins top, right, bottom, left."""

    paper: Paper
    size: tuple[int, int]
    margins: tuple[int, int, int, int]

    @classmethod
    def of(cls, paper: Paper, package: Package) -> Page:
        """Return a page of a paper; of a document that has one of its own, that."""
        size, margins = list(_PAPERS[paper]), dict(_MARGINS)
        own = package.body.sectPr
        if not package.blank and own is not None:
            given, around = own.find(qn("w:pgSz")), own.find(qn("w:pgMar"))
            if given is not None:
                size = sorted(int(given.get(qn(f"w:{side}"), "0")) or size[n] for n, side in enumerate("wh"))
            if around is not None:
                margins = {
                    name: abs(int(around.get(qn(f"w:{name}"), value))) for name, value in margins.items()
                }
        return cls(paper, (size[0], size[1]), tuple(margins.values()))  # type: ignore[arg-type]  # four of them

    def width(self, *, on_side: bool) -> int:
        """Return how wide what is printed may be, in twips."""
        return self.size[1 if on_side else 0] - self.margins[1] - self.margins[3]

    def properties(
        self, pages: Pages, *, on_side: bool, first: bool, references: Sequence[Element]
    ) -> Element:
        """Return the properties of a section; ``first`` where its numbers begin anew."""
        width, height = reversed(self.size) if on_side else self.size
        numbers = _NUMBERS[pages]
        start = 1 if first and numbers else None
        return section(width, height, self.margins, pages=numbers, first=start, references=references)


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
        first, references, opening = self.pages not in self.counted, list[Element](), None
        if not self.counted:  # the first section takes the base's letterhead; those that follow have the same
            base = self.package.body.sectPr
            references += [each for each in base if each.tag in _REFERENCES]
            opening = base.find(qn("w:titlePg"))
        if first and self.pages == "depan" and not self._has_footer():
            references.append(self._footer())
        self.counted.add(self.pages)
        found = self.page.properties(self.pages, on_side=self.on_side, first=first, references=references)
        if opening is not None:  # a letterhead that stands on the first page alone
            found.append(copy.deepcopy(opening))
        return found

    def _has_footer(self) -> bool:
        return any(True for _ in self.package.body.iter(qn("w:footerReference")))

    def _footer(self) -> Element:
        """Return the reference to a new footer with the number of the page."""
        style = self.package.style("footer")
        number = paragraph(style, field_of("PAGE", runs("i")), jc=element("w:jc", val="center"))
        found = element("w:footerReference", type="default")
        found.set(qn("r:id"), self.package.add_footer([number]))
        return found
