"""Portals for tests: each test that takes ``opened`` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import portals
from portals import Opened
from postgres import Cluster, cluster


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    with cluster() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The address of an empty database; SQLite's is in the data folder."""
    if request.param == "sqlite":
        return ""
    server: Cluster = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def opened(tmp_path: Path, database: str) -> Iterator[Opened]:
    """A portal in this process, with one reader."""
    with portals.opened(tmp_path / "portal", database) as portal:
        yield portal
