"""Patterns of codes: which texts a column of codes may hold, and how the spellings of one code are told to be the same.

A spreadsheet has no regular expressions, so a pattern is one of a few shapes that ``excel`` and ``frames`` both can ask
for: masks, in which ``9`` stands for a digit and every other character for itself, or so many of certain characters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

_QUOTES = frozenset("'\"`´‘’‚‛“”„‟′″«»‹›")
_INVISIBLE = ("Cc", "Cf", "Zs", "Zl", "Zp")  # controls, marks of direction, joiners, spaces


@dataclass(frozen=True)
class Pattern:
    """What a code looks like: one of the ``masks``, or ``least`` to ``most`` of the ``characters``.

    ``between`` may stand singly between those characters; ``ignored`` may stand anywhere and is no part of the code.
    Without masks and characters every text fits.
    """

    masks: tuple[str, ...] = ()
    characters: str = ""
    between: str = ""
    least: int = 1
    most: int = 0
    ignored: str = " "
    zeros: bool = True
    """Whether zeros at the beginning tell codes apart."""
    words: str = ""
    """What a code looks like, in a message."""

    @cached_property
    def mask_regex(self) -> str:
        """The masks as a regular expression, in Python's and Rust's syntax, for a text without what is ignored."""
        return "|".join(re.escape(mask).replace("9", "[0-9]") for mask in self.masks)

    @cached_property
    def character_regex(self) -> str:
        """The characters, with what stands between them, likewise."""
        some = f"[{re.escape(self.characters)}]+"
        return f"{some}(?:[{re.escape(self.between)}]{some})*" if self.between else some

    def fits(self, text: str) -> bool:
        """Whether a text is a code of this pattern as it stands."""
        bare = self._bare(text)
        if not self.masks and not self.characters:
            return bool(bare)
        if self.masks and re.fullmatch(self.mask_regex, bare):
            return True
        within = self.least <= len(bare) <= self.most
        return bool(self.characters and within and re.fullmatch(self.character_regex, bare))

    def normalised(self, text: str) -> str:
        """Return the code that a text spells, as it should be written; the text itself where that cannot be told."""
        if self.fits(text):
            return self._bare(text)
        found = self._spelled(text)
        return found if self.fits(found) else text

    def key(self, text: str) -> str:
        """Return what is the same for all spellings of one code, and for no other; empty where no code is spelled."""
        return re.sub(f"[{re.escape(self._separators)}]", ".", self._spelled(self._spelled(text).casefold()))

    def _bare(self, text: str) -> str:
        return text.translate(dict.fromkeys(map(ord, self.ignored)))

    @cached_property
    def _separators(self) -> str:
        """The characters that stand between the groups of a code."""
        found = [char for char in "".join(self.masks) if not char.isalnum()]
        return "".join(dict.fromkeys([*found, *self.between, *"."]))

    def _spelled(self, text: str) -> str:
        """Return a text without what is invisible and without quotes, its digits as 0 to 9, its groups parted once.

        A comma is meant as a full stop, a dash of any length as a hyphen. Whatever else it holds is kept.
        """
        seen = "".join(
            str(unicodedata.decimal(char, char))
            for char in unicodedata.normalize("NFKC", text)
            if unicodedata.category(char) not in _INVISIBLE and char not in _QUOTES
        )
        seen = unicodedata.normalize("NFKC", seen)  # what was apart may belong together now
        known = re.escape(self._separators)
        dashed = "".join("-" if unicodedata.category(char) == "Pd" or char == "−" else char for char in seen)
        parted = dashed.replace(",", ".")
        groups = re.sub(f"([{known}])[{known}]+", r"\1", parted).strip(self._separators)
        return re.sub(r"^0+(?=\d)", "", groups) if not self.zeros else groups


ANY = Pattern()
"""The pattern of codes where none is declared."""


def revealed(text: str) -> str:
    """Return a text in which what cannot be seen can: invisible characters by their number."""
    return "".join(
        f"‹U+{ord(char):04X}›" if char != " " and unicodedata.category(char) in _INVISIBLE else char
        for char in text
    )
