"""Formulas that find the first findings of a workbook among the check cells of all its sheets.

Beside its checks each row counts how many findings there are down to it, those that block apart from the others. The
n-th finding is then found step by step: its sheet, its row, its check, each with the one before. Ranges are chosen only
inside ``CHOOSE``, of which every program gives a single value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lkjip_xl.formula.cell_tests import quoted


@dataclass(frozen=True, slots=True)
class Tallied:
    """What is known of one sheet: names of ranges."""

    blocking: str
    """How many findings that block there are from its first row down to each."""
    other: str
    """How many others."""
    blocking_checks: str
    """The check cells of those that block, in the same rows; a filled one is a finding, and holds its sentence."""
    other_checks: str
    rows: str
    """The same rows as a whole, from the first column of the sheet."""
    letters: str
    """The row, from the first column of the sheet, with the letters of the columns that the checks blame."""
    remedies: str
    """The row with what is to be done."""
    sheet: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The cells on Periksa that lead to one finding, in the order in which they need one another."""

    place: str
    """Its number in the list."""
    number: str
    """Its number among those that are as grave."""
    table: str
    """Which sheet."""
    within: str
    """Its number on its sheet."""
    row: str
    """Which row of the sheet's."""
    nth: str
    """Its number in its row."""
    check: str
    """The sheet column of its check."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Cells on Periksa: how many findings block and are in all, and ranges of how many there are down to each sheet."""

    grave: str
    all: str
    blocking: str
    other: str


def count_down(above: str, checks: str | None, explanation: str | None) -> str:
    """Return the formula of how many findings there are down to a row: those ``above``, and its own unless explained.

    ``above`` is the range of all counts above it, from the cell over the first: a row of it may be deleted.
    """
    own = f'COUNTIF({checks},"?*")' if checks else "0"  # a text, however errors stand beside it
    if explanation and checks:
        own = f'IF(TRIM({explanation})="",{own},0)'
    return f"=MAX({above})+{own}"


def counted_to(above: str | None, counts: str) -> str:
    """Return the formula of how many findings there are down to a sheet, of its own counts."""
    return f"={above}+MAX({counts})" if above else f"=MAX({counts})"


def counted(grave: str, other: str) -> str:
    """Return the formula of how many findings there are in all."""
    return f"={grave}+{other}"


def steps(at: Listed, totals: Totals, sheets: Sequence[Tallied]) -> tuple[str, ...]:
    """Return the formulas of the cells that lead to a finding, in the order of ``Listed`` from ``number`` on."""
    blocks = f"{at.place}<={totals.grave}"

    def either(blocking: str, other: str) -> str:
        return f"IF({blocks},{blocking},{other})"

    def chosen(of: Callable[[str, str], str]) -> str:
        """Return what is asked of the counts and the checks of the sheet that a finding is on."""
        first = _chosen(at.table, [of(each.blocking, each.blocking_checks) for each in sheets])
        return either(first, _chosen(at.table, [of(each.other, each.other_checks) for each in sheets]))

    def to_sheet(counts: str) -> str:
        return f'COUNTIF({counts},"<"&{at.number})'

    def before(counts: str, which: str) -> str:
        return f"INDEX({counts},{which}-1)"

    above = either(before(totals.blocking, at.table), before(totals.other, at.table))
    in_rows = chosen(lambda counts, _: before(counts, at.row))
    return (
        f"={either(at.place, f'{at.place}-{totals.grave}')}",
        f'=IF({at.place}>{totals.all},"",{either(to_sheet(totals.blocking), to_sheet(totals.other))}+1)',
        shown(at, f"{at.number}-IF({at.table}=1,0,{above})"),
        shown(at, chosen(lambda counts, _: f'COUNTIF({counts},"<"&{at.within})') + "+1"),
        shown(at, f"{at.within}-IF({at.row}=1,0,{in_rows})"),
        shown(at, chosen(lambda _, checks: _nth_filled(checks, at))),
    )


def _nth_filled(checks: str, at: Listed) -> str:
    """Return the column of the n-th filled cell of a row from the left: blank ones are moved out of the way."""
    return f'SUMPRODUCT(SMALL((INDEX({checks},{at.row},0)="")*{_FAR}+COLUMN({checks}),{at.nth}))'


def sheet_name(at: Listed, sheets: Sequence[Tallied]) -> str:
    """Return the formula of the name of a finding's sheet."""
    return shown(at, _chosen(at.table, [quoted(each.sheet) for each in sheets]))


def sentence(at: Listed, sheets: Sequence[Tallied]) -> str:
    """Return the formula of what a finding's check says."""
    return shown(at, _chosen(at.table, [f"INDEX({each.rows},{at.row},{at.check})" for each in sheets]))


def remedy(at: Listed, sheets: Sequence[Tallied]) -> str:
    """Return the formula of what is to be done about a finding."""
    return shown(at, _chosen(at.table, [f"INDEX({each.remedies},{at.check})" for each in sheets]))


def blamed(at: Listed, sheets: Sequence[Tallied]) -> str:
    """Return the formula of the letters of the column that a finding's check blames, or of its cell."""
    return shown(at, _chosen(at.table, [f"INDEX({each.letters},{at.check})" for each in sheets]))


def address(at: Listed, blamed: str, sheets: Sequence[Tallied]) -> str:
    """Return the formula of the address of a finding's cell, of what its check blames."""
    first = _chosen(at.table, [f"ROW({each.rows})" for each in sheets])
    return shown(at, f"IF(ISNUMBER(VALUE(RIGHT({blamed},1))),{blamed},{blamed}&({first}+{at.row}-1))")


def link(at: Listed, sheet: str, cell: str) -> str:
    """Return the formula of a link to a finding's cell, of the cells with its sheet's name and its address."""
    return shown(at, f'HYPERLINK("#\'"&{sheet}&"\'!"&{cell},{sheet}&" · "&{cell})')


def shown(at: Listed, text: str) -> str:
    """Return the formula of something about a finding; blank where there is none."""
    return f'=IF({at.table}="","",{text})'


def more(number_of: str, listed: int) -> str:
    """Return the formula of how many findings are not listed; blank where all are."""
    return f'=IF({number_of}>{listed},"dan "&({number_of}-{listed})&" temuan lain","")'


def letters(cell: str) -> str:
    """Return the formula of the letters of a cell's column."""
    return f'=SUBSTITUTE(ADDRESS(1,COLUMN({cell}),4),"1","")'


def address_of(cells: str) -> str:
    """Return the formula of the address of the first of some cells."""
    first = f"INDEX({cells},1)"
    return f"=ADDRESS(ROW({first}),COLUMN({first}),4)"


def blocks(filled: str, first: int, grave: str) -> str:
    """Return the condition, for a conditional format, that a row of the list (from ``first``) holds one that blocks."""
    return f'=AND({filled}<>"",ROW()-{first}<={grave})'


def other(filled: str) -> str:
    """Return the condition, for a conditional format, that a row of the list holds a finding."""
    return f'={filled}<>""'


_MOST = 29  # values of CHOOSE in LibreOffice
_FAR = 100_000  # more than a sheet has columns


def _chosen(number: str, texts: Sequence[str]) -> str:
    if len(texts) <= _MOST:
        return f"CHOOSE({number},{','.join(texts)})"
    first = f"CHOOSE({number},{','.join(texts[:_MOST])})"
    return f"IF({number}<={_MOST},{first},{_chosen(f'({number}-{_MOST})', texts[_MOST:])})"
