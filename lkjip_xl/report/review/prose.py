"""The sentences of a printed report beside those that the workbook gives: each figure in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lkjip_xl.report.docx.bookmarks import blocks_of
from lkjip_xl.report.docx.reading import Body, Paragraph
from lkjip_xl.report.likeness import likeness, nearest, without_figures
from lkjip_xl.report.outline import Part, Prose
from lkjip_xl.report.review.figures import Figure, Verdict, beside, read
from lkjip_xl.words.wording import spelled

_IN_WORDS = re.compile(r"\d(?:[.,]-)?\s*%?\s*\(([^()\d]+)\)")
NOT_THERE = "kalimat ini tidak ada di laporan"
_HALF = 0.5
_LARGEST = 10**15  # figures beyond nobody spells
_Way = Callable[[str, Sequence[str]], int | None]


@dataclass(frozen=True, slots=True)
class SentenceDifference:
    """A figure of a sentence, or its words, that is not what the workbook says; ``sentence`` is the report's, empty where it has none."""

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


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence and the name of the block of ours in which it stands; of a document's that is often none."""

    text: str
    block: str


def compare_sentences(parts: Sequence[Part], body: Body) -> Sentences:
    """Return what a document's sentences say beside those of a report.

    A sentence that it does not have is a fault only in a document of ours, as its bookmarks tell.
    """
    blocks = blocks_of(body)
    lines = [
        _Line(each.text, block)
        for each, block in zip(body, blocks, strict=True)
        if isinstance(each, Paragraph) and each.text
    ]
    wanted = [*_wanted(parts)]
    places = _places(wanted, lines)
    names = {part.name for part in parts if part.name}
    ours = len(names & {*blocks}) * 2 > len(names)  # else people may have pasted some of it
    said: list[SentenceDifference | None] = []
    for n, each in enumerate(wanted):
        if n in places:
            said += _figures(each.text, lines[places[n]].text)
        elif ours:
            said.append(SentenceDifference(Verdict.MISSING, "", "", each.text, NOT_THERE))
    return Sentences(
        sum(each is None for each in said), len(places), tuple(each for each in said if each is not None)
    )


def _places(wanted: Sequence[_Line], lines: Sequence[_Line]) -> dict[int, int]:
    """Return which of their lines are which of our sentences: first of each block, and first those that leave no doubt."""
    places: dict[int, int] = {}
    known = {each.block for each in lines}
    ways: list[tuple[_Way, bool]] = [*((way, True) for way in (_same, _same_form, _in_other_words))]
    ways += [(way, False) for way in (_same, _same_form, nearest)]
    for way, within in ways:
        taken = {*places.values()}
        for n, each in enumerate(wanted):
            if n in places or (within and each.block not in known):
                continue
            free = [
                at
                for at, line in enumerate(lines)
                if at not in taken and (not within or line.block == each.block)
            ]
            found = way(each.text, [lines[at].text for at in free])
            if found is not None:
                places[n] = free[found]
                taken.add(free[found])
    return places


def _same(wanted: str, texts: Sequence[str]) -> int | None:
    return next((n for n, each in enumerate(texts) if each == wanted), None)


def _same_form(wanted: str, texts: Sequence[str]) -> int | None:
    form = without_figures(wanted)
    return next((n for n, each in enumerate(texts) if without_figures(each) == form), None)


def _in_other_words(wanted: str, texts: Sequence[str]) -> int | None:
    """Return what may be a sentence that people wrote anew where it stood: half of its words, or of its figures."""
    figures = Counter(each.value for each in read(wanted).figures)
    scored = []
    for n, each in enumerate(texts):
        same = (figures & Counter(figure.value for figure in read(each).figures)).total()
        scored.append((max(likeness(wanted, each), same / figures.total()), n))
    best, place = max(scored, default=(0.0, 0))
    return place if best >= _HALF else None


def _wanted(parts: Sequence[Part]) -> Iterator[_Line]:
    """Yield the living sentences in which there is a figure."""
    for part in parts:
        if part.name and isinstance(part.content, Prose):
            for text in part.content.paragraphs:
                if read(text).figures:
                    yield _Line(text.removeprefix("• "), part.name)


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
    return figure.digits or f"{figure.value:,.{figure.decimals}f}".translate(str.maketrans(",.", ".,"))
