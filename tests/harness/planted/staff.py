"""Faults planted in the tables of staff (1.1 to 1.3)."""

from __future__ import annotations

from planted.typed import Planted

STAFF: list[Planted] = [
    (
        "wajib",
        {
            "1.1 Pegawai": {"D8": None},
            "1.2 Pendidikan": {"C8": 0, "G8": 0, "H8": 0},
            "1.3 Golongan": {"C8": 0, "C9": 0},
        },
        ("wajib", "1.1 Pegawai", "D8"),
        "JUMLAH belum diisi",
        "Isi sel ini",
    ),
    (
        "unik",
        {"1.3 Golongan": {"B9": "penata / iii.C"}},
        ("unik", "1.3 Golongan", "B9"),
        "GOLONGAN “penata / iii.C” sudah ditulis di baris sebelumnya",
        "Gabungkan kedua baris, atau perbaiki yang salah tulis",
    ),
    (
        "tabel kosong",
        {"1.3 Golongan": {"B8": None, "C8": None, "B9": None, "C9": None}},
        ("tabel-kosong", "1.3 Golongan", "B8"),
        "Tabel 1.3 belum diisi",
        "Isi paling sedikit satu baris",
    ),
    (
        "pendidikan-pns",
        {"1.2 Pendidikan": {"H8": 9}},
        ("pendidikan-pns", "1.2 Pendidikan", "J11"),
        "Jumlah pegawai menurut pendidikan 20 orang, sedangkan PNS di Tabel 1.1 25 orang",
        "Samakan jumlah PNS di Tabel 1.1 dengan rincian pendidikan di Tabel 1.2",
    ),
    (
        "golongan-pns",
        {"1.3 Golongan": {"C9": 16}},
        ("golongan-pns", "1.3 Golongan", "C25"),
        "Jumlah pegawai menurut golongan 26 orang, sedangkan PNS di Tabel 1.1 25 orang",
        "Samakan jumlah PNS di Tabel 1.1 dengan rincian golongan di Tabel 1.3",
    ),
]
