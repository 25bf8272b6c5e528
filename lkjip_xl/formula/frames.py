"""Nodes to polars expressions over the rows of one table.

What does not stand in the row itself (another table, a whole column, last year) is an *external* node: the
computation joins it to the frame first, under the name ``external_name`` gives it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import polars as pl

from lkjip_xl.base.keys import PERIOD
from lkjip_xl.formula import code_nodes, nodes
from lkjip_xl.formula.cell_tests import MAX_NUMBER
from lkjip_xl.formula.grades import BETWEEN, SCORE, Grades
from lkjip_xl.formula.nodes import Kind, Node
from lkjip_xl.formula.pattern import Pattern
from lkjip_xl.formula.rounding import DUST_DECIMALS

SUBMISSION = "submission"
ORIGIN_BEGUN = "~asal"  # on frames of tables that follow others: whether the row exists where it comes from
_DIGITS = 15  # significant digits that a spreadsheet sees
_GREAT = 1e13  # from here to MAX_NUMBER cents are behind those digits; a cell holds them all the same
_CANCELLED = 2.0**-48  # a sum smaller than this part of its operands is 0 to a spreadsheet

External = (
    nodes.Aggregate | nodes.AggregateIf | nodes.AcrossYears | nodes.Lookup | nodes.PreviousYear | nodes.Ref
)


def externals(node: Node) -> Iterator[External]:
    """Yield the outermost nodes that must be joined to the frame before ``to_expr`` can be evaluated.

    Keys inside an external node are evaluated by the join, so they are yielded before it.
    """
    match node:
        case nodes.Ref(table=None):
            return
        case nodes.Ref():
            yield node
        case nodes.Aggregate() | nodes.PreviousYear() | nodes.AcrossYears():
            yield node
        case nodes.AggregateIf(criteria=criteria):
            for _, key in criteria:
                yield from externals(key)
            yield node
        case nodes.Lookup(key=key):
            yield from externals(key)
            yield node
        case nodes.RunningCount():
            return
        case _:
            for child in node.children:
                yield from externals(child)


def external_name(node: External) -> str:
    """Return the frame column that holds an external node's value."""
    return f"~{node!r}"


def folded(expr: pl.Expr) -> pl.Expr:
    """Return text as it compares: without case."""
    return expr.str.to_lowercase()


class Rows(Protocol):
    """What is true of all rows of a frame."""

    by_year: bool
    """Whether the rows of the frame stand once for each year."""
    follows: bool
    """Whether the rows follow those of other tables; then a row has begun where its origin has."""


def to_expr(node: Node, rows: Rows) -> pl.Expr:
    """Return the expression whose result is a typed node's value, null where it is blank."""
    assert node.kind is not None  # noqa: S101 - a formula that has not been typed means nothing yet
    return _Compiler(rows).expr(node)


def finite(expr: pl.Expr) -> pl.Expr:
    """Return numbers as results: without dust behind their digits, blank where they grew beyond all bounds."""
    number = expr.cast(pl.Float64)
    cents = number.abs().is_between(_GREAT, MAX_NUMBER, closed="left")
    return pl.when(cents).then(number).when(number.is_finite()).then(significant(number))


def significant(expr: pl.Expr) -> pl.Expr:
    """Return numbers as a spreadsheet compares them: on 15 significant digits."""
    return expr.round_sig_figs(_DIGITS)


def rounded(expr: pl.Expr, digits: int, *, down: bool = False) -> pl.Expr:
    """Return numbers rounded as a spreadsheet rounds: half away from zero (or cut off) on 15 digits, cents above them."""
    if digits >= DUST_DECIMALS:  # of quotients, which are small; the digits that count are rounded next
        return expr.round(digits)
    scaled = significant(expr * 10.0**digits)
    whole = scaled.sign() * scaled.abs().floor() if down else scaled.round(0, "half_away_from_zero")
    # The last rounding removes the dust of the division; adding 0.0 turns -0.0 into 0.0.
    result = (whole / 10.0**digits).round(digits) + 0.0
    great = expr.abs() >= 10.0 ** (_DIGITS - digits)
    # Of a great number the part behind the point is rounded alone: scaled up with the rest it would lose a cent.
    before = expr.sign() * expr.abs().floor()
    return (
        pl.when(great).then(before + (expr - before).round(digits, "half_away_from_zero")).otherwise(result)
    )


class _Compiler:
    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def expr(self, node: Node) -> pl.Expr:
        match node:
            case nodes.Number(value):
                return pl.lit(value, dtype=pl.Float64)
            case nodes.Text(value):
                return pl.lit(value, dtype=pl.String)
            case nodes.Blank():
                return pl.lit(None)
            case nodes.Ref(table=None, column=column):
                return pl.col(column)
            case (
                nodes.Ref()
                | nodes.Aggregate()
                | nodes.AggregateIf()
                | nodes.Lookup()
                | nodes.PreviousYear()
                | nodes.AcrossYears()
            ):
                return pl.col(external_name(node))
            case nodes.RunningCount(keys, key):
                return self._running_count(keys, key)
            case nodes.LastFilled(column):
                return pl.col(column.column).forward_fill().over(self._part())
            case code_nodes.LastAbove(column):
                return pl.col(column.column).forward_fill().shift(1).over(self._part())
            case nodes.Arithmetic():
                return self._arithmetic(node)
            case nodes.Negate(operand):
                return 0.0 - self.expr(operand)
            case nodes.Absolute(operand):
                return self.expr(operand).abs()
            case nodes.Round(operand, digits, down):
                return rounded(self.expr(operand), digits, down=down)
            case nodes.Extreme(which, operands):
                return self._extreme(which, operands)
            case nodes.Total(operands):
                return self._total(operands)
        return self._text(node)

    def _part(self) -> list[str]:
        """Return what the rows of one part of a table have in common."""
        return [SUBMISSION, "bagian", *([PERIOD] if self.rows.by_year else [])]

    def _text(self, node: Node) -> pl.Expr:
        match node:
            case nodes.Left(operand, length):
                return self.expr(operand).str.head(length)
            case code_nodes.Parts(operand):
                return self.expr(operand).str.count_matches(".", literal=True).cast(pl.Float64) + 1.0
            case nodes.DatePart(which, operand):  # a date is text such as 2024-01-08
                start, length = (0, 4) if which == "YEAR" else (5, 2)
                return self.expr(operand).str.slice(start, length).cast(pl.Float64)
            case nodes.Concat(left, right):
                return self.expr(left) + self.expr(right)
            case nodes.GradeValue(text, scale, grades):
                return _worth(folded(_label(self.expr(text))), folded(self.expr(scale)), grades)
            case nodes.GradeLabel(text, grades):
                label = _label(self.expr(text))
                return pl.when(folded(label).is_in(sorted(grades.labels))).then(label)
            case nodes.GradeScore(text):
                return _score(self.expr(text))
        return self._condition(node)

    def _condition(self, node: Node) -> pl.Expr:
        match node:
            case nodes.Comparison():
                return self._comparison(node)
            case nodes.Fits(operand, pattern):
                return _fits(self.expr(operand), pattern)
            case code_nodes.Begins(text, beginning):
                return folded(self.expr(text)).str.starts_with(folded(self.expr(beginning)))
            case nodes.IsScale(operand, grades):
                return folded(self.expr(operand)).is_in([name.lower() for name in grades.scales])
            case nodes.If(condition, then, otherwise):
                test = self.expr(condition)
                return pl.when(test).then(self.expr(then)).when(~test).then(self.expr(otherwise))
            case nodes.And(operands):
                return pl.all_horizontal([self.expr(each) for each in operands])
            case nodes.Or(operands):
                return pl.any_horizontal([self.expr(each) for each in operands])
            case nodes.Not(operand):
                return ~self.expr(operand)
            case nodes.IsBlank(operand):
                return self.expr(operand).is_null()
            case nodes.Filled(column, grade):
                filled = pl.col(column.column).is_not_null()
                return filled if grade is None else filled | pl.col(grade.column).is_not_null()
            case nodes.WellTyped(column):  # of numbers; what is none is blank on frames
                return (pl.col(column.column).abs() < MAX_NUMBER).fill_null(value=True)
            case nodes.RowBegun() if self.rows.follows:
                return pl.col(ORIGIN_BEGUN)
            case nodes.RowBegun():  # frames hold only rows that have begun
                return pl.lit(value=True)
        raise NotImplementedError(type(node).__name__)

    def _arithmetic(self, node: nodes.Arithmetic) -> pl.Expr:
        match node.operator:
            case "+" | "-":
                raw, operands = self._sum(node)
                largest = pl.max_horizontal([each.abs() for each in operands])
                dust = raw.abs() < largest * _CANCELLED
                return pl.when(dust).then(pl.lit(0.0)).otherwise(raw)
            case "*":
                return self.expr(node.left) * self.expr(node.right)
            case "/":
                divisor = self.expr(node.right)
                return self.expr(node.left) / pl.when(divisor != 0).then(divisor)

    def _sum(self, node: Node) -> tuple[pl.Expr, list[pl.Expr]]:
        """Return a chain of sums as it is calculated, and its operands.

        What cancels out is looked for once around the chain: around each sum the expression would grow
        exponentially.
        """
        if not isinstance(node, nodes.Arithmetic) or node.operator not in "+-":
            operand = self.expr(node)
            return operand, [operand]
        (left, first), (right, rest) = self._sum(node.left), self._sum(node.right)
        return (left + right if node.operator == "+" else left - right), first + rest

    def _extreme(self, which: str, operands: tuple[Node, ...]) -> pl.Expr:
        each = [self.expr(operand) for operand in operands]
        best = pl.min_horizontal(each) if which == "MIN" else pl.max_horizontal(each)
        complete = pl.all_horizontal([expr.is_not_null() for expr in each])
        return pl.when(complete).then(best)

    def _total(self, operands: tuple[Node, ...]) -> pl.Expr:
        each = [self.expr(operand) for operand in operands]
        some = pl.any_horizontal([expr.is_not_null() for expr in each])
        return pl.when(some).then(pl.sum_horizontal(each))

    def _comparison(self, node: nodes.Comparison) -> pl.Expr:
        a, b = self.expr(node.left), self.expr(node.right)
        kinds = {node.left.kind, node.right.kind}
        if Kind.NUMBER in kinds:
            a, b = significant(a), significant(b)
        elif Kind.TEXT in kinds:
            a, b = folded(a), folded(b)
        match node.operator:
            case "=":
                return a == b
            case "<>":
                return a != b
            case "<":
                return a < b
            case "<=":
                return a <= b
            case ">":
                return a > b
            case ">=":
                return a >= b

    def _running_count(self, keys: nodes.Ref, key: Node) -> pl.Expr:
        is_text = keys.kind is Kind.TEXT
        column = (folded if is_text else significant)(pl.col(keys.column))
        within = [SUBMISSION, PERIOD] if self.rows.by_year else [SUBMISSION]
        if isinstance(key, nodes.Text):
            hits = (column == key.value.lower()).fill_null(value=False)
            return hits.cast(pl.Float64).cum_sum().over(within)
        order = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over(*within, column)
        return pl.when(column.is_not_null()).then(order.cast(pl.Float64))


def _label(text: pl.Expr) -> pl.Expr:
    """Return the grade at the beginning of texts; what a spreadsheet trims are spaces alone."""
    return text.str.extract(r"^([^(]*)").str.replace_all(" +", " ").str.strip_chars(" ")


def _worth(label: pl.Expr, scale: pl.Expr, grades: Grades) -> pl.Expr:
    values = {each.key.lower(): each.value for each in grades.all}
    return (scale + BETWEEN + label).replace_strict(values, default=None, return_dtype=pl.Float64)


def _score(text: pl.Expr) -> pl.Expr:
    inside = text.str.extract(r"(?s)\((.*)$")
    figure = inside.str.replace_all("[ )]", "").str.replace(",", ".", literal=True)
    return pl.when(_fits(inside, SCORE)).then(figure.cast(pl.Float64, strict=False))


def _fits(text: pl.Expr, pattern: Pattern) -> pl.Expr:
    """Return what ``Pattern.fits`` says of each text."""
    for char in pattern.ignored:
        text = text.str.replace_all(char, "", literal=True)
    tests = []
    if pattern.masks:
        tests.append(text.str.contains(f"^(?:{pattern.mask_regex})$"))
    if pattern.characters:
        within = text.str.len_chars().is_between(pattern.least, pattern.most)
        tests.append(within & text.str.contains(f"^{pattern.character_regex}$"))
    if not tests:
        return text.str.len_chars() > 0
    return pl.any_horizontal(tests)
