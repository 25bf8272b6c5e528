"""A batch as Parquet: every row of every table, the agencies and their units."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from lkjip_xl.base import owned
from lkjip_xl.base.errors import as_os_error
from lkjip_xl.base.files import shown
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.frames import FIGURES, FILES, FINDINGS, TABLES
from lkjip_xl.consolidation.rows import TYPED

AGENCIES, UNITS = "opd", "unit"
_AGENCY_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "kode": pl.String, "opd": pl.String, "keadaan": pl.String, "alasan": pl.String, "sidik": pl.String, "induk": pl.String,
    "keputusan": pl.List(pl.Struct(dict.fromkeys(("keputusan", "alasan", "oleh", "aturan"), pl.String))),
}  # fmt: skip
_UNIT_SCHEMA = {"kode": pl.String, "nama": pl.String, "tingkat": pl.String, "induk": pl.String}


def write_parquet(batch: Batch, folder: Path) -> None:
    """Write all rows of the counted files, each with kode and opd: one file a table, and those of ``frames``.

    ``opd`` has every agency and what became of it, ``unit`` what they belong to. Raises ``OSError``.
    """
    chosen = batch.chosen
    agencies = [
        (each.code, each.name, each.outcome.value, each.sent.why if each.sent else "",
         each.sent.source.digest if each.sent else None, each.parent, [decided.as_json() for decided in each.decisions])
        for each in chosen.agencies
    ]  # fmt: skip
    units = [(each.code, each.name, each.level, each.parent) for each in chosen.units]
    try:
        _write(pl.LazyFrame(agencies, _AGENCY_SCHEMA, orient="row"), folder / f"{AGENCIES}.parquet")
        _write(pl.LazyFrame(units, _UNIT_SCHEMA, orient="row"), folder / f"{UNITS}.parquet")
        for name in (FILES, FINDINGS, TABLES, FIGURES, *(table.key for table in batch.template.filled)):
            _write_rows(name, batch, folder / f"{name}.parquet")
    except pl.exceptions.PolarsError as error:
        raise as_os_error(error, folder) from None


def _write_rows(name: str, batch: Batch, path: Path) -> None:
    """Write a frame part by part, so that the size of the batch does not matter."""
    with tempfile.TemporaryDirectory(prefix="lkjip-xl-") as temporary:
        parts = []
        for number, part in enumerate(_parts(name, batch)):
            parts.append(Path(temporary) / f"{number}.parquet")
            part.write_parquet(parts[-1], compression="lz4", statistics=False)
        _write(pl.scan_parquet(parts), path)


def _parts(name: str, batch: Batch) -> Iterator[pl.DataFrame]:
    paths = pl.LazyFrame(
        [(sent.source.digest, shown(sent.source.path)) for _, sent in batch.chosen.counted],
        {"sidik": pl.String, "jalur": pl.String},
        orient="row",
    )

    def rows(frame: pl.LazyFrame) -> pl.LazyFrame:
        renamed = frame.rename({own: written for written, own in TYPED.get(name, {}).items()})
        return renamed.join(paths, on="sidik")

    empty = True
    for part in batch.in_order(name, rows):
        empty = False
        yield part.drop("urutan")
    if empty:
        none = rows(batch.rows.empty[name].lazy()).collect()
        yield none.with_columns(kode=pl.lit("", pl.String), opd=pl.lit("", pl.String))


def _write(rows: pl.LazyFrame, path: Path) -> None:
    rows.sink_parquet(path, metadata=owned.PARQUET_MARK)
