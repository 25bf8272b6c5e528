"""A data document without any fault, of any size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lkjip_xl.form.json_shape import FORMAT
from lkjip_xl.form.submission import Submission, fitted
from lkjip_xl.template.model import Template

GOLONGAN = ("Penata / III.c", "Pembina / IV.a")


def with_few_rows(template: Template, submission: Submission, rows: int = 8) -> Submission:
    """Return a submission with no more rows of a table than it fills, or so many: blank ones take most of the time."""
    fewer = {
        key: min(rows, table.declared.rows)
        for key, table in template.tables.items()
        if not table.is_form and not table.declared.fixed_rows and not table.declared.rows_from
    }
    setup = replace(submission.setup, rows=fewer | dict(submission.setup.rows))
    return replace(submission, setup=fitted(template, replace(submission, setup=setup)))


def clean_document(
    *, indicators: int = 3, budget: int = 5, years: int = 6, year: int = 2023
) -> dict[str, Any]:
    """Return a clean report with so many IKU (and as many IKK), budget rows and Renstra years."""
    first = year - years + 1
    before = range(first, year)
    iku = [f"Indikator utama {n}" for n in range(1, indicators + 1)]
    ikk = [f"Indikator kunci {n}" for n in range(1, indicators + 1)]
    trend = [
        {
            "target": {str(y): 50 + n + y - first for y in before},
            "realisasi": {str(y): 47 + n * 2 + (y - first) * (1 + n % 3) for y in before},
        }
        for n in range(indicators)
    ]
    return {
        "format": FORMAT,
        "tahun": year,
        "periode": [first, year],
        "modul": ["idm"],
        "tabel": {
            "identitas": {
                "kode": "1.01",
                "nama": "Dinas Contoh",
                "kabupaten": "Kabupaten Contoh",
                "provinsi": "Provinsi Contoh",
            },
            "pegawai": [{"pegawai": "PNS", "jumlah": 25}, {"pegawai": "THL", "jumlah": 4}],
            "pendidikan": [{"instansi": "Dinas Contoh", "sd": 1, "s1": 10, "s2": 14}],
            "golongan": [{"golongan": GOLONGAN[0], "jumlah": 10}, {"golongan": GOLONGAN[1], "jumlah": 15}],
            "pk": [
                {"sasaran": "Sasaran 1", "indikator": text, "target": 60 + n} for n, text in enumerate(iku)
            ],
            "iku": [
                {"sasaran": f"Sasaran {1 + n // 3}", "indikator": text, "satuan": "desa", "arah": "naik"}
                for n, text in enumerate(iku)
            ],
            "ikk": [{"indikator": text, "satuan": "%", "arah": "naik"} for text in ikk],
            "idm": [
                {"jumlah": {str(year - 2): a, str(year - 1): b, str(year): c}}
                for a, b, c in [(1, 2, 4), (10, 12, 15), (50, 52, 50), (30, 28, 26), (9, 6, 5)]
            ],
            "kinerja": {
                part: [{"target": 60 + n, "realisasi_isian": 55 + 2 * n} for n in range(indicators)]
                for part in ("iku", "ikk")
            },
            "tren": {"iku": trend, "ikk": trend} if years > 1 else {},
            "renstra": {part: [{"target": 60 + n} for n in range(indicators)] for part in ("iku", "ikk")},
            "standar": {"iku": [{"alasan": "Tidak ada standar nasional"}] * indicators},
            "keuangan": _budget(budget, iku[0]),
            "akip": {"target": "BB", "nilai": 71.5, "predikat_isian": "BB"},
            "tindak_lanjut": [{"rekomendasi": "Perbaiki", "tindak_lanjut": "Sudah"}],
        },
        "tidak_berlaku": dict.fromkeys(("analisis", "efisiensi", "pendukung"), "Ditulis di laporan lain"),
    }


def _budget(rows: int, indicator: str) -> list[dict[str, Any]]:
    """Return programs with a kegiatan and two sub kegiatan each; a rest of rows are programs with amounts."""
    lines: list[dict[str, Any]] = []
    while len(lines) + 4 <= rows:
        number = len(lines) + 1
        lines += [
            {"indikator": indicator, "tingkat": "Program", "program": f"Program {number}"},
            {"tingkat": "Kegiatan", "program": f"Kegiatan {number + 1}"},
            *(
                {
                    "tingkat": "Sub Kegiatan",
                    "program": f"Sub kegiatan {number + 1 + n}",
                    "anggaran_isian": (2_000_000_000 + n) * n * number,
                    "realisasi_isian": 1_900_000_000 * n * number,
                }
                for n in (1, 2)
            ),
        ]
    while len(lines) < rows:
        number = len(lines) + 1
        lines.append(
            {
                "indikator": indicator,
                "tingkat": "Program",
                "program": f"Program {number}",
                "anggaran_isian": 1_000_000_000 * number + 7,
                "realisasi_isian": 950_000_000 * number,
            }
        )
    return lines
