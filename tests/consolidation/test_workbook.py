"""The sheets of a consolidated workbook: what stands in them, and where it leads."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import polars as pl
import pytest
from openpyxl.utils import range_boundaries

from clean import clean_document
from lkjip_xl.base.findings import Severity
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.parquet import write_parquet
from lkjip_xl.consolidation.report import as_json
from lkjip_xl.consolidation.totals import findings as listed
from lkjip_xl.consolidation.totals import totals
from lkjip_xl.consolidation.workbook import write_workbook
from lkjip_xl.form.json_data import from_document
from lkjip_xl.write import styles
from lkjip_xl.write.printing import LEAST, points, widest
from regents import DAY
from sent import TEMPLATE, read_all, send, submission_of

pytestmark = pytest.mark.usefixtures("one_process_here")
COMPUTED = ("Serapan anggaran (%)", "Efisiensi (%)")


def test_expected_is_a_value_and_never_a_formula(consolidated: tuple[Batch, Path]) -> None:
    batch, path = consolidated
    found = pl.DataFrame([row for severity in Severity for row in listed(batch, severity)])
    values = found.filter(pl.col("aturan") == "rumus-ditimpa")["sel", "nilai", "seharusnya"]
    assert values.rows() == [("K9", "104,5", "90,25")]
    assert [text for name in ("nilai", "seharusnya") for text in found[name] if text[:1] == "="] == []
    sheet = openpyxl.load_workbook(path)["Temuan"]
    heads = [cell.value for cell in sheet[4]]
    rows = [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=5)]
    assert [row["Seharusnya"] for row in rows if row["Aturan"] == "rumus-ditimpa"] == ["90,25"]
    assert [row for row in rows if str(row["Seharusnya"]).startswith("=")] == []


def test_the_workbook_has_all_its_sheets(consolidated: tuple[Batch, Path]) -> None:
    book = openpyxl.load_workbook(consolidated[1])
    assert book.sheetnames == [
        "Sampul", "Kokpit", "Perangkat Daerah", "Peringkat Capaian", "Peringkat Serapan", "Capaian dan Serapan", "IKU",
        "Peta Panas", "Pengesahan", "Matriks", "Temuan", "Kiriman", "Sumber Angka", "Indikator", "Program",
        "Kepegawaian", "Status Desa", "Aturan",
    ]  # fmt: skip
    matrix = {row[1].value: row for row in book["Matriks"].iter_rows(min_row=5)}
    heads = [cell.value for cell in book["Matriks"][4]]
    assert matrix["1.03"][heads.index("1.3 Golongan")].value == "✖"
    assert matrix["2.23"][heads.index("3.1 Kinerja")].value == "!"
    assert matrix["1.05"][3].value == "belum mengirim"
    for name in ("Matriks", "Indikator", "Program", "Temuan", "Kiriman", "Sumber Angka"):
        assert book[name].auto_filter.ref
        assert book[name].freeze_panes


def test_lists_have_totals_and_no_letter_is_printed_too_small(consolidated: tuple[Batch, Path]) -> None:
    book = openpyxl.load_workbook(consolidated[1])
    total = [cell.value for cell in book["Program"][book["Program"].max_row]]
    assert total[1:5] == ["Jumlah", None, 741139824854, 712642345574]
    small = {}
    for sheet in book:
        last = (
            range_boundaries(sheet.print_area.rpartition("!")[2].replace("$", ""))[2]
            if sheet.print_area
            else sheet.max_column
        )
        wide_of = {
            n: each.width - 0.71
            for each in sheet.column_dimensions.values()
            for n in range(each.min, each.max + 1)
        }
        widths = [wide_of[n] for n in range(1, last + 1)]
        wide = points(widths)
        if sheet.page_setup.orientation == "portrait":
            wide *= widest("A4") / (523 * styles.SMALLEST / LEAST)
        if wide > widest("A4") * 1.01:
            small[sheet.title] = round(LEAST * widest("A4") / wide, 1)
    assert small == {}


def test_every_figure_leads_to_its_cell(consolidated: tuple[Batch, Path]) -> None:
    _, path = consolidated
    book = openpyxl.load_workbook(path)
    seen = 0
    cache: dict[Path, Any] = {}
    for name, column in (("Sumber Angka", "Nilai"), ("Indikator", "Realisasi")):
        sheet = book[name]
        heads = [cell.value for cell in sheet[4]]
        for row in sheet.iter_rows(min_row=5):
            link = row[-1].hyperlink
            target = (path.parent / unquote(link.target)).resolve()
            if target not in cache:
                cache[target] = openpyxl.load_workbook(target, data_only=True)
            there, _, cell = link.location.rpartition("!")
            if name == "Sumber Angka" and row[2].value in COMPUTED:
                continue  # of two figures: its cell is that of the first
            value = cache[target][there.strip("'")][cell].value
            assert value == row[heads.index(column)].value, (name, row[0].row)
            seen += 1
    assert seen == 6 * 10 + 26


def test_text_from_workbooks_stays_text(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    document = clean_document()
    document["tabel"]["identitas"] |= {"kode": "=1+1", "nama": "http://contoh.id"}
    document["tabel"]["iku"][0]["sasaran"] = "=HYPERLINK(1)"
    send(folder, "a", from_document(document, TEMPLATE))
    path = tmp_path / "k.xlsx"
    batch = read_all(folder)
    write_workbook(batch, totals(batch), path, tmp_path, day=DAY)
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate)
                assert not cell.hyperlink or cell.hyperlink.target == "./kiriman/a.xlsx"


def test_a_grade_stands_in_the_list_in_the_place_of_the_number(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    document = clean_document()
    document["tabel"]["iku"][1]["arah"] = "predikat AKIP"
    document["tabel"]["kinerja"]["iku"][1] = {"target": "BB", "realisasi_isian": "B (65,50)"}
    send(folder, "a", from_document(document, TEMPLATE))
    path = tmp_path / "k.xlsx"
    batch = read_all(folder)
    write_workbook(batch, totals(batch), path, tmp_path, day=DAY)
    sheet = openpyxl.load_workbook(path)["Indikator"]
    heads = [cell.value for cell in sheet[4]]
    columns = [heads.index(name) for name in ("Arah", "Target", "Realisasi", "Capaian Kinerja (%)")]
    shown = [[row[column].value for column in columns] for row in sheet.iter_rows(min_row=5, max_row=7)]
    assert shown == [
        ["naik", 60, 55, 91.67],
        ["predikat AKIP", "BB", "B (65,50)", 85.71],
        ["naik", 62, 59, 95.16],
    ]
    write_parquet(batch, tmp_path)
    rows = pl.read_parquet(tmp_path / "kinerja.parquet").filter(pl.col("bagian") == "iku")
    assert rows.select("target", "target_predikat", "realisasi", "realisasi_predikat").rows() == [
        (60, None, 55, None),
        (None, "BB", None, "B (65,50)"),
        (62, None, 59, None),
    ]


def test_lists_are_cut_with_a_note_and_whole_in_parquet(
    consolidated: tuple[Batch, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lkjip_xl.consolidation import listings

    batch, _ = consolidated
    monkeypatch.setattr(listings, "LIST_ROWS", 5)
    path = tmp_path / "k.xlsx"
    write_workbook(batch, totals(batch), path, tmp_path, day=DAY)
    sheet = openpyxl.load_workbook(path)["Indikator"]
    assert sheet.max_row == 4 + 5
    assert sheet["A2"].value == (
        "PERHATIAN: hanya 5 dari 26 baris yang muat di lembar Excel; daftar lengkapnya ada di keluaran --parquet"
    )
    write_parquet(batch, tmp_path)
    rows = pl.read_parquet(tmp_path / "kinerja.parquet").filter(pl.col("indikator").is_not_null())
    assert len(rows) == 26
    assert {"kode", "opd", "jalur", "lembar", "sel"} <= set(rows.columns)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_odd_names_are_shown_and_not_linked(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    odd = [b"\x1b[31mmerah.xlsx", b"a\xff.xlsx", b"baris\nbaru.xlsx"]
    for n, name in enumerate(odd):
        path = send(folder, "asal", submission_of(f"{n}", seed=n))
        os.rename(os.fsencode(path), os.path.join(os.fsencode(folder), name))  # noqa: PTH104, PTH118 - bytes
    batch = read_all(folder)
    path = tmp_path / "k.xlsx"
    write_workbook(batch, totals(batch), path, tmp_path, day=DAY)
    write_parquet(batch, tmp_path)
    json.dumps(as_json(batch, totals(batch))).encode()
    sheet = openpyxl.load_workbook(path)["Kiriman"]
    shown = {row[0].value: row[0].hyperlink for row in sheet.iter_rows(min_row=5)}
    assert shown == dict.fromkeys(["�[31mmerah.xlsx", "a�.xlsx", "baris�baru.xlsx"])


def test_copies_keep_their_own_names(consolidated: tuple[Batch, Path]) -> None:
    sheet = openpyxl.load_workbook(consolidated[1])["Kiriman"]
    rows = {row[0].value: row[4].value for row in sheet.iter_rows(min_row=5) if row[0].value}
    assert rows["1.06-dinas-sosial.xlsx"] == "diterima"
    assert rows["1.06-dinas-sosial (1).xlsx"] == "berkas sama"


def test_findings_of_files_stand_among_the_findings_galat_first(consolidated: tuple[Batch, Path]) -> None:
    sheet = openpyxl.load_workbook(consolidated[1])["Temuan"]
    rows = [(row[2].value, row[10].value) for row in sheet.iter_rows(min_row=5)]
    assert [severity for severity, _ in rows] == sorted(
        (severity for severity, _ in rows), key=["galat", "peringatan", "catatan"].index
    )
    assert next(rule for severity, rule in rows if severity == "galat") == "tahun-lain"
    assert [rule for severity, rule in rows if severity == "peringatan"][:3] == [
        "belum-mengirim",
        "belum-mengirim",
        "kiriman-ganda",
    ]
