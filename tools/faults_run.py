"""Kills server, readers and database of a portal at random moments of uploads, and looks at what is left.

python tools/faults_run.py [--seed N] [--moments N]

Prints the seed, and of each moment when it was, what the senders were answered, and what does not hold afterwards.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "harness"))

import faults
from postgres import cluster
from workbooks import copies


def main() -> int:
    """Go through all moments; return 1 where something did not hold."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seed", type=int, default=None, help="the moments of an earlier run")
    arguments.add_argument("--moments", type=int, default=20)
    given = arguments.parse_args()
    seed = random.SystemRandom().randrange(2**32) if given.seed is None else given.seed
    print(f"seed {seed}", flush=True)
    rng = random.Random(seed)  # noqa: S311 - moments, not secrets
    on_file = ["server", "reader"] * given.moments
    on_server = ["server", "database", "reader"] * given.moments
    half = given.moments * 2 // 5
    wrong = 0
    with tempfile.TemporaryDirectory() as name, cluster() as postgres:
        for what, victims, server in (
            ("SQLite", on_file[:half], None),
            ("PostgreSQL", on_server[: given.moments - half], postgres),
        ):
            books = copies((len(victims) + 1) * faults.SENDERS)
            with faults.site(Path(name) / what, len(victims), books, server) as at:
                took = f"answered after {at.answered:.2f} s, read after {at.read:.2f} s"
                print(f"{what}: an upload is {took}", flush=True)
                wrong += sum(map(len, _moments(at, victims, rng)))
    print(f"{given.moments} moments, {wrong} things wrong")
    return int(bool(wrong))


def _moments(at: faults.Site, victims: Sequence[str], rng: random.Random) -> Iterator[list[str]]:
    for victim in victims:
        when, answers, found = faults.moment(at, victim, rng)
        print(
            f"  {victim:<9}{when * 1000:6.0f} ms   {', '.join(answers):<45} {'; '.join(found) or 'consistent'}",
            flush=True,
        )
        yield found


if __name__ == "__main__":
    sys.exit(main())
