"""Kirim: an agency comes by its link, sends its workbook and sees what has become of it."""

from __future__ import annotations

from pathlib import PurePath

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lkjip_xl.portal import history, places, rounds, sessions, submissions, uploads
from lkjip_xl.portal.counting import file_code
from lkjip_xl.portal.jobs import Kind
from lkjip_xl.portal.rounds import Agency, Round
from lkjip_xl.portal.settings import PortalError
from lkjip_xl.portal.states import State
from lkjip_xl.portal.submissions import Submission
from lkjip_xl.portal.vault import TooLargeError
from lkjip_xl.portal.web.made import FROM_FILES, given, made
from lkjip_xl.portal.web.pages import (
    AGENCY,
    cookie,
    files_of,
    form_handler,
    markup,
    page,
    portal_of,
    rates_of,
    set_cookie,
    text,
    to,
)

PATH, ENTRY = "/kirim", "/o"
_UNLINKED = "buka halaman ini lewat tautan OPD Anda; koordinator memberikannya"
_REVOKED = (
    "tautan yang dipakai peramban ini tidak berlaku lagi (diganti atau dicabut), atau sudah terlalu lama; "
    "buka lewat tautan OPD Anda yang terbaru, atau minta kepada koordinator"
)


def enter(request: Request) -> Response:
    """Take a link: the browser is known as its agency from now on, and its address holds the secret no longer."""
    portal = portal_of(request)
    if not rates_of(request).entered.allows(request.state.visitor.address):
        raise HTTPException(429, "terlalu banyak percobaan dari alamat ini; coba lagi beberapa menit lagi")
    with portal.database.writing() as connection:
        link = rounds.linked(connection, request.path_params["token"])
        if link is None:
            raise HTTPException(404, "tautan ini tidak berlaku; minta tautan baru kepada koordinator")
        by: Agency | None = request.state.visitor.agency
        if by is not None and by == rounds.agency_of_link(connection, link):
            return to(PATH)  # forms that are open in another tab stay good
        if before := cookie(request, AGENCY):
            sessions.sign_out(connection, before)
        token = sessions.sign_in(connection, link_id=link)
    answer = to(PATH)
    set_cookie(request, answer, AGENCY, token, int(sessions.LONGEST.total_seconds()))
    return answer


def overview(request: Request) -> Response:
    """Show an agency what is asked of it, what it has sent, and where it sends."""
    return _overview(request)


def _overview(request: Request, problem: str = "", sender: str = "", status: int = 200) -> Response:
    of, by = _who(request)
    with portal_of(request).database.reading() as connection:
        sent = submissions.of_agency(connection, by)
        events = history.of_agency(connection, by.id)
        shut = submissions.shut(connection, of, by)
    return page(
        request,
        "kirim",
        status,
        round=of,
        agency=by,
        deadline=rounds.deadline_of(of, by),
        late=rounds.is_late(of, by),
        sent=sent,
        events=events,
        shut=shut,
        problem=problem,
        sender=sender or (sent[0].sender if sent else ""),
        State=State,
    )


def send(request: Request, form: FormData) -> Response:
    """Take a workbook; when the browser is answered, it is kept and numbered."""
    portal = portal_of(request)
    of, by = _who(request)
    sender = text(form, "pengirim")
    files = files_of(form, "berkas")
    if not files:
        return _overview(request, "pilih dahulu berkas buku kerjanya", sender, 422)
    if not rates_of(request).sent.allows(str(by.id)):
        return _overview(request, "terlalu banyak kiriman dalam satu jam; coba lagi nanti", sender, 429)
    try:
        sender = submissions.sender_of(sender)
        with portal.database.reading() as connection:
            submissions.check_open(connection, of, by)
        kept = portal.vault.keep(files[0].file, portal.settings.limits.file)
        with portal.database.writing() as connection:
            sent, new = submissions.receive(
                connection, of, by, kept, PurePath(files[0].filename or "").name, sender
            )
    except PortalError as error:
        return _overview(request, error.reason, sender, 413 if isinstance(error, TooLargeError) else 422)
    portal.workers.wake()
    return to(f"{PATH}/{sent.number}", **({} if new else {"sudah": "sama"}))


def one(request: Request) -> Response:
    """Show one submission: its state, its findings, its receipt."""
    of, by = _who(request)
    sent = _sent(request, by)
    with portal_of(request).database.reading() as connection:
        upload = uploads.find(connection, sent.upload)
        events = [each for each in history.of_agency(connection, by.id) if each.submission == sent.id]
        all_sent = submissions.of_agency(connection, by)
        shut = submissions.shut(connection, of, by)
    return page(
        request,
        "kiriman",
        round=of,
        agency=by,
        sent=sent,
        last=all_sent[0],
        twin=submissions.twin_of(sent, all_sent),
        shut=shut,
        upload=upload,
        found=markup(upload.page),
        events=events,
        made=FROM_FILES,
        State=State,
    )


def receipt(request: Request) -> Response:
    """Show the receipt of a submission, to print."""
    of, by = _who(request)
    sent = _sent(request, by)
    with portal_of(request).database.reading() as connection:
        upload = uploads.find(connection, sent.upload)
    return page(request, "tanda-terima", round=of, agency=by, sent=sent, upload=upload)


def blank(request: Request) -> Response:
    """Give an agency its blank workbook."""
    portal = portal_of(request)
    of, by = _who(request)
    name = f"lkjip-{file_code(by.code)}-{of.year}.xlsx"
    path = places.blank(portal.vault, of, by)
    return made(request, Kind.BLANK, by.id, path, name, "Buku kerja kosong", PATH)


def download(request: Request) -> Response:
    """Give a file that was sent as it came, or what is made of it."""
    _, by = _who(request)
    sent = _sent(request, by)
    return of_submission(request, by, sent, f"{PATH}/{sent.number}")


def of_submission(request: Request, by: Agency, sent: Submission, back: str) -> Response:
    """Give the file of a submission, or what is made of it."""
    portal, what = portal_of(request), request.path_params["what"]
    ending = f"{file_code(by.code)}-kiriman-{sent.number}"
    if what == "berkas":
        return given(portal.vault.path(sent.place), f"{ending}.xlsx")
    with portal.database.reading() as connection:
        upload = uploads.find(connection, sent.upload)
    if what not in FROM_FILES or not upload.readable:
        raise HTTPException(404)
    kind, words = FROM_FILES[what]
    path = places.made_of(portal.vault, upload, kind)
    return made(request, kind, upload.id, path, f"{what}-{ending}{path.suffix}", words, back)


def _who(request: Request) -> tuple[Round, Agency]:
    """Return whose page this is; send away who comes without a link."""
    by = request.state.visitor.agency
    if by is None:
        raise HTTPException(403, _REVOKED if cookie(request, AGENCY) else _UNLINKED)
    with portal_of(request).database.reading() as connection:
        of = rounds.find_round(connection, by.round)
    assert of is not None  # noqa: S101 - an agency has its round
    return of, by


def _sent(request: Request, by: Agency) -> Submission:
    with portal_of(request).database.reading() as connection:
        sent = submissions.numbered(connection, by, request.path_params["number"])
    if sent is None:
        raise HTTPException(404)
    return sent


ROUTES = [
    Route(ENTRY + "/{token}", enter),
    Route(PATH, overview, methods=["GET"]),
    Route(PATH, form_handler(send, files=1), methods=["POST"]),
    Route(PATH + "/kosong", blank),
    Route(PATH + "/{number:number}", one),
    Route(PATH + "/{number:number}/tanda-terima", receipt),
    Route(PATH + "/{number:number}/{what}", download),
]
