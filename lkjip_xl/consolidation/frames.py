"""Workbooks to the frames of a chunk: rows as they are counted, summed and listed, and as Parquet gives them away.

Every row carries ``sidik``, the digest of the file it comes from; figures have the sheet and cell where they stand.

- ``berkas``: see ``About``, whose fields are its columns;
- ``temuan``: sidik, urut, aturan, tingkat, lembar, sel, nilai, seharusnya, pesan, perbaikan,
  penjelasan, ikut;
- ``tabel``: sidik, tabel, keadaan (see ``_state``), terisi, dari, alasan (see ``compute.states.TableState``);
- ``angka``: sidik, kolom (path of a form's column), nilai, lembar, sel;
- for each table its body under its key: sidik, bagian, row, tahun, lembar, sel (of the column that its list points to),
  then all columns.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import polars as pl

from lkjip_xl.base.findings import Finding, Severity
from lkjip_xl.base.keys import PERIOD, ColumnKey, Period
from lkjip_xl.compute.states import State, TableState
from lkjip_xl.form.layout import Placement
from lkjip_xl.form.submission import Submission, stack
from lkjip_xl.formula.nodes import Kind
from lkjip_xl.read.reader import Workbook
from lkjip_xl.template.model import Table, Template
from lkjip_xl.words.wording import quoted

if TYPE_CHECKING:
    from lkjip_xl.compute.results import Results

FILES, FINDINGS, TABLES, FIGURES = "berkas", "temuan", "tabel", "angka"

_FILE_SCHEMA = {
    "sidik": pl.String, "jenis": pl.String, "alasan": pl.String, "opd": pl.String, "opd_bukan_teks": pl.String,
    "opd_awal": pl.String, "nama": pl.String, "kabupaten": pl.String, "tahun": pl.Int64, "modul": pl.String,
    "versi": pl.String, "berlaku": pl.Boolean, "galat": pl.Int64, "peringatan": pl.Int64, "catatan": pl.Int64,
    "dijelaskan": pl.Int64, "sidik_angka": pl.String,
}  # fmt: skip
_FINDING_SCHEMA = {
    "sidik": pl.String, "urut": pl.Int64, "aturan": pl.String, "tingkat": pl.String, "lembar": pl.String,
    "sel": pl.String, "nilai": pl.String, "seharusnya": pl.String, "pesan": pl.String, "perbaikan": pl.String,
    "penjelasan": pl.String, "ikut": pl.String,
}  # fmt: skip
_TABLE_SCHEMA = {
    "sidik": pl.String, "tabel": pl.String, "keadaan": pl.String, "lembar": pl.String, "terisi": pl.Int64,
    "dari": pl.Int64, "alasan": pl.String,
}  # fmt: skip
_FIGURE_SCHEMA = {
    "sidik": pl.String,
    "kolom": pl.String,
    "nilai": pl.Float64,
    "lembar": pl.String,
    "sel": pl.String,
}


class Sort(StrEnum):
    """What a file is: filled by an OPD, made by this program, or nothing that can be read."""

    SUBMITTED = "isian"
    OUTPUT = "hasil"
    OTHER = "lain"


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a file, in the order of the columns of ``berkas``; of one that cannot be read only its beginning.

    ``code`` is the OPD's as it was typed, ``not_text`` what stands in its cell and is no text, ``made_for`` the code that
    the workbook was made for, ``current`` whether it was made from this template set. ``figures`` is the same for the
    same typed figures, and empty where they are too few to tell a report by.
    """

    digest: str
    sort: Sort
    reason: str = ""
    code: str = ""
    not_text: str = ""
    made_for: str = ""
    name: str | None = None
    regency: str = ""
    year: int | None = None
    modules: str = ""
    version: str = ""
    current: bool | None = None
    galat: int | None = None
    peringatan: int | None = None
    catatan: int | None = None
    explained: int | None = None
    figures: str = ""

    @property
    def counts(self) -> tuple[tuple[Severity, int | None], ...]:
        """How many findings there are of each severity."""
        return tuple(zip(Severity, (self.galat, self.peringatan, self.catatan), strict=True))


def abouts(files: pl.DataFrame) -> list[About]:
    """Return what the rows of ``berkas`` say, whatever other columns there are."""
    own = files.select(*_FILE_SCHEMA)
    return [About(digest, Sort(sort), *rest) for digest, sort, *rest in own.iter_rows()]


def empty_frames(template: Template) -> dict[str, pl.DataFrame]:
    """Return the frames of a chunk without any file."""
    return frames(template, [])


def frames(
    template: Template, workbooks: list[Workbook], unread: Sequence[About] = ()
) -> dict[str, pl.DataFrame]:
    """Return all frames of some workbooks, and of files that cannot be read, by their names."""
    # Only processes that read compute and check; the one that counts and writes starts without the libraries for it.
    from lkjip_xl.compute.results import compute
    from lkjip_xl.pipeline import checked_all

    results = compute(template, stack(template, [each.submission for each in workbooks]))
    findings = checked_all(results, workbooks)
    pairs = zip(workbooks, findings, strict=True)
    rows = [astuple(each) for each in (*unread, *(_about(template, *pair) for pair in pairs))]
    made = {
        FILES: pl.DataFrame(rows, _FILE_SCHEMA, orient="row"),
        FINDINGS: pl.DataFrame(list(_findings(workbooks, findings)), _FINDING_SCHEMA),
        TABLES: pl.DataFrame(list(_tables(results, workbooks, findings)), _TABLE_SCHEMA),
        FIGURES: pl.DataFrame(list(_figures(results, workbooks)), _FIGURE_SCHEMA),
    }
    for table in template.filled:
        made[table.key] = _body(results, table, workbooks)
    return made


def _about(template: Template, workbook: Workbook, findings: Sequence[Finding]) -> About:
    identity, submission = template.declared.identity, workbook.submission
    version = template.declared.submission_rules.version.id
    number = Counter(finding.severity for finding in findings)
    return About(
        workbook.digest,
        Sort.SUBMITTED,
        code=submission.value(template, identity.code).strip(),
        not_text=_no_text(template, workbook),
        made_for=workbook.made_for,
        name=submission.value(template, identity.name).strip(),
        regency=submission.value(template, identity.regency).strip(),
        year=submission.setup.year,
        modules=" ".join(sorted(submission.setup.modules)),
        version=workbook.version,
        current=all(finding.rule != version for finding in findings),
        galat=number[Severity.GALAT],
        peringatan=number[Severity.PERINGATAN],
        catatan=number[Severity.CATATAN],
        explained=sum(bool(finding.explanation) for finding in findings),
        figures=_figures_digest(template, submission),
    )


def _no_text(template: Template, workbook: Workbook) -> str:
    """Return what stands where the OPD's code belongs and is no text, as a message repeats it."""
    table, column = template.column(template.declared.identity.code)
    raw = workbook.misfits.get((table.key, (table.key, 1), (column.key, None)))
    return "" if raw is None else quoted(raw)


def _figures_digest(template: Template, submission: Submission) -> str:
    """Return a digest of all figures that are typed, each with its place; empty where they are few."""
    declared = template.declared.consolidation
    places = sorted(
        (key, *row, column, year or 0, value)
        for key, rows in submission.tables.items()
        if not template.tables[key].is_list
        for row, cells in rows.items()
        for (column, year), value in cells.items()
        if isinstance(value, float)
    )
    if declared is None or len(places) < declared.least_figures:
        return ""
    return hashlib.blake2b(repr(places).encode(), digest_size=16).hexdigest()


def _findings(
    workbooks: Sequence[Workbook], findings: Sequence[Sequence[Finding]]
) -> Iterator[dict[str, Any]]:
    for workbook, found in zip(workbooks, findings, strict=True):
        for number, finding in enumerate(found):
            yield {"sidik": workbook.digest, "urut": number, **finding.as_json()}


def _tables(
    results: Results, workbooks: Sequence[Workbook], findings: Sequence[Sequence[Finding]]
) -> Iterator[dict[str, Any]]:
    """Yield the state of each table in which something is typed."""
    from lkjip_xl.pipeline import states_of

    for n, (workbook, found) in enumerate(zip(workbooks, findings, strict=True)):
        worst: dict[str, Severity] = {}
        for finding in sorted(found, key=lambda each: -list(Severity).index(each.severity)):
            if not finding.explanation:
                worst[finding.sheet] = finding.severity
        states = {each.table: each for each in states_of(workbook, results, n)}
        for table in results.template.active(workbook.submission.setup.modules):
            if table.typed and not table.is_list:
                of_table, placement = states.get(table.key), workbook.placements.get(table.key)
                yield {
                    "sidik": workbook.digest,
                    "tabel": table.key,
                    "keadaan": _state(table, workbook, worst, of_table),
                    "lembar": placement.sheet if placement else "",
                    "terisi": of_table.filled if of_table else None,
                    "dari": of_table.asked if of_table else None,
                    "alasan": of_table.reason if of_table else "",
                }


def _state(
    table: Table, workbook: Workbook, worst: Mapping[str, Severity], of_table: TableState | None
) -> str:
    """Return what a coordinator reads of a table: hilang, galat, its state unless it is whole, peringatan, or lengkap.

    A table in which nothing must be filled may be ``kosong``.
    """
    placement = workbook.placements.get(table.key)
    if placement is None:
        return "hilang"
    severity = worst.get(placement.sheet)
    if severity is Severity.GALAT:
        return severity.value
    if of_table is None and not workbook.submission.tables.get(table.key):
        return "kosong"
    if of_table is not None and of_table.state is not State.COMPLETE:
        return of_table.state.value
    return severity.value if severity is Severity.PERINGATAN else State.COMPLETE.value


def _figures(results: Results, workbooks: Sequence[Workbook]) -> Iterator[dict[str, Any]]:
    """Yield the figures that consolidation shows, with the cells where they stand."""
    shown = results.template.declared.consolidation
    for figure in shown.figures if shown else ():
        if figure.source is None:
            continue
        table, column = results.template.column(figure.source)
        for number, value in results.bodies[table.key].select("submission", column.key).iter_rows():
            workbook = workbooks[number]
            placement = workbook.placements.get(table.key)
            if value is not None and placement is not None:
                yield {
                    "sidik": workbook.digest,
                    "kolom": figure.source,
                    "nilai": float(value),
                    "lembar": placement.sheet,
                    "sel": placement.cell((column.key, None), (table.key, 1)),
                }


def _body(results: Results, table: Table, workbooks: Sequence[Workbook]) -> pl.DataFrame:
    """Return a table's rows with the files they come from and the cells that their list points to."""
    shown = results.template.declared.consolidation
    trace = next((each.trace for each in (shown.lists if shown else ()) if each.table == table.key), None)
    body = results.bodies[table.key]
    years = body[PERIOD] if table.per_year else [None] * len(body)
    keys = list(zip(body["submission"], body["bagian"], body["row"], years, strict=True))
    sheets, cells = [], []
    for number, part, row, year in keys:
        placement = workbooks[number].placements.get(table.key)
        sheets.append(placement.sheet if placement else "")
        cells.append(_cell(placement, table, trace, (part, row), year))
    return body.select(
        pl.Series("sidik", [workbooks[number].digest for number, *_ in keys], pl.String),
        pl.col("bagian").cast(pl.String),
        pl.col("row").cast(pl.Int64),
        *([pl.col(PERIOD).cast(pl.Int64)] if table.per_year else []),
        pl.Series("lembar", sheets, pl.String),
        pl.Series("sel", cells, pl.String),
        *(
            pl.col(column.key).cast(pl.Float64 if column.kind is Kind.NUMBER else pl.String)
            for column in table.columns.values()
            if column.key in body.columns
        ),
    )


def _cell(
    placement: Placement | None, table: Table, trace: str | None, row: tuple[str, int], year: Period | None
) -> str:
    if placement is None or trace is None:
        return ""
    key: ColumnKey = (trace, year if table.columns[trace].per_year else None)
    return placement.cell(key, row)
