"""The portal as an application: which page is where, and what stands around all of them."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from lkjip_xl.base.errors import LkjipError
from lkjip_xl.portal.portal import Portal
from lkjip_xl.portal.vault import TooLargeError
from lkjip_xl.portal.web import accounting, board, checking, managing, sending
from lkjip_xl.portal.web.headers import Guarded
from lkjip_xl.portal.web.limits import FORM_BYTES, Body, Rates
from lkjip_xl.portal.web.pages import Visitor, page, visitor_of
from lkjip_xl.report import page as page_of_findings

_STATIC = Path(__file__).parent / "static"
_FINDINGS = Path(page_of_findings.__file__).with_name("findings.css")
_REGISTRY_BYTES = 20 * 1024 * 1024


def application(portal: Portal) -> ASGIApp:
    """Return the application that serves a portal."""
    settings = portal.settings
    hosts = ["*"]
    if settings.address:
        hosts = [urlsplit(settings.address).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]

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
            Route("/statis/temuan.css", lambda _: FileResponse(_FINDINGS, media_type="text/css")),
            Mount("/statis", StaticFiles(directory=_STATIC)),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts),
            Middleware(Body, most=most),
            Middleware(_Visitors),
        ],
        exception_handlers={HTTPException: _refused, LkjipError: _refused, Exception: _failed},
    )
    app.state.portal, app.state.rates = portal, Rates()
    return Guarded(app, secure=settings.secure)


class _Visitors:
    """Middleware that knows who asks."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith("/statis/"):
            request = Request(scope)
            request.state.visitor = await run_in_threadpool(visitor_of, request)
        await self._app(scope, receive, send)


_WORDS = {
    403: "Anda tidak berhak membuka halaman ini; masuk dengan akun atau tautan yang sesuai",
    404: "halaman ini tidak ada, atau sudah dihapus",
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
    answer = page(request, "gagal", status, words=words[:1].upper() + words[1:])
    if isinstance(error, HTTPException) and error.headers:
        answer.headers.update(error.headers)
    return answer


def _failed(request: Request, _: Exception) -> Response:
    """Say that the portal has failed, and nothing of how."""
    request.scope.setdefault("state", {}).setdefault("visitor", Visitor())
    return page(
        request,
        "gagal",
        500,
        words="Portal mengalami gangguan. Kiriman yang sudah bertanda terima tidak hilang; coba lagi sebentar lagi.",
    )
