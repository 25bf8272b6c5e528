"""The page of findings: whole, self-contained, and nothing in it that a stranger wrote is markup."""

from __future__ import annotations

import os
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lkjip_xl.pipeline import validate
from lkjip_xl.report.page import as_html
from lkjip_xl.report.text import grouped, joined
from lkjip_xl.template.load import load_template
from support import fill

TEMPLATE = load_template()


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _page(*paths: Path) -> _Page:
    return _Page(as_html(validate(paths, TEMPLATE)[0], TEMPLATE))


def test_it_holds_every_finding_once(sample_file: Path) -> None:
    (checked,), _ = validate([sample_file], TEMPLATE)
    page = _page(sample_file)
    found = [attributes for tag, attributes in page.tags if tag == "article"]
    groups = [group for _, of_sheet in grouped(checked.findings) for group in of_sheet]
    assert [(a["data-severity"], a["data-number"]) for a in found] == [
        (group.finding.severity.value, str(group.number)) for group in groups
    ]
    assert sum(group.number for group in groups) == len(checked.findings) == 49
    for group in groups:
        assert group.finding.message in page.text
        assert group.finding.remedy in page.text


def test_it_needs_nothing_from_outside(sample_file: Path) -> None:
    page = _page(sample_file)
    for tag, attributes in page.tags:
        assert tag not in ("link", "img", "iframe", "object", "base")
        assert not {"src", "href", "action", "onclick"} & set(attributes)
    policy = [a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"]
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in page.tags


def test_it_can_be_filtered_by_severity_and_sheet(sample_file: Path) -> None:
    page = _page(sample_file)
    boxes = [a["value"] for tag, a in page.tags if tag == "input"]
    assert boxes == ["galat", "peringatan", "catatan"]
    sections = {a["data-sheet"] for tag, a in page.tags if "data-sheet" in a}
    assert sections == {
        "1.3 Golongan", "2.1 Perjanjian Kinerja", "2.2 IKU", "IKK", "3.1 Kinerja", "3.2 Tren", "Efisiensi", "3.4 Keuangan",
        "AKIP", "Ikhtisar",
    }  # fmt: skip


def test_text_from_a_workbook_is_never_markup(sample_file: Path) -> None:
    evil = '"><script>alert(1)</script>&amp;'
    fill(sample_file, {"Identitas": {"C6": evil}, "2.2 IKU": {"J8": evil}})
    page = _page(sample_file)
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    assert any(evil in text for text in page.text)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_that_is_no_text_can_be_shown(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff\x1b.xlsx"))
    path.write_bytes(b"")
    page = as_html(validate([path], TEMPLATE)[0], TEMPLATE)
    assert "a��.xlsx" in page
    page.encode()


def test_a_file_that_is_none_has_its_reason(tmp_path: Path, sample_file: Path) -> None:
    other = tmp_path / "lain.xlsx"
    other.write_bytes(b"")
    page = _page(sample_file, other)
    assert "berkas ini kosong (0 byte); minta dikirim ulang" in page.text
    assert "2 berkas diperiksa." in page.text


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ([], ""),
        (["E7"], "E7"),
        (["E9", "E7", "E10", "E11"], "E7, E9–E11"),
        (["AA2", "B1", "B2", "Z2"], "B1–B2, Z2, AA2"),
    ],
)
def test_cells_are_joined(cells: list[str], text: str) -> None:
    assert joined(cells) == text
