"""What a report must hold: tables that follow others, and the years before the report's, with room to explain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clean import clean_document, with_few_rows
from lkjip_xl.base.findings import Finding
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.submission import Submission
from lkjip_xl.pipeline import validate
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Template
from parity import Python
from support import Office, grid, seen, tiny

TEMPLATE = load_template()
Write = Callable[[Submission], Path]
EMPTY = ("tabel-kosong", "3.2 Tren", "E8")
EXPLAINED = [{"tabel": "tren", "bagian": "ikk", "baris": 2, "teks": "Semua indikator baru"}]


def _document(**changes: Any) -> dict[str, Any]:
    """Return a clean report of three years in which table 3.2 is empty."""
    document = clean_document(years=3)
    document["tabel"]["tren"] = {}
    return {**document, **changes}


def _future() -> dict[str, Any]:
    """Return a clean report of the first year of its period; targets of later years stand in it."""
    document = _document(periode=[2023, 2025])
    document["tabel"]["tren"] = {"iku": [{"target": {"2024": 61}}]}
    return document


def _later_only() -> dict[str, Any]:
    document = _document(periode=[2021, 2025])
    document["tabel"]["tren"] = {"iku": [{"target": {"2024": 61}}]}
    return document


def _without_indicators() -> dict[str, Any]:
    document = _document()
    document["tabel"] = {key: document["tabel"][key] for key in ("identitas", "pegawai")}
    return document


def _new_indicator() -> dict[str, Any]:
    document = clean_document(years=3)
    rows = document["tabel"]["tren"]["ikk"]
    document["tabel"]["tren"] = {"iku": rows, "ikk": [rows[0], {"target": {"2022": 51}}, rows[2]]}
    return document


def _findings(path: Path) -> list[Finding]:
    (checked,), _ = validate([path], TEMPLATE)
    return [each for each in checked.findings if each.sheet == "3.2 Tren"]


def _blank(rows: str, columns: str = "EFHI") -> list[tuple[str, str, str]]:
    return [("belum-diisi", "3.2 Tren", f"{column}{row}") for row in rows.split() for column in columns]


def test_an_empty_table_that_follows_others_is_a_galat(written: Write) -> None:
    found = _findings(written(from_document(_document(), TEMPLATE)))
    assert seen(found) == [EMPTY, *_blank("8 9 10 18 19 20")]
    assert (found[0].severity, found[0].message, found[0].remedy) == (
        "galat",
        "Tabel 3.2 belum diisi sama sekali",
        "Isi baris-barisnya, atau tulis di kolom Penjelasan mengapa angkanya tidak ada",
    )
    assert {each.severity for each in found[1:]} == {"peringatan"}


def test_years_that_are_still_to_come_do_not_fill_it(written: Write) -> None:
    found = _findings(written(from_document(_later_only(), TEMPLATE)))
    assert seen(found)[0] == EMPTY
    assert {each.cell[0] for each in found[1:]} == {
        "E",
        "F",
        "J",
        "K",
    }  # 2021 and 2022 of target and realisasi


def test_a_reason_is_enough(written: Write) -> None:
    found = _findings(written(from_document(_document(penjelasan=EXPLAINED), TEMPLATE)))
    assert seen(found) == [*_blank("8 9 10 18 20"), *_blank("19")]
    assert [each.cell for each in found if each.explanation] == ["E19", "F19", "H19", "I19"]


@pytest.mark.parametrize("document", [_future, _without_indicators, lambda: clean_document(years=1)])
def test_nothing_is_asked_where_there_is_nothing_to_fill(
    document: Callable[[], dict[str, Any]], written: Write
) -> None:
    assert _findings(written(from_document(document(), TEMPLATE))) == []


def test_a_new_indicator_is_asked_for_each_year_before(written: Write) -> None:
    found = _findings(written(from_document(_new_indicator(), TEMPLATE)))
    assert seen(found) == _blank("19", "EHI")
    assert [each.message for each in found] == [
        "TARGET 2021 belum diisi", "REALISASI 2021 belum diisi", "REALISASI 2022 belum diisi",
    ]  # fmt: skip


def test_what_is_blank_hides_no_other_finding(written: Write) -> None:
    document = clean_document()
    document["tabel"]["tren"]["iku"][0]["realisasi"] |= {"2019": 5900}
    del document["tabel"]["tren"]["iku"][0]["realisasi"]["2021"]
    rules = {each.rule for each in _findings(written(from_document(document, TEMPLATE)))}
    assert rules == {"tren-ekstrem", "belum-diisi"}


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("table", "rules", "severity"),
    [
        ("pegawai", {"tabel-kosong"}, "galat"),
        ("iku", {"tabel-kosong"}, "galat"),
        ("pk", {"tabel-kosong"}, "galat"),
        ("idm", {"wajib"}, "galat"),
        ("kinerja", {"wajib", "realisasi-wajib"}, "galat"),
        ("tren", {"tabel-kosong", "belum-diisi"}, "galat"),
        ("renstra", {"wajib"}, "galat"),
        ("standar", {"standar-atau-alasan", "tabel-kosong"}, "peringatan"),
        ("keuangan", {"tabel-kosong"}, "galat"),
    ],
)
def test_no_table_that_the_report_needs_is_empty_without_a_word(
    table: str, rules: set[str], severity: str, written: Write
) -> None:
    document = clean_document(years=3)
    del document["tabel"][table]
    (checked,), _ = validate([written(from_document(document, TEMPLATE))], TEMPLATE)
    sheet = TEMPLATE.tables[table].declared.sheet
    found = [each for each in checked.findings if each.sheet == sheet]
    assert {each.rule for each in found} == rules
    assert severity in {each.severity for each in found}


@pytest.mark.long
@pytest.mark.office
def test_the_workbook_says_the_same(tmp_path: Path, template: Template, office: Office) -> None:
    from lkjip_xl.write.render import render

    documents = [
        _document(), _document(penjelasan=EXPLAINED), _future(), _later_only(), _without_indicators(), _new_indicator(),
    ]  # fmt: skip
    paths = []
    for number, document in enumerate(documents):
        paths.append(tmp_path / f"{number}.xlsx")
        paths[-1].write_bytes(render(template, with_few_rows(template, from_document(document, template))))
    saved = office.all_saved(paths, tmp_path / "kantor")
    for path, theirs in zip(paths, saved, strict=True):
        assert Python(path, template).compared(grid(theirs)).disagreements == []


ORIGIN = 'columns = [{key = "nama", label = "Nama", type = "text"}]\npart_label = "A"\n'
FOLLOWER = """
rows_from = ["asli"]
required = true
columns = [
  {key = "nama", label = "Nama", type = "text", formula = "asal.nama"},
  {key = "nilai", label = "Nilai", type = "number", required = REQUIRED},
]
"""


@pytest.mark.parametrize(("required", "severity"), [("true", "galat"), ('"explained"', "peringatan")])
def test_a_declaration_says_how_grave_it_is(required: str, severity: str, tmp_path: Path) -> None:
    template = tiny(tmp_path / "t", asli=ORIGIN, ikut=FOLLOWER.replace("REQUIRED", required))
    rules = {str(rule.follows_from): rule for rule in template.tables["ikut"].rules}
    assert rules["followed"].id == "tabel-kosong"
    asking = rules["required" if required == "true" else "asked"]
    assert (asking.blame, asking.severity) == ("nilai", severity)
    assert ("row" in template.tables["ikut"].explained) is (severity == "peringatan")
