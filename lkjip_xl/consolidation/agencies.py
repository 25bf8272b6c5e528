"""Which agency a file speaks of: its code and name as they compare, however they are typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from lkjip_xl.base.showing import NAME, short
from lkjip_xl.consolidation.frames import About
from lkjip_xl.consolidation.registry import Opd, Registry
from lkjip_xl.formula.pattern import Pattern, revealed


@dataclass(frozen=True, slots=True)
class Who:
    """The agency of a file: its code as it should be written, and what is the same for all spellings of code and name."""

    code: str
    key: str
    name: str
    same_name: tuple[str, str]
    """The last word of the regency, which is what its spellings share, and the name; each empty where none is typed."""

    @property
    def shown(self) -> str:
        """Code and name, as a message repeats them."""
        return f"{self.code or '(tanpa kode)'} {self.name}".strip()


def who(file: About, codes: Pattern) -> Who:
    """Return the agency of a file."""
    name, regency = file.name or "", file.regency
    code = short(revealed(codes.normalised(file.code)))
    return Who(
        code,
        codes.key(file.code),
        short(name, NAME),
        (last_word(regency), name_key(name, regency)),
    )


def letters(name: str) -> str:
    """Return the letters and digits of a name: without case, spaces, punctuation, and what cannot be seen."""
    folded = unicodedata.normalize("NFKC", name).replace("&", " dan ").casefold()
    return "".join(re.findall(r"[^\W_]+", folded))


def name_key(name: str, regency: str) -> str:
    """Return what is the same for all spellings of an agency's name; abbreviations are not guessed.

    The name of the regency may follow that of the agency, and is no part of it.
    """
    own, behind = letters(name), letters(regency)
    return own.removesuffix(behind) or own


class Registered:
    """The agencies of a registry by code and by name."""

    def __init__(self, registry: Registry, codes: Pattern) -> None:
        self.registry = registry
        self._by_code: dict[str, list[Opd]] = {}
        self._by_name: dict[str, list[Opd]] = {}
        self._places = {last_word(unit.name) for unit in registry.units}
        for opd in registry.opds:
            self._by_code.setdefault(codes.key(opd.code), []).append(opd)
            self._by_name.setdefault(letters(opd.name), []).append(opd)

    def own(self, agency: Who) -> Opd | None:
        """Return what is registered under a file's code, within the unit that has the name of the file's regency if any."""
        found = self._within(self._by_code.get(agency.key, ()), agency)
        return found[0] if len(found) == 1 else None

    def named(self, agency: Who, regency: str) -> tuple[Opd, ...]:
        """Return the agencies that are registered under a file's name, within its regency likewise."""
        wanted = agency.same_name[1]
        if not wanted:
            return ()
        spelled = dict.fromkeys((wanted, wanted + letters(regency)))
        found = [
            opd
            for name in spelled
            for opd in self._by_name.get(name, ())
            if name_key(opd.name, regency) == wanted
        ]
        return self._within(found, agency)

    def _within(self, found: Sequence[Opd], agency: Who) -> tuple[Opd, ...]:
        """Return those of the file's regency: of Kota Bengkulu, not of all that lies in Provinsi Bengkulu."""
        place = agency.same_name[0]
        if place not in self._places:
            return tuple(found)
        ways = [(self._distance(opd, place), opd) for opd in found]
        nearest = min((way for way, _ in ways if way is not None), default=None)
        return tuple(opd for way, opd in ways if way is not None and way == nearest)

    def _distance(self, opd: Opd, place: str) -> int | None:
        """Return how far above an agency the unit with a name is; None where there is none."""
        above = self.registry.above(opd.parent)
        return next((n for n, unit in enumerate(above) if last_word(unit.name) == place), None)


def last_word(name: str) -> str:
    """Return the letters of the last word of a name, which is what spellings of a region share."""
    return letters(name.rsplit(maxsplit=1)[-1] if name.split() else "")
