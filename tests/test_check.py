"""Each field rule and each declared rule: planted in a clean workbook, exactly it fires, at exactly its cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clean import clean_document
from lkjip_xl.data import from_document
from lkjip_xl.findings import Finding
from lkjip_xl.pipeline import validate
from lkjip_xl.submission import Submission
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Template
from support import fill, seen

TEMPLATE = load_template()
Write = Callable[[Submission], Path]


def _findings(path: Path) -> list[Finding]:
    (checked,), _ = validate([path], TEMPLATE)
    return list(checked.findings)


@pytest.mark.parametrize("size", [(3, 8, 1), (30, 250, 6), (3, 250, 6)], ids=str)
def test_a_clean_workbook_gives_no_finding(size: tuple[int, int, int], written: Write) -> None:
    indicators, budget, years = size
    document = clean_document(indicators=indicators, budget=budget, years=years)
    assert _findings(written(from_document(document, TEMPLATE))) == []


# what is typed where; rule, sheet, cell; message; remedy
PLANTED: list[tuple[str, dict[str, dict[str, Any]], tuple[str, str, str], str, str]] = [
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
        "Target berisi “243 desa”, bukan angka",
        "Ketik ulang angkanya saja, tanpa Rp, %, satuan, atau titik ribuan",
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
        {"IKK": {"K8": -4}},
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
        "Ketik realisasi tahun ini, atau isi pembilang dan penyebutnya di lembar IKK",
    ),
    (
        "anggaran-rincian",
        {"3.4 Keuangan": {"L8": 1234567.5}},
        ("anggaran-rincian", "3.4 Keuangan", "L8"),
        "Anggaran Program 1 diketik 1.234.567,50, sedangkan jumlah rinciannya 6.000.005,00",
        "Kosongkan anggaran di tingkat ini agar dijumlah sendiri, atau perbaiki rinciannya",
    ),
    (
        "realisasi-rincian",
        {"3.4 Keuangan": {"M9": 1}},
        ("realisasi-rincian", "3.4 Keuangan", "M9"),
        "Realisasi Kegiatan 2 diketik 1,00, sedangkan jumlah rinciannya 5.700.000,00",
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
        "Tulis program lebih dahulu, lalu kegiatannya, lalu sub kegiatannya",
    ),
    (
        "iku-tanpa-pk",
        {"2.1 Perjanjian Kinerja": {"D8": "Indikator kunci 1"}},
        ("iku-tanpa-pk", "2.2 IKU", "D8"),
        "IKU Indikator utama 1 tidak ada di Perjanjian Kinerja (lembar 2.1)",
        "Cantumkan di Perjanjian Kinerja dengan tulisan yang sama, atau periksa apakah ini memang IKU",
    ),
    (
        "iku-satuan-persen",
        {
            "2.2 IKU": {"D8": "Persentase A"},
            "2.1 Perjanjian Kinerja": {"D8": "Persentase A"},
            "3.4 Keuangan": {"D8": None, "D12": None},
        },
        ("iku-satuan-persen", "2.2 IKU", "E8"),
        "Persentase A bersatuan desa, padahal persentase",
        "Ganti satuannya menjadi %",
    ),
    (
        "ikk-satuan-persen",
        {"IKK": {"C8": "Persentase B", "D8": "desa"}},
        ("ikk-satuan-persen", "IKK", "D8"),
        "Persentase B bersatuan desa, padahal persentase",
        "Ganti satuannya menjadi %",
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
        "rasio-lengkap",
        {"IKK": {"K8": 4}},
        ("rasio-lengkap", "IKK", "L8"),
        "Indikator kunci 1: pembilang 4, penyebut (kosong), bentuk (kosong) belum lengkap",
        "Isi ketiganya, atau kosongkan pembilang dan penyebut lalu ketik realisasinya di lembar 3.1",
    ),
    (
        "penyebut-nol",
        {"IKK": {"J8": "Persentase", "K8": 4, "L8": 0}},
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
        "target-mustahil",
        {"IKK": {"J8": "Persentase", "K8": 55, "L8": 100}, "3.1 Kinerja": {"H18": 60.5}},
        ("target-mustahil", "3.1 Kinerja", "H18"),
        "Target Indikator kunci 1 60,5 % dari penyebut 100 bukan bilangan bulat",
        "Periksa target atau penyebutnya",
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
        {"3.1 Kinerja": {"I18": 0.55}, "Analisis Penyebab": {"C8": "Indikator kunci 1"}},
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
        "realisasi-sama-target",
        {"3.1 Kinerja": {"I8": 60, "I9": 61, "I10": 62, "I18": 60}},
        ("realisasi-sama-target", "3.1 Kinerja", "K28"),
        "4 dari 6 realisasi sama persis dengan targetnya",
        "Periksa apakah realisasi benar-benar diukur, bukan disalin dari target",
    ),
    (
        "realisasi-tahun-lalu",
        {"3.2 Tren": {"L8": 48.5, "M8": 48.5}},
        ("realisasi-tahun-lalu", "3.2 Tren", "M8"),
        "Realisasi Indikator utama 1 48,5 sama persis dengan tahun sebelumnya",
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
        "Periksa kedua angka itu dengan laporan realisasi anggaran",
    ),
    (
        "efisiensi-tertinggal",
        {"Efisiensi": {"C8": "Indikator utama 1", "D8": "Sub", "E8": 100, "F8": 100}},
        ("efisiensi-tertinggal", "Efisiensi", "F8"),
        "Serapan Sub 100,00 %, sedangkan capaian kinerjanya 91,67 %: tidak efisien",
        "Jelaskan di lembar Analisis Penyebab; serapan tinggi bukan efisiensi",
    ),
    (
        "realisasi-pagu",
        {"3.4 Keuangan": {"M12": 6000000}},
        ("realisasi-pagu", "3.4 Keuangan", "M12"),
        "Realisasi Program 5 6.000.000,00 melebihi anggarannya 5.000.007,00",
        "Periksa kedua angka itu dengan laporan realisasi anggaran",
    ),
    (
        "persen-bulat",
        {"3.4 Keuangan": {"M12": 5000006.9}},
        ("persen-bulat", "3.4 Keuangan", "M12"),
        "Capaian Program 5 tertulis 100,00 % karena pembulatan; masih ada sisa 0,1",
        "Tidak perlu diubah; sebutkan sisanya di uraian",
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
]


@pytest.fixture
def clean(written: Write) -> Path:
    return written(from_document(clean_document(), TEMPLATE))


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted[0])
def test_planted_fault_is_found_alone(planted: Any, clean: Path) -> None:
    _, changes, place, message, remedy = planted
    findings = _findings(fill(clean, changes))
    assert seen(findings) == [place]
    assert (findings[0].message, findings[0].remedy) == (message, remedy)


def test_the_same_amounts_twice(clean: Path) -> None:
    row = {"J13": "Program", "K13": "Program lain", "L13": 5000007, "M13": 4750000}
    findings = _findings(fill(clean, {"3.4 Keuangan": row}))
    assert [(f.rule, f.cell, f.message) for f in findings] == [
        ("pasangan-sama", "L12", "Anggaran dan realisasi Program 5 (5.000.007,00 dan 4.750.000,00) sama persis dengan baris lain"),
        ("pasangan-sama", "L13", "Anggaran dan realisasi Program lain (5.000.007,00 dan 4.750.000,00) sama persis dengan baris lain"),
    ]  # fmt: skip


def test_a_year_that_has_not_come(written: Write) -> None:
    document = clean_document()
    document["periode"] = [2018, 2025]
    path = fill(written(from_document(document, TEMPLATE)), {"3.2 Tren": {"S8": 70}})
    (found,) = _findings(path)
    assert (found.rule, found.sheet, found.cell) == ("realisasi-masa-depan", "3.2 Tren", "S8")
    assert found.message == "Realisasi Indikator utama 1 sudah diisi 70, padahal tahunnya belum tiba"


def test_every_declared_rule_is_planted() -> None:
    planted = {place[0] for _, _, place, _, _ in PLANTED} | {"pasangan-sama", "realisasi-masa-depan"}
    declared = {rule.id for table in TEMPLATE.tables.values() for rule in table.rules}
    assert declared <= planted


def test_same_answer_twice(sample_file: Path) -> None:
    assert _findings(sample_file) == _findings(sample_file)


def test_the_sample_as_published_has_the_faults_of_the_report(sample_file: Path) -> None:
    found = _findings(sample_file)
    assert seen([finding for finding in found if finding.severity == "galat"]) == [
        ("unik", "1.3 Golongan", "B12"),
        ("acuan", "2.1 Perjanjian Kinerja", "D8"),
        ("realisasi-beda-hitung", "3.1 Kinerja", "I24"),
    ]
    assert seen([finding for finding in found if finding.severity != "galat"]) == [
        ("pk-sasaran", "2.1 Perjanjian Kinerja", "C8"),
        ("pk-sasaran", "2.1 Perjanjian Kinerja", "C9"),
        ("pk-sasaran", "2.1 Perjanjian Kinerja", "C10"),
        ("ikk-satuan-persen", "IKK", "D10"),
        ("ikk-satuan-persen", "IKK", "D11"),
        ("ikk-satuan-persen", "IKK", "D12"),
        ("realisasi-sama-target", "3.1 Kinerja", "K28"),
        ("tren-ekstrem", "3.2 Tren", "L18"),
        ("tren-ekstrem", "3.2 Tren", "M18"),
        ("realisasi-baris-lain", "3.2 Tren", "L20"),
        ("efisiensi-tertinggal", "Efisiensi", "F8"),
        ("persen-bulat", "3.4 Keuangan", "M11"),
    ]


def test_one_workbook_does_not_disturb_another(
    sample_file: Path, tmp_path: Path, template: Template, sample: Submission
) -> None:
    from lkjip_xl.render import render

    other = tmp_path / "bersih.xlsx"
    other.write_bytes(render(template, from_document(clean_document(), template)))
    third = tmp_path / "ketiga.xlsx"
    third.write_bytes(render(template, replace(sample, tables={})))
    alone = [_findings(path) for path in (sample_file, other, third)]
    together, _ = validate([sample_file, other, third], template)
    assert [list(checked.findings) for checked in together] == alone
