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
        "Anggaran Program 1 diketik 1.234.567,50, sedangkan jumlah rinciannya 6.000.000,00",
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


def test_every_declared_rule_is_planted() -> None:
    planted = {place[0] for _, _, place, _, _ in PLANTED}
    declared = {rule.id for table in TEMPLATE.tables.values() for rule in table.rules}
    assert declared <= planted


def test_same_answer_twice(sample_file: Path) -> None:
    assert _findings(sample_file) == _findings(sample_file)


def test_the_sample_as_published_has_the_faults_of_the_report(sample_file: Path) -> None:
    assert seen(_findings(sample_file)) == [
        ("unik", "1.3 Golongan", "B12"),
        ("acuan", "2.1 Perjanjian Kinerja", "D8"),
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
