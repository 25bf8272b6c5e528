"""Workbooks of other origins are refused in one sentence, quickly, whatever they hold."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from foreign import FOREIGN, OVERSIZED, ROWS
from isolated import Isolated
from lkjip_xl.base.files import find_workbooks
from lkjip_xl.consolidation.batch import Options, read_batch
from lkjip_xl.consolidation.totals import totals
from lkjip_xl.consolidation.workbook import write_workbook
from lkjip_xl.form.submission import initial
from lkjip_xl.report.summary_book import summary
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.write.render import render
from support import Office, tiny

NOT_OURS = (
    "buku kerja ini tidak dibuat oleh lkjip-xl; isi buku kerja dari koordinator, atau dari lkjip-xl template"
)
A_RESULT = "ini hasil lkjip-xl, bukan isian; kirim buku kerja isiannya"


def _refusal(isolated: Isolated, path: Path) -> str:
    outcome = isolated.read(path)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert outcome.seconds < 2
    assert outcome.megabytes < 500
    return outcome.err.removeprefix(f"{path}: ").removesuffix("\n")


@pytest.mark.parametrize("name", FOREIGN)
def test_is_none_of_ours(name: str, isolated: Isolated, tmp_path: Path) -> None:
    path = tmp_path / "lain.xlsx"
    path.write_bytes(FOREIGN[name]())
    assert _refusal(isolated, path) == NOT_OURS


@pytest.mark.parametrize("name", OVERSIZED)
def test_is_larger_than_any_form(name: str, isolated: Isolated, tmp_path: Path) -> None:
    path = tmp_path / "besar.xlsx"
    path.write_bytes(OVERSIZED[name]())
    assert _refusal(isolated, path)


def test_of_another_template_set(isolated: Isolated, tmp_path: Path) -> None:
    other = tiny(
        tmp_path / "templat", kecil='columns = [{key = "a", label = "A", type = "number"}]\nrows = 3\n'
    )
    path = tmp_path / "lain.xlsx"
    path.write_bytes(render(other, initial(other, Setup(2023, (2019, 2023), frozenset()))))
    assert _refusal(isolated, path) == NOT_OURS


def test_a_summary_and_a_consolidation(
    isolated: Isolated, sample_file: Path, template: Template, tmp_path: Path
) -> None:
    summed, merged = tmp_path / "ringkasan.xlsx", tmp_path / "konsolidasi.xlsx"
    summed.write_bytes(summary(sample_file, template)[1])
    batch = read_batch(find_workbooks([sample_file]), template, Options(tmp_path / "simpanan", jobs=1))
    write_workbook(batch, totals(batch), merged, tmp_path, day=datetime.date(2024, 3, 1))
    assert [_refusal(isolated, path) for path in (summed, merged)] == [A_RESULT, A_RESULT]


@pytest.mark.office
def test_saved_by_libreoffice(isolated: Isolated, office: Office, tmp_path: Path) -> None:
    table = tmp_path / "daftar.csv"
    table.write_text("\n".join(",".join(map(str, row)) for row in ROWS), encoding="utf-8")
    save_as = "buka di Excel lalu Simpan sebagai .xlsx"
    expected = {
        "xlsx": NOT_OURS,
        "xls": f"ini berkas Excel lama (.xls); {save_as}",
        "ods": "ini berkas OpenDocument (.ods); buka lalu Simpan sebagai .xlsx",
    }
    said = {}
    for ending in expected:
        saved = _converted(office, [table], ending, tmp_path / ending)
        path = shutil.copy(saved, tmp_path / f"dari-{ending}.xlsx")
        said[ending] = _refusal(isolated, Path(path))
    assert said == expected


def _converted(office: Office, paths: Sequence[Path], ending: str, folder: Path) -> Path:
    arguments = ["--headless", "--convert-to", ending, "--outdir", folder, *paths]
    program = [office.program, f"-env:UserInstallation={office.home.as_uri()}"]
    subprocess.run([*program, *map(str, arguments)], check=True, capture_output=True, timeout=120)
    (saved,) = folder.iterdir()
    return saved
