"""Faults planted in the identity of the agency."""

from __future__ import annotations

import datetime

from planted.typed import Planted

IDENTITY: list[Planted] = [
    (
        "wajib formulir",
        {"Identitas": {"C6": None}},
        ("wajib", "Identitas", "C6"),
        "Nama perangkat daerah belum diisi",
        "Isi sel ini",
    ),
    (
        "tipe kode",
        {"Identitas": {"C5": 2.1}},
        ("tipe", "Identitas", "C5"),
        "Kode perangkat daerah berisi “2,1” yang bukan teks, jadi nol di ujungnya atau angka terakhirnya mungkin sudah hilang",
        "Ketik tanda petik tunggal (') lalu seluruhnya lagi, agar tersimpan sebagai teks",
    ),
    (
        "tipe NIP",
        {"Identitas": {"C15": 198402122006041003}},
        ("tipe", "Identitas", "C15"),
        "NIP berisi “198402122006041000” yang bukan teks, jadi nol di ujungnya atau angka terakhirnya mungkin sudah hilang",
        "Ketik tanda petik tunggal (') lalu seluruhnya lagi, agar tersimpan sebagai teks",
    ),
    (
        "pola kode titik",
        {"Identitas": {"C5": "2.13."}},
        ("pola", "Identitas", "C5"),
        "Kode perangkat daerah “2.13.” tidak tertulis sebagai angka bertitik seperti 2.13 atau 2.13.0.00.0.00.01, atau singkatan seperti DPMD",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain; barangkali maksudnya “2.13”",
    ),
    (
        "pola kode koma",
        {"Identitas": {"C5": "02,13"}},
        ("pola", "Identitas", "C5"),
        "Kode perangkat daerah “02,13” tidak tertulis sebagai angka bertitik seperti 2.13 atau 2.13.0.00.0.00.01, atau singkatan seperti DPMD",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain; barangkali maksudnya “2.13”",
    ),
    (
        "pola kode terpotong",
        {"Identitas": {"C5": "2.1"}},
        ("pola", "Identitas", "C5"),
        "Kode perangkat daerah “2.1” tidak tertulis sebagai angka bertitik seperti 2.13 atau 2.13.0.00.0.00.01, atau singkatan seperti DPMD",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain",
    ),
    (
        "pola kode tak terlihat",
        {"Identitas": {"C5": "2.13\u200b"}},
        ("pola", "Identitas", "C5"),
        "Kode perangkat daerah “2.13‹U+200B›” tidak tertulis sebagai angka bertitik seperti 2.13 atau 2.13.0.00.0.00.01, atau singkatan seperti DPMD",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain; barangkali maksudnya “2.13”",
    ),
    (
        "pola kode petik",
        {"Identitas": {"C5": "’2.13"}},
        ("pola", "Identitas", "C5"),
        "Kode perangkat daerah “’2.13” tidak tertulis sebagai angka bertitik seperti 2.13 atau 2.13.0.00.0.00.01, atau singkatan seperti DPMD",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain; barangkali maksudnya “2.13”",
    ),
    (
        "pola kode lebar",
        {"Identitas": {"C5": "２.１３"}},
        ("pola", "Identitas", "C5"),
        "Kode perangkat daerah “２.１３” tidak tertulis sebagai angka bertitik seperti 2.13 atau 2.13.0.00.0.00.01, atau singkatan seperti DPMD",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain; barangkali maksudnya “2.13”",
    ),
    (
        "pola NIP pendek",
        {"Identitas": {"C15": "198402122006041"}},
        ("pola", "Identitas", "C15"),
        "NIP “198402122006041” tidak tertulis sebagai 18 angka",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain",
    ),
    (
        "pola NIP huruf",
        {"Identitas": {"C15": "19840212200604100A"}},
        ("pola", "Identitas", "C15"),
        "NIP “19840212200604100A” tidak tertulis sebagai 18 angka",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain",
    ),
    (
        "pola NIP ilmiah",
        {"Identitas": {"C15": "1,98402E+17"}},
        ("pola", "Identitas", "C15"),
        "NIP “1,98402E+17” tidak tertulis sebagai 18 angka",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain",
    ),
    (
        "tipe tanggal",
        {"Identitas": {"C17": "8 Januari"}},
        ("tipe", "Identitas", "C17"),
        "Tanggal laporan berisi “8 Januari”, bukan tanggal",
        "Ketik tanggal, misalnya 08/01/2024",
    ),
    (
        "tanggal-laporan",
        {"Identitas": {"C17": datetime.date(2025, 5, 8)}},
        ("tanggal-laporan", "Identitas", "C17"),
        "Laporan tahun 2023 bertanggal 8 Mei 2025, padahal lazimnya ditandatangani Januari sampai Juni tahun berikutnya",
        "Periksa bulan dan tahun tanggalnya",
    ),
    (
        "tanggal-laporan terlalu awal",
        {"Identitas": {"C17": datetime.date(2023, 12, 31)}},
        ("tanggal-laporan", "Identitas", "C17"),
        "Laporan tahun 2023 bertanggal 31 Desember 2023, padahal lazimnya ditandatangani Januari sampai Juni tahun berikutnya",
        "Periksa bulan dan tahun tanggalnya",
    ),
    (
        "tanggal-laporan terlambat",
        {"Identitas": {"C17": datetime.date(2024, 7, 1)}},
        ("tanggal-laporan", "Identitas", "C17"),
        "Laporan tahun 2023 bertanggal 1 Juli 2024, padahal lazimnya ditandatangani Januari sampai Juni tahun berikutnya",
        "Periksa bulan dan tahun tanggalnya",
    ),
]
