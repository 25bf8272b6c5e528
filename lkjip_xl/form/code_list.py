"""A list of codes, as it is published or kept (xlsx or CSV), and the part of it that the workbook of one OPD carries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from lkjip_xl.base.csv_rows import csv_rows
from lkjip_xl.base.errors import DataError, SetupError
from lkjip_xl.base.keys import ColumnKey, RowKey
from lkjip_xl.base.showing import short
from lkjip_xl.form.submission import Submission, Value, fits
from lkjip_xl.formula.pattern import ANY
from lkjip_xl.template.declaration import MAX_ROWS
from lkjip_xl.template.declared_set import CodesDeclaration
from lkjip_xl.template.model import Table, Template
from lkjip_xl.xlsx.guard import open_file, sheets_of

_Line = Mapping[int, Any]  # what stands in a row, by column
_HEADING_ROWS = 50  # at the top of a sheet, among which the headings are looked for
_LETTER = re.compile(r"[^\W\d_]")  # the columns of a list have numbers, too
_LEAST_YEAR, _LAST_YEAR = 1900, 9999


class Entry(NamedTuple):
    """A code of the list in a year; None: in every year."""

    code: str
    year: int | None
    texts: Mapping[str, str]
    """What the list says of it, by column of the list's table."""


@dataclass(frozen=True)
class CodeList:
    """A list of codes, and the places of its rows whose code or year cannot be told."""

    path: Path
    entries: tuple[Entry, ...]
    skipped: tuple[str, ...] = ()


def load_codes(path: Path, template: Template) -> CodeList:
    """Read a list of codes; raise ``DataError`` where it holds none, ``WorkbookError`` where it cannot be opened.

    The headings may stand below a title, and on several sheets; a code may stand in one column, or in parts under one
    heading (urusan, bidang, program, …).
    """
    declared = _declared(template)
    table = template.tables[declared.table]
    entries: list[Entry] = []
    skipped: list[str] = []
    found = False
    for sheet, lines in _sheets(path):
        head = next((each for each in lines[:_HEADING_ROWS] if _columns(declared, table, each[1])), None)
        if head is None:
            continue
        found = True
        columns = _columns(declared, table, head[1])
        for number, line in lines[lines.index(head) + 1 :]:
            try:
                entries += _entry(declared, table, columns, line)
            except ValueError:
                skipped.append(f"{sheet} baris {number}".strip())
    if not found:
        wanted = (table.columns[key].declared.headings for key in (declared.code, declared.name))
        code, name = (" atau ".join(each.upper() for each in headings) for headings in wanted)
        raise DataError(f"tidak ada baris judul dengan kolom {code} dan {name}", path)
    if not entries:
        raise DataError("daftar kode ini tidak memuat satu kode pun", path)
    return CodeList(path, tuple(entries), tuple(skipped))


def with_codes(
    template: Template, submission: Submission, codes: CodeList, fields: Sequence[str] = ()
) -> Submission:
    """Return the submission with the codes of its OPD's ``fields`` (such as 2.13), and those that are everyone's.

    Without ``fields`` they are taken from the OPD's code. Raises ``SetupError`` where the list holds none of them.
    """
    declared = _declared(template)
    table = template.tables[declared.table]
    of_opd = fields or _fields(submission.code(template), declared.parts)
    chosen = _of_year(codes.entries, submission.setup.year)
    own = [
        each for code, each in chosen.items() if any(code == f or code.startswith(f + ".") for f in of_opd)
    ]
    if not own:
        whose = f"bidang {short(', '.join(of_opd))}" if of_opd else "OPD tanpa kode berangka"
        raise SetupError(
            f"{codes.path.name} tidak memuat kode {whose}; tulis bidangnya, misalnya --bidang 2.13"
        )
    shared = [each for code, each in chosen.items() if code.startswith(declared.everyone)]
    carried = {each.code: each for each in shared}
    used = sorted({".".join(each.code.split(".")[: declared.parts]) for each in own})
    for field in used:  # a budget has the OPD's own field in their place
        tails = ((each, each.code.removeprefix(declared.everyone)) for each in shared)
        carried |= {field + tail: each._replace(code=field + tail) for each, tail in tails if tail}
    carried |= {each.code: each for each in own}
    if len(carried) > MAX_ROWS:
        raise SetupError(f"{codes.path.name}: {len(carried)} kode untuk satu OPD; paling banyak {MAX_ROWS}")
    rows: dict[RowKey, Mapping[ColumnKey, Value]] = {
        (table.key, number): _cells(declared, carried[code], submission.setup.year)
        for number, code in enumerate(sorted(carried), start=1)
    }
    modules = submission.setup.modules | {table.declared.module or ""}
    sizes = {**submission.setup.rows, table.key: len(rows)}
    setup = replace(submission.setup, modules=modules, rows=sizes)
    notice = replace(submission.notice, lists="")
    return replace(submission, setup=setup, tables={**submission.tables, table.key: rows}, notice=notice)


def _declared(template: Template) -> CodesDeclaration:
    declared = template.declared.codes
    if declared is None:
        raise SetupError(f"templat {template.declared.id} tidak memakai daftar kode (--codes)")
    return declared


def _sheets(path: Path) -> Iterator[tuple[str, list[tuple[int, _Line]]]]:
    """Yield the sheets of a file with their rows, and the numbers by which people know these."""
    if path.suffix.casefold() == ".csv":
        yield "", [(number, dict(enumerate(row))) for number, row in csv_rows(path)]
        return
    if path.suffix.casefold() != ".xlsx":
        raise DataError("daftar kode seharusnya berkas .xlsx atau .csv", path)
    for name, sheet in sheets_of(open_file(path)).items():
        yield name, [(row + 1, line) for row, line in sheet.cells.items()]


def _columns(declared: CodesDeclaration, table: Table, line: _Line) -> dict[str, range]:
    """Return where the columns of the list stand that a row names; empty where it does not name code and name.

    A heading reaches as far as the next one: below that of a code may stand its parts.
    """
    named = {at: _text(cell).casefold() for at, cell in line.items() if _text(cell)}
    ends = dict(zip(sorted(named), [*sorted(named)[1:], max(named, default=0) + 1], strict=True))
    found: dict[str, range] = {}
    for column in table.columns.values():
        for at, text in named.items():
            if column.key not in found and text.startswith(column.declared.headings):
                found[column.key] = range(at, ends[at])
    return found if {declared.code, declared.name} <= found.keys() else {}


def _entry(
    declared: CodesDeclaration, table: Table, columns: Mapping[str, range], line: _Line
) -> Iterator[Entry]:
    """Yield the code of a row; none where it has no code or no name, as headings. Raises ``ValueError`` where it cannot be told."""
    cells = {key: [_text(line[at]) for at in places if at in line] for key, places in columns.items()}
    texts = {key: " ".join(filter(None, found)) for key, found in cells.items()}
    code = ".".join(filter(None, cells[declared.code]))
    if not _LETTER.search(texts[declared.name]) or not re.search(r"[\dX]\.", code):
        return
    pattern = table.columns[declared.code].pattern or ANY
    code = pattern.normalised(code)
    if not pattern.fits(code) or not all(map(fits, texts.values())):
        raise ValueError(code)
    year = texts.pop(declared.year, "")
    if year and not (year.isdecimal() and _LEAST_YEAR <= int(year) <= _LAST_YEAR):
        raise ValueError(year)
    yield Entry(code, int(year) if year else None, texts | {declared.code: code})


def _text(raw: Any) -> str:
    """Return a cell's text; of a number its digits, which a code that lost some does not fit."""
    if isinstance(raw, float):
        return f"{raw:.15g}"
    return " ".join(raw.split()) if isinstance(raw, str) else ""


def _of_year(entries: Iterable[Entry], year: int) -> dict[str, Entry]:
    """Return the entry of each code: that of the year or of every year, else the latest of other years."""
    ordered = sorted(entries, key=lambda each: (each.year in (None, year), each.year or 0))
    return {each.code: each for each in ordered}  # the last one of a code counts


def _fields(code: str, parts: int) -> list[str]:
    """Return the fields that an OPD's code may name: 2.13.2.08.0.00.01 those of 2.13, 2.08 and 0.00."""
    groups = re.split(r"[.-]", code)
    fields = [".".join(groups[at : at + parts]) for at in range(0, len(groups) - parts + 1, parts)]
    return [field for field in fields if re.search(r"\d", field)]


def _cells(declared: CodesDeclaration, entry: Entry, year: int) -> dict[ColumnKey, Value]:
    cells: dict[ColumnKey, Value] = {(key, None): text for key, text in entry.texts.items() if text}
    cells[declared.code, None] = entry.code
    if entry.year not in (None, year):
        cells[declared.year, None] = str(entry.year)
    return cells
