"""The lists of the coordinator that are made of what became of files."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import openpyxl

from batches import Report, batch_of
from lkjip_xl.consolidation.decisions import Decision, Kind
from lkjip_xl.consolidation.totals import totals
from lkjip_xl.consolidation.workbook import write_workbook
from lkjip_xl.template.load import load_template

TEMPLATE = load_template()


def _sent(
    folder: Path, reports: Sequence[Report], decisions: Sequence[Decision] = ()
) -> list[tuple[object, ...]]:
    """Return the rows of the sheet Kiriman."""
    batch = batch_of(folder / "a", TEMPLATE, reports, decisions=decisions)
    write_workbook(batch, totals(batch), folder / "k.xlsx", folder, day=datetime.date(2024, 3, 1))
    return [*openpyxl.load_workbook(folder / "k.xlsx")["Kiriman"].iter_rows(values_only=True)]


def test_agencies_with_the_same_figures_stand_together(tmp_path: Path) -> None:
    """Also those that are left out; what has too few figures to be compared is like no other."""
    typed = {
        "1.01": "x",
        "1.02": "y",
        "1.03": "x",
        "1.04": "",
        "1.05": "",
        "1.06": "z",
        "1.07": "x",
        "1.08": "y",
    }
    reports = [Report(code, {}, typed=same) for code, same in typed.items()]
    rows = _sent(tmp_path, reports, [Decision("1.08", Kind.LEAVE_OUT, "a", "b")])
    assert str(rows[1][0]).endswith("; PERHATIAN: 5 OPD isiannya sama dengan OPD lain, lihat di bawah daftar")
    assert [row[:6] for row in rows[4 + 8 :]] == [
        (None,) * 6,
        ("OPD yang isiannya sama", *(None,) * 5),
        ("0000.xlsx", "1.01", "Dinas 1.01", 2023, "kelompok 1", "Semua angka isian sama"),
        ("0002.xlsx", "1.03", "Dinas 1.03", 2023, "kelompok 1", "Semua angka isian sama"),
        ("0006.xlsx", "1.07", "Dinas 1.07", 2023, "kelompok 1", "Semua angka isian sama"),
        ("0001.xlsx", "1.02", "Dinas 1.02", 2023, "kelompok 2", "Semua angka isian sama"),
        ("0007.xlsx", "1.08", "Dinas 1.08", 2023, "kelompok 2", "Semua angka isian sama"),
    ]


def test_agencies_with_figures_of_their_own_are_not_named(tmp_path: Path) -> None:
    rows = _sent(tmp_path, [Report("1.01", {}, typed="x"), Report("1.02", {}, typed="y"), Report("1.03", {})])
    assert len(rows) == 4 + 3
    assert rows[1][0] == "0 berkas kunci Office, 0 tersembunyi, 0 hasil terdahulu dilewati"
