"""Stacked rows to figures: of each OPD, of all, ranked, summed by kind."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from lkjip_xl.base.keys import PERIOD
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.chosen import Agency
from lkjip_xl.consolidation.frames import FIGURES, FINDINGS, TABLES
from lkjip_xl.formula.frames import rounded
from lkjip_xl.template.declared_batch import FigureDeclaration, ListDeclaration, SumDeclaration


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one OPD and where it stands in its workbook; of a ratio where its first part stands."""

    value: float
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Totals:
    """``by_agency``: figures of each counted OPD by digest and key; ``all_``: of all together, by key."""

    by_agency: Mapping[str, Mapping[str, Figure]]
    all_: Mapping[str, float]


def totals(batch: Batch) -> Totals:
    """Return every declared figure, of each OPD and of all."""
    declared = declared_figures(batch)
    typed: dict[str, dict[str, Figure]] = {sent.source.digest: {} for _, sent in batch.chosen.counted}
    sources = {each.source: each.key for each in declared if each.source}
    for digest, column, amount, sheet, cell in batch.scan(FIGURES).collect().iter_rows():
        if column in sources:
            typed[digest][sources[column]] = Figure(amount, sheet, cell)
    for each in declared:
        if each.ratio is not None:
            _add_ratio(each, each.ratio, typed)
    together: dict[str, float] = {}
    for each in declared:
        value: float | None
        if each.ratio is None:
            value = _together(each, [f[each.key].value for f in typed.values() if each.key in f])
        else:
            part, whole = (together.get(key) for key in each.ratio)
            value = None if part is None or not whole else _ratio(each, part, whole)
        if value is not None:
            (together[each.key],) = _rounded([value], each.decimals)
    return Totals(typed, together)


def declared_figures(batch: Batch) -> Sequence[FigureDeclaration]:
    """Return the figures that the template set wants to see of each OPD."""
    shown = batch.template.declared.consolidation
    return shown.figures if shown else ()


def _together(figure: FigureDeclaration, values: Sequence[float]) -> float | None:
    """Return sum or mean, the same in whatever order the values come."""
    if not values:
        return None
    total = math.fsum(values)
    return total / len(values) if figure.aggregate == "mean" else total


def _add_ratio(
    figure: FigureDeclaration, parts: tuple[str, str], typed: Mapping[str, dict[str, Figure]]
) -> None:
    """Add a ratio to the figures of each OPD that has both its parts, all of them rounded in one go."""
    whole = [
        figures for figures in typed.values() if set(parts) <= set(figures) and figures[parts[1]].value != 0
    ]
    values = [_ratio(figure, *(figures[part].value for part in parts)) for figures in whole]
    for figures, value in zip(whole, _rounded(values, figure.decimals), strict=True):
        place = figures[parts[0]]
        figures[figure.key] = Figure(value, place.sheet, place.cell)


def _ratio(figure: FigureDeclaration, part: float, whole: float) -> float:
    return part / whole * (100 if figure.unit == "%" else 1)


def _rounded(values: Sequence[float], decimals: int) -> list[float]:
    """Round as every figure of the workbooks is rounded."""
    frame = pl.DataFrame({"value": values}, {"value": pl.Float64})
    return frame.select(rounded(pl.col("value"), decimals)).to_series().to_list()


def ranked(batch: Batch, figures: Totals, key: str) -> list[tuple[int | None, Agency, Figure | None]]:
    """Return the counted OPDs from best to worst; equal figures share a rank, those without one come last."""
    pairs = [
        (agency, figures.by_agency[sent.source.digest].get(key)) for agency, sent in batch.chosen.counted
    ]
    filled = sorted(
        ((agency, figure) for agency, figure in pairs if figure is not None),
        key=lambda pair: (-pair[1].value, pair[0].code),
    )
    found: list[tuple[int | None, Agency, Figure | None]] = []
    for place, (agency, figure) in enumerate(filled, start=1):
        before = found[-1] if found else None
        same = before is not None and before[2] is not None and before[2].value == figure.value
        found.append((before[0] if same and before else place, agency, figure))
    return found + [(None, agency, None) for agency, figure in pairs if figure is None]


def step(batch: Batch, figure: FigureDeclaration, value: float) -> str:
    """Return what a figure is called on its scale."""
    for each in batch.template.declared.scales[figure.scale or ""]:
        if (each.min is None or value >= each.min) and (each.above is None or value > each.above):
            return each.label
    return ""


def states(batch: Batch) -> dict[str, dict[str, str]]:
    """Return the state of each table of each counted file, by digest and table."""
    found: dict[str, dict[str, str]] = {}
    for digest, table, state in batch.scan(TABLES).select("sidik", "tabel", "keadaan").collect().iter_rows():
        found.setdefault(digest, {})[table] = state
    return found


def order(batch: Batch) -> pl.LazyFrame:
    """Return sidik, kode, opd, urutan (place of the OPD) of the counted files."""
    counted = batch.chosen.counted
    return pl.LazyFrame(
        {
            "sidik": [sent.source.digest for _, sent in counted],
            "kode": [agency.code for agency, _ in counted],
            "opd": [agency.name for agency, _ in counted],
            "urutan": range(len(counted)),
        },
        {"sidik": pl.String, "kode": pl.String, "opd": pl.String, "urutan": pl.Int64},
    )


def listed(batch: Batch, shown: ListDeclaration, limit: int) -> tuple[pl.DataFrame, int]:
    """Return the first rows of a list (sidik, kode, opd, columns, lembar, sel) and how many there are.

    After the columns come those of the grades that share their cells.
    """
    table = batch.template.tables[shown.table]
    grades = (table.columns[key].grade for key in shown.columns)
    columns = [*shown.columns, *(grade.key for grade in grades if grade is not None)]
    frame = batch.scan(shown.table)
    if shown.filled is not None:
        frame = frame.filter(pl.col(shown.filled).is_not_null())
    if shown.where is not None:
        frame = frame.filter(pl.col(shown.where[0]) == shown.where[1])
    number = int(frame.select(pl.len()).collect().item())
    part = pl.col("bagian").replace_strict(
        {key: place for place, key in enumerate(table.parts)}, return_dtype=pl.Int64
    )
    rows = (
        frame.select("sidik", "bagian", "row", *columns, "lembar", "sel")
        .join(order(batch), on="sidik")
        .sort("urutan", part, "row")
        .head(limit)
        .select("sidik", "kode", "opd", *columns, "lembar", "sel")
        .collect()
    )
    return rows, number


def summed(batch: Batch, shown: SumDeclaration) -> pl.DataFrame:
    """Return sums by kind (and by year where the table has years), and how many OPDs they come from."""
    table = batch.template.tables[shown.table]
    keys = [*([shown.by] if shown.by else []), *([PERIOD] if table.per_year else [])]
    frame = batch.scan(shown.table)
    if shown.by:
        frame = frame.filter(pl.col(shown.by).is_not_null())
    sums = [pl.when(pl.col(c).count() > 0).then(pl.col(c).sum()).alias(c) for c in shown.columns]
    counts = pl.col("sidik").n_unique().cast(pl.Int64).alias("jumlah_opd")
    if not keys:
        return frame.select(*sums, counts).collect()
    known = {}
    if shown.by:
        column = table.columns[shown.by]
        fixed = [row[shown.by] for row in table.declared.fixed_rows if shown.by in row]
        known = {text: place for place, text in enumerate(column.choices or fixed)}
    result = frame.group_by(keys).agg(*sums, counts).collect()
    if shown.by:
        place = pl.col(shown.by).replace_strict(known, default=len(known), return_dtype=pl.Int64)
        return result.sort(place, *keys)
    return result.sort(keys)


def findings(batch: Batch, limit: int) -> tuple[pl.DataFrame, int]:
    """Return the first findings of the counted files (columns of ``frames.FINDINGS``, kode, opd), and how many there are."""
    frame = batch.scan(FINDINGS)
    number = int(frame.select(pl.len()).collect().item())
    rows = frame.join(order(batch), on="sidik").sort("urutan", "urut").head(limit).collect()
    return rows, number


def frequent(batch: Batch) -> pl.DataFrame:
    """Return aturan, tingkat, jumlah, jumlah_opd of all rules that failed, the most frequent first."""
    return (
        batch.scan(FINDINGS)
        .group_by("aturan", "tingkat")
        .agg(
            pl.len().cast(pl.Int64).alias("jumlah"),
            pl.col("sidik").n_unique().cast(pl.Int64).alias("jumlah_opd"),
        )
        .sort("jumlah", "aturan", descending=[True, False])
        .collect()
    )
