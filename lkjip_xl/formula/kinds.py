"""Types of formulas, found before any workbook exists: a mistake is an error in the declaration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, Protocol

from lkjip_xl.base.errors import FormulaError
from lkjip_xl.formula import code_nodes, nodes
from lkjip_xl.formula.nodes import Kind, Node

_NEVER_COMPARED = {
    Kind.TRUTH: "benar/salah tidak dibandingkan; pakai AND, OR, NOT",
    Kind.DATE: "tanggal tidak dibandingkan; pakai YEAR dan MONTH",
}
_NEVER_CHOSEN = {
    Kind.TRUTH: "IF tidak menghasilkan benar/salah; pakai AND, OR, NOT",
    Kind.DATE: "IF tidak menghasilkan tanggal",
}


class Scope(Protocol):
    """What names mean where a formula stands. Methods raise ``LookupError(reason)`` for an unknown name."""

    def in_row(self, ref: nodes.Ref) -> Kind:
        """Return the kind of a column of the same row."""
        ...

    def previous_year(self, ref: nodes.Ref) -> Kind:
        """Return the kind of the same column one year earlier."""
        ...

    def last_filled(self, ref: nodes.Ref) -> Kind:
        """Return the kind of a column of this row that has rows above it."""
        ...

    def across_years(self, ref: nodes.Ref) -> Kind:
        """Return the kind of a column of the same row that has a cell for each year."""
        ...

    def whole(self, ref: nodes.Ref) -> Kind:
        """Return the kind of a column taken as a whole."""
        ...


def typed(node: Node, scope: Scope, formula: str = "") -> Node:
    """Return a formula whose nodes know their kinds; raise ``FormulaError`` where its parts do not fit together."""
    checker = _Checker(scope, formula)
    checker.kind(node)
    return _with_kinds(node, checker.kinds)


def _with_kinds(node: Node, kinds: Mapping[int, Kind]) -> Node:
    def rebuilt(value: Any) -> Any:
        if isinstance(value, Node):
            return _with_kinds(value, kinds)
        return tuple(map(rebuilt, value)) if isinstance(value, tuple) else value

    changed = {each.name: rebuilt(getattr(node, each.name)) for each in fields(node)}
    return replace(node, **{**changed, "kind": kinds.get(id(node))})


class _Checker:
    def __init__(self, scope: Scope, formula: str) -> None:
        self.scope = scope
        self.formula = formula
        self.kinds: dict[int, Kind] = {}
        """The kind of each node by its id."""

    def error(self, reason: str, node: Node) -> FormulaError:
        return FormulaError(reason, self.formula, node.position)

    def want(self, node: Node, kind: Kind) -> Kind:
        found = self.kind(node)
        if isinstance(node, nodes.Blank):
            raise self.error('kosong ("") tidak dapat dihitung; pakai ISBLANK atau IF', node)
        if found not in (kind, Kind.BLANK):
            raise self.error(f"di sini seharusnya {kind}, tetapi ini {found}", node)
        return kind

    def same(self, operands: Iterable[Node], place: Node) -> Kind:
        known = {kind for each in operands if (kind := self.kind(each)) is not Kind.BLANK}
        if len(known) > 1:
            found = " dan ".join(sorted(known))
            raise self.error(f"jenisnya berbeda: {found}", place)
        return known.pop() if known else Kind.BLANK

    def whole(self, ref: nodes.Ref) -> Kind:
        try:
            kind = self._noted(ref, self.scope.whole(ref))
        except LookupError as error:
            raise self.error(str(error.args[0]), ref) from None
        if kind is Kind.DATE:
            raise self.error("kolom tanggal hanya untuk YEAR, MONTH, dan ISBLANK", ref)
        return kind

    def whole_number(self, ref: nodes.Ref) -> None:
        if self.whole(ref) is not Kind.NUMBER:
            raise self.error("kolom ini bukan angka", ref)

    def key(self, keys: nodes.Ref, key: Node) -> None:
        if self.whole(keys) is not self.kind(key):
            raise self.error("kunci dan kolom kuncinya berbeda jenis", key)

    def kind(self, node: Node) -> Kind:
        return self._noted(node, self._kind(node))

    def _noted(self, node: Node, kind: Kind) -> Kind:
        self.kinds[id(node)] = kind
        return kind

    def _kind(self, node: Node) -> Kind:
        match node:
            case nodes.Number():
                return Kind.NUMBER
            case nodes.Text():
                return Kind.TEXT
            case nodes.Blank():
                return Kind.BLANK
            case nodes.Ref():
                return self._in_row(node)
            case nodes.Arithmetic(left=left, right=right):
                self.want(left, Kind.NUMBER)
                return self.want(right, Kind.NUMBER)
            case nodes.Negate(operand) | nodes.Absolute(operand) | nodes.Round(operand=operand):
                return self.want(operand, Kind.NUMBER)
            case nodes.DatePart(operand=operand):
                self.want(operand, Kind.DATE)
                return Kind.NUMBER
            case code_nodes.Parts(operand):
                self.want(operand, Kind.TEXT)
                return Kind.NUMBER
            case nodes.Concat() | nodes.Left() | nodes.GradeLabel():
                for each in node.children:
                    self.want(each, Kind.TEXT)
                return Kind.TEXT
            case nodes.GradeValue() | nodes.GradeScore():
                for each in node.children:
                    self.want(each, Kind.TEXT)
                return Kind.NUMBER
            case nodes.If(condition, then, otherwise):
                self.want(condition, Kind.TRUTH)
                kind = self.same((then, otherwise), node)
                if kind in _NEVER_CHOSEN:
                    raise self.error(_NEVER_CHOSEN[kind], node)
                return kind
            case nodes.Extreme(operands=operands) | nodes.Total(operands=operands):
                for each in operands:
                    self.want(each, Kind.NUMBER)
                return Kind.NUMBER
        return self._condition(node)

    def _condition(self, node: Node) -> Kind:
        match node:
            case nodes.Comparison(left=left, right=right):
                for side in (left, right):
                    if isinstance(side, nodes.Blank):
                        raise self.error("untuk membandingkan dengan kosong pakai ISBLANK", side)
                kind = self.same((left, right), node)
                if kind in _NEVER_COMPARED:
                    raise self.error(_NEVER_COMPARED[kind], node)
                return Kind.TRUTH
            case nodes.And() | nodes.Or() | nodes.Not():
                for each in node.children:
                    self.want(each, Kind.TRUTH)
                return Kind.TRUTH
            case nodes.Fits() | nodes.IsScale() | code_nodes.Begins():
                for each in node.children:
                    self.want(each, Kind.TEXT)
                return Kind.TRUTH
            case nodes.IsBlank(operand):
                if self.kind(operand) is Kind.TRUTH:
                    raise self.error("ISBLANK bukan untuk syarat", operand)
                return Kind.TRUTH
            case (
                nodes.RowBegun()
                | nodes.TableBegun()
                | nodes.TableTyped()
                | nodes.Inapplicable()
                | nodes.Filled()
                | nodes.WellTyped()
            ):
                return Kind.TRUTH
        return self._whole_columns(node)

    def _in_row(self, ref: nodes.Ref) -> Kind:
        try:
            return self.scope.in_row(ref)
        except LookupError as error:
            raise self.error(str(error.args[0]), ref) from None

    def _whole_columns(self, node: Node) -> Kind:
        match node:
            case nodes.Aggregate(function="COUNTA", values=values):
                if self.whole(values) is not Kind.TEXT:
                    raise self.error("COUNTA menghitung teks; pakai COUNT untuk angka", values)
                return Kind.NUMBER
            case nodes.Aggregate(values=values):
                self.whole_number(values)
                return Kind.NUMBER
            case nodes.AggregateIf(values=values, criteria=criteria):
                if values is not None:
                    self.whole_number(values)
                for keys, key in criteria:
                    self.key(keys, key)
                return Kind.NUMBER
            case nodes.RunningCount(keys, key):
                self.key(keys, key)
                return Kind.NUMBER
            case nodes.Lookup(key, keys, values):
                self.key(keys, key)
                return self.whole(values)
            case nodes.PreviousYear(column) | nodes.LastFilled(column) | code_nodes.LastAbove(column):
                above = not isinstance(node, nodes.PreviousYear)
                try:
                    kind = (self.scope.last_filled if above else self.scope.previous_year)(column)
                except LookupError as error:
                    raise self.error(str(error.args[0]), node) from None
                return self._noted(column, kind)
            case nodes.AcrossYears(column=column):
                try:
                    kind = self._noted(column, self.scope.across_years(column))
                except LookupError as error:
                    raise self.error(str(error.args[0]), node) from None
                if kind is not Kind.NUMBER:
                    raise self.error("kolom ini bukan angka", column)
                return Kind.NUMBER
        raise NotImplementedError(type(node).__name__)
