"""Formulas that find the first findings of a workbook among the check cells of all its sheets.

Beside its checks each row counts how many findings there are down to it, those that block apart from the others. The
n-th finding is then found step by step: its sheet, its row, its check, each with the one before. Ranges are chosen only
inside ``CHOOSE``, of which every program gives a single value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tallied:
    """Where one sheet counts one sort of findings: ranges of its rows, with the sheet before them."""

    counts: str
    """How many findings there are from the first row down to each."""
    checks: str
    """The check cells; a filled one is a finding."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The cells on Periksa that lead to one finding, in the order in which they need one another."""

    number: str
    """Its number among those that are as grave."""
    table: str
    """Which sheet."""
    tally: str
    """Which of the tallies: those of the sheets that block, then the others."""
    within: str
    """Its number on its sheet."""
    row: str
    """Which row of the sheet's tally."""
    nth: str
    """Its number in its row."""
    check: str
    """The sheet column of its check."""


def count_down(above: str | None, checks: str | None, explanation: str | None) -> str:
    """Return the formula of how many findings there are down to a row: those ``above``, and its own unless explained."""
    own = f'SUMPRODUCT(--({checks}<>""))' if checks else "0"
    if explanation and checks:
        own = f'IF(TRIM({explanation})="",{own},0)'
    return f"={above}+{own}" if above else f"={own}"


def counted_to(above: str | None, last: str) -> str:
    """Return the formula of how many findings there are down to a sheet; ``last`` is the last count on it."""
    return f"={above}+{last}" if above else f"={last}"


def steps(
    place: int,
    at: Listed,
    grave: str,
    all_: str,
    sheets: tuple[str, str],
    tallies: Sequence[Tallied],
) -> tuple[str, ...]:
    """Return the formulas of the cells that lead to the ``place``-th finding, in the order of ``Listed``.

    ``grave`` is how many block, ``all_`` how many there are; ``sheets`` are the ranges of how many of each sort there are
    down to each sheet, ``tallies`` those of the sheets, the ones that block first.
    """
    blocking, other = sheets
    number = len(tallies) // 2
    return (
        f"=IF({place}<={grave},{place},{place}-{grave})",
        f'=IF({place}>{all_},"",IF({place}<={grave},COUNTIF({blocking},"<"&{at.number}),COUNTIF({other},"<"&{at.number}))+1)',
        shown(at, f"IF({place}<={grave},0,{number})+{at.table}"),
        shown(
            at,
            f"{at.number}-IF({at.table}=1,0,IF({place}<={grave},INDEX({blocking},{at.table}-1),INDEX({other},{at.table}-1)))",
        ),
        shown(at, _chosen(at.tally, [f'COUNTIF({each.counts},"<"&{at.within})' for each in tallies]) + "+1"),
        shown(
            at,
            f"{at.within}-IF({at.row}=1,0,{_chosen(at.tally, [f'INDEX({each.counts},{at.row}-1)' for each in tallies])})",
        ),
        shown(at, _chosen(at.tally, [_nth_filled(each.checks, at) for each in tallies])),
    )


def _nth_filled(checks: str, at: Listed) -> str:
    """Return the column of the n-th filled cell of a row from the left: blank ones are moved out of the way."""
    return f'SUMPRODUCT(SMALL((INDEX({checks},{at.row},0)="")*{_FAR}+COLUMN({checks}),{at.nth}))'


def sheet_name(at: Listed, names: Sequence[str]) -> str:
    """Return the formula of the name of a finding's sheet."""
    return shown(at, _chosen(at.table, [f'"{name}"' for name in names]))


def sentence(at: Listed, heads: Sequence[str]) -> str:
    """Return the formula of what stands above a finding's check; ``heads`` are these rows of all sheets."""
    return shown(at, _chosen(at.table, [f"INDEX({each},{at.check})" for each in heads]))


def link(at: Listed, sheet: str, heads: Sequence[str], firsts: Sequence[str]) -> str:
    """Return the formula of a link to a finding's cell.

    ``sheet`` is the cell with its sheet's name, ``heads`` are the rows of all sheets that hold the letters of the columns
    that the checks blame, ``firsts`` the first cells of their tallies.
    """
    letters = _chosen(at.table, [f"INDEX({each},{at.check})" for each in heads])
    line = f"({_chosen(at.table, [f'ROW({each})' for each in firsts])}+{at.row}-1)"
    return shown(at, f'HYPERLINK("#\'"&{sheet}&"\'!"&{letters}&{line},{letters}&{line})')


def shown(at: Listed, text: str) -> str:
    """Return the formula of something about a finding; blank where there is none."""
    return f'=IF({at.table}="","",{text})'


def more(number_of: str, listed: int) -> str:
    """Return the formula of how many findings are not listed; blank where all are."""
    return f'=IF({number_of}>{listed},"dan "&({number_of}-{listed})&" temuan lain","")'


def letters(cell: str) -> str:
    """Return the formula of the letters of a cell's column."""
    return f'=SUBSTITUTE(ADDRESS(1,COLUMN({cell}),4),"1","")'


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
