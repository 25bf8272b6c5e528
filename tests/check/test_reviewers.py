"""Every line of docs/temuan-penelaah.md, proven by workbooks with that mistake, in its strict and in its mild form."""

from __future__ import annotations

import re

import pytest

from lkjip_xl.base.findings import Finding
from lkjip_xl.form.json_data import from_document
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render
from planted import DRAGGED, PLANTED
from proven import PROVEN, Case
from support import ROOT, fill, found_together, seen

pytestmark = pytest.mark.xdist_group("proven")  # what is validated together is so in one process
PLANTS = {name: place[0] for name, _, place, _, _ in PLANTED} | {
    f"dragged {name}": place[0] for name, _, place in DRAGGED
}


CASES = {
    f"{line}-{number}": case
    for line, proof in PROVEN.items()
    for number, case in enumerate((*proof.strict, *proof.mild))
    if isinstance(case, Case)
}


def _lines() -> dict[str, str]:
    """Return the lines of the document: what is found, and what finds it."""
    text = (ROOT / "docs" / "temuan-penelaah.md").read_text("utf-8")
    rows = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]
    return {found.strip(): rule.strip() for found, rule in rows}


def test_every_line_is_proven() -> None:
    assert list(PROVEN) == list(_lines())


@pytest.mark.parametrize("line", PROVEN)
def test_every_rule_that_a_line_names_is_proven(line: str) -> None:
    proof = PROVEN[line]
    mild = {rule for case in proof.mild for rule, _, _ in case.found}
    strict = {
        rule
        for each in proof.strict
        for rule in ([PLANTS[each]] if isinstance(each, str) else [found[0] for found in each.found])
    }
    named = set(re.findall(r"`([a-z-]+)`", _lines()[line]))
    assert strict
    assert mild
    assert named <= strict | mild


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, template: Template) -> dict[int, list[Finding]]:
    """What is found in the workbook of each case."""
    folder = tmp_path_factory.mktemp("penelaah")
    files = {number: folder / f"{number}.xlsx" for number in range(len(CASES))}
    clean: dict[tuple[object, int], bytes] = {}
    for path, case in zip(files.values(), CASES.values(), strict=True):
        if (case.document, case.last_year) not in clean:
            document = case.document()
            document["periode"][1] = case.last_year
            clean[case.document, case.last_year] = render(template, from_document(document, template))
        path.write_bytes(clean[case.document, case.last_year])
        fill(path, case.changes)
    return found_together(files, template)


@pytest.mark.sampled(40)
@pytest.mark.parametrize("number", range(len(CASES)), ids=CASES)
def test_is_found(number: int, found: dict[int, list[Finding]]) -> None:
    assert seen(found[number]) == list(CASES.values())[number].found
