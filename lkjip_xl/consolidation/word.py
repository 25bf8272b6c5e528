"""The regency's own summary report in Word: figures of all OPDs, ranking, lists and charts, as declared."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.chosen import Outcome
from lkjip_xl.consolidation.context import context_of
from lkjip_xl.consolidation.listings import by_cell
from lkjip_xl.consolidation.sheets import heading, labelled
from lkjip_xl.consolidation.totals import Totals, listed, ranked, step
from lkjip_xl.form.submission import Value
from lkjip_xl.report.charts import Chart, Series, divided
from lkjip_xl.report.docx.contents import fill_contents, page_labels
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.pages import pages_of
from lkjip_xl.report.docx.paper import Page
from lkjip_xl.report.docx.writer import write
from lkjip_xl.report.outline import Part, Prose, bookmarkable, common, of_pages
from lkjip_xl.report.printed import Cell, PrintedColumn, PrintedTable, Row, Total
from lkjip_xl.report.printed import Heading as TableHeading
from lkjip_xl.report.sentences import Sentences
from lkjip_xl.template.declaration import ColumnDeclaration
from lkjip_xl.template.declared_batch import FigureDeclaration
from lkjip_xl.template.declared_report import REPORT, RegencyPart

_NOTES = "keterangan_opd"  # the part below the table of all OPDs
LIST_ROWS = 1000  # of a list in the document; the workbook has them all
_NO = ColumnDeclaration(key="no", label="No", type="ordinal", width=5)
_OPD = ColumnDeclaration(key="opd", label="Perangkat Daerah", type="text", width=40)
_STATE = ColumnDeclaration(key="keadaan", label="Keadaan", type="text", width=16)
_STEP = ColumnDeclaration(key="predikat", label="Predikat", type="text", width=16)


def regency_document(batch: Batch, figures: Totals) -> bytes:
    """Return the report of all OPDs of a batch."""
    package = Package()
    write([*parts(batch, figures)], package, Page.of(batch.template.declared.paper, package))
    shown = batch.template.declared.consolidation
    package.describe(f"{shown.title if shown else ''} {batch.chosen.year or ''}".strip(), "")
    fill_contents(package)
    pages = pages_of(package.saved())
    if pages:
        fill_contents(package, page_labels(package, pages))
    return package.saved()


def parts(batch: Batch, figures: Totals) -> Iterator[Part]:
    """Yield the declared parts of the report of all OPDs."""
    declared = batch.template.report
    sentences = Sentences(context_of(batch, figures), REPORT)
    tables = _Tables(batch, figures)
    for each in declared.regency if declared else ():
        yield from of_pages(each)
        yield from tables.shown(each) if each.show else common(each, sentences, tables.filled)


class _Tables:
    """Makes the tables and charts of a batch."""

    def __init__(self, batch: Batch, figures: Totals) -> None:
        self.batch = batch
        self.figures = figures
        declared = batch.template.declared.consolidation
        self.declared = {each.key: each for each in declared.figures} if declared else {}
        self.lists = {each.sheet: each for each in declared.lists} if declared else {}
        self.number = 0

    def filled(self, text: str) -> str:
        """Return a declared text with the year in it."""
        return text.replace("{tahun}", str(self.batch.chosen.year or "")).strip()

    def shown(self, part: RegencyPart) -> Iterator[Part]:
        """Yield a table, or the charts that it takes."""
        title = self.filled(part.title)
        figures = [self.declared[key] for key in part.figures or self.declared]
        match part.show:
            case "opd":
                yield self._named(self._agencies(title, figures))
                notes = tuple(self._notes())
                if notes:
                    yield Part(Prose(notes, "isi"), _NOTES)
            case "peringkat":
                yield self._named(self._ranking(title, figures[0]))
            case "daftar":
                yield self._named(self._list(title, part.sheet))
            case _:
                yield from self._charts(title, figures)

    def _named(self, table: PrintedTable) -> Part:
        self.number += 1
        return Part(table, f"tabel_{self.number}")

    def _table(
        self,
        title: str,
        columns: list[ColumnDeclaration],
        rows: list[list[Value | None]],
        total: Total | None = None,
    ) -> PrintedTable:
        source = f"Sumber: laporan kinerja {len(self.batch.chosen.counted)} perangkat daerah"
        return PrintedTable(
            f"Tabel {self.number + 1}",
            title,
            tuple(PrintedColumn(each, None) for each in columns),
            tuple(TableHeading(each.label, 0, place, rows=2) for place, each in enumerate(columns)),
            tuple(Row(tuple(Cell(value) for value in row)) for row in rows),
            total,
            source,
        )

    def _agencies(self, title: str, figures: list[FigureDeclaration]) -> PrintedTable:
        rows: list[list[Value | None]] = []
        for number, agency in enumerate(self.batch.chosen.agencies, start=1):
            own = self.figures.of(agency)
            values = [own[each.key].value if each.key in own else None for each in figures]
            rows.append([float(number), agency.name, *values, str(agency.outcome).capitalize()])
        together = [self.figures.all_.get(each.key) for each in figures]
        total = Total((None, "Jumlah / rata-rata", *together, None), 1)
        return self._table(title, [_NO, _OPD, *map(_column, figures), _STATE], rows, total)

    def _notes(self) -> Iterator[str]:
        """Yield who is not counted, and what the coordinator has decided."""
        chosen = self.batch.chosen
        if chosen.number(Outcome.MISSING, Outcome.LEFT_OUT):
            yield "Perangkat daerah yang belum mengirim dan yang dikeluarkan tidak ikut dihitung."
        if chosen.decided:
            yield "Keputusan koordinator:"
        for agency, decided in chosen.decided:
            yield f"• {agency.name} {decided.words}"

    def _ranking(self, title: str, figure: FigureDeclaration) -> PrintedTable:
        columns, rows = [_NO, _OPD, _column(figure)], list[list[Value | None]]()
        for place, agency, found in ranked(self.batch, self.figures, figure.key):
            value = None if found is None else found.value
            row: list[Value | None] = [None if place is None else float(place), agency.name, value]
            if figure.scale:
                row.append(None if value is None else step(self.batch, figure.scale, value))
            rows.append(row)
        return self._table(title, [*columns, *([_STEP] if figure.scale else [])], rows)

    def _list(self, title: str, sheet: str) -> PrintedTable:
        listing = self.lists[sheet]
        table = self.batch.template.tables[listing.table]
        own = [table.columns[key] for key in listing.columns]
        columns = [
            each.declared.model_copy(update={"label": heading(each, self.batch.chosen.year)}) for each in own
        ]
        found, number = listed(self.batch, listing)
        rows = [
            [name, *by_cell(own, values)] for _, _, name, *values, _, _ in itertools.islice(found, LIST_ROWS)
        ]
        if number > LIST_ROWS:
            title += f" ({LIST_ROWS} dari {number} baris; selengkapnya di buku kerja konsolidasi)"
        return self._table(title, [_OPD, *columns], rows)

    def _charts(self, title: str, figures: list[FigureDeclaration]) -> Iterator[Part]:
        pairs = [
            (agency.name, self.figures.by_agency[sent.source.digest])
            for agency, sent in self.batch.chosen.counted
        ]
        filled = [(name, own) for name, own in pairs if any(each.key in own for each in figures)]
        if not filled:
            return
        groups = [*divided(filled, "bar")]
        for place, group in enumerate(groups, start=1):
            series = tuple(
                Series(
                    labelled(each),
                    tuple(own[each.key].value if each.key in own else None for _, own in group),
                )
                for each in figures
            )
            of = f" ({place} dari {len(groups)})" if len(groups) > 1 else ""
            yield Part(
                Chart(title + of, "bar", tuple(name for name, _ in group), series),
                bookmarkable(f"grafik_{figures[0].key}_{place}"),
            )


def _column(figure: FigureDeclaration) -> ColumnDeclaration:
    return ColumnDeclaration(
        key=figure.key,
        label=labelled(figure),
        type="number",
        decimals=figure.decimals,
        unit=figure.unit,
        width=18,
    )
