"""Hostile workbooks of the tests through Periksa and through Kirim: found faulty in words or read, and the portal goes on."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html  # type: ignore[import-untyped]
import pytest

import portals
from lkjip_xl.base.findings import Status
from lkjip_xl.portal import submissions, uploads
from lkjip_xl.portal.states import State
from portals import Opened

LEAKS = re.compile(r"Traceback|\.py\b|/tmp/|/usr/|lkjip_xl\.|zipfile|expat|\w+Error\b")
_FILES = 20  # in one check


def _cases(raw: bytes) -> dict[str, bytes]:
    """Return the workbooks by name, as ``tests/whole/test_hostile.py`` lists them."""
    path = Path(__file__).parents[1] / "whole" / "test_hostile.py"
    spec = importlib.util.spec_from_file_location("jahat", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {name: build(raw) for name, (build, _) in module.CASES.items()}


@pytest.fixture(scope="module")
def cases(sample_bytes: bytes) -> dict[str, bytes]:
    """Every sixth of them: what reads them is looked at there, here that it says so on a page."""
    return dict([*_cases(sample_bytes).items()][::6])


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    monkeypatch.setattr("lkjip_xl.portal.web.limits.Rate.allows", lambda *_: True)
    with portals.opened(tmp_path / "portal", readers=2) as portal:
        portal.open_round("kode,nama\n2.13,Dinas Pemberdayaan\n")
        yield portal


@pytest.mark.long
def test_through_periksa(opened: Opened, cases: dict[str, bytes]) -> None:
    browser, names = opened.browser(), [*cases]
    told: dict[str, str] = {}
    for first in range(0, len(names), _FILES):
        some = names[first : first + _FILES]
        files = [("berkas", (f"{number}.xlsx", cases[name])) for number, name in enumerate(some)]
        path = browser.post("/periksa", files).url.path
        opened.settle(600)
        page = browser.get(path)
        assert page.status_code == 200
        found = lxml.html.fromstring(page.text).xpath("//section[@class='file']")
        told |= {name: each.text_content() for name, each in zip(some, found, strict=True)}
        with opened.portal.database.reading() as connection:
            token = path.rpartition("/")[2]
            read = uploads.of_check(connection, token, opened.portal.settings)
        assert [each.name for each in read if each.status is None] == []
        assert [each.name for each in read if each.status is Status.UNREADABLE and not each.problem] == []
    assert {*told} == {*cases}
    assert {name: text for name, text in told.items() if LEAKS.search(text) or not text.strip()} == {}
    assert browser.get("/").status_code == 200


def test_through_kirim(opened: Opened, cases: dict[str, bytes]) -> None:
    staff = opened.agency("2.13")
    for content in [*cases.values()][::5]:  # what reads them is the same
        assert staff.upload("/kirim", content, pengirim="Budi").status_code == 200
    opened.settle(1200)
    with opened.portal.database.reading() as connection:
        sent = submissions.of_agency(connection, opened.agency_of("2.13"))
    assert {each.state for each in sent} <= {State.FAULTY, State.WAITING}
    unread = [each for each in sent if each.status is Status.UNREADABLE]
    assert [each.number for each in unread if LEAKS.search(each.problem) or not each.problem] == []
    assert len(unread) > len(sent) / 3
    for each in (sent[0], sent[-1], unread[0]):
        assert not LEAKS.search(lxml.html.fromstring(staff.get(f"/kirim/{each.number}").text).text_content())
