"""What every answer says to the browser, and which requests are answered at all."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SAFE = ("GET", "HEAD")
_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_UNCHANGING = (200, 206, 304)
_YEAR = 365 * 24 * 3600
_KEPT = f"public, max-age={_YEAR}"  # pages ask for them with the version


class Guarded:
    """Middleware: the headers of every answer; what another site has a browser send is refused.

    Under which ``hosts`` it is reached is checked where there are any.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str | None], *, secure: bool) -> None:
        self._app, self._hosts = app, hosts
        self._headers = dict(_ALWAYS)
        if secure:
            self._headers["Strict-Transport-Security"] = f"max-age={_YEAR}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                kept = message["status"] in _UNCHANGING and scope["path"].startswith("/statis/")
                headers.setdefault("Cache-Control", _KEPT if kept else "no-store")
            await send(message)

        headers = Headers(scope=scope)
        if self._hosts and _host_of(f"//{headers.get('host', '')}") not in self._hosts:
            refused = PlainTextResponse("Portal ini tidak dibuka lewat alamat ini; periksa alamatnya.", 400)
            await refused(scope, receive, guarded)
            return
        if scope["method"] not in _SAFE and not _from_here(headers):
            refused = PlainTextResponse("Permintaan ini datang dari situs lain, jadi ditolak.", 403)
            await refused(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)


def _from_here(headers: Headers) -> bool:
    """Whether a request that may change something comes from a page of this portal, or from no page at all."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return False
    return origin is None or _place_of(origin) == headers.get("host", "").casefold()


def _place_of(origin: str) -> str | None:
    """Return which host and port an origin names; None where it names none."""
    try:
        return urlsplit(origin).netloc.casefold() or None
    except ValueError:
        return None


def _host_of(origin: str) -> str | None:
    """Return which host an origin names, without its port; None where it names none."""
    try:
        return urlsplit(origin).hostname
    except ValueError:
        return None
