"""Indikator that are measured by grades: their capaian in 3.1 to 3.3 and beside the national standard, in both engines."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clean import clean_document
from drawn import drawn
from lkjip_xl.compute.results import cells, compute
from lkjip_xl.form.json_data import from_document, to_document
from lkjip_xl.form.layout import lay_out
from lkjip_xl.form.submission import Submission, fitted, stack
from lkjip_xl.pipeline import computed_document, export, validate
from lkjip_xl.report.printed import Report, printed
from lkjip_xl.template.model import Template
from support import Office, fill, grid, seen

# arah, target, realisasi, capaian
CASES: list[tuple[str, float | str, float | str, float | None]] = [
    ("naik", 60, 55, 91.67),
    ("predikat AKIP", "BB", "B", 85.71),
    ("predikat AKIP", "a", "AA", 112.5),
    ("predikat AKIP", "BB (71,00)", "B (65,50)", 92.25),  # both have a score
    ("predikat AKIP", "BB", "B (65,50)", 85.71),  # one has: their bounds
    ("predikat AKIP", "D", "C", 100),
    ("opini BPK", "WTP", "wdp", 75),
    ("tingkat", "Tinggi", "Sangat Tinggi", 119.74),
    ("mutu pelayanan", "A", "B", 86.75),
    ("akreditasi", "Paripurna", "Madya", 50),
    ("ya/tidak", "Ya", "Tidak", 0),
    ("Ya/Tidak", "ya", "Ya", 100),
    ("ya/tidak", "Tidak", "Ya", 100),
    ("turun", 95, 104, 90.53),
    # what does not fit has none
    ("predikat AKIP", "BB", 70, None),
    ("predikat AKIP", 70, 65, None),
    ("predikat AKIP", "BB", "WTP", None),
    ("naik", "BB", "B", None),
    ("naik", 60, "B", None),
]
FITTING = CASES[:14]


def _document(cases: list[tuple[str, float | str, float | str, float | None]]) -> dict[str, Any]:
    document = clean_document(indicators=len(cases), years=2)
    tables = document["tabel"]
    for row, (way, target, actual, _) in enumerate(cases):
        tables["iku"][row]["arah"] = way
        tables["pk"][row]["target"] = target
        tables["kinerja"]["iku"][row] = {"target": target, "realisasi_isian": actual}
        tables["renstra"]["iku"][row] = {"target": target}
        tables["standar"]["iku"][row] = {"standar": target}
        tables["tren"]["iku"] = [*tables["tren"]["iku"]]
        tables["tren"]["iku"][row] = {"target": {"2022": target}, "realisasi": {"2022": actual}}
    return document


PLACES = (("kinerja", None), ("tren", 2022), ("tren", 2023), ("renstra", None), ("standar", None))


def test_capaian(template: Template) -> None:
    submission = from_document(_document(CASES), template)
    values = cells(compute(template, stack(template, [submission])), 0)
    for table, year in PLACES:
        rows = [values[table]["iku", n] for n in range(1, len(CASES) + 1)]
        assert [row.get(("capaian", year)) for row in rows] == [capaian for *_, capaian in CASES], table
    for table, year in PLACES[2:]:  # the realisasi is typed in 3.1 and shown there, as a number or as a text
        rows = [values[table]["iku", n] for n in range(1, len(CASES) + 1)]
        assert [row["realisasi", year] for row in rows] == [actual for _, _, actual, _ in CASES], table


@pytest.mark.long
@pytest.mark.office
def test_capaian_in_the_workbook(
    template: Template, written: Callable[[Submission], Path], tmp_path: Path, office: Office
) -> None:
    submission = from_document(_document(CASES), template)
    plan = lay_out(template, fitted(template, submission))
    shown = grid(office.saved(written(submission), tmp_path / "kantor"))
    for table, year in PLACES:
        for row, (_, _, actual, capaian) in enumerate(CASES, start=1):
            for key, expected in (("capaian", capaian), ("realisasi", actual)):
                at = plan.placements[table].position((key, year), ("iku", row))
                assert at is not None
                found = shown.get((plan.placements[table].sheet, at[0] + 1, at[1] + 1))
                assert found == expected, (table, year, row, key)


def test_grades_that_fit_are_no_fault(template: Template, written: Callable[[Submission], Path]) -> None:
    (checked,), _ = validate([written(from_document(_document(FITTING), template))], template)
    assert [each.message for each in checked.findings] == [
        "Capaian Indikator utama 10 50,00 % tanpa penjelasan di lembar Analisis Penyebab",
        "Capaian Indikator utama 11 0,00 % tanpa penjelasan di lembar Analisis Penyebab",
        "Capaian Indikator utama 10 hanya 50,00 % (Madya dari Paripurna) tanpa penjelasan",
        "Capaian Indikator utama 11 hanya 0,00 % (Tidak dari Ya) tanpa penjelasan",
    ]


def test_a_grade_comes_back_as_it_was_typed(
    template: Template, written: Callable[[Submission], Path], tmp_path: Path
) -> None:
    document = _document(FITTING)
    document["tabel"]["kinerja"]["iku"][1]["target"] = "  bb (71,5 ) "
    submission = from_document(document, template)
    path = written(submission)
    found, checked = export(path, template, computed=False)
    assert found == to_document(submission, template)
    assert checked.findings == ()
    again = tmp_path / "lagi.json"
    again.write_text(json.dumps(found), encoding="utf-8")
    assert from_document(json.loads(again.read_text("utf-8")), template) == submission
    computed = computed_document(template, submission)
    assert [row["realisasi"] for row in computed["renstra"]["baris"]["iku"]] == [each[2] for each in FITTING]


def test_a_grade_is_printed_in_the_place_of_the_number(template: Template) -> None:
    submission = from_document(_document(FITTING[:4]), template)
    values = cells(compute(template, stack(template, [submission])), 0)
    table = printed(template.tables["renstra"], Report(template, submission.setup, values))
    lines = [[cell.strip() for cell in line.split("|")] for line in drawn(table).splitlines()]
    assert [line[3:] for line in lines if line[1:] and line[1].startswith("Indikator utama")] == [
        ["55.0", "60.0", "91.67"],
        ["B", "BB", "85.71"],
        ["AA", "a", "112.5"],
        ["B (65,50)", "BB (71,00)", "92.25"],
    ]


# what is typed as target of 3.1, where figures and where grades of AKIP measure: what is said of the cell
TYPED: list[tuple[Any, list[str], list[str]]] = [
    (70, [], ["predikat-ukuran"]),
    ("BB", ["predikat-ukuran"], []),
    ("bb  (70,1)", ["predikat-ukuran"], []),
    ("WTP", ["predikat-ukuran"], ["predikat-ukuran"]),
    ("A (80.50)", ["tipe", "predikat-ukuran"], ["tipe"]),
    ("A (baik)", ["tipe", "predikat-ukuran"], ["tipe"]),
    ("70 %", ["tipe"], ["tipe"]),
    (1e16, ["tipe"], ["tipe", "predikat-ukuran"]),
    (" ", ["wajib"], ["wajib"]),
]


def test_what_is_typed(template: Template, written: Callable[[Submission], Path]) -> None:
    """One indikator for each line measured in figures, then one for each measured by grades."""
    ways: list[tuple[str, float | str]] = [("naik", 60), ("predikat AKIP", "BB")]
    document = _document([(way, other, other, 100) for way, other in ways for _ in TYPED])
    typed = [text for _ in ways for text, *_ in TYPED]
    path = written(from_document(document, template))
    fill(path, {"3.1 Kinerja": {f"H{8 + row}": text for row, text in enumerate(typed)}})
    (checked,), _ = validate([path], template)
    found: dict[str, list[str]] = {f"H{8 + row}": [] for row in range(len(typed))}
    for rule, sheet, cell in seen(checked.findings):
        if sheet == "3.1 Kinerja" and cell in found:
            found[cell].append(rule)
    assert list(found.values()) == [each[1] for each in TYPED] + [each[2] for each in TYPED]


def test_what_follows_from_a_grade_that_is_none(
    template: Template, written: Callable[[Submission], Path]
) -> None:
    """Its bound counts, as long as the score is not typed as it should be."""
    document = _document([("predikat AKIP", "AA (95)", "AA (95)", 100)])
    path = written(from_document(document, template))
    fill(path, {"3.1 Kinerja": {"I8": "C (90.50)"}, "2.1 Perjanjian Kinerja": {"E8": "A (95.00)"}})
    (checked,), _ = validate([path], template)
    agreed, measured = ("2.1 Perjanjian Kinerja", "E8"), ("3.1 Kinerja", "I8")
    assert [(each.rule, each.sheet, each.cell, each.cause) for each in checked.findings] == [
        ("tipe", *agreed, None),
        ("pk-target-predikat", *agreed, agreed),
        ("tipe", *measured, None),
        ("capaian-rendah", *measured, measured),
        ("ket-efisien", "3.4 Keuangan", "Z88", measured),
    ]
