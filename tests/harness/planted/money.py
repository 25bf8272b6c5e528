"""Faults planted in money (3.4, efficiency) and what the summary says of it."""

from __future__ import annotations

from planted.typed import Planted, along

MONEY: list[Planted] = [
    (
        "tipe angka Indonesia",
        {"3.4 Keuangan": {"F10": "1.000,00"}},
        ("tipe", "3.4 Keuangan", "F10"),
        "Anggaran diketik (Rp) berisi “1.000,00”, bukan angka",
        "Ketik ulang angkanya saja, tanpa Rp, %, satuan, atau titik ribuan",
    ),
    (
        "tabel yang mungkin tidak berlaku, kosong dan tanpa alasan",
        {"Efisiensi": {"D2": None}},
        ("tabel-kosong", "Efisiensi", "C8"),
        "Analisis atas Efisiensi Penggunaan Sumber Daya belum diisi",
        "Isi tabelnya; bila tidak berlaku bagi OPD ini, tulis alasannya di sel di bawah judul lembarnya",
    ),
    (
        "anggaran-rincian",
        {"3.4 Keuangan": {"F8": 1234567.5}},
        ("anggaran-rincian", "3.4 Keuangan", "F8"),
        "Anggaran Program 1 diketik 1.234.567,50, sedangkan jumlah rinciannya 6.000.000.005,00",
        "Kosongkan anggaran di tingkat ini agar dijumlah sendiri, atau perbaiki rinciannya",
    ),
    (
        "realisasi-rincian",
        {"3.4 Keuangan": {"G9": 1}},
        ("realisasi-rincian", "3.4 Keuangan", "G9"),
        "Realisasi Kegiatan 2 diketik 1,00, sedangkan jumlah rinciannya 5.700.000.000,00",
        "Kosongkan realisasi di tingkat ini agar dijumlah sendiri, atau perbaiki rinciannya",
    ),
    (
        "anggaran-wajib",
        {"3.4 Keuangan": {"F12": None}},
        ("anggaran-wajib", "3.4 Keuangan", "F12"),
        "Anggaran Program 5 belum diisi dan tidak ada rincian di bawahnya",
        "Ketik anggarannya, atau isi kegiatan/sub kegiatan di bawahnya",
    ),
    (
        "realisasi-anggaran-wajib",
        {"3.4 Keuangan": {"G10": None}},
        ("realisasi-anggaran-wajib", "3.4 Keuangan", "G10"),
        "Realisasi anggaran Sub kegiatan 3 belum diisi dan tidak ada rincian di bawahnya",
        "Ketik realisasinya (0 bila memang tidak ada), atau isi kegiatan/sub kegiatan di bawahnya",
    ),
    (
        "urutan-tingkat",
        {"3.4 Keuangan": {"C13": "Sub Kegiatan", "E13": "Sub lepas", "F13": 1, "G13": 1}},
        ("urutan-tingkat", "3.4 Keuangan", "C13"),
        "Sub Kegiatan Sub lepas tidak berada di bawah induknya",
        "Tulis kegiatannya di atas baris ini; sub kegiatan tanpa kegiatan dan tanpa program ditulis di atas semua program",
    ),
    (
        "efisiensi-pagu",
        {
            "Efisiensi": {"D2": None, "C8": "Indikator utama 1", "D8": "Sub", "E8": 100, "F8": 120},
            "3.1 Kinerja": {"I8": 80},
        },
        ("efisiensi-pagu", "Efisiensi", "F8"),
        "Realisasi Sub 120,00 melebihi anggarannya 100,00",
        "Periksa kedua angka itu dengan laporan realisasi anggaran; bila memang terjadi, tulis sebabnya di kolom Penjelasan",
    ),
    (
        "efisiensi-tertinggal",
        {"Efisiensi": {"D2": None, "C8": "Indikator utama 1", "D8": "Sub", "E8": 100, "F8": 100}},
        ("efisiensi-tertinggal", "Efisiensi", "F8"),
        "Serapan Sub 100,00 %, sedangkan capaian kinerjanya 91,67 %: tidak efisien",
        "Tulis sebabnya di kolom Penjelasan; serapan tinggi bukan efisiensi",
    ),
    (
        "realisasi-pagu",
        {"3.4 Keuangan": {"G12": 6000000000}},
        ("realisasi-pagu", "3.4 Keuangan", "G12"),
        "Realisasi Program 5 6.000.000.000,00 melebihi anggarannya 5.000.000.007,00",
        "Periksa kedua angka itu dengan laporan realisasi anggaran; bila memang terjadi, tulis sebabnya di kolom Penjelasan",
    ),
    (
        "realisasi-pagu satu rupiah",
        {"3.4 Keuangan": {"G12": 5000000008}},
        ("realisasi-pagu", "3.4 Keuangan", "G12"),
        "Realisasi Program 5 5.000.000.008,00 melebihi anggarannya 5.000.000.007,00",
        "Periksa kedua angka itu dengan laporan realisasi anggaran; bila memang terjadi, tulis sebabnya di kolom Penjelasan",
    ),
    (
        "persen-bulat",
        {"3.1 Kinerja": {"I8": 59}, "3.4 Keuangan": {"G12": 5000000006.9}},
        ("persen-bulat", "3.4 Keuangan", "G12"),
        "Capaian Program 5 tertulis 100,00 % karena pembulatan; masih ada sisa 0,10",
        "Tidak perlu diubah; sebutkan sisanya di kolom Penjelasan",
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
        {"3.4 Keuangan": {"G12": 4900000000}},
        ("ket-efisien", "3.4 Keuangan", "Z88"),
        "1 dari 2 program tertulis Efisien, padahal serapannya lebih dari 5 di atas capaian kinerjanya (rata-rata capaian 93,42 %, serapan 96,36 %)",
        "Jelaskan di kolom Penjelasan; tidak melebihi anggaran belum berarti efisien",
    ),
    (
        "total-penunjang",
        {"3.4 Keuangan": {"E12": "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA"}},
        ("total-penunjang", "3.4 Keuangan", "W88"),
        "Total realisasi keuangan sasaran memuat program penunjang 5.000.000.007,00; program sasaran saja 6.000.000.005,00, realisasinya 5.700.000.000,00 (95,00 %)",
        "Sebutkan keduanya terpisah di uraian Bab III.B, atau tulis di kolom Penjelasan",
    ),
    (
        "anggaran-satuan",
        {"3.4 Keuangan": along("F10", 2e6, 1.9e6) | along("F11", 4e6, 3.8e6) | along("F12", 5e6, 4.75e6)},
        ("anggaran-satuan", "3.4 Keuangan", "W88"),
        "Jumlah anggaran hanya 11.000.000,00, kurang dari 500.000.000, jadi tampaknya diketik dalam ribuan atau jutaan rupiah",
        "Ketik anggaran dan realisasi dalam rupiah penuh",
    ),
]
