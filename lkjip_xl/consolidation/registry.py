"""The registry: a CSV that says which OPD must report, to which units they belong, and what their workbooks need."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lkjip_xl.base.csv_rows import csv_rows
from lkjip_xl.base.errors import DataError, LkjipError
from lkjip_xl.base.files import File, path_of
from lkjip_xl.formula.pattern import ANY, Pattern, revealed

_LONGEST_CODE, _LONGEST_NAME = 60, 500  # characters: a code is part of a file's name
_COLUMNS = ("kode", "nama", "modul", "periode", "tenggat", "kontak", "bidang", "induk", "tingkat", "melapor")


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
    parent: str = ""
    """The code of the unit that it belongs to."""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """What others belong to: a kecamatan, a regency, a province; ``level`` says which, ``parent`` to what it belongs."""

    code: str
    name: str
    level: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Registry:
    """The agencies that must report, and the units that they belong to, those above before those within."""

    opds: tuple[Opd, ...]
    units: tuple[Unit, ...] = ()

    @cached_property
    def unit(self) -> Mapping[str, Unit]:
        """The units by code."""
        return {each.code: each for each in self.units}

    def above(self, code: str) -> tuple[Unit, ...]:
        """Return the unit with a code, and those above it, the nearest first; none without a code."""
        found = []
        while code:
            found.append(self.unit[code])
            code = found[-1].parent
        return tuple(found)


def load_registry(file: File, codes: Pattern = ANY) -> Registry:
    """Read a registry: columns ``kode`` and ``nama``, and those of ``_COLUMNS`` that there are; others are left alone.

    A row whose ``kode`` is the ``induk`` of others is a unit, and itself an agency only where ``melapor`` says ya.
    UTF-8 with or without BOM, comma or semicolon; codes are written as the pattern says. Raises ``RegistryError``.
    """
    path = path_of(file)
    try:
        return _Reading(codes).registry(_rows(file))
    except RegistryError as error:
        raise RegistryError(error.reason, path) from None


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: Mapping[str, str]
    """What stands in the known columns."""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


class _Reading:
    """Reads the rows of one registry."""

    def __init__(self, codes: Pattern) -> None:
        self.codes = codes
        self.opds: dict[tuple[str, str], tuple[Opd, int]] = {}
        self.units: dict[str, Unit] = {}

    def registry(self, rows: Sequence[tuple[int, list[str]]]) -> Registry:
        (_, head), *body = rows
        heading = [cell.casefold() for cell in head]
        for name in ("kode", "nama"):
            if name not in heading:
                raise RegistryError(f"kolom {name} tidak ada; baris pertama harus memuat kode dan nama")
        places = {name: heading.index(name) for name in _COLUMNS if name in heading}
        lines = [
            _Line(number, {name: row[at] for name, at in places.items() if at < len(row)})
            for number, row in body
        ]
        parents = {self.codes.key(line["induk"]) for line in lines} - {""}
        self._units([line for line in lines if self.codes.key(line["kode"]) in parents])
        for line in lines:
            own = self.units.get(self.codes.key(line["kode"]))
            if own is None or line["melapor"].casefold() == "ya":
                self._add(line, self._parent(line) if own is None else own.code)
        if not self.opds:
            raise RegistryError("daftar OPD ini tidak memuat satu OPD pun")
        return Registry(tuple(opd for opd, _ in self.opds.values()), self._in_order())

    def _units(self, lines: Sequence[_Line]) -> None:
        for line in lines:
            key = self.codes.key(line["kode"])
            code, name = _checked(self.codes.normalised(line["kode"]), line["nama"], line.number)
            if key in self.units:
                raise RegistryError(
                    f"baris {line.number} mengulang kode {code}, yang menjadi induk baris lain"
                )
            self.units[key] = Unit(code, name, line["tingkat"], line["induk"])
        for line in lines:
            key = self.codes.key(line["kode"])
            self.units[key] = replace(self.units[key], parent=self._parent(line))

    def _parent(self, line: _Line) -> str:
        """Return the code of the unit to which a line belongs; empty where it is the first of all."""
        key = self.codes.key(line["induk"])
        if key and key not in self.units:
            raise RegistryError(
                f"induk {line['induk']} di baris {line.number} tidak ada di daftar; tambahkan barisnya"
            )
        return self.units[key].code if key else ""

    def _in_order(self) -> tuple[Unit, ...]:
        """Return the units, those above before those within."""
        found: dict[str, Unit] = {}
        waiting = [*self.units.values()]
        while waiting:
            ready = [each for each in waiting if not each.parent or each.parent in found]
            if not ready:
                names = ", ".join(each.code for each in waiting)
                raise RegistryError(f"induknya berputar: {names}")
            found |= {each.code: each for each in ready}
            waiting = [each for each in waiting if each.code not in found]
        return tuple(found.values())

    def _add(self, line: _Line, parent: str) -> None:
        opd = _opd(line, self.codes, parent)
        key = opd.parent, self.codes.key(opd.code)
        if key in self.opds:
            before = self.opds[key][1]
            raise RegistryError(f"baris {line.number} mengulang kode {opd.code} dari baris {before}")
        self.opds[key] = opd, line.number


def _rows(file: File) -> list[tuple[int, list[str]]]:
    """Return the rows in which something stands, with the numbers of their lines; there is at least one."""
    try:
        rows = csv_rows(file)
    except DataError as error:
        raise RegistryError(error.reason) from None
    if not rows:
        raise RegistryError("daftar OPD ini kosong")
    return rows


def _checked(code: str, name: str, number: int) -> tuple[str, str]:
    """Return code and name of a line; raise where they are none."""
    if len(code) > _LONGEST_CODE or len(name) > _LONGEST_NAME or not (code + name).isprintable():
        raise RegistryError(f"kode atau nama di baris {number} tidak wajar; periksa tanda petiknya")
    if not code or not name:
        raise RegistryError(f"baris {number} tidak memuat kode dan nama")
    return code, name


def _opd(line: _Line, codes: Pattern, parent: str) -> Opd:
    code, name = _checked(codes.normalised(line["kode"]), line["nama"], line.number)
    if not line["tingkat"] and not codes.fits(
        code
    ):  # a unit of which nothing is listed has no code of an OPD
        typed = revealed(line["kode"])
        raise RegistryError(f"kode {typed} di baris {line.number} tidak tertulis sebagai {codes.words}")
    modules, fields = (tuple(filter(None, re.split(r"[\s,+|]+", line[each]))) for each in ("modul", "bidang"))
    return Opd(
        code,
        name,
        frozenset(modules),
        line["periode"],
        line["tenggat"],
        line["kontak"],
        fields,
        parent,
        line["tingkat"],
    )
