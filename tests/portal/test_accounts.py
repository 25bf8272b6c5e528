"""Passwords: what is taken, how it is kept, and that nobody learns from an answer whether an account exists."""

from __future__ import annotations

import re

import argon2
import pytest
import sqlalchemy as sa

from lkjip_xl.portal import accounts, history
from lkjip_xl.portal.history import Actor
from lkjip_xl.portal.schema import account
from lkjip_xl.portal.states import Role
from portals import PASSWORD, Opened, alert

EASY = "Kata sandi ini terlalu mudah ditebak; pakai beberapa kata yang tidak berkaitan"
LENGTH = "Kata sandi: 12 sampai 128 huruf; beberapa kata yang mudah diingat lebih baik"
WRONG = "Nama masuk, kata sandi, atau kode tidak cocok"


def _invited(opened: Opened, login: str = "ani", name: str = "Ani Lestari") -> str:
    with opened.portal.database.writing() as connection:
        return accounts.invite(connection, login, name, Role.READER, Actor("uji"))


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("kuda laut b", LENGTH),
        ("kuda laut bi", ""),
        ("kuda laut biru " * 8 + "senja sk", ""),  # 128
        ("kuda laut biru " * 8 + "senja sky", LENGTH),
        ("x" * 5_000, LENGTH),
        ("ku" + " " * 20 + "da laut", LENGTH),
        ("passwordpassword", EASY),
        ("123456789012", EASY),
        ("anilestari2024", EASY),
        ("bismillah2024", EASY),
        ("lkjip2024lkjip2024", EASY),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", EASY),
        ("ムササビ 草の葉 🌊 夜", ""),
        ("koin  \u200d naga ' \" <b> %00", ""),
    ],
)
def test_a_password_is_taken_by_its_length_and_how_hard_it_is_to_guess(
    opened: Opened, password: str, said: str
) -> None:
    token, browser = _invited(opened), opened.browser()
    browser.get(f"/undangan/{token}")
    answer = browser.post(f"/undangan/{token}", sandi=password, sekali_lagi=password)
    assert (answer.status_code, alert(answer.text)) == ((422, said) if said else (200, ""))
    if not said:
        again = opened.browser()
        assert again.post("/masuk", nama="ani", sandi=password).url.path == "/papan"


def test_a_password_is_the_whole_of_it(opened: Opened) -> None:
    token, browser, password = _invited(opened), opened.browser(), "kuda laut biru " * 8 + "senja sk"
    browser.post(f"/undangan/{token}", sandi=password, sekali_lagi=password)
    other = opened.browser()
    said = [
        other.post("/masuk", nama="ani", sandi=each).status_code
        for each in (password + "x", password[:-1], password.upper(), password + " ", "")
    ]
    assert said == [403] * 5
    assert other.post("/masuk", nama=" ANI ", sandi=password).url.path == "/papan"


def test_passwords_are_kept_by_argon2id_with_work_enough(opened: Opened) -> None:
    opened.account()
    with opened.portal.database.reading() as connection:
        kept = connection.scalar(sa.select(account.c.password))
    assert kept is not None
    found = argon2.extract_parameters(kept)
    assert found.type is argon2.Type.ID
    assert (found.memory_cost >= 47 * 1024, found.time_cost >= 1, found.salt_len >= 16) == (True, True, True)
    assert PASSWORD not in kept


def test_an_unknown_login_is_answered_as_a_wrong_password_with_the_same_work(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.account(login="sri")
    _invited(opened)
    looked: list[str] = []
    hasher = accounts._hasher()

    class Counted:
        def verify(self, kept: str, password: str) -> bool:
            looked.append(kept.split("$")[3])
            return hasher.verify(kept, password)

        def hash(self, password: str) -> str:
            return hasher.hash(password)

    accounts._nobody()
    monkeypatch.setattr(accounts, "_hasher", Counted)
    answers = [
        opened.browser().post("/masuk", nama=login, sandi="bukan kata sandinya")
        for login in ("sri", "tidak.ada", "ani")  # ani has no password yet
    ]
    shown = {re.sub(r'value="[^"]*"', "", each.text) for each in answers}
    assert [each.status_code for each in answers] == [403] * 3
    assert (len(shown), alert(answers[0].text)) == (1, WRONG)
    assert looked == [looked[0]] * 3


def test_a_password_typed_into_the_wrong_field_is_written_down_nowhere(opened: Opened) -> None:
    opened.account(login="sri")
    browser = opened.browser()
    for login in ("rahasia sekali ya", "sri"):
        browser.post("/masuk", nama=login, sandi="bukan kata sandinya")
    with opened.portal.database.reading() as connection:
        events = [each.what for each in history.of_accounts(connection)][:2]
    assert events == ["menolak masuk sebagai sri", "menolak masuk dengan nama yang tidak dikenal"]


def test_a_password_is_changed_by_who_knows_the_old_one(opened: Opened) -> None:
    browser, new = opened.account(login="sri"), "perahu kayu merah tua"
    browser.get("/akun")
    wrong = browser.post("/akun/sandi", lama="bukan kata sandinya", sandi=new, sekali_lagi=new)
    assert (wrong.status_code, alert(wrong.text)) == (422, "Kata sandi lama tidak cocok")
    unlike = browser.post("/akun/sandi", lama=PASSWORD, sandi=new, sekali_lagi=new + "x")
    assert (unlike.status_code, alert(unlike.text)) == (
        422,
        "Kedua kata sandi baru tidak sama; ketik lagi",
    )
    assert browser.post("/akun/sandi", lama=PASSWORD, sandi=new, sekali_lagi=new).status_code == 200
    other = opened.browser()
    assert other.post("/masuk", nama="sri", sandi=PASSWORD).status_code == 403
    assert other.post("/masuk", nama="sri", sandi=new).url.path == "/papan"


def test_a_coordinator_who_cannot_sign_in_yet_does_not_let_the_last_one_go(opened: Opened) -> None:
    browser = opened.account(login="sri")
    with opened.portal.database.writing() as connection:
        accounts.invite(connection, "budi", "Budi", Role.COORDINATOR, Actor("uji"))
        own = next(each for each in accounts.all_accounts(connection) if each.login == "sri")
    browser.get("/akun")
    answer = browser.post(f"/akun/{own.id}", peran="pembaca", aktif="1")
    assert (answer.status_code, alert(answer.text)) == (
        422,
        "Ini koordinator terakhir; undang koordinator lain dahulu",
    )
