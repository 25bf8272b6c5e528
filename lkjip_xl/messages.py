"""The sentences of findings that do not come from declared rules: where, what, what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lkjip_xl import wording
from lkjip_xl.findings import Finding, Severity
from lkjip_xl.formula.kinds import Kind
from lkjip_xl.layout import ColumnKey, column_label
from lkjip_xl.template.model import Column, Rule, Setup, Table

DOUBLE_TABLE, STRAY = "tabel-ganda", "di-luar-tabel"
MISSING_TABLE, MISSING_COLUMN, VERSION, FILE = "tabel-hilang", "kolom-hilang", "versi-templat", "berkas"
_SHOWN = 60  # characters of a value that a message repeats


def quoted(value: Any) -> str:
    """Return a value as a message repeats it: short, in quotation marks, on one line, spaces at its ends and all."""
    if isinstance(value, bool):
        value = str(value).upper()
    text = f"{value:.15g}".replace(".", ",") if isinstance(value, (int, float)) else str(value)
    text = re.sub(r"\s+", " ", text)
    return f"“{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}”"


def label(column: Column, year: int | None, setup: Setup) -> str:
    """Return a column's name in a message, with its year where it has one."""
    text = column_label(column, year, setup)
    return f"{text} {year}" if year is not None and str(year) not in text else text


def finding(  # noqa: PLR0913 - a rule, its place, and what is there
    rule: Rule,
    table: Table,
    key: ColumnKey,
    setup: Setup,
    value: Any,
    record: Mapping[str, Any],
    *,
    known: tuple[Sequence[str], Sequence[str]],
    sheet: str,
    cell: str,
) -> Finding:
    """Return the finding of a rule that fails in a cell.

    ``value`` is what stands in the cell, ``record`` the row with its figures and those of the rule (under its name),
    ``known`` the texts that the column may hold and the sheets where they stand.
    """
    column = table.columns[key[0]]
    texts, sheets = known
    figures = {name: _figure(table.columns[name], record.get(name)) for name in table.columns}
    figures |= {name: wording.shown(record.get(f"{rule.name}.{name}")) for name in rule.values}
    expected = figures.get(rule.expected or "", "")
    if rule.field:
        shown = (
            wording.number(value)
            if isinstance(value, float) and column.kind is Kind.NUMBER
            else quoted(value)
        )
        figures |= {
            "judul": label(column, key[1], setup),
            "nilai": shown,
            "batas": bounds(column),
            "lembar": " atau ".join(sheets),
            "tabel": table.declared.number or table.declared.title,
        }
        if rule.field in ("choice", "reference"):
            expected = closest(str(value), texts)
        elif rule.field == "range":
            expected = bounds(column)
    message = re.sub(r"\{(\w+)\}", lambda found: figures[found[1]] or "(kosong)", rule.message)
    if rule.field in ("choice", "reference") and expected:
        spaced = str(value).strip().casefold() == expected.strip().casefold()
        message += "; ada spasi di awal atau akhirnya" if spaced else f"; barangkali {quoted(expected)}"
    return Finding(
        rule.id,
        rule.severity,
        sheet,
        cell,
        wording.shown(value) if isinstance(value, (str, float)) or value is None else str(value),
        expected,
        message,
        rule.remedy,
    )


def _figure(column: Column, value: Any) -> str:
    if isinstance(value, float):
        return wording.number(value, column.declared.decimals)
    return wording.shown(value)


def bounds(column: Column) -> str:
    """Return the declared bounds of a column's figures."""
    low, high = column.declared.min, column.declared.max
    if low is not None and high is not None:
        return f"{wording.number(low)} sampai {wording.number(high)}"
    if low is not None:
        return f"paling kecil {wording.number(low)}"
    return f"paling besar {wording.number(high)}" if high is not None else ""


def missing_table(table: Table) -> Finding:
    """Return the finding of a table whose sheet or keys are gone."""
    sheet = table.declared.sheet
    return Finding(
        MISSING_TABLE,
        Severity.GALAT,
        sheet,
        "",
        "",
        "",
        f"Tabel di lembar {sheet} tidak ditemukan; lembarnya terhapus atau baris kuncinya rusak",
        "Ambil buku kerja kosong yang baru, lalu salin isian ke sana",
    )


def missing_column(column: Column, year: int | None, sheet: str, setup: Setup) -> Finding:
    """Return the finding of an input column that is gone from its sheet."""
    name = label(column, year, setup)
    return Finding(
        MISSING_COLUMN,
        Severity.GALAT,
        sheet,
        "",
        "",
        "",
        f"Kolom {name} tidak ditemukan di lembar {sheet}",
        "Ambil buku kerja kosong yang baru, lalu salin isian ke sana",
    )


def double_table(sheet: str, other: str) -> Finding:
    """Return the finding of a second copy of a table's sheet."""
    message = f"Lembar {other} adalah salinan tabel di lembar {sheet}; yang dibaca hanya lembar {sheet}"
    remedy = "Pindahkan isian yang benar ke lembar aslinya, lalu hapus salinannya"
    return Finding(DOUBLE_TABLE, Severity.GALAT, other, "", "", "", message, remedy)


def stray(name: str, sheet: str, cell: str, raw: Any) -> Finding:
    """Return the finding of something typed where the table has no row."""
    message = f"{quoted(raw)} di kolom {name} berada di luar baris tabel, jadi tidak dibaca"
    remedy = "Pindahkan ke baris isian (kuning muda), lalu hapus baris tambahan itu"
    return Finding(
        STRAY,
        Severity.GALAT,
        sheet,
        cell,
        wording.shown(raw) if isinstance(raw, str) else str(raw),
        "",
        message,
        remedy,
    )


def other_version(found: str, expected: str) -> Finding:
    """Return the note that a workbook was made from another version of the template set."""
    return Finding(
        VERSION,
        Severity.CATATAN,
        "",
        "",
        found,
        expected,
        f"Buku kerja ini dibuat dari templat versi {found}, sedangkan yang berlaku {expected} dengan isi lain",
        "Isian tetap dibaca; untuk tahun depan pakai templat yang baru",
    )


def closest(value: str, known: Sequence[str]) -> str:
    """Return the known text that a value was probably meant to be, or an empty string."""
    import difflib

    folded = {text.casefold().strip(): text for text in known}
    found = difflib.get_close_matches(value.casefold().strip(), list(folded), n=1, cutoff=0.75)
    return folded[found[0]] if found else ""
