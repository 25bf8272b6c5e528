"""A PostgreSQL of the tests' own: Debian's programs, a cluster in a folder, a database for each test."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

_PLACES = "/usr/lib/postgresql/*/bin"


@dataclass(frozen=True)
class Cluster:
    """A running server, reached by a socket in a folder."""

    folder: Path
    programs: Path
    made: list[str]

    def new_database(self) -> str:
        """Return the address of a new, empty database."""
        name = f"uji{len(self.made)}"
        self.made.append(name)
        with psycopg.connect(self._parameters("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql://penguji@/{name}?host={self.folder}"

    def _parameters(self, database: str) -> str:
        return f"host={self.folder} user=penguji dbname={database}"

    def start(self) -> None:
        """Start the server, also after it was killed."""
        options = f"-k {self.folder} -c listen_addresses= -c max_connections=120"
        _run(
            [
                self.programs / "pg_ctl",
                "-D",
                self.folder / "data",
                "-l",
                self.folder / "log",
                "-w",
                "-o",
                options,
                "start",
            ]
        )

    def kill(self) -> None:
        """Kill the server as a power cut would."""
        pid = (self.folder / "data" / "postmaster.pid").read_text().splitlines()[0]
        subprocess.run(["kill", "-STOP", pid])  # or it would start others in their place
        subprocess.run(["pkill", "-9", "-P", pid])
        subprocess.run(["kill", "-9", pid])
        for lock in (self.folder / "data" / "postmaster.pid", self.folder / ".s.PGSQL.5432.lock"):
            lock.unlink()  # in a container nobody may take notice that a process has ended, and its id stays taken

    def stop(self) -> None:
        """Stop the server."""
        _run([self.programs / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop"], check=False)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Yield a running server, or skip with the reason."""
    programs = max(Path("/").glob(_PLACES.removeprefix("/")), default=None)
    if programs is None:
        pytest.skip("PostgreSQL is not installed; the portal is tested on SQLite only")
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    _run(
        [
            programs / "initdb",
            "-D",
            folder / "data",
            "-U",
            "penguji",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]
    )
    server = Cluster(folder, programs, [])
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str | Path], *, check: bool = True) -> None:
    """Run one of PostgreSQL's programs, which refuse to be run by root."""
    as_other = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    subprocess.run([*as_other, *map(str, command)], check=check, capture_output=True, cwd="/")
