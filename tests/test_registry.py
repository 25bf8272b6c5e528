"""The registry: as spreadsheets write it, and what is wrong with those that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from lkjip_xl.consolidate.registry import Opd, RegistryError, load_registry


@pytest.mark.parametrize(
    "text",
    ["kode,nama,modul\n1.01,Satu,idm\n", "\ufeffkode;nama;modul\r\n1.01;Satu;idm\r\n", 'Nama;KODE;modul\n"Satu";1.01;idm\n\n'],
    ids=["koma", "BOM dan titik koma", "urutan lain"],
)  # fmt: skip
def test_registries_as_spreadsheets_write_them(tmp_path: Path, text: str) -> None:
    path = tmp_path / "opd.csv"
    path.write_bytes(text.encode())
    assert load_registry(path) == (Opd("1.01", "Satu", frozenset({"idm"})),)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "daftar OPD ini kosong"),
        (b"kode;nama\n", "daftar OPD ini tidak memuat satu OPD pun"),
        (b"kode\n1\n", "kolom nama tidak ada; baris pertama harus memuat kode dan nama"),
        (b"kode;nama\n1;\n", "baris 2 tidak memuat kode dan nama"),
        (b"kode;nama\na 1;x\nA1;y\n", "baris 3 mengulang kode A1"),
        (
            b"kode;nama\n1;" + b"x" * 501 + b"\n",
            "kode atau nama di baris 2 tidak wajar; periksa tanda petiknya",
        ),
        (b"kode;nama\n1;" + b"x" * 10_000_000 + b"\n", "baris 2 bukan CSV yang benar"),
        (b"kode;nama\n1;\xe9\n", "bukan teks UTF-8; simpan sebagai CSV UTF-8"),
    ],
)
def test_names_what_is_wrong_with_a_registry(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "opd.csv"
    path.write_bytes(content)
    with pytest.raises(RegistryError) as error:
        load_registry(path)
    assert str(error.value) == f"{path}: {message}"
