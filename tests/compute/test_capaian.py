"""The capaian of the shipped templates, a target of 0 among them: polars and LibreOffice both give it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clean import clean_document
from lkjip_xl.compute.results import cells, compute
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.submission import Submission, stack
from lkjip_xl.template.model import Template
from support import Office, grid

# arah, target, realisasi, capaian
CASES: list[tuple[str, float, float, float]] = [
    ("naik", 243, 200, 82.30),
    ("turun", 95, 104, 90.53),
    ("turun", 0, 0, 100),
    ("turun", 0, 1, 0),
    ("turun", 0, -1, 100),
    ("naik", 0, 0, 100),
    ("naik", 0, 0.5, 100),
    ("naik", 0, -2, 0),
    ("stabil", 100, 104, 96),
    ("stabil", 100, 100, 100),
    ("stabil", 100, 95.5, 95.5),
    ("stabil", 0, 0, 100),
    ("stabil", 0, 3, 0),
]


def _document() -> dict[str, Any]:
    document = clean_document(indicators=len(CASES))
    tables = document["tabel"]
    for row, (way, target, actual, _) in enumerate(CASES):
        tables["iku"][row]["arah"] = way
        tables["kinerja"]["iku"][row] = {"target": target, "realisasi_isian": actual}
    return document


def test_capaian(template: Template) -> None:
    submission = from_document(_document(), template)
    values = cells(compute(template, stack(template, [submission])), 0)["kinerja"]
    computed = [values["iku", row][("capaian", None)] for row in range(1, len(CASES) + 1)]
    assert computed == [capaian for *_, capaian in CASES]


@pytest.mark.long
def test_capaian_in_the_workbook(
    template: Template, written: Callable[[Submission], Path], tmp_path: Path, office: Office
) -> None:
    path = written(from_document(_document(), template))
    shown = grid(office.saved(path, tmp_path / "kantor"))
    assert [shown["3.1 Kinerja", 8 + row, 11] for row in range(len(CASES))] == [each[3] for each in CASES]


def test_every_sasaran_keeps_its_mean(template: Template) -> None:
    """Three indicators of the first sasaran; the third has a target of 0 and stays in its mean."""
    submission = from_document(_document(), template)
    values = cells(compute(template, stack(template, [submission])), 0)["kinerja"]
    assert values["iku", 1]["rata_sasaran", None] == round((82.30 + 90.53 + 100) / 3, 2)


def _counted() -> dict[str, Any]:
    """Return a document with IKU that are given by their counts, and a figure of three quarters."""
    document = clean_document()
    iku = document["tabel"]["iku"]
    iku[0] |= {"bentuk": "Persentase", "pembilang": 2, "penyebut": 3}
    iku[1] |= {"bentuk": "Rasio", "pembilang": 5, "penyebut": 3}
    document["tabel"]["kinerja"]["iku"][:2] = [
        {"target": 60, "realisasi_sementara": 40, "sementara_sampai": "triwulan III"},
        {"target": 2},
    ]
    return document


def test_an_iku_of_counts_and_a_figure_of_three_quarters(template: Template) -> None:
    """The year's figures are those of the counts; what stands beside them goes into none."""
    document = _counted()
    values = cells(compute(template, stack(template, [from_document(document, template)])), 0)["kinerja"]
    assert [values["iku", row]["realisasi", None] for row in (1, 2, 3)] == [66.67, 1.67, 59]
    for key in ("realisasi_sementara", "sementara_sampai"):
        del document["tabel"]["kinerja"]["iku"][0][key]
        values["iku", 1].pop((key, None))
    assert (
        cells(compute(template, stack(template, [from_document(document, template)])), 0)["kinerja"] == values
    )


@pytest.mark.long
def test_an_iku_of_counts_in_the_workbook(
    template: Template, written: Callable[[Submission], Path], tmp_path: Path, office: Office
) -> None:
    shown = grid(office.saved(written(from_document(_counted(), template)), tmp_path / "kantor"))
    assert [shown["3.1 Kinerja", row, 10] for row in (8, 9, 10)] == [66.67, 1.67, 59]
    assert [shown.get(("2.2 IKU", row, 14)) for row in (8, 9, 10)] == [66.67, 1.67, None]
