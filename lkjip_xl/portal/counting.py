"""Which submission of an agency counts when its round is put together, also by what the coordinator has decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from lkjip_xl.base.files import Upload
from lkjip_xl.base.findings import Status
from lkjip_xl.consolidation.decisions import LONGEST, Decision, Kind, as_csv, load_decisions
from lkjip_xl.formula.pattern import Pattern
from lkjip_xl.portal import history, rounds, submissions
from lkjip_xl.portal.history import Event
from lkjip_xl.portal.rounds import Agency, Round
from lkjip_xl.portal.settings import PortalError
from lkjip_xl.portal.states import State
from lkjip_xl.portal.submissions import Submission


def file_code(code: str) -> str:
    """Return an agency's code as every system and every browser takes it for a part of a file's name."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", code).strip(".-")[:40] or "opd"


def file_name(by: Agency, number: int) -> str:
    """Return the name that a submission has in the folder of its round, by which decisions speak of it."""
    return f"{file_code(by.code)}-{by.id}-kiriman-{number}.xlsx"


@dataclass(frozen=True, slots=True)
class Counting:
    """What is decided in a round: the names of files that count, and the codes of those that are left out."""

    files: frozenset[str]
    left_out: frozenset[str]
    codes: Pattern

    def counted(self, by: Agency, sent: Sequence[Submission]) -> Submission | None:
        """Return which of an agency's submissions (the last first) counts.

        The one that the coordinator names; else the last that was accepted; else the last that is its own workbook;
        else the last that was read, so that it is named.
        """
        done = [each for each in sent if each.status is not None]
        own = [each for each in done if not each.problem]
        named = (each for each in own if file_name(by, each.number).casefold() in self.files)
        accepted = (each for each in done if each.state is State.ACCEPTED)
        unread = (each for each in done if each.status is Status.UNREADABLE)
        return next(named, None) or next(accepted, None) or next(iter(own), None) or next(unread, None)

    def leaves_out(self, by: Agency) -> bool:
        """Whether an agency is left out, whatever it has sent."""
        return self.codes.key(by.code) in self.left_out


def counting(of: Round, codes: Pattern) -> Counting:
    """Return what is decided in a round; ``codes`` tell which spellings are one agency's."""
    decisions = _read(of.decisions, codes)
    return Counting(
        frozenset(each.file.casefold() for each in decisions if each.file),
        frozenset(codes.key(each.code) for each in decisions if each.kind is Kind.LEAVE_OUT),
        codes,
    )


def check(connection: sa.Connection, of: Round, decisions: str, codes: Pattern) -> None:
    """Raise ``LkjipError`` for decisions that cannot be read, or of which one would decide nothing."""
    read = _read(decisions, codes)
    if not read:
        raise PortalError("berkas keputusan ini kosong; untuk menghapus yang ada, pakai Hapus keputusan")
    sent = submissions.of_round(connection, of.id)
    agencies = rounds.agencies(connection, of.id)
    for each in read:
        same = [by for by in agencies if codes.key(by.code) == codes.key(each.code)]
        if not same:
            raise PortalError(f"baris {each.line}: OPD {each.code} tidak ada di putaran ini")
        own = {
            file_name(by, one.number).casefold()
            for by in same
            for one in sent.get(by.id, ())
            if one.status is not None and not one.problem
        }
        if each.file and each.file.casefold() not in own:
            raise PortalError(
                f"baris {each.line}: {each.file} bukan kiriman OPD {each.code} yang dapat dihitung; "
                "nama tiap kiriman tampak di halaman OPD-nya"
            )


def _read(decisions: str, codes: Pattern) -> tuple[Decision, ...]:
    return load_decisions(Upload(Path("berkas keputusan"), decisions.encode()), codes) if decisions else ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What has been sent in a round, by the names of files: what counts, and the rest; ``decisions`` as CSV.

    These are the coordinator's as they came, and what reviewers gave reasons for: what counts although it was returned,
    or was accepted with its errors, is not put together without a word.
    """

    counted: dict[str, Submission]
    others: dict[str, Submission]
    decisions: str


def contents(connection: sa.Connection, of: Round, codes: Pattern) -> Contents:
    """Return what has been sent in a round."""
    decided, sent = counting(of, codes), submissions.of_round(connection, of.id)
    agencies = rounds.agencies(connection, of.id)
    counted = {by: each for by in agencies if (each := decided.counted(by, sent.get(by.id, ()))) is not None}
    files = {file_name(by, each.number): each for by, each in counted.items()}
    return Contents(
        files,
        {
            name: each
            for by in agencies
            for each in sent.get(by.id, ())
            if (name := file_name(by, each.number)) not in files
        },
        _with_reviews(connection, of, counted, Counter(codes.key(by.code) for by in agencies), codes),
    )


def _with_reviews(
    connection: sa.Connection,
    of: Round,
    counted: Mapping[Agency, Submission],
    times: Mapping[str, int],
    codes: Pattern,
) -> str:
    """Return the decisions of a round with those of reviewers on what counts, where the coordinator has decided nothing."""
    read, last = _read(of.decisions, codes), history.decisions(connection, of.id)
    taken = {codes.key(each.code) for each in read if each.kind is not Kind.ACCEPT}
    reviewed = [
        _reviewed(by, each, event)
        for by, each in counted.items()
        if codes.key(by.code) not in taken and times[codes.key(by.code)] == 1
        if (event := last.get(each.id)) is not None and event.reason
    ]
    return as_csv([*read, *reviewed]) if reviewed else of.decisions


def _reviewed(by: Agency, each: Submission, event: Event) -> Decision:
    """Return what a reviewer has decided of a submission with a reason, as it is said where it counts."""
    reason = "".join(letter if letter.isprintable() else " " for letter in " ".join(event.reason.split()))
    return Decision(by.code, Kind.COUNT, f"{each.state} penelaah: {reason}"[:LONGEST], event.actor)
