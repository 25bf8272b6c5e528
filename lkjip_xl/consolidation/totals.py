"""Stacked rows to figures: of each OPD, of all, ranked, summed by kind."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import polars as pl

from lkjip_xl.base.findings import Severity
from lkjip_xl.base.keys import PERIOD
from lkjip_xl.compute.states import State
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.chosen import COUNTED, Agency
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
    """``by_agency``: figures of each counted OPD by digest and key; ``all_``: of all together, by key.

    ``by_unit``: of all that belong to a unit, or to one within it, by its code and key.
    """

    by_agency: Mapping[str, Mapping[str, Figure]]
    all_: Mapping[str, float]
    by_unit: Mapping[str, Mapping[str, float]]

    def of(self, agency: Agency) -> Mapping[str, Figure]:
        """Return the figures of an OPD; none of one that does not count."""
        return self.by_agency.get(agency.sent.source.digest, {}) if agency.sent else {}


def totals(batch: Batch) -> Totals:
    """Return every declared figure, of each OPD, of each unit and of all."""
    declared = declared_figures(batch)
    typed: dict[str, dict[str, Figure]] = {sent.source.digest: {} for _, sent in batch.chosen.counted}
    sources = {each.source: each.key for each in declared if each.source}
    for digest, column, amount, sheet, cell in batch.scan(FIGURES).collect().iter_rows():
        if column in sources:
            typed[digest][sources[column]] = Figure(amount, sheet, cell)
    for each in declared:
        if each.parts is not None:
            _add_computed(each, each.parts, typed)
    groups = {
        "": [*typed.values()],
        **{
            code: [typed[each.sent.source.digest] for each in own if each.sent and each.outcome in COUNTED]
            for code, own in batch.chosen.within.items()
        },
    }
    together = _together(declared, groups)
    return Totals(typed, together.pop(""), together)


def declared_figures(batch: Batch) -> Sequence[FigureDeclaration]:
    """Return the figures that the template set wants to see of each OPD."""
    shown = batch.template.declared.consolidation
    return shown.figures if shown else ()


def _together(
    declared: Sequence[FigureDeclaration], groups: Mapping[str, Sequence[Mapping[str, Figure]]]
) -> dict[str, dict[str, float]]:
    """Return sum or mean of each figure in each group, the same in whatever order the OPDs come."""
    found: dict[str, dict[str, float]] = {name: {} for name in groups}
    for each in declared:
        values: dict[str, float] = {}
        for name, members in groups.items():
            if each.parts is None:
                value = _sum(each, [own[each.key].value for own in members if each.key in own])
            else:
                value = _computed(each, *(found[name].get(key) for key in each.parts))
            if value is not None:
                values[name] = value
        for name, value in zip(values, _rounded([*values.values()], each.decimals), strict=True):
            found[name][each.key] = value
    return found


def _sum(figure: FigureDeclaration, values: Sequence[float]) -> float | None:
    if not values:
        return None
    total = math.fsum(values)
    return total / len(values) if figure.aggregate == "mean" else total


def _add_computed(
    figure: FigureDeclaration, parts: tuple[str, str], typed: Mapping[str, dict[str, Figure]]
) -> None:
    """Add what is computed of two figures to each OPD that has both, all of them rounded in one go."""
    whole: list[dict[str, Figure]] = []
    values: list[float] = []
    for figures in typed.values():
        one, other = (figures.get(part) for part in parts)
        value = _computed(figure, one.value if one else None, other.value if other else None)
        if value is not None:
            whole.append(figures)
            values.append(value)
    for figures, value in zip(whole, _rounded(values, figure.decimals), strict=True):
        place = figures[parts[0]]
        figures[figure.key] = Figure(value, place.sheet, place.cell)


def _computed(figure: FigureDeclaration, one: float | None, other: float | None) -> float | None:
    """Return ratio or difference of two figures; None where that cannot be told."""
    if one is None or other is None:
        return None
    if figure.difference is not None:
        return one - other
    return one / other * (100 if figure.unit == "%" else 1) if other else None


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


def step(batch: Batch, scale: str, value: float) -> str:
    """Return what a figure is called on a scale."""
    for each in batch.template.declared.scales[scale]:
        if (each.min is None or value >= each.min) and (each.above is None or value > each.above):
            return each.label
    return ""


def states(batch: Batch) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the digest of each counted file, in the order of the OPDs, and the state of each of its tables.

    A table is whole that has no warning but those that the coordinator has accepted.
    """
    unsettled = _unsettled(batch)
    for frame in batch.in_order(TABLES, lambda rows: rows.select("sidik", "tabel", "keadaan", "lembar")):
        for digest, rows in groupby(frame.iter_rows(), key=lambda row: row[0]):
            warned = unsettled.get(digest)
            yield (
                digest,
                {
                    table: State.COMPLETE.value
                    if state == Severity.PERINGATAN and sheet and warned is not None and sheet not in warned
                    else state
                    for _, table, state, sheet, *_ in rows
                },
            )


def _unsettled(batch: Batch) -> Mapping[str, set[str]]:
    """Return the sheets that have warnings which are neither explained nor accepted, of files of which any is accepted."""
    accepted = batch.chosen.accepted
    found: dict[str, set[str]] = {digest: set() for digest, _ in accepted}
    if found:
        warnings = batch.rows.scan(FINDINGS, found).filter(
            pl.col("tingkat") == Severity.PERINGATAN.value, pl.col("penjelasan") == ""
        )
        for digest, rule, sheet in (
            warnings.select("sidik", "aturan", "lembar").unique().collect().iter_rows()
        ):
            if (digest, rule) not in accepted:
                found[digest].add(sheet)
    return found


def listed(batch: Batch, shown: ListDeclaration) -> tuple[Iterator[tuple[Any, ...]], int]:
    """Return the rows of a list (sidik, kode, opd, columns, lembar, sel) in the order of the OPDs, and their number.

    After the columns come those of the grades that share their cells.
    """
    table = batch.template.tables[shown.table]
    grades = (table.columns[key].grade for key in shown.columns)
    columns = [*shown.columns, *(grade.key for grade in grades if grade is not None)]

    def rows(frame: pl.LazyFrame) -> pl.LazyFrame:
        if shown.filled is not None:
            frame = frame.filter(pl.col(shown.filled).is_not_null())
        if shown.where is not None:
            frame = frame.filter(pl.col(shown.where[0]) == shown.where[1])
        return frame.select("sidik", "bagian", "row", *columns, "lembar", "sel")

    found = batch.in_order(shown.table, rows)
    shapes = (frame.select("sidik", "kode", "opd", *columns, "lembar", "sel") for frame in found)
    return (row for frame in shapes for row in frame.iter_rows()), _number(rows(batch.scan(shown.table)))


def _number(rows: pl.LazyFrame) -> int:
    return int(rows.select(pl.len()).collect().item())


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


def findings(batch: Batch, severity: Severity) -> Iterator[dict[str, Any]]:
    """Yield the findings of one severity in the counted files (columns of ``frames.FINDINGS``, kode, opd)."""

    def own(rows: pl.LazyFrame) -> pl.LazyFrame:
        return rows.filter(pl.col("tingkat") == severity.value)

    for frame in batch.in_order(FINDINGS, own):
        yield from frame.iter_rows(named=True)


def number_of_findings(batch: Batch) -> int:
    """Return how many findings there are in the counted files."""
    return _number(batch.scan(FINDINGS))


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
