"""The zip that a workbook is: its parts, looked at before anything is inflated, and inflated within limits."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException, ElementTree

from lkjip_xl.base.errors import WorkbookError
from lkjip_xl.xlsx.errors import DoctypeError, MalformedError

_MB = 1024 * 1024
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the others are inflated without a limit
_HEADER = 30  # bytes before the name of a part
_ENCRYPTED = 0x1
_NAME = 255  # characters of a sheet's name; Excel has 31
_ODD_NAME = re.compile(r"[\x00-\x1f\x7f]|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)")
ODD = "susunan arsip berkas ini tidak wajar; buka di Excel lalu Simpan sebagai .xlsx"
UNUSUAL = "isi berkas ini tidak wajar besarnya; tidak dibuka"
DAMAGED = "buku kerja rusak dan tidak dapat dibuka; minta dikirim ulang"
# What zipfile and zlib raise for bytes that are none of theirs.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
)


@dataclass(frozen=True)
class Limits:
    """How large a workbook may be; the largest form, of some 5,000 rows, stays below all of them."""

    file: int = 32 * _MB
    """Bytes of a file."""
    part: int = 64 * _MB
    """Bytes of one inflated part."""
    total: int = 128 * _MB
    """Bytes of all inflated parts that are read."""
    parts: int = 2000
    """Parts of the zip."""
    sheets: int = 255
    """Sheets of the workbook."""
    area: int = 2_000_000
    """Cells of all sheets, blank ones between the filled among them: of each sheet largest row times largest column."""
    filled: int = 48 * _MB
    """Characters of all filled cells and their texts, some for each cell; a text in several cells counts in each."""
    elements: int = 300_000
    """Elements of all sheets that are not written as programs commonly do, which takes long to parse."""
    tags: int = 600_000
    """Tags of the parts that are read as a whole: lists of sheets and parts, properties, styles."""
    form: int = 1_700_000
    """Cells of all tables with the checks beside them, laid out anew with as many rows as were found."""
    findings: int = 10_000
    """Findings that are said one by one; the others are counted."""

    def times(self, factor: int) -> Limits:
        """Return limits that are larger by a factor."""
        return Limits(**{each.name: getattr(self, each.name) * factor for each in fields(self)})


class Archive:
    """The parts of a zip, by name without regard to case.

    Raises ``WorkbookError`` for what no workbook has, and the errors of ``xlsx.errors`` for parts that cannot be parsed.

    The names of parts only find parts: nothing is ever written under them.
    """

    def __init__(self, raw: bytes, limits: Limits) -> None:
        self._limits = limits
        self._size = len(raw)
        self._inflated = self._tags = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except _UNREADABLE:
            raise WorkbookError("berkas rusak atau terpotong; minta dikirim ulang") from None
        parts = self._zip.infolist()
        if len(parts) > limits.parts:
            raise WorkbookError(UNUSUAL)
        self.parts = {_key(part.filename): part for part in parts}
        if len(self.parts) < len(parts) or any(_ODD_NAME.search(name) for name in self.parts):
            raise WorkbookError(ODD)
        self._refuse_overlaps(parts)

    def _refuse_overlaps(self, parts: list[zipfile.ZipInfo]) -> None:
        """Refuse a zip whose parts share bytes: a small file would hold very much."""
        ordered = sorted(parts, key=lambda part: part.header_offset)
        ends = [*(each.header_offset for each in ordered[1:]), self._size]
        for part, end in zip(ordered, ends, strict=False):  # an archive may be empty
            if part.header_offset + _HEADER + len(part.filename) + part.compress_size > end:
                raise WorkbookError(ODD)

    def __contains__(self, name: str) -> bool:
        return _key(name) in self.parts

    def read(self, name: str) -> bytes:
        """Return a part, empty where there is none, inflating no more than it says it holds."""
        part = self.parts.get(_key(name))
        if part is None:
            return b""
        self._inflated += part.file_size
        if part.file_size > self._limits.part or self._inflated > self._limits.total:
            raise WorkbookError(UNUSUAL)
        if part.compress_type not in _METHODS or part.flag_bits & _ENCRYPTED:
            raise WorkbookError(DAMAGED)
        try:
            with self._zip.open(part) as file:
                content = file.read(part.file_size + 1)
        except _UNREADABLE:
            raise WorkbookError(DAMAGED) from None
        if len(content) > part.file_size:
            raise WorkbookError(UNUSUAL)
        return content

    def whole(self, name: str) -> bytes:
        """Return a part that will be a tree."""
        content = self.read(name)
        self._tags += content.count(b"<")
        if self._tags > self._limits.tags:
            raise WorkbookError(UNUSUAL)
        return content

    def tree(self, name: str) -> Element:
        """Return a part as a tree."""
        return parsed(self.whole(name))

    def related(self, source: str) -> dict[str, tuple[str, str]]:
        """Return what a part (empty: the whole) points to inside the zip: kind and name, by id."""
        folder, name = posixpath.split(source)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self:
            return {}
        found = {}
        for each in self.tree(path):
            if each.get("TargetMode") != "External":
                target = posixpath.normpath(
                    posixpath.join("/", folder, each.get("Target", "").replace("\\", "/"))
                )
                found[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], target.lstrip("/"))
        return found


@dataclass(frozen=True)
class Sheets:
    """Where the parts of a workbook are: its sheets by name, in their order, and what they share."""

    worksheets: Mapping[str, str]
    strings: str
    styles: str
    days_from_1904: bool


class Package(Archive):
    """A zip that is a workbook."""

    @cached_property
    def _whole(self) -> dict[str, tuple[str, str]]:
        return self.related("")

    @cached_property
    def main(self) -> str:
        """The part that lists the sheets."""
        for kind, target in self._whole.values():
            if kind == "officeDocument":
                return target
        raise WorkbookError(DAMAGED)

    @cached_property
    def sheets(self) -> Sheets:
        """Where the sheets are; sheets without cells, such as charts, are none."""
        related = self.related(self.main)
        tree = self.tree(self.main)
        listed = [each for each in tree.iter() if local(each.tag) == "sheet"]
        if len(listed) > self._limits.sheets or any(len(each.get("name", "")) > _NAME for each in listed):
            raise WorkbookError(UNUSUAL)
        worksheets = {}
        for each in listed:
            relation = next((value for name, value in each.items() if name.endswith("}id")), "")
            kind, target = related.get(relation, ("", ""))
            if kind == "worksheet":
                if target not in self:
                    raise WorkbookError(DAMAGED)
                worksheets[each.get("name", "")] = target
        names = [each.get("name", "").casefold() for each in listed]
        if len(set(names)) < len(names) or len(set(worksheets.values())) < len(worksheets):
            raise WorkbookError("dua lembar bernama sama atau berisi sama; buka di Excel lalu simpan ulang")
        shared = dict(related.values())
        days = [each.get("date1904", "") for each in tree if local(each.tag) == "workbookPr"]
        return Sheets(
            worksheets,
            shared.get("sharedStrings", ""),
            shared.get("styles", ""),
            days_from_1904=bool(days) and days[0] in ("1", "true"),
        )

    @cached_property
    def properties(self) -> Mapping[str, str]:
        """The custom properties; none where they cannot be read."""
        for kind, target in self._whole.values():
            if kind == "custom-properties" and target in self:
                return {each.get("name", ""): "".join(each.itertext()) for each in self.tree(target)}
        return {}


def parsed(part: bytes) -> Element:
    """Return a part as a tree; raise the errors of ``xlsx.errors`` for what is no XML, or has a document type."""
    try:
        return ElementTree.fromstring(part, forbid_dtd=True)
    except DefusedXmlException:
        raise DoctypeError from None
    except (ElementTree.ParseError, ValueError, LookupError):
        raise MalformedError from None


def local(tag: str) -> str:
    """Return a tag's name without its namespace."""
    return tag.rpartition("}")[2]


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
