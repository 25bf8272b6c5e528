"""Workbooks as three kinds of OPD fill them, each with five mistakes: Periksa names them first, and mending them is enough."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from clean import clean_document
from engines import Engine, betteroffice, libreoffice
from lkjip_xl.base.a1 import a1
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.layout import lay_out
from lkjip_xl.form.submission import fitted, initial
from lkjip_xl.template.model import Template
from lkjip_xl.template.sheet_names import CHECKS_SHEET
from lkjip_xl.write.first_findings import LISTED
from lkjip_xl.write.overview import FIRST_TABLE
from lkjip_xl.write.render import render
from support import Grid, Office, fill

Cells = dict[str, dict[str, Any]]


class Mistake(NamedTuple):
    """What is typed wrong where, and what the list says of it."""

    sheet: str
    cell: str
    wrong: Any
    said: str


class Kind(NamedTuple):
    """An OPD by its number of indikator and of rows in the budget; its mistakes stand as the list has them."""

    indicators: int
    budget: int
    mistakes: tuple[Mistake, ...]
    follows: tuple[str, str] | None = None
    """What the list says as long as the mistake that it follows from stands, behind all galat: cell and sentence."""


KINDS = {
    "kecamatan": Kind(3, 2, (
        Mistake("1.1 Pegawai", "D8", "dua puluh lima", "JUMLAH berisi “dua puluh lima”, bukan angka"),
        Mistake("1.3 Golongan", "B9", "Penata / III.c", "GOLONGAN “Penata / III.c” sudah ditulis di baris sebelumnya"),
        Mistake("3.1 Kinerja", "I10", None, "Realisasi Indikator utama 3 belum diisi"),
        Mistake("2.2 IKU", "E9", None, "Satuan belum diisi"),
        Mistake("3.4 Keuangan", "G9", 2_000_000_008, "Realisasi Program 2 2.000.000.008,00 melebihi anggarannya 2.000.000.007,00"),
    )),
    "dinas": Kind(12, 14, (
        Mistake("1.3 Golongan", "C8", 12, "Jumlah pegawai menurut golongan 27 orang, sedangkan PNS di Tabel 1.1 25 orang"),
        Mistake("2.2 IKU", "J9", "naikk", "Arah “naikk” tidak ada di daftar pilihan"),
        Mistake("2.1 Perjanjian Kinerja", "D12", "Indikator utama 5.", "INDIKATOR KINERJA “Indikator utama 5.” tidak ada di lembar 2.2 IKU atau IKK"),
        Mistake("3.4 Keuangan", "F8", 123_456, "Anggaran Program 1 diketik 123.456,00, sedangkan jumlah rinciannya 6.000.000.005,00"),
        Mistake("3.2 Tren", "K10", None, "REALISASI 2018 belum diisi"),
    ), follows=("2.2 IKU · D12", "IKU Indikator utama 5 tidak ada di Perjanjian Kinerja (lembar 2.1)")),
    "sekretariat": Kind(30, 60, (
        Mistake("Identitas", "C5", 4.01, "Kode perangkat daerah berisi “4,01” yang bukan teks, jadi nol di ujungnya atau angka terakhirnya mungkin sudah hilang"),
        Mistake("1.2 Pendidikan", "H8", 12, "Jumlah pegawai menurut pendidikan 23 orang, sedangkan PNS di Tabel 1.1 25 orang"),
        Mistake("AKIP", "C8", "A", "Nilai AKIP 71,50 berpredikat BB, bukan A"),
        Mistake("3.4 Keuangan", "G11", None, "Realisasi anggaran Sub kegiatan 4 belum diisi dan tidak ada rincian di bawahnya"),
        Mistake("3.1 Kinerja", "I20", 2023, "Realisasi Indikator utama 13 2.023 tampaknya angka tahun, bukan hasil"),
    )),
}  # fmt: skip
# Of what is wrong in a total, the list names the total.
TOTALS = {"1.3 Golongan · C8": "1.3 Golongan · C25", "1.2 Pendidikan · H8": "1.2 Pendidikan · J11"}


def typed(template: Template, kind: Kind) -> tuple[bytes, Cells]:
    """Return a blank workbook for an OPD, and all that its staff type, without a mistake."""
    submission = from_document(clean_document(indicators=kind.indicators, budget=kind.budget), template)
    setup = fitted(template, submission)
    plan = lay_out(template, setup)
    cells: Cells = {}
    for key, rows in submission.tables.items():
        place = plan.placements[key]
        for row, values in rows.items():
            for column, value in values.items():
                cells.setdefault(place.sheet, {})[place.cell(column, row)] = value
    for key, reason in submission.inapplicable.items():
        at = plan.placements[key].reason
        assert at is not None
        cells.setdefault(plan.placements[key].sheet, {})[a1(*at)] = reason
    return render(template, initial(template, setup)), cells


def steps(template: Template, kind: Kind, folder: Path) -> list[Path]:
    """Return the workbook with all mistakes, then with one after the other mended."""
    content, right = typed(template, kind)
    paths = []
    for mended in range(len(kind.mistakes) + 1):
        cells = {sheet: dict(of_sheet) for sheet, of_sheet in right.items()}
        for sheet, cell, wrong, _ in kind.mistakes[mended:]:
            cells.setdefault(sheet, {})[cell] = wrong
        path = folder / f"{mended}.xlsx"
        path.write_bytes(content)
        paths.append(fill(path, cells))
    return paths


def listed(found: Grid) -> list[tuple[Any, Any]]:
    """Return cell and sentence of each finding that Periksa lists."""
    rows = range(FIRST_TABLE + 1, FIRST_TABLE + 1 + LISTED)
    return [
        (found[CHECKS_SHEET, row, 1], found[CHECKS_SHEET, row, 2])
        for row in rows
        if (CHECKS_SHEET, row, 1) in found
    ]


def expected(kind: Kind, mended: int) -> list[tuple[str, str]]:
    """Return what the list says of the mistakes that are left."""
    lines = []
    for sheet, cell, _, said in kind.mistakes[mended:]:
        at = f"{sheet} · {cell}"
        lines.append((TOTALS.get(at, at), said))
    cause = next((n for n, each in enumerate(kind.mistakes) if each.sheet == "2.1 Perjanjian Kinerja"), -1)
    if kind.follows is not None and mended <= cause:
        lines.insert(len(lines) - 1, kind.follows)
    return lines


def _shown(kind: Kind, engine: Engine, steps: Sequence[int], paths: Sequence[Path]) -> None:
    """Hold what a program shows after some steps of mending against what is left."""
    found = engine.grids([paths[step] for step in steps])
    assert [listed(each) for each in found] == [expected(kind, step) for step in steps]
    ready = [each[CHECKS_SHEET, 2, 1] == "SIAP DIKIRIM" for each in found]
    assert ready == [step == len(kind.mistakes) for step in steps]


SOME = [name if name == "kecamatan" else pytest.param(name, marks=pytest.mark.long) for name in KINDS]


@pytest.mark.parametrize("name", SOME)
def test_mending_what_is_listed_is_enough(name: str, template: Template, tmp_path: Path) -> None:
    paths = steps(template, KINDS[name], tmp_path)
    _shown(KINDS[name], betteroffice(tmp_path / "lain"), range(len(paths)), paths)


@pytest.mark.long
@pytest.mark.office
@pytest.mark.parametrize("name", SOME)
def test_so_it_is_in_libreoffice(name: str, template: Template, tmp_path: Path, office: Office) -> None:
    paths = steps(template, KINDS[name], tmp_path)
    _shown(KINDS[name], libreoffice(office, tmp_path / "kantor"), (0, len(paths) - 1), paths)
