"""A batch to the consolidated workbook: cockpit, OPD × table, rankings, lists, sums, findings, files.

Every figure points to the file, sheet and cell where it stands. Rows are written in their order, so that the size of the
batch does not matter.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from lkjip_xl import book, wording
from lkjip_xl.book import Book, Sheet, Style
from lkjip_xl.consolidate.accept import Sent, Status
from lkjip_xl.consolidate.run import Batch
from lkjip_xl.consolidate.totals import (
    Figure,
    Totals,
    findings,
    frequent,
    listed,
    ranked,
    states,
    summed,
    totals,
)
from lkjip_xl.files import shown
from lkjip_xl.findings import Severity
from lkjip_xl.identity import OUTPUT_PROPERTY
from lkjip_xl.layout import column_label
from lkjip_xl.table_sheet import number_format
from lkjip_xl.template.declaration import (
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

LIST_ROWS = 1_048_000  # of a sheet, below its headings; Excel ends at 1,048,576
_LINKS = 60_000  # of a sheet; Excel drops all of them from 65,530 on
_STATES: Mapping[str, Style] = {
    "lengkap": {"bg_color": "#D5EBD8", "font_color": "#1E5B2A"},
    "peringatan": {"bg_color": "#FBD9A5", "font_color": "#7A4A00"},
    "galat": {"bg_color": "#F8C7C2", "font_color": "#8E1B12"},
    "hilang": {"bg_color": "#F8C7C2", "font_color": "#8E1B12"},
    "kosong": {"bg_color": "#E3E7EA", "font_color": "#445566"},
    Status.ACCEPTED: {"bg_color": "#D5EBD8", "font_color": "#1E5B2A"},
    Status.FAULTY: {"bg_color": "#F8C7C2", "font_color": "#8E1B12"},
    Status.MISSING: {"bg_color": "#E3E7EA", "font_color": "#445566"},
}
_CENTRED: Style = {**book.PLAIN, "align": "center"}
_SECTION: Style = {**book.FONT, "bold": True, "font_size": 12, "bottom": 1, "font_color": book.HEADER_COLOR}


def write_workbook(batch: Batch, target: Path, beside: Path) -> None:
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
    _Writer(batch, shown, target, beside).write()
    batch.store.keep(name, target)


def _fingerprint(batch: Batch, beside: Path) -> str:
    """Return what is the same only if the workbook would be: files, what became of each, and how links lead to them."""
    chosen, found = batch.chosen, batch.found
    digest = hashlib.blake2b(digest_size=16)
    for text in (chosen.year, found.locks, found.hidden, chosen.outputs, LIST_ROWS, *chosen.findings):
        digest.update(f"{text}\n".encode())
    for sent in chosen.sent:
        path = _relative(sent.source.path, beside)
        digest.update(
            f"{path}\0{sent.source.digest}\0{sent.status}\0{sent.why}\n".encode(errors="surrogateescape")
        )
    for agency in chosen.agencies:
        digest.update(f"{agency.code}\0{agency.name}\0{agency.status}\n".encode())
    return digest.hexdigest()


class _Writer:
    def __init__(self, batch: Batch, shown: ConsolidationDeclaration, target: Path, beside: Path) -> None:
        self.batch = batch
        self.shown = shown
        self.title = f"{shown.title} {batch.chosen.year or ''}".strip()
        self.out = Book(self.title, target)
        self.out.property(OUTPUT_PROPERTY, batch.template.declared.version)
        self.totals: Totals = totals(batch)
        self.beside = beside
        self.paths = {sent.source.digest: sent.source.path for _, sent in batch.chosen.counted}
        names = Counter(sent.source.path.name for sent in batch.chosen.sent)
        self.double = {name for name, number in names.items() if number > 1}
        year = batch.chosen.year or 2000
        self.setup = Setup(year, (year, year))

    def write(self) -> None:
        _Cockpit(self).write(self.out.sheet(COCKPIT_SHEET))
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
        columns += [(_labelled(figure), 20) for figure in self.shown.figures]
        columns += [(table.declared.sheet, 12) for table in tables]
        head = _head(
            sheet,
            self.title,
            "Tiap OPD dan tiap tabel: lengkap, peringatan, galat, kosong, atau hilang",
            columns,
        )
        known = states(self.batch)
        row = head
        for row, agency in enumerate(self.batch.chosen.agencies, start=head):
            sent = agency.sent
            sheet.value(row, 0, row - head + 1, _CENTRED)
            sheet.value(row, 1, agency.code, book.PLAIN)
            sheet.value(row, 2, agency.name, book.PLAIN)
            sheet.value(row, 3, agency.status.value, _CENTRED)
            self._file(sheet, row, 4, sent, "", "", (row - head) * (len(self.shown.figures) + 1))
            about = sent.about if sent else {}
            current = {True: "berlaku", False: f"lama ({about.get('versi') or '?'})"}
            sheet.value(row, 5, current[about["berlaku"]] if sent else None, book.PLAIN)
            for place, severity in enumerate(Severity, start=6):
                sheet.value(row, place, about.get(severity.value), _CENTRED)
            place = 6 + len(Severity)
            figures = self.totals.by_agency.get(sent.source.digest, {}) if sent else {}
            for figure in self.shown.figures:
                found = figures.get(figure.key)
                if sent is not None and found is not None:
                    links = (row - head) * (len(self.shown.figures) + 1)
                    self._link(sheet, row, place, sent.source.path, found.sheet, found.cell, links)
                sheet.value(row, place, found.value if found else None, _number(figure))
                place += 1
            of_tables = known.get(sent.source.digest, {}) if sent else {}
            for table in tables:
                sheet.value(row, place, of_tables.get(table.key), _CENTRED)
                place += 1
        _states(sheet, (head, 3, row, 3))
        _states(sheet, (head, len(columns) - len(tables), row, len(columns) - 1))
        _foot(sheet, head, row, len(columns), frozen=3)
        sheet.raw.set_paper(8)  # A3, the tables on a page of their own
        sheet.raw.fit_to_pages(2, 0)
        sheet.raw.repeat_columns(0, 2)

    # -- rankings -----------------------------------------------------------------------------------------------

    def _ranking(self, sheet: Sheet, figure: FigureDeclaration) -> None:
        columns = [("Peringkat", 11), ("Kode", 10), ("OPD", 60), (_labelled(figure), 24)]
        columns += [("Predikat", 20)] if figure.scale else []
        columns += [("Sumber", 40)]
        head = _head(sheet, f"{figure.ranking} {self.batch.chosen.year or ''}", figure.label, columns)
        row = head
        for row, (place, agency, found) in enumerate(ranked(self.batch, self.totals, figure.key), start=head):
            sheet.value(row, 0, place, _CENTRED)
            sheet.value(row, 1, agency.code, book.PLAIN)
            sheet.value(row, 2, agency.name, book.PLAIN)
            sheet.value(row, 3, found.value if found else None, _number(figure))
            if figure.scale:
                sheet.value(row, 4, self.step(figure, found.value) if found else None, book.PLAIN)
            shown = found or Figure(0)
            self._file(sheet, row, len(columns) - 1, agency.sent, shown.sheet, shown.cell, row - head)
        _foot(sheet, head, row, len(columns))

    def step(self, figure: FigureDeclaration, value: float) -> str:
        """Return what a figure is called on its scale."""
        for each in self.batch.template.declared.scales[figure.scale or ""]:
            if (each.min is None or value >= each.min) and (each.above is None or value > each.above):
                return each.label
        return ""

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
        head = _head(
            sheet, f"{shown.title}, {self.batch.chosen.year or ''}", _cut(number, len(rows)), columns
        )
        styles = [{**book.PLAIN, **number_format(column)} for column in own]
        widths = [width for _, width in columns[:-1]]
        row = head - 1
        for row, record in enumerate(rows.iter_rows(), start=head):
            digest, code, name, *values, found_on, cell = record
            sheet.value(row, 0, code, book.PLAIN)
            sheet.value(row, 1, name, book.PLAIN)
            for place, (value, style) in enumerate(zip(values, styles, strict=True), start=2):
                sheet.value(row, place, value, style)
            self._source(sheet, row, len(columns) - 1, digest, found_on, cell, row - head)
            _fit(sheet, row, zip((code, name, *values), widths, strict=True))
        _foot(sheet, head, row, len(columns), frozen=2)

    # -- sums ---------------------------------------------------------------------------------------------------

    def _sums(self, sheet: Sheet, shown: SumSheetDeclaration) -> None:
        sheet.raw.hide_gridlines(2)
        sheet.raw.set_column(0, 0, 44)
        sheet.raw.set_column(1, 12, 16)
        sheet.value(0, 0, f"{shown.title}, {self.batch.chosen.year or ''}", book.TITLE)
        row = 2
        for each in shown.tables:
            table = self.batch.template.tables[each.table]
            sheet.value(row, 0, each.title, _SECTION)
            frame = summed(self.batch, each) if self.batch.chosen.counted else None
            keys = [*([each.by] if each.by else []), *(["tahun"] if table.per_year else [])]
            labels = [table.columns[each.by].declared.label] if each.by else []
            labels += ["Tahun"] if table.per_year else []
            labels += each.labels or [
                column_label(table.columns[key], None, self.setup) for key in each.columns
            ]
            row += 1
            for place, label in enumerate([*labels, "Jumlah OPD"]):
                sheet.value(row, place, label, book.HEADER)
            for record in frame.iter_rows(named=True) if frame is not None else ():
                row += 1
                for place, key in enumerate([*keys, *each.columns, "jumlah_opd"]):
                    style = {**book.PLAIN, **({"num_format": "#,##0"} if key in each.columns else {})}
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
        rows, number = findings(self.batch, LIST_ROWS) if self.batch.chosen.counted else (None, 0)
        head = _head(sheet, f"Temuan {self.title}", _cut(number, 0 if rows is None else len(rows)), columns)
        widths = [width for _, width in columns]
        row = head
        apart = [("", "", finding, "") for finding in self.batch.chosen.findings]
        for sent in self.batch.chosen.sent:
            file = shown(Path(sent.source.path.name))
            apart += [(sent.about["opd"], sent.about["nama"], finding, file) for finding in sent.findings]
        for code, name, finding, file in apart:
            level, rule = finding.severity.value, finding.rule
            texts = (code, name, level, "", finding.message, "", finding.remedy, "", rule, file)
            for place, text in enumerate(texts):
                sheet.value(row, place, text, book.PLAIN)
            _fit(sheet, row, zip(texts, widths, strict=True))
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
        for record in rows.iter_rows(named=True) if rows is not None else ():
            for place, name in enumerate(names):
                sheet.value(row, place, record[name], book.PLAIN)
            place = len(columns) - 1
            self._source(sheet, row, place, record["sidik"], record["lembar"], record["sel"], row - head)
            _fit(sheet, row, zip((record[name] for name in names), widths, strict=False))
            row += 1
        _foot(sheet, head, row - 1, len(columns), frozen=2)

    def _rules(self, sheet: Sheet) -> None:
        from lkjip_xl.catalogue import catalogue

        titles = {entry["aturan"]: entry["judul"] for entry in catalogue(self.batch.template)}
        columns = [
            ("Aturan", 28),
            ("Yang diperiksa", 60),
            ("Tingkat", 14),
            ("Jumlah temuan", 12),
            ("Jumlah OPD", 12),
        ]
        head = _head(sheet, "Aturan yang paling sering dilanggar", self.title, columns)
        row = head - 1
        for row, (rule, severity, number, agencies) in enumerate(self.often(), start=head):
            for place, text in enumerate((rule, titles.get(rule, ""), severity)):
                sheet.value(row, place, text, book.PLAIN)
            sheet.value(row, 3, number, _CENTRED)
            sheet.value(row, 4, agencies, _CENTRED)
        _foot(sheet, head, row, len(columns))

    def often(self) -> list[tuple[str, str, int, int]]:
        """Return rule, severity, number of findings and of OPDs, the most frequent first."""
        return list(frequent(self.batch).iter_rows()) if self.batch.chosen.counted else []

    # -- files --------------------------------------------------------------------------------------------------

    def _files(self, sheet: Sheet) -> None:
        columns = [("Berkas", 60), ("Kode", 12), ("OPD", 44), ("Tahun", 9), ("Keadaan", 18), ("Alasan", 80)]
        found, chosen = self.batch.found, self.batch.chosen
        passed = f"{found.locks} berkas kunci Office, {found.hidden} tersembunyi, {chosen.outputs} hasil terdahulu dilewati"
        head = _head(sheet, f"Kiriman, {self.title}", passed, columns)
        row = head
        for row, sent in enumerate(chosen.sent, start=head):
            self._file(sheet, row, 0, sent, "", "", row - head)
            texts = (sent.about["opd"], sent.about["nama"], sent.about["tahun"], sent.status.value, sent.why)
            for place, text in enumerate(texts, start=1):
                sheet.value(row, place, text, book.PLAIN)
            _fit(sheet, row, [(sent.why, columns[-1][1])])
        for row, agency in enumerate(
            (a for a in chosen.agencies if a.sent is None), start=head + len(chosen.sent)
        ):
            for place, text in enumerate((None, agency.code, agency.name, None, agency.status.value, None)):
                sheet.value(row, place, text, book.PLAIN)
        _states(sheet, (head, 4, row, 4))
        _foot(sheet, head, row, len(columns))

    # -- links --------------------------------------------------------------------------------------------------

    def _file(
        self, sheet: Sheet, row: int, column: int, sent: Sent | None, found_on: str, cell: str, links: int
    ) -> None:
        """Write where something comes from, as a link to file and cell where there is one."""
        if sent is None:
            sheet.value(row, column, None, book.PLAIN)
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
        file = _relative(path, self.beside)
        target = file + (f"#{quoted}!{cell or 'A1'}" if found_on else "")
        followed = shown(Path(file)) == file and not set("#%\\") & set(file) and found_on.isprintable()
        if followed and links < _LINKS and len(target) < 250:
            sheet.link_file(row, column, target, text)
        else:
            sheet.value(row, column, text, book.PLAIN)


class _Cockpit:
    """The first sheet: what a regent wants to see."""

    def __init__(self, writer: _Writer) -> None:
        self.writer = writer
        self.batch = writer.batch
        self.shown = writer.shown
        self.row = 0

    def write(self, sheet: Sheet) -> None:
        chosen = self.batch.chosen
        sheet.raw.hide_gridlines(2)
        for column, width in enumerate((40, 24, 64)):
            sheet.raw.set_column(column, column, width)
        sheet.value(0, 0, self.writer.title, book.TITLE)
        sheet.value(1, 0, self.batch.template.declared.title, book.SUBTITLE)
        self.row = 3
        unread = sum(each.status is Status.UNREADABLE for each in chosen.sent)
        other = [Status.OTHER_YEAR, Status.UNKNOWN, Status.SUPERSEDED, Status.SAME]
        beside = sum(each.status in other for each in chosen.sent)
        counts = [
            ("OPD yang harus melapor", len(chosen.agencies)),
            ("Sudah mengirim", chosen.number(Status.ACCEPTED, Status.FAULTY)),
            (Status.ACCEPTED.value.capitalize() + " (tanpa galat)", chosen.number(Status.ACCEPTED)),
            (Status.FAULTY.value.capitalize(), chosen.number(Status.FAULTY)),
            (Status.MISSING.value.capitalize(), chosen.number(Status.MISSING)),
            ("Berkas tidak terbaca", unread),
            ("Berkas lain yang tidak dihitung", beside),
        ]
        first = self._table(sheet, "Pengiriman", [(label, number, "") for label, number in counts])
        self._chart(sheet, "doughnut", "Pengiriman", (first + 2, first + 4), 0)
        figures = []
        for figure in self.shown.figures:
            value = self.writer.totals.all_.get(figure.key)
            figures.append((_labelled(figure), value, self._words(figure, value)))
        styles = [_number(figure) for figure in self.shown.figures]
        self._table(sheet, "Angka gabungan OPD yang dihitung", figures, styles)
        for figure in self.shown.figures:
            if figure.scale:
                first = self._table(sheet, f"{figure.label} menurut predikat", self._steps(figure))
                last = first + len(self.batch.template.declared.scales[figure.scale]) - 1
                self._chart(sheet, "column", f"OPD menurut predikat {figure.label.lower()}", (first, last), 1)
        often = self.writer.often()[:10]
        rows = [(rule, number, f"{severity}, {agencies} OPD") for rule, severity, number, agencies in often]
        self._table(sheet, "Aturan yang paling sering dilanggar", rows or [("Tidak ada temuan", None, "")])
        note = (
            "Angka dihitung dari satu berkas tiap OPD: yang terbaru tanpa galat, atau bila tidak ada yang terbaru. "
            "Keadaan tiap OPD ada di lembar OPD, tiap berkas di lembar Kiriman."
        )
        sheet.merged(self.row, 0, self.row, 2, note, {**book.NOTE, "text_wrap": True})
        sheet.raw.set_row(self.row, 30)
        sheet.page(landscape=True)

    def _table(
        self,
        sheet: Sheet,
        title: str,
        rows: Sequence[tuple[str, float | None, str]],
        styles: Sequence[Style] = (),
    ) -> int:
        """Write a titled table; return its first row."""
        sheet.value(self.row, 0, title, _SECTION)
        first = self.row + 1
        for place, (label, value, note) in enumerate(rows):
            style = (
                styles[place]
                if styles
                else {**book.PLAIN, "num_format": "#,##0", "align": "right", "indent": 1}
            )
            sheet.value(first + place, 0, label, book.PLAIN)
            sheet.value(first + place, 1, value, {**style, "bold": True})
            sheet.value(first + place, 2, note, {**book.PLAIN, "italic": True})
            if book.lines_of(note, 64) > 1:
                sheet.raw.set_row(first + place, book.row_height(book.lines_of(note, 64)))
        self.row = first + len(rows) + 1
        return first

    def _chart(self, sheet: Sheet, kind: str, title: str, rows: tuple[int, int], place: int) -> None:
        chart = self.writer.out.chart(kind)
        first, last = rows
        colours = ["#3B8C5A", "#C0453A", "#9AA7B0", "#2F6F8F", "#D59B2D"]
        chart.add_series(
            {
                "name": title,
                "categories": [COCKPIT_SHEET, first, 0, last, 0],
                "values": [COCKPIT_SHEET, first, 1, last, 1],
                "data_labels": {"value": True},
                "points": [{"fill": {"color": colours[n % len(colours)]}} for n in range(last - first + 1)],
            }
        )
        chart.set_title({"name": title, "name_font": {"size": 12}})
        if kind == "column":
            chart.set_legend({"none": True})
            chart.set_y_axis({"major_gridlines": {"visible": False}, "min": 0, "major_unit": None})
        chart.set_size({"width": 460, "height": 260})
        sheet.raw.insert_chart(3 + 14 * place, 4, chart)

    def _steps(self, figure: FigureDeclaration) -> list[tuple[str, float | None, str]]:
        values = [f[figure.key].value for f in self.writer.totals.by_agency.values() if figure.key in f]
        counts = Counter(self.writer.step(figure, value) for value in values)
        scale = self.batch.template.declared.scales[figure.scale or ""]
        return [(step.label, counts[step.label], "") for step in scale]

    def _words(self, figure: FigureDeclaration, value: float | None) -> str:
        if value is None:
            return ""
        if figure.unit == "Rp":
            return f"{wording.spelled(value)} rupiah"
        return self.writer.step(figure, value) if figure.scale else ""


def _labelled(figure: FigureDeclaration) -> str:
    return f"{figure.label} ({figure.unit})" if figure.unit else figure.label


def _number(figure: FigureDeclaration) -> Style:
    digits = "." + "0" * figure.decimals if figure.decimals else ""
    return {**book.PLAIN, "num_format": f"#,##0{digits}", "align": "right", "indent": 1}


def _relative(path: Path, beside: Path) -> str:
    """Return how a workbook in ``beside`` names a file: with forward slashes, as links are written."""
    try:
        return Path(os.path.relpath(path.resolve(), beside.resolve())).as_posix()
    except ValueError:  # another drive
        return path.resolve().as_posix()


def _cut(number: int, shown: int) -> str:
    if number <= shown:
        return f"{wording.number(number)} baris"
    return (
        f"PERHATIAN: hanya {wording.number(shown)} dari {wording.number(number)} baris yang muat di lembar Excel; "
        "daftar lengkapnya ada di keluaran --parquet"
    )


def _head(sheet: Sheet, title: str, note: str, columns: Sequence[tuple[str, float]]) -> int:
    """Write title and headings; return the first row below."""
    sheet.raw.hide_gridlines(2)
    sheet.value(0, 0, title, book.TITLE)
    sheet.value(1, 0, note, book.SUBTITLE)
    lines = 1
    for place, (label, width) in enumerate(columns):
        sheet.raw.set_column(place, place, width)
        sheet.value(3, place, label, book.HEADER)
        lines = max(lines, book.lines_of(label, width * 0.8))
    sheet.raw.set_row(3, book.row_height(lines))
    return 4


def _fit(sheet: Sheet, row: int, texts: Iterable[tuple[Any, float]]) -> None:
    """Make a row high enough for its texts, given with the widths of their columns."""
    lines = max((book.lines_of(text, width) for text, width in texts if isinstance(text, str)), default=1)
    if lines > 1:
        sheet.raw.set_row(row, book.row_height(lines))


def _foot(sheet: Sheet, head: int, last: int, columns: int, frozen: int = 0) -> None:
    sheet.raw.autofilter(head - 1, 0, max(last, head), columns - 1)
    sheet.raw.freeze_panes(head, frozen)
    sheet.page(repeat=(head - 1, head - 1))


def _states(sheet: Sheet, cells: tuple[int, int, int, int]) -> None:
    for state, style in _STATES.items():
        options = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{state}"',
            "format": sheet.book.format(style),
        }
        sheet.raw.conditional_format(*cells, options)
