"""Mutates workbooks for a given time and lists each new way in which guard or reader fail, with the file that shows it."""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter
from multiprocessing.pool import ThreadPool
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "harness"))

from fuzz import Failure, run_case, small_workbook
from isolated import POSSIBLE, Isolated
from lkjip_xl.form.json_data import load_data
from lkjip_xl.template.load import load_template
from lkjip_xl.write.render import render
from support import SAMPLE

_SHEETS = (
    ("Identitas", "1.1 Pegawai", "_lkjip"),
    ("Identitas", "3.1 Kinerja", "IKK", "_lkjip"),
    ("Tindak Lanjut", "Identitas"),
)


def main() -> int:
    """Fuzz for so many seconds; return 1 where anything failed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--seed", type=int, default=None, help="begin here, to see the same cases again")
    arguments.add_argument("--jobs", type=int, default=2)
    given = arguments.parse_args()
    if not POSSIBLE:
        print("fuzzing forks processes and measures them, which works on Linux only")
        return 2
    template = load_template()
    whole = render(template, load_data(SAMPLE, template))
    corpus = [whole, *(small_workbook(whole, sheets) for sheets in _SHEETS)]
    first = random.SystemRandom().randrange(2**32) if given.seed is None else given.seed
    folder = Path(tempfile.mkdtemp(prefix="lkjip-fuzz-"))
    print(f"seed {first}; failing files go to {folder}", flush=True)
    until = time.monotonic() + given.seconds
    seen: Counter[str] = Counter()

    def worker(number: int) -> int:
        cases = 0
        path = folder / f".{number}.xlsx"
        with Isolated() as isolated:
            while time.monotonic() < until:
                seed = first + number + cases * given.jobs
                raw = corpus[seed % 7 % len(corpus)]  # the whole workbook less often
                found = run_case(isolated, raw, seed, path)
                cases += 1
                if found is not None:
                    _note(found, path, folder, seen)
        path.unlink(missing_ok=True)
        return cases

    with ThreadPool(given.jobs) as pool:
        cases = sum(pool.map(worker, range(given.jobs)))
    print(
        f"{cases} cases, {cases / given.seconds:.0f} a second, {sum(seen.values())} failed in {len(seen)} ways"
    )
    for what, number in seen.most_common():
        print(f"{number:6} {what}")
    return int(bool(seen))


def _note(found: Failure, path: Path, folder: Path, seen: Counter[str]) -> None:
    """Count a failure; print it, and keep its file, where it is a new one."""
    kind = re.sub(r"[0-9.]+", "#", re.sub(r"'[^']*'", "'…'", found.what))
    seen[kind] += 1
    if seen[kind] == 1:
        kept = folder / f"{found.seed}.xlsx"
        kept.write_bytes(path.read_bytes())
        print(f"seed {found.seed}: {found.what} ({kept})", flush=True)


if __name__ == "__main__":
    sys.exit(main())
