"""The tables of a portal's database, on SQLite and on PostgreSQL alike. Changes of them are migrations."""

from __future__ import annotations

import datetime
import re
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from lkjip_xl.portal.states import Role, State

meta = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(sa.types.TypeDecorator[datetime.datetime]):
    """A moment, kept as microseconds since 1970 UTC, so that every database orders and returns it alike."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, _: Any) -> int | None:
        """Return what is kept of a moment that knows its time zone."""
        return None if value is None else (value - _EPOCH) // datetime.timedelta(microseconds=1)

    def process_result_value(self, value: int | None, _: Any) -> datetime.datetime | None:
        """Return the moment in UTC."""
        return None if value is None else _EPOCH + datetime.timedelta(microseconds=value)


class Words(sa.types.TypeDecorator[str]):
    """A text, as every database takes it: files of strangers hold what is none."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _: Any) -> str | None:
        """Return what is kept of a text."""
        return value and _NONE.sub("\ufffd", value)


_NONE = re.compile("[\0\ud800-\udfff]")
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def _key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _to(table: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(f"{table}_id", sa.Integer, sa.ForeignKey(f"{table}.id"), nullable=nullable, index=True)


def _one_of(values: type[StrEnum], name: str) -> sa.Enum:
    """Return the type of a column that holds one of some words, which the database checks."""
    return sa.Enum(
        values,
        native_enum=False,
        values_callable=lambda each: [member.value for member in each],
        length=20,
        create_constraint=True,
        name=name,
    )


round_ = sa.Table(
    "round",
    meta,
    _key(),
    sa.Column("name", Words, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("deadline", Words, nullable=False, default=""),
    sa.Column("contact", Words, nullable=False, default=""),
    sa.Column("registry", Words, nullable=False),
    sa.Column("decisions", Words, nullable=False, default=""),
    sa.Column("opened", Moment, nullable=False),
    sa.Column("closed", Moment),
    comment="A round of submissions: a year and those who must report",
)

agency = sa.Table(
    "agency",
    meta,
    _key(),
    _to("round"),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("code", Words, nullable=False),
    sa.Column("name", Words, nullable=False),
    sa.Column("unit", Words, nullable=False, default=""),
    sa.Column("deadline", Words, nullable=False, default=""),
    sa.Column("contact", Words, nullable=False, default=""),
    sa.UniqueConstraint("round_id", "position"),
    comment="An agency that must report in a round, as its registry has it",
)

link = sa.Table(
    "link",
    meta,
    _key(),
    _to("agency"),
    sa.Column("digest", Words, nullable=False, unique=True),
    sa.Column("made", Moment, nullable=False),
    sa.Column("revoked", Moment),
    comment="A secret by which an agency is known; only its digest is kept",
)

check = sa.Table(
    "check",
    meta,
    _key(),
    sa.Column("digest", Words, nullable=False, unique=True),
    sa.Column("folder", Words, nullable=False),
    sa.Column("made", Moment, nullable=False),
    comment="Files that somebody only wanted to be looked at, for an hour",
)

upload = sa.Table(
    "upload",
    meta,
    _key(),
    _to("check", nullable=True),
    sa.Column("place", Words, nullable=False),
    sa.Column("digest", Words, nullable=False, index=True),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("name", Words, nullable=False),
    sa.Column("received", Moment, nullable=False),
    sa.Column("read", Moment, index=True),
    sa.Column("status", Words),
    sa.Column("code", Words),
    sa.Column("agency_name", Words),
    sa.Column("year", sa.Integer),
    sa.Column("verdict", Words),
    sa.Column("problem", Words),
    sa.Column("page", Words),
    comment="A file as it came, and what reading it has found",
    sqlite_autoincrement=True,
)

submission = sa.Table(
    "submission",
    meta,
    _key(),
    _to("agency"),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("upload_id", sa.Integer, sa.ForeignKey("upload.id"), nullable=False, unique=True),
    sa.Column("sender", Words, nullable=False),
    sa.Column("sent", Moment, nullable=False),
    sa.Column("late", sa.Boolean, nullable=False),
    sa.Column(
        "state",
        _one_of(State, "state"),
        nullable=False,
    ),
    sa.UniqueConstraint("agency_id", "number"),
    comment="A file that an agency has sent",
)

account = sa.Table(
    "account",
    meta,
    _key(),
    sa.Column("login", Words, nullable=False, unique=True),
    sa.Column("name", Words, nullable=False),
    sa.Column(
        "role",
        _one_of(Role, "role"),
        nullable=False,
    ),
    sa.Column("password", Words),
    sa.Column("active", sa.Boolean, nullable=False, default=True),
    sa.Column("made", Moment, nullable=False),
    sa.Column("invitation", Words, unique=True),
    sa.Column("invited_until", Moment),
    sa.Column("second", Words),
    sa.Column("second_step", sa.BigInteger, nullable=False, server_default="0"),
    comment="Who reviews and coordinates; the password as Argon2 has it, an invitation by its digest",
)

session = sa.Table(
    "session",
    meta,
    _key(),
    sa.Column("digest", Words, nullable=False, unique=True),
    _to("account", nullable=True),
    _to("link", nullable=True),
    sa.Column("made", Moment, nullable=False),
    sa.Column("seen", Moment, nullable=False),
    comment="A browser that is signed in, as an account or as an agency; only the digest of its secret is kept",
)

event = sa.Table(
    "event",
    meta,
    _key(),
    sa.Column("at", Moment, nullable=False),
    sa.Column("actor", Words, nullable=False),
    sa.Column("what", Words, nullable=False),
    _to("round", nullable=True),
    _to("agency", nullable=True),
    _to("submission", nullable=True),
    sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id")),
    sa.Column("about_account", sa.Integer, index=True),
    sa.Column("before", Words),
    sa.Column("after", Words),
    sa.Column("reason", Words, nullable=False, default=""),
    comment="What has happened; the database refuses to change or delete it",
)

job = sa.Table(
    "job",
    meta,
    _key(),
    sa.Column("kind", Words, nullable=False),
    sa.Column("subject", sa.Integer, nullable=False),
    sa.Column("made", Moment, nullable=False),
    sa.Column("done", Moment, index=True),
    sa.Column("problem", Words, nullable=False, default=""),
    comment="Work that waits for a reader, in the order in which it came",
    sqlite_autoincrement=True,
)


def add(connection: sa.Connection, table: sa.Table, **values: Any) -> int:
    """Add a row; return its id."""
    return int(connection.execute(table.insert().values(values).returning(table.c.id)).scalar_one())
