"""Every computed figure that the reference report publishes, beside ours."""

from __future__ import annotations

from typing import Any

import pytest

from figures import FIGURES, Figure
from lkjip_xl.compute.results import SheetValues, cells, compute
from lkjip_xl.form.submission import Submission, stack
from lkjip_xl.template.model import Template


@pytest.fixture(scope="module")
def values(template: Template, sample: Submission) -> dict[str, SheetValues]:
    return cells(compute(template, stack(template, [sample])), 0)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.place)
def test_reproduces(figure: Figure, values: dict[str, SheetValues]) -> None:
    found: Any = values[figure.table].get(figure.row, {}).get((figure.column, figure.year))
    assert found == figure.expected
    assert bool(figure.fault) == (figure.published != figure.expected)


def test_typed_figures_contradict_their_counts(sample: Submission) -> None:
    """The report's IKK 7 (1,43) is typed as published; the workbook goes by the village counts (3 / 209)."""
    assert sample.tables["kinerja"]["ikk", 7]["realisasi_isian", None] == 1.43
    assert round(3 / 209 * 100, 2) == 1.44
