"""The cockpit, one page: what matters in sentences, who has reported, the figures of all, and how they spread over a scale."""

from __future__ import annotations

from collections.abc import Sequence

from lkjip_xl.consolidation.chosen import COUNTED, Outcome
from lkjip_xl.consolidation.context import context_of
from lkjip_xl.consolidation.regent.paper import begin, step_look
from lkjip_xl.consolidation.regent.shown import Regent
from lkjip_xl.consolidation.sheets import labelled, number_style
from lkjip_xl.consolidation.totals import step
from lkjip_xl.report.sentences import Sentences
from lkjip_xl.template.declared_batch import FigureDeclaration
from lkjip_xl.template.sheet_names import COCKPIT_SHEET
from lkjip_xl.words import wording
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet, lines_of
from lkjip_xl.write.printing import plain_page
from lkjip_xl.write.styles import Style

_WIDTHS = (32, 22, 34, 2, 26, 26)
_CHART = (410, 250)  # pixels
_COUNTS: dict[Outcome, str] = {
    Outcome.ACCEPTED: "#1E7B4C",
    Outcome.FAULTY: "#B03A2E",
    Outcome.MISSING: "#9AA7B0",
    Outcome.LEFT_OUT: "#D5862D",
}
_Line = tuple[str, float | None, str]


def write_cockpit(sheet: Sheet, regent: Regent) -> None:
    """Write the cockpit."""
    row = begin(sheet, regent, f"{regent.shown.title} {regent.year}".strip(), _WIDTHS)
    sentences = Sentences(context_of(regent.batch, regent.figures))
    for text in sentences.written(regent.shown.sentences, place="consolidation.regent"):
        sheet.merged(row, 0, row, len(_WIDTHS) - 1, f"• {text}", {**styles.TEXT, "font_size": 12})
        sheet.fit_lines(row, lines_of(text, sum(_WIDTHS) / 1.1), 16.5)
        row += 1
    _Blocks(sheet, regent, row + 1).write()
    plain_page(sheet, landscape=True)
    sheet.raw.fit_to_pages(1, 1)


class _Blocks:
    """The tables of the cockpit one below the other, with their charts beside them."""

    def __init__(self, sheet: Sheet, regent: Regent, row: int) -> None:
        self.sheet = sheet
        self.regent = regent
        self.row = row
        self.charts = row

    def write(self) -> None:
        chosen = self.regent.batch.chosen
        shown = [each for each in _COUNTS if each is not Outcome.LEFT_OUT or chosen.number(each)]
        counts: list[_Line] = [
            ("Perangkat daerah yang harus melapor", len(chosen.agencies), ""),
            ("Dihitung", chosen.number(*COUNTED), "diterima dan bergalat"),
            *((each.capitalize(), chosen.number(each), "") for each in shown),
        ]
        first = self._table("Pengiriman", counts) + 2
        self._chart(
            "doughnut", "Pengiriman", (first, first + len(shown) - 1), [_COUNTS[each] for each in shown]
        )
        figures, looks = [], []
        for figure in self.regent.chosen_figures:
            value = self.regent.figures.all_.get(figure.key)
            figures.append((labelled(figure), value, self._words(figure, value)))
            looks.append(number_style(figure))
        self._table("Angka semua perangkat daerah yang dihitung", figures, looks)
        figure = self.regent.chosen_figures[0]
        if figure.scale:
            steps = self.regent.batch.template.declared.scales[figure.scale]
            lines = self._steps(figure)
            first = self._table(f"{figure.label} menurut predikat", lines)
            places = [
                round(n * (len(styles.STEP_COLORS) - 1) / max(1, len(steps) - 1)) for n in range(len(steps))
            ]
            colours = [styles.STEP_COLORS[place] for place in places]
            title = f"Perangkat daerah menurut predikat {figure.label.lower()}"
            self._chart("column", title, (first, first + len(lines) - 1), colours)

    def _table(self, title: str, rows: Sequence[_Line], looks: Sequence[Style] = ()) -> int:
        """Write a titled table; return its first row."""
        for column in range(3):
            self.sheet.value(self.row, column, title if column == 0 else None, styles.SECTION)
        first = self.row + 1
        for place, (label, value, note) in enumerate(rows):
            style = looks[place] if looks else {**styles.PLAIN, **styles.figure_format(0)}
            self.sheet.value(first + place, 0, label, styles.PLAIN)
            self.sheet.value(first + place, 1, value, {**style, "bold": True})
            self.sheet.value(first + place, 2, note, {**styles.PLAIN, "italic": True})
            self.sheet.fit(first + place, [(label, _WIDTHS[0]), (note, _WIDTHS[2])])
        self.row = first + len(rows) + 1
        return first

    def _chart(self, kind: str, title: str, rows: tuple[int, int], colours: Sequence[str]) -> None:
        chart = self.sheet.book.chart(kind)
        first, last = rows
        chart.add_series(
            {
                "name": title,
                "categories": [COCKPIT_SHEET, first, 0, last, 0],
                "values": [COCKPIT_SHEET, first, 1, last, 1],
                "data_labels": {"value": True},
                "points": [{"fill": {"color": colour}} for colour in colours],
            }
        )
        chart.set_title({"name": title, "name_font": {"size": 11}, "overlay": False})
        if kind == "column":
            chart.set_legend({"none": True})
            chart.set_y_axis({"major_gridlines": {"visible": False}, "min": 0, "visible": False})
        width, height = _CHART
        chart.set_size({"width": width, "height": height})
        words = f"{title}: {wording.number(last - first + 1)} bagian, angkanya di tabel di sebelah kiri"
        self.sheet.chart(self.charts, 4, chart, words)
        self.charts += height // 20 + 1

    def _steps(self, figure: FigureDeclaration) -> list[_Line]:
        return [
            (f"{step_look(self.regent, figure.scale or '', label)[0]} {label}", number, "")
            for label, number in self.regent.spread(figure).items()
        ]

    def _words(self, figure: FigureDeclaration, value: float | None) -> str:
        if value is None:
            return ""
        if figure.unit == "Rp":
            return f"{wording.spelled(value)} rupiah"
        return step(self.regent.batch, figure.scale, value) if figure.scale else ""
