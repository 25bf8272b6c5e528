"""A printed table or form as one of a document: as wide as the paper, upright or on its side, in parts where it must be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lkjip_xl.report.docx.elements import (
    Element,
    bold,
    cell,
    element,
    keep_with_next,
    paragraph,
    row,
    runs,
    table,
)
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.styles import SIZE, SMALL, TABLE_NAME
from lkjip_xl.report.printed import HEADING_ROWS, NO_ROWS, GroupHeading, PrintedForm, PrintedTable, Row
from lkjip_xl.report.printed_parts import Part, table_parts
from lkjip_xl.report.printed_text import text_of
from lkjip_xl.template.declaration import Paper

_PADDING = 150  # twips beside a text
_EASE = 0.3  # of the way from the least width of the columns to the wanted one: so much room is needed
_WORD = 16  # characters: longer words are broken
_TOGETHER = 8  # rows of a table that is not divided between pages
_FORM = (0.4, 0.6)
_HEAD, _GROUP, _TOTAL = "DDE8EE", "EEF3F6", "F2F2F2"  # fills
_FIGURES = ("number", "integer", "ordinal")


@dataclass(frozen=True, slots=True)
class Laid:
    """A table, or some columns of it, with the widths of its columns in twips; ``small`` where its letters are smaller."""

    part: Part
    widths: tuple[int, ...]
    small: bool = False


def laid_out(
    printed: PrintedTable, paper: Paper, upright: int, sideways: int
) -> tuple[bool, tuple[Laid, ...]]:
    """Return whether a table stands on its side, and its parts; ``upright`` and ``sideways`` are the rooms in twips."""
    whole = Part(printed, (), tuple(range(1, len(printed.columns) + 1)))
    tries = ((False, False), (False, True), (True, False), (True, True))
    for on_side, small in tries:
        room = sideways if on_side else upright
        widths = _widths(printed, room, small=small)
        if widths is not None:
            return on_side, (Laid(whole, widths, small),)
    return True, tuple(
        Laid(part, _widths(part.table, sideways, small=True) or _even(part.table, sideways), small=True)
        for part in table_parts(printed, paper)
    )


def _widths(printed: PrintedTable, room: int, *, small: bool) -> tuple[int, ...] | None:
    """Return widths that fill the room; None where they would be too narrow."""
    size = SMALL if small else SIZE
    least, wanted = [], []
    for place, column in enumerate(printed.columns):
        texts = [
            text_of(column.declared, line.cells[place].value)
            for line in printed.rows
            if isinstance(line, Row)
        ]
        if printed.total is not None:
            texts.append(text_of(column.declared, printed.total.values[place]))
        heads = [str(each.text) for each in printed.headings if each.column == place and each.columns == 1]
        words = [length(word[:_WORD], size) for text in texts for word in text.split()]
        words += [length(word[:_WORD], size, bold=True) for text in heads for word in text.split()]
        longest = max((length(text, size, bold=True) for text in texts), default=0)
        figure = column.declared.type in _FIGURES
        narrow = max([length("00", size), *words, longest if figure else 0])
        most = length("n" * column.declared.width, size)
        least.append(narrow + _PADDING)
        wanted.append(max(narrow, longest if figure else min(longest, most)) + _PADDING)
    if sum(least) + _EASE * (sum(wanted) - sum(least)) > room:
        return None
    spread = sum(wanted) - sum(least)
    if not spread:
        return tuple(int(each * room / sum(least)) for each in least)
    share = (room - sum(least)) / spread
    return tuple(int(low + share * (high - low)) for low, high in zip(least, wanted, strict=True))


def _even(printed: PrintedTable, room: int) -> tuple[int, ...]:
    total = sum(column.declared.width for column in printed.columns)
    return tuple(int(room * column.declared.width / total) for column in printed.columns)


def length(text: str, size: float, *, bold: bool = False) -> int:
    """Return how long a text is in twips, in letters such as Arial's of a size in points."""
    ems = sum(_EMS.get(each, _CAPITAL if each.isupper() else _SMALL) for each in text)
    return int(ems * size * 20 * (_BOLDER if bold else 1))


_SMALL, _CAPITAL, _BOLDER = 0.54, 0.7, 1.13
_EMS = {
    **dict.fromkeys("0123456789", 0.557),
    **dict.fromkeys(" .,:;!'|()-iltfjrI", 0.32),
    "m": 0.84,
    "w": 0.73,
    "M": 0.84,
    "W": 0.95,
    "%": 0.89,
}


def table_of(laid: Laid, package: Package) -> Element:
    """Return the table of a part."""
    printed = laid.part.table
    body = [*_body(laid, package)]
    for each in body if len(body) <= _TOGETHER else body[-1:]:  # the source stands below the last
        keep_with_next(each)
    rows = [*_heading_rows(laid, package), *body]
    title = " ".join(filter(None, (printed.number, printed.title)))
    return table(
        package.style(TABLE_NAME), laid.widths, rows, title, f"Tabel terisi dari buku kerja: {title}"
    )


def _heading_rows(laid: Laid, package: Package) -> Iterator[Element]:
    """Yield the rows of headings, with the numbers of the columns below."""
    printed, style = laid.part.table, package.style(_named("LKjIP Kepala Tabel", laid))
    lines = 1 if all(each.rows == HEADING_ROWS for each in printed.headings) else HEADING_ROWS
    for line in range(lines):
        cells = []
        for each in sorted(printed.headings, key=lambda each: each.column):
            if each.row > line or (each.row + each.rows <= line):
                continue
            merge = "" if each.rows == 1 or lines == 1 else "restart" if line == each.row else "continue"
            width = sum(laid.widths[each.column : each.column + each.columns])
            text = paragraph(style, [] if merge == "continue" else runs(str(each.text)))
            cells.append(cell(width, text, columns=each.columns, merge=merge, shade=_HEAD))
        yield row(cells, heading=True)
    numbers = package.style("LKjIP Nomor Kolom")
    yield row(
        [
            cell(width, paragraph(numbers, runs(str(number))), shade=_HEAD)
            for width, number in zip(laid.widths, laid.part.numbers, strict=True)
        ],
        heading=True,
    )


def _named(style: str, laid: Laid) -> str:
    return f"{style} Kecil" if laid.small else style


def _body(laid: Laid, package: Package) -> Iterator[Element]:
    printed, widths = laid.part.table, laid.widths
    text, figure = (package.style(_named(name, laid)) for name in ("LKjIP Teks Tabel", "LKjIP Angka Tabel"))

    def styled(place: int, value: object) -> str:
        return (
            figure if isinstance(value, float) and printed.columns[place].declared.type != "ordinal" else text
        )

    def written(place: int, value: object, *properties: Element) -> Element:
        shown = text_of(printed.columns[place].declared, value)  # type: ignore[arg-type]  # a cell's value
        return paragraph(styled(place, value), runs(shown, *properties) if shown else [])

    for line in printed.rows:
        if isinstance(line, GroupHeading):
            words = runs(line.text, bold()) if line.level == 0 else runs(line.text, element("w:i"))
            yield row([cell(sum(widths), paragraph(text, words), columns=len(widths), shade=_GROUP)])
            continue
        yield row(
            [
                cell(
                    width,
                    written(place, each.value if each.rows else None, *([bold()] if each.strong else [])),
                    merge="" if each.rows == 1 else "restart" if each.rows else "continue",
                )
                for place, (width, each) in enumerate(zip(widths, line.cells, strict=True))
            ]
        )
    if not printed.rows:
        yield row([cell(sum(widths), paragraph(text, runs(NO_ROWS)), columns=len(widths))])
    if printed.total is not None:
        yield row(
            [
                cell(width, written(place, value, bold()), shade=_TOTAL)
                for place, (width, value) in enumerate(zip(widths, printed.total.values, strict=True))
            ]
        )


def form_of(form: PrintedForm, package: Package, room: int) -> Element:
    """Return the table of a form: a label and a value in each row."""
    text = package.style("LKjIP Teks Tabel")
    widths = [int(room * share) for share in _FORM]
    rows = []
    for each in form.fields:
        label = paragraph(text, runs(each.label))
        shown = text_of(each.declared, each.value)
        rows.append(
            row([cell(widths[0], label), cell(widths[1], paragraph(text, runs(shown) if shown else []))])
        )
    return table(package.style(TABLE_NAME), widths, rows, form.title, f"Isian dari buku kerja: {form.title}")
