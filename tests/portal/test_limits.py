"""Too much, too often, too slowly: each is answered in words, and the portal goes on."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import portals
from lkjip_xl.portal import server
from lkjip_xl.portal.settings import PortalError
from lkjip_xl.portal.web import limits
from lkjip_xl.portal.web.limits import Rate
from lkjip_xl.xlsx.guard import LIMITS
from portals import PASSWORD, Opened, alert, listening, spoken


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Opened]:
    """A portal on SQLite: what is tried here does not come to a database."""
    with portals.opened(tmp_path / "portal") as portal:
        yield portal


# -- too often ------------------------------------------------------------------------------------------------------

SIGNING_IN = "Terlalu banyak percobaan; tunggu seperempat jam, lalu coba lagi"
LINKS = "Terlalu banyak percobaan dari alamat ini; coba lagi beberapa menit lagi"
CHECKS = "Terlalu banyak berkas dari alamat ini; coba lagi beberapa menit lagi"


def test_a_password_cannot_be_guessed_on(alone: Opened) -> None:
    alone.account(login="sri")
    browser = alone.browser("192.0.2.7")
    answers = [browser.post("/masuk", nama="Sri ", sandi="bukan kata sandinya") for _ in range(10)]
    assert [each.status_code for each in answers] == [403] * 8 + [429] * 2
    assert alert(answers[-1].text) == SIGNING_IN
    assert browser.post("/masuk", nama="sri", sandi=PASSWORD).status_code == 429
    assert alone.browser("192.0.2.99").post("/masuk", nama="sri", sandi=PASSWORD).status_code == 200


def test_a_password_cannot_be_guessed_on_from_many_addresses(
    alone: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone.account(login="sri")
    monkeypatch.setattr("lkjip_xl.portal.accounts.verifies", lambda *_: False)
    answers = [
        alone.browser(f"192.0.2.{number}").post("/masuk", nama="Sri ", sandi="bukan kata sandinya")
        for number in range(1, 28)
    ]
    assert [each.status_code for each in answers] == [403] * 25 + [429] * 2
    monkeypatch.undo()
    right = alone.browser("192.0.2.99").post("/masuk", nama="sri", sandi=PASSWORD)
    assert (right.status_code, alert(right.text)) == (429, SIGNING_IN)


def test_one_address_cannot_try_many_accounts(alone: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lkjip_xl.portal.accounts.verifies", lambda *_: False)
    browser = alone.browser()
    said = [browser.post("/masuk", nama=f"akun{n}", sandi="x").status_code for n in range(32)]
    assert said == [403] * 30 + [429] * 2
    assert alone.browser("192.0.2.2").post("/masuk", nama="akun", sandi="x").status_code == 403


def test_addresses_of_one_network_of_ipv6_are_one(alone: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lkjip_xl.portal.accounts.verifies", lambda *_: False)
    said = [
        alone.browser(f"2001:db8:0:1::{n:x}").post("/masuk", nama=f"akun{n}", sandi="x").status_code
        for n in range(31)
    ]
    assert said == [403] * 30 + [429]


def test_the_old_password_cannot_be_guessed_by_who_sits_at_an_open_browser(alone: Opened) -> None:
    browser, new = alone.account(login="sri"), "perahu kayu merah tua"
    browser.get("/akun")
    said = [
        browser.post("/akun/sandi", lama=f"salah {n}", sandi=new, sekali_lagi=new).status_code
        for n in range(9)
    ]
    assert said == [422] * 8 + [429]


def test_links_cannot_be_tried(alone: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 100.0)
    browser = alone.browser()
    answers = [browser.get(f"/o/tebakan{n}") for n in range(601)]
    assert [each.status_code for each in answers] == [404] * 600 + [429]
    assert alert(answers[-1].text) == LINKS


def test_invitations_cannot_be_tried(alone: Opened) -> None:
    browser = alone.browser()
    said = [browser.get(f"/undangan/tebakan{n}").status_code for n in range(61)]
    assert said == [404] * 60 + [429]


def test_checks_of_one_address_are_counted_by_their_files(
    alone: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lkjip_xl.portal.uploads.add_check", lambda *_: "tanda")
    browser = alone.browser()
    files = [("berkas", (f"{n}.xlsx", b"PK")) for n in range(20)]
    answers = [browser.client.post("/periksa", files=files, follow_redirects=False) for _ in range(11)]
    assert [each.status_code for each in answers] == [303] * 10 + [429]
    assert alert(answers[-1].text) == CHECKS


def test_submissions_of_one_agency_are_counted(alone: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object) -> None:
        raise PortalError("dicoba")

    alone.open_round()
    monkeypatch.setattr("lkjip_xl.portal.vault.Vault.keep", nothing)
    staff = alone.agency("1.01")
    answers = [staff.upload("/kirim", b"PK", pengirim="Budi") for _ in range(41)]
    assert [each.status_code for each in answers] == [422] * 40 + [429]
    assert alert(answers[-1].text) == "Terlalu banyak kiriman dalam satu jam; coba lagi nanti"


def test_a_rate_comes_back_with_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    rate = Rate(number=2, seconds=10)
    assert [rate.allows("a") for _ in range(3)] == [True, True, False]
    clock[0] += 5
    assert [rate.allows("a") for _ in range(2)] == [True, False]
    clock[0] += 1000
    assert [rate.allows("a", 2), rate.allows("a"), rate.allows("b")] == [True, False, True]


def test_a_rate_forgets_who_was_seen_longest_ago() -> None:
    rate = Rate(number=1, seconds=1000, keys=2)
    assert [rate.allows(each) for each in ("a", "b", "a", "c", "a")] == [True, True, False, True, False]


def test_a_rate_holds_when_many_ask_at_once() -> None:
    class Slow(OrderedDict[str, tuple[float, float]]):
        def pop(self, *arguments: Any) -> Any:
            found = super().pop(*arguments)
            time.sleep(0.01)
            return found

    rate, allowed = Rate(number=3, seconds=1000), []
    rate._seen = Slow()
    threads = [threading.Thread(target=lambda: allowed.append(rate.allows("a"))) for _ in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(allowed) == [False] * 9 + [True] * 3


# -- too much -------------------------------------------------------------------------------------------------------

MULTIPART = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
FILE = b'--x\r\nContent-Disposition: form-data; name="berkas"; filename="a.xlsx"\r\n\r\n'


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Opened]:
    """A portal that takes two files of a mebibyte in one check."""
    limits_ = replace(LIMITS, file=1024**2)
    with portals.opened(tmp_path / "portal", limits=limits_, most_files=2) as portal:
        yield portal


def _length(pieces: Sequence[bytes]) -> list[bytes]:
    return [b"Content-Length: %d\r\n\r\n" % sum(map(len, pieces)), *pieces]


def _chunked(pieces: Sequence[bytes]) -> list[bytes]:
    chunks = [b"%x\r\n%s\r\n" % (len(each), each) for each in pieces]
    return [b"Transfer-Encoding: chunked\r\n\r\n", *chunks, b"0\r\n\r\n"]


@pytest.mark.parametrize("sent", [_length, _chunked])
@pytest.mark.parametrize(("path", "most"), [(b"/periksa", 2), (b"/kirim", 1), (b"/masuk", 1)])
def test_what_is_too_large_is_refused_in_words(
    small: Opened, path: bytes, most: int, sent: Callable[[Sequence[bytes]], list[bytes]]
) -> None:
    with listening(small) as port:
        answer = spoken(port, MULTIPART % path, *sent([FILE, *[b"a" * 65536] * 40]))
        alive = spoken(port, b"GET / HTTP/1.0\r\n\r\n")
    said = answer[9:12], alert(answer.decode())
    too_large = (b"413", f"Kiriman ini lebih besar dari {most} MB, jadi tidak diterima")
    no_form = (b"400", "Isian ini tidak dapat dibaca; kembali, muat ulang halamannya, lalu coba lagi")
    # A form that takes no file may be seen not to be one before it is seen to be too large.
    assert said == too_large or (path == b"/masuk" and said == no_form)
    assert alive.startswith(b"HTTP/1.1 200 ")
    assert [*(small.portal.settings.data / "periksa").iterdir()] == []


def test_what_never_ends_is_cut_off(small: Opened) -> None:
    with listening(small) as port:
        first = b"%x\r\n%s\r\n" % (len(FILE), FILE)
        pieces = (first, *(b"%x\r\n%s\r\n" % (65536, b"a" * 65536) for _ in range(1000)))
        head = MULTIPART % b"/masuk" + b"Transfer-Encoding: chunked\r\n\r\n"
        answer = spoken(port, head, *pieces)
    assert answer == b"" or answer[:12] in (b"HTTP/1.1 413", b"HTTP/1.1 400")


def test_one_file_that_is_too_large_is_refused_and_nothing_is_kept(small: Opened) -> None:
    small.open_round()
    browser, staff = small.browser(), small.agency("1.01")
    said = "Berkas ini lebih besar dari 1 MB, jadi tidak diterima"
    checked = browser.post(
        "/periksa", [("berkas", ("a.xlsx", b"PK")), ("berkas", ("b.xlsx", b"a" * (1024**2 + 1)))]
    )
    sent = staff.upload("/kirim", b"a" * (1024**2 + 1), pengirim="Budi")
    assert [(each.status_code, alert(each.text)) for each in (checked, sent)] == [(413, said), (413, said)]
    data = small.portal.settings.data
    assert [[*(data / each).iterdir()] for each in ("periksa", "masuk", "berkas")] == [[], [], []]


def test_more_files_than_one_check_takes_are_refused(small: Opened) -> None:
    browser = small.browser()
    answer = browser.post("/periksa", [("berkas", (f"{n}.xlsx", b"PK")) for n in range(3)])
    assert (answer.status_code, alert(answer.text)) == (
        400,
        "Terlalu banyak berkas sekaligus; kirim paling banyak 2",
    )


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 41)),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 41),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="nama"; filename="a"\r\n\r\n1\r\n'),
        ("multipart/form-data; boundary=x", b"--x\r\nX: " + b"a" * 60_000),
        ("multipart/form-data; boundary=x", b"--x\r\n" + b"X: a\r\n" * 5000),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--"),
        ("multipart/form-data; boundary=x", b"no parts at all"),
        ("multipart/form-data; boundary=x", b"--x\r\nfoo\r\n\r\n"),
        ("multipart/form-data; boundary=" + "x" * 5000, b"--x"),
        ("multipart/form-data", b"--x"),
    ],
)  # fmt: skip
def test_a_form_that_no_browser_sends_is_refused_in_our_words(
    small: Opened, content_type: str, body: bytes
) -> None:
    answer = small.browser().client.post("/masuk", content=body, headers={"content-type": content_type})
    assert (answer.status_code, alert(answer.text)) == (
        400,
        "Isian ini tidak dapat dibaca; kembali, muat ulang halamannya, lalu coba lagi",
    )


# -- too slowly -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["silent", "trickling"])
def test_a_body_that_comes_too_slowly_is_refused_in_words(
    small: Opened, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PIECE_SECONDS" if what == "silent" else "BODY_SECONDS", 0.5)
    head = MULTIPART % b"/periksa" + b"Content-Length: 100000\r\n\r\n"
    pieces = [FILE] if what == "silent" else [FILE, *[b"a"] * 20]
    with listening(small) as port:
        answer = spoken(port, head, *pieces, every=0.1)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert alert(answer.decode()) == "Kiriman berhenti di tengah jalan; coba lagi"


@pytest.mark.parametrize(
    "pieces",
    [
        [],
        [b"GET / HTTP/1.1\r\n"],
        [b"G", b"E", b"T", b" ", b"/", b" ", b"H"] + [b"T"] * 40,
        [b"GET / HTTP/1.1\r\nHost: a\r\n"] + [b"X: 1\r\n"] * 40,
        [b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"] + [b"GET / HTTP/1.1\r\n"] + [b"X: 1\r\n"] * 40,
    ],
    ids=["nothing", "half", "byte by byte", "line by line", "the second one"],
)
def test_a_head_that_trickles_ends_the_connection(
    alone: Opened, pieces: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HEAD_SECONDS", 0.5)
    with listening(alone) as port:
        began = time.monotonic()
        spoken(port, *pieces, every=0.1)
        took = time.monotonic() - began
    assert took < 3


def test_a_page_that_takes_long_is_not_taken_for_a_head_that_does(
    alone: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HEAD_SECONDS", 0.3)

    def slowly(*_: object) -> tuple[None, None]:
        time.sleep(1)
        return None, None

    monkeypatch.setattr("lkjip_xl.portal.accounts.known", slowly)
    body = b"nama=sri&sandi=x"
    head = b"POST /masuk HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    with listening(alone) as port:
        answer = spoken(port, head + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    assert answer.startswith(b"HTTP/1.1 403 ")
