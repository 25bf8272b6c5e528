"""The tables of the page as cells: all OPDs with their total, units, and earlier years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from lkjip_xl.base.findings import Severity
from lkjip_xl.consolidation.chosen import Agency
from lkjip_xl.consolidation.regent.agencies import together
from lkjip_xl.consolidation.regent.columns import step_heading, values_of
from lkjip_xl.consolidation.regent.levels import change, compared, nested, numbers_within
from lkjip_xl.consolidation.regent.shown import SIGNS, STEP_SIGNS, Regent, marked
from lkjip_xl.consolidation.sheets import labelled
from lkjip_xl.consolidation.totals import step
from lkjip_xl.template.declared_batch import FigureDeclaration
from lkjip_xl.words import wording

LISTED = (Severity.GALAT, Severity.PERINGATAN)
"""The severities that have a column."""
_CHANGES = {1: "▲", -1: "▼", 0: "="}
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading; ``sort`` says how its cells are sorted first: ``naik`` or ``turun``."""

    label: str
    number: bool = False
    sort: str = "naik"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows; ``value`` is what it is sorted by where that is not its text, ``look`` a class of its colours."""

    text: str = ""
    value: float | None = None
    number: bool = False
    look: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An OPD in the table: its cells stand to the right of its name."""

    number: int
    agency: Agency
    name: str
    cells: tuple[Cell, ...]
    step: str
    """The step on the scale of the first figure; empty without one."""


@dataclass(frozen=True)
class Lines:
    """Writes the lines of the page."""

    regent: Regent

    @cached_property
    def _decimals(self) -> Mapping[str, int]:
        return {each.key: self.regent.decimals(each) for each in self.regent.chosen_figures}

    @property
    def headings(self) -> list[Heading]:
        """The headings to the right of the name of an OPD."""
        unit = [Heading("Wilayah")] if self.regent.units else []
        counts = [Heading(each.value.capitalize(), number=True, sort="turun") for each in LISTED]
        return [*unit, Heading("Keadaan"), *self.of_figures, *counts]

    @property
    def of_figures(self) -> Iterator[Heading]:
        """The headings of the figures."""
        for each in self.regent.chosen_figures:
            yield Heading(labelled(each), number=True, sort="turun")
            if each.scale:
                yield Heading(step_heading(each), sort="turun")

    def agencies(self) -> Iterator[Line]:
        """Yield the line of each OPD."""
        first = self.regent.chosen_figures[0]
        for number, agency in enumerate(self.regent.batch.chosen.agencies, start=1):
            own = values_of(self.regent.figures.of(agency))
            unit = [Cell(self.regent.units.get(agency.parent, ""))] if self.regent.units else []
            counts = dict(agency.sent.about.counts) if agency.sent else {}
            found = (_counted(counts.get(each), each.value) for each in LISTED)
            cells = (*unit, _state(agency), *self.figures(own), *found)
            value = own.get(first.key)
            label = step(self.regent.batch, first.scale, value) if first.scale and value is not None else ""
            yield Line(number, agency, marked(agency), cells, label)

    def total(self) -> list[Cell]:
        """Return the line of totals, to the right of what it is called."""
        agencies = self.regent.batch.chosen.agencies
        counts = [dict(each.sent.about.counts) for each in agencies if each.sent]
        found = (_counted(sum(each[of] or 0 for each in counts), "") for of in LISTED)
        blank = [Cell()] * (2 if self.regent.units else 1)
        return [*blank, *self.figures(self.regent.figures.all_), *found]

    @property
    def total_label(self) -> str:
        """Return what the line of totals is called."""
        return together(self.regent.chosen_figures)

    def figures(self, values: Mapping[str, float]) -> Iterator[Cell]:
        """Yield the cells of some figures, each followed by the words of its scale."""
        for each in self.regent.chosen_figures:
            value = values.get(each.key)
            yield _figure(value, self._decimals[each.key])
            if each.scale:
                yield self._step(each.scale, value)

    def _step(self, scale: str, value: float | None) -> Cell:
        label = "" if value is None else step(self.regent.batch, scale, value)
        place = self.regent.step_place(scale, label)
        if place is None:
            return Cell(label or _NOTHING)
        labels = [each.label for each in self.regent.batch.template.declared.scales[scale]]
        return Cell(f"{STEP_SIGNS[place]} {label}", float(-labels.index(label)), look=f"langkah-{place}")

    def units(self) -> Iterator[tuple[int, str, list[Cell]]]:
        """Yield the totals of each unit: how deep it stands, its name, its cells."""
        within = numbers_within(self.regent)
        known = {each.code: each for each in self.regent.batch.chosen.units}
        for depth, code in nested(self.regent):
            cells = [Cell(code), Cell(known[code].level), *(_figure(each, 0) for each in within[code])]
            cells += self.figures(self.regent.figures.by_unit.get(code, {}))
            yield depth, known[code].name, cells

    @property
    def of_units(self) -> list[Heading]:
        """The headings of the table of units, to the right of a unit's name."""
        counts = (Heading(each, number=True) for each in ("Harus melapor", "Dihitung", "Bergalat"))
        return [Heading("Kode"), Heading("Tingkat"), *counts, *self.of_figures]

    @property
    def of_years(self) -> list[Heading]:
        """The headings of the table of years, to the right of the name of an OPD."""
        years = [*sorted(self.regent.earlier), self.regent.batch.chosen.year]
        found: list[Heading] = []
        for figure in compared(self.regent):
            found += [Heading(f"{figure.label} {year} ({figure.unit})", number=True) for year in years]
            found.append(Heading(f"Perubahan dari {years[-2]}", number=True))
        return found

    def years(self) -> Iterator[tuple[str, list[Cell]]]:
        """Yield the figures of each OPD year by year, at last those of all."""
        earlier = sorted(self.regent.earlier.items())
        before = [
            {(agency.parent, agency.code): own.of(agency) for agency in batch.chosen.agencies}
            for _, (batch, own) in earlier
        ]
        for agency in self.regent.batch.chosen.agencies:
            past = [values_of(of_year.get((agency.parent, agency.code), {})) for of_year in before]
            rows = [*past, values_of(self.regent.figures.of(agency))]
            yield marked(agency), [*self._changes(rows)]
        yield "Semua", [*self._changes([*(own.all_ for _, (_, own) in earlier), self.regent.figures.all_])]

    def _changes(self, rows: Sequence[Mapping[str, float]]) -> Iterator[Cell]:
        return chain.from_iterable(_change(figure, rows) for figure in compared(self.regent))


def _change(figure: FigureDeclaration, rows: Sequence[Mapping[str, float]]) -> Iterator[Cell]:
    values = [each.get(figure.key) for each in rows]
    yield from (_figure(value, figure.decimals) for value in values)
    changed = change(figure, values[-1], values[-2])
    if changed is None:
        yield Cell(_NOTHING, number=True)
    else:
        sign = _CHANGES[(changed > 0) - (changed < 0)]
        yield Cell(f"{sign} {wording.number(abs(changed), figure.decimals)}", changed, number=True)


def _figure(value: float | None, decimals: int) -> Cell:
    """Return the cell of a figure as it is written in Indonesia."""
    text = _NOTHING if value is None else wording.number(value, decimals)
    return Cell(text, value, number=True)


def _counted(number: int | None, severity: str) -> Cell:
    """Return the cell of a number of findings, coloured where there are any."""
    if number is None:
        return Cell(_NOTHING, number=True)
    return Cell(wording.number(number), float(number), number=True, look=severity if number else "")


def _state(agency: Agency) -> Cell:
    look = f"keadaan-{agency.outcome.name.lower()}"
    return Cell(
        f"{SIGNS[agency.outcome]} {agency.outcome}", float(list(SIGNS).index(agency.outcome)), look=look
    )
