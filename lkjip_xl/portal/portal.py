"""A portal: its database, files, key and workers, opened together by one process alone."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lkjip_xl.base.errors import file_reason
from lkjip_xl.portal.database import Database, open_database
from lkjip_xl.portal.settings import PortalError, Settings
from lkjip_xl.portal.tokens import portal_key
from lkjip_xl.portal.vault import Vault
from lkjip_xl.portal.workers import Workers
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Template

_LOCK = "terkunci"


@dataclass(frozen=True)
class Portal:
    """What all pages work on."""

    settings: Settings
    database: Database
    vault: Vault
    workers: Workers
    template: Template
    key: bytes


@contextlib.contextmanager
def open_portal(settings: Settings) -> Iterator[Portal]:
    """Yield a portal whose workers work; raises ``LkjipError`` where it cannot be opened."""
    template = load_template(settings.templates)
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(settings.data):
            vault = Vault(settings.data, settings.scan)
            vault.sweep()
            database = open_database(settings)
            try:
                workers = Workers(database, vault, settings, template.codes)
                workers.start()
                try:
                    yield Portal(settings, database, vault, workers, template, portal_key(settings.data))
                finally:
                    workers.stop()
            finally:
                database.close()
    except OSError as error:
        raise PortalError(f"folder data tidak dapat dipakai ({file_reason(error)})", settings.data) from None


@contextlib.contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Hold the data folder; the system lets go of it when this process ends, however it does."""
    with (data / _LOCK).open("ab") as file:
        try:
            if os.name == "nt":
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise PortalError("folder data ini sedang dipakai lkjip-xl serve yang lain", data) from None
        yield
