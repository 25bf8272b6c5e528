"""The door to a portal's database: SQLite in its data folder, or PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from lkjip_xl.portal.settings import PortalError, Settings

NAME = "portal.sqlite"
_BUSY = 30  # seconds that a transaction waits for another
_CONNECTIONS = 48


class Database:
    """Transactions: ``reading`` sees one moment, ``writing`` happens whole or not at all, one at a time on SQLite."""

    def __init__(self, url: str | sa.URL) -> None:
        self.engine = _engine(sa.make_url(url))

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Yield what reads; nothing of it is kept."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Yield what writes; it is kept when the block ends without an error, on the disk before that returns."""
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(settings: Settings) -> Database:
    """Return the database of a portal, brought up to this program's version. Raises ``PortalError``."""
    url = settings.database or sa.URL.create("sqlite", database=str(settings.data / NAME))
    try:
        database = Database(url)
        migrate(database)
    except sa.exc.ArgumentError:
        raise PortalError(
            "alamat basis data tidak dapat dipakai; tulis seperti postgresql://pengguna@host/nama"
        ) from None
    except sa.exc.OperationalError as error:
        raise PortalError(f"basis data tidak dapat dibuka ({_told(error)})") from None
    return database


def migrate(database: Database) -> None:
    """Bring the tables up to this program's version, in one transaction; raise ``PortalError`` for those of a later one."""
    from alembic import command
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with database.writing() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
        if at is not None and at not in {
            each.revision for each in ScriptDirectory.from_config(config).walk_revisions()
        }:
            raise PortalError("basis data ini dari versi lkjip-xl yang lebih baru; perbarui lkjip-xl")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _engine(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
        return sa.create_engine(
            url, pool_size=10, max_overflow=_CONNECTIONS - 10, pool_pre_ping=True, hide_parameters=True
        )
    if url.get_backend_name() != "sqlite":
        raise PortalError(f"basis data {url.get_backend_name()} tidak didukung; pakai SQLite atau PostgreSQL")
    engine = sa.create_engine(
        url,
        pool_size=_CONNECTIONS,
        hide_parameters=True,
        connect_args={"timeout": _BUSY, "check_same_thread": False},
    )
    sa.event.listen(engine, "connect", _connected)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _connected(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # transactions begin as ``_begin`` says
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_BUSY * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    """Take the right to write at once: a transaction that asks for it later may have to be thrown away."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _told(error: sa.exc.OperationalError) -> str:
    return str(error.orig).strip().splitlines()[0]
