"""What counts of a round by the coordinator's decisions, and what reviewers have said of it where it counts."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

from lkjip_xl.portal import counting
from portals import REGISTRY, Browser, Opened, alert
from sendable import workbook

FIRST, SECOND = workbook(), workbook(staff=26)
HEAD = "opd;keputusan;berkas;alasan;oleh\n"


def _decide(browser: Browser, text: str) -> str:
    """Upload decisions; return what is said against them."""
    browser.get("/papan/1/atur")
    answer = browser.post("/papan/1/atur", [("berkas", ("k.csv", text.encode()))], ubah="keputusan")
    assert (answer.status_code == 422) == bool(alert(answer.text))
    return alert(answer.text)


def _folder(opened: Opened) -> dict[str, bytes]:
    folder: Path = opened.portal.settings.data / "putaran" / "2023-1"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _soon(opened: Opened, name: str, wanted: str | None) -> None:
    """The folder of a round, which follows the database, soon holds a text under a name, or nothing."""
    until = time.monotonic() + 20
    while (found := _folder(opened).get(name)) != (wanted and wanted.encode()) and time.monotonic() < until:
        time.sleep(0.02)
    assert (found and found.decode()) == wanted


def _counts(opened: Opened, number: int, content: bytes) -> None:
    """Soon one submission of the agency counts, and no other."""
    wanted = {f"kiriman/1.01-1-kiriman-{number}.xlsx": content}
    until = time.monotonic() + 20
    while True:
        found = {name: each for name, each in _folder(opened).items() if name.startswith("kiriman/")}
        if found == wanted or time.monotonic() > until:
            break
        time.sleep(0.02)
    assert (found.keys(), found == wanted) == (wanted.keys(), True)


def _sent_twice(opened: Opened) -> Browser:
    """Have an agency send two workbooks of its own; return its coordinator."""
    opened.open_round()
    coordinator, staff = opened.account(), opened.agency("1.01")
    for content in (FIRST, SECOND):
        staff.upload("/kirim", content, pengirim="Budi")
        opened.settle()
    return coordinator


def test_the_file_that_the_coordinator_names_is_the_one_that_counts(opened: Opened) -> None:
    coordinator = _sent_twice(opened)
    _counts(opened, 2, SECOND)
    assert _decide(coordinator, f"{HEAD}1.01;hitung;1.01-1-kiriman-1.xlsx;sudah ditandatangani;Kabag\n") == ""
    _counts(opened, 1, FIRST)
    assert "Yang ikut digabungkan: kiriman 1." in (page := coordinator.get("/papan/1/opd/1").text)
    assert "<code>1.01-1-kiriman-1.xlsx</code>" in page
    assert "Yang digabungkan: kiriman 1." in coordinator.get("/papan/1").text


def test_decisions_that_decide_nothing_are_refused_and_those_before_stay(opened: Opened) -> None:
    coordinator = _sent_twice(opened)
    before = f"{HEAD}1.02;keluarkan;;belum wajib;Kabag\n"
    assert _decide(coordinator, before) == ""
    for decisions, said in (
        ("", "Berkas keputusan ini kosong; untuk menghapus yang ada, pakai Hapus keputusan"),
        (HEAD, "Berkas keputusan ini kosong; untuk menghapus yang ada, pakai Hapus keputusan"),
        (f"{HEAD}9.99;hitung;;x;y\n", "Baris 2: OPD 9.99 tidak ada di putaran ini"),
        (
            f"{HEAD}1.01;hitung;1.01-1-kiriman-3.xlsx;x;y\n",
            "Baris 2: 1.01-1-kiriman-3.xlsx bukan kiriman OPD 1.01 yang dapat dihitung; "
            "nama tiap kiriman tampak di halaman OPD-nya",
        ),
        (
            f"{HEAD}1.02;hitung;1.01-1-kiriman-1.xlsx;x;y\n",
            "Baris 2: 1.01-1-kiriman-1.xlsx bukan kiriman OPD 1.02 yang dapat dihitung; "
            "nama tiap kiriman tampak di halaman OPD-nya",
        ),
    ):
        assert _decide(coordinator, decisions) == said
    _soon(opened, "keputusan.csv", before)


def test_who_is_left_out_is_said_to_be(opened: Opened) -> None:
    coordinator = _sent_twice(opened)
    assert _decide(coordinator, f"{HEAD}1.01;keluarkan;;belum wajib;Kabag\n") == ""
    assert "Dikeluarkan dari gabungan oleh berkas keputusan." in coordinator.get("/papan/1/opd/1").text
    assert coordinator.get("/papan/1").text.count("Dikeluarkan dari gabungan.") == 1


def test_what_a_reviewer_has_said_of_what_counts_is_among_the_decisions(opened: Opened) -> None:
    coordinator = _sent_twice(opened)
    reason = "Anggaran salah;\nkirim ulang"
    coordinator.get("/papan/1/opd/1")
    coordinator.post("/papan/1/opd/1/2/putusan", putusan="dikembalikan", terlihat="bergalat", alasan=reason)
    head = "opd;induk;keputusan;berkas;aturan;alasan;oleh\n"
    said = '1.01;;hitung;;;"dikembalikan penelaah: Anggaran salah; kirim ulang";Sri Wahyuni\n'
    _soon(opened, "keputusan.csv", head + said)
    own = f"{HEAD}1.02;keluarkan;;belum wajib;Kabag\n"
    assert _decide(coordinator, own) == ""
    _soon(opened, "keputusan.csv", f"{head}1.02;;keluarkan;;;belum wajib;Kabag\n{said}")
    own = f"{HEAD}1.01;hitung;;tetap dipakai;Kabag\n"  # then the coordinator has the last word
    assert _decide(coordinator, own) == ""
    _soon(opened, "keputusan.csv", own)


def test_accepted_without_errors_is_no_decision(opened: Opened) -> None:
    opened.open_round()
    coordinator = opened.account()
    opened.agency("1.01").upload("/kirim", FIRST, pengirim="Budi")
    opened.settle()
    coordinator.get("/papan/1/opd/1")
    coordinator.post("/papan/1/opd/1/1/putusan", putusan="diterima", terlihat="menunggu")
    _counts(opened, 1, FIRST)
    _soon(opened, "keputusan.csv", None)


def test_names_of_files_are_those_of_every_system() -> None:
    assert [counting.file_code(each) for each in ("1.02", " ../a b", "..", "Ké/1")] == [
        "1.02",
        "a-b",
        "opd",
        "K-1",
    ]


def test_what_was_decided_last_is_what_is_said(opened: Opened) -> None:
    coordinator, where = _sent_twice(opened), "/papan/1/opd/1/2/putusan"
    coordinator.get("/papan/1/opd/1")
    coordinator.post(where, putusan="dikembalikan", terlihat="bergalat", alasan="Perbaiki")
    coordinator.post(where, putusan="diterima", terlihat="dikembalikan", alasan="Sudah dijelaskan")
    head = "opd;induk;keputusan;berkas;aturan;alasan;oleh\n"
    said = "1.01;;hitung;;;diterima penelaah: Sudah dijelaskan;Sri Wahyuni\n"
    _soon(opened, "keputusan.csv", head + said)


def test_the_zip_of_all_files_holds_what_counts_and_the_rest(opened: Opened) -> None:
    coordinator = _sent_twice(opened)
    with zipfile.ZipFile(io.BytesIO(coordinator.get("/papan/1/berkas.zip").content)) as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == {
            "opd.csv": REGISTRY.encode(),
            "kiriman/1.01-1-kiriman-2.xlsx": SECOND,
            "lainnya/1.01-1-kiriman-1.xlsx": FIRST,
        }
