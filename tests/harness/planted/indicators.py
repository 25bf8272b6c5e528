"""Faults planted in agreement and indicators (2.1, 2.2, IKK)."""

from __future__ import annotations

from planted.typed import OF_MEASURE, Planted, graded

INDICATORS: list[Planted] = [
    (
        "predikat-ukuran PK",
        {"2.1 Perjanjian Kinerja": {"E8": "A (80,50)"}},
        ("predikat-ukuran", "2.1 Perjanjian Kinerja", "E8"),
        "TARGET berisi “A (80,50)”, padahal indikator ini diukur dengan naik",
        OF_MEASURE,
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
        "Arah “naikk” tidak ada di daftar pilihan",
        "Pilih dari daftar di sel ini; barangkali “naik”",
    ),
    (
        "acuan",
        {"2.1 Perjanjian Kinerja": {"D8": "Indikator utama 01"}},
        ("acuan", "2.1 Perjanjian Kinerja", "D8"),
        "INDIKATOR KINERJA “Indikator utama 01” tidak ada di lembar 2.2 IKU atau IKK",
        "Pilih dari daftar di sel ini, supaya tertulis sama persis; barangkali “Indikator utama 1”",
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
            "3.4 Keuangan": {"I8": None, "I12": None},
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
            "3.4 Keuangan": {"I8": None, "I12": None},
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
]
