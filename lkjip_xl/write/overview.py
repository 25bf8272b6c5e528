"""The sheet Periksa: one verdict, and every rule with its live count, its state and a link to its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from lkjip_xl.base.a1 import absolute, sheet_prefix
from lkjip_xl.base.findings import Severity
from lkjip_xl.base.keys import RowKey
from lkjip_xl.compute.rules import Failure
from lkjip_xl.form.layout import Layout, Placement
from lkjip_xl.formula import status
from lkjip_xl.template.model import Rule, Table, alike
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet
from lkjip_xl.write.live import Explanations

_HEADINGS = (
    ("Lembar", 28),
    ("Yang diperiksa", 48),
    ("Tingkat", 13),
    ("Temuan", 10),
    ("Dijelaskan", 12),
    ("Keadaan", 14),
    ("Yang dilakukan", 64),
)
_TITLE, _SEVERITY, _COUNT, _EXPLAINED, _STATE, _REMEDY = range(1, 7)  # columns
FIRST_RULE = 7
"""Sheet row of the first line, counted from 0."""
_GOOD, _SETTLED, _LATER = "sesuai", "dijelaskan", "saat dikirim"
_CENTRED = {**styles.LOCKED, "align": "center"}
_TO_DO = {Severity.GALAT: "perbaiki", Severity.PERINGATAN: "periksa", Severity.CATATAN: "perhatikan"}


@dataclass(frozen=True, slots=True)
class _Line:
    """The rules of one line of the sheet: those of a table that say the same of several columns."""

    table: Table
    rules: tuple[Rule, ...]
    failures: int
    explained: int


class Overview:
    """Writes the sheet Periksa; ``failing`` and ``explanations`` give its cached results."""

    def __init__(
        self, sheet: Sheet, plan: Layout, failing: AbstractSet[Failure], explanations: Explanations
    ) -> None:
        self.sheet = sheet
        self.plan = plan
        failures: dict[tuple[str, str], list[RowKey | None]] = {}
        for table_key, row, _, name in failing:
            failures.setdefault((table_key, name), []).append(row)
        self.lines = [
            _counted(plan.placements[table.key], table, rules, failures, explanations)
            for table in plan.tables
            for rules in _alike(plan.placements[table.key])
        ]
        self.last = FIRST_RULE + len(self.lines) - 1

    def write(self) -> None:
        """Write the verdict, a line for each rule, and the rules that are checked after submission."""
        sheet = self.sheet
        sheet.raw.hide_gridlines(2)
        sheet.value(0, 0, "Periksa", styles.TITLE)
        self._verdict()
        for place, (label, width) in enumerate(_HEADINGS):
            sheet.raw.set_column(place, place, width)
            sheet.value(FIRST_RULE - 1, place, label, styles.HEADER)
        for row, line in enumerate(self.lines, start=FIRST_RULE):
            self._rule(row, line)
        self._marks()
        sheet.raw.autofilter(FIRST_RULE - 1, 0, self.last, len(_HEADINGS) - 1)
        self._on_submission(self.last + 2)
        sheet.raw.freeze_panes(FIRST_RULE, 0)
        sheet.page(repeat=(FIRST_RULE - 1, FIRST_RULE - 1))
        sheet.protect()

    def _verdict(self) -> None:
        """Write how much is left to do, and the sentence that says it."""
        places = {Severity.GALAT: (3, 1), Severity.PERINGATAN: (4, 1)}
        left = {}
        for severity, (row, column) in places.items():
            of_it = [line for line in self.lines if line.rules[0].severity is severity]
            left[severity] = sum(line.failures - line.explained for line in of_it)
            formula = status.remaining(
                self._down(_SEVERITY), severity.value, self._down(_COUNT), self._down(_EXPLAINED)
            )
            label = "Galat" if severity is Severity.GALAT else "Peringatan, belum dijelaskan"
            self.sheet.value(row, column - 1, label, styles.TEXT)
            style = {**styles.TEXT, "align": "left", "bold": True}
            self.sheet.formula(row, column, formula, float(left[severity]), style)
        faults, warnings = (absolute(*places[severity]) for severity in places)
        text = status.verdict_text(left[Severity.GALAT], left[Severity.PERINGATAN])
        self.sheet.formula(1, 0, status.verdict(faults, warnings), text, styles.VERDICT)
        green = self.sheet.book.format(styles.DONE)
        ready = {"type": "formula", "criteria": status.zero(faults), "format": green}
        self.sheet.raw.conditional_format(1, 0, 1, 0, ready)

    def _down(self, column: int) -> str:
        return f"{absolute(FIRST_RULE, column)}:{absolute(self.last, column)}"

    def _rule(self, row: int, line: _Line) -> None:
        sheet, rule = self.sheet, line.rules[0]
        name = line.table.declared.sheet
        sheet.link(row, 0, name, "A1", name)
        sheet.value(row, 1, rule.title, styles.PLAIN)
        sheet.value(row, _SEVERITY, rule.severity.value, styles.PLAIN)
        place, names = self.plan.placements[line.table.key], {each.name for each in line.rules}
        ranges = _ranges(place, names)
        sheet.formula(
            row, _COUNT, status.failures([cells for cells, _ in ranges]), float(line.failures), _CENTRED
        )
        if rule.severity is Severity.GALAT:
            sheet.value(row, _EXPLAINED, 0, {**_CENTRED, "num_format": ";;"})
        else:
            sheet.formula(row, _EXPLAINED, status.explained(ranges), float(line.explained), _CENTRED)
        word = _TO_DO[rule.severity]
        state = status.state(absolute(row, _COUNT), absolute(row, _EXPLAINED), _GOOD, _SETTLED, word)
        settled = _SETTLED if line.failures == line.explained else word
        sheet.formula(row, _STATE, state, settled if line.failures else _GOOD, _CENTRED)
        sheet.value(row, _REMEDY, rule.remedy, styles.PLAIN)
        sheet.fit(row, [(rule.remedy, _width(_REMEDY)), (rule.title, _width(_TITLE))])

    def _marks(self) -> None:
        """Colour the states: green where nothing is left to do, else the colour of the severity."""
        severity = f"${'ABC'[_SEVERITY]}{FIRST_RULE + 1}"
        state = f"${'ABCDEF'[_STATE]}{FIRST_RULE + 1}"
        cells = (FIRST_RULE, _STATE, self.last, _STATE)
        colours = [(status.one_of(state, _GOOD, _SETTLED), styles.DONE)]
        colours += [(status.one_of(severity, each.value), styles.MARKS[each]) for each in Severity]
        for criteria, style in colours:
            options = {
                "type": "formula",
                "criteria": criteria,
                "format": self.sheet.book.format(style),
                "stop_if_true": True,
            }
            self.sheet.raw.conditional_format(*cells, options)

    def _on_submission(self, row: int) -> None:
        """List the rules that no cell can check, with the reason."""
        sheet = self.sheet
        sheet.value(
            row, 0, "Diperiksa setelah dikirim, karena tidak dapat diperiksa di dalam sel", styles.TITLE
        )
        for words in self.plan.template.submission_rules:
            row += 1
            sheet.value(row, 0, "Seluruh berkas", styles.PLAIN)
            sheet.value(row, 1, words.title, styles.PLAIN)
            sheet.value(row, _SEVERITY, words.severity.value, styles.PLAIN)
            sheet.merged(row, _COUNT, row, _STATE, _LATER, {**styles.PLAIN, "align": "center"})
            text = f"{words.remedy}. Alasan: {words.reason}."
            sheet.value(row, _REMEDY, text, styles.PLAIN)
            sheet.fit(row, [(text, _width(_REMEDY))])


def _width(column: int) -> int:
    return _HEADINGS[column][1]


def _alike(place: Placement) -> list[tuple[Rule, ...]]:
    return alike(rule for rule, _, _ in place.checks)


def _counted(
    place: Placement,
    table: Table,
    rules: tuple[Rule, ...],
    failures: Mapping[tuple[str, str], Sequence[RowKey | None]],
    explanations: Explanations,
) -> _Line:
    failed = [(row, rule.blame) for rule in rules for row in failures.get((table.key, rule.name), ())]
    explained = 0
    if rules[0].severity is not Severity.GALAT:
        explained = sum(place.explained_at(*each) in explanations for each in failed)
    return _Line(table, rules, len(failed), explained)


def _ranges(place: Placement, names: AbstractSet[str]) -> list[tuple[str, str]]:
    """Return the ranges of the check cells of some rules, each with that of the explanations beside it."""
    prefix = sheet_prefix(place.sheet)
    explanation = place.explanation_column or 0
    found = []
    for rule, _, column in place.checks:
        if rule.name in names:
            lines = [line for _, line in place.checked_lines(rule)]
            first, last = min(lines), max(lines)
            found.append(
                (
                    f"{prefix}{absolute(first, column)}:{absolute(last, column)}",
                    f"{prefix}{absolute(first, explanation)}:{absolute(last, explanation)}",
                )
            )
    return found
