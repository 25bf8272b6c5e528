"""A printed table as wide as the paper: narrower texts where that is enough, else several parts with its keys again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lkjip_xl.report.printed import GroupHeading, Heading, PrintedTable, Row, Total
from lkjip_xl.template.declaration import Paper
from lkjip_xl.words import wording
from lkjip_xl.write.printing import Line, parts, points, widest

CONTINUED = "(lanjutan)"
_SHARE = 0.7  # of its width is left to a text at least
_TEXTS = ("text", "reference", "fixed")
_SHORT = 16  # characters: a text so narrow keeps its width
_ROOM = 3  # characters beside a figure


@dataclass(frozen=True, slots=True)
class Part:
    """Some columns of a table, as a table: their widths in characters, and the numbers that they have in the whole."""

    table: PrintedTable
    widths: tuple[float, ...]
    numbers: tuple[int, ...]


def table_parts(table: PrintedTable, paper: Paper) -> tuple[Part, ...]:
    """Return the parts in which a table is printed on a paper, one where it is not too wide."""
    widths = _narrowed(table, [_width(table, n) for n in range(len(table.columns))], paper)
    lines = [
        Line(width, unit, column.key)
        for width, unit, column in zip(widths, _units(table), table.columns, strict=True)
    ]
    return tuple(
        Part(
            _continued(_chosen(table, chosen)) if place else _chosen(table, chosen),
            tuple(widths[n] for n in chosen),
            tuple(n + 1 for n in chosen),
        )
        for place, chosen in enumerate(parts(lines, paper))
    )


def _width(table: PrintedTable, place: int) -> float:
    """Return how wide a column is: as declared, or as its longest figure needs."""
    declared = table.columns[place].declared
    values = [line.cells[place].value for line in table.rows if isinstance(line, Row)]
    if table.total is not None:
        values.append(table.total.values[place])
    decimals = declared.decimals
    most = decimals[-1] if isinstance(decimals, tuple) else decimals
    figures = (wording.number(value, most) for value in values if isinstance(value, float))
    needed = max((len(text) + _ROOM for text in figures), default=0) if declared.type != "ordinal" else 0
    return max(declared.width, needed)


def _narrowed(table: PrintedTable, widths: list[float], paper: Paper) -> list[float]:
    """Return the widths with those of texts smaller, as far as that keeps the table in one part."""
    texts = [
        n
        for n, column in enumerate(table.columns)
        if column.declared.type in _TEXTS and column.declared.width > _SHORT
    ]
    narrow = [width * (_SHARE if n in texts else 1) for n, width in enumerate(widths)]
    full, least, room = points(widths), points(narrow), widest(paper)
    if full <= room or least > room:
        return widths
    share = _SHARE + (1 - _SHARE) * (room - least) / (full - least)
    return [int(width * share) if n in texts else width for n, width in enumerate(widths)]


def _units(table: PrintedTable) -> Iterator[str]:
    """Yield for each column what it stays together with: those below one heading, or of one year."""
    over = {
        n: str(each.text)
        for each in table.headings
        if each.columns > 1
        for n in range(each.column, each.column + each.columns)
    }
    for place, column in enumerate(table.columns):
        yield over.get(place) or str(column.year or f"kolom {place}")


def _continued(table: PrintedTable) -> PrintedTable:
    if table.number:
        return replace(table, number=f"{table.number} {CONTINUED}")
    return replace(table, title=f"{table.title} {CONTINUED}")


def _chosen(table: PrintedTable, chosen: Sequence[int]) -> PrintedTable:
    """Return some columns of a table."""
    rows = tuple(
        line if isinstance(line, GroupHeading) else Row(tuple(line.cells[n] for n in chosen))
        for line in table.rows
    )
    return replace(
        table,
        columns=tuple(table.columns[n] for n in chosen),
        headings=tuple(_headings(table.headings, chosen)),
        rows=rows,
        total=table.total and _total(table, table.total, chosen),
    )


def _headings(headings: Sequence[Heading], chosen: Sequence[int]) -> Iterator[Heading]:
    """Yield the headings above some columns, where these stand now."""
    for each in headings:
        places = [place for place, n in enumerate(chosen) if each.column <= n < each.column + each.columns]
        if places:
            yield replace(each, column=places[0], columns=len(places))


def _total(table: PrintedTable, total: Total, chosen: Sequence[int]) -> Total:
    """Return the closing row of some columns; where its label is not among them a key without a total takes it."""
    values = [total.values[n] for n in chosen]
    if total.label_at is None or total.label_at in chosen:
        return Total(tuple(values), None if total.label_at is None else chosen.index(total.label_at))
    free = [
        place
        for place, n in enumerate(chosen)
        if table.columns[n].key and table.columns[n].declared.type != "ordinal" and values[place] is None
    ]
    if free:
        values[free[0]] = total.values[total.label_at]
    return Total(tuple(values), free[0] if free else None)
