"""Faults planted in the evaluation and what follows from it."""

from __future__ import annotations

from planted.typed import Planted

EVALUATION: list[Planted] = [
    (
        "tipe teks",
        {"Tindak Lanjut": {"C8": 5}},
        ("tipe", "Tindak Lanjut", "C8"),
        "Rekomendasi berisi “5”, seharusnya teks",
        "Ketik tanda petik tunggal (') lalu teksnya, agar tersimpan sebagai teks",
    ),
    (
        "tipe benar/salah",
        {"AKIP": {"C7": True}},
        ("tipe", "AKIP", "C7"),
        "Nilai hasil evaluasi berisi “TRUE”, bukan angka",
        "Ketik ulang angkanya saja, tanpa Rp, %, satuan, atau titik ribuan",
    ),
    (
        "rentang",
        {"AKIP": {"C7": 715}},
        ("rentang", "AKIP", "C7"),
        "Nilai hasil evaluasi 715 di luar batas (0 sampai 100)",
        "Periksa angkanya",
    ),
    (
        "tabel yang tidak berlaku, tetapi terisi",
        {"Tindak Lanjut": {"D2": "Tidak ada rekomendasi"}},
        ("tidak-berlaku-terisi", "Tindak Lanjut", "C8"),
        "Tindak Lanjut Hasil Evaluasi Sebelumnya dinyatakan tidak berlaku, tetapi berisi",
        "Hapus alasannya di bawah judul lembar bila tabel ini berlaku, atau kosongkan tabelnya",
    ),
    (
        "akip-predikat",
        {"AKIP": {"C8": "B"}},
        ("akip-predikat", "AKIP", "C8"),
        "Nilai AKIP 71,50 berpredikat BB, bukan B",
        "Periksa nilai dan predikat di laporan hasil evaluasi",
    ),
    (
        "akip-tanpa-pk",
        {
            "3.4 Keuangan": {
                "I12": "Hasil Evaluasi Akuntabilitas Kinerja Instansi Pemerintah (AKIP) Perangkat Daerah"
            }
        },
        ("akip-tanpa-pk", "AKIP", "C6"),
        "Hasil Evaluasi Akuntabilitas Kinerja Instansi Pemerintah (AKIP) Perangkat Daerah bertarget BB dan dipakai di Tabel 3.4, tetapi tidak ada di IKU, IKK, maupun Perjanjian Kinerja",
        "Cantumkan di lembar 2.2 IKU dan 2.1 dengan tulisan yang sama, atau tulis di kolom Penjelasan mengapa tidak diperjanjikan",
    ),
]
