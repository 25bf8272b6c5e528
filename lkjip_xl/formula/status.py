"""Excel text beside the declared formulas: live checks, what the verdict is, and the lists behind dropdowns."""

from __future__ import annotations

from collections.abc import Sequence

from lkjip_xl.formula.cell_tests import is_filled, quoted

# What the workbook says on top; ``{}`` is a number.
READY = "SIAP DIKIRIM"
_EMPTY = "BELUM DIISI: 0 dari {} tabel"
_OPEN = "BELUM SIAP: {} dari {} tabel lengkap"
_FAULTS = ", {} galat harus diperbaiki"
_WARNINGS = ", {} peringatan belum diperbaiki atau dijelaskan"
_BAR = 10  # characters

_LAST_COLUMN = 16384  # of a sheet; column numbers are subtracted from it to find the first match with MAX


def first_failing(cells: str, remedies: str, first_column: int) -> str:
    """Return the formula that shows what the first filled cell of a row says, and what is to be done.

    ``remedies`` is the row of what is to be done; ``first_column`` counts from 1.
    """
    last = (
        f'{_LAST_COLUMN}-SUMPRODUCT(MAX(({cells}<>"")*({_LAST_COLUMN}-COLUMN({cells}))))-{first_column - 1}'
    )
    text = f'INDEX({cells},1,{last})&". "&INDEX({remedies},1,{last})&"."'
    return f'=IF(SUMPRODUCT(--({cells}<>""))=0,"",{text})'


def with_remedy(said: str, remedy: str) -> str:
    """Return the text that ``first_failing`` shows."""
    return f"{said}. {remedy}."


def failures(ranges: Sequence[str]) -> str:
    """Return the formula that counts the filled cells of some ranges."""
    return "=" + "+".join(f'SUMPRODUCT(--({cells}<>""))' for cells in ranges)


def state(
    count: str, explained: str, words: tuple[str, str, str], table: str | None, as_table: Sequence[str]
) -> str:
    """Return the formula that says whether a rule holds, or all its failures are explained, or the last of ``words``.

    Of a table whose state (in the cell ``table``) is one of ``as_table`` it says that: such a rule has nothing to hold for.
    """
    good, settled, bad = map(quoted, words)
    if table is not None:
        tests = ",".join(f"{table}={quoted(word)}" for word in as_table)
        good = f"IF(OR({tests}),{table},{good})"
    return f"=IF({count}=0,{good},IF({count}={explained},{settled},{bad}))"


def explained(ranges: Sequence[tuple[str, str]]) -> str:
    """Return the formula that counts the filled cells of some ranges that have a text beside them."""
    return "=" + "+".join(f'SUMPRODUCT(({cells}<>"")*(TRIM({texts})<>""))' for cells, texts in ranges)


def remaining(severities: str, severity: str, counts: str, explained: str) -> str:
    """Return the formula of all failures of one severity that are not explained."""
    return f'=SUMPRODUCT(--({severities}="{severity}"),{counts}-{explained})'


def verdict(done: str, untouched: str, tables: int, faults: str, warnings: str) -> str:
    """Return the formula of the sentence on top: not begun, what remains, or ready to send.

    ``done`` is the cell with the number of tables of which nothing is left to fill, ``untouched`` the test whether there
    is hardly anything in the workbook.
    """
    rest = "&".join(
        f'IF({cell}=0,"",{_around(text, cell)})' for text, cell in ((_FAULTS, faults), (_WARNINGS, warnings))
    )
    left = f"{_around(_OPEN.replace('{} tabel', f'{tables} tabel'), done)}&{rest}"
    ready = f"AND({done}={tables},{faults}=0,{warnings}=0)"
    return f"=IF({untouched},{quoted(_EMPTY.format(tables))},IF({ready},{quoted(READY)},{left}))"


def verdict_text(done: int, tables: int, faults: int, warnings: int, *, untouched: bool) -> str:
    """Return the sentence that ``verdict`` shows."""
    if untouched:
        return _EMPTY.format(tables)
    if done == tables and not faults and not warnings:
        return READY
    text = _OPEN.format(done, tables)
    return text + "".join(
        each.format(number) for each, number in ((_FAULTS, faults), (_WARNINGS, warnings)) if number
    )


def filled_cells(ranges: Sequence[str]) -> str:
    """Return the formula that counts the filled cells of some ranges; spaces alone are nothing, an error is something."""
    if not ranges:
        return "=0"
    counted = "+".join(f'SUMPRODUCT(--(TRIM({cells})<>""))' for cells in ranges)
    return f"=IFERROR({counted},COUNTA({','.join(ranges)}))"


def asked_cells(filled: str, missing: Sequence[tuple[str, str | None]]) -> str:
    """Return the formula of how many cells must be filled: those that are, and those that a check finds blank.

    Each range of checks comes with that of the explanations that are as good, or with None.
    """
    terms = [
        f'SUMPRODUCT(({checks}<>"")*(TRIM({texts})=""))' if texts else f'SUMPRODUCT(--({checks}<>""))'
        for checks, texts in missing
    ]
    return "=" + "+".join([filled, *terms])


def table_state(
    words: Sequence[str], reason: str | None, typed: Sequence[str], filled: str, asked: str
) -> str:
    """Return the formula of a table's state; ``words`` are those of not begun, in part, whole and not applicable."""
    empty, partial, complete, inapplicable = map(quoted, words)
    begun = filled_cells(typed).removeprefix("=")
    text = f"IF({begun}=0,{empty},IF({filled}<{asked},{partial},{complete}))"
    return f"=IF({is_filled(reason)},{inapplicable},{text})" if reason else f"={text}"


def bar(filled: str, asked: str, state: str, empty: str, reason: str | None) -> str:
    """Return the formula of a bar of characters that shows how many of the cells are filled.

    Where none must be, it is full unless the state is ``empty``; a table that does not apply has its reason there.
    """
    full = f"IF({asked}=0,IF({state}={quoted(empty)},0,{_BAR}),ROUND({_BAR}*{filled}/MAX(1,{asked}),0))"
    text = f'REPT("█",{full})&REPT("░",{_BAR}-{full})'
    return f'=IF({is_filled(reason)},{reason}&"",{text})' if reason else f"={text}"


def bar_text(filled: int, asked: int, *, empty: bool) -> str:
    """Return the bar that ``bar`` shows."""
    full = int(_BAR * filled / asked + 0.5) if asked else 0 if empty else _BAR
    return "█" * full + "░" * (_BAR - full)


def untouched(done: str, states: str, empty: str, least: int) -> str:
    """Return the test whether no table is filled, and at least so many are in the state ``empty``."""
    return f"AND({done}=0,COUNTIF({states},{quoted(empty)})>={least})"


def counted_words(cells: str, words: Sequence[str]) -> str:
    """Return the formula that counts the cells that hold one of some words."""
    return "=" + "+".join(f"COUNTIF({cells},{quoted(word)})" for word in words)


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


def numbered(names: str) -> str:
    """Return the formula that numbers the rows that have a name; ``names`` is the range from the first row to this."""
    own = names.rsplit(":", 1)[-1]
    return f'=IF(LEN({own})=0,"",SUMPRODUCT(--(LEN({names})>0)))'


def rises(count: str, above: str) -> str:
    """Return the condition, for a conditional format, that a count is greater than in the cell above it."""
    return f"={count}>N({above})"


def repeated(source: str) -> str:
    """Return the formula that repeats whatever stands in a cell; of a blank one it is an empty text."""
    return f'=IF(ISBLANK({source}),"",{source})'


def one_if(test: str) -> str:
    """Return the formula that is 1 where a test holds."""
    return f'=IF({test},1,"")'


def copied(source: str) -> str:
    """Return the formula that repeats a text cell, or is blank."""
    return f'=IF(T({source})<>"",{source},"")'


def ranked(copy: str, above: str) -> str:
    """Return the formula that numbers a filled copy; ``above`` is the range of numbers from the top to here."""
    return f'=IF({copy}="","",COUNT({above})+1)'


def compacted(number: int, copies: str, ranks: str) -> str:
    """Return the formula of the ``number``-th filled copy, or blank where there are fewer."""
    return f'=IF({number}>COUNT({ranks}),"",INDEX({copies},MATCH({number},{ranks},0)))'
