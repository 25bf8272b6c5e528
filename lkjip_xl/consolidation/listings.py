"""The sheets of a consolidated workbook that list rows: of tables, findings, rules, files.

Rows are written in their order, so that the size of the batch does not matter.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from lkjip_xl.base.files import shown
from lkjip_xl.base.findings import Finding, Severity
from lkjip_xl.consolidation import totals
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.links import Links
from lkjip_xl.consolidation.sheets import CENTRED, cut, foot, head_of, heading, line, mark_states
from lkjip_xl.form.submission import Value
from lkjip_xl.formula.nodes import Kind
from lkjip_xl.report.catalogue import catalogue
from lkjip_xl.template.declared_batch import ListDeclaration
from lkjip_xl.template.model import Column
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet

_Link = tuple[Path, str, str]
_Apart = tuple[str, str, Finding, str]
LIST_ROWS = 1_048_000  # of a sheet, below its headings; Excel ends at 1,048,576


class Listings:
    """Writes the lists of a batch; ``often`` are the rules that failed (see ``totals.frequent``)."""

    def __init__(
        self, batch: Batch, title: str, often: Sequence[tuple[str, str, int, int]], links: Links
    ) -> None:
        self._batch = batch
        self._title = title
        self._often = often
        self._links = links
        self._paths = {sent.source.digest: sent.source.path for _, sent in batch.chosen.counted}

    def list(self, sheet: Sheet, listing: ListDeclaration) -> None:
        """Write the rows of a table that the template set lists."""
        table = self._batch.template.tables[listing.table]
        year = self._batch.chosen.year
        own = [table.columns[key] for key in listing.columns]
        columns = [("Kode", 9.0), ("OPD", 21.0)]
        columns += [(heading(column, year), _width(column)) for column in own]
        columns += [("Sumber", 40.0)]
        rows, number = totals.listed(self._batch, listing)
        head = head_of(sheet, f"{listing.title}, {year or ''}", cut(number, LIST_ROWS), columns)
        looks = [{**styles.PLAIN, **styles.number_format(column.declared)} for column in own]
        widths = [width for _, width in columns[:-1]]
        amounts = {place: array("d") for place, each in enumerate(own) if each.declared.unit == "Rp"}
        row = head - 1
        for row, record in enumerate(islice(rows, LIST_ROWS), start=head):
            digest, code, name, *values, found_on, cell = record
            values = by_cell(own, values)
            line(sheet, row, (code, name))
            for place, (value, style) in enumerate(zip(values, looks, strict=True)):
                sheet.value(row, 2 + place, value, styles.wrapped(style, value))
                if place in amounts and isinstance(value, float):
                    amounts[place].append(value)
            self._links.write(sheet, row, len(columns) - 1, self._paths[digest], found_on, cell, row - head)
            sheet.fit(row, zip((code, name, *values), widths, strict=True))
        if amounts and number <= LIST_ROWS:
            for place in range(len(columns) - 1):
                value = (
                    math.fsum(amounts[place - 2])
                    if place - 2 in amounts
                    else "Jumlah"
                    if place == 1
                    else None
                )
                look = {**styles.TOTAL, **(looks[place - 2] if place - 2 in amounts else {})}
                sheet.value(
                    row + 1, place, value, {**look, **styles.TOTAL, "num_format": look.get("num_format", "")}
                )
        foot(sheet, head, row, columns, frozen=2, beside=1, total=bool(amounts))

    def findings(self, sheet: Sheet) -> None:
        """Write what was found in the batch, in files, and in the reports that count: galat first."""
        columns = [
            ("Kode", 9.0), ("OPD", 22.0), ("Tingkat", 12.0), ("Lembar", 13.0), ("Temuan", 42.0), ("Seharusnya", 13.0),
            ("Perbaikan", 28.0), ("Penjelasan OPD", 18.0), ("Keputusan", 18.0), ("Ikut dari", 14.0), ("Aturan", 22.0),
            ("Sumber", 40.0),
        ]  # fmt: skip
        apart = self._apart()
        number = len(apart) + totals.number_of_findings(self._batch)
        head = head_of(sheet, f"Temuan {self._title}", cut(number, LIST_ROWS), columns)
        widths = [width for _, width in columns]
        row = head
        for texts, link in islice(self._lines(apart), LIST_ROWS):
            line(sheet, row, texts)
            if link is not None:
                self._links.write(sheet, row, len(texts), *link, row - head)
            sheet.fit(row, zip(texts, widths, strict=False))
            row += 1
        foot(sheet, head, row - 1, columns, frozen=2, beside=3)

    def _apart(self) -> Sequence[_Apart]:
        """Return the findings of no single file, and those of files that are about the batch, with code, OPD and file."""
        found = [("", "", finding, "") for finding in self._batch.chosen.findings]
        for sent in self._batch.chosen.sent:
            file = shown(Path(sent.source.path.name))
            found += [(sent.code, sent.about.name or "", finding, file) for finding in sent.findings]
        return found

    def _lines(self, apart: Sequence[_Apart]) -> Iterator[tuple[Sequence[str], _Link | None]]:
        """Yield what stands in the cells of each finding, and the file, sheet and cell that it is linked to."""
        names = ("kode", "opd", "tingkat", "lembar", "pesan", "seharusnya", "perbaikan", "penjelasan")
        for severity in Severity:
            for code, name, finding, file in apart:
                if finding.severity is severity:
                    said = (finding.message, finding.expected, finding.remedy)
                    yield (code, name, severity.value, "", *said, "", "", "", finding.rule, file), None
            for record in totals.findings(self._batch, severity):
                digest, rule = record["sidik"], record["aturan"]
                decision = self._batch.chosen.accepted.get((digest, rule), "")
                link = self._paths[digest], record["lembar"], record["sel"]
                yield [*(record[name] for name in names), decision, record["ikut"], rule], link

    def rules(self, sheet: Sheet) -> None:
        """Write which rules failed, and how often."""
        titles = {entry["aturan"]: entry["judul"] for entry in catalogue(self._batch.template)}
        columns = [
            ("Aturan", 28),
            ("Yang diperiksa", 60),
            ("Tingkat", 14),
            ("Jumlah temuan", 12),
            ("Jumlah OPD", 12),
        ]
        head = head_of(sheet, "Aturan yang paling sering dilanggar", self._title, columns)
        row = head - 1
        for row, (rule, severity, number, agencies) in enumerate(self._often, start=head):
            line(sheet, row, (rule, titles.get(rule, ""), severity))
            sheet.value(row, 3, number, CENTRED)
            sheet.value(row, 4, agencies, CENTRED)
        foot(sheet, head, row, columns)

    def files(self, sheet: Sheet) -> None:
        """Write what became of each file, who has sent none, and below that who has sent the same as others."""
        columns = [
            ("Berkas", 40.0), ("Kode", 10.0), ("OPD", 34.0), ("Tahun", 8.0), ("Keadaan", 16.0), ("Alasan", 60.0),
        ]  # fmt: skip
        found, chosen = self._batch.found, self._batch.chosen
        passed = f"{found.locks} berkas kunci Office, {found.hidden} tersembunyi, {chosen.outputs} hasil terdahulu dilewati"
        alike = sum(map(len, chosen.alike))
        if alike:
            passed += f"; PERHATIAN: {alike} OPD isiannya sama dengan OPD lain, lihat di bawah daftar"
        head = head_of(sheet, f"Kiriman, {self._title}", passed, columns)
        row = head
        for row, sent in enumerate(chosen.sent, start=head):
            self._links.write(sheet, row, 0, sent.source.path, before=row - head)
            about = sent.about
            line(sheet, row, (sent.code, about.name, about.year, sent.outcome.value, sent.why), first=1)
            sheet.fit(row, [(sent.why, columns[-1][1])])
        missing = (agency for agency in chosen.agencies if agency.sent is None)
        others = [("", each.code, each.name, "", each.outcome.value, "") for each in missing]
        others += [(shown(Path(path.name)), "", "", "", "dilewati", reason) for path, reason in found.lists]
        for row, cells in enumerate(others, start=head + len(chosen.sent)):
            line(sheet, row, cells)
            sheet.fit(row, [(cells[-1], columns[-1][1])])
        mark_states(sheet, (head, 4, row, 4))
        foot(sheet, head, row, columns)
        if alike:
            self._alike(sheet, row + 2, columns[2][1])

    def _alike(self, sheet: Sheet, row: int, width: float) -> None:
        """Write which OPDs have the same figures, each with its file."""
        sheet.value(row, 0, "OPD yang isiannya sama", styles.SECTION)
        for number, group in enumerate(self._batch.chosen.alike, start=1):
            for agency, sent in group:
                row += 1
                self._links.write(sheet, row, 0, sent.source.path, before=row)
                cells = (
                    agency.code,
                    agency.name,
                    sent.about.year,
                    f"kelompok {number}",
                    "Semua angka isian sama",
                )
                line(sheet, row, cells, first=1)
                sheet.fit(row, [(agency.name, width)])


def _width(column: Column) -> float:
    """Return how wide a column is in a list of all OPDs, which prints on one page."""
    return max(12.0, min(float(column.declared.width), 20.0 if column.kind is Kind.NUMBER else 26.0))


def by_cell(columns: Sequence[Column], values: Sequence[Value | None]) -> list[Value | None]:
    """Return what stands in the cells of columns: their values, or the grades, which come after all of them."""
    grades = iter(values[len(columns) :])
    cells = []
    for column, value in zip(columns, values, strict=False):
        grade = next(grades) if column.grade is not None else None
        cells.append(grade if value is None else value)
    return cells
