"""The sentences of a printed report beside those that the workbook gives: each figure in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lkjip_xl.report.docx.reading import Body, Paragraph
from lkjip_xl.report.likeness import nearest, without_figures
from lkjip_xl.report.outline import Part, Prose
from lkjip_xl.report.review.figures import Figure, Verdict, beside, read


@dataclass(frozen=True, slots=True)
class SentenceDifference:
    """A figure of a sentence that is not what the workbook says; ``sentence`` is the report's."""

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
    for our, their in zip(wanted, printed, strict=True):
        verdict = beside(our, their)
        same = verdict is Verdict.SAME
        yield None if same else SentenceDifference(verdict, theirs, _shown(their), _shown(our))


def _shown(figure: Figure) -> str:
    return f"{figure.value:,.{figure.decimals}f}".translate(str.maketrans(",.", ".,"))
