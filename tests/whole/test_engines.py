"""The spreadsheet programs that judge: they recalculate, an error never passes, and what one does otherwise is known by name."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.merge import MergedCellRange

from clean import clean_document
from engines import QUIRKS, Disagreement, Engine, betteroffice, explained, libreoffice
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.submission import Submission
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.write.render import render
from parity import Python, run
from parts import put, read_parts, write_parts
from quick_openpyxl import PLAIN, FilledDown
from support import Cell, fill, formulas, grid

_K8 = ("3.1 Kinerja", 8, 11)


@pytest.fixture(params=["betteroffice", pytest.param("LibreOffice", marks=pytest.mark.office)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    if request.param == "betteroffice":
        return betteroffice(tmp_path / "hitung")
    return libreoffice(request.getfixturevalue("office"), tmp_path / "kantor")


@pytest.fixture
def fast(tmp_path: Path) -> Engine:
    return betteroffice(tmp_path / "hitung")


def _clean(path: Path, template: Template, **changes: Any) -> Path:
    document = clean_document()
    document["tabel"]["kinerja"]["iku"][0] |= changes
    path.write_bytes(render(template, from_document(document, template)))
    return path


@pytest.fixture(scope="module")
def clean_path(tmp_path_factory: pytest.TempPathFactory, template: Template) -> Path:
    return _clean(tmp_path_factory.mktemp("bersih") / "isian.xlsx", template)


@pytest.fixture(scope="module")
def judged(clean_path: Path, template: Template) -> tuple[dict[Cell, Any], Python]:
    """What stands in the clean workbook, and what Python says of it."""
    return grid(clean_path), Python(clean_path, template)


@pytest.fixture(scope="module")
def clean_formulas(clean_path: Path) -> dict[Cell, str]:
    return formulas(clean_path)


@pytest.mark.long  # as many workbooks as wanted: make parity
def test_workbook_and_python_agree(tmp_path: Path, template: Template, fast: Engine) -> None:
    """LibreOffice judges some others, see ``test_live``."""
    results = run(range(6, 12), tmp_path, template, fast)
    assert [(seed, each.disagreements) for seed, each in results] == [(seed, []) for seed in range(6, 12)]
    assert sum(each.cells for _, each in results) > 20_000


@pytest.mark.long
def test_the_sample_without_its_results_gets_the_same_ones(sample_file: Path, fast: Engine) -> None:
    written = grid(sample_file)
    _forget_results(sample_file)
    assert len(formulas(sample_file)) > 7_000
    assert len(grid(sample_file)) < len(written)
    assert fast.grids([sample_file]) == [written]


@pytest.mark.long
def test_a_blank_workbook_without_its_results_gets_the_same_ones(
    tmp_path: Path, template: Template, fast: Engine
) -> None:
    path = tmp_path / "kosong.xlsx"
    path.write_bytes(render(template, Submission(Setup(2023, (2018, 2023), frozenset({"idm"})))))
    written = grid(path)
    _forget_results(path)
    assert fast.grids([path]) == [written]


def test_formulas_are_filled_down_as_openpyxl_does() -> None:
    """What ``quick_openpyxl`` is quicker at, on formulas with all that may stand in one."""
    texts = [
        "=A5+$B5+C$5+$D$5-SUM(E3:E$9,F$1:F5)", "='1.1 Lain'!A5*Lain!$B$2&\"A5: B6!C7\"", "=IF(LOG10(A5)>1,kinerja.a1,daftar.x12)",
        "=A1:INDEX(B:B,C5)+SUM(5:$9)", "=SUM(A5:B6:C7)+TRUE()+A$5%",
    ]  # fmt: skip
    for text, cell in itertools.product(texts, ("A6", "A5", "A105", "B7", "AB5")):
        assert FilledDown(text, "A5").translate_formula(cell) == Translator(text, "A5").translate_formula(
            cell
        )


def test_merged_cells_have_the_borders_that_openpyxl_gives_them(
    sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = []
    for way in (MergedCellRange.format, PLAIN):
        monkeypatch.setattr(MergedCellRange, "format", way)
        openpyxl.load_workbook(sample_file).save(tmp_path / "disimpan.xlsx")
        parts = read_parts(tmp_path / "disimpan.xlsx")
        saved.append({name: part for name, part in parts.items() if name != "docProps/core.xml"})
    assert saved[0] == saved[1]


@pytest.mark.long
def test_they_recalculate(tmp_path: Path, template: Template, engine: Engine) -> None:
    """A wrong cached result is put right, and another input gives another result."""
    path = _clean(tmp_path / "isian.xlsx", template)
    right = grid(path)
    formula = formulas(path)[_K8].replace("<", "&lt;").replace(">", "&gt;")
    parts = read_parts(path)
    put(parts, "3.1 Kinerja", "K8", f"><f>{formula}</f><v>1234</v>")
    write_parts(parts, path)
    assert grid(path)[_K8] == 1234
    assert engine.grids([path]) == [right]
    fill(path, {"3.1 Kinerja": {"J8": 30}})
    assert engine.grids([path])[0][_K8] == 50


def _forget_results(path: Path) -> None:
    openpyxl.load_workbook(path).save(path)


_MEANINGS: list[tuple[str, Any]] = [
    ("A1/0", "#DIV/0!"), ("A2+1", "#VALUE!"), ("NA()", "#N/A"), ("TIDAKADA(1)", "#NAME?"), ("#REF!", "#REF!"),
    ("A3", 0), ('IF(A3="","kosong","isi")', "kosong"), ('""', None), ("T(A1)", None), ("SUM(A1:A3)", 5),
    ('IF("">5,1,2)', 1), ('SUMPRODUCT(--(A1:A2="TEKS"))', 1), ("ROUND(2.675,2)", 2.68),
]  # fmt: skip


def test_errors_blanks_and_texts(tmp_path: Path, engine: Engine) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append([5])
    sheet.append(["teks"])
    for row, (formula, _) in enumerate(_MEANINGS, start=1):
        sheet.cell(row, 2, f"={formula}")
    book.save(tmp_path / "arti.xlsx")
    (found,) = engine.grids([tmp_path / "arti.xlsx"])
    results = [found.get((sheet.title, row, 2)) for row in range(1, len(_MEANINGS) + 1)]
    assert results == [result for _, result in _MEANINGS]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("cell", "shown", "ours"),
    [
        (_K8, "#N/A", "no error"),
        (_K8, "Err:508", "no error"),
        (("Periksa", 2, 1), "#REF!", "no error"),
        (_K8, 91.670000001, 91.67),
        (_K8, "91.67", 91.67),
        (_K8, None, 91.67),
        (("3.1 Kinerja", 11, 11), 0, None),
    ],
)
def test_any_error_and_any_other_value_is_wrong(
    cell: Cell, shown: Any, ours: Any, judged: tuple[dict[Cell, Any], Python]
) -> None:
    found, python = judged
    assert python.compared(found).disagreements == []
    assert python.compared(found | {cell: shown}).disagreements == [Disagreement(cell, ours, shown)]


def test_an_error_is_wrong_even_where_the_rule_fails(tmp_path: Path, template: Template) -> None:
    """A check that fails marks its cell; an error in it is something in the cell, too."""
    path = _clean(tmp_path / "isian.xlsx", template, target=-1)
    found = grid(path)
    (mark,) = [
        cell
        for cell, value in found.items()
        if cell[:2] == ("3.1 Kinerja", 8) and value == 1 and cell[2] > 20
    ][:1]
    assert Python(path, template).compared(found).disagreements == []
    assert Python(path, template).compared(found | {mark: "#VALUE!"}).disagreements == [
        Disagreement(mark, "no error", "#VALUE!")
    ]


def test_what_is_done_otherwise_is_known(tmp_path: Path, engine: Engine) -> None:
    """Where betteroffice has mended one, ``QUIRKS`` shall name it no more."""
    book = openpyxl.Workbook()
    for quirk in QUIRKS:
        sheet = book.create_sheet(quirk.name.split(":")[0].replace("=", "eq"))
        for address, value in quirk.typed.items():
            sheet[address] = value
        sheet["B1"] = f"={quirk.formula}"
    book.save(tmp_path / "contoh.xlsx")
    (found,) = engine.grids([tmp_path / "contoh.xlsx"])
    results = [found[sheet.title, 1, 2] for sheet in book.worksheets[1:]]
    assert results == [q.theirs if engine.name == "betteroffice" else q.right for q in QUIRKS]


@pytest.mark.long
def test_a_quirk_explains_its_cell_and_what_follows(tmp_path: Path, template: Template, fast: Engine) -> None:
    path = _clean(tmp_path / "isian.xlsx", template, target=200, realisasi_isian=2.01)
    (found,) = fast.grids([path])
    all_ = Python(path, template).compared(found).disagreements
    wrong = [each for each in all_ if not each.about]  # the others are sentences that name what is computed
    assert [each.about for each in all_ if each.about] == ["capaian-rendah I8", "finding 2"]
    follow = [
        ("3.1 Kinerja", 8, 28), ("3.2 Tren", 8, 22), ("3.2 Tren", 8, 62),  # and before a cap
        ("3.4 Keuangan", 8, 14), ("3.4 Keuangan", 12, 14),
    ]  # fmt: skip
    assert wrong == [Disagreement(cell, 1.01, 1.0) for cell in (_K8, *follow)]
    assert explained(wrong, formulas(path)) == dict.fromkeys((_K8, *follow), QUIRKS[0].name)
    large = Disagreement(("Ikhtisar", 13, 3), -22249936.29, -22249936.28)
    assert explained([large], formulas(path)) == {large.cell: QUIRKS[0].name}


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    ("cell", "ours", "theirs"),
    [
        (("3.1 Kinerja", 9, 11), 93.44, 93.42),
        (("3.1 Kinerja", 9, 11), 93.44, None),
        (("3.1 Kinerja", 9, 11), 93.44, "93.45"),
        (("3.1 Kinerja", 9, 12), "Sangat Berhasil", "Berhasil"),
        (("3.1 Kinerja", 9, 20), True, False),
        (("3.1 Kinerja", 9, 8), 93.44, 93.45),
    ],
)
def test_nothing_else_is_explained(
    cell: Cell, ours: Any, theirs: Any, clean_formulas: dict[Cell, str]
) -> None:
    assert explained([Disagreement(cell, ours, theirs)], clean_formulas) == {}
