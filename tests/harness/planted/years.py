"""Faults planted in other years (3.2) and the end of the plan (3.3)."""

from __future__ import annotations

from planted.typed import Changes, Planted, along

YEARS: list[Planted] = [
    (
        "tanpa asal",
        {"3.3 Renstra": {"G11": 5}},
        ("tanpa-asal", "3.3 Renstra", "G11"),
        "Target s/d Tahun 2023 5 diisi, tetapi baris asalnya di lembar 2.2 IKU atau IKK kosong",
        "Isi baris asalnya, atau hapus isian ini",
    ),
    (
        "belum diisi",
        {"3.2 Tren": {"F9": None}},
        ("belum-diisi", "3.2 Tren", "F9"),
        "TARGET 2019 belum diisi",
        "Isi sel ini, atau tulis di kolom Penjelasan mengapa angkanya tidak ada",
    ),
    (
        "realisasi-tahun-lalu",
        {"3.2 Tren": {"O8": 55.5}, "3.1 Kinerja": {"I8": 55.5}},
        ("realisasi-tahun-lalu", "3.2 Tren", "P8"),
        "Realisasi Indikator utama 1 55,5 sama persis dengan tahun sebelumnya",
        "Periksa apakah angkanya disalin dari tahun lalu",
    ),
    (
        "realisasi-baris-lain",
        {"3.2 Tren": {"L8": 48.5, "L9": 48.5}},
        ("realisasi-baris-lain", "3.2 Tren", "L9"),
        "Realisasi Indikator utama 2 48,5 sama persis dengan indikator di atasnya pada tahun yang sama",
        "Periksa apakah angkanya disalin dari baris lain",
    ),
    (
        "tren-ekstrem",
        {"3.2 Tren": {"L8": 5900}},
        ("tren-ekstrem", "3.2 Tren", "L8"),
        "Realisasi Indikator utama 1 5.900, lebih dari sepuluh kali targetnya 51",
        "Periksa koma desimal dan satuannya",
    ),
    (
        "pengali-tetap",
        {
            "3.2 Tren": {"K9": 45.9, "L9": 46.8, "M9": 47.7, "N9": 48.6, "O9": 49.5},
            "3.1 Kinerja": {"I9": 54.9},
        },
        ("pengali-tetap", "3.2 Tren", "C9"),
        "Capaian Indikator utama 2 di semua tahun hampir sama (90 sampai 90 %)",
        "Periksa apakah realisasi dihitung dari target dengan pengali tetap",
    ),
    (  # 98 % of 50 to 60, rounded to one decimal
        "pengali-tetap dibulatkan",
        {"3.2 Tren": along("K8", 49, 50, 51, 51.9, 52.9), "3.1 Kinerja": {"I8": 58.8}},
        ("pengali-tetap", "3.2 Tren", "C8"),
        "Capaian Indikator utama 1 di semua tahun hampir sama (97,92 sampai 98,08 %)",
        "Periksa apakah realisasi dihitung dari target dengan pengali tetap",
    ),
    (
        "arah-target",
        {"2.2 IKU": {"J8": "turun"}, "3.3 Renstra": {"G8": 70}, "3.1 Kinerja": {"I8": 60.5}},
        ("arah-target", "3.3 Renstra", "G8"),
        "Arah Indikator utama 1 turun, sedangkan targetnya 50 sampai 60, tahun ini 60, dan target akhirnya 70",
        "Periksa arah indikator di lembar 2.2 IKU atau IKK, dan target-target itu",
    ),
    (  # the figures of the reference report, whose year is the last of its Renstra
        "arah-target tahun terakhir",
        {
            "2.2 IKU": {"J8": "turun"},
            "2.1 Perjanjian Kinerja": {"E8": 243},
            "3.1 Kinerja": {"H8": 243, "I8": 240},
            "3.2 Tren": along("E8", 103, 131, 159, 187, 215) | along("K8", 103, 183, 204, 205, 209),
            "3.3 Renstra": {"G8": 243},
        },
        ("arah-target", "3.3 Renstra", "G8"),
        "Arah Indikator utama 1 turun, sedangkan targetnya 103 sampai 243, tahun ini 243, dan target akhirnya 243",
        "Periksa arah indikator di lembar 2.2 IKU atau IKK, dan target-target itu",
    ),
    (
        "renstra-skala",
        {"3.3 Renstra": {"G8": 6000}},
        ("renstra-skala", "3.3 Renstra", "G8"),
        "Target akhir Indikator utama 1 6.000, sedangkan target tahun ini 60: berbeda lima puluh kali atau lebih",
        "Periksa koma desimal dan satuan kedua target itu",
    ),
    (
        "renstra-skala seperseratus",
        {"3.3 Renstra": {"G8": 0.6}},
        ("renstra-skala", "3.3 Renstra", "G8"),
        "Target akhir Indikator utama 1 0,6, sedangkan target tahun ini 60: berbeda lima puluh kali atau lebih",
        "Periksa koma desimal dan satuan kedua target itu",
    ),
    (
        "tren-target-tahun",
        {"3.2 Tren": {"F8": 2019}},
        ("tren-target-tahun", "3.2 Tren", "F8"),
        "Target Indikator utama 1 tampaknya angka tahun, bukan target",
        "Ketik targetnya satu per satu; angka yang diseret bertambah satu di setiap sel",
    ),
    (
        "tren-realisasi-tahun",
        {"3.2 Tren": {"L8": 2020}},
        ("tren-realisasi-tahun", "3.2 Tren", "L8"),
        "Realisasi Indikator utama 1 tampaknya angka tahun, bukan hasil",
        "Ketik realisasinya satu per satu; angka yang diseret bertambah satu di setiap sel",
    ),
    (
        "realisasi-target-lalu",
        {"3.2 Tren": {"F8": 51.3, "M8": 51.3}},
        ("realisasi-target-lalu", "3.2 Tren", "M8"),
        "Realisasi Indikator utama 1 51,3 sama persis dengan target tahun sebelumnya",
        "Periksa apakah angkanya disalin dari kolom target",
    ),
    (  # 2 of 30 villages are 6,666… %
        "realisasi-status-desa",
        {
            "IDM ke IKK": {"D8": "Indikator kunci 1"},
            "3.1 Kinerja": {"H18": 7.14, "I18": None},
            "3.2 Tren": along("E18", 6, 6.2, 6.4, 6.6, 6.8) | along("K18", 5, 5.3, 5.7, 6.5, 6.66),
            "3.3 Renstra": {"G18": 7.5},
        },
        ("realisasi-status-desa", "3.2 Tren", "O18"),
        "Realisasi Indikator kunci 1 diketik 6,66, sedangkan jumlah desanya memberi 6,67",
        "Ketik hasil hitungannya, dibulatkan dua desimal; bila jumlah desanya yang keliru, perbaiki di lembar IDM",
    ),
    (
        "capaian-rendah-lalu",
        {"3.2 Tren": {"L8": 16}},
        ("capaian-rendah-lalu", "3.2 Tren", "R8"),
        "Capaian Indikator utama 1 hanya 31,37 % (16 dari 51) tanpa penjelasan",
        "Tulis sebabnya di lembar Analisis Penyebab atau di kolom Penjelasan",
    ),
    (
        "capaian-seragam",
        {"3.2 Tren": {"M8": 49.92, "M9": 50.88, "M10": 51.84}},
        ("capaian-seragam", "3.2 Tren", "S8"),
        "Capaian Indikator utama 1 96,00 %, sama pada 3 dari 6 indikator tahun itu, yang terendah 94,23 dan tertinggi 105,56 %",
        "Periksa apakah realisasi dihitung dari target dengan pengali tetap",
    ),
    (  # nearly equal, and none the same
        "capaian-seragam semua",
        {
            "3.1 Kinerja": {"I8": 57.1, "I9": 58, "I10": 58.9, "I18": 57.2, "I19": 58.1, "I20": 59},
        },
        ("capaian-seragam", "3.2 Tren", "V18"),
        "Capaian Indikator kunci 1 95,33 %, sama pada 1 dari 6 indikator tahun itu, yang terendah 95 dan tertinggi 95,33 %",
        "Periksa apakah realisasi dihitung dari target dengan pengali tetap",
    ),
]

# Years dragged across a row where figures belong: what is typed where; rule, sheet, and all the cells that it finds.
DRAGGED: list[tuple[str, Changes, tuple[str, str, tuple[str, ...]]]] = [
    (
        "tren target",
        {"3.2 Tren": along("E8", 2018, 2019, 2020, 2021, 2022)},
        ("tren-target-tahun", "3.2 Tren", ("E8", "F8", "G8", "H8", "I8")),
    ),
    (
        "tren realisasi",
        {"3.2 Tren": along("K9", 2018, 2019, 2020, 2021, 2022)},
        ("tren-realisasi-tahun", "3.2 Tren", ("K9", "L9", "M9", "N9", "O9")),
    ),
    (
        "one column late",
        {"3.2 Tren": along("K9", 2019, 2020, 2021, 2022, 2023)},
        ("tren-realisasi-tahun", "3.2 Tren", ("K9", "L9", "M9", "N9", "O9")),
    ),
    (
        "down a column",
        {"3.2 Tren": {"F8": 2019, "F9": 2020, "F10": 2021}},
        ("tren-target-tahun", "3.2 Tren", ("F8", "F9", "F10")),
    ),
    (  # the first of them could be a count, since nothing is before it
        "among counts as big",
        {
            "2.1 Perjanjian Kinerja": {"E8": 2050},
            "3.1 Kinerja": {"H8": 2050, "I8": 2040},
            "3.2 Tren": along("E8", 2018, 2019, 2020, 2021, 2022) | along("K8", 1900, 1910, 1950, 2000, 2011),
            "3.3 Renstra": {"G8": 2100},
        },
        ("tren-target-tahun", "3.2 Tren", ("F8", "G8", "H8", "I8")),
    ),
    (
        "IDM",
        {"IDM": {"D8": 2021, "E8": 2022, "G8": 2023, "G9": 16}},
        ("idm-tahun", "IDM", ("D8", "E8", "G8")),
    ),
]
