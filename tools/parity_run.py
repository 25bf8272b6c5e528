"""Compares workbook and Python on many workbooks with random faults: computed values and findings, cell by cell, and counts.

betteroffice recalculates them all; LibreOffice every tenth, and each in which betteroffice and Python disagree. A cell of
which betteroffice alone says something else counts as wrong unless a quirk in ``tests/harness/engines.py`` explains it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "harness"))

from engines import Disagreement, Engine, betteroffice, explained, libreoffice
from lkjip_xl.base.a1 import a1
from lkjip_xl.report.docx.pages import find_office
from lkjip_xl.template.load import load_template
from parity import Compared, run
from support import Cell, Office, formulas

_BATCH = 5  # LibreOffice takes some seconds to start
_SAMPLE = 10
Found = dict[int, Compared]


def main(number: int) -> int:
    """Compare so many workbooks; return 1 where anything is wrong."""
    if find_office() is None:
        print("LibreOffice (soffice) tidak ada")
        return 2
    processes = ProcessPoolExecutor(os.cpu_count(), get_context("spawn"))
    with tempfile.TemporaryDirectory() as name, processes as pool:

        def judged(
            program: str, judge: Callable[[Sequence[int], Path], Found], seeds: Sequence[int]
        ) -> Found:
            began = time.monotonic()
            tasks = [
                pool.submit(judge, seeds[n : n + _BATCH], Path(name)) for n in range(0, len(seeds), _BATCH)
            ]
            found = {seed: each for task in tasks for seed, each in task.result().items()}
            _say(program, found, time.monotonic() - began)
            return found

        print(f"{'program':<14}{'buku kerja':>12}{'sel dibandingkan':>18}{'berbeda':>10}{'detik':>8}")
        all_ = judged("betteroffice", by_betteroffice, range(number))
        doubtful = [seed for seed, each in all_.items() if each.disagreements]
        sure = judged("LibreOffice", by_libreoffice, sorted({*range(0, number, _SAMPLE), *doubtful}))
        wrong = [("LibreOffice", seed, each) for seed, found in sure.items() for each in found.disagreements]
        for seed in doubtful:
            wrong += _unexplained(seed, all_[seed], sure[seed], Path(name))
    for program, seed, each in wrong:
        sheet, row, column = each.cell
        about = f" ({each.about})" if each.about else ""
        print(
            f"benih {seed}, {sheet}!{a1(row - 1, column - 1)}{about}: "
            f"Python {each.ours!r}, {program} {each.theirs!r}"
        )
    print(f"{len(wrong)} perbedaan yang tidak dikenal")
    return int(bool(wrong))


def by_betteroffice(seeds: Sequence[int], folder: Path) -> Found:
    """Compare some workbooks with what betteroffice computes."""
    return _compared(seeds, folder, betteroffice(folder / "betteroffice"))


def by_libreoffice(seeds: Sequence[int], folder: Path) -> Found:
    """Compare some workbooks with what LibreOffice computes."""
    program = find_office()
    assert program is not None  # noqa: S101 - see main
    home = folder / f"profil-{os.getpid()}"  # LibreOffice runs once a profile
    home.mkdir(exist_ok=True)
    return _compared(seeds, folder, libreoffice(Office(program, home), folder / "libreoffice"))


def _compared(seeds: Sequence[int], folder: Path, engine: Engine) -> Found:
    return dict(run(seeds, folder, load_template(), engine))


def _say(program: str, found: Found, seconds: float) -> None:
    cells = sum(each.cells for each in found.values())
    wrong = sum(len(each.disagreements) for each in found.values())
    print(f"{program:<14}{len(found):>12}{cells:>18}{wrong:>10}{seconds:>8.0f}", flush=True)


def _unexplained(
    seed: int, fast: Compared, sure: Compared, folder: Path
) -> list[tuple[str, int, Disagreement]]:
    """Return where betteroffice says something that no quirk explains; name and count those that one does."""
    shared = {each.cell for each in sure.disagreements}
    alone = [each for each in fast.disagreements if each.cell not in shared]
    names: dict[Cell, str] = explained(alone, formulas(folder / f"{seed}.xlsx"))
    for name, number in Counter(names.values()).items():
        print(f"benih {seed}: {number} sel berbeda menurut kebiasaan betteroffice: {name}")
    return [("betteroffice", seed, each) for each in alone if each.cell not in names]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
