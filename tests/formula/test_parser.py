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
    LastFilled,
    Left,
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
        ("LASTFILLED(a)", LastFilled(a)),
        ("LEFT(a, 1)", Left(a, 1)),
        ("LEFT(a, 255)", Left(a, 255)),
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
        ("1 + (SUM(1))", "SUM: argumen ini harus sebuah kolom", 5),
    ],
)
def test_names_the_mistake_and_its_place(text: str, reason: str, position: int) -> None:
    with pytest.raises(FormulaError) as error:
        parse(text)
    assert (error.value.reason, error.value.position) == (reason, position)


MANY = ", ".join("a" * 30)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("IF(a)", "IF: perlu 2 sampai 3 argumen, bukan 1"),
        ("IF(a, b, c, a)", "IF: perlu 2 sampai 3 argumen, bukan 4"),
        ("AND()", "AND: perlu 1 sampai 30 argumen, bukan 0"),
        (f"OR({MANY}, a)", "OR: perlu 1 sampai 30 argumen, bukan 31"),
        ("NOT()", "NOT: perlu 1 argumen, bukan 0"),
        ("NOT(a, b)", "NOT: perlu 1 argumen, bukan 2"),
        ("ISBLANK(a, b)", "ISBLANK: perlu 1 argumen, bukan 2"),
        ("ABS(a, b)", "ABS: perlu 1 argumen, bukan 2"),
        ("ROUND(a, 1, 2)", "ROUND: perlu 2 argumen, bukan 3"),
        ("ROUND(a, b)", "ROUND: jumlah desimal harus angka 0 sampai 9"),
        ("ROUND(a, 1.5)", "ROUND: jumlah desimal harus angka 0 sampai 9"),
        ("ROUNDDOWN(a, 10)", "ROUNDDOWN: jumlah desimal harus angka 0 sampai 9"),
        ("MIN()", "MIN: perlu 1 sampai 30 argumen, bukan 0"),
        ("MAX(1)", "MAX: argumen ini harus sebuah kolom"),
        (f"MAX({MANY}, a)", "MAX: perlu 1 sampai 30 argumen, bukan 31"),
        ("SUM()", "SUM: perlu 1 sampai 30 argumen, bukan 0"),
        ("SUM(1)", "SUM: argumen ini harus sebuah kolom"),
        ("SUM(a, 1)", "SUM: argumen ini harus sebuah kolom"),
        (f"SUM({MANY}, a)", "SUM: perlu 1 sampai 30 argumen, bukan 31"),
        ("COUNT()", "COUNT: perlu 1 argumen, bukan 0"),
        ("COUNTA(a, b)", "COUNTA: perlu 1 argumen, bukan 2"),
        ("AVERAGE(1)", "AVERAGE: argumen ini harus sebuah kolom"),
        ("SUMIF(a, b)", "SUMIF: perlu 3 argumen, bukan 2"),
        ("SUMIF(a, b, c, a)", "SUMIF: perlu 3 argumen, bukan 4"),
        ("SUMIF(a, b, 1)", "SUMIF: argumen ini harus sebuah kolom"),
        ("AVERAGEIF(1, b, c)", "AVERAGEIF: argumen ini harus sebuah kolom"),
        ("SUMIFS(a, b)", "SUMIFS: perlu 3 sampai 11 argumen, bukan 2"),
        ("SUMIFS(1, b, c)", "SUMIFS: argumen ini harus sebuah kolom"),
        (f"SUMIFS({', '.join('a' * 12)})", "SUMIFS: perlu 3 sampai 11 argumen, bukan 12"),
        ("AVERAGEIFS(a, b, 1, c)", "AVERAGEIFS: kolom kunci dan kunci harus berpasangan"),
        ("COUNTIF(a)", "COUNTIF: perlu 2 sampai 10 argumen, bukan 1"),
        ("COUNTIFS(a, b, c)", "COUNTIFS: kolom kunci dan kunci harus berpasangan"),
        (f"COUNTIFS({', '.join('a' * 11)})", "COUNTIFS: perlu 2 sampai 10 argumen, bukan 11"),
        ("XLOOKUP(a, b)", "XLOOKUP: perlu 3 argumen, bukan 2"),
        ("XLOOKUP(a, b, c, a)", "XLOOKUP: perlu 3 argumen, bukan 4"),
        ("XLOOKUP(a, b, 1)", "XLOOKUP: argumen ini harus sebuah kolom"),
        ("RUNNINGCOUNT(a)", "RUNNINGCOUNT: perlu 2 argumen, bukan 1"),
        ("RUNNINGCOUNT(a, b)", "RUNNINGCOUNT: kunci harus teks tetap atau kolom itu sendiri"),
        ("PREVYEAR(a, b)", "PREVYEAR: perlu 1 argumen, bukan 2"),
        ("LASTFILLED(1)", "LASTFILLED: argumen ini harus sebuah kolom"),
        ("LASTFILLED(a, b)", "LASTFILLED: perlu 1 argumen, bukan 2"),
        ("YEARSMIN(1)", "YEARSMIN: argumen ini harus sebuah kolom"),
        ("YEARSMAX(a, b)", "YEARSMAX: perlu 1 argumen, bukan 2"),
        ("LEFT(a)", "LEFT: perlu 2 argumen, bukan 1"),
        ("LEFT(a, 0)", "LEFT: jumlah huruf harus angka 1 sampai 255"),
        ("LEFT(a, 256)", "LEFT: jumlah huruf harus angka 1 sampai 255"),
        ("LEFT(a, b)", "LEFT: jumlah huruf harus angka 1 sampai 255"),
        ("YEAR()", "YEAR: perlu 1 argumen, bukan 0"),
        ("MONTH(a, b)", "MONTH: perlu 1 argumen, bukan 2"),
    ],
)
def test_a_function_says_how_it_is_misused(text: str, reason: str) -> None:
    with pytest.raises(FormulaError) as error:
        parse(text)
    assert (error.value.reason, error.value.position) == (reason, 0)


@pytest.mark.parametrize(
    "text",
    [
        f"AND({MANY})",
        f"MIN({MANY})",
        f"SUM({MANY})",
        f"SUMIFS({', '.join('a' * 11)})",
        f"COUNTIFS({', '.join('a' * 10)})",
        "ROUND(a, 9)",
    ],
)
def test_as_many_arguments_as_may_be(text: str) -> None:
    parse(text)


def test_depth_is_no_stack_overflow() -> None:
    with pytest.raises(FormulaError, match="terlalu dalam"):
        parse("(" * 5000 + "1" + ")" * 5000)
