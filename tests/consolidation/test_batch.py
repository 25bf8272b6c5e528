"""A batch that nothing stops: what is no workbook, what breaks, and what is left of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lkjip_xl.base.errors import OutputError
from lkjip_xl.base.findings import Status
from lkjip_xl.consolidation.batch import Options
from lkjip_xl.consolidation.parquet import write_parquet
from lkjip_xl.consolidation.registry import Opd
from lkjip_xl.consolidation.report import as_json
from lkjip_xl.consolidation.run import Consolidated, Inputs, Outputs, consolidate
from lkjip_xl.consolidation.totals import totals
from lkjip_xl.consolidation.workbook import write_workbook
from regents import DAY
from sent import TEMPLATE, outcomes_of, read_all, send, submission_of
from support import REGENCY

pytestmark = pytest.mark.usefixtures("one_process_here")


def test_files_that_are_none_are_rows(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    send(folder, "a", submission_of("1"))
    (folder / "kosong.xlsx").write_bytes(b"")
    (folder / "teks.xlsx").write_text("a;b", encoding="utf-8")
    openpyxl.Workbook().save(folder / "asing.xlsx")
    (folder / "~$a.xlsx").write_bytes(b"kunci")
    (folder / ".tersembunyi.xlsx").write_bytes(b"x")
    batch = read_all(folder)
    assert outcomes_of(batch) == {
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
    send(folder, "a", submission_of("1"))
    batch = read_all(folder)
    write_workbook(batch, totals(batch), folder / "hasil.xlsx", folder, day=DAY)
    batch = read_all(folder)
    assert outcomes_of(batch) == {"a.xlsx": "diterima"}
    assert batch.chosen.outputs == 1


def test_an_overwritten_formula_is_found_in_a_batch_too() -> None:
    from lkjip_xl.pipeline import validate

    files = sorted(REGENCY.glob("[0-9]*.xlsx"))
    checked, _ = validate(files, TEMPLATE)
    found = {each.path.name: [f.rule for f in each.findings] for each in checked}
    assert found["2.23-dinas-perpustakaan-dan-kearsipan.xlsx"] == ["rumus-ditimpa", "ket-efisien"]
    assert sum("rumus-ditimpa" in rules for rules in found.values()) == 1


@pytest.mark.long
def test_processes_and_cluster_give_the_same(tmp_path: Path) -> None:
    import distributed

    folder = tmp_path / "kiriman"
    for n in range(6):
        send(folder, f"{n}", submission_of(f"{n}", seed=n, faulty=n == 3))
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
            batch = read_all(folder, cache=tmp_path / name, **options)
            written = tmp_path / f"{name}.xlsx"
            write_workbook(batch, totals(batch), written, tmp_path, day=DAY)
            results[name] = (json.dumps(as_json(batch, totals(batch)), sort_keys=True), written.read_bytes())
    assert all(result == results["satu"] for result in results.values())


def test_a_batch_without_any_readable_file_has_a_result(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(b"x")
    batch = read_all(folder, registry=[Opd("1", "Satu")], year=2023)
    path = tmp_path / "k.xlsx"
    write_workbook(batch, totals(batch), path, tmp_path, day=DAY)
    write_parquet(batch, tmp_path)
    assert [row[4].value for row in openpyxl.load_workbook(path)["Kiriman"].iter_rows(min_row=5)] == [
        "tidak terbaca",
        "belum mengirim",
    ]


def test_a_file_that_breaks_the_rules_engine_costs_itself_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lkjip_xl import pipeline

    folder = tmp_path / "kiriman"
    for n in range(3):
        send(folder, f"{n}", submission_of(f"{n}", seed=n))
    original = pipeline.checked_all

    def breaks(results: Any, workbooks: Any) -> Any:
        if any(each.path.name == "1.xlsx" for each in workbooks):
            raise ZeroDivisionError
        return original(results, workbooks)

    monkeypatch.setattr(pipeline, "checked_all", breaks)
    batch = read_all(folder)
    assert outcomes_of(batch) == {"0.xlsx": "diterima", "1.xlsx": "tidak terbaca", "2.xlsx": "diterima"}
    assert batch.chosen.sent[1].why == (
        "susunan berkas ini tidak dapat diolah (ZeroDivisionError); buka di Excel lalu simpan ulang"
    )


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


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("present", "status"), [("a", "bersih"), ("ab", "galat"), ("abc", "tidak terbaca")])
def test_the_gravest_state_of_a_file_is_that_of_the_batch(tmp_path: Path, present: str, status: str) -> None:
    folder = tmp_path / "kiriman"
    send(folder, "a", submission_of("1", seed=1))
    if "b" in present:
        send(folder, "b", submission_of("2", seed=2, faulty=True))
    if "c" in present:
        (folder / "c.xlsx").write_bytes(b"x")
    result = consolidate(
        Inputs([folder]), Outputs(tmp_path / "k.xlsx"), options=Options(tmp_path / "simpanan", jobs=1)
    )
    assert result.status == status
