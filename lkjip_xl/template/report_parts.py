"""What the parts of the report in Word name must be there: tables, columns, and what their sentences fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lkjip_xl.base.errors import DeclarationError, meant
from lkjip_xl.template.batch_parts import batch_sources
from lkjip_xl.template.declaration import Declared
from lkjip_xl.template.declared_batch import ConsolidationDeclaration
from lkjip_xl.template.declared_report import REPORT, RegencyPart, ReportDeclaration, ReportPart, RowPart
from lkjip_xl.template.placeholders import sources_of
from lkjip_xl.template.sentences import Source, sentence_faults


def check_report(
    declared: ReportDeclaration, tables: Declared, consolidation: ConsolidationDeclaration | None
) -> None:
    """Raise ``DeclarationError`` for the first part that names what is not there, or whose key another has."""
    sources = sources_of(tables)
    keys: set[str] = set()
    for number, part in enumerate(declared.parts, start=1):
        for place, each, of in _each(part, f"parts ke-{number}"):
            for reason in _faults(each, of, sources, tables):
                raise DeclarationError(f"{place}: {reason}", file=REPORT)
            if each.key in keys or each.key in tables:
                raise DeclarationError(f"{place}: key {each.key} sudah dipakai", file=REPORT)
            keys |= {each.key} if each.key else set()
    for number, regency in enumerate(declared.regency, start=1):
        for reason in _regency_faults(regency, consolidation):
            raise DeclarationError(f"regency ke-{number}: {reason}", file=REPORT)


def _regency_faults(part: RegencyPart, consolidation: ConsolidationDeclaration | None) -> Iterator[str]:
    figures = [each.key for each in consolidation.figures] if consolidation else []
    sheets = [each.sheet for each in consolidation.lists] if consolidation else []
    for key in part.figures:
        if key not in figures:
            yield f"angka {key} tidak ada{meant(key, figures)}"
    if part.show in ("peringkat", "grafik") and not part.figures:
        yield f"show {part.show} memerlukan figures"
    if part.show == "daftar" and part.sheet not in sheets:
        yield f"daftar {part.sheet} tidak ada{meant(part.sheet, sheets)}"
    sources = batch_sources(figures)
    for text in (part.heading, *part.text, *part.sentences):
        for reason in sentence_faults(text, sources):
            yield f"kalimat {text[:40]!r}: {reason}"


def _each(part: ReportPart, place: str) -> Iterator[tuple[str, ReportPart | RowPart, str | None]]:
    """Yield a part and those that are written for each row, with the table of these rows."""
    yield place, part, None
    for number, row in enumerate(part.rows, start=1):
        yield f"{place}, rows ke-{number}", row, part.each


def _faults(
    part: ReportPart | RowPart, each: str | None, sources: Mapping[str, Source], tables: Declared
) -> Iterator[str]:
    of = part.each if isinstance(part, ReportPart) else None
    for key in filter(None, (part.table, part.charts, of)):
        if key not in tables:
            yield f"tabel {key} tidak ada{meant(key, tables)}"
            return
    if of is not None and not part.rows:  # type: ignore[union-attr]  # of a ReportPart
        yield "each memerlukan rows"
    if isinstance(part, RowPart) and part.first_of and part.first_of not in sources[str(each)].columns:
        yield f"first_of {part.first_of} tidak ada{meant(part.first_of, sources[str(each)].columns)}"
    for text in (part.heading, *part.text, *part.sentences):
        for reason in sentence_faults(text, sources, each):
            yield f"kalimat {text[:40]!r}: {reason}"
