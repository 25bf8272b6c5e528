"""Which OPD a file is of, and whether it may count for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lkjip_xl.base.files import shown
from lkjip_xl.base.findings import Finding
from lkjip_xl.consolidation.agencies import Registered, who
from lkjip_xl.consolidation.chosen import Outcome, Sent, Source
from lkjip_xl.consolidation.frames import About
from lkjip_xl.consolidation.registry import Opd, Registry
from lkjip_xl.formula.pattern import Pattern
from lkjip_xl.template.declared_batch import ConsolidationRulesDeclaration
from lkjip_xl.template.declared_words import SubmissionRuleWords
from lkjip_xl.words.messages import submitted

Group = tuple[str, str]
"""Files of one OPD: by what they are told from others, and that."""


class Candidates:
    """Files, what is known of each, what becomes of them, and what is noted on the way."""

    def __init__(
        self,
        sources: Sequence[Source],
        about: Mapping[str, About],
        registry: Registry | None,
        year: int | None,
        words: ConsolidationRulesDeclaration,
        codes: Pattern,
    ) -> None:
        self.about = about
        self.registered = None if registry is None else Registered(registry, codes)
        self.codes = codes
        self.year = year
        self.words = words
        self.who = {each.digest: who(about[each.digest], codes) for each in sources}
        self.outcomes: dict[Source, tuple[Outcome, str]] = {}
        self.noted: dict[Source, list[Finding]] = defaultdict(list)

    def sent(self, source: Source) -> Sent:
        """Return a file with what became of it."""
        outcome, why = self.outcomes[source]
        findings, code = tuple(self.noted[source]), self.who[source.digest].code
        return Sent(source, self.about[source.digest], outcome, why, findings, code)

    def becomes(self, source: Source, outcome: Outcome, found: Finding) -> None:
        """Say what becomes of a file, and why."""
        self.outcomes[source] = (outcome, found.message)
        self.noted[source].insert(0, found)

    def note(self, source: Source, found: Finding) -> None:
        """Note a finding, once."""
        if found not in self.noted[source]:
            self.noted[source].append(found)

    def same(self, source: Source, first: Source) -> None:
        """Note a file that holds the same bytes as another."""
        self.becomes(source, Outcome.SAME, submitted(self.words.same_file, berkas=name_of(first)))

    def unreadable(self, source: Source, words: SubmissionRuleWords) -> None:
        """Note a file that could not be read."""
        reason = self.about[source.digest].reason
        self.becomes(source, Outcome.UNREADABLE, submitted(words, alasan=reason))

    def is_candidate(self, source: Source) -> bool:
        """Whether the file may count for its OPD; otherwise note why not."""
        if self.registered is not None and not self._is_registered(source, self.registered):
            return False
        year = self.about[source.digest].year
        if year != self.year:
            found = submitted(self.words.other_year, nilai=str(year), tahun=str(self.year))
            self.becomes(source, Outcome.OTHER_YEAR, found)
            return False
        if not self.who[source.digest].key:
            self.noted[source].append(self._without_code(source, "dikenali dari namanya saja", ""))
        elif self.may_be_another(source) and self.registered is not None:
            own = self.registered.own(self.who[source.digest])
            if own is not None:
                self.noted[source].append(self._other_name(source, "daftar OPD", own.name))
        return True

    def _is_registered(self, source: Source, registered: Registered) -> bool:
        """Whether the file may be of the OPD that is registered under its code; otherwise note whose it is."""
        agency, regency = self.who[source.digest], self.about[source.digest].regency
        own, named = registered.own(agency), registered.named(agency, regency)
        if own is None:
            meant = named[0].code if len(named) == 1 else ""
            if agency.key:
                hint = _perhaps(meant)
                found = submitted(self.words.unknown, expected=meant, opd=agency.shown, petunjuk=hint)
            else:
                found = self._without_code(source, "tidak dihitung", meant)
            self.becomes(source, Outcome.UNKNOWN, found)
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
        self.becomes(source, Outcome.OTHER_AGENCY, found)
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

    def group(self, source: Source) -> Group:
        """Return what tells the file's OPD from others: its code, or where there is none its name, or the file."""
        agency = self.who[source.digest]
        own = self.registered.own(agency) if self.registered is not None else None
        if own is not None:
            return self.registered_group(own)
        if agency.key:
            return "kode", agency.key
        regency, name = agency.same_name
        return ("nama", f"{regency}/{name}") if name else ("berkas", str(source.path))

    def registered_group(self, opd: Opd) -> Group:
        """Return what tells the files of a registered OPD from others."""
        return "opd", f"{opd.parent}/{self.codes.key(opd.code)}"

    def may_be_another(self, source: Source) -> bool:
        """Whether a file of the same name is of the same OPD: not where the registry lists it under its own code."""
        agency = self.who[source.digest]
        if not agency.same_name[1]:
            return False
        if self.registered is None:
            return True
        own = self.registered.own(agency)
        return own not in self.registered.named(agency, self.about[source.digest].regency)

    def _other_name(self, source: Source, known_from: str, name: str) -> Finding:
        agency = self.who[source.digest]
        about: dict[str, Any] = {
            "kode": agency.code,
            "asal": known_from,
            "seharusnya": name,
            "opd": agency.name,
        }
        return submitted(self.words.other_name, value=agency.name, expected=name, **about)


def name_of(source: Source) -> str:
    """Return how a message names a file."""
    return shown(Path(source.path.name))


def _perhaps(code: str) -> str:
    return f"; barangkali {code}" if code else ""
