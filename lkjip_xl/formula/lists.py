"""Excel text for the lists behind dropdowns: the filled cells of some columns, one below the other."""

from __future__ import annotations


def copied(source: str) -> str:
    """Return the formula that repeats a text cell, or is blank."""
    return f'=IF(T({source})<>"",{source},"")'


def ranked(copy: str, above: str) -> str:
    """Return the formula that numbers a filled copy; ``above`` is the range of numbers from the top to here."""
    return f'=IF({copy}="","",COUNT({above})+1)'


def compacted(number: int, copies: str, ranks: str) -> str:
    """Return the formula of the ``number``-th filled copy, or blank where there are fewer."""
    return f'=IF({number}>COUNT({ranks}),"",INDEX({copies},MATCH({number},{ranks},0)))'
