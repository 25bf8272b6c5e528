"""A batch to the consolidated workbook: cockpit, OPD × table, rankings, lists, sums, findings, files.

Every figure points to the file, sheet and cell where it stands.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from lkjip_xl.base.findings import Severity
from lkjip_xl.base.keys import PERIOD
from lkjip_xl.consolidation import listings
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.cockpit import Cockpit
from lkjip_xl.consolidation.frames import About
from lkjip_xl.consolidation.links import Links, uri
from lkjip_xl.consolidation.sheets import (
    CENTRED,
    foot,
    head_of,
    heading,
    labelled,
    line,
    mark_states,
    number_style,
)
from lkjip_xl.consolidation.totals import (
    Figure,
    Totals,
    frequent,
    ranked,
    states,
    step,
    summed,
)
from lkjip_xl.form.identity import OUTPUT_PROPERTY
from lkjip_xl.template.declared_batch import (
    ConsolidationDeclaration,
    FigureDeclaration,
    SumSheetDeclaration,
)
from lkjip_xl.template.model import (
    AGENCIES_SHEET,
    COCKPIT_SHEET,
    FILES_SHEET,
    FINDINGS_SHEET,
    RULES_SHEET,
)
from lkjip_xl.write import styles
from lkjip_xl.write.book import Book, Sheet
from lkjip_xl.write.printing import plain_page


def write_workbook(batch: Batch, figures: Totals, target: Path, beside: Path) -> None:
    """Write the consolidated workbook to ``target``; links are relative to ``beside``, the folder where it will be.

    Where nothing has changed since an earlier run it is that run's.
    """
    shown = batch.template.declared.consolidation
    assert shown is not None  # noqa: S101 - a batch is read only with it
    name = _fingerprint(batch, beside)
    kept = batch.store.kept(name)
    if kept is not None:
        shutil.copyfile(kept, target)
        return
    _Writer(batch, shown, figures, target, beside).write()
    batch.store.keep(name, target)


def _fingerprint(batch: Batch, beside: Path) -> str:
    """Return what is the same only if the workbook would be: files, what became of each, and how links lead to them."""
    chosen, found = batch.chosen, batch.found
    digest = hashlib.blake2b(digest_size=16)
    for text in (
        chosen.year,
        found.locks,
        found.hidden,
        chosen.outputs,
        listings.LIST_ROWS,
        found.lists,
        *chosen.findings,
    ):
        digest.update(f"{text}\n".encode())
    for sent in chosen.sent:
        link = uri(sent.source.path, beside)
        digest.update(f"{link}\0{sent.source.digest}\0{sent.outcome}\0{sent.why}\n".encode())
    for agency in chosen.agencies:
        digest.update(f"{agency.code}\0{agency.name}\0{agency.outcome}\n".encode())
    return digest.hexdigest()


class _Writer:
    def __init__(
        self, batch: Batch, shown: ConsolidationDeclaration, figures: Totals, target: Path, beside: Path
    ) -> None:
        self.batch = batch
        self.shown = shown
        self.title = f"{shown.title} {batch.chosen.year or ''}".strip()
        self.out = Book(self.title, target)
        self.out.property(OUTPUT_PROPERTY, batch.template.declared.version)
        self.totals = figures
        self.often = list(frequent(batch).iter_rows())
        self.links = Links((sent.source.path for sent in batch.chosen.sent), beside)

    def write(self) -> None:
        lists = listings.Listings(self.batch, self.title, self.often, self.links)
        cockpit = Cockpit(self.out, self.title, self.batch, self.totals, self.often)
        cockpit.write(self.out.sheet(COCKPIT_SHEET))
        self._agencies(self.out.sheet(AGENCIES_SHEET))
        for figure in self.shown.figures:
            if figure.ranking:
                self._ranking(self.out.sheet(figure.ranking), figure)
        for each in self.shown.lists:
            lists.list(self.out.sheet(each.sheet), each)
        for sums in self.shown.sums:
            self._sums(self.out.sheet(sums.sheet), sums)
        lists.findings(self.out.sheet(FINDINGS_SHEET))
        lists.rules(self.out.sheet(RULES_SHEET))
        lists.files(self.out.sheet(FILES_SHEET))
        self.out.finish()

    # -- OPD × table --------------------------------------------------------------------------------------------

    def _agencies(self, sheet: Sheet) -> None:
        tables = [table for table in self.batch.template.filled if table.typed]
        columns = [("No", 6), ("Kode", 10), ("OPD", 44), ("Keadaan", 15), ("Berkas", 34), ("Templat", 10)]
        columns += [(severity.value.capitalize(), 11) for severity in Severity]
        columns += [(labelled(figure), 20) for figure in self.shown.figures]
        columns += [(table.declared.sheet, 12) for table in tables]
        head = head_of(
            sheet,
            self.title,
            "Tiap OPD dan tiap tabel: lengkap, tidak berlaku, sebagian, belum diisi, peringatan, galat, atau hilang",
            columns,
        )
        known = states(self.batch)
        row = head
        for row, agency in enumerate(self.batch.chosen.agencies, start=head):
            sent = agency.sent
            sheet.value(row, 0, row - head + 1, CENTRED)
            line(sheet, row, (agency.code, agency.name), first=1)
            sheet.value(row, 3, agency.outcome.value, CENTRED)
            path, links = sent.source.path if sent else None, (row - head) * (len(self.shown.figures) + 1)
            self.links.write(sheet, row, 4, path, before=links)
            sheet.value(row, 5, _made_from(sent.about) if sent else None, styles.PLAIN)
            for place, severity in enumerate(Severity, start=6):
                sheet.value(row, place, dict(sent.about.counts)[severity] if sent else None, CENTRED)
            place = 6 + len(Severity)
            figures = self.totals.by_agency.get(sent.source.digest, {}) if sent else {}
            for figure in self.shown.figures:
                found = figures.get(figure.key)
                if found is not None:
                    self.links.write(sheet, row, place, path, found.sheet, found.cell, links)
                sheet.value(row, place, found.value if found else None, number_style(figure))
                place += 1
            of_tables = known.get(sent.source.digest, {}) if sent else {}
            for table in tables:
                sheet.value(row, place, of_tables.get(table.key), CENTRED)
                place += 1
        mark_states(sheet, (head, 3, row, 3))
        mark_states(sheet, (head, len(columns) - len(tables), row, len(columns) - 1))
        foot(sheet, head, row, len(columns), frozen=3)
        sheet.raw.set_paper(8)  # A3, the tables on a page of their own
        sheet.raw.fit_to_pages(2, 0)
        sheet.raw.repeat_columns(0, 2)

    # -- rankings -----------------------------------------------------------------------------------------------

    def _ranking(self, sheet: Sheet, figure: FigureDeclaration) -> None:
        columns = [("Peringkat", 11), ("Kode", 10), ("OPD", 60), (labelled(figure), 24)]
        columns += [("Predikat", 20)] if figure.scale else []
        columns += [("Sumber", 40)]
        head = head_of(sheet, f"{figure.ranking} {self.batch.chosen.year or ''}", figure.label, columns)
        row = head
        for row, (place, agency, found) in enumerate(ranked(self.batch, self.totals, figure.key), start=head):
            sheet.value(row, 0, place, CENTRED)
            line(sheet, row, (agency.code, agency.name), first=1)
            sheet.value(row, 3, found.value if found else None, number_style(figure))
            if figure.scale:
                sheet.value(row, 4, step(self.batch, figure, found.value) if found else None, styles.PLAIN)
            shown = found or Figure(0)
            path = agency.sent.source.path if agency.sent else None
            self.links.write(sheet, row, len(columns) - 1, path, shown.sheet, shown.cell, row - head)
        foot(sheet, head, row, len(columns))

    # -- sums ---------------------------------------------------------------------------------------------------

    def _sums(self, sheet: Sheet, shown: SumSheetDeclaration) -> None:
        sheet.raw.hide_gridlines(2)
        sheet.raw.set_column(0, 0, 44)
        sheet.raw.set_column(1, 12, 16)
        sheet.value(0, 0, f"{shown.title}, {self.batch.chosen.year or ''}", styles.TITLE)
        row = 2
        for each in shown.tables:
            table = self.batch.template.tables[each.table]
            sheet.value(row, 0, each.title, styles.SECTION)
            keys = [*([each.by] if each.by else []), *([PERIOD] if table.per_year else [])]
            labels = [heading(table.columns[each.by], self.batch.chosen.year)] if each.by else []
            labels += ["Tahun"] if table.per_year else []
            labels += each.labels or [
                heading(table.columns[key], self.batch.chosen.year) for key in each.columns
            ]
            row += 1
            for place, label in enumerate([*labels, "Jumlah OPD"]):
                sheet.value(row, place, label, styles.HEADER)
            for record in summed(self.batch, each).iter_rows(named=True):
                row += 1
                for place, key in enumerate([*keys, *each.columns, "jumlah_opd"]):
                    style = {**styles.PLAIN, **({"num_format": "#,##0"} if key in each.columns else {})}
                    sheet.value(row, place, record[key], style)
            row += 3
        plain_page(sheet, landscape=True)


def _made_from(about: About) -> str:
    return "berlaku" if about.current else f"lama ({about.version or '?'})"
