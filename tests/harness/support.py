"""Helpers of the tests: LibreOffice as judge, small template sets, workbooks filled as staff fill them."""

from __future__ import annotations

import datetime
import hashlib
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from xml.sax.saxutils import escape

import openpyxl
import polars as pl

from lkjip_xl.base.findings import Finding
from lkjip_xl.base.owned import PARQUET_MARK
from lkjip_xl.consolidation import chunk
from lkjip_xl.consolidation.chunk import Files, Task
from lkjip_xl.consolidation.reader import Read
from lkjip_xl.pipeline import validate
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Template
from parts import Parts, new_style, number, put, read_parts, text, write_parts

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "dpmd-banyuasin-2023.json"
CODE_LIST = SAMPLE.parent / "nomenklatur-contoh.csv"
REGENCY = ROOT / "samples" / "kabupaten-contoh"
REPORT = REGENCY / "6.01-inspektorat-daerah.xlsx"
REGISTRY = "kode,nama\n6.01,Inspektorat\n"
Cell = tuple[str, int, int]
Grid = Mapping[Cell, Any]
Key = TypeVar("Key")
Run = Callable[..., tuple[int, str, str]]

_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{language}</value></prop></item>
</oor:items>
"""


@dataclass(frozen=True)
class Office:
    """LibreOffice, told to recalculate every formula of every file it loads."""

    program: str
    home: Path
    language: str = "en-US"
    """Whose separators it writes."""

    def saved(self, path: Path, folder: Path) -> Path:
        """Return a copy of a workbook, recalculated and saved by LibreOffice; of equal ones once, which takes seconds."""
        kept = self.home / f"{hashlib.sha256(path.read_bytes()).hexdigest()}.xlsx"
        if not kept.exists():
            self.all_saved([path], folder)[0].rename(kept)
        folder.mkdir(exist_ok=True)
        return Path(shutil.copy(kept, folder / path.name))

    def all_saved(self, paths: Sequence[Path], folder: Path) -> list[Path]:
        """Return copies of workbooks, recalculated and saved by LibreOffice in one go."""
        user = self.home / "user"
        user.mkdir(exist_ok=True)
        (user / "registrymodifications.xcu").write_text(
            _RECALCULATE.format(language=self.language), encoding="utf-8"
        )
        return self._converted(paths, folder, "xlsx:Calc MS Excel 2007 XML")

    def converted(self, path: Path, folder: Path, ending: str) -> Path:
        """Return a document as LibreOffice saves it in the format of an ending such as ``odt``."""
        return self._converted([path], folder, ending)[0].with_suffix(f".{ending}")

    def _converted(self, paths: Sequence[Path], folder: Path, kind: str) -> list[Path]:
        folder.mkdir(exist_ok=True)
        subprocess.run(
            [
                self.program,
                f"-env:UserInstallation={self.home.as_uri()}",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                str(folder),
                *map(str, paths),
            ],
            check=True,
            capture_output=True,
            timeout=60 + 30 * len(paths),
        )
        return [folder / path.name for path in paths]


def grid(path: Path) -> dict[Cell, Any]:
    """Return the filled cells of all sheets by sheet, row and column (from 1); numbers on 15 digits.

    By openpyxl: python-calamine shows error cells as blank, and an error must not pass for a blank result.
    """
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)  # in half the time
    cells: dict[Cell, Any] = {}
    for sheet in book:
        sheet.reset_dimensions()
        for row in sheet.iter_rows():
            for cell in row:
                value = cell.value
                if value is not None and value != "":
                    number = isinstance(value, (int, float)) and not isinstance(value, bool)
                    shown = float(f"{value:.15g}") if number else value
                    cells[sheet.title, cell.row, cell.column] = shown
    return cells


def grid_by_address(path: Path) -> dict[tuple[str, str], Any]:
    """Return what was typed or computed, by sheet and address, as it stands in the file."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def formulas(path: Path) -> dict[Cell, str]:
    """Return the formulas of all sheets by sheet, row and column (from 1), without the ``=`` before them.

    Names in them are written as the cells that they stand for.
    """
    book = openpyxl.load_workbook(path)
    names = {name: str(each.value) for name, each in book.defined_names.items()}
    known = re.compile(
        rf"(?<![\w.])(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})(?![\w.])"
    )
    return {
        (sheet.title, cell.row, cell.column): known.sub(
            lambda found: names[found[0]], str(cell.value).removeprefix("=")
        )
        if names
        else str(cell.value).removeprefix("=")
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def fill(path: Path, changes: Mapping[str, Mapping[str, Any]]) -> Path:
    """Type values into cells as staff would, by sheet and address; what other cells show stays as it was."""
    parts = read_parts(path)
    for sheet, cells in changes.items():
        for address, value in cells.items():
            put(parts, sheet, address, *_typed(parts, value))
    write_parts(parts, path, zipfile.ZIP_STORED)  # compressing took five sixths of the time
    return path


def _typed(parts: Parts, value: Any) -> tuple[str, str | None]:
    """Return the content of a cell in which a value is typed, and the style where it needs one."""
    match value:
        case None:
            return ">", None
        case bool():
            return f' t="b"><v>{int(value)}</v>', None
        case int() | float():
            return number(repr(value)), None
        case datetime.date():  # a datetime is one, too
            moment = (
                value
                if isinstance(value, datetime.datetime)
                else datetime.datetime.combine(value, datetime.time())
            )
            days = (moment - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1)  # noqa: DTZ001 - cells have no zone
            return number(days), new_style(parts, "dd/mm/yyyy")
        case str() if value.startswith("="):
            return f"><f>{escape(value[1:])}</f>", None
    return text(value), None


def rewrite_part(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """Replace the first ``old`` in one part of a workbook, byte for byte, as odd programs write it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def write_own_parquet(path: Path) -> Path:
    """Write a Parquet file as an earlier run of ``consolidate --parquet`` has left it."""
    pl.DataFrame({"a": [1]}).write_parquet(path, metadata=PARQUET_MARK)
    return path


def seen(findings: Sequence[Finding]) -> list[tuple[str, str, str]]:
    """Return rule, sheet and cell of each finding."""
    return [(finding.rule, finding.sheet, finding.cell) for finding in findings]


def found_together(files: Mapping[Key, Path], template: Template) -> dict[Key, list[Finding]]:
    """Return the findings of each workbook, all validated at once: in a tenth of the time of one after the other.

    One workbook does not disturb another (``tests/check/test_findings_of.py``).
    """
    checked, _ = validate(list(files.values()), template)
    return {key: list(each.findings) for key, each in zip(files, checked, strict=True)}


@contextmanager
def here(task: Task, _: int) -> Iterator[Callable[[Files], Future[list[Read]]]]:
    """Read each chunk at once in this process, where a test can look at it, and without the second that another takes."""

    def read(files: Files) -> Future[list[Read]]:
        future: Future[list[Read]] = Future()
        future.set_result([Read(len(files), *chunk.read_chunk(files, task))])
        return future

    yield read


TINY_MAIN = """
id = "kecil"
version = "1.0.0"
title = "Kecil"
order = ["identitas", {tables}]
[identity]
code = "identitas.kode"
name = "identitas.nama"
regency = "identitas.kabupaten"
[capaian.arah]
naik = "realisasi / target * 100"
turun = "(target - (realisasi - target)) / target * 100"
[scales]
mutu = [{{ label = "Baik", min = 70 }}, {{ label = "Cukup", above = 50 }}, {{ label = "Kurang" }}]
[grades]
mutu = [{{ label = "Sangat Baik", value = 4 }}, {{ label = "Baik", value = 3 }}, {{ label = "Buruk", value = 0 }}]
"ya/tidak" = [{{ label = "Ya", value = 100 }}, {{ label = "Baik", value = 60 }}, {{ label = "Tidak", value = 0.5 }}]
[patterns.kode]
words = "9.99 atau huruf"
masks = ["9.99", "9.99.9"]
characters = "A-Za-z0-9"
between = "-_"
length = [2, 5]
zeros = false
[patterns.nomor]
words = "lima angka"
masks = ["99999"]
[patterns.huruf]
words = "tiga huruf"
characters = "A-C"
length = [3, 3]
ignored = ""
[settings]
batas = 12.5
"""
TINY_IDENTITY = """
key = "identitas"
sheet = "Identitas"
title = "Identitas"
kind = "form"
columns = [
  {key = "kode", label = "Kode", type = "text"},
  {key = "nama", label = "Nama", type = "text"},
  {key = "kabupaten", label = "Kabupaten", type = "text"},
]
"""


_SHIPPED = (ROOT / "templates" / "template.toml").read_text("utf-8")
FIELD_RULES = _SHIPPED[
    _SHIPPED.index("[field_rules.required]") : _SHIPPED.index("# Permenpan RB 53/2014 menyerahkan")
]


def write_tiny(folder: Path, **tables: str) -> Path:
    """Write a small template set with the given tables, by key, and return its folder."""
    folder.mkdir(exist_ok=True)
    names = ", ".join(f'"{name}"' for name in tables)
    main = TINY_MAIN.format(tables=names) + FIELD_RULES
    (folder / "template.toml").write_text(main, encoding="utf-8")
    (folder / "identitas.toml").write_text(TINY_IDENTITY, encoding="utf-8")
    for name, body in tables.items():
        head = f'key = "{name}"\nsheet = "{name.title()}"\ntitle = "Tabel {name}"\n'
        (folder / f"{name}.toml").write_text(head + body, encoding="utf-8")
    return folder


def tiny(folder: Path, **tables: str) -> Template:
    """Return a small template set with the given tables, by key."""
    return load_template(write_tiny(folder, **tables))
