"""What is found on the figures of real agencies: what their reports have wrong, and hardly anything else."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl
import pytest

from lkjip_xl.base.findings import Severity
from lkjip_xl.compute.results import Results, compute
from lkjip_xl.compute.rules import broken, truths
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.submission import stack
from lkjip_xl.template.model import Template
from lkjip_xl.template.rule import Rule
from published import document, published_reports
from support import ROOT

REPORTS = published_reports()
NAMES = [f"{report['nama']} {report['tahun']}" for report in REPORTS]
INDICATORS = sum(len(report["indikator"]) for report in REPORTS)
NOT_SHOWN = {"belum-diisi", "tabel-kosong"}  # what the sources' pages do not show, so what is not typed


class Found(NamedTuple):
    """A rule that does not hold for an indikator (0: for the total) of a report."""

    report: int
    rule: Rule
    indicator: int


@pytest.fixture(scope="module")
def results(template: Template) -> Results:
    submissions = [from_document(document(report), template) for report in REPORTS]
    return compute(template, stack(template, submissions))


@pytest.fixture(scope="module")
def found(results: Results) -> list[Found]:
    """What is found in all reports on what was typed."""
    return [
        Found(record["submission"], rule, record.get("row", 0))
        for table in results.template.tables.values()
        for total in (False, True)
        for frame in [truths(results, table, total=total)]
        for rule in broken(table, frame, total=total)
        if rule.id not in NOT_SHOWN
        for record in frame.filter(~pl.col(rule.name)).iter_rows(named=True)
    ]


def _decimals(shown: float) -> int:
    """Return with how many decimals a figure is printed."""
    return len(str(shown).partition(".")[2])


@pytest.mark.parametrize("number", range(len(REPORTS)), ids=NAMES)
def test_only_what_is_listed_is_found(number: int, found: list[Found]) -> None:
    here = [(each.rule.id, each.indicator) for each in found if each.report == number]
    listed = [(each["aturan"], each["nomor"]) for each in REPORTS[number].get("temuan", [])]
    assert sorted(here) == sorted(listed)


@pytest.mark.parametrize("number", range(len(REPORTS)), ids=NAMES)
def test_capaian_is_as_published(number: int, results: Results) -> None:
    body = results.bodies["kinerja"]
    capaian = body.filter(pl.col("submission") == number)["capaian"].to_list()
    rows = REPORTS[number]["indikator"]
    printed = {at: row["capaian"] for at, row in enumerate(rows) if "capaian" in row}
    assert {at: round(capaian[at], _decimals(shown)) for at, shown in printed.items()} == printed


def test_no_more_than_one_peringatan_for_ten_indikator(found: list[Found]) -> None:
    listed = [each for report in REPORTS for each in report.get("temuan", [])]
    assert all(("benar" in each) != ("keliru" in each) for each in listed)
    peringatan = sum(each.rule.severity is Severity.PERINGATAN for each in found)
    right = sum("benar" in each for each in listed)
    said = (ROOT / "docs" / "temuan-penelaah.md").read_text(encoding="utf-8")
    assert peringatan * 10 <= INDICATORS
    assert f"{INDICATORS} indikator" in said
    assert f"{peringatan} peringatan, {right} di antaranya" in said
