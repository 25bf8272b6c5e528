"""TOML files to a ``Template``: read, checked against the declaration format, formulas parsed and typed."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from lkjip_xl.base.errors import DeclarationError, FormulaError
from lkjip_xl.formula.blank import blank_on_blank_row
from lkjip_xl.formula.functions import Builder
from lkjip_xl.formula.kinds import typed
from lkjip_xl.formula.nodes import Kind, Node, NumberOrGrade
from lkjip_xl.formula.parser import parse
from lkjip_xl.template import digests
from lkjip_xl.template.decimals import decimals_of
from lkjip_xl.template.declaration import ColumnDeclaration, RuleDeclaration, TableDeclaration
from lkjip_xl.template.declared_report import REPORT, ReportDeclaration
from lkjip_xl.template.declared_set import MAIN, TemplateDeclaration
from lkjip_xl.template.field_rules import field_rules, table_rules
from lkjip_xl.template.macros import grades_of, macros, pattern_of
from lkjip_xl.template.model import Column, Table, Template
from lkjip_xl.template.order import compute_order
from lkjip_xl.template.placeholders import check_placeholders
from lkjip_xl.template.prompts import too_long
from lkjip_xl.template.report_parts import check_report
from lkjip_xl.template.rule import Rule
from lkjip_xl.template.scope import TableScope
from lkjip_xl.template.structure import check_structure

_Model = TypeVar("_Model", bound=BaseModel)
_FORMULAS = ("formula", "current_year", "total", "scale")  # that a column may declare


def default_folder() -> Path:
    """Return the folder of the template set that ships with the package."""
    packaged = Path(__file__).parent.parent / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "templates"


@cache
def load_template(folder: Path | None = None) -> Template:
    """Return the template set in ``folder`` (default: the one that ships with the package).

    Raises ``DeclarationError`` that names file, table, column and place.
    """
    folder = folder or default_folder()
    main = folder / MAIN
    if not main.is_file():
        raise DeclarationError(f"folder templat tidak berisi {MAIN}", file=str(folder))
    declared = _read(main, TemplateDeclaration)
    files = sorted(path for path in folder.glob("*.toml") if path.name not in (MAIN, REPORT))
    tables = _read_tables(files, declared)
    check_structure(declared, tables)
    check_placeholders(declared, tables)
    functions = _macros(declared)
    raw = {key: _table(tables, key, declared, functions) for key in declared.order}
    done = {key: _typed(raw, table) for key, table in raw.items()}
    for table in done.values():
        for column, reason in too_long(table, done):
            raise DeclarationError(reason, file=table.file, table=table.key, column=column)
    form = digests.of_form(declared, [table.declared for table in done.values()])
    digest = digests.of_files([main, *files])

    def report() -> ReportDeclaration | None:
        path = folder / REPORT
        if not path.is_file():
            return None
        found = _read(path, ReportDeclaration)
        check_report(found, tables, declared.consolidation)
        return found

    return Template(declared, done, digest, form, compute_order(done), grades_of(declared), report)


def _read(path: Path, model: type[_Model]) -> _Model:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeclarationError(f"bukan TOML yang benar: {error}", file=path.name) from None
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise _declaration_error(error, path.name, content) from None


def _declaration_error(error: ValidationError, file: str, content: dict[str, Any]) -> DeclarationError:
    first = error.errors(include_url=False)[0]
    place = list(first["loc"])
    column = None
    if place[:1] == ["columns"] and len(place) > 1 and isinstance(place[1], int):
        column = str(content["columns"][place[1]].get("key", f"ke-{place[1] + 1}"))
        place = place[2:]
    name = ".".join(str(part) for part in place)
    reason = f"{name}: {_reason(first)}" if name else _reason(first)
    return DeclarationError(reason, file=file, table=content.get("key"), column=column)


def _reason(error: Any) -> str:
    match error["type"]:
        case "missing":
            return "wajib ada"
        case "extra_forbidden":
            return "nama ini tidak dikenal"
        case "literal_error" | "enum":
            return f"harus salah satu dari {error['ctx']['expected']}, bukan {error['input']!r}"
        case "string_pattern_mismatch":
            return f"{error['input']!r} tidak sesuai pola {error['ctx']['pattern']}"
        case "value_error":
            return str(error["ctx"]["error"])
        case _:
            return f"nilai {error['input']!r} tidak sesuai ({error['msg']})"


def _read_tables(files: list[Path], declared: TemplateDeclaration) -> dict[str, tuple[TableDeclaration, str]]:
    tables: dict[str, tuple[TableDeclaration, str]] = {}
    for path in files:
        table = _read(path, TableDeclaration)
        if table.key in tables:
            other = tables[table.key][1]
            raise DeclarationError(f"tabel ini sudah ada di {other}", file=path.name, table=table.key)
        if table.key not in declared.order:
            raise DeclarationError(f"tabel ini tidak ada di order {MAIN}", file=path.name, table=table.key)
        tables[table.key] = (table, path.name)
    for key in declared.order:
        if key not in tables:
            raise DeclarationError(f"order menyebut tabel {key}, tetapi berkasnya tidak ada", file=MAIN)
    return tables


def _macros(declared: TemplateDeclaration) -> Mapping[str, Builder]:
    try:
        return macros(declared)
    except FormulaError as error:
        raise DeclarationError(f"capaian.arah: {error}", file=MAIN) from None


def _parts(tables: Mapping[str, tuple[TableDeclaration, str]], key: str) -> tuple[str, ...]:
    sources = tables[key][0].rows_from
    return tuple(part for source in sources for part in _parts(tables, source)) or (key,)


def _table(
    tables: Mapping[str, tuple[TableDeclaration, str]],
    key: str,
    declared: TemplateDeclaration,
    functions: Mapping[str, Builder],
) -> Table:
    table, file = tables[key]

    def parsed(formula: str, name: str, column: str | None = None) -> Node:
        try:
            return parse(formula, functions)
        except FormulaError as error:
            raise DeclarationError(f"{name}: {error}", file=file, table=key, column=column) from None

    rules = [_rule(each, parsed) for each in table.rules]
    columns = _sharing({each.key: _column(each, declared, parsed) for each in table.columns})
    fields: list[Rule] = []
    if table.kind != "list":  # which nobody types
        fields += field_rules(columns.values(), declared.field_rules, follows=bool(table.rows_from))
        fields += table_rules(table, columns.values(), declared.field_rules)
    return Table(table, columns, (*fields, *rules), file, _parts(tables, key))


def _column(column: ColumnDeclaration, declared: TemplateDeclaration, parsed: Callable[..., Node]) -> Column:
    formulas = {name: getattr(column, name) for name in _FORMULAS}
    choices = column.choices or ()
    nodes: dict[str, Any] = {
        name: parsed(text, name, column.key) for name, text in formulas.items() if text is not None
    }
    return Column(
        column,
        **nodes,
        choices=declared.choice_lists[choices] if isinstance(choices, str) else choices,
        pattern=pattern_of(declared.patterns[column.pattern]) if column.pattern else None,
        grades=grades_of(declared) if column.type == "grade" else None,
    )


def _sharing(columns: Mapping[str, Column]) -> dict[str, Column]:
    """Return columns of which those that share their cells with grades know it."""
    found = dict(columns)
    for grade in columns.values():
        if grade.cell != grade.key:
            number = columns[grade.cell]
            first, other = number.formula or number.current_year, grade.formula or grade.current_year
            in_cell = None if first is None or other is None else NumberOrGrade(first, other, kind=Kind.TEXT)
            found[number.key] = replace(number, grades=grade.grades, grade=grade, in_cell=in_cell)
    return found


def _rule(rule: RuleDeclaration, parsed: Callable[..., Node]) -> Rule:
    name = f"aturan {rule.id}"
    return Rule(
        id=rule.id,
        title=rule.title,
        severity=rule.severity,
        scope=rule.scope,
        check=parsed(rule.check, f"{name}, check"),
        blame=rule.blame,
        values={key: parsed(formula, f"{name}, {key}") for key, formula in rule.values.items()},
        expected=rule.expected,
        message=rule.message,
        remedy=rule.remedy,
        source=rule.source,
        module=rule.module,
    )


def _typed(tables: Mapping[str, Table], table: Table) -> Table:
    """Return a table whose formulas know their kinds; raise ``DeclarationError`` where one does not fit."""
    columns = _sharing({key: _typed_column(tables, table, each) for key, each in table.columns.items()})
    rules = tuple(_typed_rule(tables, table, rule) for rule in table.rules)
    return replace(table, columns=columns, rules=rules)


def _typed_column(tables: Mapping[str, Table], table: Table, column: Column) -> Column:
    row = TableScope(tables, table, total=False, per_year=column.per_year)
    total = TableScope(tables, table, total=True, per_year=column.per_year)
    rows_may_be_missing = not (table.is_form or table.declared.fixed_rows)
    found: dict[str, Any] = {}
    for name in _FORMULAS:
        scope = total if name == "total" else row
        node: Node | None = getattr(column, name)
        if node is None:
            continue
        found[name] = node = _checked(
            node, str(getattr(column.declared, name)), scope, table, name, column.key
        )
        reason = ""
        if node.kind is Kind.DATE:
            reason = f"{name}: rumus tidak dapat menghasilkan tanggal"
        elif name == "scale":
            reason = (
                "" if node.kind is Kind.TEXT else f"{name}: rumus menghasilkan {node.kind}, bukan nama skala"
            )
        elif node.kind not in (column.kind, Kind.BLANK):
            reason = f"{name}: rumus menghasilkan {node.kind}, kolom ini {column.kind}"
        elif scope is row and rows_may_be_missing and not blank_on_blank_row(node, row.stands_in_row):
            reason = f'{name}: tidak kosong pada baris kosong; awali dengan IF(ISBLANK(kolom), "", …)'
        if reason:
            raise DeclarationError(reason, file=table.file, table=table.key, column=column.key)
    return replace(column, **found)


def _typed_rule(tables: Mapping[str, Table], table: Table, rule: Rule) -> Rule:
    scope = TableScope(
        tables, table, total=rule.scope == "total", per_year=table.columns[rule.blame].per_year
    )
    if rule.follows_from:  # made of a column's declaration: there is no formula to point into
        try:
            values = {key: typed(node, scope) for key, node in rule.values.items()}
            return _with_values(replace(rule, check=typed(rule.check, scope)), values, table, tables)
        except FormulaError as error:
            reason = f"{rule.follows_from}: {error.reason}"
            raise DeclarationError(reason, file=table.file, table=table.key, column=rule.blame) from None
    declared = next(each for each in table.declared.rules if each.id == rule.id)
    name = f"aturan {rule.id}"
    check = _checked(rule.check, declared.check, scope, table, name)
    if check.kind is not Kind.TRUTH:
        raise DeclarationError(f"{name}: check harus benar/salah", file=table.file, table=table.key)
    values = {
        key: _checked(node, declared.values[key], scope, table, f"{name}, {key}")
        for key, node in rule.values.items()
    }
    return _with_values(replace(rule, check=check), values, table, tables)


def _with_values(rule: Rule, values: Mapping[str, Node], table: Table, tables: Mapping[str, Table]) -> Rule:
    decimals = {key: decimals_of(node, table, tables) for key, node in values.items()}
    return replace(rule, values=values, decimals=decimals)


def _checked(
    node: Node, text: str, scope: TableScope, table: Table, name: str, column: str | None = None
) -> Node:
    try:
        return typed(node, scope, text)
    except FormulaError as error:
        raise DeclarationError(f"{name}: {error}", file=table.file, table=table.key, column=column) from None
