"""Excel expressions with what must hold before they may be calculated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lkjip_xl.formula import nodes
from lkjip_xl.formula.cell_tests import holds_text, is_date, negated
from lkjip_xl.formula.nodes import Kind, Node

# How tightly each operator binds, loosest first.
COMPARE, CONCAT, ADD, MULTIPLY, UNARY, ATOM = range(6)


@dataclass(frozen=True, slots=True)
class Guard:
    """What must hold before an expression may be calculated.

    ``number`` asks that a cell holds a number, ``safe`` is a test that can be asked of any cell,
    ``late`` one that can only be asked once the guards before it hold.
    """

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class Strict:
    """An expression that is right whenever its guards hold, and blank otherwise."""

    text: str
    binding: int = ATOM
    guards: tuple[Guard, ...] = ()


NEVER = Guard("never", "FALSE")
BLANK = Strict('""', guards=(NEVER,))
Known = frozenset[Guard]


def of_cell(address: str | None, kind: Kind | None, *, shared: bool = False) -> Strict:
    """Return what stands in a cell, which numbers and grades may share; None: in one that this workbook does not have."""
    if address is None:
        return BLANK
    if kind is Kind.NUMBER:
        return Strict(address, guards=(Guard("number", address),))
    test = is_date(address) if kind is Kind.DATE else holds_text(address, shared=shared)
    return Strict(address, guards=(Guard("safe", test),))


def of_value(text: str, kind: Kind | None) -> Strict:
    """Return an expression that is blank of itself where it has no value."""
    if text == '""':
        return BLANK
    test = f"ISNUMBER({text})" if kind is Kind.NUMBER else f'{text}<>""'
    return Strict(text, guards=(Guard("safe", test),))


def merged(parts: Iterable[Strict]) -> tuple[Guard, ...]:
    """Return the guards of some expressions, each once."""
    return tuple(dict.fromkeys(guard for part in parts for guard in part.guards))


def _all(tests: list[str]) -> str:
    return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"


def tests_of(guards: Iterable[Guard], known: Known) -> list[str]:
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


def under(tests: Sequence[str], text: str, otherwise: str) -> str:
    """Return a text under the tests that must hold for it, with what stands there where one does not."""
    for test in reversed(tests):
        text = f"IF({test},{text},{otherwise})"
    return text


def bound(part: Strict, least: int) -> str:
    """Return an expression as it stands beside an operator that binds ``least`` tightly: in brackets where it must."""
    return part.text if part.binding >= least else f"({part.text})"


def holds(cell: str, kind: Kind | None) -> str:
    """Return the test whether a cell that was looked up, which may be an error, holds a value."""
    return f"ISNUMBER({cell})" if kind is Kind.NUMBER else f"IFERROR({holds_text(cell)},FALSE)"


def equals(cells: str, node: Node, key: Strict) -> list[str]:
    """Return the tests that hold where cells equal a key; to a spreadsheet a blank cell equals 0 as well."""
    same = f"({cells}={bound(key, COMPARE + 1)})"
    never_0 = isinstance(node, nodes.Number) and node.value != 0
    return [same] if node.kind is not Kind.NUMBER or never_0 else [same, f"ISNUMBER({cells})"]


def ones(tests: list[str]) -> str:
    """Return the arguments of SUMPRODUCT that are 1 where a test holds, else 0."""
    return ",".join(f"--{test}" for test in tests)


def last_filled(cells: str | None, kind: Kind | None, below: str | None = None) -> Strict:
    """Return the last text, or number, in some cells of a column, or in those above one; spaces alone are none."""
    if cells is None:
        return BLANK
    tests = [f"ISNUMBER({cells})"] if kind is Kind.NUMBER else [f"ISTEXT({cells})", f'(TRIM({cells})<>"")']
    tests += [f"(ROW({cells})<ROW({below}))"] if below is not None else []
    # Counted from the end, which is this row: the first one may be deleted, and a cell of it would be an error.
    line = f"SUMPRODUCT(MAX({'*'.join(tests)}*ROW({cells})))-ROW({cells.split(':')[1]})+ROWS({cells})"
    return Strict(f"INDEX({cells},{line})", guards=(Guard("safe", f"SUMPRODUCT({ones(tests)})>0"),))


def asked(*keys: Node) -> str:
    """Return how a guard that contains these keys may be asked: a calculated key can be an error itself."""
    simple = all(isinstance(key, nodes.Ref | nodes.Text | nodes.Number) for key in keys)
    return "safe" if simple else "late"


def sides_of(tests: Sequence[str], text: str) -> tuple[str, str | None]:
    """Return the sides of a condition that may be asked under some tests; without any it is true or false itself."""
    if not tests:
        return text, None
    return under(tests, text, "FALSE"), under(tests, f"NOT({text})", "FALSE")


def both(sides: list[tuple[str, str | None]], true: str, false: str) -> tuple[str, str | None]:
    """Return two tests of which one is surely true, the other surely false, of the sides of some conditions."""
    if len(sides) == 1:
        return sides[0]
    sure = f"{true}({','.join(yes for yes, _ in sides)})"
    if all(no is None for _, no in sides):
        return sure, None
    noes = (no if no is not None else negated(yes) for yes, no in sides)
    return sure, f"{false}({','.join(noes)})"
