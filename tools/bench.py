"""Wall times side by side, in one run: medians and ratios, not verdicts.

python tools/bench.py [OPDS] [--before PYTHON]

1,000 workbooks unless told otherwise; PYTHON is the interpreter of another environment with an earlier version, which takes
its turns beside this one.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench_portal import portal
from workbooks import make_large, make_workbooks

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "dpmd-banyuasin-2023.xlsx"
RUNS = 9
BATCH_RUNS = 3
OUTSIDE = tempfile.gettempdir()  # where no version is found but the installed one
RENDER = """
import time
from pathlib import Path
from lkjip_xl.template.load import load_template
try:
    from lkjip_xl.form.json_data import load_data
    from lkjip_xl.write.render import render
except ImportError:  # before the folders
    from lkjip_xl.data import load_data
    from lkjip_xl.render import render
template = load_template()
data = load_data(Path({!r}), template)
render(template, data)
begin = time.process_time()
for _ in range(20):
    render(template, data)
print((time.process_time() - begin) / 20)
"""
MAKE = """
import sys
from pathlib import Path
import lkjip_xl
sys.path.insert(0, str(Path(lkjip_xl.__file__).parents[1] / "tools"))
from workbooks import make_workbooks
make_workbooks(Path({!r}), {})
"""
REPORT = """
import time
from pathlib import Path
from lkjip_xl.report.docx.report import Asked, report_of
from lkjip_xl.template.load import load_template
template = load_template()
report_of(Path({0!r}), template, Asked(pages=False))
begin = time.process_time()
for _ in range(3):
    report_of(Path({0!r}), template, Asked(pages=False))
print((time.process_time() - begin) / 3)
"""
AIM = "aim: 3 s, 300 MB"  # of a whole report without the pass of LibreOffice, which takes what it takes
PROCESSES = str(min(2, os.cpu_count() or 1))
# pandera imports hypothesis and pandas where it finds them; users of ours do not have them, so our side may not.
ABSENT = ("hypothesis", "pandas")


def main() -> None:
    """Print all comparisons."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=1000)
    parser.add_argument("--before", help="interpreter of an environment with an earlier version")
    chosen = parser.parse_args()
    versions = {"now": sys.executable, **({"before": chosen.before} if chosen.before else {})}
    with tempfile.TemporaryDirectory() as name:
        for library in ABSENT:
            missing = f"raise ModuleNotFoundError(\"No module named '{library}'\")"
            (Path(name) / f"{library}.py").write_text(missing, encoding="utf-8")
        os.environ["PYTHONPATH"] = name
        _validate(versions)
        _rendering(versions)
        _template(versions)
        _report()
        del os.environ["PYTHONPATH"]
        _reading()
        _consolidate(chosen.number, versions, Path(name))
    portal()


def _command(python: str, *arguments: str | Path) -> list[str]:
    return [python, "-m", "lkjip_xl", *map(str, arguments)]


def _compared(beside: float, times: Mapping[str, float], number: int = 1) -> None:
    """Print the time of each version in milliseconds, and how often it takes the time that it is beside."""
    for version, seconds in times.items():
        print(f"  {version:<8}{seconds / number * 1000:8.1f} ms   {seconds / beside:.2f} ×")
    if "before" in times:
        print(f"  now is {times['before'] / times['now']:.2f} × as fast as before")
    print(flush=True)


def _validate(versions: Mapping[str, str]) -> None:
    """Time ``validate`` of the sample beside a bare import of the libraries that it needs."""
    imports = [sys.executable, "-c", "import polars, pandera.polars"]
    tasks = [_runs(imports), *(_runs(_command(each, "validate", SAMPLE)) for each in versions.values())]
    bare, *times = _alternating(RUNS, tasks)
    print(f"import polars, pandera.polars    {bare * 1000:8.1f} ms\nlkjip-xl validate {SAMPLE.name}")
    _compared(bare, dict(zip(versions, times, strict=True)))


def _rendering(versions: Mapping[str, str]) -> None:
    """Time rendering the sample twenty times in one process, without its start."""
    times: dict[str, list[float]] = {version: [] for version in versions}
    script = RENDER.format(str(SAMPLE.with_suffix(".json")))
    for _ in range(BATCH_RUNS):
        for version, python in versions.items():
            told = subprocess.run(
                [python, "-c", script], capture_output=True, check=True, text=True, cwd=OUTSIDE
            )
            times[version].append(float(told.stdout))
    print("rendering the sample (CPU)")
    medians = {version: statistics.median(each) for version, each in times.items()}
    _compared(medians["now"], medians)


def _template(versions: Mapping[str, str]) -> None:
    """Time the blank workbooks of 50 OPD beside bare xlsxwriter writing the same cells."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [f"{n:02};Dinas {n};idm" for n in range(50)]
        registry = folder / "opd.csv"
        registry.write_text("kode;nama;modul\n" + "\n".join(lines) + "\n", encoding="utf-8")
        options: list[str | Path] = [
            "template",
            "--registry",
            registry,
            "--tahun",
            "2024",
            "-o",
            folder / "kosong",
            "--force",
        ]
        commands = [_command(each, *options) for each in versions.values()]
        _run(commands[0])
        cells = _cells(folder / "kosong" / "00-2024.xlsx")
        bare, *times = _alternating(
            BATCH_RUNS, [lambda: _write_bare(cells, folder, 5), *map(_runs, commands)], warm=False
        )
    print(f"bare xlsxwriter, {sum(map(len, cells.values())):,} cells       {bare / 5 * 1000:8.1f} ms")
    print("template --registry, a workbook of 50, with the same cells")
    _compared(bare * 10, dict(zip(versions, times, strict=True)), 50)


def _report() -> None:
    """Time the report in Word of 30 indikator and 250 budget rows: as a whole process, with its memory, and without its start."""
    with tempfile.TemporaryDirectory() as name:
        book, target = Path(name) / "isian.xlsx", Path(name) / "laporan.docx"
        make_large(book)
        command = _command(sys.executable, "report", book, "-o", target, "--no-pages", "--force")
        times, most = [], 0
        for _ in range(BATCH_RUNS):
            start = time.perf_counter()
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=OUTSIDE)
            used = os.wait4(process.pid, 0)[2]  # of this process alone, unlike what getrusage tells of all
            times.append(time.perf_counter() - start)
            most = max(most, used.ru_maxrss)
        script = [sys.executable, "-c", REPORT.format(str(book))]
        told = subprocess.run(script, capture_output=True, check=True, text=True, cwd=OUTSIDE)
    print(f"report --no-pages, 30 indikator, 250 budget rows ({AIM})")
    print(f"  whole process  {statistics.median(times) * 1000:8.1f} ms   {most / 1024:.0f} MB")
    print(f"  without start  {float(told.stdout) * 1000:8.1f} ms (CPU)\n", flush=True)


def _cells(path: Path) -> dict[str, list[tuple[int, int, Any]]]:
    import openpyxl

    book = openpyxl.load_workbook(path)
    return {
        sheet.title: [
            (cell.row - 1, cell.column - 1, cell.value) for row in sheet.iter_rows() for cell in row
        ]
        for sheet in book
    }


def _write_bare(sheets: dict[str, list[tuple[int, int, Any]]], folder: Path, number: int) -> None:
    import xlsxwriter

    for each in range(number):
        book = xlsxwriter.Workbook(str(folder / f"{each}.xlsx"))
        plain = book.add_format({"border": 1})
        for name, cells in sheets.items():
            sheet = book.add_worksheet(name)
            for row, column, value in cells:
                if isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(row, column, value, plain, "")
                else:
                    sheet.write(row, column, value, plain)
        book.close()


def _reading() -> None:
    """Time guard and reader together beside python-calamine alone, in one process."""
    from lkjip_xl.read.reader import read_workbook
    from lkjip_xl.template.load import load_template
    from peers import floor

    template = load_template()
    with tempfile.TemporaryDirectory() as name:
        make_workbooks(Path(name), 40)
        paths = sorted(Path(name).iterdir())
        tasks: list[Callable[[], None]] = [
            lambda: _each(paths, lambda path: floor(str(path))),
            lambda: _each(paths, lambda path: read_workbook(path, template)),
        ]
        alone, whole = _alternating(RUNS, tasks)
    each = len(paths)
    print(f"python-calamine, every sheet of a workbook       {alone / each * 1000:7.1f} ms")
    print(
        f"guard and reader, values of all tables           {whole / each * 1000:7.1f} ms   {whole / alone:.2f} ×\n",
        flush=True,
    )


def _each(paths: Sequence[Path], task: Callable[[Path], object]) -> None:
    for path in paths:
        task(path)


def _consolidate(number: int, versions: Mapping[str, str], absent: Path) -> None:
    """Time ``consolidate`` beside what others would write, with the same number of processes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_workbooks(folder / "banyak", number)
        old = folder / "lama"  # the same contents, as the earlier version laid them out
        if "before" in versions:
            _run([versions["before"], "-c", MAKE.format(str(old), number)])
        few = folder / "sedikit"
        few.mkdir()
        some = min(number, 100)
        for path in sorted((folder / "banyak").iterdir())[:some]:
            os.link(path, few / path.name)
        runs = iter(range(10**6))
        ours = {**os.environ, "PYTHONPATH": str(absent)}

        def consolidate(python: str, *options: str | Path) -> None:
            outputs = ["-o", folder / "k.xlsx", "--jobs", PROCESSES, "--force", *options]
            own = old if python == versions.get("before") else folder / "banyak"
            _run(_command(python, "consolidate", own, *outputs), ours)

        def whole(python: str) -> Callable[[], None]:
            parquet = folder / f"parquet-{Path(python).parent.parent.parent.name}"
            return lambda: consolidate(
                python, "--cache", folder / f"simpanan{next(runs)}", "--parquet", parquet
            )

        def peer(kind: str, where: Path) -> Callable[[], None]:
            script = [sys.executable, str(ROOT / "tools" / "peers.py"), kind, str(where), PROCESSES]
            return _runs([*script, str(folder / "p.xlsx")])

        peers = [peer("lantai", folder / "banyak"), peer("pandas", few), peer("openpyxl", few)]
        peers += [peer("lantai", old if old.exists() else few)]
        floor, pandas, openpyxl, old_floor, *times = _alternating(
            BATCH_RUNS, [*peers, *map(whole, versions.values())], warm=False
        )
        sizes = {name: _size(where) for name, where in (("now", folder / "banyak"), ("before", old))}
        again = folder / "simpanan0"
        (rerun,) = _alternating(BATCH_RUNS, [lambda: consolidate(sys.executable, "--cache", again)])
    print(f"python-calamine, every sheet     {floor / number * 1000:8.1f} ms")
    print(f"consolidate, {number} workbooks, {PROCESSES} processes, a workbook")
    _compared(floor, dict(zip(versions, times, strict=True)), number)
    if "before" in versions:
        print(f"a workbook takes {sizes['now']:.0f} KB, before {sizes['before']:.0f} KB")
        print(f"python-calamine, the workbooks of before {old_floor / number * 1000:.1f} ms a workbook")
        print(f"consolidate now takes {times[0] / old_floor:.2f} × that")
    for label, seconds in (("pandas + calamine", pandas / some), ("openpyxl + pandas", openpyxl / some)):
        ratio = seconds / times[0] * number
        print(f"peer: {label} + pandera {seconds * 1000:8.1f} ms   consolidate is {ratio:.1f} × as fast")
    print(
        f"again, nothing changed           {rerun / number * 1000:8.1f} ms   {rerun / times[0]:.1%} of the first"
    )


def _size(folder: Path) -> float:
    """Return how many kilobytes the workbooks of a folder take on average; 0 without a folder."""
    sizes = [path.stat().st_size for path in folder.glob("*.xlsx")]
    return sum(sizes) / len(sizes) / 1000 if sizes else 0.0


def _runs(command: Sequence[str]) -> Callable[[], None]:
    return lambda: _run(command)


def _run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
    done = subprocess.run(command, capture_output=True, check=False, env=environment, cwd=OUTSIDE, text=True)
    if "Traceback" in done.stderr:  # what has found mistakes ends with 1, too
        raise SystemExit(done.stderr)


def _alternating(runs: int, tasks: Sequence[Callable[[], None]], *, warm: bool = True) -> list[float]:
    """Return the median wall time of each task; they take turns, so that a slow moment meets all of them."""
    times: list[list[float]] = [[] for _ in tasks]
    for turn in range(runs + warm):
        for place, task in enumerate(tasks):
            start = time.perf_counter()
            task()
            if turn or not warm:  # the first turn warms the caches
                times[place].append(time.perf_counter() - start)
    return [statistics.median(each) for each in times]


if __name__ == "__main__":
    main()
