"""The first sheet of a consolidated workbook: what a regent wants to see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.chosen import COUNTED, NOT_COUNTED, Outcome
from lkjip_xl.consolidation.sheets import labelled, number_style
from lkjip_xl.consolidation.totals import Totals, declared_figures, step
from lkjip_xl.template.declared_batch import FigureDeclaration
from lkjip_xl.template.model import COCKPIT_SHEET
from lkjip_xl.words import wording
from lkjip_xl.write import styles
from lkjip_xl.write.book import Book, Sheet
from lkjip_xl.write.printing import plain_page
from lkjip_xl.write.styles import Style


class Cockpit:
    """The first sheet: what a regent wants to see."""

    def __init__(
        self, out: Book, title: str, batch: Batch, totals: Totals, often: Sequence[tuple[str, str, int, int]]
    ) -> None:
        self.out = out
        self.title = title
        self.batch = batch
        self.totals = totals
        self.often = often
        self.figures = declared_figures(batch)
        self.row = 0

    def write(self, sheet: Sheet) -> None:
        """Write counts, figures with their words, predikat, the most frequent rules, and two charts."""
        chosen = self.batch.chosen
        sheet.raw.hide_gridlines(2)
        for column, width in enumerate((40, 24, 64)):
            sheet.raw.set_column(column, column, width)
        sheet.value(0, 0, self.title, styles.TITLE)
        sheet.value(1, 0, self.batch.template.declared.title, styles.SUBTITLE)
        self.row = 3
        unread = sum(each.outcome is Outcome.UNREADABLE for each in chosen.sent)
        beside = sum(each.outcome in NOT_COUNTED for each in chosen.sent)
        counts = [
            ("OPD yang harus melapor", len(chosen.agencies)),
            ("Sudah mengirim", chosen.number(*COUNTED)),
            (Outcome.ACCEPTED.value.capitalize() + " (tanpa galat)", chosen.number(Outcome.ACCEPTED)),
            (Outcome.FAULTY.value.capitalize(), chosen.number(Outcome.FAULTY)),
            (Outcome.MISSING.value.capitalize(), chosen.number(Outcome.MISSING)),
            (f"Berkas {Outcome.UNREADABLE}", unread),
            ("Berkas lain yang tidak dihitung", beside),
        ]
        first = self._table(sheet, "Pengiriman", [(label, number, "") for label, number in counts])
        self._chart(sheet, "doughnut", "Pengiriman", (first + 2, first + 4), 0)
        figures = []
        for figure in self.figures:
            value = self.totals.all_.get(figure.key)
            figures.append((labelled(figure), value, self._words(figure, value)))
        looks = [number_style(figure) for figure in self.figures]
        self._table(sheet, "Angka gabungan OPD yang dihitung", figures, looks)
        for figure in self.figures:
            if figure.scale:
                first = self._table(sheet, f"{figure.label} menurut predikat", self._steps(figure))
                last = first + len(self.batch.template.declared.scales[figure.scale]) - 1
                self._chart(sheet, "column", f"OPD menurut predikat {figure.label.lower()}", (first, last), 1)
        often = self.often[:10]
        rows = [(rule, number, f"{severity}, {agencies} OPD") for rule, severity, number, agencies in often]
        self._table(sheet, "Aturan yang paling sering dilanggar", rows or [("Tidak ada temuan", None, "")])
        note = (
            "Angka dihitung dari satu berkas tiap OPD: yang terbaru tanpa galat, atau bila tidak ada yang terbaru. "
            "Keadaan tiap OPD ada di lembar OPD, tiap berkas di lembar Kiriman."
        )
        sheet.merged(self.row, 0, self.row, 2, note, {**styles.NOTE, "text_wrap": True})
        sheet.raw.set_row(self.row, 30)
        plain_page(sheet, landscape=True)

    def _table(
        self,
        sheet: Sheet,
        title: str,
        rows: Sequence[tuple[str, float | None, str]],
        looks: Sequence[Style] = (),
    ) -> int:
        """Write a titled table; return its first row."""
        sheet.value(self.row, 0, title, styles.SECTION)
        first = self.row + 1
        for place, (label, value, note) in enumerate(rows):
            style = looks[place] if looks else {**styles.PLAIN, **styles.figure_format(0)}
            sheet.value(first + place, 0, label, styles.PLAIN)
            sheet.value(first + place, 1, value, {**style, "bold": True})
            sheet.value(first + place, 2, note, {**styles.PLAIN, "italic": True})
            sheet.fit(first + place, [(note, 64)])
        self.row = first + len(rows) + 1
        return first

    def _chart(self, sheet: Sheet, kind: str, title: str, rows: tuple[int, int], place: int) -> None:
        chart = self.out.chart(kind)
        first, last = rows
        colours = styles.CHART_COLORS
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
        values = [f[figure.key].value for f in self.totals.by_agency.values() if figure.key in f]
        counts = Counter(step(self.batch, figure, value) for value in values)
        scale = self.batch.template.declared.scales[figure.scale or ""]
        return [(step.label, counts[step.label], "") for step in scale]

    def _words(self, figure: FigureDeclaration, value: float | None) -> str:
        if value is None:
            return ""
        if figure.unit == "Rp":
            return f"{wording.spelled(value)} rupiah"
        return step(self.batch, figure, value) if figure.scale else ""
