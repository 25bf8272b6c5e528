"""Faults planted in a clean workbook, each with the one finding that it must give, and how its message is followed."""

from __future__ import annotations

import datetime
from typing import Any

from lkjip_xl.base.a1 import a1, from_a1

Changes = dict[str, dict[str, Any]]


def _along(first: str, *values: float) -> dict[str, Any]:
    """Return values typed into cells of a row, from ``first`` to the right."""
    row, column = from_a1(first)
    return {a1(row, column + n): value for n, value in enumerate(values)}


def graded(arah: str, target: str, realisasi: str, *, changed: Changes | None = None) -> Changes:
    """Return the first IKU as one that grades measure in all tables, then what is typed otherwise."""
    changes: Changes = {
        "2.1 Perjanjian Kinerja": {"E8": target},
        "2.2 IKU": {"J8": arah},
        "3.1 Kinerja": {"H8": target, "I8": realisasi},
        "3.2 Tren": {f"{column}8": target for column in "EFGHI"}
        | {f"{column}8": realisasi for column in "KLMNO"},
        "3.3 Renstra": {"G8": target},
        "Standar Nasional": {"F8": target},
    }
    for sheet, cells in (changed or {}).items():
        changes[sheet] = changes[sheet] | cells
    return changes


OF_MEASURE = (
    "Untuk naik, turun, dan stabil ketik angka, selain itu salah satu predikat skalanya; "
    "atau perbaiki Arah di lembar 2.2 IKU atau IKK"
)

# what is typed where; rule, sheet, cell; message; remedy
PLANTED: list[tuple[str, Changes, tuple[str, str, str], str, str]] = [
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
        "wajib formulir",
        {"Identitas": {"C6": None}},
        ("wajib", "Identitas", "C6"),
        "Nama perangkat daerah belum diisi",
        "Isi sel ini",
    ),
    (
        "tipe",
        {"3.1 Kinerja": {"H8": "243 desa"}},
        ("tipe", "3.1 Kinerja", "H8"),
        "Target berisi “243 desa”, bukan angka dan bukan predikat",
        "Ketik ulang angkanya saja, tanpa Rp, %, satuan, atau titik ribuan; atau predikatnya saja, misalnya BB atau A (80,50)",
    ),
    (
        "tipe predikat",
        graded("predikat AKIP", "BB", "BB (75,50)", changed={"3.1 Kinerja": {"I8": "BB (75.50)"}}),
        ("tipe", "3.1 Kinerja", "I8"),
        "Realisasi (diketik) berisi “BB (75.50)”, bukan angka dan bukan predikat",
        "Ketik ulang angkanya saja, tanpa Rp, %, satuan, atau titik ribuan; atau predikatnya saja, misalnya BB atau A (80,50)",
    ),
    (
        "predikat-ukuran",
        {"3.1 Kinerja": {"H8": "BB"}},
        ("predikat-ukuran", "3.1 Kinerja", "H8"),
        "Target berisi “BB”, padahal indikator ini diukur dengan naik",
        OF_MEASURE,
    ),
    (
        "predikat-ukuran angka",
        graded("opini BPK", "WTP", "WDP", changed={"3.1 Kinerja": {"I8": 4}}),
        ("predikat-ukuran", "3.1 Kinerja", "I8"),
        "Realisasi (diketik) berisi 4, padahal indikator ini diukur dengan opini BPK",
        OF_MEASURE,
    ),
    (
        "predikat-ukuran skala lain",
        graded("predikat AKIP", "BB", "BB", changed={"3.2 Tren": {"M8": "WTP"}}),
        ("predikat-ukuran", "3.2 Tren", "M8"),
        "REALISASI 2020 berisi “WTP”, padahal indikator ini diukur dengan predikat AKIP",
        OF_MEASURE,
    ),
    (
        "predikat-ukuran PK",
        {"2.1 Perjanjian Kinerja": {"E8": "A (80,50)"}},
        ("predikat-ukuran", "2.1 Perjanjian Kinerja", "E8"),
        "TARGET berisi “A (80,50)”, padahal indikator ini diukur dengan naik",
        OF_MEASURE,
    ),
    (
        "tipe angka Indonesia",
        {"3.4 Keuangan": {"L10": "1.000,00"}},
        ("tipe", "3.4 Keuangan", "L10"),
        "Anggaran diketik (Rp) berisi “1.000,00”, bukan angka",
        "Ketik ulang angkanya saja, tanpa Rp, %, satuan, atau titik ribuan",
    ),
    (
        "tipe teks",
        {"Tindak Lanjut": {"C8": 5}},
        ("tipe", "Tindak Lanjut", "C8"),
        "Rekomendasi berisi “5”, seharusnya teks",
        "Ketik tanda petik tunggal (') lalu teksnya, agar tersimpan sebagai teks",
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
        "Kode perangkat daerah “2.13.” tidak tertulis sebagai angka bertitik seperti 2.13 atau 2.13.0.00.0.00.01, atau singkatan seperti DPMD; barangkali maksudnya “2.13”",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain",
    ),
    (
        "pola kode koma",
        {"Identitas": {"C5": "02,13"}},
        ("pola", "Identitas", "C5"),
        "Kode perangkat daerah “02,13” tidak tertulis sebagai angka bertitik seperti 2.13 atau 2.13.0.00.0.00.01, atau singkatan seperti DPMD; barangkali maksudnya “2.13”",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain",
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
        "Kode perangkat daerah “2.13‹U+200B›” tidak tertulis sebagai angka bertitik seperti 2.13 atau 2.13.0.00.0.00.01, atau singkatan seperti DPMD; barangkali maksudnya “2.13”",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain",
    ),
    (
        "pola kode petik",
        {"Identitas": {"C5": "’2.13"}},
        ("pola", "Identitas", "C5"),
        "Kode perangkat daerah “’2.13” tidak tertulis sebagai angka bertitik seperti 2.13 atau 2.13.0.00.0.00.01, atau singkatan seperti DPMD; barangkali maksudnya “2.13”",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain",
    ),
    (
        "pola kode lebar",
        {"Identitas": {"C5": "２.１３"}},
        ("pola", "Identitas", "C5"),
        "Kode perangkat daerah “２.１３” tidak tertulis sebagai angka bertitik seperti 2.13 atau 2.13.0.00.0.00.01, atau singkatan seperti DPMD; barangkali maksudnya “2.13”",
        "Hapus isinya, lalu ketik ulang tanpa tanda lain",
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
        "tipe bulat",
        {"IDM": {"G8": 4.5}},
        ("bulat", "IDM", "G8"),
        "Tahun 2023 4,5 bukan bilangan bulat",
        "Ketik bilangan bulat tanpa koma",
    ),
    (
        "tipe benar/salah",
        {"AKIP": {"C7": True}},
        ("tipe", "AKIP", "C7"),
        "Nilai hasil evaluasi berisi “TRUE”, bukan angka",
        "Ketik ulang angkanya saja, tanpa Rp, %, satuan, atau titik ribuan",
    ),
    (
        "tipe tanggal",
        {"Identitas": {"C17": "8 Januari"}},
        ("tipe", "Identitas", "C17"),
        "Tanggal laporan berisi “8 Januari”, bukan tanggal",
        "Ketik tanggal, misalnya 08/01/2024",
    ),
    (
        "rentang",
        {"AKIP": {"C7": 715}},
        ("rentang", "AKIP", "C7"),
        "Nilai hasil evaluasi 715 di luar batas (0 sampai 100)",
        "Periksa angkanya",
    ),
    (
        "rentang bawah",
        {"IKK": {"K8": -4, "J8": "Persentase", "L8": 100}, "3.1 Kinerja": {"I18": None}},
        ("rentang", "IKK", "K8"),
        "Pembilang tahun ini -4 di luar batas (paling kecil 0)",
        "Periksa angkanya",
    ),
    (
        "pilihan",
        {"2.2 IKU": {"J8": "naikk"}},
        ("pilihan", "2.2 IKU", "J8"),
        "Arah “naikk” tidak ada di daftar pilihan; barangkali “naik”",
        "Pilih dari daftar di sel ini",
    ),
    (
        "unik",
        {"1.3 Golongan": {"B9": "penata / iii.C"}},
        ("unik", "1.3 Golongan", "B9"),
        "GOLONGAN “penata / iii.C” sudah ditulis di baris sebelumnya",
        "Gabungkan kedua baris, atau perbaiki yang salah tulis",
    ),
    (
        "acuan",
        {"2.1 Perjanjian Kinerja": {"D8": "Indikator utama 01"}},
        ("acuan", "2.1 Perjanjian Kinerja", "D8"),
        "INDIKATOR KINERJA “Indikator utama 01” tidak ada di lembar 2.2 IKU atau IKK; barangkali “Indikator utama 1”",
        "Pilih dari daftar di sel ini, supaya tertulis sama persis",
    ),
    (
        "tanpa asal",
        {"3.3 Renstra": {"G11": 5}},
        ("tanpa-asal", "3.3 Renstra", "G11"),
        "Target s/d Tahun 2023 5 diisi, tetapi baris asalnya di lembar 2.2 IKU atau IKK kosong",
        "Isi baris asalnya, atau hapus isian ini",
    ),
    (
        "tabel kosong",
        {"1.3 Golongan": {"B8": None, "C8": None, "B9": None, "C9": None}},
        ("tabel-kosong", "1.3 Golongan", "B8"),
        "Tabel 1.3 belum diisi",
        "Isi paling sedikit satu baris",
    ),
    (
        "tabel yang mungkin tidak berlaku, kosong dan tanpa alasan",
        {"Efisiensi": {"D2": None}},
        ("tabel-kosong", "Efisiensi", "C8"),
        "Analisis atas Efisiensi Penggunaan Sumber Daya belum diisi",
        "Isi tabelnya; bila tidak berlaku bagi OPD ini, tulis alasannya di sel di bawah judul lembarnya",
    ),
    (
        "tabel yang tidak berlaku, tetapi terisi",
        {"Tindak Lanjut": {"D2": "Tidak ada rekomendasi"}},
        ("tidak-berlaku-terisi", "Tindak Lanjut", "C8"),
        "Tindak Lanjut Hasil Evaluasi Sebelumnya dinyatakan tidak berlaku, tetapi berisi",
        "Hapus alasannya di bawah judul lembar bila tabel ini berlaku, atau kosongkan tabelnya",
    ),
    (
        "belum diisi",
        {"3.2 Tren": {"F9": None}},
        ("belum-diisi", "3.2 Tren", "F9"),
        "TARGET 2019 belum diisi",
        "Isi sel ini, atau tulis di kolom Penjelasan mengapa angkanya tidak ada",
    ),
    (
        "belum diisi satuan IKU",
        {"2.2 IKU": {"E8": None}},
        ("belum-diisi", "2.2 IKU", "E8"),
        "Satuan belum diisi",
        "Isi sel ini, atau tulis di kolom Penjelasan mengapa angkanya tidak ada",
    ),
    (
        "belum diisi satuan IKK",
        {"IKK": {"D8": None}},
        ("belum-diisi", "IKK", "D8"),
        "Satuan belum diisi",
        "Isi sel ini, atau tulis di kolom Penjelasan mengapa angkanya tidak ada",
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
    (
        "realisasi-wajib",
        {"3.1 Kinerja": {"I9": None}},
        ("realisasi-wajib", "3.1 Kinerja", "I9"),
        "Realisasi Indikator utama 2 belum diisi",
        "Ketik realisasi tahun ini, atau isi pembilang dan penyebutnya di lembar 2.2 IKU atau IKK",
    ),
    (
        "anggaran-rincian",
        {"3.4 Keuangan": {"L8": 1234567.5}},
        ("anggaran-rincian", "3.4 Keuangan", "L8"),
        "Anggaran Program 1 diketik 1.234.567,50, sedangkan jumlah rinciannya 6.000.000.005,00",
        "Kosongkan anggaran di tingkat ini agar dijumlah sendiri, atau perbaiki rinciannya",
    ),
    (
        "realisasi-rincian",
        {"3.4 Keuangan": {"M9": 1}},
        ("realisasi-rincian", "3.4 Keuangan", "M9"),
        "Realisasi Kegiatan 2 diketik 1,00, sedangkan jumlah rinciannya 5.700.000.000,00",
        "Kosongkan realisasi di tingkat ini agar dijumlah sendiri, atau perbaiki rinciannya",
    ),
    (
        "anggaran-wajib",
        {"3.4 Keuangan": {"L12": None}},
        ("anggaran-wajib", "3.4 Keuangan", "L12"),
        "Anggaran Program 5 belum diisi dan tidak ada rincian di bawahnya",
        "Ketik anggarannya, atau isi kegiatan/sub kegiatan di bawahnya",
    ),
    (
        "realisasi-anggaran-wajib",
        {"3.4 Keuangan": {"M10": None}},
        ("realisasi-anggaran-wajib", "3.4 Keuangan", "M10"),
        "Realisasi anggaran Sub kegiatan 3 belum diisi dan tidak ada rincian di bawahnya",
        "Ketik realisasinya (0 bila memang tidak ada), atau isi kegiatan/sub kegiatan di bawahnya",
    ),
    (
        "urutan-tingkat",
        {"3.4 Keuangan": {"J13": "Sub Kegiatan", "K13": "Sub lepas", "L13": 1, "M13": 1}},
        ("urutan-tingkat", "3.4 Keuangan", "J13"),
        "Sub Kegiatan Sub lepas tidak berada di bawah induknya",
        "Tulis kegiatannya di atas baris ini; sub kegiatan tanpa kegiatan dan tanpa program ditulis di atas semua program",
    ),
    (
        "iku-tanpa-pk",
        {"2.1 Perjanjian Kinerja": {"C8": None, "D8": None, "E8": None}},
        ("iku-tanpa-pk", "2.2 IKU", "D8"),
        "IKU Indikator utama 1 tidak ada di Perjanjian Kinerja (lembar 2.1)",
        "Cantumkan di Perjanjian Kinerja dengan tulisan yang sama, atau periksa apakah ini memang IKU",
    ),
    (
        "iku-satuan",
        {
            "2.2 IKU": {"D8": "Persentase A"},
            "2.1 Perjanjian Kinerja": {"D8": "Persentase A"},
            "3.4 Keuangan": {"D8": None, "D12": None},
        },
        ("iku-satuan", "2.2 IKU", "E8"),
        "Persentase A bersatuan desa, padahal persentase",
        "Ganti satuannya menjadi % untuk persentase, atau apa yang dihitung (desa, orang, dokumen) untuk jumlah",
    ),
    (
        "iku-satuan jumlah",
        {
            "2.2 IKU": {"D8": "Jumlah desa maju", "E8": "Nilai"},
            "2.1 Perjanjian Kinerja": {"D8": "Jumlah desa maju"},
            "3.4 Keuangan": {"D8": None, "D12": None},
        },
        ("iku-satuan", "2.2 IKU", "E8"),
        "Jumlah desa maju bersatuan Nilai, padahal jumlah",
        "Ganti satuannya menjadi % untuk persentase, atau apa yang dihitung (desa, orang, dokumen) untuk jumlah",
    ),
    (
        "ikk-satuan",
        {"IKK": {"C8": "Persentase B", "D8": "desa"}},
        ("ikk-satuan", "IKK", "D8"),
        "Persentase B bersatuan desa, padahal persentase",
        "Ganti satuannya menjadi % untuk persentase, atau apa yang dihitung (desa, orang, dokumen) untuk jumlah",
    ),
    (
        "ikk-satuan jumlah",
        {"IKK": {"C8": "Jumlah posyandu", "D8": "%"}},
        ("ikk-satuan", "IKK", "D8"),
        "Jumlah posyandu bersatuan %, padahal jumlah",
        "Ganti satuannya menjadi % untuk persentase, atau apa yang dihitung (desa, orang, dokumen) untuk jumlah",
    ),
    (
        "pk-ikk",
        {"2.1 Perjanjian Kinerja": {"C11": "Sasaran 1", "D11": "Indikator kunci 1", "E11": 60}},
        ("pk-ikk", "2.1 Perjanjian Kinerja", "D11"),
        "Capaian Indikator kunci 1 91,67 % tidak ikut rata-rata sasaran 93,42 % karena hanya IKK; dengan semua indikator Perjanjian Kinerja rata-ratanya 92,99 %",
        "Cantumkan di lembar 2.2 IKU dengan sasarannya, atau tulis di kolom Penjelasan mengapa tidak ikut",
    ),
    (
        "pk-tanpa-sasaran",
        {"2.1 Perjanjian Kinerja": {"C8": "   "}},
        ("pk-tanpa-sasaran", "2.1 Perjanjian Kinerja", "C8"),
        "Sasaran Indikator utama 1 tidak ditulis di baris ini maupun di atasnya",
        "Tulis sasarannya, atau tulis di kolom Penjelasan mengapa tidak ada",
    ),
    (
        "iku-tanpa-sasaran",
        {"2.2 IKU": {"C8": None}},
        ("iku-tanpa-sasaran", "2.2 IKU", "C8"),
        "Sasaran Indikator utama 1 tidak ditulis di baris ini maupun di atasnya",
        "Tulis sasarannya, atau tulis di kolom Penjelasan mengapa tidak ada",
    ),
    (
        "pk-sasaran",
        {"2.1 Perjanjian Kinerja": {"C8": "Sasaran lain"}},
        ("pk-sasaran", "2.1 Perjanjian Kinerja", "C8"),
        "Sasaran Sasaran lain tidak ada di lembar 2.2 IKU dengan tulisan yang sama",
        "Samakan tulisan sasaran di Perjanjian Kinerja dan di IKU",
    ),
    (
        "pk-target",
        {"2.1 Perjanjian Kinerja": {"E8": 61}},
        ("pk-target", "2.1 Perjanjian Kinerja", "E8"),
        "Target Indikator utama 1 di Perjanjian Kinerja 61, sedangkan di lembar 3.1 60",
        "Samakan target di lembar 2.1 dan 3.1",
    ),
    (
        "pk-target-predikat",
        graded("opini BPK", "WTP", "WTP", changed={"2.1 Perjanjian Kinerja": {"E8": "WDP"}}),
        ("pk-target-predikat", "2.1 Perjanjian Kinerja", "E8"),
        "Target Indikator utama 1 di Perjanjian Kinerja WDP, sedangkan di lembar 3.1 WTP",
        "Samakan target di lembar 2.1 dan 3.1",
    ),
    (
        "pk-target-predikat nilai",
        graded(
            "predikat AKIP", "A (85,00)", "A (85)", changed={"2.1 Perjanjian Kinerja": {"E8": "A (80,50)"}}
        ),
        ("pk-target-predikat", "2.1 Perjanjian Kinerja", "E8"),
        "Target Indikator utama 1 di Perjanjian Kinerja A (80,50), sedangkan di lembar 3.1 A (85,00)",
        "Samakan target di lembar 2.1 dan 3.1",
    ),
    (
        "rasio-lengkap",
        {"IKK": {"K8": 4}},
        ("rasio-lengkap", "IKK", "L8"),
        "Indikator kunci 1: pembilang 4, penyebut (kosong), bentuk (kosong) belum lengkap",
        "Isi ketiganya, atau kosongkan pembilang dan penyebut lalu ketik realisasinya di lembar 3.1",
    ),
    (
        "penyebut-nol",
        {"IKK": {"J8": "Persentase", "K8": 55, "L8": 0}},
        ("penyebut-nol", "IKK", "L8"),
        "Penyebut Indikator kunci 1 nol, jadi hasilnya tidak dapat dihitung",
        "Periksa penyebutnya",
    ),
    (
        "realisasi-beda-hitung",
        {"IKK": {"J8": "Persentase", "K8": 50, "L8": 100}},
        ("realisasi-beda-hitung", "3.1 Kinerja", "I18"),
        "Realisasi Indikator kunci 1 diketik 55, sedangkan pembilang dan penyebutnya memberi 50",
        "Kosongkan realisasi yang diketik agar hitungannya dipakai, atau perbaiki pembilang dan penyebutnya",
    ),
    (
        "iku-rasio-lengkap",
        {"2.2 IKU": {"L8": 4}},
        ("iku-rasio-lengkap", "2.2 IKU", "M8"),
        "Indikator utama 1: pembilang 4, penyebut (kosong), bentuk (kosong) belum lengkap",
        "Isi ketiganya, atau kosongkan pembilang dan penyebut lalu ketik realisasinya di lembar 3.1",
    ),
    (
        "iku-penyebut-nol",
        {"2.2 IKU": {"K8": "Persentase", "L8": 55, "M8": 0}},
        ("iku-penyebut-nol", "2.2 IKU", "M8"),
        "Penyebut Indikator utama 1 nol, jadi hasilnya tidak dapat dihitung",
        "Periksa penyebutnya",
    ),
    (
        "realisasi-beda-hitung IKU",
        {"2.2 IKU": {"K8": "Persentase", "L8": 54, "M8": 100}},
        ("realisasi-beda-hitung", "3.1 Kinerja", "I8"),
        "Realisasi Indikator utama 1 diketik 55, sedangkan pembilang dan penyebutnya memberi 54",
        "Kosongkan realisasi yang diketik agar hitungannya dipakai, atau perbaiki pembilang dan penyebutnya",
    ),
    (
        "sementara-sampai",
        {"3.1 Kinerja": {"P8": 40}},
        ("sementara-sampai", "3.1 Kinerja", "Q8"),
        "Realisasi sementara Indikator utama 1 40 tidak disebut sampai kapan",
        "Tulis sampai kapan angkanya, misalnya triwulan III",
    ),
    (
        "target-mustahil",
        {"IKK": {"J8": "Persentase", "K8": 55, "L8": 100}, "3.1 Kinerja": {"H18": 59.5}},
        ("target-mustahil", "3.1 Kinerja", "H18"),
        "Target Indikator kunci 1 59,5 % tidak dapat dicapai persis; yang terdekat 60 dari 100, yaitu 60 %",
        "Periksa target atau penyebutnya",
    ),
    (  # the counts come from the status of villages
        "target-mustahil IDM",
        {
            "IKK": {"J8": "Persentase"},
            "IDM ke IKK": {"D8": "Indikator kunci 1"},
            "3.1 Kinerja": {"H18": 7.15, "I18": None},
            "3.2 Tren": _along("E18", 6, 6.2, 6.4, 6.6, 6.8) | _along("K18", 5, 5.3, 5.7, 6.5, 6.67),
            "3.3 Renstra": {"G18": 7.5},
        },
        ("target-mustahil", "3.1 Kinerja", "H18"),
        "Target Indikator kunci 1 7,15 % tidak dapat dicapai persis; yang terdekat 2 dari 28, yaitu 7,14 %",
        "Periksa target atau penyebutnya",
    ),
    (
        "target-nol",
        {"2.1 Perjanjian Kinerja": {"E8": 0}, "3.1 Kinerja": {"H8": 0}, "3.3 Renstra": {"G8": 0}},
        ("target-nol", "3.1 Kinerja", "H8"),
        "Target Indikator utama 1 nol, padahal arahnya naik, jadi capaiannya 100,00 % tidak mengukur hasilnya (55)",
        "Ketik targetnya; bila memang nol, periksa arahnya atau tulis sebabnya di kolom Penjelasan",
    ),
    (
        "realisasi-ekstrem",
        {"3.1 Kinerja": {"I9": 6000}},
        ("realisasi-ekstrem", "3.1 Kinerja", "I9"),
        "Realisasi Indikator utama 2 6.000, lebih dari sepuluh kali targetnya 61",
        "Periksa koma desimal dan satuannya",
    ),
    (
        "persen-pecahan",
        {"3.1 Kinerja": {"I18": 0.55}, "Analisis Penyebab": {"C8": "Indikator kunci 1", "E8": "Sebab"}},
        ("persen-pecahan", "3.1 Kinerja", "I18"),
        "Realisasi Indikator kunci 1 0,55 tampaknya pecahan, padahal targetnya 60 %",
        "Ketik dalam persen: 82,3 untuk 82,30 %",
    ),
    (
        "capaian-rendah",
        {"3.1 Kinerja": {"I9": 10}},
        ("capaian-rendah", "3.1 Kinerja", "I9"),
        "Capaian Indikator utama 2 16,39 % tanpa penjelasan di lembar Analisis Penyebab",
        "Tulis penyebab, kendala, dan solusinya",
    ),
    (
        "analisis-kosong",
        {"Analisis Penyebab": {"C8": "Indikator kunci 1"}},
        ("analisis-kosong", "Analisis Penyebab", "E8"),
        "Analisis Indikator kunci 1 belum berisi penyebab, kendala, atau solusi",
        "Tulis penyebab keberhasilan atau kegagalannya",
    ),
    (
        "realisasi-sama-target",
        {"3.1 Kinerja": {"I8": 60, "I9": 61, "I10": 62, "I18": 60}},
        ("realisasi-sama-target", "3.1 Kinerja", "K28"),
        "4 dari 6 realisasi sama persis dengan targetnya",
        "Periksa apakah realisasi benar-benar diukur, bukan disalin dari target",
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
        {"3.2 Tren": _along("K8", 49, 50, 51, 51.9, 52.9), "3.1 Kinerja": {"I8": 58.8}},
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
            "3.2 Tren": _along("E8", 103, 131, 159, 187, 215) | _along("K8", 103, 183, 204, 205, 209),
            "3.3 Renstra": {"G8": 243},
        },
        ("arah-target", "3.3 Renstra", "G8"),
        "Arah Indikator utama 1 turun, sedangkan targetnya 103 sampai 243, tahun ini 243, dan target akhirnya 243",
        "Periksa arah indikator di lembar 2.2 IKU atau IKK, dan target-target itu",
    ),
    (
        "standar-atau-alasan",
        {"Standar Nasional": {"H8": None}},
        ("standar-atau-alasan", "Standar Nasional", "F8"),
        "Indikator utama 1 belum dibandingkan dengan standar nasional",
        "Isi standar nasionalnya, atau alasan mengapa tidak ada",
    ),
    (
        "efisiensi-pagu",
        {
            "Efisiensi": {"C8": "Indikator utama 1", "D8": "Sub", "E8": 100, "F8": 120},
            "3.1 Kinerja": {"I8": 80},
        },
        ("efisiensi-pagu", "Efisiensi", "F8"),
        "Realisasi Sub 120,00 melebihi anggarannya 100,00",
        "Periksa kedua angka itu dengan laporan realisasi anggaran; bila memang terjadi, tulis sebabnya di kolom Penjelasan",
    ),
    (
        "efisiensi-tertinggal",
        {"Efisiensi": {"C8": "Indikator utama 1", "D8": "Sub", "E8": 100, "F8": 100}},
        ("efisiensi-tertinggal", "Efisiensi", "F8"),
        "Serapan Sub 100,00 %, sedangkan capaian kinerjanya 91,67 %: tidak efisien",
        "Tulis sebabnya di kolom Penjelasan; serapan tinggi bukan efisiensi",
    ),
    (
        "realisasi-pagu",
        {"3.4 Keuangan": {"M12": 6000000000}},
        ("realisasi-pagu", "3.4 Keuangan", "M12"),
        "Realisasi Program 5 6.000.000.000,00 melebihi anggarannya 5.000.000.007,00",
        "Periksa kedua angka itu dengan laporan realisasi anggaran; bila memang terjadi, tulis sebabnya di kolom Penjelasan",
    ),
    (
        "realisasi-pagu satu rupiah",
        {"3.4 Keuangan": {"M12": 5000000008}},
        ("realisasi-pagu", "3.4 Keuangan", "M12"),
        "Realisasi Program 5 5.000.000.008,00 melebihi anggarannya 5.000.000.007,00",
        "Periksa kedua angka itu dengan laporan realisasi anggaran; bila memang terjadi, tulis sebabnya di kolom Penjelasan",
    ),
    (
        "persen-bulat",
        {"3.1 Kinerja": {"I8": 59}, "3.4 Keuangan": {"M12": 5000000006.9}},
        ("persen-bulat", "3.4 Keuangan", "M12"),
        "Capaian Program 5 tertulis 100,00 % karena pembulatan; masih ada sisa 0,1",
        "Tidak perlu diubah; sebutkan sisanya di kolom Penjelasan",
    ),
    (
        "akip-predikat",
        {"AKIP": {"C8": "B"}},
        ("akip-predikat", "AKIP", "C8"),
        "Nilai AKIP 71,50 berpredikat BB, bukan B",
        "Periksa nilai dan predikat di laporan hasil evaluasi",
    ),
    (
        "idm-tetap",
        {"IDM": {"G8": 5}},
        ("idm-tetap", "IDM", "H13"),
        "Perkembangan semua status berjumlah 1, padahal jumlah desa seharusnya tetap",
        "Periksa jumlah desa tiap status kedua tahun",
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
        "pecahan-target",
        {"3.1 Kinerja": {"H18": 0.6, "I18": 0.55}},
        ("pecahan-target", "3.1 Kinerja", "H18"),
        "Target 0,6 % dan realisasi 0,55 % Indikator kunci 1 tampaknya pecahan dari persen",
        "Ketik dalam persen: 82,3 untuk 82,30 %; bila memang kurang dari 1 %, periksa target tahun lain dan Renstra",
    ),
    (
        "pecahan-target tren",
        {"3.1 Kinerja": {"H18": 0.6, "I18": 0.55}, "3.3 Renstra": {"G18": 0.6}},
        ("pecahan-target", "3.1 Kinerja", "H18"),
        "Target 0,6 % dan realisasi 0,55 % Indikator kunci 1 tampaknya pecahan dari persen",
        "Ketik dalam persen: 82,3 untuk 82,30 %; bila memang kurang dari 1 %, periksa target tahun lain dan Renstra",
    ),
    (
        "pecahan-target desimal",
        {
            "3.1 Kinerja": {"H18": 0.823, "I18": 0.801},
            "3.2 Tren": _along("E18", 0.7, 0.72, 0.74, 0.76, 0.78)
            | _along("K18", 0.65, 0.7, 0.71, 0.73, 0.77),
            "3.3 Renstra": {"G18": 0.83},
        },
        ("pecahan-target", "3.1 Kinerja", "H18"),
        "Target 0,823 % dan realisasi 0,801 % Indikator kunci 1 tampaknya pecahan dari persen",
        "Ketik dalam persen: 82,3 untuk 82,30 %; bila memang kurang dari 1 %, periksa target tahun lain dan Renstra",
    ),
    (
        "pecahan-semua",
        {"3.1 Kinerja": {"H18": 0.6, "I18": 0.55, "H19": 0.61, "I19": 0.57, "H20": 0.62, "I20": 0.59}},
        ("pecahan-semua", "3.1 Kinerja", "K28"),
        "Rata-rata target 3 persentase hanya 0,61 %, jadi target dan realisasinya tampaknya pecahan",
        "Ketik dalam persen: 82,3 untuk 82,30 %",
    ),
    (
        "target-tahun",
        {"IKK": {"I8": "turun"}, "3.1 Kinerja": {"H18": 2023, "I18": 500}},
        ("target-tahun", "3.1 Kinerja", "H18"),
        "Target Indikator kunci 1 2.023 tampaknya angka tahun, bukan target",
        "Ketik targetnya; periksa apakah angkanya terseret dari sel lain",
    ),
    (
        "realisasi-tahun",
        {"3.1 Kinerja": {"I9": 2023}},
        ("realisasi-tahun", "3.1 Kinerja", "I9"),
        "Realisasi Indikator utama 2 2.023 tampaknya angka tahun, bukan hasil",
        "Ketik realisasinya; periksa apakah angkanya terseret dari sel lain",
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
            "3.2 Tren": _along("E18", 6, 6.2, 6.4, 6.6, 6.8) | _along("K18", 5, 5.3, 5.7, 6.5, 6.66),
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
    (
        "akip-tanpa-pk",
        {
            "3.4 Keuangan": {
                "D12": "Hasil Evaluasi Akuntabilitas Kinerja Instansi Pemerintah (AKIP) Perangkat Daerah"
            }
        },
        ("akip-tanpa-pk", "AKIP", "C6"),
        "Hasil Evaluasi Akuntabilitas Kinerja Instansi Pemerintah (AKIP) Perangkat Daerah bertarget BB dan dipakai di Tabel 3.4, tetapi tidak ada di IKU, IKK, maupun Perjanjian Kinerja",
        "Cantumkan di lembar 2.2 IKU dan 2.1 dengan tulisan yang sama, atau tulis di kolom Penjelasan mengapa tidak diperjanjikan",
    ),
    (
        "jumlah-kegiatan",
        {"Ikhtisar": {"C5": 2}},
        ("jumlah-kegiatan", "Ikhtisar", "C5"),
        "Jumlah kegiatan diketik 2, sedangkan Tabel 3.4 memuat 1 kegiatan",
        "Tulis kegiatannya di lembar 3.4 dan kosongkan isian ini, atau tulis di kolom Penjelasan mengapa tidak dirinci",
    ),
    (
        "jumlah-sub-kegiatan",
        {"Ikhtisar": {"C6": 4}},
        ("jumlah-sub-kegiatan", "Ikhtisar", "C6"),
        "Jumlah sub kegiatan diketik 4, sedangkan Tabel 3.4 memuat 2 sub kegiatan",
        "Tulis sub kegiatannya di lembar 3.4 dan kosongkan isian ini, atau tulis di kolom Penjelasan mengapa tidak dirinci",
    ),
    (
        "ket-efisien",
        {"3.4 Keuangan": {"M12": 4900000000}},
        ("ket-efisien", "3.4 Keuangan", "Y88"),
        "1 dari 2 program tertulis Efisien, padahal serapannya lebih dari 5 di atas capaian kinerjanya (rata-rata capaian 93,42 %, serapan 96,36 %)",
        "Jelaskan di kolom Penjelasan; tidak melebihi anggaran belum berarti efisien",
    ),
    (
        "total-penunjang",
        {"3.4 Keuangan": {"K12": "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA"}},
        ("total-penunjang", "3.4 Keuangan", "V88"),
        "Total realisasi keuangan sasaran memuat program penunjang 5.000.000.007; program sasaran saja 6.000.000.005, realisasinya 5.700.000.000 (95 %)",
        "Sebutkan keduanya terpisah di uraian Bab III.B, atau tulis di kolom Penjelasan",
    ),
    (
        "anggaran-satuan",
        {"3.4 Keuangan": _along("L10", 2e6, 1.9e6) | _along("L11", 4e6, 3.8e6) | _along("L12", 5e6, 4.75e6)},
        ("anggaran-satuan", "3.4 Keuangan", "V88"),
        "Jumlah anggaran hanya 11.000.000,00, kurang dari 500.000.000, jadi tampaknya diketik dalam ribuan atau jutaan rupiah",
        "Ketik anggaran dan realisasi dalam rupiah penuh",
    ),
]

# Years dragged across a row where figures belong: what is typed where; rule, sheet, and all the cells that it finds.
DRAGGED: list[tuple[str, Changes, tuple[str, str, tuple[str, ...]]]] = [
    (
        "tren target",
        {"3.2 Tren": _along("E8", 2018, 2019, 2020, 2021, 2022)},
        ("tren-target-tahun", "3.2 Tren", ("E8", "F8", "G8", "H8", "I8")),
    ),
    (
        "tren realisasi",
        {"3.2 Tren": _along("K9", 2018, 2019, 2020, 2021, 2022)},
        ("tren-realisasi-tahun", "3.2 Tren", ("K9", "L9", "M9", "N9", "O9")),
    ),
    (
        "one column late",
        {"3.2 Tren": _along("K9", 2019, 2020, 2021, 2022, 2023)},
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
            "3.2 Tren": _along("E8", 2018, 2019, 2020, 2021, 2022)
            | _along("K8", 1900, 1910, 1950, 2000, 2011),
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
            "3.4 Keuangan": {"J13": "Program", "K13": "Program 6"}
            | {"J14": "Kegiatan", "K14": "Kegiatan 7", "L14": 1004422800, "M14": 1000972958}
            | {"J15": "Sub Kegiatan", "K15": "Sub 8", "L15": 808430200, "M15": 805369584}
            | {"J16": "Sub Kegiatan", "K16": "Sub 9", "L16": 195992600, "M16": 195603374},
        },
    ),
    (
        "two round amounts spent to the last rupiah",
        {
            "3.4 Keuangan": {"J13": "Program", "K13": "Program 6", "L13": 25_000_000, "M13": 25_000_000}
            | {"J14": "Program", "K14": "Program 7", "L14": 25_000_000, "M14": 25_000_000}
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
            "3.1 Kinerja": _along("H18", 100, 100)
            | _along("H19", 100, 100)
            | _along("H20", 100, 100)
            | {"I8": 60},
            "3.3 Renstra": {"G18": 100, "G19": 100, "G20": 100},
        },
    ),
    (
        "a low year that is explained",
        {"3.2 Tren": {"L8": 16}, "Analisis Penyebab": {"C8": "Indikator utama 1", "E8": "Pandemi"}},
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
                "K8": "Program Penunjang Urusan Pemerintahan Daerah",
                "K12": "Program Penunjang Lain",
            }
        },
    ),
    ("spending 4,9 above the capaian", {"3.4 Keuangan": {"M12": 4828500000}}),
    (
        "units of counts",
        {"IKK": {"C8": "Jumlah posyandu", "D8": "posyandu", "C9": "Nilai SAKIP", "D9": "Nilai"}},
    ),
    (
        "targets revised above the Renstra's",
        {
            "2.1 Perjanjian Kinerja": {"E8": 87},
            "3.1 Kinerja": {"H8": 87, "I8": 84},
            "3.2 Tren": _along("E8", 80, 82, 84, 86, 88) | _along("K8", 77, 80, 85, 82, 86),
            "3.3 Renstra": {"G8": 85},
        },
    ),
    (
        "a target lowered in the last year",
        {
            "2.1 Perjanjian Kinerja": {"E8": 78},
            "3.1 Kinerja": {"H8": 78, "I8": 75},
            "3.2 Tren": _along("E8", 80, 82, 84, 86, 88) | _along("K8", 77, 80, 85, 82, 86),
            "3.3 Renstra": {"G8": 78},
        },
    ),
    (
        "a target lowered in one earlier year",
        {
            "2.1 Perjanjian Kinerja": {"E8": 70},
            "3.1 Kinerja": {"H8": 70, "I8": 68},
            "3.2 Tren": _along("E8", 80, 60, 62, 65, 68) | _along("K8", 77, 57, 63, 62, 66),
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
            "3.2 Tren": _along("E18", 100, 100, 100, 100, 100) | _along("K18", 100, 100, 100, 100, 100),
            "3.3 Renstra": {"G18": 100},
        },
    ),
    (  # a program and its only kegiatan, and the kegiatan's only sub kegiatan
        "amounts typed at every level",
        {
            "3.4 Keuangan": {"J13": "Program", "K13": "Program 6", "L13": 7e8, "M13": 6.9e8}
            | {"J14": "Kegiatan", "K14": "Kegiatan 7", "L14": 7e8, "M14": 6.9e8}
            | {"J15": "Sub Kegiatan", "K15": "Sub kegiatan 8", "L15": 7e8, "M15": 6.9e8}
        },
    ),
    ("spent to the last rupiah", {"3.1 Kinerja": {"I8": 59}, "3.4 Keuangan": {"M12": 5000000007}}),
    (
        "no deaths promised, none happened",
        {
            "2.2 IKU": {"J8": "turun"},
            "2.1 Perjanjian Kinerja": {"E8": 0},
            "3.1 Kinerja": {"H8": 0, "I8": 0},
            "3.2 Tren": _along("E8", 60, 50, 40, 30, 10) | _along("K8", 58, 49, 41, 28, 9),
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
            "3.2 Tren": _along("E18", 0.3, 0.35, 0.4, 0.45, 0.48)
            | _along("K18", 0.2, 0.24, 0.31, 0.33, 0.37)
            | _along("E19", 0.6, 0.64, 0.7, 0.73, 0.75)
            | _along("K19", 0.55, 0.62, 0.66, 0.72, 0.71),
            "3.3 Renstra": {"G18": 0.6, "G19": 4.5},
        },
    ),
    (
        "three small percentages",
        {
            "3.1 Kinerja": {"H18": 0.79, "I18": 0.78, "H19": 1.94, "I19": 1.9, "H20": 0.9, "I20": 0.86},
            "3.2 Tren": _along("E18", 0.6, 0.64, 0.7, 0.73, 0.75)
            | _along("K18", 0.55, 0.62, 0.66, 0.72, 0.71)
            | _along("E19", 1.6, 1.68, 1.7, 1.76, 1.85)
            | _along("K19", 1.5, 1.6, 1.65, 1.68, 1.75)
            | _along("E20", 0.7, 0.75, 0.8, 0.82, 0.85)
            | _along("K20", 0.61, 0.7, 0.78, 0.77, 0.81),
            "3.3 Renstra": {"G18": 0.8, "G19": 2, "G20": 0.95},
        },
    ),
    (
        "counts that happen to be years",
        {
            "2.1 Perjanjian Kinerja": {"E8": 2050, "E9": 2023, "E10": 2000},
            "3.1 Kinerja": {"H8": 2050, "I8": 2040, "H9": 2023, "I9": 2010, "H10": 2000, "I10": 2023},
            "3.2 Tren": _along("E8", 1950, 1990, 2020, 2035, 2045)
            | _along("K8", 1900, 1985, 2010, 2021, 2040)
            | _along("E9", 1950, 1965, 1970, 1985, 2000)
            | _along("K9", 1940, 1950, 1975, 1980, 1995),
            "3.3 Renstra": {"G8": 2100, "G9": 2030, "G10": 2010},
        },
    ),
    (
        "villages that happen to be a year",
        {"IDM": {"D9": 2000, "E9": 2022, "G9": 2040, "D10": 85, "E10": 67}},
    ),
    (
        "a small budget",
        {"3.4 Keuangan": _along("L10", 1e8, 9e7) | _along("L11", 2e8, 1.9e8) | _along("L12", 2e8, 1.9e8)},
    ),
]

# what is said of other cells, too, because of the planted fault
FOLLOWING: dict[str, list[tuple[str, str, str]]] = {
    "tipe angka Indonesia": [("anggaran-wajib", "3.4 Keuangan", "L10")],
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
    "realisasi-pagu satu rupiah": {"3.4 Keuangan": {"AH12": "Selisih pembulatan gaji, sudah disetor"}},
    "target-nol": {
        "2.1 Perjanjian Kinerja": {"E8": 60},
        "3.1 Kinerja": {"H8": 60},
        "3.3 Renstra": {"G8": 60},
    },
    "analisis-kosong": {"Analisis Penyebab": {"E8": "Sebabnya"}},
    "wajib": {"1.1 Pegawai": {"D8": 0}},
    "tabel kosong": {"1.3 Golongan": {"B8": "Penata / III.c", "C8": 25}},
    "pendidikan-pns": {"1.2 Pendidikan": {"H8": 14}},
    "golongan-pns": {"1.3 Golongan": {"C9": 15}},
    "urutan-tingkat": {"3.4 Keuangan": {"J13": "Program"}},
    "iku-tanpa-pk": {"2.1 Perjanjian Kinerja": {"C8": "Sasaran 1", "D8": "Indikator utama 1", "E8": 60}},
    "pk-ikk": {"2.1 Perjanjian Kinerja": {"C11": None, "D11": None, "E11": None}},
    "iku-satuan": {"2.2 IKU": {"E8": "%"}},
    "iku-satuan jumlah": {"2.2 IKU": {"E8": "desa"}},
    "ikk-satuan jumlah": {"IKK": {"D8": "posyandu"}},
    "realisasi-target-lalu": {"3.2 Tren": {"M8": 51.4}},
    "realisasi-status-desa": {"3.2 Tren": {"O18": 6.67}},
    "capaian-rendah-lalu": {"Analisis Penyebab": {"C8": "Indikator utama 1", "E8": "Anggaran dialihkan"}},
    "capaian-seragam": {"3.2 Tren": {"M10": 50}},
    "capaian-seragam semua": {"3.1 Kinerja": {"I8": 56}},
    "akip-tanpa-pk": {"3.4 Keuangan": {"D12": None}},
    "jumlah-kegiatan": {"Ikhtisar": {"C5": None}},
    "jumlah-sub-kegiatan": {"Ikhtisar": {"F6": "Dua sub kegiatan lain dibiayai OPD lain"}},
    "ket-efisien": {"3.4 Keuangan": {"M12": 4600000000}},
    "total-penunjang": {"3.4 Keuangan": {"AH88": "Disebut terpisah di Bab III.B"}},
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
    "persen-bulat": {"3.4 Keuangan": {"AH12": "Sisa dikembalikan ke kas daerah"}},
    "idm-tetap": {"IDM": {"G8": 4}},
    "tanggal-laporan": {"Identitas": {"C17": datetime.date(2024, 1, 8)}},
    "tanggal-laporan terlambat": {"Identitas": {"F17": "Menunggu hasil evaluasi"}},
    "pecahan-target": {"3.1 Kinerja": {"H18": 60, "I18": 55}},
    "pecahan-target tren": {"3.1 Kinerja": {"H18": 60, "I18": 55}, "3.3 Renstra": {"G18": 60}},
    "pecahan-target desimal": {
        "3.1 Kinerja": {"H18": 82.3, "I18": 80.1},
        "3.2 Tren": _along("E18", 70, 72, 74, 76, 78) | _along("K18", 65, 70, 71, 73, 77),
        "3.3 Renstra": {"G18": 83},
    },
    "pecahan-semua": {"3.1 Kinerja": {"H18": 60, "I18": 55, "H19": 61, "I19": 57, "H20": 62, "I20": 59}},
    "target-tahun": {"3.1 Kinerja": {"H18": 600}},
    "anggaran-satuan": {
        "3.4 Keuangan": _along("L10", 2e9, 1.9e9) | _along("L11", 4e9, 3.8e9) | _along("L12", 5e9, 4.75e9)
    },
}
