"""Browsers that are signed in, as an account or as an agency; a secret in a cookie, its digest here."""

from __future__ import annotations

import datetime

import sqlalchemy as sa

from lkjip_xl.portal import accounts, rounds
from lkjip_xl.portal.accounts import Account
from lkjip_xl.portal.clock import now
from lkjip_xl.portal.rounds import Agency
from lkjip_xl.portal.schema import session
from lkjip_xl.portal.tokens import digest, new_token

IDLE = datetime.timedelta(hours=8)
LONGEST = datetime.timedelta(days=30)
"""How long an agency's browser stays signed in; its link signs it in again."""
WORKDAY = datetime.timedelta(hours=16)
"""How long an account's does."""
_SEEN = datetime.timedelta(minutes=5)  # between two notes that a browser is still there


def sign_in(connection: sa.Connection, *, account_id: int | None = None, link_id: int | None = None) -> str:
    """Return the new secret of a browser."""
    token = new_token()
    connection.execute(
        session.insert().values(
            digest=digest(token), account_id=account_id, link_id=link_id, made=now(), seen=now()
        )
    )
    return token


def sign_out(connection: sa.Connection, token: str) -> None:
    """Forget a browser."""
    connection.execute(session.delete().where(session.c.digest == digest(token)))


def account_of(connection: sa.Connection, token: str) -> tuple[Account | None, bool]:
    """Return the account of a browser that was there within ``IDLE``, and whether to note that it is (see ``seen``)."""
    moment = now()
    row = connection.execute(
        session.select().where(
            session.c.digest == digest(token),
            session.c.account_id.is_not(None),
            session.c.seen > moment - IDLE,
            session.c.made > moment - WORKDAY,
        )
    ).first()
    each = accounts.find(connection, row.account_id) if row else None
    if row is None or each is None or not each.active:
        return None, False
    return each, row.seen < moment - _SEEN


def agency_of(connection: sa.Connection, token: str) -> Agency | None:
    """Return the agency of a browser, as long as its link is not revoked."""
    row = connection.execute(
        session.select().where(
            session.c.digest == digest(token),
            session.c.link_id.is_not(None),
            session.c.made > now() - LONGEST,
        )
    ).first()
    return rounds.agency_of_link(connection, row.link_id) if row else None


def seen(connection: sa.Connection, token: str) -> None:
    """Note that a browser is there."""
    connection.execute(session.update().where(session.c.digest == digest(token)).values(seen=now()))


def clear(connection: sa.Connection) -> None:
    """Forget browsers that have been signed in for too long."""
    connection.execute(session.delete().where(session.c.made <= now() - LONGEST))
