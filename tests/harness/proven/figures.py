"""Lines of docs/temuan-penelaah.md proven: figures that cannot be what was meant."""

from __future__ import annotations

from planted import along
from proven.case import Proof, case

FIGURES: dict[str, Proof] = {
    "Realisasi tersalin dari indikator lain, dari tahun lalu, atau dari target": Proof(
        ("realisasi-baris-lain", "realisasi-tahun-lalu", "realisasi-sama-target", "realisasi-target-lalu"),
        (
            case({"3.2 Tren": {"L10": 48.55, "L20": 48.55}}, ("realisasi-baris-lain", "3.2 Tren", "L20")),
            case(
                {"3.2 Tren": {"O8": 55.01}, "3.1 Kinerja": {"I8": 55.01}},
                ("realisasi-tahun-lalu", "3.2 Tren", "P8"),
            ),
            case({"3.2 Tren": {"H8": 53.25, "O8": 53.25}}, ("realisasi-target-lalu", "3.2 Tren", "O8")),
            case(  # four of six
                {"3.1 Kinerja": {"I9": 61, "I10": 62, "I19": 61, "I20": 62}},
                ("realisasi-sama-target", "3.1 Kinerja", "K28"),
            ),
        ),
    ),
    "Nilai ratusan kali targetnya": Proof(
        ("realisasi-ekstrem", "tren-ekstrem", "persen-pecahan"),
        (
            case({"3.1 Kinerja": {"I9": 611}}, ("realisasi-ekstrem", "3.1 Kinerja", "I9")),
            case({"3.2 Tren": {"L8": 511}}, ("tren-ekstrem", "3.2 Tren", "L8")),
            case(
                {
                    "3.1 Kinerja": {"I18": 1},
                    "Analisis Penyebab": {"D2": None, "C8": "Indikator kunci 1", "E8": "Sebab"},
                },
                ("persen-pecahan", "3.1 Kinerja", "I18"),
            ),
        ),
    ),
    "Target dan realisasi sama-sama pecahan dari persen": Proof(
        ("pecahan-target", "pecahan-semua"),
        (
            case({"3.1 Kinerja": {"H18": 0.99, "I18": 0.9}}, ("pecahan-target", "3.1 Kinerja", "H18")),
            case(
                {"3.1 Kinerja": {"H18": 0.99, "I18": 0.9, "H19": 0.98, "I19": 0.93, "H20": 1, "I20": 0.97}},
                ("pecahan-semua", "3.1 Kinerja", "K28"),
            ),
        ),
    ),
    "Target akhir Renstra seratus kali target tahun ini, atau seperseratusnya": Proof(
        ("renstra-skala", "renstra-skala seperseratus"),
        (
            case({"3.3 Renstra": {"G8": 3000}}, ("renstra-skala", "3.3 Renstra", "G8")),
            case({"3.3 Renstra": {"G8": 1.2}}, ("renstra-skala", "3.3 Renstra", "G8")),
        ),
    ),
    "Angka tahun (2019, 2020, …) di tempat target, realisasi, atau jumlah": Proof(
        ("target-tahun", "realisasi-tahun", "tren-target-tahun", "tren-realisasi-tahun", "dragged IDM"),
        (
            case({"3.2 Tren": {"G10": 2018}}, ("tren-target-tahun", "3.2 Tren", "G10")),
            case({"3.2 Tren": {"M19": 2022}}, ("tren-realisasi-tahun", "3.2 Tren", "M19")),
            case({"3.1 Kinerja": {"I10": 2026}}, ("realisasi-tahun", "3.1 Kinerja", "I10")),
        ),
    ),
    "Anggaran dalam ribuan atau jutaan rupiah": Proof(
        ("anggaran-satuan",),
        (
            case(
                {
                    "3.4 Keuangan": along("F10", 9e7, 8.5e7)
                    | along("F11", 1e8, 9.5e7)
                    | along("F12", 3e8, 2.85e8)
                },
                ("anggaran-satuan", "3.4 Keuangan", "W88"),
            ),
        ),
    ),
    "Target nol": Proof(
        ("target-nol",),
        (
            case(
                {"3.1 Kinerja": {"H18": 0, "I18": 0}, "3.3 Renstra": {"G18": 0}},
                ("target-nol", "3.1 Kinerja", "H18"),
            ),
        ),
    ),
}
