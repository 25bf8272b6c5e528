"""What is counted over all files: totals that equal the single ones, ranks, and rows as chunks hold them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clean import clean_document
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.regent.shown import Regent
from lkjip_xl.consolidation.totals import frequent, ranked, step, summed, totals
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.submission import Submission
from lkjip_xl.pipeline import computed_document
from sent import TEMPLATE, outcomes_of, read_all, send, submission_of

pytestmark = pytest.mark.usefixtures("one_process_here")
FOUND = [
    # file, rule, severity
    ("a", "wajib", "galat"),
    ("a", "bulat", "galat"),
    ("b", "tren-ekstrem", "peringatan"),
    ("b", "tren-ekstrem", "peringatan"),
    ("a", "tren-ekstrem", "peringatan"),
    ("b", "acuan", "galat"),
    ("b", "acuan", "galat"),
]


@dataclass(frozen=True)
class _Rows:
    """A batch of which only the findings are known."""

    found: list[tuple[str, str, str]]

    def scan(self, _: str) -> pl.LazyFrame:
        return pl.LazyFrame(self.found, ["sidik", "aturan", "tingkat"], orient="row")


def test_the_rule_that_fails_most_often_comes_first() -> None:
    """Those that fail equally often in the order of their names."""
    assert frequent(cast("Batch", _Rows(FOUND))).rows() == [
        ("tren-ekstrem", "peringatan", 3, 2),
        ("acuan", "galat", 2, 1),
        ("bulat", "galat", 1, 1),
        ("wajib", "galat", 1, 1),
    ]


def _single_totals(submissions: Sequence[Submission]) -> dict[str, float]:
    """Return what adding up the single results by hand gives."""
    forms = [computed_document(TEMPLATE, each)["ikhtisar"]["baris"] for each in submissions]
    added: dict[str, float] = {}
    for key in ("anggaran", "realisasi", "program", "kegiatan", "sub_kegiatan"):
        values = [form[key] for form in forms if key in form]
        if values:
            added[key] = round(sum(values), 2)
    added["capaian"] = round(sum(form["rata_capaian"] for form in forms) / len(forms) + 1e-9, 2)
    added["serapan"] = round(added["realisasi"] / added["anggaran"] * 100, 2)
    added["efisiensi"] = round(added["capaian"] - added["serapan"], 2)
    return added


@given(
    seeds=st.lists(st.integers(0, 9999), min_size=1, max_size=4, unique=True), jobs=st.sampled_from([1, 1, 2])
)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_totals_are_the_sum_of_the_single_results(seeds: list[int], jobs: int) -> None:
    submissions = [submission_of(f"{seed}", seed=seed) for seed in seeds]
    with tempfile.TemporaryDirectory() as name:
        for n, each in enumerate(submissions):
            send(Path(name, "kiriman"), f"{n}", each)
        found = totals(read_all(Path(name, "kiriman"), jobs=jobs)).all_
    assert found == pytest.approx(_single_totals(submissions), abs=1e-9)


@pytest.mark.parametrize("others", [0, 1])
def test_an_agency_without_a_budget_has_no_share_of_it(others: int, tmp_path: Path) -> None:
    some = submission_of("1", seed=1)
    zero: dict[tuple[str, int | None], float] = {("anggaran_isian", None): 0, ("realisasi_isian", None): 0}
    rows = {
        row: {key: zero.get(key, value) for key, value in cells.items()}
        for row, cells in some.tables["keuangan"].items()
    }
    send(tmp_path / "kiriman", "nol", replace(some, tables={**some.tables, "keuangan": rows}))
    for n in range(others):
        send(tmp_path / "kiriman", f"{n}", submission_of("2", seed=2))
    found = totals(read_all(tmp_path / "kiriman"))
    budgets = {figures["anggaran"].value: figures.keys() for figures in found.by_agency.values()}
    assert "serapan" not in budgets[0]
    assert [amount for amount, keys in budgets.items() if "serapan" in keys] == [
        found.all_["anggaran"]
    ] * others
    assert ("serapan" in found.all_) is bool(others)


def test_the_sample_regency(regency: Regent) -> None:
    batch = regency.batch
    assert outcomes_of(batch) == {
        "1.01-dinas-pendidikan-dan-kebudayaan.xlsx": "diterima",
        "1.02-dinas-kesehatan-lama.xlsx": "digantikan",
        "1.02-dinas-kesehatan.xlsx": "diterima",
        "1.03-dinas-pekerjaan-umum-dan-penataan-ruang.xlsx": "bergalat",
        "1.06-dinas-sosial (1).xlsx": "berkas sama",
        "1.06-dinas-sosial.xlsx": "diterima",
        "2.12-dinas-kependudukan-dan-pencatatan-sipil.xlsx": "diterima",
        "2.23-dinas-perpustakaan-dan-kearsipan.xlsx": "diterima",
        "3.26-dinas-pariwisata.xlsx": "tahun lain",
        "5.01-badan-perencanaan-pembangunan-daerah.xlsx": "diterima",
        "6.01-inspektorat-daerah.xlsx": "diterima",
        "7.01-kecamatan-sungai-contoh.xlsx": "diterima",
        "DPMD-dinas-pemberdayaan-masyarakat-dan-desa.xlsx": "diterima",
    }
    figures = totals(batch)
    assert figures.all_ == {
        "capaian": 97.35, "anggaran": 741139824854.0, "realisasi": 712642345574.0, "serapan": 96.15, "efisiensi": 1.2,
        "program": 21.0, "kegiatan": 42.0, "sub_kegiatan": 78.0,
    }  # fmt: skip
    for own in figures.by_agency.values():  # what is computed of two stands where the first does
        places = {key: (each.sheet, each.cell) for key, each in own.items()}
        assert places["serapan"] == places["realisasi"] != places["anggaran"]
        assert places["efisiensi"] == places["capaian"] != places["serapan"]
    ranking = ranked(batch, figures, "capaian")
    assert [(place, agency.code, f.value if f else None) for place, agency, f in ranking][:2] == [
        (1, "1.06", 105.09),
        (2, "7.01", 102.56),
    ]
    assert TEMPLATE.declared.consolidation is not None
    staff = summed(batch, TEMPLATE.declared.consolidation.sums[0].tables[0])
    assert staff.to_dicts() == [
        {"pegawai": "PNS", "jumlah": 662.0, "jumlah_opd": 10},
        {"pegawai": "THL", "jumlah": 227.0, "jumlah_opd": 10},
    ]


def test_equal_figures_share_a_rank(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    for code in "abc":
        document = clean_document(indicators=1)
        document["tabel"]["identitas"] |= {"kode": code, "nama": code}
        document["tabel"]["kinerja"]["iku"][0]["realisasi_isian"] = 40 if code == "a" else 55
        document["tabel"]["analisis"] = [{"indikator": "Indikator utama 1", "penyebab": "x"}]
        send(folder, code, from_document(document, TEMPLATE))
    batch = read_all(folder)
    ranking = ranked(batch, totals(batch), "capaian")
    assert [(place, agency.code) for place, agency, _ in ranking] == [(1, "b"), (1, "c"), (3, "a")]


@pytest.mark.parametrize(
    ("value", "label"),
    [(140, "Sangat Berhasil"), (85, "Sangat Berhasil"), (84.99, "Berhasil"), (70, "Berhasil"), (69.99, "Cukup Berhasil"),
     (55.01, "Cukup Berhasil"), (55, "Tidak Berhasil"), (-1, "Tidak Berhasil")],
)  # fmt: skip
def test_a_figure_is_called_what_its_scale_says(value: float, label: str) -> None:
    batch = cast("Batch", SimpleNamespace(template=TEMPLATE))
    assert step(batch, "predikat", value) == label
