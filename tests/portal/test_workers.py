"""What readers make of uploads, also of those that end, hold or fill their process; and the folder of a round."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

import portals
from lkjip_xl.consolidation.reader import DIED, STAYED
from lkjip_xl.portal import jobs, places, submissions, uploads, workers
from lkjip_xl.portal.settings import Settings
from lkjip_xl.portal.states import State
from lkjip_xl.portal.vault import Vault
from lkjip_xl.portal.works import Source
from portals import REGISTRY, Opened
from sendable import workbook
from support import ROOT

FAULTS = """
import ctypes, os, signal, sys

def opened(event, arguments):
    if event == "open" and "/periksa/" in str(arguments[0]):
        what = os.environ["MACAM"]
        if what == "bunuh":
            os.kill(os.getpid(), signal.SIGKILL)
        ctypes.PyDLL(None).sleep(1000)

if "from lkjip_xl.base.isolated import serve; serve()" in sys.orig_argv:
    sys.addaudithook(opened)
"""


@pytest.mark.skipif(os.name == "nt", reason="the faults are those of POSIX")
@pytest.mark.parametrize(("what", "reason"), [("bunuh", DIED), ("macet", STAYED)])
def test_a_file_that_ends_or_holds_its_reader_is_said_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, reason: str
) -> None:
    (tmp_path / "gangguan").mkdir()
    (tmp_path / "gangguan" / "sitecustomize.py").write_text(FAULTS, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "gangguan"), str(ROOT)]))
    monkeypatch.syspath_prepend(tmp_path / "gangguan")
    monkeypatch.setenv("MACAM", what)
    monkeypatch.setattr(workers, "FILE_SECONDS", 2)
    with portals.opened(tmp_path / "data") as opened:
        answer = opened.browser().upload("/periksa", workbook())
        opened.settle()
        with opened.portal.database.reading() as connection:
            (found,) = uploads.of_check(
                connection, str(answer.url).rpartition("/")[2], opened.portal.settings
            )
        assert (found.status, found.problem) == ("tidak terbaca", reason)


def test_what_waited_when_the_portal_was_ended_is_done_at_the_next_start(tmp_path: Path) -> None:
    with portals.opened(tmp_path / "data", readers=0) as opened:
        opened.open_round()
        staff = opened.agency("1.01")
        staff.upload("/kirim", workbook(), pengirim="Budi")
        assert "nomor 1 dalam antrean" not in staff.get("/kirim/1").text
        assert "Sedang diperiksa" in staff.get("/kirim/1").text
        other = opened.agency("1.02")
        other.upload("/kirim", workbook("1.02", "Dinas Kesehatan"), pengirim="Ani")
        assert "nomor 2 dalam antrean" in other.get("/kirim/1").text
    with portals.opened(tmp_path / "data") as again:
        again.settle()
        with again.portal.database.reading() as connection:
            found = submissions.of_round(connection, 1)
        assert [each.state for sent in found.values() for each in sent] == [State.WAITING, State.WAITING]


def test_the_folder_of_a_round_follows_what_counts(tmp_path: Path) -> None:
    with portals.opened(tmp_path / "data") as opened:
        opened.open_round()
        folder = tmp_path / "data" / "putaran" / "2023-1"
        staff, reviewer = opened.agency("1.01"), opened.account()
        staff.upload("/kirim", workbook(staff=26), pengirim="Budi")
        opened.settle()
        first = {"kiriman/1.01-1-kiriman-1.xlsx": workbook(staff=26), "opd.csv": REGISTRY.encode()}
        _holds(folder, first)
        (folder / "kiriman" / "catatan.txt").write_text("punya orang")
        staff.upload("/kirim", workbook(), pengirim="Budi")
        opened.settle()
        second = {"kiriman/1.01-1-kiriman-2.xlsx": workbook(), "opd.csv": REGISTRY.encode()}
        second["kiriman/catatan.txt"] = b"punya orang"
        _holds(folder, second)
        decisions = "opd;keputusan;alasan;oleh\n1.01;keluarkan;ditarik;Sekda\n"
        reviewer.get("/papan/1/atur")
        reviewer.post("/papan/1/atur", [("berkas", ("k.csv", decisions.encode()))], ubah="keputusan")
        _holds(folder, {**second, "keputusan.csv": decisions.encode()})
        reviewer.post("/papan/1/atur", ubah="tanpa-keputusan")
        _holds(folder, second)


def _holds(folder: Path, files: dict[str, bytes]) -> None:
    """Assert that a folder holds some files before long, and nothing else."""
    until = time.monotonic() + 10
    while _files(folder) != files and time.monotonic() < until:
        time.sleep(0.02)
    assert _files(folder) == files


def _files(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_work_is_done_in_the_order_in_which_it_came(tmp_path: Path) -> None:
    with (
        portals.opened(tmp_path / "data", readers=0) as opened,
        opened.portal.database.writing() as connection,
    ):
        asked = [jobs.ask(connection, jobs.Kind.BLANK, subject) for subject in (3, 1, 2, 1)]
        assert asked == [1, 2, 3, 2]
        assert [jobs.place(connection, jobs.Kind.BLANK, subject) for subject in (3, 1, 2, 9)] == [1, 2, 3, 0]
        assert jobs.next_(connection, [1]) == jobs.Job(2, jobs.Kind.BLANK, 1)
        jobs.finish(connection, 1, "rusak")
        assert jobs.last(connection, jobs.Kind.BLANK, 3) == (False, "rusak")
        assert jobs.place(connection, jobs.Kind.BLANK, 2) == 2
        assert jobs.waiting(connection) == 2


def test_what_is_only_checked_is_gone_after_its_time(tmp_path: Path) -> None:
    with portals.opened(tmp_path / "data", checked_seconds=3600) as opened:
        browser = opened.browser()
        page = browser.post(
            "/periksa", [("berkas", ("a.xlsx", workbook())), ("berkas", ("b.xlsx", b"bukan"))]
        )
        opened.settle()
        text = browser.get(str(page.url)).text
        assert "dihapus 60 menit sesudah dikirim" in text
        assert browser.get(f"{page.url}/1/ringkasan").content.startswith(b"PK")
        (folder,) = (tmp_path / "data" / "periksa").iterdir()
        assert sorted(each.name for each in folder.iterdir()) == ["1-ringkasan.xlsx", "1.xlsx", "2.xlsx"]
        assert uploads.clear_checks(opened.portal.database, opened.portal.vault, opened.portal.settings) == 0
        past = Settings(tmp_path / "data", checked_seconds=0)
        time.sleep(0.01)
        assert uploads.clear_checks(opened.portal.database, opened.portal.vault, past) == 1
        assert not [*(tmp_path / "data" / "periksa").iterdir()]
        assert browser.get(str(page.url)).status_code == 404
        with opened.portal.database.reading() as connection:
            assert not jobs.waiting(connection)
            assert connection.exec_driver_sql("SELECT count(*) FROM upload").scalar() == 0


def test_the_page_of_a_check_says_what_validate_says(opened: Opened) -> None:
    browser = opened.browser()
    page = browser.upload("/periksa", workbook(staff=26), name="dinas.xlsx")
    opened.settle()
    text = browser.get(str(page.url)).text
    assert "Jumlah pegawai menurut golongan 25 orang, sedangkan PNS di Tabel 1.1 26 orang" in text
    assert "dinas.xlsx" in text


def test_what_fails_again_and_again_is_given_up_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = places.source

    def fails(vault: Vault, settings: Settings, upload: uploads.Upload) -> Source:
        if upload.id == 1:
            raise ZeroDivisionError
        return source(vault, settings, upload)

    monkeypatch.setattr(places, "source", fails)
    monkeypatch.setattr(workers, "_REST", 0.01)
    with portals.opened(tmp_path / "data") as opened:
        opened.open_round()
        opened.agency("1.01").upload("/kirim", workbook(), pengirim="Budi")
        opened.agency("1.02").upload("/kirim", workbook("1.02", "Dinas Kesehatan"), pengirim="Ani")
        opened.settle()
        with opened.portal.database.reading() as connection:
            found = [each for sent in submissions.of_round(connection, 1).values() for each in sent]
    assert [(each.state, each.problem) for each in found] == [
        (State.FAULTY, "berkas ini tidak dapat diolah; buka di Excel lalu simpan ulang"),
        (State.WAITING, ""),
    ]
