"""How much two texts are alike: as people type names and headings, with slips, abbreviations and numbers before them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

_NUMBERED = re.compile(
    r"^\s*(?:\d{1,3}[.)](?=\s|[^\W\d])|\(?(?:\d{1,3}|[a-z])\)|[-–•*➢✓](?=\s)|\d+(?:\.\d+)+\.?(?=\s))\s*"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_REFERENCE = re.compile(r"\([\d\s/:x×=+*.,-]*\d[\d\s/:x×=+*.,-]*\)")  # to columns, as in "Capaian (9/8)"
_LEVEL = re.compile(r"\b([a-z])[.\- ]+(\d)\b")  # as in S.1
_NONE = frozenset(("nihil", "na", "tidakada", "kosong"))
_UNITS = frozenset(("rp", "%", "persen"))
_SAME = {"total": "jumlah", "pagu": "anggaran", "alokasi": "anggaran", "keterangan": "ket"}
_ROMAN = re.compile(r"[ivx]+|[a-z]|.*\d.*")
_VOWELS = frozenset("aeiou")
ALIKE = 0.72
"""From here on two names may be of the same row."""
_CLOSE = 0.8  # of two words
_MOST = 0.95  # of phrases that are not the same


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text as it is compared: its words, all its letters, and the years in it."""

    words: tuple[str, ...]
    letters: str
    years: frozenset[int]

    @property
    def telling(self) -> list[str]:
        """The words that tell one row from the next however alike the rest: numbers, letters, ranks."""
        return sorted(word for word in self.words if _ROMAN.fullmatch(word))


@lru_cache(maxsize=20_000)
def phrase(text: str) -> Phrase:
    """Return a text as it is compared: without case, marks, units, the number before it, and years apart."""
    plain = _NUMBERED.sub("", unicodedata.normalize("NFKC", text).casefold())
    plain = plain.replace("s/d", " sd ").replace("s.d.", " sd ").replace("sampai dengan", " sd ")
    years = frozenset(map(int, _YEAR.findall(plain)))
    letters = "".join(each for each in plain if each.isalnum() or each == "%")
    plain = _LEVEL.sub(r"\1\2", _YEAR.sub(" ", _REFERENCE.sub(" ", plain)))
    words = "".join(each if each.isalnum() else " " for each in plain).split()
    return Phrase(tuple(_SAME.get(each, each) for each in words if each not in _UNITS), letters, years)


def is_none(text: str) -> bool:
    """Whether a cell says that there is nothing: blank, a dash, *nihil*."""
    return not any(each.isalnum() or each == "%" for each in text) or phrase(text).letters in _NONE


def same_text(ours: str, theirs: str) -> bool:
    """Whether two texts say the same, whatever their case, spaces and marks; *persen* is %."""
    return _bare(ours) == _bare(theirs)


def _bare(text: str) -> str:
    letters = phrase(text).letters
    return "%" if letters == "persen" else letters


@lru_cache(maxsize=200_000)
def names_alike(ours: Phrase, theirs: Phrase) -> float:
    """Return how much two names of rows are alike, from 0 to 1; names that differ in a number are not."""
    if ours.letters == theirs.letters:
        return 1.0
    if ours.telling != theirs.telling or ours.years != theirs.years:
        return 0.0
    covered = _covered(ours, theirs)
    return min(_MOST, max(covered, _ratio(ours.letters, theirs.letters, least=max(covered, ALIKE))))


@lru_cache(maxsize=50_000)
def headings_alike(ours: Phrase, theirs: Phrase) -> float:
    """Return how much two headings are alike, from 0 to 1, their years apart; the first word says what is counted."""
    if ours.letters == theirs.letters:
        return 1.0
    if ours.words == theirs.words:
        return 0.97
    if not ours.words or not theirs.words or _numbers(ours) != _numbers(theirs):
        return 0.0
    first = 0.15 if words_alike(ours.words[0], theirs.words[0]) else 0.0
    ratio = _ratio("".join(ours.words), "".join(theirs.words), least=ALIKE) * _MOST
    covered = _covered(ours, theirs)
    return min(_MOST, max(ratio, covered + first if covered else 0.0))


def _numbers(each: Phrase) -> list[str]:
    return sorted(word for word in each.words if any(letter.isdigit() for letter in word))


def _covered(ours: Phrase, theirs: Phrase) -> float:
    """Return how many words of each phrase the other has; what the longer one adds weighs less than what it lacks."""
    if not ours.words or not theirs.words:
        return 0.0
    here = sum(any(words_alike(word, each) for each in theirs.words) for word in ours.words) / len(ours.words)
    there = sum(any(words_alike(word, each) for each in ours.words) for word in theirs.words) / len(
        theirs.words
    )
    return 0.4 * max(here, there) + 0.6 * min(here, there)


@lru_cache(maxsize=50_000)
def words_alike(one: str, other: str) -> bool:
    """Whether two words are the same but for a slip, or one is the other's abbreviation (ket, jml)."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 3 or short[0] != long[0]:
        return len(short) >= 5 and _ratio(one, other, least=_CLOSE) > 0
    if long.startswith(short) or (len(short) >= 5 and _ratio(one, other, least=_CLOSE) > 0):
        return True
    rest = iter(long)
    return not _VOWELS & set(short) and all(letter in rest for letter in short)


def _ratio(one: str, other: str, least: float = 0.0) -> float:
    """Return how much two texts have in common, letter by letter in their order; 0 where that is below ``least``."""
    pair = SequenceMatcher(None, one, other, autojunk=False)
    if pair.real_quick_ratio() < least or pair.quick_ratio() < least:
        return 0.0
    ratio = pair.ratio()
    return ratio if ratio >= least else 0.0
