"""A table of a document as it is looked at: what stands above it, where its headings may end, which rows say something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from lkjip_xl.report.docx.bookmarks import blocks_of
from lkjip_xl.report.docx.reading import Body, Cell, Grid, Paragraph
from lkjip_xl.report.review.figures import read
from lkjip_xl.report.review.words import ALIKE, Phrase, headings_alike, is_none, phrase

_HEADINGS = 3  # rows of headings at most, the numbers of the columns not among them
_FEWEST = 3  # cells of a row of headings within a table
_NUMBER = frozenset(("no", "nomor"))
_ABOVE = 3  # paragraphs above a table that may be its caption
_LONGEST = 300  # characters of a caption
_LABEL = 80  # characters of what a closing row is called
_CAPTION = re.compile(r"\s*(?:tabel|daftar|lampiran)\b", re.IGNORECASE)
_CONTINUED = re.compile(r"lanjut|sambung", re.IGNORECASE)
_SOURCE = re.compile(r"\s*(?:sumber|keterangan|ket|catatan)\s*[:.]", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2})\)?(?:\s*[=:(].*)?")
_GRAND = re.compile(r"(?:grand\s+)?(?:jumlah|total|rata\s*-?\s*rata)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Printed:
    """A table of the document; ``number`` counts them from 1, ``above`` are the paragraphs that may be its caption.

    ``block`` is that of a report of ours in which it stands, else empty.
    """

    number: int
    grid: Grid
    above: tuple[str, ...]
    block: str = ""

    @property
    def caption(self) -> str:
        """What the document calls the table: from the last line that begins like a caption on, else the last line."""
        begins = [n for n, text in enumerate(self.above) if _CAPTION.match(text)]
        return " ".join(self.above[begins[-1] :] if begins else self.above[-1:])

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.grid.rows[0])

    @cached_property
    def first(self) -> int:
        """The first row that is no title: no single cell over all columns."""
        titles = (n for n, row in enumerate(self.grid.rows) if len(set(row)) > 1 or self.width == 1)
        return next(titles, len(self.grid.rows))

    @cached_property
    def names(self) -> list[dict[int, Phrase]]:
        """What the cells of each column say in words, by the row in which they begin."""
        return [
            {
                n: said
                for n in range(self.first, len(self.grid.rows))
                if (n == self.first or self.grid.rows[n][column] is not self.grid.rows[n - 1][column])
                and any(map(str.isalpha, (said := phrase(self.text(n, column))).letters))
            }
            for column in range(self.width)
        ]

    def text(self, row: int, column: int) -> str:
        """Return what a place says."""
        return self.grid.rows[row][column].text

    def filled(self, row: int) -> list[Cell]:
        """Return the cells of a row that say something, each once."""
        return [cell for cell in dict.fromkeys(self.grid.rows[row]) if not is_none(cell.text)]

    def numbers_columns(self, row: int) -> bool:
        """Whether a row holds the numbers of the columns: 1 2 3, (1) (2), 6=5/4."""
        found = [_COLUMN_NUMBER.fullmatch(cell.text) for cell in self.filled(row)]
        numbers = [int(each[1]) for each in found if each]
        return len(numbers) == len(found) > 1 and sorted(set(numbers)) == numbers

    def headings(self, lines: int) -> list[str]:
        """Return the heading of each column, its texts from so many rows one after the other."""
        rows = self.grid.rows[self.first : self.first + lines]
        return [
            " ".join(cell.text for cell in dict.fromkeys(row[column] for row in rows) if cell.text)
            for column in range(self.width)
        ]

    def heading_lines(self, body: int) -> range:
        """Return how many rows of headings there may be above the row in which the body begins at the latest."""
        numbered = next((n for n in range(self.first, body) if self.numbers_columns(n)), body)
        return range(1, min(_HEADINGS, numbered - self.first) + 1)

    def body(self, lines: int) -> Iterator[int]:
        """Yield the rows below so many of headings; not the numbers of the columns, nor the headings again."""
        above = {self._texts(n) for n in range(self.first, self.first + lines)}
        for n in range(self.first + lines, len(self.grid.rows)):
            if self.filled(n) and not self.numbers_columns(n) and self._texts(n) not in above:
                yield n

    def _texts(self, row: int) -> tuple[str, ...]:
        return tuple(phrase(cell.text).letters for cell in self.grid.rows[row])

    def repeats(self, row: int) -> bool:
        """Whether a row has the same headings again, as on a new page."""
        return self._texts(row) in {
            self._texts(n) for n in range(self.first, min(row, self.first + _HEADINGS))
        }

    def heads_group(self, row: int) -> bool:
        """Whether a row says only what those below it belong to."""
        filled = self.filled(row)
        texts = [cell for cell in filled if not read(cell.text).any]
        return len(filled) == 1 or (len(filled) == 2 and len(texts) == 1 and filled[0] is not texts[0])

    def goes_on(self, before: Printed) -> bool:
        """Whether this may be the rest of a table: not called otherwise, and beginning with no row of headings."""
        called = _CAPTION.match(self.caption) is not None and _CONTINUED.search(self.caption) is None
        if (called and self.caption != before.caption) or self.first == len(self.grid.rows):
            return False
        begins = any(read(cell.text).any for cell in self.filled(self.first))
        return begins or self.heads_group(self.first)

    def closing(self, row: int, label: str) -> str:
        """Return what says in a row that it is the closing one, in our word for it or another; empty where nothing does."""
        texts = [cell.text for cell in self.filled(row) if len(cell.text) <= _LABEL]
        ours = [text for text in texts if phrase(text).letters == phrase(label).letters]
        return next(iter([*ours, *filter(_GRAND.match, texts)]), "")


def tables_of(body: Body) -> list[Printed]:
    """Return the tables of a document with what stands above each; one that follows at once has the caption before it."""
    found: list[Printed] = []
    above: list[str] = []
    for each, block in zip(body, blocks_of(body), strict=True):
        if isinstance(each, Paragraph):
            if each.text and len(each.text) <= _LONGEST and not _SOURCE.match(each.text):
                above.append(each.text)
        elif each.rows and each.rows[0]:
            for grid in _apart(each):
                lines = tuple(above[-_ABOVE:]) if above or not found else found[-1].above
                found.append(_titled(Printed(len(found) + 1, grid, lines, block)))
                above = []
    return found


def _titled(theirs: Printed) -> Printed:
    """Return a table with the titles that stand in its own first rows."""
    inside = [row[0].text for row in theirs.grid.rows[: theirs.first] if row[0].text]
    titles = [text for text in inside if _CAPTION.match(text) or not theirs.above]
    return replace(theirs, above=(*theirs.above, *titles))


def _apart(grid: Grid) -> Iterator[Grid]:
    """Yield the tables that a program has made one of, where nothing stood between them: each has headings of its own."""
    whole = Printed(0, grid, ())
    after = range(whole.first + 1, len(grid.rows))
    # two rows of headings have a cell in common
    below = next((n for n in after if not {*grid.rows[n]} & {*grid.rows[n - 1]}), whole.first)
    above = [each for n in range(whole.first, below) for each in whole.filled(n)]
    labels = [phrase(cell.text) for cell in above if not _counts(cell.text)]
    begin = 0
    for n in range(whole.first + 2, len(grid.rows)):
        if n - begin > 1 and not whole.repeats(n) and _heads(whole.filled(n), labels):
            yield _narrow(grid.rows[begin:n])
            begin = n
    yield _narrow(grid.rows[begin:])


def _heads(cells: list[Cell], labels: list[Phrase]) -> bool:
    """Whether a row is one of other headings: no figures, and half of it called like those above the table."""
    texts = [phrase(cell.text) for cell in cells]
    if len(texts) < _FEWEST or any(_counts(cell.text) for cell in cells):
        return False
    known = sum(any(headings_alike(label, text) >= ALIKE for label in labels) for text in texts)
    return known * 2 >= len(texts) or texts[0].letters in _NUMBER


def _counts(text: str) -> bool:
    """Whether a text is a figure, which no heading is; a year may stand in one."""
    return read(text).any and not phrase(text).years


def _narrow(rows: tuple[tuple[Cell, ...], ...]) -> Grid:
    """Return a table without the columns in which each cell is the one to its left."""
    kept = [n for n in range(len(rows[0])) if not n or any(row[n] is not row[n - 1] for row in rows)]
    return Grid(tuple(tuple(row[n] for n in kept) for row in rows))
