"""The columns of a table in a returned workbook: which are missing, stand there again, or are of other years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from lkjip_xl.base.a1 import a1, column_letters
from lkjip_xl.base.findings import Finding
from lkjip_xl.base.keys import ColumnKey
from lkjip_xl.form.layout import FORM_LABEL_COLUMN, KEY_ROW, LABEL_ROW, Placement
from lkjip_xl.read.placing import Mark, cell_at, doubles, foreign_columns
from lkjip_xl.template.declared_words import SubmissionRulesDeclaration
from lkjip_xl.template.model import Setup, Table, Template
from lkjip_xl.words import wording
from lkjip_xl.words.messages import label, submitted
from lkjip_xl.xlsx.cells import Cells


@dataclass(frozen=True)
class Report:
    """What is known of a returned report before its tables are read."""

    template: Template
    setup: Setup
    own_version: bool
    """Whether it was made from this very template set."""
    days_from_1904: bool
    most: int
    """How many findings are said one by one."""

    @property
    def words(self) -> SubmissionRulesDeclaration:
        """The words of the findings."""
        return self.template.declared.submission_rules

    def named(self, table: Table, column: ColumnKey) -> str:
        """Return how people know a column."""
        return label(table.columns[column[0]], column[1], self.setup)

    def typed(self, table: Table, column: ColumnKey) -> bool:
        """Whether people type in a column."""
        return table.columns[column[0]].typed_in(column[1], self.setup.year)


def missing_columns(
    report: Report, table: Table, placement: Placement, keys: Sequence[ColumnKey]
) -> Iterator[Finding]:
    """Report columns in which people type, or explain, and that are gone.

    A workbook of another version may never have had those that need not be filled.
    """
    missing = [
        report.named(table, key)
        for key in keys
        if report.typed(table, key) and key not in placement.lines
        if report.own_version or table.columns[key[0]].declared.required
    ]
    if table.explained and placement.explanation_column is None and report.own_version:
        missing.insert(0, "Penjelasan")
    for name in missing:
        sheet = placement.sheet
        yield submitted(report.words.missing_column, sheet, judul=name, lembar=sheet)


def double_columns(
    report: Report, table: Table, placement: Placement, grid: Cells, mark: Mark
) -> Iterator[Finding]:
    """Report columns of a table, and fields of a form, that stand there again: only the first is read."""
    form = table.is_form
    for key, line in doubles(table, placement, grid, mark):
        if report.typed(table, key):
            here, there = (str(at + 1) if form else column_letters(at) for at in (line, placement.lines[key]))
            yield submitted(
                report.words.double_column,
                placement.sheet,
                a1(line, FORM_LABEL_COLUMN) if form else a1(mark.row + LABEL_ROW - KEY_ROW, line),
                apa="Baris" if form else "Kolom",
                judul=report.named(table, key),
                salinan=here,
                dibaca=there,
            )


def other_years(
    report: Report,
    table: Table,
    placement: Placement,
    grid: Cells,
    mark: Mark,
    known: AbstractSet[ColumnKey],
) -> Iterator[Finding]:
    """Report columns of years that are none of this report's, where something stands in them: they are not read."""
    if table.is_form:
        return
    used = [
        (key, line)
        for key, line in foreign_columns(table, grid, mark.row, known)
        if (report.own_version and table.columns[key[0]].computed)
        or any(str(cell_at(grid, (row, line))).strip() for row in placement.rows.values())
    ]
    if used:
        yield submitted(
            report.words.other_year,
            placement.sheet,
            a1(mark.row + LABEL_ROW - KEY_ROW, used[0][1]),
            judul=wording.brief(", ".join(report.named(table, key) for key, _ in used)),
            lembar=placement.sheet,
            tahun=str(report.setup.year),
            periode="-".join(map(str, report.setup.period)),
        )
