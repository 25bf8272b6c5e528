"""Charts of a document: those of the summary, native in Word, complete where programs guess differently."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from lkjip_xl.report.charts import Chart, Series
from lkjip_xl.report.docx.chart_part import WORKBOOK_ID, Figures, chart_parts, figures_in, figures_of
from support import Office

audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed; it validates Open XML")
_YEARS = ("2022", "2023")
_PAIR = (Series("Target", (80.6, 243.0)), Series("Realisasi", (None, 0.1 + 0.2)))
CHARTS = {
    "bar": Chart("Target dan realisasi", "bar", ("Desa", "LPM"), _PAIR),
    "column": Chart("Anggaran", "column", ("Desa", "LPM"), _PAIR, Series("Capaian", (98.34, None))),
    "stacked": Chart("Status", "stacked", _YEARS, _PAIR),
    "line": Chart("Capaian", "line", _YEARS, _PAIR),
    "hostile": Chart(
        "=1+1 <c:v>&amp; \u202eteks\x07",
        "column",
        ("inf", '=HYPERLINK("http://x")', "<b>tebal</b>"),
        (Series("=cmd|'/c calc'!A0", (1.0, 2.0, 3.0)), Series("{ PAGE }", (1.0, 2.0, 3.0))),
    ),
    "numbers as names": Chart("1", "bar", ("inf", "1e5"), (Series("2", (1.0, 2.0)),)),
}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument."
_SPACE = "http://schemas.openxmlformats.org"


def _document(path: Path, charts: list[Chart]) -> Path:
    document = docx.Document()
    package = document.part.package
    assert package is not None
    for n, chart in enumerate(charts, start=1):
        made = chart_parts(chart)
        part = Part(PackURI(f"/word/charts/chart{n}.xml"), _TYPE + "drawingml.chart+xml", made.chart, package)
        name = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{n}.xlsx")
        book = Part(name, _TYPE + "spreadsheetml.sheet", made.workbook, package)
        assert part.relate_to(book, f"{_OFFICE}/package") == WORKBOOK_ID
        document.add_paragraph().add_run()._r.append(
            parse_xml(
                f'<w:drawing xmlns:w="{_SPACE}/wordprocessingml/2006/main" xmlns:r="{_OFFICE}" '
                f'xmlns:wp="{_SPACE}/drawingml/2006/wordprocessingDrawing" xmlns:c="{_SPACE}/drawingml/2006/chart" '
                f'xmlns:a="{_SPACE}/drawingml/2006/main"><wp:inline><wp:extent cx="{made.width}" cy="{made.height}"/>'
                f'<wp:docPr id="{n}" name="Grafik {n}"/><wp:cNvGraphicFramePr/><a:graphic>'
                f'<a:graphicData uri="{_SPACE}/drawingml/2006/chart">'
                f'<c:chart r:id="{document.part.relate_to(part, f"{_OFFICE}/chart")}"/></a:graphicData></a:graphic>'
                "</wp:inline></w:drawing>"
            )
        )
    document.save(str(path))
    return path


def _audited(path: Path) -> list[str]:
    found = audit.OpenXmlValidator().validate(path).errors
    return [
        f"{each.part_uri}: {each.description}"
        for each in found
        if each.severity.value == "error" and "styles" not in each.part_uri  # which are python-docx's
    ]


def test_what_stands_in_the_part() -> None:
    """Numbers with the 15 digits that programs keep, and text as a cell holds it."""
    assert figures_of(chart_parts(CHARTS["column"]).chart) == Figures(
        ("Desa", "LPM"),
        (
            Series("Target", (80.6, 243.0)),
            Series("Realisasi", (None, 0.3)),
            Series("Capaian", (98.34, None)),
        ),
    )
    assert figures_of(chart_parts(CHARTS["hostile"]).chart) == Figures(
        ("inf", '=HYPERLINK("http://x")', "<b>tebal</b>"),
        (Series("=cmd|'/c calc'!A0", (1.0, 2.0, 3.0)), Series("{ PAGE }", (1.0, 2.0, 3.0))),
    )


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_part_and_workbook_hold_the_same_figures(chart: Chart) -> None:
    """In cells of the sheet that "Edit data" opens, where the part says that they are."""
    made = chart_parts(chart)
    assert made == chart_parts(chart)
    assert figures_of(made.chart) == figures_in(chart)
    book = openpyxl.load_workbook(io.BytesIO(made.workbook))
    assert {sheet.title: sheet.sheet_state for sheet in book} == {"Data Grafik": "visible"}
    assert book["Data Grafik"]._charts == []
    part = made.chart.decode()
    caches = re.findall(
        r"<c:f>'Data Grafik'!([^<]+)</c:f><c:(?:num|str)Cache>(.*?)</c:(?:num|str)Cache>", part
    )
    assert len(caches) == part.count("<c:f>")
    for cells, cache in caches:
        found = book["Data Grafik"][cells.replace("$", "")]
        column = [cell.value for (cell,) in found] if isinstance(found, tuple) else [found.value]
        points = dict(re.findall(r'<c:pt idx="(\d+)"><c:v>([^<]*)</c:v>', cache))
        shown = [points.get(str(place)) for place in range(len(column))]
        assert f'<c:ptCount val="{len(column)}" />' in cache
        assert [None if text is None else text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
                if isinstance(value, str) else float(text)
                for text, value in zip(shown, column, strict=True)] == column  # fmt: skip


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_nothing_is_left_to_guess(chart: Chart) -> None:
    """What programs think of an element that is absent differs; each stands in the part as often as its parent."""
    part = chart_parts(chart).chart.decode()
    counts = {
        name: part.count(f"<c:{name} ") + part.count(f"<c:{name}>")
        for name in ("ser", "dLbls", "barChart", "lineChart", "catAx", "valAx", "title")
    }
    bars = counts["ser"] - part.count('<c:smooth val="0" />')
    expected = {
        'date1904 val="0"': 1,
        'roundedCorners val="0"': 1,
        'lang val="id-ID"': 1,
        'autoTitleDeleted val="1"': 1,
        'plotVisOnly val="1"': 1,
        'dispBlanksAs val="gap"': 1,
        'autoUpdate val="0"': 1,
        'overlay val="0"': counts["title"] + 1,  # and the legend
        'varyColors val="0"': counts["barChart"] + counts["lineChart"],
        'invertIfNegative val="0"': bars,
        'delete val="0"': counts["catAx"] + counts["valAx"] - (chart.percent is not None),
        'delete val="1"': int(chart.percent is not None),
        'majorTickMark val="out"': counts["catAx"] + counts["valAx"],
        'minorTickMark val="none"': counts["catAx"] + counts["valAx"],
        'showVal val="1"': counts["dLbls"],
        **{
            f'show{what} val="0"': counts["dLbls"]
            for what in ("LegendKey", "CatName", "SerName", "Percent", "BubbleSize")
        },
    }
    assert {text: part.count(f"<c:{text} />") for text in expected} == expected
    assert (bars == 0) == (chart.kind == "line")
    assert counts["dLbls"] == (len(chart.series) if chart.kind == "bar" else 0)
    assert set(re.findall(r"<c:cat><c:(\w+)><c:f>[^<]*</c:f><c:(\w+)><c:ptCount", part)) == {
        ("strRef", "strCache")
    }
    assert "printSettings" not in part
    assert min(int(size) for size in re.findall(r'sz="(\d+)"', part)) == 800


@pytest.mark.parametrize(
    ("values", "label", "axis"),
    [
        ((0.4, 9.5), "General", "General"),
        ((0.79, 10.0), "General", "#,##0"),
        ((1000.0, 7.0), "#,##0", "#,##0"),
        ((1801.13, 920.5), "#,##0.00", "#,##0"),
    ],
)
def test_figures_are_written_as_in_the_text(values: tuple[float, ...], label: str, axis: str) -> None:
    """Large ones with their thousands apart, small ones with decimals, in Indonesian form wherever they are shown."""
    part = chart_parts(Chart("G", "bar", ("a", "b"), (Series("Target", values),))).chart.decode()
    assert re.findall(r'<c:numFmt formatCode="([^"]+)" sourceLinked="0" />', part) == [
        f"[$-421]{label}",
        f"[$-421]{axis}",
    ]


@pytest.mark.parametrize(
    ("kind", "short", "long"), [("bar", 280, 472), ("column", 340, 793), ("line", 340, 793)]
)
def test_it_fits_between_the_margins(kind: str, short: int, long: int) -> None:
    """As wide as the text, and as high as its names need, in pixels; with a caption it is no higher than a page."""

    def size(name: str, most: int) -> tuple[int, int]:
        names = tuple(f"{n} {name}" for n in range(most))
        series = tuple(Series(name, (1.0,)) for name in names)
        drawn = (("2023",), series) if kind == "line" else (names, (Series("Target", (1.0,) * most),))
        made = chart_parts(Chart("G", kind, *drawn))
        return made.width, made.height // 9525

    assert size("Desa", 2) == (5_580_000, short)
    assert size("Pembinaan Lembaga Kemasyarakatan " * 40, 8) == (5_580_000, long)


def test_the_schema_has_no_objection(tmp_path: Path) -> None:
    path = _document(tmp_path / "grafik.docx", [*CHARTS.values()])
    assert _audited(path) == []
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chart = parts["word/charts/chart1.xml"].decode()
    moved = re.sub(r"(<c:date1904 [^>]*>)(<c:lang [^>]*>)", r"\2\1", chart)
    assert moved != chart
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (parts | {"word/charts/chart1.xml": moved.encode()}).items():
            archive.writestr(name, content)
    assert {line.partition(":")[0] for line in _audited(path)} == {"/word/charts/chart1.xml"}


@pytest.mark.sampled(1)
@pytest.mark.office
@pytest.mark.parametrize("through", [("docx",), ("odt", "docx")], ids="-".join)
def test_figures_survive_libreoffice(through: tuple[str, ...], tmp_path: Path, office: Office) -> None:
    path = _document(tmp_path / "grafik.docx", [*CHARTS.values()])
    for kind in through:
        folder = path.parent / kind
        subprocess.run(
            [
                office.program,
                f"-env:UserInstallation={office.home.as_uri()}",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                str(folder),
                str(path),
            ],
            check=True,
            capture_output=True,
            timeout=90,
        )
        path = folder / f"grafik.{kind}"
    with zipfile.ZipFile(path) as archive:
        found = [
            figures_of(archive.read(name))
            for name in sorted(archive.namelist())
            if re.fullmatch(r"word/charts/chart\d+\.xml", name)
        ]
    assert found == [figures_in(chart) for chart in CHARTS.values()]


_C = f'xmlns:c="{_SPACE}/drawingml/2006/chart"'


@pytest.mark.parametrize(
    "part",
    [
        "",
        "<c:chartSpace",
        "<html/>",
        f"<c:chartSpace {_C}/>",
        f"<!DOCTYPE a><c:chartSpace {_C}><c:chart><c:plotArea/></c:chart></c:chartSpace>",
        f'<c:chartSpace {_C}><c:chart><c:plotArea><c:barChart><c:ser><c:val><c:ptCount val="999999999"/></c:val>'
        "</c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>",
        f'<c:chartSpace {_C}><c:chart><c:plotArea><c:barChart><c:ser><c:val><c:pt idx="0"><c:v>x</c:v></c:pt>'
        "</c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>",
        f'<c:chartSpace {_C}><c:chart><c:plotArea><c:barChart><c:ser><c:val><c:pt idx="-5"><c:v>1</c:v></c:pt>'
        "</c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>",
    ],
)
def test_what_is_no_chart_that_can_be_read(part: str) -> None:
    assert figures_of(part.encode()) is None
