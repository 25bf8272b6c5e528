"""Blocks without their bookmarks, which some programs drop: a caption, headings or a sentence tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lkjip_xl.report.charts import Chart
from lkjip_xl.report.docx.blocks import Block, bookmarked, visible
from lkjip_xl.report.docx.elements import Element, qn
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.writer import Writer
from lkjip_xl.report.outline import Heading, Part, Prose

_PARAGRAPH, _TABLE = qn("w:p"), qn("w:tbl")
_FIGURE = re.compile(r"\d[\d.,]*")


def found_by_text(part: Part, writer: Writer, package: Package) -> Block | None:
    """Return what must be a part's block in a document that has lost its bookmarks; None where nothing is, or several are."""
    free = [each for each in package.body.iterchildren() if not bookmarked(each)]
    if isinstance(part.content, Chart):
        candidates = [*_drawn(writer.caption(part.content.title, part.name), free)]
    else:
        made, _ = writer.elements(part)
        of = _sentences if isinstance(part.content, Prose | Heading) else _captioned
        candidates = [*of(made, free)]
    return Block(part.name, "", tuple(candidates[0])) if len(candidates) == 1 else None


def _sentences(made: Sequence[Element], free: Sequence[Element]) -> Iterator[list[Element]]:
    """Yield as many paragraphs in a row that say the same, apart from their figures."""
    wanted = [_without_figures(each) for each in made]
    texts = [_without_figures(each) if each.tag == _PARAGRAPH else None for each in free]
    for place in range(len(free) - len(made) + 1):
        if texts[place : place + len(made)] == wanted:
            yield [*free[place : place + len(made)]]


def _captioned(made: Sequence[Element], free: Sequence[Element]) -> Iterator[list[Element]]:
    """Yield a caption with the table below it and its source, or with the picture above it."""
    shape = [each.tag for each in made]
    captions = [n for n, each in enumerate(made) if each.tag == _PARAGRAPH and visible([each])]
    for place in range(len(free) - len(made) + 1):
        lines = free[place : place + len(made)]
        if [each.tag for each in lines] == shape and all(
            _without_figures(lines[n]) == _without_figures(made[n]) for n in captions[:1]
        ):
            yield [*lines]


def _drawn(caption: Element, free: Sequence[Element]) -> Iterator[list[Element]]:
    """Yield a caption with the drawing above it."""
    for above, each in pairwise(free):
        if _without_figures(each) == _without_figures(caption) and any(
            True for _ in above.iter(qn("w:drawing"))
        ):
            yield [above, each]


def _without_figures(of: Element) -> str:
    return _FIGURE.sub("#", visible([of])).casefold()
