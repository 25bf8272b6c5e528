"""The sentences of findings: the words of a rule, filled with the figures of a place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from lkjip_xl.base.findings import Finding, Place
from lkjip_xl.base.keys import Period
from lkjip_xl.form.layout import Placement, column_label, fill_years, title_without_names
from lkjip_xl.formula import nodes, sentence_nodes
from lkjip_xl.formula.nodes import Kind
from lkjip_xl.formula.pattern import revealed
from lkjip_xl.formula.written import MOST
from lkjip_xl.template.declared_words import FieldRuleWords
from lkjip_xl.template.model import Column, Setup, Table
from lkjip_xl.template.prompts import typed_in
from lkjip_xl.template.rule import Property, Rule
from lkjip_xl.words import wording
from lkjip_xl.words.wording import brief, quoted

BLANK = "(kosong)"
"""What a sentence writes of what is blank."""
_COMPARED = 500  # texts, and letters of one


def label(column: Column, year: Period | None, setup: Setup) -> str:
    """Return a column's name in a message, with its year where it has one that its heading does not tell."""
    text = column_label(column, year, setup)
    told = year is None or any(name in column.declared.label for name in ("{tahun}", "{tahun_lalu}"))
    return text if told else f"{text} {year}"


def finding(  # noqa: PLR0913 - a rule, its place, and what is there
    rule: Rule,
    table: Table,
    setup: Setup,
    value: Any,
    record: Mapping[str, Any],
    *,
    known: tuple[Sequence[str], Sequence[str]],
    sheet: str,
    cell: str,
    place: Place,
    guess: bool = True,
) -> Finding:
    """Return the finding of a rule that fails in a cell.

    ``value`` is what stands in the cell, ``record`` the row with its figures and those of the rule (under its name),
    ``known`` the texts that the column may hold and the sheets where they stand; with ``guess`` the one that was meant
    is looked for.
    """
    column = table.columns[place.column[0]]
    message = sentence(rule, table, setup, place.column[1], value, record, known[1])
    expected = _figure_of(rule.expected, rule, table, setup, record) if rule.expected else ""
    remedy = rule.remedy
    if rule.follows_from:
        expected = _meant(column, value, rule.follows_from, known[0], guess=guess)
        if expected:
            remedy += _hint(str(value), expected, rule.follows_from)
    plain = isinstance(value, (str, float)) or value is None
    found = wording.shown(value) if plain else str(value)
    if column.kind is Kind.DATE and not rule.follows_from:
        found = _figure_of(column.key, rule, table, setup, record)
    return Finding(rule.id, rule.severity, sheet, cell, brief(found), expected, message, remedy, place)


def sentence(
    rule: Rule,
    table: Table,
    setup: Setup,
    year: Period | None,
    value: Any,
    record: Mapping[str, Any],
    sheets: Sequence[str],
) -> str:
    """Return what a rule says where it fails in a cell of its column and ``year``.

    ``value`` is what stands there, ``record`` the row as in ``finding``, ``sheets`` those where its texts are typed.
    """
    told: dict[str, str] = {}
    if rule.follows_from:
        told = _told(rule, table, setup, year, sheets)
        told["nilai"] = _stands(table.columns[rule.blame], value, rule.follows_from)
    pieces = _pieces(rule.great if rule.great and isinstance(value, float) else rule.message)
    for n, name in list(enumerate(pieces))[1::2]:
        pieces[n] = (told[name] if name in told else _figure_of(name, rule, table, setup, record)) or BLANK
    return "".join(pieces)


def sentence_node(
    rule: Rule, table: Table, setup: Setup, year: Period | None, sheets: Sequence[str]
) -> nodes.Node:
    """Return the same for spreadsheets: a text of the cells that the sentence names."""
    told: dict[str, nodes.Node] = {}
    if rule.follows_from:
        texts = _told(rule, table, setup, year, sheets)
        told = {name: nodes.Text(text or BLANK) for name, text in texts.items()}
        told["nilai"] = _standing(table.columns[rule.blame], rule.follows_from)

    def filled(message: str) -> sentence_nodes.Sentence:
        parts = [
            (told[piece] if piece in told else _node_of(piece, rule, table)) if n % 2 else nodes.Text(piece)
            for n, piece in enumerate(_pieces(message))
            if piece
        ]
        return sentence_nodes.Sentence(tuple(parts), kind=Kind.TEXT)

    said = filled(rule.message)
    if not rule.great:
        return said
    blamed = _ref(table.columns[rule.blame])
    # Without decimals: a number so great has none that count.
    told["nilai"] = sentence_nodes.Written(blamed, 0, BLANK)
    return sentence_nodes.OfNumber(blamed, filled(rule.great), said, kind=Kind.TEXT)


def _standing(column: Column, follows: Property) -> nodes.Node:
    """Return what stands in a cell, as ``_stands`` writes it."""
    ref, number = _ref(column), column.kind is Kind.NUMBER
    match follows:
        case Property.RANGE | Property.WHOLE:
            return sentence_nodes.Written(ref, None, BLANK)
        case Property.PATTERN | Property.CHOICE | Property.REFERENCE:
            return sentence_nodes.Quoted(ref, sentence_nodes.Standing.TEXT)
        case Property.NUMBER | Property.GRADE:
            return sentence_nodes.Quoted(ref, sentence_nodes.Standing.OTHER)
    return sentence_nodes.Quoted(
        ref, sentence_nodes.Standing.NUMBER if number else sentence_nodes.Standing.ANY
    )


def _pieces(message: str) -> list[str]:
    """Return the texts of a message, and between them the names of the figures that fill it."""
    return re.split(r"\{(\w+)\}", message)


def _figure_of(name: str, rule: Rule, table: Table, setup: Setup, record: Mapping[str, Any]) -> str:
    """Return a figure that the message of a rule names: one of its own, or of the row."""
    if name not in rule.values:
        return _figure(table.columns[name], stands_in(table.columns[name], record), setup)
    value = record.get(f"{rule.name}.{name}")
    if isinstance(value, float):
        return wording.number(value, rule.decimals.get(name))
    return _cut(wording.shown(value))


def _node_of(name: str, rule: Rule, table: Table) -> nodes.Node:
    """Return the same for spreadsheets."""
    if name in rule.values:
        return sentence_nodes.Written(rule.values[name], rule.decimals.get(name), BLANK)
    column = table.columns[name]
    return sentence_nodes.Written(_shown(column), column.decimals, BLANK)


def _told(
    rule: Rule, table: Table, setup: Setup, year: Period | None, sheets: Sequence[str]
) -> dict[str, str]:
    """Return what the message of a column's rule may name beside: what is the same for all rows."""
    column = table.columns[rule.blame]
    return {
        "judul": label(column, year, setup),
        "batas": bounds(column),
        "lembar": " atau ".join(map(brief, sheets)),
        "tabel": table.declared.number or title_without_names(table, setup),
    }


def _shown(column: Column) -> nodes.Node:
    ref = _ref(column)
    if column.grade is None:
        return ref
    return nodes.NumberOrGrade(ref, _ref(column.grade), kind=Kind.TEXT)


def _ref(column: Column) -> nodes.Ref:
    return nodes.Ref(None, column.key, kind=column.kind)


def typing_sheets(
    column: Column, table: Table, tables: Mapping[str, Table], placements: Mapping[str, Placement]
) -> list[str]:
    """Return the sheets where people type a column's texts, or the rows that its table follows."""
    origins = list(table.parts if table.declared.rows_from else ())
    # Staff cannot type where rows only follow others: name the sheets where they can.
    keys = dict.fromkeys([*origins, *typed_in(column, tables)])
    return [placements[key].sheet if key in placements else tables[key].declared.sheet for key in keys]


def stands_in(column: Column, record: Mapping[str, Any]) -> Any:
    """Return what stands in a column's cell in a row: its value, or the grade that shares the cell."""
    value = record.get(column.key)
    return record.get(column.grade.key) if value is None and column.grade is not None else value


def _stands(column: Column, value: Any, follows: Property) -> str:
    """Return what stands in a cell, as the message of a column's rule says it."""
    if isinstance(value, float) and column.kind is Kind.NUMBER:
        return wording.number(value)
    return quoted(revealed(value) if follows is Property.PATTERN else value)


def _meant(column: Column, value: Any, follows: Property, texts: Sequence[str], *, guess: bool) -> str:
    """Return what a column's rule would rather have in the cell; empty where it cannot say."""
    match follows:
        case Property.CHOICE | Property.REFERENCE:
            return brief(closest(str(value), texts, guess=guess))
        case Property.RANGE:
            return bounds(column)
        case Property.PATTERN if column.pattern is not None:
            meant = column.pattern.normalised(value)
            return meant if meant != value else ""
    return ""


def _hint(value: str, expected: str, follows: Property) -> str:
    """Return the end of the message that says what was probably meant, of rules that can only guess."""
    match follows:
        case Property.CHOICE | Property.REFERENCE if value.strip().casefold() == expected.strip().casefold():
            where = "di awal atau akhirnya" if value != value.strip() else "di awal atau akhir asalnya"
            return f"; ada spasi {where}"
        case Property.CHOICE | Property.REFERENCE:
            return f"; barangkali {quoted(expected)}"
        case Property.PATTERN:
            return f"; barangkali maksudnya {quoted(expected)}"
    return ""


def _figure(column: Column, value: Any, setup: Setup) -> str:
    if isinstance(value, float):
        return wording.number(value, column.decimals)
    if isinstance(value, str) and column.kind is Kind.DATE:
        return wording.date(value)
    return _cut(
        fill_years(value, setup) if column.declared.type == "fixed" and value else wording.shown(value)
    )


def _cut(text: str) -> str:
    """Return a text as a sentence writes it: whole, or its beginning."""
    return text if len(text) <= MOST else text[: MOST - 1] + "…"


def bounds(column: Column) -> str:
    """Return the declared bounds of a column's figures."""
    low, high = column.declared.min, column.declared.max
    if low is not None and high is not None:
        return f"{wording.number(low)} sampai {wording.number(high)}"
    if low is not None:
        return f"paling kecil {wording.number(low)}"
    return f"paling besar {wording.number(high)}" if high is not None else ""


def submitted(
    words: FieldRuleWords,
    sheet: str = "",
    cell: str = "",
    *,
    value: str = "",
    expected: str = "",
    place: Place | None = None,
    **figures: str,
) -> Finding:
    """Return the finding of a rule by its words alone, as those have it that only a file can break; ``figures`` fill in."""
    message = re.sub(r"\{(\w+)\}", lambda found: brief(figures[found[1]]), words.message)
    return Finding(
        words.id, words.severity, sheet, cell, brief(value), brief(expected), message, words.remedy, place
    )


def closest(value: str, known: Sequence[str], *, guess: bool = True) -> str:
    """Return the known text that a value was probably meant to be, or an empty string.

    Without ``guess``, of more texts than ``_COMPARED``, and for a longer value only the same text in other letters is
    found: comparing takes long.
    """
    import difflib

    folded = _folded(tuple(known))
    meant = value.casefold().strip()
    if meant in folded or not guess or max(len(folded), len(meant)) > _COMPARED:
        return folded.get(meant, "")
    found = difflib.get_close_matches(meant, list(folded), n=1, cutoff=0.75)
    return folded[found[0]] if found else ""


@lru_cache(maxsize=16)
def _folded(known: tuple[str, ...]) -> dict[str, str]:
    return {text.casefold().strip(): text for text in known}
