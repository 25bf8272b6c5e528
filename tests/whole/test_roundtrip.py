"""``export(template(data)) = data``: whatever can be typed comes back from the workbook as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from golden import GOLDEN, rows_of
from lkjip_xl.form.json_data import COMPUTED, from_document
from lkjip_xl.form.submission import Submission
from lkjip_xl.pipeline import export
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render
from strategies import documents
from support import SAMPLE

TEMPLATE = load_template()


@given(document=documents(TEMPLATE))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_export_gives_back_what_template_was_given(document: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(TEMPLATE, from_document(document, TEMPLATE)))
    assert export(path, TEMPLATE, computed=False)[0] == document


def test_same_data_gives_the_same_bytes(template: Template, sample: Submission, sample_bytes: bytes) -> None:
    assert render(template, sample) == sample_bytes


@pytest.mark.parametrize("rows", [1, 250])
def test_number_of_rows_changes_nothing(
    rows: int, template: Template, sample: Submission, tmp_path: Path
) -> None:
    path = tmp_path / "isian.xlsx"
    setup = replace(sample.setup, rows={"keuangan": rows, "iku": rows})
    path.write_bytes(render(template, replace(sample, setup=setup)))
    document, checked = export(path, template, computed=True)
    assert checked.workbook is not None
    shown = {key: len(checked.workbook.placements[key].rows) for key in ("iku", "keuangan")}
    assert shown == {"iku": max(rows, 1), "keuangan": max(rows, 5)}  # never fewer than are filled
    golden = json.loads((GOLDEN / f"{SAMPLE.stem}.json").read_text("utf-8"))
    assert rows_of(document.pop(COMPUTED)) == golden
    assert document == json.loads(SAMPLE.read_text("utf-8"))
