"""Papan: the cockpit of a round, live; one agency with all that it has sent; what the round is put together into."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from lkjip_xl.portal import history, jobs, places, rounds, submissions, uploads, works
from lkjip_xl.portal.jobs import Kind
from lkjip_xl.portal.rounds import Agency, Round
from lkjip_xl.portal.states import State, may_decide, needs_reason
from lkjip_xl.portal.submissions import RefusedError, Submission
from lkjip_xl.portal.web.accounting import signed_in
from lkjip_xl.portal.web.made import FROM_FILES, given
from lkjip_xl.portal.web.pages import form_handler, markup, page, portal_of, text, to
from lkjip_xl.portal.web.sending import of_submission

PATH = "/papan"
NOTHING = "belum"
_TOGETHER = {
    "konsolidasi": (works.WORKBOOK, "Buku kerja konsolidasi"),
    "laporan": (works.WORD, "Laporan gabungan dalam Word"),
    "halaman": (works.PAGE, "Halaman ringkas"),
    "parquet": (works.PARQUET, "Semua baris (Parquet)"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An agency on the board: what it has sent last, how many times, and whether it is past its deadline."""

    agency: Agency
    last: Submission | None
    number: int
    deadline: str
    late: bool

    @property
    def state(self) -> str:
        """Return its state by which the board is filtered."""
        return self.last.state.value if self.last else NOTHING


def all_rounds(request: Request) -> Response:
    """Show all rounds."""
    own = signed_in(request)
    with portal_of(request).database.reading() as connection:
        listed = [
            (
                each,
                len(lines),
                sum(line.state == State.ACCEPTED for line in lines),
                sum(line.last is not None for line in lines),
            )
            for each in rounds.all_rounds(connection)
            for lines in [_lines(connection, each)]
        ]
    return page(request, "putaran", own=own, rounds=listed)


def board(request: Request) -> Response:
    """Show a round: who has sent, in which state, until when; filtered by state, name or code."""
    own, of, portal = signed_in(request), round_of(request), portal_of(request)
    state, sought = request.query_params.get("keadaan", ""), request.query_params.get("cari", "")
    with portal.database.reading() as connection:
        lines = _lines(connection, of)
        waits, problem = jobs.last(connection, Kind.TOGETHER, of.id)
        waiting = jobs.waiting(connection)
        done = jobs.last_done(connection, Kind.TOGETHER, of.id)
        changed = done is not None and history.changed_since(connection, of.id, done)
    counts = Counter(line.state for line in lines)
    states = [NOTHING, *(each.value for each in State)]
    folder = places.together(portal.vault, of)
    made = [(what, words) for what, (name, words) in _TOGETHER.items() if (folder / name).is_file()]
    return page(
        request,
        "papan",
        own=own,
        round=of,
        lines=[line for line in lines if _fits(line, state, sought)],
        all=len(lines),
        counts=[(each, counts[each]) for each in states],
        summed=", ".join(
            f"{'belum mengirim' if each == NOTHING else each} {counts[each]}"
            for each in states
            if counts[each]
        ),
        shares=[*_shares(counts, states, len(lines))],
        state=state,
        sought=sought,
        waiting=waiting,
        together=waits,
        problem=problem,
        made=made,
        done=done,
        outdated=bool(made) and (done is None or changed),
        own_deadlines=any(line.deadline != of.deadline for line in lines),
        State=State,
        nothing=NOTHING,
    )


def _fits(line: Line, state: str, sought: str) -> bool:
    """Whether a line is in a state and has all words that are sought in its code, name or unit."""
    text = f"{line.agency.code} {line.agency.name} {line.agency.unit}".casefold()
    return (not state or line.state == state) and all(word in text for word in sought.casefold().split())


def agency(request: Request) -> Response:
    """Show an agency of a round: what it has sent, its findings, what has happened, and where it is decided."""
    return _agency(request)


def _agency(request: Request, problem: str = "", reason: str = "", status: int = 200) -> Response:
    own, of = signed_in(request), round_of(request)
    by = agency_of(request, of)
    with portal_of(request).database.reading() as connection:
        sent = submissions.of_agency(connection, by)
        events = history.of_agency(connection, by.id)
        asked = request.query_params.get("kiriman", "")
        each = next((one for one in sent if str(one.number) == asked), sent[0] if sent else None)
        upload = uploads.find(connection, each.upload) if each else None
        following = _following(submissions.waiting(connection, of.id), by)
    decisions = (
        sorted(may_decide(each.state, own=not each.problem))
        if each and sent[0] == each and own.decides
        else []
    )
    return page(
        request,
        "opd",
        status,
        own=own,
        round=of,
        agency=by,
        deadline=rounds.deadline_of(of, by),
        late=rounds.is_late(of, by),
        sent=sent,
        each=each,
        upload=upload,
        found=markup(upload.page) if upload else "",
        events=events,
        following=following,
        decisions=decisions,
        needed=each is not None and all(needs_reason(each.state, after) for after in decisions),
        made=FROM_FILES,
        problem=problem,
        reason=reason,
        State=State,
    )


def _following(waiting: Sequence[Agency], by: Agency) -> Agency | None:
    """Return whose submission waits next after an agency's, from the end on to the first; None where none else waits."""
    others = [each for each in waiting if each.id != by.id]
    return next((each for each in others if each.position > by.position), next(iter(others), None))


def decide(request: Request, form: FormData) -> Response:
    """Return or accept a submission."""
    own, of = signed_in(request), round_of(request)
    if not own.decides:
        raise HTTPException(403)
    by = agency_of(request, of)
    reason = text(form, "alasan")
    try:
        after, seen = State(text(form, "putusan")), State(text(form, "terlihat"))
    except ValueError:
        raise HTTPException(400, "putusan ini tidak ada; muat ulang halamannya") from None
    try:
        with portal_of(request).database.writing() as connection:
            each = submissions.numbered(connection, by, request.path_params["number"])
            if each is None:
                raise HTTPException(404)
            submissions.decide(connection, each, seen, after, reason, own.actor)
    except RefusedError as error:
        return _agency(request, error.reason, reason, 422)
    portal_of(request).workers.lay_out(of.id)
    return to(f"{PATH}/{of.id}/opd/{by.id}")


def download(request: Request) -> Response:
    """Give the file of a submission, or what is made of it."""
    signed_in(request)
    of = round_of(request)
    by = agency_of(request, of)
    with portal_of(request).database.reading() as connection:
        each = submissions.numbered(connection, by, request.path_params["number"])
    if each is None:
        raise HTTPException(404)
    return of_submission(request, by, each, f"{PATH}/{of.id}/opd/{by.id}")


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
    name, _ = _TOGETHER.get(request.path_params["what"], ("", ""))
    path = places.together(portal_of(request).vault, of) / name
    if not name or not path.is_file():
        raise HTTPException(404)
    return given(path, f"{path.stem}-{of.year}{path.suffix}")


def all_files(request: Request) -> Response:
    """Give all files that count as one zip, while it is being packed."""
    signed_in(request)
    of, portal = round_of(request), portal_of(request)
    with portal.database.reading() as connection:
        counted = places.counted(connection, of)
    wanted = [(name, portal.vault.path(each.place)) for name, each in counted.items()]
    headers = {"Content-Disposition": f'attachment; filename="kiriman-{of.year}-{of.id}.zip"'}
    texts = {name: content for name, content in places.texts(of).items() if content}
    return StreamingResponse(_zipped(texts, wanted), media_type="application/zip", headers=headers)


def _zipped(texts: dict[str, str], files: Sequence[tuple[str, object]]) -> Iterator[bytes]:
    """Yield a zip, a file at a time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(_Tail(buffer), "w") as archive:  # type: ignore[call-overload]
        for name, content in texts.items():
            archive.writestr(name, content)
        for name, path in files:
            archive.write(path, f"{works.SENT}/{name}")
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


def round_of(request: Request) -> Round:
    """Return the round of a page."""
    with portal_of(request).database.reading() as connection:
        of = rounds.find_round(connection, request.path_params["round"])
    if of is None:
        raise HTTPException(404)
    return of


def agency_of(request: Request, of: Round) -> Agency:
    """Return the agency of a page, which must be one of the round."""
    with portal_of(request).database.reading() as connection:
        by = rounds.find_agency(connection, request.path_params["agency"])
    if by is None or by.round != of.id:
        raise HTTPException(404)
    return by


def _lines(connection: sa.Connection, of: Round) -> list[Line]:
    sent = submissions.of_round(connection, of.id)
    return [
        Line(each, next(iter(own), None), len(own), rounds.deadline_of(of, each), rounds.is_late(of, each))
        for each in rounds.agencies(connection, of.id)
        for own in [sent.get(each.id, [])]
    ]


def _shares(counts: Counter[str], states: Sequence[str], all_: int) -> Iterator[tuple[str, float, float]]:
    """Yield each state's part of a bar: where it begins and how long it is, of 100."""
    at = 0.0
    for each in states[::-1]:
        share = 100 * counts[each] / max(1, all_)
        if share:
            yield each, round(at, 2), round(share, 2)
        at += share


ROUTES = [
    Route(PATH, all_rounds),
    Route(PATH + "/{round:number}", board),
    Route(PATH + "/{round:number}/opd/{agency:number}", agency),
    Route(
        PATH + "/{round:number}/opd/{agency:number}/{number:number}/putusan",
        form_handler(decide),
        methods=["POST"],
    ),
    Route(PATH + "/{round:number}/opd/{agency:number}/{number:number}/{what}", download),
    Route(PATH + "/{round:number}/gabung", form_handler(put_together), methods=["POST"]),
    Route(PATH + "/{round:number}/hasil/{what}", together),
    Route(PATH + "/{round:number}/berkas.zip", all_files),
]
