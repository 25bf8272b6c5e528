"""What is said and kept where disk or database fail, and where server, readers or database are killed."""

from __future__ import annotations

import errno
import os
import random
from pathlib import Path

import pytest
import sqlalchemy as sa

import faults
import workbooks
from lkjip_xl.portal import submissions, uploads
from lkjip_xl.portal.database import Database
from portals import Opened

AWAY = (
    "Portal sedang tidak dapat menyimpan atau membaca ({}); yang sudah bertanda terima tidak hilang, "
    "yang lain coba lagi sebentar lagi"
)


def _sent(opened: Opened) -> int:
    with opened.portal.database.reading() as connection:
        return len(submissions.of_agency(connection, opened.agency_of("1.01")))


def test_an_upload_onto_a_full_disk_is_refused_in_words(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.open_round()
    staff, data = opened.agency("1.01"), opened.portal.settings.data

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        answer = staff.upload("/kirim", b"isi", pengirim="Budi")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert AWAY.format("penyimpanan penuh") in answer.text
    assert _sent(opened) == 0
    assert not [*(data / "masuk").iterdir(), *(data / "berkas").rglob("*.xlsx")]
    assert staff.upload("/kirim", b"isi", pengirim="Budi").url.path == "/kirim/1"


@pytest.mark.parametrize("fails", ["reading", "writing"])
def test_a_database_that_is_away_is_told_in_words(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    opened.open_round()
    staff = opened.agency("1.01")

    def away(_: Database) -> None:
        raise sa.exc.OperationalError("SELECT rahasia", {}, OSError("connection refused"))

    with monkeypatch.context() as patch:
        patch.setattr(Database, fails, away)
        answer = staff.upload("/kirim", b"isi", pengirim="Budi")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert AWAY.format("basis data tidak menjawab") in answer.text
    assert "rahasia" not in answer.text
    assert _sent(opened) == 0
    assert staff.upload("/kirim", b"isi", pengirim="Budi").url.path == "/kirim/1"


def test_files_that_were_to_be_checked_when_the_portal_was_killed_are_cleared_away(opened: Opened) -> None:
    data, portal = opened.portal.settings.data, opened.portal
    old, new = "a" * 32, "b" * 32
    for name, age in ((old, 7200), (new, 60)):
        (data / "periksa" / name).mkdir()
        (data / "periksa" / name / "1.xlsx").write_bytes(b"isi")
        at = (data / "periksa" / name).stat().st_mtime - age
        os.utime(data / "periksa" / name, (at, at))
    uploads.clear_checks(portal.database, portal.vault, portal.settings)
    assert [path.name for path in (data / "periksa").iterdir()] == [new]


@pytest.mark.long  # at twenty moments: make faults
@pytest.mark.parametrize(
    ("database", "victims"),
    [("sqlite", ["server", "reader"]), ("postgresql", ["database", "server", "database"])],
    indirect=["database"],
)
def test_nothing_is_lost_or_doubled_where_something_is_killed(
    request: pytest.FixtureRequest, database: str, victims: list[str], tmp_path: Path
) -> None:
    cluster = request.getfixturevalue("postgres") if database else None
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")  # noqa: T201 - shown where it fails
    rng = random.Random(seed)  # noqa: S311 - moments, not secrets
    books = workbooks.copies((len(victims) + 1) * faults.SENDERS)
    with faults.site(tmp_path / "portal", len(victims), books, cluster) as at:
        assert [faults.moment(at, victim, rng)[2] for victim in victims] == [[] for _ in victims]
