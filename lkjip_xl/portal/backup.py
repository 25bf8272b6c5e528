"""A copy of a portal in one file, taken while it serves, and a portal made of it again, on SQLite or PostgreSQL alike.

The archive is a zip with ``cadangan.json`` (of which version, how much, the digests), ``tabel/*.jsonl`` (the rows of each
table as one transaction sees them) and ``berkas/…`` (every file that those rows name). Left out is what is over within an
hour (checks), what a browser gets anew (sessions, and the key of forms) and what is made anew from the rest.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa

from lkjip_xl import __version__
from lkjip_xl.base.errors import file_reason
from lkjip_xl.base.output import check_folder, check_target, whole_file, whole_folder
from lkjip_xl.portal import database
from lkjip_xl.portal.clock import now
from lkjip_xl.portal.jobs import OF_UPLOADS
from lkjip_xl.portal.settings import PortalError, Settings
from lkjip_xl.portal.vault import Vault, place_of

_CONTENTS = "cadangan.json"
_LEFT_OUT = ("alembic_version", "session", "check")
_OWNERS_ONLY = 0o600  # passwords are in it, though as Argon2 has them
_ROWS = 200  # at once
_DIGEST = re.compile(r"[0-9a-f]{64}")
_OURS = re.compile(
    rf"berkas|masuk|periksa|turunan|putaran|[0-9a-f]{{2}}|{_DIGEST.pattern}\.xlsx|{re.escape(database.NAME)}(-wal|-shm)?"
)


@dataclass(frozen=True, slots=True)
class Saved:
    """What an archive holds: ``version`` of the tables, the rows and digest of each, how many files."""

    version: str
    tables: dict[str, tuple[int, str]]
    files: int

    @property
    def submissions(self) -> int:
        """How many submissions there are in it."""
        return self.tables["submission"][0]


def backup(settings: Settings, target: Path, *, force: bool = False) -> Saved:
    """Write the archive of a portal, which may be serving meanwhile. Raises ``LkjipError``."""
    check_target(target, force=force)
    if not settings.data.is_dir() or not (settings.database or (settings.data / database.NAME).is_file()):
        raise PortalError(
            "ini bukan folder data portal; bila basis datanya PostgreSQL, tambahkan --db", settings.data
        )
    source = database.connect(settings)
    try:
        with (
            database.said_in_words(),
            whole_file(target, force=force) as temporary,
            zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            with source.reading() as connection:
                version = database.version_of(connection)
                if version is None:
                    raise PortalError("basis data ini belum dipakai portal")
                if not database.is_known(version):
                    raise PortalError("basis data ini dari versi lkjip-xl yang lebih baru; perbarui lkjip-xl")
                tables, named = _save_rows(connection, archive)
            for digest in sorted(named):
                _save_file(settings.data / place_of(digest), digest, archive)
            saved = Saved(version, tables, len(named))
            archive.writestr(_CONTENTS, _told(saved))
    finally:
        source.close()
    target.chmod(_OWNERS_ONLY)
    return saved


def _save_rows(
    connection: sa.Connection, archive: zipfile.ZipFile
) -> tuple[dict[str, tuple[int, str]], set[str]]:
    """Write the rows of all tables; return how many and their digests, and the files that they name."""
    saved, named = {}, set()
    for table in _tables(connection):
        number, digest = 0, hashlib.sha256()
        with archive.open(f"tabel/{table.name}.jsonl", "w") as file:
            for row in connection.execution_options(yield_per=_ROWS).execute(_kept(table)).mappings():
                line = json.dumps(dict(row), ensure_ascii=False).encode() + b"\n"
                file.write(line)
                digest.update(line)
                number += 1
                if table.name == "upload":
                    named.add(row["digest"])
        saved[table.name] = (number, digest.hexdigest())
    return saved, named


def _tables(connection: sa.Connection) -> list[sa.Table]:
    """Return the tables as the database has them, whichever their version; first those that others point to."""
    meta = sa.MetaData()
    meta.reflect(connection)
    return [table for table in meta.sorted_tables if table.name not in _LEFT_OUT]


def _kept(table: sa.Table) -> sa.Select[Any]:
    """Return a table's rows but those of files that are only checked."""
    rows = sa.select(table).order_by(table.c.id)
    if table.name == "upload":
        return rows.where(table.c.check_id.is_(None))
    if table.name == "job":
        upload = sa.table("upload", sa.column("id"), sa.column("check_id"))
        checked = sa.select(upload.c.id).where(upload.c.check_id.is_not(None))
        return rows.where(~sa.and_(table.c.kind.in_([*OF_UPLOADS]), table.c.subject.in_(checked)))
    return rows


def _save_file(path: Path, digest: str, archive: zipfile.ZipFile) -> None:
    try:
        source = path.open("rb")
    except OSError as error:
        raise _lost(path, f"tidak dapat dibaca ({file_reason(error)})") from None
    info = zipfile.ZipInfo(place_of(digest))  # stored: a workbook is packed already
    with source, archive.open(info, "w", force_zip64=True) as file:
        shutil.copyfileobj(source, file)
        source.seek(0)
        if hashlib.file_digest(source, "sha256").hexdigest() != digest:
            raise _lost(path, "rusak")


def _lost(path: Path, how: str) -> PortalError:
    return PortalError(f"berkas kiriman ini {how}; kembalikan dari cadangan sebelumnya", path)


def _told(saved: Saved) -> str:
    tables = {name: {"baris": rows, "sha256": digest} for name, (rows, digest) in saved.tables.items()}
    return json.dumps(
        {
            "lkjip-xl": __version__,
            "skema": saved.version,
            "dibuat": now().isoformat(timespec="seconds"),
            "tabel": tables,
            "berkas": saved.files,
        },
        indent=1,
    )


class _DamagedError(Exception):
    """An archive that does not hold what it should; the text is what."""


def restore(path: Path, settings: Settings) -> Saved:
    """Make a portal of an archive, in a new folder and an empty database, whole or not at all. Raises ``LkjipError``."""
    check_folder(settings.data, force=False)
    try:
        with zipfile.ZipFile(path) as archive:
            saved = _contents(archive)
            if not database.is_known(saved.version):
                raise PortalError("cadangan ini dari versi lkjip-xl yang lebih baru; perbarui lkjip-xl", path)
            named = _verified(archive, saved)
            with whole_folder(settings.data, force=False, known=_is_ours) as folder:
                vault = Vault(folder)
                for digest in named:
                    with archive.open(place_of(digest)) as file:
                        vault.keep(file, archive.getinfo(place_of(digest)).file_size)
                _fill(archive, saved, Settings(folder, settings.database))
    except _DamagedError as error:
        raise _damaged(path, str(error)) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise _damaged(path, "bukan zip yang utuh") from None
    return saved


def _damaged(path: Path, why: str) -> PortalError:
    return PortalError(f"cadangan ini rusak ({why}); pakai salinan lain", path)


def _is_ours(path: Path) -> bool:
    """Whether something is what a portal that is being restored consists of."""
    return _OURS.fullmatch(path.name) is not None


def _contents(archive: zipfile.ZipFile) -> Saved:
    try:
        told = json.loads(archive.read(_CONTENTS))
        tables = {name: (int(each["baris"]), str(each["sha256"])) for name, each in told["tabel"].items()}
        saved = Saved(str(told["skema"]), tables, int(told["berkas"]))
        saved.tables["submission"], saved.tables["upload"]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _DamagedError(f"{_CONTENTS} tidak ada atau tidak terbaca") from None
    return saved


def _verified(archive: zipfile.ZipFile, saved: Saved) -> list[str]:
    """Look at all of an archive before anything is made of it; return the digests of its files."""
    for name, (_, wanted) in saved.tables.items():
        with _member(archive, f"tabel/{name}.jsonl") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != wanted:
                raise _DamagedError(f"isi tabel {name} berubah")
    named = set()
    for row in _rows(archive, "upload"):
        digest = str(row.get("digest"))
        if not _DIGEST.fullmatch(digest) or row.get("place") != place_of(digest):
            raise _DamagedError("tempat sebuah berkas tidak sah")
        named.add(digest)
    wanted_names = [_CONTENTS, *(f"tabel/{name}.jsonl" for name in saved.tables), *map(place_of, named)]
    if strange := sorted({*archive.namelist()} - {*wanted_names}):
        raise _DamagedError(f"memuat {strange[0]!r}, yang bukan bagiannya")
    if len(archive.namelist()) != len({*archive.namelist()}):
        raise _DamagedError("memuat berkas dengan nama yang sama")
    for digest in named:
        with _member(archive, place_of(digest)) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise _DamagedError(f"isi berkas {digest[:8]}… berubah")
    return sorted(named)


def _member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipExtFile:
    try:
        return cast("zipfile.ZipExtFile", archive.open(name))
    except KeyError:
        raise _DamagedError(f"{name} tidak ada di dalamnya") from None


def _rows(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table."""
    with _member(archive, f"tabel/{name}.jsonl") as file:
        for line in file:
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            if not isinstance(row, dict):
                raise _DamagedError(f"baris tabel {name} tidak terbaca")
            yield row


def _fill(archive: zipfile.ZipFile, saved: Saved, settings: Settings) -> None:
    """Have an empty database hold the rows of an archive, and be of this program's version."""
    target = database.connect(settings)
    try:
        with database.said_in_words(), target.writing() as connection:
            if sa.inspect(connection).get_table_names():
                raise PortalError("basis data ini sudah berisi; pulihkan ke basis data kosong")
            database.upgrade(connection, saved.version)
            tables = _tables(connection)
            if {table.name for table in tables} != {*saved.tables}:
                raise _DamagedError("tabelnya bukan tabel portal")
            for table in tables:
                _insert(connection, table, _rows(archive, table.name))
            database.upgrade(connection)
    finally:
        target.close()


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterator[dict[str, Any]]) -> None:
    columns = {column.name for column in table.columns}
    while some := [*islice(rows, _ROWS)]:
        if any({*row} != columns for row in some):
            raise _DamagedError(f"kolom tabel {table.name} bukan kolom portal")
        try:
            connection.execute(table.insert(), some)
        except (sa.exc.IntegrityError, sa.exc.DataError):
            raise _DamagedError(f"isi tabel {table.name} tidak sah") from None
    if connection.dialect.name == "postgresql":  # which counts on where it was, not after the highest
        highest = sa.select(sa.func.max(table.c.id)).scalar_subquery()
        sequence = sa.func.pg_get_serial_sequence(f'"{table.name}"', "id")
        connection.execute(
            sa.select(sa.func.setval(sequence, sa.func.coalesce(highest, 1), highest.is_not(None)))
        )
