"""Which file counts for which OPD, and why the others do not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from lkjip_xl.base.files import shown
from lkjip_xl.base.findings import Finding
from lkjip_xl.consolidation.agencies import Registered, Who, who
from lkjip_xl.consolidation.chosen import Agency, Chosen, Outcome, Sent, Source
from lkjip_xl.consolidation.frames import About, Sort
from lkjip_xl.consolidation.registry import Opd
from lkjip_xl.formula.pattern import Pattern
from lkjip_xl.template.declared_batch import ConsolidationRulesDeclaration
from lkjip_xl.template.declared_words import SubmissionRuleWords
from lkjip_xl.words.messages import submitted

_Group = tuple[str, str]  # files of one OPD: by what they are told from others, and that


def choose(
    sources: Sequence[Source],
    about: Mapping[str, About],
    registry: Sequence[Opd] | None,
    year: int | None,
    words: ConsolidationRulesDeclaration,
    unreadable: SubmissionRuleWords,
    codes: Pattern,
) -> Chosen:
    """Return what becomes of each file; ``about`` has them by digest.

    Without a registry every OPD that has sent is expected. Without a year it is the one that most files have.
    """
    kept = [each for each in sources if about[each.digest].sort != Sort.OUTPUT]
    year = year if year is not None else _usual_year(about[each.digest] for each in kept)
    chooser = _Chooser(kept, about, registry, year, words, codes)
    first: dict[str, Source] = {}
    groups: dict[_Group, list[Source]] = {}
    by_name = sorted(kept, key=lambda source: (len(source.path.name), str(source.path)))
    for each in by_name:  # copies have longer names, and come later
        if each.digest in first:
            chooser.same(each, first[each.digest])
            continue
        first[each.digest] = each
        if about[each.digest].sort != Sort.SUBMITTED:
            chooser.unreadable(each, unreadable)
        elif chooser.is_candidate(each):
            groups.setdefault(chooser.group(each), []).append(each)
    chooser.decide(groups)
    chooser.compare_figures()
    agencies, findings = chooser.agencies()
    sent = sorted((chooser.sent(each) for each in kept), key=lambda each: str(each.source.path))
    return Chosen(year, agencies, tuple(sent), len(sources) - len(kept), findings)


def _usual_year(rows: Iterable[About]) -> int | None:
    years = Counter(row.year for row in rows if row.sort == Sort.SUBMITTED)
    return max(years, key=lambda year: (years[year], year)) if years else None


class _Chooser:
    def __init__(
        self,
        sources: Sequence[Source],
        about: Mapping[str, About],
        registry: Sequence[Opd] | None,
        year: int | None,
        words: ConsolidationRulesDeclaration,
        codes: Pattern,
    ) -> None:
        self.about = about
        self.newest: dict[str, int] = {}
        for each in sources:
            self.newest[each.digest] = max(each.modified, self.newest.get(each.digest, 0))
        self.registered = None if registry is None else Registered(registry, codes)
        self.codes = codes
        self.year = year
        self.words = words
        self.who = {each.digest: who(about[each.digest], codes) for each in sources}
        self.outcomes: dict[Source, tuple[Outcome, str]] = {}
        self.noted: dict[Source, list[Finding]] = defaultdict(list)
        self.chosen: dict[_Group, Source] = {}

    def sent(self, source: Source) -> Sent:
        """Return a file with what became of it."""
        outcome, why = self.outcomes[source]
        findings, code = tuple(self.noted[source]), self.who[source.digest].code
        return Sent(source, self.about[source.digest], outcome, why, findings, code)

    def _becomes(self, source: Source, outcome: Outcome, found: Finding) -> None:
        self.outcomes[source] = (outcome, found.message)
        self.noted[source].insert(0, found)

    def same(self, source: Source, first: Source) -> None:
        """Note a file that holds the same bytes as another."""
        self._becomes(source, Outcome.SAME, submitted(self.words.same_file, berkas=_name(first)))

    def unreadable(self, source: Source, words: SubmissionRuleWords) -> None:
        """Note a file that could not be read."""
        reason = self.about[source.digest].reason
        self._becomes(source, Outcome.UNREADABLE, submitted(words, alasan=reason))

    # -- which OPD it is ----------------------------------------------------------------------------------------

    def is_candidate(self, source: Source) -> bool:
        """Whether the file may count for its OPD; otherwise note why not."""
        if self.registered is not None and not self._is_registered(source, self.registered):
            return False
        year = self.about[source.digest].year
        if year != self.year:
            found = submitted(self.words.other_year, nilai=str(year), tahun=str(self.year))
            self._becomes(source, Outcome.OTHER_YEAR, found)
            return False
        if not self.who[source.digest].key:
            self.noted[source].append(self._without_code(source, "dikenali dari namanya saja", ""))
        elif self._may_be_another(source) and self.registered is not None:
            own = self.registered.by_code[self.who[source.digest].key]
            self.noted[source].append(self._other_name(source, "daftar OPD", own.name))
        return True

    def _is_registered(self, source: Source, registered: Registered) -> bool:
        """Whether the file may be of the OPD that is registered under its code; otherwise note whose it is."""
        agency, regency = self.who[source.digest], self.about[source.digest].regency
        own, named = registered.by_code.get(agency.key), registered.named(agency, regency)
        if own is None:
            meant = named[0].code if len(named) == 1 else ""
            if agency.key:
                hint = _perhaps(meant)
                found = submitted(self.words.unknown, expected=meant, opd=agency.shown, petunjuk=hint)
            else:
                found = self._without_code(source, "tidak dihitung", meant)
            self._becomes(source, Outcome.UNKNOWN, found)
            return False
        if not named or own in named:
            return True
        found = submitted(
            self.words.other_agency,
            value=own.code,
            expected=named[0].code,
            kode=own.code,
            seharusnya=own.name,
            opd=agency.name,
            kode_opd=named[0].code,
        )
        self._becomes(source, Outcome.OTHER_AGENCY, found)
        return False

    def _without_code(self, source: Source, follows: str, meant: str) -> Finding:
        row = self.about[source.digest]
        value = row.not_text
        state = f"tersimpan sebagai {value} yang bukan teks" if value else "tidak ada"
        meant = meant or self.codes.normalised(row.made_for)
        return submitted(
            self.words.no_code,
            value=value.strip("“”"),
            expected=meant,
            opd=self.who[source.digest].name or "(tanpa nama)",
            keadaan=state,
            akibat=follows,
            petunjuk=_perhaps(meant),
        )

    def group(self, source: Source) -> _Group:
        """Return what tells the file's OPD from others: its code, or where there is none its name, or the file."""
        agency = self.who[source.digest]
        if agency.key:
            return "kode", agency.key
        regency, name = agency.same_name
        return ("nama", f"{regency}/{name}") if name else ("berkas", str(source.path))

    # -- which of its files counts ------------------------------------------------------------------------------

    def _rank(self, source: Source) -> tuple[bool, bool, int, str]:
        faultless = self.about[source.digest].galat == 0
        return faultless, bool(self.who[source.digest].key), self.newest[source.digest], str(source.path)

    def decide(self, groups: Mapping[_Group, Sequence[Source]]) -> None:
        """Choose for each OPD the newest file without galat, or else the newest; note the others."""
        best = {key: max(files, key=self._rank) for key, files in groups.items()}
        usual = Counter(filter(None, (self.who[source.digest].same_name[0] for source in best.values())))
        most = max(usual, key=lambda regency: (usual[regency], regency), default="")
        namesakes: dict[tuple[str, str], list[_Group]] = defaultdict(list)
        for key, source in best.items():
            if self._may_be_another(source):
                regency, name = self.who[source.digest].same_name
                namesakes[regency or most, name].append(key)
            else:
                self._choose(key, source, groups[key])
        for keys in namesakes.values():
            counted = max(keys, key=lambda key: self._rank(best[key]))
            together = [each for key in keys for each in groups[key]]
            self._choose(counted, best[counted], together)

    def _may_be_another(self, source: Source) -> bool:
        """Whether a file of the same name is of the same OPD: not where the registry lists it under its own code."""
        agency = self.who[source.digest]
        if not agency.same_name[1]:
            return False
        if self.registered is None:
            return True
        own = self.registered.by_code.get(agency.key)
        return own not in self.registered.named(agency, self.about[source.digest].regency)

    def _choose(self, key: _Group, best: Source, files: Sequence[Source]) -> None:
        faulty = bool(self.about[best.digest].galat)
        why = "satu-satunya berkas OPD ini"
        if len(files) > 1:
            why = "terbaru; semuanya masih bergalat" if faulty else "terbaru tanpa galat"
        self.chosen[key] = best
        self.outcomes[best] = (Outcome.FAULTY if faulty else Outcome.ACCEPTED, why)
        counted = self.who[best.digest]
        for each in files:
            agency = self.who[each.digest]
            if each == best:
                continue
            about: dict[str, Any] = {"berkas": _name(best), "alasan": why}
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
                self._note(best, found)
            else:
                opd = agency.code or agency.name
                found = submitted(self.words.superseded, opd=opd, **about)
                if self.registered is None and agency.same_name[1] != counted.same_name[1]:
                    self._note(best, self._same_code(counted, each))
            self._becomes(each, Outcome.SUPERSEDED, found)

    def _note(self, source: Source, found: Finding) -> None:
        """Note a finding, once."""
        if found not in self.noted[source]:
            self.noted[source].append(found)

    def _same_code(self, counted: Who, source: Source) -> Finding:
        other = self.who[source.digest]
        return submitted(
            self.words.same_code,
            value=other.name,
            expected=counted.name,
            kode=counted.code,
            opd=counted.name or "(tanpa nama)",
            lain=other.name or "(tanpa nama)",
            berkas_lain=_name(source),
        )

    def _other_name(self, source: Source, known_from: str, name: str) -> Finding:
        agency = self.who[source.digest]
        about: dict[str, Any] = {
            "kode": agency.code,
            "asal": known_from,
            "seharusnya": name,
            "opd": agency.name,
        }
        return submitted(self.words.other_name, value=agency.name, expected=name, **about)

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
                    berkas=_name(other),
                )
                self.noted[each].append(found)

    def agencies(self) -> tuple[tuple[Agency, ...], tuple[Finding, ...]]:
        """Return every OPD in the registry's order, or else by code, and the findings of those that are missing."""
        chosen = {key: self.sent(source) for key, source in self.chosen.items()}
        if self.registered is None:
            found = [Agency(s.code, s.about.name or "", s.outcome, s) for s in chosen.values()]
            return tuple(sorted(found, key=lambda each: (each.code, each.name))), ()
        agencies, findings = [], []
        for opd in self.registered.registry:
            sent = chosen.get(("kode", self.codes.key(opd.code)))
            agencies.append(Agency(opd.code, opd.name, sent.outcome if sent else Outcome.MISSING, sent))
            if sent is None:
                who = f"{opd.code} {opd.name}"
                findings.append(submitted(self.words.missing, opd=who, tahun=str(self.year or "")))
        return tuple(agencies), tuple(findings)


def _name(source: Source) -> str:
    return shown(Path(source.path.name))


def _perhaps(code: str) -> str:
    return f"; barangkali {code}" if code else ""
