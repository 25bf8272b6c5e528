"""Portals for tests: each test that takes ``opened`` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import argon2
import pytest

import portals
from lkjip_xl.portal import accounts, workers, works
from portals import Here, Opened
from postgres import Cluster, cluster

_READERS = ("test_workers", "test_hostile")
_LITTLE_DATA = (
    "test_accounts", "test_attacks", "test_counting", "test_headers", "test_managing", "test_roles", "test_second", "test_tokens",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have what asks little of a database be tried on SQLite, and on PostgreSQL where there is more time."""
    for item in items:
        if "postgresql" in item.name and item.path.stem in _LITTLE_DATA:
            item.add_marker(pytest.mark.long)


@pytest.fixture(autouse=True)
def _quick_passwords(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords in no time where it is not they that are tested."""
    accounts._nobody.cache_clear()
    if "test_accounts" not in request.node.nodeid:
        quick = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        monkeypatch.setattr(accounts, "_hasher", lambda: quick)


@pytest.fixture(autouse=True)
def _reading_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have files read in this process, which knows the libraries already, where it is not the reader that is tested."""
    if request.node.path.stem not in _READERS:
        monkeypatch.setattr(workers, "Isolated", Here)
        monkeypatch.setattr(works, "_step_back", lambda: None)


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
