"""Accounts of those who review and coordinate: invited by a link, known by a password, each with a role."""

from __future__ import annotations

import datetime
import re
import threading
from dataclasses import dataclass, replace
from functools import cache

import argon2
import sqlalchemy as sa

from lkjip_xl.portal import history, second
from lkjip_xl.portal.clock import now
from lkjip_xl.portal.history import About, Actor
from lkjip_xl.portal.schema import account, add, session
from lkjip_xl.portal.settings import PortalError
from lkjip_xl.portal.states import Role
from lkjip_xl.portal.tokens import digest, new_token

INVITED = datetime.timedelta(days=7)
LEAST, MOST = 12, 128
"""Characters of a password."""
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
_LOOKED_AT = 72  # characters, which zxcvbn takes; a beginning that is hard to guess is enough
_SAFE = 3  # of the scores that zxcvbn gives: more than 10^8 guesses
_LOCAL = (
    "lkjip",
    "sakip",
    "kabupaten",
    "koordinator",
    "penelaah",
    "rahasia",
    "katasandi",
    "bismillah",
    "indonesia",
    "merdeka",
)
_NO_CODE = "kode tidak cocok; ketik kode yang tampak sekarang, dan periksa jam telepon"
_HASHING = threading.Semaphore(2)  # each takes 64 MB


class AccountError(PortalError):
    """Something that cannot be done with an account."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who reviews or coordinates; without a password as long as the invitation has not been taken."""

    id: int
    login: str
    name: str
    role: Role
    active: bool
    ready: bool
    second: bool
    """Whether it is asked for a code, too (see ``second``)."""

    @property
    def actor(self) -> Actor:
        """Return it as who does something."""
        return Actor(self.name, self.id)

    @property
    def decides(self) -> bool:
        """Whether it may return and accept submissions."""
        return self.role in (Role.COORDINATOR, Role.REVIEWER)

    @property
    def manages(self) -> bool:
        """Whether it may open rounds, make links and invite others."""
        return self.role is Role.COORDINATOR


def invite(connection: sa.Connection, login: str, name: str, role: Role, actor: Actor) -> str:
    """Make an account; return the secret of its invitation. Raises ``AccountError``."""
    login, name = login.strip().casefold(), " ".join(name.split())
    if not _LOGIN.fullmatch(login):
        raise AccountError("nama masuk: 2 sampai 40 huruf kecil, angka, titik, garis; misalnya sri.wahyuni")
    if not name or len(name) > 120 or not name.isprintable():
        raise AccountError("nama harus diisi, paling banyak 120 huruf")
    if connection.scalar(sa.select(account.c.id).where(account.c.login == login)) is not None:
        raise AccountError(f"nama masuk {login} sudah dipakai; pilih yang lain")
    token = new_token()
    id_ = add(
        connection,
        account,
        login=login,
        name=name,
        role=role,
        active=True,
        made=now(),
        invitation=digest(token),
        invited_until=now() + INVITED,
    )
    history.record(connection, actor, f"mengundang {name} ({login}) sebagai {role}", About(account=id_))
    return token


def invite_again(connection: sa.Connection, each: Account, actor: Actor) -> str:
    """Return a new secret with which an account sets its password anew; the old password ends with its use."""
    token = new_token()
    connection.execute(
        account.update()
        .where(account.c.id == each.id)
        .values(invitation=digest(token), invited_until=now() + INVITED)
    )
    what = f"membuat undangan baru untuk {each.name} ({each.login})"
    history.record(connection, actor, what, About(account=each.id))
    return token


def invited(connection: sa.Connection, token: str) -> Account | None:
    """Return the account of an invitation that is not over."""
    return _found(
        connection,
        sa.and_(account.c.invitation == digest(token), account.c.invited_until > now(), account.c.active),
    )


def take(connection: sa.Connection, token: str, password: str) -> Account:
    """Take an invitation by setting the password; who was signed in to the account is out, and no code is asked for.

    Raises ``AccountError``.
    """
    each = invited(connection, token)
    if each is None:
        raise AccountError("undangan ini tidak berlaku lagi; minta yang baru kepada koordinator")
    _set(connection, each, password)
    connection.execute(account.update().where(account.c.id == each.id).values(second=None))
    what = f"membuat kata sandi untuk {each.login}"
    history.record(connection, each.actor, what, About(account=each.id))
    return replace(each, second=False)


def change_password(connection: sa.Connection, each: Account, old: str, password: str) -> None:
    """Change a password, which ends all sessions. Raises ``AccountError``."""
    kept = connection.scalar(sa.select(account.c.password).where(account.c.id == each.id))
    if not verifies(kept, old):
        raise AccountError("kata sandi lama tidak cocok")
    _set(connection, each, password)
    history.record(connection, each.actor, f"mengganti kata sandi {each.login}", About(account=each.id))


def add_second(connection: sa.Connection, each: Account, secret: str, code: str) -> None:
    """Have an account be asked for a code from now on; the first one proves that an app has the secret. Raises ``AccountError``."""
    step = second.step_of(secret, code, 0)
    if step is None:
        raise AccountError(_NO_CODE)
    connection.execute(
        account.update().where(account.c.id == each.id).values(second=secret, second_step=step)
    )
    history.record(connection, each.actor, f"memasang kode kedua {each.login}", About(account=each.id))


def remove_second(connection: sa.Connection, each: Account, code: str) -> None:
    """Have an account be asked for no code any more. Raises ``AccountError``."""
    if not second_fits(connection, each, code):
        raise AccountError(_NO_CODE)
    connection.execute(account.update().where(account.c.id == each.id).values(second=None))
    history.record(connection, each.actor, f"melepas kode kedua {each.login}", About(account=each.id))


def second_fits(connection: sa.Connection, each: Account, code: str) -> bool:
    """Whether a code is one of an account's app, and notes that it has been used; true where it is asked for none."""
    row = connection.execute(
        sa.select(account.c.second, account.c.second_step).where(account.c.id == each.id)
    ).one()
    if row.second is None:
        return True
    step = second.step_of(row.second, code, row.second_step)
    if step is None:
        return False
    used = account.update().where(account.c.id == each.id, account.c.second_step < step)
    return connection.execute(used.values(second_step=step)).rowcount == 1


def change(connection: sa.Connection, each: Account, *, role: Role, active: bool, actor: Actor) -> None:
    """Give an account another role, or shut it out. One coordinator stays. Raises ``AccountError``."""
    others = connection.scalar(
        sa.select(sa.func.count()).where(
            account.c.role == Role.COORDINATOR,
            account.c.active,
            account.c.password.is_not(None),
            account.c.id != each.id,
        )
    )
    if not others and (role is not Role.COORDINATOR or not active):
        raise AccountError("ini koordinator terakhir; undang koordinator lain dahulu")
    if (role, active) == (each.role, each.active):
        return
    connection.execute(account.update().where(account.c.id == each.id).values(role=role, active=active))
    if not active:
        connection.execute(session.delete().where(session.c.account_id == each.id))
    what = (
        f"menjadikan {each.name} ({each.login}) {role}"
        if active
        else f"menutup akun {each.name} ({each.login})"
    )
    history.record(connection, actor, what, About(account=each.id))


def known(connection: sa.Connection, login: str) -> tuple[Account | None, str | None]:
    """Return an account that may sign in, and its password as it is kept."""
    each = find_login(connection, login)
    if each is None or not each.active:
        return None, None
    kept = connection.scalar(sa.select(account.c.password).where(account.c.id == each.id))
    return (each, kept) if kept else (None, None)


def all_accounts(connection: sa.Connection) -> list[Account]:
    """Return all accounts by name."""
    return [_account(row) for row in connection.execute(account.select().order_by(account.c.name))]


def find(connection: sa.Connection, id_: int) -> Account | None:
    """Return an account."""
    return _found(connection, account.c.id == id_)


def find_login(connection: sa.Connection, login: str) -> Account | None:
    """Return an account by its login, as somebody types it."""
    return _found(connection, account.c.login == login.strip().casefold())


def _set(connection: sa.Connection, each: Account, password: str) -> None:
    if len(password) > MOST or len(re.sub(" +", " ", password)) < LEAST:
        raise AccountError(
            f"kata sandi: {LEAST} sampai {MOST} huruf; beberapa kata yang mudah diingat lebih baik"
        )
    if _guessable(password, each):
        raise AccountError("kata sandi ini terlalu mudah ditebak; pakai beberapa kata yang tidak berkaitan")
    with _HASHING:
        kept = _hasher().hash(password)
    connection.execute(
        account.update()
        .where(account.c.id == each.id)
        .values(password=kept, invitation=None, invited_until=None)
    )
    connection.execute(session.delete().where(session.c.account_id == each.id))


def _guessable(password: str, each: Account) -> bool:
    from zxcvbn import zxcvbn

    words = re.findall(r"\w+", f"{each.login} {each.name}".casefold())
    known = [*words, "".join(re.findall(r"\w+", each.name.casefold())), *_LOCAL]
    return bool(zxcvbn(password[:_LOOKED_AT], known)["score"] < _SAFE)


def verifies(kept: str | None, password: str) -> bool:
    """Whether a password is the one that is kept; takes as long where there is none."""
    with _HASHING:
        try:
            right = _hasher().verify(kept or _nobody(), password[:MOST])
            return right and kept is not None and len(password) <= MOST
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return False


@cache
def _hasher() -> argon2.PasswordHasher:
    return argon2.PasswordHasher()


@cache
def _nobody() -> str:
    """Return a password that nobody has, to be looked at where there is no account."""
    return _hasher().hash(new_token())


def _found(connection: sa.Connection, where: sa.ColumnElement[bool]) -> Account | None:
    row = connection.execute(account.select().where(where)).first()
    return None if row is None else _account(row)


def _account(row: sa.Row[tuple[object, ...]]) -> Account:
    ready, coded = row.password is not None, row.second is not None
    return Account(row.id, row.login, row.name, row.role, row.active, ready, coded)
