"""Results to findings: where a rule fails, and what is said of it there."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from lkjip_xl.base.a1 import from_a1
from lkjip_xl.base.findings import Finding, Place, Severity
from lkjip_xl.base.keys import PERIOD, ColumnKey, RowKey
from lkjip_xl.check.first_causes import Needs, may_follow
from lkjip_xl.check.schemas import failures
from lkjip_xl.compute.results import Results
from lkjip_xl.compute.rules import begun, truths
from lkjip_xl.form.submission import MAX_TEXT, fits, text_length
from lkjip_xl.formula import nodes
from lkjip_xl.formula.nodes import Kind
from lkjip_xl.read.reader import Workbook
from lkjip_xl.template.model import REPORT_YEAR, Column, Property, Rule, Table, Template
from lkjip_xl.words import messages, wording
from lkjip_xl.xlsx.styles import SHOWN_OTHERWISE, Percent

# Where these fail, no cell is wrong by itself.
_NO_CELL = (None, Property.ORPHAN, Property.FOLLOWED, Property.ASKED)
_GUESSED = 50  # times that it is looked for what was meant, in a column of a workbook


def check(results: Results, workbooks: Sequence[Workbook]) -> list[list[Finding]]:
    """Return the findings of each workbook, reading's own among them, in the order of its sheets and cells."""
    checker = _Checker(results, workbooks)
    placed: list[list[_Placed]] = [[] for _ in workbooks]
    for table in results.template.tables.values():
        for each in checker.table(table):
            placed[each.submission].append(each)
    needs = Needs(results.template.tables)
    return [
        _listed(workbook, _first_causes(each, needs, results.template, workbook), results.template)
        for workbook, each in zip(workbooks, placed, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A finding with the rule and the place that it is of."""

    submission: int
    place: Place
    rule: Rule
    finding: Finding | None
    """None where the workbook has so many that this one is only counted."""


def _listed(workbook: Workbook, placed: Iterable[_Placed], template: Template) -> list[Finding]:
    """Return a workbook's findings in order, reading's own among them; where there are too many, how many more."""
    found, more = list(workbook.findings), Counter(workbook.more)
    for each in placed:
        if each.finding is None:
            more[each.rule.severity] += 1
        else:
            found.append(each.finding)
    found = _in_order(found, workbook)
    more.update(each.severity for each in found[workbook.limits.findings :])
    found = found[: workbook.limits.findings]
    if more:
        counts = [f"{wording.number(more[each])} {each.value}" for each in Severity if more[each]]
        rest = messages.submitted(
            template.declared.submission_rules.rest,
            jumlah=wording.number(more.total()),
            rincian=", ".join(counts),
        )
        found.insert(0, replace(rest, severity=next(each for each in Severity if more[each])))
    return found


def _lost(template: Template, workbook: Workbook) -> frozenset[str]:
    """Return the tables that were not found."""
    active = {table.key for table in template.active(workbook.submission.setup.modules)}
    return frozenset(active - workbook.placements.keys())


def _short(template: Template, workbook: Workbook) -> set[str]:
    """Return the tables that lack a row: what is said of a whole column of theirs may follow from that."""
    rule = template.declared.submission_rules.missing_row.id
    return {each.place.table for each in workbook.findings if each.rule == rule and each.place is not None}


def _first_causes(
    placed: Sequence[_Placed], needs: Needs, template: Template, workbook: Workbook
) -> Iterator[_Placed]:
    """Yield the findings that do not just follow from a cell that is wrong by itself or gone, or name a lost table."""
    lost, short = _lost(template, workbook), _short(template, workbook)
    wrong = {
        (each.place.table, each.place.row, each.rule.blame)
        for each in placed
        if each.rule.follows_from not in _NO_CELL
    }
    columns = {(table, column) for table, _, column in wrong}
    for each in placed:
        if lost and may_follow(each.rule) and lost & needs.named(each.place.table, each.rule.name):
            continue
        if may_follow(each.rule) and any(
            (need.table, each.place.row, need.column) in wrong
            if need.same_row
            else (need.table, need.column) in columns or need.table == each.place.table in short
            for need in needs.of_rule(each.place.table, each.rule.name)
        ):
            continue
        yield each


def _in_order(findings: list[Finding], workbook: Workbook) -> list[Finding]:
    sheets = {placement.sheet: n for n, placement in enumerate(workbook.placements.values())}

    def place(finding: Finding) -> tuple[int, int, int]:
        row, column = from_a1(finding.cell) if finding.cell else (-1, -1)
        return (sheets.get(finding.sheet, -1), row, column)

    return sorted(findings, key=place)


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

    def table(self, table: Table) -> Iterator[_Placed]:
        for rule in table.rules:
            match rule.check:
                case nodes.WellTyped():
                    yield from self._misfits(table, rule)
                case nodes.TableBegun():
                    yield from self._empty(table, rule)
        for total in (False, True):
            frame = truths(self.results, table, total=total)
            for rule, index in failures(table, frame, total=total):
                yield from self._place(table, rule, frame.row(index, named=True), total=total)

    def _misfits(self, table: Table, rule: Rule) -> Iterator[_Placed]:
        """Yield the finding of each cell that does not hold what its column asks for."""
        column = table.columns[rule.blame]
        for number, row, cell, raw in self.misfits.get((table.key, rule.blame), ()):
            placed = self._finding(table, rule, number, Place(table.key, row, cell), raw)
            yield self._as_shown(placed, column, raw)

    def _as_shown(self, placed: _Placed, column: Column, raw: Any) -> _Placed:
        """Return what is said of a date or percentage where a number belongs, or of a text that no cell can hold.

        In the sheet the one is a number like any other, the other a text.
        """
        declared = self.results.template.declared.submission_rules
        found = placed.finding
        if column.kind is Kind.NUMBER and isinstance(raw, SHOWN_OTHERWISE):
            words = declared.percent_typed if isinstance(raw, Percent) else declared.date_typed
        elif (
            column.declared.type in ("text", "choice", "reference") and isinstance(raw, str) and not fits(raw)
        ):
            words = declared.long_text
        else:
            return placed
        if found is None:
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
            nilai=wording.quoted(raw),
            jumlah=wording.number(text_length(raw)) if isinstance(raw, str) else "",
            batas=wording.number(MAX_TEXT),
        )
        return replace(placed, finding=shown)

    def _empty(self, table: Table, rule: Rule) -> Iterator[_Placed]:
        for number, workbook in enumerate(self.workbooks):
            placement, submission = workbook.placements.get(table.key), workbook.submission
            if placement is None or not placement.rows or begun(table, submission):
                continue
            rows = [row for row in placement.rows if row in submission.tables.get(row[0], {})]
            first = min(rows or placement.rows, key=lambda row: placement.rows[row])
            for year in table.first_asked(rule, submission.setup):
                place = Place(table.key, first, (rule.blame, year))
                yield self._finding(table, rule, number, place, None)

    def _place(
        self, table: Table, rule: Rule, record: Mapping[str, Any], *, total: bool
    ) -> Iterator[_Placed]:
        """Yield the finding of a rule that fails in a row; none for a cell that is blamed for what it holds already, or gone."""
        column = table.columns[rule.blame]
        if table.per_year and not column.per_year and record[PERIOD] != record[REPORT_YEAR]:
            return  # a column without years stands in every year's row, and is reported once
        number = record["submission"]
        row: RowKey | None = None if total else (record["bagian"], record["row"])
        key: ColumnKey = (rule.blame, record[PERIOD] if column.per_year else None)
        workbook = self.workbooks[number]
        if row is not None and (table.key, row, key) in workbook.misfits:
            return
        sources = {path.split(".")[0] for path in column.declared.references}
        if rule.follows_from is Property.REFERENCE and not sources & set(workbook.placements):
            return  # the table it points to is gone, which is a finding of its own
        placement = workbook.placements.get(table.key)
        if placement is not None and key in placement.lines and (row is None or row in placement.rows):
            place = Place(table.key, row, key)
            yield self._finding(table, rule, number, place, record[rule.blame], record)

    def _finding(
        self,
        table: Table,
        rule: Rule,
        number: int,
        place: Place,
        value: Any,
        record: Mapping[str, Any] | None = None,
    ) -> _Placed:
        workbook = self.workbooks[number]
        placement = workbook.placements[table.key]
        self.left[number] -= 1
        if self.left[number] < 0:
            return _Placed(number, place, rule, None)
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
        if rule.severity is not Severity.GALAT:
            where = placement.explained_at(place.row, rule.blame)
            found = replace(found, explanation=workbook.submission.explanations.get(where, ""))
        return _Placed(number, place, rule, found)

    def _known(self, key_of_table: str, key_of_column: str, number: int) -> tuple[list[str], list[str]]:
        """Return the texts that a column may have, and the sheets where its texts, or its row, come from."""
        table = self.results.template.tables[key_of_table]
        column = table.columns[key_of_column]
        texts = list(column.choices)
        origins = list(table.parts if table.declared.rows_from else ())
        for path in column.declared.references:
            key, name = path.split(".")
            source = self.results.template.tables[key]
            used = set(self._texts(table, column.key, number))
            texts += [text for text in self._texts(source, name, number) if text not in used]
            # Staff cannot type where rows only follow others: name the sheets where they can.
            origins += [key] if source.columns[name].typed else source.parts
        return texts, [self._sheet(key, number) for key in dict.fromkeys(origins)]

    def _texts(self, table: Table, column: str, number: int) -> list[str]:
        body = self.results.bodies[table.key].filter(pl.col("submission") == number)
        return body[column].drop_nulls().unique(maintain_order=True).to_list()

    def _sheet(self, key: str, number: int) -> str:
        placement = self.workbooks[number].placements.get(key)
        return placement.sheet if placement else self.results.template.tables[key].declared.sheet
