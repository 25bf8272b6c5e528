"""A clean report with the budgets of several years (module keuangan_tahunan), and faults planted in it."""

from __future__ import annotations

from typing import Any

from clean import clean_document

SHEET = "Keuangan per Tahun"
# of Program 1 and Program 5 in the years 2022 and 2024; that of the report's year, 2023, stands in table 3.4
BUDGETS = [(7e9, 6e9, 8e9), (4e9, 3.9e9, None)]


def yearly_document() -> dict[str, Any]:
    """Return a clean report whose Renstra is of 2022 to 2024, with a program that ended before its year."""
    document = clean_document(years=2)
    document["periode"] = [2022, 2024]
    document["modul"] = ["idm", "keuangan_tahunan"]
    rows: list[dict[str, Any]] = []
    for name, (before, spent, after) in zip(("Program 1", "Program 5"), BUDGETS, strict=True):
        row: dict[str, Any] = {"program": name, "anggaran": {"2022": before}, "realisasi": {"2022": spent}}
        if after is not None:
            row["anggaran"]["2024"] = after
        rows.append(row)
    ended = {"program": "Program lama", "anggaran": {"2022": 1e9}, "realisasi": {"2022": 9e8}}
    document["tabel"]["keuangan_tahunan"] = [*rows, ended]
    return document


# name; what is typed where; rule, sheet, cell; message
PLANTED: list[tuple[str, dict[str, Any], tuple[str, str, str], str]] = [
    (
        "a program of 3.4 that is missing",
        {SHEET: {"C9": "Program kelima"}},
        ("tahunan-total", SHEET, "E28"),
        "Jumlah anggaran tahun laporan 6.000.000.005,00, sedangkan di lembar 3.4 11.000.000.012,00",
    ),
    (
        "no program of 3.4 at all",
        {SHEET: {"C8": "Program kesatu", "C9": "Program kelima"}},
        ("tahunan-total", SHEET, "E28"),
        "Jumlah anggaran tahun laporan (kosong), sedangkan di lembar 3.4 11.000.000.012,00",
    ),
    (
        "spent above its budget",
        {SHEET: {"G8": 7.1e9}},
        ("tahunan-pagu", SHEET, "G8"),
        "Realisasi Program 1 7.100.000.000,00 melebihi anggarannya 7.000.000.000,00",
    ),
    (
        "a year without what was spent",
        {SHEET: {"G9": None}},
        ("tahunan-realisasi", SHEET, "G9"),
        "Realisasi anggaran Program 5 belum diisi",
    ),
    (
        "spent as much as the year before",
        {"3.4 Keuangan": {"G12": 3900000001}, SHEET: {"G9": 3900000001}},
        ("tahunan-realisasi-lalu", SHEET, "H9"),
        "Realisasi Program 5 3.900.000.001,00 sama persis dengan tahun sebelumnya",
    ),
    (
        "budgets of the year before",
        {SHEET: {"F8": 6000000005, "F9": 5000000007}},
        ("tahunan-anggaran-lalu", SHEET, "F28"),
        "Jumlah anggaran 11.000.000.012,00 sama persis dengan tahun sebelumnya",
    ),
    (
        "a year that has not come",
        {SHEET: {"I8": 5e9}},
        ("tahunan-masa-depan", SHEET, "I8"),
        "Realisasi Program 1 sudah diisi 5.000.000.000,00, padahal tahunnya belum tiba",
    ),
]
