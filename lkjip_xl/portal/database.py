"""The door to a portal's database: SQLite in its data folder, or PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from lkjip_xl.portal.settings import PortalError, Settings

if TYPE_CHECKING:
    from alembic.config import Config

NAME = "portal.sqlite"
AWAY = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError)
"""What is raised where a database cannot be reached, or not soon; what was not kept then may be tried again."""
_PATIENCE = {
    "connect_timeout": "10",
    "tcp_user_timeout": "30000",
}  # s, ms; the system's own are minutes and hours
_BUSY = 30  # seconds that a transaction waits for another
_CONNECTIONS = 48


class Database:
    """Transactions: ``reading`` sees one moment, ``writing`` happens whole or not at all, one at a time on SQLite."""

    def __init__(self, url: str | sa.URL) -> None:
        self.engine = _engine(sa.make_url(url))
        on_server = self.engine.dialect.name == "postgresql"
        self._one_moment = {"isolation_level": "REPEATABLE READ"} if on_server else {}  # SQLite has no other

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Yield what reads; nothing of it is kept."""
        with self.engine.connect().execution_options(**self._one_moment) as connection:
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
    with said_in_words():
        database = connect(settings)
        migrate(database)
    return database


def connect(settings: Settings) -> Database:
    """Return the database of a portal as it is. Raises ``PortalError``."""
    try:
        return Database(settings.database or sa.URL.create("sqlite", database=str(settings.data / NAME)))
    except sa.exc.ArgumentError:
        raise PortalError(
            "alamat basis data tidak dapat dipakai; tulis seperti postgresql://pengguna@host/nama"
        ) from None


@contextmanager
def said_in_words() -> Iterator[None]:
    """Raise ``PortalError`` where a database cannot be reached or used."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise PortalError(f"basis data tidak dapat dibuka ({_told(error)})") from None


def migrate(database: Database) -> None:
    """Bring the tables up to this program's version, in one transaction; raise ``PortalError`` for those of a later one."""
    with database.writing() as connection:
        version = version_of(connection)
        if version is not None and not is_known(version):
            raise PortalError("basis data ini dari versi lkjip-xl yang lebih baru; perbarui lkjip-xl")
        upgrade(connection)


def version_of(connection: sa.Connection) -> str | None:
    """Return the version of a database's tables; None where it is not a portal's."""
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def is_known(version: str) -> bool:
    """Whether this program knows a version of the tables: it is its own, or an earlier one."""
    from alembic.script import ScriptDirectory

    return version in {each.revision for each in ScriptDirectory.from_config(_migrations()).walk_revisions()}


def upgrade(connection: sa.Connection, version: str = "head") -> None:
    """Bring the tables up to a version that is known."""
    from alembic import command

    config = _migrations()
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def _migrations() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _engine(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg", query={**_PATIENCE, **url.query})
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


def _told(error: sa.exc.DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0]
