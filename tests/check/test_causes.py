"""What may only follow from another cell stands with it; nothing is left out, and what stands by itself follows from nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lkjip_xl.base.findings import Finding
from lkjip_xl.pipeline import returned, validate
from lkjip_xl.template.load import load_template
from parts import put, read_parts, text, write_parts
from support import ROOT, fill

TEMPLATE = load_template()
CORRECTED = ROOT / "samples" / "dpmd-banyuasin-2023-koreksi.xlsx"


def _findings(path: Path) -> list[Finding]:
    (checked,), _ = validate([path], TEMPLATE)
    return list(checked.findings)


def _said(findings: list[Finding]) -> list[tuple[str, str, str]]:
    """Return the rule and cell of each finding, and the cell of its cause."""
    return [
        (each.rule, f"{each.sheet}!{each.cell}", "!".join(filter(None, each.cause or ())))
        for each in findings
    ]


# what is typed into the clean workbook; rule, cell, and the cell that it follows from
CASES: dict[str, tuple[dict[str, dict[str, Any]], list[tuple[str, str, str]]]] = {
    "a lookup follows from the row that it finds": (
        {"3.1 Kinerja": {"H8": "98 %"}, "3.3 Renstra": {"G8": None}},
        [("tipe", "3.1 Kinerja!H8", ""), ("wajib", "3.3 Renstra!G8", "")],
    ),
    "a lookup does not follow from another row": (
        {"3.1 Kinerja": {"H9": None}, "2.1 Perjanjian Kinerja": {"E8": 1234}},
        [("pk-target", "2.1 Perjanjian Kinerja!E8", ""), ("wajib", "3.1 Kinerja!H9", "")],
    ),
    "a lookup that finds nothing follows from every key that is wrong": (
        {"2.2 IKU": {"D9": "Indikator utama 1"}},
        [("unik", "2.2 IKU!D9", ""), ("acuan", "2.1 Perjanjian Kinerja!D9", "2.2 IKU!D9")],
    ),
    "what follows from something that follows, follows from the first": (
        {"2.2 IKU": {"D9": "Indikator utama 1"}, "2.1 Perjanjian Kinerja": {"E9": None}},
        [
            ("unik", "2.2 IKU!D9", ""),
            ("acuan", "2.1 Perjanjian Kinerja!D9", "2.2 IKU!D9"),
            ("wajib", "2.1 Perjanjian Kinerja!E9", ""),
        ],
    ),
    "a sum follows from every row that may belong to it": (
        {"3.4 Keuangan": {"C12": None, "F9": 5}},
        [
            ("anggaran-rincian", "3.4 Keuangan!F9", "3.4 Keuangan!C12"),
            ("wajib", "3.4 Keuangan!C12", ""),
            ("anggaran-satuan", "3.4 Keuangan!W88", "3.4 Keuangan!C12"),
        ],
    ),
    "figures of other years are no cause": (
        {"3.2 Tren": {"E8": "98 %", "L8": 5000}},
        [("tipe", "3.2 Tren!E8", ""), ("tren-ekstrem", "3.2 Tren!L8", "")],
    ),
    "what a declared rule says of a cell that holds the wrong kind of thing follows from that": (
        {"3.4 Keuangan": {"F10": "1.000,00"}},
        [("tipe", "3.4 Keuangan!F10", ""), ("anggaran-wajib", "3.4 Keuangan!F10", "3.4 Keuangan!F10")],
    ),
    "nothing is missing where something stands": (
        {"3.1 Kinerja": {"H8": "98 %"}},
        [("tipe", "3.1 Kinerja!H8", "")],
    ),
    "what holds for rows below follows from a cell above that is wrong, not from one below": (
        {"2.1 Perjanjian Kinerja": {"C8": 5, "C9": None}, "2.2 IKU": {"C8": None, "C9": 5}},
        [
            ("tipe", "2.2 IKU!C9", ""),
            ("tipe", "2.1 Perjanjian Kinerja!C8", ""),
            ("iku-tanpa-sasaran", "2.2 IKU!C8", ""),
            ("iku-tanpa-sasaran", "2.2 IKU!C9", "2.2 IKU!C9"),
            ("pk-tanpa-sasaran", "2.1 Perjanjian Kinerja!C8", "2.1 Perjanjian Kinerja!C8"),
            ("pk-tanpa-sasaran", "2.1 Perjanjian Kinerja!C9", "2.1 Perjanjian Kinerja!C8"),
        ],
    ),
    "a text in a row that follows nothing is both": (
        {"3.3 Renstra": {"G11": "98 %"}},
        [("tipe", "3.3 Renstra!G11", ""), ("tanpa-asal", "3.3 Renstra!G11", "")],
    ),
}  # fmt: skip


@pytest.mark.sampled(4)
@pytest.mark.parametrize("case", CASES)
def test_what_follows_from_what(case: str, clean: Path) -> None:
    changes, expected = CASES[case]
    assert _said(_findings(fill(clean, changes))) == expected


def test_an_error_is_said_beside_a_blank_of_another_row(tmp_path: Path) -> None:
    path = tmp_path / "koreksi.xlsx"
    path.write_bytes(CORRECTED.read_bytes())
    before = _findings(path)
    fill(path, {"2.1 Perjanjian Kinerja": {"E8": 244}, "3.1 Kinerja": {"H20": None}})
    found = [each for each in _findings(path) if each.severity == "galat" and each not in before]
    assert _said(found) == [("pk-target", "2.1 Perjanjian Kinerja!E8", ""), ("wajib", "3.1 Kinerja!H20", "")]


def test_what_names_a_lost_table_stands_with_it(clean: Path) -> None:
    parts = read_parts(fill(clean, {"3.1 Kinerja": {"I8": 1}}))
    put(parts, "Analisis Penyebab", "A4", text("x"))  # the mark of the table
    write_parts(parts, clean)
    assert _said(_findings(clean)) == [
        ("tabel-hilang", "Analisis Penyebab!", ""),
        ("capaian-rendah", "3.1 Kinerja!I8", "Analisis Penyebab"),
        ("ket-efisien", "3.4 Keuangan!Z88", ""),
    ]


def test_a_cause_is_said_one_way(clean: Path, tmp_path: Path) -> None:
    (checked,), _ = validate([fill(clean, {"2.2 IKU": {"D9": "Indikator utama 1"}})], TEMPLATE)
    back = tmp_path / "kembali.xlsx"
    back.write_bytes(returned(checked, TEMPLATE))
    sheet = openpyxl.load_workbook(back, read_only=True)["Temuan"]
    shown = [row[-1] for row in sheet.iter_rows(values_only=True) if row[1] in ("galat", "peringatan")]
    assert shown == [each.as_json()["ikut"] or None for each in checked.findings]
    assert "2.2 IKU!D9" in shown
