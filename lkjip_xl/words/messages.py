"""The sentences of findings: the words of a rule, filled with the figures of a place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from lkjip_xl.base.findings import Finding, Place
from lkjip_xl.form.layout import column_label, fill_years
from lkjip_xl.formula.nodes import Kind
from lkjip_xl.formula.pattern import revealed
from lkjip_xl.template.declared_words import SubmissionRuleWords
from lkjip_xl.template.model import Column, Rule, Setup, Table
from lkjip_xl.words import wording
from lkjip_xl.words.wording import brief, quoted

_COMPARED = 500  # texts, and letters of one


def label(column: Column, year: int | None, setup: Setup) -> str:
    """Return a column's name in a message, with its year where it has one."""
    text = column_label(column, year, setup)
    return f"{text} {year}" if year is not None and str(year) not in text else text


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
    key = place.column
    column = table.columns[key[0]]
    texts, sheets = known
    figures = {name: _figure(table.columns[name], record.get(name), setup) for name in table.columns}
    figures |= {name: brief(wording.shown(record.get(f"{rule.name}.{name}"))) for name in rule.values}
    expected = figures.get(rule.expected or "", "")
    if rule.field:
        shown = (
            wording.number(value)
            if isinstance(value, float) and column.kind is Kind.NUMBER
            else quoted(revealed(value) if rule.field == "pattern" else value)
        )
        figures |= {
            "judul": label(column, key[1], setup),
            "nilai": shown,
            "batas": bounds(column),
            "lembar": " atau ".join(map(brief, sheets)),
            "tabel": table.declared.number or table.declared.title,
        }
        if rule.field in ("choice", "reference"):
            expected = brief(closest(str(value), texts, guess=guess))
        elif rule.field == "range":
            expected = bounds(column)
        elif rule.field == "pattern" and column.pattern is not None:
            meant = column.pattern.normalised(value)
            expected = meant if meant != value else ""
    message = re.sub(r"\{(\w+)\}", lambda found: figures[found[1]] or "(kosong)", rule.message)
    if rule.field in ("choice", "reference") and expected:
        spaced = str(value).strip().casefold() == expected.strip().casefold()
        where = "di awal atau akhirnya" if str(value) != str(value).strip() else "di awal atau akhir asalnya"
        message += f"; ada spasi {where}" if spaced else f"; barangkali {quoted(expected)}"
    if rule.field == "pattern" and expected:
        message += f"; barangkali maksudnya {quoted(expected)}"
    plain = isinstance(value, (str, float)) or value is None
    found = wording.shown(value) if plain else str(value)
    if column.kind is Kind.DATE and not rule.field:
        found = figures[column.key]
    return Finding(
        rule.id,
        rule.severity,
        sheet,
        cell,
        brief(found),
        expected,
        message,
        rule.remedy,
        place,
    )


def _figure(column: Column, value: Any, setup: Setup) -> str:
    if isinstance(value, float):
        return wording.number(value, column.declared.decimals)
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
    words: SubmissionRuleWords,
    sheet: str = "",
    cell: str = "",
    *,
    value: str = "",
    expected: str = "",
    place: Place | None = None,
    **figures: str,
) -> Finding:
    """Return the finding of a rule that only a returned file can break; ``figures`` fill its message."""
    message = re.sub(r"\{(\w+)\}", lambda found: brief(figures.get(found[1], "")), words.message)
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
