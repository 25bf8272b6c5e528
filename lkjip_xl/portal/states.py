"""The states of a submission, and who may change which into which."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """What has become of a submission."""

    RECEIVED = "diterima sistem"
    FAULTY = "bergalat"
    WAITING = "menunggu"
    RETURNED = "dikembalikan"
    ACCEPTED = "diterima"

    @property
    def sign(self) -> str:
        """Return the sign that stands before it, so that colour alone never tells."""
        return {
            "diterima sistem": "…",
            "bergalat": "✖",
            "menunggu": "○",
            "dikembalikan": "↩",
            "diterima": "✔",
        }[self.value]

    @property
    def open(self) -> bool:
        """Whether nobody has decided yet."""
        return self in (State.RECEIVED, State.FAULTY, State.WAITING)


class Role(StrEnum):
    """What an account may do: a ``pembaca`` looks, a ``penelaah`` also decides, a ``koordinator`` also manages."""

    COORDINATOR = "koordinator"
    REVIEWER = "penelaah"
    READER = "pembaca"


_DECIDED = {
    State.FAULTY: {State.RETURNED, State.ACCEPTED},
    State.WAITING: {State.RETURNED, State.ACCEPTED},
    State.RETURNED: {State.ACCEPTED},
    State.ACCEPTED: {State.RETURNED},
}


def may_decide(before: State, *, own: bool) -> frozenset[State]:
    """Return what a reviewer may make of a submission; one that is not the agency's ``own`` workbook is never accepted."""
    return frozenset(_DECIDED.get(before, ())) - (set() if own else {State.ACCEPTED})


def needs_reason(before: State, after: State) -> bool:
    """Whether a decision must say why: always but where a submission without faults is accepted for the first time."""
    return not (before is State.WAITING and after is State.ACCEPTED)
