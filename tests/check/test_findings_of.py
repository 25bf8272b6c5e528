"""Each field rule and each declared rule: planted in a clean workbook, exactly it fires, at exactly its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from clean import clean_document
from coded import PLANTED as CODED
from engines import betteroffice
from lkjip_xl.base.findings import Finding
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.submission import Submission
from lkjip_xl.pipeline import validate
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Template
from lkjip_xl.words import wording
from lkjip_xl.xlsx.guard import LIMITS
from parity import Python
from parts import new_style, number, put, read_parts, text, write_parts
from planted import DRAGGED, FOLLOWED, FOLLOWING, PLANTED, PLAUSIBLE, Changes
from support import fill, found_together, grid_by_address, seen
from yearly import PLANTED as YEARLY

pytestmark = pytest.mark.xdist_group("planted")  # what is validated together is so in one process
TEMPLATE = load_template()
Write = Callable[[Submission], Path]
Grid = Mapping[tuple[str, str], Any]


def _findings(path: Path) -> list[Finding]:
    (checked,), _ = validate([path], TEMPLATE)
    return list(checked.findings)


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory, clean_bytes: bytes) -> Grid:
    """What stands in the clean workbook, by sheet and address."""
    path = tmp_path_factory.mktemp("bersih") / "bersih.xlsx"
    path.write_bytes(clean_bytes)
    return grid_by_address(path)


@pytest.mark.parametrize("size", [(3, 8, 1), (30, 250, 6), (3, 250, 6)], ids=str)
def test_a_clean_workbook_gives_no_finding(size: tuple[int, int, int], written: Write) -> None:
    indicators, budget, years = size
    document = clean_document(indicators=indicators, budget=budget, years=years)
    assert _findings(written(from_document(document, TEMPLATE))) == []


@pytest.fixture(scope="module")
def planted_and_mended(
    tmp_path_factory: pytest.TempPathFactory, clean_bytes: bytes, right: Grid
) -> dict[tuple[str, str], list[Finding]]:
    """What is found with each planted fault, and once its message has been followed."""
    files: dict[tuple[str, str], Path] = {}
    for at, (name, changes, (_, sheet, cell), _, _) in enumerate(PLANTED):
        folder = tmp_path_factory.mktemp(f"rusak{at}")
        faulty, mended = folder / "rusak.xlsx", folder / "benar.xlsx"
        faulty.write_bytes(clean_bytes)
        fill(faulty, changes)
        mended.write_bytes(faulty.read_bytes())
        fill(mended, FOLLOWED.get(name) or {sheet: {cell: right.get((sheet, cell))}})
        files[name, "planted"], files[name, "mended"] = faulty, mended
    return found_together(files, TEMPLATE)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted[0])
def test_planted_fault_is_found_alone(
    planted: Any, planted_and_mended: dict[tuple[str, str], list[Finding]]
) -> None:
    name, _, place, message, remedy = planted
    findings = planted_and_mended[name, "planted"]
    (found,) = [each for each in findings if each.cause is None]
    assert (seen([found]), found.message, found.remedy) == ([place], message, remedy)
    following = [each for each in findings if each.cause == (found.sheet, found.cell)]
    assert seen(following) == FOLLOWING.get(name, [])
    assert len(findings) == 1 + len(following)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted[0])
def test_following_the_message_mends_it(
    planted: Any, planted_and_mended: dict[tuple[str, str], list[Finding]]
) -> None:
    found = planted_and_mended[planted[0], "mended"]
    assert [finding for finding in found if not finding.explanation] == []


CODES = ("2.13", "2.13.0.00.0.00.01", "1-02.0-00.0-00.01", "DPMD", "dpmd ", "KEC-01", "7")
NIPS = ("198402122006041003", "19840212 200604 1 003", None)


@pytest.fixture(scope="module")
def unplanted(
    tmp_path_factory: pytest.TempPathFactory, clean_bytes: bytes, right: Grid
) -> dict[tuple[str, str | None], list[Finding]]:
    """What is found with right codes, dragged years (and once they are mended), and what is unusual but right."""
    changed: dict[tuple[str, str | None], Changes] = {
        (code, nip): {"Identitas": {"C5": code, "C15": nip}} for code in CODES for nip in NIPS
    }
    for name, changes, _ in DRAGGED:
        changed[name, "dragged"] = changes
        changed[name, "mended"] = {
            sheet: {cell: right.get((sheet, cell)) for cell in cells} for sheet, cells in changes.items()
        }
    changed |= {(each[0], "plausible"): each[1] for each in PLAUSIBLE}
    folder = tmp_path_factory.mktemp("lain")
    files = {key: folder / f"{at}.xlsx" for at, key in enumerate(changed)}
    for key, path in files.items():
        path.write_bytes(clean_bytes)
        if key[1] == "mended":
            fill(path, changed[key[0], "dragged"])
        fill(path, changed[key])
    return found_together(files, TEMPLATE)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("nip", NIPS)
def test_codes_that_are_right(
    code: str, nip: str | None, unplanted: dict[tuple[str, str | None], list[Finding]]
) -> None:
    assert unplanted[code, nip] == []


@pytest.mark.parametrize("dragged", DRAGGED, ids=lambda dragged: dragged[0])
def test_years_dragged_over_figures(
    dragged: Any, unplanted: dict[tuple[str, str | None], list[Finding]]
) -> None:
    name, _, (rule, sheet, marked) = dragged
    assert seen(unplanted[name, "dragged"]) == [(rule, sheet, cell) for cell in marked]
    assert unplanted[name, "mended"] == []


@pytest.mark.parametrize("plausible", PLAUSIBLE, ids=lambda plausible: plausible[0])
def test_what_is_unusual_but_right_is_left_alone(
    plausible: Any, unplanted: dict[tuple[str, str | None], list[Finding]]
) -> None:
    assert seen(unplanted[plausible[0], "plausible"]) == []


def test_the_same_amounts_twice(clean: Path) -> None:
    row = {"C13": "Program", "E13": "Program lain", "F13": 5000000007, "G13": 4750000000}
    findings = _findings(fill(clean, {"3.4 Keuangan": row}))
    assert [(f.rule, f.cell, f.message) for f in findings] == [
        ("pasangan-sama", "F12", "Anggaran dan realisasi Program 5 (5.000.000.007,00 dan 4.750.000.000,00) sama persis dengan Program lain"),
        ("pasangan-sama", "F13", "Anggaran dan realisasi Program lain (5.000.000.007,00 dan 4.750.000.000,00) sama persis dengan Program lain"),
    ]  # fmt: skip


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("figures", "message"),
    [  # target and realisasi of each of the few indicators
        ([(78.36, 78.36)], "1 dari 1 realisasi sama persis dengan targetnya"),
        ([(243, 243), (80.6, 80.6)], "2 dari 2 realisasi sama persis dengan targetnya"),
        ([(60, 60), (61, 61), (62, 57), (63, 63)], "3 dari 4 realisasi sama persis dengan targetnya"),
        ([(12, 12)], None),
        ([(78.36, 78.35)], None),
        ([(60, 60), (61, 61), (62, 57)], None),
        ([(100, 100), (100, 100), (62, 57)], None),
    ],
    ids=str,
)
def test_realisasi_that_equals_target_in_a_small_table(
    figures: list[tuple[float, float]], message: str | None, written: Write
) -> None:
    document = clean_document(indicators=len(figures), years=1)
    tables = document["tabel"]
    for part in ("ikk", "renstra"):
        del tables[part]
    tables["kinerja"] = {"iku": [{"target": t, "realisasi_isian": r} for t, r in figures]}
    for row, indicator in enumerate(tables["iku"]):
        indicator["satuan"] = "%"
        tables["pk"][row]["target"] = figures[row][0]
    path = written(from_document(document, TEMPLATE))
    found = [each for each in _findings(path) if each.rule == "realisasi-sama-target"]
    assert [each.message for each in found] == [message] * (message is not None)


def test_a_year_that_has_not_come(written: Write) -> None:
    document = clean_document()
    document["periode"] = [2018, 2025]
    path = fill(written(from_document(document, TEMPLATE)), {"3.2 Tren": {"S8": 70}})
    (found,) = _findings(path)
    assert (found.rule, found.sheet, found.cell) == ("realisasi-masa-depan", "3.2 Tren", "S8")
    assert found.message == "Realisasi Indikator utama 1 sudah diisi 70, padahal tahunnya belum tiba"


def test_a_percentage_in_a_column_of_a_year_is_named_with_the_year(clean: Path) -> None:
    parts = read_parts(clean)
    put(parts, "IDM", "E8", number(0.5), new_style(parts, "0%"))
    write_parts(parts, clean)
    (found,) = [each for each in _findings(clean) if each.rule == "persen-di-angka"]
    assert (found.sheet, found.cell, found.message) == (
        "IDM", "E8", "Tahun 2022 tampak sebagai “50 %”, tetapi tersimpan seperseratusnya",
    )  # fmt: skip


def test_a_lost_table_hides_nothing_that_does_not_name_it(clean: Path) -> None:
    parts = read_parts(fill(clean, {"AKIP": {"C8": "D"}}))
    put(parts, "1.3 Golongan", "A4", text("x"))  # the mark of the table
    write_parts(parts, clean)
    assert seen(_findings(clean)) == [("tabel-hilang", "1.3 Golongan", ""), ("akip-predikat", "AKIP", "C8")]


@pytest.mark.parametrize(("part", "cell"), [("iku", "I8 I9 I10"), ("ikk", "I18")])
def test_a_mean_that_cannot_be_computed_is_not_spoken_of(part: str, cell: str, written: Write) -> None:
    """Of the mean of 3.1 and of the capaian that does not enter it, one is missing."""
    document = clean_document()
    document["tabel"]["pk"].append({"sasaran": "Sasaran 1", "indikator": "Indikator kunci 1", "target": 60})
    for row in document["tabel"]["kinerja"][part][: len(cell.split())]:
        del row["realisasi_isian"]
    found = _findings(written(from_document(document, TEMPLATE)))
    assert seen(found) == [("realisasi-wajib", "3.1 Kinerja", each) for each in cell.split()]


@pytest.mark.parametrize(("cell", "value"), [("D9", 2e16), ("D9", -1e15)])
def test_a_number_that_is_too_great_is_said_once(cell: str, value: float, clean: Path) -> None:
    (found,) = _findings(fill(clean, {"1.1 Pegawai": {cell: value}}))
    assert (found.rule, found.cell, found.value) == ("tipe", cell, wording.number(value))
    assert (found.message, found.remedy) == (
        f"JUMLAH berisi {wording.number(value)}, terlalu besar untuk dihitung",
        "Periksa angkanya: paling banyak 15 angka di depan koma",
    )


def test_the_greatest_number_that_counts_is_out_of_range(clean: Path, tmp_path: Path) -> None:
    """polars takes it for 10^15 where it compares on 15 digits."""
    path = fill(clean, {"1.1 Pegawai": {"D9": 999999999999999}})
    assert seen(_findings(path)) == [("rentang", "1.1 Pegawai", "D9")]
    (shown,) = betteroffice(tmp_path / "hitung").grids([path])
    assert Python(path, TEMPLATE).compared(shown).disagreements == []


def test_every_declared_rule_is_planted() -> None:
    planted = {place[0] for _, _, place, _, _ in PLANTED} | {place[0] for _, _, place in DRAGGED}
    planted |= {"pasangan-sama", "realisasi-masa-depan"}
    planted |= {place[0] for _, _, place, _ in YEARLY}
    planted |= {rule for _, _, found in CODED for rule, _, _ in found}
    declared = {rule.id for table in TEMPLATE.tables.values() for rule in table.rules}
    assert declared <= planted


@pytest.mark.parametrize(
    ("limit", "said", "rest"),
    [
        (1, ["J9"], "Ada 1 temuan lagi (1 galat) yang tidak disebut satu per satu"),
        (2, ["J8", "J9"], None),
    ],
)
def test_of_too_many_findings_those_found_first_are_said(
    limit: int, said: list[str], rest: str | None, clean: Path
) -> None:
    """Cells of a wrong type are found first; what is said stands in the order of the cells."""
    path = fill(clean, {"2.2 IKU": {"J8": "naikk", "J9": 5}})
    (checked,), _ = validate([path], TEMPLATE, replace(LIMITS, findings=limit))
    assert [each.cell for each in checked.findings if each.cell] == said
    assert [each.message for each in checked.findings if not each.cell] == ([rest] if rest else [])


def test_those_that_block_come_before_the_others(clean: Path) -> None:
    """But those that block come before the others."""
    book = openpyxl.load_workbook(clean)
    book["1.3 Golongan"]["C27"] = 77
    book["1.3 Golongan"].protection.sheet = False
    book["1.1 Pegawai"]["D9"] = "x"
    book.save(clean)
    assert seen(_findings(clean)) == [
        ("tipe", "1.1 Pegawai", "D9"),
        ("di-luar-tabel", "1.3 Golongan", "C27"),
        ("kunci-dibuka", "1.3 Golongan", ""),
    ]


def test_same_answer_twice(sample_file: Path) -> None:
    assert _findings(sample_file) == _findings(sample_file)


def _unfilled(*cells: str) -> list[tuple[str, str, str]]:
    """Return what is said of years that the report leaves blank."""
    return [("belum-diisi", "3.2 Tren", cell) for cell in cells]


def test_the_sample_as_published_has_the_faults_of_the_report(sample_file: Path) -> None:
    found = _findings(sample_file)
    assert seen([finding for finding in found if finding.severity == "galat"]) == [
        ("unik", "1.3 Golongan", "B12"),
        ("acuan", "2.1 Perjanjian Kinerja", "D8"),
        ("realisasi-beda-hitung", "3.1 Kinerja", "I24"),
    ]
    assert seen([finding for finding in found if finding.severity != "galat"]) == [
        ("iku-tanpa-pk", "2.2 IKU", "D8"),
        ("iku-satuan", "2.2 IKU", "E8"),
        ("ikk-satuan", "IKK", "D10"),
        ("ikk-satuan", "IKK", "D11"),
        ("ikk-satuan", "IKK", "D12"),
        ("pk-sasaran", "2.1 Perjanjian Kinerja", "C8"),
        ("pk-sasaran", "2.1 Perjanjian Kinerja", "C9"),
        ("pk-ikk", "2.1 Perjanjian Kinerja", "D9"),
        ("pk-sasaran", "2.1 Perjanjian Kinerja", "C10"),
        ("pk-ikk", "2.1 Perjanjian Kinerja", "D10"),
        ("target-mustahil", "3.1 Kinerja", "H24"),
        ("realisasi-sama-target", "3.1 Kinerja", "K28"),
        *_unfilled("E18", "K18"),
        ("tren-ekstrem", "3.2 Tren", "L18"),
        ("tren-ekstrem", "3.2 Tren", "M18"),
        ("capaian-seragam", "3.2 Tren", "T18"),
        *_unfilled("E19", "K19"),
        ("realisasi-target-lalu", "3.2 Tren", "N19"),
        ("capaian-rendah-lalu", "3.2 Tren", "R19"),
        ("capaian-rendah-lalu", "3.2 Tren", "S19"),
        *_unfilled("E20", "K20"),
        ("realisasi-baris-lain", "3.2 Tren", "L20"),
        *_unfilled("E21", "K21", "E22", "K22", "E23", "K23"),
        ("realisasi-status-desa", "3.2 Tren", "O23"),
        *_unfilled("E24", "F24", "K24", "L24", "M24"),
        ("realisasi-status-desa", "3.2 Tren", "O24"),
        ("capaian-rendah-lalu", "3.2 Tren", "T24"),
        ("efisiensi-tertinggal", "Efisiensi", "F8"),
        ("akip-tanpa-pk", "AKIP", "C6"),
        ("persen-bulat", "3.4 Keuangan", "G11"),
        ("ket-efisien", "3.4 Keuangan", "Z88"),
        ("total-penunjang", "3.4 Keuangan", "W88"),
        ("jumlah-kegiatan", "Ikhtisar", "C5"),
        ("jumlah-sub-kegiatan", "Ikhtisar", "C6"),
    ]


def test_one_workbook_does_not_disturb_another(
    sample_file: Path, tmp_path: Path, template: Template, sample: Submission
) -> None:
    from lkjip_xl.write.render import render

    other = tmp_path / "bersih.xlsx"
    other.write_bytes(render(template, from_document(clean_document(), template)))
    third = tmp_path / "ketiga.xlsx"
    third.write_bytes(render(template, replace(sample, tables={})))
    alone = [_findings(path) for path in (sample_file, other, third)]
    together, _ = validate([sample_file, other, third], template)
    assert [list(checked.findings) for checked in together] == alone
