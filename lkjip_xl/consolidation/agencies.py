"""Which agency a file speaks of: its code and name as they compare, however they are typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from lkjip_xl.base.showing import NAME, short
from lkjip_xl.consolidation.frames import About
from lkjip_xl.consolidation.registry import Opd
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
        (letters(regency.split()[-1] if regency.split() else ""), name_key(name, regency)),
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

    def __init__(self, registry: Sequence[Opd], codes: Pattern) -> None:
        self.registry = registry
        self.by_code = {codes.key(opd.code): opd for opd in registry}

    def named(self, agency: Who, regency: str) -> tuple[Opd, ...]:
        """Return the agencies that are registered under a file's name."""
        wanted = agency.same_name[1]
        return tuple(opd for opd in self.registry if wanted and name_key(opd.name, regency) == wanted)
