"""The report of the sample in Word, as published and after it was corrected."""

from __future__ import annotations

import pytest

import documents
from lkjip_xl.form.json_data import load_data
from lkjip_xl.form.submission import Submission
from lkjip_xl.report.outline import Part
from lkjip_xl.template.model import Template
from support import ROOT

CORRECTED = ROOT / "samples" / "dpmd-banyuasin-2023-koreksi.json"
Parts = tuple[Part, ...]


@pytest.fixture(scope="module")
def before(template: Template, sample: Submission) -> Parts:
    return documents.parts(template, sample)


@pytest.fixture(scope="module")
def after(template: Template) -> Parts:
    return documents.parts(template, load_data(CORRECTED, template))


@pytest.fixture(scope="module")
def document(before: Parts) -> bytes:
    return documents.new(before)
