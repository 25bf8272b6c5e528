"""Every computed cell of the samples is as it was when somebody looked at it."""

from __future__ import annotations

import json

import pytest

from golden import GOLDEN, RESULTS, flat, text
from lkjip_xl.consolidation import readers
from lkjip_xl.template.model import Template
from support import here


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", RESULTS)
def test_nothing_computed_has_changed(name: str, template: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "local_pool", here)
    golden = (GOLDEN / f"{name}.json").read_text("utf-8")
    computed = RESULTS[name](template)
    was, now = flat(json.loads(golden)), flat(computed)
    changed = [
        f"{' · '.join(cell)}: {was.get(cell, 'nothing')!r} is now {now.get(cell, 'nothing')!r}"
        for cell in dict.fromkeys([*was, *now])
        if was.get(cell) != now.get(cell)
    ]
    assert not changed, "\n".join(
        [f"{len(changed)} cells (if they should: python tools/golden.py)", *changed[:20]]
    )
    assert golden == text(computed), "the same cells, written otherwise: python tools/golden.py"
