"""An agency from its link to *diterima*, through one return, by requests as a browser sends them."""

from __future__ import annotations

import hashlib

import pytest

from lkjip_xl.portal import history, rounds, submissions
from lkjip_xl.portal.states import State
from portals import REGISTRY, Browser, Opened, alert
from sendable import workbook

GOOD, FAULTY = workbook(), workbook(staff=26)


def _states(opened: Opened, code: str = "1.01") -> list[tuple[int, State]]:
    with opened.portal.database.reading() as connection:
        return [
            (each.number, each.state) for each in submissions.of_agency(connection, opened.agency_of(code))
        ]


def _waiting(opened: Opened) -> tuple[Browser, Browser, str]:
    """Have a submission without faults wait; return its reviewer, its sender, and where it is decided."""
    opened.open_round()
    reviewer, staff = opened.account(), opened.agency("1.01")
    staff.upload("/kirim", GOOD, pengirim="Budi")
    opened.settle()
    return reviewer, staff, f"/papan/1/opd/{opened.agency_of('1.01').id}"


def test_from_link_to_accepted_through_one_return(opened: Opened) -> None:
    opened.open_round()
    reviewer, staff = opened.account(), opened.agency("1.01")

    page = staff.upload("/kirim", FAULTY, pengirim="Budi")
    assert page.url.path == "/kirim/1"
    assert _states(opened) in ([(1, State.RECEIVED)], [(1, State.FAULTY)])
    opened.settle()
    assert _states(opened) == [(1, State.FAULTY)]
    assert "Ada galat" in staff.get("/kirim/1").text

    where = f"/papan/1/opd/{opened.agency_of('1.01').id}"
    assert (
        "Tulis alasannya"
        in reviewer.post(f"{where}/1/putusan", putusan="dikembalikan", terlihat="bergalat").text
    )
    assert _states(opened) == [(1, State.FAULTY)]
    reviewer.post(
        f"{where}/1/putusan", putusan="dikembalikan", terlihat="bergalat", alasan="Perbaiki Tabel 1.1"
    )
    assert _states(opened) == [(1, State.RETURNED)]
    assert "Perbaiki Tabel 1.1" in staff.get("/kirim/1").text

    assert staff.upload("/kirim", GOOD, pengirim="Budi").url.path == "/kirim/2"
    opened.settle()
    reviewer.post(f"{where}/2/putusan", putusan="diterima", terlihat="menunggu")
    assert _states(opened) == [(2, State.ACCEPTED), (1, State.RETURNED)]
    assert "Diterima. Terima kasih" in staff.get("/kirim/2").text

    with opened.portal.database.reading() as connection:
        events = history.of_agency(connection, opened.agency_of("1.01").id)
    assert [(each.actor, each.what, each.before, each.after) for each in events[::-1]] == [
        ("Budi", "mengirim kiriman 1", None, State.RECEIVED),
        ("sistem", "memeriksa kiriman 1", State.RECEIVED, State.FAULTY),
        ("Sri Wahyuni", "mengembalikan kiriman 1", State.FAULTY, State.RETURNED),
        ("Budi", "mengirim kiriman 2", None, State.RECEIVED),
        ("sistem", "memeriksa kiriman 2", State.RECEIVED, State.WAITING),
        ("Sri Wahyuni", "menerima kiriman 2", State.WAITING, State.ACCEPTED),
    ]


def test_a_file_is_kept_as_it_came_and_its_receipt_says_so(opened: Opened) -> None:
    opened.open_round()
    staff = opened.agency("1.01")
    staff.upload("/kirim", GOOD, pengirim="Budi")
    digest = hashlib.sha256(GOOD).hexdigest()
    assert digest in "".join(staff.get("/kirim/1/tanda-terima").text.split())
    assert staff.get("/kirim/1/berkas").content == GOOD
    assert (opened.portal.vault.path(f"berkas/{digest[:2]}/{digest}.xlsx")).read_bytes() == GOOD


def test_the_same_file_sent_twice_is_one_submission(opened: Opened) -> None:
    opened.open_round()
    staff = opened.agency("1.01")
    once, again = (staff.upload("/kirim", GOOD, pengirim="Budi") for _ in range(2))
    assert [once.url.path, again.url.path] == ["/kirim/1", "/kirim/1"]
    said = "Berkas ini sama dengan yang dikirim terakhir, jadi tetap kiriman yang itu."
    assert [said in each.text for each in (once, again)] == [False, True]
    assert [number for number, _ in _states(opened)] == [1]


@pytest.mark.parametrize(
    ("code", "name", "problem"),
    [
        (
            "1.02",
            "Dinas Kesehatan",
            "buku kerja ini milik OPD 1.02, sedangkan tautan ini milik 1.01 Dinas Pendidikan; kirim buku kerja OPD Anda sendiri",
        ),
    ],
)
def test_the_workbook_of_another_agency_is_faulty_and_does_not_count(
    opened: Opened, code: str, name: str, problem: str
) -> None:
    opened.open_round()
    opened.agency("1.01").upload("/kirim", workbook(code, name), pengirim="Budi")
    opened.settle()
    with opened.portal.database.reading() as connection:
        (sent,) = submissions.of_agency(connection, opened.agency_of("1.01"))
    assert (sent.state, sent.problem) == (State.FAULTY, problem)
    assert not [*(opened.portal.settings.data / "putaran" / "2023-1" / "kiriman").glob("*")]


def test_nothing_is_sent_after_acceptance_or_into_a_closed_round(
    opened: Opened,
) -> None:
    opened.open_round()
    reviewer, staff, other = opened.account(), opened.agency("1.01"), opened.agency("1.02")
    staff.upload("/kirim", GOOD, pengirim="Budi")
    opened.settle()
    where = f"/papan/1/opd/{opened.agency_of('1.01').id}"
    reviewer.post(f"{where}/1/putusan", putusan="diterima", terlihat="menunggu")
    assert "Kiriman 1 sudah diterima" in staff.upload("/kirim", FAULTY, pengirim="Budi").text
    reviewer.post("/papan/1/atur", ubah="tutup")
    assert "Pengumpulan ini sudah ditutup" in other.upload("/kirim", FAULTY, pengirim="Ani").text
    assert _states(opened) == [(1, State.ACCEPTED)]
    assert _states(opened, "1.02") == []


def test_an_older_submission_says_which_replaces_it_and_the_board_what_counts(opened: Opened) -> None:
    opened.open_round()
    reviewer, staff = opened.account(), opened.agency("1.01")
    staff.upload("/kirim", GOOD, pengirim="Budi")
    opened.settle()
    staff.upload("/kirim", workbook("1.02", "Dinas Kesehatan"), pengirim="Budi")
    opened.settle()
    where = f"/papan/1/opd/{opened.agency_of('1.01').id}"
    assert staff.get("/kirim").text.count("digantikan kiriman 2") == 1
    assert 'Kiriman ini sudah digantikan <a href="/kirim/2">kiriman 2</a>.' in (
        old := staff.get("/kirim/1").text
    )
    assert "menunggu dilihat koordinator" not in old
    assert "Yang ikut digabungkan: kiriman 1." in (page := reviewer.get(where).text)
    assert "Berkas ini tidak ikut digabungkan." in page
    assert "Yang digabungkan: kiriman 1." in reviewer.get("/papan/1").text
    staff.upload("/kirim", FAULTY, pengirim="Budi")
    opened.settle()
    assert "Yang ikut digabungkan: kiriman 3." in (page := reviewer.get(where).text)
    assert "Berkas ini tidak ikut digabungkan." not in page
    assert "Yang digabungkan" not in reviewer.get("/papan/1").text


def test_a_file_that_cannot_be_read_says_so_once(opened: Opened) -> None:
    opened.open_round()
    reviewer, staff = opened.account(), opened.agency("1.01")
    staff.upload("/kirim", b"%PDF-1.4", pengirim="Budi")
    opened.settle()
    reason = "ini berkas PDF, bukan buku kerja; kirim berkas .xlsx-nya"
    page = staff.get("/kirim/1").text
    assert page.partition("<h2>Riwayat")[0].count(reason) == 1
    where = f"/papan/1/opd/{opened.agency_of('1.01').id}"
    assert reviewer.get(where).text.partition("<h2>Riwayat")[0].count(reason) == 1


def test_what_was_returned_is_said_where_an_agency_comes_in(opened: Opened) -> None:
    reviewer, staff, where = _waiting(opened)
    reviewer.post(
        f"{where}/1/putusan", putusan="dikembalikan", terlihat="menunggu", alasan="Tabel 3.4 <lihat>"
    )
    assert '<p class="reason">Tabel 3.4 &lt;lihat&gt;</p>' in staff.get("/kirim").text.partition("<h2")[0]
    assert "kirim lagi" in staff.get("/kirim/1").text
    reviewer.post("/papan/1/atur", ubah="tutup")
    assert "kirim lagi" not in staff.get("/kirim/1").text + staff.get("/kirim").text


def test_a_link_that_was_revoked_meanwhile_is_named(opened: Opened) -> None:
    opened.open_round()
    reviewer, staff = opened.account(), opened.agency("1.01")
    page = reviewer.post(f"/papan/1/opd/{opened.agency_of('1.01').id}/tautan", cabut="1").text
    assert "Tautan OPD ini dicabut." in page
    assert alert(staff.get("/kirim").text).startswith(
        "Tautan yang dipakai peramban ini tidak berlaku lagi (diganti atau dicabut)"
    )
    assert alert(opened.browser().get("/kirim").text).startswith("Buka halaman ini lewat tautan OPD Anda")


def test_a_reason_that_could_not_be_kept_is_shown_again(opened: Opened) -> None:
    reviewer, _, where = _waiting(opened)
    decision = {"putusan": "dikembalikan", "terlihat": "menunggu", "alasan": "Perbaiki <b>"}
    reviewer.seal = "lama"
    answer = reviewer.post(f"{where}/1/putusan", None, **decision)
    assert (answer.status_code, '<p class="notice reason">Perbaiki &lt;b&gt;</p>' in answer.text) == (
        403,
        True,
    )
    reviewer.client.cookies.clear()
    answer = reviewer.post(f"{where}/1/putusan", None, **decision)
    assert (answer.status_code, '<p class="notice reason">Perbaiki &lt;b&gt;</p>' in answer.text) == (
        403,
        True,
    )
    assert _states(opened) == [(1, State.WAITING)]


def test_what_is_refused_leaves_no_file(opened: Opened) -> None:
    opened.open_round()
    staff = opened.agency("1.01")
    answer = staff.upload("/kirim", GOOD, pengirim=" ")
    assert (answer.status_code, _states(opened)) == (422, [])
    assert "Tulis nama pengirim, supaya tercatat di tanda terima" in answer.text
    assert not [*(opened.portal.settings.data / "berkas").iterdir()]


def test_what_is_not_the_agencys_own_workbook_is_never_accepted(opened: Opened) -> None:
    opened.open_round()
    reviewer = opened.account()
    opened.agency("1.01").upload("/kirim", workbook("1.02", "Dinas Kesehatan"), pengirim="Budi")
    opened.settle()
    where = f"/papan/1/opd/{opened.agency_of('1.01').id}"
    page = reviewer.get(where).text
    assert ('value="diterima"' in page, 'value="dikembalikan"' in page) == (False, True)
    answer = reviewer.post(f"{where}/1/putusan", putusan="diterima", terlihat="bergalat", alasan="biar")
    assert (answer.status_code, _states(opened)) == (422, [(1, State.FAULTY)])
    assert "Kiriman ini tidak dapat diterima: buku kerja ini milik OPD 1.02" in answer.text


def test_links_are_shown_again_where_their_page_is_loaded_again(opened: Opened) -> None:
    coordinator = opened.account()
    coordinator.get("/papan/baru")
    made = coordinator.post(
        "/papan/baru", [("daftar", ("a.csv", REGISTRY.encode()))], nama="LKjIP", tahun="2024"
    )
    assert made.url.path == "/papan/1/tautan"
    assert made.text.count("/o/") == 6
    assert coordinator.get("/papan/1/tautan").text == made.text
    with opened.portal.database.reading() as connection:
        assert [each.name for each in rounds.all_rounds(connection)] == ["LKjIP"]
    other = opened.account(login="budi", name="Budi")
    assert other.get("/papan/1/tautan").status_code == 404


def test_a_link_that_is_opened_again_leaves_open_forms_good(opened: Opened) -> None:
    opened.open_round()
    staff = opened.agency("1.01")
    seal = staff.seal
    staff.get(f"/o/{opened.links['1.01']}")
    staff.seal = seal
    assert staff.upload("/kirim", GOOD, pengirim="Budi").url.path == "/kirim/1"


def test_a_file_that_was_returned_and_comes_again_unchanged_is_said_to_be(opened: Opened) -> None:
    reviewer, staff, where = _waiting(opened)
    reviewer.post(f"{where}/1/putusan", putusan="dikembalikan", terlihat="menunggu", alasan="Perbaiki")
    assert staff.upload("/kirim", GOOD, pengirim="Budi").url.path == "/kirim/2"
    opened.settle()
    said = "Berkas ini sama dengan kiriman 1, yang dikembalikan; tidak ada yang berubah."
    assert [said in each for each in (staff.get("/kirim/2").text, reviewer.get(where).text)] == [True, True]
    assert said not in staff.get("/kirim/1").text


def test_periksa_knows_whose_link_the_browser_has(opened: Opened) -> None:
    opened.open_round(year=2024)
    staff, other = opened.agency("1.01"), opened.browser()
    said = (
        "Buku kerja ini untuk tahun 2023, sedangkan yang dikumpulkan tahun 2024; kirim buku kerja tahun 2024."
    )
    found = []
    for browser in (staff, other):
        browser.get("/")
        address = browser.upload("/periksa", GOOD).url.path
        opened.settle()
        found.append(said in browser.get(address).text)
    assert found == [True, False]
