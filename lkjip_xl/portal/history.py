"""What has happened, in order; it only grows (the database sees to that)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from lkjip_xl.portal.clock import now
from lkjip_xl.portal.schema import agency, event
from lkjip_xl.portal.states import State

SYSTEM = "sistem"
ENTERED, LEFT = "masuk", "keluar"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: an account, or a name that somebody has given."""

    name: str
    account: int | None = None


THE_SYSTEM = Actor(SYSTEM)


@dataclass(frozen=True, slots=True)
class About:
    """What it is done to; all that holds is named, so that it is found from each."""

    round_: int | None = None
    agency: int | None = None
    submission: int | None = None
    account: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that has happened."""

    id: int
    at: datetime.datetime
    actor: str
    what: str
    before: State | None
    after: State | None
    reason: str
    submission: int | None = None
    agency: str = ""
    """Whose it is, where events of many agencies stand together."""


def record(
    connection: sa.Connection,
    actor: Actor,
    what: str,
    about: About = About(),
    *,
    change: tuple[State | None, State] | None = None,
    reason: str = "",
) -> None:
    """Add what an actor has done, in the transaction that does it."""
    before, after = change or (None, None)
    connection.execute(
        event.insert().values(
            at=now(),
            actor=actor.name,
            account_id=actor.account,
            what=what,
            round_id=about.round_,
            agency_id=about.agency,
            submission_id=about.submission,
            about_account=about.account,
            before=before,
            after=after,
            reason=reason,
        )
    )


def of_agency(connection: sa.Connection, agency_id: int) -> Sequence[Event]:
    """Return what has happened to an agency and what it has sent, the last first."""
    return _events(connection, event.c.agency_id == agency_id)


def of_round(connection: sa.Connection, round_: int, most: int = 200) -> Sequence[Event]:
    """Return what has happened in a round, the last first."""
    events = _events(connection, event.c.round_id == round_, most)
    names = dict(
        connection.execute(
            sa.select(event.c.id, agency.c.name)
            .join(agency, event.c.agency_id == agency.c.id)
            .where(event.c.round_id == round_)
            .order_by(event.c.id.desc())
            .limit(most)
        ).all()
    )
    return [replace(each, agency=names.get(each.id, "")) for each in events]


def of_accounts(connection: sa.Connection, most: int = 200) -> Sequence[Event]:
    """Return what has happened to accounts, the last first."""
    return _events(connection, event.c.round_id.is_(None), most)


def of_account(connection: sa.Connection, account: int, most: int = 50) -> Sequence[Event]:
    """Return what has happened to an account, the last first."""
    return _events(connection, event.c.about_account == account, most)


def since_last_entry(connection: sa.Connection, account: int) -> Sequence[Event]:
    """Return what has happened to an account since it was signed in to last, the last first; nothing the first time."""
    last = sa.select(sa.func.max(event.c.id)).where(event.c.about_account == account, event.c.what == ENTERED)
    own = sa.and_(event.c.about_account == account, event.c.what.not_in((ENTERED, LEFT)))
    return _events(connection, sa.and_(own, event.c.id > last.scalar_subquery()), 50)


def changed_since(connection: sa.Connection, round_: int, moment: datetime.datetime) -> bool:
    """Whether anything has happened in a round since a moment."""
    since = sa.select(event.c.id).where(event.c.round_id == round_, event.c.at > moment).limit(1)
    return connection.scalar(since) is not None


def _events(connection: sa.Connection, where: sa.ColumnElement[bool], most: int | None = None) -> list[Event]:
    rows = connection.execute(event.select().where(where).order_by(event.c.id.desc()).limit(most))
    return [
        Event(
            row.id,
            row.at,
            row.actor,
            row.what,
            State(row.before) if row.before else None,
            State(row.after) if row.after else None,
            row.reason,
            row.submission_id,
        )
        for row in rows
    ]
