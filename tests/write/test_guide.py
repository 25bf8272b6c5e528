"""The sheet Petunjuk: three steps, until when and to whom, and what every colour means."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from lkjip_xl.base.errors import SetupError
from lkjip_xl.form.setups import Wanted, first_submission
from lkjip_xl.form.submission import Notice
from lkjip_xl.pipeline import returned, validate
from lkjip_xl.template.model import Template
from lkjip_xl.write import styles
from lkjip_xl.write.render import render
from support import Run

ASKED = Wanted(
    2023, "2018-2023", code="2.13", name="Dinas Contoh", deadline="2024-01-31", contact="Bagian Organisasi"
)


def _texts(path: Path) -> list[list[str]]:
    sheet = openpyxl.load_workbook(path)["Petunjuk"]
    return [[str(cell.value) for cell in row if cell.value is not None] for row in sheet.iter_rows()]


def test_three_steps_with_deadline_and_contact(template: Template, tmp_path: Path) -> None:
    path = tmp_path / "kosong.xlsx"
    path.write_bytes(render(template, first_submission(template, ASKED)))
    texts = _texts(path)
    assert texts[1] == ["Dinas Contoh · Tahun 2023 · Renstra 2018–2023"]
    assert texts[3:7] == [
        ["Tiga langkah"],
        ["1. Isi", "Ketik di sel kuning muda, lembar demi lembar dari kiri ke kanan."],
        ["2. Periksa", "Perbaiki galatnya; jelaskan peringatan yang memang benar keadaannya."],
        [
            "3. Kirim",
            "Kirim berkas ini kepada Bagian Organisasi paling lambat 31 Januari 2024 setelah lembar Periksa menulis SIAP DIKIRIM.",
        ],
    ]
    assert not any("lkjip-xl" in text for line in texts for text in line)  # staff have no commands


@pytest.mark.parametrize(
    ("deadline", "contact", "text"),
    [
        ("", "Bappeda", "Kirim berkas ini kepada Bappeda setelah lembar Periksa menulis SIAP DIKIRIM."),
        ("2024-01-31", "", "Kirim berkas ini paling lambat 31 Januari 2024 setelah lembar Periksa menulis SIAP DIKIRIM."),
        ("", "", "Kirim berkas ini setelah lembar Periksa menulis SIAP DIKIRIM."),
    ],
)  # fmt: skip
def test_what_the_coordinator_did_not_say_is_not_there(
    deadline: str, contact: str, text: str, template: Template, tmp_path: Path
) -> None:
    path = tmp_path / "kosong.xlsx"
    wanted = replace(ASKED, deadline=deadline, contact=contact)
    path.write_bytes(render(template, first_submission(template, wanted)))
    assert _texts(path)[6][1] == text


def test_they_come_back_with_the_workbook(template: Template, tmp_path: Path) -> None:
    path = tmp_path / "kosong.xlsx"
    path.write_bytes(render(template, first_submission(template, ASKED)))
    ((checked,), _) = validate([path], template)
    assert checked.workbook is not None
    assert checked.workbook.submission.notice == Notice("2024-01-31", "Bagian Organisasi")
    path.write_bytes(returned(checked, template))
    assert "paling lambat 31 Januari 2024" in _texts(path)[6][1]


def test_every_colour_is_explained(template: Template, tmp_path: Path) -> None:
    path = tmp_path / "kosong.xlsx"
    path.write_bytes(render(template, first_submission(template, ASKED)))
    sheet = openpyxl.load_workbook(path)["Petunjuk"]
    shown = {cell.fill.fgColor.rgb[2:] for row in sheet.iter_rows() for cell in row if cell.fill.fill_type}
    colours = [styles.INPUT, styles.LOCKED, styles.TOTAL, styles.DONE, styles.OPEN, *styles.MARKS.values()]
    assert {str(each["bg_color"]).lstrip("#") for each in colours} <= shown


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (
            Wanted(deadline="31-01-2024"),
            "tenggat 31-01-2024: tulis sebagai tanggal TTTT-BB-HH, misalnya 2024-01-31",
        ),
        (
            Wanted(deadline="2024-02-30"),
            "tenggat 2024-02-30: tulis sebagai tanggal TTTT-BB-HH, misalnya 2024-01-31",
        ),
        (Wanted(contact="a\nb"), "kontak: paling banyak 200 huruf dalam satu baris"),
        (Wanted(contact="a" * 201), "kontak: paling banyak 200 huruf dalam satu baris"),
    ],
)
def test_what_cannot_be_shown_is_refused(template: Template, wanted: Wanted, reason: str) -> None:
    with pytest.raises(SetupError) as raised:
        first_submission(template, wanted)
    assert str(raised.value) == reason


def test_a_registry_says_it_for_each_agency(run: Run, tmp_path: Path) -> None:
    registry = tmp_path / "opd.csv"
    registry.write_text(
        "kode,nama,tenggat,kontak\n2.13,Dinas A,2024-02-15,\n2.14,Dinas B,,Bappeda\n", "utf-8"
    )
    code, _, _ = run(
        "template", "--registry", registry, "--tahun", "2023", "--deadline", "2024-01-31",
        "--contact", "Bagian Organisasi", "-o", tmp_path / "kosong",
    )  # fmt: skip
    assert code == 0
    lines = [_texts(tmp_path / "kosong" / f"{name}-2023.xlsx")[6][1] for name in ("2.13", "2.14")]
    assert lines == [
        "Kirim berkas ini kepada Bagian Organisasi paling lambat 15 Februari 2024 setelah lembar Periksa menulis SIAP DIKIRIM.",
        "Kirim berkas ini kepada Bappeda paling lambat 31 Januari 2024 setelah lembar Periksa menulis SIAP DIKIRIM.",
    ]
