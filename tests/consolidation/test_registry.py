"""The registry: as spreadsheets write it, and what is wrong with those that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from lkjip_xl.consolidation.registry import Opd, RegistryError, load_registry
from lkjip_xl.template.load import load_template

CODES = load_template().codes


@pytest.mark.parametrize(
    "text",
    ["kode,nama,modul\n1.01,Satu,idm\n", "\ufeffkode;nama;modul\r\n1.01;Satu;idm\r\n", 'Nama;KODE;modul\n"Satu";1.01;idm\n\n'],
    ids=["koma", "BOM dan titik koma", "urutan lain"],
)  # fmt: skip
def test_registries_as_spreadsheets_write_them(tmp_path: Path, text: str) -> None:
    path = tmp_path / "opd.csv"
    path.write_bytes(text.encode())
    assert load_registry(path) == (Opd("1.01", "Satu", frozenset({"idm"})),)


def test_the_fields_of_an_opd(tmp_path: Path) -> None:
    path = tmp_path / "opd.csv"
    path.write_text("kode;nama;bidang\nDPMD;Satu;2.13, 2.14\nA;Dua;\n", encoding="utf-8")
    assert load_registry(path) == (Opd("DPMD", "Satu", fields=("2.13", "2.14")), Opd("A", "Dua"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "daftar OPD ini kosong"),
        (b"kode;nama\n", "daftar OPD ini tidak memuat satu OPD pun"),
        (b"kode\n1\n", "kolom nama tidak ada; baris pertama harus memuat kode dan nama"),
        (b"kode;nama\n1;\n", "baris 2 tidak memuat kode dan nama"),
        (b"kode;nama\na 1;x\nA1;y\n", "baris 3 mengulang kode A1 dari baris 2"),
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


FORM = "angka bertitik seperti 2.13 atau 2.13.0.00.0.00.01, atau singkatan seperti DPMD"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("2.13", "2.13"), ("02.13", "2.13"), ("'2.13", "2.13"), ("２.１３", "2.13"), ("2.13\u200b", "2.13"), ("dpmd", "dpmd"), ("01", "01")],
)  # fmt: skip
def test_codes_are_written_as_their_pattern_says(tmp_path: Path, typed: str, code: str) -> None:
    path = tmp_path / "opd.csv"
    path.write_text(f"kode;nama\n{typed};Satu\n", encoding="utf-8")
    assert load_registry(path, CODES) == (Opd(code, "Satu"),)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["2.13;A", "1.01;B", "02.13.;C"], "baris 4 mengulang kode 2.13 dari baris 2"),
        (["DPMD;A", "dpmd;B"], "baris 3 mengulang kode dpmd dari baris 2"),
        (["01;A", "1;B"], "baris 3 mengulang kode 1 dari baris 2"),
        (["2.13;A", "2.1;B"], f"kode 2.1 di baris 3 tidak tertulis sebagai {FORM}"),
        (["2.13 / DPMD;A"], f"kode 2.13 / DPMD di baris 2 tidak tertulis sebagai {FORM}"),
        (["'-;A"], f"kode '- di baris 2 tidak tertulis sebagai {FORM}"),
    ],
)
def test_codes_that_are_none_or_the_same(tmp_path: Path, lines: list[str], message: str) -> None:
    path = tmp_path / "opd.csv"
    path.write_text("\n".join(["kode;nama", *lines]), encoding="utf-8")
    with pytest.raises(RegistryError) as error:
        load_registry(path, CODES)
    assert str(error.value) == f"{path}: {message}"
