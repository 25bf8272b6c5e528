"""The door to xlsxwriter: a workbook in memory, with styles by name and text that always stays text."""

from __future__ import annotations

import contextlib
import datetime
import io
import math
import traceback
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, Worksheet

from lkjip_xl.base.errors import OutputError, file_reason
from lkjip_xl.base.showing import safe
from lkjip_xl.form.submission import Value
from lkjip_xl.formula import status
from lkjip_xl.formula.cell_tests import MAX_NUMBER
from lkjip_xl.template.declaration import Paper
from lkjip_xl.words.wording import cut
from lkjip_xl.write import styles
from lkjip_xl.write.kept_once import KeptOnce, Shared
from lkjip_xl.write.styles import Style
from lkjip_xl.xlsx.styles import Unreadable

_LINE = 15.0  # points
_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")

# Written into every workbook, so that the same content gives the same bytes.
_CREATED = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)


class _PlainWorksheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A sheet whose formulas are written as they are.

    xlsxwriter searches each formula, twice, for some 50 functions newer than Excel 2010. Ours has none, and searching
    took half of the time of a workbook; a text such as "SORT(" in a formula would even be taken for one.

    Formulas of one group below one another are kept once: text of formulas would be two thirds of a workbook.
    """

    def __init__(self) -> None:
        super().__init__()
        self._once = KeptOnce()
        self.growing: set[int] = set()  # rows in which people type

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002 - xlsxwriter's own signature
        return formula.removeprefix("=")

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        """Write a tag; the height of a row in which people type is none that they chose, so that it grows while they do."""
        if tag == "row" and dict(attributes)["r"] - 1 in self.growing:
            attributes = [each for each in attributes if each[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)

    def _write_formula(
        self, row: int, col: int, formula: str, cell_format: Format | None = None, value: Any = 0
    ) -> int:
        if self.constant_memory and row > self.previous_row:
            self._write_single_row(row)
        if not self._check_dimensions(row, col):
            text = formula.removeprefix("=")
            kept = text if self.constant_memory else self._once.kept(row, col, formula)
            self.table[row][col] = CellFormulaTuple(kept, cell_format, value)
        return 0

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Write a formula's blank result as the empty text that it is, and text without control characters.

        xlsxwriter would leave the one a number without digits, and the other would be no XML. Most cells are formulas
        and blanks; written here they take a third of the time.
        """
        if not isinstance(cell, CellBlankTuple | CellFormulaTuple):
            super()._write_cell(row, col, cell)
            return
        place = f'r="{xl_rowcol_to_cell_fast(row, col)}"'
        if cell.format:
            place += f' s="{cell.format._get_xf_index()}"'  # noqa: SLF001 - as the method that this one stands for
        if isinstance(cell, CellBlankTuple):
            self.fh.write(f"<c {place}/>" if cell.format else "")
            return
        value, kind = cell.value, ""
        if isinstance(value, str):
            kind = ' t="e"' if value in _ERRORS else ' t="str"'
            value = escape(self._escape_control_characters(value)) if value else value
        elif isinstance(value, float) and value.is_integer() and abs(value) < MAX_NUMBER:
            value = int(value)
        kept = cell.formula
        formula = kept.element(row, col) if isinstance(kept, Shared) else f"<f>{escape(kept)}</f>"
        self.fh.write(f"<c {place}{kind}>{formula}<v>{value}</v></c>")


class _FileUrl(Url):  # type: ignore[misc]  # xlsxwriter has no types
    """A link to a file whose target is the URI as it is given.

    xlsxwriter would take the words before a colon for a scheme of its own, and a slash for a backslash.
    """

    def __init__(self, uri: str, place: str, text: str) -> None:
        super().__init__("external:berkas")
        self._link = self._relationship_link = uri
        self._anchor = place
        self._text = text


class Book:
    """A workbook being written; ``finish`` returns its bytes."""

    def __init__(
        self,
        title: str,
        stream: Path | None = None,
        *,
        verbatim: bool = False,
        owner: str = "",
        paper: Paper = "A4",
    ) -> None:
        """Begin a workbook; with ``stream`` rows go to that file as they are written, in their order.

        ``owner`` stands below each printed page, of ``paper``.
        Text is made safe to look at, unless it is to be read again as it was (``verbatim``).
        """
        self.verbatim = verbatim
        self.owner, self.paper = owner, paper
        self._buffer = io.BytesIO()
        memory = {"in_memory": True} if stream is None else {"constant_memory": True}
        self._book = xlsxwriter.Workbook(
            self._buffer if stream is None else str(stream),
            {
                **memory,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.set_properties({"title": title, "author": "lkjip-xl", "created": _CREATED})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}  # also under other orders of a style

    def chart(self, kind: str, subtype: str = "") -> Any:
        """Add a chart of a kind that xlsxwriter knows."""
        return self._book.add_chart({"type": kind, **({"subtype": subtype} if subtype else {})})

    def name(self, name: str, cells: str) -> None:
        """Give a name to some cells, with their sheet before them."""
        self._book.define_name(name, status.result(cells))

    def property(self, name: str, text: str) -> None:
        """Set a custom document property."""
        self._book.set_custom_property(name, text, "text")

    def sheet(self, name: str) -> Sheet:
        """Add a sheet."""
        return Sheet(self, self._book.add_worksheet(name, _PlainWorksheet))

    def format(self, style: Style) -> Format | None:
        """Return the one format of a style; None of none."""
        if not style:
            return None
        items = tuple(style.items())
        if items not in self._formats:
            key = tuple(sorted(items))
            self._formats[items] = self._formats.get(key) or self._book.add_format(dict(style))
            self._formats[key] = self._formats[items]
        return self._formats[items]

    def finish(self) -> bytes:
        """Close the workbook and return it."""
        try:
            self._book.close()
        except (FileCreateError, OSError) as error:
            _close_archives(error)
            cause = error.args[0] if isinstance(error, FileCreateError) and error.args else error
            reason = file_reason(cause) if isinstance(cause, OSError) else "gangguan berkas"
            raise OutputError(f"hasil tidak dapat ditulis ({reason})") from None
        return self._buffer.getvalue()


def _close_archives(error: BaseException) -> None:
    """Close the archive that could not be written; forgotten while open it would try again, and complain aloud."""
    frames = [*traceback.walk_tb(error.__traceback__)]
    if error.__context__ is not None:
        frames += traceback.walk_tb(error.__context__.__traceback__)
    for frame, _ in frames:
        for each in frame.f_locals.values():
            if isinstance(each, zipfile.ZipFile):
                with contextlib.suppress(OSError):
                    each.close()


class Sheet:
    """A sheet being written; rows and columns count from 0."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self.book = book
        self.raw = sheet
        """The xlsxwriter sheet, for page set-up, validations and the like; cells are written by the methods here."""
        self.formulas = 0
        """How many there are."""

    def value(self, row: int, column: int, value: Value | int | None, style: Style) -> None:
        """Write a typed value as what it is; text is never a formula or a link, and one too long says so at its end."""
        if self.raw.constant_memory and row < self.raw.previous_row:
            raise ValueError("rows that go to a file as they are written are written in their order")
        cell_format, raw = (
            self.book.format(style),
            self.raw,
        )  # by the methods behind those that also take "A1"
        if value is None or value == "":
            raw._write_blank(row, column, None, cell_format)  # noqa: SLF001
        elif isinstance(value, str):
            text = cut(value if self.book.verbatim else safe(value))
            raw._write_string(row, column, text, cell_format)  # noqa: SLF001
        else:
            raw._write_number(row, column, value, cell_format)  # noqa: SLF001

    def date(self, row: int, column: int, iso: str, style: Style) -> None:
        """Write a date given in ISO form."""
        day = datetime.datetime.fromisoformat(iso)
        self.raw.write_datetime(row, column, day, self.book.format(style))

    def raw_value(self, row: int, column: int, value: Any, style: Style) -> None:
        """Write what somebody typed into a cell that is not made for it, as it was."""
        match value:
            case bool():
                self.raw.write_boolean(row, column, value, self.book.format(style))
            case datetime.timedelta() | datetime.time():
                shown = self.book.format({**style, "num_format": "[h]:mm"})
                self.raw.write_datetime(row, column, value, shown)
            case datetime.date():  # a datetime is one, too
                shown = self.book.format({**style, "num_format": styles.DATE_FORMAT})
                self.raw.write_datetime(row, column, value, shown)
            case Unreadable():
                error = str(value) if value in _ERRORS else "#N/A"
                self.raw.write_formula(row, column, status.result(error), self.book.format(style), error)
            case float() if not math.isfinite(value):
                self.value(row, column, str(value), style)
            case _:
                self.value(row, column, value, style)

    def note(self, row: int, column: int, text: str) -> None:
        """Attach a note to a cell; it shows where the mouse is."""
        size = {"x_scale": 2.2, "y_scale": max(1.0, 0.25 * lines_of(text, 40))}
        self.raw.write_comment(row, column, cut(text), {"author": "lkjip-xl", **size})

    def formula(self, row: int, column: int, formula: str, value: Value | None, style: Style) -> None:
        """Write a formula with its computed value."""
        cached = "" if value is None else cut(value) if isinstance(value, str) else value
        self.formulas += 1
        self.raw.write_formula(row, column, formula, self.book.format(style), cached)

    def link(self, row: int, column: int, sheet: str, cell: str, text: str) -> None:
        """Write a link to a cell of this workbook."""
        target = f"internal:'{sheet}'!{cell}"
        self.raw.write_url(row, column, target, self.book.format(styles.LINK), cut(text))

    def link_file(self, row: int, column: int, uri: str, place: str, text: str) -> None:
        """Write a link to another file, given as a URI, and a cell in it such as ``'Sheet'!A1`` if any."""
        self.raw.write_url(row, column, _FileUrl(uri, place, text), self.book.format(styles.LINK))

    def chart(self, row: int, column: int, chart: Any, words: str) -> None:
        """Put a chart of the book at a cell; ``words`` are for those who cannot see it."""
        self.raw.insert_chart(
            row, column, chart, {"description": cut(words), "object_position": 2, "y_offset": 4}
        )

    def merged(
        self, row: int, column: int, last_row: int, last_column: int, text: Value | None, style: Style
    ) -> None:
        """Write one value over a range; a range of one cell is simply written."""
        self.value(row, column, text, style)
        if (row, column) != (last_row, last_column):
            self.raw.merge_range(row, column, last_row, last_column, "", self.book.format(style))
            self.value(row, column, text, style)

    def fit(self, row: int, texts: Iterable[tuple[Any, float]], *, growing: bool = False) -> None:
        """Make a row high enough for its texts, given with the widths of their columns in characters.

        Rows of one line keep the program's own height, and grow by themselves while people type; so does one that is
        ``growing``, however high it begins.
        """
        lines = max((lines_of(text, width) for text, width in texts if isinstance(text, str)), default=1)
        self.fit_lines(row, lines)
        if growing and lines > 1:
            self.raw.growing.add(row)

    def fit_lines(self, row: int, lines: int, height: float = _LINE) -> None:
        """Make a row high enough for so many lines of a height in points."""
        if lines > 1:
            self.raw.set_row(row, min(409.0, height * lines))

    def fit_heading(self, row: int, lines: int) -> None:
        """Make the second of two rows of headings high enough for so many lines in both."""
        self.raw.set_row(row, _LINE * max(1, lines - 1) + 3)

    def coloured(self, cells: tuple[int, int, int, int], colours: Iterable[tuple[str, Style]]) -> None:
        """Give some cells the format of the first condition that holds."""
        for criteria, style in colours:
            look = {"format": self.book.format(style), "stop_if_true": True}
            self.raw.conditional_format(*cells, {"type": "formula", "criteria": criteria, **look})

    def protect(self) -> None:
        """Lock the sheet without a password; widths, heights, filters and copying stay allowed."""
        allowed = {"format_columns": True, "format_rows": True, "autofilter": True}
        self.raw.protect("", allowed)


def lines_of(text: str, width: float, *, bold: bool = False) -> int:
    """Return how many lines text takes in a column ``width`` characters wide, a little on the safe side."""
    usable = max(1.0, (width * 0.82 if bold else width) - 1)
    return sum(max(1, math.ceil(len(line) * 0.92 / usable)) for line in text.split("\n"))
