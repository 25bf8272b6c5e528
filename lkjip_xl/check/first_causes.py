"""What follows from a wrong cell: findings that say the same mistake a second time are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from lkjip_xl.formula import nodes
from lkjip_xl.formula.nodes import Node
from lkjip_xl.template.model import ORIGIN, Property, Rule, Table


@dataclass(frozen=True, slots=True)
class Need:
    """A column that a rule looks at: in the row that it blames, or as a whole (``same_row`` False)."""

    table: str
    column: str
    same_row: bool


class Needs:
    """Which columns people type does a rule depend on, through every computed column in between."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self.tables = tables
        self.of_rule = cache(self._of_rule)

    def _of_rule(self, table: str, name: str) -> frozenset[Need]:
        rule = self._rule(table, name)
        found: set[Need] = set()
        open_needs = list(self._direct(self.tables[table], rule.check, same_row=rule.scope == "row"))
        while open_needs:
            need = open_needs.pop()
            if need in found:
                continue
            found.add(need)
            source = self.tables[need.table]
            column = source.columns.get(need.column)
            if column is not None:
                for node in (column.formula, column.current_year):
                    if node is not None:
                        open_needs += self._direct(source, node, same_row=need.same_row)
        return (
            frozenset(found) - {Need(table, rule.blame, same_row=True)}
            if rule.follows_from
            else frozenset(found)
        )

    def named(self, table: str, name: str) -> frozenset[str]:
        """Return the tables that a rule names itself."""
        check = self._rule(table, name).check
        return frozenset(ref.table for ref in check.walk() if isinstance(ref, nodes.Ref) and ref.table)

    def _rule(self, table: str, name: str) -> Rule:
        return next(each for each in self.tables[table].rules if each.name == name)

    def _direct(self, table: Table, node: Node, *, same_row: bool) -> Iterator[Need]:
        whole = {id(ref) for ref in nodes.whole_columns(node)}
        for ref in node.walk():
            if not isinstance(ref, nodes.Ref):
                continue
            if ref.table is None:
                yield Need(table.key, ref.column, same_row and id(ref) not in whole)
                continue
            for key in table.declared.rows_from if ref.table == ORIGIN else (ref.table,):
                yield Need(key, ref.column, same_row=False)


def may_follow(rule: Rule) -> bool:
    """Whether what a rule says can follow from another cell: all but what a cell says of itself."""
    return rule.follows_from in (None, Property.REFERENCE)
