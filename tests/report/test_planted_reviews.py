"""200 printed reports with planted faults: each is found at its table and row, and nothing else is."""

from __future__ import annotations

import random

import pytest

from laid_out import Fault, choose_columns, decoys, plant, sheet, tells, typed
from lkjip_xl.compute.results import cells
from lkjip_xl.pipeline import validate
from lkjip_xl.report.docx.reading import read_document
from lkjip_xl.report.printed import Report
from lkjip_xl.report.review.comparing import FAULTS, compare
from lkjip_xl.report.review.figures import SWAPPED
from lkjip_xl.template.model import Template
from support import REGENCY, SAMPLE
from word_xml import document

KINDS = ("digit", "truncated", "swapped", "lost", "comma")
FILES = [SAMPLE.with_suffix(".xlsx"), *sorted(REGENCY.glob("[1-9]*.xlsx"))]


@pytest.fixture(scope="module")
def reports(template: Template) -> list[Report]:
    checked, results = validate(FILES, template)
    return [
        Report(template, each.workbook.submission.setup, cells(results, each.number))
        for each in checked
        if each.workbook is not None
    ]


@pytest.mark.parametrize("seed", range(200))
def test_each_fault_is_found_and_none_invented(seed: int, reports: list[Report]) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same documents each time
    report = chance.choice(reports)
    tables = [
        made
        for each in report.template.active(report.setup.modules)
        if not each.is_form and not each.is_list and (made := sheet(each, report)).lines
    ]
    chosen = chance.sample(tables, min(len(tables), 5))
    planted: list[Fault] = []
    for each in chosen:
        choose_columns(chance, each)
        planted += plant(chance, each, chance.choice(KINDS))
    others = decoys(next(each for each in tables if each.key == "kinerja"))
    blocks = ["".join(typed(chance, each)) for each in chosen] + others
    chance.shuffle(blocks)
    body = read_document(document("".join(blocks)))
    review = compare(report, body)
    left = [each for each in review.differences if each.verdict in FAULTS]
    for fault in planted:
        own = [each for each in left if tells(each, fault)]
        assert own, (fault, left)
        left.remove(own[0])
        assert fault[0] != "salah" or own[0].note == SWAPPED
    assert left == []
    assert {each.key for each in review.tables} == {each.key for each in chosen}
    assert len(review.strange) == len(others)
