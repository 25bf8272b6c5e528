"""What agencies send: kept, numbered, read, decided; each step with its entry in the history."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from lkjip_xl.base.findings import Status
from lkjip_xl.portal import history, uploads
from lkjip_xl.portal.clock import now
from lkjip_xl.portal.history import THE_SYSTEM, About, Actor
from lkjip_xl.portal.rounds import Agency, Round, is_late
from lkjip_xl.portal.schema import add, agency, round_, submission, upload
from lkjip_xl.portal.settings import PortalError
from lkjip_xl.portal.states import State, may_decide, needs_reason
from lkjip_xl.portal.vault import Kept
from lkjip_xl.portal.works import Examined, Expected

_MOST_SENDER, _MOST_REASON = 120, 2000


class RefusedError(PortalError):
    """Something that cannot be done with a submission, or is not done any more."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A file that an agency has sent; ``number`` counts those of the agency."""

    id: int
    agency: int
    number: int
    upload: int
    sender: str
    sent: datetime.datetime
    late: bool
    state: State
    digest: str
    name: str
    place: str
    status: Status | None
    verdict: str
    problem: str


def receive(
    connection: sa.Connection, of: Round, by: Agency, kept: Kept, name: str, sender: str
) -> tuple[Submission, bool]:
    """Note a file that is kept as the agency's next submission; return it, and whether it is new. For ``sender`` see ``sender_of``.

    The file that was sent last, sent once more (as a browser does that got no answer), is that submission. Raises
    ``RefusedError``.
    """
    _locked(connection, by)
    check_open(connection, of, by)
    before = last_of(connection, by)
    if before is not None and before.digest == kept.digest and before.state is not State.RETURNED:
        return before, False
    upload_id = uploads.add(connection, kept, name)
    number = before.number + 1 if before else 1
    id_ = add(
        connection,
        submission,
        agency_id=by.id,
        number=number,
        upload_id=upload_id,
        sender=sender,
        sent=now(),
        late=is_late(of, by),
        state=State.RECEIVED,
    )
    about = About(of.id, by.id, id_)
    history.record(
        connection, Actor(sender), f"mengirim kiriman {number}", about, change=(None, State.RECEIVED)
    )
    return find(connection, id_), True


def sender_of(text: str) -> str:
    """Return the name of who sends, as it is kept. Raises ``RefusedError`` where there is none."""
    sender = " ".join(text.split())[:_MOST_SENDER]
    if not sender or not sender.isprintable():
        raise RefusedError("tulis nama pengirim, supaya tercatat di tanda terima")
    return sender


def check_open(connection: sa.Connection, of: Round, by: Agency) -> None:
    """Raise ``RefusedError`` where an agency may not send, with the reason."""
    closed = connection.scalar(sa.select(round_.c.closed).where(round_.c.id == of.id))
    contact = by.contact or of.contact
    whom = f" ({contact})" if contact else ""
    if closed is not None:
        raise RefusedError(f"pengumpulan ini sudah ditutup; hubungi koordinator{whom}")
    before = last_of(connection, by)
    if before is not None and before.state is State.ACCEPTED:
        raise RefusedError(
            f"kiriman {before.number} sudah diterima; bila ada yang harus diganti, minta koordinator{whom} mengembalikannya"
        )


def shut(connection: sa.Connection, of: Round, by: Agency) -> str:
    """Return why an agency may not send; empty where it may."""
    try:
        check_open(connection, of, by)
    except RefusedError as error:
        return error.reason
    return ""


def expected_of(connection: sa.Connection, upload_id: int) -> Expected | None:
    """Return whose workbook a file should be; None where it was only to be checked."""
    row = connection.execute(
        sa.select(agency.c.code, agency.c.name, round_.c.year)
        .select_from(submission)
        .join(agency, submission.c.agency_id == agency.c.id)
        .join(round_, agency.c.round_id == round_.c.id)
        .where(submission.c.upload_id == upload_id)
    ).first()
    return None if row is None else Expected(*row)


def read(connection: sa.Connection, upload_id: int, examined: Examined) -> int | None:
    """Keep what reading a file has found, and bring on the submission that it is of; return that one's round."""
    uploads.note(connection, upload_id, examined)
    row = connection.execute(_whole().where(submission.c.upload_id == upload_id)).first()
    if row is None:
        return None
    each = _submission(row)
    if each.state is State.RECEIVED:
        faulty = examined.problem or examined.status in (Status.GALAT, Status.UNREADABLE)
        after = State.FAULTY if faulty else State.WAITING
        _change(
            connection, each, after, THE_SYSTEM, "memeriksa kiriman", examined.problem or examined.verdict
        )
    return connection.scalar(sa.select(agency.c.round_id).where(agency.c.id == each.agency))


def decide(
    connection: sa.Connection, each: Submission, seen: State, after: State, reason: str, actor: Actor
) -> None:
    """Return or accept a submission, of which the reviewer has ``seen`` a state. Raises ``RefusedError``."""
    by = connection.execute(agency.select().where(agency.c.id == each.agency)).one()
    _locked(connection, Agency(*by))
    now_ = find(connection, each.id)
    if now_.state is not seen:
        raise RefusedError(f"kiriman ini sementara itu sudah {now_.state}; lihat lagi, lalu putuskan")
    if after not in may_decide(now_.state, own=True):
        raise RefusedError(f"kiriman yang {now_.state} tidak dapat menjadi {after}")
    newest = last_of(connection, Agency(*by))
    if newest is not None and newest.id != each.id:
        raise RefusedError(f"OPD ini sudah mengirim lagi (kiriman {newest.number}); putuskan yang itu")
    reason = reason.strip()
    if needs_reason(now_.state, after) and not reason:
        raise RefusedError("tulis alasannya, supaya OPD tahu apa yang harus dilakukan")
    if len(reason) > _MOST_REASON:
        raise RefusedError(f"alasannya paling banyak {_MOST_REASON} huruf")
    if after not in may_decide(now_.state, own=not now_.problem):
        raise RefusedError(f"kiriman ini tidak dapat diterima: {now_.problem}")
    what = "mengembalikan kiriman" if after is State.RETURNED else "menerima kiriman"
    _change(connection, now_, after, actor, what, reason)


def _change(
    connection: sa.Connection, each: Submission, after: State, actor: Actor, what: str, reason: str
) -> None:
    connection.execute(submission.update().where(submission.c.id == each.id).values(state=after))
    round_id = connection.scalar(sa.select(agency.c.round_id).where(agency.c.id == each.agency))
    history.record(
        connection,
        actor,
        f"{what} {each.number}",
        About(round_id, each.agency, each.id),
        change=(each.state, after),
        reason=reason,
    )


def find(connection: sa.Connection, id_: int) -> Submission:
    """Return a submission."""
    return _submission(connection.execute(_whole().where(submission.c.id == id_)).one())


def numbered(connection: sa.Connection, by: Agency, number: int) -> Submission | None:
    """Return an agency's submission by its number."""
    row = connection.execute(
        _whole().where(submission.c.agency_id == by.id, submission.c.number == number)
    ).first()
    return None if row is None else _submission(row)


def of_agency(connection: sa.Connection, by: Agency) -> list[Submission]:
    """Return what an agency has sent, the last first."""
    rows = connection.execute(
        _whole().where(submission.c.agency_id == by.id).order_by(submission.c.number.desc())
    )
    return [_submission(row) for row in rows]


def last_of(connection: sa.Connection, by: Agency) -> Submission | None:
    """Return what an agency has sent last."""
    row = connection.execute(
        _whole().where(submission.c.agency_id == by.id).order_by(submission.c.number.desc()).limit(1)
    ).first()
    return None if row is None else _submission(row)


def of_round(connection: sa.Connection, round_id: int) -> dict[int, list[Submission]]:
    """Return by agency what has been sent in a round, the last first."""
    rows = connection.execute(
        _whole()
        .join(agency, submission.c.agency_id == agency.c.id)
        .where(agency.c.round_id == round_id)
        .order_by(submission.c.agency_id, submission.c.number.desc())
    )
    found: dict[int, list[Submission]] = {}
    for row in rows:
        found.setdefault(row.agency_id, []).append(_submission(row))
    return found


def waiting(connection: sa.Connection, round_id: int) -> list[Agency]:
    """Return the agencies of a round whose last submission waits to be decided, in the order of the registry."""
    last = (
        sa.select(submission.c.agency_id, sa.func.max(submission.c.number).label("number"))
        .join(agency, submission.c.agency_id == agency.c.id)
        .where(agency.c.round_id == round_id)
        .group_by(submission.c.agency_id)
        .subquery()
    )
    rows = connection.execute(
        sa.select(agency)
        .join(last, last.c.agency_id == agency.c.id)
        .join(
            submission,
            (submission.c.agency_id == last.c.agency_id) & (submission.c.number == last.c.number),
        )
        .where(submission.c.state == State.WAITING)
        .order_by(agency.c.position)
    )
    return [Agency(*row) for row in rows]


def twin_of(each: Submission | None, sent: Sequence[Submission]) -> Submission | None:
    """Return the last submission before one that was the same file."""
    earlier = (one for one in sent if each and one.number < each.number and one.digest == each.digest)
    return next(earlier, None)


def _locked(connection: sa.Connection, by: Agency) -> None:
    """Have others wait who do something with this agency (SQLite has them wait anyway)."""
    connection.execute(sa.select(agency.c.id).where(agency.c.id == by.id).with_for_update())


def _whole() -> sa.Select[Any]:
    return sa.select(
        submission,
        upload.c.digest,
        upload.c.name,
        upload.c.place,
        upload.c.status,
        upload.c.verdict,
        upload.c.problem,
    ).join(upload, submission.c.upload_id == upload.c.id)


def _submission(row: Any) -> Submission:
    each = Submission(*row)
    return replace(
        each,
        status=Status(each.status) if each.status else None,
        verdict=each.verdict or "",
        problem=each.problem or "",
    )
