"""The registry: a CSV that says which OPD must report, and what their workbooks need."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lkjip_xl.base.errors import LkjipError, file_reason
from lkjip_xl.base.files import read_text
from lkjip_xl.formula.pattern import ANY, Pattern, revealed

_LONGEST_CODE, _LONGEST_NAME = 60, 500  # characters: a code is part of a file's name
_COLUMNS = ("kode", "nama", "modul", "periode")


class RegistryError(LkjipError):
    """A registry that cannot be read; names the file, and the line where there is one."""


@dataclass(frozen=True, slots=True)
class Opd:
    """One agency that must report."""

    code: str
    name: str
    modules: frozenset[str] = frozenset()
    period: str = ""
    """Its Renstra period, such as ``2024-2026``; empty where the registry does not say."""


def load_registry(path: Path, codes: Pattern = ANY) -> tuple[Opd, ...]:
    """Read a registry: columns ``kode`` and ``nama``, and if need be ``modul`` and ``periode``; others are left alone.

    UTF-8 with or without BOM, comma or semicolon; codes are written as the pattern says. Raises ``RegistryError``.
    """
    (_, head), *rows = _rows(path)
    heading = [cell.casefold() for cell in head]
    for name in ("kode", "nama"):
        if name not in heading:
            raise RegistryError(f"{path}: kolom {name} tidak ada; baris pertama harus memuat kode dan nama")
    places = {name: heading.index(name) for name in _COLUMNS if name in heading}
    found: dict[str, Opd] = {}
    lines_of: dict[str, int] = {}
    for number, row in rows:
        cells = {name: row[at] if at < len(row) else "" for name, at in places.items()}
        try:
            opd = _opd(cells, number, codes)
        except RegistryError as error:
            raise RegistryError(f"{path}: {error}") from None
        key = codes.key(opd.code)
        if key in found:
            raise RegistryError(
                f"{path}: baris {number} mengulang kode {opd.code} dari baris {lines_of[key]}"
            )
        found[key], lines_of[key] = opd, number
    if not found:
        raise RegistryError(f"{path}: daftar OPD ini tidak memuat satu OPD pun")
    return tuple(found.values())


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """Return the rows in which something stands, with the numbers of their lines; there is at least one."""
    try:
        text = read_text(path)
    except OSError as error:
        raise RegistryError(f"{path}: {file_reason(error)}") from None
    except UnicodeDecodeError:
        raise RegistryError(f"{path}: bukan teks UTF-8; simpan sebagai CSV UTF-8") from None
    if text.lower().startswith("sep="):  # a line by which Excel is told the separator
        text = "\n" + text.partition("\n")[2]
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        lines = [(rows.line_num, [cell.strip() for cell in row]) for row in rows]
    except csv.Error:
        raise RegistryError(f"{path}: baris {rows.line_num} bukan CSV yang benar") from None
    filled = [(number, row) for number, row in lines if any(row)]
    if not filled:
        raise RegistryError(f"{path}: daftar OPD ini kosong")
    return filled


def _opd(cells: Mapping[str, str], number: int, codes: Pattern) -> Opd:
    code, name = codes.normalised(cells["kode"]), cells["nama"]
    if len(code) > _LONGEST_CODE or len(name) > _LONGEST_NAME or not (code + name).isprintable():
        raise RegistryError(f"kode atau nama di baris {number} tidak wajar; periksa tanda petiknya")
    if not code or not name:
        raise RegistryError(f"baris {number} tidak memuat kode dan nama")
    if not codes.fits(code):
        typed = revealed(cells["kode"])
        raise RegistryError(f"kode {typed} di baris {number} tidak tertulis sebagai {codes.words}")
    modules = frozenset(filter(None, re.split(r"[\s,+|]+", cells.get("modul", ""))))
    return Opd(code, name, modules, cells.get("periode", ""))
