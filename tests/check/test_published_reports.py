"""What is found on the figures of real agencies: what their reports have wrong, and hardly anything else."""

from __future__ import annotations

import pytest

from lkjip_xl.base.findings import Finding, Severity
from lkjip_xl.compute.results import Results
from lkjip_xl.form.json_data import from_document
from lkjip_xl.pipeline import validate
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render
from published import document, published_reports
from support import ROOT

REPORTS = published_reports()
NAMES = [f"{report['nama']} {report['tahun']}" for report in REPORTS]
INDICATORS = sum(len(report["indikator"]) for report in REPORTS)
NOT_SHOWN = {"belum-diisi", "tabel-kosong"}  # what the sources' pages do not show, so what is not typed


@pytest.fixture(scope="module")
def checked(
    tmp_path_factory: pytest.TempPathFactory, template: Template
) -> tuple[dict[str, list[Finding]], Results]:
    """The findings of each report on what was typed, and the results of all."""
    folder = tmp_path_factory.mktemp("terbit")
    files = [folder / f"{number}.xlsx" for number in range(len(REPORTS))]
    for path, report in zip(files, REPORTS, strict=True):
        path.write_bytes(render(template, from_document(document(report), template)))
    reports, results = validate(files, template)
    found = [[each for each in report.findings if each.rule not in NOT_SHOWN] for report in reports]
    return dict(zip(NAMES, found, strict=True)), results


def _place(finding: Finding) -> int:
    """Return the number of the indikator, 0 for a total."""
    return finding.place.row[1] if finding.place and finding.place.row else 0


def _decimals(shown: float) -> int:
    """Return with how many decimals a figure is printed."""
    return len(str(shown).partition(".")[2])


@pytest.mark.parametrize("number", range(len(REPORTS)), ids=NAMES)
def test_only_what_is_listed_is_found(number: int, checked: tuple[dict[str, list[Finding]], Results]) -> None:
    found = [(each.rule, _place(each)) for each in checked[0][NAMES[number]]]
    assert found == [(each["aturan"], each["nomor"]) for each in REPORTS[number].get("temuan", [])]


@pytest.mark.parametrize("number", range(len(REPORTS)), ids=NAMES)
def test_capaian_is_as_published(number: int, checked: tuple[dict[str, list[Finding]], Results]) -> None:
    body = checked[1].bodies["kinerja"]
    capaian = body.filter(body["submission"] == number)["capaian"].to_list()
    rows = REPORTS[number]["indikator"]
    printed = {at: row["capaian"] for at, row in enumerate(rows) if "capaian" in row}
    assert {at: round(capaian[at], _decimals(shown)) for at, shown in printed.items()} == printed


def test_no_more_than_one_peringatan_for_ten_indikator(
    checked: tuple[dict[str, list[Finding]], Results],
) -> None:
    peringatan = [
        each.rule for found in checked[0].values() for each in found if each.severity is Severity.PERINGATAN
    ]
    listed = [each for report in REPORTS for each in report.get("temuan", [])]
    assert all(("benar" in each) != ("keliru" in each) for each in listed)
    right = sum("benar" in each for each in listed)
    said = (ROOT / "docs" / "temuan-penelaah.md").read_text(encoding="utf-8")
    assert len(peringatan) * 10 <= INDICATORS
    assert f"{INDICATORS} indikator" in said
    assert f"{len(peringatan)} peringatan, {right} di antaranya" in said
