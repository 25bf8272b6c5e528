"""The sentences of findings that do not come from declared rules: where, what, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

from lkjip_xl import wording
from lkjip_xl.findings import Finding, Severity
from lkjip_xl.layout import column_label
from lkjip_xl.submission import Value
from lkjip_xl.template.model import Column, Setup, Table
from lkjip_xl.typing_cells import Fault

REQUIRED, TYPE, RANGE, CHOICE, UNIQUE, REFERENCE = (
    "wajib",
    "tipe",
    "rentang",
    "pilihan",
    "unik",
    "acuan",
)
EMPTY_TABLE, MISSING_TABLE, MISSING_COLUMN = "tabel-kosong", "tabel-hilang", "kolom-hilang"
VERSION, FILE = "versi-templat", "berkas"
_SHOWN = 60  # characters of a value that a message repeats


def quoted(value: Value | Any) -> str:
    """Return a value as a message repeats it: short, in quotation marks, on one line."""
    text = wording.shown(value) if isinstance(value, (str, float)) else str(value)
    text = " ".join(text.split())
    return f"“{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}”"


def label(column: Column, year: int | None, setup: Setup) -> str:
    """Return a column's name in a message, with its year where it has one."""
    text = column_label(column, year, setup)
    return f"{text} {year}" if year is not None and str(year) not in text else text


def wrong_type(column: Column, fault: Fault, raw: Any, sheet: str, cell: str) -> Finding:
    """Return the finding of a cell that does not hold what its column asks for."""
    name = column.declared.label
    shown = quoted(raw)
    match fault:
        case Fault.TEXT_FOR_NUMBER:
            message = f"{name} berisi teks {shown}, bukan angka"
            remedy = "Ketik ulang angkanya saja, tanpa Rp, %, satuan, atau titik ribuan"
        case Fault.NUMBER_FOR_TEXT:
            message = f"{name} berisi angka {shown}, seharusnya teks"
            remedy = "Ketik tanda petik tunggal (') lalu teksnya, agar tersimpan sebagai teks"
        case Fault.DATE_FOR_NUMBER:
            message = f"{name} berisi tanggal atau jam {shown}, bukan angka"
            remedy = "Ubah format sel menjadi Umum (General), lalu ketik angkanya"
        case Fault.TRUTH:
            message = f"{name} berisi TRUE/FALSE"
            remedy = "Hapus isinya, lalu ketik nilainya"
        case Fault.NOT_WHOLE:
            message = f"{name} {shown} bukan bilangan bulat"
            remedy = "Ketik bilangan bulat tanpa koma"
        case Fault.NOT_A_DATE:
            message = f"{name} berisi {shown}, bukan tanggal"
            remedy = "Ketik tanggal, misalnya 08/01/2024"
        case Fault.TOO_LARGE:
            message = f"{name} {shown} terlalu besar untuk dihitung dengan tepat"
            remedy = "Periksa jumlah angkanya"
    value = wording.shown(raw) if isinstance(raw, (str, float)) else str(raw)
    return Finding(TYPE, Severity.GALAT, sheet, cell, value, "", message, remedy)


def required(name: str, sheet: str, cell: str) -> Finding:
    """Return the finding of a blank cell in a row that has begun."""
    return Finding(REQUIRED, Severity.GALAT, sheet, cell, "", "", f"{name} belum diisi", "Isi sel ini")


def out_of_range(column: Column, name: str, value: Value, sheet: str, cell: str) -> Finding:
    """Return the finding of a figure outside the declared bounds."""
    low, high = column.declared.min, column.declared.max
    if low is not None and high is not None:
        bounds = f"{wording.number(low)} sampai {wording.number(high)}"
    elif low is not None:
        bounds = f"paling kecil {wording.number(low)}"
    else:
        bounds = f"paling besar {wording.number(high or 0.0)}"
    message = f"{name} {wording.shown(value)} di luar batas ({bounds})"
    return Finding(
        RANGE, Severity.GALAT, sheet, cell, wording.shown(value), bounds, message, "Periksa angkanya"
    )


def not_a_choice(column: Column, name: str, value: Value, sheet: str, cell: str) -> Finding:
    """Return the finding of a text that is not among the choices."""
    expected = _closest(str(value), column.choices)
    hint = f"; barangkali {quoted(expected)}" if expected else ""
    message = f"{name} {quoted(value)} tidak ada di daftar pilihan{hint}"
    remedy = "Pilih dari daftar di sel ini"
    return Finding(CHOICE, Severity.GALAT, sheet, cell, str(value), expected, message, remedy)


def repeated(name: str, value: Value, first: str, sheet: str, cell: str) -> Finding:
    """Return the finding of a value that stands in an earlier row already; ``first`` is the cell of that row."""
    message = f"{name} {quoted(value)} sudah ditulis di sel {first}"
    remedy = "Gabungkan kedua baris, atau perbaiki yang salah tulis"
    return Finding(UNIQUE, Severity.GALAT, sheet, cell, wording.shown(value), "", message, remedy)


def unknown_reference(
    name: str, value: Value, known: Sequence[str], sheets: Sequence[str], sheet: str, cell: str
) -> Finding:
    """Return the finding of a text that no row of the tables it points to has."""
    expected = _closest(str(value), known)
    hint = f"; barangkali {quoted(expected)}" if expected else ""
    message = f"{name} {quoted(value)} tidak ada di lembar {' atau '.join(sheets)}{hint}"
    remedy = "Pilih dari daftar di sel ini, supaya tertulis sama persis"
    return Finding(REFERENCE, Severity.GALAT, sheet, cell, str(value), expected, message, remedy)


def empty_table(table: Table, sheet: str, cell: str) -> Finding:
    """Return the finding of a table that must have rows and has none."""
    message = f"{table.declared.number or table.declared.title} belum diisi"
    remedy = "Isi paling sedikit satu baris"
    return Finding(EMPTY_TABLE, Severity.GALAT, sheet, cell, "", "", message, remedy)


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


def _closest(value: str, known: Sequence[str]) -> str:
    folded = {text.casefold().strip(): text for text in known}
    found = difflib.get_close_matches(value.casefold().strip(), list(folded), n=1, cutoff=0.75)
    return folded[found[0]] if found else ""
