"""What a document holds of the workbook: blocks of paragraphs and tables that are known by bookmarks.

A block begins with a paragraph that has the bookmark ``lkjip_<name>_<digest>``, and ends with one that has
``lkjip_akhir_<name>``, or with the same. Each bookmark stays within its paragraph: LibreOffice writes one that reaches over
a table twice. The digest is of the block's text as we wrote it, so an edit of people can be told from an old figure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lkjip_xl.report.docx.bookmarks import BEGINS, ENDS, beginning, ending
from lkjip_xl.report.docx.elements import Element, marked, qn, texts
from lkjip_xl.report.docx.package import Package

_FOREIGN = tuple(
    qn(f"w:{name}")
    for name in (
        "footnoteReference",
        "endnoteReference",
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "pict",
        "object",
    )
)
_HELD = tuple(qn(name) for name in ("w:commentReference", "w:sectPr"))
_PARAGRAPH, _TABLE, _DRAWING = qn("w:p"), qn("w:tbl"), qn("w:drawing")
UNKNOWN = "-"
"""No digest: the paragraph that says it is gone."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a document: its elements lie one behind the other in the same parent."""

    name: str
    digest: str
    elements: tuple[Element, ...]

    @property
    def edited(self) -> bool:
        """Whether people have changed its text; nobody knows of a block that has lost its bookmark."""
        return bool(self.digest) and digest_of(self.elements) != self.digest


def visible(elements: Sequence[Element]) -> str:
    """Return the text of some elements as it is seen; one space stands for any number of them."""
    return " ".join(" ".join("".join(texts(each)).split()) for each in _paragraphs(elements)).strip()


def _paragraphs(elements: Sequence[Element]) -> Iterator[Element]:
    for each in elements:
        yield from [each] if each.tag == _PARAGRAPH else each.iter(_PARAGRAPH)


def digest_of(elements: Sequence[Element]) -> str:
    """Return a short digest of the text of some elements."""
    return hashlib.sha256(visible(elements).encode()).hexdigest()[:6]


def mark(elements: Sequence[Element], name: str, package: Package) -> None:
    """Put the bookmarks of a block into its first and last paragraph."""
    first, last = elements[0], elements[-1]
    digest = digest_of(elements)
    if last is not first:
        marked(last, package.next_bookmark(), ending(name))
    marked(first, package.next_bookmark(), beginning(name, digest))


def rename(block: Block, digest: str) -> None:
    """Write down the digest of a block's new text."""
    for start in block.elements[0].iter(qn("w:bookmarkStart")):
        found = BEGINS.fullmatch(start.get(qn("w:name"), ""))
        if found is not None and found[1] == block.name:
            start.set(qn("w:name"), beginning(block.name, digest))


def foreign(elements: Sequence[Element]) -> bool:
    """Whether there is anything in a block that we never put there: footnotes, pictures, tracked changes."""
    return any(
        found.tag != _DRAWING or not any(True for _ in found.iter(qn("c:chart")))
        for each in elements
        for found in each.iter(*_FOREIGN, _DRAWING)
    )


def holds(elements: Sequence[Element]) -> bool:
    """Whether anything of people would go with a block: their comments, and the end of a section."""
    return any(True for each in elements for _ in each.iter(*_HELD))


def bookmarked(of: Element) -> bool:
    """Whether a bookmark of ours begins or ends in an element."""
    return any(str(each.get(qn("w:name"))).startswith("lkjip_") for each in of.iter(qn("w:bookmarkStart")))


def blocks(package: Package) -> Iterator[Block]:
    """Yield the blocks of a document in its order; the second with a name that was copied is none.

    Of a block whose first paragraph was deleted the last one is left, with the table above it.
    """
    ends: dict[str, Element] = {}
    for start in package.bookmarks():
        end = ENDS.fullmatch(start.get(qn("w:name"), ""))
        if end is not None:
            ends.setdefault(end[1], _paragraph_of(start))
    seen: set[str] = set()
    for start in list(package.bookmarks()):
        found = BEGINS.fullmatch(start.get(qn("w:name"), ""))
        if found is None or found[1] in seen:
            continue
        first = _paragraph_of(start)
        if first is None:
            continue
        seen.add(found[1])
        yield Block(found[1], found[2], tuple(_between(first, ends.get(found[1]))))
    for name, last in ends.items():
        if name not in seen and last is not None:
            above = last.getprevious()
            table = above is not None and above.tag == _TABLE
            yield Block(name, UNKNOWN, (above, last) if table else (last,))


def _paragraph_of(start: Element) -> Element | None:
    """Return the paragraph in which a bookmark begins; of one between paragraphs the next."""
    for each in (start, *start.iterancestors()):
        if each.tag == _PARAGRAPH:
            return each
    following = start.getnext()
    while following is not None and following.tag != _PARAGRAPH:
        following = following.getnext()
    return following


def _between(first: Element, last: Element | None) -> Iterator[Element]:
    """Yield the elements from one to another, which stands behind it in the same parent; else the first alone."""
    found = [first]
    following = first
    while last is not None and following is not last:
        following = following.getnext()
        if following is None:  # the end was moved elsewhere
            found = [first]
            break
        found.append(following)
    yield from found
