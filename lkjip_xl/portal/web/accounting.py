"""Signing in and out, invitations, and who has an account."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

import sqlalchemy as sa
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lkjip_xl.portal import accounts, history, second, sessions
from lkjip_xl.portal.accounts import Account, AccountError
from lkjip_xl.portal.history import About, Event
from lkjip_xl.portal.states import Role
from lkjip_xl.portal.web.pages import (
    ACCOUNT,
    AGENCY,
    cookie,
    drop_cookie,
    form_handler,
    markup,
    page,
    portal_of,
    rates_of,
    set_cookie,
    text,
    to,
    typed,
)

INVITATION = "/undangan"
_OURS = re.compile(r"/papan(/[\w.-]*[\w-])*(\?[\w=&%+-]*)?", re.ASCII)
_LATER = "terlalu banyak percobaan; tunggu seperempat jam, lalu coba lagi"
_WRONG = "nama masuk, kata sandi, atau kode tidak cocok"
_OWN = (("GET", "/akun"), ("HEAD", "/akun"), ("POST", "/akun/sandi"), ("POST", "/akun/kode"))
"""What one may do before one is known by a code, where that must be."""


def ask(request: Request) -> Response:
    """Show where one signs in."""
    return page(request, "masuk", problem="", login="", after=_inside(request.query_params.get("ke", "")))


def sign_in(request: Request, form: FormData) -> Response:
    """Sign in an account."""
    portal, login, after = portal_of(request), text(form, "nama"), _inside(text(form, "ke"))
    rates, account, address = rates_of(request), login.strip().casefold()[:40], request.state.visitor.address
    allowed = rates.tried.allows(address) and rates.tried_for.allows(f"{account} {address}")
    if not allowed or not rates.tried_at_all.allows(account):
        problem, status = _LATER, 429
    else:
        with portal.database.reading() as connection:
            each, kept = accounts.known(connection, login)
        right = accounts.verifies(kept, text(form, "sandi"))
        with portal.database.writing() as connection:
            if right and each is not None and accounts.second_fits(connection, each, text(form, "kode")):
                request.app.state.shown.put(_news(each), history.since_last_entry(connection, each.id))
                return _signed_in(request, connection, each, after)
            _refused(connection, login)
        problem, status = _WRONG, 403
    return page(request, "masuk", status, problem=problem, login=login[:40], after=after)


def _refused(connection: sa.Connection, login: str) -> None:
    """Note as whom somebody tried to sign in; what is no login may be a password in the wrong field."""
    each = accounts.find_login(connection, login)
    whom = f"sebagai {each.login}" if each else "dengan nama yang tidak dikenal"
    about = About(account=each.id if each else None)
    history.record(connection, history.THE_SYSTEM, f"menolak masuk {whom}", about)


def _news(each: Account) -> tuple[int, str]:
    """Return under what is kept what happened to an account while it was away."""
    return each.id, "kabar"


def _invited(own: Account) -> tuple[int, str]:
    """Return under what is kept the invitation that an account has made."""
    return own.id, "undangan"


def news_of(request: Request, own: Account) -> Sequence[Event]:
    """Return what happened to an account while it was away, for some minutes after it has come."""
    return request.app.state.shown.get(_news(own)) or ()


def _signed_in(request: Request, connection: sa.Connection, each: Account, after: str) -> Response:
    if old := cookie(request, ACCOUNT):
        sessions.sign_out(connection, old)
    token = sessions.sign_in(connection, account_id=each.id)
    history.record(connection, each.actor, history.ENTERED, About(account=each.id))
    answer = to(after or "/papan")
    set_cookie(request, answer, ACCOUNT, token)
    return answer


def sign_out(request: Request, _: FormData) -> Response:
    """Sign out the browser, as account and as agency."""
    portal, visitor = portal_of(request), request.state.visitor
    answer = to("/masuk" if visitor.account else "/")
    with portal.database.writing() as connection:
        for name in (ACCOUNT, AGENCY):
            sessions.sign_out(connection, cookie(request, name))
            drop_cookie(request, answer, name)
        if visitor.account:
            about = About(account=visitor.account.id)
            history.record(connection, visitor.account.actor, history.LEFT, about)
    return answer


def invitation(request: Request) -> Response:
    """Show where a password is made."""
    return _invitation(request)


def _invitation(request: Request, problem: str = "", status: int = 200) -> Response:
    if not rates_of(request).invited.allows(request.state.visitor.address):
        raise HTTPException(429, _LATER)
    with portal_of(request).database.reading() as connection:
        each = accounts.invited(connection, request.path_params["token"])
    if each is None:
        raise HTTPException(404, "undangan ini tidak berlaku lagi; minta yang baru kepada koordinator")
    return page(
        request, "undangan", status, each=each, least=accounts.LEAST, most=accounts.MOST, problem=problem
    )


def take(request: Request, form: FormData) -> Response:
    """Make the password of an invitation, and sign in."""
    try:
        password = _new_password(form)
        with portal_of(request).database.writing() as connection:
            each = accounts.take(connection, request.path_params["token"], password)
            return _signed_in(request, connection, each, "")
    except AccountError as error:
        return _invitation(request, error.reason, 422)


def everyone(request: Request) -> Response:
    """Show who has an account, and one's own."""
    return _everyone(request)


def _everyone(request: Request, problem: str = "", wanted: str = "", status: int = 200) -> Response:
    own, portal = signed_in(request), portal_of(request)
    secret = request.app.state.shown.get(_invited(own))
    wanted = "" if own.second else wanted or second.new_secret()
    with portal.database.reading() as connection:
        manages = own.manages and not lacks_code(request, own)
        listed = accounts.all_accounts(connection) if manages else []
        own_events = history.of_account(connection, own.id)
        events = history.of_accounts(connection) if manages else []
    address = f"{base_of(request)}{INVITATION}/{secret}" if secret else ""
    return page(
        request,
        "akun",
        status,
        own=own,
        manages=manages,
        accounts=listed,
        events=events,
        own_events=own_events,
        news=news_of(request, own),
        wanted=wanted,
        picture=markup(second.picture(wanted, own.login, portal.template.declared.title) if wanted else ""),
        required=portal.settings.second,
        roles=list(Role),
        problem=problem,
        invitation=address,
        days=accounts.INVITED.days,
        least=accounts.LEAST,
        most=accounts.MOST,
    )


def invite(request: Request, form: FormData) -> Response:
    """Invite somebody; the link is shown this one time."""
    own = managing(request)
    try:
        with portal_of(request).database.writing() as connection:
            token = accounts.invite(
                connection, text(form, "masuk"), text(form, "nama"), _role(form), own.actor
            )
    except AccountError as error:
        return _everyone(request, error.reason, status=422)
    return _invitation_of(request, own, token)


def _invitation_of(request: Request, own: Account, token: str) -> Response:
    """Send the browser to where an invitation that has been made is shown, for some minutes."""
    request.app.state.shown.put(_invited(own), token)
    return to("/akun")


def change(request: Request, form: FormData) -> Response:
    """Give an account another role, shut it out, or invite it again."""
    own, token = managing(request), ""
    try:
        with portal_of(request).database.writing() as connection:
            each = accounts.find(connection, request.path_params["id"])
            if each is None:
                raise HTTPException(404)
            if text(form, "undang"):
                token = accounts.invite_again(connection, each, own.actor)
            else:
                active = bool(text(form, "aktif"))
                accounts.change(connection, each, role=_role(form), active=active, actor=own.actor)
    except AccountError as error:
        return _everyone(request, error.reason, status=422)
    return _invitation_of(request, own, token) if token else to("/akun", sudah="akun")


def change_password(request: Request, form: FormData) -> Response:
    """Change one's own password, which signs out everywhere; this browser comes in again."""
    own = signed_in(request)
    if not rates_of(request).tried_for.allows(own.login):
        return _everyone(request, _LATER, status=429)
    try:
        password = _new_password(form)
        with portal_of(request).database.writing() as connection:
            accounts.change_password(connection, own, text(form, "lama"), password)
            return _signed_in(request, connection, own, "/akun?sudah=sandi")
    except AccountError as error:
        return _everyone(request, error.reason, status=422)


def change_second(request: Request, form: FormData) -> Response:
    """Have one's own account be asked for a code, or for none any more."""
    own, code, secret = signed_in(request), text(form, "kode"), text(form, "rahasia")
    if not rates_of(request).tried_for.allows(own.login):
        return _everyone(request, _LATER, status=429)
    try:
        with portal_of(request).database.writing() as connection:
            if own.second:
                accounts.remove_second(connection, own, code)
            elif second.is_secret(secret):
                accounts.add_second(connection, own, secret, code)
            else:
                raise HTTPException(400)
    except AccountError as error:
        return _everyone(request, error.reason, wanted=secret, status=422)
    return to("/akun", sudah="tanpa-kode" if own.second else "kode")


def signed_in(request: Request) -> Account:
    """Return the account that asks; send others to where one signs in, unless what they have typed would be lost."""
    account: Account | None = request.state.visitor.account
    if account is None:
        if typed(request):
            raise HTTPException(
                403, "Anda tidak lagi masuk, jadi ini tidak disimpan; masuk lagi, lalu ulangi"
            )
        here = request.url.path if request.method == "GET" else ""
        raise HTTPException(303, headers={"Location": f"/masuk?ke={quote(here)}" if here else "/masuk"})
    if lacks_code(request, account) and (request.method, request.url.path) not in _OWN:
        raise HTTPException(303, headers={"Location": "/akun"})
    return account


def lacks_code(request: Request, account: Account) -> bool:
    """Whether an account must first be given a code."""
    return portal_of(request).settings.second and not account.second


def managing(request: Request) -> Account:
    """Return the coordinator who asks; refuse others."""
    account = signed_in(request)
    if not account.manages:
        raise HTTPException(403)
    return account


def base_of(request: Request) -> str:
    """Return how browsers reach the portal."""
    return portal_of(request).settings.address or f"{request.url.scheme}://{request.url.netloc}"


def _new_password(form: FormData) -> str:
    if text(form, "sandi") != text(form, "sekali_lagi"):
        raise AccountError("kedua kata sandi baru tidak sama; ketik lagi")
    return text(form, "sandi")


def _role(form: FormData) -> Role:
    try:
        return Role(text(form, "peran"))
    except ValueError:
        raise AccountError("pilih perannya") from None


def _inside(path: str) -> str:
    """Return a path of this portal; empty for anything that may lead out of it."""
    return path if _OURS.fullmatch(path) else ""


ROUTES = [
    Route("/masuk", ask, methods=["GET"]),
    Route("/masuk", form_handler(sign_in), methods=["POST"]),
    Route("/keluar", form_handler(sign_out), methods=["POST"]),
    Route(INVITATION + "/{token}", invitation, methods=["GET"]),
    Route(INVITATION + "/{token}", form_handler(take), methods=["POST"]),
    Route("/akun", everyone, methods=["GET"]),
    Route("/akun", form_handler(invite), methods=["POST"]),
    Route("/akun/kode", form_handler(change_second), methods=["POST"]),
    Route("/akun/sandi", form_handler(change_password), methods=["POST"]),
    Route("/akun/{id:number}", form_handler(change), methods=["POST"]),
]
