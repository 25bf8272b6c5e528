"""Columns of figures on the pages for the head of the region, each with the words of its scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lkjip_xl.consolidation.regent.paper import step_look
from lkjip_xl.consolidation.regent.shown import Regent
from lkjip_xl.consolidation.sheets import labelled
from lkjip_xl.consolidation.totals import Figure, step
from lkjip_xl.form.submission import Value
from lkjip_xl.template.declared_batch import FigureDeclaration
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet
from lkjip_xl.write.styles import Style

Column = tuple[str, float]
"""A heading and a width in characters."""
Cell = tuple[Value | None, Style]


class Figures:
    """Columns of figures, each with the words of its scale."""

    def __init__(self, regent: Regent, figures: Sequence[FigureDeclaration]) -> None:
        self.regent = regent
        self.figures = figures
        self.looks: list[Style] = [
            {**styles.PLAIN, **styles.figure_format(regent.decimals(each))} for each in figures
        ]

    @property
    def columns(self) -> Iterator[Column]:
        """The headings with their widths."""
        for each in self.figures:
            yield labelled(each), 20 if each.unit == "Rp" else 12
            if each.scale:
                yield step_heading(each), 18

    def cells(self, values: Mapping[str, float], base: Style | None = None) -> Iterator[Cell]:
        """Yield value and look of each cell."""
        for each, look in zip(self.figures, self.looks, strict=True):
            value = values.get(each.key)
            yield (
                value,
                look if base is None else {**base, **styles.figure_format(self.regent.decimals(each))},
            )
            if each.scale:
                label = "" if value is None else step(self.regent.batch, each.scale, value)
                sign, own = step_look(self.regent, each.scale, label)
                yield f"{sign} {label}".strip() or None, {**(base or styles.PLAIN), **own}


def step_heading(figure: FigureDeclaration) -> str:
    """Return the heading of the words that a figure has on its scale."""
    return "Predikat" if figure.scale == "predikat" else f"Tingkat {figure.label.lower()}"


def values_of(own: Mapping[str, Figure]) -> dict[str, float]:
    """Return the values of figures."""
    return {key: figure.value for key, figure in own.items()}


def write_row(sheet: Sheet, row: int, cells: Sequence[Cell], columns: Sequence[Column]) -> None:
    """Write a row, as high as its texts need."""
    for place, (value, look) in enumerate(cells):
        sheet.value(row, place, value, look)
    texts = [
        (value, width)
        for (value, look), (_, width) in zip(cells, columns, strict=True)
        if look.get("text_wrap")
    ]
    sheet.fit(row, texts)
