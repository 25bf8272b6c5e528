"""Submissions through any order of steps: numbers, states and history agree, and nothing else may happen."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lkjip_xl.base.findings import Status
from lkjip_xl.formula.pattern import ANY
from lkjip_xl.portal import history, rounds, submissions
from lkjip_xl.portal.counting import Counting
from lkjip_xl.portal.database import Database, migrate
from lkjip_xl.portal.history import Actor
from lkjip_xl.portal.states import State, may_decide, needs_reason
from lkjip_xl.portal.submissions import RefusedError, Submission
from lkjip_xl.portal.vault import Kept
from lkjip_xl.portal.works import Examined
from lkjip_xl.template.load import load_template
from portals import REGISTRY

REVIEWER = Actor("Sri")
_BY = rounds.Agency(1, 1, 0, "1.01", "Dinas Pendidikan", "", "", "")
STATUSES = (Status.CLEAN, Status.PERINGATAN, Status.GALAT, Status.UNREADABLE)


class Sending(RuleBasedStateMachine):
    """One agency that sends, a reader that reads, a reviewer who decides; what should be is kept beside."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.database = Database(f"sqlite:///{Path(self.folder.name) / 'x.sqlite'}")
        migrate(self.database)
        with self.database.writing() as connection:
            wanted = rounds.Wanted("LKjIP", "2023", "", "", REGISTRY)
            round_id = rounds.open_round(connection, wanted, load_template(), Actor("uji"))
            found = rounds.find_round(connection, round_id)
            self.by = rounds.agencies(connection, round_id)[0]
        assert found is not None
        self.of = found
        self.digests: list[int] = []
        self.states: list[State] = []
        self.problems: list[str] = []
        self.closed = False

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()
            self.folder.cleanup()

    @rule(digest=st.integers(0, 3))
    def send(self, digest: int) -> None:
        last = self.states[-1] if self.states else None
        kept = Kept("berkas/x.xlsx", f"{digest:064}", 1)
        try:
            with self.database.writing() as connection:
                sent, new = submissions.receive(connection, self.of, self.by, kept, "a.xlsx", "Budi")
        except RefusedError:
            assert self.closed or last is State.ACCEPTED
            return
        assert not self.closed
        assert last is not State.ACCEPTED
        again = bool(self.digests) and self.digests[-1] == digest and last is not State.RETURNED
        assert new is not again
        if new:
            self.digests.append(digest)
            self.states.append(State.RECEIVED)
            self.problems.append("")
        assert sent.number == len(self.states)

    @precondition(lambda self: State.RECEIVED in self.states)
    @rule(status=st.sampled_from(STATUSES), problem=st.sampled_from(["", "bukan milik OPD ini"]))
    def read(self, status: Status, problem: str) -> None:
        number = self.states.index(State.RECEIVED) + 1
        examined = Examined(status, "1.01", "Dinas", 2023, "", "", problem)
        with self.database.writing() as connection:
            sent = submissions.numbered(connection, self.by, number)
            assert sent is not None
            submissions.read(connection, sent.upload, examined)
            submissions.read(
                connection, sent.upload, examined
            )  # a reader that is asked twice changes nothing more
        faulty = problem or status in (Status.GALAT, Status.UNREADABLE)
        self.states[number - 1] = State.FAULTY if faulty else State.WAITING
        self.problems[number - 1] = problem

    @precondition(lambda self: self.states)
    @rule(
        data=st.data(),
        seen=st.sampled_from(State),
        after=st.sampled_from(State),
        reason=st.sampled_from(["", "sebab"]),
    )
    def decide(self, data: st.DataObject, seen: State, after: State, reason: str) -> None:
        number = data.draw(st.integers(1, len(self.states)))
        before = self.states[number - 1]
        allowed = (
            seen is before
            and after in may_decide(before, own=not self.problems[number - 1])
            and number == len(self.states)
            and (bool(reason) or not needs_reason(before, after))
        )
        try:
            with self.database.writing() as connection:
                sent = submissions.numbered(connection, self.by, number)
                assert sent is not None
                submissions.decide(connection, sent, seen, after, reason, REVIEWER)
        except RefusedError:
            assert not allowed
        else:
            assert allowed
            self.states[number - 1] = after

    @rule(closed=st.booleans())
    def close(self, closed: bool) -> None:
        with self.database.writing() as connection:
            now = rounds.find_round(connection, self.of.id)
            assert now is not None
            rounds.close_round(connection, now, closed=closed, actor=REVIEWER)
        self.closed = closed

    @invariant()
    def what_is_accepted_is_the_agencys_own(self) -> None:
        if hasattr(self, "states"):
            pairs = zip(self.states, self.problems, strict=True)
            assert [problem for state, problem in pairs if state is State.ACCEPTED and problem] == []

    @invariant()
    def numbers_states_and_history_agree(self) -> None:
        if not hasattr(self, "database"):
            return
        with self.database.reading() as connection:
            sent = submissions.of_agency(connection, self.by)[::-1]
            events = history.of_agency(connection, self.by.id)[::-1]
        assert [(each.number, each.state) for each in sent] == [*enumerate(self.states, start=1)]
        replayed: dict[int | None, State | None] = {}
        for each in events:
            assert replayed.get(each.submission) is each.before
            replayed[each.submission] = each.after
        assert replayed == {each.id: each.state for each in sent}


Sending.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
test_any_order_of_steps = Sending.TestCase


def _sent(number: int, state: State, status: Status | None = Status.CLEAN, problem: str = "") -> Submission:
    from lkjip_xl.portal.clock import now

    return Submission(number, 1, number, number, "Budi", now(), False, state, "", "", "", status, "", problem)


@pytest.mark.parametrize(
    ("sent", "counted"),
    [
        ([], None),
        ([_sent(1, State.RECEIVED, None)], None),
        ([_sent(2, State.RECEIVED, None), _sent(1, State.WAITING)], 1),
        ([_sent(2, State.FAULTY, Status.GALAT), _sent(1, State.RETURNED)], 2),
        ([_sent(2, State.RETURNED), _sent(1, State.ACCEPTED)], 1),
        ([_sent(2, State.FAULTY, Status.CLEAN, "milik OPD lain"), _sent(1, State.FAULTY, Status.GALAT)], 1),
        ([_sent(1, State.FAULTY, Status.CLEAN, "milik OPD lain")], None),
        ([_sent(1, State.FAULTY, Status.UNREADABLE, "bukan xlsx")], 1),
        ([_sent(2, State.FAULTY, Status.UNREADABLE, "bukan xlsx"), _sent(1, State.WAITING)], 1),
    ],
)
def test_which_submission_counts(sent: list[Submission], counted: int | None) -> None:
    found = Counting(frozenset(), frozenset(), ANY).counted(_BY, sent)
    assert (found.number if found else None) == counted
