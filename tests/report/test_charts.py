"""Charts: declared with their tables, drawn natively over the figures that the tables print."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from clean import clean_document
from lkjip_xl.base.errors import DeclarationError
from lkjip_xl.compute.results import cells, compute
from lkjip_xl.form.json_data import from_document
from lkjip_xl.form.submission import stack
from lkjip_xl.report.charts import Chart, Series, charts
from lkjip_xl.report.printed import Report
from lkjip_xl.report.summary_book import summary
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render
from support import tiny

SMALL = {"indicators": 2, "budget": 9, "years": 2}


def _report(template: Template, indicators: int) -> Report:
    submission = from_document(clean_document(**{**SMALL, "indicators": indicators}), template)
    values = cells(compute(template, stack(template, [submission])), 0)
    return Report(template, submission.setup, values)


def _charts(template: Template, table: str, indicators: int = SMALL["indicators"]) -> list[Chart]:
    return list(charts(template.tables[table], _report(template, indicators)))


def test_rows_with_the_same_unit_stand_together(template: Template) -> None:
    assert _charts(template, "kinerja") == [
        Chart(
            "Target dan realisasi tahun 2023 (desa)",
            "bar",
            ("Indikator utama 1", "Indikator utama 2"),
            (Series("Target", (60.0, 61.0)), Series("Realisasi", (55.0, 57.0))),
        ),
        Chart(
            "Target dan realisasi tahun 2023 (%)",
            "bar",
            ("Indikator kunci 1", "Indikator kunci 2"),
            (Series("Target", (60.0, 61.0)), Series("Realisasi", (55.0, 57.0))),
        ),
    ]


def test_years_on_the_axis(template: Template) -> None:
    (chart,) = _charts(template, "idm")
    assert (chart.kind, chart.categories) == ("stacked", ("2021", "2022", "2023"))
    assert chart.series[0] == Series("MANDIRI", (1.0, 2.0, 4.0))
    assert [each.name for each in chart.series] == [
        "MANDIRI",
        "MAJU",
        "BERKEMBANG",
        "TERTINGGAL",
        "SANGAT TERTINGGAL",
    ]


def test_only_the_rows_that_are_asked_for(template: Template) -> None:
    (chart,) = _charts(template, "keuangan")
    assert chart.categories == ("Program 1", "Program 5", "Program 9")
    assert chart.percent is not None
    assert [round(value or 0, 2) for value in chart.percent.values] == [95.0, 95.0, 95.0]
    assert chart.words == (
        "Grafik: Anggaran, realisasi, dan serapan program tahun 2023. Anggaran (Rp), Realisasi (Rp), Serapan (%) "
        "menurut Program 1, Program 5, Program 9."
    )


@pytest.mark.parametrize(
    ("table", "indicators", "expected"),
    [
        ("kinerja", 12, [("Target dan realisasi tahun 2023 (desa)", 12), ("Target dan realisasi tahun 2023 (%)", 12)]),
        ("kinerja", 13, [(f"Target dan realisasi tahun 2023 ({unit}) ({n} dari 2)", 8 - n) for unit in ("desa", "%") for n in (1, 2)]),
        ("tren", 5, [(f"Capaian kinerja tahun 2022-2023 (%) ({n} dari 2)", 5) for n in (1, 2)]),
    ],
)  # fmt: skip
def test_more_rows_than_can_be_read_make_several_charts(
    template: Template, table: str, indicators: int, expected: list[tuple[str, int]]
) -> None:
    """Twelve bars or eight lines are the most; a stack of a year is one whatever its parts."""
    found = _charts(template, table, indicators)
    assert [
        (each.title, len(each.series if table == "tren" else each.categories)) for each in found
    ] == expected


@pytest.mark.long
def test_they_are_drawn_over_the_same_figures(template: Template, tmp_path: Path) -> None:
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, from_document(clean_document(**SMALL), template)))
    made = tmp_path / "ringkasan.xlsx"
    made.write_bytes(summary(path, template)[1])
    book = openpyxl.load_workbook(made)
    assert book["Data Grafik"].sheet_state == "hidden"
    with zipfile.ZipFile(made) as archive:
        parts = [name for name in archive.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        texts = [archive.read(name).decode() for name in parts]
        (drawing,) = [
            archive.read(name).decode()
            for name in archive.namelist()
            if "drawings/drawing" in name and "rels" not in name
        ]
    expected = [
        each
        for key in template.tables
        for each in (_charts(template, key) if not template.tables[key].is_form else [])
    ]
    assert len(texts) == len(expected) == 5
    titles = {row[0].value: row[0].row for row in book["Data Grafik"].iter_rows() if row[1].value is not None}
    for each in expected:
        assert f'descr="{each.words}"' in drawing
        title = f"<c:f>'Data Grafik'!$A${titles[each.title]}</c:f>"
        (text,) = [text for text in texts if title in text.partition("</c:title>")[0]]
        for series in (*each.series, *([each.percent] if each.percent else [])):
            ranges = re.findall(
                rf"<c:v>{re.escape(series.name)}</c:v>.*?<c:val><c:numRef><c:f>'Data Grafik'!([^<]+)</c:f>",
                text,
            )
            found = [row[0].value for row in book["Data Grafik"][ranges[0].replace("$", "")]]
            assert [value if value is None else float(value) for value in found] == list(series.values)


def test_they_are_printed_within_the_page_and_large_enough(template: Template, tmp_path: Path) -> None:
    """No letter below 8 points, names of programs that are not turned, and no frame on the page before."""
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, from_document(clean_document(**SMALL), template)))
    with zipfile.ZipFile(io.BytesIO(summary(path, template)[1])) as archive:
        texts = [archive.read(each).decode() for each in archive.namelist() if "charts/chart" in each]
        (drawing,) = [
            archive.read(each).decode() for each in archive.namelist() if "drawings/drawing" in each
        ]
    assert min(int(size) for text in texts for size in re.findall(r'sz="(\d+)"', text)) == 800
    assert {bool(re.search(r'<c:catAx>.*?<a:bodyPr rot="0"', text)) for text in texts} == {True}
    assert set(re.findall(r"<xdr:from>.*?<xdr:rowOff>(\d+)<", drawing)) == {str(4 * 9525)}  # pixels
    assert set(re.findall(r"<xdr:to><xdr:col>(\d+)<", drawing)) == {
        "7"
    }  # of the eight that LibreOffice makes as wide as A4


@pytest.mark.parametrize(
    ("chart", "reason"),
    [
        ('names = "a", values = ["x"]', "menunjuk kolom x, yang tidak ada"),
        ('names = "a", values = ["a"]', "kolom a tidak berisi angka"),
        ('names = "a", values = ["b"], by_year = true', "by_year perlu satu kolom per tahun di values"),
    ],
)
def test_mistakes_in_declarations(chart: str, reason: str, tmp_path: Path) -> None:
    columns = f"""
charts = [{{ title = "G", kind = "bar", {chart} }}]
columns = [{{ key = "a", label = "A", type = "text" }}, {{ key = "b", label = "B", type = "number" }}]
"""
    with pytest.raises(DeclarationError) as raised:
        tiny(tmp_path / "templat", kecil=columns)
    assert str(raised.value) == f"Templat keliru di kecil.toml, tabel kecil: grafik 'G': {reason}"
