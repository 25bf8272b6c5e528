"""Locked cells of a returned workbook: which formulas are gone, what stands there, and what that changes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lkjip_xl.base.findings import Finding
from lkjip_xl.check.overwritten import overwritten
from lkjip_xl.compute.results import compute
from lkjip_xl.form.submission import stack
from lkjip_xl.pipeline import validate
from lkjip_xl.read.reader import read_workbook
from lkjip_xl.template.load import load_template
from lkjip_xl.xlsx.guard import LIMITS
from parts import put, read_parts, sheets_of, write_parts
from support import Office, fill, rewrite_part

TEMPLATE = load_template()


def _findings(path: Path) -> list[Finding]:
    (checked,), _ = validate([path], TEMPLATE)
    return list(checked.findings)


@pytest.mark.parametrize(
    ("typed", "rule", "value", "message"),
    [
        (90, "rumus-ditimpa", "90", "Capaian Kinerja (%): rumusnya diganti 90, sedangkan hitungannya 91,67, selisih -1,67"),
        ("91,67", "rumus-ditimpa", "91,67", "Capaian Kinerja (%): rumusnya diganti “91,67”, sedangkan hitungannya 91,67"),
        (None, "rumus-ditimpa", "", "Capaian Kinerja (%): rumusnya diganti kosong, sedangkan hitungannya 91,67"),
        (True, "rumus-ditimpa", "TRUE", "Capaian Kinerja (%): rumusnya diganti “TRUE”, sedangkan hitungannya 91,67"),
        ("=J8/H8", "rumus-ditimpa", "=J8/H8", "Capaian Kinerja (%): rumusnya diganti rumus “=J8/H8” (hasilnya kosong), sedangkan hitungannya 91,67"),
        (91.67, "rumus-diganti", "91,67", "Capaian Kinerja (%): rumusnya diganti isi tetap atau rumus lain dengan hasil yang sama"),
    ],
)  # fmt: skip
def test_a_replaced_formula_is_found_at_its_cell(
    clean: Path, typed: Any, rule: str, value: str, message: str
) -> None:
    (found,) = _findings(fill(clean, {"3.1 Kinerja": {"K8": typed}}))
    assert (found.rule, found.sheet, found.cell, found.value) == (rule, "3.1 Kinerja", "K8", value)
    assert (found.message, found.expected) == (message, "91,67")
    assert found.severity == ("catatan" if rule == "rumus-diganti" else "peringatan")


@pytest.mark.parametrize(
    ("sheet", "cell", "typed", "value", "expected"),
    [
        ("3.1 Kinerja", "L8", "Berhasil", "Berhasil", "Sangat Berhasil"),
        ("3.1 Kinerja", "K28", 104.5, "104,5", "93,42"),
        ("3.1 Kinerja", "K11", 90, "90", "kosong"),
        ("3.4 Keuangan", "W88", 1, "1", "11.000.000.012"),
        ("3.4 Keuangan", "W88", "=L8+1", "=L8+1", "11.000.000.012"),
    ],
)
def test_what_is_expected_is_the_value_as_people_read_it(
    clean: Path, sheet: str, cell: str, typed: Any, value: str, expected: str
) -> None:
    """The formula that belongs there stands in the workbook that goes back, in the cell itself."""
    (found,) = [each for each in _findings(fill(clean, {sheet: {cell: typed}})) if each.cell == cell]
    assert (found.rule, found.value, found.expected) == ("rumus-ditimpa", value, expected)


def test_another_formula_with_a_blank_result_is_the_same_as_a_blank_one(clean: Path) -> None:
    """Beside a figure that is another: only then is this table looked at."""
    first, second = _findings(fill(clean, {"3.1 Kinerja": {"K8": 90, "K11": "=J8/H8"}}))
    assert (first.rule, first.cell) == ("rumus-ditimpa", "K8")
    assert (second.rule, second.cell, second.value, second.expected) == (
        "rumus-diganti", "K11", "=J8/H8", "kosong",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("limit", "said", "more"), [(3, ["K8", "K9", "K10"], 0), (2, ["K8", "K9"], 1), (1, ["K8"], 2)]
)
def test_cells_beyond_the_limit_are_counted(limit: int, said: list[str], more: int, clean: Path) -> None:
    path = fill(clean, {"3.1 Kinerja": {"K8": 1, "K9": 2, "K10": 3}})
    workbook = read_workbook(path, TEMPLATE, replace(LIMITS, findings=limit))
    results = compute(TEMPLATE, stack(TEMPLATE, [workbook.submission]))
    ((found, left),) = overwritten(results, [workbook])
    assert ([each.cell for each in found], left) == (said, more)


def test_the_computed_figure_counts(clean: Path) -> None:
    from lkjip_xl.pipeline import export

    right = export(clean, TEMPLATE, computed=True)[0]
    wrong = export(fill(clean, {"3.1 Kinerja": {"K8": 1, "K28": 2}}), TEMPLATE, computed=True)[0]
    assert wrong == right


def test_a_replaced_total_is_found(clean: Path) -> None:
    (found,) = _findings(fill(clean, {"3.1 Kinerja": {"K28": 1}}))
    assert (found.rule, found.cell) == ("rumus-ditimpa", "K28")
    assert (
        found.message
        == "Capaian Kinerja (%): rumusnya diganti 1, sedangkan hitungannya 93,42, selisih -92,42"
    )


def test_a_column_of_pasted_values_is_one_note_a_cell(clean: Path) -> None:
    values = openpyxl.load_workbook(clean, data_only=True)["3.1 Kinerja"]
    pasted = {f"K{row}": values[f"K{row}"].value for row in range(8, 29)}
    found = _findings(fill(clean, {"3.1 Kinerja": pasted}))
    assert {each.rule for each in found} == {"rumus-diganti"}
    assert [each.cell for each in found] == [cell for cell, value in pasted.items() if value is not None]
    assert len(found) == 7


def test_a_lost_check_is_one_note_for_the_table(clean: Path) -> None:
    (found,) = _findings(fill(clean, {"1.1 Pegawai": {"E8": "sesuai", "E9": None}}))
    assert (found.rule, found.severity, found.cell) == ("pemeriksaan-hilang", "catatan", "E8")
    assert found.message == "2 sel pemeriksaan tidak lagi berisi rumusnya, jadi tidak menunjukkan kesalahan"


@pytest.mark.parametrize(
    ("changes", "sheet", "cell"),
    [
        ({"1.1 Pegawai": {"F9": None}}, "1.1 Pegawai", "E9"),
        ({"AKIP": {"G6": None}}, "AKIP", "E6"),
        ({"Periksa": {"A2": "SIAP DIKIRIM", "K1": 0}}, "Periksa", ""),
    ],
)
def test_hidden_checks_are_looked_at_too(
    clean: Path, changes: dict[str, dict[str, Any]], sheet: str, cell: str
) -> None:
    (found,) = _findings(fill(clean, changes))
    assert (found.rule, found.sheet, found.cell) == ("pemeriksaan-hilang", sheet, cell)


def test_an_inserted_row_is_one_finding(clean: Path) -> None:
    book = openpyxl.load_workbook(clean)
    sheet = book["3.4 Keuangan"]
    for row in (
        88,
        87,
    ):  # the closing row moves down by one, and a typed row without formulas comes before it
        for cell in sheet[row]:
            moved = sheet.cell(row + 1, cell.column)
            if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                moved.value = cell.value
    for cell in sheet[87]:
        cell.value = None
    values = {"C": "Program", "E": "Program sisipan", "F": 500, "G": 400, "I": "Indikator utama 1"}
    for column, value in values.items():
        sheet[f"{column}87"].value = value
    book.save(clean)
    found = [each for each in _findings(clean) if each.rule == "baris-tanpa-rumus"]
    assert [(each.sheet, each.cell) for each in found] == [("3.4 Keuangan", "H87")]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/styles.xml", "<fills", "<fills><fill/><x"),
        ("xl/worksheets/sheet4.xml", 'type="whole"', 'type="entah"'),
        ("xl/workbook.xml", "<calcPr ", '<calcPr x="y" '),
        ("docProps/core.xml", "2024-01-01T", "kemarin"),
    ],
)
def test_odd_parts_around_the_cells_do_not_matter(clean: Path, part: str, old: str, new: str) -> None:
    rewrite_part(clean, part, old.encode(), new.encode())
    assert _findings(clean) == []


def test_cells_that_break_the_library_are_a_note(clean: Path) -> None:
    """A shared formula that is none, which the library takes apart to write it for another cell."""
    parts = read_parts(clean)
    put(parts, "3.1 Kinerja", "K8", '><f t="shared" ref="K8:K9" si="999">"</f>')
    put(parts, "3.1 Kinerja", "K9", '><f t="shared" si="999"/>')
    write_parts(parts, clean)
    (found,) = _findings(clean)
    assert (found.rule, found.severity) == ("rumus-tidak-terperiksa", "catatan")


def test_rows_inserted_above_do_not_matter(clean: Path) -> None:
    """Excel shifts every formula with its cells; here the sheet of another table is what moves."""
    book = openpyxl.load_workbook(clean)
    book.move_sheet("AKIP", -10)
    book.save(clean)
    assert _findings(clean) == []


@pytest.mark.office
def test_another_program_may_spell_formulas_its_own_way(clean: Path, tmp_path: Path, office: Office) -> None:
    assert _findings(office.saved(clean, tmp_path / "kantor")) == []


def test_the_sheet_periksa_may_be_gone(clean: Path) -> None:
    raw = read_parts(clean)
    raw["xl/workbook.xml"] = re.sub(rb'<sheet name="Periksa"[^>]*/>', b"", raw["xl/workbook.xml"])
    write_parts(raw, clean)
    assert _findings(clean) == []


@pytest.mark.parametrize("damage", [b"<worksheet>", b"<!DOCTYPE x [<!ENTITY a 'a'>]><worksheet/>", b"\xff"])
def test_a_damaged_sheet_periksa_is_a_note_and_costs_no_figure(clean: Path, damage: bytes) -> None:
    raw = read_parts(clean)
    raw[sheets_of(raw)["Periksa"]] = damage
    write_parts(raw, clean)
    (found,) = _findings(clean)
    assert (found.rule, found.severity, found.sheet) == ("rumus-tidak-terperiksa", "catatan", "")
