"""The published shape of what commands print as JSON: their real output fits it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from lkjip_xl.cli.app import app
from lkjip_xl.consolidation.chosen import Outcome
from lkjip_xl.report.json_shape import SentFile
from support import ROOT

SAMPLES = ROOT / "samples"


def _schema(command: str) -> dict[str, Any]:
    schema = json.loads((ROOT / "docs" / "schema" / f"{command}.schema.json").read_text("utf-8"))
    assert isinstance(schema, dict)
    return schema


def _printed(*arguments: str | Path) -> Any:
    result = CliRunner().invoke(app, [str(each) for each in (*arguments, "--format", "json")])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return json.loads(result.stdout)


def test_what_validate_prints(tmp_path: Path) -> None:
    (tmp_path / "rusak.xlsx").write_bytes(b"rusak")
    printed = _printed("validate", SAMPLES / "dpmd-banyuasin-2023.xlsx", tmp_path / "rusak.xlsx")
    assert [each["status"] for each in printed] == ["galat", "tidak terbaca"]
    jsonschema.validate(printed, _schema("validate"))


def test_what_rules_prints() -> None:
    jsonschema.validate(_printed("rules"), _schema("rules"))


def test_what_consolidate_prints(tmp_path: Path) -> None:
    folder = SAMPLES / "kabupaten-contoh"
    where = ("--cache", tmp_path / "simpanan", "-o", tmp_path / "k.xlsx", "--jobs", "1")
    (tmp_path / "keputusan.csv").write_text(
        "opd;keputusan;alasan;oleh\n1.03;keluarkan;ditarik;Sekda\n", "utf-8"
    )
    lists = ("--registry", folder / "opd.csv", "--decisions", tmp_path / "keputusan.csv")
    printed = _printed("consolidate", folder, *where, *lists)
    assert {each["keadaan"] for each in printed["kiriman"]} >= {"diterima", "dikeluarkan", "digantikan"}
    assert [(each["opd"], each["alasan"], each["oleh"]) for each in printed["keputusan"]] == [
        ("1.03", "ditarik", "Sekda")
    ]
    jsonschema.validate(printed, _schema("consolidate"))


@pytest.mark.parametrize(
    "change", [{"status": "lain"}, {"lebih": 1}, {"tahun": "2023"}, {"temuan": [{}]}], ids=str
)
def test_what_does_not_fit_is_refused(change: dict[str, Any]) -> None:
    good: dict[str, Any] = {
        "berkas": "a.xlsx",
        "opd": "",
        "tahun": None,
        "status": "tidak terbaca",
        "tabel": [],
        "temuan": [],
    }
    jsonschema.validate([good], _schema("validate"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([good | change], _schema("validate"))


def test_every_outcome_of_a_file_is_published() -> None:
    published = SentFile.model_json_schema()["properties"]["keadaan"]["enum"]
    assert published == [each.value for each in Outcome if each is not Outcome.MISSING]
