"""The judge of mishaps: was every number of a mutated workbook read right, or reported with its place?

The workbook as it came back is compared with one that is made anew from what the person means: the same values, the
same results, the same findings. Whatever differs must have been said, at its place.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import polars as pl
import python_calamine

from lkjip_xl.base.a1 import from_a1
from lkjip_xl.base.errors import LkjipError
from lkjip_xl.base.findings import Finding, Severity
from lkjip_xl.base.keys import ColumnKey, Explained, RowKey
from lkjip_xl.check.causes import may_follow
from lkjip_xl.check.reads import Reads
from lkjip_xl.compute.results import Results, cells
from lkjip_xl.consolidation.chunk import Task, read_chunk
from lkjip_xl.consolidation.frames import FILES, FINDINGS, Sort
from lkjip_xl.form.layout import Placement
from lkjip_xl.form.submission import Submission, Value
from lkjip_xl.pipeline import Checked, validate
from lkjip_xl.read.values import typed_value
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.write.render import render
from lkjip_xl.xlsx.guard import file_digest
from subjects import Expected, Mutation, Said, Subject, ValueKey, with_values

SECONDS = 30.0  # a file that takes longer has hung

# Findings that say of one cell, of a column, of a row, of a table that it could not be read.
_CELL_RULES = frozenset({"tipe", "tanggal-di-angka", "persen-di-angka", "teks-terlalu-panjang"})
_COLUMN_RULES = frozenset({"kolom-hilang"})
_ROW_RULES = frozenset({"baris-hilang"})
_DOUBLE_RULE = "kolom-ganda"
_TEMPLATE = load_template()
_TABLE_RULES = frozenset({"tabel-hilang"})
# Findings about formulas that show the right result: only the check of a single workbook looks for them everywhere.
_SINGLE_ONLY = frozenset({"rumus-diganti", "pemeriksaan-hilang", "rumus-tidak-terperiksa"})


class Verdict(StrEnum):
    """What came of a mishap, best first."""

    RIGHT = "benar"
    REPORTED = "dilaporkan"
    SILENT = "salah diam-diam"
    CRASH = "crash"


@dataclass(frozen=True)
class Judged:
    """The verdict on one mutated workbook, with its reasons."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """All that the product says of one workbook; ``refusal`` where it is not opened, ``crash`` where that went wrong."""

    setup: Setup | None = None
    values: Mapping[ValueKey, Value] = field(default_factory=dict)
    explanations: Mapping[Explained, str] = field(default_factory=dict)
    results: Mapping[tuple[str, RowKey | None, ColumnKey], Value] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    placements: Mapping[str, Placement] = field(default_factory=dict)
    misplaced: tuple[str, ...] = ()
    bulk: tuple[str, ...] = ()
    """In what ``consolidate`` differs from ``validate``."""
    refusal: str = ""
    crash: str = ""


# -- reading ------------------------------------------------------------------------------------------------------


def reading(path: Path, template: Template, *, bulk: bool = True) -> Reading:
    """Read a workbook as ``validate`` does and, with ``bulk``, as ``consolidate`` does."""
    begun = time.monotonic()
    try:
        (checked,), results = validate([path], template)
        if checked.workbook is None:
            message = checked.findings[0].message
            found = Reading(refusal=message, findings=checked.findings, crash=_not_one_line(message))
        else:
            found = _found(checked, results, template)
        if bulk:
            found = replace(found, bulk=tuple(_bulk(path, template, checked, results)))
    except LkjipError as error:
        return Reading(refusal=str(error), crash=_not_one_line(str(error)))
    except BaseException as error:  # a panic of a library is no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        return Reading(crash=f"{type(error).__name__}: {error}")
    if (seconds := time.monotonic() - begun) > SECONDS:
        return replace(found, crash=f"lebih dari {SECONDS:.0f} detik ({seconds:.0f})")
    return found


def _not_one_line(message: str) -> str:
    return "" if message and "\n" not in message else "pesannya bukan satu baris"


def _found(checked: Checked, results: Results, template: Template) -> Reading:
    workbook = checked.workbook
    assert workbook is not None
    submission = workbook.submission
    return Reading(
        replace(submission.setup, rows={}),
        flat(submission),
        submission.explanations,
        {
            (table, row, key): value
            for table, rows in cells(results, checked.number).items()
            for row, columns in rows.items()
            for key, value in columns.items()
            if value is not None
        },
        checked.findings,
        workbook.placements,
        tuple(_misplaced(checked.path, template, checked)),
    )


def flat(submission: Submission) -> dict[ValueKey, Value]:
    """Return what is typed, by table, row and column."""
    return {
        (table, row, column): value
        for table, rows in submission.tables.items()
        for row, columns in rows.items()
        for column, value in columns.items()
    }


def _misplaced(path: Path, template: Template, checked: Checked) -> Iterator[str]:
    """Yield the findings whose cell, looked up in the file by itself, holds another value than the one that was read."""
    assert checked.workbook is not None
    values = flat(checked.workbook.submission)
    placed = [f for f in checked.findings if f.cell and f.place is not None]
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        grids = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in {each.sheet for each in placed}
        }
    except BaseException as error:  # the judge's own look fails on what only the guard mends
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        return
    for each in placed:
        assert each.place is not None
        column = template.tables[each.place.table].columns[each.place.column[0]]
        read = values.get((each.place.table, each.place.row or ("", 0), each.place.column))
        row, across = from_a1(each.cell)
        grid = grids[each.sheet]
        raw = grid[row][across] if row < len(grid) and across < len(grid[row]) else ""
        if isinstance(read, float) and isinstance(raw, str):
            raw = raw.strip()  # spaces around a number are no part of it
            raw = float(raw) if re.fullmatch(r"[-+.0-9eE]+", raw) else raw
        if read is not None and raw != "" and typed_value(column, raw) != read:
            yield f"{each.rule} di {each.sheet}!{each.cell}: di sana {raw!r}, yang dibaca {read!r}"


def _bulk(path: Path, template: Template, checked: Checked, results: Results) -> Iterator[str]:
    """Yield in what the bulk path differs: file, findings, rows of each table."""
    with tempfile.TemporaryDirectory() as name:
        chunk, _ = read_chunk(((str(path), file_digest(path)),), Task(None, Path(name)))
        frames = {part.stem: pl.read_parquet(part) for part in (Path(name) / chunk).glob("*.parquet")}
    (file,) = frames[FILES].to_dicts()
    if checked.workbook is None or file["jenis"] != Sort.SUBMITTED:
        own = checked.findings[0].message if checked.workbook is None else ""
        if own != (file["alasan"] or ""):
            yield f"consolidate: {file['alasan']!r}, validate: {own!r}"
        return
    columns = ("aturan", "lembar", "sel", "nilai", "pesan", "penjelasan")
    theirs = Counter(tuple(row[each] for each in columns) for row in frames[FINDINGS].to_dicts())
    mine = Counter(tuple(finding.as_json()[each] for each in columns) for finding in checked.findings)
    for said in (mine - theirs) + (theirs - mine):
        if said not in mine or said[0] not in _SINGLE_ONLY:
            yield f"consolidate: {said[0]} di {said[1]}!{said[2]} hanya di salah satu"
    for table in template.filled:
        frame = frames[table.key]
        names = [each for each in frame.columns if each not in ("sidik", "lembar", "sel")]
        if not frame.select(names).equals(
            results.bodies[table.key].select(names).cast(frame.select(names).schema)
        ):
            yield f"consolidate: tabel {table.key} lain"


# -- judging ------------------------------------------------------------------------------------------------------

Reference = Callable[[Submission], Reading]


def judge(
    mutated: Reading,
    subject: Subject,
    original: Reading,
    expected: Expected,
    made_anew: Reference,
    template: Template,
) -> Judged:
    """Return the verdict on a mutated workbook.

    ``original`` is the reading of the subject, ``made_anew`` that of a workbook of given values.
    """
    if mutated.crash:
        return Judged(Verdict.CRASH, (mutated.crash,))
    if mutated.refusal:
        if mutated.bulk:
            return Judged(Verdict.SILENT, mutated.bulk)
        return Judged(Verdict.REPORTED, (f"ditolak: {mutated.refusal}",))
    if expected.refused:
        return Judged(Verdict.SILENT, ("seharusnya ditolak",))
    meant = expected.submission if expected.submission is not None else subject.submission
    values = original.values if expected.submission is None else flat(meant)
    lost, wrong = _compared(values, mutated)
    whole = original if expected.submission is None else made_anew(meant)
    anew = lost and not subject.faulty  # what was planted is not in a workbook made anew
    reference = (
        made_anew(with_values(meant, {key: mutated.values.get(key) for key in lost})) if anew else whole
    )
    wrong += _other_setup(reference, mutated)
    if anew or not lost:
        wrong += _unlike_results(reference, mutated)
    missing, more = _said_otherwise(reference, mutated, lost, template)
    if (
        expected.submission is not None or lost
    ):  # what follows from a blank cell or lost table alone need not be said again
        before = {_said(each, whole, {}) for each in whole.findings} & {
            _said(each, original, {}) for each in original.findings
        }
        missing = [said for said in missing if said in before or not (lost or _lost_whole(expected))]
    wrong += [f"tidak dilaporkan lagi: {' '.join(map(str, said[:3]))}" for said in missing]
    wrong += [
        f"tidak dilaporkan: {' '.join(each)}" for each in expected.reported if each not in _seen(mutated)
    ]
    wrong += [*mutated.misplaced, *mutated.bulk]
    if wrong:
        return Judged(Verdict.SILENT, tuple(wrong))
    if _missing_rows(
        mutated
    ):  # nothing is asked of such a row, so that what was said before may be said again
        again = {_said(each, original, {}) for each in original.findings}
        more = [each for each in more if _said(each, mutated, original.placements) not in again]
    causes = {(each.sheet, each.cell) for each in more if each.cause is None}
    noted = [each for each in more if not _only_noted(each, expected) and each.cause not in causes]
    reported = [f"{each.rule} {each.sheet}!{each.cell}" for each in noted]
    said = {_where(each) for each in noted}
    reported += [
        f"{rule} {sheet}!{cell}" for rule, sheet, cell in expected.reported if (rule, sheet, cell) not in said
    ]
    return Judged(Verdict.REPORTED if reported or lost else Verdict.RIGHT, tuple(reported))


def _lost_whole(expected: Expected) -> bool:
    """Whether a whole table or column is lost."""
    return any(rule in _TABLE_RULES | _COLUMN_RULES for rule, _, _ in expected.reported)


def unexpected(judged: Judged, mutation: Mutation, expected: Expected, mutated: Reading) -> str:
    """Return why a verdict that is no failure is not the one that the mutation asks for; empty where it is."""
    if judged.verdict in (Verdict.SILENT, Verdict.CRASH):
        return ""
    wanted = Verdict.RIGHT if mutation.right else Verdict.REPORTED
    if judged.verdict is not wanted:
        return f"{judged.verdict}, seharusnya {wanted}: {'; '.join(judged.reasons[:3])}"
    if mutated.refusal and not expected.refused:
        return f"ditolak, seharusnya dibaca: {mutated.refusal}"
    if expected.refused:
        return ""
    allowed = {f"{rule} {sheet}!{cell}" for rule, sheet, cell in expected.reported}
    other = [
        reason
        for reason in judged.reasons
        if reason not in allowed and reason.split(" ")[0] not in expected.follow
    ]
    return f"dilaporkan lebih: {'; '.join(other[:3])}" if other else ""


def _compared(values: Mapping[ValueKey, Value], mutated: Reading) -> tuple[set[ValueKey], list[str]]:
    """Return the values that are missing or doubtful and reported at their place, and what is wrong without a word."""
    lost: set[ValueKey] = set()
    wrong: list[str] = []
    reported = _Reported(mutated)
    for key in sorted({*values, *mutated.values}, key=str):
        mine, theirs = values.get(key), mutated.values.get(key)
        if _same(mine, theirs):
            continue
        if (theirs is None and reported.covers(key)) or reported.doubles(key):
            lost.add(key)
        else:
            wrong.append(f"{_named(key)}: {theirs!r}, seharusnya {mine!r}")
    return lost, wrong


class _Reported:
    """Which cells a reading says it could not read."""

    def __init__(self, mutated: Reading) -> None:
        self.mutated = mutated
        self.cells = {f.place for f in mutated.findings if f.rule in _CELL_RULES and f.place is not None}
        self.columns = {f.sheet for f in mutated.findings if f.rule in _COLUMN_RULES}
        # By sheet, what is said of a column that stands there again: it names the column.
        self.doubled = {f.sheet: f.message for f in mutated.findings if f.rule == _DOUBLE_RULE}
        self.tables = {f.sheet for f in mutated.findings if f.rule in _TABLE_RULES}
        self.rows = _missing_rows(mutated)

    def covers(self, key: ValueKey) -> bool:
        table, row, column = key
        if any((each.table, each.row, each.column) == (table, row, column) for each in self.cells):
            return True
        if (table, row) in self.rows or self.lost_column(table, column):
            return True
        return self.mutated.placements.get(table) is None and bool(self.tables)

    def lost_column(self, table: str, column: ColumnKey) -> bool:
        """Whether a column is said to be lost."""
        place = self.mutated.placements.get(table)
        return place is not None and place.sheet in self.columns and column not in place.lines

    def doubles(self, key: ValueKey) -> bool:
        """Whether a column is said to stand there twice: then which of the two was read is said, too."""
        table, _, column = key
        place = self.mutated.placements.get(table)
        label = _TEMPLATE.tables[table].columns[column[0]].declared.label
        return place is not None and label in self.doubled.get(place.sheet, "")


def _missing_rows(mutated: Reading) -> set[tuple[str, RowKey | None]]:
    """Return the rows, with their tables, that a reading says are missing."""
    places = [each.place for each in mutated.findings if each.rule in _ROW_RULES]
    return {(place.table, place.row) for place in places if place is not None}


def _same(mine: Value | None, theirs: Value | None) -> bool:
    if isinstance(mine, float) and isinstance(theirs, float):
        return f"{mine:.15g}" == f"{theirs:.15g}"
    return mine == theirs and type(mine) is type(theirs)


def _named(key: Any) -> str:
    table, row, (column, year) = key
    part = "jumlah" if row is None else f"{row[0]}:{row[1]}"
    return f"{table}.{column}{f'@{year}' if year else ''} {part}"


def _other_setup(reference: Reading, mutated: Reading) -> list[str]:
    wrong, gone = [], _missing_rows(mutated)
    if mutated.setup != reference.setup:
        wrong.append(f"tahun, periode, atau modul: {mutated.setup}")
    for key in {*reference.explanations, *mutated.explanations}:
        mine, theirs = reference.explanations.get(key), mutated.explanations.get(key)
        hidden = (
            mutated.placements.get(key[0]) is None or mutated.placements[key[0]].explanation_column is None
        )
        if (
            mine != theirs
            and key[:2] not in gone
            and not (hidden and any(f.rule in _COLUMN_RULES | _TABLE_RULES for f in mutated.findings))
        ):
            wrong.append(f"penjelasan {key}: {theirs!r}, seharusnya {mine!r}")
    return wrong


def _unlike_results(reference: Reading, mutated: Reading) -> list[str]:
    keys = sorted({*reference.results, *mutated.results}, key=str)
    return [
        f"hasil {_named(key)}: {mutated.results.get(key)!r}, seharusnya {reference.results.get(key)!r}"
        for key in keys
        if not _same(reference.results.get(key), mutated.results.get(key))
    ]


def _said_otherwise(
    reference: Reading, mutated: Reading, lost: set[ValueKey], template: Template
) -> tuple[list[tuple[Any, ...]], list[Finding]]:
    """Return what is no longer said, apart from what hangs on a cell that is lost, and the findings that are new.

    What hangs on it need not be said, but is no news where it was said before.
    """
    assert reference.setup is not None
    reads, reported = Reads(template.tables, reference.setup), _Reported(mutated)
    known = Counter(_said(each, reference, {}) for each in reference.findings)
    mine = Counter(
        _said(each, reference, {})
        for each in reference.findings
        if _key_of(each) not in lost and not _hangs_on(each, lost, reads, template)
        if each.place is None
        or not (
            (each.place.table, each.place.row) in reported.rows
            or reported.lost_column(each.place.table, each.place.column)
        )
    )
    theirs: dict[tuple[Any, ...], list[Finding]] = {}
    for each in mutated.findings:
        theirs.setdefault(_said(each, mutated, reference.placements), []).append(each)
    missing = list((mine - Counter({key: len(found) for key, found in theirs.items()})).elements())
    more = [found for key, each in theirs.items() for found in each[known[key] :]]
    return missing, more


def _hangs_on(finding: Finding, lost: set[ValueKey], reads: Reads, template: Template) -> bool:
    """Whether a finding judges figures among which one is lost: it comes back once that one is mended."""
    place = finding.place
    if place is None or not lost:
        return False
    rules = [
        each for each in template.tables[place.table].rules if each.id == finding.rule and may_follow(each)
    ]
    return any(
        (read.table, read.column) == (table, column) and read.meets(row, year)
        for rule in rules
        for read in reads.of_rule(rule, place)
        for table, row, (column, year) in lost
    )


def _key_of(finding: Finding) -> Any:
    place = finding.place
    return None if place is None else (place.table, place.row, place.column)


def _said(finding: Finding, reading_of: Reading, known: Mapping[str, Placement]) -> tuple[Any, ...]:
    """Return what a finding says, wherever its table stands now; ``known`` are their sheets as made."""
    names = {place.sheet: place.table for place in [*known.values(), *reading_of.placements.values()]}
    message = finding.message
    for sheet in sorted(names, key=len, reverse=True):
        message = message.replace(sheet, f"<{names[sheet]}>")
    place = finding.place
    where = f"{place.table} {place.row} {place.column}" if place else f"{finding.sheet} {finding.cell}"
    return (finding.rule, where, _plain(finding.value), finding.severity, message, finding.explanation)


def _plain(value: str) -> str:
    """Return a number as it is written shortest: 90 for 90.0."""
    try:
        return f"{float(value):.15g}"
    except ValueError:
        return value


def _where(finding: Finding) -> Said:
    return (finding.rule, finding.sheet, finding.cell)


def _seen(mutated: Reading) -> set[Said]:
    return {_where(each) for each in mutated.findings}


def _only_noted(finding: Finding, expected: Expected) -> bool:
    return finding.rule in expected.notes and finding.severity is Severity.CATATAN


# -- the whole of it ----------------------------------------------------------------------------------------------


class Court:
    """Judges mutations of one subject; what was made anew is kept."""

    def __init__(self, subject: Subject, template: Template, folder: Path, *, bulk: bool = True) -> None:
        self.subject = subject
        self.template = template
        self.folder = folder
        self.bulk = bulk
        self.original = reading(subject.path, template, bulk=False)

    def made_anew(self, submission: Submission) -> Reading:
        """Return the reading of a workbook that is made anew from values."""
        path = self.folder / "baru.xlsx"
        path.write_bytes(render(self.template, submission))
        return reading(path, self.template, bulk=False)

    def outcome(self, mutation: Mutation) -> tuple[Judged, str]:
        """Return the verdict on a mutation, and why it is not the expected one (empty where it is)."""
        path = self.folder / f"{self.subject.name}-{mutation.id}.xlsx"
        expected = mutation.apply(self.subject, path)
        mutated = reading(path, self.template, bulk=self.bulk)
        judged = judge(mutated, self.subject, self.original, expected, self.made_anew, self.template)
        path.unlink()
        return judged, unexpected(judged, mutation, expected, mutated)
