"""The numbers of captions: fields that count themselves, in Word and in LibreOffice alike.

Tables are counted anew in each chapter, each of which has a sequence of its own: LibreOffice forgets where a sequence is
told to begin anew. Lists collect one sequence, so each caption counts in that one too, where nobody sees it. LibreOffice
keeps that its letters are hidden, but not the switch by which Word hides the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from lkjip_xl.report.docx.elements import Element, element, field, hidden, qn, runs, set_text, take_out
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.outline import Part
from lkjip_xl.report.printed import PrintedForm, PrintedTable
from lkjip_xl.report.printed_parts import CONTINUED

TABLES, FIGURES = "Tabel", "Gambar"
"""The sequences that lists collect."""
_NUMBER = re.compile(r"(.*?)(\d+)")
_RUN, _TEXT, _CODE, _MARK, _SIMPLE = (
    qn(f"w:{name}") for name in ("r", "t", "instrText", "fldChar", "fldSimple")
)


def passed_over(parts: Sequence[Part]) -> dict[str, int]:
    """Return for each number of a table how many before it are not there; one that comes too late for counting is left out."""
    found: dict[str, int] = {}
    last: dict[str, int] = {}
    for part in parts:
        if isinstance(part.content, PrintedTable | PrintedForm):
            head, count, _ = _split(part.content.number or "")
            if count > last.get(head, 0):
                found[part.content.number or ""] = count - last.get(head, 0) - 1
                last[head] = count
    return found


def number_of(number: str, passed: Mapping[str, int]) -> list[Element]:
    """Return the runs of a caption's number: what counts it, and what lists find it by."""
    head, count, rest = _split(number)
    figure = number.startswith(FIGURES)
    if not count or number.endswith(CONTINUED) or not (figure or number in passed):
        return runs(f"{number} ")
    sequence = _sequence(head)
    found = [*runs(head)]
    for _ in range(passed.get(number, 0)):
        found += _unseen(sequence)
    found += field(f"SEQ {sequence} \\* ARABIC", runs(str(count)))
    if not figure and sequence != TABLES:
        found += _unseen(TABLES)
    return [*found, *runs(f"{rest} ")]


def _split(number: str) -> tuple[str, int, str]:
    """Return what stands before the last part of a number, that part, and what is behind it; 0 where it has none."""
    start = number.rfind(".") + 1
    found = _NUMBER.match(number[start:])
    return (number[:start] + found[1], int(found[2]), number[start + found.end() :]) if found else ("", 0, "")


def _sequence(head: str) -> str:
    return re.sub(r"\W+", "_", head).strip("_")


def _unseen(sequence: str) -> list[Element]:
    """Return a field that counts and shows nothing."""
    found = field(f"SEQ {sequence} \\h", [])
    for each in found:
        each.insert(0, element("w:rPr", element("w:vanish")))
    return found


def sequences(of: Element) -> Iterator[tuple[Element, list[str]]]:
    """Yield the instructions in an element that count, and their words."""
    for code in of.iter(_CODE):
        words = (code.text or "").split()
        if words[:1] == ["SEQ"] and len(words) > 1:
            yield code, words


def renew_captions(package: Package) -> None:
    """Write anew the fields of captions that begin a chapter's sequence anew, as they were or as LibreOffice left them."""
    for simple in [each for each in package.body.iter(_SIMPLE) if _instruction(each)[:1] == ["SEQ"]]:
        for each in field(" ".join(_instruction(simple)), list(simple)):
            simple.addprevious(each)
        take_out(simple)
    counted: dict[str, int] = {}
    for code, words in [*sequences(package.body)]:
        head = _before(code)
        sequence = _sequence(head)
        if hidden(code):
            code.text = f" SEQ {words[1]} \\h "
            for each in _shown(code):
                take_out(each)
            continue
        if words[1] != TABLES or not head.startswith(TABLES) or sequence == TABLES:
            continue
        begins = int(words[words.index(r"\r") + 1]) if r"\r" in words[:-1] else 0
        code.text = f" SEQ {sequence} \\* ARABIC "
        marks = _marks(code)
        for _ in range(counted.get(sequence, 0) + 1, begins):
            for each in _unseen(sequence):
                marks[0].addprevious(each)
        for each in reversed(_unseen(TABLES)):
            marks[-1].addnext(each)
        counted[sequence] = max(counted.get(sequence, 0) + 1, begins)


def _instruction(simple: Element) -> list[str]:
    return str(simple.get(qn("w:instr"))).split()


def count_captions(package: Package) -> None:
    """Count all captions anew, in the order in which they stand, people's own among them."""
    counted: dict[str, int] = {}
    for code, words in sequences(package.body):
        name = words[1]
        if {r"\c", r"\s"} & {*words}:  # one that repeats a number, or begins anew below each heading
            continue
        begins = words[words.index(r"\r") + 1] if r"\r" in words[:-1] else ""
        counted[name] = int(begins) if begins.isdigit() else counted.get(name, 0) + 1
        shown = _shown(code)
        if shown:
            set_text(shown[0], str(counted[name]))
            for each in shown[1:]:
                set_text(each, "")


def _before(code: Element) -> str:
    """Return what is written before a field in its paragraph."""
    inside = next(code.iterancestors(qn("w:p")))
    before = takewhile(lambda each: each is not code, inside.iter(_TEXT, _CODE))
    return "".join(each.text or "" for each in before if each.tag == _TEXT)


def _marks(code: Element) -> list[Element]:
    """Return the runs from the beginning of a field to its end."""
    inside = [*next(code.iterancestors(qn("w:p"))).iter(_RUN)]
    at = inside.index(code.getparent())
    first = next(n for n in range(at, -1, -1) if _kind(inside[n]) == "begin")
    last = next((n for n in range(at, len(inside)) if _kind(inside[n]) == "end"), at)
    return inside[first : last + 1]


def _kind(run: Element) -> str:
    mark = run.find(_MARK)
    return "" if mark is None else str(mark.get(qn("w:fldCharType")))


def _shown(code: Element) -> list[Element]:
    """Return the texts of what a field shows."""
    return [each for run in _marks(code) for each in run.iter(_TEXT)]
