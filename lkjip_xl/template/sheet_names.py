"""The names of sheets that are no table."""

from __future__ import annotations

INSTRUCTIONS_SHEET, LISTS_SHEET, IDENTITY_SHEET = "Petunjuk", "Daftar", "_lkjip"
FINDINGS_SHEET, CHECKS_SHEET = "Temuan", "Periksa"
CHARTS_SHEET, CHART_DATA_SHEET = "Grafik", "Data Grafik"
FINDINGS_TITLE = "Temuan pemeriksaan"  # in A1, which tells our sheet from one of theirs that has its name
COVER_SHEET, COCKPIT_SHEET, OVERVIEW_SHEET, QUARTERS_SHEET = (
    "Sampul",
    "Kokpit",
    "Perangkat Daerah",
    "Capaian dan Serapan",
)
HEAT_SHEET, UNITS_SHEET, YEARS_SHEET, SIGNED_SHEET = "Peta Panas", "Wilayah", "Antartahun", "Pengesahan"
MATRIX_SHEET, FIGURES_SHEET, FILES_SHEET, RULES_SHEET = "Matriks", "Sumber Angka", "Kiriman", "Aturan"
CONSOLIDATED_SHEETS = (
    COVER_SHEET,
    COCKPIT_SHEET,
    OVERVIEW_SHEET,
    QUARTERS_SHEET,
    HEAT_SHEET,
    UNITS_SHEET,
    YEARS_SHEET,
    SIGNED_SHEET,
    MATRIX_SHEET,
    FIGURES_SHEET,
    FILES_SHEET,
    RULES_SHEET,
    FINDINGS_SHEET,
)
RESERVED_SHEETS = (
    INSTRUCTIONS_SHEET,
    LISTS_SHEET,
    IDENTITY_SHEET,
    FINDINGS_SHEET,
    CHECKS_SHEET,
    CHARTS_SHEET,
    CHART_DATA_SHEET,
)
