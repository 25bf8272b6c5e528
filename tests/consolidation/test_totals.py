"""What is counted over all files, from rows as chunks hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import polars as pl

from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.totals import frequent

FOUND = [
    # file, rule, severity
    ("a", "wajib", "galat"),
    ("a", "bulat", "galat"),
    ("b", "tren-ekstrem", "peringatan"),
    ("b", "tren-ekstrem", "peringatan"),
    ("a", "tren-ekstrem", "peringatan"),
    ("b", "acuan", "galat"),
    ("b", "acuan", "galat"),
]


@dataclass(frozen=True)
class _Rows:
    """A batch of which only the findings are known."""

    found: list[tuple[str, str, str]]

    def scan(self, _: str) -> pl.LazyFrame:
        return pl.LazyFrame(self.found, ["sidik", "aturan", "tingkat"], orient="row")


def test_the_rule_that_fails_most_often_comes_first() -> None:
    """Those that fail equally often in the order of their names."""
    assert frequent(cast("Batch", _Rows(FOUND))).rows() == [
        ("tren-ekstrem", "peringatan", 3, 2),
        ("acuan", "galat", 2, 1),
        ("bulat", "galat", 1, 1),
        ("wajib", "galat", 1, 1),
    ]
