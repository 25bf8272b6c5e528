"""The pages for the head of the region: every figure and total on them, who is marked, and what is said of it."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl import Workbook

from batches import WITHIN, Drawn, Report, added, batch_of, consolidations
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.decisions import Decision, Kind
from lkjip_xl.consolidation.regent.quarters import Point, axes_of
from lkjip_xl.consolidation.registry import Opd, Registry
from lkjip_xl.consolidation.totals import totals
from lkjip_xl.consolidation.workbook import write_workbook
from lkjip_xl.template.load import load_template

TEMPLATE = load_template()
DAY = datetime.date(2024, 3, 5)
HEADS = {
    "capaian": "Rata-rata capaian kinerja (%)",
    "anggaran": "Anggaran (Rp)",
    "realisasi": "Realisasi anggaran (Rp)",
    "serapan": "Serapan anggaran (%)",
    "efisiensi": "Efisiensi (%)",
}


def _book(batch: Batch, folder: Path, earlier: dict[int, Batch] | None = None) -> Workbook:
    before = {year: (each, totals(each)) for year, each in (earlier or {}).items()}
    write_workbook(batch, totals(batch), folder / "k.xlsx", folder, day=DAY, earlier=before)
    return openpyxl.load_workbook(folder / "k.xlsx")


def _rows(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet below its headings, by heading."""
    rows = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
    head = next(n for n, row in enumerate(rows) if row[0] in ("No", "Kode", "Peringkat"))
    return [dict(zip(map(str, rows[head]), row, strict=True)) for row in rows[head + 1 :]]


def _figures(row: dict[str, Any]) -> dict[str, float]:
    return {key: row[head] for key, head in HEADS.items() if row[head] is not None}


@given(drawn=consolidations())
@settings(max_examples=8, deadline=None)
def test_all_totals_of_all_pages_are_sums_over_single_reports(drawn: Drawn) -> None:
    with tempfile.TemporaryDirectory() as name:
        book = _book(drawn.batch(Path(name) / "a", TEMPLATE), Path(name))
    together = added([each for _, each in drawn.counted])
    *lines, total = [row for row in _rows(book, "Perangkat Daerah") if row["Perangkat Daerah"]]
    singles = {
        f"Dinas {each.code}": added([each]) if each.code not in drawn.out else {}
        for _, each in drawn.agencies
    }
    assert {row["Perangkat Daerah"]: _figures(row) for row in lines} == {
        name: pytest.approx(figures, abs=0.0101) for name, figures in singles.items()
    }
    assert _figures(total) == pytest.approx(together, abs=0.0101)
    cockpit = {row[0].value: row[1].value for row in book["Kokpit"].iter_rows()}
    shown = {key: cockpit[head] for key, head in HEADS.items() if cockpit[head] is not None}
    assert shown == pytest.approx(together, abs=0.0101)
    for row in _rows(book, "Wilayah"):
        own = [each for unit, each in drawn.counted if unit in WITHIN[row["Kode"]]]
        assert _figures(row) == pytest.approx(added(own), abs=0.0101)
        assert (row["Harus melapor"], row["Dihitung"]) == (
            sum(unit in WITHIN[row["Kode"]] for unit, _ in drawn.agencies),
            len(own),
        )


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """Five OPDs: good, with a galat, missing, left out, poor."""
    folder = tmp_path_factory.mktemp("kabupaten")
    registry = Registry(
        tuple(Opd(f"1.1{n}", name) for n, name in enumerate(("Baik", "Galat", "Belum", "Keluar", "=1+1")))
    )
    reports = [
        Report("1.10", {"ikhtisar.rata_capaian": 95.5, "ikhtisar.anggaran": 100.0, "ikhtisar.realisasi": 95.0}),
        Report("1.11", {"ikhtisar.rata_capaian": 80.0, "ikhtisar.anggaran": 200.0, "ikhtisar.realisasi": 100.0}, galat=1),
        Report("1.13", {"ikhtisar.rata_capaian": 99.0, "ikhtisar.anggaran": 900.0, "ikhtisar.realisasi": 900.0}),
        Report("1.14", {"ikhtisar.rata_capaian": 40.0, "ikhtisar.anggaran": 50.5, "ikhtisar.realisasi": 50.0}),
    ]  # fmt: skip
    decisions = [Decision("1.13", Kind.LEAVE_OUT, "ditarik", "Sekda")]
    earlier = [
        Report("1.10", {"ikhtisar.rata_capaian": 90.25}, year=2022),
        Report("1.19", {"ikhtisar.rata_capaian": 70.0}, year=2022),
    ]
    before = batch_of(folder / "b", TEMPLATE, earlier)
    long_gone = [
        Report(code, {"ikhtisar.rata_capaian": 60.0}, year=2021) for code in ("1.14", "1.18", "1.19")
    ]
    return _book(
        batch_of(folder / "a", TEMPLATE, reports, registry=registry, decisions=decisions),
        folder,
        {2022: before, 2021: batch_of(folder / "c", TEMPLATE, long_gone)},
    )


def test_the_cover_says_how_far_it_is_final(book: Workbook) -> None:
    assert [row[0].value for row in book["Sampul"].iter_rows() if row[0].value] == [
        "KABUPATEN CONTOH",
        "KONSOLIDASI LAPORAN KINERJA PERANGKAT DAERAH",
        "TAHUN 2023",
        "KONSEP – 1 OPD masih bergalat",
        "Memuat laporan 3 dari 5 perangkat daerah",
        "1 belum mengirim",
        "1 dikeluarkan atas keputusan koordinator",
        "Disusun 5 Maret 2024",
    ]


def test_the_cockpit_says_what_matters(book: Workbook) -> None:
    said = [row[0].value for row in book["Kokpit"].iter_rows() if str(row[0].value).startswith("•")]
    assert said == [
        "• 3 (tiga) dari 5 (lima) perangkat daerah telah menyampaikan laporan kinerja tahun 2023; 1 (satu) di antaranya masih bergalat, sehingga angkanya dapat berubah; 1 (satu) dikeluarkan atas keputusan koordinator.",
        "• Rata-rata capaian kinerja 71,83 % (Berhasil), tertinggi Baik (95,50 %) dan terendah =1+1 (40,00 %).",
        "• Anggaran Rp 350,50 terealisasi Rp 245,00 atau 69,90 %; serapan terendah Galat (50,00 %).",
    ]
    assert len(book["Kokpit"]._charts) == 2


def test_the_cockpit_has_counts_and_figures_as_they_are_read(book: Workbook) -> None:
    rows = [(*(cell.value for cell in row[:3]), row[1].number_format) for row in book["Kokpit"].iter_rows()]
    assert [row for row in rows if row[1] is not None] == [
        ("Perangkat daerah yang harus melapor", 5, None, "#,##0"),
        ("Dihitung", 3, "diterima dan bergalat", "#,##0"),
        ("Diterima", 2, None, "#,##0"),
        ("Bergalat", 1, None, "#,##0"),
        ("Belum mengirim", 1, None, "#,##0"),
        ("Dikeluarkan", 1, None, "#,##0"),
        ("Rata-rata capaian kinerja (%)", 71.83, "Berhasil", "#,##0.00"),
        ("Anggaran (Rp)", 350.5, "tiga ratus lima puluh koma lima puluh rupiah", "#,##0.00"),
        ("Realisasi anggaran (Rp)", 245, "dua ratus empat puluh lima rupiah", "#,##0.00"),
        ("Serapan anggaran (%)", 69.9, None, "#,##0.00"),
        ("Efisiensi (%)", 1.93, "Cukup Efisien", "#,##0.00"),
        ("▲ Sangat Berhasil", 1, None, "#,##0"),
        ("● Berhasil", 1, None, "#,##0"),
        ("◆ Cukup Berhasil", 0, None, "#,##0"),
        ("▼ Tidak Berhasil", 1, None, "#,##0"),
    ]


def test_everyone_is_in_the_table_with_a_sign(book: Workbook) -> None:
    rows = {row["Perangkat Daerah"]: row for row in _rows(book, "Perangkat Daerah") if row["Keadaan"]}
    assert {
        name: (row["Keadaan"], row["Predikat"], row["Tingkat efisiensi"]) for name, row in rows.items()
    } == {
        "Baik": ("✔ diterima", "▲ Sangat Berhasil", "◆ Cukup Efisien"),
        "Galat": ("✖ bergalat", "● Berhasil", "▲ Efisien"),
        "Belum": ("○ belum mengirim", None, None),
        "Keluar": ("⊘ dikeluarkan", None, None),
        "=1+1": ("✔ diterima", "▼ Tidak Berhasil", "▼ Tidak Efisien"),
    }
    (total,) = [
        row for row in _rows(book, "Perangkat Daerah") if str(row["Perangkat Daerah"]).startswith("Jumlah")
    ]
    assert total["Perangkat Daerah"] == "Jumlah (rata-rata capaian kinerja: rata-rata)"
    notes = [row["No"] for row in _rows(book, "Perangkat Daerah") if isinstance(row["No"], str)]
    assert notes == [
        "○ belum mengirim dan ⊘ dikeluarkan tidak ikut dihitung.",
        "Keluar: dikeluarkan: ditarik (Sekda)",
    ]


def test_the_ranking_marks_those_with_errors_and_names_those_without_figures(book: Workbook) -> None:
    rows = [
        (row["Peringkat"], row["Perangkat Daerah"], row[HEADS["capaian"]])
        for row in _rows(book, "Peringkat Capaian")
    ]
    assert rows[:5] == [
        (1, "Baik", 95.5),
        (2, "Galat ✖", 80.0),
        (3, "=1+1", 40.0),
        (None, "Belum", None),
        (None, "Keluar", None),
    ]
    bars = [len(str(row[-1].value)) for row in book["Peringkat Capaian"].iter_rows(min_row=6, max_row=8)]
    assert bars == [29, 24, 12]


def test_each_quarter_names_its_agencies(book: Workbook) -> None:
    texts = {cell.value: book["Capaian dan Serapan"].cell(cell.row + 1, cell.column).value
             for row in book["Capaian dan Serapan"].iter_rows(max_col=2) for cell in row if str(cell.value).endswith(")")}  # fmt: skip
    assert texts == {
        "Kinerja tercapai, serapan rendah (0)": "Tidak ada",
        "Kinerja dan serapan tinggi (1)": "1. Baik",
        "Kinerja dan serapan rendah (1)": "2. Galat ✖",
        "Serapan tinggi, kinerja rendah (1)": "5. =1+1",
    }


@pytest.mark.parametrize(
    ("points", "ends"),
    [((), ((80, 80), (100, 90))), (((100.0, 30.0), (95.0, 88.0)), ((80, 20), (110, 90))), (((0.0, 120.5),), ((-10, 80), (100, 130)))],
)  # fmt: skip
def test_axes_end_at_whole_tens_around_all_points(
    points: tuple[tuple[float, float], ...], ends: tuple[tuple[float, float], tuple[float, float]]
) -> None:
    declared = TEMPLATE.declared.consolidation
    assert declared is not None
    assert declared.regent is not None
    assert declared.regent.quarters is not None
    found = axes_of([[Point(1, "Dinas", x, y) for x, y in points], [], [], []], declared.regent.quarters)
    assert found == ends


def test_years_stand_beside_one_another(book: Workbook) -> None:
    rows = {row["Perangkat Daerah"]: row for row in _rows(book, "Antartahun")}
    shown = ["Rata-rata capaian kinerja 2022 (%)", "Rata-rata capaian kinerja 2023 (%)"]
    assert [rows["Baik"][head] for head in shown] == [90.25, 95.5]
    assert [rows["Semua"][head] for head in shown] == [80.13, 71.83]
    assert [rows["=1+1"][head] for head in ("Rata-rata capaian kinerja 2021 (%)", *shown)] == [
        60.0,
        None,
        40.0,
    ]
    assert [(row["No"], row["Perangkat Daerah"]) for row in _rows(book, "Antartahun")][-4:] == [
        (None, "Semua"),
        (None, None),
        ("2 perangkat daerah tahun 2021 tidak ada di tahun 2023", None),
        ("1 perangkat daerah tahun 2022 tidak ada di tahun 2023", None),
    ]


def test_a_page_is_signed_and_says_what_was_decided(book: Workbook) -> None:
    said = [row for row in book["Pengesahan"].iter_rows(values_only=True) if any(row)]
    assert said[3:7] == [
        ("KONSEP – 1 OPD masih bergalat; angkanya dapat berubah.", None),
        ("Keputusan koordinator", None),
        ("Keluar", "dikeluarkan: ditarik (Sekda)"),
        (None, ".........., 5 Maret 2024"),
    ]


def test_no_text_is_a_formula(book: Workbook) -> None:
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
