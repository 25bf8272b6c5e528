"""What the sentences of a summary may name: forms with their columns, tables row by row, and the filters of figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from lkjip_xl.base.errors import meant

FILTERS = ("rp", "persen", "angka", "terbilang", "bilangan", "tanggal", "isi")
YEARS = ("tahun", "periode")


class Source(NamedTuple):
    """A form or a table, with its columns that have one cell a row: sentences know no years."""

    is_form: bool
    columns: Sequence[str]


def sentence_faults(text: str, sources: Mapping[str, Source]) -> Iterator[str]:
    """Yield what a sentence names and nothing can be filled in for; ``sources`` by key."""
    from jinja2 import TemplateError, nodes
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment()
    try:
        tree = environment.parse(text)
    except TemplateError as error:
        yield f"tidak dapat dibaca ({error})"
        return
    rows: dict[str, list[str]] = {}  # by the name of a row in a loop over a table: the table's columns
    for loop in tree.find_all(nodes.For):
        table = sources.get(loop.iter.name) if isinstance(loop.iter, nodes.Name) else None
        if table is not None and isinstance(loop.target, nodes.Name):
            rows.setdefault(loop.target.name, []).extend(table.columns)
    names = list(tree.find_all(nodes.Name))
    own = {each.name for each in names if each.ctx != "load"} | {"loop", *environment.globals}
    for each in names:
        if each.name not in {*own, *sources, *YEARS}:
            yield f"{each.name} tidak dikenal{meant(each.name, (*YEARS, *sources, *rows))}"
    parts: list[tuple[nodes.Expr, object]] = [(each.node, each.attr) for each in tree.find_all(nodes.Getattr)]
    parts += [(each.node, getattr(each.arg, "value", None)) for each in tree.find_all(nodes.Getitem)]
    for whole, key in parts:
        if isinstance(whole, nodes.Name) and isinstance(key, str):
            yield from _part_faults(whole.name, key, rows, own, sources)
    for filter_ in tree.find_all(nodes.Filter):
        if filter_.name not in {*FILTERS, *environment.filters}:
            yield f"| {filter_.name} tidak dikenal{meant(filter_.name, FILTERS, '| {}')}"


def _part_faults(
    name: str,
    key: str,
    rows: Mapping[str, Sequence[str]],
    own: Collection[str],
    sources: Mapping[str, Source],
) -> Iterator[str]:
    if name in own and name not in rows:
        return  # of the sentence's making: it may be anything
    if name in rows:
        columns = rows[name]
    elif name not in sources:
        return
    elif not sources[name].is_form:
        yield f"{name}.{key}: {name} adalah tabel; tulis {{% for baris in {name} %}} … baris.{key}"
        return
    else:
        columns = sources[name].columns
    if key not in columns:
        yield f"{name}.{key} tidak ada{meant(key, columns, name + '.{}')}"
