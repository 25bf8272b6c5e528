"""Batches made of figures, without workbooks: as reading would have left them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from lkjip_xl.base.files import Found
from lkjip_xl.consolidation.accept import choose
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.chosen import Source
from lkjip_xl.consolidation.deciding import decided
from lkjip_xl.consolidation.decisions import Decision
from lkjip_xl.consolidation.frames import FIGURES, FILES, FINDINGS, About, Sort, empty_frames
from lkjip_xl.consolidation.registry import Registry
from lkjip_xl.consolidation.rows import Rows
from lkjip_xl.consolidation.store import Store
from lkjip_xl.template.model import Template


@dataclass(frozen=True)
class Report:
    """One report: whose it is, and the figures that a form of it has, by the column that has them."""

    code: str
    figures: Mapping[str, float]
    regency: str = "Kabupaten Contoh"
    galat: int = 0
    warned: tuple[str, ...] = ()
    """Rules that its warnings are of."""
    year: int = 2023


def batch_of(
    folder: Path,
    template: Template,
    reports: Sequence[Report],
    *,
    registry: Registry | None = None,
    decisions: Sequence[Decision] = (),
) -> Batch:
    """Return a batch of some reports, whose rows are in one folder."""
    words = template.declared.consolidation
    assert words is not None
    digests = [f"{number:032x}" for number in range(len(reports))]
    about = {
        digest: About(
            digest, Sort.SUBMITTED, code=each.code, name=f"Dinas {each.code}", regency=each.regency, year=each.year,
            current=True, galat=each.galat, peringatan=len(each.warned), catatan=0, explained=0,
        )
        for digest, each in zip(digests, reports, strict=True)
    }  # fmt: skip
    rows = Rows(empty_frames(template), dict.fromkeys(digests, folder))
    figures = [
        (digest, column, value, "Ikhtisar", "C5")
        for digest, each in zip(digests, reports, strict=True)
        for column, value in each.figures.items()
    ]
    findings = [
        (digest, number, rule, "peringatan", "3.1", "C9", "", "", f"Melanggar {rule}", "Perbaiki", "", "")
        for digest, each in zip(digests, reports, strict=True)
        for number, rule in enumerate(each.warned)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    filled = {FIGURES: figures, FINDINGS: findings}
    for name, empty in rows.empty.items():
        frame = pl.DataFrame(filled.get(name, []), empty.schema, orient="row")
        if name == FILES:
            from dataclasses import astuple

            frame = pl.DataFrame([astuple(each) for each in about.values()], empty.schema, orient="row")
        frame.write_parquet(folder / f"{name}.parquet")
    sources = [Source(folder / f"{digest[-4:]}.xlsx", digest, 1) for digest in digests]
    file, codes = template.declared.submission_rules.file, template.codes
    chosen = choose(sources, about, registry, None, words.rules, file, codes, decisions)
    return decided(Batch(template, Found(()), chosen, rows, Store(folder / "simpanan", template)), decisions)
