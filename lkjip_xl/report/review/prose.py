"""The sentences of a printed report beside those that the workbook gives: each figure in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lkjip_xl.report.docx.reading import Body, Paragraph
from lkjip_xl.report.likeness import nearest, without_figures
from lkjip_xl.report.outline import Part, Prose
from lkjip_xl.report.review.figures import Figure, Verdict, beside, read
from lkjip_xl.words.wording import spelled

_IN_WORDS = re.compile(r"\d(?:[.,]-)?\s*%?\s*\(([^()\d]+)\)")
_LARGEST = 10**15  # figures beyond nobody spells


@dataclass(frozen=True, slots=True)
class SentenceDifference:
    """A figure of a sentence, or its words, that is not what the workbook says; ``sentence`` is the report's."""

    verdict: Verdict
    sentence: str
    printed: str
    expected: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sentences:
    """What the sentences of a report say: how many figures are the same, what is not, and how many sentences were found."""

    same: int = 0
    found: int = 0
    differences: tuple[SentenceDifference, ...] = ()


def compare_sentences(parts: Sequence[Part], body: Body) -> Sentences:
    """Return what a document's sentences say beside those of a report; one that it does not have is no fault."""
    lines = [each.text for each in body if isinstance(each, Paragraph)]
    forms = [without_figures(each) for each in lines]
    taken: set[int] = set()
    said: list[SentenceDifference | None] = []
    found = 0
    for wanted in _wanted(parts):
        free = [n for n in range(len(lines)) if n not in taken]
        place = next((n for n in free if forms[n] == without_figures(wanted)), None)
        if place is None:
            near = nearest(wanted, [lines[n] for n in free])
            place = None if near is None else free[near]
        if place is not None:
            taken.add(place)
            found += 1
            said += _figures(wanted, lines[place])
    return Sentences(
        sum(each is None for each in said), found, tuple(each for each in said if each is not None)
    )


def _wanted(parts: Sequence[Part]) -> Iterator[str]:
    """Yield the living sentences in which there is a figure."""
    for part in parts:
        if part.name and isinstance(part.content, Prose):
            for text in part.content.paragraphs:
                if read(text).figures:
                    yield text.removeprefix("• ")


def _figures(ours: str, theirs: str) -> Iterator[SentenceDifference | None]:
    """Yield what differs, and None for each figure that is the same."""
    wanted, printed = read(ours).figures, read(theirs).figures
    if len(wanted) != len(printed):
        note = "angka dalam kalimat ini tidak sama banyaknya"
        yield SentenceDifference(Verdict.WRONG, theirs, theirs, ours, note)
        return
    spelled_here, spelled_there = _in_words(ours), _in_words(theirs)
    for n, (our, their) in enumerate(zip(wanted, printed, strict=True)):
        verdict = beside(our, their)
        same = verdict is Verdict.SAME
        yield None if same else SentenceDifference(verdict, theirs, _shown(their), _shown(our))
        if n in spelled_here and n in spelled_there:
            right = {_letters(_spelled(each)) for each in (our, their)}
            if _letters(spelled_here[n]) in right and _letters(spelled_there[n]) not in right:
                yield SentenceDifference(Verdict.WRONG, theirs, spelled_there[n], spelled_here[n])


def _in_words(text: str) -> dict[int, str]:
    """Return what stands in brackets behind the figures of a sentence, by which figure it is."""
    return {len(read(text[: each.start(1)]).figures) - 1: each[1] for each in _IN_WORDS.finditer(text)}


def _spelled(figure: Figure) -> str:
    return spelled(float(figure.value)) if abs(figure.value) < _LARGEST else ""


def _letters(words: str) -> str:
    """Return words of a number as they are compared."""
    plain = "".join(filter(str.isalpha, words.casefold())).removesuffix("rupiah")
    return plain.replace("milyar", "miliar").replace("trilyun", "triliun")


def _shown(figure: Figure) -> str:
    return f"{figure.value:,.{figure.decimals}f}".translate(str.maketrans(",.", ".,"))
