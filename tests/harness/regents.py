"""Batches as they are shown to the head of a region."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.regent.shown import Regent
from lkjip_xl.consolidation.totals import totals

Pages = Callable[[Regent], Path]
"""Writes a page and returns where it is."""
DAY = datetime.date(2024, 3, 1)


def regent_of(batch: Batch) -> Regent:
    declared = batch.template.declared.consolidation
    assert declared is not None
    assert declared.regent is not None
    return Regent(batch, totals(batch), {}, declared.regent, DAY)
