"""Blocks without their bookmarks, which some programs drop: a caption, headings or a sentence tells them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from lkjip_xl.report.charts import Chart
from lkjip_xl.report.docx.blocks import Block, bookmarked, visible
from lkjip_xl.report.docx.elements import Element, qn
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.writer import Writer
from lkjip_xl.report.outline import Heading, Part, Prose

_PARAGRAPH, _TABLE = qn("w:p"), qn("w:tbl")
_LIKE = 0.8  # so like two sentences must be
_FIGURE = re.compile(r"\d[\d.,]*")


def found_by_text(part: Part, writer: Writer, package: Package, taken: Collection[Element]) -> Block | None:
    """Return what must be a part's block in a document that has lost its bookmarks; None where nothing is.

    Of blocks that say the same the first is taken that is not yet ``taken``: parts come in the order of the report.
    """
    free = [each for each in package.body.iterchildren() if each not in taken and not bookmarked(each)]
    if isinstance(part.content, Chart):
        found = next(_drawn(writer.caption(part.content.title, part.name), free), None)
    else:
        made, _ = writer.elements(part)
        sentences = isinstance(part.content, Prose | Heading)
        found = next((_sentences if sentences else _captioned)(made, free), None)
        if found is None and sentences:
            found = _nearest(made, free)
    return None if found is None else Block(part.name, "", tuple(found))


def _sentences(made: Sequence[Element], free: Sequence[Element]) -> Iterator[list[Element]]:
    """Yield as many paragraphs in a row that say the same, apart from their figures."""
    wanted = [_without_figures(each) for each in made]
    texts = [_without_figures(each) if each.tag == _PARAGRAPH else None for each in free]
    for place in range(len(free) - len(made) + 1):
        if texts[place : place + len(made)] == wanted:
            yield [*free[place : place + len(made)]]


def _nearest(made: Sequence[Element], free: Sequence[Element]) -> list[Element] | None:
    """Return a single paragraph that says nearly the same, where none comes as near to it."""
    if len(made) != 1:
        return None
    wanted = _without_figures(made[0]).split()
    scored = [
        (_likeness(wanted, _without_figures(each).split()), each) for each in free if each.tag == _PARAGRAPH
    ]
    like = sorted(((score, each) for score, each in scored if score[1] >= _LIKE), key=lambda pair: pair[0])
    if not like or (len(like) > 1 and like[-1][0] == like[-2][0]):
        return None
    return [like[-1][1]]


def _likeness(one: Sequence[str], other: Sequence[str]) -> tuple[int, float]:
    """Return how many words are the same from the beginning, where a sentence names its row, and how like the whole is."""
    same = next((n for n, (word, its) in enumerate(zip(one, other, strict=False)) if word != its), len(one))
    return same, SequenceMatcher(None, one, other, autojunk=False).ratio()


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
