"""Blocks without their bookmarks, which some programs drop: a caption, headings or a sentence tells them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from lkjip_xl.report.charts import Chart
from lkjip_xl.report.docx.blocks import UNKNOWN, Block, bookmarked, visible
from lkjip_xl.report.docx.elements import Element, qn
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.writer import Writer
from lkjip_xl.report.likeness import alike, nearest, without_figures
from lkjip_xl.report.outline import Heading, Part, Prose

_PARAGRAPH, _TABLE = qn("w:p"), qn("w:tbl")
_MORE = 2  # paragraphs of people among those of a block


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
        if found is None and sentences and len(made) > 1:
            return _most(part.name, made, package, {*free})
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
    lines = [each for each in free if each.tag == _PARAGRAPH]
    found = nearest(visible(made), [visible([each]) for each in lines]) if len(made) == 1 else None
    return None if found is None else [lines[found]]


def _most(name: str, made: Sequence[Element], package: Package, free: Collection[Element]) -> Block | None:
    """Return the paragraphs, from the first to the last that is found, where more than half of them stand in a row.

    Where others stand between them, or some are not there, people must have changed them.
    """
    lines = [each for each in package.body.iterchildren() if each.tag in (_PARAGRAPH, _TABLE)]
    texts = [visible([each]) if each.tag == _PARAGRAPH and each in free else None for each in lines]
    wanted = [visible([each]) for each in made]
    best: list[int] = []
    for place in range(len(lines)):
        found = _run(wanted, texts[place : place + len(made) + _MORE])
        if len(found) > len(best):
            best, begun = found, place
    if 2 * len(best) <= len(made):
        return None
    elements = tuple(lines[begun : begun + best[-1] + 1])
    whole = len(best) == len(made) == len(elements)
    return Block(name, "" if whole else UNKNOWN, elements)


def _run(wanted: Sequence[str], lines: Sequence[str | None]) -> list[int]:
    """Return which lines say in their order what is wanted, where the first does; None is a line that may not."""
    found: list[int] = []
    for place, line in enumerate(lines):
        at = None if line is None else next((n for n, each in enumerate(wanted) if alike(each, line)), None)
        if at is not None:
            found.append(place)
            wanted = wanted[at + 1 :]
        elif line is None or not found:
            break
    return found


def completed(block: Block, made: Sequence[Element], taken: Collection[Element]) -> Block:
    """Return a block of which one end is gone with those of its paragraphs that stand beside the other end."""
    if len(block.elements) > 1 or not block.edited or any(each.tag != _PARAGRAPH for each in made):
        return block
    (left,) = block.elements
    texts = [visible([each]) for each in made]
    found = [left]
    for back in (True, False):
        beside = _beside(left, taken, len(made), back=back)
        own = [n for n, each in enumerate(beside) if any(alike(text, visible([each])) for text in texts)]
        beside = beside[: own[-1] + 1] if own else []
        found = [*reversed(beside), *found] if back else [*found, *beside]
    return Block(block.name, block.digest, tuple(found))


def _beside(left: Element, taken: Collection[Element], most: int, *, back: bool) -> list[Element]:
    """Return the paragraphs of no other block before or behind one, from the nearest on."""
    found: list[Element] = []
    for each in left.itersiblings(preceding=back):
        if each.tag != _PARAGRAPH or each in taken or bookmarked(each) or len(found) == most:
            break
        found.append(each)
    return found


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
    return without_figures(visible([of]))
