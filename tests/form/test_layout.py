"""Addresses and row keys: inverses, and the same letters as other libraries."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from lkjip_xl.base.a1 import a1, column_letters, from_a1
from lkjip_xl.form.layout import column_keys, column_label, lay_out
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Setup
from support import tiny

SETUP = Setup(2023, (2022, 2023), frozenset({"idm"}))


@given(st.integers(0, 16383))
def test_letters_are_those_of_openpyxl(column: int) -> None:
    assert column_letters(column) == get_column_letter(column + 1)


@given(st.integers(0, 1048575), st.integers(0, 16383))
def test_addresses_and_places_are_inverses(row: int, column: int) -> None:
    assert from_a1(a1(row, column)) == (row, column)


def test_years_stand_in_blocks_by_column_or_by_year() -> None:
    tables = load_template().tables
    assert column_keys(tables["tren"], SETUP) == [
        ("sasaran", None), ("indikator", None), ("satuan", None),
        ("target", 2022), ("target", 2023), ("realisasi", 2022), ("realisasi", 2023),
        ("capaian", 2022), ("capaian", 2023), ("perubahan", 2023), ("target_lalu", 2023),
        ("capaian_tanpa_batas", 2022), ("capaian_tanpa_batas", 2023), ("batas_dipakai", None), ("batas", None),
        *((key, year) for key in ("skor_target", "skor_realisasi", "nilai_target", "nilai_realisasi") for year in (2022, 2023)),
        ("capaian_hitung", 2022), ("capaian_hitung", 2023),
    ]  # fmt: skip
    assert column_keys(tables["idm"], SETUP) == [
        ("no", None), ("status", None),
        ("jumlah", 2021), ("jumlah", 2022), ("perkembangan", 2022), ("jumlah", 2023), ("perkembangan", 2023),
    ]  # fmt: skip


def test_headings_name_their_years() -> None:
    column = load_template().tables["idm"].columns["perkembangan"]
    assert column_label(column, 2022, SETUP) == "Perkembangan Dari Tahun 2021"


def test_rows_of_a_table_that_follows_others() -> None:
    setup = Setup(2023, (2022, 2023), rows={"iku": 2, "ikk": 1})
    place = lay_out(load_template(), setup).placements["kinerja"]
    assert (place.rows, place.total_row) == ({("iku", 1): 7, ("iku", 2): 8, ("ikk", 1): 9}, 10)
    assert place.cell(("target", None), ("ikk", 1)) == "H10"
    assert place.cell(("capaian", None), None) == "K11"
    assert place.cell(("capaian", None), ("ikk", 9)) == ""


def test_nothing_of_the_shipped_set_is_known_to_the_engine(tmp_path: Path) -> None:
    """Another set with other tables and another year axis is laid out by the same code."""
    small = tiny(
        tmp_path / "templat",
        t='years = [-1, 1]\nyear_blocks = "by_year"\ncolumns = [{key = "x", label = "X {tahun}", type = "number", years = "all"}]',
    )
    place = lay_out(small, Setup(2030, (2030, 2030))).placements["t"]
    assert list(place.lines) == [("x", 2029), ("x", 2030), ("x", 2031)]
