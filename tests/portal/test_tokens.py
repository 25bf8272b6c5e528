"""Secrets of links, invitations, checks and browsers: wrong, revoked, used before, or somebody else's."""

from __future__ import annotations

import datetime
import stat
from pathlib import Path

import pytest

import portals
from lkjip_xl.portal import accounts, clock, rounds, sessions, uploads
from lkjip_xl.portal.history import Actor
from lkjip_xl.portal.schema import account, check, link, session
from lkjip_xl.portal.states import Role
from lkjip_xl.portal.web.pages import ACCOUNT, AGENCY
from portals import PASSWORD, Browser, Opened, alert

NO_LINK = "Tautan ini tidak berlaku; minta tautan baru kepada koordinator"
NO_INVITATION = "Undangan ini tidak berlaku lagi; minta yang baru kepada koordinator"
NO_CHECK = "Pemeriksaan ini tidak ada, atau sudah dihapus; kirim lagi berkasnya"
BY_LINK = "Buka halaman ini lewat tautan OPD Anda; koordinator memberikannya"
REVOKED = (
    "Tautan yang dipakai peramban ini tidak berlaku lagi (diganti atau dicabut), atau sudah terlalu lama; "
    "buka lewat tautan OPD Anda yang terbaru, atau minta kepada koordinator"
)
GONE = "Halaman ini tidak ada, atau sudah dihapus; periksa alamatnya, atau mulai lagi dari halaman depan"


def _said(browser: Browser, path: str) -> tuple[int, str]:
    answer = browser.get(path)
    return answer.status_code, alert(answer.text)


def _with(opened: Opened, **cookies: str) -> Browser:
    """Return a browser that comes with cookies which somebody has given it."""
    browser = opened.browser()
    for name, value in cookies.items():
        browser.client.cookies.set(name, value)
    return browser


def _later(monkeypatch: pytest.MonkeyPatch, *modules: object, by: datetime.timedelta) -> None:
    for module in modules:
        monkeypatch.setattr(module, "now", lambda: clock.now() + by)


# -- links ----------------------------------------------------------------------------------------------------------


def test_a_link_that_is_wrong_opens_nothing(opened: Opened) -> None:
    opened.open_round()
    token = opened.links["1.01"]
    with opened.portal.database.reading() as connection:
        kept = str(connection.execute(link.select()).first().digest)  # type: ignore[union-attr]
    wrong = [token[:-1], token + "x", token.swapcase(), kept, f"%20{token}", f"{token}%00", "%25", "x" * 3000]
    browser = opened.browser()
    assert [_said(browser, f"/o/{each}") for each in wrong] == [(404, NO_LINK)] * len(wrong)
    assert _said(browser, "/kirim") == (403, BY_LINK)


@pytest.mark.parametrize("how", ["cabut", "buat", "semua"])
def test_a_link_that_is_revoked_or_replaced_shuts_out_who_has_come_by_it(opened: Opened, how: str) -> None:
    opened.open_round()
    coordinator, staff, other = opened.account(), opened.agency("1.01"), opened.agency("1.02")
    coordinator.get("/papan/1")
    where = "/papan/1/tautan" if how == "semua" else "/papan/1/opd/1/tautan"
    assert coordinator.post(where, None, **{how: "1"}).status_code == 200
    assert _said(staff, "/kirim") == (403, REVOKED)
    assert staff.upload("/kirim", b"PK", pengirim="Budi").status_code == 403
    assert _said(opened.browser(), f"/o/{opened.links['1.01']}") == (404, NO_LINK)
    assert other.get("/kirim").status_code == (403 if how == "semua" else 200)


def test_a_second_link_ends_what_the_first_one_had_begun(opened: Opened) -> None:
    opened.open_round()
    browser = opened.agency("1.01")
    before = browser.client.cookies[AGENCY]
    browser.get(f"/o/{opened.links['1.02']}")
    assert "Dinas Kesehatan" in browser.get("/kirim").text
    assert _said(_with(opened, **{AGENCY: before}), "/kirim") == (403, REVOKED)


def test_an_agency_signs_out(opened: Opened) -> None:
    opened.open_round()
    staff = opened.agency("1.01")
    before = staff.client.cookies[AGENCY]
    staff.get("/kirim")
    assert staff.post("/keluar").url.path == "/"
    assert AGENCY not in staff.client.cookies
    assert _said(_with(opened, **{AGENCY: before}), "/kirim") == (403, REVOKED)


def test_a_browser_of_an_agency_is_known_for_thirty_days(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.open_round()
    staff = opened.agency("1.01")
    _later(monkeypatch, sessions, by=sessions.LONGEST - datetime.timedelta(minutes=1))
    assert staff.get("/kirim").status_code == 200
    _later(monkeypatch, sessions, by=sessions.LONGEST + datetime.timedelta(minutes=1))
    assert _said(staff, "/kirim") == (403, REVOKED)


# -- invitations ----------------------------------------------------------------------------------------------------


def _invite(opened: Opened, role: Role = Role.REVIEWER) -> str:
    with opened.portal.database.writing() as connection:
        return accounts.invite(connection, "ani", "Ani", role, Actor("uji"))


def test_an_invitation_is_taken_once(opened: Opened) -> None:
    token = _invite(opened)
    first, second = opened.browser(), opened.browser()
    first.get(f"/undangan/{token}")
    assert first.post(f"/undangan/{token}", sandi=PASSWORD, sekali_lagi=PASSWORD).url.path == "/papan"
    assert _said(second, f"/undangan/{token}") == (404, NO_INVITATION)
    answer = second.post(f"/undangan/{token}", sandi=PASSWORD + "x", sekali_lagi=PASSWORD + "x")
    assert (answer.status_code, alert(answer.text)) == (404, NO_INVITATION)
    assert second.post("/masuk", nama="ani", sandi=PASSWORD).url.path == "/papan"


@pytest.mark.parametrize("how", ["wrong", "over", "replaced", "closed"])
def test_an_invitation_that_does_not_hold_makes_no_password(
    opened: Opened, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = _invite(opened)
    with opened.portal.database.writing() as connection:
        each = accounts.all_accounts(connection)[0]
        if how == "wrong":
            token = token[:-1] + ("a" if token[-1] != "a" else "b")
        elif how == "replaced":
            accounts.invite_again(connection, each, Actor("uji"))
        elif how == "closed":
            accounts.take(
                connection,
                accounts.invite(connection, "sri", "Sri", Role.COORDINATOR, Actor("uji")),
                PASSWORD,
            )
            accounts.change(connection, each, role=each.role, active=False, actor=Actor("uji"))
        else:
            _later(monkeypatch, accounts, by=accounts.INVITED + datetime.timedelta(seconds=1))
    browser = opened.browser()
    assert _said(browser, f"/undangan/{token}") == (404, NO_INVITATION)
    assert browser.post(f"/undangan/{token}", sandi=PASSWORD, sekali_lagi=PASSWORD).status_code == 404
    with opened.portal.database.reading() as connection:
        assert accounts.all_accounts(connection)[0].ready is False  # Ani's; Sri comes after her


def test_a_new_invitation_ends_the_old_password_and_all_browsers(opened: Opened) -> None:
    browser = opened.account(login="sri")
    with opened.portal.database.writing() as connection:
        token = accounts.invite_again(connection, accounts.all_accounts(connection)[0], Actor("uji"))
    other, new = opened.browser(), "perahu kayu merah tua"
    other.get(f"/undangan/{token}")
    assert other.post(f"/undangan/{token}", sandi=new, sekali_lagi=new).url.path == "/papan"
    assert browser.get("/papan").url.path == "/masuk"
    assert opened.browser().post("/masuk", nama="sri", sandi=PASSWORD).status_code == 403


# -- browsers that are signed in ------------------------------------------------------------------------------------


def test_a_cookie_from_before_is_not_taken_over(opened: Opened) -> None:
    """Session fixation: who gives somebody a cookie does not learn what it becomes."""
    opened.account(login="sri")
    for given in ("dikenal-penyerang", "a" * 43):
        data = {"nama": "sri", "sandi": PASSWORD}
        came = {"cookie": f"{ACCOUNT}={given}"}
        answer = opened.browser().client.post("/masuk", data=data, headers=came, follow_redirects=False)
        assert answer.headers["location"] == "/papan"
        assert given not in answer.headers["set-cookie"]
        assert _with(opened, **{ACCOUNT: given}).get("/papan").url.path == "/masuk"


def test_signing_in_again_ends_the_browser_s_former_session(opened: Opened) -> None:
    browser = opened.account(login="sri")
    before = browser.client.cookies[ACCOUNT]
    browser.get("/papan")
    assert browser.post("/masuk", nama="sri", sandi=PASSWORD).url.path == "/papan"
    assert browser.client.cookies[ACCOUNT] != before
    assert _with(opened, **{ACCOUNT: before}).get("/papan").url.path == "/masuk"


@pytest.mark.parametrize("how", ["out", "password", "closed", "idle", "workday"])
def test_what_ends_a_session_ends_it_for_a_copy_of_its_cookie(
    opened: Opened, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.account(login="pertama")
    browser, new = opened.account(login="sri"), "perahu kayu merah tua"
    copy = _with(opened, **{ACCOUNT: browser.client.cookies[ACCOUNT]})
    assert copy.get("/papan").url.path == "/papan"
    browser.get("/akun")
    if how == "out":
        assert browser.post("/keluar").url.path == "/masuk"
    elif how == "password":
        assert browser.post("/akun/sandi", lama=PASSWORD, sandi=new, sekali_lagi=new).url.path == "/akun"
        assert browser.get("/papan").url.path == "/papan"
    elif how == "closed":
        with opened.portal.database.writing() as connection:
            each = next(each for each in accounts.all_accounts(connection) if each.login == "sri")
            accounts.change(connection, each, role=each.role, active=False, actor=Actor("uji"))
        assert opened.browser().post("/masuk", nama="sri", sandi=PASSWORD).status_code == 403
    elif how == "idle":
        _later(monkeypatch, sessions, by=sessions.IDLE + datetime.timedelta(minutes=1))
    else:
        with opened.portal.database.writing() as connection:
            connection.execute(session.update().values(made=clock.now() - sessions.WORKDAY))
    assert copy.get("/papan").url.path == "/masuk"


def test_another_role_holds_at_once(opened: Opened) -> None:
    first, second = opened.account(login="sri"), opened.account(login="ani", name="Ani")
    with opened.portal.database.reading() as connection:
        ani = next(each for each in accounts.all_accounts(connection) if each.login == "ani")
    assert second.get("/papan/baru").status_code == 200
    first.get("/akun")
    assert first.post(f"/akun/{ani.id}", peran="pembaca", aktif="1").status_code == 200
    assert second.get("/papan/baru").status_code == 403
    assert second.post("/papan/baru", nama="x", tahun="2024").status_code == 403


def test_a_cookie_of_one_kind_is_none_of_the_other(opened: Opened) -> None:
    opened.open_round()
    account_, agency = opened.account(), opened.agency("1.01")
    swapped = _with(
        opened, **{ACCOUNT: agency.client.cookies[AGENCY], AGENCY: account_.client.cookies[ACCOUNT]}
    )
    assert swapped.get("/papan").url.path == "/masuk"
    assert _said(swapped, "/kirim") == (403, REVOKED)
    link_ = _with(opened, **{AGENCY: opened.links["1.01"], ACCOUNT: opened.links["1.01"]})
    assert _said(link_, "/kirim") == (403, REVOKED)


def test_secrets_are_kept_as_digests_only(opened: Opened) -> None:
    opened.open_round()
    browser, agency = opened.account(), opened.agency("1.01")
    checked = opened.browser().upload("/periksa", b"PK").url.path.rpartition("/")[2]
    invitation = _invite(opened)
    opened.settle()
    secrets = [
        browser.client.cookies[ACCOUNT], agency.client.cookies[AGENCY], opened.links["1.01"], checked, invitation, PASSWORD,
    ]  # fmt: skip
    with opened.portal.database.reading() as connection:
        kept = str(
            [row for table in (session, link, check, account) for row in connection.execute(table.select())]
        )
    assert [each for each in secrets if each in kept] == []
    assert {len(each) for each in secrets[:5]} == {43}


def test_the_data_folder_is_closed_to_others(tmp_path: Path) -> None:
    with portals.opened(tmp_path / "portal") as portal:
        data = portal.portal.settings.data
        modes = [stat.S_IMODE(each.stat().st_mode) for each in (data, data / "kunci")]
    assert modes == [0o700, 0o600]


# -- somebody else's ------------------------------------------------------------------------------------------------


def test_an_agency_sees_its_own_only(opened: Opened) -> None:
    opened.open_round()
    mine, theirs = opened.agency("1.01"), opened.agency("1.02")
    theirs.upload("/kirim", b"PK milik Dinas Kesehatan", pengirim="Ani")
    opened.settle()
    paths = ["/kirim/1", "/kirim/1/tanda-terima", "/kirim/1/berkas", "/kirim/1/temuan"]
    assert [_said(mine, path) for path in paths] == [(404, GONE)] * 4
    assert "Dinas Kesehatan" not in mine.get("/kirim").text
    assert mine.get("/papan").url.path == "/masuk"
    mine.upload("/kirim", b"PK milik Dinas Pendidikan", pengirim="Budi")
    assert mine.get("/kirim/1/berkas").content == b"PK milik Dinas Pendidikan"
    assert theirs.get("/kirim/1/berkas").content == b"PK milik Dinas Kesehatan"


def test_agencies_and_files_of_one_round_are_not_found_under_another(opened: Opened) -> None:
    opened.open_round()
    coordinator, staff = opened.account(), opened.agency("1.01")
    staff.upload("/kirim", b"PK", pengirim="Budi")
    opened.settle()
    second = opened.open_round(year=2024)
    with opened.portal.database.reading() as connection:
        foreign = rounds.agencies(connection, second.id)[0].id
    coordinator.get("/papan/2/opd/4")
    paths = [
        "/papan/2/opd/1",
        "/papan/2/opd/1/1/berkas",
        f"/papan/1/opd/{foreign}",
        f"/papan/1/opd/{foreign}/1/berkas",
    ]
    assert [_said(coordinator, path) for path in paths] == [(404, GONE)] * 4
    forged = [
        coordinator.post("/papan/2/opd/1/1/putusan", putusan="dikembalikan", terlihat="bergalat", alasan="x"),
        coordinator.post("/papan/2/opd/1/tautan", cabut="1"),
        coordinator.post(f"/papan/1/opd/{foreign}/tautan", buat="1"),
        coordinator.post(
            f"/papan/1/opd/{foreign}/1/putusan", putusan="diterima", terlihat="bergalat", alasan="x"
        ),
    ]
    assert [each.status_code for each in forged] == [404] * 4
    assert staff.get("/kirim/1").status_code == 200


def test_a_check_is_found_by_its_secret_only_and_for_an_hour(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, other = opened.browser(), opened.browser()
    path = browser.upload("/periksa", b"PK").url.path
    opened.settle()
    assert other.get(path).status_code == 200  # who has the address has the secret
    wrong = [
        "/periksa/1",
        f"{path}x",
        path[:-1],
        f"{path}/1/temuan",
        f"{path}/2/ringkasan",
        f"{path}/1/berkas",
    ]
    assert [other.get(each).status_code for each in wrong] == [404] * 6
    _later(monkeypatch, uploads, by=datetime.timedelta(hours=1, seconds=1))
    assert _said(other, path) == (404, NO_CHECK)
    assert uploads.clear_checks(opened.portal.database, opened.portal.vault, opened.portal.settings) == 1
    assert [*(opened.portal.settings.data / "periksa").iterdir()] == []
