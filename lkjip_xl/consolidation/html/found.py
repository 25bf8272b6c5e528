"""The findings of each OPD on the page: galat first, those that say the same together, no more than a reader reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import polars as pl

from lkjip_xl.base.findings import Finding, Severity
from lkjip_xl.consolidation.chosen import COUNTED, Agency
from lkjip_xl.consolidation.following import Following
from lkjip_xl.consolidation.frames import FINDINGS
from lkjip_xl.consolidation.regent.shown import Regent, marked
from lkjip_xl.report.text import joined
from lkjip_xl.words import wording

MOST = 50
"""Groups of findings that the page shows of one OPD."""
_MOST_IN_ALL = 20_000  # of all OPDs: a browser opens no page that is larger by far
_LEAST = 3  # of one OPD, however many there are
_CELLS = 40  # that are named one by one
_SAME = ("tingkat", "lembar", "aturan", "pesan", "perbaikan", "penjelasan", "ikut")
SEVERITY_SIGNS = {Severity.GALAT: "✖", Severity.PERINGATAN: "!", Severity.CATATAN: "i"}


@dataclass(frozen=True, slots=True)
class Shown:
    """Findings that say the same: where they are, what they say, and what was decided or explained."""

    severity: str
    sign: str
    sheet: str
    cells: str
    message: str
    remedy: str
    rule: str
    explanation: str = ""
    follows: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in the report of one OPD; ``counts`` says how much, ``more`` how many findings are not shown."""

    number: int
    agency: Agency
    name: str
    counts: str
    findings: tuple[Shown, ...]
    more: str


def found_in_batch(regent: Regent) -> list[Shown]:
    """Return what was found of no single report that counts: who is missing, which files do not count and why."""
    chosen = regent.batch.chosen
    counted = {id(sent) for _, sent in chosen.counted}
    apart = [("", finding) for finding in chosen.findings]
    for sent in chosen.sent:
        if id(sent) not in counted:
            apart += [(sent.source.path.name, finding) for finding in sent.findings]
    return sorted((_of_file(finding, name) for name, finding in apart), key=_gravity)


def found_of_agencies(regent: Regent) -> Iterator[Found]:
    """Yield what was found of each OPD that has sent a report, in their order."""
    agencies = regent.batch.chosen.agencies
    most = max(_LEAST, min(MOST, _MOST_IN_ALL // max(1, len(agencies))))
    known = _by_place(regent, most)
    place = -1
    for number, agency in enumerate(agencies, start=1):
        if agency.sent is None:
            continue
        rows: Sequence[dict[str, Any]] = ()
        if agency.outcome in COUNTED:
            place += 1
            rows = known.of(place, [])
        yield _found(regent, number, agency, rows)


def _by_place(regent: Regent, most: int) -> Following[int, list[dict[str, Any]]]:
    """Return the first findings of each counted OPD, by its place among these."""

    def first(rows: pl.LazyFrame) -> pl.LazyFrame:
        same = rows.group_by("sidik", *_SAME).agg(
            pl.col("urut").min(), pl.len().alias("jumlah"), pl.col("sel").sort_by("urut").head(_CELLS)
        )
        grave = {each.value: place for place, each in enumerate(Severity)}
        order = pl.col("tingkat").replace_strict(grave, return_dtype=pl.Int64)
        return same.sort(order, "urut").group_by("sidik", maintain_order=True).head(most)

    def pairs() -> Iterator[tuple[int, list[dict[str, Any]]]]:
        for frame in regent.batch.in_order(FINDINGS, first):
            for place, rows in groupby(frame.iter_rows(named=True), key=lambda row: int(row["urutan"])):
                yield place, list(rows)

    return Following(pairs())


def _found(regent: Regent, number: int, agency: Agency, rows: Sequence[dict[str, Any]]) -> Found:
    sent = agency.sent
    assert sent is not None  # noqa: S101 - others have no findings
    findings = [_of_file(finding, "") for finding in sent.findings]
    findings += [_of_row(regent, row) for row in rows]
    counts = [(each, many) for each, many in sent.about.counts if many]
    said = ", ".join(f"{wording.number(many)} {each.value}" for each, many in counts) or "tidak ada temuan"
    rest = sum(many for _, many in counts) - sum(row["jumlah"] for row in rows)
    more = f"{wording.number(rest)} temuan lain ada di lembar Temuan hasil konsolidasi" if rest > 0 else ""
    if agency.outcome not in COUNTED:
        more = "Laporannya tidak ikut dihitung; temuannya tidak ditampilkan di sini" if rest > 0 else ""
    return Found(number, agency, marked(agency), said, tuple(sorted(findings, key=_gravity)), more)


def _of_row(regent: Regent, row: dict[str, Any]) -> Shown:
    cells = [each for each in row["sel"] if each]
    more = row["jumlah"] - _CELLS
    named = joined(cells) + (f" dan {wording.number(more)} lagi" if cells and more > 0 else "")
    return Shown(
        row["tingkat"],
        SEVERITY_SIGNS[Severity(row["tingkat"])],
        row["lembar"],
        named,
        row["pesan"],
        row["perbaikan"],
        row["aturan"],
        row["penjelasan"],
        row["ikut"].replace("!", ", "),
        regent.batch.chosen.accepted.get((row["sidik"], row["aturan"]), ""),
    )


def _of_file(finding: Finding, file: str) -> Shown:
    severity = finding.severity
    sign = SEVERITY_SIGNS[severity]
    return Shown(severity.value, sign, file, "", finding.message, finding.remedy, finding.rule)


def _gravity(shown: Shown) -> int:
    """Return by what findings are sorted; those that are equally grave stay in their order."""
    return list(Severity).index(Severity(shown.severity))
