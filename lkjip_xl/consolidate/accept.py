"""Which file counts for which OPD, and why the others do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from lkjip_xl.consolidate.chunk import OUTPUT, SUBMITTED
from lkjip_xl.consolidate.registry import Opd, code_key
from lkjip_xl.files import shown
from lkjip_xl.findings import Finding
from lkjip_xl.messages import submitted
from lkjip_xl.showing import NAME, short
from lkjip_xl.template.declaration import ConsolidationRulesDeclaration, SubmissionRuleWords


class Status(StrEnum):
    """What becomes of a file, or of an OPD without one."""

    ACCEPTED = "diterima"
    FAULTY = "bergalat"
    SUPERSEDED = "digantikan"
    SAME = "berkas sama"
    OTHER_YEAR = "tahun lain"
    UNKNOWN = "tidak terdaftar"
    UNREADABLE = "tidak terbaca"
    MISSING = "belum mengirim"


COUNTED = (Status.ACCEPTED, Status.FAULTY)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it lies there: its path, the digest of its bytes, when it was last changed (ns)."""

    path: Path
    digest: str
    modified: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A file and what becomes of it; ``about`` is its row of ``chunk.FILES``."""

    source: Source
    about: Mapping[str, Any]
    status: Status
    why: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Agency:
    """An OPD that must report, or one that has; ``sent`` is the file that counts."""

    code: str
    name: str
    status: Status
    sent: Sent | None = None


@dataclass(frozen=True)
class Chosen:
    """All files but earlier outputs, and all OPDs; ``findings`` are of no single file."""

    year: int | None
    agencies: tuple[Agency, ...]
    sent: tuple[Sent, ...]
    outputs: int
    findings: tuple[Finding, ...]

    @property
    def counted(self) -> tuple[tuple[Agency, Sent], ...]:
        """The OPDs whose figures count, with their file."""
        return tuple((each, each.sent) for each in self.agencies if each.sent is not None)

    def number(self, *statuses: Status) -> int:
        """Return how many OPDs have one of the states."""
        return sum(each.status in statuses for each in self.agencies)


def choose(
    sources: Sequence[Source],
    about: Mapping[str, Mapping[str, Any]],
    registry: Sequence[Opd] | None,
    year: int | None,
    words: ConsolidationRulesDeclaration,
    unreadable: SubmissionRuleWords,
) -> Chosen:
    """Return what becomes of each file; ``about`` are the rows of ``chunk.FILES`` by digest.

    Without a registry every OPD that has sent is expected. Without a year it is the one that most files have.
    """
    kept = [each for each in sources if about[each.digest]["jenis"] != OUTPUT]
    year = year if year is not None else _usual_year(about[each.digest] for each in kept)
    newest: dict[str, int] = {}
    for each in kept:
        newest[each.digest] = max(each.modified, newest.get(each.digest, 0))
    chooser = _Chooser(about, registry, year, words, unreadable, newest)
    first: dict[str, Source] = {}
    groups: dict[str, list[Source]] = {}
    by_name = sorted(kept, key=lambda source: (len(source.path.name), str(source.path)))
    for each in by_name:  # copies have longer names, and come later
        if each.digest in first:
            chooser.same(each, first[each.digest])
            continue
        first[each.digest] = each
        if chooser.is_candidate(each):
            groups.setdefault(chooser.key(each), []).append(each)
    for key, files in groups.items():
        chooser.best(key, files)
    agencies, findings = chooser.agencies()
    sent = tuple(sorted(chooser.sent, key=lambda each: str(each.source.path)))
    return Chosen(year, agencies, sent, len(sources) - len(kept), findings)


def _usual_year(rows: Iterable[Mapping[str, Any]]) -> int | None:
    years = Counter(row["tahun"] for row in rows if row["jenis"] == SUBMITTED)
    return max(years, key=lambda year: (years[year], year)) if years else None


class _Chooser:
    def __init__(
        self,
        about: Mapping[str, Mapping[str, Any]],
        registry: Sequence[Opd] | None,
        year: int | None,
        words: ConsolidationRulesDeclaration,
        unreadable: SubmissionRuleWords,
        newest: Mapping[str, int],
    ) -> None:
        self.about = about
        self.unreadable = unreadable
        self.newest = newest
        self.registry = registry
        self.known = {code_key(opd.code): opd for opd in registry or ()}
        self.year = year
        self.words = words
        self.sent: list[Sent] = []
        self.chosen: dict[str, Sent] = {}

    def key(self, source: Source) -> str:
        """Return what tells the file's OPD from others: its code, or where there is none its name, or the file."""
        row = self.about[source.digest]
        return code_key(row["opd"]) or code_key(row["nama"]) or str(source.path)

    def same(self, source: Source, first: Source) -> None:
        """Note a file that holds the same bytes as another."""
        found = submitted(self.words.same_file, berkas=shown(Path(first.path.name)))
        self._add(source, Status.SAME, found.message, found)

    def is_candidate(self, source: Source) -> bool:
        """Whether the file may count for its OPD; otherwise note why not."""
        row = self.about[source.digest]
        if row["jenis"] != SUBMITTED:
            found = submitted(self.unreadable, alasan=row["alasan"])
            self._add(source, Status.UNREADABLE, row["alasan"], found)
        elif self.registry is not None and code_key(row["opd"]) not in self.known:
            opd = f"{short(row['opd']) or '(tanpa kode)'} {short(row['nama'], NAME)}".strip()
            found = submitted(self.words.unknown, opd=opd)
            self._add(source, Status.UNKNOWN, found.message, found)
        elif row["tahun"] != self.year:
            found = submitted(self.words.other_year, nilai=str(row["tahun"]), tahun=str(self.year))
            self._add(source, Status.OTHER_YEAR, found.message, found)
        else:
            return True
        return False

    def best(self, key: str, files: Sequence[Source]) -> None:
        """Choose the newest file without galat, or else the newest; note the others."""

        def rank(source: Source) -> tuple[bool, int, str]:
            return (self.about[source.digest]["galat"] == 0, self.newest[source.digest], str(source.path))

        best = max(files, key=rank)
        faulty = self.about[best.digest]["galat"] > 0
        why = "satu-satunya berkas OPD ini"
        if len(files) > 1:
            why = "terbaru; semuanya masih bergalat" if faulty else "terbaru tanpa galat"
        for each in files:
            if each is best:
                status = Status.FAULTY if faulty else Status.ACCEPTED
                self.chosen[key] = self._add(each, status, why)
            else:
                row = self.about[each.digest]
                opd = short(row["opd"] or row["nama"], NAME)
                found = submitted(
                    self.words.superseded, opd=opd, berkas=shown(Path(best.path.name)), alasan=why
                )
                self._add(each, Status.SUPERSEDED, found.message, found)

    def _add(self, source: Source, status: Status, why: str, *findings: Finding) -> Sent:
        sent = Sent(source, self.about[source.digest], status, why, findings)
        self.sent.append(sent)
        return sent

    def agencies(self) -> tuple[tuple[Agency, ...], tuple[Finding, ...]]:
        """Return every OPD in the registry's order, or else by code, and the findings of those that are missing."""
        if self.registry is None:
            found = [Agency(s.about["opd"], s.about["nama"], s.status, s) for s in self.chosen.values()]
            return tuple(sorted(found, key=lambda each: (each.code, each.name))), ()
        agencies, findings = [], []
        for opd in self.registry:
            sent = self.chosen.get(code_key(opd.code))
            agencies.append(Agency(opd.code, opd.name, sent.status if sent else Status.MISSING, sent))
            if sent is None:
                who = f"{opd.code} {short(opd.name, NAME)}"
                findings.append(submitted(self.words.missing, opd=who, tahun=str(self.year or "")))
        return tuple(agencies), tuple(findings)
