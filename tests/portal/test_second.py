"""Codes from an app: asked for where one was installed, good once and for a minute; and what one is told on coming back."""

from __future__ import annotations

import datetime
import html
import re
from pathlib import Path

import pyotp
import pytest

import portals
from lkjip_xl.portal import accounts, second
from lkjip_xl.portal.history import Actor
from lkjip_xl.portal.states import Role
from portals import PASSWORD, Browser, Opened, alert

NO_CODE = "Kode tidak cocok; ketik kode yang tampak sekarang, dan periksa jam telepon"
WRONG = "Nama masuk, kata sandi, atau kode tidak cocok"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> datetime.datetime:
    """A moment at which the clock of codes stands."""
    moment = datetime.datetime(2024, 2, 1, 9, 0, tzinfo=datetime.UTC)
    monkeypatch.setattr(second, "now", lambda: moment)
    return moment


def _secret(page: str) -> str:
    """Return the secret that a page offers."""
    found = re.search(r'name="rahasia" value="([A-Z2-7]{32})"', page)
    assert found
    return found[1]


def _installed(opened: Opened, at: datetime.datetime) -> tuple[Browser, pyotp.TOTP]:
    browser = opened.account(login="sri")
    app = pyotp.TOTP(_secret(browser.get("/akun").text))
    page = browser.post("/akun/kode", rahasia=app.secret, kode=app.at(at)).text
    assert "Kode kedua terpasang" in page
    return browser, app


def _sign_in(opened: Opened, code: str) -> int:
    return opened.browser().post("/masuk", nama="sri", sandi=PASSWORD, kode=code).status_code


def test_who_has_installed_it_comes_in_with_a_code_only(opened: Opened, at: datetime.datetime) -> None:
    _, app = _installed(opened, at)
    later = at + datetime.timedelta(seconds=30)
    answer = opened.browser().post("/masuk", nama="sri", sandi=PASSWORD)
    assert (answer.status_code, alert(answer.text)) == (403, WRONG)
    assert [_sign_in(opened, code) for code in ("000000", "", app.at(at + datetime.timedelta(minutes=2)))] == [403] * 3  # fmt: skip
    code = app.at(later)
    assert _sign_in(opened, f" {code[:3]} {code[3:]} ") == 200


def test_a_code_counts_once_and_only_about_now(
    opened: Opened, at: datetime.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, app = _installed(opened, at)
    code = app.at(at + datetime.timedelta(seconds=30))
    assert _sign_in(opened, app.at(at)) == 403  # it was used when it was installed
    assert [_sign_in(opened, code) for _ in range(2)] == [200, 403]
    monkeypatch.setattr(second, "now", lambda: at + datetime.timedelta(seconds=90))
    assert [_sign_in(opened, app.at(at + datetime.timedelta(seconds=each))) for each in (30, 60)] == [403, 200]  # fmt: skip


@pytest.mark.parametrize("seconds", [-60, -30, 0, 29, 30, 59, 60])
def test_clocks_may_be_half_a_minute_off(at: datetime.datetime, seconds: int) -> None:
    code = pyotp.TOTP(secret := second.new_secret()).at(at + datetime.timedelta(seconds=seconds))
    step = int(at.timestamp()) // 30 + seconds // 30
    assert second.step_of(secret, code, 0) == (step if -30 <= seconds < 60 else None)
    assert second.step_of(secret, code, step) is None


def test_a_code_that_does_not_fit_installs_nothing_and_the_secret_stays(
    opened: Opened, at: datetime.datetime
) -> None:
    browser = opened.account(login="sri")
    secret = _secret(browser.get("/akun").text)
    answer = browser.post("/akun/kode", rahasia=secret, kode="123")
    assert (answer.status_code, alert(answer.text), _secret(answer.text)) == (422, NO_CODE, secret)
    assert browser.post("/akun/kode", rahasia="<b>", kode=pyotp.TOTP(secret).at(at)).status_code == 400
    assert _sign_in(opened, "") == 200


def test_it_is_removed_with_a_code_or_a_new_invitation(opened: Opened, at: datetime.datetime) -> None:
    browser, app = _installed(opened, at)
    browser.get("/akun")
    assert alert(browser.post("/akun/kode", kode="000000").text) == NO_CODE
    code = app.at(at + datetime.timedelta(seconds=30))
    assert "Kode kedua dilepas." in browser.post("/akun/kode", kode=code).text
    assert _sign_in(opened, "") == 200


def test_a_new_invitation_removes_it(opened: Opened, at: datetime.datetime) -> None:
    _installed(opened, at)
    with opened.portal.database.writing() as connection:
        (each,) = accounts.all_accounts(connection)
        token = accounts.invite_again(connection, each, Actor("uji"))
    assert _sign_in(opened, "") == 403  # only who takes it
    new, browser = "perahu kayu merah tua", opened.browser()
    browser.get(f"/undangan/{token}")
    browser.post(f"/undangan/{token}", sandi=new, sekali_lagi=new)
    assert opened.browser().post("/masuk", nama="sri", sandi=new).status_code == 200


def test_a_portal_may_require_it(tmp_path: Path, at: datetime.datetime) -> None:
    with portals.opened(tmp_path / "data", second=True) as opened:
        with opened.portal.database.writing() as connection:
            token = accounts.invite(connection, "sri", "Sri", Role.COORDINATOR, Actor("uji"))
        browser = opened.browser()
        browser.get(f"/undangan/{token}")
        page = browser.post(f"/undangan/{token}", sandi=PASSWORD, sekali_lagi=PASSWORD)
        assert page.url.path == "/akun"
        assert "Portal ini mengharuskan kode kedua." in page.text
        assert [browser.get(each).url.path for each in ("/papan", "/papan/baru")] == ["/akun"] * 2
        assert "Undang seseorang" not in page.text
        posted = browser.post("/akun", nama="Ani", masuk="ani", peran="koordinator")
        assert posted.url.path == "/akun"
        with opened.portal.database.reading() as connection:
            assert [each.login for each in accounts.all_accounts(connection)] == ["sri"]
        app = pyotp.TOTP(_secret(browser.get("/akun").text))
        browser.post("/akun/kode", rahasia=app.secret, kode=app.at(at))
        assert browser.get("/papan").url.path == "/papan"
        assert "Undang seseorang" in browser.get("/akun").text


def test_who_comes_back_is_told_what_happened_to_the_account(opened: Opened) -> None:
    browser, other = opened.account(login="sri"), opened.browser()
    page = browser.get("/papan").text
    assert "Sejak Anda masuk terakhir" not in page
    other.post("/masuk", nama="sri", sandi="bukan kata sandinya")
    with opened.portal.database.writing() as connection:
        accounts.invite_again(connection, accounts.all_accounts(connection)[0], Actor("Budi <b>"))
    back = opened.browser()
    told = back.post("/masuk", nama="sri", sandi=PASSWORD).text
    assert [
        html.unescape(each) for each in re.findall(r"</time> · (.*?)</p>", told.partition("Bukan Anda?")[0])
    ] == ["Budi <b> membuat undangan baru untuk Sri Wahyuni (sri)", "sistem menolak masuk sebagai sri"]
    assert "Sejak Anda masuk terakhir" in back.get("/akun").text
    again = opened.browser().post("/masuk", nama="sri", sandi=PASSWORD).text
    assert "Sejak Anda masuk terakhir" not in again
