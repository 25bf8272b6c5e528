"""The sheet Temuan: every finding of a report, one a row, in a summary or in the workbook that goes back."""

from __future__ import annotations

from collections.abc import Sequence

from lkjip_xl.base.findings import Finding
from lkjip_xl.base.showing import safe
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet
from lkjip_xl.write.printing import page

_FIRST = 4
_SHEET, _CELL = 2, 3  # columns
_COLUMNS = (
    ("No", 5),
    ("Tingkat", 11),
    ("Lembar", 16),
    ("Sel", 7),
    ("Temuan", 43),
    ("Isi sel", 15),
    ("Seharusnya", 16),
    ("Perbaikan", 35),
    ("Penjelasan OPD", 20),
    ("Ikut dari", 9),
)


def write_findings(
    sheet: Sheet, title: str, owner: str, findings: Sequence[Finding], *, linked: bool = False
) -> None:
    """Write title and findings; ``linked`` makes each cell's address a link to it, in a workbook that has it."""
    sheet.raw.hide_gridlines(2)
    sheet.value(0, 0, title, styles.TITLE)
    sheet.value(1, 0, safe(owner), styles.SUBTITLE)
    for place, (label, width) in enumerate(_COLUMNS):
        sheet.raw.set_column(place, place, width)
        sheet.value(_FIRST - 1, place, label, styles.HEADER)
    if not findings:
        sheet.merged(_FIRST, 0, _FIRST, len(_COLUMNS) - 1, "Tidak ada temuan", styles.EMPTY)
    for row, finding in enumerate(findings, start=_FIRST):
        _write(sheet, row, finding)
        if linked and finding.place is not None and finding.cell:
            sheet.link(row, _CELL, finding.sheet, finding.cell, finding.cell)
    if findings:
        sheet.raw.autofilter(_FIRST - 1, 0, _FIRST - 1 + len(findings), len(_COLUMNS) - 1)
    sheet.raw.freeze_panes(_FIRST, 0)
    page(sheet, [width for _, width in _COLUMNS], repeat=(_FIRST - 1, _FIRST - 1))


def _write(sheet: Sheet, row: int, finding: Finding) -> None:
    texts = (
        finding.severity.value,
        finding.sheet,
        finding.cell,
        finding.message,
        finding.value,
        finding.expected,
        finding.remedy,
        finding.explanation,
        finding.follows,
    )
    sheet.value(row, 0, row - _FIRST + 1, {**styles.PLAIN, "align": "center"})
    for place, text in enumerate(texts, start=1):
        sheet.value(row, place, safe(text) or None, styles.PLAIN)
    sheet.fit(row, [(text, width) for text, (_, width) in zip(texts, _COLUMNS[1:], strict=True)])
