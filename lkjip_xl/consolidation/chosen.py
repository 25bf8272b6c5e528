"""What becomes of each file of a batch, and of each OPD."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from lkjip_xl.base.findings import Finding, Status
from lkjip_xl.consolidation.frames import About
from lkjip_xl.consolidation.registry import Unit


class Outcome(StrEnum):
    """What becomes of a file, or of an OPD without one."""

    ACCEPTED = "diterima"
    FAULTY = "bergalat"
    LEFT_OUT = "dikeluarkan"
    SUPERSEDED = "digantikan"
    SAME = "berkas sama"
    OTHER_YEAR = "tahun lain"
    UNKNOWN = "tidak terdaftar"
    OTHER_AGENCY = "OPD lain"
    UNREADABLE = Status.UNREADABLE.value
    MISSING = "belum mengirim"


NOT_COUNTED = (
    Outcome.LEFT_OUT,
    Outcome.SUPERSEDED,
    Outcome.SAME,
    Outcome.OTHER_YEAR,
    Outcome.UNKNOWN,
    Outcome.OTHER_AGENCY,
)
"""Of files that could be read."""
COUNTED = (Outcome.ACCEPTED, Outcome.FAULTY)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it lies there: its path, the digest of its bytes, when it was last changed (ns)."""

    path: Path
    digest: str
    modified: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A file and what becomes of it; ``code`` is the OPD's as it should be written."""

    source: Source
    about: About
    outcome: Outcome
    why: str
    findings: tuple[Finding, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What the coordinator has decided of an OPD, why and by whom."""

    what: str
    reason: str
    by: str
    rule: str = ""
    """The rule of which warnings are accepted."""

    @property
    def words(self) -> str:
        """All of it, as it is shown."""
        return f"{self.what}: {self.reason} ({self.by})"

    def as_json(self) -> dict[str, str]:
        """Return it for programs."""
        return {"keputusan": self.what, "alasan": self.reason, "oleh": self.by, "aturan": self.rule}


@dataclass(frozen=True, slots=True)
class Agency:
    """An OPD that must report, or one that has; ``sent`` is the file that counts, or would were it not left out."""

    code: str
    name: str
    outcome: Outcome
    sent: Sent | None = None
    parent: str = ""
    """The code of the unit that it belongs to."""
    decisions: tuple[Decided, ...] = ()


@dataclass(frozen=True)
class Chosen:
    """All files but earlier outputs, and all OPDs; ``findings`` are of no single file."""

    year: int | None
    agencies: tuple[Agency, ...]
    sent: tuple[Sent, ...]
    outputs: int
    findings: tuple[Finding, ...]
    units: tuple[Unit, ...] = ()
    """What the OPDs belong to, those above before those within."""

    @property
    def counted(self) -> tuple[tuple[Agency, Sent], ...]:
        """The OPDs whose figures count, with their file."""
        return tuple(
            (each, each.sent) for each in self.agencies if each.sent is not None and each.outcome in COUNTED
        )

    @property
    def decided(self) -> tuple[tuple[Agency, Decided], ...]:
        """What the coordinator has decided, and of which OPD, in their order."""
        return tuple((each, decided) for each in self.agencies for decided in each.decisions)

    @cached_property
    def accepted(self) -> Mapping[tuple[str, str], str]:
        """By digest and rule the words by which the coordinator has accepted its warnings."""
        return {
            (agency.sent.source.digest, each.rule): each.words
            for agency, each in self.decided
            if each.rule and agency.sent is not None
        }

    @cached_property
    def within(self) -> Mapping[str, tuple[Agency, ...]]:
        """The OPDs of each unit and of those within it, by its code."""
        above = {unit.code: unit.parent for unit in self.units}
        found: dict[str, list[Agency]] = {code: [] for code in above}
        for agency in self.agencies:
            code = agency.parent
            while code:
                found[code].append(agency)
                code = above[code]
        return {code: tuple(own) for code, own in found.items()}

    @property
    def alike(self) -> tuple[tuple[tuple[Agency, Sent], ...], ...]:
        """The OPDs of which all figures that are typed are those of others, together with these, and their files."""
        found: dict[str, list[tuple[Agency, Sent]]] = {}
        for each in self.agencies:
            if each.sent is not None and each.sent.about.figures:
                found.setdefault(each.sent.about.figures, []).append((each, each.sent))
        return tuple(tuple(own) for own in found.values() if len(own) > 1)

    def number(self, *outcomes: Outcome) -> int:
        """Return how many OPDs have one of the outcomes."""
        return sum(each.outcome in outcomes for each in self.agencies)
