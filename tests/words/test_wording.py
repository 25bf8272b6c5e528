"""Figures as Indonesian readers write them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_xl.formula.frames import rounded
from lkjip_xl.words import wording


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (wording.number(1234.5), "1.234,5"),
        (wording.number(0.1 + 0.2), "0,3"),
        (wording.number(2.675, 2), "2,68"),
        (wording.number(-1e12), "-1.000.000.000.000"),
        (wording.number(25.0), "25"),
        (wording.number(2e16), "20.000.000.000.000.000"),
        (wording.number(-1.2345678901234567e16), "-12.345.678.901.234.600"),
        (wording.number(1.5e15, 2), "1.500.000.000.000.000,00"),
        (wording.number(2.5e20), "2,5e+20"),
        (wording.rupiah(10716928854), "Rp 10.716.928.854,00"),
        (wording.percent(96.685), "96,69 %"),
        (wording.percent(96.69), "96,69 %"),
        (wording.date("2024-01-08"), "8 Januari 2024"),
        (wording.spelled(0), "nol"),
        (wording.spelled(1000), "seribu"),
        (wording.spelled(46), "empat puluh enam"),
        (wording.spelled(1_000_000), "satu juta"),
        (wording.spelled(12.5), "dua belas koma lima puluh"),
        (wording.spelled(3.05), "tiga koma nol lima"),
        (wording.counted(5), "5 (lima)"),
        (wording.shown(None), ""),
        (wording.shown("teks"), "teks"),
    ],
)
def test_says(shown: str, expected: str) -> None:
    assert shown == expected


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False), st.integers(0, 3))
def test_rounding_is_half_away_from_zero_as_written(number: Decimal, digits: int) -> None:
    frame = pl.DataFrame({"x": [float(number)]}).select(rounded(pl.col("x"), digits))
    exact = number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    assert frame.item() == float(exact)
