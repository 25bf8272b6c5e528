"""Batches made of figures, without workbooks: as reading would have left them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import strategies as st

from lkjip_xl.base.files import Found
from lkjip_xl.consolidation.accept import choose
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.chosen import Source
from lkjip_xl.consolidation.deciding import decided
from lkjip_xl.consolidation.decisions import Decision, Kind
from lkjip_xl.consolidation.frames import FIGURES, FILES, FINDINGS, TABLES, About, Sort, empty_frames
from lkjip_xl.consolidation.registry import Opd, Registry, Unit
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
    """Rules that its warnings are of, on the sheet 3.1."""
    tables: Mapping[str, str] = field(default_factory=dict)
    """The state of its tables, all on the sheet 3.1."""
    year: int = 2023
    typed: str = ""
    """The digest of all figures that are typed."""


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
            figures=each.typed,
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
    tables = [
        (digest, table, state, "3.1", None, None, "")
        for digest, each in zip(digests, reports, strict=True)
        for table, state in each.tables.items()
    ]
    folder.mkdir(parents=True, exist_ok=True)
    filled: dict[str, list[Any]] = {
        FIGURES: figures,
        FINDINGS: findings,
        TABLES: tables,
        FILES: [*map(astuple, about.values())],
    }
    for name, empty in rows.empty.items():
        frame = pl.DataFrame(filled.get(name, []), empty.schema, orient="row")
        frame.write_parquet(folder / f"{name}.parquet")
    sources = [Source(folder / f"{digest[-4:]}.xlsx", digest, 1) for digest in digests]
    file, codes = template.declared.submission_rules.file, template.codes
    chosen = choose(sources, about, registry, None, words.rules, file, codes, decisions)
    return decided(Batch(template, Found(()), chosen, rows, Store(folder / "simpanan", template)), decisions)


# -- agencies in units, drawn, and what adding up by hand gives ---------------------------------------------------

UNITS = (
    Unit("16", "Provinsi Contoh", "Provinsi"),
    Unit("16.07", "Kabupaten Satu", "Kabupaten", "16"),
    Unit("16.08", "Kabupaten Dua", "Kabupaten", "16"),
    Unit("16.07.01", "Kecamatan Tiga", "Kecamatan", "16.07"),
)
WITHIN = {
    "16": ("16", "16.07", "16.08", "16.07.01"),
    "16.07": ("16.07", "16.07.01"),
    "16.08": ("16.08",),
    "16.07.01": ("16.07.01",),
}
REGENCIES = {
    "16": "Provinsi Contoh",
    "16.07": "Kabupaten Satu",
    "16.08": "Kabupaten Dua",
    "16.07.01": "Kecamatan Tiga",
}


def _report(code: str, unit: str, amount: float, share: float, capaian: float | None) -> Report:
    figures = {"ikhtisar.anggaran": amount, "ikhtisar.realisasi": round(amount * share, 2)}
    if capaian is not None:
        figures["ikhtisar.rata_capaian"] = capaian
    return Report(code, figures, REGENCIES[unit])


@dataclass(frozen=True)
class Drawn:
    """OPDs of the units with their reports, and the codes of those that the coordinator leaves out."""

    agencies: list[tuple[str, Report]]
    out: set[str]

    @property
    def counted(self) -> list[tuple[str, Report]]:
        """The reports that count, each with its unit."""
        return [(unit, each) for unit, each in self.agencies if each.code not in self.out]

    def batch(self, folder: Path, template: Template) -> Batch:
        """Return the batch that is consolidated of them."""
        opds = [Opd(each.code, f"Dinas {each.code}", parent=unit) for unit, each in self.agencies]
        decisions = [Decision(code, Kind.LEAVE_OUT, "a", "b") for code in sorted(self.out)]
        reports = [each for _, each in self.agencies]
        return batch_of(folder, template, reports, registry=Registry(tuple(opds), UNITS), decisions=decisions)


@st.composite
def consolidations(draw: st.DrawFn) -> Drawn:
    agencies = draw(_agencies())
    return Drawn(agencies, draw(st.sets(st.sampled_from([each.code for _, each in agencies]))))


@st.composite
def _agencies(draw: st.DrawFn) -> list[tuple[str, Report]]:
    number = draw(st.integers(1, 9))
    amounts = st.floats(0, 9e12).map(lambda value: round(value, 2))
    return [
        (
            unit := draw(st.sampled_from(sorted(WITHIN))),
            _report(f"1.{n + 10}", unit, draw(amounts), draw(st.floats(0, 1.2)), draw(st.none() | st.floats(0, 150).map(lambda value: round(value, 2)))),
        )
        for n in range(number)
    ]  # fmt: skip


def _rounded(value: float) -> float:
    return math.floor(round(value * 100, 6) + 0.5) / 100


def added(reports: Sequence[Report]) -> dict[str, float]:
    """Return what adding up by hand gives."""
    found = {
        key: float(sum(Decimal(repr(each.figures[f"ikhtisar.{key}"])) for each in reports))  # exact, in cents
        for key in ("anggaran", "realisasi")
        if reports
    }
    means = [
        each.figures["ikhtisar.rata_capaian"] for each in reports if "ikhtisar.rata_capaian" in each.figures
    ]
    if means:
        found["capaian"] = _rounded(math.fsum(means) / len(means))
    if found.get("anggaran"):
        found["serapan"] = _rounded(found["realisasi"] / found["anggaran"] * 100)
        if "capaian" in found:
            found["efisiensi"] = round(found["capaian"] - found["serapan"], 2)
    return found
