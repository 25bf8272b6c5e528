"""How the message of a planted fault is followed, and what else it brings with it."""

from __future__ import annotations

import datetime

from planted.codes import BUDGET, RIGHT
from planted.typed import Changes, along

# what is said of other cells, too, because of the planted fault
FOLLOWING: dict[str, list[tuple[str, str, str]]] = {
    "tipe angka Indonesia": [("anggaran-wajib", "3.4 Keuangan", "F10")],
    "tipe bulat": [("idm-tetap", "IDM", "H13")],
    "rentang": [("akip-predikat", "AKIP", "C8")],
    "rentang bawah": [("capaian-rendah", "3.1 Kinerja", "I18")],
    "acuan": [("iku-tanpa-pk", "2.2 IKU", "D8")],
}


# What following a message means, where it is not to type the right thing into the blamed cell again.
FOLLOWED: dict[str, Changes] = {
    "tipe predikat": {"3.1 Kinerja": {"I8": "BB (75,50)"}},
    "predikat-ukuran angka": {"3.1 Kinerja": {"I8": "WTP"}},
    "predikat-ukuran skala lain": {"3.2 Tren": {"M8": "A"}},
    "pk-target-predikat nilai": {"2.1 Perjanjian Kinerja": {"E8": "A"}},
    "pk-target-predikat": {"2.1 Perjanjian Kinerja": {"E8": "WTP"}},
    "rentang bawah": {"IKK": {"K8": 55}},
    "target-mustahil IDM": {"3.1 Kinerja": {"H18": 7.14}},
    "arah-target": {"2.2 IKU": {"J8": "naik"}},
    "arah-target tahun terakhir": {"2.2 IKU": {"J8": "naik"}},
    "realisasi-tahun-lalu": {"3.1 Kinerja": {"I8": 55}},
    "pengali-tetap dibulatkan": {"3.2 Tren": {"K8": 47}},
    "realisasi-pagu satu rupiah": {"3.4 Keuangan": {"AO12": "Selisih pembulatan gaji, sudah disetor"}},
    "target-nol": {
        "2.1 Perjanjian Kinerja": {"E8": 60},
        "3.1 Kinerja": {"H8": 60},
        "3.3 Renstra": {"G8": 60},
    },
    "analisis-kosong": {"Analisis Penyebab": {"E8": "Sebabnya"}},
    "tabel yang mungkin tidak berlaku, kosong dan tanpa alasan": {"Efisiensi": {"D2": "Tidak dirinci"}},
    "tabel yang tidak berlaku, tetapi terisi": {"Tindak Lanjut": {"D2": None}},
    "wajib": {"1.1 Pegawai": {"D8": 0}},
    "tabel kosong": {"1.3 Golongan": {"B8": "Penata / III.c", "C8": 25}},
    "pendidikan-pns": {"1.2 Pendidikan": {"H8": 14}},
    "golongan-pns": {"1.3 Golongan": {"C9": 15}},
    "urutan-tingkat": {"3.4 Keuangan": {"C13": "Program"}},
    "iku-tanpa-pk": {"2.1 Perjanjian Kinerja": {"C8": "Sasaran 1", "D8": "Indikator utama 1", "E8": 60}},
    "pk-ikk": {"2.1 Perjanjian Kinerja": {"C11": None, "D11": None, "E11": None}},
    "iku-satuan": {"2.2 IKU": {"E8": "%"}},
    "iku-satuan jumlah": {"2.2 IKU": {"E8": "desa"}},
    "ikk-satuan jumlah": {"IKK": {"D8": "posyandu"}},
    "realisasi-target-lalu": {"3.2 Tren": {"M8": 51.4}},
    "realisasi-status-desa": {"3.2 Tren": {"O18": 6.67}},
    "capaian-rendah-lalu": {
        "Analisis Penyebab": {"D2": None, "C8": "Indikator utama 1", "E8": "Anggaran dialihkan"}
    },
    "capaian-seragam": {"3.2 Tren": {"M10": 50}},
    "capaian-seragam semua": {"3.1 Kinerja": {"I8": 56}},
    "akip-tanpa-pk": {"3.4 Keuangan": {"I12": None}},
    "jumlah-kegiatan": {"Ikhtisar": {"C5": None}},
    "jumlah-sub-kegiatan": {"Ikhtisar": {"F6": "Dua sub kegiatan lain dibiayai OPD lain"}},
    "kode-induk kegiatan": {BUDGET: RIGHT},
    "pola kode program": {BUDGET: RIGHT},
    "kode-induk sub kegiatan": {BUDGET: RIGHT},
    "kode-induk program": {BUDGET: {"D13": "2.13.02"}},
    "kode-ganda": {BUDGET: {"AO12": "Mendukung dua indikator"}},
    "kode-urut": {BUDGET: {"D11": "2.13.02.2.01.0004"}},
    "tingkat-kode": {BUDGET: {"C12": None}},
    "ket-efisien": {"3.4 Keuangan": {"G12": 4600000000}},
    "total-penunjang": {"3.4 Keuangan": {"AO88": "Disebut terpisah di Bab III.B"}},
    "rasio-lengkap": {"IKK": {"K8": None}},
    "penyebut-nol": {"IKK": {"L8": 100}},
    "iku-tanpa-sasaran": {"2.2 IKU": {"S8": "Renstra tidak menyebut sasarannya"}},
    "belum diisi satuan IKU": {"2.2 IKU": {"S8": "Perjanjian Kinerja tidak menyebut satuannya"}},
    "iku-rasio-lengkap": {"2.2 IKU": {"L8": None}},
    "iku-penyebut-nol": {"2.2 IKU": {"M8": 100}},
    "realisasi-beda-hitung IKU": {"3.1 Kinerja": {"I8": None}},
    "sementara-sampai": {"3.1 Kinerja": {"Q8": "triwulan III"}},
    "realisasi-beda-hitung": {"3.1 Kinerja": {"I18": None}},
    "realisasi-sama-target": {"3.1 Kinerja": {"I8": 55, "I9": 57}},
    "pengali-tetap": {"3.2 Tren": {"K9": 49}},
    "standar-atau-alasan": {"Standar Nasional": {"H8": "Tidak ada standar nasional"}},
    "efisiensi-pagu": {"Efisiensi": {"F8": 90}},
    "efisiensi-tertinggal": {"Efisiensi": {"L8": "Kegiatan selesai, hasilnya baru terlihat tahun depan"}},
    "persen-bulat": {"3.4 Keuangan": {"AO12": "Sisa dikembalikan ke kas daerah"}},
    "idm-tetap": {"IDM": {"G8": 4}},
    "tanggal-laporan": {"Identitas": {"C17": datetime.date(2024, 1, 8)}},
    "tanggal-laporan terlambat": {"Identitas": {"F17": "Menunggu hasil evaluasi"}},
    "pecahan-target": {"3.1 Kinerja": {"H18": 60, "I18": 55}},
    "pecahan-target tren": {"3.1 Kinerja": {"H18": 60, "I18": 55}, "3.3 Renstra": {"G18": 60}},
    "pecahan-target desimal": {
        "3.1 Kinerja": {"H18": 82.3, "I18": 80.1},
        "3.2 Tren": along("E18", 70, 72, 74, 76, 78) | along("K18", 65, 70, 71, 73, 77),
        "3.3 Renstra": {"G18": 83},
    },
    "pecahan-semua": {"3.1 Kinerja": {"H18": 60, "I18": 55, "H19": 61, "I19": 57, "H20": 62, "I20": 59}},
    "target-tahun": {"3.1 Kinerja": {"H18": 600}},
    "anggaran-satuan": {
        "3.4 Keuangan": along("F10", 2e9, 1.9e9) | along("F11", 4e9, 3.8e9) | along("F12", 5e9, 4.75e9)
    },
}
