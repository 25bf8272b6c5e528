"""Rows that are deleted from a sheet: what they held is read nowhere else, and each that others ask for is named."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lkjip_xl.base.findings import Finding
from lkjip_xl.base.keys import RowKey
from lkjip_xl.form.layout import Placement
from lkjip_xl.form.submission import Cells
from lkjip_xl.pipeline import returned, validate
from lkjip_xl.read.reader import Workbook, read_workbook
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Table
from moving import deleted, move
from parts import Parts, put, read_parts, text, unshare, write_parts
from support import seen

TEMPLATE = load_template()
WORDS = "Pakai buku kerja dari validate --annotate, yang barisnya sudah kembali, lalu ketik isian baris itu"
TYPED = {  # what people type in the tables whose rows follow others, or are fixed
    "kinerja": "Target, Realisasi (diketik), Realisasi sementara (tidak dihitung), Realisasi sementara sampai dengan",
    "tren": "TARGET, REALISASI",
    "renstra": "Target s/d Tahun 2023",
    "standar": "Standar Nasional, Alasan bila tidak ada standar nasional",
    "idm": "Tahun 2021, Tahun 2022, Tahun 2023",
    "idm_ikk": "Indikator Kinerja Kunci",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, sample_bytes: bytes) -> tuple[Parts, Workbook, Path]:
    """Return the parts of the sample's workbook, how it is read, and where a changed one may be written."""
    path = tmp_path_factory.mktemp("baris") / "contoh.xlsx"
    path.write_bytes(sample_bytes)
    parts = read_parts(path)
    unshare(parts)  # once, not for each row that is deleted
    return parts, read_workbook(path, TEMPLATE), path


def _some_rows(table: Table, place: Placement, read: Cells) -> Iterator[RowKey]:
    """Yield of each part the last row in which something is typed, and the first blank one; of an own table also the first."""
    for part in table.parts:
        rows = [row for row in place.rows if row[0] == part]
        typed = [row for row in rows if row in read]
        blank = [row for row in rows if row not in read]
        first = typed[:1] if len(table.parts) == 1 else []
        yield from sorted({*first, *typed[-1:], *blank[:1]} or {rows[-1]})


def _name(row: RowKey, table: Table, tables: dict[str, Cells]) -> str:
    part, number = row
    if table.declared.fixed_rows:
        (fixed,) = table.declared.fixed_rows[number - 1].values()
        return f"“{fixed if len(fixed) <= 60 else fixed[:59] + '…'}”"
    indicator = str(tables[part][row]["indikator", None])
    return f"{part.upper()} ke-{number} “{indicator if len(indicator) <= 60 else indicator[:59] + '…'}”"


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    "table", [each for each in TEMPLATE.active(frozenset({"idm"})) if not each.is_form], ids=lambda t: t.key
)
def test_no_row_goes_without_a_word(table: Table, whole: tuple[Parts, Workbook, Path]) -> None:
    original, before, path = whole
    place, tables = before.placements[table.key], dict(before.submission.tables)
    counted = not (table.declared.rows_from or table.declared.fixed_rows or table.key in ("iku", "ikk"))
    for row in _some_rows(table, place, tables.get(table.key, {})):
        parts = dict(original)
        move(parts, place.sheet, rows=deleted(place.rows[row] + 1))
        write_parts(parts, path, zipfile.ZIP_STORED)
        after = read_workbook(path, TEMPLATE)
        left = {key: cells for key, cells in tables.get(table.key, {}).items() if key != row}
        if counted:  # the rows below move up
            left = {(part, n - (n > row[1])): cells for (part, n), cells in left.items()}
        assert after.submission.tables == {**tables, table.key: left}, row
        asked = bool(table.declared.fixed_rows) or (bool(table.declared.rows_from) and row in tables[row[0]])
        named = [
            f"Baris {_name(row, table, tables)} tidak ada di lembar {place.sheet}, jadi isiannya tidak terbaca ({TYPED[table.key]})"
        ] if asked else []  # fmt: skip
        assert [each.message for each in after.findings] == named, row
        assert {(each.rule, each.sheet, each.cell, each.remedy) for each in after.findings} <= {
            ("baris-hilang", place.sheet, "", WORDS)
        }


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("part", "row"), [("iku", 1), ("ikk", 1), ("ikk", 7)])
def test_a_row_that_others_follow_leaves_the_nearest_without_origin(
    part: str, row: int, whole: tuple[Parts, Workbook, Path]
) -> None:
    original, before, path = whole
    parts = dict(original)
    move(parts, before.placements[part].sheet, rows=deleted(before.placements[part].rows[part, row] + 1))
    write_parts(parts, path)
    orphans = {(f.sheet, f.cell) for f in _findings(path) if f.rule == "tanpa-asal"}
    following = before.placements["kinerja"]
    cells = before.submission.tables["kinerja"][part, row]
    assert orphans == {(following.sheet, following.cell(key, (part, row))) for key in cells}


def _findings(path: Path) -> list[Finding]:
    (checked,), _ = validate([path], TEMPLATE)
    return [each for each in checked.findings if not each.rule.startswith("rumus-")]


def _without_row(path: Path, sheet: str, row: int) -> Path:
    parts = read_parts(path)
    move(parts, sheet, rows=deleted(row))
    write_parts(parts, path)
    return path


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("sheet", "row"),
    [("3.1 Kinerja", 8), ("3.2 Tren", 9), ("3.3 Renstra", 18), ("Standar Nasional", 10), ("IDM", 8)],
)
def test_whatever_else_it_breaks_follows_from_it(sheet: str, row: int, clean: Path) -> None:
    """Required cells of the row are not asked for; sums of its column are said with it."""
    found = _findings(_without_row(clean, sheet, row))
    assert seen([each for each in found if each.cause is None]) == [("baris-hilang", sheet, "")]
    following = [each for each in found if each.cause is not None]
    assert seen(following) == [("idm-tetap", "IDM", cell) for cell in ("F12", "H12") if sheet == "IDM"]
    assert {each.cause for each in following} <= {(sheet, "")}


def test_the_workbook_that_goes_back_has_the_row_again(clean: Path) -> None:
    (checked,), _ = validate([_without_row(clean, "3.3 Renstra", 8)], TEMPLATE)
    clean.write_bytes(returned(checked, TEMPLATE))
    (found,) = _findings(clean)
    assert (found.rule, found.sheet, found.cell) == ("wajib", "3.3 Renstra", "G8")
    parts = read_parts(clean)
    put(parts, "3.3 Renstra", "G8", "><v>60</v>")
    write_parts(parts, clean)
    assert _findings(clean) == []


def test_a_row_without_a_name_goes_by_its_number(clean: Path) -> None:
    parts = read_parts(_without_row(clean, "3.2 Tren", 8))
    put(parts, "2.2 IKU", "D8", ">")
    write_parts(parts, clean)
    (found,) = [each for each in _findings(clean) if each.rule == "baris-hilang"]
    assert found.message == (
        "Baris IKU ke-1 tidak ada di lembar 3.2 Tren, jadi isiannya tidak terbaca (TARGET, REALISASI)"
    )


def test_where_the_origin_is_lost_its_other_followers_know_the_rows(clean: Path) -> None:
    parts = read_parts(_without_row(clean, "3.2 Tren", 8))
    put(parts, "2.2 IKU", "A4", text("x"))  # the mark of the table
    write_parts(parts, clean)
    found = [each.message for each in _findings(clean) if each.rule in ("tabel-hilang", "baris-hilang")]
    assert found == [
        "Tabel di lembar 2.2 IKU tidak ditemukan; lembarnya terhapus atau baris kuncinya rusak",
        "Baris IKU ke-1 tidak ada di lembar 3.2 Tren, jadi isiannya tidak terbaca (TARGET, REALISASI)",
    ]
