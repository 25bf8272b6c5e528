"""The JSON data format: everything typed in one workbook, nothing else.

``docs/data.md`` describes it. Only filled cells stand there; empty rows at the end and empty tables are left out.
``hitungan`` (written by ``export --computed``, ignored on reading) holds the computed columns in the same form, and the
total rows under ``jumlah``.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lkjip_xl.base.errors import DataError, file_reason
from lkjip_xl.base.files import File, json_text, path_of, read_text
from lkjip_xl.base.keys import ColumnKey, Explained, RowKey
from lkjip_xl.base.showing import short
from lkjip_xl.form.json_shape import (
    DOCUMENT,
    FORM,
    FORMAT,
    PARTS,
    ROWS,
    YEARS,
    ExplanationEntry,
    Row,
    named,
    shaped,
    year_wanted,
)
from lkjip_xl.form.submission import MAX_TEXT, Submission, Value, fits
from lkjip_xl.formula.cell_tests import FIRST_DAY, LAST_DAY, MAX_NUMBER
from lkjip_xl.template.declaration import MAX_ROWS
from lkjip_xl.template.model import Column, Setup, Table, Template

COMPUTED = "hitungan"
EXPLANATIONS = "penjelasan"
INAPPLICABLE = "tidak_berlaku"
UNSTORABLE = "teks berisi tanda yang tidak dapat disimpan di Excel"
_UNSTORABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")  # half characters, and what is none


def load_data(file: File, template: Template) -> Submission:
    """Read a JSON data file; raise ``DataError`` that names the place of the first thing that does not fit."""
    try:
        document = json.loads(read_text(file))
    except OSError as error:
        raise DataError(file_reason(error), path_of(file)) from None
    except UnicodeDecodeError:
        raise DataError("berkas data bukan teks UTF-8", path_of(file)) from None
    except (ValueError, RecursionError) as error:
        place = (
            f"baris {error.lineno}" if isinstance(error, json.JSONDecodeError) else "susunan atau angkanya"
        )
        raise DataError(f"bukan JSON yang benar ({place})", path_of(file)) from None
    try:
        return from_document(document, template)
    except DataError as error:
        raise DataError(error.reason, path_of(file)) from None


def from_document(document: Any, template: Template) -> Submission:
    """Return the submission that a parsed JSON document describes; raise ``DataError`` where it does not fit."""
    top = shaped(DOCUMENT, document)
    setup = checked_setup(Setup(top.tahun, top.periode, frozenset(top.modul)), template)
    active = {table.key: table for table in template.active(setup.modules)}
    tables: dict[str, dict[RowKey, dict[ColumnKey, Value]]] = {}
    for key, content in top.tabel.items():
        if key not in template.tables:
            raise DataError(f"tabel.{short(key)}: tabel ini tidak ada di templat {template.declared.id}")
        if key not in active:
            module = template.tables[key].declared.module
            raise DataError(f"tabel.{key}: tabel ini milik modul {module}, yang tidak ada di modul")
        rows = _rows(content, active[key], setup)
        if rows:
            tables[key] = rows
    explained = (_explanation(each, f"{EXPLANATIONS}[{n}]", active) for n, each in enumerate(top.penjelasan))
    inapplicable = {key: _reason(key, text, active) for key, text in top.tidak_berlaku.items()}
    return Submission(setup, tables, dict(explained), inapplicable)


def _reason(key: str, text: object, tables: Mapping[str, Table]) -> str:
    """Return why a table does not apply."""
    if key not in tables or not tables[key].declared.not_applicable:
        raise DataError(f"{INAPPLICABLE}.{short(key)}: tabel ini tidak dapat dinyatakan tidak berlaku")
    return checked_text(text, f"{INAPPLICABLE}.{key}")


def _explanation(entry: ExplanationEntry, place: str, tables: Mapping[str, Table]) -> tuple[Explained, str]:
    """Return where an explanation stands, and its text."""
    table = tables.get(entry.tabel)
    if table is None:
        raise DataError(f"{place}.tabel: tabel ini tidak ada di laporan ini")
    text = checked_text(entry.teks, f"{place}.teks")
    wrong = {"bagian", "baris"} if table.is_form else {"kolom"}
    wrong |= set() if entry.baris else {"bagian"}
    for name in sorted(wrong & entry.model_fields_set):
        raise DataError(f"{place}.{name}: tidak dipakai di sini")
    field = entry.kolom or ""
    where = field or ("row" if entry.baris else "total")
    if where not in table.explained:
        raise DataError(f"{place}: di sini buku kerja tidak mempunyai sel penjelasan")
    if field:
        return (table.key, (table.key, 1), field), text
    if entry.baris is None:
        return (table.key, None, ""), text
    part = _part(entry.bagian or table.parts[0], table, f"{place}.bagian")
    most = len(table.declared.fixed_rows) or MAX_ROWS
    if entry.baris > most:
        raise DataError(f"{place}.baris: seharusnya nomor baris, 1 sampai {most}")
    return (table.key, (part, entry.baris), ""), text


def _part(part: str, table: Table, place: str) -> str:
    if part not in table.parts:
        raise DataError(f"{place}: bagian ini tidak ada; yang ada: {', '.join(table.parts)}")
    return part


def checked_setup(setup: Setup, template: Template) -> Setup:
    """Return the set-up unless its year, period or modules do not fit; then raise ``DataError``."""
    first, last = setup.period
    for name, year in (("tahun", setup.year), ("periode", first), ("periode", last)):
        _check_year(year, name)
    if first > last:
        raise DataError(f"periode: {first}-{last} terbalik; tulis tahun awal lebih dahulu")
    if not first <= setup.year <= last:
        raise DataError(f"tahun: {setup.year} tidak berada dalam periode {first}-{last}")
    if last - first >= 30:
        raise DataError(f"periode: {first}-{last} lebih dari 30 tahun")
    for module in sorted(setup.modules - set(template.modules)):
        known = ", ".join(template.offered)
        raise DataError(f"modul: {short(module)!r} tidak dikenal; yang ada: {known}")
    return setup


def _rows(content: object, table: Table, setup: Setup) -> dict[RowKey, dict[ColumnKey, Value]]:
    place = f"tabel.{table.key}"
    if table.is_form:
        cells = _cells(shaped(FORM, content, place), place, table, setup)
        return {(table.key, 1): cells} if cells else {}
    if table.declared.rows_from:
        parts = shaped(PARTS, content, place).items()
        lists = {
            _part(part, table, f"{place}.{short(part)}"): (f"{place}.{part}", rows) for part, rows in parts
        }
    else:
        lists = {table.key: (place, shaped(ROWS, content, place))}
    most = len(table.declared.fixed_rows)
    found: dict[RowKey, dict[ColumnKey, Value]] = {}
    for part, (at, rows) in lists.items():
        if most and len(rows) > most:
            raise DataError(f"{at}: paling banyak {most} baris")
        for number, row in enumerate(rows, start=1):
            cells = _cells(row, f"{at}[{number - 1}]", table, setup)
            if cells:
                found[part, number] = cells
    return found


def _cells(row: Row, place: str, table: Table, setup: Setup) -> dict[ColumnKey, Value]:
    cells: dict[ColumnKey, Value] = {}
    for key, value in row.items():
        column = table.columns.get(key)
        if column is None or column.cell != key:
            raise DataError(f"{place}.{short(key)}: kolom ini tidak ada di tabel {table.key}")
        if not column.typed:
            raise DataError(f"{place}.{key}: kolom ini terhitung atau tetap, tidak diisi")
        if not column.per_year:
            cells[key, None] = checked_value(value, column, f"{place}.{key}")
            continue
        years = {str(y): y for y in table.column_years(column, setup) if column.typed_in(y, setup.year)}
        for name, each in shaped(YEARS, value, f"{place}.{key}").items():
            if name not in years:
                raise DataError(
                    f"{place}.{key}.{short(name)}: tahun ini bukan isian; isian: {', '.join(years)}"
                )
            cells[key, years[name]] = checked_value(each, column, f"{place}.{key}.{name}")
    return cells


def _check_year(year: int, place: str) -> None:
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise DataError(f"{place}: {year_wanted(year)}")


def checked_value(value: Any, column: Column, place: str) -> Value:
    """Return a value as a cell holds it, a code as it should be written; raise ``DataError`` where it does not fit its column."""
    match column.declared.type:
        case "number" | "integer" if column.grades is not None and isinstance(value, str):
            if not column.grades.holds(checked_text(value, place)):
                raise DataError(f"{place}: seharusnya angka atau predikat, bukan {named(value)}")
            return value
        case "number" | "integer":
            if type(value) not in (int, float) or not abs(value) < MAX_NUMBER:  # also false for nan
                raise DataError(f"{place}: seharusnya angka, bukan {named(value)}")
            return float(f"{value:.15g}")
        case "date":
            try:
                day = datetime.date.fromisoformat(value)
            except (TypeError, ValueError):
                raise DataError(f"{place}: seharusnya tanggal TTTT-BB-HH, bukan {named(value)}") from None
            _check_year(day.year, place)
            return day.isoformat()
        case _:
            text = checked_text(value, place)
            return text if column.pattern is None else column.pattern.normalised(text)


def checked_text(value: Any, place: str) -> str:
    """Return a text that a cell can hold; raise ``DataError`` for anything else."""
    if not isinstance(value, str) or not value.strip():
        raise DataError(f"{place}: seharusnya teks, bukan {named(value)}")
    if not fits(value):
        raise DataError(f"{place}: teks lebih dari {MAX_TEXT} huruf")
    if _UNSTORABLE.search(value):
        raise DataError(f"{place}: {UNSTORABLE}")
    return value


# -- to JSON ------------------------------------------------------------------------------------------------------


def to_document(submission: Submission, template: Template) -> dict[str, Any]:
    """Return the JSON document of a submission's inputs, in the order of the template."""
    setup = submission.setup
    tables: dict[str, Any] = {}
    for table in template.active(setup.modules):
        content = rows_document(table, submission.tables.get(table.key, {}))
        if content:
            tables[table.key] = content
    document = {
        "format": FORMAT,
        "templat": {"id": template.declared.id, "versi": template.declared.version},
        "tahun": setup.year,
        "periode": list(setup.period),
        "modul": sorted(setup.modules),
        "tabel": tables,
    }
    if submission.inapplicable:
        order = [key for key in template.tables if key in submission.inapplicable]
        document[INAPPLICABLE] = {key: submission.inapplicable[key] for key in order}
    if submission.explanations:
        document[EXPLANATIONS] = list(_explained(submission, template))
    return document


def _explained(submission: Submission, template: Template) -> Iterator[dict[str, Any]]:
    """Yield the explanations in the order of the sheets and rows."""
    order = {key: n for n, key in enumerate(template.tables)}
    far = ("~", 0)  # after every part: the total row
    entries = sorted(submission.explanations.items(), key=lambda e: (order[e[0][0]], e[0][1] or far, e[0][2]))
    for (key, row, field), text in entries:
        table = template.tables[key]
        entry: dict[str, Any] = {"tabel": key}
        if field:
            entry["kolom"] = field
        elif row is not None:
            entry |= {"bagian": row[0]} if table.declared.rows_from else {}
            entry["baris"] = row[1]
        yield entry | {"teks": text}


def rows_document(table: Table, rows: Mapping[RowKey, Mapping[ColumnKey, Value]]) -> Any:
    """Return a table's cells in the form that stands under its key."""
    parts: dict[str, list[dict[str, Any]]] = {}
    order = {key: index for index, key in enumerate(table.columns)}
    for part in table.parts:
        filled = {number: cells for (where, number), cells in rows.items() if where == part and cells}
        if filled:
            parts[part] = [
                row_document(filled.get(number, {}), order) for number in range(1, max(filled) + 1)
            ]
    if table.declared.rows_from:
        return parts
    own = parts.get(table.key, [])
    return (own[0] if own else {}) if table.is_form else own


def row_document(cells: Mapping[ColumnKey, Value], order: Mapping[str, int]) -> dict[str, Any]:
    """Return one row's cells by column, in ``order``, and by year where the column has years."""
    row: dict[str, Any] = {}
    for (key, year), value in sorted(cells.items(), key=lambda item: (order[item[0][0]], item[0][1] or 0)):
        plain = int(value) if isinstance(value, float) and value.is_integer() else value
        if year is None:
            row[key] = plain
        else:
            row.setdefault(key, {})[str(year)] = plain
    return row


def dumps(document: Mapping[str, Any]) -> str:
    """Return the document as text that is the same for the same content."""
    return json_text(document) + "\n"
