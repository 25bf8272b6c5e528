"""Caps on capaian: of the set, of a table, of an indikator. What was cut is told, and the figure before stays visible."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from clean import clean_document, with_few_rows
from lkjip_xl.base.errors import DeclarationError
from lkjip_xl.compute.results import cells, compute
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.layout import lay_out
from lkjip_xl.form.submission import Submission, stack
from lkjip_xl.pipeline import validate
from lkjip_xl.report.printed import Report, printed
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render
from support import ROOT, Office, grid

# what the set says; caps typed for the three IKU; capaian of 3.1 (of 130, 110 and 90 %), of 3.3 and of 3.2 in 2022
CAPS: dict[str, tuple[dict[str, float], list[float | None], list[float], list[float], list[float]]] = {
    "none": ({}, [None, None, None], [130, 110, 90], [125, 105, 85], [140, 115, 95]),
    "of the set": ({"batas_capaian": 120}, [None, None, None], [120, 110, 90], [120, 105, 85], [120, 115, 95]),
    "of a table": ({"batas_capaian_renstra": 100}, [None, None, None], [130, 110, 90], [100, 100, 85], [140, 115, 95]),
    "of set and table": (
        {"batas_capaian": 120, "batas_capaian_tren": 100}, [None, None, None], [120, 110, 90], [120, 105, 85], [100, 100, 95],
    ),
    "of an indikator": ({}, [None, 100, None], [130, 100, 90], [125, 100, 85], [140, 100, 95]),
    "of an indikator before the set": (
        {"batas_capaian": 120}, [150, 100, None], [130, 100, 90], [125, 100, 85], [140, 100, 95],
    ),
}  # fmt: skip
each_cap = pytest.mark.parametrize("name", CAPS)


def _set(folder: Path, settings: dict[str, float]) -> Template:
    """Return the shipped set with other settings, as an agency would write it."""
    shutil.copytree(ROOT / "templates", folder)
    main = folder / "template.toml"
    text = main.read_text(encoding="utf-8")
    for name, figure in settings.items():
        text = re.sub(rf'^{name} = "tidak ada"$', f"{name} = {figure}", text, flags=re.MULTILINE)
    main.write_text(text, encoding="utf-8")
    return load_template(folder)


def _document(caps: list[float | None]) -> dict[str, Any]:
    document = clean_document(years=2)
    tables = document["tabel"]
    for row, cap in enumerate(caps):
        if cap is not None:
            tables["iku"][row]["batas_capaian"] = cap
    tables["kinerja"]["iku"] = [{"target": 100, "realisasi_isian": each} for each in (130, 110, 90)]
    tables["renstra"]["iku"] = [{"target": each} for each in (104, 110 / 1.05, 90 / 0.85)]
    tables["tren"]["iku"] = [
        {"target": {"2022": 100}, "realisasi": {"2022": each}} for each in (140, 115, 95)
    ]
    return document


def _submission(name: str, template: Template) -> Submission:
    return with_few_rows(template, from_document(_document(CAPS[name][1]), template))


@each_cap
def test_caps(name: str, tmp_path: Path) -> None:
    settings, _, *expected = CAPS[name]
    template = _set(tmp_path / "set", settings)
    found = cells(compute(template, stack(template, [_submission(name, template)])), 0)
    places = (("kinerja", None), ("renstra", None), ("tren", 2022))
    whole = ([130, 110, 90], [125, 105, 85], [140, 115, 95])
    for (table, year), capaian, uncut in zip(places, expected, whole, strict=True):
        rows = [found[table]["iku", row] for row in (1, 2, 3)]
        assert [row["capaian", year] for row in rows] == capaian
        cut = [full if full > given else None for full, given in zip(uncut, capaian, strict=True)]
        assert [row.get(("capaian_tanpa_batas", year)) for row in rows] == cut
    assert found["kinerja"]["iku", 1]["rata_sasaran", None] == round(sum(expected[0]) / 3, 2)


@pytest.mark.long
@pytest.mark.office
def test_caps_in_the_workbook(tmp_path: Path, office: Office) -> None:
    paths, places = [], []
    for number, name in enumerate(CAPS):
        template = _set(tmp_path / f"set{number}", CAPS[name][0])
        submission = _submission(name, template)
        paths.append(tmp_path / f"{number}.xlsx")
        paths[-1].write_bytes(render(template, submission))
        places.append(lay_out(template, submission.setup).placements)
    for path, plan, name in zip(office.all_saved(paths, tmp_path / "kantor"), places, CAPS, strict=True):
        shown = grid(path)
        for table, year, capaian in zip(
            ("kinerja", "renstra", "tren"), (None, None, 2022), CAPS[name][2:], strict=True
        ):
            at = [plan[table].position(("capaian", year), ("iku", row)) for row in (1, 2, 3)]
            assert [shown[plan[table].sheet, p[0] + 1, p[1] + 1] for p in at if p] == capaian, (name, table)


def test_a_cut_is_printed_and_shown(tmp_path: Path) -> None:
    """Beside the capaian: what the formula gives, and what it is limited to; neither where nothing is cut."""
    template = _set(tmp_path / "set", {"batas_capaian": 120})
    for limit, extra in ((None, ["Capaian sebelum dibatasi (%)", "Dibatasi menjadi (%)"]), (140, [])):
        submission = from_document(_document([limit, None, None]), template)
        values = cells(compute(template, stack(template, [submission])), 0)
        table = printed(template.tables["kinerja"], Report(template, submission.setup, values))
        headings = [each.text for each in table.headings]
        assert headings[headings.index("Predikat") + 1 :] == extra
        if extra:
            shown = [row.cells[-2:] for row in table.rows if hasattr(row, "cells")][:3]
            assert [[cell.value for cell in pair] for pair in shown] == [
                [130, 120],
                [None, None],
                [None, None],
            ]


def test_a_cap_finds_no_constant_multiplier(tmp_path: Path) -> None:
    """Capaian that are equal only because they were cut are nobody's fault."""
    limited = _set(tmp_path / "set", {"batas_capaian": 80})
    path = tmp_path / "a.xlsx"
    path.write_bytes(render(limited, from_document(clean_document(), limited)))
    (checked,), _ = validate([path], limited)
    assert {each.rule for each in checked.findings} & {"capaian-seragam", "pengali-tetap"} == set()


def test_a_setting_that_the_set_does_not_name_is_an_error(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "set")
    main = tmp_path / "set" / "template.toml"
    main.write_text(
        main.read_text("utf-8").replace('batas_capaian_tren = "tidak ada"\n', ""), encoding="utf-8"
    )
    with pytest.raises(DeclarationError, match="angka ketentuan batas_capaian_tren tidak ada di"):
        load_template(tmp_path / "set")
