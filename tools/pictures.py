"""Makes the pictures of the docs: sheets of the samples as LibreOffice prints them, each found by a text on it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from lkjip_xl.form.json_data import load_data
from lkjip_xl.form.submission import Notice, Submission, initial, with_text
from lkjip_xl.report.summary_book import summary
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.write.render import render

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "gambar"
SAMPLES = ROOT / "samples"
_DPI = 80

# By workbook: the picture, and a text that stands on its page and on none before.
WANTED: Mapping[str, Mapping[str, str]] = {
    "kosong": {"petunjuk": "Tiga langkah", "periksa-kosong": "BELUM DIISI", "tidak-berlaku": "Tabel ini tidak berlaku?"},
    "isian": {"periksa": "BELUM SIAP", "isian": "Rata-rata capaian sasaran"},
    "ringkasan": {"ringkasan": "Persentase Perbandingan Target", "grafik": "Grafik Laporan"},
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
        for workbook, content in _workbooks(template).items():
            (folder / f"{workbook}.xlsx").write_bytes(content)
        _run("soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, *folder.glob("*.xlsx"))
        missing = [
            f"{workbook}: {text}"
            for workbook, pictures in WANTED.items()
            for picture, text in pictures.items()
            if not _picture(folder / f"{workbook}.pdf", text, PICTURES / picture)
        ]
    for each in missing:
        print(f"halaman tidak ditemukan: {each}")
    return int(bool(missing))


def _workbooks(template: Template) -> dict[str, bytes]:
    published = SAMPLES / "dpmd-banyuasin-2023"
    filled = published.with_suffix(".xlsx")
    return {
        "kosong": render(template, _blank(template)),
        "isian": render(template, load_data(published.with_suffix(".json"), template)),
        "ringkasan": summary(filled, template)[1],
    }


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


def _run(*command: object) -> str:
    return subprocess.run([str(each) for each in command], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
