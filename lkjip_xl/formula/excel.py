"""Nodes to Excel text with A1 addresses, for any program that reads xlsx.

Only functions that Excel 2010, LibreOffice, WPS and Google Sheets all have are written. A spreadsheet would take a
blank cell as 0 and let text be greater than any number, so each formula asks first whether its cells hold what it
needs (``ISNUMBER``, ``COUNT``, ``T``) and is blank otherwise. Sums by key use ``SUMPRODUCT(--(keys=key),…)``:
``SUMIF`` and ``MATCH`` take their key as a pattern.
"""

from __future__ import annotations

from dataclasses import replace

from lkjip_xl.formula import code_nodes, excel_columns, grade_cells, nodes, sentence_nodes, written
from lkjip_xl.formula.addresses import Addresses
from lkjip_xl.formula.cell_tests import begun, fits, holds_text, is_date, is_filled, negated, quoted
from lkjip_xl.formula.guarded import (
    ADD,
    ATOM,
    BLANK,
    COMPARE,
    CONCAT,
    MULTIPLY,
    NEVER,
    UNARY,
    Guard,
    Known,
    Strict,
    asked,
    both,
    bound,
    last_filled,
    merged,
    of_cell,
    of_value,
    sides_of,
    tests_of,
    under,
)
from lkjip_xl.formula.nodes import Kind, Node


def to_excel(node: Node, addresses: Addresses) -> str:
    """Return the formula text, with its leading ``=``, that gives a typed node's value or ``""``."""
    assert node.kind is not None  # noqa: S101 - a formula that has not been typed means nothing yet
    return "=" + _Compiler(addresses).total(node, frozenset())


def _number(value: float) -> str:
    return f"{value:.15g}"


class _Compiler:
    def __init__(self, addresses: Addresses) -> None:
        self.at = addresses

    # -- whole values: right for any content of the cells -------------------------------------------------------

    def total(self, node: Node, known: Known) -> str:
        """Return text that is the node's value, a number or a text, or ``""`` where it has none."""
        if isinstance(node, nodes.If):
            return self._if(node, known)
        if isinstance(node, sentence_nodes.OfNumber):
            texts = (self.total(node.number, known), self.total(node.other, known))
            return f"IF(ISNUMBER({self.at.cell(node.column)}),{','.join(texts)})"
        if isinstance(node, sentence_nodes.Sentence):
            return "&".join(self._part(each, known) for each in node.parts)
        if isinstance(node, nodes.NumberOrGrade):
            number, grade = self.strict(node.number, known), self.total(node.grade, known)
            never = NEVER in number.guards
            return grade if never else under(tests_of(number.guards, known), number.text, grade)
        strict = self.strict(node, known)
        if NEVER in strict.guards:
            return '""'
        return under(tests_of(strict.guards, known), strict.text, '""')

    def _part(self, part: Node, known: Known) -> str:
        """Return a part of a sentence, which is never blank."""
        match part:
            case sentence_nodes.Quoted(column, standing):
                cell = str(self.at.cell(column))
                return written.quoted_cell(cell, standing, self.at.separators(), self.at.listed)
            case sentence_nodes.Written(operand=nodes.NumberOrGrade(number, grade)):
                label = self._part(replace(part, operand=grade), known)
                return self._written(replace(part, operand=number), known, label)
            case sentence_nodes.Written():
                return self._written(part, known, quoted(part.blank))
        return self.total(part, known)

    def _written(self, part: sentence_nodes.Written, known: Known, otherwise: str) -> str:
        strict = self.strict(part.operand, known)
        if NEVER in strict.guards:
            return otherwise
        match part.operand.kind:
            case Kind.NUMBER:
                text = written.number(strict.text, part.decimals, self.at.separators())
            case Kind.DATE:
                text = written.date(strict.text)
            case _:
                text = written.text(strict.text)
        return under(tests_of(strict.guards, known), text, otherwise)

    def _if(self, node: nodes.If, known: Known) -> str:
        condition = node.condition
        if isinstance(condition, nodes.Comparison):
            strict = self.strict(condition, known)
            if NEVER in strict.guards:
                return '""'
            inner = known | set(strict.guards)
            branches = f"IF({strict.text},{self.total(node.then, inner)},{self.total(node.otherwise, inner)})"
            return under(tests_of(strict.guards, known), branches, '""')
        if isinstance(condition, nodes.IsBlank):
            return self._if_blank(node, condition.operand, known)
        sure, denied = self.sides(condition)
        then, otherwise = self.total(node.then, known), self.total(node.otherwise, known)
        if denied is None or isinstance(node.otherwise, nodes.Blank):
            return f"IF({sure},{then},{otherwise})"
        if isinstance(node.then, nodes.Blank):  # and blank where neither is sure
            return f"IF({denied},{otherwise},{then})"
        return f'IF({sure},{then},IF({denied},{otherwise},""))'

    def _if_blank(self, node: nodes.If, operand: Node, known: Known) -> str:
        """Return ``IF(ISBLANK(x), a, b)`` as a question for what stands in x, so that b need not ask again."""
        strict = self.strict(operand, known)
        if NEVER in strict.guards:
            return self.total(node.then, known)
        text = self.total(node.otherwise, known | set(strict.guards))
        return under(tests_of(strict.guards, known), text, self.total(node.then, known))

    # -- conditions as two tests: surely true, surely false (None: everything that is not true) ------------------

    def sides(self, node: Node) -> tuple[str, str | None]:
        match node:
            case nodes.And(operands):
                return both(self._joined(operands, "AND"), "AND", "OR")
            case nodes.Or(operands):
                return both(self._joined(operands, "OR"), "OR", "AND")
            case nodes.Not(operand):
                sure, denied = self.sides(operand)
                return (negated(sure), None) if denied is None else (denied, sure)
            case nodes.IsBlank(operand):
                return self._is_blank(operand), None
            case nodes.RowBegun():
                cell = self.at.row_begun()
                return (f"{cell}=1" if cell else begun(self.at.row_inputs())), None
            case nodes.TableBegun():
                own, origins = begun(self.at.table_inputs(explained=True)), self.at.origin_inputs()
                return f"OR({own},NOT({begun(origins)}))" if origins else own, None
            case nodes.TableTyped():
                return begun(self.at.table_inputs(explained=False)), None
            case nodes.Inapplicable():
                return is_filled(self.at.reason()), None
            case nodes.Filled(column=column):
                return is_filled(str(self.at.cell(column))), None
            case nodes.WellTyped(column):
                cell, stored = str(self.at.cell(column)), self.at.stored(column)
                return grade_cells.well_typed(cell, stored, self.at.grades()), None
            case nodes.Comparison() | nodes.Fits() | nodes.IsScale() | code_nodes.Begins():
                strict = self._question(node)
                if NEVER in strict.guards:
                    return "FALSE", "FALSE"
                return sides_of(tests_of(strict.guards, frozenset()), strict.text)
        raise NotImplementedError(type(node).__name__)

    def _joined(self, operands: tuple[Node, ...], function: str) -> list[tuple[str, str | None]]:
        """Return the sides of some conditions; those that may be asked under the same tests are asked together."""
        found: list[tuple[str, str | None]] = []
        together: dict[tuple[str, ...], list[str]] = {}
        for each in operands:
            if isinstance(each, nodes.Comparison | nodes.Fits | nodes.IsScale | code_nodes.Begins):
                strict = self._question(each)
                if NEVER not in strict.guards:
                    tests = tuple(tests_of(strict.guards, frozenset()))
                    together.setdefault(tests, []).append(strict.text)
                    continue
            found.append(self.sides(each))
        for tests, texts in together.items():
            text = texts[0] if len(texts) == 1 else f"{function}({','.join(texts)})"
            found.append(sides_of(tests, text))
        return found

    def _question(self, node: nodes.Comparison | nodes.Fits | nodes.IsScale | code_nodes.Begins) -> Strict:
        if isinstance(node, nodes.Comparison):
            return self.strict(node, frozenset())
        if isinstance(node, code_nodes.Begins):
            text, start = (self.strict(each, frozenset()) for each in node.children)
            same = f"LEFT({text.text},LEN({start.text}))={bound(start, COMPARE + 1)}"
            return Strict(same, COMPARE, merged((text, start)))
        inner = self.strict(node.operand, frozenset())
        if isinstance(node, nodes.IsScale):
            return replace(inner, text=grade_cells.is_scale(inner, self.at.grades()), binding=COMPARE)
        return replace(inner, text=fits(inner.text, node.pattern, self.at.listed), binding=ATOM)

    def _is_blank(self, operand: Node) -> str:
        strict = self.strict(operand, frozenset())
        if NEVER in strict.guards:
            return "TRUE"
        if isinstance(operand, nodes.GradeValue | nodes.GradeLabel):
            return under(tests_of(strict.guards, frozenset()), "FALSE", "TRUE")
        if isinstance(operand, nodes.Ref):
            address = self.at.cell(operand)
            if address is not None:
                match operand.kind:
                    case Kind.NUMBER:
                        return f"NOT(ISNUMBER({address}))"
                    case Kind.DATE:
                        return f"NOT({is_date(address)})"
                return f"NOT({holds_text(address, shared=self._shared(operand))})"
        if operand.kind is Kind.NUMBER:
            return f"NOT(ISNUMBER({self.total(operand, frozenset())}))"
        return f'{self.total(operand, frozenset())}=""'

    # -- strict expressions: guards collected, asked once around the whole ----------------------------------------

    def strict(self, node: Node, known: Known) -> Strict:
        """Return the node as an expression with guards; what has guards of its own inside becomes one test."""
        match node:
            case nodes.Number(value):
                return Strict(_number(value))
            case nodes.Text(value):
                return Strict(quoted(value))
            case nodes.Blank():
                return BLANK
            case nodes.Ref():
                return self._ref(node)
            case nodes.PreviousYear(column):
                return of_cell(self.at.previous_year(column), column.kind, shared=self._shared(column))
            case nodes.Arithmetic(operator=operator, left=left, right=right):
                binding = ADD if operator in "+-" else MULTIPLY
                return self._binary(operator, binding, left, right, known)
            case nodes.Concat(left, right):
                return self._binary("&", CONCAT, left, right, known)
            case nodes.Comparison(operator=operator, left=left, right=right):
                return self._binary(operator, COMPARE, left, right, known)
            case nodes.Negate(operand):
                inner = self.strict(operand, known)
                return replace(inner, text="-" + bound(inner, UNARY), binding=UNARY)
            case nodes.Absolute(operand) | nodes.DatePart(operand=operand):
                called = node.which if isinstance(node, nodes.DatePart) else "ABS"
                return self._call(called + "({})", (operand,), known)
            case nodes.Round(operand, digits, down):
                name = "ROUNDDOWN" if down else "ROUND"
                return self._call(name + "({}," + str(digits) + ")", (operand,), known)
            case nodes.Extreme(which, operands):
                places = ",".join("{}" for _ in operands)
                return self._call(f"{which}({places})", operands, known)
            case nodes.Total(operands):
                return self._row_total(operands, known)
            case nodes.Left(operand, length):
                return self._call("LEFT({}," + str(length) + ")", (operand,), known)
            case code_nodes.Parts(operand):
                return _parts(self.strict(operand, known))
            case nodes.If():
                return of_value(self.total(node, known), node.kind)
            case nodes.GradeLabel() | nodes.GradeScore() | nodes.GradeValue():
                parts = [self.strict(each, known) for each in node.children]
                return grade_cells.strict(node, parts, asked(*node.children), self.at.grades())
        return self._many_cells(node, known)

    def _many_cells(self, node: Node, known: Known) -> Strict:
        match node:
            case nodes.AcrossYears(function, column):
                return excel_columns.across_years(self.at, function, column)
            case nodes.Aggregate():
                return excel_columns.aggregate(self.at, node)
            case nodes.AggregateIf():
                return excel_columns.aggregate_if(
                    self.at, node, [self.strict(key, known) for _, key in node.criteria]
                )
            case nodes.RunningCount(keys, key):
                return excel_columns.running_count(self.at, keys, key, self.strict(key, known))
            case nodes.LastFilled(column):
                return last_filled(self.at.column_above(column), column.kind)
            case code_nodes.LastAbove(column):
                return last_filled(self.at.column_above(column), column.kind, self.at.cell(column))
            case nodes.Lookup():
                return excel_columns.lookup(self.at, node, self.strict(node.key, known))
        raise NotImplementedError(type(node).__name__)

    def _ref(self, ref: nodes.Ref) -> Strict:
        constant = self.at.constant(ref)
        if isinstance(constant, str):
            return Strict(quoted(constant))
        if constant is not None:
            return Strict(_number(constant))
        return of_cell(self.at.cell(ref), ref.kind, shared=self._shared(ref))

    def _shared(self, ref: nodes.Ref) -> bool:
        """Whether numbers and grades share the cells of a column of texts."""
        return ref.kind is Kind.TEXT and self.at.stored(ref) == "grade"

    def _binary(self, operator: str, binding: int, left: Node, right: Node, known: Known) -> Strict:
        a, b = self.strict(left, known), self.strict(right, known)
        guards = merged((a, b))
        if operator == "/" and not (isinstance(right, nodes.Number) and right.value):
            guards += (Guard("late", f"{bound(b, COMPARE + 1)}<>0"),)
        text = f"{bound(a, binding)}{operator}{bound(b, binding + 1)}"
        return Strict(text, binding, guards)

    def _call(self, form: str, operands: tuple[Node, ...], known: Known) -> Strict:
        inner = [self.strict(each, known) for each in operands]
        return Strict(form.format(*(each.text for each in inner)), guards=merged(inner))

    def _row_total(self, operands: tuple[Node, ...], known: Known) -> Strict:
        cells = ",".join(
            part.text for part in (self.strict(each, known) for each in operands) if NEVER not in part.guards
        )
        if not cells:
            return BLANK
        return Strict(f"SUM({cells})", guards=(Guard("safe", f"COUNT({cells})>0"),))


def _parts(text: Strict) -> Strict:
    """Return how many parts a text has, full stops between them."""
    counted = f'LEN({text.text})-LEN(SUBSTITUTE({text.text},".",""))+1'
    return replace(text, text=counted, binding=ADD)
