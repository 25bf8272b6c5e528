"""The portal as a server: answers browsers until it is ended."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import tempfile
from collections.abc import Callable
from typing import Any

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from lkjip_xl.portal import accounts
from lkjip_xl.portal.history import THE_SYSTEM
from lkjip_xl.portal.portal import Portal, open_portal
from lkjip_xl.portal.settings import PortalError, Settings
from lkjip_xl.portal.states import Role
from lkjip_xl.portal.web.accounting import INVITATION
from lkjip_xl.portal.web.app import application

HEAD_SECONDS = 20
"""How long the head of a request may take to come."""
LINGER_SECONDS = 2
"""How long one that was answered before it was whole may still come; uvicorn would take it for ever."""
IDLE_SECONDS = 5
"""How long a connection waits for the next request."""
_LAST = 20  # seconds that answers have when the server is ended
_FIRST = "koordinator"


class Timed(H11Protocol):
    """A connection that is closed where the head of a request does not come; uvicorn has no such limit."""

    _until: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take bytes; those of a head must be whole in time."""
        if self.conn.their_state is h11.IDLE:
            self._wait()
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._known()

    def on_response_complete(self) -> None:
        """Answer the next request, or close where the body of this one was not wanted, when the answer has been read."""
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY:
            self.loop.call_later(LINGER_SECONDS, self.transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._known()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._until is None:
            self._until = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _known(self) -> None:
        if self._until is not None:
            self._until.cancel()
            self._until = None


def serve(settings: Settings, host: str, port: int, invite: str, say: Callable[[str], object]) -> None:
    """Serve until the process is ended; ``say`` is told the address and what to do first.

    ``invite`` is the login of an account that is to get a new invitation. Raises ``LkjipError`` where it cannot begin.
    """
    address = settings.address or f"http://{'localhost' if host in _HERE else host}:{port}"
    with contextlib.ExitStack() as stack:
        portal = stack.enter_context(open_portal(settings))
        steps = _first_steps(portal, address, invite)
        here = stack.enter_context(_bound(host, port))
        for line in steps:
            say(line)
        server = _Server(config(application(portal), host, port))
        server.said = lambda: say(f"Portal siap di {address} (berhenti dengan Ctrl-C)")
        if os.name != "nt":  # what arrives has no name there, and is gone when it is closed
            tempfile.tempdir = str(portal.vault.data / "masuk")
        try:
            server.run([here])
        except KeyboardInterrupt:
            say("Portal berhenti; semua yang diterima tersimpan.")


def _bound(host: str, port: int) -> socket.socket:
    """Return what listens at an address. Raises ``PortalError`` where another program has it, or it is none."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError):
        raise PortalError(
            f"alamat {host}:{port} tidak dapat dipakai; barangkali sudah dipakai program lain, coba --port"
        ) from None


def config(app: ASGIApp, host: str, port: int) -> uvicorn.Config:
    """Return how the server is set: it waits for nobody, and says neither what it is nor who has asked for what."""
    return uvicorn.Config(
        app,
        host,
        port,
        http=Timed,
        ws="none",
        lifespan="off",
        access_log=False,  # addresses hold secrets
        log_level="warning",
        server_header=False,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=_LAST,
    )


_HERE = ("127.0.0.1", "0.0.0.0", "::", "::1")  # noqa: S104 - compared, not bound


class _Server(uvicorn.Server):
    said: Callable[[], Any]

    async def startup(self, *arguments: Any, **named: Any) -> None:
        """Say that it has begun, when it has."""
        await super().startup(*arguments, **named)
        if self.started:
            self.said()


def _first_steps(portal: Portal, address: str, invite: str) -> list[str]:
    """Return what to do first, where nobody can sign in yet; and a new invitation, where one is asked for."""
    with portal.database.writing() as connection:
        everyone = accounts.all_accounts(connection)
        wanted = next((each for each in everyone if each.login == (invite or _FIRST)), None)
        if invite and wanted is None:
            raise PortalError(f"tidak ada akun dengan nama masuk {invite}")
        if not invite and any(each.ready and each.active and each.manages for each in everyone):
            return []
        if wanted is not None:
            token = accounts.invite_again(connection, wanted, THE_SYSTEM)
        else:
            token = accounts.invite(connection, _FIRST, "Koordinator", Role.COORDINATOR, THE_SYSTEM)
    return [
        f"Undangan untuk {invite or _FIRST}, berlaku {accounts.INVITED.days} hari dan satu kali; buka di peramban:",
        f"  {address}{INVITATION}/{token}",
    ]
