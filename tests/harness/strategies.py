"""Hypothesis strategies: data documents in canonical form, for any template set."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st

from lkjip_xl.form.json_shape import FORMAT
from lkjip_xl.template.model import Column, Setup, Table, Template

# Everything that a cell can hold as text, with what is most often mangled.
_ODD = st.sampled_from(
    [
        "=1+1",
        "+1",
        "-",
        "@x",
        "'x",
        " spasi ",
        "a\nb",
        "\ttab",
        "_x0041_",
        "<b>&amp;</b>",
        "1.234,56",
        "TRUE",
        "#REF!",
        "désa",
        "村",
        "😀",
    ]
)
_CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
TEXTS = st.one_of(_ODD, st.text(_CHARACTERS, min_size=1, max_size=12).filter(str.strip))


def _as_typed(value: float) -> float | int:
    number = float(f"{value:.15g}")
    return int(number) if number.is_integer() else number


NUMBERS = st.one_of(
    st.integers(-(10**12), 10**12),
    st.floats(-9e14, 9e14, allow_nan=False).map(_as_typed),
    st.sampled_from([0, 0.1, 2.675, 1e-7, 999999999999999]),
)


def _values(column: Column) -> st.SearchStrategy[Any]:
    match column.declared.type:
        case "integer":
            return st.integers(-1000, 10**9)
        case "number" if column.grades is not None:
            labels = st.sampled_from([grade.label for grade in column.grades.all])
            scores = st.sampled_from(["", " (80,50)", "(5)"])
            return st.one_of(NUMBERS, st.builds(str.__add__, labels, scores))
        case "number":
            return NUMBERS
        case "date":
            return st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)).map(str)
        case "choice":
            return st.one_of(st.sampled_from(column.choices), TEXTS)
        case _ if column.pattern is not None:
            pattern = column.pattern
            codes = st.one_of(
                st.from_regex(
                    pattern.character_regex if pattern.characters else pattern.mask_regex, fullmatch=True
                ),
                TEXTS,
            )
            return codes.filter(lambda text: pattern.normalised(text) == text)
        case _:
            return TEXTS


@st.composite
def _row(draw: st.DrawFn, table: Table, setup: Setup) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in table.typed:
        if column.cell != column.key:
            continue
        years = [y for y in table.column_years(column, setup) if column.typed_in(y, setup.year)]
        if column.per_year:
            chosen = [year for year in years if draw(st.booleans())]
            values = {str(year): draw(_values(column)) for year in chosen}
            if values:
                row[column.key] = values
        elif draw(st.booleans()):
            row[column.key] = draw(_values(column))
    return row


@st.composite
def _rows(draw: st.DrawFn, table: Table, setup: Setup) -> list[dict[str, Any]]:
    most = min(4, len(table.declared.fixed_rows) or 4)
    rows = draw(st.lists(_row(table, setup), max_size=most))
    while rows and not rows[-1]:
        rows.pop()
    return rows


@st.composite
def _explanations(draw: st.DrawFn, table: Table) -> list[dict[str, Any]]:
    """Return explanations in the order of a data document: fields or rows, then the total row."""
    found: list[dict[str, Any]] = []
    if table.is_form:
        found = [{"tabel": table.key, "kolom": key} for key in sorted(table.explained)]
    elif "row" in table.explained:
        most = len(table.declared.fixed_rows) or 6
        parts = {"bagian": draw(st.sampled_from(table.parts))} if table.declared.rows_from else {}
        rows = sorted(draw(st.sets(st.integers(1, most), max_size=2)))
        found = [{"tabel": table.key, **parts, "baris": row} for row in rows]
    if "total" in table.explained and not table.is_form and draw(st.booleans()):
        found.append({"tabel": table.key})
    return [{**entry, "teks": draw(TEXTS)} for entry in found if draw(st.booleans())]


@st.composite
def documents(draw: st.DrawFn, template: Template) -> dict[str, Any]:
    """Return a data document in canonical form: no blanks, no empty rows at the end, no empty tables."""
    first = draw(st.integers(2015, 2024))
    last = first + draw(st.integers(0, 6))
    modules = frozenset(name for name in template.modules if draw(st.booleans()))
    setup = Setup(draw(st.integers(first, last)), (first, last), modules)
    tables: dict[str, Any] = {}
    for table in template.active(modules):
        if not table.typed or draw(st.integers(0, 3)) == 0:
            continue
        content: Any
        if table.is_form:
            content = draw(_row(table, setup))
        elif table.declared.rows_from:
            parts = {part: draw(_rows(table, setup)) for part in table.parts}
            content = {part: rows for part, rows in parts.items() if rows}
        else:
            content = draw(_rows(table, setup))
        if content:
            tables[table.key] = content
    explained = [entry for table in template.active(modules) for entry in draw(_explanations(table))]
    return {
        "format": FORMAT,
        "templat": {"id": template.declared.id, "versi": template.declared.version},
        "tahun": setup.year,
        "periode": [first, last],
        "modul": sorted(modules),
        "tabel": tables,
        **({"penjelasan": explained} if explained else {}),
    }
