"""All OPDs by the unit that they belong to, and beside earlier years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from lkjip_xl.consolidation.chosen import COUNTED, Outcome
from lkjip_xl.consolidation.regent.columns import Cell, Column, Figures, values_of, write_row
from lkjip_xl.consolidation.regent.paper import begin, headings
from lkjip_xl.consolidation.regent.shown import Regent, marked
from lkjip_xl.consolidation.sheets import CENTRED
from lkjip_xl.template.declared_batch import FigureDeclaration
from lkjip_xl.words import wording
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet
from lkjip_xl.write.printing import page
from lkjip_xl.write.styles import Style


def write_units(sheet: Sheet, regent: Regent) -> None:
    """Write the totals of each unit, those within others below them."""
    figures = Figures(regent, regent.chosen_figures)
    columns: list[Column] = [
        ("Kode", 12),
        ("Wilayah", 36),
        ("Tingkat", 14),
        ("Harus melapor", 10),
        ("Dihitung", 10),
        ("Bergalat", 10),
    ]
    columns += figures.columns
    widths = [width for _, width in columns]
    top = begin(sheet, regent, "Jumlah menurut Wilayah", widths)
    head = row = headings(sheet, top, columns)
    within = numbers_within(regent)
    count: Style = {**CENTRED, "num_format": "#,##0"}
    for depth, unit in nested(regent):
        name, level = next((each.name, each.level) for each in regent.batch.chosen.units if each.code == unit)
        look: Style = {**(styles.PART if depth == 0 else styles.PLAIN), "indent": depth}
        cells: list[Cell] = [(unit, styles.PLAIN), (name, look), (level, styles.PLAIN)]
        cells += [(float(number), count) for number in within[unit]]
        write_row(sheet, row, [*cells, *figures.cells(regent.figures.by_unit.get(unit, {}))], columns)
        row += 1
    sheet.raw.freeze_panes(head, 2)
    page(sheet, widths, repeat=(0, top))


def numbers_within(regent: Regent) -> Mapping[str, tuple[int, int, int]]:
    """Return of each unit how many OPDs in it must report, are counted, and have a galat."""
    return {
        code: (
            len(own),
            sum(each.outcome in COUNTED for each in own),
            sum(each.outcome is Outcome.FAULTY for each in own),
        )
        for code, own in regent.batch.chosen.within.items()
    }


def nested(regent: Regent) -> Iterator[tuple[int, str]]:
    """Yield the units, each below the one that it belongs to, with how deep it is."""
    below: dict[str, list[str]] = {}
    for unit in regent.batch.chosen.units:
        below.setdefault(unit.parent, []).append(unit.code)
    waiting = [(0, code) for code in reversed(below.get("", []))]
    while waiting:
        depth, code = waiting.pop()
        yield depth, code
        waiting += [(depth + 1, each) for each in reversed(below.get(code, []))]


def write_years(sheet: Sheet, regent: Regent) -> None:
    """Write the figures of scales and shares of each OPD year by year, and how they have changed."""
    past = sorted(regent.earlier)
    years = [*past, regent.batch.chosen.year]
    figures = compared(regent)
    columns: list[Column] = [("No", 6), ("Perangkat Daerah", 40)]
    for figure in figures:
        columns += [(f"{figure.label} {year} ({figure.unit})", 13) for year in years]
        columns += [(f"Perubahan dari {years[-2]}", 13)]
    widths = [width for _, width in columns]
    top = begin(sheet, regent, f"{years[0]}–{years[-1]}: Perbandingan Antartahun", widths)
    head = row = headings(sheet, top, columns)
    before = {
        year: {(agency.parent, agency.code): own.of(agency) for agency in batch.chosen.agencies}
        for year, (batch, own) in regent.earlier.items()
    }
    for number, agency in enumerate(regent.batch.chosen.agencies, start=1):
        key = agency.parent, agency.code
        rows = [before[year].get(key, {}) for year in past] + [regent.figures.of(agency)]
        cells: list[Cell] = [(float(number), {**CENTRED, "num_format": "0"}), (marked(agency), styles.PLAIN)]
        cells += chain.from_iterable(_changes(each, [values_of(own) for own in rows]) for each in figures)
        write_row(sheet, row, cells, columns)
        row += 1
    together = [own.all_ for _, (_, own) in sorted(regent.earlier.items())] + [regent.figures.all_]
    total: list[Cell] = [(None, styles.TOTAL), ("Semua", styles.TOTAL)]
    total += chain.from_iterable(_changes(each, together, styles.TOTAL) for each in figures)
    write_row(sheet, row, total, columns)
    _only_before(sheet, row + 2, regent, before)
    sheet.raw.freeze_panes(head, 2)
    page(sheet, widths, repeat=(0, top))


def compared(regent: Regent) -> list[FigureDeclaration]:
    """Return the figures that are set beside those of earlier years: of scales and shares."""
    return [each for each in regent.chosen_figures if each.unit == "%" and each.difference is None]


def _changes(
    figure: FigureDeclaration, rows: Sequence[Mapping[str, float]], base: Style | None = None
) -> Iterator[Cell]:
    """Yield a figure year by year, and how it has changed from the year before the last."""
    look: Style = {**(base or styles.PLAIN), **styles.figure_format(figure.decimals)}
    values = [each.get(figure.key) for each in rows]
    yield from ((value, look) for value in values)
    digits = "0." + "0" * figure.decimals if figure.decimals else "0"
    yield (
        change(figure, values[-1], values[-2]),
        {**look, "num_format": f'"▲ "#,##{digits};"▼ "#,##{digits};"= "#,##{digits}'},
    )


def change(figure: FigureDeclaration, last: float | None, before: float | None) -> float | None:
    """Return how much a figure has changed; None where one of its values is not known."""
    return None if last is None or before is None else round(last - before, figure.decimals)


def _only_before(
    sheet: Sheet, row: int, regent: Regent, before: Mapping[int, Mapping[tuple[str, str], object]]
) -> None:
    """Say how many OPDs of earlier years are not among those of this one."""
    now = set(regent.numbers)
    for year, known in sorted(before.items()):
        gone = len(known.keys() - now)
        if gone:
            text = f"{wording.number(gone)} perangkat daerah tahun {year} tidak ada di tahun {regent.year}"
            sheet.value(row, 0, text, styles.NOTE)
            row += 1
