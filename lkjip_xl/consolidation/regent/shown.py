"""What is shown to the head of the region, wherever it is shown: which figures, how far they are final, and the signs.

No colour stands alone: a step has its sign and its words, a state its sign.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.chosen import COUNTED, Agency, Outcome
from lkjip_xl.consolidation.context import place_of
from lkjip_xl.consolidation.totals import Totals, step
from lkjip_xl.template.declared_batch import FigureDeclaration, RegentDeclaration
from lkjip_xl.words import wording

SIGNS: Mapping[Outcome, str] = {
    Outcome.ACCEPTED: "✔",
    Outcome.FAULTY: "✖",
    Outcome.LEFT_OUT: "⊘",
    Outcome.MISSING: "○",
}
STEP_SIGNS = ("▲", "●", "◆", "▼")
"""Of the steps of a scale, from best to worst."""
WORST = len(STEP_SIGNS) - 1


@dataclass(frozen=True)
class Regent:
    """What the pages show: a batch, its figures and those of earlier years, as declared, compiled on a day."""

    batch: Batch
    figures: Totals
    earlier: Mapping[int, tuple[Batch, Totals]]
    shown: RegentDeclaration
    day: datetime.date

    @cached_property
    def place(self) -> str:
        """The name of the region."""
        return place_of(self.batch.chosen)

    @property
    def year(self) -> str:
        """The year of the reports."""
        return str(self.batch.chosen.year or "")

    @cached_property
    def draft(self) -> str:
        """What says that the figures are not final; empty where nothing does."""
        number = self.batch.chosen.number(Outcome.FAULTY)
        return f"KONSEP – {wording.number(number)} OPD masih bergalat" if number else ""

    @property
    def compiled(self) -> str:
        """When it was compiled, and how many of how many have reported."""
        chosen = self.batch.chosen
        sent, all_ = (wording.number(each) for each in (chosen.number(*COUNTED), len(chosen.agencies)))
        day = wording.date(self.day.isoformat())
        return f"{self.place} · tahun {self.year} · disusun {day} · {sent} dari {all_} perangkat daerah"

    @cached_property
    def declared(self) -> Mapping[str, FigureDeclaration]:
        """The declared figures by key."""
        words = self.batch.template.declared.consolidation
        return {each.key: each for each in words.figures} if words else {}

    @cached_property
    def chosen_figures(self) -> tuple[FigureDeclaration, ...]:
        """The figures of the pages."""
        return tuple(self.declared[key] for key in self.shown.figures)

    @cached_property
    def numbers(self) -> Mapping[tuple[str, str], int]:
        """The number of each OPD in all lists, by its unit and code."""
        agencies = self.batch.chosen.agencies
        return {(each.parent, each.code): number for number, each in enumerate(agencies, start=1)}

    @cached_property
    def units(self) -> Mapping[str, str]:
        """The names of the units by code."""
        return {unit.code: unit.name for unit in self.batch.chosen.units}

    def step_place(self, scale: str, label: str) -> int | None:
        """Return how good a step of a scale is, from 0 for the best to ``WORST``; None of what is no step."""
        labels = [each.label for each in self.batch.template.declared.scales[scale]]
        if label not in labels:
            return None
        return round(labels.index(label) * WORST / max(1, len(labels) - 1))

    def spread(self, figure: FigureDeclaration) -> Mapping[str, int]:
        """Return how many OPDs are on each step of a figure's scale, in its order."""
        key = figure.scale or ""
        own = (each[figure.key].value for each in self.figures.by_agency.values() if figure.key in each)
        counts = Counter(step(self.batch, key, value) for value in own)
        return {each.label: counts[each.label] for each in self.batch.template.declared.scales[key]}

    def decimals(self, figure: FigureDeclaration) -> int:
        """Return with how many decimals a column of figures is shown: none where all are whole amounts."""
        values = [own[figure.key].value for own in self.figures.by_agency.values() if figure.key in own]
        whole = figure.unit == "Rp" and all(value.is_integer() for value in values)
        return 0 if whole else figure.decimals


def marked(agency: Agency) -> str:
    """Return an OPD's name, marked where its report has a galat."""
    return f"{agency.name} ✖" if agency.outcome is Outcome.FAULTY else agency.name
