"""The last hour before the deadline: many uploads at once against a portal on this machine, while somebody reads its pages.

python tools/bench_portal.py [AGENCIES] [--db postgresql://…]

200 unless told otherwise; `tools/bench.py` calls it, too.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "harness"))

import httpx2 as httpx
import sqlalchemy as sa

import portals
from faults import children
from lkjip_xl.portal import database as databases
from lkjip_xl.portal import jobs, rounds, sessions
from lkjip_xl.portal.schema import agency, submission, upload
from lkjip_xl.portal.settings import Settings
from lkjip_xl.portal.web.pages import AGENCY
from workbooks import copies

CODE = "KODE-{:05}"
AIM = 0.300
"""Seconds that a page may take meanwhile."""
_EACH = 0.2  # seconds between two times that the pages are asked for


@dataclass
class Measured:
    """What was measured, in seconds and MB."""

    answers: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    pages: dict[str, list[float]] = field(default_factory=dict)
    answered: float = 0.0
    read: float = 0.0
    memory: dict[str, dict[str, float]] = field(default_factory=dict)


def portal(number: int = 200, url: str = "") -> None:
    """Print what so many uploads at once cost, and what a reader's pages meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "portal"
        registry = "kode,nama\n" + "".join(f"{CODE.format(n)},Dinas {n}\n" for n in range(number))
        with portals.opened(data, url) as opened:
            of = opened.open_round(registry)
            account = dict(opened.account().client.cookies)
            with opened.portal.database.writing() as connection:  # so many from one address would be refused
                links = [rounds.linked(connection, opened.links[CODE.format(each)]) for each in range(number)]
                signed_in = [sessions.sign_in(connection, link_id=link) for link in links]
        books = copies(number)
        options = ["--db", url] if url else []
        with portals.served(data, *options) as server:
            measured = asyncio.run(_measure(server, signed_in, books, account, Settings(data, url)))
        lost = _lost(Settings(data, url), books)
    _print(measured, number, lost, url)
    assert of.id == 1  # noqa: S101 - the pages that were asked for


async def _measure(
    server: portals.Served,
    signed_in: Sequence[str],
    books: Sequence[bytes],
    account: dict[str, str],
    settings: Settings,
) -> Measured:
    found = Measured()
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=0)

    def client(cookies: dict[str, str] | None = None) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=server.address, timeout=120, trust_env=False, limits=limits, cookies=cookies
        )

    senders = [client({AGENCY: each}) for each in signed_in]
    seals = [str(portals.SEAL.search((await each.get("/kirim")).text)[1]) for each in senders]  # type: ignore[index]  # it has a form
    spawn = multiprocessing.get_context("spawn")
    begun, ended, weighed = spawn.Event(), spawn.Event(), asyncio.Event()
    here, there = spawn.Pipe()
    pages = {"/papan/1": account, "/kirim": {AGENCY: signed_in[0]}}
    # who reads pages has a process of their own: 200 senders in one are slower than the portal
    reading = spawn.Process(target=_read_pages, args=(server.address, pages, begun, ended, there))
    reading.start()
    watching = asyncio.create_task(_weigh(server.process.pid, weighed, found))
    await asyncio.to_thread(begun.wait)
    found.memory["before"] = _memory(server.process.pid)
    begin = time.perf_counter()
    await asyncio.gather(*(_send(*each, found) for each in zip(senders, seals, books, strict=True)))
    found.answered = time.perf_counter() - begin
    await asyncio.to_thread(_settle, settings)
    found.read = time.perf_counter() - begin
    ended.set()
    found.pages = await asyncio.to_thread(here.recv)
    reading.join()
    weighed.set()
    await watching
    await asyncio.sleep(2)
    found.memory["after"] = _memory(server.process.pid)
    for each in senders:
        await each.aclose()
    return found


async def _send(sender: httpx.AsyncClient, seal: str, book: bytes, found: Measured) -> None:
    begin = time.perf_counter()
    try:
        answer = await sender.post(
            "/kirim", data={"formulir": seal, "pengirim": "Budi"}, files={"berkas": ("isian.xlsx", book)}
        )
        said = answer.headers.get("location", "") or str(answer.status_code)
    except httpx.HTTPError as error:
        said = type(error).__name__
    if said == "/kirim/1":
        found.answers.append(time.perf_counter() - begin)
    else:
        found.refused.append(said)


def _read_pages(
    address: str, pages: dict[str, dict[str, str]], begun: Event, ended: Event, answer: Connection
) -> None:
    """Ask for pages until it ends, by their paths with the cookies of who asks; answer how long they took."""
    found: dict[str, list[float]] = {path: [] for path in pages}

    async def once(reader: httpx.AsyncClient, path: str) -> None:
        begin = time.perf_counter()
        (await reader.get(path)).raise_for_status()
        found[path].append(time.perf_counter() - begin)

    async def ask() -> None:
        """Ask for each five times a second, whether the one before has come or not."""
        readers = [
            (httpx.AsyncClient(base_url=address, timeout=120, trust_env=False, cookies=cookies), path)
            for path, cookies in pages.items()
        ]
        asked = [asyncio.create_task(once(*each)) for _ in range(10) for each in readers]
        await asyncio.gather(*asked)
        found.update((path, []) for path in pages)  # the first are no measure
        begun.set()
        while not ended.is_set():
            asked += [asyncio.create_task(once(*each)) for each in readers]
            await asyncio.sleep(_EACH)
        await asyncio.gather(*asked)
        for reader, _ in readers:
            await reader.aclose()

    asyncio.run(ask())
    answer.send(found)


async def _weigh(pid: int, ended: asyncio.Event, found: Measured) -> None:
    peak = found.memory.setdefault("peak", {})
    while not ended.is_set():
        for what, megabytes in _memory(pid).items():
            peak[what] = max(peak.get(what, 0), megabytes)
        await asyncio.sleep(0.1)


def _memory(pid: int) -> dict[str, float]:
    return {"server": _resident(pid), "readers": sum(map(_resident, children(pid)))}


def _resident(pid: int) -> float:
    """Return how many MB a process takes; none where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def _settle(settings: Settings) -> None:
    database = databases.connect(settings)
    waiting = 1
    while waiting:
        time.sleep(0.5)
        with database.reading() as connection:
            waiting = jobs.waiting(connection)
    database.close()


def _lost(settings: Settings, books: Sequence[bytes]) -> int:
    """Return how many agencies have not exactly the one submission that they have sent."""
    database = databases.connect(settings)
    with database.reading() as connection:
        rows = connection.execute(
            sa.select(agency.c.code, upload.c.digest)
            .select_from(submission)
            .join(agency, submission.c.agency_id == agency.c.id)
            .join(upload, submission.c.upload_id == upload.c.id)
        ).all()
    database.close()
    found = sorted((code, digest) for code, digest in rows)
    wanted = [(CODE.format(number), hashlib.sha256(book).hexdigest()) for number, book in enumerate(books)]
    return len({*wanted} - {*found}) + len(found) - len({*found})


def _print(found: Measured, number: int, lost: int, url: str) -> None:
    print(f"portal on {'PostgreSQL' if url else 'SQLite'}, {number} uploads at once")
    print(
        f"  answered {len(found.answers)}, refused {len(found.refused)} {sorted({*found.refused}) or ''}, lost {lost}"
    )
    rows = {
        "an upload's answer": found.answers,
        **{f"page {path}": times for path, times in found.pages.items()},
    }
    for what, times in rows.items():
        p50, p95, p99 = (_share(times, share) for share in (50, 95, 99))
        aim = f"   p95 is {p95 / AIM:.2f} × the aim" if what.startswith("page") else ""
        print(
            f"  {what:<20} p50 {p50 * 1000:6.0f}  p95 {p95 * 1000:6.0f}  p99 {p99 * 1000:6.0f}  "
            f"max {max(times) * 1000:6.0f} ms{aim}"
        )
    print(
        f"  all answered after {found.answered:.1f} s, all read after {found.read:.1f} s: {found.read / number * 1000:.0f} ms each"
    )
    for what in ("server", "readers"):
        before, peak, after = (found.memory[each][what] for each in ("before", "peak", "after"))
        print(f"  memory of {what:<8} before {before:5.0f}  peak {peak:5.0f}  after {after:5.0f} MB")
    print(flush=True)


def _share(times: Sequence[float], share: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[share - 1]


def main() -> None:
    """Measure with what the command line says."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("number", type=int, nargs="?", default=200)
    arguments.add_argument("--db", default="")
    given = arguments.parse_args()
    portal(given.number, given.db)


if __name__ == "__main__":
    main()
