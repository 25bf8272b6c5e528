"""Which column of a printed table is which of ours: by its heading, and where that leaves a doubt by what stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lkjip_xl.report.review.figures import Verdict, judged, read
from lkjip_xl.report.review.ours import OurCell, OurColumn, Wanted
from lkjip_xl.report.review.rows import Rows
from lkjip_xl.report.review.theirs import Printed
from lkjip_xl.report.review.words import Phrase, headings_alike, is_none, phrase, same_text

_LEAST = 0.5
_AGREEMENT, _NEARNESS, _OTHER_KIND = (
    0.12,
    0.04,
    0.35,
)  # what a doubt weighs, beside a heading that is the same (1)
_NUMBERS = frozenset(("no", "nomor", "nomer", "num", ""))  # headings of columns that only count


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of ours with those of theirs, and how well both sides are explained by it, from 0 to 1."""

    lines: int
    headings: tuple[str, ...]
    pairs: Mapping[int, int]
    theirs: float
    ours: float


def matched(wanted: Wanted, theirs: Printed, rows: Rows) -> Columns | None:
    """Return the columns by the headings that explain most; None where no row of headings can be one."""
    first = min(rows.pairs)
    found = [_by_headings(wanted, theirs, rows, lines) for lines in theirs.heading_lines(first)]
    return max(found, key=lambda each: each.theirs, default=None)


def _by_headings(wanted: Wanted, theirs: Printed, rows: Rows, lines: int) -> Columns:
    headings = theirs.headings(lines)
    phrases = [phrase(text) for text in headings]
    alike: dict[tuple[int, int], float] = {}
    for our, column in enumerate(wanted.columns):
        for place, heading in enumerate(phrases):
            likeness = _likeness(column, heading, wanted.year)
            if likeness >= _LEAST:
                alike[our, place] = likeness
    weighed = {
        (our, place): likeness + _doubt(wanted, theirs, rows, our, place)
        for (our, place), likeness in alike.items()
    }
    pairs = {rows.name: rows.named}
    for our, place in sorted(weighed, key=lambda each: -weighed[each]):
        if our not in pairs and place not in pairs.values() and weighed[our, place] >= _LEAST:
            pairs[our] = place
    sure = {place: alike.get((our, place), _LEAST) for our, place in pairs.items()}
    counted = {n for n, heading in enumerate(headings) if counts(heading)}
    asked = {heading: 0.0 for n, heading in enumerate(headings) if n in counted}
    for place, likeness in sure.items():
        if place in counted:
            asked[headings[place]] = max(asked[headings[place]], likeness)
    ours = [n for n, column in enumerate(wanted.columns) if column.kind != "number"]
    return Columns(
        lines,
        tuple(headings),
        pairs,
        sum(asked.values()) / max(1, len(asked)),
        sum(sure[pairs[n]] for n in ours if n in pairs) / max(1, len(ours)),
    )


def counts(heading: str) -> bool:
    """Whether a column is one that says something: not only the number of a row."""
    return "".join(phrase(heading).words) not in _NUMBERS


def _likeness(column: OurColumn, heading: Phrase, year: int) -> float:
    """Return how much a heading is that of a column; one of another year is not."""
    likeness = headings_alike(column.heading, heading)
    if column.years and heading.years:
        return likeness if column.years & heading.years else 0.0
    if column.years:  # which of several years it is, cannot be told
        return 0.0 if column.repeated else likeness * 0.9
    return likeness if not heading.years or year in heading.years else 0.0


def _doubt(wanted: Wanted, theirs: Printed, rows: Rows, our: int, place: int) -> float:
    """Return what speaks for a column beside its heading: its cells, and a little where it stands."""
    both = [(wanted.rows[mine][our], theirs.text(row, place)) for row, mine in rows.pairs.items()]
    said = [(ours, text) for ours, text in both if ours.text and not is_none(text)]
    near = 1 - abs(our / len(wanted.columns) - place / theirs.width)
    if not said:
        return _NEARNESS * near
    agreeing = sum(_agrees(ours, text) for ours, text in said) / len(said)
    figures = sum(read(text).any for _, text in said) / len(said)
    other = figures < 0.5 if wanted.columns[our].kind == "figure" and _typed(said) else False
    return _NEARNESS * near + _AGREEMENT * agreeing - _OTHER_KIND * other


def _typed(said: Sequence[tuple[OurCell, str]]) -> bool:
    """Whether most of our cells are figures, no grades."""
    return sum(isinstance(ours.value, float) for ours, _ in said) * 2 > len(said)


def _agrees(ours: OurCell, text: str) -> bool:
    if isinstance(ours.value, float):
        return judged(ours.value, ours.decimals, text, computed=False)[0] is Verdict.SAME
    return same_text(ours.text, text)
