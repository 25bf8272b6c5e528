"""The registry: a CSV that says which OPD must report, and what their workbooks need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lkjip_xl.base.csv_rows import csv_rows
from lkjip_xl.base.errors import DataError, LkjipError
from lkjip_xl.base.files import File, path_of
from lkjip_xl.formula.pattern import ANY, Pattern, revealed

_LONGEST_CODE, _LONGEST_NAME = 60, 500  # characters: a code is part of a file's name
_COLUMNS = ("kode", "nama", "modul", "periode", "tenggat", "kontak", "bidang")


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
    deadline: str = ""
    """Until when it must send, such as ``2024-01-31``."""
    contact: str = ""
    """To whom."""
    fields: tuple[str, ...] = ()
    """Its fields of government, such as ``2.13``, where its code does not name them."""


def load_registry(file: File, codes: Pattern = ANY) -> tuple[Opd, ...]:
    """Read a registry: columns ``kode`` and ``nama``, and those of ``_COLUMNS`` that there are; others are left alone.

    UTF-8 with or without BOM, comma or semicolon; codes are written as the pattern says. Raises ``RegistryError``.
    """
    path = path_of(file)
    (_, head), *rows = _rows(file)
    heading = [cell.casefold() for cell in head]
    for name in ("kode", "nama"):
        if name not in heading:
            raise RegistryError(f"kolom {name} tidak ada; baris pertama harus memuat kode dan nama", path)
    places = {name: heading.index(name) for name in _COLUMNS if name in heading}
    found: dict[str, Opd] = {}
    lines_of: dict[str, int] = {}
    for number, row in rows:
        cells = {name: row[at] if at < len(row) else "" for name, at in places.items()}
        try:
            opd = _opd(cells, number, codes)
        except RegistryError as error:
            raise RegistryError(error.reason, path) from None
        key = codes.key(opd.code)
        if key in found:
            raise RegistryError(f"baris {number} mengulang kode {opd.code} dari baris {lines_of[key]}", path)
        found[key], lines_of[key] = opd, number
    if not found:
        raise RegistryError("daftar OPD ini tidak memuat satu OPD pun", path)
    return tuple(found.values())


def _rows(file: File) -> list[tuple[int, list[str]]]:
    """Return the rows in which something stands, with the numbers of their lines; there is at least one."""
    try:
        rows = csv_rows(file)
    except DataError as error:
        raise RegistryError(error.reason, path_of(file)) from None
    if not rows:
        raise RegistryError("daftar OPD ini kosong", path_of(file))
    return rows


def _opd(cells: Mapping[str, str], number: int, codes: Pattern) -> Opd:
    code, name = codes.normalised(cells["kode"]), cells["nama"]
    if len(code) > _LONGEST_CODE or len(name) > _LONGEST_NAME or not (code + name).isprintable():
        raise RegistryError(f"kode atau nama di baris {number} tidak wajar; periksa tanda petiknya")
    if not code or not name:
        raise RegistryError(f"baris {number} tidak memuat kode dan nama")
    if not codes.fits(code):
        typed = revealed(cells["kode"])
        raise RegistryError(f"kode {typed} di baris {number} tidak tertulis sebagai {codes.words}")
    modules, fields = (
        tuple(filter(None, re.split(r"[\s,+|]+", cells.get(each, "")))) for each in ("modul", "bidang")
    )
    period, deadline, contact = (cells.get(each, "") for each in ("periode", "tenggat", "kontak"))
    return Opd(code, name, frozenset(modules), period, deadline, contact, fields)
