"""A regency of fifty OPDs with long names, made of the sample regency: some have not reported, some have errors, one is left out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kabupaten import AGENCIES, Agency, document
from lkjip_xl.form.json_data import from_document
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render

NUMBER = 50
_LONG = (
    "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana",
    "Dinas Perumahan Rakyat, Kawasan Permukiman, Pertanahan dan Lingkungan Hidup",
    "Badan Pengelolaan Keuangan dan Pendapatan Daerah",
    "Sekretariat Dewan Perwakilan Rakyat Daerah",
    "Rumah Sakit Umum Daerah Kabupaten Contoh",
)
_DISTRICTS = ("Hulu", "Hilir", "Tengah", "Seberang", "Muara")
_MISSING, _FAULTY, _LEFT_OUT = (7, 23, 41), (12, 33), 2
DECISION = "ditarik kembali untuk diperbaiki;Kepala Bagian Organisasi"


def write_regency(folder: Path, template: Template) -> None:
    """Write workbooks, ``opd.csv`` and ``keputusan.csv``."""
    folder.mkdir(parents=True, exist_ok=True)
    agencies = [*_agencies()]
    lines = [f"{each.code};{each.name}" for each in agencies]
    (folder / "opd.csv").write_text("\n".join(["kode;nama", *lines, ""]), encoding="utf-8")
    left_out = f"{agencies[_LEFT_OUT].code};keluarkan;{DECISION}"
    text = f"opd;keputusan;alasan;oleh\n{left_out}\n"
    (folder / "keputusan.csv").write_text(text, encoding="utf-8")
    for number, agency in enumerate(agencies):
        if number not in _MISSING:
            data = document(agency)
            if number in _FAULTY:
                data["tabel"]["pegawai"][0]["jumlah"] = 999
            (folder / f"{number:02}.xlsx").write_bytes(render(template, from_document(data, template)))


def _agencies() -> Iterator[Agency]:
    rng = random.Random(4)  # noqa: S311 - figures, not secrets
    for number in range(NUMBER):
        of = AGENCIES[number % len(AGENCIES)]
        name = f"{of.name} {number // 10 + 1}"
        if number % 5 == 0:
            name = _LONG[number // 5 % len(_LONG)]
        if number >= 30:
            name = f"Kecamatan {_DISTRICTS[number % 5]} {number - 29}"
        indicators = tuple(
            (*first, target, round(reached * rng.uniform(0.45 if rng.random() < 0.25 else 0.8, 1.12), 2), way)
            for *first, target, reached, way in of.indicators
        )
        programs = tuple(
            (program, ceiling, int(ceiling * rng.uniform(0.72, 0.995))) for program, ceiling, _ in of.programs
        )
        code = f"{number // 10 + 1}.{number % 10 + 10}"
        yield replace(of, code=code, name=name, indicators=indicators, programs=programs)  # type: ignore[arg-type]
