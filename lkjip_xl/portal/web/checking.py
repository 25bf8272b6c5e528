"""Periksa: files are looked at for whoever drops them here, without an account, and kept for an hour."""

from __future__ import annotations

from pathlib import PurePath

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lkjip_xl.portal import places, rounds, uploads, works
from lkjip_xl.portal.counting import file_code
from lkjip_xl.portal.rounds import Agency
from lkjip_xl.portal.uploads import Upload
from lkjip_xl.portal.web.made import FROM_FILES, made
from lkjip_xl.portal.web.pages import files_of, form_handler, markup, page, portal_of, rates_of, to, too_many
from lkjip_xl.portal.works import Expected

PATH = "/periksa"


def start(request: Request) -> Response:
    """Show where files are dropped."""
    return page(request, "periksa", most=portal_of(request).settings.most_files, problem="")


def check(request: Request, form: FormData) -> Response:
    """Take files, and send the browser to where it sees what is found in them."""
    portal = portal_of(request)
    files = files_of(form, "berkas")
    settings = portal.settings
    if not files:
        problem = "Pilih dahulu berkas buku kerjanya."
        return page(request, "periksa", 400, most=settings.most_files, problem=problem)
    if len(files) > settings.most_files:
        raise HTTPException(400, too_many(settings.most_files))
    if not rates_of(request).checked.allows(request.state.visitor.address, len(files)):
        raise HTTPException(429, "terlalu banyak berkas dari alamat ini; coba lagi beberapa menit lagi")
    given = [(PurePath(each.filename or "").name, each.file) for each in files]
    token = uploads.add_check(portal.database, portal.vault, settings, given)
    portal.workers.wake()
    return to(f"{PATH}/{token}")


def found(request: Request) -> Response:
    """Show what has been found, or the place in the queue."""
    files, expected = _files(request), _expected(request)
    codes = portal_of(request).template.codes
    foreign = {
        number: works.foreign(expected, each.code or "", each.year, codes)
        for number, each in enumerate(files, start=1)
        if expected and each.year
    }
    waiting = [each for each in files if each.read is None]
    return page(
        request,
        "diperiksa",
        files=[(number, each, markup(each.page)) for number, each in enumerate(files, start=1)],
        waiting=waiting,
        foreign=foreign,
        made=FROM_FILES,
        minutes=portal_of(request).settings.checked_seconds // 60,
    )


def _expected(request: Request) -> Expected | None:
    """Return whose workbook it should be, where the browser has come by an agency's link."""
    by: Agency | None = request.state.visitor.agency
    if by is None:
        return None
    with portal_of(request).database.reading() as connection:
        of = rounds.find_round(connection, by.round)
    return Expected(by.code, by.name, of.year) if of else None


def download(request: Request) -> Response:
    """Give what is made of one of the files."""
    portal, files = portal_of(request), _files(request)
    number, what = request.path_params["number"], request.path_params["what"]
    if not 1 <= number <= len(files) or what not in FROM_FILES or not files[number - 1].readable:
        raise HTTPException(404)
    upload = files[number - 1]
    kind, words = FROM_FILES[what]
    path = places.made_of(portal.vault, upload, kind)
    back = f"{PATH}/{request.path_params['token']}"
    return made(request, kind, upload.id, path, made_name(what, upload, path.suffix), words, back)


def made_name(what: str, upload: Upload, suffix: str) -> str:
    """Return the name of what is made of a file: of its agency and year, nothing of the name that it came with."""
    return "-".join(filter(None, (what, file_code(upload.code), str(upload.year or "")))) + suffix


def _files(request: Request) -> list[Upload]:
    portal = portal_of(request)
    with portal.database.reading() as connection:
        files = uploads.of_check(connection, request.path_params["token"], portal.settings)
    if not files:
        raise HTTPException(404, "pemeriksaan ini tidak ada, atau sudah dihapus; kirim lagi berkasnya")
    return files


ROUTES = [
    Route("/", start),
    Route(PATH, form_handler(check, files=20), methods=["POST"]),
    Route(PATH + "/{token}", found),
    Route(PATH + "/{token}/{number:number}/{what}", download),
]
