"""Workbooks as agencies send them, and the batch that is read of them, for tests of what becomes of files."""

from __future__ import annotations

import copy
import os
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from clean import clean_document
from lkjip_xl.base.files import find_workbooks
from lkjip_xl.consolidation.batch import Batch, Options, read_batch
from lkjip_xl.consolidation.registry import Opd, Registry
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.submission import Submission
from lkjip_xl.template.load import load_template
from lkjip_xl.write.render import render

TEMPLATE = load_template()
_RENDERED: dict[str, bytes] = {}


def submission_of(code: str, *, seed: int = 0, year: int = 2023, faulty: bool = False) -> Submission:
    """Return a report with figures that the seed decides, ``faulty`` with a galat."""
    rng = random.Random(seed)  # noqa: S311 - figures, not secrets
    document = copy.deepcopy(clean_document(indicators=1 + seed % 3, budget=4 + seed % 5, year=year, years=3))
    tables = document["tabel"]
    tables["identitas"] |= {"kode": code, "nama": f"Dinas {code}"}
    for row in tables["keuangan"]:
        if "anggaran_isian" in row:
            row["anggaran_isian"] = round(rng.uniform(1e6, 9e9), 2)
            row["realisasi_isian"] = round(row["anggaran_isian"] * rng.uniform(0.7, 0.99), 2)
    if faulty:
        tables["pegawai"][0]["jumlah"] = 26
    return from_document(document, TEMPLATE)


def send(folder: Path, name: str, submission: Submission, modified: int = 0) -> Path:
    """Write the workbook of a report, last changed at a time in seconds."""
    path = folder / f"{name}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    key = repr(submission)  # what has been rendered before is not rendered again: it takes most of the time
    if key not in _RENDERED:
        _RENDERED[key] = render(TEMPLATE, submission)
    path.write_bytes(_RENDERED[key])
    if modified:
        os.utime(path, (modified, modified))
    return path


def read_all(
    folder: Path, *, registry: Sequence[Opd] | None = None, year: int | None = None, **options: Any
) -> Batch:
    """Return the batch of all files in a folder."""
    listed = Registry(tuple(registry)) if registry is not None else None
    found = find_workbooks([folder])
    cache = options.pop("cache", folder.parent / "simpanan")
    return read_batch(found, TEMPLATE, Options(cache, **{"jobs": 1, **options}), registry=listed, year=year)


def outcomes_of(batch: Batch) -> dict[str, str]:
    """Return what became of each file."""
    return {sent.source.path.name: sent.outcome.value for sent in batch.chosen.sent}
