"""A portal in one file while it serves, and the same portal made of it again."""

from __future__ import annotations

import hashlib
import io
import json
import random
import shutil
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import portals
from lkjip_xl.base.errors import LkjipError
from lkjip_xl.base.findings import Status
from lkjip_xl.portal import database as databases
from lkjip_xl.portal import jobs, rounds, submissions, uploads
from lkjip_xl.portal.backup import backup, restore
from lkjip_xl.portal.database import Database
from lkjip_xl.portal.history import Actor
from lkjip_xl.portal.portal import Portal
from lkjip_xl.portal.schema import event, submission, upload
from lkjip_xl.portal.schema import meta as tables
from lkjip_xl.portal.settings import Settings
from lkjip_xl.portal.states import State
from lkjip_xl.portal.submissions import RefusedError
from lkjip_xl.portal.works import Examined
from portals import Opened
from postgres import Cluster
from support import Run

STAFF, REVIEWER = "Budi", Actor("Sri")
KEPT = sorted({*tables.tables} - {"session", "check"})


def _send(portal: Portal, content: bytes, code: str = "1.01") -> None:
    with portal.database.reading() as connection:
        of = rounds.find_round(connection, 1)
        assert of is not None
        by = next(each for each in rounds.agencies(connection, 1) if each.code == code)
    kept = portal.vault.keep(io.BytesIO(content), 10**6)
    with portal.database.writing() as connection:
        submissions.receive(connection, of, by, kept, "isian.xlsx", STAFF)


def _some_history(opened: Opened, seed: int) -> None:
    """Send, read and decide at random, without readers."""
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    opened.open_round()
    opened.account()
    database = opened.portal.database
    for step in range(40):
        code = rng.choice(["1.01", "1.02", "2.13"])
        by = opened.agency_of(code)
        with database.reading() as connection:
            last = submissions.last_of(connection, by)
        try:
            if last is None or rng.random() < 0.5:
                _send(opened.portal, f"isi {step}".encode(), code)
            elif last.state is State.RECEIVED:
                with database.writing() as connection:
                    found = Examined(rng.choice([*Status]), code, "Dinas", 2023, "Ada ↩ 'kutip'", "<p>\n</p>")
                    submissions.read(connection, last.upload, found)
                    jobs.finish(
                        connection, connection.scalar(sa.select(sa.func.max(tables.tables["job"].c.id))) or 0
                    )
            else:
                after = rng.choice([State.RETURNED, State.ACCEPTED])
                with database.writing() as connection:
                    submissions.decide(connection, last, last.state, after, "karena", REVIEWER)
        except RefusedError:
            pass


def _dump(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    with database.reading() as connection:
        return {
            name: [
                tuple(row)
                for row in connection.execute(sa.select(tables.tables[name]).order_by(sa.text("id")))
            ]
            for name in KEPT
        }


def _files(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (data / "berkas").rglob("*.xlsx")}


@pytest.fixture
def idle(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A portal whose readers do nothing, so that the test alone makes its history."""
    monkeypatch.setattr(jobs, "next_", lambda *_: None)
    with portals.opened(tmp_path / "portal", database) as portal:
        yield portal


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest) -> str:
    """The address of an empty database to restore into."""
    return "" if request.param == "sqlite" else request.getfixturevalue("postgres").new_database()


@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_restored_is_what_was_there(idle: Opened, other: str, tmp_path: Path, seed: int) -> None:
    _some_history(idle, seed)
    uploads.add_check(
        idle.portal.database, idle.portal.vault, idle.portal.settings, [("a", io.BytesIO(b"a"))]
    )
    idle.portal.workers.lay_out(1)
    saved = backup(idle.portal.settings, tmp_path / "c.zip")
    before, settings = _dump(idle.portal.database), Settings(tmp_path / "baru", other)
    before["upload"] = [row for row in before["upload"] if row[1] is None]
    before["job"] = before["job"][:-1]  # the last was that of the check
    assert (saved.submissions, saved.files) == (
        len(before["submission"]),
        len({row[3] for row in before["upload"]}),
    )

    restore(tmp_path / "c.zip", settings)
    assert not {path.name for path in settings.data.iterdir()} & {"kunci"}
    with portals.opened(settings.data, other) as again:
        assert _dump(again.portal.database) == before
        sent = {f"{row[3]}.xlsx" for row in before["upload"]}  # what was refused is not
        own = _files(idle.portal.settings.data)
        assert _files(settings.data) == {name: own[name] for name in sent}
        kept = [path.name for path in sorted((idle.portal.settings.data / "putaran").rglob("*.xlsx"))]
        assert [path.name for path in sorted((settings.data / "putaran").rglob("*.xlsx"))] == kept != []


def test_a_restored_portal_goes_on(idle: Opened, other: str, tmp_path: Path) -> None:
    idle.open_round()
    _send(idle.portal, b"satu")
    backup(idle.portal.settings, tmp_path / "c.zip")
    restore(tmp_path / "c.zip", Settings(tmp_path / "baru", other))
    with portals.opened(tmp_path / "baru", other) as again:
        _send(again.portal, b"dua")
        with again.portal.database.reading() as connection:
            sent = submissions.of_agency(connection, again.agency_of("1.01"))
        assert [(each.number, each.id) for each in sent] == [(2, 2), (1, 1)]
        with (
            pytest.raises(sa.exc.DBAPIError, match="riwayat hanya bertambah"),
            again.portal.database.writing() as one,
        ):
            one.execute(event.delete())


def test_every_submission_of_a_backup_made_during_uploads_has_its_file(idle: Opened, tmp_path: Path) -> None:
    idle.open_round()
    ended = threading.Event()

    def upload_many() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            _send(idle.portal, f"isi {number}".encode() * 1000)

    sender = threading.Thread(target=upload_many)
    sender.start()
    try:
        counted = [backup(idle.portal.settings, tmp_path / f"{n}.zip").submissions for n in range(5)]
    finally:
        ended.set()
        sender.join()
    assert counted == sorted(counted)
    assert counted[-1] > counted[0]
    for number, expected in enumerate(counted):
        data = tmp_path / f"baru{number}"
        restore(tmp_path / f"{number}.zip", Settings(data))
        database = databases.connect(Settings(data))
        with database.reading() as connection:
            rows = connection.execute(sa.select(upload.c.digest).join(submission)).scalars().all()
            events = connection.scalar(sa.select(sa.func.count()).where(event.c.after == State.RECEIVED))
        database.close()
        assert (len(rows), events) == (expected, expected)
        assert {f"{digest}.xlsx" for digest in rows} == {*_files(data)}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup with two submissions."""
    folder = tmp_path_factory.mktemp("cadangan")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "next_", lambda *_: None)
        with portals.opened(folder / "portal") as opened:
            opened.open_round()
            _send(opened.portal, b"satu")
            _send(opened.portal, b"dua", "1.02")
            backup(opened.portal.settings, folder / "c.zip")
    return folder / "c.zip"


FIRST = hashlib.sha256(b"satu").hexdigest()
Parts = dict[str, bytes]


def _told(parts: Parts, **changed: object) -> None:
    parts["cadangan.json"] = json.dumps(json.loads(parts["cadangan.json"]) | changed).encode()


def _table(parts: Parts, name: str, old: bytes, new: bytes) -> None:
    """Change a table, and its digest along with it."""
    parts[f"tabel/{name}.jsonl"] = body = parts[f"tabel/{name}.jsonl"].replace(old, new, 1)
    told = json.loads(parts["cadangan.json"])["tabel"]
    told[name]["sha256"] = hashlib.sha256(body).hexdigest()
    _told(parts, tabel=told)


PLACE = f"berkas/{FIRST[:2]}/{FIRST}.xlsx"
RUSAK = "cadangan ini rusak ({}); pakai salinan lain"
DAMAGES: dict[str, tuple[Callable[[Parts], object], str]] = {
    "no contents": (
        lambda p: p.pop("cadangan.json"),
        RUSAK.format("cadangan.json tidak ada atau tidak terbaca"),
    ),
    "contents": (
        lambda p: p.update({"cadangan.json": b"[]"}),
        RUSAK.format("cadangan.json tidak ada atau tidak terbaca"),
    ),
    "later": (
        lambda p: _told(p, skema="9999"),
        "cadangan ini dari versi lkjip-xl yang lebih baru; perbarui lkjip-xl",
    ),
    "changed table": (
        lambda p: p.update({"tabel/event.jsonl": b""}),
        RUSAK.format("isi tabel event berubah"),
    ),
    "no table": (
        lambda p: p.pop("tabel/event.jsonl"),
        RUSAK.format("tabel/event.jsonl tidak ada di dalamnya"),
    ),
    "changed file": (lambda p: p.update({PLACE: b"lain"}), RUSAK.format(f"isi berkas {FIRST[:8]}… berubah")),
    "no file": (lambda p: p.pop(PLACE), RUSAK.format(f"{PLACE} tidak ada di dalamnya")),
    "slip": (
        lambda p: p.update({"../../jahat.xlsx": b"x"}),
        RUSAK.format("memuat '../../jahat.xlsx', yang bukan bagiannya"),
    ),
    "rooted": (
        lambda p: p.update({"/jahat": b"x"}),
        RUSAK.format("memuat '/jahat', yang bukan bagiannya"),
    ),
    "place": (
        lambda p: _table(p, "upload", PLACE.encode(), b"../portal.sqlite"),
        RUSAK.format("tempat sebuah berkas tidak sah"),
    ),
    "digest": (
        lambda p: _table(p, "upload", f'"digest": "{FIRST}"'.encode(), b'"digest": "../x"'),
        RUSAK.format("tempat sebuah berkas tidak sah"),
    ),
    "no JSON": (lambda p: _table(p, "upload", b"{", b"?"), RUSAK.format("baris tabel upload tidak terbaca")),
    "column": (
        lambda p: _table(p, "link", b'"digest"', b'"rahasia"'),
        RUSAK.format("kolom tabel link bukan kolom portal"),
    ),
    "points nowhere": (
        lambda p: _table(p, "agency", b'"round_id": 1', b'"round_id": 7'),
        RUSAK.format("isi tabel agency tidak sah"),
    ),
    "state": (
        lambda p: _table(p, "submission", b'"diterima sistem"', b'"diterima siapa"'),
        RUSAK.format("isi tabel submission tidak sah"),
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_archive_is_refused_and_nothing_is_made_of_it(
    saved: Path, other: str, tmp_path: Path, damage: str
) -> None:
    change, words = DAMAGES[damage]
    with zipfile.ZipFile(saved) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(LkjipError) as refused:
        restore(tmp_path / "c.zip", Settings(tmp_path / "baru", other))
    assert refused.value.reason == words
    assert [path.name for path in tmp_path.iterdir()] == ["c.zip"]
    if other:
        database = Database(other)
        with database.reading() as connection:
            assert sa.inspect(connection).get_table_names() == []
        database.close()


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.99])
def test_half_an_archive_is_refused(saved: Path, tmp_path: Path, kept: float) -> None:
    content = saved.read_bytes()
    (tmp_path / "c.zip").write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(LkjipError) as refused:
        restore(tmp_path / "c.zip", Settings(tmp_path / "baru"))
    assert refused.value.reason == RUSAK.format("bukan zip yang utuh")


def test_a_folder_or_database_that_holds_something_is_left_alone(
    saved: Path, postgres: Cluster, tmp_path: Path
) -> None:
    (tmp_path / "isi").mkdir()
    (tmp_path / "isi" / "catatan.txt").write_text("penting", encoding="utf-8")
    with pytest.raises(LkjipError, match="folder sudah berisi"):
        restore(saved, Settings(tmp_path / "isi"))
    used = postgres.new_database()
    restore(saved, Settings(tmp_path / "satu", used))
    with pytest.raises(LkjipError) as refused:
        restore(saved, Settings(tmp_path / "dua", used))
    assert refused.value.reason == "basis data ini sudah berisi; pulihkan ke basis data kosong"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["isi", "satu"]


def test_what_is_no_portal_or_has_lost_a_file_is_not_backed_up(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "c.zip"
    with pytest.raises(
        LkjipError, match="ini bukan folder data portal; bila basis datanya PostgreSQL, tambahkan --db"
    ):
        backup(Settings(tmp_path), target)
    restore(saved, Settings(tmp_path / "baru"))
    shutil.rmtree(tmp_path / "baru" / "berkas" / FIRST[:2])
    with pytest.raises(
        LkjipError, match=r"tidak dapat dibaca \(berkas atau foldernya tidak ada\); kembalikan"
    ):
        backup(Settings(tmp_path / "baru"), target)
    assert [path.name for path in tmp_path.iterdir()] == ["baru"]


def test_from_the_command_line(saved: Path, tmp_path: Path, run: Run) -> None:
    new, target = tmp_path / "baru", tmp_path / "c.zip"
    assert run("restore", saved, "--data", new) == (0, f"Dipulihkan: {new} (2 kiriman, 2 berkas)\n", "")
    assert run("backup", new, "-o", target) == (0, f"Dibuat: {target} (2 kiriman, 2 berkas)\n", "")
    assert target.stat().st_mode & 0o777 == 0o600
    words = f"lkjip-xl: {target}: berkas sudah ada; pakai nama lain, atau --force untuk menimpanya\n"
    assert run("backup", new, "-o", target) == (2, "", words)
