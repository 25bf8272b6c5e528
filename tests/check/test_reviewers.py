"""Every line of docs/temuan-penelaah.md, proven by workbooks with that mistake, in its strict and in its mild form."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from clean import clean_document
from lkjip_xl.base.findings import Finding
from lkjip_xl.form.json_data import from_document
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render
from planted import DRAGGED, PLANTED, Changes, _along, graded
from support import ROOT, fill, found_together, seen
from yearly import SHEET as YEARLY
from yearly import yearly_document

PLANTS = {name: place[0] for name, _, place, _, _ in PLANTED} | {
    f"dragged {name}": place[0] for name, _, place in DRAGGED
}
AKIP = "Hasil Evaluasi Akuntabilitas Kinerja Instansi Pemerintah (AKIP) Perangkat Daerah"


@dataclass(frozen=True)
class Case:
    """What is typed into the clean workbook, and every finding of it: rule, sheet, cell."""

    changes: Changes
    found: list[tuple[str, str, str]]
    last_year: int = 2023
    document: Callable[[], dict[str, Any]] = clean_document


@dataclass(frozen=True)
class Proof:
    """The plants of ``planted`` (by name, judged there) or cases that show a line's strict form, and its mild form."""

    strict: tuple[str | Case, ...]
    mild: tuple[Case, ...]


def _case(changes: Changes, *found: tuple[str, str, str], last_year: int = 2023) -> Case:
    return Case(changes, list(found), last_year)


def _yearly(changes: Changes, *found: tuple[str, str, str]) -> Case:
    """Return a case of the report with budgets of several years."""
    return Case(changes, list(found), 2024, yearly_document)


PROVEN: dict[str, Proof] = {
    "Jumlah bukan jumlah barisnya": Proof(
        (
            "anggaran-rincian",
            "realisasi-rincian",
            _case({"1.3 Golongan": {"C25": 88}}, ("rumus-ditimpa", "1.3 Golongan", "C25")),
        ),
        (
            _case({"3.4 Keuangan": {"L8": 6000000006}}, ("anggaran-rincian", "3.4 Keuangan", "L8")),
            _case({"3.4 Keuangan": {"M9": 5700000001}}, ("realisasi-rincian", "3.4 Keuangan", "M9")),
            _case({"1.3 Golongan": {"C25": 26}}, ("rumus-ditimpa", "1.3 Golongan", "C25")),
        ),
    ),
    "Pangkat yang sama tercantum dua kali": Proof(
        (_case({"1.3 Golongan": {"B9": "Penata / III.c"}}, ("unik", "1.3 Golongan", "B9")),),
        (_case({"1.3 Golongan": {"B9": "PENATA / iii.C"}}, ("unik", "1.3 Golongan", "B9")),),
    ),
    "Jumlah PNS berbeda antartabel pegawai": Proof(
        ("pendidikan-pns", "golongan-pns"),
        (
            _case({"1.2 Pendidikan": {"H8": 15}}, ("pendidikan-pns", "1.2 Pendidikan", "J11")),
            _case({"1.3 Golongan": {"C9": 14}}, ("golongan-pns", "1.3 Golongan", "C25")),
        ),
    ),
    "Indikator Perjanjian Kinerja tidak pernah diukur, atau diukur tanpa disepakati": Proof(
        ("acuan", "iku-tanpa-pk"),
        (
            _case(
                {"2.1 Perjanjian Kinerja": {"C11": "Sasaran 1", "D11": "Indikator  utama 1", "E11": 60}},
                ("acuan", "2.1 Perjanjian Kinerja", "D11"),
            ),
            _case(
                {"2.1 Perjanjian Kinerja": {"C8": None, "D8": None, "E8": None}},
                ("iku-tanpa-pk", "2.2 IKU", "D8"),
            ),
        ),
    ),
    "IKU, PK, dan Tabel 3.1 berbeda tulisan atau cakupan": Proof(
        ("acuan", "pk-sasaran", "pk-target", "pk-target-predikat", "pk-ikk"),
        (
            _case(
                {"2.1 Perjanjian Kinerja": {"C8": "Sasaran-1"}},
                ("pk-sasaran", "2.1 Perjanjian Kinerja", "C8"),
            ),
            _case({"2.1 Perjanjian Kinerja": {"E8": 60.01}}, ("pk-target", "2.1 Perjanjian Kinerja", "E8")),
            _case(
                graded("tingkat", "Tinggi", "Tinggi", changed={"2.1 Perjanjian Kinerja": {"E8": "Sedang"}}),
                ("pk-target-predikat", "2.1 Perjanjian Kinerja", "E8"),
            ),
            _case(
                {"2.1 Perjanjian Kinerja": {"C11": "Sasaran 1", "D11": "indikator KUNCI 3", "E11": 62}},
                ("pk-ikk", "2.1 Perjanjian Kinerja", "D11"),
            ),
        ),
    ),
    "Indikator tanpa sasaran": Proof(
        ("iku-tanpa-sasaran", "pk-tanpa-sasaran"),
        (
            _case(
                {"2.2 IKU": {"C8": " ", "C9": None}},
                ("iku-tanpa-sasaran", "2.2 IKU", "C8"),
                ("iku-tanpa-sasaran", "2.2 IKU", "C9"),
            ),
            _case({"2.2 IKU": {"C9": None, "C10": " "}, "2.1 Perjanjian Kinerja": {"C9": " ", "C10": None}}),
        ),
    ),
    "Indikator Tabel 3.4 atau AKIP tidak ada di tabel lain": Proof(
        (
            "akip-tanpa-pk",
            _case({"3.4 Keuangan": {"D12": "Indikator lama"}}, ("acuan", "3.4 Keuangan", "D12")),
        ),
        (
            _case({"3.4 Keuangan": {"D12": AKIP.lower()}}, ("akip-tanpa-pk", "AKIP", "C6")),
            _case({"3.4 Keuangan": {"D12": "Indikator utama 1."}}, ("acuan", "3.4 Keuangan", "D12")),
        ),
    ),
    'Satuan berbeda, atau "Nilai" untuk persentase atau jumlah': Proof(
        ("iku-satuan", "iku-satuan jumlah", "ikk-satuan", "ikk-satuan jumlah"),
        (
            _case({"IKK": {"C8": "persentase B", "D8": "persen"}}, ("ikk-satuan", "IKK", "D8")),
            _case({"IKK": {"C8": "JUMLAH B", "D8": "nilai"}}, ("ikk-satuan", "IKK", "D8")),
        ),
    ),
    "Realisasi tersalin dari indikator lain, dari tahun lalu, atau dari target": Proof(
        ("realisasi-baris-lain", "realisasi-tahun-lalu", "realisasi-sama-target", "realisasi-target-lalu"),
        (
            _case({"3.2 Tren": {"L10": 48.55, "L20": 48.55}}, ("realisasi-baris-lain", "3.2 Tren", "L20")),
            _case(
                {"3.2 Tren": {"O8": 55.01}, "3.1 Kinerja": {"I8": 55.01}},
                ("realisasi-tahun-lalu", "3.2 Tren", "P8"),
            ),
            _case({"3.2 Tren": {"H8": 53.25, "O8": 53.25}}, ("realisasi-target-lalu", "3.2 Tren", "O8")),
            _case(  # four of six
                {"3.1 Kinerja": {"I9": 61, "I10": 62, "I19": 61, "I20": 62}},
                ("realisasi-sama-target", "3.1 Kinerja", "K28"),
            ),
        ),
    ),
    "Nilai ratusan kali targetnya": Proof(
        ("realisasi-ekstrem", "tren-ekstrem", "persen-pecahan"),
        (
            _case({"3.1 Kinerja": {"I9": 611}}, ("realisasi-ekstrem", "3.1 Kinerja", "I9")),
            _case({"3.2 Tren": {"L8": 511}}, ("tren-ekstrem", "3.2 Tren", "L8")),
            _case(
                {"3.1 Kinerja": {"I18": 1}, "Analisis Penyebab": {"C8": "Indikator kunci 1", "E8": "Sebab"}},
                ("persen-pecahan", "3.1 Kinerja", "I18"),
            ),
        ),
    ),
    "Target dan realisasi sama-sama pecahan dari persen": Proof(
        ("pecahan-target", "pecahan-semua"),
        (
            _case({"3.1 Kinerja": {"H18": 0.99, "I18": 0.9}}, ("pecahan-target", "3.1 Kinerja", "H18")),
            _case(
                {"3.1 Kinerja": {"H18": 0.99, "I18": 0.9, "H19": 0.98, "I19": 0.93, "H20": 1, "I20": 0.97}},
                ("pecahan-semua", "3.1 Kinerja", "K28"),
            ),
        ),
    ),
    "Target akhir Renstra seratus kali target tahun ini, atau seperseratusnya": Proof(
        ("renstra-skala", "renstra-skala seperseratus"),
        (
            _case({"3.3 Renstra": {"G8": 3000}}, ("renstra-skala", "3.3 Renstra", "G8")),
            _case({"3.3 Renstra": {"G8": 1.2}}, ("renstra-skala", "3.3 Renstra", "G8")),
        ),
    ),
    "Angka tahun (2019, 2020, …) di tempat target, realisasi, atau jumlah": Proof(
        ("target-tahun", "realisasi-tahun", "tren-target-tahun", "tren-realisasi-tahun", "dragged IDM"),
        (
            _case({"3.2 Tren": {"G10": 2018}}, ("tren-target-tahun", "3.2 Tren", "G10")),
            _case({"3.2 Tren": {"M19": 2022}}, ("tren-realisasi-tahun", "3.2 Tren", "M19")),
            _case({"3.1 Kinerja": {"I10": 2026}}, ("realisasi-tahun", "3.1 Kinerja", "I10")),
        ),
    ),
    "Anggaran dalam ribuan atau jutaan rupiah": Proof(
        ("anggaran-satuan",),
        (
            _case(
                {
                    "3.4 Keuangan": _along("L10", 9e7, 8.5e7)
                    | _along("L11", 1e8, 9.5e7)
                    | _along("L12", 3e8, 2.85e8)
                },
                ("anggaran-satuan", "3.4 Keuangan", "V88"),
            ),
        ),
    ),
    "Target nol": Proof(
        ("target-nol",),
        (
            _case(
                {"3.1 Kinerja": {"H18": 0, "I18": 0}, "3.3 Renstra": {"G18": 0}},
                ("target-nol", "3.1 Kinerja", "H18"),
            ),
        ),
    ),
    "Capaian di atas 100 padahal realisasi di bawah target, atau arah terbalik": Proof(
        (
            "arah-target",
            "arah-target tahun terakhir",
            _case({"3.1 Kinerja": {"K8": 104.5}}, ("rumus-ditimpa", "3.1 Kinerja", "K8")),
        ),
        (
            _case({"3.1 Kinerja": {"K8": 91.68}}, ("rumus-ditimpa", "3.1 Kinerja", "K8")),
            _case(  # the targets dip once on their way up
                {"2.2 IKU": {"J8": "turun"}, "3.1 Kinerja": {"I8": 60.5}, "3.2 Tren": {"G8": 50}},
                ("arah-target", "3.3 Renstra", "G8"),
            ),
        ),
    ),
    "Capaian semua tahun hampir sama": Proof(
        ("pengali-tetap",),
        (
            _case(
                {"3.2 Tren": _along("K8", 49, 50, 51, 51.9, 52.9), "3.1 Kinerja": {"I8": 58.8}},
                ("pengali-tetap", "3.2 Tren", "C8"),
            ),
        ),
    ),
    "Capaian semua indikator di satu tahun hampir sama": Proof(
        ("capaian-seragam",),
        (
            _case(
                {"3.1 Kinerja": {"I8": 57.1, "I9": 58, "I10": 58.9, "I18": 57.2, "I19": 58.1, "I20": 59}},
                ("capaian-seragam", "3.2 Tren", "V18"),
            ),
        ),
    ),
    "Realisasi untuk tahun yang belum tiba": Proof(
        (_case({"3.2 Tren": {"T8": 70}}, ("realisasi-masa-depan", "3.2 Tren", "T8"), last_year=2025),),
        (_case({"3.2 Tren": {"S8": 0}}, ("realisasi-masa-depan", "3.2 Tren", "S8"), last_year=2025),),
    ),
    "Target yang tidak dapat dicapai bilangan bulat": Proof(
        ("target-mustahil", "target-mustahil IDM"),
        (
            _case(  # 16 of 43 is 37,21
                {
                    "IKK": {"J8": "Persentase", "K8": 15, "L8": 43},
                    "3.1 Kinerja": {"H18": 37.2, "I18": None},
                },
            ),
            _case(  # kilometres can be parted
                {
                    "IKK": {"J8": "Persentase", "K8": 847.07, "L8": 1484.43},
                    "3.1 Kinerja": {"H18": 60.15, "I18": None},
                },
            ),
            _case(
                {
                    "IKK": {"J8": "Persentase", "K8": 15, "L8": 43},
                    "3.1 Kinerja": {"H18": 37.22, "I18": None},
                },
                ("target-mustahil", "3.1 Kinerja", "H18"),
            ),
        ),
    ),
    "Perubahan stok tidak seimbang": Proof(
        (_case({"IDM": {"G8": 14}}, ("idm-tetap", "IDM", "H13")), "idm-tetap"),
        (
            _case({"IDM": {"G12": 4}}, ("idm-tetap", "IDM", "H13")),
            _case({"IDM": {"H8": 3}}, ("rumus-ditimpa", "IDM", "H8")),
        ),
    ),
    "Persentase bertentangan dengan pembilang dan penyebutnya": Proof(
        ("realisasi-beda-hitung", "rasio-lengkap", "penyebut-nol", "realisasi-status-desa"),
        (
            _case(
                {"IKK": {"J8": "Persentase", "K8": 16, "L8": 29}, "3.1 Kinerja": {"I18": 55.16}},
                ("realisasi-beda-hitung", "3.1 Kinerja", "I18"),
            ),
            _case({"IKK": {"J8": "Persentase", "K8": 16, "L8": 29}, "3.1 Kinerja": {"I18": 55}}),  # of 55,17
            _case(  # rounding does not make up what is missing
                {"IKK": {"J8": "Persentase", "K8": 249, "L8": 250}, "3.1 Kinerja": {"I18": 100}},
                ("realisasi-beda-hitung", "3.1 Kinerja", "I18"),
            ),
            _case(
                {
                    "IKK": {"D8": "rasio", "J8": "Rasio", "K8": 164, "L8": 3},
                    "3.1 Kinerja": {"I18": 55},
                },
                ("realisasi-beda-hitung", "3.1 Kinerja", "I18"),
            ),
        ),
    ),
    "Realisasi di atas pagu": Proof(
        ("realisasi-pagu", "efisiensi-pagu"),
        (
            _case({"3.4 Keuangan": {"M12": 5000000008}}, ("realisasi-pagu", "3.4 Keuangan", "M12")),
            _case(
                {
                    "Efisiensi": {"C8": "Indikator utama 1", "D8": "Sub", "E8": 100, "F8": 100.01},
                    "3.1 Kinerja": {"I8": 59},
                },
                ("efisiensi-pagu", "Efisiensi", "F8"),
            ),
        ),
    ),
    "Anggaran atau realisasinya disalin dari tahun lain": Proof(
        (
            _yearly(
                {"3.4 Keuangan": {"M12": 3900000001}, YEARLY: {"G9": 3900000001}},
                ("tahunan-realisasi-lalu", YEARLY, "H9"),
            ),
            _yearly({YEARLY: {"F8": 6000000005, "F9": 5000000007}}, ("tahunan-anggaran-lalu", YEARLY, "F28")),
        ),
        (
            # round figures of one program or two are the same by chance
            _yearly({"3.4 Keuangan": {"M12": 3900000000}}),
            _yearly({"3.4 Keuangan": {"M12": 3900000001}, YEARLY: {"G9": 3900000002}}),
            _yearly(
                {
                    "3.4 Keuangan": {"L10": 2000000000, "L11": 4000000000, "L12": 5000000000},
                    YEARLY: {"F8": 5000000000, "F9": 6000000000},
                }
            ),
            # but not those of three
            _yearly(
                {
                    "3.4 Keuangan": {"L10": 2000000000, "L11": 4000000000, "L12": 5000000000}
                    | {"D13": "Indikator utama 1", "J13": "Program", "K13": "Program lama"}
                    | {"L13": 1000000000, "M13": 950000000}
                },
                ("tahunan-anggaran-lalu", YEARLY, "E28"),
            ),
            _yearly({YEARLY: {"F8": 5000000007, "F9": 6000000005}}, ("tahunan-anggaran-lalu", YEARLY, "F28")),
        ),
    ),
    "Angka yang sama untuk dua hal yang berbeda": Proof(
        (
            _case(
                {
                    "3.4 Keuangan": {
                        "J13": "Program",
                        "K13": "Program lain",
                        "L13": 5000000007,
                        "M13": 4750000000,
                    }
                },
                ("pasangan-sama", "3.4 Keuangan", "L12"),
                ("pasangan-sama", "3.4 Keuangan", "L13"),
            ),
        ),
        (
            _case(  # the sub kegiatan of two kegiatan
                {
                    "3.4 Keuangan": {"J13": "Kegiatan", "K13": "Kegiatan lain"}
                    | {"J14": "Sub Kegiatan", "K14": "Sub lain", "L14": 2000000001, "M14": 1900000000}
                    | {"L12": 2000000001, "M12": 1900000000}
                },
                ("pasangan-sama", "3.4 Keuangan", "L10"),
                ("pasangan-sama", "3.4 Keuangan", "L14"),
            ),
        ),
    ),
    "Total program sasaran memuat program penunjang": Proof(
        ("total-penunjang",),
        (
            _case(
                {"3.4 Keuangan": {"D12": None, "K12": "program penunjang urusan", "L12": 1000, "M12": 950}},
                ("total-penunjang", "3.4 Keuangan", "V88"),
            ),
        ),
    ),
    "Jumlah kegiatan disebut tanpa barisnya": Proof(
        ("jumlah-kegiatan", "jumlah-sub-kegiatan"),
        (
            _case({"Ikhtisar": {"C5": 0}}, ("jumlah-kegiatan", "Ikhtisar", "C5")),
            _case({"Ikhtisar": {"C6": 1}}, ("jumlah-sub-kegiatan", "Ikhtisar", "C6")),
        ),
    ),
    "Serapan dilaporkan sebagai efisiensi": Proof(
        ("efisiensi-tertinggal",),
        (
            _case(  # 91,67 and 96,68
                {"Efisiensi": {"C8": "Indikator utama 1", "D8": "Sub", "E8": 10000, "F8": 9668}},
                ("efisiensi-tertinggal", "Efisiensi", "F8"),
            ),
        ),
    ),
    '"Efisien" padahal kinerja tertinggal dari uangnya': Proof(
        ("efisiensi-tertinggal", "ket-efisien"),
        (
            _case({"3.4 Keuangan": {"M12": 4834000007}}, ("ket-efisien", "3.4 Keuangan", "Y88")),
            _case({"3.4 Keuangan": {"M12": 4833500007}}),  # 91,67 and 96,67
        ),
    ),
    "Predikat tidak sesuai angkanya": Proof(
        (_case({"3.1 Kinerja": {"L8": "Tidak Berhasil"}}, ("rumus-ditimpa", "3.1 Kinerja", "L8")),),
        (_case({"3.1 Kinerja": {"L8": "Berhasil"}}, ("rumus-ditimpa", "3.1 Kinerja", "L8")),),
    ),
    "Predikat AKIP tidak sesuai nilainya": Proof(
        ("akip-predikat",),
        (
            _case({"AKIP": {"C7": 70}}, ("akip-predikat", "AKIP", "C8")),  # BB begins above 70
            _case({"AKIP": {"C7": 70.01}}),
        ),
    ),
    "Sel persentase kosong padahal dapat dihitung": Proof(
        ("realisasi-wajib", "anggaran-wajib", "realisasi-anggaran-wajib", "wajib"),
        (
            _case({"3.1 Kinerja": {"H18": " "}}, ("wajib", "3.1 Kinerja", "H18")),
            _case({"3.1 Kinerja": {"K8": None}}, ("rumus-ditimpa", "3.1 Kinerja", "K8")),
        ),
    ),
    "99,998 % tertulis 100,00 %": Proof(
        ("persen-bulat",),
        (
            _case(  # 99,995 %
                {"3.1 Kinerja": {"I8": 59}, "3.4 Keuangan": {"M12": 4999750008}},
                ("persen-bulat", "3.4 Keuangan", "M12"),
            ),
        ),
    ),
    "Tahun keliru di judul": Proof(
        (_case({"Identitas": {"C9": 2022}}, ("teks-tetap-diganti", "Identitas", "C9")),),
        (_case({"Identitas": {"C10": "2018 - 2024"}}, ("teks-tetap-diganti", "Identitas", "C10")),),
    ),
    "Tanggal laporan di luar Januari sampai Juni tahun berikutnya": Proof(
        ("tanggal-laporan", "tanggal-laporan terlalu awal"),
        (
            _case({"Identitas": {"C17": datetime.date(2024, 7, 1)}}, ("tanggal-laporan", "Identitas", "C17")),
            _case(
                {"Identitas": {"C17": datetime.date(2023, 12, 31)}}, ("tanggal-laporan", "Identitas", "C17")
            ),
        ),
    ),
    "Rata-rata yang melewatkan indikator": Proof(
        ("realisasi-wajib", "pk-ikk"),
        (
            _case(  # its capaian is the mean itself
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
            _case({"3.1 Kinerja": {"I18": 41.99}}, ("capaian-rendah", "3.1 Kinerja", "I18")),  # 69,98
            _case({"3.2 Tren": {"L8": 28}}, ("capaian-rendah-lalu", "3.2 Tren", "R8")),  # 54,90
        ),
    ),
    "Perbandingan dengan tahun-tahun sebelumnya kosong": Proof(
        (
            "belum diisi",
            _case(
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
            _case({"3.2 Tren": {"O20": "-"}}, ("tipe", "3.2 Tren", "O20")),
            _case({"3.2 Tren": {"O20": None}}, ("belum-diisi", "3.2 Tren", "O20")),
        ),
    ),
}
CASES = {
    f"{line}-{number}": case
    for line, proof in PROVEN.items()
    for number, case in enumerate((*proof.strict, *proof.mild))
    if isinstance(case, Case)
}


def _lines() -> dict[str, str]:
    """Return the lines of the document: what is found, and what finds it."""
    text = (ROOT / "docs" / "temuan-penelaah.md").read_text("utf-8")
    rows = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]
    return {found.strip(): rule.strip() for found, rule in rows}


def test_every_line_is_proven() -> None:
    assert list(PROVEN) == list(_lines())


@pytest.mark.parametrize("line", PROVEN)
def test_every_rule_that_a_line_names_is_proven(line: str) -> None:
    proof = PROVEN[line]
    mild = {rule for case in proof.mild for rule, _, _ in case.found}
    strict = {
        rule
        for each in proof.strict
        for rule in ([PLANTS[each]] if isinstance(each, str) else [found[0] for found in each.found])
    }
    named = set(re.findall(r"`([a-z-]+)`", _lines()[line]))
    assert strict
    assert mild
    assert named <= strict | mild


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, template: Template) -> dict[int, list[Finding]]:
    """What is found in the workbook of each case."""
    folder = tmp_path_factory.mktemp("penelaah")
    files = {number: folder / f"{number}.xlsx" for number in range(len(CASES))}
    clean: dict[tuple[object, int], bytes] = {}
    for path, case in zip(files.values(), CASES.values(), strict=True):
        if (case.document, case.last_year) not in clean:
            document = case.document()
            document["periode"][1] = case.last_year
            clean[case.document, case.last_year] = render(template, from_document(document, template))
        path.write_bytes(clean[case.document, case.last_year])
        fill(path, case.changes)
    return found_together(files, template)


@pytest.mark.parametrize("number", range(len(CASES)), ids=CASES)
def test_is_found(number: int, found: dict[int, list[Finding]]) -> None:
    assert seen(found[number]) == list(CASES.values())[number].found
