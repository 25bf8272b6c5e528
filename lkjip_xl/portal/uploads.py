"""Files that have come: what reading them has found, and those that are only checked."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

import sqlalchemy as sa

from lkjip_xl.base.findings import Status
from lkjip_xl.base.showing import short
from lkjip_xl.portal import jobs, schema
from lkjip_xl.portal.clock import now
from lkjip_xl.portal.database import Database
from lkjip_xl.portal.schema import check, job, upload
from lkjip_xl.portal.settings import Settings
from lkjip_xl.portal.tokens import digest, new_token
from lkjip_xl.portal.vault import Kept, Vault
from lkjip_xl.portal.works import Examined


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that has come; without ``read`` it waits for a reader, ``place`` in the queue."""

    id: int
    check: int | None
    stored: str
    digest: str
    size: int
    name: str
    received: datetime.datetime
    read: datetime.datetime | None
    status: Status | None
    code: str
    agency: str
    year: int | None
    verdict: str
    problem: str
    page: str
    place: int = 0

    @property
    def readable(self) -> bool:
        """Whether it is a workbook, so that there is something to make of it."""
        return self.status not in (None, Status.UNREADABLE)


def add(connection: sa.Connection, kept: Kept, name: str, check_id: int | None = None) -> int:
    """Note a file that is on the disk, and have it read; return its id."""
    id_ = schema.add(
        connection,
        upload,
        check_id=check_id,
        place=kept.place,
        digest=kept.digest,
        size=kept.size,
        name=short(name, 200) or "tanpa nama.xlsx",
        received=now(),
    )
    jobs.ask(connection, jobs.Kind.READ, id_)
    return id_


def note(connection: sa.Connection, id_: int, examined: Examined) -> None:
    """Keep what has been found in a file."""
    connection.execute(
        upload.update()
        .where(upload.c.id == id_)
        .values(
            read=now(),
            status=examined.status,
            code=examined.code,
            agency_name=examined.agency,
            year=examined.year,
            verdict=examined.verdict,
            problem=examined.problem,
            page=examined.page,
        )
    )


def find(connection: sa.Connection, id_: int) -> Upload:
    """Return a file that has come."""
    return _upload(connection, connection.execute(upload.select().where(upload.c.id == id_)).one())


def add_check(
    database: Database, vault: Vault, settings: Settings, files: Sequence[tuple[str, BinaryIO]]
) -> str:
    """Have files read that somebody only wants to be looked at; return the secret by which they are found again.

    Raises ``TooLargeError`` where one of them is.
    """
    token, folder = new_token(), f"periksa/{secrets.token_hex(16)}"
    try:
        kept = [
            (name, vault.lay_aside(content, settings.limits.file, f"{folder}/{number}.xlsx"))
            for number, (name, content) in enumerate(files, start=1)
        ]
        with database.writing() as connection:
            id_ = schema.add(connection, check, digest=digest(token), folder=folder, made=now())
            for name, each in kept:
                add(connection, each, name, id_)
    except BaseException:
        vault.clear(folder)
        raise
    return token


def of_check(connection: sa.Connection, token: str, settings: Settings) -> list[Upload]:
    """Return the files of a check that is not over; none for a secret that is unknown."""
    since = now() - datetime.timedelta(seconds=settings.checked_seconds)
    rows = connection.execute(
        sa.select(upload)
        .join(check, upload.c.check_id == check.c.id)
        .where(check.c.digest == digest(token), check.c.made > since)
        .order_by(upload.c.id)
    ).all()
    return [_upload(connection, row) for row in rows]


def clear_checks(database: Database, vault: Vault, settings: Settings) -> int:
    """Remove the checks that are over, with their files; return how many. Also what is of none, as a killed portal leaves it."""
    since = now() - datetime.timedelta(seconds=settings.checked_seconds)
    with database.reading() as connection:
        over = connection.execute(sa.select(check.c.id, check.c.folder).where(check.c.made <= since)).all()
    for each in over:
        vault.clear(each.folder)
        with database.writing() as connection:
            ids = sa.select(upload.c.id).where(upload.c.check_id == each.id)
            made = [*jobs.OF_UPLOADS]
            connection.execute(job.delete().where(job.c.kind.in_(made), job.c.subject.in_(ids)))
            connection.execute(upload.delete().where(upload.c.check_id == each.id))
            connection.execute(check.delete().where(check.c.id == each.id))
    old = vault.checked(since.timestamp())
    with database.reading() as connection:
        known = set(connection.scalars(sa.select(check.c.folder)))
    for folder in old:
        if folder not in known:
            vault.clear(folder)
    return len(over)


def _upload(connection: sa.Connection, row: sa.Row[tuple[object, ...]]) -> Upload:
    return Upload(
        row.id,
        row.check_id,
        row.place,
        row.digest,
        row.size,
        row.name,
        row.received,
        row.read,
        Status(row.status) if row.status else None,
        row.code or "",
        row.agency_name or "",
        row.year,
        row.verdict or "",
        row.problem or "",
        row.page or "",
        0 if row.read else jobs.place(connection, jobs.Kind.READ, row.id),
    )
