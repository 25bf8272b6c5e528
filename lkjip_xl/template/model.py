"""A loaded template set: declarations with their formulas parsed and their names resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lkjip_xl.base.keys import Period
from lkjip_xl.formula.grades import Grades
from lkjip_xl.formula.nodes import Kind, LastFilled, Node
from lkjip_xl.formula.pattern import ANY, Pattern
from lkjip_xl.template.declaration import ColumnDeclaration, TableDeclaration
from lkjip_xl.template.declared_report import ReportDeclaration
from lkjip_xl.template.declared_set import TemplateDeclaration
from lkjip_xl.template.declared_words import SubmissionRuleWords
from lkjip_xl.template.rule import Rule

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
    grades: Grades | None = None
    """Those that may stand in its cells: of a column of grades, and of the numbers that share the cells."""
    grade: Column | None = None
    scale: Node | None = None
    """Of a column of grades that people type: the scale of a row."""
    in_cell: Node | None = None  # what the cells show in which two computed columns stand

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
    def cell(self) -> str:
        """The key of the column in whose cells this one stands: its own, unless it is one of grades."""
        return self.declared.cell or self.key

    @property
    def shown(self) -> Node | None:
        """The formula of its computed cells."""
        return self.in_cell or self.formula or self.current_year

    @property
    def per_year(self) -> bool:
        """Whether there is one cell a year."""
        return self.declared.years is not None

    @property
    def typed(self) -> bool:
        """Whether people type at least some cells of this column."""
        return self.formula is None and self.declared.type not in ("ordinal", "fixed")

    @property
    def decimals(self) -> int | None:
        """With how many decimals a sentence writes its figures; None: with those that they have."""
        return self.declared.decimals if isinstance(self.declared.decimals, int) else None

    @property
    def computed(self) -> bool:
        """Whether at least some cells hold a formula."""
        return self.formula is not None or self.current_year is not None

    def typed_in(self, year: Period | None, report_year: int) -> bool:
        """Whether people type the cell of ``year`` (None: a column without years)."""
        return self.typed and not (self.current_year is not None and year == report_year)

    def locked_in(self, year: Period | None, report_year: int) -> bool:
        """Whether the cell of ``year``, which is still to come, is locked; what stands there all the same is read."""
        return self.declared.to_come == "locked" and year is not None and year > report_year

    def asked_in(self, year: Period | None, report_year: int) -> bool:
        """Whether the cell of ``year`` can be asked for: not where its year is still to come."""
        late = self.current_year is not None and year is not None and year > report_year
        return self.typed_in(year, report_year) and not late


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
    def is_list(self) -> bool:
        """Whether this is a list that a workbook may carry: people neither fill it nor see it."""
        return self.declared.kind == "list"

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
        texts = [each for each in self.typed if each.kind is Kind.TEXT and each.cell == each.key]
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
        rules = [rule for rule in self.rules if rule.explicable]
        return frozenset(rule.blame if self.is_form else rule.scope for rule in rules)

    @cached_property
    def asks(self) -> bool:
        """Whether there is anything in it that must be filled."""
        return any(rule.follows_from is not None and rule.follows_from.asks for rule in self.rules)

    @property
    def silenced(self) -> bool:
        """Whether its rules say nothing once it is said not to apply: its rows follow others, and are there all the same."""
        return bool(self.declared.not_applicable and self.declared.rows_from)

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
    """A template set: ``tables`` by key in sheet order, all modules and lists included."""

    declared: TemplateDeclaration
    tables: Mapping[str, Table]
    digest: str
    """Of all that the set says: what is kept of earlier readings holds for this one only."""
    form_digest: str
    """Of what a workbook depends on that was made of it: one with another is of another version."""
    stages: tuple[Stage, ...]
    """What is computed, in an order in which everything needed comes before."""
    grades: Grades = field(default_factory=Grades)
    load_report: Callable[[], ReportDeclaration | None] = lambda: None

    def active(self, modules: frozenset[str]) -> Iterator[Table]:
        """Yield the tables of a report with these modules, in sheet order."""
        for table in self.tables.values():
            if table.declared.module is None or table.declared.module in modules:
                yield table

    @cached_property
    def report(self) -> ReportDeclaration | None:
        """The report in Word, where the set declares one; read when it is first asked for, which takes a while.

        Raises ``DeclarationError`` where it does not fit.
        """
        return self.load_report()

    @cached_property
    def filled(self) -> tuple[Table, ...]:
        """The tables that people fill or read: all but lists."""
        return tuple(table for table in self.tables.values() if not table.is_list)

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
    def offered(self) -> tuple[str, ...]:
        """The modules that one can ask for: not those of lists, which come with the list."""
        found = dict.fromkeys(table.declared.module for table in self.filled)
        return tuple(module for module in self.modules if module in found)

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
