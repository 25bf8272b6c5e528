"""Work that waits for a reader: in the database until it is done, so that nothing is lost when the portal is ended."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from lkjip_xl.portal.clock import now
from lkjip_xl.portal.schema import add, job


class Kind(StrEnum):
    """What is to be done, and to what: a file that has come, an agency, a round."""

    READ = "baca"
    RETURNED = "dikembalikan"
    SUMMARY = "ringkasan"
    REPORT = "laporan"
    BLANK = "kosong"
    TOGETHER = "gabungan"


OF_UPLOADS = (Kind.READ, Kind.RETURNED, Kind.SUMMARY, Kind.REPORT)
"""Work that is about a file that has come."""


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work; ``subject`` is the id of what it is about."""

    id: int
    kind: Kind
    subject: int


def ask(connection: sa.Connection, kind: Kind, subject: int) -> int:
    """Have something done, once where it already waits; return the id of the work."""
    waits = sa.select(job.c.id).where(job.c.kind == kind, job.c.subject == subject, job.c.done.is_(None))
    known = connection.scalar(waits)
    if known is not None:
        return int(known)
    return add(connection, job, kind=kind, subject=subject, made=now(), problem="")


def next_(connection: sa.Connection, busy: Collection[int]) -> Job | None:
    """Return the first work that waits and is not being done."""
    row = connection.execute(
        sa.select(job.c.id, job.c.kind, job.c.subject)
        .where(job.c.done.is_(None), job.c.id.not_in(busy))
        .order_by(job.c.id)
        .limit(1)
    ).first()
    return None if row is None else Job(row.id, Kind(row.kind), row.subject)


def finish(connection: sa.Connection, id_: int, problem: str = "") -> None:
    """Note that something is done, or why it could not be."""
    connection.execute(job.update().where(job.c.id == id_).values(done=now(), problem=problem))


def last(connection: sa.Connection, kind: Kind, subject: int) -> tuple[bool, str]:
    """Return whether the last work of a kind still waits, and what its problem was."""
    row = connection.execute(
        sa.select(job.c.done, job.c.problem)
        .where(job.c.kind == kind, job.c.subject == subject)
        .order_by(job.c.id.desc())
        .limit(1)
    ).first()
    return (False, "") if row is None else (row.done is None, row.problem)


def last_done(connection: sa.Connection, kind: Kind, subject: int) -> datetime.datetime | None:
    """Return when work of a kind that was done last without a problem had come."""
    where = (job.c.kind == kind, job.c.subject == subject, job.c.done.is_not(None), job.c.problem == "")
    made: datetime.datetime | None = connection.scalar(
        sa.select(job.c.made).where(*where).order_by(job.c.id.desc()).limit(1)
    )
    return made


def place(connection: sa.Connection, kind: Kind, subject: int) -> int:
    """Return how many pieces of work are done up to this one and with it; 0 where it does not wait."""
    own = connection.scalar(
        sa.select(sa.func.max(job.c.id)).where(
            job.c.kind == kind, job.c.subject == subject, job.c.done.is_(None)
        )
    )
    if own is None:
        return 0
    return int(
        connection.scalar(sa.select(sa.func.count()).where(job.c.done.is_(None), job.c.id <= own)) or 0
    )


def waiting(connection: sa.Connection) -> int:
    """Return how much work waits."""
    return int(connection.scalar(sa.select(sa.func.count()).where(job.c.done.is_(None))) or 0)
