"""The registry: as spreadsheets write it, and what is wrong with those that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from lkjip_xl.consolidation.registry import Opd, Registry, RegistryError, Unit, load_registry
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
    assert load_registry(path).opds == (Opd("1.01", "Satu", frozenset({"idm"})),)


def test_the_fields_of_an_opd(tmp_path: Path) -> None:
    path = tmp_path / "opd.csv"
    path.write_text("kode;nama;bidang\nDPMD;Satu;2.13, 2.14\nA;Dua;\n", encoding="utf-8")
    assert load_registry(path).opds == (Opd("DPMD", "Satu", fields=("2.13", "2.14")), Opd("A", "Dua"))


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
    assert load_registry(path, CODES).opds == (Opd(code, "Satu"),)


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


# -- levels ---------------------------------------------------------------------------------------------------------

NESTED = """kode;nama;induk;tingkat;melapor
16.07;Kabupaten Contoh;16;Kabupaten;
16.07.01;Kecamatan Satu;16.07;Kecamatan;ya
2.13;Dinas Desa;16.07;;
16.07.01.2001;Desa Satu;16.07.01;;
16;Provinsi Contoh;;Provinsi;
16.08;Kabupaten Lain;16;Kabupaten;
2.13;Dinas Desa Lain;16.08;;
"""


def _nested(folder: Path, text: str) -> Registry:
    path = folder / "opd.csv"
    path.write_text(text, encoding="utf-8")
    return load_registry(path)


def test_units_and_what_belongs_to_them(tmp_path: Path) -> None:
    """The same code may stand in two units; a unit reports only where the registry says so."""
    registry = _nested(tmp_path, NESTED)
    assert registry.units == (
        Unit("16", "Provinsi Contoh", "Provinsi"),
        Unit("16.07", "Kabupaten Contoh", "Kabupaten", "16"),
        Unit("16.08", "Kabupaten Lain", "Kabupaten", "16"),
        Unit("16.07.01", "Kecamatan Satu", "Kecamatan", "16.07"),
    )
    assert [(opd.code, opd.name, opd.parent) for opd in registry.opds] == [
        ("16.07.01", "Kecamatan Satu", "16.07.01"),
        ("2.13", "Dinas Desa", "16.07"),
        ("16.07.01.2001", "Desa Satu", "16.07.01"),
        ("2.13", "Dinas Desa Lain", "16.08"),
    ]
    assert [unit.code for unit in registry.above("16.07.01")] == ["16.07.01", "16.07", "16"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["1;A;9"], "induk 9 di baris 2 tidak ada di daftar; tambahkan barisnya"),
        (["1;A;2", "2;B;1", "3;C;1"], "induknya berputar: 1, 2"),
        (["1;A;", "1;B;", "3;C;1"], "baris 3 mengulang kode 1, yang menjadi induk baris lain"),
        (["1;A;", "2;B;1", "2;C;1"], "baris 4 mengulang kode 2 dari baris 3"),
    ],
)
def test_units_that_are_none(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(RegistryError) as error:
        _nested(tmp_path, "\n".join(["kode;nama;induk", *lines]))
    assert str(error.value) == f"{tmp_path / 'opd.csv'}: {message}"
