"""What the sentences of a report may name: forms with their columns, tables row by row, and the filters of figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from lkjip_xl.base.errors import meant

FILTERS = (
    "rp", "persen", "angka", "terbilang", "bilangan", "tanggal", "isi", "banding", "selisih", "kecil", "dengan",
)  # fmt: skip
SCALES = "skala"
YEARS = ("tahun", "periode", SCALES)
"""What is not of a table: the years, and the scales, step by step."""
ROW, ALIGNED = "baris", "sebaris"
"""Of what is written for each row of a table: its columns by name, and by table those of the rows that follow it."""


class Source(NamedTuple):
    """A form or a table, with its columns; one that has years holds a figure for each: ``baris.realisasi[tahun]``."""

    is_form: bool
    columns: Sequence[str]


def sentence_faults(text: str, sources: Mapping[str, Source], each: str | None = None) -> Iterator[str]:
    """Yield what a sentence names and nothing can be filled in for; ``sources`` by key, ``each`` the table of its row."""
    from jinja2 import TemplateError, nodes
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment()
    try:
        tree = environment.parse(text)
    except TemplateError as error:
        yield f"tidak dapat dibaca ({error})"
        return
    rows: dict[str, list[str]] = {}  # by the name of a row in a loop over a table: the table's columns
    if each is not None:
        rows[ROW] = [*sources[each].columns]
    for loop in tree.find_all(nodes.For):
        table = sources.get(loop.iter.name) if isinstance(loop.iter, nodes.Name) else None
        if table is not None and isinstance(loop.target, nodes.Name):
            rows.setdefault(loop.target.name, []).extend(table.columns)
    names = list(tree.find_all(nodes.Name))
    own = {name.name for name in names if name.ctx != "load"} | {"loop", *environment.globals, *rows}
    own |= set() if each is None else {ALIGNED}
    for name in names:
        if name.name not in {*own, *sources, *YEARS}:
            yield f"{name.name} tidak dikenal{meant(name.name, (*YEARS, *sources, *rows))}"
    parts: list[tuple[nodes.Expr, object]] = [(each.node, each.attr) for each in tree.find_all(nodes.Getattr)]
    parts += [(each.node, getattr(each.arg, "value", None)) for each in tree.find_all(nodes.Getitem)]
    for whole, key in parts:
        if isinstance(whole, nodes.Name) and isinstance(key, str):
            yield from _part_faults(whole.name, key, rows, own, sources)
        if _is_aligned(whole) and isinstance(key, str):  # sebaris.tabel.kolom
            of = str(whole.attr)  # type: ignore[attr-defined]  # a Getattr
            columns = sources[of].columns if of in sources else ()
            if key not in columns:
                yield f"{ALIGNED}.{of}.{key} tidak ada{meant(key, columns, f'{ALIGNED}.{of}.{{}}')}"
    for filter_ in tree.find_all(nodes.Filter):
        if filter_.name not in {*FILTERS, *environment.filters}:
            yield f"| {filter_.name} tidak dikenal{meant(filter_.name, FILTERS, '| {}')}"


def _is_aligned(node: object) -> bool:
    from jinja2 import nodes

    return isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == ALIGNED


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
