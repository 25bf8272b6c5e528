"""The rules alive in the workbook: a column Pemeriksaan in each table, marks on failing cells, the sheet Periksa."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from lkjip_xl import book, layout
from lkjip_xl.book import Sheet, Style
from lkjip_xl.conditions import Failing
from lkjip_xl.findings import Severity
from lkjip_xl.formula import nodes, status
from lkjip_xl.formula.excel import to_excel
from lkjip_xl.layout import CellAddresses, Layout, Placement, RowKey, absolute, column_letters, sheet_prefix
from lkjip_xl.template.model import Rule, Table

_WIDTH = 90  # of the column Pemeriksaan: most sentences stand on one line
_MARKS: dict[Severity, Style] = {
    Severity.GALAT: {"bg_color": "#F8C7C2", "font_color": "#8E1B12"},
    Severity.PERINGATAN: {"bg_color": "#FBD9A5", "font_color": "#7A4A00"},
    Severity.CATATAN: {"bg_color": "#D6E6F5", "font_color": "#1F4E79"},
}
_STATUS: Style = {**book.LOCKED, "font_color": "#8E1B12"}


def sentence(table: Table, rule: Rule, plan: Layout) -> str:
    """Return what the workbook says where a rule fails: what it is about, and what to do."""
    label = layout.fill_years(table.columns[rule.blame].declared.label, plan.setup)
    return f"{label}: {rule.title}. {rule.remedy}."


class LiveChecks:
    """Writes the check cells of one table's sheet; ``failing`` gives their cached results."""

    def __init__(self, plan: Layout, table: Table, sheet: Sheet, failing: AbstractSet[Failing]) -> None:
        self.plan = plan
        self.table = table
        self.sheet = sheet
        self.failing = failing
        self.placement: Placement = plan.placements[table.key]

    def write(self) -> None:
        """Write every check, its mark on the blamed cell, and the column that shows the first message."""
        checks = self.placement.checks
        if not checks:
            return
        status_column = self.placement.status_column
        self.sheet.raw.set_column(status_column, status_column, _WIDTH)
        last = max(column for _, _, column in checks)
        self.sheet.raw.set_column(status_column + 1, last, None, None, {"hidden": True})
        texts: dict[int, dict[int, str]] = {}  # by sheet row and column
        for rule, year, column in checks:
            for row, line in self._lines(rule):
                text = self._write_one(rule, year, row, line, column)
                texts.setdefault(line, {})[column] = text
            self._mark(rule, year, column)
        for line, shown in texts.items():
            first, end = status_column + 1, last
            cells = f"${column_letters(first)}{line + 1}:${column_letters(end)}{line + 1}"
            value = next((shown[column] for column in sorted(shown) if shown[column]), None)
            formula = status.first_text(cells, first + 1)
            self.sheet.formula(line, status_column, formula, value, _STATUS)

    def _lines(self, rule: Rule) -> list[tuple[RowKey | None, int]]:
        """Return the rows that a rule is checked in, with their sheet rows."""
        place = self.placement
        if place.is_form:
            return [((self.table.key, 1), place.lines[rule.blame, None])]
        if rule.scope == "total":
            assert place.total_row is not None  # noqa: S101 - every table has a closing row
            return [(None, place.total_row)]
        return list(place.rows.items())

    def _write_one(self, rule: Rule, year: int | None, row: RowKey | None, line: int, column: int) -> str:
        text = sentence(self.table, rule, self.plan)
        node = nodes.If(rule.check, nodes.Blank(), nodes.Text(text))
        formula = to_excel(node, CellAddresses(self.plan, self.table, row, year))
        failed = (self.table.key, row, (rule.blame, year), rule.name) in self.failing
        self.sheet.formula(line, column, formula, text if failed else None, {})
        return text if failed else ""

    def _mark(self, rule: Rule, year: int | None, column: int) -> None:
        lines = self._lines(rule)
        blamed = [self.placement.position((rule.blame, year), row) for row, _ in lines]
        cells = [position for position in blamed if position is not None]
        if not cells:
            return
        options = {
            "type": "formula",
            "criteria": status.filled(f"${column_letters(column)}{lines[0][1] + 1}"),
            "format": self.sheet.book.format(_MARKS[rule.severity]),
        }
        self.sheet.raw.conditional_format(*cells[0], *cells[-1], options)


_HEADINGS = (
    ("Lembar", 24),
    ("Yang diperiksa", 48),
    ("Tingkat", 13),
    ("Temuan", 10),
    ("Keadaan", 14),
    ("Yang dilakukan", 64),
)
_FIRST_RULE = 6


def write_overview(sheet: Sheet, plan: Layout, failing: AbstractSet[Failing]) -> None:
    """Write the sheet Periksa: one verdict, and every rule with its live count and a link to its table."""
    sheet.raw.hide_gridlines(2)
    sheet.value(0, 0, "Periksa", book.TITLE)
    rules = [(table, rules) for table in plan.tables for rules in _alike(plan.placements[table.key])]
    last = _FIRST_RULE + len(rules) - 1
    counts = f"{absolute(_FIRST_RULE, 3)}:{absolute(last, 3)}"
    severities = f"{absolute(_FIRST_RULE, 2)}:{absolute(last, 2)}"
    totals = {severity: _count(plan, failing, severity) for severity in Severity}
    for place, severity in enumerate((Severity.GALAT, Severity.PERINGATAN)):
        formula = status.weighed(severities, severity.value, counts)
        sheet.value(3, 2 * place, f"Jumlah {severity.value}", book.TEXT)
        sheet.formula(
            3, 2 * place + 1, formula, float(totals[severity]), {**book.TEXT, "align": "left", "bold": True}
        )
    faults, warnings = absolute(3, 1), absolute(3, 3)
    text = _verdict(totals[Severity.GALAT], totals[Severity.PERINGATAN])
    sheet.formula(1, 0, status.verdict(faults, warnings), text, {**book.TITLE, "font_color": "#8E1B12"})
    for place, (label, width) in enumerate(_HEADINGS):
        sheet.raw.set_column(place, place, width)
        sheet.value(_FIRST_RULE - 1, place, label, book.HEADER)
    for row, (table, same) in enumerate(rules, start=_FIRST_RULE):
        _write_rule(sheet, row, table, same, plan, failing)
    green = sheet.book.format({"bg_color": "#D5EBD8", "font_color": "#1E5B2A"})
    red = sheet.book.format(_MARKS[Severity.GALAT])
    cells = (_FIRST_RULE, 4, last, 4)
    sheet.raw.conditional_format(
        *cells, {"type": "cell", "criteria": "==", "value": '"sesuai"', "format": green}
    )
    sheet.raw.conditional_format(
        *cells, {"type": "cell", "criteria": "!=", "value": '"sesuai"', "format": red}
    )
    ready = {"type": "formula", "criteria": f"={faults}=0", "format": green}
    sheet.raw.conditional_format(1, 0, 1, 0, ready)
    sheet.raw.autofilter(_FIRST_RULE - 1, 0, last, len(_HEADINGS) - 1)
    sheet.raw.freeze_panes(_FIRST_RULE, 0)
    sheet.page(repeat=(_FIRST_RULE - 1, _FIRST_RULE - 1))
    sheet.protect()


def _alike(place: Placement) -> list[list[Rule]]:
    """Return the rules that a sheet checks, those that say the same of several columns together."""
    groups: dict[tuple[str, str], list[Rule]] = {}
    for rule, _, _ in place.checks:
        groups.setdefault((rule.id, rule.title), []).append(rule)
    return list(groups.values())


def _count(plan: Layout, failing: AbstractSet[Failing], severity: Severity) -> int:
    known = {(t.key, rule.name): rule.severity for t in plan.tables for rule in t.rules}
    return sum(known[table, name] is severity for table, _, _, name in failing)


def _verdict(faults: int, warnings: int) -> str:
    if faults:
        return f"BELUM SIAP: masih ada {faults} galat yang harus diperbaiki"
    return f"SIAP DIKIRIM, dengan {warnings} peringatan untuk diperiksa" if warnings else "SIAP DIKIRIM"


def _write_rule(
    sheet: Sheet, row: int, table: Table, same: list[Rule], plan: Layout, failing: AbstractSet[Failing]
) -> None:
    names = {rule.name for rule in same}
    count = sum(key == table.key and name in names for key, _, _, name in failing)
    rule = same[0]
    sheet.link(row, 0, table.declared.sheet, "A1", table.declared.sheet)
    sheet.value(row, 1, rule.title, book.PLAIN)
    sheet.value(row, 2, rule.severity.value, book.PLAIN)
    centred = {**book.LOCKED, "align": "center"}
    formula = status.failures(_ranges(plan.placements[table.key], names))
    sheet.formula(row, 3, formula, float(count), centred)
    word = "perbaiki" if rule.severity is Severity.GALAT else "periksa"
    state = status.state(absolute(row, 3), "sesuai", word)
    sheet.formula(row, 4, state, word if count else "sesuai", centred)
    sheet.value(row, 5, rule.remedy, book.PLAIN)
    lines = max(book.lines_of(rule.remedy, 64), book.lines_of(rule.title, 48))
    sheet.raw.set_row(row, book.row_height(lines))


def _ranges(place: Placement, names: AbstractSet[str]) -> list[str]:
    prefix = sheet_prefix(place.sheet)
    found = []
    for rule, _, column in place.checks:
        if rule.name not in names:
            continue
        if place.is_form:
            first = last = place.lines[rule.blame, None]
        elif rule.scope == "total":
            first = last = place.total_row or 0
        else:
            first, last = min(place.rows.values()), max(place.rows.values())
        found.append(f"{prefix}{absolute(first, column)}:{absolute(last, column)}")
    return found
