"""The pages for the head of the region that show rows of tables: those of the sample regency."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.chosen import Outcome
from lkjip_xl.consolidation.totals import step

SIGNS = {"Sangat Berhasil": "▲", "Berhasil": "●", "Cukup Berhasil": "◆", "Tidak Berhasil": "▼"}


@pytest.fixture(scope="module")
def book(consolidated: tuple[Batch, Path]) -> Workbook:
    return openpyxl.load_workbook(consolidated[1])


def _by_agency(batch: Batch, *columns: str, filled: str, **where: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of the table kinerja in which a column is filled, by the OPD's code, in their order."""
    codes = {sent.source.digest: agency.code for agency, sent in batch.chosen.counted}
    parts = batch.template.tables["kinerja"].parts
    frame = batch.scan("kinerja").collect().filter(pl.col(filled).is_not_null())
    rows = sorted(frame.iter_rows(named=True), key=lambda row: (parts.index(row["bagian"]), row["row"]))
    found = defaultdict(list)
    for row in rows:
        if all(row[key] == value for key, value in where.items()):
            found[codes[row["sidik"]]].append(tuple(row[each] for each in columns))
    return found


def _rows(book: Workbook, sheet: str) -> list[tuple[Any, ...]]:
    """Return the rows of a sheet below its headings."""
    rows = [*book[sheet].iter_rows(values_only=True)]
    return rows[next(n for n, row in enumerate(rows) if row[0] == "No") + 1 :]


def _named(batch: Batch) -> list[tuple[int, str, str, bool]]:
    """Return number, code, name and whether there is a galat of each counted OPD."""
    return [
        (number, each.code, each.name, each.outcome is Outcome.FAULTY)
        for number, each in enumerate(batch.chosen.agencies, start=1)
        if each.outcome in (Outcome.ACCEPTED, Outcome.FAULTY)
    ]


def test_the_heat_map_has_every_figure_of_each_agency(
    consolidated: tuple[Batch, Path], book: Workbook
) -> None:
    batch, _ = consolidated
    known = _by_agency(batch, "sasaran", "rata_sasaran", filled="rata_sasaran")
    most = max(map(len, known.values()))
    rows = [
        (number, f"{name} ✖" if faulty else name, *(value for _, value in known[code]), *[None] * (most - len(known[code])))
        for number, code, name, faulty in _named(batch)
    ]  # fmt: skip
    legend = [(sign, label, *[None] * most) for label, sign in SIGNS.items()]
    names: list[tuple[Any, ...]] = []
    for number, code, name, _ in _named(batch):
        for place, (text, _) in enumerate(known[code], start=1):
            own = (number, name) if place == 1 else (None, None)
            names.append((*own, f"{place}. {text}", *[None] * (most - 1)))
    gap = (None,) * (2 + most)
    title = ("Sasaran tiap perangkat daerah", *gap[1:])
    assert _rows(book, "Peta Panas") == [*rows, gap, *legend, gap, title, *names]


def test_the_heat_map_has_the_colours_of_its_legend(consolidated: tuple[Batch, Path], book: Workbook) -> None:
    batch, _ = consolidated
    sheet = book["Peta Panas"]
    legend = {
        row[1].value: row[0].fill.fgColor.rgb for row in sheet.iter_rows() if row[0].value in SIGNS.values()
    }
    assert legend.keys() == SIGNS.keys()
    assert len({*legend.values()}) == 4
    seen = 0
    for row in sheet.iter_rows(min_row=next(c.row for c in sheet["A"] if c.value == "No") + 1):
        if row[1].value is None:
            break
        for cell in row[2:]:
            if cell.value is not None:
                label = step(batch, "predikat", cell.value)
                assert cell.fill.fgColor.rgb == legend[label]
                assert cell.number_format == f'"{SIGNS[label]} "#,##0.00'
                seen += 1
    assert seen == sum(map(len, _by_agency(batch, "row", filled="rata_sasaran").values()))


def test_the_indicators_stand_agency_by_agency(consolidated: tuple[Batch, Path], book: Workbook) -> None:
    batch, _ = consolidated
    shown = ("indikator", "satuan", "target", "realisasi", "capaian", "predikat")
    known = _by_agency(batch, *shown, filled="indikator", jenis="IKU")
    rows: list[tuple[Any, ...]] = []
    for number, code, name, faulty in _named(batch):
        for place, (*figures, label) in enumerate(known[code]):
            own = (number, f"{name} ✖" if faulty else name) if place == 0 else (None, None)
            rows.append((*own, *figures, f"{SIGNS[label]} {label}"))
    note = (None, f"{len(rows)} indikator", *[None] * 6)
    assert _rows(book, "IKU") == [*rows, note]


@pytest.mark.parametrize(
    "name", ["Perangkat Daerah", "Peringkat Capaian", "Peringkat Serapan", "IKU", "Peta Panas"]
)
def test_headings_stay_in_sight_and_on_each_page(book: Workbook, name: str) -> None:
    sheet = book[name]
    head = next(cell.row for cell in sheet["A"] if cell.value in ("No", "Peringkat"))
    assert (sheet.print_title_rows, sheet.freeze_panes) == (f"$1:${head}", f"C{head + 1}")


@pytest.mark.parametrize(
    ("name", "rows", "below"),
    [("Perangkat Daerah", 12, "Jumlah (rata-rata capaian kinerja: rata-rata)"), ("IKU", 19, "19 indikator")],
)
def test_filters_take_all_rows_and_no_total(book: Workbook, name: str, rows: int, below: str) -> None:
    sheet = book[name]
    head = next(cell.row for cell in sheet["A"] if cell.value == "No")
    columns = get_column_letter(max(cell.column for cell in sheet[head] if cell.value is not None))
    assert sheet.auto_filter.ref == f"A{head}:{columns}{head + rows}"
    assert sheet.cell(head + rows + 1, 2).value == below


def test_the_cockpit_is_one_page(book: Workbook) -> None:
    sheet = book["Kokpit"]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)
