"""Some workbooks to Parquet: the work of one process, and the only place where files of a batch are opened.

A chunk is a folder of Parquet files. Every row carries ``sidik``, the digest of the file it comes from; figures have the
sheet and cell where they stand.

- ``berkas``: sidik, jenis (isian, hasil, lain), alasan, opd (as it was typed), opd_bukan_teks (what stands in its cell
  and is no text), opd_awal (what the workbook was made for), nama, kabupaten, tahun, modul, versi, berlaku (made from
  this template set), galat, peringatan, catatan, dijelaskan, sidik_angka (the same for the same typed figures; empty
  where they are too few to tell a report by);
- ``temuan``: sidik, urut, aturan, tingkat, lembar, sel, nilai, seharusnya, pesan, perbaikan, penjelasan;
- ``tabel``: sidik, tabel, keadaan (lengkap, peringatan, galat, kosong, hilang);
- ``angka``: sidik, kolom (path of a form's column), nilai, lembar, sel;
- for each table its body under its key: sidik, bagian, row, tahun, lembar, sel (of the column that its list points to),
  then all columns;
- ``segel`` (no Parquet): the digest of all these files.

A chunk that is being written has another name; so has one that stands beside a damaged one.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from lkjip_xl.base import owned
from lkjip_xl.base.errors import OutputError, WorkbookError, as_os_error, file_reason
from lkjip_xl.base.findings import Finding, Severity
from lkjip_xl.compute.results import Results, compute
from lkjip_xl.consolidate.watch import FILLED, Mark, marking
from lkjip_xl.form.layout import ColumnKey, Placement
from lkjip_xl.form.submission import Submission, stack
from lkjip_xl.formula.nodes import Kind
from lkjip_xl.pipeline import checked_all
from lkjip_xl.read.reader import Workbook, read_workbook
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Table, Template
from lkjip_xl.words.wording import quoted
from lkjip_xl.xlsx.archive import Limits
from lkjip_xl.xlsx.guard import LIMITS, file_digest

SEAL = "segel"
FILES, FINDINGS, TABLES, FIGURES = "berkas", "temuan", "tabel", "angka"
SUBMITTED, OUTPUT, OTHER = "isian", "hasil", "lain"

_FILE_SCHEMA = {
    "sidik": pl.String, "jenis": pl.String, "alasan": pl.String, "opd": pl.String, "opd_bukan_teks": pl.String,
    "opd_awal": pl.String, "nama": pl.String, "kabupaten": pl.String, "tahun": pl.Int64, "modul": pl.String,
    "versi": pl.String, "berlaku": pl.Boolean, "galat": pl.Int64, "peringatan": pl.Int64, "catatan": pl.Int64,
    "dijelaskan": pl.Int64, "sidik_angka": pl.String,
}  # fmt: skip
_FINDING_SCHEMA = {
    "sidik": pl.String, "urut": pl.Int64, "aturan": pl.String, "tingkat": pl.String, "lembar": pl.String,
    "sel": pl.String, "nilai": pl.String, "seharusnya": pl.String, "pesan": pl.String, "perbaikan": pl.String,
    "penjelasan": pl.String,
}  # fmt: skip
_TABLE_SCHEMA = {"sidik": pl.String, "tabel": pl.String, "keadaan": pl.String}
_FIGURE_SCHEMA = {
    "sidik": pl.String,
    "kolom": pl.String,
    "nilai": pl.Float64,
    "lembar": pl.String,
    "sel": pl.String,
}
Rows = list[dict[str, Any]]
_UNFINISHED = ".bacaan-"
_CHUNK = re.compile("bacaan-[0-9a-f]{24}(-[a-z0-9_]{8})?")
_FOLDER = re.compile(f"{_CHUNK.pattern}|{re.escape(_UNFINISHED)}[a-z0-9_]{{8}}")


class StoreError(OutputError):
    """Chunks that cannot be kept where they should be."""


def read_chunk(
    files: Sequence[tuple[str, str]],
    templates: str | None,
    folder: str,
    mark: str,
    limits: Limits = LIMITS,
) -> tuple[str, list[str]]:
    """Read files, given by path and digest, and write their chunk below ``folder``; return its name and the digests in it.

    A file that cannot be read is a row that says why; it never stops the others. One that ends this process is the one
    named in the file ``mark`` (see ``watch``). One whose bytes are not those of its digest any more is left out.
    """
    template = load_template(Path(templates) if templates else None)
    try:
        with marking(Path(mark)) as at:
            frames = _read(files, template, at, limits)
            digests = frames[FILES]["sidik"].to_list()
            return (_written(frames, digests, Path(folder)) if digests else ""), digests
    except OSError as error:  # of the folder: those of files are rows
        raise StoreError(f"{folder}: simpanan bacaan tidak dapat ditulis ({file_reason(error)})") from None


def _read(
    files: Sequence[tuple[str, str]], template: Template, mark: Mark, limits: Limits
) -> dict[str, pl.DataFrame]:
    workbooks: list[Workbook] = []
    rows: Rows = []
    for path, digest in files:
        mark.at(digest)
        try:
            workbook = read_workbook(Path(path), template, limits)
        except BaseException as error:  # noqa: BLE001 - whatever a stranger's file does to a library costs that file only
            _raise_unless_of_file(error)
            with contextlib.suppress(OSError):
                if file_digest(Path(path), limits) == digest:
                    rows.append(_unread(digest, error))
        else:
            if workbook.digest == digest:
                workbooks.append(workbook)
    mark.at(files=len(files))
    try:
        return _frames(template, workbooks, rows)
    except BaseException as error:  # noqa: BLE001 - find the file that it comes from, so that it costs that file only
        _raise_unless_of_file(error)
        good = []
        for workbook in workbooks:
            mark.at(workbook.digest)
            try:
                _frames(template, [workbook], [])
            except BaseException as error:  # noqa: BLE001 - as above
                _raise_unless_of_file(error)
                rows.append(_unread(workbook.digest, error))
            else:
                good.append(workbook)
        mark.at(files=len(files))
        return _frames(template, good, rows)


def _raise_unless_of_file(error: BaseException) -> None:
    """Raise what is none of a file's doing. A panic of a library written in Rust is no ``Exception``."""
    if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
        raise error


def _unread(digest: str, error: BaseException) -> dict[str, Any]:
    if isinstance(error, WorkbookError):
        kind = OUTPUT if error.output else OTHER
        return {"sidik": digest, "jenis": kind, "alasan": error.reason}
    if isinstance(error, MemoryError):
        return {"sidik": digest, "jenis": OTHER, "alasan": FILLED}
    reason = (
        f"susunan berkas ini tidak dapat diolah ({type(error).__name__}); buka di Excel lalu simpan ulang"
    )
    return {"sidik": digest, "jenis": OTHER, "alasan": reason}


def empty_frames(template: Template) -> dict[str, pl.DataFrame]:
    """Return the frames of a chunk without any file."""
    return _frames(template, [], [])


def _frames(template: Template, workbooks: list[Workbook], unread: Rows) -> dict[str, pl.DataFrame]:
    results = compute(template, stack(template, [each.submission for each in workbooks]))
    findings = checked_all(results, workbooks)
    rows = [*unread, *(_file(template, book, found) for book, found in zip(workbooks, findings, strict=True))]
    frames = {
        FILES: pl.DataFrame(rows, _FILE_SCHEMA),
        FINDINGS: pl.DataFrame(list(_findings(workbooks, findings)), _FINDING_SCHEMA),
        TABLES: pl.DataFrame(list(_tables(template, workbooks, findings)), _TABLE_SCHEMA),
        FIGURES: pl.DataFrame(list(_figures(results, workbooks)), _FIGURE_SCHEMA),
    }
    for table in template.tables.values():
        frames[table.key] = _body(results, table, workbooks)
    return frames


def _written(frames: Mapping[str, pl.DataFrame], digests: Sequence[str], folder: Path) -> str:
    """Write a chunk whole: it has its name only when it is complete."""
    name = "bacaan-" + hashlib.blake2b("\n".join(sorted(digests)).encode(), digest_size=12).hexdigest()
    temporary = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
    try:
        for key, frame in frames.items():
            path = temporary / f"{key}.parquet"
            frame.write_parquet(path, compression="lz4", statistics=False, metadata=owned.PARQUET_MARK)
        (temporary / SEAL).write_text(sealed(temporary), encoding="ascii")
        try:
            temporary.rename(folder / name)
        except OSError:
            if not is_whole(folder / name):  # else the same chunk is there already, from another run
                name += temporary.name.removeprefix(_UNFINISHED.rstrip("-"))
                temporary.rename(folder / name)
    except pl.exceptions.PolarsError as error:
        raise as_os_error(error, folder) from None
    finally:
        owned.remove(temporary, is_ours)
    return name


def is_chunk(path: Path) -> bool:
    """Whether something has the name of a chunk."""
    return bool(_CHUNK.fullmatch(path.name))


def is_whole(chunk: Path) -> bool:
    """Whether a chunk is as it was written."""
    try:
        return (chunk / SEAL).read_bytes() == sealed(chunk).encode()
    except OSError:
        return False


def is_ours(path: Path) -> bool:
    """Whether something is a chunk, or a file of one: by its name, and what is in it."""
    if path.is_dir():
        return _FOLDER.fullmatch(path.name) is not None
    if _FOLDER.fullmatch(path.parent.name) is None:
        return False
    if path.name == SEAL:
        return re.fullmatch(b"([0-9a-f]{32})?", owned.head(path, 33)) is not None
    return owned.is_parquet(path, unfinished=True)


def sealed(chunk: Path) -> str:
    """Return what the seal of a whole chunk says: the digest of its files."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(chunk.glob("*.parquet")):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _file(template: Template, workbook: Workbook, findings: Sequence[Finding]) -> dict[str, Any]:
    identity, submission = template.declared.identity, workbook.submission
    version = template.declared.submission_rules.version.id
    row: dict[str, Any] = {
        "sidik": workbook.digest,
        "jenis": SUBMITTED,
        "alasan": "",
        "opd": submission.value(template, identity.code).strip(),
        "opd_bukan_teks": _no_text(template, workbook),
        "opd_awal": workbook.made_for,
        "nama": submission.value(template, identity.name).strip(),
        "kabupaten": submission.value(template, identity.regency).strip(),
        "tahun": submission.setup.year,
        "modul": " ".join(sorted(submission.setup.modules)),
        "versi": workbook.version,
        "berlaku": all(finding.rule != version for finding in findings),
        "dijelaskan": sum(bool(finding.explanation) for finding in findings),
        "sidik_angka": _figures_digest(template, submission),
    }
    for severity in Severity:
        row[severity.value] = sum(finding.severity is severity for finding in findings)
    return row


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
    template: Template, workbooks: Sequence[Workbook], findings: Sequence[Sequence[Finding]]
) -> Iterator[dict[str, Any]]:
    """Yield the state of each table in which something is typed."""
    for workbook, found in zip(workbooks, findings, strict=True):
        worst: dict[str, Severity] = {}
        for finding in sorted(found, key=lambda each: -list(Severity).index(each.severity)):
            if not finding.explanation:
                worst[finding.sheet] = finding.severity
        for table in template.active(workbook.submission.setup.modules):
            if table.typed:
                state = _state(table, workbook, worst)
                yield {"sidik": workbook.digest, "tabel": table.key, "keadaan": state}


def _state(table: Table, workbook: Workbook, worst: Mapping[str, Severity]) -> str:
    placement = workbook.placements.get(table.key)
    if placement is None:
        return "hilang"
    severity = worst.get(placement.sheet)
    if severity is Severity.GALAT:
        return severity.value
    if not workbook.submission.tables.get(table.key):
        return "kosong"
    return severity.value if severity is Severity.PERINGATAN else "lengkap"


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
    years = body["tahun"] if table.per_year else [None] * len(body)
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
        *([pl.col("tahun").cast(pl.Int64)] if table.per_year else []),
        pl.Series("lembar", sheets, pl.String),
        pl.Series("sel", cells, pl.String),
        *(
            pl.col(column.key).cast(pl.Float64 if column.kind is Kind.NUMBER else pl.String)
            for column in table.columns.values()
            if column.key in body.columns
        ),
    )


def _cell(
    placement: Placement | None, table: Table, trace: str | None, row: tuple[str, int], year: int | None
) -> str:
    if placement is None or trace is None:
        return ""
    key: ColumnKey = (trace, year if table.columns[trace].per_year else None)
    return placement.cell(key, row)
