"""Files that are no workbook of ours: each gets its own sentence, and no library is asked to open it."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from lkjip_xl.base.errors import WorkbookError
from lkjip_xl.read.reader import read_workbook
from lkjip_xl.template.model import Template
from lkjip_xl.xlsx.guard import open_file
from support import rewrite_part

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def _zip(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


REFUSED = {
    "kosong": (b"", "berkas ini kosong (0 byte); minta dikirim ulang"),
    "teks": (
        b"NO;NAMA\n1;PNS\n",
        "ini berkas teks atau berkas lain yang diberi nama .xlsx, bukan buku kerja Excel",
    ),
    "html": (
        b"\n<html><table>",
        "ini halaman HTML yang diberi nama .xlsx; buka di Excel lalu Simpan sebagai .xlsx",
    ),
    "pdf": (b"%PDF-1.7", "ini berkas PDF, bukan buku kerja; kirim berkas .xlsx-nya"),
    "xls": (OLE, "ini berkas Excel lama (.xls); buka di Excel lalu Simpan sebagai .xlsx"),
    "kata sandi": (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "buku kerja ini dikunci dengan kata sandi; simpan ulang tanpa kata sandi",
    ),
    "terpotong": (_zip(**{"xl/workbook.xml": b"x"})[:60], "berkas rusak atau terpotong; minta dikirim ulang"),
    "zip": (_zip(**{"catatan.txt": b"x"}), "ini arsip zip, bukan buku kerja Excel"),
    "zip kosong": (_zip(), "ini arsip zip, bukan buku kerja Excel"),
    "xlsb": (
        _zip(**{"[Content_Types].xml": b"", "xl/workbook.bin": b""}),
        "ini berkas .xlsb; buka di Excel lalu Simpan sebagai .xlsx",
    ),
    "ods": (
        _zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
        "ini berkas OpenDocument (.ods); buka lalu Simpan sebagai .xlsx",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_says_what_the_file_is(name: str, tmp_path: Path) -> None:
    content, message = REFUSED[name]
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(content)
    with pytest.raises(WorkbookError) as error:
        open_file(path)
    assert str(error.value) == f"{path}: {message}"


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="berkas tidak ada; periksa nama dan foldernya"):
        open_file(tmp_path / "x.xlsx")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa.xlsx")
    with pytest.raises(WorkbookError, match="ini bukan berkas"):
        open_file(tmp_path / "pipa.xlsx")


def test_inflated_size_is_looked_at_first(sample_file: Path) -> None:
    with zipfile.ZipFile(sample_file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(sample_file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, b"\0" * 70 * 1024 * 1024 if name == "xl/workbook.xml" else content)
    with pytest.raises(WorkbookError, match="isi berkas ini tidak wajar besarnya"):
        open_file(sample_file)


def test_workbooks_of_other_origin_are_refused(tmp_path: Path, template: Template) -> None:
    one, other = tmp_path / "openpyxl.xlsx", tmp_path / "xlsxwriter.xlsx"
    openpyxl.Workbook().save(one)
    xlsxwriter.Workbook(str(other)).close()
    for path in (one, other):
        with pytest.raises(WorkbookError) as error:
            read_workbook(path, template)
        assert str(error.value) == (
            f"{path}: buku kerja ini tidak dibuat oleh lkjip-xl; "
            "isi buku kerja dari koordinator, atau dari lkjip-xl template"
        )


@pytest.mark.parametrize(
    "part",
    ["_rels/.rels", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet4.xml"],
)
def test_a_doctype_is_refused(part: str, sample_file: Path, template: Template) -> None:
    entity = b"?>" + b" " * 5000 + b'<!DOCTYPE a [<!ENTITY x "y">]>'
    with pytest.raises(WorkbookError) as error:
        read_workbook(rewrite_part(sample_file, part, b"?>", entity), template)
    assert str(error.value) == f"{sample_file}: berkas ini memuat DOCTYPE; buku kerja tidak memuatnya"
