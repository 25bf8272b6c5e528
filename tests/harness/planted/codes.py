"""Faults planted in the codes of programs, kegiatan and sub kegiatan (3.4)."""

from __future__ import annotations

from typing import Any

from planted.typed import Changes, Planted

BUDGET = "3.4 Keuangan"
RIGHT = {
    "K8": "2.13.02",
    "K9": "2.13.02.2.01",
    "K10": "2.13.02.2.01.0001",
    "K11": "2.13.02.2.01.0002",
    "K12": "2.13.03",
}
UNSAID = {"J8": None, "J9": None, "J10": None, "J11": None, "J12": None}
"""Levels that follow from the codes."""


def coded(**wrong: Any) -> Changes:
    """Return a clean budget with all its codes and no level, but for what is typed otherwise."""
    return {BUDGET: UNSAID | RIGHT | wrong}


_INFLATED = "angka terakhirnya mungkin sudah hilang"

CODES: list[Planted] = [
    (
        "kode yang menjadi angka",
        {BUDGET: {"K12": 2.13}},
        ("tipe", BUDGET, "K12"),
        f"Kode berisi “2,13” yang bukan teks, jadi nol di ujungnya atau {_INFLATED}",
        "Ketik tanda petik tunggal (') lalu seluruhnya lagi, agar tersimpan sebagai teks",
    ),
    (
        "pola kode program",
        coded(K11="2.13.02.2.01.002"),
        ("pola", BUDGET, "K11"),
        "Kode “2.13.02.2.01.002” tidak tertulis sebagai kode Permendagri 90/2019 seperti 2.13.02, 2.13.02.2.01, atau 2.13.02.2.01.0001",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain",
    ),
    (
        "pola kode program dengan spasi",
        {BUDGET: {"K12": "2.13.03 "}},
        ("pola", BUDGET, "K12"),
        "Kode “2.13.03 ” tidak tertulis sebagai kode Permendagri 90/2019 seperti 2.13.02, 2.13.02.2.01, atau 2.13.02.2.01.0001; barangkali maksudnya “2.13.03”",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain",
    ),
    (
        "tingkat-kode",
        coded(J12="Kegiatan"),
        ("tingkat-kode", BUDGET, "J12"),
        "Tingkat Program 5 dipilih Kegiatan, sedangkan 2.13.03 adalah kode Program",
        "Kosongkan tingkatnya agar mengikuti kode, atau perbaiki kodenya",
    ),
    (
        "kode-induk kegiatan",
        coded(K9="2.13.03.2.01", K10="2.13.03.2.01.0001", K11="2.13.03.2.01.0002", K12="2.13.04"),
        ("kode-induk", BUDGET, "K9"),
        "Kode Kegiatan 2 2.13.03.2.01 tidak diawali kode induknya, 2.13.02",
        "Perbaiki kodenya, atau pindahkan baris ini ke bawah induknya",
    ),
    (
        "kode-induk sub kegiatan",
        coded(K10="2.13.02.2.03.0001"),
        ("kode-induk", BUDGET, "K10"),
        "Kode Sub kegiatan 3 2.13.02.2.03.0001 tidak diawali kode induknya, 2.13.02.2.01",
        "Perbaiki kodenya, atau pindahkan baris ini ke bawah induknya",
    ),
    (
        "kode-induk program",
        {BUDGET: {"J12": "Urusan", "K12": "2.13", "L12": "Urusan 5", "M12": None, "N12": None}
            | {"D13": "Indikator utama 1", "K13": "2.12.02", "L13": "Program 6", "M13": 5000000007, "N13": 4750000000}},
        ("kode-induk", BUDGET, "K13"),
        "Kode Program 6 2.12.02 tidak diawali kode induknya, 2.13",
        "Perbaiki kodenya, atau pindahkan baris ini ke bawah induknya",
    ),
    (
        "kode-ganda",
        coded(K12="2.13.02"),
        ("kode-ganda", BUDGET, "K12"),
        "Kode 2.13.02 (Program 5) sudah ditulis di baris sebelumnya",
        "Gabungkan kedua baris, atau perbaiki kodenya; bila memang mendukung dua indikator, tulis di kolom Penjelasan",
    ),
    (
        "kode-urut",
        coded(K10="2.13.02.2.01.0003"),
        ("kode-urut", BUDGET, "K11"),
        "Kode 2.13.02.2.01.0002 (Sub kegiatan 4) ditulis sesudah 2.13.02.2.01.0003",
        "Urutkan baris-barisnya menurut kode, masing-masing dengan rinciannya",
    ),
]  # fmt: skip
