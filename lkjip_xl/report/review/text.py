"""A review as text for a terminal and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lkjip_xl.base.files import shown
from lkjip_xl.base.findings import Severity
from lkjip_xl.base.showing import NAME, one_line, short
from lkjip_xl.pipeline import Checked
from lkjip_xl.report.review.comparing import Difference, FoundTable, Review
from lkjip_xl.report.review.figures import Verdict
from lkjip_xl.report.review.prose import SentenceDifference
from lkjip_xl.report.text import identity
from lkjip_xl.template.model import Template
from lkjip_xl.words.wording import brief, number


def as_json(document: Path, checked: Checked, review: Review, template: Template) -> dict[str, Any]:
    """Return one object: dokumen, berkas, opd, tahun, status, sama, temuan, tabel, tidak_ditemukan, tidak_dikenal."""
    tables = {each.key: each for each in review.tables}
    return {
        "dokumen": str(document),
        "berkas": str(checked.path),
        "opd": identity(checked, template)[0],
        "tahun": checked.workbook.submission.setup.year if checked.workbook else None,
        "status": checked.status,
        "sama": review.same,
        "temuan": [_finding(each, tables[each.table]) for each in review.differences],
        "tabel": [
            {
                "tabel": each.key,
                "judul": each.caption,
                "urutan": list(each.numbers),
                "tidak_dicetak": list(each.absent),
                "tidak_dibandingkan": list(each.other),
            }
            for each in review.tables
        ],
        "kalimat": {
            "ditemukan": review.sentences.found,
            "sama": review.sentences.same,
            "temuan": [
                {
                    "hasil": each.verdict,
                    "kalimat": each.sentence,
                    "tercetak": each.printed,
                    "seharusnya": each.expected,
                    "catatan": each.note,
                }
                for each in review.sentences.differences
            ],
        },
        "tidak_ditemukan": [{"tabel": each.key, "judul": each.caption} for each in review.not_found],
        "tidak_dikenal": [{"urutan": each.number, "judul_tercetak": each.caption} for each in review.strange],
    }


def _finding(each: Difference, table: FoundTable) -> dict[str, Any]:
    return {
        "hasil": each.verdict,
        "tabel": each.table,
        "judul": table.caption,
        "urutan": each.number,
        "judul_tercetak": each.caption,
        "baris": each.row,
        "kolom": each.column,
        "tercetak": each.printed,
        "seharusnya": each.expected,
        "catatan": each.note,
    }


def as_text(document: Path, checked: Checked, review: Review, template: Template) -> str:
    """Return a review grouped by table, with the place of each finding in the document, and a last line that counts."""
    return "\n".join(_lines(document, checked, review, template))


def _lines(document: Path, checked: Checked, review: Review, template: Template) -> Iterator[str]:
    code, name = (one_line(brief(each)) for each in identity(checked, template))
    year = checked.workbook.submission.setup.year if checked.workbook else ""
    yield f"{shown(document)} dibandingkan dengan {shown(checked.path)} ({code} · {name} · {year})"
    for table in review.tables:
        own = [each for each in review.differences if each.table == table.key]
        for at in sorted({each.number for each in own}):
            here = [each for each in own if each.number == at]
            yield f"  {place(table, at, here[0].caption)}"
            yield from (f"    {each.verdict.value:<13} {said(each)}" for each in here)
    if review.sentences.differences:
        yield "  Kalimat"
        for one in review.sentences.differences:
            yield f"    {one.verdict.value:<13} {sentence_said(one)}"
    yield from _remarks(review)
    galat = sum(each.severity is Severity.GALAT for each in checked.findings)
    if galat:
        yield f"  Buku kerja ini sendiri memuat {number(galat)} galat; lihat lkjip-xl validate"
    yield f"  {verdict(review)}"


def place(table: FoundTable, at: int, printed: str) -> str:
    """Return where in a document a table stands: its number there, and what the document calls it."""
    words = f": “{short(printed, NAME)}”" if printed else ""
    return f"{one_line(brief(table.caption))} (tabel ke-{at} di laporan{words})"


def said(each: Difference) -> str:
    """Return one finding as a sentence without its table."""
    where = f"baris “{short(each.row, NAME)}”"
    if each.column:
        printed = f"tercetak “{short(each.printed)}”" if each.printed else "kosong"
        where += f", kolom “{short(each.column, NAME)}”: {printed}"
        where += f", menurut buku kerja {short(each.expected)}" if each.expected else ""
        return f"{where} ({each.note})" if each.note else where
    return f"{where}: {each.note}" + (f" ({short(each.expected, NAME)})" if each.expected else "")


def sentence_said(each: SentenceDifference) -> str:
    """Return what is wrong in a sentence, or that it is not there."""
    if not each.sentence:
        return f"“{short(each.expected, NAME)}”: {each.note}"
    if each.note:
        return (
            f"“{short(each.sentence, NAME)}”: {each.note}; menurut buku kerja “{short(each.expected, NAME)}”"
        )
    printed, expected = short(each.printed, NAME), short(each.expected, NAME)
    return f"“{short(each.sentence, NAME)}”: tertulis {printed}, menurut buku kerja {expected}"


def _remarks(review: Review) -> Iterator[str]:
    """Yield what is no fault: columns and tables that are not printed, and tables that are not ours."""
    for table in review.tables:
        if table.absent:
            columns = ", ".join(map(one_line, table.absent))
            yield f"  Kolom yang tidak dicetak di {one_line(brief(table.caption))}: {columns}"
        if table.other:
            columns = ", ".join(f"“{short(each)}”" for each in table.other)
            yield f"  Kolom laporan yang tidak dibandingkan di {one_line(brief(table.caption))}: {columns}"
    if review.not_found:
        names = "; ".join(one_line(brief(each.caption)) for each in review.not_found)
        yield f"  Tabel yang tidak ditemukan di laporan: {names}"
    if review.strange:
        names = "; ".join(f"ke-{each.number} “{short(each.caption, NAME)}”" for each in review.strange)
        yield f"  Tabel di laporan yang bukan tabel buku kerja: {names}"


def verdict(review: Review) -> str:
    """Return how many cells and figures of sentences are the same, and how many findings there are of each kind."""
    if not review.tables and not review.sentences.found:
        return "Tidak satu pun tabel buku kerja ditemukan di laporan ini"
    kinds = [(each, sum(one.verdict is each for one in review.all_differences)) for each in Verdict]
    found = ", ".join(f"{number(count)} {kind.value}" for kind, count in kinds if count)
    said = f" dan {number(review.sentences.same)} angka dalam kalimat" if review.sentences.found else ""
    return f"{number(review.same)} sel{said} sama; {found or 'tidak ada yang berbeda'}"
