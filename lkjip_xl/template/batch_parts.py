"""What the declaration of many workbooks together names must be there, and what its sentences may name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lkjip_xl.base.errors import meant
from lkjip_xl.template.declaration import Declared
from lkjip_xl.template.declared_batch import (
    ConsolidationDeclaration,
    ListDeclaration,
    RegentDeclaration,
    SumDeclaration,
)
from lkjip_xl.template.declared_set import TemplateDeclaration
from lkjip_xl.template.sentences import Source, sentence_faults
from lkjip_xl.template.sheet_names import CONSOLIDATED_SHEETS

COUNTS = ("wajib", "mengirim", "tanpa_galat", "bergalat", "belum", "dikeluarkan")
"""How many OPDs must report, have, without a galat and with one, have not, and are left out."""
OF_OPD = ("kode", "nama", "keadaan")
"""What sentences may name of each OPD, beside its figures."""
EXTREMES = ("tertinggi", "terendah")
"""The OPD with the highest and the lowest of a figure: ``tertinggi.capaian.nama``, ``tertinggi.capaian.nilai``."""


def batch_sources(figures: Sequence[str]) -> dict[str, Source]:
    """Return what sentences on many workbooks may name, given the keys of their figures."""
    forms = {name: Source(is_form=True, columns=figures) for name in ("angka", "predikat", *EXTREMES)}
    return {
        **forms,
        "wilayah": Source(is_form=True, columns=("nama",)),
        "jumlah": Source(is_form=True, columns=COUNTS),
        "opd": Source(is_form=False, columns=(*OF_OPD, *figures)),
    }


def consolidation_faults(
    shown: ConsolidationDeclaration, declared: TemplateDeclaration, tables: Declared
) -> Iterator[str]:
    """Yield what does not fit in the declaration of many workbooks together."""
    figures: set[str] = set()
    for figure in shown.figures:
        name = f"consolidation, angka {figure.key}"
        if figure.key in figures:
            yield f"{name}: namanya dipakai dua kali"
        if sum(each is not None for each in (figure.source, figure.ratio, figure.difference)) != 1:
            yield f"{name}: tulis source, ratio, atau difference, salah satu"
        if figure.source is not None and not _is_form_column(figure.source, tables):
            yield f"{name}: {figure.source} bukan kolom formulir"
        for other in figure.parts or ():
            if other not in figures:
                yield f"{name}: {'ratio' if figure.ratio else 'difference'} menunjuk {other}, yang tidak ada di atasnya"
        if figure.scale is not None and figure.scale not in declared.scales:
            yield f"{name}: skala {figure.scale} tidak ada"
        figures.add(figure.key)
    names = [figure.ranking for figure in shown.figures if figure.ranking]
    names += [each.sheet for each in shown.lists] + [each.sheet for each in shown.sums]
    for name, number in Counter(name.casefold() for name in (*names, *CONSOLIDATED_SHEETS)).items():
        if number > 1:
            yield f"consolidation: nama lembar {name!r} dipakai dua kali"
    regent = shown.regent
    if regent is not None:
        yield from _regent_faults(regent, shown, declared, tables)
    blocks: list[ListDeclaration | SumDeclaration] = [*shown.lists]
    blocks += [regent.indicators] if regent and regent.indicators else []
    blocks += [each for sheet in shown.sums for each in sheet.tables]
    for block in blocks:
        yield from _block_faults(block, tables)


def _block_faults(block: ListDeclaration | SumDeclaration, tables: Declared) -> Iterator[str]:
    if block.table not in tables:
        yield f"consolidation {block.title!r} menunjuk tabel {block.table}, yang tidak ada"
        return
    known = {column.key for column in tables[block.table][0].columns}
    wanted = [*block.columns]
    if isinstance(block, ListDeclaration):
        wanted += [block.trace, *filter(None, (block.filled, block.where and block.where[0]))]
    else:
        wanted += [block.by] if block.by is not None else []
        if block.labels and len(block.labels) != len(block.columns):
            yield f"consolidation {block.title!r}: labels dan columns tidak sama banyaknya"
    for column in wanted:
        if column not in known:
            yield f"consolidation {block.title!r} menunjuk kolom {block.table}.{column}, yang tidak ada"


def _regent_faults(
    regent: RegentDeclaration,
    shown: ConsolidationDeclaration,
    declared: TemplateDeclaration,
    tables: Declared,
) -> Iterator[str]:
    known = [each.key for each in shown.figures]
    quarters, heat = regent.quarters, regent.heat
    for key in (*regent.figures, *((quarters.x, quarters.y) if quarters else ())):
        if key not in known:
            yield f"consolidation.regent: angka {key} tidak ada{meant(key, known)}"
    for text in regent.sentences:
        for reason in sentence_faults(text, batch_sources(known)):
            yield f"consolidation.regent, kalimat {text[:40]!r}: {reason}"
    if heat is None:
        return
    columns = [column.key for column in tables[heat.table][0].columns] if heat.table in tables else []
    for column in (heat.name, heat.value):
        if column not in columns:
            yield f"consolidation.regent.heat menunjuk kolom {heat.table}.{column}, yang tidak ada"
    if heat.scale not in declared.scales:
        yield f"consolidation.regent.heat: skala {heat.scale} tidak ada{meant(heat.scale, declared.scales)}"


def _is_form_column(path: str, tables: Declared) -> bool:
    table, key = path.split(".")
    if table not in tables or tables[table][0].kind != "form":
        return False
    return any(column.key == key for column in tables[table][0].columns)
