"""A printed report beside the workbook: each cell of its tables that are ours, and what is missing.

Nothing is said of columns that the report does not print; ``Review.absent`` lists them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lkjip_xl.report.docx.reading import Body
from lkjip_xl.report.outline import Part
from lkjip_xl.report.printed import NO_ROWS, Report
from lkjip_xl.report.review.columns import counts
from lkjip_xl.report.review.figures import Verdict, judged
from lkjip_xl.report.review.matching import Match, copies, matches
from lkjip_xl.report.review.ours import OurCell, Wanted, wanted
from lkjip_xl.report.review.prose import SentenceDifference, Sentences, compare_sentences
from lkjip_xl.report.review.theirs import Printed
from lkjip_xl.report.review.words import is_none, same_text
from lkjip_xl.template.model import Table

FAULTS = (Verdict.TRUNCATED, Verdict.SMALL, Verdict.WRONG, Verdict.MISSING)
"""What is wrong in a report; a row that is not known is only said."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in the report that is not what the workbook says, and where.

    ``table`` is our key; ``number`` and ``caption`` say which table of the document it is; ``row`` and ``column`` are called
    as the document calls them, and without a column it is of the whole row.
    """

    verdict: Verdict
    table: str
    number: int
    caption: str
    row: str
    column: str
    printed: str
    expected: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of ours, and under which numbers the document has it.

    ``absent`` are columns that it does not print, ``other`` those that it has beside ours, which are not compared.
    """

    key: str
    caption: str
    numbers: tuple[int, ...]
    absent: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True)
class Review:
    """What a report says beside the workbook: how many cells are the same, and all that is not."""

    same: int
    differences: tuple[Difference, ...]
    tables: tuple[FoundTable, ...]
    not_found: tuple[Wanted, ...]
    strange: tuple[Printed, ...]
    sentences: Sentences = field(default_factory=Sentences)

    @property
    def all_differences(self) -> tuple[Difference | SentenceDifference, ...]:
        """What differs in tables, then in sentences."""
        return (*self.differences, *self.sentences.differences)

    @property
    def faults(self) -> tuple[Difference | SentenceDifference, ...]:
        """What is wrong."""
        return tuple(each for each in self.all_differences if each.verdict in FAULTS)

    @property
    def agrees(self) -> bool:
        """Whether the report says what the workbook says; one in which nothing could be compared does not."""
        return bool(self.tables or self.sentences.found) and not self.faults


def compare(
    report: Report, body: Body, tables: Sequence[Table] | None = None, parts: Sequence[Part] = ()
) -> Review:
    """Return what a document says beside a report: of all its tables that hold anything, or of some.

    ``parts`` are those of the report in Word, whose sentences are looked for, too.
    """
    chosen = report.template.active(report.setup.modules) if tables is None else tables
    ours = [wanted(table, report) for table in chosen if not table.is_form and not table.is_list]
    ours = [each for each in ours if each.rows]
    found = matches(ours, body)
    said = [each for match in found.found for each in _differences(match)]
    by_table = [(each, [match for match in found.found if match.wanted is each]) for each in ours]
    missing = [
        each for table, own in by_table if own for copy in copies(own) for each in _missing(table, copy)
    ]
    return Review(
        sum(each is None for each in said),
        (*(each for each in said if each is not None), *missing),
        tuple(_found(table, own) for table, own in by_table if own),
        tuple(table for table, own in by_table if not own),
        tuple(each for each in found.strange if not _empty(each)),
        compare_sentences(parts, body),
    )


def _empty(theirs: Printed) -> bool:
    """Whether a table says that there is nothing, as ours do."""
    return any(cell.text == NO_ROWS for row in theirs.grid.rows for cell in row)


def _differences(match: Match) -> Iterator[Difference | None]:
    """Yield what differs in a table, and None for each cell that is the same."""
    seen: set[tuple[int, int, int]] = set()
    for our, row in sorted(match.rows.items(), key=lambda each: each[1]):
        yield from _row(match, match.wanted.rows[our], row, seen)
    if match.total is not None and match.wanted.total is not None:
        yield from _closing_row(match, match.wanted.total, match.total)
    for row in match.strange:
        said = " | ".join(cell.text for cell in match.theirs.filled(row))
        name = match.theirs.text(row, match.named) or said
        note = "baris ini tidak ada di buku kerja"
        yield _difference(match, Verdict.UNKNOWN, name, "", (said, ""), note)


def _row(
    match: Match, cells: Sequence[OurCell], row: int, seen: set[tuple[int, int, int]]
) -> Iterator[Difference | None]:
    """Yield each cell of a row that is ours; one that is merged is looked at once (``seen``)."""
    for our, place in _compared(match):
        ours, theirs = cells[our], match.theirs.grid.rows[row][place]
        at = theirs.row, theirs.column, our
        if not (ours.covered and (at in seen or is_none(theirs.text))):
            seen.add(at)
            yield from _cell(match, ours, row, place, match.theirs.text(row, match.named))


def _closing_row(match: Match, cells: Sequence[OurCell], row: int) -> Iterator[Difference | None]:
    """Yield each figure of the closing row; its cells are often merged, so that a figure may stand beside its column."""
    name = match.theirs.closing(row, match.wanted.total_label) or match.wanted.total_label
    ours = {place: cells[our] for our, place in _compared(match)}
    spare = [
        cell.text
        for place, cell in enumerate(match.theirs.grid.rows[row])
        if not is_none(cell.text) and (place not in ours or not ours[place].text)
    ]
    for place, cell in ours.items():
        if cell.text and cell.text != match.wanted.total_label:
            beside = is_none(match.theirs.text(row, place)) and any(
                _judged(cell, text, computed=False)[0] is Verdict.SAME for text in spare
            )
            yield from [None] if beside else _cell(match, cell, row, place, name)


def _compared(match: Match) -> list[tuple[int, int]]:
    """Return the columns that are compared, ours with theirs, in their order."""
    return sorted(
        (
            (our, place)
            for our, place in match.columns.items()
            if match.wanted.columns[our].kind != "number" and place != match.named
        ),
        key=lambda each: each[1],
    )


def _cell(match: Match, ours: OurCell, row: int, place: int, name: str) -> Iterator[Difference | None]:
    text = match.theirs.text(row, place)
    our = next(each for each, at in match.columns.items() if at == place)
    verdict, note = _judged(ours, text, computed=match.wanted.columns[our].computed)
    if verdict is Verdict.SAME:
        yield None
    elif verdict is not None:
        yield _difference(match, verdict, name, match.headings[place], (text, ours.text), note)


def _difference(
    match: Match, verdict: Verdict, row: str, column: str, texts: tuple[str, str], note: str
) -> Difference:
    theirs = match.theirs
    return Difference(verdict, match.wanted.key, theirs.number, theirs.caption, row, column, *texts, note)


def _judged(ours: OurCell, text: str, *, computed: bool) -> tuple[Verdict | None, str]:
    """Return what a cell is beside ours; None where neither says anything, or nothing that is compared."""
    if ours.prose:
        return None, ""
    blank = ours.value is None or is_none(ours.text)
    if is_none(text):
        return (None if blank else Verdict.MISSING), ""
    if blank:
        return Verdict.UNKNOWN, "buku kerja tidak memuat isinya"
    if isinstance(ours.value, float):
        return judged(ours.value, ours.decimals, text, computed=computed)
    return (Verdict.SAME if same_text(ours.text, text) else Verdict.WRONG), ""


def _missing(table: Wanted, own: Sequence[Match]) -> Iterator[Difference]:
    """Yield the rows of ours that are in none of some tables, which together should hold them."""
    found = {our for match in own for our in match.rows}
    lines = [(cells, _name(table, cells)) for n, cells in enumerate(table.rows) if n not in found]
    closing = table.total or ()
    if not any(match.total is not None for match in own) and any(
        isinstance(closing[our].value, float) for match in own for our in match.columns if closing
    ):
        lines.append((closing, table.total_label))
    for cells, name in lines:
        figures = [
            f"{table.columns[n].label}: {cells[n].text}"
            for n in sorted({our for match in own for our in match.columns})
            if isinstance(cells[n].value, float) and table.columns[n].kind == "figure"
        ]
        texts = "", "; ".join(figures)
        yield _difference(own[-1], Verdict.MISSING, name, "", texts, "baris ini tidak ada di laporan")


def _name(table: Wanted, cells: Sequence[OurCell]) -> str:
    return next((cells[n].text for n in table.names if cells[n].text), "")


def _found(table: Wanted, own: Sequence[Match]) -> FoundTable:
    printed = {our for match in own for our in match.columns}
    absent = [
        column.label
        for n, column in enumerate(table.columns)
        if n not in printed and column.kind != "number" and any(row[n].text for row in table.rows)
    ]
    other = {
        heading: None
        for match in own
        for heading in match.headings
        if counts(heading) and heading not in {match.headings[n] for n in match.columns.values()}
    }
    return FoundTable(
        table.key, table.caption, tuple(match.theirs.number for match in own), tuple(absent), tuple(other)
    )
