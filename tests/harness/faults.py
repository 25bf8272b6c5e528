"""A portal whose server, reader or database is killed at a random moment of some uploads, and what must hold afterwards."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2 as httpx
import sqlalchemy as sa

import portals
from lkjip_xl.portal import database as databases
from lkjip_xl.portal import jobs, rounds
from lkjip_xl.portal.schema import agency, event, job, submission, upload
from lkjip_xl.portal.settings import Settings
from portals import Browser, Served
from postgres import Cluster

SENDERS = 3
"""How many agencies send in each moment; the first one slowly."""
_SLOWLY = 0.3  # seconds in which the bytes of the slow one come
_PIECES = 12
_RECEIPT = "/kirim/1"
CODE = "KODE-{:05}"


@dataclass
class Sent:
    """What an agency sends, and what it was answered: where it was led, a status, or nothing."""

    code: str
    content: bytes
    browser: Browser
    answer: str = ""

    @property
    def received(self) -> bool:
        """Whether it has its receipt."""
        return self.answer == _RECEIPT

    def send(self, seconds: float = 0.0) -> None:
        """Send it, in so many seconds."""
        client = self.browser.client
        fields = {"formulir": self.browser.seal, "pengirim": "Budi"}
        whole = client.build_request(
            "POST", "/kirim", data=fields, files={"berkas": ("isian.xlsx", self.content)}
        )
        body = whole.read()
        headers = {"Content-Type": whole.headers["Content-Type"], "Content-Length": str(len(body))}
        try:
            answer = client.post("/kirim", content=_slowly(body, seconds), headers=headers)
        except httpx.HTTPError as error:
            self.answer = type(error).__name__
        else:
            self.answer = answer.headers.get("location", "") or str(answer.status_code)


def _slowly(body: bytes, seconds: float) -> Iterator[bytes]:
    size = -(-len(body) // _PIECES)
    for at in range(0, len(body), size):
        time.sleep(seconds / _PIECES)
        yield body[at : at + size]


@dataclass
class Site:
    """The program on a data folder, that can be killed and started again."""

    data: Path
    url: str
    cluster: Cluster | None
    links: dict[str, str]
    books: Iterator[bytes]
    stack: ExitStack
    server: Served | None = None
    sent: list[Sent] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    answered: float = 0.0
    read: float = 0.0
    """How many seconds an upload takes until it is answered, and until it has been read."""

    @property
    def running(self) -> Served:
        """The server."""
        assert self.server is not None
        return self.server

    def start(self) -> None:
        """Start the server; those who send go to its new address."""
        options = ["--db", self.url] if self.url else []
        self.server = self.stack.enter_context(portals.served(self.data, "--jobs", "2", *options))
        for each in self.sent:
            each.browser.client.base_url = httpx.URL(self.server.address)

    def next_senders(self) -> list[Sent]:
        """Return agencies that have not sent yet, each with its workbook, where they are about to send."""
        new = []
        for code in [*self.links][len(self.sent) :][:SENDERS]:
            browser = self.running.browser()
            browser.get(f"/o/{self.links[code]}")
            new.append(Sent(code, next(self.books), browser))
        self.sent += new
        return new

    def database(self) -> databases.Database:
        """Open the database beside the server."""
        return databases.connect(Settings(self.data, self.url))

    def settle(self, seconds: float = 120) -> None:
        """Wait until nothing waits for a reader."""
        database, until = self.database(), time.monotonic() + seconds
        try:
            while time.monotonic() < until:
                with database.reading() as connection:
                    if not jobs.waiting(connection):
                        return
                time.sleep(0.05)
        finally:
            database.close()
        raise TimeoutError("readers have not come to an end")


@contextmanager
def site(data: Path, moments: int, books: Sequence[bytes], cluster: Cluster | None = None) -> Iterator[Site]:
    """Yield the program with agencies for so many moments, when it is known how long an upload takes."""
    url = cluster.new_database() if cluster else ""
    number = (moments + 1) * SENDERS
    registry = "kode,nama\n" + "".join(f"{CODE.format(n)},Dinas {n}\n" for n in range(number))
    with portals.opened(data, url) as opened:
        opened.open_round(registry)
    with ExitStack() as stack:
        each = Site(data, url, cluster, opened.links, iter(books), stack)
        each.start()
        each.next_senders()  # the first of them show how long it takes, when all has been loaded
        each.sent[0].send()
        each.settle()
        begin = time.monotonic()
        each.sent[1].send(_SLOWLY)
        each.answered = time.monotonic() - begin
        each.settle()
        each.read = time.monotonic() - begin
        each.sent[2].send()
        yield each


def moment(at: Site, victim: str, rng: random.Random) -> tuple[float, list[str], list[str]]:
    """Kill one of ``server``, ``reader``, ``database`` while agencies send.

    Return when that was, what they were answered, and in sentences what does not hold afterwards.
    """
    wrong: list[str] = []
    new = at.next_senders()
    when = rng.uniform(0, at.read if victim == "reader" else at.answered * 1.2)
    readers = children(at.running.process.pid)
    threads = [
        threading.Thread(target=each.send, args=(0.0 if number else _SLOWLY,))
        for number, each in enumerate(new)
    ]
    for thread in threads:
        thread.start()
    time.sleep(when)
    _kill(at, victim, rng, readers)
    for thread in threads:
        thread.join()
    answers = [each.answer for each in new]
    wrong += _recovered(at, victim, readers)
    wrong += [f"{victim}: {sentence}" for sentence in _kept(at, new)]
    for each in new:
        if not each.received:
            each.send()
            if not each.received:
                wrong.append(f"{each.code}: sent again, it was answered {each.answer}")
    at.settle()
    wrong += inconsistencies(at)
    return when, answers, wrong


def _kill(at: Site, victim: str, rng: random.Random, readers: list[int]) -> None:
    match victim:
        case "server":
            at.running.kill()
        case "reader":
            os.kill(rng.choice(readers), signal.SIGKILL)
        case _:
            assert at.cluster is not None
            at.cluster.kill()


def _recovered(at: Site, victim: str, readers: list[int]) -> list[str]:
    """Have what was killed run again; return what is wrong with how that went."""
    wrong = []
    if victim == "server":
        if left := _still(readers):
            wrong.append(f"readers {left} live on without their server")
        at.start()
    elif victim == "database":
        assert at.cluster is not None
        answer = at.sent[0].browser.client.get("/kirim")
        if answer.status_code != 503 or "basis data tidak menjawab" not in answer.text:
            wrong.append(f"without its database the server answers {answer.status_code}")
        at.cluster.start()
        if not _until(lambda: at.sent[0].browser.client.get("/kirim").status_code == 200):
            wrong.append("the server does not recover with its database")
        if any("Traceback" in line for line in at.running.said):
            wrong.append("the server has printed a traceback")
    return wrong


def _still(pids: list[int]) -> list[int]:
    _until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def _until(holds: Callable[[], bool], seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(each) for each in path.read_text().split()]
    return found


def _kept(at: Site, sent: Sequence[Sent]) -> list[str]:
    """Return of what has a receipt what is not there; before anybody sends again."""
    rows = _rows(at)
    return [
        f"{each.code} has a receipt, but its submissions are {rows.get(each.code, [])}"
        for each in sent
        if each.received and rows.get(each.code) != [hashlib.sha256(each.content).hexdigest()]
    ]


def _rows(at: Site) -> dict[str, list[str]]:
    database = at.database()
    query = (
        sa.select(agency.c.code, upload.c.digest)
        .select_from(submission)
        .join(agency, submission.c.agency_id == agency.c.id)
        .join(upload, submission.c.upload_id == upload.c.id)
    )
    found: dict[str, list[str]] = {}
    with database.reading() as connection:
        for code, digest in connection.execute(query):
            found.setdefault(code, []).append(digest)
    database.close()
    return found


def inconsistencies(at: Site) -> list[str]:
    """Return in sentences what does not hold, where nobody sends and all has been read."""
    wrong = []
    wanted = {each.code: [hashlib.sha256(each.content).hexdigest()] for each in at.sent}
    if (rows := _rows(at)) != wanted:
        wrong.append(f"submissions are {rows}, not {wanted}")
    kept = {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (at.data / "berkas").rglob("*.xlsx")
    }
    if changed := [name for name, digest in kept.items() if name != digest]:
        wrong.append(f"files have changed: {changed}")
    if lost := {digest for (digest,) in wanted.values()} - {*kept}:
        wrong.append(f"files are lost: {lost}")
    if left := [path.name for path in (at.data / "masuk").iterdir()]:
        wrong.append(f"leftovers: {left}")
    database = at.database()
    with database.reading() as connection:
        wrong += _replayed(connection)
        read = connection.execute(
            sa.select(upload.c.id, upload.c.status, sa.func.count(job.c.id))
            .outerjoin(
                job,
                sa.and_(job.c.subject == upload.c.id, job.c.kind == jobs.Kind.READ, job.c.done.is_not(None)),
            )
            .group_by(upload.c.id, upload.c.status)
        )
        wrong += [
            f"upload {id_} is {status}, read {times} times"
            for id_, status, times in read
            if not status or times != 1
        ]
        of = rounds.find_round(connection, 1)
    database.close()
    assert of is not None
    folder = at.data / of.folder / "kiriman"
    if not _until(lambda: len([*folder.iterdir()]) == len(at.sent)):  # which follows what is read
        wrong.append(f"the folder of the round holds {sorted(folder.iterdir())}")
    return wrong


def _replayed(connection: sa.Connection) -> Iterator[str]:
    """Yield which submissions have not the state that their history leads to."""
    now: dict[int, str | None] = {}
    for each in connection.execute(
        sa.select(event).where(event.c.submission_id.is_not(None)).order_by(event.c.id)
    ):
        if now.get(each.submission_id) != each.before:
            yield f"event {each.id} changes {each.before}, but it was {now.get(each.submission_id)}"
        now[each.submission_id] = each.after
    states = {
        id_: state.value for id_, state in connection.execute(sa.select(submission.c.id, submission.c.state))
    }
    if states != now:
        yield f"the history leads to {now}, the states are {states}"
