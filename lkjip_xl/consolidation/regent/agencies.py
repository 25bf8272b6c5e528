"""All OPDs in one table, those that have not reported too; ranked, in bars; by unit; and beside earlier years."""

from __future__ import annotations

from collections.abc import Sequence

from lkjip_xl.consolidation.chosen import COUNTED, Outcome
from lkjip_xl.consolidation.regent.columns import Cell, Column, Figures, values_of, write_row
from lkjip_xl.consolidation.regent.paper import begin, headings, state, step_look
from lkjip_xl.consolidation.regent.shown import Regent, marked
from lkjip_xl.consolidation.sheets import CENTRED, labelled
from lkjip_xl.consolidation.totals import ranked, step
from lkjip_xl.template.declared_batch import FigureDeclaration
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet
from lkjip_xl.write.printing import page
from lkjip_xl.write.styles import Style

_BAR, _FULL = 30, 100.0  # characters of the longest bar, and the figure that is at least so long


def write_agencies(sheet: Sheet, regent: Regent) -> None:
    """Write the table of all OPDs, with totals and means."""
    figures = Figures(regent, regent.chosen_figures)
    unit: list[Column] = [("Wilayah", 22)] if regent.units else []
    columns: list[Column] = [("No", 6), ("Perangkat Daerah", 36), *unit, ("Keadaan", 17), *figures.columns]
    widths = [width for _, width in columns]
    top = begin(sheet, regent, "Capaian dan Anggaran Perangkat Daerah", widths)
    row = headings(sheet, top, columns)
    head = row
    for number, agency in enumerate(regent.batch.chosen.agencies, start=1):
        said, look = state(agency)
        cells: list[Cell] = [(float(number), {**CENTRED, "num_format": "0"}), (agency.name, styles.PLAIN)]
        cells += [(regent.units.get(agency.parent, ""), styles.PLAIN)] if unit else []
        cells += [(said, {**styles.PLAIN, **look}), *figures.cells(values_of(regent.figures.of(agency)))]
        write_row(sheet, row, cells, columns)
        row += 1
    sheet.raw.autofilter(head - 1, 0, max(head, row - 1), len(columns) - 1)
    total: list[Cell] = [
        (None, styles.TOTAL),
        (together(figures.figures), {**styles.TOTAL, "text_wrap": True}),
    ]
    total += [(None, styles.TOTAL)] * (len(unit) + 1)
    total += figures.cells(regent.figures.all_, styles.TOTAL)
    write_row(sheet, row, total, columns)
    _notes(sheet, row + 2, regent)
    sheet.raw.freeze_panes(head, 2)
    page(sheet, widths, repeat=(0, top))


def together(figures: Sequence[FigureDeclaration]) -> str:
    """Return what stands in the row of totals: which figures are summed, and which are means."""
    means = [each.label.lower() for each in figures if each.aggregate == "mean" and each.parts is None]
    return f"Jumlah ({', '.join(means)}: rata-rata)" if means else "Jumlah"


def _notes(sheet: Sheet, row: int, regent: Regent) -> None:
    """Say what is not counted, and what the coordinator has decided."""
    notes = [f"{agency.name}: {decided.words}" for agency, decided in regent.batch.chosen.decided]
    if regent.batch.chosen.number(Outcome.MISSING, Outcome.LEFT_OUT):
        notes.insert(0, "○ belum mengirim dan ⊘ dikeluarkan tidak ikut dihitung.")
    for place, text in enumerate(notes, start=row):
        sheet.value(place, 0, text, styles.NOTE)


def write_ranking(sheet: Sheet, regent: Regent, figure: FigureDeclaration) -> None:
    """Write the OPDs from best to worst with bars; those with a galat are marked, those without a figure come last."""
    step_of: list[Column] = [("Predikat", 18)] if figure.scale else []
    columns: list[Column] = [
        ("Peringkat", 11),
        ("Perangkat Daerah", 36),
        (labelled(figure), 14),
        *step_of,
        ("", 30),
    ]
    widths = [width for _, width in columns]
    top = begin(sheet, regent, f"{figure.ranking} {regent.year}", widths)
    head = row = headings(sheet, top, columns)
    lines = ranked(regent.batch, regent.figures, figure.key)
    longest = max([_FULL, *(found.value for _, _, found in lines if found)])
    number = {**styles.PLAIN, **styles.figure_format(figure.decimals)}
    for place, agency, found in lines:
        label = step(regent.batch, figure.scale, found.value) if found and figure.scale else ""
        sign, look = step_look(regent, figure.scale, label) if figure.scale else ("", {})
        length = round(_BAR * max(0.0, found.value) / longest) if found else 0
        bar: Style = {
            **styles.PLAIN,
            "font_size": 9,
            "text_wrap": False,
            "font_color": look.get("font_color", "#2F6F8F"),
        }
        cells: list[Cell] = [
            (None if place is None else float(place), {**CENTRED, "num_format": "0"}),
            (marked(agency), styles.PLAIN),
            (found.value if found else None, number),
            *([(f"{sign} {label}".strip() or None, {**styles.PLAIN, **look})] if figure.scale else []),
            ("█" * length or None, bar),
        ]
        write_row(sheet, row, cells, columns)
        row += 1
    row = _without(sheet, row, regent, columns)
    if regent.batch.chosen.number(Outcome.FAULTY):
        sheet.value(row + 1, 0, "✖ laporannya masih bergalat; angkanya dapat berubah", styles.NOTE)
    sheet.raw.freeze_panes(head, 2)
    page(sheet, widths, upright=True, repeat=(0, top))


def _without(sheet: Sheet, row: int, regent: Regent, columns: Sequence[Column]) -> int:
    """Write the OPDs that do not count, with the reason where the bar would be; return the row below."""
    for agency in regent.batch.chosen.agencies:
        if agency.outcome not in COUNTED:
            said, look = state(agency)
            cells: list[Cell] = [(None, CENTRED), (agency.name, styles.PLAIN)]
            cells += [(None, styles.PLAIN)] * (len(columns) - 3)
            write_row(sheet, row, [*cells, (said, {**styles.PLAIN, **look})], columns)
            row += 1
    return row
