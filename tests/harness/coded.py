"""A clean report whose budget has codes of a list that its workbook carries, and faults planted in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from clean import clean_document
from lkjip_xl.form.code_list import CodeList, load_codes, with_codes
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.submission import Submission
from lkjip_xl.template.model import Template

SHEET = "3.4 Keuangan"
# 2.13.04 ended, as did the sub kegiatan of two digits; 2.13.05 is of both years
LIST = """
kode;nama;satuan;tahun
2.13;BIDANG DESA;;
2.13.02;PROGRAM PENATAAN DESA;;2023
2.13.02.2.01;Penataan Desa;;2023
2.13.02.2.01.0001;Fasilitasi Penataan Desa;Desa;2023
2.13.02.2.01.0002;Fasilitasi Batas Desa;Desa;2023
2.13.02.2.01.02;Fasilitasi Batas;Desa;2020
2.13.03;PROGRAM KERJA SAMA DESA;;2023
2.13.03.2.01;Kerja Sama Desa;;2023
2.13.03.2.01.0001;Kerja Sama Antardesa;Dokumen;2023
2.13.04;PROGRAM LAMA;;2020
2.13.04;PROGRAM LAMA;;2021
2.13.05;PROGRAM ADMINISTRASI DESA;;2021
2.13.05;PROGRAM ADMINISTRASI DESA;;2023
X.XX.01;PROGRAM SEMUA URUSAN;;2023
1.01.02;PROGRAM PENDIDIKAN;;2023
"""
CODES = ("2.13.02", "2.13.02.2.01", "2.13.02.2.01.0001", "2.13.02.2.01.0002", "2.13.03")


def code_list(template: Template, folder: Path) -> CodeList:
    """Return the list as it is read from a file of that folder."""
    path = folder / f"daftar-{os.getpid()}.csv"  # several processes may work in a folder
    path.write_text(LIST.strip(), encoding="utf-8")
    return load_codes(path, template)


def coded_submission(template: Template, folder: Path) -> Submission:
    """Return a clean report in whose budget neither levels nor names are typed: they follow from the codes."""
    document: dict[str, Any] = clean_document()
    for row, code in zip(document["tabel"]["keuangan"], CODES, strict=True):
        del row["tingkat"], row["program"]
        row["kode"] = code
    return with_codes(template, from_document(document, template), code_list(template, folder), ("2.13",))


# name; what is typed where; the findings, each as rule, cell and message
PLANTED: list[tuple[str, dict[str, Any], list[tuple[str, str, str]]]] = [
    (
        "unknown",
        {"D12": "2.13.09", "E12": "Program 5"},
        [("kode-daftar", "D12", "Kode 2.13.09 tidak ada di daftar kode OPD ini")],
    ),
    (
        "unknown, and no name",
        {"D12": "2.13.09"},
        [
            ("wajib", "E12", "Program belum diisi"),
            ("kode-daftar", "D12", "Kode 2.13.09 tidak ada di daftar kode OPD ini"),
        ],
    ),
    (
        "another OPD's",
        {"D12": "1.01.02", "E12": "Program 5"},
        [("kode-daftar", "D12", "Kode 1.01.02 tidak ada di daftar kode OPD ini")],
    ),
    (
        "a program of another year",
        {"D12": "2.13.04"},
        [("kode-tahun", "D12", "Kode 2.13.04 (PROGRAM LAMA) adalah kode tahun 2021")],
    ),
    (
        "a sub kegiatan of another year",
        {"D11": "2.13.02.2.01.02"},
        [("kode-tahun", "D11", "Kode 2.13.02.2.01.02 (Fasilitasi Batas) adalah kode tahun 2020")],
    ),
    (
        "malformed",
        {"D11": "2.13.02.2.01.002", "E11": "Sub kegiatan 4"},
        [
            (
                "pola",
                "D11",
                "Kode “2.13.02.2.01.002” tidak tertulis sebagai kode Permendagri 90/2019 seperti 2.13.02, "
                "2.13.02.2.01, atau 2.13.02.2.01.0001",
            )
        ],
    ),
    (
        "the wrong level",
        {"C12": "Kegiatan"},
        [
            (
                "tingkat-kode",
                "C12",
                "Tingkat PROGRAM KERJA SAMA DESA dipilih Kegiatan, sedangkan 2.13.03 adalah kode Program",
            )
        ],
    ),
    (
        "out of order",
        {"D10": "2.13.02.2.01.0002", "D11": "2.13.02.2.01.0001"},
        [
            (
                "kode-urut",
                "D11",
                "Kode 2.13.02.2.01.0001 (Fasilitasi Penataan Desa) ditulis sesudah 2.13.02.2.01.0002",
            )
        ],
    ),
    (
        "under another kegiatan",
        {"D11": "2.13.03.2.01.0001"},
        [
            (
                "kode-induk",
                "D11",
                "Kode Kerja Sama Antardesa 2.13.03.2.01.0001 tidak diawali kode induknya, 2.13.02.2.01",
            )
        ],
    ),
    ("everyone's, and one of both years", {"D8": "2.13.02", "D12": "X.XX.01"}, []),
    ("everyone's in the OPD's own field", {"D12": "2.13.01"}, []),
    ("of both years", {"D12": "2.13.05"}, []),
    ("a name of its own", {"E12": "Program Kerja Sama Antardesa"}, []),
]
