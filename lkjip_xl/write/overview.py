"""The sheet Periksa: one verdict, how far each table is filled, and every rule with its live count and state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from lkjip_xl.base.a1 import absolute, column_letters, sheet_prefix
from lkjip_xl.base.findings import Severity
from lkjip_xl.base.keys import RowKey
from lkjip_xl.compute.rules import Failure
from lkjip_xl.compute.states import State, TableState, begun_when_blank, untouched
from lkjip_xl.form.addresses import typed_ranges
from lkjip_xl.form.layout import Layout, Placement
from lkjip_xl.form.names import Names
from lkjip_xl.formula import status
from lkjip_xl.template.model import Table
from lkjip_xl.template.rule import Property, Rule, alike
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet
from lkjip_xl.write.first_findings import HIDDEN, ROWS, FirstFindings
from lkjip_xl.write.live import Explanations
from lkjip_xl.write.printing import page

# Widths of the columns: at the left the first findings, at the right the tables, and below both the rules.
_WIDTHS = (22, 60, 40, 1, 17, 14, 11, 7, 7)
_TABLE, _BAR, _TABLE_STATE, _FILLED, _ASKED = range(4, 9)
_TABLE_HEADINGS = {
    _TABLE: "Tabel",
    _BAR: "Isian wajib",
    _TABLE_STATE: "Keadaan",
    _FILLED: "Terisi",
    _ASKED: "Dari",
}
_SHEET, _TITLE, _REMEDY, _SEVERITY, _COUNT, _STATE, _EXPLAINED = 0, 1, 2, 4, 5, 6, 7
_HEADINGS = {
    _SHEET: "Lembar",
    _TITLE: "Yang diperiksa",
    _REMEDY: "Yang dilakukan",
    _SEVERITY: "Tingkat",
    _COUNT: "Temuan",
    _STATE: "Keadaan",
    _EXPLAINED: "Dijelas-kan",
}
_DONE, _FAULTS, _WARNINGS = ((row, HIDDEN) for row in range(3))  # cells
FIRST_TABLE = 4  # sheet row, counted from 0; so far down is the first finding, too
_GOOD, _SETTLED, _LATER = "sesuai", "dijelaskan", "saat dikirim"
_UNFILLED = (State.EMPTY, State.INAPPLICABLE)
_COMPLETE = (State.COMPLETE, State.INAPPLICABLE)
_CENTRED = {**styles.LOCKED, "align": "center"}
_TO_DO = {Severity.GALAT: "perbaiki", Severity.PERINGATAN: "periksa", Severity.CATATAN: "perhatikan"}


def first_rule(plan: Layout) -> int:
    """Return the sheet row, counted from 0, of the first rule."""
    return FIRST_TABLE + max(ROWS, sum(table.asks for table in plan.tables)) + 2


@dataclass(frozen=True, slots=True)
class _Line:
    """The rules of one line of the sheet: those of a table that say the same of several columns."""

    table: Table
    rules: tuple[Rule, ...]
    failures: int
    explained: int


class Overview:
    """Writes the sheet Periksa; ``failing``, ``explanations`` and ``states`` give its cached results."""

    def __init__(
        self,
        sheet: Sheet,
        plan: Layout,
        names: Names,
        failing: Mapping[Failure, str],
        explanations: Explanations,
        states: Sequence[TableState],
    ) -> None:
        self.sheet = sheet
        self.plan = plan
        self.names = names
        self.failing = failing
        self.explanations = explanations
        self.states = {each.table: each for each in states}
        self.state_rows = {each.table: FIRST_TABLE + n for n, each in enumerate(states)}
        failures: dict[tuple[str, str], list[RowKey | None]] = {}
        for table_key, row, _, name in failing:
            failures.setdefault((table_key, name), []).append(row)
        self.lines = [
            _counted(plan.placements[table.key], table, rules, failures, explanations)
            for table in plan.tables
            for rules in _alike(plan.placements[table.key])
        ]
        self.first = first_rule(plan)
        self.last = self.first + len(self.lines) - 1

    def write(self) -> None:
        """Write the verdict, the state of each table, a line for each rule, and the rules checked after submission."""
        sheet = self.sheet
        sheet.raw.hide_gridlines(2)
        sheet.value(0, 0, "Periksa", styles.TITLE)
        self._verdict()
        for place, width in enumerate(_WIDTHS):
            sheet.raw.set_column(place, place, width)
        for row, headings in ((FIRST_TABLE - 1, _TABLE_HEADINGS), (self.first - 1, _HEADINGS)):
            for place, label in headings.items():
                sheet.value(row, place, label, styles.HEADER)
        sheet.fit_lines(self.first - 1, 2)
        for key, row in self.state_rows.items():
            self._table(row, self.plan.template.tables[key], self.states[key])
        FirstFindings(sheet, self.plan, self.names, self.failing, self.explanations).write(FIRST_TABLE)
        for row, line in enumerate(self.lines, start=self.first):
            self._rule(row, line)
        self._marks()
        sheet.raw.autofilter(self.first - 1, 0, self.last, len(_WIDTHS) - 1)
        self._on_submission(self.last + 2)
        sheet.raw.freeze_panes(2, 0)
        page(sheet, _WIDTHS)
        sheet.protect()

    def _verdict(self) -> None:
        """Write how much is left to do, and the sentence that says it."""
        done = sum(each.done for each in self.states.values())
        states = self._down(_TABLE_STATE, FIRST_TABLE, FIRST_TABLE + max(1, len(self.states)) - 1)
        self.sheet.formula(*_DONE, status.counted_words(states, _COMPLETE), float(done), {})
        places = {Severity.GALAT: _FAULTS, Severity.PERINGATAN: _WARNINGS}
        left = {}
        for severity, place in places.items():
            of_it = [line for line in self.lines if line.rules[0].severity is severity]
            left[severity] = sum(line.failures - line.explained for line in of_it)
            counts = [self._down(each, self.first, self.last) for each in (_SEVERITY, _COUNT, _EXPLAINED)]
            formula = status.remaining(counts[0], severity.value, *counts[1:])
            self.sheet.formula(*place, formula, float(left[severity]), {})
        tables = len(self.states)
        least = tables - begun_when_blank(self.plan.template, self.plan.tables)
        blank = status.untouched(absolute(*_DONE), states, State.EMPTY, least)
        formula = status.verdict(absolute(*_DONE), blank, tables, absolute(*_FAULTS), absolute(*_WARNINGS))
        text = status.verdict_text(
            done,
            tables,
            left[Severity.GALAT],
            left[Severity.PERINGATAN],
            untouched=untouched(self.plan.template, list(self.states.values())),
        )
        self.sheet.formula(1, 0, formula, text, styles.VERDICT)
        green = self.sheet.book.format(styles.DONE)
        ready = {"type": "formula", "criteria": status.one_of("$A$2", status.READY), "format": green}
        self.sheet.raw.conditional_format(1, 0, 1, 0, ready)

    @staticmethod
    def _down(column: int, first: int, last: int) -> str:
        return f"{absolute(first, column)}:{absolute(last, column)}"

    def _table(self, row: int, table: Table, state: TableState) -> None:
        """Write how far a table is filled."""
        sheet, place = self.sheet, self.plan.placements[table.key]
        prefix = sheet_prefix(place.sheet)
        filled, asked = absolute(row, _FILLED), absolute(row, _ASKED)
        reason = prefix + absolute(*place.reason) if place.reason else None
        sheet.link(row, _TABLE, place.sheet, "A1", place.sheet)
        bar = status.bar_text(state.filled, state.asked, empty=state.state is State.EMPTY)
        formula = status.bar(filled, asked, absolute(row, _TABLE_STATE), State.EMPTY, reason)
        sheet.formula(row, _BAR, formula, state.reason or bar, styles.BAR)
        typed = [prefix + each for each in typed_ranges(self.plan, table)]
        required = [prefix + each for each in typed_ranges(self.plan, table, required=True)]
        words = (State.EMPTY, State.PARTIAL, State.COMPLETE, State.INAPPLICABLE)
        formula = status.table_state(words, reason, typed, filled, asked)
        sheet.formula(row, _TABLE_STATE, formula, state.state, _CENTRED)
        sheet.formula(row, _FILLED, status.filled_cells(required), float(state.filled), _CENTRED)
        missing: list[tuple[str, str | None]] = []
        for rule in table.rules:
            if _asks_a_cell(rule):
                found = _ranges(place, {rule.name})
                missing += [(cells, texts if rule.explicable else None) for cells, texts in found]
        formula = status.asked_cells(filled, missing)
        sheet.formula(row, _ASKED, formula, float(state.asked), _CENTRED)

    def _rule(self, row: int, line: _Line) -> None:
        sheet, rule = self.sheet, line.rules[0]
        name = line.table.declared.sheet
        sheet.link(row, _SHEET, name, "A1", name)
        sheet.value(row, _TITLE, rule.title, styles.PLAIN)
        sheet.value(row, _SEVERITY, rule.severity.value, styles.PLAIN)
        place, names = self.plan.placements[line.table.key], {each.name for each in line.rules}
        ranges = _ranges(place, names)
        sheet.formula(
            row, _COUNT, status.failures([cells for cells, _ in ranges]), float(line.failures), _CENTRED
        )
        if not rule.explicable:
            sheet.value(row, _EXPLAINED, 0, {**_CENTRED, "num_format": ";;"})
        else:
            sheet.formula(row, _EXPLAINED, status.explained(ranges), float(line.explained), _CENTRED)
        self._rule_state(row, line)
        sheet.value(row, _REMEDY, rule.remedy, styles.PLAIN)
        sheet.fit(row, [(rule.remedy, _width(_REMEDY)), (rule.title, _width(_TITLE))])

    def _rule_state(self, row: int, line: _Line) -> None:
        key = line.table.key
        word = _TO_DO[line.rules[0].severity]
        table = absolute(self.state_rows[key], _TABLE_STATE) if key in self.states else None
        formula = status.state(
            absolute(row, _COUNT), absolute(row, _EXPLAINED), (_GOOD, _SETTLED, word), table, _UNFILLED
        )
        shown: str = _GOOD
        if line.failures:
            shown = _SETTLED if line.failures == line.explained else word
        elif key in self.states and self.states[key].state in _UNFILLED:
            shown = self.states[key].state
        self.sheet.formula(row, _STATE, formula, shown, _CENTRED)

    def _marks(self) -> None:
        """Colour the states: green where nothing is left to do, grey where nothing stands, else as the severity."""
        at = f"${column_letters(_TABLE_STATE)}{FIRST_TABLE + 1}"
        tables = [
            (status.one_of(at, *_COMPLETE), styles.DONE),
            (status.one_of(at, State.EMPTY), styles.OPEN),
            (status.one_of(at, State.PARTIAL), styles.MARKS[Severity.PERINGATAN]),
        ]
        last = FIRST_TABLE + len(self.states) - 1
        if self.states:
            self.sheet.coloured((FIRST_TABLE, _TABLE_STATE, last, _TABLE_STATE), tables)
        severity = f"${column_letters(_SEVERITY)}{self.first + 1}"
        state = f"${column_letters(_STATE)}{self.first + 1}"
        rules = [
            (status.one_of(state, _GOOD, _SETTLED), styles.DONE),
            (status.one_of(state, *_UNFILLED), styles.OPEN),
            *((status.one_of(severity, each.value), styles.MARKS[each]) for each in Severity),
        ]
        self.sheet.coloured((self.first, _STATE, self.last, _STATE), rules)

    def _on_submission(self, row: int) -> None:
        """List the rules that no cell can check, with the reason."""
        sheet = self.sheet
        sheet.value(
            row, 0, "Diperiksa setelah dikirim, karena tidak dapat diperiksa di dalam sel", styles.TITLE
        )
        for words in self.plan.template.submission_rules:
            row += 1
            sheet.value(row, 0, "Seluruh berkas", styles.PLAIN)
            sheet.value(row, _TITLE, words.title, styles.PLAIN)
            sheet.value(row, _SEVERITY, words.severity.value, styles.PLAIN)
            sheet.merged(row, _COUNT, row, _STATE, _LATER, {**styles.PLAIN, "align": "center"})
            text = f"{words.remedy}. Alasan: {words.reason}."
            sheet.value(row, _REMEDY, text, styles.PLAIN)
            sheet.fit(row, [(text, _width(_REMEDY))])


def _asks_a_cell(rule: Rule) -> bool:
    """Whether a rule asks for a blank cell."""
    return rule.follows_from in (Property.REQUIRED, Property.ASKED)


def _width(column: int) -> int:
    return _WIDTHS[column]


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
    if rules[0].explicable:
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
