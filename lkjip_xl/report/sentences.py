"""The report's sentences, generated from the figures (see ``template.sentences`` for what they may name)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from lkjip_xl.base.errors import DeclarationError
from lkjip_xl.base.keys import ColumnKey, RowKey
from lkjip_xl.compute.results import SheetValues
from lkjip_xl.form import layout
from lkjip_xl.form.submission import Value
from lkjip_xl.report.printed_text import text_of
from lkjip_xl.template.declaration import ColumnDeclaration
from lkjip_xl.template.declared_set import MAIN, Step
from lkjip_xl.template.model import Column, Setup, Table, Template
from lkjip_xl.template.sentences import ALIGNED, ROW, SCALES
from lkjip_xl.words import wording

_GAP = "…"


class _BlankFigureError(Exception):
    """A figure that a sentence needs is blank: the sentence is left out."""


class _Years(dict[object, Value]):
    """The figures of one row and column by year; blank for a year without one."""

    def __missing__(self, year: object) -> None:
        return None


class _Figure(float):
    """A figure that knows its column, and so with how many decimals it is shown."""

    __slots__ = ("declared",)
    declared: ColumnDeclaration

    @classmethod
    def of(cls, value: Value | None, column: Column) -> Any:
        """Return a cell's value, a figure as one that knows its column."""
        if not isinstance(value, float):
            return value
        found = cls(value)
        found.declared = column.declared
        return found


class Sentences:
    """Writes declared sentences; ``context`` are the figures that they may name."""

    def __init__(self, context: Mapping[str, Any], file: str = MAIN) -> None:
        self._file = file
        self._environment = SandboxedEnvironment(
            undefined=StrictUndefined, trim_blocks=True, finalize=self._present
        )
        self._environment.filters.update(_FILTERS | _CASES)
        self._compiled = cache(self._environment.from_string)  # each is written for many rows
        self._context = context
        self._gaps = False

    def written(
        self,
        declared: Iterable[str],
        row: Mapping[str, Any] | None = None,
        place: str = "summary",
        *,
        gaps: bool = False,
    ) -> Iterator[str]:
        """Yield each sentence with its figures, leaving out those with a blank figure; ``row`` is what is of one row.

        With ``gaps`` dots stand for what is blank: of texts that people go on writing.

        Raises ``DeclarationError`` for a sentence that names something unknown.
        """
        context = {**self._context, **(row or {})}
        for text in declared:
            self._gaps = gaps
            try:
                sentence = self._compiled(text).render(context).strip()
            except _BlankFigureError:
                continue
            except TemplateError as error:
                raise DeclarationError(f"{place}, kalimat {text[:40]!r}: {error}", file=self._file) from None
            if sentence:
                yield sentence

    def _present(self, value: Any) -> Any:
        """Return what a sentence prints; a blank cell stops the sentence, or leaves a gap."""
        if value is None and self._gaps:
            return _GAP
        if value is None:
            raise _BlankFigureError
        if isinstance(value, _Years):
            raise TemplateError("kolom ini berisi angka tiap tahun; tulis tahunnya, misalnya [tahun]")
        return value


def sentences(
    template: Template, setup: Setup, values: Mapping[str, SheetValues], declared: Iterable[str]
) -> Iterator[str]:
    """Yield each declared sentence of a summary with its figures (see ``Sentences.written``)."""
    return Sentences(context_of(template, setup, values)).written(declared)


def row_of(
    template: Template, setup: Setup, values: Mapping[str, SheetValues], table: Table, row: RowKey
) -> dict[str, Any]:
    """Return what sentences of a row may name: its columns, and those of the same row in other tables."""
    aligned = {
        each.key: _row(each, setup, row, values.get(each.key, {}).get(row, {}))
        for each in template.tables.values()
    }
    return {ROW: aligned[table.key], ALIGNED: aligned}


def scales_of(template: Template) -> dict[str, list[dict[str, str]]]:
    """Return the steps of each scale, from the highest, as sentences may name them."""
    return {name: [*_steps(steps)] for name, steps in template.declared.scales.items()}


def context_of(template: Template, setup: Setup, values: Mapping[str, SheetValues]) -> dict[str, Any]:
    """Return each form as an object and each table as a list of rows, with columns by key."""
    context: dict[str, Any] = {"tahun": setup.year, "periode": f"{setup.period[0]}-{setup.period[1]}"}
    context[SCALES] = scales_of(template)
    for table in template.tables.values():
        rows = [
            _row(table, setup, row, cells)
            for row, cells in values.get(table.key, {}).items()
            if row is not None
        ]
        blank = dict.fromkeys(table.columns)
        context[table.key] = (rows[0] if rows else blank) if table.is_form else rows
    return context


def _steps(steps: Sequence[Step]) -> Iterator[dict[str, str]]:
    """Yield the steps of a scale, from the highest, with the bounds of each in words."""
    upper = ""
    for step in steps:
        bound = step.min if step.above is None else step.above
        text = "" if bound is None else wording.number(bound)
        lower = "" if bound is None else f"{text} {'≤' if step.above is None else '<'} X"
        only = "" if bound is None else f"X {'≥' if step.above is None else '>'} {text}"
        limits = f"{lower} {upper}" if lower and upper else only or f"X {upper}".strip()
        yield {"sebutan": step.label, "batas": limits}
        upper = f"{'<' if step.above is None else '≤'} {text}"


def _row(table: Table, setup: Setup, row: RowKey, cells: Mapping[ColumnKey, Value]) -> dict[str, Any]:
    """Return the cells of a row by column; a column with years holds its figures by year."""
    found: dict[str, Any] = {}
    for key, column in table.columns.items():
        if column.declared.type == "fixed" and row[0] in table.parts:
            found[key] = layout.fixed_text(table, column, row, setup)
        elif column.per_year:
            years = table.column_years(column, setup)
            found[key] = _Years(
                {year: _Figure.of(cells[key, year], column) for year in years if (key, year) in cells}
            )
        else:
            found[key] = _Figure.of(cells.get((key, None)), column)
    return found


def _needs(show: Callable[[Any], str]) -> Callable[[Any], str]:
    def filled(value: Any) -> str:
        if value is None:
            raise _BlankFigureError
        return show(value)

    return filled


def _compared(value: Any, before: Any, up: str = "naik", down: str = "turun", same: str = "tetap") -> str:
    """Return the word for how a figure compares with another one."""
    difference = _difference(value, before)
    if difference == 0:
        return same
    return up if difference > 0 else down


def _difference(value: Any, before: Any) -> float:
    if not isinstance(value, float) or not isinstance(before, float):
        raise _BlankFigureError
    return round(value - before, 9)


def _apart(value: Any, before: Any) -> str:
    """Return how far two figures are apart."""
    return _shown(abs(_difference(value, before)), value)


def _shown(value: Value, like: Any) -> str:
    """Return a value as it stands in the column of another one, or of itself."""
    return text_of(like.declared, value) if isinstance(like, _Figure) else wording.shown(value)


def _small(text: str) -> str:
    """Return a text as it stands within a sentence: its first letter small, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _with(rows: Iterable[Mapping[str, Any]], key: str, value: Any) -> list[Mapping[str, Any]]:
    """Return the rows whose column holds a text, however it is spaced and in whichever case it is."""
    return [row for row in rows if isinstance(row[key], str) and _alike(row[key]) == _alike(str(value))]


def _alike(text: str) -> str:
    return " ".join(text.casefold().split())


_FILTERS: dict[str, Callable[..., Any]] = {
    "rp": _needs(wording.rupiah),
    "persen": _needs(wording.percent),
    "angka": _needs(lambda value: _shown(value, value)),  # or the grade that stands in its place
    "terbilang": _needs(wording.spelled),
    "bilangan": _needs(wording.counted),
    "tanggal": _needs(wording.date),
    "isi": _needs(str),
    "banding": _compared,
    "selisih": _apart,
    "kecil": _needs(_small),
    "dengan": _with,
}
_CASES = {
    "upper": _needs(lambda text: str(text).upper()),
    "lower": _needs(lambda text: str(text).lower()),
    "title": _needs(lambda text: str(text).title()),
    "capitalize": _needs(lambda text: str(text).capitalize()),
}
"""In place of jinja's own, which make a word of a blank cell."""
