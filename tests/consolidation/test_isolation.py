"""A file that ends, stops or fills the process that reads it costs itself only.

The faults are planted in the reading processes by a ``sitecustomize`` on their path: it looks at the names of the files
that are opened there. The product knows nothing of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lkjip_xl import pipeline
from lkjip_xl.base.files import find_workbooks
from lkjip_xl.consolidation import reader, readers
from lkjip_xl.consolidation.batch import Batch, Options, read_batch
from lkjip_xl.consolidation.chunk import FILLED
from lkjip_xl.consolidation.reader import DIED, STAYED, BatchError, parts
from lkjip_xl.consolidation.totals import totals
from lkjip_xl.template.load import load_template
from support import ROOT, here

REGENCY = ROOT / "samples" / "kabupaten-contoh"
TEMPLATE = load_template()
FAULTS = """
import ctypes, os, signal, sys, threading

def die(name):
    {
        "abort": os.abort,
        "bunuh": lambda: os.kill(os.getpid(), signal.SIGKILL),
        "macet": lambda: ctypes.PyDLL(None).sleep(1000),  # keeps the interpreter, as a library may
        "penuh": lambda: bytearray(3 << 30),
        "susun": later,
    }.get(name, lambda: None)()

def later():
    import lkjip_xl.pipeline as pipeline
    checked_all = pipeline.checked_all
    def checked(results, workbooks):
        if any(each.path.stem == "susun" for each in workbooks):
            os.abort()
        return checked_all(results, workbooks)
    pipeline.checked_all = checked

seen = set()

def opened(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".xlsx") and arguments[0] not in seen:
        seen.add(arguments[0])
        die(os.path.basename(arguments[0]).removesuffix(".xlsx").partition("-")[0])

if "from lkjip_xl.base.isolated import serve; serve()" in sys.orig_argv:
    sys.addaudithook(opened)
elif "--multiprocessing-fork" in sys.orig_argv:  # a worker of a cluster has a shorter clock
    Timer = threading.Timer
    threading.Timer = lambda seconds, *others: Timer(min(seconds, 2.5), *others)
"""


@pytest.fixture(autouse=True)
def _faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "gangguan"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(FAULTS, encoding="utf-8")
    path = os.pathsep.join([str(folder), str(ROOT), os.environ.get("PYTHONPATH", "")])
    monkeypatch.setenv("PYTHONPATH", path)
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setattr(reader, "FILE_SECONDS", 2.5)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six reports that can be read."""
    folder = tmp_path / "kiriman"
    folder.mkdir()
    for path in sorted(REGENCY.glob("[0-9]*.xlsx"))[-6:]:
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def _guilty(folder: Path, *names: str) -> None:
    """Put files among the others whose names do the harm; their contents are a report's, and differ."""
    source = next(REGENCY.glob("6.01-*.xlsx")).read_bytes()
    for number, name in enumerate(names, start=1):
        (folder / f"{name}.xlsx").write_bytes(source + b"\0" * number)


def _batch(folder: Path, cache: str = "simpanan", **options: Any) -> Batch:
    found = find_workbooks([folder])
    return read_batch(found, TEMPLATE, Options(folder.parent / cache, **{"jobs": 2, **options}))


def _refused(batch: Batch) -> dict[str, tuple[str, str]]:
    return {
        each.source.path.name: (each.outcome.value, each.why)
        for each in batch.chosen.sent
        if each.outcome.value == "tidak terbaca"
    }


def _same_figures(batch: Batch, folder: Path, *guilty: str) -> None:
    """Assert that a batch counts what it would without the guilty files."""
    for name in guilty:
        (folder / f"{name}.xlsx").unlink()
    without = _batch(folder, "lain", jobs=1)
    assert totals(batch).all_ == totals(without).all_
    assert [(each.code, each.outcome) for each in batch.chosen.agencies] == [
        (each.code, each.outcome) for each in without.chosen.agencies
    ]
    assert len(without.chosen.counted) == 6 - 1  # one of them is of another year


DEATHS = {"abort": DIED, "bunuh": DIED, "susun": DIED, "macet": STAYED, "penuh": FILLED}


@pytest.mark.skipif(os.name == "nt", reason="the faults are those of POSIX")
def test_files_that_end_stop_or_fill_their_process_cost_themselves_only(folder: Path) -> None:
    _guilty(folder, *DEATHS)
    batch = _batch(folder)
    assert _refused(batch) == {f"{name}.xlsx": ("tidak terbaca", reason) for name, reason in DEATHS.items()}
    _same_figures(batch, folder, *DEATHS)


def test_one_process_is_another_than_this_one(folder: Path) -> None:
    _guilty(folder, "abort")
    for path in folder.glob("[0-9]*"):
        path.unlink()
    assert _refused(_batch(folder, jobs=1)) == {"abort.xlsx": ("tidak terbaca", DIED)}


def test_what_ends_a_process_is_read_again_and_only_the_second_time_refused() -> None:
    """A file near the guilty one is not blamed."""
    files = tuple((f"{name}.xlsx", name * 32) for name in "abc")
    assert parts(files, None) == [(files, True)]
    assert parts(files, "b" * 32) == [((files[0], files[2]), False), ((files[1],), True)]
    assert parts(files, "") == [(files[:1], False), (files[1:], False)]
    assert parts(files[:1], "") == [(files[:1], True)]


def test_a_panic_is_no_exception_and_costs_its_file_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicException(BaseException):
        pass

    original = pipeline.checked_all

    def panics(results: Any, workbooks: Any) -> Any:
        if any(each.path.name.startswith("6.01") for each in workbooks):
            raise PanicException
        return original(results, workbooks)

    monkeypatch.setattr(pipeline, "checked_all", panics)
    monkeypatch.setattr(readers, "local_pool", here)
    reason = "susunan berkas ini tidak dapat diolah (PanicException); buka di Excel lalu simpan ulang"
    assert _refused(_batch(folder)) == {"6.01-inspektorat-daerah.xlsx": ("tidak terbaca", reason)}


def test_processes_that_cannot_begin_are_one_sentence(folder: Path) -> None:
    broken = folder.parent / "gangguan" / "sitecustomize.py"
    broken.write_text("import os, sys\nif 'serve()' in sys.orig_argv[-1]: os._exit(1)", encoding="utf-8")
    with pytest.raises(BatchError, match=r"^proses pembaca berhenti sebelum mulai"):
        _batch(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_readers_end_with_the_program_that_started_them(folder: Path) -> None:
    began = folder.parent / "mulai"
    began.mkdir()
    stay = f"open(f'{began}/{{os.getpid()}}', 'x'), time.sleep(1000), (os."
    faults = FAULTS.replace("die(os.", stay)
    (folder.parent / "gangguan" / "sitecustomize.py").write_text(f"import time\n{faults}", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "lkjip_xl",
        "consolidate",
        folder,
        "-o",
        folder / "k.xlsx",
        "--jobs",
        "2",
    ]
    with subprocess.Popen([*map(str, command)], stderr=subprocess.DEVNULL) as program:
        _until(lambda: len(list(began.iterdir())) == 2)
        readers = [path.name for path in began.iterdir()]
        program.kill()
    _until(lambda: not any(Path(f"/proc/{reader}").exists() for reader in readers))
    assert not (folder / "k.xlsx").exists()


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="the faults are those of POSIX")
def test_a_lost_worker_of_a_cluster_costs_its_file_only(folder: Path, tmp_path: Path) -> None:
    import distributed

    _guilty(folder, "abort", "macet")
    start: Any = distributed.LocalCluster
    cluster = start(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", local_directory=tmp_path
    )
    with cluster:
        batch = _batch(folder, cluster=cluster.scheduler_address)
    assert _refused(batch) == {
        "abort.xlsx": ("tidak terbaca", DIED),
        "macet.xlsx": ("tidak terbaca", STAYED),
    }
    _same_figures(batch, folder, "abort", "macet")
