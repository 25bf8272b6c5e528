"""How much is taken from whom: bytes and seconds of a request, requests of one address in a while."""

from __future__ import annotations

import asyncio
import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PIECE_SECONDS = 30
"""How long a browser may be silent while it sends."""
BODY_SECONDS = 15 * 60
"""How long it may send in all."""
_THROWN_AWAY = 4
"""So many times what is taken is read, before the answer says that it is too much."""
FORM_BYTES = 64 * 1024
"""How large a form without files may be."""


class Body:
    """Middleware that ends requests whose body is too large, too slow or of no end.

    ``most`` says how many bytes a path takes.
    """

    def __init__(self, app: ASGIApp, most: Callable[[str], int]) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request, counting what comes. What is too much is thrown away, so that the answer can be read."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most, came, whole = self._most(scope["path"]), 0, False
        until = time.monotonic() + BODY_SECONDS

        async def counted() -> Message:
            nonlocal came, whole
            if whole:  # what comes now says that the browser has gone, and that may take as long as it likes
                return await receive()
            try:
                message = await _soon(receive, until)
                while message["type"] == "http.request":
                    came += len(message.get("body", b""))
                    whole = not message.get("more_body", False)
                    if came <= most:
                        break
                    if whole or came > _THROWN_AWAY * most:
                        raise HTTPException(413, _too_large(most))
                    message = await _soon(receive, until)
            except TimeoutError:
                raise HTTPException(408, "kiriman berhenti di tengah jalan; coba lagi") from None
            return message

        await self._app(scope, counted, send)


async def _soon(receive: Receive, until: float) -> Message:
    return await asyncio.wait_for(receive(), max(0, min(PIECE_SECONDS, until - time.monotonic())))


def _too_large(most: int) -> str:
    return f"kiriman ini lebih besar dari {most // 1024**2 or 1} MB, jadi tidak diterima"


@dataclass
class Rate:
    """At most ``number`` times in ``seconds`` for each key; forgets the keys that were seen longest ago."""

    number: int
    seconds: float
    keys: int = 10_000
    _seen: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def allows(self, key: str, times: int = 1) -> bool:
        """Whether this is not too often; notes that it has happened."""
        with self._lock:
            now = time.monotonic()
            left, at = self._seen.pop(key, (float(self.number), now))
            left = min(self.number, left + (now - at) * self.number / self.seconds)
            allowed = left >= times
            self._seen[key] = (left - times if allowed else left, now)
            while len(self._seen) > self.keys:
                self._seen.popitem(last=False)
            return allowed


@dataclass(frozen=True)
class Rates:
    """How often what is done; a whole office may have one address."""

    tried: Rate = field(default_factory=lambda: Rate(30, 900))
    """Signing in, by address."""
    tried_for: Rate = field(default_factory=lambda: Rate(8, 900))
    """Giving a password, by account and address: who tries somebody else's does not shut out its owner."""
    tried_at_all: Rate = field(default_factory=lambda: Rate(25, 900))
    """The same from all addresses together, a hundred an hour."""
    invited: Rate = field(default_factory=lambda: Rate(60, 900))
    """Opening an invitation, by address."""
    entered: Rate = field(default_factory=lambda: Rate(600, 600))
    """Coming by a link, by address."""
    checked: Rate = field(default_factory=lambda: Rate(200, 600))
    """Files that are only checked, by address."""
    sent: Rate = field(default_factory=lambda: Rate(40, 3600))
    """Submissions, by agency."""


def counted_as(address: str) -> str:
    """Return as whom an address is counted: one who has an address of IPv6 has all of its network."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if parsed.version == 4 else str(ipaddress.ip_network((parsed.packed, 64), strict=False))
