"""The sentences of findings: the words of a rule, filled with the figures of a place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from lkjip_xl.base.findings import Finding, Place
from lkjip_xl.base.keys import Period
from lkjip_xl.form.layout import column_label, fill_years
from lkjip_xl.formula.nodes import Kind
from lkjip_xl.formula.pattern import revealed
from lkjip_xl.template.declared_words import FieldRuleWords
from lkjip_xl.template.model import Column, Setup, Table
from lkjip_xl.template.rule import Property, Rule
from lkjip_xl.words import wording
from lkjip_xl.words.wording import brief, quoted

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
    column, year = table.columns[place.column[0]], place.column[1]
    figures = {name: _figure(each, stands_in(each, record), setup) for name, each in table.columns.items()}
    figures |= {name: brief(wording.shown(record.get(f"{rule.name}.{name}"))) for name in rule.values}
    expected = figures.get(rule.expected or "", "")
    if rule.follows_from:
        figures |= {
            "judul": label(column, year, setup),
            "nilai": _stands(column, value, rule.follows_from),
            "batas": bounds(column),
            "lembar": " atau ".join(map(brief, known[1])),
            "tabel": table.declared.number or table.declared.title,
        }
        expected = _meant(column, value, rule.follows_from, known[0], guess=guess)
    message = re.sub(r"\{(\w+)\}", lambda found: figures[found[1]] or "(kosong)", rule.message)
    if expected and rule.follows_from:
        message += _hint(str(value), expected, rule.follows_from)
    plain = isinstance(value, (str, float)) or value is None
    found = wording.shown(value) if plain else str(value)
    if column.kind is Kind.DATE and not rule.follows_from:
        found = figures[column.key]
    return Finding(rule.id, rule.severity, sheet, cell, brief(found), expected, message, rule.remedy, place)


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
        decimals = column.declared.decimals
        return wording.number(value, decimals if isinstance(decimals, int) else None)
    if isinstance(value, str) and column.kind is Kind.DATE:
        return wording.date(value)
    return brief(
        fill_years(value, setup) if column.declared.type == "fixed" and value else wording.shown(value)
    )


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
