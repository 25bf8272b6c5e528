"""Who may do what, and that nobody has somebody else's browser do it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import portals
from lkjip_xl.portal import accounts, history, rounds, submissions
from lkjip_xl.portal.states import Role, State
from lkjip_xl.portal.web.pages import ACCOUNT, AGENCY
from portals import Browser, Opened, alert

NOT_ALLOWED = "Halaman ini bukan untuk Anda; masuk dengan akun yang berhak, atau buka tautan OPD Anda"
NOT_SEALED = "Halaman ini dibuka sebelum Anda masuk atau keluar; muat ulang, lalu coba lagi"
FROM_ELSEWHERE = "Permintaan ini datang dari situs lain, jadi ditolak."
WHERE = "/papan/1/opd/1"


@pytest.fixture
def sent(opened: Opened) -> Opened:
    """A portal to which an agency has sent something that cannot be read."""
    opened.open_round()
    opened.agency("1.01").upload("/kirim", b"bukan buku kerja", pengirim="Budi")
    opened.settle()
    return opened


def _state(opened: Opened) -> object:
    """Return all that a forged request might change."""
    with opened.portal.database.reading() as connection:
        return (
            [(each.number, each.state) for each in submissions.of_agency(connection, opened.agency_of("1.01"))],
            [(each.id, each.deadline, each.contact, each.decisions, each.closed) for each in rounds.all_rounds(connection)],
            [(each.login, each.role, each.active) for each in accounts.all_accounts(connection)],
            [rounds.linked(connection, token) for token in opened.links.values()],
        )  # fmt: skip


CHANGES: list[tuple[str, dict[str, str]]] = [
    ("/papan/baru", {"nama": "x", "tahun": "2024"}),
    ("/papan/1/atur", {"ubah": "tenggat", "tenggat": "2024-01-01", "kontak": "x"}),
    ("/papan/1/atur", {"ubah": "tutup"}),
    ("/papan/1/atur", {"ubah": "tanpa-keputusan"}),
    ("/papan/1/tautan", {}),
    (f"{WHERE}/tautan", {"cabut": "1"}),
    ("/akun", {"masuk": "jahat", "nama": "Jahat", "peran": "koordinator"}),
    ("/akun/1", {"peran": "koordinator", "aktif": "1"}),
    ("/akun/1", {"undang": "1"}),
]
DECISIONS = [
    (f"{WHERE}/1/putusan", {"putusan": "dikembalikan", "terlihat": "bergalat", "alasan": "x"}),
    (f"{WHERE}/1/putusan", {"putusan": "diterima", "terlihat": "bergalat", "alasan": "x"}),
]


@pytest.mark.parametrize("role", [Role.READER, Role.REVIEWER])
def test_who_does_not_manage_changes_nothing(sent: Opened, role: Role) -> None:
    browser = sent.account(role)
    browser.get("/papan/1")
    before = _state(sent)
    forbidden = CHANGES + (DECISIONS if role is Role.READER else [])
    answers = [browser.post(path, None, **fields) for path, fields in forbidden]
    assert [(each.status_code, alert(each.text)) for each in answers] == [(403, NOT_ALLOWED)] * len(forbidden)
    pages = [browser.get(path).status_code for path in ("/papan/baru", "/papan/1/atur", "/papan/1/opd.csv")]
    assert pages == [403] * 3
    assert _state(sent) == before
    shown = browser.get(WHERE).text + browser.get("/papan/1").text + browser.get("/akun").text
    forms = ["/tautan", "/papan/1/atur", 'action="/akun"', *(["/putusan"] if role is Role.READER else [])]
    assert [each for each in forms if each in shown] == []


def test_a_reviewer_decides(sent: Opened) -> None:
    browser = sent.account(Role.REVIEWER)
    browser.get(WHERE)
    path, fields = DECISIONS[0]
    assert browser.post(path, None, **fields).status_code == 200
    with sent.portal.database.reading() as connection:
        assert submissions.of_agency(connection, sent.agency_of("1.01"))[0].state is State.RETURNED


@pytest.mark.parametrize("who", ["nobody", "agency"])
def test_who_has_no_account_is_sent_to_where_one_signs_in(sent: Opened, who: str) -> None:
    browser = sent.browser() if who == "nobody" else sent.agency("1.01")
    if who == "agency":
        browser.get("/kirim")
    before = _state(sent)
    answers = [browser.client.post(path, data={"formulir": browser.seal, **fields}, follow_redirects=False) for path, fields in CHANGES]  # fmt: skip
    assert [(each.status_code, each.headers["location"]) for each in answers] == [(303, "/masuk")] * len(
        CHANGES
    )
    answers = [browser.client.post(path, data={"formulir": browser.seal, **fields}) for path, fields in DECISIONS]  # fmt: skip
    lost = (
        "Anda tidak lagi masuk, jadi ini tidak disimpan; masuk lagi, lalu ulangi"  # the reason is shown again
    )
    assert [(each.status_code, alert(each.text)) for each in answers] == [(403, lost)] * len(DECISIONS)
    pages = [
        "/papan",
        "/papan/1",
        WHERE,
        f"{WHERE}/1/berkas",
        "/papan/1/berkas.zip",
        "/papan/1/hasil/halaman",
        "/akun",
        "/papan/1/opd.csv",
    ]
    assert [browser.get(each).url.path for each in pages] == ["/masuk"] * len(pages)
    assert _state(sent) == before


# -- forged by another page -----------------------------------------------------------------------------------------


def _seals(opened: Opened, own: Browser) -> dict[str, str]:
    other, agency = opened.account(login="lain", name="Lain"), opened.agency("1.02")
    other.get("/papan")
    agency.get("/kirim")
    return {
        "none": "", "somebody else's": other.seal, "an agency's": agency.seal, "one of nobody": opened.browser().seal,
        "almost": own.seal[:-1] + ("0" if own.seal[-1] != "0" else "1"), "in capitals": own.seal.upper(), "half": own.seal[:32],
        "not of this alphabet": "é" * 64,
    }  # fmt: skip


def test_a_form_without_the_browser_s_own_seal_changes_nothing(sent: Opened) -> None:
    browser = sent.account(login="sri")
    browser.get("/papan/1")
    seals = _seals(sent, browser)
    before = _state(sent)
    for path, fields in [*CHANGES, *DECISIONS, ("/akun/sandi", {}), ("/keluar", {}), ("/papan/1/gabung", {})]:
        answers = [browser.client.post(path, data={"formulir": seal, **fields}) for seal in seals.values()]
        assert [(each.status_code, alert(each.text)) for each in answers] == [(403, NOT_SEALED)] * len(seals)
    missing = browser.client.post("/papan/1/atur", data={"ubah": "tutup"})
    in_address = browser.client.post(f"/papan/1/atur?formulir={browser.seal}", data={"ubah": "tutup"})
    as_file = browser.client.post(
        "/papan/1/atur", data={"ubah": "tutup"}, files={"formulir": ("a", browser.seal.encode())}
    )
    as_json = browser.client.post("/papan/1/atur", json={"ubah": "tutup", "formulir": browser.seal})
    assert [each.status_code for each in (missing, in_address, as_file, as_json)] == [403] * 4
    assert _state(sent) == before


def test_a_seal_from_before_signing_in_or_out_is_worth_nothing(sent: Opened) -> None:
    browser = sent.account(login="sri")
    browser.get("/papan/1")
    stale = browser.seal
    browser.post("/keluar")
    browser.get("/masuk")
    assert browser.post("/masuk", nama="sri", sandi=portals.PASSWORD).url.path == "/papan"
    answer = browser.client.post("/papan/1/atur", data={"formulir": stale, "ubah": "tutup"})
    assert (answer.status_code, alert(answer.text)) == (403, NOT_SEALED)


def test_an_agency_s_form_has_a_seal_too(sent: Opened) -> None:
    staff, other = sent.agency("1.02"), sent.agency("2.13")
    other.get("/kirim")
    for seal in ("", other.seal):
        answer = staff.client.post(
            "/kirim", data={"formulir": seal, "pengirim": "x"}, files={"berkas": ("a.xlsx", b"PK")}
        )
        assert (answer.status_code, alert(answer.text)) == (403, NOT_SEALED)
    with sent.portal.database.reading() as connection:
        assert submissions.of_agency(connection, sent.agency_of("1.02")) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none", "origin": "https://jahat.example"},
        {"origin": "https://jahat.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://testserver.jahat.example"},
        {"origin": "http://testserver@jahat.example"},
        {"origin": "http://testserver:81"},
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    ],
)
def test_what_another_site_sends_is_refused_even_with_a_seal(sent: Opened, headers: dict[str, str]) -> None:
    browser = sent.account(login="sri")
    browser.get("/papan/1")
    before = _state(sent)
    for path, fields in [*CHANGES, *DECISIONS, ("/masuk", {}), ("/periksa", {}), ("/kirim", {})]:
        answer = browser.client.post(path, data={"formulir": browser.seal, **fields}, headers=headers)
        assert (answer.status_code, answer.text) == (403, FROM_ELSEWHERE)
    assert _state(sent) == before


@pytest.mark.parametrize(
    "headers",
    [{}, {"sec-fetch-site": "same-origin", "origin": "http://testserver"}, {"sec-fetch-site": "none"}, {"origin": "http://TESTSERVER"}],
)  # fmt: skip
def test_what_the_portal_s_own_pages_send_is_taken(sent: Opened, headers: dict[str, str]) -> None:
    browser = sent.account(login="sri")
    browser.get("/papan/1")
    answer = browser.client.post(
        "/papan/1/atur", data={"formulir": browser.seal, "ubah": "tutup"}, headers=headers
    )
    assert answer.status_code == 200
    with sent.portal.database.reading() as connection:
        assert rounds.all_rounds(connection)[0].closed is not None


# -- decisions that are none ----------------------------------------------------------------------------------------


@pytest.mark.sampled(6)
@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"putusan": "diterima", "terlihat": "menunggu", "alasan": "x"}, 422, "Kiriman ini sementara itu sudah bergalat; lihat lagi, lalu putuskan"),
        ({"putusan": "diterima", "terlihat": "bergalat"}, 422, "Tulis alasannya, supaya OPD tahu apa yang harus dilakukan"),
        ({"putusan": "dikembalikan", "terlihat": "bergalat", "alasan": " \n\t"}, 422, "Tulis alasannya, supaya OPD tahu apa yang harus dilakukan"),
        ({"putusan": "dikembalikan", "terlihat": "bergalat", "alasan": "x" * 2001}, 422, "Alasannya paling banyak 2000 huruf"),
        ({"putusan": "menunggu", "terlihat": "bergalat", "alasan": "x"}, 422, "Kiriman yang bergalat tidak dapat menjadi menunggu"),
        ({"putusan": "bergalat", "terlihat": "bergalat", "alasan": "x"}, 422, "Kiriman yang bergalat tidak dapat menjadi bergalat"),
        ({"putusan": "diterima sistem", "terlihat": "bergalat", "alasan": "x"}, 422, "Kiriman yang bergalat tidak dapat menjadi diterima sistem"),
        ({"putusan": "dihapus", "terlihat": "bergalat", "alasan": "x"}, 400, "Putusan ini tidak ada; muat ulang halamannya"),
        ({"putusan": "RETURNED", "terlihat": "bergalat", "alasan": "x"}, 400, "Putusan ini tidak ada; muat ulang halamannya"),
        ({"putusan": "diterima", "terlihat": "", "alasan": "x"}, 400, "Putusan ini tidak ada; muat ulang halamannya"),
        ({}, 400, "Putusan ini tidak ada; muat ulang halamannya"),
    ],
)  # fmt: skip
def test_a_decision_that_is_none_changes_nothing(
    sent: Opened, fields: dict[str, str], status: int, said: str
) -> None:
    browser = sent.account()
    browser.get(WHERE)
    before = _state(sent)
    answer = browser.post(f"{WHERE}/1/putusan", None, **fields)
    assert (answer.status_code, alert(answer.text)) == (status, said)
    assert _state(sent) == before


def test_what_has_been_superseded_is_decided_no_more(sent: Opened) -> None:
    browser, staff = sent.account(), sent.agency("1.01")
    browser.get(WHERE)
    path, fields = DECISIONS[0]
    browser.post(path, None, **fields)
    staff.get("/kirim")
    staff.upload("/kirim", b"juga bukan buku kerja", pengirim="Budi")
    sent.settle()
    browser.get(WHERE)
    answer = browser.post(path, putusan="diterima", terlihat="dikembalikan", alasan="x")
    assert (answer.status_code, alert(answer.text)) == (
        422,
        "OPD ini sudah mengirim lagi (kiriman 2); putuskan yang itu",
    )
    with sent.portal.database.reading() as connection:
        states = [each.state for each in submissions.of_agency(connection, sent.agency_of("1.01"))]
    assert states == [State.FAULTY, State.RETURNED]


def test_the_history_cannot_be_changed_even_by_the_portal_itself(sent: Opened) -> None:
    from lkjip_xl.portal.schema import event

    with sent.portal.database.reading() as connection:
        before = history.of_agency(connection, 1)
    for change in (event.update().values(actor="lain"), event.delete()):
        with (
            pytest.raises(Exception, match=r"(?i)history|riwayat|event|append"),
            sent.portal.database.writing() as connection,
        ):
            connection.execute(change)
    with sent.portal.database.reading() as connection:
        assert history.of_agency(connection, 1) == before


# -- where one is led -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def signing_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with portals.opened(tmp_path_factory.mktemp("masuk") / "portal") as portal:
        portal.account(login="sri")
        yield portal


@pytest.mark.parametrize(
    ("after", "led"),
    [
        ("/papan/1?kiriman=1", "/papan/1?kiriman=1"),
        ("/papan", "/papan"),
        ("https://jahat.example/", "/papan"),
        ("//jahat.example/papan", "/papan"),
        ("/\\jahat.example", "/papan"),
        ("/papan\\..\\..\\\\jahat.example", "/papan"),
        ("/papan\r\nSet-Cookie: x=1", "/papan"),
        ("javascript:alert(1)//papan", "/papan"),
        ("/papan\x00", None),
        (" /papan", "/papan"),
        ("/akun", "/papan"),
        ("/keluar", "/papan"),
        ("papan", "/papan"),
        ("/papanjahat.example", "/papan"),
        ("/papan/../..//jahat.example", "/papan"),
    ],
)
def test_signing_in_leads_to_the_portal_s_own_pages_only(
    signing_in: Opened, after: str, led: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lkjip_xl.portal.web.limits.Rate.allows", lambda *_: True)
    browser = signing_in.browser()
    asked = browser.client.get("/masuk", params={"ke": after})
    assert "jahat" not in asked.text
    data = {"nama": "sri", "sandi": portals.PASSWORD, "ke": after}
    answer = browser.client.post("/masuk", data=data, follow_redirects=False)
    assert answer.headers.get("location") == led


@pytest.mark.parametrize("host", ["jahat.example", "jahat.example:80", "lkjip.contoh.go.id.jahat.example", "lkjip.contoh.go.id@jahat.example", "", "["])  # fmt: skip
def test_a_portal_that_knows_its_address_answers_to_no_other_and_names_no_other(
    host: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with portals.opened(
        tmp_path_factory.mktemp("alamat") / "portal", address="https://lkjip.contoh.go.id"
    ) as portal:
        browser = portal.browser(base="https://lkjip.contoh.go.id")
        refused = browser.client.get("/", headers={"host": host})
        forwarded = browser.client.get(
            "/papan", headers={"x-forwarded-host": host or "x"}, follow_redirects=False
        )
    assert (refused.status_code, "jahat" in refused.text) == (400, False)
    assert forwarded.headers["location"] == "/masuk?ke=/papan"


def test_links_name_the_address_that_the_portal_was_given(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with portals.opened(
        tmp_path_factory.mktemp("alamat") / "portal", address="https://lkjip.contoh.go.id"
    ) as portal:
        with portal.portal.database.writing() as connection:
            from lkjip_xl.portal.history import Actor

            token = accounts.invite(connection, "sri", "Sri", Role.COORDINATOR, Actor("uji"))
        browser = portal.browser(base="https://lkjip.contoh.go.id")
        browser.post(f"/undangan/{token}", sandi=portals.PASSWORD, sekali_lagi=portals.PASSWORD)
        browser.get("/papan")
        registry = [("daftar", ("a.csv", portals.REGISTRY.encode()))]
        answer = browser.client.post(
            "/papan/baru",
            data={"formulir": browser.seal, "nama": "x", "tahun": "2024"},
            files=registry,
            headers={"host": "localhost", "x-forwarded-host": "jahat.example", "x-forwarded-proto": "http"},
        )
    assert answer.text.count("https://lkjip.contoh.go.id/o/") == 6
    assert (ACCOUNT, AGENCY) == ("lkjip_akun", "lkjip_opd")
