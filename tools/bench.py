"""Wall times side by side, in one run: ratios, not verdicts."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "samples" / "dpmd-banyuasin-2023.xlsx"
RUNS = 15
# pandera imports hypothesis where it finds it; users do not have it, so neither side may.
AS_INSTALLED = "import sys; sys.modules['hypothesis'] = None"


def main() -> None:
    """Time ``validate`` of the sample beside a bare import of the libraries that it needs."""
    imports = [sys.executable, "-c", f"{AS_INSTALLED}; import polars, pandera.polars, python_calamine"]
    run = f"{AS_INSTALLED}; from lkjip_xl.cli import run; run()"
    validate = [sys.executable, "-c", run, "validate", str(SAMPLE)]
    bare, whole = _alternating(imports, validate)
    print(f"import polars, pandera.polars, python_calamine   {bare * 1000:7.0f} ms")
    print(f"lkjip-xl validate {SAMPLE.name}      {whole * 1000:7.0f} ms   {whole / bare:.2f} ×")


def _alternating(*commands: list[str]) -> list[float]:
    """Return the median wall time of each command; they take turns, so that a slow moment meets all of them."""
    times: list[list[float]] = [[] for _ in commands]
    for turn in range(RUNS + 1):
        for place, command in enumerate(commands):
            start = time.perf_counter()
            subprocess.run(command, capture_output=True, check=False)
            if turn:  # the first turn warms the caches
                times[place].append(time.perf_counter() - start)
    return [statistics.median(each) for each in times]


if __name__ == "__main__":
    main()
