"""Everything generated is as its command makes it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from lkjip_xl.form.json_data import dumps, load_data, to_document
from lkjip_xl.report.catalogue import catalogue
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render
from reference import generated_files
from support import ROOT

GENERATED = generated_files()


@pytest.mark.parametrize("name", GENERATED)
def test_reference_is_as_generated(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == GENERATED[name], "run: make docs"


@pytest.mark.parametrize("data", sorted((ROOT / "samples").glob("*.json")), ids=lambda path: path.stem)
def test_samples_are_as_generated(data: Path, template: Template) -> None:
    submission = load_data(data, template)
    assert dumps(to_document(submission, template)) == data.read_text("utf-8")
    assert data.with_suffix(".xlsx").read_bytes() == render(template, submission), "run: make samples"


def test_no_binary_but_the_samples_and_pictures() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    binary = [
        name
        for name in listed.stdout.decode().split("\0")
        if name and (ROOT / name).is_file() and b"\0" in (ROOT / name).read_bytes()[:8000]
    ]
    assert [n for n in binary if not n.startswith(("samples/", "docs/gambar/"))] == []


def test_the_list_of_what_reviewers_find_names_rules_that_exist(template: Template) -> None:
    import re

    page = (ROOT / "docs" / "temuan-penelaah.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")][1:]
    named = set(re.findall(r"`([a-z-]+)`", "\n".join(rows)))
    assert named <= {entry["aturan"] for entry in catalogue(template)}
    assert len(rows) == 38
