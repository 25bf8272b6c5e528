"""Hostile and broken files: each is refused in one sentence, or read right; within 2 seconds and 500 MB, whatever it holds."""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from hostile import (
    BOOK,
    BOOK_RELATIONS,
    CUSTOM,
    DOCTYPES,
    KINDS_OF_PARTS,
    MAIN,
    MIB,
    OLE,
    RELATIONS,
    SHEET,
    STRINGS,
    STYLES,
    Builder,
    cell_added,
    cell_replaced,
    changed_entry,
    claims_little,
    claims_little_bzip2,
    claims_little_lzma,
    cut_part,
    declared,
    edited,
    entries,
    far_things,
    huge_strings,
    linked_outside,
    many_merges,
    many_parts,
    many_sheets,
    many_styles,
    million_cells,
    office_document,
    packed,
    prefixed,
    quoted_overlap,
    raw_zip,
    reencoded,
    stored,
    truncated,
    unpacked,
    with_chart_sheet,
    with_doctype,
    with_entry,
    with_macros,
    with_parts,
    without_part,
    zeros,
)
from isolated import Isolated, Outcome
from lkjip_xl.base.errors import WorkbookError
from lkjip_xl.xlsx import guard

CUT = "berkas rusak atau terpotong; minta dikirim ulang"
BROKEN = "buku kerja rusak dan tidak dapat dibuka; minta dikirim ulang"
TOO_BIG = "isi berkas ini tidak wajar besarnya; tidak dibuka"
ODD = "susunan arsip berkas ini tidak wajar; buka di Excel lalu Simpan sebagai .xlsx"
DOCTYPE = "berkas ini memuat DOCTYPE; buku kerja tidak memuatnya"
TWINS = "dua lembar bernama sama atau berisi sama; buka di Excel lalu simpan ulang"
SAVE_AS = "buka di Excel lalu Simpan sebagai .xlsx"
NO_ARCHIVE = "ini arsip zip, bukan buku kerja Excel"
NO_TEXT = "ini berkas teks atau berkas lain yang diberi nama .xlsx, bukan buku kerja Excel"

SAME = "<read: the same values, the same findings>"
REFUSED = "<refused, in whatever sentence>"
NAMED = "<read: the same values, and one note more>"
LOUD = "<the same, or refused, or reported: never silently wrong>"

Case = tuple[Builder, str]


def _relation(old: str, new: str) -> Builder:
    return lambda raw: edited(raw, BOOK_RELATIONS, old, new)


def _named(name: str) -> Builder:
    return lambda raw: raw_zip([*entries(raw), stored(name, b"<x/>")])


def _sheet_name(new: str) -> Builder:
    return lambda raw: edited(raw, BOOK, 'name="1.2 Pendidikan"', new)


def _honest(name: str, mebibytes: int) -> Builder:
    entry = zeros(name, mebibytes)
    return lambda raw: with_entry(raw, replace(entry, crc=zlib.crc32(b"\0" * mebibytes * MIB)))


def _zip64(size: int) -> Builder:
    extra = struct.pack("<HHQ", 1, 8, size)
    return lambda raw: changed_entry(raw, SHEET, size=0xFFFFFFFF, extra=extra)


def _zip64_right(raw: bytes) -> bytes:
    return _zip64(len(unpacked(raw)[SHEET]))(raw)


def _far_offset(raw: bytes) -> bytes:
    return raw_zip([*entries(raw), replace(stored("xl/a.xml", b""), offset=2**31)])


def _same_header_twice(raw: bytes) -> bytes:
    return raw_zip([*entries(raw), replace(entries(raw)[0], offset=0)])


def _other_dimension(raw: bytes) -> bytes:
    sheet = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', unpacked(raw)[SHEET])
    return with_parts(raw, {SHEET: sheet})


KINDS: Mapping[str, Case] = {
    "csv": (lambda _: b"NO,NAMA\r\n1,PNS\r\n", NO_TEXT),
    "random bytes": (lambda _: bytes(range(256)) * 20, NO_TEXT),
    "html, with a byte order mark": (lambda _: b"\xef\xbb\xbf<!DOCTYPE html><html>", f"ini halaman HTML yang diberi nama .xlsx; {SAVE_AS}"),
    "password": (lambda _: OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"), "buku kerja ini dikunci dengan kata sandi; simpan ulang tanpa kata sandi"),
    "docx": (lambda _: office_document("docx"), "ini dokumen Word (.docx), bukan buku kerja; kirim berkas .xlsx-nya"),
    "pptx": (lambda _: office_document("pptx"), "ini presentasi PowerPoint (.pptx), bukan buku kerja; kirim berkas .xlsx-nya"),
    "something before the zip": (lambda raw: b"x" * 100 + raw, NO_TEXT),
    "begins like a zip": (lambda _: b"PK" + b"x" * 100, CUT),
    **{f"cut at {share}": (truncated(share), CUT) for share in (0.001, 0.1, 0.5, 0.9, 0.99, 0.9999)},
    "something after the zip": (lambda raw: raw + b"\0" * 1000, LOUD),
}  # fmt: skip

BOMBS: Mapping[str, Case] = {
    "claims little": (claims_little, BROKEN),
    "claims little, bzip2": (claims_little_bzip2, BROKEN),
    "claims little, LZMA": (claims_little_lzma, BROKEN),
    "honest and huge": (_honest("xl/media/a.xml", 1024), SAME),
    "huge and never needed": (_honest("xl/a.xml", 190), LOUD),
    "huge sheet": (_honest(SHEET, 190), REFUSED),
    "mimetype": (_honest("mimetype", 512), TOO_BIG),
    "shared strings": (huge_strings, TOO_BIG),
    "many parts": (partial(many_parts, number=guard.LIMITS.parts + 1), TOO_BIG),
    "as many parts as may be": (partial(many_parts, number=guard.LIMITS.parts), SAME),
    "a workbook in the workbook": (lambda raw: with_parts(raw, {"xl/embeddings/a.xlsx": raw}), SAME),
    "overlapping": (quoted_overlap, ODD),
    "one header for two entries": (_same_header_twice, ODD),
}

ARCHIVES: Mapping[str, Case] = {
    "two entries of one name": (lambda raw: raw_zip([*entries(raw), stored(SHEET, b"<worksheet/>")]), ODD),
    "names that differ in case": (_named("XL/Workbook.xml"), ODD),
    "name with ..": (_named("../x.xml"), ODD),
    "name with .. inside": (_named("xl/worksheets/../x.xml"), ODD),
    "absolute name": (_named("/xl/x.xml"), SAME),
    "backslash": (_named("xl\\x.xml"), SAME),
    "drive letter": (_named("C:/x.xml"), ODD),
    "NUL in a name": (_named("xl/a\0b.xml"), SAME),
    "entry of a folder": (lambda raw: raw_zip([stored("xl/", b""), *entries(raw)]), SAME),
    "size too small": (partial(changed_entry, name=SHEET, size=100), BROKEN),
    "size too large": (partial(changed_entry, name=SHEET, size=10**6), LOUD),
    "packed size too small": (partial(changed_entry, name=SHEET, packed_size=100), BROKEN),
    "packed size too large": (partial(changed_entry, name=SHEET, packed_size=10**7), LOUD),
    "other check sum": (partial(changed_entry, name=SHEET, crc=1), BROKEN),
    "other name in the local header": (partial(changed_entry, name=SHEET, local_name=b"xl/worksheets/sheet5.xml"), BROKEN),
    "encrypted": (partial(changed_entry, name=SHEET, flags=1), BROKEN),
    "unknown compression": (partial(changed_entry, name=SHEET, method=99), BROKEN),
    "deflate64": (partial(changed_entry, name=SHEET, method=9), BROKEN),
    "not compressed as said": (partial(changed_entry, name=SHEET, method=8), BROKEN),
    "more entries than there are": (lambda raw: raw_zip(entries(raw), count=60_000), LOUD),
    "fewer entries than there are": (lambda raw: raw_zip(entries(raw), count=3), LOUD),
    "zip64, as it may be": (_zip64_right, SAME),
    "zip64 with 4 EiB": (_zip64(2**62), TOO_BIG),
    "zip64 without its field": (partial(changed_entry, name=SHEET, size=0xFFFFFFFF), TOO_BIG),
    "zip64 with half a field": (partial(changed_entry, name=SHEET, size=0xFFFFFFFF, extra=struct.pack("<HHI", 1, 4, 5)), CUT),
    "broken extra field": (partial(changed_entry, name=SHEET, extra=b"\1\0\xff\xff\0"), CUT),
    "data beyond the end": (_far_offset, ODD),
    "all names with backslashes": (lambda raw: packed({n.replace("/", "\\"): c for n, c in unpacked(raw).items()}), SAME),
}  # fmt: skip


def _row(number: int | str, cells: str) -> Builder:
    return lambda raw: cell_added(raw, f'<row r="{number}">{cells}</row>')


def _far(cell: str) -> str:
    return f"ada isi jauh di luar formulir (sel {cell}); hapus, lalu simpan ulang"


FAR_CELL = '<c r="XFD1048576"><v>1</v></c>'
FAR_CELLS: Mapping[str, Case] = {
    "far": (_row(1048576, FAR_CELL), _far("XFD1048576")),
    "farther than there are cells": (_row(99999999, '<c r="ZZZZ99999999"><v>1</v></c>'), _far("ZZZZ99999999")),
    "first column outside": (_row(900, '<c r="AAA900"><v>1</v></c>'), NAMED),
    "last column inside": (_row(900, '<c r="ZZ900"><v>1</v></c>'), NAMED),
    "first row outside": (_row(100000, '<c r="A100000"><v>1</v></c>'), SAME),
    "corner of the area": (_row(99999, '<c r="ZZ99999"><v>1</v></c>'), REFUSED),
    "text": (_row(1048576, '<c r="XFD1048576" t="inlineStr"><is><t>a</t></is></c>'), _far("XFD1048576")),
    "formula": (_row(1048576, '<c r="XFD1048576"><f>1</f><v>1</v></c>'), _far("XFD1048576")),
    "other quotes": (lambda raw: cell_added(raw, f"<row r='1048576'>{FAR_CELL.replace(chr(34), chr(39))}</row>"), REFUSED),
    "spaces": (_row(1048576, '<c  r = "XFD1048576" ><v>1</v></c>'), REFUSED),
    "line break": (_row(1048576, '<c\nr="XFD1048576"><v>1</v></c>'), REFUSED),
    "small letters": (_row(1048576, '<c r="xfd1048576"><v>1</v></c>'), REFUSED),
    "prefix": (lambda raw: cell_added(raw, f'<x:row xmlns:x="{MAIN}" r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'), REFUSED),
    "greater-than in an attribute": (_row(1048576, '<c x=">" r="XFD1048576"><v>1</v></c>'), REFUSED),
    "character reference": (_row(1048576, '<c r="&#88;FD1048576"><v>1</v></c>'), REFUSED),
    "address twice": (_row(900, '<c r="A900" r="XFD1048576"><v>1</v></c>'), REFUSED),
    "hidden by a comment": (_row(1048576, f"<!-- <c> -->{FAR_CELL}"), REFUSED),
    "row alone": (_row(1048576, "<c><v>1</v></c>"), REFUSED),
    "row alone, other quotes": (lambda raw: cell_added(raw, "<row r='1048576'><c><v>1</v></c></row>"), REFUSED),
    "row alone, full": (_row(1048576, "<c><v>1</v></c>" * 16384), REFUSED),
    "row by reference": (_row("&#49;048576", "<c><v>1</v></c>"), REFUSED),
    "row beyond 32 bits": (_row(99999999999, "<c><v>1</v></c>"), REFUSED),
    "largest row of 32 bits": (lambda raw: cell_added(raw, '<row r="4294967295"><c><v>1</v></c></row><row><c><v>1</v></c></row>'), LOUD),
    "row below zero": (_row(-1, "<c><v>1</v></c>"), REFUSED),
    "row zero": (_row(0, "<c><v>1</v></c>"), REFUSED),
    "rows without numbers": (lambda raw: cell_added(raw, "<row><c><v>1</v></c></row>" * 200_000), REFUSED),
    "cells without addresses": (lambda raw: cell_added(raw, f"<row>{'<c><v>1</v></c>' * 20_000}</row>"), LOUD),
    "A0": (_row(900, '<c r="A0"><v>1</v></c>'), REFUSED),
    "1A": (_row(900, '<c r="1A"><v>1</v></c>'), REFUSED),
    "no address": (_row(900, '<c r=""><v>1</v></c>'), REFUSED),
    "letters alone": (_row(900, '<c r="ABC"><v>1</v></c>'), REFUSED),
    "digits alone": (_row(900, '<c r="123"><v>1</v></c>'), REFUSED),
    "many letters": (_row(900, '<c r="AAAAAAAAAAAAAAA1"><v>1</v></c>'), REFUSED),
    "many digits": (_row(900, '<c r="A99999999999999999999"><v>1</v></c>'), REFUSED),
    "dollars": (_row(900, '<c r="$XFD$1048576"><v>1</v></c>'), REFUSED),
    "blank cell": (_row(1048576, '<c r="XFD1048576" s="1"/>'), SAME),
    "blank row": (lambda raw: cell_added(raw, '<row r="1048576" ht="15"/>'), SAME),
    "blank cell, other quotes": (lambda raw: cell_added(raw, "<row r='1048576'><c r='XFD1048576' s='1'></c></row>"), LOUD),
    "in a comment": (lambda raw: cell_added(raw, f"<!--{FAR_CELL}-->"), LOUD),
    "in character data": (_row(900, f'<c r="A900" t="str"><v><![CDATA[{FAR_CELL}]]></v></c>'), LOUD),
    "dimension": (_other_dimension, SAME),
    "all that stands around cells": (far_things, SAME),
    "a hundred thousand merges": (many_merges, SAME),
    "a million cells": (million_cells, REFUSED),
}  # fmt: skip

_STRANGE_STRINGS = (
    f'<Relationship Id="zz" Type="{RELATIONS}/sharedStrings" Target="other.xml"/></Relationships>'
)
_WORKBOOK_SHEET = 'Target="worksheets/sheet4.xml"'
PACKAGES: Mapping[str, Case] = {
    "linked to other files": (linked_outside, SAME),
    "macros": (with_macros, SAME),
    "a chart sheet": (with_chart_sheet, SAME),
    "sheet from outside": (_relation(_WORKBOOK_SHEET, 'Target="http://127.0.0.1:9/a.xml" TargetMode="External"'), LOUD),
    "sheet from the system": (_relation(_WORKBOOK_SHEET, 'Target="../../../../etc/passwd"'), BROKEN),
    "sheet that is the workbook": (_relation(_WORKBOOK_SHEET, 'Target="workbook.xml"'), LOUD),
    "sheet that is the strings": (_relation(_WORKBOOK_SHEET, 'Target="sharedStrings.xml"'), LOUD),
    "sheet without target": (_relation(_WORKBOOK_SHEET, ""), BROKEN),
    "sheet without part": (partial(without_part, part=SHEET), BROKEN),
    "second string table": (lambda raw: with_parts(_relation("</Relationships>", _STRANGE_STRINGS)(raw), {"xl/other.xml": f'<sst xmlns="{MAIN}"/>'.encode()}), LOUD),
    "second workbook": (lambda raw: packed({"evil/workbook.xml": b"<workbook/>", **unpacked(raw)}), LOUD),
    "sheet named twice": (_sheet_name('name="1.1 Pegawai"'), TWINS),
    "sheet named twice, other case": (_sheet_name('name="1.1 PEGAWAI"'), TWINS),
    "sheet with a long name": (_sheet_name(f'name="{"x" * 40_000}"'), LOUD),
    "sheet without a name": (_sheet_name(""), LOUD),
    "no sheets": (lambda raw: with_parts(raw, {BOOK: f'<workbook xmlns="{MAIN}"><sheets/></workbook>'.encode()}), REFUSED),
    "three thousand sheets": (partial(many_sheets, number=3000), TOO_BIG),
    "wrong content types": (lambda raw: with_parts(raw, {"[Content_Types].xml": b'<Types><Default Extension="xml" ContentType="text/html"/></Types>'}), LOUD),
    "60,000 styles": (many_styles, LOUD),
}  # fmt: skip


def _parts_cases() -> Iterator[tuple[str, Case]]:
    needed = {"_rels/.rels", BOOK, BOOK_RELATIONS, SHEET, STRINGS}
    read = {*needed, STYLES, CUSTOM}
    for part in KINDS_OF_PARTS:
        doctype = DOCTYPE if part in read else LOUD
        for kind in DOCTYPES:
            yield f"{kind} in {part}", (partial(with_doctype, part=part, kind=kind), doctype)
        far = partial(with_doctype, part=part, kind="laughs", far=True)
        yield f"far DOCTYPE in {part}", (far, doctype)
        utf16 = partial(with_doctype, part=part, kind="laughs", encoding="utf-16")
        yield f"UTF-16 DOCTYPE in {part}", (utf16, REFUSED if part in read else LOUD)
        broken = BROKEN if part in needed else LOUD
        yield f"UTF-16 in {part}", (partial(reencoded, part=part, encoding="utf-16"), LOUD)
        yield f"cut {part}", (partial(cut_part, part=part), broken)
        end = LOUD if part == SHEET else broken
        yield f"end cut from {part}", (partial(cut_part, part=part, share=0.999), end)
        for what, content in (("empty", b""), ("NULs as", b"\0" * 5000), ("control characters as", b"<\1>")):
            yield f"{what} {part}", (partial(with_parts, parts={part: content}), broken)
        if part in (BOOK, SHEET, STRINGS):
            for encoding in ("UTF-16384", "UTF-7", "Shift_JIS", "rot13", "IBM037"):
                yield f"{encoding} in {part}", (partial(declared, part=part, encoding=encoding), LOUD)
        yield f"prefixes in {part}", (partial(prefixed, part=part), LOUD)


_DEEP = "<x>" * 50_000 + "</x>" * 50_000
MARKUP: Mapping[str, Case] = {
    "deep in a sheet": (lambda raw: cell_added(raw, _DEEP), LOUD),
    "deep in the workbook": (lambda raw: edited(raw, BOOK, "<sheets>", f"{_DEEP}<sheets>"), LOUD),
    "deep in a property": (lambda raw: edited(raw, CUSTOM, "</Properties>", f"{_DEEP}</Properties>"), LOUD),
    "deep in strings": (lambda raw: with_parts(raw, {STRINGS: b"<sst>" + b"<si>" * 200_000}), BROKEN),
    "many attributes": (_row(900, f'<c r="A900" {" ".join(f"a{n}=" + chr(34) * 2 for n in range(200_000))}/>'), LOUD),
    "long attribute": (_row(900, f'<c r="A900" a="{"x" * 10_000_000}"/>'), LOUD),
    "tags that never close": (lambda raw: cell_added(raw, "<c " * 1_000_000), REFUSED),
    "error cells that never close": (_row(900, '<c t="e" ' * 200_000), REFUSED),
    "formulas that never close": (_row(900, '<c r="A900"><f>' * 300_000), REFUSED),
    "roots that never close": (lambda raw: with_parts(raw, {SHEET: b"<worksheet " * 300_000}), REFUSED),
}  # fmt: skip

CASES: Mapping[str, Case] = {
    **{f"{group}: {name}": case for group, cases in (
        ("kind", KINDS), ("bomb", BOMBS), ("archive", ARCHIVES), ("cell", FAR_CELLS), ("package", PACKAGES), ("markup", MARKUP),
    ) for name, case in cases.items()},
    **{f"part: {name}": case for name, case in _parts_cases()},
}  # fmt: skip


def _params(cases: Mapping[str, Any]) -> list[Any]:
    return [pytest.param(*case, id=name) for name, case in cases.items()]


@pytest.fixture(scope="module")
def good(isolated: Isolated, sample_bytes: bytes, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the reader makes of the workbook as it was."""
    path = tmp_path_factory.mktemp("baik") / "baik.xlsx"
    path.write_bytes(sample_bytes)
    return isolated.read(path).out


def _bounded(outcome: Outcome) -> None:
    assert "Traceback" not in outcome.err
    assert outcome.code in (0, 2), outcome
    assert outcome.err.count("\n") == (outcome.code == 2)
    assert outcome.seconds < 2
    assert outcome.megabytes < 500


@pytest.mark.sampled(120)
@pytest.mark.parametrize(("build", "expected"), _params(CASES))
def test_is_refused_or_read_right(
    build: Builder, expected: str, isolated: Isolated, good: str, sample_bytes: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "jahat.xlsx"
    path.write_bytes(build(sample_bytes))
    outcome = isolated.read(path)
    _bounded(outcome)
    match expected:
        case "<read: the same values, the same findings>":
            assert (outcome.err, outcome.out) == ("", good)
        case "<read: the same values, and one note more>":
            values, findings, misfits = json.loads(outcome.out)
            before = json.loads(good)
            more = [each for each in findings if each not in before[1]]
            assert (values, misfits, [rule for rule, _, _ in more]) == (
                before[0],
                before[2],
                ["di-luar-formulir"],
            )
        case "<refused, in whatever sentence>":
            assert (outcome.code, outcome.out) == (2, "")
        case "<the same, or refused, or reported: never silently wrong>":
            assert outcome.code == 2 or outcome.out == good or any(json.loads(outcome.out)[1:])
        case _:
            assert outcome.err == f"{path}: {expected}\n"


def test_a_folder_and_a_missing_file_are_said_to_be_so(isolated: Isolated, tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    assert isolated.read(tmp_path / "folder.xlsx").err.endswith(
        ": ini bukan berkas; tunjuk sebuah berkas .xlsx\n"
    )
    assert isolated.read(tmp_path / "tidak ada.xlsx").err.endswith(
        ": berkas tidak ada; periksa nama dan foldernya\n"
    )


# -- what stands in one cell ----------------------------------------------------------------------------------------

REPORTED = object()
GREAT = object()  # reported, and computed with, as a spreadsheet does
VALUES: Mapping[str, tuple[str, Any]] = {
    "beyond all numbers": ('<c r="D8"><v>1e999</v></c>', REPORTED),
    "no number": ('<c r="D8"><v>nan</v></c>', REPORTED),
    "infinite": ('<c r="D8"><v>-Infinity</v></c>', REPORTED),
    "underscore": ('<c r="D8"><v>1_000</v></c>', REPORTED),
    "hexadecimal": ('<c r="D8"><v>0x10</v></c>', REPORTED),
    "400 digits": (f'<c r="D8"><v>{"9" * 400}</v></c>', REPORTED),
    "wide digits": ('<c r="D8"><v>１２３</v></c>', REPORTED),
    "decimal comma": ('<c r="D8"><v>1,5</v></c>', REPORTED),
    "two signs": ('<c r="D8"><v>--5</v></c>', REPORTED),
    "letters": ('<c r="D8"><v>lima</v></c>', REPORTED),
    "sign": ('<c r="D8"><v>+5</v></c>', 5),
    "exponent": ('<c r="D8"><v>1.2E+3</v></c>', 1200),
    "too large for a form": ('<c r="D8"><v>1e300</v></c>', GREAT),
    "two values": ('<c r="D8"><v>5</v><v>6</v></c>', REPORTED),
    "value in a value": ('<c r="D8"><v><v>5</v></v></c>', REPORTED),
    "the cell twice": ('<c r="D8"><v>5</v></c><c r="D8"><v>6</v></c>', REPORTED),
    "comment in a value": ('<c r="D8"><v>5<!-- 0 -->6</v></c>', 56),
    "character data": ('<c r="D8"><v><![CDATA[56]]></v></c>', 56),
    "character reference": ('<c r="D8"><v>&#53;6</v></c>', 56),
    "unknown entity": ('<c r="D8"><v>&lima;</v></c>', REPORTED),
    "string beyond the table": ('<c r="D8" t="s"><v>99999999</v></c>', REPORTED),
    "string before the table": ('<c r="C8" t="s"><v>-1</v></c>', REPORTED),
    "string number with exponent": ('<c r="C8" t="s"><v>1e2</v></c>', REPORTED),
    "string number in letters": ('<c r="C8" t="s"><v>x</v></c>', REPORTED),
    "string number beyond 64 bits": (f'<c r="C8" t="s"><v>{"9" * 30}</v></c>', REPORTED),
    "third truth": ('<c r="D8" t="b"><v>2</v></c>', REPORTED),
    "unknown type": ('<c r="D8" t="zzz"><v>5</v></c>', REPORTED),
    "unknown error": ('<c r="D8" t="e"><v>#JAHAT!</v></c>', REPORTED),
    "date in ISO form": ('<c r="D8" t="d"><v>2024-01-01T00:00:00</v></c>', REPORTED),
    "unknown style": ('<c r="D8" s="999999"><v>5</v></c>', 5),
    "formula with the mark of its end": ('<c r="D8"><f><![CDATA[</f>]]></f><v>5</v></c>', 5),
    "value before its formula": ('<c r="D8"><v>5</v><f>2+3</f></c>', 5),
    "value with a prefix": (f'<c r="D8"><x:v xmlns:x="{MAIN}">5</x:v></c>', 5),
    "NUL by reference": ('<c r="C8" t="str"><v>a&#0;</v></c>', REPORTED),
    "half a character": ('<c r="C8" t="str"><v>a&#xD800;</v></c>', REPORTED),
}  # fmt: skip


@pytest.mark.sampled(30)
@pytest.mark.parametrize(("cell", "expected"), _params({f"value: {n}": v for n, v in VALUES.items()}))
def test_a_value_is_read_right_or_reported(
    cell: str, expected: Any, isolated: Isolated, good: str, sample_bytes: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "nilai.xlsx"
    address = cell[6:8]
    path.write_bytes(cell_replaced(sample_bytes, address, cell))
    outcome = isolated.read(path)
    _bounded(outcome)
    if outcome.code == 2:  # a whole file refused is a place named, too
        return
    document, findings, misfits = json.loads(outcome.out)
    row = document["tabel"]["pegawai"][0]
    read = row.get({"C": "pegawai", "D": "jumlah"}[address[0]])
    before, known, _ = json.loads(good)
    del document["tabel"]["pegawai"], before["tabel"]["pegawai"]
    assert document == before
    if expected is GREAT:
        assert (read, address in misfits) == (1e300, True)
    elif expected is REPORTED:
        assert read is None
        assert address in misfits or findings != known
    else:
        assert (read, misfits) == (expected, {})


# -- each limit at its edge -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("less", [0, 1])
@pytest.mark.parametrize("limit", ["file", "part", "total", "parts", "sheets"])
def test_a_limit_at_its_edge(limit: str, less: int, sample_file: Path) -> None:
    parts = unpacked(sample_file.read_bytes())
    sheets = sum("worksheets/" in name and not name.endswith(".rels") for name in parts)
    read = [
        *(name for name in parts if "worksheets/sheet" in name),
        "_rels/.rels",
        BOOK,
        BOOK_RELATIONS,
        STRINGS,
        STYLES,
        CUSTOM,
    ]
    edges = {
        "file": sample_file.stat().st_size,
        "part": max(len(parts[name]) for name in read),
        "total": sum(len(parts[name]) for name in read),
        "parts": len(parts),
        "sheets": sheets,
    }
    limits = replace(guard.LIMITS, **{limit: edges[limit] - less})
    if less == 0:
        guard.sheets_of(guard.open_file(sample_file, limits))
        return
    with pytest.raises(WorkbookError) as error:
        guard.sheets_of(guard.open_file(sample_file, limits))
    said = {"file": "berkas lebih besar dari 0 MB; ini bukan isian LKjIP"}
    assert str(error.value) == f"{sample_file}: {said.get(limit, TOO_BIG)}"


def test_a_sparse_file_of_a_tebibyte_is_refused_unread(isolated: Isolated, tmp_path: Path) -> None:
    path = tmp_path / "besar.xlsx"
    with path.open("wb") as file:
        file.write(b"PK")
        file.truncate(2**40)
    outcome = isolated.read(path)
    _bounded(outcome)
    assert outcome.err == f"{path}: berkas lebih besar dari 32 MB; ini bukan isian LKjIP\n"


# -- the whole command ----------------------------------------------------------------------------------------------


def test_the_whole_command_survives_what_stands_around_cells(
    isolated: Isolated, sample_bytes: bytes, tmp_path: Path
) -> None:
    """The library for formulas sees the file, too: links, macros, far merges and a hundred thousand of them."""
    path, plain = tmp_path / "jahat.xlsx", tmp_path / "baik.xlsx"
    plain.write_bytes(sample_bytes)
    raw = many_merges(with_macros(linked_outside(sample_bytes)), 50_000)
    path.write_bytes(_row(1048576, '<c r="XFD1048576" s="1"/>')(raw))
    expected, outcome = isolated.command("validate", plain), isolated.command("validate", path)
    assert (outcome.code, outcome.err, outcome.megabytes < 500) == (1, "", True)
    assert outcome.out.replace(str(path), str(plain)) == expected.out
    path.write_bytes(far_things(sample_bytes))
    outcome = isolated.command("validate", path)
    assert (outcome.code, outcome.err, outcome.megabytes < 500) == (1, "", True)
    assert outcome.out.replace(str(path), str(plain)) == expected.out


def test_the_command_says_it_in_one_line(isolated: Isolated, sample_bytes: bytes, tmp_path: Path) -> None:
    path, other = tmp_path / "jahat.xlsx", tmp_path / "hasil.xlsx"
    path.write_bytes(with_doctype(sample_bytes, SHEET, "external"))
    checked = isolated.command("validate", path)
    assert (checked.code, checked.out, checked.err) == (2, f"{path}: tidak terbaca: {DOCTYPE}\n", "")
    for command in (("summarize", path, "-o", other), ("export", path, "-o", other)):
        outcome = isolated.command(*command)
        assert (outcome.code, outcome.out, outcome.err) == (2, "", f"lkjip-xl: {path}: {DOCTYPE}\n")
    assert not other.exists()
