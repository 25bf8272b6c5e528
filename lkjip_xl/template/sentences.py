"""What the sentences of a report may name: forms with their columns, tables row by row, and the filters of figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from lkjip_xl.base.errors import meant

if TYPE_CHECKING:
    from jinja2 import Environment

FILTERS = (
    "rp", "persen", "angka", "terbilang", "bilangan", "tanggal", "isi", "banding", "selisih", "kecil", "dengan",
)  # fmt: skip
SCALES = "skala"
YEARS = ("tahun", "periode", SCALES)
"""What is not of a table: the years, and the scales, step by step."""
ROW, ALIGNED = "baris", "sebaris"
"""Of what is written for each row of a table: its columns by name, and by table those of the rows that follow it."""


class Source(NamedTuple):
    """A form or a table, with its columns; a ``yearly`` one holds a figure for each year: ``baris.realisasi[tahun]``."""

    is_form: bool
    columns: Sequence[str]
    yearly: Collection[str] = ()


def sentence_faults(text: str, sources: Mapping[str, Source], each: str | None = None) -> Iterator[str]:
    """Yield what a sentence names and nothing can be filled in for; ``sources`` by key, ``each`` the table of its row."""
    if "{" not in text:
        return
    from jinja2 import TemplateError, nodes

    environment = _environment()
    try:
        tree = environment.parse(text)
    except TemplateError as error:
        yield f"tidak dapat dibaca ({error})"
        return
    rows: dict[str, list[Source]] = {}  # by the name of a row: the tables whose rows it may be
    if each is not None:
        rows[ROW] = [sources[each]]
    for loop in tree.find_all(nodes.For):
        table = sources.get(loop.iter.name) if isinstance(loop.iter, nodes.Name) else None
        if table is not None and isinstance(loop.target, nodes.Name):
            rows.setdefault(loop.target.name, []).append(table)
    names = list(tree.find_all(nodes.Name))
    own = {named.name for named in names if named.ctx != "load"} | {"loop", *environment.globals, *rows}
    own |= set() if each is None else {ALIGNED}
    for named in names:
        if named.name not in {*own, *sources, *YEARS}:
            yield f"{named.name} tidak dikenal{meant(named.name, (*YEARS, *sources, *rows))}"
    of_years = {id(item.node) for item in tree.find_all(nodes.Getitem)}
    parts: list[tuple[nodes.Expr, nodes.Expr, object]] = [
        (part, part.node, part.attr) for part in tree.find_all(nodes.Getattr)
    ]
    parts += [(part, part.node, getattr(part.arg, "value", None)) for part in tree.find_all(nodes.Getitem)]
    for part, whole, key in parts:
        if isinstance(whole, nodes.Name) and isinstance(key, str):
            name, of = whole.name, _of_name(whole.name, rows, own, sources)
        elif _is_aligned(whole) and isinstance(key, str):  # sebaris.tabel.kolom
            aligned = str(whole.attr)  # type: ignore[attr-defined]  # a Getattr
            name, of = f"{ALIGNED}.{aligned}", [sources[aligned]] if aligned in sources else []
        else:
            continue
        is_row = name in rows or not isinstance(whole, nodes.Name)
        yield from _column_faults(name, key, of, is_row=is_row, with_year=id(part) in of_years)
    for filter_ in tree.find_all(nodes.Filter):
        if filter_.name not in {*FILTERS, *environment.filters}:
            yield f"| {filter_.name} tidak dikenal{meant(filter_.name, FILTERS, '| {}')}"


@cache
def _environment() -> Environment:
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment()


def _is_aligned(node: object) -> bool:
    from jinja2 import nodes

    return isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == ALIGNED


def _of_name(
    name: str, rows: Mapping[str, Sequence[Source]], own: Collection[str], sources: Mapping[str, Source]
) -> Sequence[Source] | None:
    """Return the tables whose columns a name has; None where it is of the sentence's making, or not known at all."""
    if name in rows:
        return rows[name]
    return None if name in own or name not in sources else [sources[name]]


def _column_faults(
    name: str, key: str, of: Sequence[Source] | None, *, is_row: bool, with_year: bool
) -> Iterator[str]:
    if of is None:
        return
    if not is_row and not of[0].is_form:
        yield f"{name}.{key}: {name} adalah tabel; tulis {{% for baris in {name} %}} … baris.{key}"
        return
    columns = [column for each in of for column in each.columns]
    if key not in columns:
        yield f"{name}.{key} tidak ada{meant(key, columns, name + '.{}')}"
    elif not with_year and all(key in each.yearly for each in of):
        yield f"{name}.{key} berisi angka tiap tahun; tulis tahunnya, misalnya {name}.{key}[tahun]"
