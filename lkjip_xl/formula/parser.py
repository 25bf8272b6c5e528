"""Text to nodes. The syntax is a strict subset of Excel's, over column names instead of cells.

    expression  := concat (("=" | "<>" | "<" | "<=" | ">" | ">=") concat)?
    concat      := sum ("&" sum)*
    sum         := product (("+" | "-") product)*
    product     := unary (("*" | "/") unary)*
    unary       := "-" unary | atom
    atom        := number | "text" | name | name "." name | FUNCTION "(" arguments ")" | "(" expression ")"

``""`` is the blank result. Functions are listed in ``functions.FUNCTIONS``; a template set adds macros of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from lkjip_xl.base.errors import FormulaError
from lkjip_xl.formula import nodes
from lkjip_xl.formula.functions import FUNCTIONS, Builder, CallError
from lkjip_xl.formula.nodes import Node

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>\d+(?:\.\d+)?)
      | (?P<text>"(?:[^"]|"")*")
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<operator><>|<=|>=|[-+*/&=<>(),.])
      | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
_DEEPEST = 50  # parentheses and calls inside one another; Excel allows 64
_COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")


class _Token(NamedTuple):
    kind: str
    text: str
    position: int


def parse(text: str, macros: Mapping[str, Builder] | None = None) -> Node:
    """Return the node of a formula.

    ``macros`` are further functions by upper-case name (see ``template.macros``).
    Raises ``FormulaError`` with the offending place.
    """
    return _Parser(text, {**FUNCTIONS, **(macros or {})}).whole()


class _Parser:
    def __init__(self, text: str, functions: Mapping[str, Builder]) -> None:
        self.text = text
        self.functions = functions
        self.tokens = self._tokens()
        self.index = 0
        self.depth = 0

    def _tokens(self) -> list[_Token]:
        tokens: list[_Token] = []
        offset = 0
        while not tokens or tokens[-1].kind != "end":
            match = _TOKEN.match(self.text, offset)
            if match is None:
                offset += len(self.text[offset:]) - len(self.text[offset:].lstrip())
                raise self._error(f"tanda {self.text[offset]!r} tidak dikenal", offset)
            kind = str(match.lastgroup)
            tokens.append(_Token(kind, match.group(kind), match.start(kind)))
            offset = match.end()
        return tokens

    def _error(self, reason: str, position: int) -> FormulaError:
        return FormulaError(reason, self.text, position)

    @property
    def _next(self) -> _Token:
        return self.tokens[self.index]

    def _take(self) -> _Token:
        token = self._next
        self.index += 1
        return token

    def _accept(self, *operators: str) -> _Token | None:
        if self._next.kind == "operator" and self._next.text in operators:
            return self._take()
        return None

    def _expect(self, operator: str) -> None:
        if self._accept(operator) is None:
            found = f"ada {self._next.text!r}" if self._next.text else "rumus berakhir"
            raise self._error(f"di sini seharusnya {operator!r}, tetapi {found}", self._next.position)

    def whole(self) -> Node:
        node = self._expression()
        if self._next.kind != "end":
            raise self._error(f"{self._next.text!r} tidak pada tempatnya", self._next.position)
        return node

    def _expression(self) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._error(f"rumus bersusun terlalu dalam (lebih dari {_DEEPEST})", self._next.position)
        node = self._comparison()
        self.depth -= 1
        return node

    def _comparison(self) -> Node:
        left = self._concat()
        token = self._accept(*_COMPARISONS)
        if token is None:
            return left
        right = self._concat()
        return nodes.Comparison(token.text, left, right, position=token.position)  # type: ignore[arg-type]  # the tuple above is the Literal

    def _chain(self, operand: Callable[[], Node], *operators: str) -> Node:
        left = operand()
        while token := self._accept(*operators):
            right = operand()
            if token.text == "&":
                left = nodes.Concat(left, right, position=token.position)
            else:
                left = nodes.Arithmetic(token.text, left, right, position=token.position)  # type: ignore[arg-type]  # callers pass only + - * /
        return left

    def _concat(self) -> Node:
        return self._chain(self._sum, "&")

    def _sum(self) -> Node:
        return self._chain(self._product, "+", "-")

    def _product(self) -> Node:
        return self._chain(self._unary, "*", "/")

    def _unary(self) -> Node:
        if token := self._accept("-"):
            if self._next.text == "-":
                raise self._error("dua tanda minus berturut-turut", self._next.position)
            return nodes.Negate(self._unary(), position=token.position)
        return self._atom()

    def _atom(self) -> Node:
        if self._accept("("):
            node = self._expression()
            self._expect(")")
            return node
        token = self._take()
        match token.kind:
            case "number":
                return nodes.Number(float(token.text), position=token.position)
            case "text":
                value = token.text[1:-1].replace('""', '"')
                if not value:
                    return nodes.Blank(position=token.position)
                return nodes.Text(value, position=token.position)
            case "name":
                return self._name(token)
        found = f"ada {token.text!r}" if token.text else "rumus berakhir"
        raise self._error(f"di sini seharusnya nilai, tetapi {found}", token.position)

    def _name(self, token: _Token) -> Node:
        if self._accept("("):
            return self._call(token)
        if self._accept("."):
            column = self._take()
            if column.kind != "name":
                raise self._error(f"setelah '{token.text}.' seharusnya nama kolom", column.position)
            return nodes.Ref(token.text, column.text, position=token.position)
        return nodes.Ref(None, token.text, position=token.position)

    def _call(self, token: _Token) -> Node:
        build = self.functions.get(token.text.upper())
        if build is None:
            raise self._error(f"fungsi {token.text} tidak dikenal", token.position)
        arguments: list[Node] = []
        if not self._accept(")"):
            arguments.append(self._expression())
            while self._accept(","):
                arguments.append(self._expression())
            self._expect(")")
        try:
            return build(arguments, token.position)
        except CallError as error:
            raise self._error(f"{token.text.upper()}: {error}", token.position) from None
