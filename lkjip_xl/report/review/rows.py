"""Which row of a printed table is which of ours: by what they are called, never by where they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lkjip_xl.report.review.figures import read
from lkjip_xl.report.review.ours import OurCell, Wanted
from lkjip_xl.report.review.theirs import Printed
from lkjip_xl.report.review.words import ALIKE, Phrase, names_alike, phrase

_FEW = 30  # rows that are all compared with each other; of more, those that share most words
_NEAREST = 8
_NAMES = 2  # columns of ours that may name the rows


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of theirs and which of ours they are; ``name`` and ``named`` are our and their column that say so."""

    name: int
    named: int
    pairs: Mapping[int, int]


def paired(wanted: Wanted, theirs: Printed) -> Rows | None:
    """Return the rows that are ours, by the column that names most of them; None where there is none."""
    best: Rows | None = None
    for name in wanted.names[:_NAMES]:
        rows = _named(wanted, theirs, name)
        if rows is not None and (best is None or len(rows.pairs) > len(best.pairs)):
            best = rows
        if best is not None and len(best.pairs) == len(wanted.rows):
            break
    return best


def _named(wanted: Wanted, theirs: Printed, name: int) -> Rows | None:
    """Return the rows by a column of ours, and that of theirs in which the names are most alike."""
    best, most = None, 0.0
    ours = {n: phrase(row[name].text) for n, row in enumerate(wanted.rows) if row[name].text}
    for named, said in enumerate(theirs.names):
        pairs = _pairs(wanted, ours, theirs, said)
        alike = sum(names_alike(ours[our], said[row]) for row, our in pairs.items())
        if alike > most:
            best, most = Rows(name, named, pairs), alike
    return best


def _pairs(
    wanted: Wanted, ours: Mapping[int, Phrase], theirs: Printed, said: Mapping[int, Phrase]
) -> dict[int, int]:
    """Return their rows with ours: first those that are called the same, then those that are called alike."""
    here, there = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for n, name in ours.items():
        here[name.letters].append(n)
    for n, name in said.items():
        there[name.letters].append(n)
    pairs: dict[int, int] = {}
    for letters in here.keys() & there.keys():
        same = [(1.0, each, our) for each in there[letters] for our in here[letters]]
        pairs |= _taken(wanted, theirs, same)
    known = {*pairs.values()}
    left = {n: name for n, name in ours.items() if n not in known}
    open_ = {n: name for n, name in said.items() if n not in pairs}
    alike = [
        (likeness, each, our)
        for each, our in _candidates(left, open_)
        if (likeness := names_alike(left[our], open_[each])) >= ALIKE
    ]
    return pairs | _taken(wanted, theirs, alike)


def _candidates(ours: Mapping[int, Phrase], said: Mapping[int, Phrase]) -> Iterable[tuple[int, int]]:
    """Yield their and our rows that may be called alike."""
    if len(ours) <= _FEW and len(said) <= _FEW:
        yield from ((each, our) for each in said for our in ours)
        return
    with_word = defaultdict[str, list[int]](list)
    for our, name in ours.items():
        for word in set(name.words):
            with_word[word].append(our)
    for each, name in said.items():
        shared = Counter[int]()
        for word in set(name.words):
            for our in with_word[word]:
                shared[our] += 1
        yield from ((each, our) for our, _ in shared.most_common(_NEAREST))


def _taken(wanted: Wanted, theirs: Printed, alike: Sequence[tuple[float, int, int]]) -> dict[int, int]:
    """Return each row once: the most alike first; of equals those that agree in more cells, then the nearest."""

    def order(each: tuple[float, int, int]) -> tuple[float, int, int]:
        likeness, row, our = each
        return -round(likeness, 2), -_agreeing(wanted.rows[our], theirs, row), abs(row - theirs.first - our)

    if len(alike) == 1:
        return {alike[0][1]: alike[0][2]}
    pairs: dict[int, int] = {}
    used = set[int]()
    for _, row, our in sorted(alike, key=order):
        if row not in pairs and our not in used:
            pairs[row] = our
            used.add(our)
    return pairs


def _agreeing(ours: Sequence[OurCell], theirs: Printed, row: int) -> int:
    """Return how many of our cells stand in a row of theirs, figures whatever their unit."""
    said = Counter(_content(cell.text) for cell in theirs.filled(row))
    return sum((said & Counter(_content(cell.text) for cell in ours if cell.text)).values())


def _content(text: str) -> Decimal | str:
    figures = read(text).figures
    return figures[0].value if len(figures) == 1 else phrase(text).letters
