"""The rows of files, as Parquet holds them: in the chunks of a store, or in what ``consolidate --parquet`` has written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from lkjip_xl.consolidation.frames import FILES

TYPED = {FILES: {"kode_diketik": "opd"}}
"""Columns that bear another name beside those that tell the OPD of each row (see ``parquet``), by frame."""


@dataclass(frozen=True)
class Rows:
    """Rows of files in folders that have one Parquet file for each frame (see ``frames``).

    ``empty`` has the frames without rows, ``folders`` the folder of each file by its digest. What is ``gathered`` was
    written for people: each row has its OPD with it; and by an earlier version, it may lack frames and columns, which
    are blank then.
    """

    empty: Mapping[str, pl.DataFrame]
    folders: Mapping[str, Path]
    gathered: bool = False

    def scan(self, name: str, digests: Collection[str]) -> pl.LazyFrame:
        """Return the rows that files of these digests have in a frame, each file once."""
        folders = sorted({self.folders[each] for each in digests if each in self.folders})
        paths = [folder / f"{name}.parquet" for folder in folders]
        schema = dict(self.empty[name].schema)
        other = TYPED.get(name, {}) if self.gathered else {}
        if self.gathered:
            paths = [path for path in paths if path.exists()]
        if not paths:
            return self.empty[name].lazy()
        wanted = pl.LazyFrame({"sidik": sorted(digests)}, {"sidik": pl.String})
        written = {next((a for a, b in other.items() if b == key), key): kind for key, kind in schema.items()}
        rows = pl.scan_parquet(paths, schema=written, missing_columns="insert", extra_columns="ignore")
        return rows.rename(other).join(wanted, on="sidik", how="semi")
