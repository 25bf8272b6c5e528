"""A printed table that is wider than the paper: narrower texts, else parts with the keys again."""

from __future__ import annotations

from pathlib import Path

import pytest

from drawn import drawn
from lkjip_xl.compute.results import SheetValues
from lkjip_xl.report.printed import PrintedTable, Report, printed
from lkjip_xl.report.printed_parts import Part, table_parts
from lkjip_xl.template.model import Setup
from support import tiny

DASAR = """
number = "Tabel 1"
source = "Sumber: {{nama}}"
years = [-1, 0]
print_keys = ["no", "uraian"]
total_label = "Semua"
columns = [
  {{key = "no", label = "No", type = "ordinal", width = 6}},
  {{key = "lokasi", label = "Lokasi", type = "text", width = {place}}},
  {{key = "uraian", label = "Uraian", type = "text", width = {width}}},
  {{key = "target", label = "Target", type = "number", decimals = 2, years = "all", width = {figure}}},
  {{key = "realisasi", label = "Realisasi", type = "number", decimals = 2, years = "all", width = {figure}, total = "SUM(realisasi)"}},
]
"""
ROWS: SheetValues = {
    None: {("realisasi", 2022): 3.0, ("realisasi", 2023): 7.0},
    ("dasar", 1): {("lokasi", None): "Hulu", ("uraian", None): "Jalan", ("target", 2022): 1.0, ("realisasi", 2022): 3.0},
    ("dasar", 2): {("lokasi", None): "Hilir", ("uraian", None): "Jembatan", ("realisasi", 2023): 7.0},
}  # fmt: skip


def _table(
    folder: Path, *, place: int = 30, width: int = 30, figure: int = 12, rows: SheetValues = ROWS
) -> PrintedTable:
    template = tiny(folder / "set", dasar=DASAR.format(place=place, width=width, figure=figure))
    values: dict[str, SheetValues] = {
        "identitas": {("identitas", 1): {("nama", None): "Dinas"}},
        "dasar": rows,
    }
    return printed(template.tables["dasar"], Report(template, Setup(2023, (2021, 2024)), values))


def _widths(parts: tuple[Part, ...]) -> list[tuple[float, ...]]:
    return [part.widths for part in parts]


def test_a_table_that_fits_is_one_part_as_wide_as_declared(tmp_path: Path) -> None:
    table = _table(tmp_path)
    (part,) = table_parts(table, "A4")
    assert (part.table, part.widths, part.numbers) == (
        table,
        (6, 30, 30, 12, 12, 12, 12),
        (1, 2, 3, 4, 5, 6, 7),
    )


def test_texts_are_narrowed_where_that_is_enough(tmp_path: Path) -> None:
    """They keep at least seven tenths of their width; figures keep theirs."""
    assert _widths(table_parts(_table(tmp_path, place=70, width=60), "A4")) == [(6, 68, 58, 12, 12, 12, 12)]


def test_else_it_goes_over_parts_with_its_keys_again(tmp_path: Path) -> None:
    """What stands below one heading stays together; the label of the total is in each part."""
    first, second = table_parts(_table(tmp_path, place=60, width=40, figure=30), "A4")
    assert (first.table.number, second.table.number) == ("Tabel 1", "Tabel 1 (lanjutan)")
    assert (first.numbers, second.numbers) == ((1, 2, 3, 4, 5), (1, 3, 6, 7))
    assert drawn(second.table) == (
        "No            | Uraian        | Realisasi     | ←\n"
        "              |               | 2022          | 2023\n"
        "1.0           | Jalan         | 3.0           |\n"
        "2.0           | Jembatan      |               | 7.0\n"
        "              | Semua         | 3.0           | 7.0"
    )
    assert {part.table.source for part in (first, second)} == {"Sumber: Dinas"}


def test_f4_takes_more_than_a4(tmp_path: Path) -> None:
    table = _table(tmp_path, place=20, width=40, figure=38)
    assert [part.numbers for part in table_parts(table, "A4")] == [(1, 2, 3, 4, 5), (1, 3, 6, 7)]
    assert [part.numbers for part in table_parts(table, "F4")] == [(1, 2, 3, 4, 5, 6, 7)]


@pytest.mark.parametrize(("value", "width"), [(7.0, 12), (1234567890123.0, 23)])
def test_a_column_is_as_wide_as_its_longest_figure(tmp_path: Path, value: float, width: int) -> None:
    """``1.234.567.890.123,00`` are 20 characters, and three beside them."""
    table = _table(tmp_path, rows={**ROWS, ("dasar", 1): {("realisasi", 2022): value}})
    assert table_parts(table, "A4")[0].widths[5] == width
