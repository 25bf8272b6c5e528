"""The report in Word as data: its parts one after the other, with all that stands in them. A document only writes it.

A part is living where it comes from the workbook and is brought up to date with it; its name tells it from the others,
in this document and in those that are made of a later state of the workbook.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from lkjip_xl.base.errors import DeclarationError
from lkjip_xl.base.showing import short
from lkjip_xl.form.submission import Submission
from lkjip_xl.report.charts import Chart, charts
from lkjip_xl.report.printed import PrintedForm, PrintedTable, Report, absent_tables, printed, printed_form
from lkjip_xl.report.sentences import Sentences, context_of, row_of
from lkjip_xl.template.declared_report import REPORT, BasePart, RegencyPart, ReportPart, RowPart, Style
from lkjip_xl.template.filling import naming_column
from lkjip_xl.template.model import Table

_Row = Mapping[str, Any]  # what sentences of a row may name
PLACE = "[Tulis di sini: {}]"
_LONGEST = 27  # characters of a name
PICTURE = "[Tempelkan gambar di sini: {}]"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; a line break in that of a chapter parts its number from its name."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs of one style."""

    paragraphs: tuple[str, ...]
    style: Style


@dataclass(frozen=True, slots=True)
class Place:
    """What only people can write; with ``figure`` it is a picture, and that its caption.

    ``style`` is that of what shall stand there.
    """

    text: str
    figure: str = ""
    style: Style = "isi"


@dataclass(frozen=True, slots=True)
class Contents:
    """A list of headings, tables or figures, with their pages."""

    of: Literal["judul", "tabel", "gambar"]


@dataclass(frozen=True, slots=True)
class Section:
    """From here on pages have no number, are counted i ii iii, or 1 2 3."""

    pages: Literal["sampul", "depan", "isi"]


Content = Heading | Prose | Place | Contents | Section | PrintedTable | PrintedForm | Chart


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the report; ``name`` of a living one, else empty."""

    content: Content
    name: str = ""

    @property
    def label(self) -> str:
        """What people call the part: number and title, or its first words."""
        match self.content:
            case PrintedTable() | PrintedForm() as table:
                return f"{table.number or 'Tabel'} “{short(table.title)}”"
            case Chart() as chart:
                return f"Grafik “{short(chart.title)}”"
            case Heading() as heading:
                return f"Judul “{short(heading.text)}”"
            case Prose() as prose:
                return f"Kalimat “{short(prose.paragraphs[0])}”"
            case Place() as place:
                return f"Tempat “{short(place.text)}”"
            case _:
                return self.name


def parts_of(submission: Submission, report: Report) -> tuple[Part, ...]:
    """Return the parts of a report in the order of the declaration.

    Raises ``DeclarationError`` for a sentence that cannot be written, and where the set declares no report.
    """
    declared = report.template.report
    if declared is None:
        raise DeclarationError("kumpulan templat ini tidak mendeklarasikan laporan Word", file=REPORT)
    absent = {table.key: reason for table, reason in absent_tables(report.template, submission).items()}
    outline = _Outline(report, absent)
    return tuple(
        replace(part, name=bookmarkable(part.name)) for each in declared.parts for part in outline.part(each)
    )


def bookmarkable(name: str) -> str:
    """Return a name that fits a bookmark, of which Word keeps 40 characters (see ``docx.blocks``)."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 9]}_{_digest(name)}"


def common(
    declared: BasePart,
    sentences: Sentences,
    filled: Callable[[str], str],
    row: _Row | None = None,
    of_row: str = "",
) -> Iterator[Part]:
    """Yield what headings, texts, sentences and places of any report are: nothing where there is nothing for them.

    ``filled`` sets year and period into a text; ``row`` is what sentences of a row may name, ``of_row`` its digest.
    """
    if declared.heading:
        for text in sentences.written((declared.heading,), row, declared.place):
            yield Part(Heading(text, declared.level), f"judul{declared.level}_{of_row}" if row else "")
    elif declared.text:
        lines = lines_of(sentences.written(declared.text, row, declared.place, gaps=True))
        if lines:
            yield Part(Prose(lines, declared.style))
    elif declared.sentences:
        lines = lines_of(sentences.written(declared.sentences, row, declared.place))
        name = f"{declared.key}_{of_row}" if row else str(declared.key)
        if lines:
            yield Part(Prose(lines, declared.style), name)
        elif declared.write:
            yield Part(Place(PLACE.format(filled(declared.write)), style=declared.style), name)
    elif declared.figure or declared.picture:
        text = filled(declared.figure or declared.picture)
        yield Part(Place(PICTURE.format(text), text if declared.figure else ""))
    elif declared.write:
        yield Part(Place(PLACE.format(filled(declared.write))))


def of_pages(declared: ReportPart | RegencyPart) -> Iterator[Part]:
    """Yield a new section of pages, or a list of what stands on them, where the part is one."""
    if declared.section is not None:
        yield Part(Section(declared.section))
    elif declared.contents is not None:
        yield Part(Contents(declared.contents))


@dataclass(frozen=True)
class _Outline:
    """Writes the parts of one report; ``absent`` gives the reason of each table that does not apply."""

    report: Report
    absent: Mapping[str, str]

    def part(self, declared: ReportPart) -> Iterator[Part]:
        yield from of_pages(declared)
        if declared.each is not None:
            table = self._active(declared.each)
            if table is not None:
                yield from self._rows(table, declared.rows)
        else:
            yield from self._written(declared)

    def _rows(self, table: Table, rows: tuple[RowPart, ...]) -> Iterator[Part]:
        seen: set[tuple[str, object]] = set()
        naming = naming_column(table)
        for row, cells in self.report.values[table.key].items():
            name = cells.get((naming.key, None)) if naming else None
            if row is None or name is None:
                continue
            of_row = row_of(self.report.template, self.report.setup, self.report.values, table, row)
            for each in rows:
                known: object = name
                if each.first_of is not None:
                    group = (each.first_of, cells.get((each.first_of, None)))
                    if group in seen:
                        continue
                    seen.add(group)
                    known = group[1]
                yield from self._written(each, of_row, _digest(str(known)))

    def _written(
        self, declared: ReportPart | RowPart, row: _Row | None = None, of_row: str = ""
    ) -> Iterator[Part]:
        if declared.table is not None:
            yield from self._table(declared.table, declared.number)
        elif declared.charts is not None:
            yield from self._charts(declared.charts)
        else:
            yield from common(declared, self._sentences, self.report.filled, row, of_row)

    def _table(self, key: str, number: str | None) -> Iterator[Part]:
        table = self._active(key)
        if table is None:
            return
        name = key if number is None else f"{key}_lampiran"
        if key in self.absent:
            title = " ".join(filter(None, (table.declared.number, self.report.filled(table.declared.title))))
            yield Part(Prose((f"{title}: {self.absent[key]}",), "isi"), name)
            return
        content = printed_form(table, self.report) if table.is_form else printed(table, self.report)
        if number is not None:
            content = replace(content, number=number)
        yield Part(content, name)

    def _charts(self, key: str) -> Iterator[Part]:
        table = self._active(key)
        if table is not None and key not in self.absent:
            for chart in charts(table, self.report):
                yield Part(chart, f"grafik_{key}_{_digest(chart.title)}")

    def _active(self, key: str) -> Table | None:
        table = self.report.template.tables[key]
        module = table.declared.module
        return table if module is None or module in self.report.setup.modules else None

    @cached_property
    def _sentences(self) -> Sentences:
        return Sentences(context_of(self.report.template, self.report.setup, self.report.values), REPORT)


def lines_of(sentences: Iterable[str]) -> tuple[str, ...]:
    """Return paragraphs: a sentence of several lines is several."""
    return tuple(" ".join(line.split()) for text in sentences for line in text.split("\n") if line.strip())


def _digest(text: str) -> str:
    """Return a short name for a text, the same however it is spaced and in whichever case it is."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()[:8]
