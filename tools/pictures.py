"""Makes the pictures of the docs as LibreOffice draws them: some pages, each found by a text on it, and every sheet.

Of every sheet of the filled workbook there is what a screen 1366 pixels wide shows, and the first page on paper; of the
summary the first page of each. Pages of the portal are as Chromium shows them (``portal_pictures``). Of the report in
Word there are some pages; its letters are those of Liberation Sans (fonts-liberation), which is as wide as Arial, letter
by letter, and stands for it where Arial is not installed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from kabupaten import DAY, YEAR
from large_regency import write_regency
from lkjip_xl.consolidation.batch import Options
from lkjip_xl.consolidation.run import Inputs, Outputs, consolidate
from lkjip_xl.form.json_data import load_data
from lkjip_xl.form.submission import Notice, Submission, initial, with_text
from lkjip_xl.report.docx.report import Asked, report_of
from lkjip_xl.report.summary_book import summary
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.template.sheet_names import SIGNED_SHEET
from lkjip_xl.write.render import render
from portal_pictures import draw

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "gambar"
SAMPLES = ROOT / "samples"
_DPI, _SMALL = 80, 60
_SCREEN = (185, 32)  # characters of a screen 1366 pixels wide, and rows
_SERIES = {
    "layar": "Lembar isian di layar selebar 1366 piksel",
    "cetak": "Lembar isian di kertas, halaman pertamanya",
    "ringkasan": "Ringkasan di kertas, halaman pertama tiap lembarnya",
    "bupati-12": "Konsolidasi 12 OPD bagi bupati, halaman pertama tiap lembarnya",
    "bupati-50": "Konsolidasi 50 OPD bagi bupati, halaman pertama tiap lembarnya",
}

# By file: the picture, and a text that stands on its page and on none before.
WANTED: Mapping[str, Mapping[str, str]] = {
    "kosong.xlsx": {"petunjuk": "Tiga langkah", "periksa-kosong": "BELUM DIISI", "tidak-berlaku": "Tabel ini tidak berlaku?"},
    "isian.xlsx": {"periksa": "BELUM SIAP", "isian": "Rata-rata capaian sasaran"},
    "ringkasan.xlsx": {"ringkasan": "Persentase Perbandingan Target", "grafik": "Grafik Laporan"},
    "laporan.docx": {
        "laporan-sampul": "LAPORAN KINERJA", "laporan-tabel": "[Tulis di sini: kedudukan",
        "laporan-mendatar": "Tabel 3.2 (lanjutan)", "laporan-grafik": "(94,62 %), efisien",
        "laporan-analisis": "Penyebab keberhasilan/kegagalan",
    },
}  # fmt: skip


def main() -> int:
    """Write all pictures; return 1 where a program is missing or a page is not found."""
    for program in ("soffice", "pdftoppm", "pdftotext"):
        if shutil.which(program) is None:
            print(f"{program} tidak ada")
            return 1
    template = load_template()
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in _files(template).items():
            (folder / file).write_bytes(content)
        _regencies(folder, template)
        _as_on_screen(folder / "isian.xlsx", folder / "layar.xlsx")
        _run("soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, *folder.glob("*.*x"))
        missing = [
            f"{file}: {text}"
            for file, pictures in WANTED.items()
            for picture, text in pictures.items()
            if not _picture((folder / file).with_suffix(".pdf"), text, PICTURES / picture)
        ]
        drawn = {
            series: _every_sheet(folder / f"{workbook}.xlsx", PICTURES / series, one_page=series == "layar")
            for series, workbook in (("layar", "layar"), ("cetak", "isian"), ("ringkasan", "ringkasan"))
        }
        for series in ("bupati-12", "bupati-50"):
            drawn[series] = _every_sheet(folder / f"{series}.xlsx", PICTURES / series, last=SIGNED_SHEET)
    draw(PICTURES)
    _index(drawn)
    for each in missing:
        print(f"halaman tidak ditemukan: {each}")
    return int(bool(missing))


def _files(template: Template) -> dict[str, bytes]:
    published, corrected = SAMPLES / "dpmd-banyuasin-2023", SAMPLES / "dpmd-banyuasin-2023-koreksi"
    return {
        "kosong.xlsx": render(template, _blank(template)),
        "isian.xlsx": render(template, load_data(published.with_suffix(".json"), template)),
        "ringkasan.xlsx": summary(published.with_suffix(".xlsx"), template)[1],
        "laporan.docx": report_of(corrected.with_suffix(".xlsx"), template, Asked(pages=False)).content,
    }


def _regencies(folder: Path, template: Template) -> None:
    """Write what is handed to the head of a region: of the sample regency, and of one of fifty OPDs."""
    write_regency(folder / "lima-puluh", template)
    few, many = SAMPLES / "kabupaten-contoh", folder / "lima-puluh"
    for name, source, decisions in (("bupati-12", few, None), ("bupati-50", many, many / "keputusan.csv")):
        inputs = Inputs([source], source / "opd.csv", decisions, year=YEAR)
        outputs = Outputs(folder / f"{name}.xlsx")
        consolidate(inputs, outputs, options=Options(folder / name, jobs=1), day=DAY)


def _blank(template: Template) -> Submission:
    blank = initial(template, Setup(2024, (2024, 2026), frozenset({"idm"})))
    named = with_text(template, blank, template.declared.identity.name, "Dinas Contoh")
    return replace(named, notice=Notice("2025-01-31", "Bagian Organisasi"))


def _picture(pdf: Path, text: str, target: Path) -> bool:
    """Draw the first page with a text; return whether there is one."""
    pages = _run("pdftotext", "-layout", pdf, "-").split("\f")
    page = next((n for n, each in enumerate(pages, start=1) if text in each), None)
    if page is not None:
        _run("pdftoppm", "-r", _DPI, "-png", "-singlefile", "-f", page, "-l", page, pdf, target)
        print(target.with_suffix(".png").relative_to(ROOT))
    return page is not None


def _as_on_screen(source: Path, target: Path) -> None:
    """Write a copy of a workbook that prints, of each sheet, what a screen shows of it on one page."""
    book = openpyxl.load_workbook(source)
    for sheet in book.worksheets:
        width, last = 0.0, 1
        for column in range(1, sheet.max_column + 1):
            letters = get_column_letter(column)
            known = sheet.column_dimensions.get(letters, None)
            width += 0 if known is not None and known.hidden else (known.width if known is not None else 9)
            if width > _SCREEN[0]:
                break
            last = column
        sheet.print_area = f"A1:{get_column_letter(last)}{_SCREEN[1]}"
        sheet.print_title_rows = sheet.print_title_cols = None
        sheet.row_breaks.brk, sheet.col_breaks.brk = [], []
        sheet.oddHeader.left.text = None
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
        sheet.page_setup.orientation = "landscape"
    book.save(target)


def _every_sheet(
    workbook: Path, folder: Path, *, one_page: bool = False, last: str | None = None
) -> dict[str, str]:
    """Draw the first page of each sheet that is shown, up to the ``last``; return the file of each by the sheet's name."""
    folder.mkdir(exist_ok=True)
    for earlier in folder.glob("*.png"):  # of sheets that may have other names now
        earlier.unlink()
    book = openpyxl.load_workbook(workbook, read_only=True)
    sheets = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    sheets = sheets[: sheets.index(last) + 1] if last else sheets
    pdf = workbook.with_suffix(".pdf")
    feet = [page.strip().rsplit("\n", 1)[-1] for page in _run("pdftotext", "-layout", pdf, "-").split("\f")]
    drawn, page = {}, 0
    for sheet in sheets:
        found = next((n for n in range(page, len(feet)) if one_page or f"  {sheet}  " in feet[n]), None)
        if found is None:
            print(f"halaman tidak ditemukan: {workbook.stem}, {sheet}")
            continue
        page = found + 1
        name = re.sub(r"[^a-z0-9]+", "-", sheet.lower()).strip("-")
        _run("pdftoppm", "-r", _SMALL, "-png", "-singlefile", "-f", page, "-l", page, pdf, folder / name)
        drawn[sheet] = f"{folder.name}/{name}.png"
    return drawn


def _index(drawn: Mapping[str, Mapping[str, str]]) -> None:
    """Write the page that shows all sheets."""
    lines = [
        "# Semua lembar",
        "",
        "Dibuat oleh `make pictures` dari contoh DPMD Kabupaten Banyuasin 2023, kabupaten contoh, dan kabupaten rekaan dengan 50 OPD.",
        "",
    ]
    for series, pictures in drawn.items():
        lines += [f"## {_SERIES[series]}", ""]
        for sheet, path in pictures.items():
            lines += [f"### {sheet}", "", f"![{_SERIES[series]}: {sheet}]({path})", ""]
    (PICTURES / "README.md").write_text("\n".join(lines), encoding="utf-8", newline="\n")


def _run(*command: object) -> str:
    return subprocess.run([str(each) for each in command], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
