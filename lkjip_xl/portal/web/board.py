"""Papan: the cockpit of a round, live; one agency with all that it has sent, and where it is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lkjip_xl.portal import counting, history, jobs, places, rounds, submissions, uploads
from lkjip_xl.portal.jobs import Kind
from lkjip_xl.portal.portal import Portal
from lkjip_xl.portal.rounds import Agency, Round
from lkjip_xl.portal.states import State, may_decide, needs_reason
from lkjip_xl.portal.submissions import RefusedError, Submission
from lkjip_xl.portal.web.accounting import news_of, signed_in
from lkjip_xl.portal.web.made import FROM_FILES, TOGETHER
from lkjip_xl.portal.web.pages import REASON, form_handler, markup, page, portal_of, text, to
from lkjip_xl.portal.web.sending import of_submission

PATH = "/papan"
NOTHING = "belum"


@dataclass(frozen=True, slots=True)
class Line:
    """An agency on the board: what it has sent last, what of it counts, whether it is left out, how many times, and whether it is past its deadline."""

    agency: Agency
    last: Submission | None
    counted: Submission | None
    left_out: bool
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
            for lines in [_lines(portal_of(request), connection, each)]
        ]
    return page(request, "putaran", own=own, rounds=listed, news=news_of(request, own))


def board(request: Request) -> Response:
    """Show a round: who has sent, in which state, until when; filtered by state, name or code."""
    own, of, portal = signed_in(request), round_of(request), portal_of(request)
    state, sought = request.query_params.get("keadaan", ""), request.query_params.get("cari", "")
    with portal.database.reading() as connection:
        lines = _lines(portal, connection, of)
        waits, problem = jobs.last(connection, Kind.TOGETHER, of.id)
        waiting = jobs.waiting(connection)
        done = jobs.last_done(connection, Kind.TOGETHER, of.id)
        changed = done is not None and history.changed_since(connection, of.id, done)
    counts = Counter(line.state for line in lines)
    states = [NOTHING, *(each.value for each in State)]
    folder = places.together(portal.vault, of)
    made = [(what, words) for what, (name, words) in TOGETHER.items() if (folder / name).is_file()]
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
    own, of, portal = signed_in(request), round_of(request), portal_of(request)
    by = agency_of(request, of)
    decided = counting.counting(of, portal.template.codes)
    with portal.database.reading() as connection:
        sent = submissions.of_agency(connection, by)
        link_made = rounds.link_of(connection, by)
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
        counted=decided.counted(by, sent),
        left_out=decided.leaves_out(by),
        twin=submissions.twin_of(each, sent),
        link_made=link_made,
        file_name=counting.file_name,
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
    reason = text(form, REASON)
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


def _lines(portal: Portal, connection: sa.Connection, of: Round) -> list[Line]:
    decided = counting.counting(of, portal.template.codes)
    sent = submissions.of_round(connection, of.id)
    return [
        Line(
            each,
            next(iter(own), None),
            decided.counted(each, own),
            decided.leaves_out(each),
            len(own),
            rounds.deadline_of(of, each),
            rounds.is_late(of, each),
        )
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
]
