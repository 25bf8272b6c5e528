"""Which tables of a document are ours: by headings, by the names of rows, and by what stands above; never by position."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lkjip_xl.report.docx.reading import Body
from lkjip_xl.report.review.columns import Columns, matched
from lkjip_xl.report.review.ours import Wanted
from lkjip_xl.report.review.rows import Rows, paired
from lkjip_xl.report.review.theirs import Printed, tables_of
from lkjip_xl.report.review.words import is_none, phrase, words_alike

_LEAST = 0.5
_EXPLAINED = 0.5  # of their headings at least
_MISSED = 4  # of so many rows of ours a table may lack one, or it is an excerpt
_ONLY, _ONLY_SO_CALLED = (
    0.8,
    0.6,
)  # explained where the only row is ours by nothing else, or by the caption, too


@dataclass(frozen=True)
class Match:
    """A table of the document that is one of ours, or a part of one.

    ``columns`` and ``rows`` are ours with theirs; ``total`` is the row that closes it, ``strange`` are rows that are none of
    ours.
    """

    wanted: Wanted
    theirs: Printed
    headings: tuple[str, ...]
    columns: Mapping[int, int]
    rows: Mapping[int, int]
    total: int | None
    strange: tuple[int, ...]
    named: int
    """Their column that names the rows."""
    score: float


@dataclass(frozen=True)
class Matches:
    """What was found of ours, and the tables of the document that are none of ours."""

    found: tuple[Match, ...]
    strange: tuple[Printed, ...]


def matches(tables: Sequence[Wanted], body: Body) -> Matches:
    """Return the tables of a document with ours, in its order."""
    found: list[Match] = []
    strange: list[Printed] = []
    for theirs in tables_of(body):
        options = [each for wanted in tables if (each := match(wanted, theirs)) is not None]
        best = max(options, key=lambda each: each.score, default=None)
        if best is None and found and found[-1].theirs.number == theirs.number - 1:
            best = _continued(found[-1], theirs)
        if best is None:
            strange.append(theirs)
        else:
            found.append(best)
    return Matches(tuple(_closed(found)), tuple(strange))


def match(wanted: Wanted, theirs: Printed) -> Match | None:
    """Return a table of the document as one of ours; None where too little speaks for it."""
    if _of_another_year(wanted, theirs.caption):
        return None
    rows = paired(wanted, theirs) or _only_row(wanted, theirs)
    columns = matched(wanted, theirs, rows) if rows else None
    if rows is None or columns is None or columns.theirs < _EXPLAINED:
        return None
    if not rows.pairs.keys() & set(theirs.body(columns.lines)):
        return None
    return _match(wanted, theirs, rows, columns)


def _match(wanted: Wanted, theirs: Printed, rows: Rows, columns: Columns) -> Match | None:
    body = [*theirs.body(columns.lines)]
    pairs = {our: row for row, our in rows.pairs.items()}
    left = [n for n in body if n not in rows.pairs]
    total = next((n for n in reversed(left) if theirs.closing(n, wanted.total_label)), None)
    total = None if wanted.total is None else total
    strange = [
        n
        for n in left
        if n != total and not _empty_below(theirs, n, columns) and not theirs.closing(n, wanted.total_label)
    ]
    known = len(pairs) / (len(pairs) + len(strange))
    score = 0.4 * columns.theirs + 0.15 * columns.ours + 0.25 * known + 0.2 * _caption(wanted, theirs)
    if score < _LEAST:
        return None
    return Match(
        wanted,
        theirs,
        columns.headings,
        columns.pairs,
        pairs,
        total,
        tuple(strange),
        rows.named,
        score,
    )


def _empty_below(theirs: Printed, row: int, columns: Columns) -> bool:
    """Whether a row says nothing below our headings, or only what the rows below it belong to."""
    return theirs.heads_group(row) or all(is_none(theirs.text(row, n)) for n in columns.pairs.values())


def _only_row(wanted: Wanted, theirs: Printed) -> Rows | None:
    """Return the one row of a table as our one row, whatever it is called, where headings leave no doubt."""
    if len(wanted.rows) != 1:
        return None
    least = _ONLY_SO_CALLED if _caption(wanted, theirs) >= _ONLY_SO_CALLED else _ONLY
    for lines in theirs.heading_lines(len(theirs.grid.rows)):
        left = [
            n
            for n in theirs.body(lines)
            if not theirs.closing(n, wanted.total_label) and not theirs.heads_group(n)
        ]
        if len(left) == 1:
            for named in range(theirs.width):
                rows = Rows(wanted.names[0], named, {left[0]: 0})
                columns = matched(wanted, theirs, rows)
                if columns is not None and columns.theirs >= least and columns.lines == lines:
                    return rows
    return None


def _continued(before: Match, theirs: Printed) -> Match | None:
    """Return a table without headings, nor a caption of its own, as what goes on of the one before it."""
    if theirs.width != before.theirs.width or not theirs.goes_on(before.theirs):
        return None
    rows = paired(before.wanted, theirs)
    if rows is None or rows.named != before.named or len(rows.pairs) * 2 < len([*theirs.body(0)]):
        return None
    columns = Columns(0, before.headings, before.columns, 1.0, 1.0)
    return _match(before.wanted, theirs, rows, columns)


def _closed(found: Sequence[Match]) -> Iterator[Match]:
    """Yield the matches; of the tables of a copy only the last keeps its total: those before it close parts."""
    keys = dict.fromkeys(each.wanted.key for each in found)
    closing = {
        max(each.theirs.number for each in copy if each.total is not None)
        for key in keys
        for copy in copies([each for each in found if each.wanted.key == key])
        if any(each.total is not None for each in copy)
    }
    for each in found:
        yield each if each.theirs.number in closing else replace(each, total=None)


def copies(own: Sequence[Match]) -> list[list[Match]]:
    """Return the tables that are one of ours as those that together must hold all its rows.

    A table printed in parts has all rows in each of them, one that stands in two places in both; one that goes on in
    another table has them in both together. Excerpts are none of these where there is the whole.
    """
    found: list[list[Match]] = []
    for each in own:
        before = next((copy for copy in reversed(found) if _goes_on(copy, each)), None)
        if before is None:
            found.append([each])
        else:
            before.append(each)
    return [copy for copy in found if _whole(copy)] or [[*own]]


def _goes_on(copy: Sequence[Match], each: Match) -> bool:
    """Whether a table has other rows than those before it, below the same columns."""
    rows, columns = _rows(copy), _columns(copy)
    shared, below = rows & {*each.rows}, columns & _columns([each])
    return len(shared) * 2 < min(len(rows), len(each.rows)) and len(below) * 2 >= min(
        len(columns), len(_columns([each]))
    )


def _whole(copy: Sequence[Match]) -> bool:
    """Whether so many of our rows are there that the others are missed; in a block of ours all are."""
    if any(each.theirs.block for each in copy):
        return True
    rows = len(copy[0].wanted.rows)
    lacking = rows - len(_rows(copy))
    return lacking * 2 < rows and lacking <= max(1, rows // _MISSED)


def _rows(copy: Sequence[Match]) -> set[int]:
    return {our for each in copy for our in each.rows}


def _columns(copy: Sequence[Match]) -> set[int]:
    """Return our columns that some tables print, without those that number and name the rows."""
    return {
        our
        for each in copy
        for our, place in each.columns.items()
        if place != each.named and each.wanted.columns[our].kind != "number"
    }


def _of_another_year(wanted: Wanted, caption: str) -> bool:
    """Whether a caption names years, and neither the report's nor one of our title's is among them."""
    years = phrase(caption).years
    return bool(years) and not years & (phrase(wanted.title).years | {wanted.year})


def _caption(wanted: Wanted, theirs: Printed) -> float:
    """Return how much a caption is ours: by its number, and by the words of our title in it."""
    caption = phrase(theirs.caption)
    title = [word for word in phrase(wanted.title).words if len(word) > 2]
    if not caption.words or not title:
        return 0.0
    said = sum(any(words_alike(word, each) for each in caption.words) for word in title) / len(title)
    number = phrase(wanted.number).letters
    return min(1.0, said + (0.4 if number and caption.letters.startswith(number) else 0.0))
