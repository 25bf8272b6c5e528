"""The sheet Petunjuk: whose report it is, three steps, how to fill it, what the colours mean, and the sheets."""

from __future__ import annotations

from lkjip_xl.base.findings import Severity
from lkjip_xl.form.layout import Layout
from lkjip_xl.form.submission import Notice
from lkjip_xl.formula.status import READY
from lkjip_xl.template.sheet_names import CHECKS_SHEET
from lkjip_xl.words import wording
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet
from lkjip_xl.write.head import full_title
from lkjip_xl.write.printing import page

_MARGIN = 3
_WIDTHS = (28, 90)
_HEADING = {**styles.TEXT, "bold": True}


def write_guide(sheet: Sheet, plan: Layout, owner: str, notice: Notice) -> None:
    """Write the sheet; ``owner`` is the OPD's name, where it is known when the workbook is made."""
    declared = plan.template.declared
    first, last = plan.setup.period
    sheet.raw.hide_gridlines(2)
    sheet.raw.set_column(0, 0, _MARGIN)
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.raw.set_column(column, column, width)
    sheet.value(0, 1, declared.title, styles.TITLE)
    about = f"Tahun {plan.setup.year} · Renstra {first}–{last}"
    sheet.value(1, 1, " · ".join(filter(None, (owner, about))), styles.SUBTITLE)
    row = _steps(sheet, 3, plan, notice)
    row = _instructions(sheet, row + 1, declared.instructions)
    row = _scales(sheet, row + 1, plan)
    row = _legend(sheet, row + 1)
    sheet.value(row + 1, 1, "Lembar", _HEADING)
    row += 1
    for table in (each for each in plan.tables if not each.is_list):
        row += 1
        sheet.link(row, 1, table.declared.sheet, "A1", table.declared.sheet)
        title = full_title(table, plan)
        sheet.value(row, 2, title, styles.TEXT)
        sheet.fit(row, [(title, _WIDTHS[1])])
    page(sheet, (_MARGIN, *_WIDTHS), upright=True)
    sheet.protect()


def _steps(sheet: Sheet, row: int, plan: Layout, notice: Notice) -> int:
    """Write the three steps, each with a link; return the row below."""
    start = next(table.declared.sheet for table in plan.tables if table.typed)
    to, until = f" kepada {notice.contact}" if notice.contact else "", ""
    if notice.deadline:
        until = f" paling lambat {wording.date(notice.deadline)}"
    steps = (
        ("1. Isi", start, "Ketik di sel kuning muda, lembar demi lembar dari kiri ke kanan."),
        ("2. Periksa", CHECKS_SHEET, "Perbaiki galatnya; jelaskan peringatan yang memang benar keadaannya."),
        ("3. Kirim", CHECKS_SHEET, f"Kirim berkas ini{to}{until} setelah lembar Periksa menulis {READY}."),
    )
    sheet.value(row, 1, "Tiga langkah", _HEADING)
    for name, target, text in steps:
        row += 1
        sheet.link(row, 1, target, "A1", name)
        sheet.value(row, 2, text, styles.TEXT)
        sheet.fit(row, [(text, _WIDTHS[1])])
    return row + 1


def _instructions(sheet: Sheet, row: int, instructions: tuple[str, ...]) -> int:
    sheet.value(row, 1, "Cara mengisi", _HEADING)
    for number, text in enumerate(instructions, start=1):
        row += 1
        line = f"{number}. {text}"
        sheet.merged(row, 1, row, 2, line, styles.TEXT)
        sheet.fit(row, [(line, sum(_WIDTHS))])
    return row + 1


def _scales(sheet: Sheet, row: int, plan: Layout) -> int:
    """Write the scales of grades, one a row; return the row below."""
    scales = plan.template.grades.scales.items()
    if not scales:
        return row - 1
    sheet.value(row, 1, "Skala predikat", _HEADING)
    for name, grades in scales:
        row += 1
        sheet.value(row, 1, name, styles.TEXT)
        sheet.value(row, 2, ", ".join(grade.label for grade in grades), styles.TEXT)
    return row + 1


def _legend(sheet: Sheet, row: int) -> int:
    """Write what each colour of a cell means."""
    meanings = (
        (styles.INPUT, "Sel isian: ketik atau pilih di sini. Penjelasan menguning bila diperlukan."),
        (styles.LOCKED, "Sel hitungan: terisi sendiri dan terkunci."),
        (styles.TOTAL, "Baris jumlah: terisi sendiri dan terkunci."),
        (styles.MARKS[Severity.GALAT], "Galat: keliru, harus diperbaiki."),
        (styles.MARKS[Severity.PERINGATAN], "Peringatan: periksa; bila memang benar, jelaskan."),
        (styles.MARKS[Severity.CATATAN], "Catatan: untuk diketahui."),
        (styles.LATER, "Tahun yang belum tiba: terkunci."),
        (styles.DONE, "Di lembar Periksa: beres."),
        (styles.OPEN, "Di lembar Periksa: belum diisi."),
    )
    sheet.value(row, 1, "Arti warna dan tanda", _HEADING)
    row += 1
    sheet.value(row, 1, "✔  !  ✖", {**styles.PLAIN, "align": "center"})
    sheet.value(
        row, 2, "Di depan nomor atau nama baris: beres, ada peringatan atau catatan, ada galat.", styles.TEXT
    )
    for style, text in meanings:
        row += 1
        sheet.value(row, 1, None, {**styles.PLAIN, **style, "locked": True})
        sheet.value(row, 2, text, styles.TEXT)
    return row + 1
