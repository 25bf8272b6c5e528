"""The workbooks that mishaps happen to, and what a person means by a mishap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from clean import clean_document
from lkjip_xl.base.keys import ColumnKey, RowKey
from lkjip_xl.form.json_data import from_document, load_data
from lkjip_xl.form.layout import Placement, lay_out
from lkjip_xl.form.submission import Submission, Value, fitted
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render
from parts import below, number, put, read_parts, sheets_of, style_of, text, write_parts
from support import ROOT

ValueKey = tuple[str, RowKey, ColumnKey]  # table, row, column with its year
Said = tuple[str, str, str]  # rule, sheet, cell


@dataclass(frozen=True)
class Subject:
    """A completed workbook: the file, what was typed into it, and where."""

    name: str
    title: str
    path: Path
    submission: Submission
    placements: Mapping[str, Placement]
    faulty: bool = False
    """Whether cells hold things that they should not: the findings about them must survive, too."""

    def first(self, table: str, column: str, *, nth: int = 0) -> ValueKey:
        """Return the nth filled cell of a column."""
        rows = self.submission.tables[table]
        filled = [(table, row, key) for row in rows for key in rows[row] if key[0] == column]
        return filled[nth]

    def at(self, key: ValueKey) -> tuple[str, str]:
        """Return sheet and address of a cell."""
        place = self.placements[key[0]]
        return place.sheet, place.cell(key[2], key[1])

    def value(self, key: ValueKey) -> Value:
        """Return what was typed into a cell."""
        return self.submission.tables[key[0]][key[1]][key[2]]


@dataclass(frozen=True)
class Expected:
    """What must come of a mishap.

    ``submission`` is what the workbook says now (the same as before where it is None), without what cannot be read;
    ``reported`` are the findings that must be there, with their places, beside those that the values themselves give;
    ``notes`` are rules of severity catatan that may speak, ``follow`` rules that may speak where something was lost.
    ``refused`` says that the whole file is refused.
    """

    submission: Submission | None = None
    reported: tuple[Said, ...] = ()
    notes: frozenset[str] = frozenset()
    follow: frozenset[str] = frozenset()
    refused: bool = False


@dataclass(frozen=True)
class Mutation:
    """One mishap: ``apply`` writes the changed copy of a subject and returns what must come of it.

    ``right`` says whether everything is read right without a person's help; otherwise it is reported at its place.
    ``of_bytes``: only the file's form differs, so that everything found before is found again. ``cell``: one cell differs.
    ``module``: it happens to a table of that module.
    """

    id: str
    text: str
    group: str
    apply: Callable[[Subject, Path], Expected]
    right: bool = True
    of_bytes: bool = False
    office: bool = False
    cell: bool = False
    module: str = ""


def with_values(submission: Submission, changes: Mapping[ValueKey, Value | None]) -> Submission:
    """Return the submission with other values in some cells; None makes a cell blank."""
    tables: dict[str, dict[RowKey, dict[ColumnKey, Value]]] = {
        table: {row: dict(cells) for row, cells in rows.items()} for table, rows in submission.tables.items()
    }
    for (table, row, column), value in changes.items():
        cells = tables.setdefault(table, {}).setdefault(row, {})
        if value is None:
            cells.pop(column, None)
        else:
            cells[column] = value
    return replace(submission, tables=tables)


def with_rows(
    submission: Submission, table: str, order: Callable[[RowKey], RowKey | None], part: str | None = None
) -> Submission:
    """Return the submission with a table's rows elsewhere; None removes a row."""
    rows = submission.tables.get(table, {})
    moved = {
        new: cells
        for row, cells in rows.items()
        if (new := order(row) if part in (None, row[0]) else row) is not None
    }
    explained = {
        (owner, new, field_of): said
        for (owner, row, field_of), said in submission.explanations.items()
        if (new := row if owner != table or row is None else order(row)) is not None or row is None
    }
    return replace(
        submission, tables={**submission.tables, table: dict(sorted(moved.items()))}, explanations=explained
    )


def without(submission: Submission, table: str, columns: Iterable[ColumnKey] | None = None) -> Submission:
    """Return the submission without some columns of a table, or without the table."""
    if columns is None:
        kept = {key: text for key, text in submission.explanations.items() if key[0] != table}
        tables = {key: rows for key, rows in submission.tables.items() if key != table}
        return replace(submission, tables=tables, explanations=kept)
    gone = set(columns)
    rows = {
        row: {key: value for key, value in cells.items() if key not in gone}
        for row, cells in submission.tables.get(table, {}).items()
    }
    return replace(submission, tables={**submission.tables, table: rows})


# -- the workbooks ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Kind:
    """How a subject is made."""

    title: str
    document: Mapping[str, Any] = field(default_factory=dict)
    sample: str = ""
    idm: bool = True
    small: bool = False
    faulty: bool = False
    takes: Callable[[Mutation], bool] = lambda _: True
    """Which mutations are tried on it."""


def _of_size(mutation: Mutation) -> bool:
    """Whether size matters: real programs, and rows and columns that move; none of a module."""
    moved = mutation.id.startswith(("baris", "kolom", "google", "wps", "excel", "openpyxl"))
    return (mutation.office or moved) and not mutation.module


KINDS = {
    "contoh": _Kind("contoh DPMD Banyuasin 2023", sample="dpmd-banyuasin-2023"),
    "koreksi": _Kind(
        "contoh yang dikoreksi, dengan penjelasan",
        sample="dpmd-banyuasin-2023-koreksi",
        takes=lambda mutation: not mutation.of_bytes and not mutation.cell,
    ),
    "kecil": _Kind(
        "kecil, dengan modul IDM",
        {"indicators": 3, "budget": 5, "years": 3},
        small=True,
        takes=lambda mutation: not mutation.of_bytes,
    ),
    "besar": _Kind(
        "besar, tanpa modul IDM", {"indicators": 12, "budget": 120, "years": 6}, idm=False, takes=_of_size
    ),
    "cacat": _Kind(
        "kecil, dengan isian yang keliru",
        {"indicators": 3, "budget": 5, "years": 3},
        small=True,
        faulty=True,
        takes=lambda mutation: mutation.of_bytes,
    ),
}


def make_subject(name: str, folder: Path, template: Template) -> Subject:
    """Write one of the workbooks and return it."""
    kind = KINDS[name]
    submission = _submission(kind, template)
    path = folder / f"{name}.xlsx"
    path.write_bytes(render(template, submission))
    if kind.faulty:
        _plant(path)
    placements = lay_out(template, fitted(template, submission)).placements
    return Subject(name, kind.title, path, submission, placements, kind.faulty)


def _submission(kind: _Kind, template: Template) -> Submission:
    if kind.sample:
        return load_data(ROOT / "samples" / f"{kind.sample}.json", template)
    document = clean_document(**kind.document)
    document["tabel"]["identitas"]["tanggal"] = "2024-01-08"
    if not kind.idm:
        document["modul"] = []
        document["tabel"].pop("idm")
    submission = from_document(document, template)
    rows = {"keuangan": kind.document["budget"] + 2}  # some are left blank
    if kind.small:
        plain = [
            each for each in template.tables.values() if not each.is_form and not each.declared.fixed_rows
        ]
        rows = {each.key: 4 for each in plain} | rows
    return replace(submission, setup=replace(submission.setup, rows=rows))


def _plant(path: Path) -> None:
    """Plant what a reader may overlook: errors, formulas with and without results, values of the wrong kind, strays."""
    parts = read_parts(path)
    put(parts, "3.1 Kinerja", "H8", ' t="e"><v>#N/A</v>')
    put(parts, "3.1 Kinerja", "I9", "><f>12+13</f>")
    put(parts, "3.1 Kinerja", "I10", "><f>30+31</f><v>61</v>")
    put(parts, "3.1 Kinerja", "K10", number(90))
    put(parts, "1.1 Pegawai", "D9", text("1.234,56"))
    put(parts, "AKIP", "C7", ' t="b"><v>1</v>')
    put(parts, "Tindak Lanjut", "C8", number(5))
    put(parts, "IDM", "G8", number(45000), style_of(parts, "Identitas", "C17"))
    put(parts, "2.2 IKU", "J9", text("naik "))
    put(parts, "IKK", "K8", ' t="e"><f>1/0</f><v>#DIV/0!</v>')
    below(parts, "3.4 Keuangan", 200, '<c r="F200"><v>77</v></c>')
    below(parts, "IKK", 300, f'<c r="C300"{text("catatan")}</c>')
    assert len(sheets_of(parts)) > 20
    write_parts(parts, path)
