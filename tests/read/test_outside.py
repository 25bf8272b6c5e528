"""What stands where nobody reads it: below and beside tables, and over texts that are fixed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lkjip_xl.pipeline import export, returned, validate
from lkjip_xl.template.load import load_template
from parts import below, put, read_parts, sheets_of, text, write_parts
from support import fill

TEMPLATE = load_template()


def _said(path: Path) -> list[tuple[str, str, str, str]]:
    (checked,), _ = validate([path], TEMPLATE)
    return [(each.rule, each.sheet, each.cell, each.message) for each in checked.findings]


def test_what_is_typed_below_computed_columns_is_reported(clean: Path) -> None:
    parts = read_parts(clean)
    cells = f'<c r="H95"{text("Program tambahan")}</c><c r="M95"><v>12345.5</v></c>'
    below(parts, "3.4 Keuangan", 95, cells)
    write_parts(parts, clean)
    assert _said(clean) == [
        (
            "di-luar-tabel",
            "3.4 Keuangan",
            "H95",
            "“Program tambahan” di kolom Sasaran berada di luar baris tabel, jadi tidak dibaca",
        )
    ]
    _, lost = export(clean, TEMPLATE, computed=False)
    assert [(each.rule, each.value) for each in lost.findings] == [
        ("di-luar-tabel", "Program tambahan | 12.345,5")
    ]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "message"),
    [
        ("Identitas", "C9", "2021", "Tahun laporan berisi “2021”, padahal buku kerja ini dibuat untuk “2023”; yang berlaku tetap “2023”"),
        ("Identitas", "C10", "2019-2024", "Periode Renstra berisi “2019-2024”, padahal buku kerja ini dibuat untuk “2018-2023”; yang berlaku tetap “2018-2023”"),
        ("IDM", "C9", "MANDIRI", "STATUS IDM DESA berisi “MANDIRI”, padahal buku kerja ini dibuat untuk “MAJU”; yang berlaku tetap “MAJU”"),
        ("IDM", "C9", None, "STATUS IDM DESA berisi kosong, padahal buku kerja ini dibuat untuk “MAJU”; yang berlaku tetap “MAJU”"),
    ],
)  # fmt: skip
def test_a_fixed_text_that_is_typed_over_is_reported(
    sheet: str, cell: str, value: Any, message: str, clean: Path
) -> None:
    assert _said(fill(clean, {sheet: {cell: value}})) == [("teks-tetap-diganti", sheet, cell, message)]


def test_a_year_typed_as_a_number_is_the_same(clean: Path) -> None:
    assert _said(fill(clean, {"Identitas": {"C9": 2023}})) == []


def test_what_stands_beside_a_table_or_below_a_form_is_named(clean: Path) -> None:
    parts = read_parts(clean)
    put(parts, "3.1 Kinerja", "BZ8", text("catatan saya"))
    below(parts, "Identitas", 40, f'<c r="C40"{text("catatan lain")}</c>')
    write_parts(parts, clean)
    assert sheets_of(parts)
    assert _said(clean) == [
        (
            "di-luar-formulir",
            sheet,
            cell,
            f"1 sel di luar tabel atau formulir di lembar {sheet} terisi; tidak dibaca, dan tidak ikut ke buku kerja dari validate --annotate",
        )
        for sheet, cell in (("Identitas", "C40"), ("3.1 Kinerja", "BZ8"))
    ]


def test_remedies_have_no_placeholders() -> None:
    rules = [rule for table in TEMPLATE.tables.values() for rule in table.rules]
    remedies = [each.remedy for each in rules]
    remedies += [each.remedy for each in (*TEMPLATE.submission_rules, *TEMPLATE.consolidation_rules)]
    assert [each for each in remedies if "{" in each] == []


def test_the_title_above_what_was_outside_is_not_outside_itself(clean: Path) -> None:
    """In 3.2 it stands in a computed column."""
    parts = read_parts(clean)
    below(parts, "3.2 Tren", 95, '<c r="E95"><v>5</v></c>')
    write_parts(parts, clean)
    (checked,), _ = validate([clean], TEMPLATE)
    clean.write_bytes(returned(checked, TEMPLATE))
    found = _said(clean)
    assert [(rule, sheet) for rule, sheet, _, _ in found] == [("di-luar-tabel", "3.2 Tren")]
    assert found[0][3].startswith("“5” di kolom TARGET 2018")
