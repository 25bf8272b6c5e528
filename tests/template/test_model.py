"""Which rules of a table say the same."""

from __future__ import annotations

import pytest

from lkjip_xl.base.findings import Severity
from lkjip_xl.formula.nodes import Text
from lkjip_xl.template.rule import Rule, alike


def _rule(name: str, title: str, severity: str) -> Rule:
    id_, blame = name.split(".")
    return Rule(
        id=id_,
        title=title,
        severity=Severity(severity),
        scope="row",
        check=Text("x"),
        blame=blame,
        values={},
        expected=None,
        message="",
        remedy="",
        source="",
    )


@pytest.mark.parametrize(
    ("rules", "groups"),
    [
        ([("wajib.a", "T", "galat"), ("wajib.b", "T", "galat")], [["wajib.a", "wajib.b"]]),
        ([("wajib.a", "T", "galat"), ("wajib.a", "T", "galat")], [["wajib.a"]]),
        ([("wajib.a", "T", "galat"), ("unik.a", "T", "galat")], [["wajib.a"], ["unik.a"]]),
        ([("tipe.a", "Teks", "galat"), ("tipe.b", "Angka", "galat")], [["tipe.a"], ["tipe.b"]]),
        ([("wajib.a", "T", "galat"), ("wajib.b", "T", "peringatan")], [["wajib.a"], ["wajib.b"]]),
    ],
)
def test_rules_that_say_the_same_are_together(
    rules: list[tuple[str, str, str]], groups: list[list[str]]
) -> None:
    """In one line of Periksa there is room for one severity."""
    found = alike(_rule(*each) for each in rules)
    assert [[rule.name for rule in group] for group in found] == groups
