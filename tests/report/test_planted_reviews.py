"""200 printed reports with planted faults: each is found at its table and row, or in its sentence, and nothing else is."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

import pytest

from laid_out import Fault, choose_columns, decoys, plant, sheet, tells, twice, typed
from lkjip_xl.compute.results import cells
from lkjip_xl.pipeline import validate
from lkjip_xl.report.docx.reading import read_document
from lkjip_xl.report.outline import Part, Prose, parts_of
from lkjip_xl.report.printed import Report
from lkjip_xl.report.review.comparing import FAULTS, compare
from lkjip_xl.report.review.figures import SWAPPED
from lkjip_xl.template.model import Template
from lkjip_xl.words.wording import number, spelled
from support import REGENCY, SAMPLE
from word_xml import document, paragraph

KINDS = ("digit", "truncated", "swapped", "lost", "comma")
TWICE = ("copy", "aside", "excerpt")
IN_WORDS = re.compile(r"(?P<figure>\d[\d.]*(?P<decimals>,\d+)?) \((?P<words>[a-z ]+?)(?P<unit> rupiah)?\)")
FILES = [SAMPLE.with_suffix(".xlsx"), *sorted(REGENCY.glob("[1-9]*.xlsx"))]


@dataclass(frozen=True)
class Made:
    """A report with its parts, among them the sentences."""

    report: Report
    parts: tuple[Part, ...]

    @property
    def sentences(self) -> list[str]:
        """The living sentences."""
        return [
            text.removeprefix("• ")
            for part in self.parts
            if part.name and isinstance(part.content, Prose)
            for text in part.content.paragraphs
        ]


@pytest.fixture(scope="module")
def reports(template: Template) -> list[Made]:
    checked, results = validate(FILES, template)
    made = []
    for each in checked:
        if each.workbook is not None:
            submission = each.workbook.submission
            report = Report(template, submission.setup, cells(results, each.number))
            made.append(Made(report, parts_of(submission, report)))
    return made


def misquoted(chance: random.Random, sentences: list[str]) -> tuple[str, str]:
    """Put another figure with its words in one of some sentences, and return how it is written and what it should be."""
    at = chance.choice(
        [n for n, text in enumerate(sentences) if IN_WORDS.search(text.replace("\u00a0", " "))]
    )
    text = sentences[at].replace("\u00a0", " ")
    found = chance.choice([*IN_WORDS.finditer(text)])
    decimals = len(found["decimals"] or ",") - 1
    other = chance.choice((chance.randrange(2, 100), chance.randrange(10**6, 10**12)))
    printed = number(other, decimals)
    if printed == found["figure"]:
        return misquoted(chance, sentences)
    said = f"{printed} ({spelled(other)}{found['unit'] or ''})"
    sentences[at] = text[: found.start()] + said + text[found.end() :]
    return printed, found["figure"]


@pytest.mark.parametrize(
    "seed", [pytest.param(each, marks=pytest.mark.long if each >= 50 else ()) for each in range(200)]
)
def test_each_fault_is_found_and_none_invented(seed: int, reports: list[Made]) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same documents each time
    made = chance.choice(reports)
    tables = [
        each
        for table in made.report.template.active(made.report.setup.modules)
        if not table.is_form and not table.is_list and (each := sheet(table, made.report)).lines
    ]
    kind = chance.choice(TWICE)
    fit = [each for each in tables if len(each.lines) > 2 and (kind != "aside" or len(each.figures) > 6)]
    both = chance.choice(fit or tables)
    chosen = [*chance.sample([each for each in tables if each is not both], min(len(tables) - 1, 4)), both]
    planted: list[Fault] = []
    blocks: list[str] = []
    for each in chosen[:-1]:
        choose_columns(chance, each)
        planted += plant(chance, each, chance.choice(KINDS))
        blocks.append("".join(typed(chance, each)))
    places, faults = twice(chance, chosen[-1], kind)
    planted += faults
    blocks += ["".join(typed(chance, place)) for place in places]
    others = decoys(next(each for each in tables if each.key == "kinerja"))
    blocks += others
    chance.shuffle(blocks)
    sentences = made.sentences
    quoted = misquoted(chance, sentences)
    body = read_document(document("".join([*blocks, *map(paragraph, map(escape, sentences))])))
    review = compare(made.report, body, parts=made.parts)
    assert [(each.printed, each.expected) for each in review.sentences.differences] == [quoted]
    left = [each for each in review.differences if each.verdict in FAULTS]
    for fault in planted:
        own = [each for each in left if tells(each, fault)]
        assert own, (fault, left)
        left.remove(own[0])
        assert fault[0] != "salah" or own[0].note == SWAPPED
    assert left == []
    assert {each.key for each in review.tables} == {each.key for each in chosen}
    assert len(review.strange) == len(others)
