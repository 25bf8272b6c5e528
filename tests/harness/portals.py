"""A portal for tests: in this process with a browser that is none, or as the program that people start."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

import httpx2 as httpx
import uvicorn
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from lkjip_xl.portal import accounts, jobs, rounds
from lkjip_xl.portal.history import Actor
from lkjip_xl.portal.portal import Portal, open_portal
from lkjip_xl.portal.rounds import Agency, Round
from lkjip_xl.portal.server import config
from lkjip_xl.portal.settings import Settings
from lkjip_xl.portal.states import Role
from lkjip_xl.portal.web.app import application

PASSWORD = "kuda laut biru senja"  # noqa: S105 - of tests
REGISTRY = "kode,nama\n1.01,Dinas Pendidikan\n1.02,Dinas Kesehatan\n2.13,Dinas Contoh\n"
Answer = TypeVar("Answer")
SEAL = re.compile(r'name="formulir" value="([0-9a-f]*)"')


@dataclass
class Browser:
    """A browser without scripts that is known by its cookies; forms are sent with the seal of the page before."""

    client: httpx.Client
    seal: str = ""

    def get(self, path: str) -> httpx.Response:
        """Ask for a page, following where it leads."""
        answer = self.client.get(path, follow_redirects=True)
        self._note(answer)
        return answer

    def post(
        self, path: str, files: list[tuple[str, tuple[str, bytes]]] | None = None, **fields: str
    ) -> httpx.Response:
        """Send a form, following where it leads."""
        data = {"formulir": self.seal, **fields}
        answer = self.client.post(path, data=data, files=files or None, follow_redirects=True)
        self._note(answer)
        return answer

    def upload(self, path: str, content: bytes, name: str = "isian.xlsx", **fields: str) -> httpx.Response:
        """Send a form with one workbook."""
        return self.post(path, [("berkas", (name, content))], **fields)

    def _note(self, answer: httpx.Response) -> None:
        if found := SEAL.search(answer.text if "html" in answer.headers.get("content-type", "") else ""):
            self.seal = found[1]


def alert(text: str) -> str:
    """Return what a page says in its alert, without the full stop; empty where it has none."""
    found = re.search(r'role="alert">([^<]*)', text)
    return found[1].removesuffix(".") if found else ""


@dataclass
class Opened:
    """A portal in this process."""

    portal: Portal
    links: dict[str, str] = field(default_factory=dict)

    @cached_property
    def application(self) -> ASGIApp:
        """What answers its browsers; it knows who has asked how often."""
        return application(self.portal)

    def browser(self, address: str = "192.0.2.1", base: str = "http://testserver") -> Browser:
        """Return a new browser, on a computer with an address of its network."""
        client = TestClient(
            self.application, base_url=base, raise_server_exceptions=False, client=(address, 50000)
        )
        return Browser(client)

    def account(
        self, role: Role = Role.COORDINATOR, login: str = "sri", name: str = "Sri Wahyuni"
    ) -> Browser:
        """Return a browser that is signed in as a new account."""
        with self.portal.database.writing() as connection:
            token = accounts.invite(connection, login, name, role, Actor("uji"))
        browser = self.browser()
        browser.get(f"/undangan/{token}")
        assert browser.post(f"/undangan/{token}", sandi=PASSWORD, sekali_lagi=PASSWORD).url.path == "/papan"
        return browser

    def open_round(
        self, registry: str = REGISTRY, *, year: int = 2023, deadline: str = "", name: str = "LKjIP Contoh"
    ) -> Round:
        """Return a new round; ``links`` has the secrets of its agencies by code."""
        wanted = rounds.Wanted(name, str(year), deadline, "0812", registry)
        with self.portal.database.writing() as connection:
            id_ = rounds.open_round(connection, wanted, self.portal.template, Actor("uji"))
            made = rounds.new_links(connection, id_, rounds.agencies(connection, id_), Actor("uji"))
            found = rounds.find_round(connection, id_)
        self.links = {each.code: token for each, token in made}
        assert found is not None
        return found

    def agency(self, code: str) -> Browser:
        """Return a browser that has come by an agency's link."""
        browser = self.browser()
        assert browser.get(f"/o/{self.links[code]}").url.path == "/kirim"
        return browser

    def agency_of(self, code: str, round_id: int = 1) -> Agency:
        """Return an agency by its code."""
        with self.portal.database.reading() as connection:
            return next(each for each in rounds.agencies(connection, round_id) if each.code == code)

    def settle(self, seconds: float = 120) -> None:
        """Wait until nothing waits for a reader."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with self.portal.database.reading() as connection:
                if not jobs.waiting(connection):
                    return
            time.sleep(0.02)
        raise TimeoutError("readers have not come to an end")


class Here(Generic[Answer]):
    """What stands for ``base.isolated.Isolated`` and does the work in this process."""

    def __init__(self, work: Callable[..., Answer], _seconds: float) -> None:
        self._work = work

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """There is no process to end."""

    def stop(self) -> None:
        """What is being done is done to its end."""

    def ask(self, *arguments: Any) -> Answer:
        """Return what the work makes of its arguments."""
        return self._work(*arguments, lambda *_: None)


@contextmanager
def opened(data: Path, database: str = "", **settings: object) -> Iterator[Opened]:
    """Yield a portal in this process."""
    with open_portal(Settings(data, database, **{"readers": 1, **settings})) as portal:  # type: ignore[arg-type]
        yield Opened(portal)


@contextmanager
def listening(portal: Opened) -> Iterator[int]:
    """Yield the port on which a portal of this process listens, with the server as people start it."""
    port = free_port()
    settings = config(portal.application, "127.0.0.1", port)
    settings.timeout_keep_alive = 1  # seconds that nobody here has to wait for
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until = time.monotonic() + 30
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)
        yield port
    finally:
        server.should_exit = True
        thread.join(60)


def spoken(port: int, *pieces: bytes, every: float = 0, seconds: float = 30) -> bytes:
    """Return what a server answers to pieces sent one after another, until it closes the connection."""
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as one, suppress(OSError):
        for piece in pieces:
            one.sendall(piece)
            time.sleep(every)
        while piece := one.recv(65536):
            answer += piece
    return answer


@dataclass
class Served:
    """The program ``lkjip-xl serve``, and how it is reached."""

    process: subprocess.Popen[str]
    address: str
    said: list[str]
    """Lines that it has printed; all of them when it has been stopped."""
    listener: threading.Thread
    clients: list[httpx.Client] = field(default_factory=list)

    @property
    def invitation(self) -> str:
        """The path of the invitation that it has printed."""
        return next(line.strip().removeprefix(self.address) for line in self.said if "/undangan/" in line)

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """End it in order; return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        self.listener.join()
        return code

    def browser(self) -> Browser:
        """Return a new browser."""
        self.clients.append(httpx.Client(base_url=self.address, timeout=60, trust_env=False))
        return Browser(self.clients[-1])


@contextmanager
def served(data: Path, *options: str) -> Iterator[Served]:
    """Yield the program, when it says that it is ready."""
    port = free_port()
    command = [sys.executable, "-m", "lkjip_xl", "serve", "--data", str(data), "--port", str(port), *options]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    said: list[str] = []
    clients: list[httpx.Client] = []
    # A program that nobody listens to comes to a standstill.
    listener = threading.Thread(
        target=lambda: said.extend(line.rstrip("\n") for line in process.stdout or ()), daemon=True
    )
    try:
        for line in process.stdout:
            said.append(line.rstrip("\n"))
            if line.startswith("Portal siap"):
                break
        listener.start()
        yield Served(process, f"http://localhost:{port}", said, listener, clients)
    finally:
        for client in clients:
            client.close()
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
        if listener.ident:
            listener.join()
        process.stdout.close()


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
