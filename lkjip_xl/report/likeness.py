"""How like two sentences are that were written of different figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

LIKE = 0.8
"""So like two sentences must be that one may be the other with other figures."""
_BEGINNING = 3  # words that are the same at the beginning: they name what the sentence speaks of
_NUMBER_WORD = (
    "(?:nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|"
    "(?:se)?(?:puluh|belas|ratus|ribu|juta|mil[iy]ar|tril[iy]un))"
)
_FIGURE = re.compile(rf"\d[\d.,]*(?:\s+\d[\d.,]*)*|\b{_NUMBER_WORD}(?:\s+(?:koma\s+)?{_NUMBER_WORD})*\b")


@lru_cache(maxsize=20_000)
def without_figures(text: str) -> str:
    """Return a sentence with a sign for each of its figures, also in words, in small letters, however it is spaced."""
    return " ".join(_FIGURE.sub("#", text.casefold()).split())


def nearest(wanted: str, texts: Sequence[str]) -> int | None:
    """Return the place of the text that is most like a sentence apart from figures; None where none is, or two are."""
    words = without_figures(wanted).split()
    scored = [(_likeness(words, without_figures(each).split()), n) for n, each in enumerate(texts)]
    begins = max(_BEGINNING, len(words) // 4)
    like = sorted(pair for pair in scored if pair[0][0] >= begins and pair[0][1] >= LIKE)
    if not like or (len(like) > 1 and like[-1][0] == like[-2][0]):
        return None
    return like[-1][1]


def likeness(one: str, other: str) -> float:
    """Return how like two sentences are apart from figures, from 0 to 1."""
    words, its = (without_figures(each).split() for each in (one, other))
    return SequenceMatcher(None, words, its, autojunk=False).ratio()


def alike(one: str, other: str) -> bool:
    """Whether one of two sentences may be the other with other figures, also in words."""
    words, its = (without_figures(each).split() for each in (one, other))
    begins = max(_BEGINNING, len(words) // 4)
    return words == its or (words[:begins] == its[:begins] and _likeness(words, its)[1] >= LIKE)


def _likeness(one: Sequence[str], other: Sequence[str]) -> tuple[int, float]:
    """Return how many words are the same from the beginning, where a sentence names its row, and how like the whole is."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < LIKE * longer / 2:
        return 0, 0.0
    same = next((n for n, (word, its) in enumerate(zip(one, other, strict=False)) if word != its), shorter)
    return same, SequenceMatcher(None, one, other, autojunk=False).ratio()
