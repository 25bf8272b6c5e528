"""Files that are made when somebody asks for them: here, or a page that says what is being made."""

from __future__ import annotations

import time
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from lkjip_xl.portal import jobs, works
from lkjip_xl.portal.jobs import Kind
from lkjip_xl.portal.web.pages import page, portal_of

_PATIENCE = 4.0  # seconds until a page says that it takes longer
_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".zip": "application/zip",
    ".html": "text/html",
    ".csv": "text/csv",
    ".json": "application/json",
}
FROM_FILES = {
    "temuan": (Kind.RETURNED, "Buku kerja dengan temuannya"),
    "ringkasan": (Kind.SUMMARY, "Ringkasan"),
    "laporan": (Kind.REPORT, "Laporan dalam Word"),
}
"""What is made of a workbook: by its name in addresses, the work and how it is called."""
TOGETHER = {
    "konsolidasi": (works.WORKBOOK, "Buku kerja konsolidasi"),
    "laporan": (works.WORD, "Laporan gabungan dalam Word"),
    "halaman": (works.PAGE, "Halaman ringkas"),
    "parquet": (works.PARQUET, "Semua baris (Parquet)"),
}
"""What a round is put together into: by its name in addresses, the file and how it is called."""


def given(path: Path, name: str) -> Response:
    """Return a file to keep, under a name that is ours."""
    return FileResponse(path, filename=name, media_type=_TYPES[path.suffix])


def made(request: Request, kind: Kind, subject: int, path: Path, name: str, what: str, back: str) -> Response:
    """Return a file that is made of ``subject`` where it is not there yet, or a page that says how far that is."""
    portal = portal_of(request)
    if path.is_file():
        return given(path, name)
    with portal.database.writing() as connection:
        waits, problem = jobs.last(connection, kind, subject)
        if not waits and (not problem or "ulang" in request.query_params):
            jobs.ask(connection, kind, subject)
            problem = ""
    portal.workers.wake()
    until = time.monotonic() + _PATIENCE
    while not problem and time.monotonic() < until:
        if path.is_file():
            return given(path, name)
        time.sleep(0.05)
        with portal.database.reading() as connection:
            _, problem = jobs.last(connection, kind, subject)
    with portal.database.reading() as connection:
        place = jobs.place(connection, kind, subject)
    return page(
        request, "dibuat", 200 if not problem else 422, what=what, problem=problem, place=place, back=back
    )
