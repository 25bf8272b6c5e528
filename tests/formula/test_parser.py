"""Text to nodes: what is read as what, and which mistakes are named at which place."""

from __future__ import annotations

import pytest

from lkjip_xl.base.errors import FormulaError
from lkjip_xl.formula.nodes import (
    Aggregate,
    AggregateIf,
    Arithmetic,
    Blank,
    Comparison,
    Concat,
    If,
    Lookup,
    Negate,
    Node,
    Number,
    PreviousYear,
    Ref,
    Round,
    RunningCount,
    Text,
    Total,
)
from lkjip_xl.formula.parser import parse

a, b, c = Ref(None, "a"), Ref(None, "b"), Ref(None, "c")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("1.5", Number(1.5)),
        ('"a ""b"""', Text('a "b"')),
        ('""', Blank()),
        ("t.a", Ref("t", "a")),
        ("a + b * c", Arithmetic("+", a, Arithmetic("*", b, c))),
        ("a - b - c", Arithmetic("-", Arithmetic("-", a, b), c)),
        ("(a - b) / c", Arithmetic("/", Arithmetic("-", a, b), c)),
        ("-a * b", Arithmetic("*", Negate(a), b)),
        ('a & "x" & b', Concat(Concat(a, Text("x")), b)),
        ("a + 1 >= b", Comparison(">=", Arithmetic("+", a, Number(1)), b)),
        ("if(a = b, 1)", If(Comparison("=", a, b), Number(1), Blank())),
        ("ROUND(a, 2)", Round(a, 2)),
        ("ROUNDDOWN(a, 0)", Round(a, 0, down=True)),
        ("SUM(a)", Aggregate("SUM", a)),
        ("SUM(a, b)", Total((a, b))),
        ("SUMIF(t.a, b, t.c)", AggregateIf("SUM", Ref("t", "c"), ((Ref("t", "a"), b),))),
        ("SUMIFS(c, a, 1, b, 2)", AggregateIf("SUM", c, ((a, Number(1)), (b, Number(2))))),
        ("COUNTIF(a, 1)", AggregateIf("COUNT", None, ((a, Number(1)),))),
        ("XLOOKUP(a, t.b, t.c)", Lookup(a, Ref("t", "b"), Ref("t", "c"))),
        ('RUNNINGCOUNT(a, "x")', RunningCount(a, Text("x"))),
        ("PREVYEAR(a)", PreviousYear(a)),
    ],
)
def test_reads(text: str, node: Node) -> None:
    assert parse(text) == node


@pytest.mark.parametrize(
    ("text", "reason", "position"),
    [
        ("", "di sini seharusnya nilai, tetapi rumus berakhir", 0),
        ("a +", "di sini seharusnya nilai, tetapi rumus berakhir", 3),
        ("a b", "'b' tidak pada tempatnya", 2),
        ("(a", "di sini seharusnya ')', tetapi rumus berakhir", 2),
        ("a = b = c", "'=' tidak pada tempatnya", 6),
        ("a ? b", "tanda '?' tidak dikenal", 2),
        ("t.1", "setelah 't.' seharusnya nama kolom", 2),
        ("? + a", "tanda '?' tidak dikenal", 0),
        ("HARI(a)", "fungsi HARI tidak dikenal", 0),
        ("1 + ROUND(a)", "ROUND: perlu 2 argumen, bukan 1", 4),
        ("ROUND(a, b)", "ROUND: jumlah desimal harus angka 0 sampai 9", 0),
        ("SUM(1)", "SUM: argumen ini harus sebuah kolom", 0),
        ("IF(a)", "IF: perlu 2 sampai 3 argumen, bukan 1", 0),
        ("SUMIFS(a, b)", "SUMIFS: perlu 3 sampai 11 argumen, bukan 2", 0),
        ("COUNTIFS(a, b, c)", "COUNTIFS: kolom kunci dan kunci harus berpasangan", 0),
        ("RUNNINGCOUNT(a, b)", "RUNNINGCOUNT: kunci harus teks tetap atau kolom itu sendiri", 0),
    ],
)
def test_names_the_mistake_and_its_place(text: str, reason: str, position: int) -> None:
    with pytest.raises(FormulaError) as error:
        parse(text)
    assert (error.value.reason, error.value.position) == (reason, position)


def test_depth_is_no_stack_overflow() -> None:
    with pytest.raises(FormulaError, match="terlalu dalam"):
        parse("(" * 5000 + "1" + ")" * 5000)
