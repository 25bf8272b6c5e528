"""Text of strangers as it may be shown: nothing in it obeys or turns around what stands beside it, and it is short."""

from __future__ import annotations

import re

SHORT = 60
"""Characters of a stranger's text that a sentence repeats."""
NAME = 200
"""Characters of the name of an agency in a sentence; those of large ones have more than a hundred."""
_SENTENCE = 5000  # characters of a sentence with the path of a file in it
_LINES = frozenset("\n\t")


def safe(text: str) -> str:
    """Return text without control characters and those that change the direction of writing; lines stay lines."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in _LINES else _plain(char) for char in text)


def one_line(text: str) -> str:
    """Return text that is safe, on one line."""
    return text if text.isprintable() else "".join(c if c.isprintable() else _plain(c) for c in text)


def printable(text: str) -> str:
    """Return text as a terminal can show it; lines stay lines."""
    return "\n".join(map(one_line, text.split("\n")))


def short(text: str, most: int = SHORT) -> str:
    """Return what a sentence repeats of a text: safe, on one line, its beginning where it is long."""
    line = one_line(re.sub(r"\s+", " ", text[: 100 * most]))
    return line if len(line) <= most and len(text) <= 100 * most else line[: most - 1] + "…"


def sentence(text: str) -> str:
    """Return what is said about a file in one line, however long the file's text in it is."""
    line = one_line(text[:_SENTENCE])
    return line if len(text) <= _SENTENCE else line[: _SENTENCE - 1] + "…"


def _plain(char: str) -> str:
    return (
        " "
        if char
        in "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
        else "�"
    )
