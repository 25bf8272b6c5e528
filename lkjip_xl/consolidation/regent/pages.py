"""All pages for the head of the region, in their order."""

from __future__ import annotations

from lkjip_xl.consolidation.regent.agencies import write_agencies, write_ranking
from lkjip_xl.consolidation.regent.cockpit import write_cockpit
from lkjip_xl.consolidation.regent.cover import write_cover, write_signed
from lkjip_xl.consolidation.regent.heat import write_heat
from lkjip_xl.consolidation.regent.indicators import write_indicators
from lkjip_xl.consolidation.regent.levels import write_units, write_years
from lkjip_xl.consolidation.regent.quarters import write_quarters
from lkjip_xl.consolidation.regent.shown import Regent
from lkjip_xl.template.sheet_names import (
    COCKPIT_SHEET,
    COVER_SHEET,
    HEAT_SHEET,
    OVERVIEW_SHEET,
    QUARTERS_SHEET,
    SIGNED_SHEET,
    UNITS_SHEET,
    YEARS_SHEET,
)
from lkjip_xl.write.book import Book


def write_pages(out: Book, regent: Regent) -> None:
    """Write the sheets that a head of the region is handed."""
    shown = regent.shown
    write_cover(out.sheet(COVER_SHEET), regent)
    write_cockpit(out.sheet(COCKPIT_SHEET), regent)
    write_agencies(out.sheet(OVERVIEW_SHEET), regent)
    for figure in regent.declared.values():
        if figure.ranking:
            write_ranking(out.sheet(figure.ranking), regent, figure)
    if shown.quarters is not None:
        write_quarters(out.sheet(QUARTERS_SHEET), regent, shown.quarters)
    if shown.indicators is not None:
        write_indicators(out.sheet(shown.indicators.sheet), regent, shown.indicators)
    if shown.heat is not None:
        write_heat(out.sheet(HEAT_SHEET), regent, shown.heat)
    if regent.batch.chosen.units:
        write_units(out.sheet(UNITS_SHEET), regent)
    if regent.earlier:
        write_years(out.sheet(YEARS_SHEET), regent)
    write_signed(out.sheet(SIGNED_SHEET), regent)
