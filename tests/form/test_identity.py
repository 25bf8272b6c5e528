"""What a workbook says it is, in two hidden places: a disagreement is named, and the columns that stand there decide."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from clean import clean_document
from lkjip_xl.form.identity import PROPERTY, setup_from
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.submission import Cells, Submission
from lkjip_xl.read.reader import Workbook, read_workbook
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Setup
from lkjip_xl.write.render import render
from parts import PROPERTIES
from support import fill, rewrite_part

TEMPLATE = load_template()
Change = Callable[..., Workbook]


def _filled(read: Workbook) -> dict[str, Cells]:
    """Return the tables in which something is read."""
    return {key: rows for key, rows in read.submission.tables.items() if rows}


@pytest.fixture
def submission() -> Submission:
    return from_document(clean_document(), TEMPLATE)


@pytest.fixture(scope="module")
def entries(clean_bytes: bytes) -> Mapping[str, tuple[str, str]]:
    """Where each entry stands on the hidden sheet, and what it says."""
    rows = openpyxl.load_workbook(io.BytesIO(clean_bytes))["_lkjip"].iter_rows()
    return {str(row[0].value): (row[1].coordinate, str(row[1].value)) for row in rows}


@pytest.fixture
def changed(clean: Path, entries: Mapping[str, tuple[str, str]]) -> Change:
    """Return what reads a clean workbook whose hidden sheet (or else property) says something else."""

    def change(entry: str, value: object, *, in_property: bool = False, alone: bool = False) -> Workbook:
        cell, old = entries[entry]
        if in_property:
            was, new = f'"{entry}": "{old}"', f'"{entry}": "{value}"'
            rewrite_part(clean, PROPERTIES, was.encode(), new.encode())
        else:
            fill(clean, {"_lkjip": {cell: value}})
        if alone:
            rewrite_part(clean, PROPERTIES, f'name="{PROPERTY}"'.encode(), b'name="lain"')
        return read_workbook(clean, TEMPLATE)

    return change


@pytest.mark.parametrize("in_property", [False, True], ids=["sheet", "property"])
@pytest.mark.parametrize(
    ("entry", "label", "right", "wrong"),
    [
        ("tahun", "Tahun laporan", "2023", "2022"),
        ("tahun", "Tahun laporan", "2023", "2030"),  # not even in the period
        ("periode", "Periode Renstra", "2018-2023", "2019-2023"),
        ("periode", "Periode Renstra", "2018-2023", "2018-2028"),
        ("periode", "Periode Renstra", "2018-2023", "baru"),
        ("modul", "Modul", "idm", "lain"),
    ],
)
def test_what_fits_the_columns_counts(
    in_property: bool, entry: str, label: str, right: str, wrong: str, changed: Change, submission: Submission
) -> None:
    read = changed(entry, wrong, in_property=in_property)
    assert _filled(read) == submission.tables
    one, other = (right, wrong) if in_property else (wrong, right)
    (found,) = read.findings
    assert (found.rule, found.severity, found.sheet, found.cell) == ("identitas-berbeda", "galat", "", "")
    assert found.message == (
        f"{label} buku kerja ini “{one}” di lembar tersembunyi, tetapi “{other}” di properti berkas; yang dipakai “{right}”"
    )
    assert found.remedy == (
        "Ambil buku kerja kosong yang baru untuk tahun, periode, dan modul yang benar, lalu salin isian ke sana"
    )


@pytest.mark.parametrize(
    ("entry", "label", "wrong"),
    [("opd", "Kode OPD", "9.99"), ("versi", "Versi templat", "0.0.1"), ("sidik", "Sidik templat", "0" * 16)],
)
def test_every_other_entry_is_compared_too(entry: str, label: str, wrong: str, changed: Change) -> None:
    (found,) = changed(entry, wrong).findings
    assert (found.rule, found.message.partition(" buku kerja ini ")[0]) == ("identitas-berbeda", label)
    assert f"“{wrong}” di lembar tersembunyi" in found.message


def test_no_module_is_said_as_such(changed: Change, submission: Submission) -> None:
    read = changed("modul", None)
    assert _filled(read) == submission.tables
    assert [each.message for each in read.findings] == [
        "Modul buku kerja ini kosong di lembar tersembunyi, tetapi “idm” di properti berkas; yang dipakai “idm”"
    ]


@pytest.mark.parametrize(("entry", "value"), [("tahun", 2023), ("opd", 1.01), ("opd", " 1.01")])
def test_the_same_as_a_number_is_the_same(entry: str, value: object, changed: Change) -> None:
    assert changed(entry, value).findings == ()


def test_either_alone_is_enough(changed: Change) -> None:
    assert changed("tahun", "2023", alone=True).findings == ()


def test_a_period_without_the_years_that_stand_there(changed: Change, submission: Submission) -> None:
    """The property is gone: figures of a year outside the period are said not to be read, and are not."""
    read = changed("periode", "2019-2023", alone=True)
    assert [(each.rule, each.sheet, each.cell, each.message) for each in read.findings] == [
        (
            "teks-tetap-diganti",
            "Identitas",
            "C10",
            "Periode Renstra berisi “2018-2023”, padahal buku kerja ini dibuat untuk “2019-2023”; yang berlaku tetap “2019-2023”",
        ),
        (
            "tahun-kolom",
            "3.2 Tren",
            "E6",
            "Kolom TARGET 2018, REALISASI 2018, CAPAIAN (%) 2018, CAPAIAN SEBELUM DIBATASI (%) 2018, "
            "Nilai dalam kurung di target 2018, Nilai dalam kurung di realisasi 2018, Nilai target 2018, Nilai realisasi 2018, "
            "Capaian menurut rumus 2018 di lembar 3.2 Tren bukan untuk laporan tahun 2023 periode 2019-2023, jadi tidak dibaca",
        ),
    ]
    expected = {
        row: {key: value for key, value in cells.items() if key[1] != 2018}
        for row, cells in submission.tables["tren"].items()
    }
    assert _filled(read) == {**submission.tables, "tren": expected}


def test_another_year_is_seen_without_any_module(tmp_path: Path) -> None:
    document = clean_document()
    document["modul"] = []
    document["tabel"].pop("idm")
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(TEMPLATE, from_document(document, TEMPLATE)))
    book = openpyxl.load_workbook(path)
    (cell,) = [row[1] for row in book["_lkjip"].iter_rows() if row[0].value == "tahun"]
    cell.value = "2022"
    book.custom_doc_props.props.clear()
    book.save(path)
    assert [each.message for each in read_workbook(path, TEMPLATE).findings] == [
        "Tahun laporan berisi “2023”, padahal buku kerja ini dibuat untuk “2022”; yang berlaku tetap “2022”",
        "Kolom PERUBAHAN 2023, Target tahun lalu 2023 di lembar 3.2 Tren bukan untuk laporan tahun 2022 periode 2018-2023, jadi tidak dibaca",
    ]


def test_tables_of_a_module_that_is_not_used(changed: Change) -> None:
    read = changed("modul", None, alone=True)
    assert [(each.rule, each.sheet, each.message) for each in read.findings] == [
        ("modul-lain", sheet, f"Tabel di lembar {sheet} milik modul idm, yang menurut identitasnya tidak dipakai buku kerja ini; tidak dibaca")
        for sheet in ("IDM", "IDM ke IKK")
    ]  # fmt: skip
    assert "IDM" in read.extras  # it goes back with the workbook


@pytest.mark.parametrize(
    ("year", "period", "good"),
    [
        ("2023", "1994-2023", True),  # thirty years
        ("2023", "1993-2023", False),
        ("2023", "2023-2023", True),
        ("2023", "2024-2028", False),
        ("2023", "2018-2022", False),
        ("2090", "2080-2100", True),
        ("2090", "2080-2101", False),
        ("1995", "1990-1995", True),
        ("1995", "1989-1995", False),
        ("23", "2018-2023", False),
        ("2023", "", False),
    ],
)
def test_years_that_make_sense(year: str, period: str, good: bool) -> None:
    setup = setup_from({"tahun": year, "periode": period, "modul": "idm,lain"})
    first, _, last = period.partition("-")
    expected = Setup(int(year), (int(first), int(last)), frozenset({"idm", "lain"})) if good else None
    assert setup == expected
