"""A batch to the consolidated workbook: cockpit, OPD × table, rankings, lists, sums, findings, files.

Every figure points to the file, sheet and cell where it stands. Rows are written in their order, so that the size of the
batch does not matter.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

from lkjip_xl.base.files import shown
from lkjip_xl.base.findings import Severity
from lkjip_xl.consolidate.batch import Batch
from lkjip_xl.consolidate.chosen import Sent
from lkjip_xl.consolidate.cockpit import Cockpit
from lkjip_xl.consolidate.frames import About
from lkjip_xl.consolidate.sheets import (
    CENTRED,
    cut,
    foot,
    head_of,
    labelled,
    mark_states,
    number_style,
    uri,
)
from lkjip_xl.consolidate.totals import (
    Figure,
    Totals,
    findings,
    frequent,
    listed,
    ranked,
    states,
    step,
    summed,
)
from lkjip_xl.form.identity import OUTPUT_PROPERTY
from lkjip_xl.form.layout import column_label
from lkjip_xl.template.declared_batch import (
    ConsolidationDeclaration,
    FigureDeclaration,
    ListDeclaration,
    SumSheetDeclaration,
)
from lkjip_xl.template.model import (
    AGENCIES_SHEET,
    COCKPIT_SHEET,
    FILES_SHEET,
    FINDINGS_SHEET,
    RULES_SHEET,
    Setup,
)
from lkjip_xl.write import styles
from lkjip_xl.write.book import Book, Sheet

LIST_ROWS = 1_048_000  # of a sheet, below its headings; Excel ends at 1,048,576
_LONGEST_LINK = 2000  # characters as escaped; Excel takes 2,080
_LINKS = 60_000  # of a sheet; Excel drops all of them from 65,530 on


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
        LIST_ROWS,
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
        self.beside = beside
        self.paths = {sent.source.digest: sent.source.path for _, sent in batch.chosen.counted}
        names = Counter(sent.source.path.name for sent in batch.chosen.sent)
        self.double = {name for name, number in names.items() if number > 1}
        year = batch.chosen.year or 2000
        self.setup = Setup(year, (year, year))

    def write(self) -> None:
        cockpit = Cockpit(self.out, self.title, self.batch, self.totals, self.often)
        cockpit.write(self.out.sheet(COCKPIT_SHEET))
        self._agencies(self.out.sheet(AGENCIES_SHEET))
        for figure in self.shown.figures:
            if figure.ranking:
                self._ranking(self.out.sheet(figure.ranking), figure)
        for each in self.shown.lists:
            self._list(self.out.sheet(each.sheet), each)
        for sums in self.shown.sums:
            self._sums(self.out.sheet(sums.sheet), sums)
        self._findings(self.out.sheet(FINDINGS_SHEET))
        self._rules(self.out.sheet(RULES_SHEET))
        self._files(self.out.sheet(FILES_SHEET))
        self.out.finish()

    # -- OPD × table --------------------------------------------------------------------------------------------

    def _agencies(self, sheet: Sheet) -> None:
        tables = [table for table in self.batch.template.tables.values() if table.typed]
        columns = [("No", 6), ("Kode", 10), ("OPD", 44), ("Keadaan", 15), ("Berkas", 34), ("Templat", 10)]
        columns += [(severity.value.capitalize(), 11) for severity in Severity]
        columns += [(labelled(figure), 20) for figure in self.shown.figures]
        columns += [(table.declared.sheet, 12) for table in tables]
        head = head_of(
            sheet,
            self.title,
            "Tiap OPD dan tiap tabel: lengkap, peringatan, galat, kosong, atau hilang",
            columns,
        )
        known = states(self.batch)
        row = head
        for row, agency in enumerate(self.batch.chosen.agencies, start=head):
            sent = agency.sent
            sheet.value(row, 0, row - head + 1, CENTRED)
            sheet.value(row, 1, agency.code, styles.PLAIN)
            sheet.value(row, 2, agency.name, styles.PLAIN)
            sheet.value(row, 3, agency.outcome.value, CENTRED)
            self._file(sheet, row, 4, sent, "", "", (row - head) * (len(self.shown.figures) + 1))
            sheet.value(row, 5, _made_from(sent.about) if sent else None, styles.PLAIN)
            for place, severity in enumerate(Severity, start=6):
                sheet.value(row, place, dict(sent.about.counts)[severity] if sent else None, CENTRED)
            place = 6 + len(Severity)
            figures = self.totals.by_agency.get(sent.source.digest, {}) if sent else {}
            for figure in self.shown.figures:
                found = figures.get(figure.key)
                if sent is not None and found is not None:
                    links = (row - head) * (len(self.shown.figures) + 1)
                    self._link(sheet, row, place, sent.source.path, found.sheet, found.cell, links)
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
            sheet.value(row, 1, agency.code, styles.PLAIN)
            sheet.value(row, 2, agency.name, styles.PLAIN)
            sheet.value(row, 3, found.value if found else None, number_style(figure))
            if figure.scale:
                sheet.value(row, 4, step(self.batch, figure, found.value) if found else None, styles.PLAIN)
            shown = found or Figure(0)
            self._file(sheet, row, len(columns) - 1, agency.sent, shown.sheet, shown.cell, row - head)
        foot(sheet, head, row, len(columns))

    # -- lists --------------------------------------------------------------------------------------------------

    def _list(self, sheet: Sheet, shown: ListDeclaration) -> None:
        table = self.batch.template.tables[shown.table]
        own = [table.columns[key] for key in shown.columns]
        columns = [("Kode", 10), ("OPD", 40)]
        columns += [
            (column_label(column, None, self.setup), max(12, column.declared.width)) for column in own
        ]
        columns += [("Sumber", 40)]
        rows, number = listed(self.batch, shown, LIST_ROWS)
        head = head_of(
            sheet, f"{shown.title}, {self.batch.chosen.year or ''}", cut(number, len(rows)), columns
        )
        looks = [{**styles.PLAIN, **styles.number_format(column.declared)} for column in own]
        widths = [width for _, width in columns[:-1]]
        row = head - 1
        for row, record in enumerate(rows.iter_rows(), start=head):
            digest, code, name, *values, found_on, cell = record
            sheet.value(row, 0, code, styles.PLAIN)
            sheet.value(row, 1, name, styles.PLAIN)
            for place, (value, style) in enumerate(zip(values, looks, strict=True), start=2):
                sheet.value(row, place, value, style)
            self._source(sheet, row, len(columns) - 1, digest, found_on, cell, row - head)
            sheet.fit(row, zip((code, name, *values), widths, strict=True))
        foot(sheet, head, row, len(columns), frozen=2)

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
            keys = [*([each.by] if each.by else []), *(["tahun"] if table.per_year else [])]
            labels = [table.columns[each.by].declared.label] if each.by else []
            labels += ["Tahun"] if table.per_year else []
            labels += each.labels or [
                column_label(table.columns[key], None, self.setup) for key in each.columns
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
        sheet.page()

    # -- findings -----------------------------------------------------------------------------------------------

    def _findings(self, sheet: Sheet) -> None:
        columns = [
            ("Kode", 10),
            ("OPD", 36),
            ("Tingkat", 12),
            ("Lembar", 20),
            ("Temuan", 70),
            ("Seharusnya", 24),
        ]
        columns += [("Perbaikan", 44), ("Penjelasan OPD", 36), ("Aturan", 22), ("Sumber", 40)]
        rows, number = findings(self.batch, LIST_ROWS)
        head = head_of(sheet, f"Temuan {self.title}", cut(number, len(rows)), columns)
        widths = [width for _, width in columns]
        row = head
        apart = [("", "", finding, "") for finding in self.batch.chosen.findings]
        for sent in self.batch.chosen.sent:
            file = shown(Path(sent.source.path.name))
            apart += [(sent.code, sent.about.name or "", finding, file) for finding in sent.findings]
        for code, name, finding, file in apart:
            level, rule = finding.severity.value, finding.rule
            texts = (code, name, level, "", finding.message, finding.expected, finding.remedy, "", rule, file)
            for place, text in enumerate(texts):
                sheet.value(row, place, text, styles.PLAIN)
            sheet.fit(row, zip(texts, widths, strict=True))
            row += 1
        names = (
            "kode",
            "opd",
            "tingkat",
            "lembar",
            "pesan",
            "seharusnya",
            "perbaikan",
            "penjelasan",
            "aturan",
        )
        for record in rows.iter_rows(named=True):
            for place, name in enumerate(names):
                sheet.value(row, place, record[name], styles.PLAIN)
            place = len(columns) - 1
            self._source(sheet, row, place, record["sidik"], record["lembar"], record["sel"], row - head)
            sheet.fit(row, zip((record[name] for name in names), widths, strict=False))
            row += 1
        foot(sheet, head, row - 1, len(columns), frozen=2)

    def _rules(self, sheet: Sheet) -> None:
        from lkjip_xl.report.catalogue import catalogue

        titles = {entry["aturan"]: entry["judul"] for entry in catalogue(self.batch.template)}
        columns = [
            ("Aturan", 28),
            ("Yang diperiksa", 60),
            ("Tingkat", 14),
            ("Jumlah temuan", 12),
            ("Jumlah OPD", 12),
        ]
        head = head_of(sheet, "Aturan yang paling sering dilanggar", self.title, columns)
        row = head - 1
        for row, (rule, severity, number, agencies) in enumerate(self.often, start=head):
            for place, text in enumerate((rule, titles.get(rule, ""), severity)):
                sheet.value(row, place, text, styles.PLAIN)
            sheet.value(row, 3, number, CENTRED)
            sheet.value(row, 4, agencies, CENTRED)
        foot(sheet, head, row, len(columns))

    # -- files --------------------------------------------------------------------------------------------------

    def _files(self, sheet: Sheet) -> None:
        columns = [("Berkas", 60), ("Kode", 12), ("OPD", 44), ("Tahun", 9), ("Keadaan", 18), ("Alasan", 80)]
        found, chosen = self.batch.found, self.batch.chosen
        passed = f"{found.locks} berkas kunci Office, {found.hidden} tersembunyi, {chosen.outputs} hasil terdahulu dilewati"
        head = head_of(sheet, f"Kiriman, {self.title}", passed, columns)
        row = head
        for row, sent in enumerate(chosen.sent, start=head):
            self._file(sheet, row, 0, sent, "", "", row - head)
            texts = (sent.code, sent.about.name, sent.about.year, sent.outcome.value, sent.why)
            for place, text in enumerate(texts, start=1):
                sheet.value(row, place, text, styles.PLAIN)
            sheet.fit(row, [(sent.why, columns[-1][1])])
        missing = (agency for agency in chosen.agencies if agency.sent is None)
        others = [("", each.code, each.name, "", each.outcome.value, "") for each in missing]
        others += [(shown(Path(path.name)), "", "", "", "dilewati", reason) for path, reason in found.lists]
        for row, cells in enumerate(others, start=head + len(chosen.sent)):
            for place, text in enumerate(cells):
                sheet.value(row, place, text, styles.PLAIN)
            sheet.fit(row, [(cells[-1], columns[-1][1])])
        mark_states(sheet, (head, 4, row, 4))
        foot(sheet, head, row, len(columns))

    # -- links --------------------------------------------------------------------------------------------------

    def _file(
        self, sheet: Sheet, row: int, column: int, sent: Sent | None, found_on: str, cell: str, links: int
    ) -> None:
        """Write where something comes from, as a link to file and cell where there is one."""
        if sent is None:
            sheet.value(row, column, None, styles.PLAIN)
        else:
            self._link(sheet, row, column, sent.source.path, found_on, cell, links)

    def _source(
        self, sheet: Sheet, row: int, column: int, digest: str, found_on: str, cell: str, links: int
    ) -> None:
        self._link(sheet, row, column, self.paths[digest], found_on, cell, links)

    def _link(
        self, sheet: Sheet, row: int, column: int, path: Path, found_on: str, cell: str, links: int
    ) -> None:
        """Write file, sheet and cell as a link where Excel can follow it, else as text."""
        name = shown(Path(path.parent.name, path.name) if path.name in self.double else Path(path.name))
        text = name + (f" · {found_on}" if found_on else "") + (f" · {cell}" if cell else "")
        quoted = "'" + found_on.replace("'", "''") + "'"
        target, place = uri(path, self.beside), f"{quoted}!{cell or 'A1'}" if found_on else ""
        followed = shown(path) == str(path) and found_on.isprintable() and len(unquote(target) + place) < 250
        if followed and links < _LINKS and len(target) < _LONGEST_LINK:
            sheet.link_file(row, column, target, place, text)
        else:
            sheet.value(row, column, text, styles.PLAIN)


def _made_from(about: About) -> str:
    return "berlaku" if about.current else f"lama ({about.version or '?'})"
