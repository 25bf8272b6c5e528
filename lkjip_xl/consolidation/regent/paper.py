"""What the pages for the head of the region share: what they show, how they begin, and how steps and states look.

No colour stands alone: a step has its sign and its words, a state its sign.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lkjip_xl.base.findings import Severity
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.chosen import COUNTED, Agency, Outcome
from lkjip_xl.consolidation.totals import Totals
from lkjip_xl.template.declared_batch import FigureDeclaration, RegentDeclaration
from lkjip_xl.words import wording
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet, lines_of
from lkjip_xl.write.styles import Style

SIGNS: Mapping[Outcome, str] = {
    Outcome.ACCEPTED: "✔",
    Outcome.FAULTY: "✖",
    Outcome.LEFT_OUT: "⊘",
    Outcome.MISSING: "○",
}
_STEP_SIGNS = ("▲", "●", "◆", "▼")  # from best to worst
_STEP_LOOKS: Sequence[Style] = (
    {"bg_color": "#BFE0CC", "font_color": "#12492B"},
    {"bg_color": "#E2F1E6", "font_color": "#1E5B2A"},
    {"bg_color": "#FBE3B5", "font_color": "#6B4200"},
    {"bg_color": "#F6C9C4", "font_color": "#8E1B12"},
)


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
        """The name of the region: of the unit above all others, or that which most reports have."""
        first = [unit for unit in self.batch.chosen.units if not unit.parent]
        if len(first) == 1:
            return first[0].name
        regions = Counter(sent.about.regency for _, sent in self.batch.chosen.counted if sent.about.regency)
        return max(regions, key=lambda each: (regions[each], each), default="")

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

    def step_look(self, scale: str, label: str) -> tuple[str, Style]:
        """Return sign and look of a step of a scale, the same wherever it is shown."""
        labels = [each.label for each in self.batch.template.declared.scales[scale]]
        if label not in labels:
            return "", {}
        last = max(1, len(labels) - 1)
        place = round(labels.index(label) * (len(_STEP_SIGNS) - 1) / last)
        return _STEP_SIGNS[place], _STEP_LOOKS[place]

    def decimals(self, figure: FigureDeclaration) -> int:
        """Return with how many decimals a column of figures is shown: none where all are whole amounts."""
        values = [own[figure.key].value for own in self.figures.by_agency.values() if figure.key in own]
        whole = figure.unit == "Rp" and all(value.is_integer() for value in values)
        return 0 if whole else figure.decimals


def begin(sheet: Sheet, regent: Regent, title: str, widths: Sequence[float]) -> int:
    """Write the head of a page over columns of some widths; return the first row below."""
    sheet.raw.hide_gridlines(2)
    for column, width in enumerate(widths):
        sheet.raw.set_column(column, column, width)
    last, wide = len(widths) - 1, sum(widths)
    sheet.merged(
        0, 0, 0, last, title, {**styles.TITLE, "font_size": 16, "text_wrap": True, "valign": "vcenter"}
    )
    sheet.raw.set_row(0, 24.0 * lines_of(title, wide / 1.6))
    sheet.merged(1, 0, 1, last, regent.compiled, {**styles.SUBTITLE, "text_wrap": True, "valign": "top"})
    sheet.fit_lines(1, lines_of(regent.compiled, wide))
    if not regent.draft:
        return 3
    sheet.merged(2, 0, 2, last, regent.draft, {**styles.VERDICT, "font_size": 12})
    return 4


def state(agency: Agency) -> tuple[str, Style]:
    """Return what became of an OPD with its sign, and how that looks."""
    looks: Mapping[Outcome, Style] = {
        Outcome.ACCEPTED: styles.DONE,
        Outcome.FAULTY: styles.MARKS[Severity.GALAT],
        Outcome.LEFT_OUT: styles.MARKS[Severity.PERINGATAN],
        Outcome.MISSING: styles.OPEN,
    }
    return f"{SIGNS[agency.outcome]} {agency.outcome}", looks[agency.outcome]


def marked(agency: Agency) -> str:
    """Return an OPD's name, marked where its report has a galat."""
    return f"{agency.name} ✖" if agency.outcome is Outcome.FAULTY else agency.name


def headings(sheet: Sheet, row: int, columns: Sequence[tuple[str, float]]) -> int:
    """Write the headings of columns given with their widths; return the row below."""
    for place, (label, _) in enumerate(columns):
        sheet.value(row, place, label, styles.HEADER)
    sheet.fit_lines(row, max(lines_of(label, width, bold=True) for label, width in columns))
    return row + 1
