"""What the bookmarks of our blocks are called (see ``blocks``), and which paragraphs and tables lie in which block."""

from __future__ import annotations

import re

from lkjip_xl.report.docx.reading import Body, Paragraph

BEGINS = re.compile(r"lkjip_(?!akhir_)([a-z0-9_]+)_([0-9a-f]{6})")
ENDS = re.compile(r"lkjip_akhir_([a-z0-9_]+)")


def beginning(name: str, digest: str) -> str:
    """Return the name of the bookmark with which a block begins."""
    return f"lkjip_{name}_{digest}"


def ending(name: str) -> str:
    """Return the name of the bookmark with which a block ends."""
    return f"lkjip_akhir_{name}"


def blocks_of(body: Body) -> list[str]:
    """Return for each paragraph and table of a document the name of the block in which it lies; empty outside of all."""
    marks = [
        (place, bookmark)
        for place, each in enumerate(body)
        if isinstance(each, Paragraph)
        for bookmark in each.bookmarks
    ]
    last = {found[1]: place for place, bookmark in reversed(marks) if (found := ENDS.fullmatch(bookmark))}
    blocks = [""] * len(body)
    seen: set[str] = set()
    for place, bookmark in marks:
        found = BEGINS.fullmatch(bookmark)
        if found is not None and found[1] not in seen:  # the second with a name was copied
            seen.add(found[1])
            end = max(place, last.get(found[1], place))
            blocks[place : end + 1] = [found[1]] * (end + 1 - place)
    return blocks
