"""Results to findings: where a rule fails, and what is said of it there."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from lkjip_xl.base.a1 import from_a1
from lkjip_xl.base.findings import Finding, Place, Severity
from lkjip_xl.base.keys import PERIOD, ColumnKey, RowKey
from lkjip_xl.check.causes import Placed, with_causes
from lkjip_xl.check.schemas import failures
from lkjip_xl.compute.results import Results
from lkjip_xl.compute.rules import at_misfit, holds_of_table, truths
from lkjip_xl.form.submission import MAX_TEXT, fits, text_length
from lkjip_xl.formula import nodes
from lkjip_xl.formula.nodes import Kind
from lkjip_xl.read.reader import Workbook
from lkjip_xl.template.declared_words import FieldRuleWords
from lkjip_xl.template.model import REPORT_YEAR, Column, Table, Template
from lkjip_xl.template.rule import Rule
from lkjip_xl.words import messages, wording
from lkjip_xl.xlsx.styles import SHOWN_OTHERWISE, Percent

_GUESSED = 50  # times that it is looked for what was meant, in a column of a workbook


def check(results: Results, workbooks: Sequence[Workbook]) -> list[list[Finding]]:
    """Return the findings of each workbook, reading's own among them, in the order of its sheets and cells."""
    checker = _Checker(results, workbooks)
    placed: list[list[Placed]] = [[] for _ in workbooks]
    for table in results.template.tables.values():
        for each in checker.table(table):
            placed[each.submission].append(each)
    return [
        _listed(workbook, with_causes(each, results, workbook, number), results.template)
        for number, (workbook, each) in enumerate(zip(workbooks, placed, strict=True))
    ]


def _listed(workbook: Workbook, placed: Iterable[Placed], template: Template) -> list[Finding]:
    """Return a workbook's findings in order, reading's own among them; where there are too many, how many more."""
    more = Counter(workbook.more)
    found: list[tuple[Finding, Rule | None, int]] = [(finding, None, -1) for finding in workbook.findings]
    for each in placed:
        if each.finding is None:
            more[each.rule.severity] += 1
        else:
            rules = template.tables[each.place.table].rules
            found.append((each.finding, each.rule, rules.index(each.rule)))
    ordered = _in_order(found, workbook)
    more.update(each.severity for each in ordered[workbook.limits.findings :])
    ordered = ordered[: workbook.limits.findings]
    if more:
        counts = [f"{wording.number(more[each])} {each.value}" for each in Severity if more[each]]
        rest = messages.submitted(
            template.declared.submission_rules.rest,
            jumlah=wording.number(more.total()),
            rincian=", ".join(counts),
        )
        ordered.insert(0, replace(rest, severity=next(each for each in Severity if more[each])))
    return ordered


def _in_order(findings: Iterable[tuple[Finding, Rule | None, int]], workbook: Workbook) -> list[Finding]:
    """Return findings, each given with its rule and that one's place in its table, as the sheet Periksa lists them.

    Those that block first, then the others, and what is explained last; each as the sheets and their rows follow one
    another, and what is said of a table as a whole below its rows.
    """
    sheets = {placement.sheet: n for n, placement in enumerate(workbook.placements.values())}
    totals = {placement.sheet: placement.total_row for placement in workbook.placements.values()}
    ranks = list(Severity)

    def order(of: tuple[Finding, Rule | None, int]) -> tuple[int, int, int, int, bool, int, int]:
        finding, rule, number = of
        row, column = from_a1(finding.cell) if finding.cell else (-1, -1)
        of_table = rule is not None and rule.of_table
        if of_table:
            row = totals.get(finding.sheet) or row
        rank = ranks.index(finding.severity)
        group = 2 if finding.explanation else min(rank, 1)
        return group, sheets.get(finding.sheet, -1), row, rank, not of_table, column, number

    return [finding for finding, _, _ in sorted(findings, key=order)]


def _words(template: Template, column: Column, raw: Any) -> FieldRuleWords | None:
    """Return what is said of what stands in a cell of a column, where that is more than that it is of another kind."""
    declared = template.declared.submission_rules
    if column.kind is Kind.NUMBER and isinstance(raw, SHOWN_OTHERWISE):
        return declared.percent_typed if isinstance(raw, Percent) else declared.date_typed
    if column.kind is Kind.NUMBER and isinstance(raw, float):
        return template.declared.field_rules.great
    if column.declared.type in ("text", "choice", "reference") and isinstance(raw, str) and not fits(raw):
        return declared.long_text
    return None


class _Checker:
    def __init__(self, results: Results, workbooks: Sequence[Workbook]) -> None:
        self.results = results
        self.workbooks = workbooks
        self.guessed: Counter[tuple[int, str, str]] = Counter()
        self.left = [each.limits.findings for each in workbooks]
        self.known = functools.cache(self._known)
        self.misfits: dict[tuple[str, str], list[tuple[int, RowKey, ColumnKey, Any]]] = {}
        for number, workbook in enumerate(workbooks):
            for (key, row, cell), raw in workbook.misfits.items():
                self.misfits.setdefault((key, cell[0]), []).append((number, row, cell, raw))

    def table(self, table: Table) -> Iterator[Placed]:
        for rule in table.rules:
            if rule.of_table:
                yield from self._of_table(table, rule)
            else:
                yield from self._misfits(table, rule)
        for total in (False, True):
            frame = truths(self.results, table, total=total)
            for rule, index in failures(table, frame, total=total):
                yield from self._place(table, rule, frame.row(index, named=True), total=total)

    def _misfits(self, table: Table, rule: Rule) -> Iterator[Placed]:
        """Yield the findings of a rule in cells that do not hold what their column asks for."""
        column = table.columns[rule.blame]
        for number, row, cell, raw in self.misfits.get((table.key, rule.blame), ()):
            if at_misfit(self.results, table, rule, number, row):
                placed = self._finding(table, rule, number, Place(table.key, row, cell), raw)
                own = isinstance(rule.check, nodes.WellTyped)
                yield self._as_shown(placed, column, raw) if own else placed

    def _as_shown(self, placed: Placed, column: Column, raw: Any) -> Placed:
        """Return what is said of a date, a percentage or too great a number where a number belongs, or of too long a text.

        In the sheet the first are numbers like any other, the last a text.
        """
        words, found = _words(self.results.template, column, raw), placed.finding
        if words is None or found is None:
            return placed
        shown = messages.submitted(
            words,
            found.sheet,
            found.cell,
            value=found.value,
            place=placed.place,
            judul=messages.label(
                column, placed.place.column[1], self.workbooks[placed.submission].submission.setup
            ),
            nilai=wording.number(raw) if type(raw) is float else wording.quoted(raw),
            jumlah=wording.number(text_length(raw)) if isinstance(raw, str) else "",
            batas=wording.number(MAX_TEXT),
        )
        return replace(placed, finding=shown)

    def _of_table(self, table: Table, rule: Rule) -> Iterator[Placed]:
        for number, workbook in enumerate(self.workbooks):
            placement, submission = workbook.placements.get(table.key), workbook.submission
            if placement is None or not placement.rows or holds_of_table(rule, table, submission):
                continue
            first = min(placement.rows, key=lambda row: placement.rows[row])
            for year in table.first_asked(rule, submission.setup):
                place = Place(table.key, first, (rule.blame, year))
                yield self._finding(table, rule, number, place, None)

    def _place(self, table: Table, rule: Rule, record: Mapping[str, Any], *, total: bool) -> Iterator[Placed]:
        """Yield the finding of a rule that fails in a row; none for a cell that is gone."""
        column = table.columns[rule.blame]
        if table.per_year and not column.per_year and record[PERIOD] != record[REPORT_YEAR]:
            return  # a column without years stands in every year's row, and is reported once
        number = record["submission"]
        row: RowKey | None = None if total else (record["bagian"], record["row"])
        key: ColumnKey = (rule.blame, record[PERIOD] if column.per_year else None)
        workbook = self.workbooks[number]
        if (table.key, row, key) in workbook.misfits and at_misfit(
            self.results, table, rule, number, row
        ) is not None:
            return  # see _misfits
        placement = workbook.placements.get(table.key)
        if placement is not None and key in placement.lines and (row is None or row in placement.rows):
            place = Place(table.key, row, key)
            yield self._finding(table, rule, number, place, messages.stands_in(column, record), record)

    def _finding(
        self,
        table: Table,
        rule: Rule,
        number: int,
        place: Place,
        value: Any,
        record: Mapping[str, Any] | None = None,
    ) -> Placed:
        workbook = self.workbooks[number]
        placement = workbook.placements[table.key]
        self.left[number] -= 1
        if self.left[number] < 0:
            return Placed(number, place, rule, None)
        known = self.known(table.key, rule.blame, number) if rule.follows_from else ([], [])
        self.guessed[number, table.key, rule.name] += 1
        found = messages.finding(
            rule,
            table,
            workbook.submission.setup,
            value,
            record or {},
            known=known,
            sheet=placement.sheet,
            cell=placement.cell(place.column, place.row),
            place=place,
            guess=self.guessed[number, table.key, rule.name] <= _GUESSED,
        )
        if rule.explicable:
            where = placement.explained_at(place.row, rule.blame)
            found = replace(found, explanation=workbook.submission.explanations.get(where, ""))
        return Placed(number, place, rule, found)

    def _known(self, key_of_table: str, key_of_column: str, number: int) -> tuple[list[str], list[str]]:
        """Return the texts that a column may have, and the sheets where its texts, or its row, come from."""
        table = self.results.template.tables[key_of_table]
        column = table.columns[key_of_column]
        texts = list(column.choices)
        for path in column.declared.references:
            key, name = path.split(".")
            used = set(self._texts(table, column.key, number))
            source = self.results.template.tables[key]
            texts += [text for text in self._texts(source, name, number) if text not in used]
        placements = self.workbooks[number].placements
        return texts, messages.typing_sheets(column, table, self.results.template.tables, placements)

    def _texts(self, table: Table, column: str, number: int) -> list[str]:
        body = self.results.bodies[table.key].filter(pl.col("submission") == number)
        return body[column].drop_nulls().unique(maintain_order=True).to_list()
