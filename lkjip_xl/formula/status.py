"""Excel text beside the declared formulas: live checks, what the verdict is, and the lists behind dropdowns."""

from __future__ import annotations

from collections.abc import Sequence

from lkjip_xl.formula.cell_tests import quoted

# What the workbook says on top; ``{}`` is a number.
_READY = "SIAP DIKIRIM"
_WARNED = _READY + ", dengan {} peringatan untuk diperiksa atau dijelaskan"
_LEFT = "BELUM SIAP: masih ada {} galat yang harus diperbaiki"

_LAST_COLUMN = 16384  # of a sheet; column numbers are subtracted from it to find the first match with MAX


def first_failing(cells: str, sentences: str, first_column: int) -> str:
    """Return the formula that shows the sentence above the first filled cell of a row; ``first_column`` counts from 1."""
    position = f'{_LAST_COLUMN}-SUMPRODUCT(MAX(({cells}<>"")*({_LAST_COLUMN}-COLUMN({cells}))))'
    return f'=IF(SUMPRODUCT(--({cells}<>""))=0,"",INDEX({sentences},1,{position}-{first_column - 1}))'


def failures(ranges: Sequence[str]) -> str:
    """Return the formula that counts the filled cells of some ranges."""
    return "=" + "+".join(f'SUMPRODUCT(--({cells}<>""))' for cells in ranges)


def state(count: str, explained: str, good: str, settled: str, bad: str) -> str:
    """Return the formula that says whether a rule holds, or all its failures are explained."""
    return f'=IF({count}=0,"{good}",IF({count}={explained},"{settled}","{bad}"))'


def explained(ranges: Sequence[tuple[str, str]]) -> str:
    """Return the formula that counts the filled cells of some ranges that have a text beside them."""
    return "=" + "+".join(f'SUMPRODUCT(({cells}<>"")*(TRIM({texts})<>""))' for cells, texts in ranges)


def remaining(severities: str, severity: str, counts: str, explained: str) -> str:
    """Return the formula of all failures of one severity that are not explained."""
    return f'=SUMPRODUCT(--({severities}="{severity}"),{counts}-{explained})'


def verdict(faults: str, warnings: str) -> str:
    """Return the formula of the sentence on top: ready to send, or what remains; explained warnings do not."""
    warned, left = (_around(text, cell) for text, cell in ((_WARNED, warnings), (_LEFT, faults)))
    return f"=IF({faults}=0,IF({warnings}=0,{quoted(_READY)},{warned}),{left})"


def verdict_text(faults: int, warnings: int) -> str:
    """Return the sentence that ``verdict`` shows."""
    if faults:
        return _LEFT.format(faults)
    return _WARNED.format(warnings) if warnings else _READY


def _around(text: str, cell: str) -> str:
    before, after = text.split("{}")
    return f"{quoted(before)}&{cell}&{quoted(after)}"


def result(text: str) -> str:
    """Return the formula, or the source of a list, that is just a range or an error."""
    return f"={text}"


def zero(cell: str) -> str:
    """Return the condition, for a conditional format, that a number is 0."""
    return f"={cell}=0"


def one_of(cell: str, *texts: str) -> str:
    """Return the condition, for a conditional format, that a cell holds one of some texts."""
    tests = [f"{cell}={quoted(text)}" for text in texts]
    return f"=OR({','.join(tests)})" if len(tests) > 1 else f"={tests[0]}"


def any_filled(cells: str) -> str:
    """Return the condition, for a conditional format, that one of some cells is not blank."""
    return f'=SUMPRODUCT(--({cells}<>""))>0'


def filled(cell: str) -> str:
    """Return the condition, for a conditional format, that a cell is not blank."""
    return f'={cell}<>""'


def copied(source: str) -> str:
    """Return the formula that repeats a text cell, or is blank."""
    return f'=IF(T({source})<>"",{source},"")'


def ranked(copy: str, above: str) -> str:
    """Return the formula that numbers a filled copy; ``above`` is the range of numbers from the top to here."""
    return f'=IF({copy}="","",COUNT({above})+1)'


def compacted(number: int, copies: str, ranks: str) -> str:
    """Return the formula of the ``number``-th filled copy, or blank where there are fewer."""
    return f'=IF({number}>COUNT({ranks}),"",INDEX({copies},MATCH({number},{ranks},0)))'
