"""The cells of a table in a document, each in every place that it covers, merged as it may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lkjip_xl.xlsx.errors import LargeError

_SLIVER = (
    200  # twentieths of a point: narrower columns hold no letter, and come of edges that do not quite meet
)


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell and where it begins; the same object stands in every place that it covers."""

    text: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of equally many cells; rows and columns count from 0."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A cell as it is written: its text, over how many columns, and whether it continues the one above or to its left."""

    text: str = ""
    columns: int = 1
    below: bool = False
    beside: bool = False


_Origin = tuple[int, int]  # row and column in which a cell begins
_Texts = dict[_Origin, str]
_Places = list[list[_Origin]]


def grid(rows: Sequence[Sequence[Written]], widths: Sequence[int], area: int) -> Grid:
    """Return a table of rows as they are written, with the widths of its columns; raise ``LargeError`` beyond an area."""
    texts: _Texts = {}
    places: _Places = []
    for number, row in enumerate(rows):
        places.append([*_places(number, row, places[-1] if places else (), texts, area)])
    wide = max(map(len, places), default=0)
    if wide * len(places) > area:
        raise LargeError
    for number, line in enumerate(places):
        line += [(number, column) for column in range(len(line), wide)]
    kept = _kept(places, texts, widths)
    cells: dict[_Origin, Cell] = {}
    for number, line in enumerate(places):
        for column, at in enumerate(kept):
            cells.setdefault(line[at], Cell(texts.get(line[at], ""), number, column))
    return Grid(tuple(tuple(cells[line[at]] for at in kept) for line in places))


def _places(
    number: int, row: Sequence[Written], above: Sequence[_Origin], texts: _Texts, area: int
) -> Iterator[_Origin]:
    """Yield for each column of a row where its cell begins; note the texts of those that begin here."""
    column, last = 0, (number, 0)
    for cell in row:
        if cell.columns > area - column:
            raise LargeError
        if cell.below and column < len(above):
            last = above[column]
        elif not (cell.beside and column):
            last = (number, column)
        texts[last] = f"{texts[last]} {cell.text}".strip() if last in texts else cell.text
        column += cell.columns
        yield from [last] * cell.columns


def _kept(places: _Places, texts: _Texts, widths: Sequence[int]) -> list[int]:
    """Return the columns without those that are too narrow to hold anything, unless a text stands in no other."""
    wide = len(places[0]) if places else 0
    if len(widths) != wide:
        return [*range(wide)]
    broad = [column for column in range(wide) if widths[column] >= _SLIVER]
    seen = {line[column] for line in places for column in broad}
    return [
        column
        for column in range(wide)
        if widths[column] >= _SLIVER
        or any(texts.get(line[column]) and line[column] not in seen for line in places)
    ]
