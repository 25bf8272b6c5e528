"""Links from a consolidated workbook to the files, sheets and cells from which its figures come."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path
from urllib.parse import quote, unquote

from lkjip_xl.base.files import shown
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet

_LONGEST = 2000  # characters as escaped; Excel takes 2,080
_MOST = 60_000  # of a sheet; Excel drops all of them from 65,530 on


def uri(path: Path, beside: Path) -> str:
    """Return how a workbook in ``beside`` names a file: a URI relative to that folder, or of another drive.

    Whatever stands in a name is escaped, so that no part of it is taken for a scheme or a place in a page.
    """
    real = Path(os.path.realpath(path))
    try:
        way = Path(os.path.relpath(real, os.path.realpath(beside))).as_posix()
    except ValueError:  # another drive
        return real.as_uri()
    return "./" + quote(os.fsencode(way))


class Links:
    """Writes links to some files, which are named with their folder where two have one name."""

    def __init__(self, paths: Iterable[Path], beside: Path, *, dead: bool = False) -> None:
        """Begin; ``dead`` links are text: the files are not at hand."""
        self._dead = dead
        self._uri = cache(partial(uri, beside=beside))  # a file has a link in each row that comes from it
        names = Counter(path.name for path in paths)
        self._double = {name for name, number in names.items() if number > 1}

    def write(
        self,
        sheet: Sheet,
        row: int,
        column: int,
        path: Path | None,
        on: str = "",
        cell: str = "",
        before: int = 0,
    ) -> None:
        """Write file, sheet and cell as a link where Excel can follow it, else as text; nothing without a file.

        ``before`` is how many links the sheet has.
        """
        if path is None:
            sheet.value(row, column, None, styles.PLAIN)
            return
        name = shown(Path(path.parent.name, path.name) if path.name in self._double else Path(path.name))
        text = name + (f" · {on}" if on else "") + (f" · {cell}" if cell else "")
        if self._dead:
            sheet.value(row, column, text, styles.PLAIN)
            return
        quoted = "'" + on.replace("'", "''") + "'"
        target, place = self._uri(path), f"{quoted}!{cell or 'A1'}" if on else ""
        followed = shown(path) == str(path) and on.isprintable() and len(unquote(target) + place) < 250
        if followed and before < _MOST and len(target) < _LONGEST:
            sheet.link_file(row, column, target, place, text)
        else:
            sheet.value(row, column, text, styles.PLAIN)
