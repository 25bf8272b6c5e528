"""Which files a command is given: files as they are, folders searched for workbooks."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lkjip_xl.errors import WorkbookError


@dataclass(frozen=True, slots=True)
class Found:
    """The workbooks to read, and how many files of folders were passed over."""

    files: tuple[Path, ...]
    locks: int = 0
    """Files that Office keeps beside an open workbook (``~$…``)."""
    hidden: int = 0


def shown(path: Path) -> str:
    """Return a path as it can be printed and written anywhere: no half characters, no control characters."""
    return one_line(os.fsencode(path).decode("utf-8", "replace"))


def one_line(text: str) -> str:
    """Return text without control characters and line breaks."""
    return "".join(char if char.isprintable() else "�" for char in text)


def find_workbooks(paths: Sequence[Path], *, apart: Path | None = None, some: bool = True) -> Found:
    """Return the workbooks that the paths name, each once.

    Office's lock files and hidden files and folders are passed over, and what is in the folder ``apart`` where that is
    inside one that is searched (or the file of that name): earlier results. With ``some`` raises ``WorkbookError`` for a
    folder without any workbook.
    """
    found: dict[Path, None] = {}
    locks = hidden = 0
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        inside = 0
        own = path.resolve()
        results = apart.resolve() if apart is not None else own
        for each in sorted(path.rglob("*")):
            if each.suffix.lower() != ".xlsx" or each.is_dir():
                continue
            if results != own and results in (each.resolve(), *each.resolve().parents):
                continue
            if each.name.startswith("~$"):
                locks += 1
            elif any(part.startswith(".") for part in each.relative_to(path).parts):
                hidden += 1
            else:
                found[each] = None
                inside += 1
        if some and not inside:
            raise WorkbookError(f"{path}: folder ini tidak berisi berkas .xlsx")
    return Found(tuple(found), locks, hidden)
