"""Which tables show something else than was computed; only in their sheets are formulas looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lkjip_xl.check.shown import showing_otherwise
from lkjip_xl.compute.results import compute
from lkjip_xl.form.submission import stack
from lkjip_xl.read.reader import read_workbook
from lkjip_xl.template.model import Template
from support import fill


@pytest.mark.parametrize(
    ("sheet", "cell", "shown", "odd"),
    [
        ("3.1 Kinerja", "K8", 91.67, set()),
        ("3.1 Kinerja", "K8", 91.66, {"kinerja"}),
        ("3.1 Kinerja", "K8", "91,67", {"kinerja"}),
        ("3.1 Kinerja", "K8", True, {"kinerja"}),
        ("3.1 Kinerja", "K8", None, {"kinerja"}),
        ("3.1 Kinerja", "K11", 1, {"kinerja"}),  # blank as computed
        ("3.1 Kinerja", "L8", "Sangat Berhasil", set()),
        ("3.1 Kinerja", "L8", "Berhasil", {"kinerja"}),
        ("3.1 Kinerja", "K28", 93.42, set()),
        ("3.1 Kinerja", "K28", 93.43, {"kinerja"}),
    ],
)
def test_a_table_that_shows_something_else(
    sheet: str, cell: str, shown: Any, odd: set[str], clean: Path, template: Template
) -> None:
    workbook = read_workbook(fill(clean, {sheet: {cell: shown}}), template)
    results = compute(template, stack(template, [workbook.submission]))
    assert showing_otherwise(results, [workbook]) == [odd]
