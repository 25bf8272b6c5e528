"""Nodes to Excel text with A1 addresses, for any program that reads xlsx.

Only functions that Excel 2010, LibreOffice, WPS and Google Sheets all have are written. A spreadsheet would take a
blank cell as 0 and let text be greater than any number, so each formula asks first whether its cells hold what it
needs (``ISNUMBER``, ``COUNT``, ``T``) and is blank otherwise. Sums by key use ``SUMPRODUCT(--(keys=key),…)``:
``SUMIF`` and ``MATCH`` take their key as a pattern.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from lkjip_xl.formula import nodes
from lkjip_xl.formula.nodes import Kind, Node
from lkjip_xl.formula.pattern import Pattern

_LAST_ROW = 1048576  # of a sheet; row numbers are subtracted from it to find the first match with MAX

FIRST_DAY, LAST_DAY = datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)  # of dates in cells
DAY_0 = datetime.date(1899, 12, 30)

# How tightly each operator binds, loosest first.
_COMPARE, _CONCAT, _ADD, _MULTIPLY, _UNARY, _ATOM = range(6)


class Addresses(Protocol):
    """Where columns are, seen from the cell that holds the formula."""

    def cell(self, ref: nodes.Ref) -> str | None:
        """Return the address of the column's cell in this row, or None where it has none."""
        ...

    def previous_year(self, ref: nodes.Ref) -> str | None:
        """Return the address of the same row and column one year earlier, or None."""
        ...

    def years(self, ref: nodes.Ref) -> list[str]:
        """Return the addresses of the column's cells in this row, one for each year; none without such a row."""
        ...

    def row_inputs(self) -> list[str]:
        """Return the ranges where people type in this row, or in the one it follows; none where it always exists."""
        ...

    def table_inputs(self) -> list[str]:
        """Return the ranges where people type in this table what can be asked of them."""
        ...

    def origin_inputs(self) -> list[str]:
        """Return the ranges where people type in the tables that this one follows; none where it follows none."""
        ...

    def stored(self, ref: nodes.Ref) -> str:
        """Return what a spreadsheet holds in the cells of an own column: ``number``, ``date`` or ``text``."""
        ...

    def constant(self, ref: nodes.Ref) -> str | float | None:
        """Return the value of a name that is fixed at this place (year, label of the part), or None."""
        ...

    def column(self, ref: nodes.Ref) -> str | None:
        """Return the range of all data cells of a column, or None where the workbook has no such column."""
        ...

    def column_from_top(self, ref: nodes.Ref) -> str | None:
        """Return the range from row 1 of the sheet to the last data cell of a column."""
        ...

    def column_to_here(self, ref: nodes.Ref) -> str | None:
        """Return the range from the first data cell of an own column to this row."""
        ...


@dataclass(frozen=True, slots=True)
class _Guard:
    """What must hold before an expression may be calculated.

    ``number`` asks that a cell holds a number, ``safe`` is a test that can be asked of any cell,
    ``late`` one that can only be asked once the guards before it hold.
    """

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class _Strict:
    """An expression that is right whenever its guards hold, and blank otherwise."""

    text: str
    binding: int = _ATOM
    guards: tuple[_Guard, ...] = ()


_NEVER = _Guard("never", "FALSE")
_BLANK = _Strict('""', guards=(_NEVER,))
_Known = frozenset[_Guard]


def to_excel(node: Node, addresses: Addresses) -> str:
    """Return the formula text, with its leading ``=``, that gives a typed node's value or ``""``."""
    assert node.kind is not None  # noqa: S101 - a formula that has not been typed means nothing yet
    return "=" + _Compiler(addresses).total(node, frozenset())


def _text(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def _number(value: float) -> str:
    return f"{value:.15g}"


def _merge(parts: Iterable[_Strict]) -> tuple[_Guard, ...]:
    return tuple(dict.fromkeys(guard for part in parts for guard in part.guards))


def _all(tests: list[str]) -> str:
    return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"


def _tests(guards: Iterable[_Guard], known: _Known) -> list[str]:
    """Return the tests to nest, outermost first: everything that is safe to ask together in one."""
    open_guards = [guard for guard in guards if guard not in known]
    numbers = [guard.text for guard in open_guards if guard.how == "number"]
    first: list[str] = []
    if len(numbers) == 1:
        first.append(f"ISNUMBER({numbers[0]})")
    elif numbers:
        first.append(f"COUNT({','.join(numbers)})={len(numbers)}")
    first += [guard.text for guard in open_guards if guard.how == "safe"]
    late = [guard.text for guard in open_guards if guard.how == "late"]
    return ([_all(first)] if first else []) + late


def _under(tests: list[str], text: str, otherwise: str) -> str:
    for test in reversed(tests):
        text = f"IF({test},{text},{otherwise})"
    return text


class _Compiler:
    def __init__(self, addresses: Addresses) -> None:
        self.at = addresses

    # -- whole values: right for any content of the cells -------------------------------------------------------

    def total(self, node: Node, known: _Known) -> str:
        """Return text that is the node's value, or ``""`` where it has none."""
        if isinstance(node, nodes.If):
            return self._if(node, known)
        if node.kind is Kind.TRUTH:
            sure, denied = self.sides(node)
            if denied is None:
                return sure
            return f'IF({sure},TRUE,IF({denied},FALSE,""))'
        strict = self.strict(node, known)
        if _NEVER in strict.guards:
            return '""'
        return _under(_tests(strict.guards, known), strict.text, '""')

    def _if(self, node: nodes.If, known: _Known) -> str:
        condition = node.condition
        if isinstance(condition, nodes.Comparison):
            strict = self.strict(condition, known)
            if _NEVER in strict.guards:
                return '""'
            inner = known | set(strict.guards)
            branches = f"IF({strict.text},{self.total(node.then, inner)},{self.total(node.otherwise, inner)})"
            return _under(_tests(strict.guards, known), branches, '""')
        if isinstance(condition, nodes.IsBlank):
            return self._if_blank(node, condition.operand, known)
        sure, denied = self.sides(condition)
        then, otherwise = self.total(node.then, known), self.total(node.otherwise, known)
        if denied is None or isinstance(node.otherwise, nodes.Blank):
            return f"IF({sure},{then},{otherwise})"
        if isinstance(node.then, nodes.Blank):  # and blank where neither is sure
            return f"IF({denied},{otherwise},{then})"
        return f'IF({sure},{then},IF({denied},{otherwise},""))'

    def _if_blank(self, node: nodes.If, operand: Node, known: _Known) -> str:
        """Return ``IF(ISBLANK(x), a, b)`` as a question for what stands in x, so that b need not ask again."""
        strict = self.strict(operand, known)
        if _NEVER in strict.guards:
            return self.total(node.then, known)
        text = self.total(node.otherwise, known | set(strict.guards))
        return _under(_tests(strict.guards, known), text, self.total(node.then, known))

    # -- conditions as two tests: surely true, surely false (None: everything that is not true) ------------------

    def sides(self, node: Node) -> tuple[str, str | None]:
        match node:
            case nodes.And(operands):
                return self._both([self.sides(each) for each in operands], "AND", "OR")
            case nodes.Or(operands):
                return self._both([self.sides(each) for each in operands], "OR", "AND")
            case nodes.Not(operand):
                sure, denied = self.sides(operand)
                return (f"NOT({sure})", None) if denied is None else (denied, sure)
            case nodes.IsBlank(operand):
                return self._is_blank(operand), None
            case nodes.RowBegun():
                return self._counted(self.at.row_inputs()), None
            case nodes.TableBegun():
                begun, origins = self._counted(self.at.table_inputs()), self.at.origin_inputs()
                return f"OR({begun},COUNTA({','.join(origins)})=0)" if origins else begun, None
            case nodes.Filled(column):
                cell = self.at.cell(column)
                return f"IF(ISTEXT({cell}),LEN(TRIM({cell}))>0,NOT(ISBLANK({cell})))", None
            case nodes.WellTyped(column):
                cell = self.at.cell(column)
                match self.at.stored(column):
                    case "date":
                        return f"OR(ISBLANK({cell}),{_is_date(str(cell))})", None
                    case "number":
                        return f"OR(ISBLANK({cell}),ISNUMBER({cell}))", None
                return f"OR(ISBLANK({cell}),ISTEXT({cell}))", None
            case nodes.Comparison() | nodes.Fits():
                strict = self._question(node)
                if _NEVER in strict.guards:
                    return "FALSE", "FALSE"
                tests = _tests(strict.guards, frozenset())
                if not tests:
                    return strict.text, None
                return _under(tests, strict.text, "FALSE"), _under(tests, f"NOT({strict.text})", "FALSE")
        raise NotImplementedError(type(node).__name__)

    def _question(self, node: nodes.Comparison | nodes.Fits) -> _Strict:
        if isinstance(node, nodes.Comparison):
            return self.strict(node, frozenset())
        inner = self.strict(node.operand, frozenset())
        return replace(inner, text=_fits(inner.text, node.pattern), binding=_ATOM)

    @staticmethod
    def _counted(cells: list[str]) -> str:
        return f"COUNTA({','.join(cells)})>0" if cells else "TRUE"

    def _both(self, sides: list[tuple[str, str | None]], true: str, false: str) -> tuple[str, str | None]:
        if len(sides) == 1:
            return sides[0]
        sure = f"{true}({','.join(yes for yes, _ in sides)})"
        if all(no is None for _, no in sides):
            return sure, None
        noes = (no if no is not None else f"NOT({yes})" for yes, no in sides)
        return sure, f"{false}({','.join(noes)})"

    def _is_blank(self, operand: Node) -> str:
        if _NEVER in self.strict(operand, frozenset()).guards:
            return "TRUE"
        if isinstance(operand, nodes.Ref):
            address = self.at.cell(operand)
            if address is not None:
                match operand.kind:
                    case Kind.NUMBER:
                        return f"NOT(ISNUMBER({address}))"
                    case Kind.DATE:
                        return f"NOT({_is_date(address)})"
                return f'T({address})=""'
        if operand.kind is Kind.NUMBER:
            return f"NOT(ISNUMBER({self.total(operand, frozenset())}))"
        return f'{self.total(operand, frozenset())}=""'

    # -- strict expressions: guards collected, asked once around the whole ----------------------------------------

    def strict(self, node: Node, known: _Known) -> _Strict:
        """Return the node as an expression with guards; what has guards of its own inside becomes one test."""
        match node:
            case nodes.Number(value):
                return _Strict(_number(value))
            case nodes.Text(value):
                return _Strict(_text(value))
            case nodes.Blank():
                return _BLANK
            case nodes.Ref():
                return self._ref(node)
            case nodes.PreviousYear(column):
                return self._cell(self.at.previous_year(column), column.kind)
            case nodes.Arithmetic(operator=operator, left=left, right=right):
                binding = _ADD if operator in "+-" else _MULTIPLY
                return self._binary(operator, binding, left, right, known)
            case nodes.Concat(left, right):
                return self._binary("&", _CONCAT, left, right, known)
            case nodes.Comparison(operator=operator, left=left, right=right):
                return self._binary(operator, _COMPARE, left, right, known)
            case nodes.Negate(operand):
                inner = self.strict(operand, known)
                return replace(inner, text="-" + _bind(inner, _UNARY), binding=_UNARY)
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
            case nodes.AcrossYears(function, column):
                return self._across_years(function, column)
            case nodes.Aggregate():
                return self._aggregate(node)
            case nodes.AggregateIf():
                return self._aggregate_if(node, known)
            case nodes.RunningCount(keys, key):
                return self._running_count(keys, self.strict(key, known))
            case nodes.Lookup():
                return self._lookup(node, known)
            case nodes.If():
                return self._opaque(self.total(node, known), node.kind)
        raise NotImplementedError(type(node).__name__)

    def _ref(self, ref: nodes.Ref) -> _Strict:
        constant = self.at.constant(ref)
        if isinstance(constant, str):
            return _Strict(_text(constant))
        if constant is not None:
            return _Strict(_number(constant))
        return self._cell(self.at.cell(ref), ref.kind)

    def _cell(self, address: str | None, kind: Kind | None) -> _Strict:
        if address is None:
            return _BLANK
        if kind is Kind.NUMBER:
            return _Strict(address, guards=(_Guard("number", address),))
        if kind is Kind.DATE:
            return _Strict(address, guards=(_Guard("safe", _is_date(address)),))
        return _Strict(address, guards=(_Guard("safe", f'T({address})<>""'),))

    def _opaque(self, text: str, kind: Kind | None) -> _Strict:
        if text == '""':
            return _BLANK
        test = f"ISNUMBER({text})" if kind is Kind.NUMBER else f"ISTEXT({text})"
        return _Strict(text, guards=(_Guard("safe", test),))

    def _binary(self, operator: str, binding: int, left: Node, right: Node, known: _Known) -> _Strict:
        a, b = self.strict(left, known), self.strict(right, known)
        guards = _merge((a, b))
        if operator == "/" and not (isinstance(right, nodes.Number) and right.value):
            guards += (_Guard("late", f"{_bind(b, _COMPARE + 1)}<>0"),)
        text = f"{_bind(a, binding)}{operator}{_bind(b, binding + 1)}"
        return _Strict(text, binding, guards)

    def _call(self, form: str, operands: tuple[Node, ...], known: _Known) -> _Strict:
        inner = [self.strict(each, known) for each in operands]
        return _Strict(form.format(*(each.text for each in inner)), guards=_merge(inner))

    def _row_total(self, operands: tuple[Node, ...], known: _Known) -> _Strict:
        cells = ",".join(
            part.text for part in (self.strict(each, known) for each in operands) if _NEVER not in part.guards
        )
        if not cells:
            return _BLANK
        return _Strict(f"SUM({cells})", guards=(_Guard("safe", f"COUNT({cells})>0"),))

    def _across_years(self, function: str, column: nodes.Ref) -> _Strict:
        cells = ",".join(self.at.years(column))
        if not cells:
            return _Strict("0") if function == "COUNT" else _BLANK
        if function == "COUNT":
            return _Strict(f"COUNT({cells})")
        return _Strict(f"{function}({cells})", guards=(_Guard("safe", f"COUNT({cells})>0"),))

    def _aggregate(self, node: nodes.Aggregate) -> _Strict:
        cells = self.at.column(node.values)
        if cells is None:
            return _Strict("0") if node.function in ("COUNT", "COUNTA") else _BLANK
        if node.function == "COUNTA":
            return _Strict(f'SUMPRODUCT(--ISTEXT({cells}),--({cells}<>""))')
        if node.function == "COUNT":
            return _Strict(f"COUNT({cells})")
        return _Strict(f"{node.function}({cells})", guards=(_Guard("safe", f"COUNT({cells})>0"),))

    def _aggregate_if(self, node: nodes.AggregateIf, known: _Known) -> _Strict:
        keys = [self.strict(key, known) for _, key in node.criteria]
        columns = [self.at.column(column) for column, _ in node.criteria]
        if None in columns:
            return _BLANK if node.values is not None else _Strict("0", guards=_merge(keys))
        rows = [f"--({column}={_bind(key, _COMPARE + 1)})" for column, key in zip(columns, keys, strict=True)]
        guards = _merge(keys)
        if node.values is None:
            return _Strict(f"SUMPRODUCT({','.join(rows)})", guards=guards)
        cells = self.at.column(node.values)
        if cells is None:
            return _BLANK
        counted = f"SUMPRODUCT({','.join([*rows, f'--ISNUMBER({cells})'])})"
        guards += (_Guard(_asked(*(key for _, key in node.criteria)), f"{counted}>0"),)
        total = f"SUMPRODUCT({','.join([*rows, cells])})"
        if node.function == "AVERAGE":
            return _Strict(f"{total}/{counted}", _MULTIPLY, guards)
        return _Strict(total, guards=guards)

    def _running_count(self, keys: nodes.Ref, key: _Strict) -> _Strict:
        cells = self.at.column_to_here(keys)
        if cells is None:
            return _BLANK
        return _Strict(f"SUMPRODUCT(--({cells}={_bind(key, _COMPARE + 1)}))", guards=key.guards)

    def _lookup(self, node: nodes.Lookup, known: _Known) -> _Strict:
        key = self.strict(node.key, known)
        keys, values = self.at.column(node.keys), self.at.column_from_top(node.values)
        if keys is None or values is None:
            return _BLANK
        kind_test = "ISNUMBER" if node.kind is Kind.NUMBER else "ISTEXT"
        if ":" not in keys:  # a form: its one row is found or not
            found = self.at.column(node.values) or '""'
            same = _Guard(_asked(node.key), f"{keys}={_bind(key, _COMPARE + 1)}")
            return _Strict(found, guards=(*key.guards, same, _Guard("safe", f"{kind_test}({found})")))
        matches = f"({keys}={_bind(key, _COMPARE + 1)})*({_LAST_ROW}-ROW({keys}))"
        found = f"INDEX({values},{_LAST_ROW}-SUMPRODUCT(MAX({matches})))"
        return _Strict(found, guards=(*key.guards, _Guard(_asked(node.key), f"{kind_test}({found})")))


def _is_date(cell: str) -> str:
    """Return the test whether a cell holds a date that counts; a spreadsheet's dates are numbers of days."""
    first, last = ((day - DAY_0).days for day in (FIRST_DAY, LAST_DAY))
    return f"AND(ISNUMBER({cell}),{cell}>={first},{cell}<{last + 1})"


def _asked(*keys: Node) -> str:
    """Return how a guard that contains these keys may be asked: a calculated key can be an error itself."""
    simple = all(isinstance(key, nodes.Ref | nodes.Text | nodes.Number) for key in keys)
    return "safe" if simple else "late"


def _bind(part: _Strict, least: int) -> str:
    return part.text if part.binding >= least else f"({part.text})"


def _fits(text: str, pattern: Pattern) -> str:
    """Return what ``Pattern.fits`` says of a text.

    ``EXACT`` and ``FIND`` compare character by character; ``=`` takes some characters that cannot be seen for nothing.
    """
    for char in pattern.ignored:
        text = f'SUBSTITUTE({text},{_text(char)},"")'
    tests = [*_mask_tests(text, pattern), *_character_tests(text, pattern)]
    if not tests:
        return f"LEN({text})>0"
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def _mask_tests(text: str, pattern: Pattern) -> list[str]:
    if not pattern.masks:
        return []
    for digit in "012345678":
        text = f'SUBSTITUTE({text},"{digit}","9")'
    masks = ",".join(_text(mask) for mask in pattern.masks)
    return [
        f"SUMPRODUCT(--EXACT({text},{{{masks}}}))>0" if len(pattern.masks) > 1 else f"EXACT({text},{masks})"
    ]


def _character_tests(text: str, pattern: Pattern) -> list[str]:
    if not pattern.characters:
        return []
    places = ",".join(map(str, range(1, pattern.most + 1)))
    known = _text(pattern.characters + pattern.between)
    # Filled up to the greatest length: programs do not agree whether FIND finds nothing anywhere.
    filled = f"{text}&REPT({_text(pattern.characters[0])},{pattern.most})"
    tests = [
        f"LEN({text})>={pattern.least}",
        f"LEN({text})<={pattern.most}",
        f"SUMPRODUCT(--ISNUMBER(FIND(MID({filled},{{{places}}},1),{known})))={pattern.most}",
    ]
    first = pattern.between[:1]
    if first:
        joined = f"{_text(first)}&{text}&{_text(first)}"
        for char in pattern.between[1:]:
            joined = f"SUBSTITUTE({joined},{_text(char)},{_text(first)})"
        tests.append(f"ISERROR(FIND({_text(first * 2)},{joined}))")
    return [f"AND({','.join(tests)})"]
