"""On which page a bookmark stands: LibreOffice says it."""

from __future__ import annotations

import io
import os
import stat
import tempfile
import time
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from lkjip_xl.report.docx import pages
from lkjip_xl.report.docx.pages import find_office, pages_of


@pytest.fixture(autouse=True)
def _no_folder_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let temporary folders be made where a test sees them."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def _mark(paragraph: Paragraph, *names: str) -> None:
    for name in names:
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(abs(hash(name)) % 10**6))
        start.set(qn("w:name"), name)
        paragraph._p.insert(0, start)
        paragraph._p.append(end)


def _document() -> bytes:
    document = docx.Document()
    _mark(document.add_heading("Bab I"), "_Toc123", "lkjip_kinerja")
    table = document.add_paragraph("Tabel")
    table.paragraph_format.page_break_before = True
    _mark(table, "_Ref5", "Müller_é", "a.b-c")
    document.add_section(WD_SECTION.ODD_PAGE)
    _mark(document.add_paragraph("Kiri kosong, kanan"), "lkjip_kanan", "sama_", "sama5F")
    document.add_section(WD_SECTION.ODD_PAGE)
    _mark(document.add_paragraph("Setelah halaman kosong"), "TABEL", "tabel")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.office
@pytest.mark.skipif(
    find_office() is None, reason="LibreOffice (soffice) is not installed; it lays out the pages"
)
def test_every_bookmark_has_its_page(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """By its own name, on paper: the blank page before a right-hand one counts; of two that look alike neither has one."""
    assert pages_of(_document()) == {
        "_Toc123": 1, "lkjip_kinerja": 1,
        "_Ref5": 2, "Müller_é": 2, "a.b-c": 2,
        "lkjip_kanan": 3,
        "TABEL": 5, "tabel": 5,
    }  # fmt: skip
    assert (list(tmp_path.iterdir()), caplog.messages) == ([], [])


def _program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


@pytest.mark.skipif(os.name == "nt", reason="the programs of this test are shell scripts")
@pytest.mark.parametrize(
    "script",
    ["exit 1", "exit 0", 'while [ "$1" != --outdir ]; do shift; done; echo tidak > "$2/laporan.pdf"'],
    ids=["fails", "writes nothing", "writes no PDF"],
)
def test_an_office_that_fails(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(tmp_path, monkeypatch, script)
    assert pages_of(_document()) is None
    assert [each.name for each in tmp_path.iterdir()] == ["bin"]


@pytest.mark.skipif(os.name == "nt", reason="the programs of this test are shell scripts")
def test_an_office_that_stays_ends_with_all_that_it_has_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path, monkeypatch, f"sleep 600 & echo $! > {tmp_path}/pid; wait")
    monkeypatch.setattr(pages, "_SECONDS", 4)  # enough for a shell to begin on a busy machine
    assert pages_of(_document()) is None
    child = int((tmp_path / "pid").read_text())
    end = time.monotonic() + 20  # the system takes its time, too
    while _runs(child) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _runs(child)


def _runs(process: int) -> bool:
    """Whether a process is there, and none that has ended and waits for its parent to see that."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_without_an_office_there_are_no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pages, "_PLACES", {})
    assert find_office() is None
    assert pages_of(_document()) is None


def test_what_is_no_document() -> None:
    assert pages_of(b"PK") is None
