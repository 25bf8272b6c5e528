"""Lines of docs/temuan-penelaah.md proven: predikat, percentages, dates, and what is missing."""

from __future__ import annotations

import datetime

from proven.case import Proof, case

AKIP = "Hasil Evaluasi Akuntabilitas Kinerja Instansi Pemerintah (AKIP) Perangkat Daerah"

WORDS: dict[str, Proof] = {
    "Predikat tidak sesuai angkanya": Proof(
        (case({"3.1 Kinerja": {"L8": "Tidak Berhasil"}}, ("rumus-ditimpa", "3.1 Kinerja", "L8")),),
        (case({"3.1 Kinerja": {"L8": "Berhasil"}}, ("rumus-ditimpa", "3.1 Kinerja", "L8")),),
    ),
    "Predikat AKIP tidak sesuai nilainya": Proof(
        ("akip-predikat",),
        (
            case({"AKIP": {"C7": 70}}, ("akip-predikat", "AKIP", "C8")),  # BB begins above 70
            case({"AKIP": {"C7": 70.01}}),
        ),
    ),
    "Sel persentase kosong padahal dapat dihitung": Proof(
        ("realisasi-wajib", "anggaran-wajib", "realisasi-anggaran-wajib", "wajib"),
        (
            case({"3.1 Kinerja": {"H18": " "}}, ("wajib", "3.1 Kinerja", "H18")),
            case({"3.1 Kinerja": {"K8": None}}, ("rumus-ditimpa", "3.1 Kinerja", "K8")),
        ),
    ),
    "99,998 % tertulis 100,00 %": Proof(
        ("persen-bulat",),
        (
            case(  # 99,995 %
                {"3.1 Kinerja": {"I8": 59}, "3.4 Keuangan": {"G12": 4999750008}},
                ("persen-bulat", "3.4 Keuangan", "G12"),
            ),
        ),
    ),
    "Tahun keliru di judul": Proof(
        (case({"Identitas": {"C9": 2022}}, ("teks-tetap-diganti", "Identitas", "C9")),),
        (case({"Identitas": {"C10": "2018 - 2024"}}, ("teks-tetap-diganti", "Identitas", "C10")),),
    ),
    "Tanggal laporan di luar Januari sampai Juni tahun berikutnya": Proof(
        ("tanggal-laporan", "tanggal-laporan terlalu awal"),
        (
            case({"Identitas": {"C17": datetime.date(2024, 7, 1)}}, ("tanggal-laporan", "Identitas", "C17")),
            case(
                {"Identitas": {"C17": datetime.date(2023, 12, 31)}}, ("tanggal-laporan", "Identitas", "C17")
            ),
        ),
    ),
    "Rata-rata yang melewatkan indikator": Proof(
        ("realisasi-wajib", "pk-ikk"),
        (
            case(  # its capaian is the mean itself
                {
                    "2.1 Perjanjian Kinerja": {"C11": "Sasaran 1", "D11": "Indikator kunci 2", "E11": 61},
                },
                ("pk-ikk", "2.1 Perjanjian Kinerja", "D11"),
            ),
        ),
    ),
    "Capaian rendah tanpa penjelasan": Proof(
        ("capaian-rendah", "capaian-rendah-lalu"),
        (
            case({"3.1 Kinerja": {"I18": 41.99}}, ("capaian-rendah", "3.1 Kinerja", "I18")),  # 69,98
            case({"3.2 Tren": {"L8": 28}}, ("capaian-rendah-lalu", "3.2 Tren", "R8")),  # 54,90
        ),
    ),
    "Perbandingan dengan tahun-tahun sebelumnya kosong": Proof(
        (
            "belum diisi",
            case(
                {
                    "3.2 Tren": {
                        f"{column}{row}": None for column in "EFGHIKLMNO" for row in (8, 9, 10, 18, 19, 20)
                    }
                },
                ("tabel-kosong", "3.2 Tren", "E8"),
                *(
                    ("belum-diisi", "3.2 Tren", f"{column}{row}")
                    for row in (8, 9, 10, 18, 19, 20)
                    for column in "EFGHIKLMNO"
                ),
            ),
        ),
        (
            case({"3.2 Tren": {"O20": "-"}}, ("tipe", "3.2 Tren", "O20")),
            case({"3.2 Tren": {"O20": None}}, ("belum-diisi", "3.2 Tren", "O20")),
        ),
    ),
}
