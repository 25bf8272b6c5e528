"""Files that ask for more than there is: one budget for the whole workbook, whatever command reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest

from hostile import (
    BOOK,
    BOOK_RELATIONS,
    CUSTOM,
    MAIN,
    RELATIONS,
    STRINGS,
    STYLES,
    Builder,
    cell_added,
    cell_replaced,
    edited,
    packed,
    unpacked,
    with_parts,
    with_sheet,
)
from isolated import Isolated, Outcome
from lkjip_xl.base.a1 import column_letters
from lkjip_xl.base.errors import WorkbookError
from lkjip_xl.form.layout import form_area
from lkjip_xl.form.submission import fitted
from lkjip_xl.pipeline import export, returned, validate
from lkjip_xl.read import reader as read
from lkjip_xl.read.reader import read_workbook
from lkjip_xl.template.declaration import MAX_ROWS
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.xlsx import guard
from parts import sheets_of
from support import seen

TOO_BIG = "isi berkas ini tidak wajar besarnya; tidak dibuka"
WIDE = "isi lembar-lembarnya tersebar terlalu jauh; hapus yang di luar formulir, lalu simpan ulang"
LONG = "tabel-tabelnya berisi terlalu banyak baris; hapus baris yang tidak dipakai, lalu simpan ulang"
TABLES = {
    "1.1 Pegawai": "pegawai",
    "1.2 Pendidikan": "pendidikan",
    "2.2 IKU": "iku",
    "IKK": "ikk",
    "3.4 Keuangan": "keuangan",
}
TEN_MB = 10_000_000


def _text(text: str) -> str:
    return f't="inlineStr"><is><t>{escape(text)}</t></is>'


def _corners(raw: bytes, cell: str = "B1000000", sheets: int = 10) -> bytes:
    """Sheets more, each with a cell at both ends."""
    for number in range(sheets):
        parts = unpacked(raw)
        row = re.sub("[A-Z]", "", cell)
        cells = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{cell}"><v>1</v></c></row>'
        name = f"xl/worksheets/jauh{number}.xml"
        book = f'<sheet name="Jauh {number}" sheetId="{900 + number}" r:id="jauh{number}"/></sheets>'
        link = (
            f'<Relationship Id="jauh{number}" Type="{RELATIONS}/worksheet" Target="/{name}"/></Relationships>'
        )
        parts[BOOK] = parts[BOOK].replace(b"</sheets>", book.encode())
        parts[BOOK_RELATIONS] = parts[BOOK_RELATIONS].replace(b"</Relationships>", link.encode())
        sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
        raw = packed({**parts, name: sheet.encode()})
    return raw


def _one_string(raw: bytes, size: int = TEN_MB, cells: int = 5000) -> bytes:
    """A sheet more, with one shared string in all of its cells."""
    parts = unpacked(raw)
    number = parts[STRINGS].count(b"<si>")
    parts[STRINGS] = parts[STRINGS].replace(b"</sst>", b"<si><t>" + b"x" * size + b"</t></si></sst>")
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>{number}</v></c></row>' for row in range(1, cells + 1)
    )
    return with_sheet(packed(parts), "Banyak", f"<sheetData>{rows}</sheetData>")


def _long_table(raw: bytes, sheet: str, rows: int, cells: Callable[[int], str] = lambda _: "") -> bytes:
    """A table with so many marked rows; ``cells`` are those of a sheet row."""
    parts = unpacked(raw)
    part = sheets_of(parts)[sheet]
    content = parts[part].decode()
    begin, end = content.index('<row r="8"'), content.index("</sheetData>")
    lines = [
        f'<row r="{row}"><c r="A{row}" {_text(f"{TABLES[sheet]}:{row - 7}")}</c>{cells(row)}</row>'
        for row in range(8, 8 + rows)
    ]
    lines.append(f'<row r="{8 + rows}"><c r="A{8 + rows}" {_text("lkjip:akhir")}</c></row>')
    return packed({**parts, part: (content[:begin] + "".join(lines) + content[end:]).encode()})


def _all_tables_long(raw: bytes) -> bytes:
    for sheet in TABLES:
        raw = _long_table(raw, sheet, MAX_ROWS)
    return raw


def _far_end(raw: bytes) -> bytes:
    """The closing row of 1.1 Pegawai a hundred thousand rows down."""
    parts = unpacked(raw)
    part = sheets_of(parts)["1.1 Pegawai"]
    content = parts[part].decode()
    begin, end = content.index('<row r="12"'), content.index("</sheetData>")
    row = f'<row r="99000"><c r="A99000" {_text("lkjip:akhir")}</c></row>'
    return packed({**parts, part: (content[:begin] + row + content[end:]).encode()})


def _many(cell: Callable[[int], str], rows: int) -> Builder:
    return lambda raw: cell_added(
        raw, "".join(f'<row r="{row}">{cell(row)}</row>' for row in range(500, 500 + rows))
    )


def _key_columns(raw: bytes, number: int = 6000) -> bytes:
    """Thousands of columns with the key of a column of 1.1 Pegawai."""
    parts = unpacked(raw)
    part = sheets_of(parts)["1.1 Pegawai"]
    content = parts[part].decode()
    at = content.index("</row>", content.index('<row r="4"'))
    cells = "".join(f'<c r="{column_letters(n)}4" {_text("jumlah")}</c>' for n in range(30, 30 + number))
    return packed({**parts, part: (content[:at] + cells + content[at:]).encode()})


def _tree(part: str) -> Builder:
    return lambda raw: with_parts(raw, {part: b"<a>" + b"<a/>" * 2_000_000 + b"</a>"})


def _renamed_mark(old: str, new: str) -> Builder:
    return lambda raw: edited(raw, STRINGS, f"<t>{old}</t>", f"<t>{new}</t>")


# What is refused by every command, and with what sentence.
REFUSED: Mapping[str, tuple[Builder, str]] = {
    "far corners on ten sheets": (_corners, WIDE),
    "far corner on one": (lambda raw: _corners(raw, sheets=1), WIDE),
    "last rows of two sheets": (lambda raw: _corners(raw, "A1048576", 2), WIDE),
    "one string of 10 MB in 5,000 cells": (_one_string, TOO_BIG),
    "one string of 30,000 letters in 5,000 cells": (lambda raw: _one_string(raw, 30_000), TOO_BIG),
    "many tags in the list of sheets": (_tree(BOOK), TOO_BIG),
    "many tags in the relations": (_tree(BOOK_RELATIONS), TOO_BIG),
    "many tags in the properties": (_tree(CUSTOM), TOO_BIG),
    "many tags in the styles": (_tree(STYLES), TOO_BIG),
    "many elements in odd strings": (
        lambda raw: with_parts(raw, {STRINGS: b"<sst>" + b"<rPh/>" * 400_000 + b"</sst>"}), TOO_BIG,
    ),
    "elements of odd sheets, on ten together": (
        lambda raw: _odd_sheets(raw, 10, 40_000), TOO_BIG,
    ),
    "all tables with 5,000 rows": (_all_tables_long, LONG),
}  # fmt: skip


def _odd_sheets(raw: bytes, sheets: int, cells: int) -> bytes:
    """Sheets more that have to be parsed, each below the limit."""
    raw = _corners(raw, "B2", sheets)
    parts = unpacked(raw)
    for number in range(sheets):
        rows = f"<row r='3'>{'<c/>' * cells}</row>"
        name = f"xl/worksheets/jauh{number}.xml"
        parts[name] = parts[name].replace(b"</sheetData>", f"{rows}</sheetData>".encode())
    return packed(parts)


@pytest.mark.long
@pytest.mark.parametrize("name", REFUSED)
def test_every_command_refuses_it_in_one_sentence(
    name: str, isolated: Isolated, sample_bytes: bytes, tmp_path: Path
) -> None:
    build, sentence = REFUSED[name]
    path, target = tmp_path / "jahat.xlsx", tmp_path / "hasil.xlsx"
    path.write_bytes(build(sample_bytes))
    back, page = tmp_path / "kembali", tmp_path / "temuan.html"
    outcome = isolated.command("validate", path, "--annotate", back, "--report", page)
    assert (outcome.code, outcome.out) == (2, f"{path}: tidak terbaca: {sentence}\n")
    assert list(back.iterdir()) == []
    _cheap(outcome)
    for command in (("summarize", path, "-o", target), ("export", path, "-o", target)):
        outcome = isolated.command(*command)
        assert (outcome.code, outcome.out, outcome.err) == (2, "", f"lkjip-xl: {path}: {sentence}\n")
        _cheap(outcome)
    assert not target.exists()


def _cheap(outcome: Outcome, seconds: float = 2) -> None:
    assert outcome.seconds < seconds
    assert outcome.megabytes < 500


def test_one_file_beyond_the_budget_costs_that_file_alone(
    isolated: Isolated, sample_bytes: bytes, tmp_path: Path
) -> None:
    bad, good = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    bad.write_bytes(_corners(sample_bytes))
    good.write_bytes(sample_bytes)
    outcome = isolated.command("validate", bad, good, "--format", "json")
    assert [(each["berkas"], each["status"]) for each in json.loads(outcome.out)] == [
        (str(bad), "tidak terbaca"),
        (str(good), "galat"),
    ]
    target = tmp_path / "hasil.xlsx"
    outcome = isolated.command("consolidate", bad, good, "-o", target, "--jobs", "1", "--format", "json")
    files = {each["berkas"]: each for each in json.loads(outcome.out)["kiriman"]}
    assert (outcome.code, files[str(bad)]["alasan"]) == (2, WIDE)


# What is read, and how much it may cost: rule and number of what is found beside what the sample has.
READ: Mapping[str, tuple[Builder, dict[str, int]]] = {
    "90,000 strays": (_many(lambda row: f'<c r="D{row}"><v>1</v></c>', 90_000), {"temuan-lain": 1}),
    "20,000 copies of a table's keys": (
        _many(lambda row: f'<c r="A{row}" {_text("lkjip:pegawai")}</c><c r="B{row}" {_text("jumlah")}</c>', 20_000), {"temuan-lain": 1},
    ),
    "thousands of key columns": (_key_columns, {"kolom-ganda": 6000}),
    "a closing row far below": (_far_end, {}),
    "5,000 rows without a figure": (lambda raw: _long_table(raw, "2.2 IKU", MAX_ROWS), {}),
    "40,000 figures in columns of texts": (
        lambda raw: _long_table(raw, "2.2 IKU", MAX_ROWS, lambda row: "".join(f'<c r="{letter}{row}"><v>1</v></c>' for letter in "CDEFGHIJ")), {"temuan-lain": 1},
    ),
    "5,000 unknown indicators beside 450 known": (
        lambda raw: _long_table(
            _long_table(raw, "2.2 IKU", 450, lambda row: f'<c r="D{row}" {_text(f"Indikator yang dikenal {row}")}</c>'),
            "3.4 Keuangan", MAX_ROWS, lambda row: f'<c r="I{row}" {_text(f"Indikator tak dikenal {row}")}</c>',
        ), {"temuan-lain": 1},
    ),
    "a text of 10 MB": (lambda raw: cell_replaced(raw, "C8", f'<c r="C8" {_text("x" * TEN_MB)}</c>'), {"teks-terlalu-panjang": 1}),
    "a text of 10 MB for a figure": (lambda raw: cell_replaced(raw, "D8", f'<c r="D8" {_text("x" * TEN_MB)}</c>'), {"tipe": 1}),
}  # fmt: skip


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", READ)
def test_is_read_at_a_bounded_cost(
    name: str, isolated: Isolated, sample_bytes: bytes, tmp_path: Path
) -> None:
    build, expected = READ[name]
    path = tmp_path / "banyak.xlsx"
    path.write_bytes(build(sample_bytes))
    _cheap(isolated.read(path))
    outcome = isolated.command("validate", path, "--format", "json")
    assert (outcome.code, outcome.err) == (1, "")
    _cheap(outcome, seconds=8)
    assert len(outcome.out) < 10_000_000
    ((file,),) = (json.loads(outcome.out),)
    rules = [each["aturan"] for each in file["temuan"]]
    assert len(rules) <= guard.LIMITS.findings + 1
    assert {rule: rules.count(rule) for rule in expected} == expected


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "build",
    [
        _renamed_mark("ikk:2", "ikk:99999"),
        _renamed_mark("iku:1", "iku:88888"),
        _renamed_mark("keuangan:80", "keuangan:4999"),
        _far_end,
    ],
)
def test_a_number_that_no_row_has_makes_no_rows(
    build: Builder, isolated: Isolated, sample_bytes: bytes, tmp_path: Path
) -> None:
    path, back = tmp_path / "jahat.xlsx", tmp_path / "kembali"
    path.write_bytes(build(sample_bytes))
    outcome = isolated.command("validate", path, "--annotate", back)
    assert outcome.code == 1
    _cheap(outcome, seconds=4)
    rows = {sheet.title: sheet.max_row for sheet in openpyxl.load_workbook(back / "jahat.xlsx")}
    assert max(rows.values()) < 300


def test_a_renumbered_row_keeps_its_figures_in_all_tables(sample_file: Path, template: Template) -> None:
    before = read_workbook(sample_file, template)
    filled = max(row for part, row in before.submission.tables["ikk"] if part == "ikk")
    sample_file.write_bytes(_renamed_mark(f"ikk:{filled}", "ikk:99999")(sample_file.read_bytes()))
    after = read_workbook(sample_file, template)
    assert after.findings == before.findings
    moved = {("ikk", filled): ("ikk", 10)}
    for key, rows in before.submission.tables.items():
        assert after.submission.tables[key] == {moved.get(row, row): cells for row, cells in rows.items()}


@pytest.mark.parametrize("mark", ["idm:6", "idm:0", "idm:99999"])
def test_a_row_that_a_fixed_table_does_not_have_is_reported(
    mark: str, sample_file: Path, template: Template
) -> None:
    sample_file.write_bytes(_renamed_mark("idm:5", mark)(sample_file.read_bytes()))
    (checked,), _ = validate([sample_file], template)
    assert ("di-luar-tabel", "IDM", "D12") in seen(checked.findings)
    document, lost = export(sample_file, template, computed=False)
    assert len(document["tabel"]["idm"]) == 4
    assert ("di-luar-tabel", "IDM", "D12") in seen(lost.findings)
    returned(checked, template)


def test_a_column_of_a_year_that_the_report_does_not_have_is_reported(
    sample_file: Path, template: Template
) -> None:
    sample_file.write_bytes(_renamed_mark("target@2018", "target@9999")(sample_file.read_bytes()))
    (checked,), _ = validate([sample_file], template)
    (found,) = [each for each in checked.findings if each.rule == "tahun-kolom"]
    assert (found.sheet, found.severity.value) == ("3.2 Tren", "galat")
    assert found.message == (
        "Kolom TARGET 9999 di lembar 3.2 Tren bukan untuk laporan tahun 2023 periode 2018-2023, jadi tidak dibaca"
    )
    document, _ = export(sample_file, template, computed=False)
    assert "9999" not in json.dumps(document)
    returned(checked, template)


def test_findings_beyond_the_limit_are_counted(sample_file: Path, template: Template) -> None:
    limits = replace(guard.LIMITS, findings=5)
    (all_,), _ = validate([sample_file], template)
    (some,), _ = validate([sample_file], template, limits)
    rest, *said = some.findings
    assert len(said) == 5
    assert said == [each for each in all_.findings if each in said]  # in the same order
    assert (rest.rule, rest.severity.value, rest.sheet, rest.cell) == ("temuan-lain", "galat", "", "")
    assert (
        rest.message
        == "Ada 44 temuan lagi (1 galat, 41 peringatan, 2 catatan) yang tidak disebut satu per satu"
    )


def test_the_largest_tables_are_within_the_budget(template: Template) -> None:
    for key in ("pk", "iku", "ikk", "keuangan", "efisiensi", "analisis"):
        setup = Setup(2023, (2018, 2023), frozenset({"idm"}), {key: MAX_ROWS})
        assert form_area(template, setup) <= guard.LIMITS.form
    both = Setup(2023, (2018, 2023), frozenset({"idm"}), {"iku": MAX_ROWS, "ikk": MAX_ROWS})
    assert form_area(template, both) > guard.LIMITS.form


@pytest.mark.parametrize("limit", ["area", "form"])
def test_a_limit_of_the_whole_at_its_edge(
    limit: str, sample_file: Path, template: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "_ORDINARY", 0)
    workbook = read_workbook(sample_file, template)
    sheets = guard.sheets_of(guard.open_file(sample_file), apart=read._APART)
    edges = {
        "area": sum(sheet.area for sheet in sheets.values()),
        "form": form_area(template, fitted(template, workbook.submission)),
    }
    read_workbook(sample_file, template, replace(guard.LIMITS, **{limit: edges[limit]}))
    with pytest.raises(WorkbookError) as error:
        read_workbook(sample_file, template, replace(guard.LIMITS, **{limit: edges[limit] - 1}))
    assert str(error.value) == f"{sample_file}: {WIDE if limit == 'area' else LONG}"
