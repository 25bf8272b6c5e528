"""What has happened, in order; it only grows (the database sees to that)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

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

    at: datetime.datetime
    actor: str
    what: str
    before: State | None
    after: State | None
    reason: str
    submission: int | None = None
    agency: str = ""
    """Whose it is; empty for what is of no agency."""


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
    return _events(connection, event.c.round_id == round_, most)


def decisions(connection: sa.Connection, round_: int) -> dict[int, Event]:
    """Return how each submission of a round was decided last, by its id."""
    decided = event.c.after.in_((State.RETURNED, State.ACCEPTED))
    found = _events(connection, sa.and_(event.c.round_id == round_, decided))
    return {each.submission: each for each in reversed(found) if each.submission is not None}


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
    whose = sa.select(event, agency.c.name.label("agency")).outerjoin(
        agency, event.c.agency_id == agency.c.id
    )
    rows = connection.execute(whose.where(where).order_by(event.c.id.desc()).limit(most))
    return [
        Event(
            row.at,
            row.actor,
            row.what,
            State(row.before) if row.before else None,
            State(row.after) if row.after else None,
            row.reason,
            row.submission_id,
            row.agency or "",
        )
        for row in rows
    ]
