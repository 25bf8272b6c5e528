"""Addresses of cells as spreadsheets write them; rows and columns are counted from 0."""

from __future__ import annotations


def column_letters(column: int) -> str:
    """Return the letters of a sheet column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def a1(row: int, column: int) -> str:
    """Return the A1 address of a cell counted from 0."""
    return f"{column_letters(column)}{row + 1}"


def from_a1(address: str) -> tuple[int, int]:
    """Return row and column, counted from 0, of an A1 address."""
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(address[len(letters) :]) - 1, column - 1


def absolute(row: int, column: int) -> str:
    """Return the absolute A1 address of a cell counted from 0."""
    return f"${column_letters(column)}${row + 1}"


def across(line: int, first: int, last: int) -> str:
    """Return the range of a sheet row from one column to another, whichever cell it is used from."""
    return f"${column_letters(first)}{line + 1}:${column_letters(last)}{line + 1}"


def sheet_prefix(sheet: str) -> str:
    """Return a sheet name as it stands before an address in a formula."""
    return "'" + sheet.replace("'", "''") + "'!"
