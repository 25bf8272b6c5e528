"""A review as a workbook: every finding one a row, and what became of each table."""

from __future__ import annotations

from collections.abc import Sequence

from lkjip_xl.base.findings import Severity
from lkjip_xl.report.review.comparing import Review
from lkjip_xl.report.review.figures import Verdict
from lkjip_xl.report.review.text import verdict
from lkjip_xl.template.declaration import Paper
from lkjip_xl.write import styles
from lkjip_xl.write.book import Book, Sheet
from lkjip_xl.write.printing import page

_FIRST = 4
_FINDINGS = (
    ("No", 5),
    ("Hasil", 14),
    ("Tabel", 28),
    ("Tabel ke-", 10),
    ("Judul di laporan", 28),
    ("Baris", 34),
    ("Kolom", 20),
    ("Tercetak", 18),
    ("Menurut buku kerja", 18),
    ("Catatan", 24),
)
_MARKS = {
    each.value: styles.MARKS[
        Severity.CATATAN
        if each is Verdict.UNKNOWN
        else Severity.GALAT
        if each in (Verdict.WRONG, Verdict.MISSING)
        else Severity.PERINGATAN
    ]
    for each in Verdict
}
_SENTENCES = (
    ("No", 5),
    ("Hasil", 14),
    ("Kalimat di laporan", 70),
    ("Tertulis", 24),
    ("Menurut buku kerja", 24),
    ("Catatan", 30),
)
_TABLES = (
    ("Tabel", 50),
    ("Di laporan", 26),
    ("Kolom yang tidak dicetak", 34),
    ("Kolom laporan yang tidak dibandingkan", 34),
)


def as_workbook(review: Review, owner: str, paper: Paper) -> bytes:
    """Return a review as a workbook."""
    out = Book("Reviu laporan", owner=owner, paper=paper)
    tables = {each.key: each for each in review.tables}
    rows = [
        (
            n,
            each.verdict.value,
            tables[each.table].caption,
            each.number,
            each.caption,
            each.row,
            each.column,
            each.printed,
            each.expected,
            each.note,
        )
        for n, each in enumerate(review.differences, start=1)
    ]
    _write(out.sheet("Reviu"), f"Reviu laporan: {verdict(review)}", owner, _FINDINGS, rows)
    sentences = [
        (n, each.verdict.value, each.sentence, each.printed, each.expected, each.note)
        for n, each in enumerate(review.sentences.differences, start=1)
    ]
    if sentences:
        _write(out.sheet("Kalimat"), "Angka dalam kalimat", owner, _SENTENCES, sentences)
    found = [
        (
            each.caption,
            f"tabel ke-{', '.join(map(str, each.numbers))}",
            ", ".join(each.absent),
            ", ".join(each.other),
        )
        for each in review.tables
    ]
    found += [(each.caption, "tidak ditemukan", "", "") for each in review.not_found]
    found += [
        (each.caption or "tanpa judul", f"tabel ke-{each.number}, tidak dikenal", "", "")
        for each in review.strange
    ]
    _write(out.sheet("Tabel"), "Tabel yang dibandingkan", owner, _TABLES, found)
    return out.finish()


def _write(
    sheet: Sheet,
    title: str,
    owner: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str | int]],
) -> None:
    sheet.raw.hide_gridlines(2)
    sheet.value(0, 0, title, styles.TITLE)
    sheet.value(1, 0, owner, styles.SUBTITLE)
    for column, (label, width) in enumerate(columns):
        sheet.raw.set_column(column, column, width)
        sheet.value(_FIRST - 1, column, label, styles.HEADER)
    if not rows:
        sheet.merged(_FIRST, 0, _FIRST, len(columns) - 1, "Tidak ada yang berbeda", styles.EMPTY)
    for row, values in enumerate(rows, start=_FIRST):
        for column, value in enumerate(values):
            middle = {"align": "center"} if isinstance(value, int) else {}
            sheet.value(row, column, value, {**styles.PLAIN, **middle, **_MARKS.get(str(value), {})})
        sheet.fit(row, [(value, width) for value, (_, width) in zip(values, columns, strict=True)])
    if rows:
        sheet.raw.autofilter(_FIRST - 1, 0, _FIRST - 1 + len(rows), len(columns) - 1)
    sheet.raw.freeze_panes(_FIRST, 0)
    page(sheet, [width for _, width in columns], repeat=(_FIRST - 1, _FIRST - 1))
