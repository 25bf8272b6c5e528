"""Wall times side by side, in one run: medians and ratios, not verdicts.

python tools/bench.py [OPDS]     1,000 workbooks unless told otherwise
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from workbooks import make_workbooks

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "dpmd-banyuasin-2023.xlsx"
RUNS = 9
BATCH_RUNS = 3
PROCESSES = str(min(2, os.cpu_count() or 1))
# pandera imports hypothesis where it finds it; users do not have it, so neither side may.
AS_INSTALLED = "import sys; sys.modules['hypothesis'] = None"
RUN = f"{AS_INSTALLED}; from lkjip_xl.cli.app import run; run()"


def main() -> None:
    """Print all comparisons."""
    _validate()
    _template()
    _reading()
    _consolidate(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)


def _validate() -> None:
    """Time ``validate`` of the sample beside a bare import of the libraries that it needs."""
    imports = [sys.executable, "-c", f"{AS_INSTALLED}; import polars, pandera.polars, python_calamine"]
    validate = [sys.executable, "-c", RUN, "validate", str(SAMPLE)]
    bare, whole = _alternating(RUNS, [lambda: _run(imports), lambda: _run(validate)])
    print(f"import polars, pandera.polars, python_calamine   {bare * 1000:7.0f} ms")
    print(f"lkjip-xl validate {SAMPLE.name}      {whole * 1000:7.0f} ms   {whole / bare:.2f} ×\n", flush=True)


def _template() -> None:
    """Time the blank workbooks of 50 OPD beside bare xlsxwriter writing the same cells."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [f"{n:02};Dinas {n};idm" for n in range(50)]
        registry = folder / "opd.csv"
        registry.write_text("kode;nama;modul\n" + "\n".join(lines) + "\n", encoding="utf-8")
        options = ["template", "--registry", registry, "--tahun", "2024", "-o", folder / "kosong", "--force"]
        command = [sys.executable, "-c", RUN, *map(str, options)]
        _run(command)
        cells = _cells(folder / "kosong" / "00-2024.xlsx")
        tasks: list[Callable[[], None]] = [lambda: _run(command), lambda: _write_bare(cells, folder, 5)]
        all_ours, all_bare = _alternating(BATCH_RUNS, tasks, warm=False)
    ours, bare, number = all_ours / 50, all_bare / 5, sum(map(len, cells.values()))
    print(f"template --registry, a workbook of 50            {ours * 1000:7.0f} ms   {ours / bare:.2f} ×")
    print(f"bare xlsxwriter, the same {number:,} cells            {bare * 1000:7.0f} ms\n", flush=True)


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


def _consolidate(number: int) -> None:
    """Time ``consolidate`` beside what others would write, with the same number of processes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_workbooks(folder / "banyak", number)
        few = folder / "sedikit"
        few.mkdir()
        some = min(number, 100)
        for path in sorted((folder / "banyak").iterdir())[:some]:
            os.link(path, few / path.name)
        runs = iter(range(10**6))

        def ours() -> None:
            options = ["--jobs", PROCESSES, "--cache", str(folder / f"simpanan{next(runs)}"), "--force"]
            outputs = ["-o", str(folder / "k.xlsx"), "--parquet", str(folder / "parquet")]
            _run([sys.executable, "-c", RUN, "consolidate", str(folder / "banyak"), *options, *outputs])

        def peer(kind: str, where: Path) -> Callable[[], None]:
            script = [sys.executable, str(ROOT / "tools" / "peers.py"), kind, str(where), PROCESSES]
            return lambda: _run([*script, str(folder / "p.xlsx")])

        mine, floor, pandas, openpyxl = _alternating(
            BATCH_RUNS,
            [ours, peer("lantai", folder / "banyak"), peer("pandas", few), peer("openpyxl", few)],
            warm=False,
        )
        last = f"simpanan{next(runs) - 1}"
        options = [
            "--jobs",
            PROCESSES,
            "--cache",
            str(folder / last),
            "--force",
            "-o",
            str(folder / "k.xlsx"),
        ]
        again = [sys.executable, "-c", RUN, "consolidate", str(folder / "banyak"), *options]
        (rerun,) = _alternating(BATCH_RUNS, [lambda: _run(again)])
    each = mine / number
    print(f"{number} buku kerja, {PROCESSES} proses, per buku kerja:")
    rows = [
        ("lkjip-xl consolidate", each, ""),
        ("  again, nothing changed", rerun / number, f"{rerun / mine:.1%} of the first"),
        ("floor: python-calamine, every sheet", floor / number, f"consolidate takes {mine / floor:.2f} ×"),
        (
            "peer B: pandas + calamine + pandera",
            pandas / some,
            f"consolidate is {pandas / some / each:.1f} × as fast",
        ),
        (
            "peer A: openpyxl + pandas + pandera",
            openpyxl / some,
            f"consolidate is {openpyxl / some / each:.1f} × as fast",
        ),
    ]
    for label, seconds, note in rows:
        print(f"  {label:<38} {seconds * 1000:8.1f} ms   {note}")


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, capture_output=True, check=False)


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
