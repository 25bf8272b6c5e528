"""The sheet Matriks: the state of each table of each OPD, in signs."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from batches import Report, batch_of
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.deciding import decided
from lkjip_xl.consolidation.decisions import Decision, Kind
from lkjip_xl.consolidation.gathered import gather
from lkjip_xl.consolidation.parquet import write_parquet
from lkjip_xl.consolidation.totals import totals
from lkjip_xl.consolidation.workbook import write_workbook
from lkjip_xl.template.load import load_template

TEMPLATE = load_template()
WARNED = Report(
    "2.13",
    {},
    warned=("tren-ekstrem", "realisasi-target-lalu"),
    tables={"kinerja": "peringatan", "keuangan": "sebagian", "iku": "galat"},
)
TREND = Decision("2.13", Kind.ACCEPT, "wajar", "Sekda", rule="tren-ekstrem")
TARGET = Decision("2.13", Kind.ACCEPT, "dicocokkan", "Sekda", rule="realisasi-target-lalu")


def _matrix(batch: Batch, folder: Path) -> list[list[object]]:
    write_workbook(batch, totals(batch), folder / "k.xlsx", folder, day=datetime.date(2024, 3, 1))
    return [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(folder / "k.xlsx")["Matriks"].iter_rows()
    ]


def _parquet(batch: Batch, folder: Path) -> Path:
    folder.mkdir()
    write_parquet(batch, folder)
    return folder


def _signs(rows: list[list[object]], *sheets: str) -> list[list[object]]:
    places = [rows[3].index(sheet) for sheet in sheets]
    return [[row[place] for place in places] for row in rows[4:]]


@pytest.mark.parametrize(
    ("decisions", "sign"),
    [((), "!"), ((TREND,), "!"), ((TREND, TARGET), "✔")],
    ids=["tanpa", "satu", "semua"],
)
def test_a_table_of_which_all_warnings_are_accepted_is_settled(
    tmp_path: Path, decisions: Sequence[Decision], sign: str
) -> None:
    """And only it: not what is not whole or has a galat, nor the same table of another OPD."""
    other = Report("2.14", {}, warned=("tren-ekstrem",), tables={"kinerja": "peringatan"})
    batch = batch_of(tmp_path / "a", TEMPLATE, [WARNED, other], decisions=decisions)
    (again,) = gather([_parquet(batch, tmp_path / "p")], TEMPLATE).values()
    for each in (batch, again):
        rows = _matrix(each, tmp_path)
        assert [row[:7] for row in rows[4:]] == [
            [1, "2.13", "Dinas 2.13", "diterima", 0, 2, 0],
            [2, "2.14", "Dinas 2.14", "diterima", 0, 1, 0],
        ]
        assert _signs(rows, "3.1 Kinerja", "3.4 Keuangan", "2.2 IKU") == [[sign, "◐", "✖"], ["!", None, None]]
        assert str(rows[1][0]).endswith(
            "; peringatan yang dijelaskan OPD atau diterima koordinator tidak ditandai lagi"
        )


def test_a_warning_of_an_older_parquet_that_names_no_sheets_stays_marked(tmp_path: Path) -> None:
    folder = _parquet(batch_of(tmp_path / "a", TEMPLATE, [WARNED]), tmp_path / "p")
    path = folder / "tabel.parquet"
    pl.read_parquet(path).drop("lembar").write_parquet(path)
    (again,) = gather([folder], TEMPLATE).values()
    assert _signs(_matrix(decided(again, (TREND, TARGET)), tmp_path), "3.1 Kinerja") == [["!"]]
