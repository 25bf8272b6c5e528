"""The portal as an application: which page is where, and what stands around all of them."""

from __future__ import annotations

import logging
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from lkjip_xl.base.errors import LkjipError, file_reason
from lkjip_xl.portal.database import AWAY
from lkjip_xl.portal.portal import Portal
from lkjip_xl.portal.vault import TooLargeError
from lkjip_xl.portal.web import accounting, board, checking, managing, sending, together
from lkjip_xl.portal.web.headers import Guarded
from lkjip_xl.portal.web.limits import FORM_BYTES, Body, Rates
from lkjip_xl.portal.web.pages import Visitor, page, typed, visitor_of
from lkjip_xl.portal.web.shown import Shown
from lkjip_xl.report import page as page_of_findings

_STATIC = Path(__file__).parent / "static"
_FINDINGS = Path(page_of_findings.__file__).with_name("findings.css")
_AGAIN_SECONDS = 5
_LOG = logging.getLogger("lkjip_xl.portal")
_REGISTRY_BYTES = 20 * 1024 * 1024


def application(portal: Portal) -> ASGIApp:
    """Return the application that serves a portal."""
    settings = portal.settings
    hosts: set[str | None] = set()
    if settings.address:
        hosts = {urlsplit(settings.address).hostname, "localhost", "127.0.0.1", "::1"}

    def most(path: str) -> int:
        if path == checking.PATH:
            return settings.limits.file * settings.most_files + FORM_BYTES
        if path == sending.PATH:
            return settings.limits.file + FORM_BYTES
        return _REGISTRY_BYTES if path.startswith("/papan") else FORM_BYTES

    app = Starlette(
        routes=[
            *checking.ROUTES,
            *sending.ROUTES,
            *accounting.ROUTES,
            *managing.ROUTES,
            *board.ROUTES,
            *together.ROUTES,
            Route("/statis/temuan.css", lambda _: FileResponse(_FINDINGS, media_type="text/css")),
            Mount("/statis", StaticFiles(directory=_STATIC)),
        ],
        middleware=[
            Middleware(Body, most=most),
            Middleware(_Visitors),
        ],
        exception_handlers={
            HTTPException: _refused,
            LkjipError: _refused,
            ClientDisconnect: lambda *_: Response(status_code=400),  # which nobody reads
            **dict.fromkeys((*AWAY, OSError), _away),
            Exception: _failed,
        },
    )
    app.state.portal, app.state.rates, app.state.shown = portal, Rates(), Shown()
    return Guarded(app, hosts, secure=settings.secure)


class _Visitors:
    """Middleware that knows who asks."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith("/statis/"):
            request = Request(scope)
            try:
                request.state.visitor = await visitor_of(request)
            except AWAY as error:
                async for _ in Request(scope, receive).stream():
                    pass  # or a browser that still sends would not read the answer
                await _away(request, error)(scope, receive, send)
                return
        await self._app(scope, receive, send)


_TITLES = {403: "Tidak boleh dibuka", 404: "Tidak ditemukan", 413: "Terlalu besar", 429: "Terlalu sering"}
_WORDS = {
    403: "halaman ini bukan untuk Anda; masuk dengan akun yang berhak, atau buka tautan OPD Anda",
    404: "halaman ini tidak ada, atau sudah dihapus; periksa alamatnya, atau mulai lagi dari halaman depan",
    405: "halaman ini tidak dapat dipakai begitu; kembali, lalu coba lagi",
}


def _refused(request: Request, error: Exception) -> Response:
    """Say in one sentence why a request is not met."""
    status, words = 413 if isinstance(error, TooLargeError) else 400, str(error)
    if isinstance(error, HTTPException):
        status = error.status_code
        own = HTTPStatus(status).phrase != error.detail
        words = error.detail if own else _WORDS.get(status, "permintaan ini tidak dapat dipenuhi; coba lagi")
    request.scope.setdefault("state", {}).setdefault("visitor", Visitor())
    title = _TITLES.get(status, "Tidak dapat dilakukan")
    answer = page(request, "gagal", status, title=title, words=words, typed=typed(request))
    if isinstance(error, HTTPException) and error.headers:
        answer.headers.update(error.headers)
    return answer


def _away(request: Request, error: Exception) -> Response:
    """Say that the database or the disk does not take anything at the moment, and have the log say which."""
    reason = file_reason(error) if isinstance(error, OSError) else "basis data tidak menjawab"
    _LOG.warning("permintaan tidak dipenuhi: %s (%s)", reason, type(error).__name__)
    words = f"portal sedang tidak dapat menyimpan atau membaca ({reason}); yang sudah bertanda terima tidak hilang"
    again = {"Retry-After": str(_AGAIN_SECONDS)}
    return _refused(request, HTTPException(503, f"{words}, yang lain coba lagi sebentar lagi", again))


def _failed(request: Request, _: Exception) -> Response:
    """Say that the portal has failed, and nothing of how."""
    request.scope.setdefault("state", {}).setdefault("visitor", Visitor())
    return page(
        request,
        "gagal",
        500,
        title="Portal terganggu",
        typed=typed(request),
        words="Portal mengalami gangguan. Kiriman yang sudah bertanda terima tidak hilang; coba lagi sebentar lagi.",
    )
