"""The published schemas: our Parquet passes them, and what is wrong in a row by itself is a check with the rule's name."""

from __future__ import annotations

from typing import Any

import pandera.polars as pa
import polars as pl
import pytest

from lkjip_xl.check.schemas import schemas
from lkjip_xl.template.load import load_template

SCHEMAS = schemas(load_template())
ROW: dict[str, Any] = {
    "bagian": "keuangan", "row": 1, "sasaran": None, "indikator": None, "target": None, "target_predikat": None,
    "realisasi_kinerja": None, "realisasi_predikat": None, "capaian_kinerja": None, "tingkat": "Program",
    "program": "Program Penunjang", "anggaran_isian": 1000.0, "realisasi_isian": 953.0, "anggaran_sub": None,
    "realisasi_sub": None, "anggaran_kegiatan": None, "realisasi_kegiatan": None, "anggaran_rincian": None,
    "realisasi_rincian": None, "no_program": 1.0, "no_kegiatan": None, "anggaran": 1000.0, "realisasi": 953.0,
    "capaian": 95.3, "ket": None, "telaah": "Penunjang", "no_urusan": 0.0, "teratas": "ya", "anggaran_bawah": None,
    "anggaran_teratas": 1000.0, "realisasi_bawah": None, "realisasi_teratas": 953.0,
    "kode": None, "kode_sah": "-", "tingkat_kode": None, "tingkat_berlaku": "Program", "kode_induk": None, "kode_atas": None,
    "nama_kode": None, "satuan_kode": None, "tahun_kode": None, "nama": "Program Penunjang",
}  # fmt: skip


def _frame(**changes: Any) -> pl.DataFrame:
    row = {**ROW, **changes}
    text = (
        "bagian",
        "sasaran",
        "indikator",
        "tingkat",
        "program",
        "ket",
        "target_predikat",
        "realisasi_predikat",
        "telaah",
        "teratas",
        "kode",
        "kode_sah",
        "tingkat_kode",
        "tingkat_berlaku",
        "kode_induk",
        "kode_atas",
        "nama_kode",
        "satuan_kode",
        "tahun_kode",
        "nama",
    )
    kinds = {key: pl.String if key in text else pl.Float64 for key in row} | {"row": pl.Int64}
    return pl.DataFrame([row], kinds)


def _failed(frame: pl.DataFrame) -> list[str]:
    try:
        SCHEMAS["keuangan"].validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        return sorted(map(str, errors.failure_cases["check"]))
    return []


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        ({}, []),
        ({"tingkat": "Progam"}, ["pilihan.tingkat"]),
        ({"tingkat": None}, ["wajib.tingkat"]),
        (
            {"anggaran_isian": -5.0, "realisasi_isian": -6.0},
            ["rentang.anggaran_isian", "rentang.realisasi_isian"],
        ),
        ({"realisasi_rincian": 901.0}, ["realisasi-rincian.realisasi_isian"]),
    ],
)
def test_a_row_is_judged_by_the_rules_of_its_columns(changes: dict[str, Any], failed: list[str]) -> None:
    assert _failed(_frame(**changes)) == failed


def test_what_is_no_galat_warns() -> None:
    with pytest.warns(match="Column 'realisasi_isian' failed validator"):
        assert _failed(_frame(anggaran=1e6, realisasi=999_999.0, capaian=100.0)) == []


def test_a_column_of_another_type_or_missing_is_refused() -> None:
    frame = _frame().with_columns(pl.col("no_program").cast(pl.String)).drop("ket")
    assert _failed(frame) == ["column_in_dataframe", "dtype('Float64')"]
