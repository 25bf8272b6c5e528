"""New figures in old elements: what people made of their look stays, and so do their comments and bookmarks."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from lkjip_xl.report.docx.captions import sequences
from lkjip_xl.report.docx.elements import Element, element, qn, seen, set_text

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_ANCHORS = (qn("w:commentRangeStart"), qn("w:commentRangeEnd"))


def in_place(old: Sequence[Element], new: Sequence[Element]) -> bool:
    """Write the texts of new elements into old ones of the same shape; False, with nothing written, where theirs is another."""
    pairs = [*_pairs(old, new)]
    if not pairs or any(one is None or other is None for one, other in pairs):
        return False
    for one, other in pairs:
        _rewrite(one, other)
    return True


def _pairs(old: Sequence[Element], new: Sequence[Element]) -> Iterator[tuple[Element | None, Element | None]]:
    """Yield the paragraphs that stand in the same place of both; None for one that has no counterpart."""
    if [each.tag for each in old] != [each.tag for each in new] or _drawings(old) or _drawings(new):
        yield None, None
        return
    for one, other in zip(old, new, strict=True):
        if one.tag == _PARAGRAPH:
            same = _breaks(one) == _breaks(other) and counts_alike([one], [other])
            yield (one, other) if same else (None, None)
        elif one.tag == _TABLE and _shape(one) == _shape(other):
            for cell, counterpart in zip(one.iter(_CELL), other.iter(_CELL), strict=True):
                first, second = (list(each.iter(_PARAGRAPH)) for each in (cell, counterpart))
                same = len(first) == len(second) and [*map(_breaks, first)] == [*map(_breaks, second)]
                yield from zip(first, second, strict=True) if same else [(None, None)]
        else:
            yield None, None


def counts_alike(old: Sequence[Element], new: Sequence[Element]) -> bool:
    """Whether the same fields count captions in both."""
    return [*_counted(old)] == [*_counted(new)]


def _counted(elements: Sequence[Element]) -> Iterator[str]:
    return (words[1] for each in elements for _, words in sequences(each))


def _drawings(elements: Sequence[Element]) -> bool:
    return any(True for each in elements for _ in each.iter(qn("w:drawing")))


def _breaks(of: Element) -> int:
    """Return how many lines and tabs there are in a paragraph; a break between pages is none."""
    return sum(each.get(qn("w:type")) is None for each in of.iter(qn("w:br"), qn("w:tab"))) - sum(
        1 for _ in of.iter(qn("w:tabs"))
    )


def _shape(table: Element) -> list[list[tuple[str, str]]]:
    """Return for each row of a table how its cells span columns and rows."""
    return [
        [(_span(cell), _merge(cell)) for cell in row.iterchildren(_CELL)] for row in table.iterchildren(_ROW)
    ]


def _span(cell: Element) -> str:
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return "1" if found is None else str(found.get(qn("w:val")))


def _merge(cell: Element) -> str:
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return "" if found is None else str(found.get(qn("w:val"), "continue"))


def _rewrite(old: Element, new: Element) -> None:
    """Write the text of a new paragraph into an old one, letter by letter where they differ: each keeps its look."""
    pieces = [*seen(old)]
    before, after = (
        "".join(each.text or "" for each in pieces),
        "".join(each.text or "" for each in seen(new)),
    )
    if before == after:
        return
    if not pieces:
        for each in new:
            if each.tag not in (qn("w:pPr"), qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
                old.append(each)
        return
    owners = [number for number, each in enumerate(pieces) for _ in each.text or ""]
    texts = ["" for _ in pieces]
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            for place in range(i1, i2):
                texts[owners[place]] += before[place]
        else:
            owner = owners[i1] if i1 < len(owners) else owners[-1] if owners else 0
            texts[owner] += after[j1:j2]
    for each, text in zip(pieces, texts, strict=True):
        set_text(each, text)


def taken_over(old: Sequence[Element], new: Sequence[Element]) -> None:
    """Give new elements what people gave the old ones: comments, breaks, the widths of a table's columns, the pages of a section."""
    kept = [each for one in old for each in one.iter(*_ANCHORS)]
    kept += [each.getparent() for one in old for each in one.iter(qn("w:commentReference"))]
    starts = [each for each in kept if each.tag == _ANCHORS[0]]
    for each in starts:
        properties = new[0].find(qn("w:pPr"))
        new[0].insert(0 if properties is None else 1, each)
    for each in kept:
        if each not in starts:
            new[0].append(each)
    leading = next(old[0].iter(qn("w:br"), qn("w:t")), None)
    for each in [
        found for one in old for found in one.iter(qn("w:br")) if found.get(qn("w:type")) is not None
    ]:
        if each is leading:
            new[0].insert(0 if new[0].find(qn("w:pPr")) is None else 1, element("w:r", each))
        else:
            new[-1].append(element("w:r", each))
    for one, other in zip(_tables(old), _tables(new), strict=False):
        _same_widths(one, other)
    section = old[-1].find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    if section is not None and new[-1].find(qn("w:pPr")) is not None:
        new[-1].find(qn("w:pPr")).append(section)


def _tables(elements: Sequence[Element]) -> list[Element]:
    return [each for each in elements if each.tag == _TABLE]


def _same_widths(old: Element, new: Element) -> None:
    """Give a table the columns of an old one that has as many."""
    grids = [each.find(qn("w:tblGrid")) for each in (old, new)]
    if None in grids or len(grids[0]) != len(grids[1]):
        return
    widths = [int(each.get(qn("w:w"), "0")) for each in grids[0]]
    new.replace(grids[1], grids[0])
    new.replace(new.find(qn("w:tblPr")), old.find(qn("w:tblPr")))
    for row in new.iterchildren(_ROW):
        place = 0
        for cell in row.iterchildren(_CELL):
            columns = int(_span(cell))
            cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}").set(
                qn("w:w"), str(sum(widths[place : place + columns]))
            )
            place += columns
