"""A loaded template set: declarations with their formulas parsed and their names resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from lkjip_xl.base.findings import Severity
from lkjip_xl.base.keys import Period
from lkjip_xl.formula.nodes import Kind, LastFilled, Node
from lkjip_xl.formula.pattern import ANY, Pattern
from lkjip_xl.template.declaration import ColumnDeclaration, TableDeclaration
from lkjip_xl.template.declared_set import TemplateDeclaration
from lkjip_xl.template.declared_words import SubmissionRuleWords

# Names of sheets that are no table.
INSTRUCTIONS_SHEET, LISTS_SHEET, IDENTITY_SHEET = "Petunjuk", "Daftar", "_lkjip"
FINDINGS_SHEET, CHECKS_SHEET = "Temuan", "Periksa"
FINDINGS_TITLE = "Temuan pemeriksaan"  # in A1, which tells our sheet from one of theirs that has its name
COCKPIT_SHEET, AGENCIES_SHEET, FILES_SHEET, RULES_SHEET = "Kokpit", "OPD", "Kiriman", "Aturan"
CONSOLIDATED_SHEETS = (COCKPIT_SHEET, AGENCIES_SHEET, FILES_SHEET, RULES_SHEET, FINDINGS_SHEET)
RESERVED_SHEETS = (INSTRUCTIONS_SHEET, LISTS_SHEET, IDENTITY_SHEET, FINDINGS_SHEET, CHECKS_SHEET)

ORIGIN = "asal"  # in formulas: the row of the table that this row follows
YEAR = "tahun"  # in formulas: the year of the cell
REPORT_YEAR = "tahun_laporan"  # in formulas: the year of the report
PART = "nama_bagian"  # in formulas: the label of the part that the row belongs to


@dataclass(frozen=True, slots=True)
class Column:
    """A column and its parsed formulas.

    ``formula`` computes the column, ``current_year`` the report year's cell of a column that is typed for other
    years, ``total`` the total row's cell.
    """

    declared: ColumnDeclaration
    formula: Node | None = None
    current_year: Node | None = None
    total: Node | None = None
    choices: tuple[str, ...] = ()
    pattern: Pattern | None = None

    @property
    def key(self) -> str:
        """The name in formulas, data and hidden keys."""
        return self.declared.key

    @property
    def kind(self) -> Kind:
        """The kind of the column's values."""
        match self.declared.type:
            case "number" | "integer" | "ordinal":
                return Kind.NUMBER
            case "date":
                return Kind.DATE
        return Kind.TEXT

    @property
    def per_year(self) -> bool:
        """Whether there is one cell a year."""
        return self.declared.years is not None

    @property
    def typed(self) -> bool:
        """Whether people type at least some cells of this column."""
        return self.formula is None and self.declared.type not in ("ordinal", "fixed")

    @property
    def computed(self) -> bool:
        """Whether at least some cells hold a formula."""
        return self.formula is not None or self.current_year is not None

    def typed_in(self, year: Period | None, report_year: int) -> bool:
        """Whether people type the cell of ``year`` (None: a column without years)."""
        return self.typed and not (self.current_year is not None and year == report_year)

    def asked_in(self, year: Period | None, report_year: int) -> bool:
        """Whether the cell of ``year`` can be asked for: not where its year is still to come."""
        late = self.current_year is not None and year is not None and year > report_year
        return self.typed_in(year, report_year) and not late


class Property(StrEnum):
    """What a column's declaration says, so that a rule follows from it; the names are those of ``[field_rules]``."""

    REQUIRED = "required"
    ASKED = "asked"  # required in a row of which something is filled
    TABLE = "table"  # a table has a row
    FOLLOWED = "followed"  # so has one whose rows follow those of others
    ORPHAN = "orphan"  # nothing is typed where there is no row to follow
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    CODE = "code"
    WHOLE = "whole"
    RANGE = "range"
    PATTERN = "pattern"
    CHOICE = "choice"
    UNIQUE = "unique"
    REFERENCE = "reference"

    @property
    def asks(self) -> bool:
        """Whether it asks for what is blank."""
        return self in (Property.REQUIRED, Property.ASKED, Property.TABLE, Property.FOLLOWED)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: declared with its table, or following from a column's declaration.

    ``check`` must be true; where it is blank the rule does not apply yet. ``blame`` is the column of the cell that a
    finding points to, in the row or in the total row (``scope``).
    """

    id: str
    title: str
    severity: Severity
    scope: str
    check: Node
    blame: str
    values: Mapping[str, Node]
    expected: str | None
    message: str
    remedy: str
    source: str
    follows_from: Property | None = None
    """Of the column's declaration; None for a declared rule."""

    def applies(self, column: Column, year: Period | None, report_year: int) -> bool:
        """Whether it says anything of the cell of ``year`` of the column that it blames."""
        if self.follows_from is None:
            return True
        asked = column.asked_in if self.follows_from.asks else column.typed_in
        return asked(year, report_year)

    @property
    def name(self) -> str:
        """What tells this rule from the same one of another column."""
        return f"{self.id}.{self.blame}"


def alike(rules: Iterable[Rule]) -> list[tuple[Rule, ...]]:
    """Return rules grouped: those that say the same of several columns of a table together, each once."""
    groups: dict[tuple[str, str, Severity], dict[str, Rule]] = {}
    for rule in rules:
        groups.setdefault((rule.id, rule.title, rule.severity), {})[rule.name] = rule
    return [tuple(group.values()) for group in groups.values()]


@dataclass(frozen=True, eq=False)
class Table:
    """A table, its columns by key in the report's order, and its rules."""

    declared: TableDeclaration
    columns: Mapping[str, Column]
    rules: tuple[Rule, ...]
    file: str
    parts: tuple[str, ...]
    """Keys of the tables whose rows this table's rows are; the own key where rows are typed here."""

    @property
    def key(self) -> str:
        """The name in formulas, data and hidden keys."""
        return self.declared.key

    @property
    def is_form(self) -> bool:
        """Whether this is a form: one record, a field a row."""
        return self.declared.kind == "form"

    @property
    def per_year(self) -> bool:
        """Whether there is one cell a year."""
        return self.declared.years is not None

    @cached_property
    def typed(self) -> tuple[Column, ...]:
        """The columns in which people type."""
        return tuple(column for column in self.columns.values() if column.typed)

    @cached_property
    def names_rows(self) -> Column | None:
        """The column by whose text people know a row: the first that may not stand twice, else the first they type."""
        texts = [column for column in self.typed if column.kind is Kind.TEXT]
        return next((column for column in texts if column.declared.unique), texts[0] if texts else None)

    @cached_property
    def carried(self) -> frozenset[str]:
        """The columns in which people type where a blank cell means the last one above that is filled."""
        formulas = [
            node for each in self.columns.values() for node in (each.formula, each.current_year) if node
        ]
        formulas += [rule.check for rule in self.rules]
        above = (each for node in formulas for each in node.walk() if isinstance(each, LastFilled))
        return frozenset(each.column.column for each in above) & {column.key for column in self.typed}

    @cached_property
    def has_total(self) -> bool:
        """Whether the closing row shows totals."""
        return any(column.total is not None for column in self.columns.values())

    @cached_property
    def explained(self) -> frozenset[str]:
        """Where staff may explain a peringatan or catatan: ``row``, ``total``, and the fields of a form."""
        rules = [rule for rule in self.rules if rule.severity is not Severity.GALAT]
        return frozenset(rule.blame if self.is_form else rule.scope for rule in rules)

    def first_asked(self, rule: Rule, setup: Setup) -> tuple[Period | None, ...]:
        """Return the first year in which a rule asks for the column that it blames; empty where there is none."""
        column = self.columns[rule.blame]
        years = self.column_years(column, setup)
        return tuple(year for year in years if rule.applies(column, year, setup.year))[:1]

    def years(self, setup: Setup) -> tuple[Period, ...]:
        """Return the years of this table's columns for a report, oldest first; empty for a table without years."""
        if self.declared.years is None:
            return ()
        if self.declared.years == "period":
            return tuple(range(setup.period[0], setup.period[1] + 1))
        first, last = self.declared.years
        return tuple(range(setup.year + first, setup.year + last + 1))

    def column_years(self, column: Column, setup: Setup) -> tuple[Period | None, ...]:
        """Return the years that a column is laid out for; ``(None,)`` for a column without years."""
        years = self.years(setup)
        match column.declared.years:
            case None:
                return (None,)
            case "all":
                return years
            case "current":
                return tuple(year for year in years if year == setup.year)
            case (first, last):
                return tuple(y for y in years if setup.year + first <= y <= setup.year + last)


@dataclass(frozen=True)
class Setup:
    """What one report fixes: its year, the Renstra period (first and last year), modules and numbers of rows."""

    year: int
    period: tuple[int, int]
    modules: frozenset[str] = frozenset()
    rows: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Template:
    """A template set: ``tables`` by key in sheet order, all modules included."""

    declared: TemplateDeclaration
    tables: Mapping[str, Table]
    digest: str
    """Of all that the set says: what is kept of earlier readings holds for this one only."""
    form_digest: str
    """Of what a workbook depends on that was made of it: one with another is of another version."""
    stages: tuple[Stage, ...]
    """What is computed, in an order in which everything needed comes before."""

    def active(self, modules: frozenset[str]) -> Iterator[Table]:
        """Yield the tables of a report with these modules, in sheet order."""
        for table in self.tables.values():
            if table.declared.module is None or table.declared.module in modules:
                yield table

    @property
    def submission_rules(self) -> list[SubmissionRuleWords]:
        """The rules that only a returned file can break, and no cell can check."""
        words = self.declared.submission_rules
        return [getattr(words, name) for name in type(words).model_fields]

    @property
    def consolidation_rules(self) -> list[SubmissionRuleWords]:
        """The rules that only a batch of files can break; none where the set declares no consolidation."""
        words = self.declared.consolidation.rules if self.declared.consolidation else None
        return [getattr(words, name) for name in type(words).model_fields] if words else []

    @property
    def modules(self) -> tuple[str, ...]:
        """The names of all modules of the set."""
        found = (table.declared.module for table in self.tables.values())
        return tuple(dict.fromkeys(module for module in found if module is not None))

    @property
    def codes(self) -> Pattern:
        """The pattern of the codes of OPDs."""
        return self.column(self.declared.identity.code)[1].pattern or ANY

    def column(self, path: str) -> tuple[Table, Column]:
        """Return table and column of a path such as ``identitas.nama``."""
        table, key = path.split(".")
        return self.tables[table], self.tables[table].columns[key]


@dataclass(frozen=True, slots=True)
class Stage:
    """Columns of one table, or cells of its total row, that can be computed together.

    The columns of a level need nothing of one another; each level may need those before it.
    """

    table: str
    total: bool
    per_year: bool
    levels: tuple[tuple[str, ...], ...]
