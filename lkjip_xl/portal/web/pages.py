"""What all pages share: how they are rendered, who asks for them, forms that cannot be forged, and errors in words."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from jinja2 import Environment
from markupsafe import Markup
from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from lkjip_xl import __version__
from lkjip_xl.portal import sessions
from lkjip_xl.portal.accounts import Account
from lkjip_xl.portal.clock import brief, told
from lkjip_xl.portal.portal import Portal
from lkjip_xl.portal.rounds import Agency
from lkjip_xl.portal.tokens import is_sealed, seal
from lkjip_xl.portal.web.limits import Rates, counted_as
from lkjip_xl.report.jinja import environment
from lkjip_xl.words import wording

_PARTS = Path(__file__).parent / "html"
ACCOUNT, AGENCY = "lkjip_akun", "lkjip_opd"
"""Cookies of browsers that are signed in."""
_SEAL, REASON = "formulir", "alasan"
_FIELDS, _FIELD_BYTES = 40, 64 * 1024
_UNREADABLE = "isian ini tidak dapat dibaca; kembali, muat ulang halamannya, lalu coba lagi"
_HALVES = re.compile("[\0\ud800-\udfff]")  # what is no text: no database takes it


class _Number(Convertor[int]):
    """A number in an address, as long as those of a database are."""

    regex = "[1-9][0-9]{0,8}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("number", _Number())

_WITH_FILES: RunVar[CapacityLimiter] = RunVar("with files")
_FORMS: RunVar[CapacityLimiter] = RunVar("forms")
_THREADS = 4  # for each of these: who reads pages does not wait behind the uploads of a whole round

Endpoint = Callable[[Request], Awaitable[Response]]


def portal_of(request: Request) -> Portal:
    """Return the portal that a request came to."""
    portal: Portal = request.app.state.portal
    return portal


def rates_of(request: Request) -> Rates:
    """Return how often what has been done."""
    rates: Rates = request.app.state.rates
    return rates


@cache
def _environment() -> Environment:
    templates = environment(_PARTS)
    templates.filters |= {
        "told": told,
        "brief": brief,
        "sentence": sentence,
        "day": lambda iso: wording.date(iso) if iso else "",
        "size": lambda size: (
            f"{wording.number(size / 1024**2, 1)} MB" if size >= 1024**2 else f"{-(-size // 1024)} KB"
        ),
    }
    templates.globals |= {"version": __version__}
    return templates


def sentence(words: str) -> str:
    """Return words that are a reason or a finding as a sentence of a page."""
    return words[:1].upper() + words[1:] + ("" if words[-1:] in ".!?" else ".")


_SAID = {
    "tenggat": "Tenggat dan kontak tersimpan.",
    "tutup": "Putaran ini ditutup.",
    "buka": "Putaran ini dibuka kembali.",
    "keputusan": "Berkas keputusan dipakai.",
    "tanpa-keputusan": "Berkas keputusan dihapus.",
    "cabut": "Tautan OPD ini dicabut.",
    "akun": "Akun tersimpan.",
    "sandi": "Kata sandi diganti; di peramban lain Anda harus masuk lagi.",
    "kode": "Kode kedua terpasang; sejak sekarang diminta setiap kali masuk.",
    "tanpa-kode": "Kode kedua dilepas.",
    "sama": "Berkas ini sama dengan yang dikirim terakhir, jadi tetap kiriman yang itu.",
}
"""What a page says has been done, by what its address says of it."""


def page(request: Request, name: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Return a page; all that comes from people stands in it as text."""
    visitor: Visitor = request.state.visitor
    text = (
        _environment()
        .get_template(f"{name}.html.jinja")
        .render(
            **context,
            visitor=visitor,
            path=request.url.path,
            said=_SAID.get(request.query_params.get("sudah", ""), ""),
            seal=visitor.seal,
            title_of=portal_of(request).template.declared.title,
        )
    )
    return HTMLResponse(text, status)


def markup(html: str) -> Markup:
    """Return what ``report.page`` has rendered, in which all text is escaped already."""
    return Markup(html)  # noqa: S704 - of our own renderer only


def to(path: str, **query: str) -> RedirectResponse:
    """Send the browser to another page, which it then asks for."""
    return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, 303)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: an account or an agency, both or neither; ``seal`` goes into the forms of whoever is signed in."""

    account: Account | None = None
    agency: Agency | None = None
    seal: str = ""
    address: str = ""


async def visitor_of(request: Request) -> Visitor:
    """Return who asks, from the cookies."""
    return await to_thread.run_sync(
        _visitor, request, limiter=_few(_FORMS) if request.method == "POST" else None
    )


def _few(of: RunVar[CapacityLimiter]) -> CapacityLimiter:
    """Return the few threads in which some work is done."""
    try:
        return of.get()
    except LookupError:
        of.set(CapacityLimiter(_THREADS))
        return of.get()


def _visitor(request: Request) -> Visitor:
    portal = portal_of(request)
    own, theirs = cookie(request, ACCOUNT), cookie(request, AGENCY)
    address = counted_as(request.client.host) if request.client else ""
    if not own and not theirs:
        return Visitor(address=address)
    with portal.database.reading() as connection:
        account, note = sessions.account_of(connection, own) if own else (None, False)
        agency = sessions.agency_of(connection, theirs) if theirs else None
    if note:
        with portal.database.writing() as connection:
            sessions.seen(connection, own)
    return Visitor(account, agency, seal(portal.key, _sealed(request)), address)


def _sealed(request: Request) -> str:
    """Return the secrets of a browser, for which a form is made."""
    return f"{cookie(request, ACCOUNT)} {cookie(request, AGENCY)}"


def cookie_name(request: Request, name: str) -> str:
    """Return the name of a cookie, under which browsers let nobody else set it where that can be had."""
    return f"__Host-{name}" if portal_of(request).settings.secure else name


def cookie(request: Request, name: str) -> str:
    """Return a cookie's value; empty where there is none."""
    return request.cookies.get(cookie_name(request, name), "")


def set_cookie(
    request: Request, response: Response, name: str, token: str, seconds: int | None = None
) -> None:
    """Have the browser keep a secret, from scripts and from other sites."""
    secure = portal_of(request).settings.secure
    response.set_cookie(
        cookie_name(request, name),
        token,
        max_age=seconds,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def drop_cookie(request: Request, response: Response, name: str) -> None:
    """Have the browser forget a secret."""
    secure = portal_of(request).settings.secure
    response.delete_cookie(cookie_name(request, name), path="/", secure=secure, httponly=True, samesite="lax")


async def form_of(request: Request, files: int = 0) -> FormData:
    """Return the fields of a form; with ``files`` of them at most. Raises ``HTTPException`` where it was forged."""
    form = await _parsed(request, files)
    request.state.typed = text(form, REASON)
    visitor: Visitor = request.state.visitor
    signed_in = visitor.account is not None or visitor.agency is not None
    if signed_in and not is_sealed(portal_of(request).key, _sealed(request), text(form, _SEAL)):
        await form.close()
        raise HTTPException(
            403, "halaman ini dibuka sebelum Anda masuk atau keluar; muat ulang, lalu coba lagi"
        )
    return form


def typed(request: Request) -> str:
    """Return the reason that somebody has typed, which is shown again where it could not be kept."""
    return str(getattr(request.state, "typed", ""))


def too_many(files: int) -> str:
    """Return what is said of more files than are taken at once."""
    return f"terlalu banyak berkas sekaligus; kirim paling banyak {files}"


async def _parsed(request: Request, files: int) -> FormData:
    """Return the fields of a form; refuse in our words what no browser sends, and more files than are taken."""
    try:
        form = await request.form(max_files=files, max_fields=_FIELDS, max_part_size=_FIELD_BYTES)
    except HTTPException as error:
        if error.status_code != 400:  # it was too large or too slow
            raise
        many = files and error.detail.startswith("Too many files")
        raise HTTPException(400, too_many(files) if many else _UNREADABLE) from None
    except UnicodeError:  # the request may name an encoding of its own
        raise HTTPException(400, _UNREADABLE) from None
    if any(isinstance(each, str) and _HALVES.search(each) for _, each in form.multi_items()):
        await form.close()
        raise HTTPException(400, _UNREADABLE)
    return form


def text(form: FormData, name: str) -> str:
    """Return a field of a form, its lines as they are kept; empty where it has none or a file."""
    value = form.get(name, "")
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def files_of(form: FormData, name: str) -> list[UploadFile]:
    """Return the files of a field that are files: an empty field counts as one without a name."""
    return [each for each in form.getlist(name) if isinstance(each, UploadFile) and each.filename]


Handler = Callable[[Request, FormData], Response]


def form_handler(handler: Handler, files: int = 0) -> Endpoint:
    """Return an endpoint that has a handler work on a form that was not forged, beside the pages of others."""

    async def endpoint(request: Request) -> Response:
        form = await form_of(request, files)
        try:
            return await to_thread.run_sync(
                handler, request, form, limiter=_few(_WITH_FILES) if files else None
            )
        finally:
            await form.close()

    return endpoint
