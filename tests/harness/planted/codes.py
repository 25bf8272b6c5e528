"""Faults planted in the codes of programs, kegiatan and sub kegiatan (3.4)."""

from __future__ import annotations

from typing import Any

from planted.typed import Changes, Planted

BUDGET = "3.4 Keuangan"
RIGHT = {
    "D8": "2.13.02",
    "D9": "2.13.02.2.01",
    "D10": "2.13.02.2.01.0001",
    "D11": "2.13.02.2.01.0002",
    "D12": "2.13.03",
}
UNSAID = {"C8": None, "C9": None, "C10": None, "C11": None, "C12": None}
"""Levels that follow from the codes."""


def coded(**wrong: Any) -> Changes:
    """Return a clean budget with all its codes and no level, but for what is typed otherwise."""
    return {BUDGET: UNSAID | RIGHT | wrong}


_INFLATED = "angka terakhirnya mungkin sudah hilang"

CODES: list[Planted] = [
    (
        "kode yang menjadi angka",
        {BUDGET: {"D12": 2.13}},
        ("tipe", BUDGET, "D12"),
        f"Kode berisi “2,13” yang bukan teks, jadi nol di ujungnya atau {_INFLATED}",
        "Ketik tanda petik tunggal (') lalu seluruhnya lagi, agar tersimpan sebagai teks",
    ),
    (
        "pola kode program",
        coded(D11="2.13.02.2.01.002"),
        ("pola", BUDGET, "D11"),
        "Kode “2.13.02.2.01.002” tidak tertulis sebagai kode Permendagri 90/2019 seperti 2.13.02, 2.13.02.2.01, atau 2.13.02.2.01.0001",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain",
    ),
    (
        "pola kode program dengan spasi",
        {BUDGET: {"D12": "2.13.03 "}},
        ("pola", BUDGET, "D12"),
        "Kode “2.13.03 ” tidak tertulis sebagai kode Permendagri 90/2019 seperti 2.13.02, 2.13.02.2.01, atau 2.13.02.2.01.0001",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain; barangkali maksudnya “2.13.03”",
    ),
    (
        "tingkat-kode",
        coded(C12="Kegiatan"),
        ("tingkat-kode", BUDGET, "C12"),
        "Tingkat Program 5 dipilih Kegiatan, sedangkan 2.13.03 adalah kode Program",
        "Kosongkan tingkatnya agar mengikuti kode, atau perbaiki kodenya",
    ),
    (
        "kode-induk kegiatan",
        coded(D9="2.13.03.2.01", D10="2.13.03.2.01.0001", D11="2.13.03.2.01.0002", D12="2.13.04"),
        ("kode-induk", BUDGET, "D9"),
        "Kode Kegiatan 2 2.13.03.2.01 tidak diawali kode induknya, 2.13.02",
        "Perbaiki kodenya, atau pindahkan baris ini ke bawah induknya",
    ),
    (
        "kode-induk sub kegiatan",
        coded(D10="2.13.02.2.03.0001"),
        ("kode-induk", BUDGET, "D10"),
        "Kode Sub kegiatan 3 2.13.02.2.03.0001 tidak diawali kode induknya, 2.13.02.2.01",
        "Perbaiki kodenya, atau pindahkan baris ini ke bawah induknya",
    ),
    (
        "kode-induk program",
        {BUDGET: {"C12": "Urusan", "D12": "2.13", "E12": "Urusan 5", "F12": None, "G12": None}
            | {"I13": "Indikator utama 1", "D13": "2.12.02", "E13": "Program 6", "F13": 5000000007, "G13": 4750000000}},
        ("kode-induk", BUDGET, "D13"),
        "Kode Program 6 2.12.02 tidak diawali kode induknya, 2.13",
        "Perbaiki kodenya, atau pindahkan baris ini ke bawah induknya",
    ),
    (
        "kode-ganda",
        coded(D12="2.13.02"),
        ("kode-ganda", BUDGET, "D12"),
        "Kode 2.13.02 (Program 5) sudah ditulis di baris sebelumnya",
        "Gabungkan kedua baris, atau perbaiki kodenya; bila memang mendukung dua indikator, tulis di kolom Penjelasan",
    ),
    (
        "kode-urut",
        coded(D10="2.13.02.2.01.0003"),
        ("kode-urut", BUDGET, "D11"),
        "Kode 2.13.02.2.01.0002 (Sub kegiatan 4) ditulis sesudah 2.13.02.2.01.0003",
        "Urutkan baris-barisnya menurut kode, masing-masing dengan rinciannya",
    ),
]  # fmt: skip
