"""The rules alive in each table's sheet: a column Pemeriksaan, marks on failing cells, room to explain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lkjip_xl.base.a1 import across, column_letters
from lkjip_xl.base.keys import Explained, Period
from lkjip_xl.compute.rules import Failure
from lkjip_xl.form import layout
from lkjip_xl.form.formulas import Formulas, first_failing
from lkjip_xl.form.layout import Placement
from lkjip_xl.formula import nodes, status
from lkjip_xl.template.model import Table
from lkjip_xl.template.rule import Rule
from lkjip_xl.words import messages
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet
from lkjip_xl.write.sentences import typing_sheets

_WIDTH = 90  # of the column Pemeriksaan, for a sentence a line: rows do not grow for a formula
_EXPLANATION_WIDTH = 40
_EXPLANATION_HELP = {
    "validate": "any",
    "input_title": "Penjelasan",
    "input_message": "Bila peringatan di baris ini memang benar keadaannya, tulis sebabnya di sini.",
}
Explanations = Mapping[Explained, str]


class LiveChecks:
    """Writes the check cells of one table's sheet; ``failing`` gives the sentence of each failure."""

    def __init__(
        self,
        formulas: Formulas,
        table: Table,
        sheet: Sheet,
        failing: Mapping[Failure, str],
        explanations: Explanations,
    ) -> None:
        self.formulas = formulas
        self.plan = plan = formulas.plan
        self.table = table
        self.sheet = sheet
        self.failing = failing
        self.explanations = explanations
        self.placement: Placement = plan.placements[table.key]

    def write(self) -> None:
        """Write every check, its mark on the blamed cell, the first message of each row, and room to explain."""
        place = self.placement
        if not place.checks:
            return
        assert place.status_column is not None  # noqa: S101 - every table that is laid out has one
        self._head(place.status_column, "Pemeriksaan", layout.STATUS, _WIDTH)
        first, last = place.checks[0].column, max(check.column for check in place.checks)
        self.sheet.raw.set_column(first, last, None, None, {"hidden": True})
        failed: dict[int, list[str]] = {}  # by sheet row: what its checks say, each with what is to be done
        # By sheet row: what an explanation there is kept under, and the columns of the checks that it explains.
        warned: dict[int, tuple[Explained, list[int]]] = {}
        for rule, year, column in place.checks:
            self.sheet.value(layout.KEY_ROW, column, rule.remedy, {})
            node = self._node(rule, year)
            for row, line in place.checked_lines(rule):
                said = self.failing.get(Failure(self.table.key, row, (rule.blame, year), rule.name))
                self.sheet.formula(line, column, self.formulas.text(node, self.table, row, year), said, {})
                failed.setdefault(line, []).extend([status.with_remedy(said, rule.remedy)] if said else [])
                if rule.explicable:
                    key = place.explained_at(row, rule.blame)
                    warned.setdefault(line, (key, []))[1].append(column)
            self._mark(rule, year, column)
        for line, texts in failed.items():
            formula = first_failing(line, first, last)
            shown = texts[0] if texts else None
            self.sheet.formula(line, place.status_column, formula, shown, styles.STATUS)
        if place.total_row in failed:  # grows for no one, since nobody types there
            self.sheet.fit_lines(place.total_row, 2)
        self._explanations(warned)

    def _node(self, rule: Rule, year: Period | None) -> nodes.Node:
        """Return what a check cell holds: nothing while the rule holds, else its sentence."""
        holds: nodes.Node = rule.check
        if self.table.silenced and not rule.of_table:
            holds = nodes.Or((nodes.Inapplicable(), holds), kind=nodes.Kind.TRUTH)
        sheets = typing_sheets(rule, self.table, self.plan)
        said = messages.sentence_node(rule, self.table, self.plan.setup, year, sheets)
        return nodes.If(holds, nodes.Blank(), said, kind=nodes.Kind.TEXT)

    def _head(self, column: int, label: str, mark: str, width: int) -> None:
        self.sheet.raw.set_column(column, column, width)
        self.sheet.value(layout.KEY_ROW, column, mark, {})
        first = layout.KEY_ROW - 1 if self.table.is_form else layout.GROUP_ROW
        last = first if self.table.is_form else layout.LABEL_ROW
        self.sheet.merged(first, column, last, column, label, styles.HEADER)

    def _mark(self, rule: Rule, year: Period | None, column: int) -> None:
        lines = self.placement.checked_lines(rule)
        blamed = [self.placement.position((rule.blame, year), row) for row, _ in lines]
        cells = [position for position in blamed if position is not None]
        if not cells:
            return
        options = {
            "type": "formula",
            "criteria": status.filled(f"${column_letters(column)}{lines[0][1] + 1}"),
            "format": self.sheet.book.format(styles.MARKS[rule.severity]),
        }
        self.sheet.raw.conditional_format(*cells[0], *cells[-1], options)

    def _explanations(self, warned: Mapping[int, tuple[Explained, list[int]]]) -> None:
        """Write the cells where staff explain; they ask for it, in the colour of inputs, where a check fails."""
        column = self.placement.explanation_column
        if column is None:
            return
        self._head(column, "Penjelasan", layout.EXPLANATION, _EXPLANATION_WIDTH)
        asked = self.sheet.book.format({"bg_color": styles.INPUT_COLOR})
        for line, (key, _) in warned.items():
            self.sheet.value(line, column, self.explanations.get(key), styles.EXPLANATION)
        for (first, last), lines in _runs({line: (min(c), max(c)) for line, (_, c) in warned.items()}):
            cells = (lines[0], column, lines[-1], column)
            self.sheet.raw.data_validation(*cells, _EXPLANATION_HELP)
            condition = status.any_filled(across(lines[0], first, last))  # its row moves along with the cells
            self.sheet.raw.conditional_format(
                *cells, {"type": "formula", "criteria": condition, "format": asked}
            )


def _runs(spans: Mapping[int, tuple[int, int]]) -> Iterator[tuple[tuple[int, int], list[int]]]:
    """Yield the sheet rows that follow one another and have checks in the same columns, with these columns."""
    run: list[int] = []
    for line in sorted(spans):
        if run and (line != run[-1] + 1 or spans[line] != spans[run[-1]]):
            yield spans[run[-1]], run
            run = []
        run.append(line)
    if run:
        yield spans[run[-1]], run
