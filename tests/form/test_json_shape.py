"""The published JSON Schema of data documents: what we write and read is valid against it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from support import ROOT

SCHEMA = json.loads((ROOT / "templates" / "schema" / "data.schema.json").read_text("utf-8"))
GOOD: dict[str, Any] = {"format": "lkjip-xl/1", "tahun": 2023, "periode": [2018, 2023]}


@pytest.mark.parametrize("path", sorted((ROOT / "samples").rglob("*.json")), ids=lambda path: path.name)
def test_samples_fit_the_schema(path: Path) -> None:
    jsonschema.validate(json.loads(path.read_text("utf-8")), SCHEMA)


@pytest.mark.parametrize(
    "change",
    [
        {"lain": 1},
        {"format": "lkjip-xl/2"},
        {"tahun": "2023"},
        {"periode": [2018]},
        {"modul": "idm"},
        {"tabel": {"pegawai": [1]}},
        {"tabel": {"pegawai": [{"jumlah": None}]}},
        {"tabel": {"pegawai": [{"jumlah": 1e15}]}},
        {"penjelasan": [{"tabel": "kinerja"}]},
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(change: dict[str, Any]) -> None:
    jsonschema.validate(GOOD, SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**GOOD, **change}, SCHEMA)
