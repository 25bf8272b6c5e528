"""What is unusual but right: nothing may be said of it."""

from __future__ import annotations

import datetime

from planted.codes import BUDGET, coded
from planted.typed import Changes, along, graded

# Unusual figures that are right: no rule says anything.
PLAUSIBLE: list[tuple[str, Changes]] = [
    ("grades with scores", graded("predikat AKIP", "A (80,50)", "BB (79,90)")),
    ("grades in other letters", graded("Opini BPK", "wtp", "WTP", changed={"3.1 Kinerja": {"H8": "WTP "}})),
    (
        "a grade agreed without its score",
        graded("predikat AKIP", "A (85)", "A (85)", changed={"2.1 Perjanjian Kinerja": {"E8": "A"}}),
    ),
    ("yes or no", graded("ya/tidak", "Ya", "Ya")),
    (  # public: simkinerja2022.polmankab.go.id, Sub Bidang Penyusunan Anggaran, 2022; its indicator: 93 of 95,56 %
        "a kegiatan and its sub kegiatan as published",
        {
            "3.1 Kinerja": {"H18": 95.56, "I18": 93},
            "3.3 Renstra": {"G18": 95.56},
            "3.4 Keuangan": {"C13": "Program", "E13": "Program 6"}
            | {"C14": "Kegiatan", "E14": "Kegiatan 7", "F14": 1004422800, "G14": 1000972958}
            | {"C15": "Sub Kegiatan", "E15": "Sub 8", "F15": 808430200, "G15": 805369584}
            | {"C16": "Sub Kegiatan", "E16": "Sub 9", "F16": 195992600, "G16": 195603374},
        },
    ),
    (
        "two round amounts spent to the last rupiah",
        {
            "3.4 Keuangan": {"C13": "Program", "E13": "Program 6", "F13": 25_000_000, "G13": 25_000_000}
            | {"C14": "Program", "E14": "Program 7", "F14": 25_000_000, "G14": 25_000_000}
        },
    ),
    ("codes of all rows, and no level", coded()),
    (
        "codes of four digits and of two",
        coded(D10="X.XX.01.2.01.01", D9="X.XX.01.2.01", D8="X.XX.01", D11="X.XX.01.2.01.02"),
    ),
    ("codes of some rows", {BUDGET: {"D9": "2.13.02.2.01", "D11": "2.13.02.2.01.0002"}}),
    ("programs in the order of their sasaran", coded(D12="2.13.01")),
    (
        "kegiatan without a program, and a program of everyone under an urusan",
        {
            BUDGET: {f"{column}{row}": None for column in "ICDEFG" for row in range(8, 13)}
            | {"D8": "2.13.05.2.01", "E8": "Kegiatan 1", "F8": 1e9, "G8": 9.1e8}
            | {"D9": "2.13.06.2.01", "E9": "Kegiatan 2"}
            | {"D10": "2.13.06.2.01.0003", "E10": "Sub 3", "F10": 2e9, "G10": 1.8e9}
            | {"D11": "2.13", "E11": "Urusan 4"}
            | {"I12": "Indikator utama 1", "D12": "X.XX.01", "E12": "Program 5", "F12": 3e9, "G12": 2.8e9}
            | {"I13": "Indikator utama 1", "D13": "2.13.02", "E13": "Program 6", "F13": 4e9, "G13": 3.7e9}
        },
    ),
    # figures of two digits meet by chance
    (
        "a small realisasi like the target before",
        {"3.2 Tren": {"E18": 0.97, "F18": 0.99, "K18": 0.96, "L18": 0.97}},
    ),
    (  # as in many agencies, the target of a percentage is all of it
        "most percentages reach their 100",
        {
            "3.1 Kinerja": along("H18", 100, 100)
            | along("H19", 100, 100)
            | along("H20", 100, 100)
            | {"I8": 60},
            "3.3 Renstra": {"G18": 100, "G19": 100, "G20": 100},
        },
    ),
    (
        "a low year that is explained",
        {
            "3.2 Tren": {"L8": 16},
            "Analisis Penyebab": {"D2": None, "C8": "Indikator utama 1", "E8": "Pandemi"},
        },
    ),
    (
        "an IKU of counts, with a figure of three quarters beside it",
        {
            "2.2 IKU": {"K8": "Rasio", "L8": 110, "M8": 2},
            "3.1 Kinerja": {"I8": None, "P8": 40, "Q8": "triwulan III"},
        },
    ),
    ("two indicators of one capaian", {"3.2 Tren": {"M8": 49.92, "M9": 50.88}}),
    ("last year's realisasi as this year's target", {"3.2 Tren": {"I8": 51.3, "N8": 51.3}}),
    ("counts that the rows give", {"Ikhtisar": {"C5": 1, "C6": 2}}),
    (
        "only penunjang",
        {
            "3.4 Keuangan": {
                "E8": "Program Penunjang Urusan Pemerintahan Daerah",
                "E12": "Program Penunjang Lain",
            }
        },
    ),
    ("spending 4,9 above the capaian", {"3.4 Keuangan": {"G12": 4828500000}}),
    (
        "units of counts",
        {"IKK": {"C8": "Jumlah posyandu", "D8": "posyandu", "C9": "Nilai SAKIP", "D9": "Nilai"}},
    ),
    (
        "targets revised above the Renstra's",
        {
            "2.1 Perjanjian Kinerja": {"E8": 87},
            "3.1 Kinerja": {"H8": 87, "I8": 84},
            "3.2 Tren": along("E8", 80, 82, 84, 86, 88) | along("K8", 77, 80, 85, 82, 86),
            "3.3 Renstra": {"G8": 85},
        },
    ),
    (
        "a target lowered in the last year",
        {
            "2.1 Perjanjian Kinerja": {"E8": 78},
            "3.1 Kinerja": {"H8": 78, "I8": 75},
            "3.2 Tren": along("E8", 80, 82, 84, 86, 88) | along("K8", 77, 80, 85, 82, 86),
            "3.3 Renstra": {"G8": 78},
        },
    ),
    (
        "a target lowered in one earlier year",
        {
            "2.1 Perjanjian Kinerja": {"E8": 70},
            "3.1 Kinerja": {"H8": 70, "I8": 68},
            "3.2 Tren": along("E8", 80, 60, 62, 65, 68) | along("K8", 77, 57, 63, 62, 66),
            "3.3 Renstra": {"G8": 70},
        },
    ),
    (
        "a target on one decimal. 29 of 36",
        {
            "IKK": {"J8": "Persentase", "K8": 28, "L8": 36},
            "3.1 Kinerja": {"H18": 80.6, "I18": None},
            "3.3 Renstra": {"G18": 85},
        },
    ),
    (
        "a round target. 211.2 of 264",
        {
            "IKK": {"J8": "Persentase", "K8": 201, "L8": 264},
            "3.1 Kinerja": {"H18": 80, "I18": None},
            "3.3 Renstra": {"G18": 85},
        },
    ),
    (
        "a round target. 28.8 of 36",
        {
            "IKK": {"J8": "Persentase", "K8": 28, "L8": 36},
            "3.1 Kinerja": {"H18": 80, "I18": None},
            "3.3 Renstra": {"G18": 85},
        },
    ),
    # last year's report has asked about it
    ("the same realisasi in two earlier years", {"3.2 Tren": {"L8": 48.5, "M8": 48.5}}),
    (
        "100 of 100 every year",
        {
            "3.1 Kinerja": {"H18": 100, "I18": 100},
            "3.2 Tren": along("E18", 100, 100, 100, 100, 100) | along("K18", 100, 100, 100, 100, 100),
            "3.3 Renstra": {"G18": 100},
        },
    ),
    (  # a program and its only kegiatan, and the kegiatan's only sub kegiatan
        "amounts typed at every level",
        {
            "3.4 Keuangan": {"C13": "Program", "E13": "Program 6", "F13": 7e8, "G13": 6.9e8}
            | {"C14": "Kegiatan", "E14": "Kegiatan 7", "F14": 7e8, "G14": 6.9e8}
            | {"C15": "Sub Kegiatan", "E15": "Sub kegiatan 8", "F15": 7e8, "G15": 6.9e8}
        },
    ),
    ("spent to the last rupiah", {"3.1 Kinerja": {"I8": 59}, "3.4 Keuangan": {"G12": 5000000007}}),
    (
        "no deaths promised, none happened",
        {
            "2.2 IKU": {"J8": "turun"},
            "2.1 Perjanjian Kinerja": {"E8": 0},
            "3.1 Kinerja": {"H8": 0, "I8": 0},
            "3.2 Tren": along("E8", 60, 50, 40, 30, 10) | along("K8", 58, 49, 41, 28, 9),
            "3.3 Renstra": {"G8": 0},
        },
    ),
    ("first day", {"Identitas": {"C17": datetime.date(2024, 1, 1)}}),
    ("last day", {"Identitas": {"C17": datetime.date(2024, 6, 30)}}),
    ("Renstra far above this year", {"3.3 Renstra": {"G8": 2900}}),
    (
        "Renstra far below this year",
        {"2.2 IKU": {"J8": "turun"}, "3.1 Kinerja": {"I8": 60.5}, "3.3 Renstra": {"G8": 1.5}},
    ),
    (
        "small percentages",
        {
            "3.1 Kinerja": {"H18": 0.5, "I18": 0.4, "H19": 0.79, "I19": 0.78},
            "3.2 Tren": along("E18", 0.3, 0.35, 0.4, 0.45, 0.48)
            | along("K18", 0.2, 0.24, 0.31, 0.33, 0.37)
            | along("E19", 0.6, 0.64, 0.7, 0.73, 0.75)
            | along("K19", 0.55, 0.62, 0.66, 0.72, 0.71),
            "3.3 Renstra": {"G18": 0.6, "G19": 4.5},
        },
    ),
    (
        "three small percentages",
        {
            "3.1 Kinerja": {"H18": 0.79, "I18": 0.78, "H19": 1.94, "I19": 1.9, "H20": 0.9, "I20": 0.86},
            "3.2 Tren": along("E18", 0.6, 0.64, 0.7, 0.73, 0.75)
            | along("K18", 0.55, 0.62, 0.66, 0.72, 0.71)
            | along("E19", 1.6, 1.68, 1.7, 1.76, 1.85)
            | along("K19", 1.5, 1.6, 1.65, 1.68, 1.75)
            | along("E20", 0.7, 0.75, 0.8, 0.82, 0.85)
            | along("K20", 0.61, 0.7, 0.78, 0.77, 0.81),
            "3.3 Renstra": {"G18": 0.8, "G19": 2, "G20": 0.95},
        },
    ),
    (
        "counts that happen to be years",
        {
            "2.1 Perjanjian Kinerja": {"E8": 2050, "E9": 2023, "E10": 2000},
            "3.1 Kinerja": {"H8": 2050, "I8": 2040, "H9": 2023, "I9": 2010, "H10": 2000, "I10": 2023},
            "3.2 Tren": along("E8", 1950, 1990, 2020, 2035, 2045)
            | along("K8", 1900, 1985, 2010, 2021, 2040)
            | along("E9", 1950, 1965, 1970, 1985, 2000)
            | along("K9", 1940, 1950, 1975, 1980, 1995),
            "3.3 Renstra": {"G8": 2100, "G9": 2030, "G10": 2010},
        },
    ),
    (
        "villages that happen to be a year",
        {"IDM": {"D9": 2000, "E9": 2022, "G9": 2040, "D10": 85, "E10": 67}},
    ),
    (
        "a small budget",
        {"3.4 Keuangan": along("F10", 1e8, 9e7) | along("F11", 2e8, 1.9e8) | along("F12", 2e8, 1.9e8)},
    ),
]
