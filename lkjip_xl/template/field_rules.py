"""The rules that follow from a column's declaration: required, type, grade, whole, range, choice, unique, reference.

Their conditions are nodes like those of declared rules, so that workbook and Python check the same; their words stand in
``[field_rules]`` of template.toml.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lkjip_xl.formula import nodes
from lkjip_xl.formula.grades import Grades
from lkjip_xl.formula.nodes import Kind, Node
from lkjip_xl.template.declaration import TableDeclaration
from lkjip_xl.template.declared_words import FieldRulesDeclaration, FieldRuleWords
from lkjip_xl.template.model import Column
from lkjip_xl.template.rule import Property, Rule


def field_rules(columns: Iterable[Column], words: FieldRulesDeclaration, *, follows: bool) -> Iterator[Rule]:
    """Yield the rules of all columns that people type, those of one column in the order in which they matter.

    ``follows`` says whether the table's rows follow those of others.
    """
    for column in columns:
        if column.typed and column.cell == column.key:
            yield from _of_column(column, words)
            if follows:
                blank = nodes.Not(_filled(column))
                yield _rule(column, words, Property.ORPHAN, nodes.Or((blank, nodes.RowBegun())))


def table_rules(
    table: TableDeclaration, columns: Iterable[Column], words: FieldRulesDeclaration
) -> Iterator[Rule]:
    """Yield the rules that a table has at least one row, or that it is empty where it is said not to apply.

    They blame the first column in which people type.
    """
    first = next((each for each in columns if each.typed), None)
    scope = "row" if table.kind == "form" else "total"
    if first is None:
        return
    if table.not_applicable:
        begun = nodes.Or((nodes.Inapplicable(), nodes.TableBegun()))
        yield _rule(first, words, Property.OPTIONAL, begun, scope)
        both = nodes.And((nodes.Inapplicable(), nodes.TableTyped()))
        yield _rule(first, words, Property.CONTRADICTED, nodes.Not(both), scope)
    elif table.required and table.kind == "table" and not table.fixed_rows:
        of = Property.FOLLOWED if table.rows_from else Property.TABLE
        yield _rule(first, words, of, nodes.TableBegun(), scope)


def _of_column(column: Column, words: FieldRulesDeclaration) -> Iterator[Rule]:
    declared = column.declared
    own = nodes.Ref(None, column.key)
    if declared.required:
        of = Property.REQUIRED if declared.required is True else Property.ASKED
        fine = [nodes.Not(nodes.RowBegun()), _filled(column)]
        if declared.unless is not None:
            fine.append(nodes.Not(nodes.IsBlank(nodes.Ref(None, declared.unless))))
        yield _rule(column, words, of, nodes.Or(tuple(fine)))
    well_typed = _rule(column, words, _type(column), nodes.WellTyped(own))
    yield replace(well_typed, great=words.great.message) if column.kind is Kind.NUMBER else well_typed
    if column.grade is not None and column.grades is not None and column.grade.scale is not None:
        yield _measure(column, column.grade, column.grade.scale, column.grades, words)
    if declared.type == "integer":
        yield _rule(column, words, Property.WHOLE, nodes.Comparison("=", own, nodes.Round(own, 0)))
    if declared.min is not None or declared.max is not None:
        yield _rule(column, words, Property.RANGE, _range(column, own))
    if column.pattern is not None:
        yield _rule(column, words, Property.PATTERN, nodes.Fits(own, column.pattern))
    if column.choices:
        known = tuple(nodes.Comparison("=", own, nodes.Text(choice)) for choice in column.choices)
        yield _rule(column, words, Property.CHOICE, nodes.Or(known))
    if declared.unique:
        first = nodes.Comparison("=", nodes.RunningCount(own, own), nodes.Number(1))
        yield _rule(column, words, Property.UNIQUE, first)
    if declared.references:
        yield _rule(column, words, Property.REFERENCE, nodes.Or(tuple(_known(column, own))))


def _filled(column: Column) -> Node:
    grade = None if column.grade is None else nodes.Ref(None, column.grade.key)
    return nodes.Filled(nodes.Ref(None, column.key), grade)


def _measure(
    column: Column, grade: Column, scale: Node, grades: Grades, words: FieldRulesDeclaration
) -> Rule:
    """Return the rule that a grade of the row's scale stands where the row has one, and a number where it has none."""
    number, own = nodes.Ref(None, column.key), nodes.Ref(None, grade.key)
    no_number, no_grade = nodes.IsBlank(number), nodes.IsBlank(nodes.GradeLabel(own, grades))
    on_scale = nodes.Not(nodes.IsBlank(nodes.GradeValue(own, scale, grades)))
    graded = nodes.IsScale(scale, grades)
    right = nodes.And((graded, no_number, nodes.Or((no_grade, on_scale))))
    rule = _rule(column, words, Property.MEASURE, nodes.Or((right, nodes.And((nodes.Not(graded), no_grade)))))
    return replace(rule, values={"ukuran": scale})


def _type(column: Column) -> Property:
    if column.grades is not None:
        return Property.GRADE
    if column.kind is Kind.NUMBER:
        return Property.NUMBER
    if column.pattern is not None:
        return Property.CODE
    return Property.DATE if column.declared.type == "date" else Property.TEXT


def _range(column: Column, own: nodes.Ref) -> Node:
    """Return that a number is within its bounds; one that is too great to count is none, which ``WellTyped`` says."""
    low, high = column.declared.min, column.declared.max
    bounds = []
    if low is not None:
        bounds.append(nodes.Comparison(">=", own, nodes.Number(low)))
    if high is not None:
        bounds.append(nodes.Comparison("<=", own, nodes.Number(high)))
    return nodes.Or((nodes.Not(nodes.WellTyped(own)), nodes.And(tuple(bounds))))


def _known(column: Column, own: nodes.Ref) -> Iterator[Node]:
    for path in column.declared.references:
        table, key = path.split(".")
        count = nodes.AggregateIf("COUNT", None, ((nodes.Ref(table, key), own),))
        yield nodes.Comparison(">", count, nodes.Number(0))


def _rule(
    column: Column, words: FieldRulesDeclaration, of: Property, check: Node, scope: str = "row"
) -> Rule:
    text: FieldRuleWords = getattr(words, of)
    shape = column.pattern.words if column.pattern is not None else ""
    return Rule(
        id=text.id,
        title=text.title.replace("{bentuk}", shape),
        severity=text.severity,
        scope=scope,
        check=check,
        blame=column.key,
        values={},
        expected=None,
        message=text.message.replace("{bentuk}", shape),
        remedy=text.remedy.replace("{bentuk}", shape),
        source=text.source,
        follows_from=of,
    )
