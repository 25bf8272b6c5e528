"""Halves are rounded away from zero on the figures as they are typed, by polars and LibreOffice alike; cents are never lost."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest

from lkjip_xl.compute.results import SheetValues, cells, compute
from lkjip_xl.form.layout import lay_out
from lkjip_xl.form.submission import Cells, Submission, stack
from lkjip_xl.formula.frames import rounded
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.write.render import render
from support import Office, grid, tiny

TABLE = """
rows = {rows}
columns = [
  {{key = "a", label = "A", type = "number"}},
  {{key = "b", label = "B", type = "number"}},
  {{key = "s", label = "S", type = "text"}},
  {{key = "f", label = "F", type = "number", formula = '{first}'}},
  {{key = "g", label = "G", type = "number", formula = '{second}'}},
]
"""
HALF = Decimal("0.005")
SIZES: dict[str, list[tuple[float, float]]] = {  # of capaian, from and to; each as often as another
    "naik": [(0.005, 10), (10, 100), (100, 200), (200, 1000), (1000, 10_000), (10_000, 1_000_000)],
    "turun": [(0.005, 10), (10, 100), (100, 200), (-10, 0), (-100, -1), (-1000, -100), (190, 199.99)],
}


class Tie(NamedTuple):
    """A target and a realisasi whose capaian ends exactly on half of a hundredth, and what that is rounded to."""

    target: float
    realisasi: float
    arah: str
    capaian: float


def ties(number: int, seed: int) -> list[Tie]:
    """Return ties of capaian of all sizes, on targets from 0.1 to 10^10; both figures have four decimals at most."""
    rng = random.Random(seed)  # noqa: S311 - figures, not secrets
    found: list[Tie] = []
    while len(found) < number:
        arah = rng.choice(["naik", "turun"])
        exact = Decimal(int(rng.uniform(*rng.choice(SIZES[arah])) * 100)) / 100 + HALF
        share = exact / 100 if arah == "naik" else 2 - exact / 100  # of the target
        decimals = rng.randint(0, 4)
        step = Decimal(rng.choice([2, 20, 200, 2000])).scaleb(-decimals)
        target = step * max(1, round(10 ** rng.uniform(-1, 10) / float(step)))
        realisasi = target * share
        if all(
            round(each, 4) == each and len(each.normalize().as_tuple().digits) <= 15
            for each in (target, realisasi)
        ):
            capaian = float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
            found.append(Tie(float(target), float(realisasi), arah, capaian))
    return found


TYPED = [
    Tie(920, 1801.13, "turun", 4.23),  # exactly 4.225
    Tie(920, 1801.1301, "turun", 4.22),  # a little less
    Tie(920, 1801.1299, "turun", 4.23),
    Tie(920, 1878.87, "turun", -4.23),
    Tie(800, 1.0, "naik", 0.13),  # exactly 0.125
    Tie(800, 0.9999, "naik", 0.12),
]


def _computed(
    folder: Path, rows: Sequence[tuple[float, float, str]], first: str, second: str
) -> tuple[Template, Submission]:
    template = tiny(folder, t=TABLE.format(rows=len(rows), first=first, second=second))
    typed: Cells = {
        ("t", n): {("a", None): a, ("b", None): b, ("s", None): s}
        for n, (a, b, s) in enumerate(rows, start=1)
    }
    return template, Submission(Setup(2023, (2019, 2023), rows={"t": len(rows)}), {"t": typed})


def _by_polars(template: Template, submission: Submission) -> SheetValues:
    return cells(compute(template, stack(template, [submission])), 0)["t"]


def _by_libreoffice(
    template: Template, submission: Submission, column: str, folder: Path, office: Office
) -> list[float]:
    path = folder / "isian.xlsx"
    path.write_bytes(render(template, submission))
    found = grid(office.saved(path, folder / "kantor"))
    place = lay_out(template, submission.setup).placements["t"]
    return [found[place.sheet, row + 1, line + 1] for row, line in place.positions((column, None))]


def _wrong(expected: list[Tie], found: list[float]) -> list[tuple[Tie, float]]:
    return [(tie, value) for tie, value in zip(expected, found, strict=True) if value != tie.capaian]


def test_ties_by_polars(tmp_path: Path) -> None:
    expected = [*TYPED, *ties(4000, seed=1)]
    template, submission = _computed(tmp_path / "t", [each[:3] for each in expected], "CAPAIAN(a, b, s)", "a")
    found = [float(row["f", None]) for row in _by_polars(template, submission).values()]
    assert _wrong(expected, found) == []


@pytest.mark.office
def test_ties_by_libreoffice(tmp_path: Path, office: Office) -> None:
    expected = [*TYPED, *ties(1500, seed=2)]
    template, submission = _computed(tmp_path / "t", [each[:3] for each in expected], "CAPAIAN(a, b, s)", "a")
    assert _wrong(expected, _by_libreoffice(template, submission, "f", tmp_path, office)) == []


# a, b; a - b * 1 stands in a cell of its own, of which the last cell shows what is left without b. 15 digits end before
# the cents of 10^13; below they end the dust.
GREAT = [
    (12345678901234.75, 12345678901234, 0.75),
    (12345678901234.25, 12345678901234, 0.25),
    (-12345678901234.75, -12345678901234, -0.75),
    (35000000000000.5, 35000000000000, 0.5),
    (35186395813084.91, 35186395813084, 0.90625),  # as near as a number of 64 bits comes
    (1234567890123.25, 1234567890123, 0.25),
]


@pytest.mark.parametrize("first", ["a * 1", "ROUND(a, 2)", "ROUND(a / 1, 2)"])
def test_cents_above_ten_to_the_thirteenth_by_polars(first: str, tmp_path: Path) -> None:
    rows = [(a, b, "s") for a, b, _ in GREAT]
    found = _by_polars(*_computed(tmp_path / "t", rows, first, "f - b"))
    assert [row["f", None] for row in found.values()] == [a for a, _, _ in GREAT]
    assert [row["g", None] for row in found.values()] == [left for _, _, left in GREAT]


@pytest.mark.office
@pytest.mark.parametrize("first", ["a * 1", "ROUND(a, 2)"])
def test_cents_above_ten_to_the_thirteenth_by_libreoffice(first: str, tmp_path: Path, office: Office) -> None:
    rows = [(a, b, "s") for a, b, _ in GREAT]
    template, submission = _computed(tmp_path / "t", rows, first, "f - b")
    assert _by_libreoffice(template, submission, "g", tmp_path, office) == [left for _, _, left in GREAT]


def test_dust_is_no_digit(tmp_path: Path) -> None:
    found = _by_polars(*_computed(tmp_path / "t", [(0.1, 0.2, "s")], "a + b", "a * 3"))
    assert found["t", 1]["f", None] == found["t", 1]["g", None] == 0.3


@pytest.mark.parametrize(
    ("value", "digits", "expected"), [(1e300, 2, 1e300), (-1e300, 0, -1e300), (2.0**52 + 1, 0, 2.0**52 + 1)]
)
def test_what_has_no_decimals_stays(value: float, digits: int, expected: float) -> None:
    assert pl.select(rounded(pl.lit(value), digits)).item() == expected
