"""The report's sentences, generated from the figures (see ``template.sentences`` for what they may name)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from lkjip_xl.base.errors import DeclarationError
from lkjip_xl.compute.results import SheetValues
from lkjip_xl.template.declared_set import MAIN
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.words import wording


class _BlankFigureError(Exception):
    """A figure that a sentence needs is blank: the sentence is left out."""


def sentences(
    template: Template, setup: Setup, values: Mapping[str, SheetValues], declared: Iterable[str]
) -> Iterator[str]:
    """Yield each declared sentence with its figures, leaving out those with a blank figure.

    Raises ``DeclarationError`` for a sentence that names something unknown.
    """
    environment = SandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, finalize=_present)
    environment.filters.update(_FILTERS)
    context = _context(template, setup, values)
    for text in declared:
        try:
            yield environment.from_string(text).render(context).strip()
        except _BlankFigureError:
            continue
        except TemplateError as error:
            raise DeclarationError(f"summary, kalimat {text[:40]!r}: {error}", file=MAIN) from None


def _context(template: Template, setup: Setup, values: Mapping[str, SheetValues]) -> dict[str, Any]:
    """Return each form as an object and each table as a list of rows, columns without years by key."""
    context: dict[str, Any] = {"tahun": setup.year, "periode": f"{setup.period[0]}-{setup.period[1]}"}
    for table in template.tables.values():
        rows = [
            {key: cells.get((key, None)) for key in table.columns}
            for row, cells in values.get(table.key, {}).items()
            if row is not None
        ]
        blank = dict.fromkeys(table.columns)
        context[table.key] = (rows[0] if rows else blank) if table.is_form else rows
    return context


def _present(value: Any) -> Any:
    """Return what a sentence prints; a blank cell stops the sentence."""
    if value is None:
        raise _BlankFigureError
    return value


def _needs(show: Callable[[Any], str]) -> Callable[[Any], str]:
    def filled(value: Any) -> str:
        if value is None:
            raise _BlankFigureError
        return show(value)

    return filled


_FILTERS = {
    "rp": _needs(wording.rupiah),
    "persen": _needs(wording.percent),
    "angka": _needs(wording.shown),  # or the grade that stands in its place
    "terbilang": _needs(wording.spelled),
    "bilangan": _needs(wording.counted),
    "tanggal": _needs(wording.date),
    "isi": _needs(str),
}
