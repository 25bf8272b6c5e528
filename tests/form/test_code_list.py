"""Lists of codes as they are published and kept: what is read of them, and what the workbook of one OPD carries."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lkjip_xl.base.errors import DataError, SetupError
from lkjip_xl.form.code_list import Entry, load_codes, with_codes
from lkjip_xl.form.setups import Wanted, first_submission
from lkjip_xl.form.submission import Submission
from lkjip_xl.template.model import Template
from support import CODE_LIST

PMD = "2.13.0.00.0.00.01"
# A title above, the parts of a code in columns of their own below one heading, numbers where programs made them so.
PUBLISHED: list[list[Any]] = [
    ["KLASIFIKASI, KODEFIKASI, DAN NOMENKLATUR PERENCANAAN PEMBANGUNAN"],
    [],
    ["KODE", None, None, None, None, "NOMENKLATUR URUSAN KABUPATEN/KOTA", "KINERJA", "INDIKATOR", "SATUAN"],
    ["URUSAN", "BIDANG", "PROGRAM", "KEGIATAN", "SUB KEGIATAN"],
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    ["2", None, None, None, None, "URUSAN PEMERINTAHAN WAJIB"],
    [2, 13, None, None, None, "BIDANG PEMBERDAYAAN\nMASYARAKAT"],
    ["2", "13", "02", None, None, "PROGRAM PENATAAN DESA "],
    ["2", "13", "02", 2.01, None, "Penyelenggaraan Penataan Desa"],
    ["2", "13", "02", "2.01", "0001", "Fasilitasi", "Terlaksananya", "Jumlah desa", "Desa"],
    ["2", "13", "02", 2.1, None, "Yang kehilangan nolnya"],
    [None, None, None, None, None, "tanpa kode"],
]


def _book(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def _csv(folder: Path, *lines: str) -> Path:
    path = folder / "daftar.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _carried(
    path: Path, template: Template, code: str = PMD, year: int = 2023, fields: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the years of the codes that the workbook of an OPD carries; None: that of the report."""
    submission = _with(path, template, code, year, fields)
    rows = submission.tables["nomenklatur"].values()
    return {str(row["kode", None]): row.get(("tahun", None)) for row in rows}


def _with(path: Path, template: Template, code: str, year: int, fields: Sequence[str] = ()) -> Submission:
    wanted = Wanted(year, code=code, name="DPMD", codes=load_codes(path, template), fields=tuple(fields))
    return first_submission(template, wanted)


def test_a_list_as_it_is_published(tmp_path: Path, template: Template) -> None:
    path = _book(tmp_path / "daftar.xlsx", {"Pengantar": [["Lampiran"]], "Lampiran": PUBLISHED})
    codes = load_codes(path, template)
    assert [(each.code, each.year, each.texts["nama"], each.texts.get("satuan", "")) for each in codes.entries] == [
        ("2.13", None, "BIDANG PEMBERDAYAAN MASYARAKAT", ""),
        ("2.13.02", None, "PROGRAM PENATAAN DESA", ""),
        ("2.13.02.2.01", None, "Penyelenggaraan Penataan Desa", ""),
        ("2.13.02.2.01.0001", None, "Fasilitasi", "Desa"),
    ]  # fmt: skip
    assert codes.skipped == ("Lampiran baris 11",)


def test_a_list_as_it_is_kept(tmp_path: Path, template: Template) -> None:
    path = _csv(
        tmp_path, "nama,kode,satuan,tahun", "Satu, 2.13.02 ,,2021", "Dua,2.13.2,,2021", "Tiga,2.13.03,Desa,x"
    )
    codes = load_codes(path, template)
    assert codes.entries == (Entry("2.13.02", 2021, {"kode": "2.13.02", "nama": "Satu", "satuan": ""}),)
    assert codes.skipped == ("baris 3", "baris 4")


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["kode;uraian", "2.13;x"], None),
        (["kode;apa", "2.13;x"], "tidak ada baris judul dengan kolom KODE dan NOMENKLATUR atau NAMA atau URAIAN"),
        (["kode;nama", "2;x"], "daftar kode ini tidak memuat satu kode pun"),
        ([""], "tidak ada baris judul dengan kolom KODE dan NOMENKLATUR atau NAMA atau URAIAN"),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_names_what_is_wrong_with_a_list(
    lines: list[str], reason: str | None, tmp_path: Path, template: Template
) -> None:
    path = _csv(tmp_path, *lines)
    if reason is None:
        assert [each.code for each in load_codes(path, template).entries] == ["2.13"]
        return
    with pytest.raises(DataError) as error:
        load_codes(path, template)
    assert str(error.value) == f"{path}: {reason}"


def test_a_workbook_carries_its_own_field_and_what_is_everyones(template: Template) -> None:
    assert list(_carried(CODE_LIST, template)) == [
        "2.13",
        "2.13.01",
        "2.13.01.2.01",
        "2.13.01.2.01.0001",
        "2.13.01.2.01.0006",
        "2.13.02",
        "2.13.02.2.01",
        "2.13.02.2.01.0001",
        "2.13.02.2.01.0002",
        "2.13.03",
        "2.13.03.2.01",
        "2.13.03.2.01.0001",
        "X.XX",
        "X.XX.01",
        "X.XX.01.2.01",
        "X.XX.01.2.01.0001",
        "X.XX.01.2.01.0006",
    ]


@pytest.mark.parametrize(
    ("code", "fields", "own"),
    [
        ("1.01", (), {"1.01", "1.01.01", "1.01.02"}),
        ("DPMD", ("1.01",), {"1.01", "1.01.01", "1.01.02"}),
        ("2.13.1.01.0.00.01", (), {"1.01", "1.01.01", "1.01.02", "2.13", "2.13.01", "2.13.02", "2.13.03"}),
    ],
)
def test_the_fields_of_an_opd(code: str, fields: tuple[str, ...], own: set[str], template: Template) -> None:
    carried = _carried(CODE_LIST, template, code, fields=fields)
    assert {each for each in carried if each[0] != "X" and each.count(".") < 3} == own


@pytest.mark.parametrize(
    ("code", "fields", "whose"),
    [("DPMD", (), "OPD tanpa kode berangka"), ("3.25", (), "bidang 3.25"), ("2.13", ("9.99",), "bidang 9.99")],
)  # fmt: skip
def test_an_opd_of_which_the_list_knows_nothing(
    code: str, fields: tuple[str, ...], whose: str, template: Template
) -> None:
    with pytest.raises(SetupError) as error:
        _carried(CODE_LIST, template, code, fields=fields)
    expected = f"nomenklatur-contoh.csv tidak memuat kode {whose}; tulis bidangnya, misalnya --bidang 2.13"
    assert str(error.value) == expected


def test_of_a_code_in_several_years_that_of_the_report_counts(tmp_path: Path, template: Template) -> None:
    lines = ["2.13.02;lama;2021", "2.13.02;kini;2023", "2.13.03;a;2020", "2.13.03;b;2021", "2.13.04;selalu;"]
    path = _csv(tmp_path, "kode;nama;tahun", *lines)
    assert _carried(path, template) == {"2.13.02": None, "2.13.03": "2021", "2.13.04": None}
    assert _carried(path, template, year=2020) == {"2.13.02": "2023", "2.13.03": None, "2.13.04": None}


def test_what_the_list_says_of_the_opds_own_field_goes_before(tmp_path: Path, template: Template) -> None:
    path = _csv(tmp_path, "kode;nama", "X.XX.01;penunjang", "2.13.01;penunjang sendiri", "2.13.02;lain")
    rows = _with(path, template, PMD, 2023).tables["nomenklatur"].values()
    names = {row["kode", None]: row["nama", None] for row in rows}
    assert names == {
        "2.13.01": "penunjang sendiri",
        "2.13.02": "lain",
        "X.XX.01": "penunjang",
    }


def test_the_list_is_not_asked_for_by_its_module(template: Template) -> None:
    with pytest.raises(SetupError) as error:
        first_submission(template, Wanted(2023, modules=("kode",)))
    assert str(error.value) == "--modul kode: modul ini ada dengan sendirinya bila --codes diberikan"


def test_a_list_given_again_takes_the_place_of_the_former(template: Template, tmp_path: Path) -> None:
    submission = _with(CODE_LIST, template, PMD, 2023)
    path = _csv(tmp_path, "kode;nama", "2.13.02;baru")
    again = with_codes(template, submission, load_codes(path, template))
    assert again.tables["nomenklatur"] == {
        ("nomenklatur", 1): {("kode", None): "2.13.02", ("nama", None): "baru"}
    }
    assert again.setup.rows["nomenklatur"] == 1
