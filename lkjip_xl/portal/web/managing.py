"""What a coordinator does with rounds: opens and closes them, makes links, replaces the decisions."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lkjip_xl.base.errors import LkjipError
from lkjip_xl.base.files import MAX_TEXT_BYTES
from lkjip_xl.portal import counting, history, rounds
from lkjip_xl.portal.rounds import Agency, Round, Wanted
from lkjip_xl.portal.settings import PortalError
from lkjip_xl.portal.web.accounting import base_of, managing
from lkjip_xl.portal.web.board import PATH, agency_of, round_of
from lkjip_xl.portal.web.pages import files_of, form_handler, page, portal_of, text, to
from lkjip_xl.portal.web.sending import ENTRY
from lkjip_xl.words import wording


def new(request: Request) -> Response:
    """Show where a round is opened."""
    managing(request)
    return page(request, "putaran-baru", problem="", wanted=Wanted("", "", "", "", ""))


def open_(request: Request, form: FormData) -> Response:
    """Open a round, and show the links of its agencies this one time."""
    own, portal = managing(request), portal_of(request)
    wanted = Wanted(text(form, "nama"), text(form, "tahun"), text(form, "tenggat"), text(form, "kontak"), "")
    try:
        wanted = Wanted(
            wanted.name, wanted.year, wanted.deadline, wanted.contact, _csv(form, "daftar", "daftar OPD")
        )
        with portal.database.writing() as connection:
            id_ = rounds.open_round(connection, wanted, portal.template, own.actor)
            made = rounds.new_links(connection, id_, rounds.agencies(connection, id_), own.actor)
            of = rounds.find_round(connection, id_)
    except LkjipError as error:
        return page(request, "putaran-baru", 422, problem=error.reason, wanted=wanted)
    assert of is not None  # noqa: S101 - it has just been opened
    portal.workers.lay_out(of.id)
    return _shown(request, of, made)


def links(request: Request, form: FormData) -> Response:
    """Make new links for all agencies of a round, or one; revoke one."""
    own, of, portal = managing(request), round_of(request), portal_of(request)
    one = agency_of(request, of) if "agency" in request.path_params else None
    with portal.database.writing() as connection:
        if one is not None and text(form, "cabut"):
            rounds.revoke_links(connection, one, own.actor)
            return to(f"{PATH}/{of.id}/opd/{one.id}", sudah="cabut")
        wanted = [one] if one is not None else rounds.agencies(connection, of.id)
        made = rounds.new_links(connection, of.id, wanted, own.actor)
    return _shown(request, of, made)


def _shown(request: Request, of: Round, made: Sequence[tuple[Agency, str]]) -> Response:
    """Send the browser to where links are shown, so that a page that is loaded again makes no others."""
    request.app.state.shown.put((managing(request).id, f"tautan {of.id}"), made)
    return to(f"{PATH}/{of.id}/tautan")


def show_links(request: Request) -> Response:
    """Show links that have just been made, as they can be kept in a file and sent in messages."""
    of = round_of(request)
    made: Sequence[tuple[Agency, str]] | None = request.app.state.shown.get(
        (managing(request).id, f"tautan {of.id}")
    )
    if made is None:
        raise HTTPException(404, "tautan hanya tampak sesaat sesudah dibuat; buat yang baru di Atur putaran")
    base = base_of(request)
    rows = [(each, f"{base}{ENTRY}/{token}", rounds.deadline_of(of, each)) for each, token in made]
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";", lineterminator="\n")
    writer.writerow(["kode", "nama", "kontak", "tenggat", "tautan"])
    for each, address, deadline in rows:
        writer.writerow([_cell(each.code), _cell(each.name), _cell(each.contact), deadline, address])
    messages = "\n\n".join(_message(of, *row) for row in rows)
    return page(
        request,
        "tautan",
        round=of,
        number=len(rows),
        table=table.getvalue(),
        messages=messages,
        passed=rounds.is_past(of.deadline),
    )


def _message(of: Round, each: Agency, address: str, deadline: str) -> str:
    until = f" paling lambat {wording.date(deadline)}" if deadline else ""
    whom = each.contact or of.contact
    contact = f" Pertanyaan: {whom}." if whom else ""
    return (
        f"Kepada {each.name}: kirimkan buku kerja {of.title}{until} lewat tautan ini. "
        f"Tautan ini hanya untuk OPD Anda; jangan diteruskan.{contact}\n{address}"
    )


_FORMULA = re.compile(
    "(^|[;,\t\r\n|])(\\s*[=+@\uff1d\uff0b\uff20\uff0d-])"
)  # whichever separator a spreadsheet knows


_ZIP = b"PK\x03\x04"  # what a workbook begins with


def _cell(value: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'\2", value)


def settings(request: Request) -> Response:
    """Show what can be changed of a round."""
    return _settings(request)


def _settings(request: Request, problem: str = "", status: int = 200) -> Response:
    managing(request)
    of = round_of(request)
    with portal_of(request).database.reading() as connection:
        events = history.of_round(connection, of.id)
        number = len(rounds.agencies(connection, of.id))
    return page(
        request,
        "atur",
        status,
        round=of,
        number=number,
        events=events,
        problem=problem,
        passed=rounds.is_past(of.deadline),
    )


def change(request: Request, form: FormData) -> Response:
    """Change deadline and contact, close or open, replace the decisions; whichever form it was."""
    own, of, portal = managing(request), round_of(request), portal_of(request)
    what = text(form, "ubah")
    try:
        match what:
            case "tenggat":
                with portal.database.writing() as connection:
                    rounds.change_round(
                        connection,
                        of,
                        deadline=text(form, "tenggat"),
                        contact=text(form, "kontak"),
                        actor=own.actor,
                    )
            case "tutup" | "buka":
                with portal.database.writing() as connection:
                    rounds.close_round(connection, of, closed=what == "tutup", actor=own.actor)
            case "keputusan":
                decisions = _csv(form, "berkas", "berkas keputusan")
                with portal.database.writing() as connection:
                    counting.check(connection, of, decisions, portal.template.codes)
                    rounds.decide(connection, of, decisions, own.actor)
            case "tanpa-keputusan":
                with portal.database.writing() as connection:
                    rounds.decide(connection, of, "", own.actor)
            case _:
                raise HTTPException(400)
    except LkjipError as error:
        return _settings(request, error.reason, 422)
    portal.workers.lay_out(of.id)
    return to(f"{PATH}/{of.id}/atur", sudah=what)


def text_file(request: Request) -> Response:
    """Give the registry or the decisions of a round as they came."""
    managing(request)
    of = round_of(request)
    content = {"opd": of.registry, "keputusan": of.decisions}.get(request.path_params["what"], "")
    if not content:
        raise HTTPException(404)
    headers = {"Content-Disposition": f'attachment; filename="{request.path_params["what"]}-{of.year}.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _csv(form: FormData, field: str, what: str) -> str:
    """Return the text of a CSV. Raises ``PortalError``."""
    files: list[UploadFile] = files_of(form, field)
    if not files:
        raise PortalError(f"pilih {what} (CSV)")
    content = files[0].file.read(MAX_TEXT_BYTES + 1)
    if content.startswith(_ZIP):
        raise PortalError(
            f"{what} ini buku kerja Excel; di Excel: Simpan sebagai CSV UTF-8, lalu pilih CSV-nya"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PortalError(f"{what} bukan CSV UTF-8; di Excel: Simpan sebagai CSV UTF-8") from None


ROUTES = [
    Route(PATH + "/baru", new, methods=["GET"]),
    Route(PATH + "/baru", form_handler(open_, files=1), methods=["POST"]),
    Route(PATH + "/{round:number}/atur", settings, methods=["GET"]),
    Route(PATH + "/{round:number}/atur", form_handler(change, files=1), methods=["POST"]),
    Route(PATH + "/{round:number}/tautan", show_links, methods=["GET"]),
    Route(PATH + "/{round:number}/tautan", form_handler(links), methods=["POST"]),
    Route(PATH + "/{round:number}/opd/{agency:number}/tautan", form_handler(links), methods=["POST"]),
    Route(PATH + "/{round:number}/{what:str}.csv", text_file),
]
