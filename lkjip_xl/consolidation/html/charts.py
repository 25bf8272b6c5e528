"""The charts of the page as shapes with their places: the template draws them, so that no text in them is ever markup."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from lkjip_xl.consolidation.chosen import Agency, Outcome
from lkjip_xl.consolidation.regent.quarters import Point, axes_of, quarters_of
from lkjip_xl.consolidation.regent.shown import SIGNS, STEP_SIGNS, Regent, marked
from lkjip_xl.consolidation.sheets import labelled
from lkjip_xl.consolidation.totals import Figure, ranked, step
from lkjip_xl.template.declared_batch import FigureDeclaration, QuartersDeclaration
from lkjip_xl.words import wording

RANKED = 30
"""OPDs up to which a ranking has all of them; of more it has so many in all from both its ends."""
NUMBERED = 100
"""OPDs up to which each point has its number."""
LISTED = 300
"""OPDs of a quarter that are named."""
NAMED = 12
"""OPDs that are named of those that have not reported, or are not final."""
WIDE, HIGH = 560, 450  # of the scatter, in its own units
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 22, 46, 96
_TICKS = 8  # on an axis at most
_STACK = 600  # units from end to end
_COLUMN, _TALL = 110, 150  # how far columns stand apart, and how tall the tallest is


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the stacked bar, or a column: what it is called, how many there are, its place and size, its colours.

    ``lines`` are the OPDs in a part of the bar, or what a column is called, line by line.
    """

    sign: str
    label: str
    number: str
    at: float
    size: float
    look: str
    lines: Sequence[str] = ()


def sent(regent: Regent) -> list[Part]:
    """Return how many OPDs have reported, as parts of one bar."""
    chosen = regent.batch.chosen
    all_ = max(1, len(chosen.agencies))
    found: list[Part] = []
    at = 0.0
    for outcome, sign in SIGNS.items():
        number = chosen.number(outcome)
        if number or outcome is not Outcome.LEFT_OUT:
            size = round(_STACK * number / all_, 2)
            look = f"warna-{outcome.name.lower()}"
            part = Part(sign, outcome.capitalize(), wording.number(number), round(at, 2), size, look)
            found.append(replace(part, lines=_named(regent, outcome)))
            at += size
    return found


def _named(regent: Regent, outcome: Outcome) -> list[str]:
    """Return the OPDs with an outcome that asks for something to be done, the first of them."""
    if outcome is Outcome.ACCEPTED:
        return []
    names = [each.name for each in regent.batch.chosen.agencies if each.outcome is outcome]
    more = len(names) - NAMED
    return names if more <= 0 else [*names[:NAMED], f"dan {wording.number(more)} lagi"]


def columns(regent: Regent, figure: FigureDeclaration) -> list[Part]:
    """Return how many OPDs are on each step of a figure's scale, as columns."""
    counts = regent.spread(figure)
    most = max([1, *counts.values()])
    found = []
    for number, (label, count) in enumerate(counts.items()):
        place = regent.step_place(figure.scale or "", label) or 0
        size = round(_TALL * count / most, 2)
        lines = textwrap.wrap(label, 13)
        at = _COLUMN * number
        found.append(
            Part(STEP_SIGNS[place], label, wording.number(count), at, size, f"tingkat-{place}", lines)
        )
    return found


@dataclass(frozen=True, slots=True)
class Ranked:
    """An OPD in a ranking; ``length`` of its bar is in percent of the longest."""

    place: str
    name: str
    value: str
    step: str
    length: float
    look: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ranking from both its ends; ``between`` says how many stand between them."""

    title: str
    unit: str
    first: Sequence[Ranked]
    between: str
    last: Sequence[Ranked]


def rankings(regent: Regent) -> Iterator[Ranking]:
    """Yield the rankings."""
    for figure in regent.declared.values():
        if figure.ranking:
            lines = ranked(regent.batch, regent.figures, figure.key)
            longest = max([100.0, *(found.value for _, _, found in lines if found)])
            shown = [_ranked(regent, figure, longest, *line) for line in _ends(lines)]
            left = len(lines) - len(shown)
            half = len(shown) if not left else RANKED // 2
            between = f"{wording.number(left)} perangkat daerah di antaranya" if left else ""
            yield Ranking(figure.ranking, labelled(figure), shown[:half], between, shown[half:])


_Line = tuple[int | None, Agency, Figure | None]


def _ends(lines: Sequence[_Line]) -> Sequence[_Line]:
    half = RANKED // 2
    return lines if len(lines) <= RANKED else [*lines[:half], *lines[-half:]]


def _ranked(
    regent: Regent,
    figure: FigureDeclaration,
    longest: float,
    place: int | None,
    agency: Agency,
    found: Figure | None,
) -> Ranked:
    if found is None:
        return Ranked("–", marked(agency), "–", "", 0.0, "")
    label = step(regent.batch, figure.scale, found.value) if figure.scale else ""
    at = regent.step_place(figure.scale, label) if figure.scale else None
    said, look = (label, "") if at is None else (f"{STEP_SIGNS[at]} {label}", f"tingkat-{at}")
    length = round(100 * max(0.0, found.value) / longest, 2)
    number = wording.number(found.value, figure.decimals)
    return Ranked(wording.number(place or 0), marked(agency), number, said, length, look)


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of the scatter."""

    x: float
    y: float
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of the scatter: its name in lines with their place, its points, and the OPDs in it."""

    name: str
    lines: Sequence[str]
    at: tuple[int, int]
    anchor: str
    number: str
    marks: Sequence[Mark]
    names: Sequence[str]
    more: str


@dataclass(frozen=True, slots=True)
class Scatter:
    """The scatter with its four quarters; ticks are places and texts, ``cross`` is where the quarters meet."""

    title: str
    about: str
    labels: tuple[str, str]
    across: Sequence[tuple[float, str]]
    up: Sequence[tuple[float, str]]
    cross: tuple[float, float]
    frame: Mapping[str, int]
    quarters: Sequence[Quarter]
    numbered: bool


def scatter(regent: Regent, shown: QuartersDeclaration) -> Scatter:
    """Return two figures of each OPD as points in four quarters."""
    points = quarters_of(regent, shown)
    figures = [regent.declared[key] for key in (shown.x, shown.y)]
    across, up = (
        _Axis(*_ends_of(axes_of(points, shown), 0), _LEFT, WIDE - _RIGHT),
        _Axis(*_ends_of(axes_of(points, shown), 1), HIGH - _BOTTOM, _TOP),
    )
    counts = ", ".join(f"{name} {len(own)}" for name, own in zip(shown.names, points, strict=True))
    words = " dan ".join(
        f"{figure.label.lower()} {wording.number(at)}" for figure, at in zip(figures, shown.at, strict=True)
    )
    return Scatter(
        shown.title,
        f"Grafik sebar {shown.title}, batas {words}: {counts}",
        (labelled(figures[0]), labelled(figures[1])),
        across.ticks,
        up.ticks,
        (across.place(shown.at[0]), up.place(shown.at[1])),
        {
            "wide": WIDE,
            "high": HIGH,
            "left": _LEFT,
            "right": WIDE - _RIGHT,
            "top": _TOP,
            "bottom": HIGH - _BOTTOM,
        },
        [_quarter(place, shown.names[place], own, figures, across, up) for place, own in enumerate(points)],
        sum(map(len, points)) <= NUMBERED,
    )


def _ends_of(axes: tuple[tuple[float, float], tuple[float, float]], place: int) -> tuple[float, float]:
    low, high = axes
    return low[place], high[place]


@dataclass(frozen=True, slots=True)
class _Axis:
    """An axis from one figure to another, and where these lie."""

    low: float
    high: float
    first: int
    last: int

    def place(self, value: float) -> float:
        return round(self.first + (value - self.low) / (self.high - self.low) * (self.last - self.first), 1)

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Figures along the axis, no more than fit."""
        tens = round((self.high - self.low) / 10)
        apart = 10 * -(-tens // _TICKS)
        number = int((self.high - self.low) // apart) + 1
        values = [self.low + apart * each for each in range(number)]
        return [(self.place(value), wording.number(value)) for value in values]


def _quarter(
    place: int,
    name: str,
    points: Sequence[Point],
    figures: Sequence[FigureDeclaration],
    across: _Axis,
    up: _Axis,
) -> Quarter:
    x, y = figures
    marks = [
        Mark(
            across.place(each.x),
            up.place(each.y),
            str(each.number),
            f"{each.number}. {each.name}: {x.label.lower()} {wording.number(each.x, x.decimals)}, "
            f"{y.label.lower()} {wording.number(each.y, y.decimals)}",
        )
        for each in points
    ]
    right, low = place % 2 == 1, place >= 2
    lines = textwrap.wrap(name, max(18, len(name) // 2 + 4))
    at = (WIDE - _RIGHT if right else _LEFT, HIGH - _BOTTOM + 42 if low else 16)
    names = [f"{each.number}. {each.name}" for each in islice(points, LISTED)]
    more = f"dan {wording.number(len(points) - LISTED)} lagi" if len(points) > LISTED else ""
    anchor = "end" if right else "start"
    return Quarter(name, lines, at, anchor, wording.number(len(points)), marks, names, more)
