"""Faults planted in the status of villages (IDM)."""

from __future__ import annotations

from planted.typed import Planted

VILLAGES: list[Planted] = [
    (
        "tipe bulat",
        {"IDM": {"G8": 4.5}},
        ("bulat", "IDM", "G8"),
        "Tahun 2023 4,5 bukan bilangan bulat",
        "Ketik bilangan bulat tanpa koma",
    ),
    (
        "idm-tetap",
        {"IDM": {"G8": 5}},
        ("idm-tetap", "IDM", "H13"),
        "Perkembangan semua status berjumlah 1, padahal jumlah desa seharusnya tetap",
        "Periksa jumlah desa tiap status kedua tahun",
    ),
]
