"""Gabungan: a round put together, and all its files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from lkjip_xl.portal import counting, jobs, places, works
from lkjip_xl.portal.jobs import Kind
from lkjip_xl.portal.web.accounting import signed_in
from lkjip_xl.portal.web.board import PATH, round_of
from lkjip_xl.portal.web.made import TOGETHER, given
from lkjip_xl.portal.web.pages import form_handler, portal_of, to

_OTHERS = "lainnya"
"""The folder of what does not count, in the zip of all files."""


def put_together(request: Request, _: FormData) -> Response:
    """Have a round put together."""
    signed_in(request)
    of, portal = round_of(request), portal_of(request)
    with portal.database.writing() as connection:
        jobs.ask(connection, Kind.TOGETHER, of.id)
    portal.workers.wake()
    return to(f"{PATH}/{of.id}")


def together(request: Request) -> Response:
    """Give one of the things that a round was put together into."""
    signed_in(request)
    of = round_of(request)
    name, _ = TOGETHER.get(request.path_params["what"], ("", ""))
    path = places.together(portal_of(request).vault, of) / name
    if not name or not path.is_file():
        raise HTTPException(404)
    return given(path, f"{path.stem}-{of.year}{path.suffix}")


def all_files(request: Request) -> Response:
    """Give all files that were sent as one zip, while it is being packed: those that count as the folder has them, and the others."""
    signed_in(request)
    of, portal = round_of(request), portal_of(request)
    with portal.database.reading() as connection:
        held = counting.contents(connection, of, portal.template.codes)
    wanted = [
        (f"{folder}/{name}", portal.vault.path(each.place))
        for folder, files in ((works.SENT, held.counted), (_OTHERS, held.others))
        for name, each in files.items()
    ]
    headers = {"Content-Disposition": f'attachment; filename="kiriman-{of.year}-{of.id}.zip"'}
    texts = {name: text for name, text in places.texts(of, held).items() if text}
    return StreamingResponse(_zipped(texts, wanted), media_type="application/zip", headers=headers)


def _zipped(texts: dict[str, str], files: Sequence[tuple[str, object]]) -> Iterator[bytes]:
    """Yield a zip, a file at a time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(_Tail(buffer), "w") as archive:  # type: ignore[call-overload]
        for name, content in texts.items():
            archive.writestr(name, content)
        for name, path in files:
            archive.write(path, name)
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


class _Tail:
    """What a zip is written to that cannot go back."""

    def __init__(self, buffer: io.BytesIO) -> None:
        self._buffer = buffer

    def write(self, piece: bytes) -> int:
        return self._buffer.write(piece)

    def flush(self) -> None:
        """Nothing waits."""


ROUTES = [
    Route(PATH + "/{round:number}/gabung", form_handler(put_together), methods=["POST"]),
    Route(PATH + "/{round:number}/hasil/{what}", together),
    Route(PATH + "/{round:number}/berkas.zip", all_files),
]
