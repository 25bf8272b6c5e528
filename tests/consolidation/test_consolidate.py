"""Consolidation: which file counts, totals that equal the single ones, a batch that nothing stops."""

from __future__ import annotations

import copy
import datetime
import json
import os
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils import range_boundaries

from clean import clean_document
from lkjip_xl.base.errors import OutputError
from lkjip_xl.base.files import find_workbooks
from lkjip_xl.base.findings import Severity, Status
from lkjip_xl.consolidation import readers
from lkjip_xl.consolidation.batch import Batch, Options, read_batch
from lkjip_xl.consolidation.chosen import Outcome
from lkjip_xl.consolidation.chunk import StoreError, is_chunk
from lkjip_xl.consolidation.parquet import write_parquet
from lkjip_xl.consolidation.registry import Opd, Registry, load_registry
from lkjip_xl.consolidation.report import as_json, as_text
from lkjip_xl.consolidation.run import Consolidated, Inputs, Outputs, consolidate
from lkjip_xl.consolidation.store import Store
from lkjip_xl.consolidation.totals import findings as listed
from lkjip_xl.consolidation.totals import ranked, summed, totals
from lkjip_xl.consolidation.workbook import write_workbook
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.submission import Submission
from lkjip_xl.pipeline import computed_document
from lkjip_xl.template.load import load_template
from lkjip_xl.write import styles
from lkjip_xl.write.printing import LEAST, points, widest
from lkjip_xl.write.render import render
from support import ROOT, fill, here

TEMPLATE = load_template()
REGENCY = ROOT / "samples" / "kabupaten-contoh"
COMPUTED = ("Serapan anggaran (%)", "Efisiensi (%)")
DAY = datetime.date(2024, 3, 1)


@pytest.fixture(autouse=True, scope="module")
def _one_process_is_this_one() -> Iterator[None]:
    """Where a batch has one process it is this one here: tests look into it (see ``test_isolation`` for others)."""
    pool = readers.local_pool
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            readers, "local_pool", lambda task, number: (here if number == 1 else pool)(task, number)
        )
        yield


def _submission(code: str, *, seed: int = 0, year: int = 2023, faulty: bool = False) -> Submission:
    rng = random.Random(seed)  # noqa: S311 - figures, not secrets
    document = copy.deepcopy(clean_document(indicators=1 + seed % 3, budget=4 + seed % 5, year=year, years=3))
    tables = document["tabel"]
    tables["identitas"] |= {"kode": code, "nama": f"Dinas {code}"}
    for row in tables["keuangan"]:
        if "anggaran_isian" in row:
            row["anggaran_isian"] = round(rng.uniform(1e6, 9e9), 2)
            row["realisasi_isian"] = round(row["anggaran_isian"] * rng.uniform(0.7, 0.99), 2)
    if faulty:
        tables["pegawai"][0]["jumlah"] = 26
    return from_document(document, TEMPLATE)


def _write(folder: Path, name: str, submission: Submission, modified: int = 0) -> Path:
    path = folder / f"{name}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(render(TEMPLATE, submission))
    if modified:
        os.utime(path, (modified, modified))
    return path


def _batch(
    folder: Path, *, registry: Sequence[Opd] | None = None, year: int | None = None, **options: Any
) -> Batch:
    listed = Registry(tuple(registry)) if registry is not None else None
    found = find_workbooks([folder])
    cache = options.pop("cache", folder.parent / "simpanan")
    return read_batch(found, TEMPLATE, Options(cache, **{"jobs": 1, **options}), registry=listed, year=year)


def _statuses(batch: Batch) -> dict[str, str]:
    return {sent.source.path.name: sent.outcome.value for sent in batch.chosen.sent}


# -- which file counts --------------------------------------------------------------------------------------------


def test_the_newest_valid_file_of_an_opd_counts(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    _write(folder, "a", _submission("1", seed=1), 1_000)
    _write(folder, "b", _submission("1", seed=2), 2_000)
    _write(folder, "c", _submission("1", seed=3, faulty=True), 3_000)
    batch = _batch(folder)
    assert _statuses(batch) == {"a.xlsx": "digantikan", "b.xlsx": "diterima", "c.xlsx": "digantikan"}
    (first, chosen, last) = batch.chosen.sent
    assert chosen.why == "terbaru tanpa galat"
    for sent in (first, last):
        (found,) = sent.findings
        assert (found.rule, found.severity) == ("kiriman-ganda", "peringatan")
        assert found.message == "OPD 1 mengirim beberapa berkas; yang dihitung b.xlsx (terbaru tanpa galat)"


def test_of_faulty_files_the_newest_counts(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    _write(folder, "a", _submission("1", seed=1, faulty=True), 2_000)
    _write(folder, "b", _submission("1", seed=2, faulty=True), 1_000)
    batch = _batch(folder)
    assert _statuses(batch) == {"a.xlsx": "bergalat", "b.xlsx": "digantikan"}
    assert batch.chosen.sent[0].why == "terbaru; semuanya masih bergalat"


def test_the_registry_says_who_must_report(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    _write(folder, "satu", _submission("1.01", seed=1))
    _write(folder, "asing", _submission("9.99", seed=2))
    _write(folder, "lama", _submission("1.02", seed=3, year=2022))
    registry = [Opd("1.01", "Satu"), Opd("1.02", "Dua"), Opd("1.03", "Tiga")]
    batch = _batch(folder, registry=registry, year=2023)
    assert _statuses(batch) == {
        "satu.xlsx": "diterima",
        "asing.xlsx": "tidak terdaftar",
        "lama.xlsx": "tahun lain",
    }
    assert [(each.code, each.outcome.value) for each in batch.chosen.agencies] == [
        ("1.01", "diterima"),
        ("1.02", "belum mengirim"),
        ("1.03", "belum mengirim"),
    ]
    assert [found.message for found in batch.chosen.findings] == [
        "OPD 1.02 Dua belum mengirim laporan tahun 2023",
        "OPD 1.03 Tiga belum mengirim laporan tahun 2023",
    ]
    messages = {s.source.path.name: [f.message for f in s.findings] for s in batch.chosen.sent}
    assert messages["asing.xlsx"] == ["OPD 9.99 Dinas 9.99 tidak ada di daftar OPD, jadi tidak dihitung"]
    assert messages["lama.xlsx"] == [
        "Laporan tahun 2022, sedangkan yang dikonsolidasikan tahun 2023, jadi tidak dihitung"
    ]


def test_codes_compare_without_case_and_spaces(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    _write(folder, "a", _submission(" dpmd 1 ", seed=1))
    assert _statuses(_batch(folder, registry=[Opd("DPMD1", "x")], year=2023)) == {"a.xlsx": "diterima"}


def _pmd(code: str, *, seed: int = 1) -> Submission:
    """A report under a code as it was typed: data files would write it as it should be."""
    submission = _submission("1", seed=seed)
    form = dict(submission.tables["identitas"]["identitas", 1])
    form |= {("kode", None): code, ("nama", None): "Dinas Pertanahan"}
    return replace(submission, tables={**submission.tables, "identitas": {("identitas", 1): form}})


def test_one_agency_under_six_spellings_of_its_code_is_counted_once(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    spellings = ["2.13", "02.13", "2.13.", "2,13", "２.１３", "2.13\u200b"]
    for number, code in enumerate(spellings):
        _write(folder, f"{number}", _pmd(code), 1_000 + number)
    batch = _batch(folder)
    assert list(_statuses(batch).values()) == ["diterima", *["digantikan"] * 5]
    assert [(agency.code, agency.name) for agency in batch.chosen.agencies] == [("2.13", "Dinas Pertanahan")]
    alone = _batch(_write(tmp_path / "satu", "0", _pmd("2.13")).parent, cache=tmp_path / "lain")
    assert totals(batch).all_ == totals(alone).all_


def test_a_code_that_became_a_number_is_named_wherever_the_result_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    _write(folder, "benar", _pmd("2.10", seed=1), 1_000)
    fill(_write(folder, "angka", _pmd("2.10", seed=1), 2_000), {"Identitas": {"C5": 2.1}})
    batch = _batch(folder)
    (agency,) = batch.chosen.agencies
    assert (agency.code, agency.name, agency.outcome.value) == ("2.10", "Dinas Pertanahan", "diterima")
    lost = (
        "Kode OPD Dinas Pertanahan tersimpan sebagai “2,1” yang bukan teks, jadi dikenali dari namanya saja; "
        "barangkali 2.10"
    )
    double = "Dinas Pertanahan mengirim dengan kode (kosong) dan juga 2.10; yang dihitung benar.xlsx (terbaru tanpa galat)"
    document = as_json(batch, totals(batch))
    sent = {Path(each["berkas"]).name: each for each in document["kiriman"]}
    assert (sent["angka.xlsx"]["opd"], sent["angka.xlsx"]["keadaan"]) == ("", "digantikan")
    assert [
        (f["aturan"], f["tingkat"], f["seharusnya"], f["pesan"]) for f in sent["angka.xlsx"]["temuan"]
    ] == [
        ("opd-berkode-ganda", "galat", "2.10", double),
        ("opd-tanpa-kode", "galat", "2.10", lost),
    ]
    assert [f["pesan"] for f in sent["benar.xlsx"]["temuan"]] == [double]
    lines = as_text(batch, totals(batch)).splitlines()
    assert [line.replace(f"{folder}/", "") for line in lines if "Dinas Pertanahan" in line] == [
        f"  digantikan: angka.xlsx: {double}",
        f"  galat: angka.xlsx: {lost}",
        f"  galat: benar.xlsx: {double}",
    ]
    write_workbook(batch, totals(batch), tmp_path / "hasil.xlsx", tmp_path, day=DAY)
    sheet = openpyxl.load_workbook(tmp_path / "hasil.xlsx")["Temuan"]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=4)]
    assert [row for row in rows if row[10] == "opd-tanpa-kode"] == [
        (None, "Dinas Pertanahan", "galat", None, lost, "2.10", "Minta kodenya diketik ulang sebagai teks di lembar Identitas", None, None, None, "opd-tanpa-kode", "angka.xlsx"),
    ]  # fmt: skip


def test_a_copied_workbook_of_a_neighbour_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    _write(folder, "a", _submission("1.01", seed=1))
    _write(folder, "b", _submission("1.02", seed=1))
    _write(folder, "c", _submission("1.03", seed=2))
    batch = _batch(folder)
    said = {sent.source.path.name: [(f.rule, f.message) for f in sent.findings] for sent in batch.chosen.sent}
    assert said == {
        "a.xlsx": [("angka-opd-sama", "Semua angka isian 1.01 Dinas 1.01 sama dengan isian 1.02 Dinas 1.02 (b.xlsx)")],
        "b.xlsx": [("angka-opd-sama", "Semua angka isian 1.02 Dinas 1.02 sama dengan isian 1.01 Dinas 1.01 (a.xlsx)")],
        "c.xlsx": [],
    }  # fmt: skip
    assert len(batch.chosen.counted) == 3


def test_blank_workbooks_are_not_alike(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    for code in ("1.01", "1.02"):
        submission = _submission(code)
        own = {"identitas": submission.tables["identitas"], "pegawai": submission.tables["pegawai"]}
        _write(folder, code, replace(submission, tables=own))
    assert [sent.findings for sent in _batch(folder).chosen.sent] == [(), ()]


def test_without_a_year_the_usual_one_is_taken(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    for n, year in enumerate((2023, 2022, 2023)):
        _write(folder, f"{n}", _submission(f"{n}", seed=n, year=year))
    batch = _batch(folder)
    assert batch.chosen.year == 2023
    assert _statuses(batch)["1.xlsx"] == "tahun lain"


def test_the_same_file_twice_is_read_once(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    path = _write(folder, "a", _submission("1"))
    (folder / "a (1).xlsx").write_bytes(path.read_bytes())
    batch = _batch(folder)
    assert _statuses(batch) == {"a.xlsx": "diterima", "a (1).xlsx": "berkas sama"}
    copy_ = next(sent for sent in batch.chosen.sent if sent.outcome is Outcome.SAME)
    assert copy_.why == "Isinya sama persis dengan a.xlsx, jadi dibaca satu kali"


# -- nothing stops the batch --------------------------------------------------------------------------------------


def test_files_that_are_none_are_rows(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    _write(folder, "a", _submission("1"))
    (folder / "kosong.xlsx").write_bytes(b"")
    (folder / "teks.xlsx").write_text("a;b", encoding="utf-8")
    openpyxl.Workbook().save(folder / "asing.xlsx")
    (folder / "~$a.xlsx").write_bytes(b"kunci")
    (folder / ".tersembunyi.xlsx").write_bytes(b"x")
    batch = _batch(folder)
    assert _statuses(batch) == {
        "a.xlsx": "diterima",
        "asing.xlsx": "tidak terbaca",
        "kosong.xlsx": "tidak terbaca",
        "teks.xlsx": "tidak terbaca",
    }
    assert {s.source.path.name: s.why for s in batch.chosen.sent}["kosong.xlsx"] == (
        "berkas ini kosong (0 byte); minta dikirim ulang"
    )
    assert (batch.found.locks, batch.found.hidden) == (1, 1)


def test_earlier_outputs_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    _write(folder, "a", _submission("1"))
    batch = _batch(folder)
    write_workbook(batch, totals(batch), folder / "hasil.xlsx", folder, day=DAY)
    batch = _batch(folder)
    assert _statuses(batch) == {"a.xlsx": "diterima"}
    assert batch.chosen.outputs == 1


def test_an_overwritten_formula_is_found_in_a_batch_too() -> None:
    from lkjip_xl.pipeline import validate

    files = sorted(REGENCY.glob("[0-9]*.xlsx"))
    checked, _ = validate(files, TEMPLATE)
    found = {each.path.name: [f.rule for f in each.findings] for each in checked}
    assert found["2.23-dinas-perpustakaan-dan-kearsipan.xlsx"] == ["rumus-ditimpa", "ket-efisien"]
    assert sum("rumus-ditimpa" in rules for rules in found.values()) == 1


# -- totals -------------------------------------------------------------------------------------------------------


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
    submissions = [_submission(f"{seed}", seed=seed) for seed in seeds]
    with tempfile.TemporaryDirectory() as name:
        for n, each in enumerate(submissions):
            _write(Path(name, "kiriman"), f"{n}", each)
        found = totals(_batch(Path(name, "kiriman"), jobs=jobs)).all_
    assert found == pytest.approx(_single_totals(submissions), abs=1e-9)


@pytest.mark.parametrize("others", [0, 1])
def test_an_agency_without_a_budget_has_no_share_of_it(others: int, tmp_path: Path) -> None:
    some = _submission("1", seed=1)
    zero: dict[tuple[str, int | None], float] = {("anggaran_isian", None): 0, ("realisasi_isian", None): 0}
    rows = {
        row: {key: zero.get(key, value) for key, value in cells.items()}
        for row, cells in some.tables["keuangan"].items()
    }
    _write(tmp_path / "kiriman", "nol", replace(some, tables={**some.tables, "keuangan": rows}))
    for n in range(others):
        _write(tmp_path / "kiriman", f"{n}", _submission("2", seed=2))
    found = totals(_batch(tmp_path / "kiriman"))
    budgets = {figures["anggaran"].value: figures.keys() for figures in found.by_agency.values()}
    assert "serapan" not in budgets[0]
    assert [amount for amount, keys in budgets.items() if "serapan" in keys] == [
        found.all_["anggaran"]
    ] * others
    assert ("serapan" in found.all_) is bool(others)


def test_processes_and_cluster_give_the_same(tmp_path: Path) -> None:
    import distributed

    folder = tmp_path / "kiriman"
    for n in range(6):
        _write(folder, f"{n}", _submission(f"{n}", seed=n, faulty=n == 3))
    (folder / "rusak.xlsx").write_bytes(b"PK")
    results = {}
    start: Any = distributed.LocalCluster
    cluster = start(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", local_directory=tmp_path
    )
    with cluster:
        for name, options in (
            ("satu", {"jobs": 1}),
            ("dua", {"jobs": 2}),
            ("tiga", {"jobs": 3}),
            ("dask", {"cluster": cluster.scheduler_address}),
        ):
            batch = _batch(folder, cache=tmp_path / name, **options)
            written = tmp_path / f"{name}.xlsx"
            write_workbook(batch, totals(batch), written, tmp_path, day=DAY)
            results[name] = (json.dumps(as_json(batch, totals(batch)), sort_keys=True), written.read_bytes())
    assert all(result == results["satu"] for result in results.values())


def _regency(cache: Path) -> Batch:
    registry = load_registry(REGENCY / "opd.csv")
    found = find_workbooks([REGENCY], known=[REGENCY / "opd.csv"])
    return read_batch(found, TEMPLATE, Options(cache, jobs=1), registry=registry, year=2023)


def test_the_sample_regency(tmp_path: Path) -> None:
    batch = _regency(tmp_path)
    assert _statuses(batch) == {
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
        _write(folder, code, from_document(document, TEMPLATE))
    batch = _batch(folder)
    ranking = ranked(batch, totals(batch), "capaian")
    assert [(place, agency.code) for place, agency, _ in ranking] == [(1, "b"), (1, "c"), (3, "a")]


# -- the cache ----------------------------------------------------------------------------------------------------


def _reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    import lkjip_xl.read.reader
    from lkjip_xl.consolidation import chunk

    read: list[str] = []
    original = lkjip_xl.read.reader.read_workbook

    def spy(path: Path, *others: Any) -> Any:
        read.append(path.name)
        return original(path, *others)

    monkeypatch.setattr(chunk, "read_workbook", spy)
    return read


def test_a_rerun_reads_only_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "kiriman"
    for n in range(3):
        _write(folder, f"{n}", _submission(f"{n}", seed=n))
    read = _reads(monkeypatch)
    first = totals(_batch(folder)).all_
    assert sorted(read) == ["0.xlsx", "1.xlsx", "2.xlsx"]
    read.clear()
    assert totals(_batch(folder)).all_ == first
    assert read == []
    _write(folder, "1", _submission("1", seed=7))
    (folder / "2.xlsx").rename(folder / "dua.xlsx")
    changed = totals(_batch(folder)).all_
    assert read == ["1.xlsx"]
    assert changed == totals(_batch(folder, cache=tmp_path / "lain")).all_ != first


def test_a_damaged_or_deleted_cache_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "kiriman"
    _write(folder, "a", _submission("1"))
    first = totals(_batch(folder)).all_
    store = Store(tmp_path / "simpanan", TEMPLATE)
    (chunk,) = filter(is_chunk, store.folder.iterdir())
    (chunk / "berkas.parquet").write_bytes(b"x")
    read = _reads(monkeypatch)
    assert totals(_batch(folder)).all_ == first
    assert read == ["a.xlsx"]


def test_a_cache_that_goes_while_it_is_used_is_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    _write(folder, "a", _submission("1"))
    batch = _batch(folder)
    assert batch.store is not None
    shutil.rmtree(batch.store.folder)
    with pytest.raises(StoreError) as told, batch.store.in_use():
        totals(batch)
    line = f"{batch.store.folder}: simpanan bacaan berubah selagi dipakai; ulangi perintahnya"
    assert str(told.value) == line


def test_another_template_set_has_a_cache_of_its_own(tmp_path: Path) -> None:

    one, other = Store(tmp_path, TEMPLATE), Store(tmp_path, replace(TEMPLATE, digest="lain"))
    assert one.folder != other.folder


# -- outputs ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Batch, Path]:
    folder = tmp_path_factory.mktemp("kabupaten")
    batch = _regency(folder / "simpanan")
    path = folder / "konsolidasi.xlsx"
    write_workbook(batch, totals(batch), path, folder, day=DAY)
    return batch, path


def test_expected_is_a_value_and_never_a_formula(written: tuple[Batch, Path]) -> None:
    batch, path = written
    found = pl.DataFrame([row for severity in Severity for row in listed(batch, severity)])
    values = found.filter(pl.col("aturan") == "rumus-ditimpa")["sel", "nilai", "seharusnya"]
    assert values.rows() == [("K9", "104,5", "90,25")]
    assert [text for name in ("nilai", "seharusnya") for text in found[name] if text[:1] == "="] == []
    sheet = openpyxl.load_workbook(path)["Temuan"]
    heads = [cell.value for cell in sheet[4]]
    rows = [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=5)]
    assert [row["Seharusnya"] for row in rows if row["Aturan"] == "rumus-ditimpa"] == ["90,25"]
    assert [row for row in rows if str(row["Seharusnya"]).startswith("=")] == []


def test_the_workbook_has_all_its_sheets(written: tuple[Batch, Path]) -> None:
    book = openpyxl.load_workbook(written[1])
    assert book.sheetnames == [
        "Sampul", "Kokpit", "Perangkat Daerah", "Peringkat Capaian", "Peringkat Serapan", "Capaian dan Serapan", "IKU",
        "Peta Panas", "Pengesahan", "Matriks", "Temuan", "Kiriman", "Sumber Angka", "Indikator", "Program",
        "Kepegawaian", "Status Desa", "Aturan",
    ]  # fmt: skip
    matrix = {row[1].value: row for row in book["Matriks"].iter_rows(min_row=5)}
    heads = [cell.value for cell in book["Matriks"][4]]
    assert matrix["1.03"][heads.index("1.3 Golongan")].value == "✖"
    assert matrix["2.23"][heads.index("3.1 Kinerja")].value == "!"
    assert matrix["1.05"][3].value == "belum mengirim"
    for name in ("Matriks", "Indikator", "Program", "Temuan", "Kiriman", "Sumber Angka"):
        assert book[name].auto_filter.ref
        assert book[name].freeze_panes


def test_lists_have_totals_and_no_letter_is_printed_too_small(written: tuple[Batch, Path]) -> None:
    book = openpyxl.load_workbook(written[1])
    total = [cell.value for cell in book["Program"][book["Program"].max_row]]
    assert total[1:5] == ["Jumlah", None, 741139824854, 712642345574]
    small = {}
    for sheet in book:
        last = (
            range_boundaries(sheet.print_area.rpartition("!")[2].replace("$", ""))[2]
            if sheet.print_area
            else sheet.max_column
        )
        wide_of = {
            n: each.width - 0.71
            for each in sheet.column_dimensions.values()
            for n in range(each.min, each.max + 1)
        }
        widths = [wide_of[n] for n in range(1, last + 1)]
        wide = points(widths)
        if sheet.page_setup.orientation == "portrait":
            wide *= widest("A4") / (523 * styles.SMALLEST / LEAST)
        if wide > widest("A4") * 1.01:
            small[sheet.title] = round(LEAST * widest("A4") / wide, 1)
    assert small == {}


def test_every_figure_leads_to_its_cell(written: tuple[Batch, Path]) -> None:
    _, path = written
    book = openpyxl.load_workbook(path)
    seen = 0
    cache: dict[Path, Any] = {}
    for name, column in (("Sumber Angka", "Nilai"), ("Indikator", "Realisasi")):
        sheet = book[name]
        heads = [cell.value for cell in sheet[4]]
        for row in sheet.iter_rows(min_row=5):
            link = row[-1].hyperlink
            target = (path.parent / unquote(link.target)).resolve()
            if target not in cache:
                cache[target] = openpyxl.load_workbook(target, data_only=True)
            there, _, cell = link.location.rpartition("!")
            if name == "Sumber Angka" and row[2].value in COMPUTED:
                continue  # of two figures: its cell is that of the first
            value = cache[target][there.strip("'")][cell].value
            assert value == row[heads.index(column)].value, (name, row[0].row)
            seen += 1
    assert seen == 6 * 10 + 26


def test_text_from_workbooks_stays_text(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    document = clean_document()
    document["tabel"]["identitas"] |= {"kode": "=1+1", "nama": "http://contoh.id"}
    document["tabel"]["iku"][0]["sasaran"] = "=HYPERLINK(1)"
    _write(folder, "a", from_document(document, TEMPLATE))
    path = tmp_path / "k.xlsx"
    batch = _batch(folder)
    write_workbook(batch, totals(batch), path, tmp_path, day=DAY)
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate)
                assert not cell.hyperlink or cell.hyperlink.target == "./kiriman/a.xlsx"


def test_a_grade_stands_in_the_list_in_the_place_of_the_number(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    document = clean_document()
    document["tabel"]["iku"][1]["arah"] = "predikat AKIP"
    document["tabel"]["kinerja"]["iku"][1] = {"target": "BB", "realisasi_isian": "B (65,50)"}
    _write(folder, "a", from_document(document, TEMPLATE))
    path = tmp_path / "k.xlsx"
    batch = _batch(folder)
    write_workbook(batch, totals(batch), path, tmp_path, day=DAY)
    sheet = openpyxl.load_workbook(path)["Indikator"]
    heads = [cell.value for cell in sheet[4]]
    columns = [heads.index(name) for name in ("Arah", "Target", "Realisasi", "Capaian Kinerja (%)")]
    shown = [[row[column].value for column in columns] for row in sheet.iter_rows(min_row=5, max_row=7)]
    assert shown == [
        ["naik", 60, 55, 91.67],
        ["predikat AKIP", "BB", "B (65,50)", 85.71],
        ["naik", 62, 59, 95.16],
    ]
    write_parquet(batch, tmp_path)
    rows = pl.read_parquet(tmp_path / "kinerja.parquet").filter(pl.col("bagian") == "iku")
    assert rows.select("target", "target_predikat", "realisasi", "realisasi_predikat").rows() == [
        (60, None, 55, None),
        (None, "BB", None, "B (65,50)"),
        (62, None, 59, None),
    ]


def test_lists_are_cut_with_a_note_and_whole_in_parquet(
    written: tuple[Batch, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lkjip_xl.consolidation import listings

    batch, _ = written
    monkeypatch.setattr(listings, "LIST_ROWS", 5)
    path = tmp_path / "k.xlsx"
    write_workbook(batch, totals(batch), path, tmp_path, day=DAY)
    sheet = openpyxl.load_workbook(path)["Indikator"]
    assert sheet.max_row == 4 + 5
    assert sheet["A2"].value == (
        "PERHATIAN: hanya 5 dari 26 baris yang muat di lembar Excel; daftar lengkapnya ada di keluaran --parquet"
    )
    write_parquet(batch, tmp_path)
    rows = pl.read_parquet(tmp_path / "kinerja.parquet").filter(pl.col("indikator").is_not_null())
    assert len(rows) == 26
    assert {"kode", "opd", "jalur", "lembar", "sel"} <= set(rows.columns)


# -- accidents ----------------------------------------------------------------------------------------------------


def test_a_batch_without_any_readable_file_has_a_result(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(b"x")
    batch = _batch(folder, registry=[Opd("1", "Satu")], year=2023)
    path = tmp_path / "k.xlsx"
    write_workbook(batch, totals(batch), path, tmp_path, day=DAY)
    write_parquet(batch, tmp_path)
    assert [row[4].value for row in openpyxl.load_workbook(path)["Kiriman"].iter_rows(min_row=5)] == [
        "tidak terbaca",
        "belum mengirim",
    ]


def test_what_changed_while_it_was_read_is_not_kept(tmp_path: Path) -> None:
    from lkjip_xl.consolidation.chunk import Task, read_chunk

    path = _write(tmp_path, "a", _submission("1"))
    other = tmp_path / "hilang.xlsx"
    files = ((str(path), "0" * 32), (str(other), "1" * 32))
    name, digests = read_chunk(files, Task(None, tmp_path))
    assert (name, digests) == ("", [])


@pytest.mark.parametrize("part", ["keuangan", "temuan", "angka"])
def test_any_damaged_part_of_a_chunk_is_noticed(tmp_path: Path, part: str) -> None:
    folder = tmp_path / "kiriman"
    _write(folder, "a", _submission("1"))
    first = totals(_batch(folder)).all_
    (chunk,) = filter(is_chunk, Store(tmp_path / "simpanan", TEMPLATE).folder.iterdir())
    damaged = chunk / f"{part}.parquet"
    damaged.write_bytes(damaged.read_bytes()[:-9])
    batch = _batch(folder)
    assert totals(batch).all_ == first
    write_workbook(batch, totals(batch), tmp_path / "k.xlsx", tmp_path, day=DAY)


def test_a_file_that_breaks_the_rules_engine_costs_itself_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lkjip_xl import pipeline

    folder = tmp_path / "kiriman"
    for n in range(3):
        _write(folder, f"{n}", _submission(f"{n}", seed=n))
    original = pipeline.checked_all

    def breaks(results: Any, workbooks: Any) -> Any:
        if any(each.path.name == "1.xlsx" for each in workbooks):
            raise ZeroDivisionError
        return original(results, workbooks)

    monkeypatch.setattr(pipeline, "checked_all", breaks)
    batch = _batch(folder)
    assert _statuses(batch) == {"0.xlsx": "diterima", "1.xlsx": "tidak terbaca", "2.xlsx": "diterima"}
    assert batch.chosen.sent[1].why == (
        "susunan berkas ini tidak dapat diolah (ZeroDivisionError); buka di Excel lalu simpan ulang"
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_odd_names_are_shown_and_not_linked(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    odd = [b"\x1b[31mmerah.xlsx", b"a\xff.xlsx", b"baris\nbaru.xlsx"]
    for n, name in enumerate(odd):
        path = _write(folder, "asal", _submission(f"{n}", seed=n))
        os.rename(os.fsencode(path), os.path.join(os.fsencode(folder), name))  # noqa: PTH104, PTH118 - bytes
    batch = _batch(folder)
    path = tmp_path / "k.xlsx"
    write_workbook(batch, totals(batch), path, tmp_path, day=DAY)
    write_parquet(batch, tmp_path)
    json.dumps(as_json(batch, totals(batch))).encode()
    sheet = openpyxl.load_workbook(path)["Kiriman"]
    shown = {row[0].value: row[0].hyperlink for row in sheet.iter_rows(min_row=5)}
    assert shown == dict.fromkeys(["�[31mmerah.xlsx", "a�.xlsx", "baris�baru.xlsx"])


def test_copies_keep_their_own_names(written: tuple[Batch, Path]) -> None:
    sheet = openpyxl.load_workbook(written[1])["Kiriman"]
    rows = {row[0].value: row[4].value for row in sheet.iter_rows(min_row=5) if row[0].value}
    assert rows["1.06-dinas-sosial.xlsx"] == "diterima"
    assert rows["1.06-dinas-sosial (1).xlsx"] == "berkas sama"


def test_the_newest_of_equal_files_counts_as_new(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    first = _write(folder, "a", _submission("1", seed=1), 1_000)
    _write(folder, "b", _submission("1", seed=2), 2_000)
    again = folder / "a (1).xlsx"
    again.write_bytes(first.read_bytes())
    os.utime(again, (3_000, 3_000))
    assert _statuses(_batch(folder)) == {
        "a.xlsx": "diterima",
        "a (1).xlsx": "berkas sama",
        "b.xlsx": "digantikan",
    }


def test_programs_consolidate_in_one_call(tmp_path: Path) -> None:
    output, rows = tmp_path / "k.xlsx", tmp_path / "baris"
    told: list[tuple[int, int]] = []

    def call(options: Options | None = None) -> Consolidated:
        registry, progress = REGENCY / "opd.csv", lambda done, all_: told.append((done, all_))
        return consolidate(
            Inputs([REGENCY], registry), Outputs(output, rows), options=options, force=True, progress=progress
        )

    result = call(Options(tmp_path / "simpanan", jobs=1))
    assert (result.status, len(result.batch.chosen.counted)) == (Status.GALAT, 10)
    assert result.figures.all_["capaian"] == 97.35
    assert (told[0], told[-1]) == ((0, 13), (13, 13))
    assert {path.suffix for path in rows.iterdir()} == {".parquet"}
    before = output.read_bytes()
    (rows / "catatan.parquet").write_bytes(b"milik orang")
    with pytest.raises(OutputError, match="yang bukan hasil --parquet"):
        call()
    assert output.read_bytes() == before


@pytest.mark.parametrize(("present", "status"), [("a", "bersih"), ("ab", "galat"), ("abc", "tidak terbaca")])
def test_the_gravest_state_of_a_file_is_that_of_the_batch(tmp_path: Path, present: str, status: str) -> None:
    folder = tmp_path / "kiriman"
    _write(folder, "a", _submission("1", seed=1))
    if "b" in present:
        _write(folder, "b", _submission("2", seed=2, faulty=True))
    if "c" in present:
        (folder / "c.xlsx").write_bytes(b"x")
    result = consolidate(
        Inputs([folder]), Outputs(tmp_path / "k.xlsx"), options=Options(tmp_path / "simpanan", jobs=1)
    )
    assert result.status == status


def test_findings_of_files_stand_among_the_findings_galat_first(written: tuple[Batch, Path]) -> None:
    sheet = openpyxl.load_workbook(written[1])["Temuan"]
    rows = [(row[2].value, row[10].value) for row in sheet.iter_rows(min_row=5)]
    assert [severity for severity, _ in rows] == sorted(
        (severity for severity, _ in rows), key=["galat", "peringatan", "catatan"].index
    )
    assert next(rule for severity, rule in rows if severity == "galat") == "tahun-lain"
    assert [rule for severity, rule in rows if severity == "peringatan"][:3] == [
        "belum-mengirim",
        "belum-mengirim",
        "kiriman-ganda",
    ]
