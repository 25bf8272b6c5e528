"""Which file counts for which OPD, and why the others do not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lkjip_xl.base.findings import Finding
from lkjip_xl.consolidation.agencies import Who
from lkjip_xl.consolidation.candidates import Candidates, Group, name_of
from lkjip_xl.consolidation.chosen import Agency, Chosen, Decided, Outcome, Source
from lkjip_xl.consolidation.decisions import NO_FILE, Decision, Kind, taken, void
from lkjip_xl.consolidation.frames import About, Sort
from lkjip_xl.consolidation.registry import Registry
from lkjip_xl.formula.pattern import Pattern
from lkjip_xl.template.declared_batch import ConsolidationRulesDeclaration
from lkjip_xl.template.declared_words import SubmissionRuleWords
from lkjip_xl.words.messages import submitted

_OTHER_FILE = "berkas itu tidak ada di antara berkas OPD ini"


def choose(
    sources: Sequence[Source],
    about: Mapping[str, About],
    registry: Registry | None,
    year: int | None,
    words: ConsolidationRulesDeclaration,
    unreadable: SubmissionRuleWords,
    codes: Pattern,
    decisions: Sequence[Decision] = (),
) -> Chosen:
    """Return what becomes of each file; ``about`` has them by digest.

    Without a registry every OPD that has sent is expected. Without a year it is the one that most files have.
    """
    kept = [each for each in sources if about[each.digest].sort != Sort.OUTPUT]
    year = year if year is not None else _usual_year(about[each.digest] for each in kept)
    candidates = Candidates(kept, about, registry, year, words, codes)
    first: dict[str, Source] = {}
    groups: dict[Group, list[Source]] = {}
    by_name = sorted(kept, key=lambda source: (len(source.path.name), str(source.path)))
    for each in by_name:  # copies have longer names, and come later
        if each.digest in first:
            candidates.same(each, first[each.digest])
            continue
        first[each.digest] = each
        if about[each.digest].sort != Sort.SUBMITTED:
            candidates.unreadable(each, unreadable)
        elif candidates.is_candidate(each):
            groups.setdefault(candidates.group(each), []).append(each)
    chooser = _Chooser(candidates, kept, decisions)
    chooser.decide(groups)
    chooser.compare_figures()
    agencies, findings = chooser.agencies()
    sent = sorted((candidates.sent(each) for each in kept), key=lambda each: str(each.source.path))
    units = registry.units if registry else ()
    return Chosen(year, agencies, tuple(sent), len(sources) - len(kept), findings, units)


def _usual_year(rows: Iterable[About]) -> int | None:
    years = Counter(row.year for row in rows if row.sort == Sort.SUBMITTED)
    return max(years, key=lambda year: (years[year], year)) if years else None


class _Chooser:
    """Chooses among the files of each OPD as the coordinator has decided, or else the newest without galat."""

    def __init__(
        self, candidates: Candidates, sources: Sequence[Source], decisions: Sequence[Decision]
    ) -> None:
        self.candidates = candidates
        self.about, self.who, self.words = candidates.about, candidates.who, candidates.words
        self.newest: dict[str, int] = {}
        for each in sources:
            self.newest[each.digest] = max(each.modified, self.newest.get(each.digest, 0))
        self.chosen: dict[Group, Source] = {}
        self.decisions: dict[str, list[Decision]] = defaultdict(list)
        for decision in (each for each in decisions if each.kind is not Kind.ACCEPT):
            self.decisions[candidates.codes.key(decision.code)].append(decision)
        self.taken: dict[Group, tuple[Decision, ...]] = {}
        self.findings: list[Finding] = []

    def _rank(self, source: Source) -> tuple[bool, bool, int, str]:
        faultless = self.about[source.digest].galat == 0
        return faultless, bool(self.who[source.digest].key), self.newest[source.digest], str(source.path)

    # -- decisions ----------------------------------------------------------------------------------------------

    def _decided(self, key: Group) -> tuple[Decision, ...]:
        """Return what is decided of the OPD that some files are of."""
        kind, text = key
        parent, _, code = text.rpartition("/") if kind == "opd" else ("", "", text)
        known = self.decisions.get(code, ()) if kind in ("opd", "kode") else ()
        return tuple(each for each in known if each.parent in ("", parent))

    def _best(self, key: Group, files: Sequence[Source]) -> Source:
        """Return the file that the coordinator names, or else the newest without galat, or else the newest."""
        wanted = next((each for each in self.taken[key] if each.file), None)
        named = [each for each in files if wanted is not None and _is_named(wanted, each)]
        if wanted is not None and not named:
            self.findings.append(void(wanted, self.words, _OTHER_FILE))
            self.taken[key] = tuple(each for each in self.taken[key] if each is not wanted)
        return max(named or files, key=self._rank)

    # -- which of its files counts ------------------------------------------------------------------------------

    def decide(self, groups: Mapping[Group, Sequence[Source]]) -> None:
        """Choose a file for each OPD; note the others."""
        self.taken = {key: self._decided(key) for key in groups}
        used = {id(each) for known in self.taken.values() for each in known}
        for decision in (each for known in self.decisions.values() for each in known):
            if id(decision) not in used:
                self.findings.append(void(decision, self.words, NO_FILE))
        best = {key: self._best(key, files) for key, files in groups.items()}
        usual = Counter(filter(None, (self.who[source.digest].same_name[0] for source in best.values())))
        most = max(usual, key=lambda regency: (usual[regency], regency), default="")
        namesakes: dict[tuple[str, str], list[Group]] = defaultdict(list)
        for key, source in best.items():
            if self.candidates.may_be_another(source):
                regency, name = self.who[source.digest].same_name
                namesakes[regency or most, name].append(key)
            else:
                self._choose(key, source, groups[key])
        for keys in namesakes.values():
            counted = max(keys, key=lambda key: self._rank(best[key]))
            together = [each for key in keys for each in groups[key]]
            self._choose(counted, best[counted], together)

    def _choose(self, key: Group, best: Source, files: Sequence[Source]) -> None:
        self.chosen[key] = best
        for decision in self.taken[key]:
            self.candidates.note(best, taken(decision, self.words, self.who[best.digest].shown))
        left_out = next((each for each in self.taken[key] if each.kind is Kind.LEAVE_OUT), None)
        if left_out is not None:
            self.candidates.outcomes |= dict.fromkeys(files, (Outcome.LEFT_OUT, left_out.words))
            return
        faulty, why = bool(self.about[best.digest].galat), self._why(key, best, files)
        self.candidates.outcomes[best] = (Outcome.FAULTY if faulty else Outcome.ACCEPTED, why)
        for each in files:
            if each != best:
                self._supersede(each, best, why)

    def _why(self, key: Group, best: Source, files: Sequence[Source]) -> str:
        """Return why a file counts."""
        for decision in self.taken[key]:
            if decision.kind is Kind.COUNT and (not decision.file or _is_named(decision, best)):
                return decision.words
        if len(files) == 1:
            return "satu-satunya berkas OPD ini yang dibaca"
        faulty = bool(self.about[best.digest].galat)
        return "terbaru; semuanya masih bergalat" if faulty else "terbaru tanpa galat"

    def _supersede(self, source: Source, best: Source, why: str) -> None:
        """Note a file of an OPD of which another counts."""
        agency, counted = self.who[source.digest], self.who[best.digest]
        about: dict[str, Any] = {"berkas": name_of(best), "alasan": why}
        if agency.key != counted.key:
            codes: dict[str, Any] = {
                "nilai": agency.code or "(kosong)",
                "seharusnya": counted.code or "(kosong)",
            }
            found = submitted(
                self.words.same_name,
                value=agency.code,
                expected=counted.code,
                opd=agency.name,
                **codes,
                **about,
            )
            self.candidates.note(best, found)
        else:
            opd = agency.code or agency.name
            found = submitted(self.words.superseded, opd=opd, **about)
            if self.candidates.registered is None and agency.same_name[1] != counted.same_name[1]:
                self.candidates.note(best, self._same_code(counted, source))
        self.candidates.becomes(source, Outcome.SUPERSEDED, found)

    def _same_code(self, counted: Who, source: Source) -> Finding:
        other = self.who[source.digest]
        return submitted(
            self.words.same_code,
            value=other.name,
            expected=counted.name,
            kode=counted.code,
            opd=counted.name or "(tanpa nama)",
            lain=other.name or "(tanpa nama)",
            berkas_lain=name_of(source),
        )

    def compare_figures(self) -> None:
        """Note the OPDs of which all figures are those of another."""
        alike: dict[str, list[Source]] = defaultdict(list)
        for source in sorted(self.chosen.values(), key=lambda source: str(source.path)):
            if self.about[source.digest].figures:
                alike[self.about[source.digest].figures].append(source)
        for files in alike.values():
            for each in files if len(files) > 1 else ():
                other = files[1] if each == files[0] else files[0]
                more = f" dan {len(files) - 2} OPD lain" if len(files) > 2 else ""
                found = submitted(
                    self.words.same_figures,
                    opd=self.who[each.digest].shown,
                    seharusnya=self.who[other.digest].shown + more,
                    berkas=name_of(other),
                )
                self.candidates.noted[each].append(found)

    def _of(self, key: Group) -> tuple[Decided, ...]:
        return tuple(each.decided for each in self.taken.get(key, ()))

    def agencies(self) -> tuple[tuple[Agency, ...], tuple[Finding, ...]]:
        """Return every OPD in the registry's order, or else by code, and the findings of no single file."""
        chosen = {key: self.candidates.sent(source) for key, source in self.chosen.items()}
        registered, findings = self.candidates.registered, self.findings
        if registered is None:
            found = [
                Agency(each.code, each.about.name or "", each.outcome, each, decisions=self._of(key))
                for key, each in chosen.items()
            ]
            return tuple(sorted(found, key=lambda each: (each.code, each.name))), tuple(findings)
        agencies = []
        for opd in registered.registry.opds:
            key = self.candidates.registered_group(opd)
            sent, decisions = chosen.get(key), self._of(key)
            outcome = sent.outcome if sent else Outcome.MISSING
            agencies.append(Agency(opd.code, opd.name, outcome, sent, opd.parent, decisions))
            if sent is None:
                who = f"{opd.code} {opd.name}"
                findings.append(submitted(self.words.missing, opd=who, tahun=str(self.candidates.year or "")))
        return tuple(agencies), tuple(findings)


def _is_named(decision: Decision, source: Source) -> bool:
    """Whether a file is the one that a decision names."""
    return f"/{source.path.as_posix()}".casefold().endswith(f"/{decision.file}".casefold())
