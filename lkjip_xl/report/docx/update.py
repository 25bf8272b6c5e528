"""A report that people have worked on, brought up to date: only what comes from the workbook changes, and only where it differs.

What people changed within a block is never overwritten unless asked; blocks that they deleted stay away unless asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lkjip_xl.report.charts import Chart
from lkjip_xl.report.docx.blocks import Block, blocks, digest_of, foreign, holds, rename, visible
from lkjip_xl.report.docx.captions import passed_over, renew_captions
from lkjip_xl.report.docx.chart_part import chart_parts, figures_in
from lkjip_xl.report.docx.elements import Element, take_out
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.quoted import quoted
from lkjip_xl.report.docx.rewrite import counts_alike, in_place, taken_over
from lkjip_xl.report.docx.search import completed, found_by_text
from lkjip_xl.report.docx.writer import PLACE_STYLE, Writer
from lkjip_xl.report.outline import Part, Place, Prose


class Change(StrEnum):
    """What became of a block."""

    SAME = "sama"
    UPDATED = "diperbarui"
    ADDED = "ditambahkan"
    REMOVED = "dihapus: tidak ada lagi di buku kerja"
    ABSENT = "sudah dihapus orang; kembalikan dengan --restore"
    EDITED = "disunting orang, dan buku kerja tidak berubah; dibiarkan"
    CONFLICT = "disunting orang, padahal buku kerja berubah; dibiarkan, atau timpa dengan --replace-edited"
    FOREIGN = "memuat gambar, catatan kaki, atau perubahan terlacak dari orang, padahal buku kerja berubah; dibiarkan"
    ORPHAN = "tidak ada lagi di buku kerja, tetapi disunting orang; dibiarkan"

    @property
    def left(self) -> bool:
        """Whether the block does not say what the workbook says."""
        return self in (Change.CONFLICT, Change.FOREIGN, Change.ORPHAN)

    @property
    def worth_telling(self) -> bool:
        """Whether people should know of it."""
        return self not in (Change.SAME, Change.UPDATED)


@dataclass
class Update:
    """Brings the blocks of a document up to date; ``changes`` tell what became of each, by name."""

    package: Package
    writer: Writer
    restore: bool = False
    replace_edited: bool = False
    changes: dict[str, Change] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    """By name what people call a block."""

    def apply(self, parts: Sequence[Part], kept: Sequence[str] | None) -> None:
        """Bring a document up to date; ``kept`` are the names of the blocks that it once had, None where nobody knows."""
        renew_captions(self.package)
        self.writer.passed = passed_over(parts)
        living = {part.name: part for part in parts if part.name}
        known = {block.name: block for block in blocks(self.package)}
        taken = {each for block in known.values() for each in block.elements}
        for name, part in living.items():
            if name not in known and (found := found_by_text(part, self.writer, self.package, taken)):
                known[name] = found
                taken |= {*found.elements}
            elif name in known and isinstance(part.content, Prose):
                known[name] = completed(known[name], self.writer.elements(part)[0], taken)
                taken |= {*known[name].elements}
        gone = [block for name, block in known.items() if name not in living]
        for name, part in living.items():
            self.labels[name] = part.label
            if name in known:
                said = quoted(known[name], self.package, part)
                bring = self._bring_chart if isinstance(part.content, Chart) else self._bring
                known[name], self.changes[name] = bring(known[name], part)
                self.labels[name] = said
            elif self.restore or (kept is not None and name not in kept):
                self._insert(part, [*living], known, gone)
                self.changes[name] = Change.ADDED
            else:
                self.changes[name] = Change.ABSENT
        for block in gone:
            self.labels[block.name] = quoted(block, self.package)
            self.changes[block.name] = self._leave(block)

    def _bring(self, block: Block, part: Part) -> tuple[Block, Change]:
        """Return the block as it stands afterwards, and what became of it."""
        new, _ = self.writer.elements(part)
        if visible(block.elements) == visible(new) and counts_alike(block.elements, new):
            return block, Change.SAME
        theirs = foreign(block.elements)
        if block.edited or theirs:
            if block.digest == digest_of(new):  # who writes in a place does what it asks for
                return block, Change.SAME if isinstance(part.content, Place) else Change.EDITED
            if theirs or not self.replace_edited:
                return block, Change.FOREIGN if theirs else Change.CONFLICT
        if self._is_place(block.elements) == self._is_place(new) and in_place(block.elements, new):
            rename(block, digest_of(block.elements))
            return block, Change.UPDATED
        taken_over(block.elements, new)
        first = block.elements[0]
        for each in new:
            first.addprevious(each)
        for each in block.elements:
            take_out(each)
        return Block(part.name, digest_of(new), tuple(new)), Change.UPDATED

    def _is_place(self, elements: Sequence[Element]) -> bool:
        return self.package.style_name(elements[0]) == PLACE_STYLE.lower()

    def _bring_chart(self, block: Block, part: Part) -> tuple[Block, Change]:
        """Let the drawing show the new figures, and write the caption; where people took the drawing away all stays."""
        chart = part.content
        assert isinstance(chart, Chart)  # noqa: S101 - the only parts that come here
        drawn = [*self.package.charts(block.elements)]
        caption = [self.writer.caption(chart.title, part.name)]
        same = visible(block.elements) == visible(caption)
        if drawn == [figures_in(chart)] and same:
            return block, Change.SAME
        if len(drawn) != 1:
            return block, Change.EDITED
        if block.edited and not same and not self.replace_edited:
            return block, Change.CONFLICT
        for each in block.elements:
            self.package.set_chart(each, chart_parts(chart), chart.words)
        if not same and in_place(block.elements[-1:], caption):
            rename(block, digest_of(block.elements))
        return block, Change.UPDATED

    def _leave(self, block: Block) -> Change:
        if block.edited or foreign(block.elements) or holds(block.elements):
            return Change.ORPHAN
        for each in block.elements:
            take_out(each)
        return Change.REMOVED

    def _insert(
        self, part: Part, names: Sequence[str], known: dict[str, Block], gone: Sequence[Block]
    ) -> None:
        """Put a new block where it belongs: in the place of one that is gone, before the next one, or after the last."""
        name = part.name
        new, _ = self.writer.elements(part)
        place = names.index(name)
        before = next((known[each] for each in reversed(names[:place]) if each in known), None)
        after = next((known[each] for each in names[place + 1 :] if each in known), None)
        left = next((block for block in gone if self._between(before, block, after)), None)
        following = left or after
        if following is not None and following.elements[0].getparent() is not None:
            for each in new:
                following.elements[0].addprevious(each)
        elif before is not None:
            at = before.elements[-1]
            for each in new:
                at.addnext(each)
                at = each
        else:
            end = self.package.body.sectPr
            for each in new:
                end.addprevious(each)
        known[name] = Block(name, digest_of(new), tuple(new))

    def _between(self, before: Block | None, block: Block, after: Block | None) -> bool:
        """Whether a block lies between two others, of which either may not be there."""
        body = [*self.package.body.iter()]
        at = body.index(block.elements[0])
        return (before is None or body.index(before.elements[0]) < at) and (
            after is None or at < body.index(after.elements[0])
        )
