"""The JSON data format: what is refused at which place, and that reading and writing are inverses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from lkjip_xl.base.errors import DataError
from lkjip_xl.form.json_data import dumps, from_document, load_data, to_document
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Template
from strategies import documents
from support import SAMPLE

TEMPLATE = load_template()
GOOD = {"format": "lkjip-xl/1", "tahun": 2023, "periode": [2018, 2023], "modul": ["idm"], "tabel": {}}


def _with(**changes: Any) -> dict[str, Any]:
    return {**GOOD, **changes}


def _table(**tables: Any) -> dict[str, Any]:
    return _with(tabel=tables)


def _explained(**entry: Any) -> dict[str, Any]:
    return _with(penjelasan=[entry])


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([], "data: seharusnya objek {…}, bukan []"),
        (_with(lain=1), "lain: nama ini tidak dikenal"),
        (_with(format="x"), "format: seharusnya 'lkjip-xl/1', bukan 'x'"),
        (_with(tahun="2023"), "tahun: seharusnya tahun (1990–2100), bukan '2023'"),
        (_with(tahun=True), "tahun: seharusnya tahun (1990–2100), bukan True"),
        (_with(tahun=2024), "tahun: 2024 tidak berada dalam periode 2018-2023"),
        (_with(periode=2023), "periode: seharusnya [tahun awal, tahun akhir]"),
        (_with(periode=[1990, 2090], tahun=2000), "periode: 1990-2090 lebih dari 30 tahun"),
        (_with(modul=["x"]), "modul: 'x' tidak dikenal; yang ada: idm, keuangan_tahunan"),
        (_with(modul="idm"), 'modul: seharusnya daftar […], bukan "idm"'),
        (_table(apa=[]), "tabel.apa: tabel ini tidak ada di templat lkjip_opd"),
        (
            {**_table(idm=[]), "modul": []},
            "tabel.idm: tabel ini milik modul idm, yang tidak ada di modul",
        ),
        (_table(pegawai={}), "tabel.pegawai: seharusnya daftar […], bukan {}"),
        (_table(pegawai=[1]), "tabel.pegawai[0]: seharusnya objek {…}, bukan 1"),
        (_table(pegawai=[{"umur": 1}]), "tabel.pegawai[0].umur: kolom ini tidak ada di tabel pegawai"),
        (_table(pegawai=[{"no": 1}]), "tabel.pegawai[0].no: kolom ini terhitung atau tetap, tidak diisi"),
        (_table(pegawai=[{}, {"jumlah": "25"}]), 'tabel.pegawai[1].jumlah: seharusnya angka, bukan "25"'),
        (
            _table(kinerja={"iku": [{"target": "banyak"}]}),
            'tabel.kinerja.iku[0].target: seharusnya angka atau predikat, bukan "banyak"',
        ),
        (
            _table(kinerja={"iku": [{"target": "A (80.50)"}]}),
            'tabel.kinerja.iku[0].target: seharusnya angka atau predikat, bukan "A (80.50)"',
        ),
        (
            _table(kinerja={"iku": [{"target_predikat": "A"}]}),
            "tabel.kinerja.iku[0].target_predikat: kolom ini tidak ada di tabel kinerja",
        ),
        (_table(pegawai=[{"jumlah": True}]), "tabel.pegawai[0].jumlah: seharusnya angka, bukan true"),
        (
            _table(pegawai=[{"jumlah": 1e15}]),
            "tabel.pegawai[0].jumlah: seharusnya angka, bukan 1000000000000000.0",
        ),
        (_table(pegawai=[{"jumlah": float("nan")}]), "tabel.pegawai[0].jumlah: seharusnya angka, bukan NaN"),
        (_table(pegawai={"a": [1, 2]}), 'tabel.pegawai: seharusnya daftar […], bukan {"a": [1, 2]}'),
        (_with(periode=[2018]), "periode[1]: wajib ada"),
        (_with(periode=[2018, "2023"]), "periode[1]: seharusnya tahun (1990–2100), bukan '2023'"),
        (_with(modul=[1]), "modul[0]: seharusnya teks, bukan 1"),
        (_table(idm=[{}] * 5001), "tabel.idm: paling banyak 5000 baris"),
        (_table(kinerja={"iku": [[]]}), "tabel.kinerja.iku[0]: seharusnya objek {…}, bukan []"),
        (_table(pegawai=[{"jumlah": None}]), "tabel.pegawai[0].jumlah: seharusnya angka, bukan null"),
        (_table(identitas={"nama": 7}), "tabel.identitas.nama: seharusnya teks, bukan 7"),
        (_table(identitas={"nama": ""}), 'tabel.identitas.nama: seharusnya teks, bukan ""'),
        (
            _table(identitas={"nama": "a\ufffe"}),
            "tabel.identitas.nama: teks berisi tanda yang tidak dapat disimpan di Excel",
        ),
        (_table(identitas={"nama": "a" * 32_768}), "tabel.identitas.nama: teks lebih dari 32767 huruf"),
        (_table(identitas={"nama": "😀" * 16_384}), "tabel.identitas.nama: teks lebih dari 32767 huruf"),
        (
            _with(tahun="9" * 10_000_000),
            f"tahun: seharusnya tahun (1990–2100), bukan '{'9' * 58}…",
        ),
        (
            _with(format="x" * 10_000_000),
            f"format: seharusnya 'lkjip-xl/1', bukan '{'x' * 58}…",
        ),
        (
            _with(**{"x" * 10_000_000: 1}),
            f"{'x' * 59}…: nama ini tidak dikenal",
        ),
        (
            _table(identitas={"tanggal": "8 Januari"}),
            'tabel.identitas.tanggal: seharusnya tanggal TTTT-BB-HH, bukan "8 Januari"',
        ),
        (
            _table(pegawai=[{"jumlah": 10**400}]),
            "tabel.pegawai[0].jumlah: seharusnya angka, bukan 1000000000000000000000000000000000000000",
        ),
        (
            _table(identitas={"tanggal": "1850-01-01"}),
            "tabel.identitas.tanggal: seharusnya tahun (1990–2100), bukan 1850",
        ),
        (_table(identitas={"nama": "  "}), 'tabel.identitas.nama: seharusnya teks, bukan "  "'),
        (_with(periode=[2024, 2018]), "periode: 2024-2018 terbalik; tulis tahun awal lebih dahulu"),
        (_table(kinerja=[]), "tabel.kinerja: seharusnya objek {…}, bukan []"),
        (_table(kinerja={"spm": []}), "tabel.kinerja.spm: bagian ini tidak ada; yang ada: iku, ikk"),
        (
            _table(tren={"iku": [{"target": {"2023": 1}}]}),
            "tabel.tren.iku[0].target.2023: tahun ini bukan isian; isian: 2018, 2019, 2020, 2021, 2022",
        ),
        (_table(idm=[{}] * 6), "tabel.idm: paling banyak 5 baris"),
        (_with(penjelasan={}), "penjelasan: seharusnya daftar […], bukan {}"),
        (_explained(tabel="apa", teks="x"), "penjelasan[0].tabel: tabel ini tidak ada di laporan ini"),
        (_explained(tabel="kinerja", sel="A1"), "penjelasan[0].sel: nama ini tidak dikenal"),
        (_explained(tabel="kinerja"), "penjelasan[0].teks: wajib ada"),
        (
            _explained(tabel="pendidikan", baris=1, teks="x"),
            "penjelasan[0]: di sini buku kerja tidak mempunyai sel penjelasan",
        ),
        (
            _explained(tabel="kinerja", bagian="spm", baris=1, teks="x"),
            "penjelasan[0].bagian: bagian ini tidak ada; yang ada: iku, ikk",
        ),
        (
            _explained(tabel="kinerja", baris=0, teks="x"),
            "penjelasan[0].baris: seharusnya nomor baris, 1 sampai 5000",
        ),
    ],
)
def test_names_the_first_thing_that_does_not_fit(document: Any, message: str) -> None:
    with pytest.raises(DataError) as error:
        from_document(document, TEMPLATE)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "bukan JSON yang benar (baris 1)"),
        (b"\xff\xfe", "berkas data bukan teks UTF-8"),
        (b"[" * 100_000, "bukan JSON yang benar (susunan atau angkanya)"),
        (b"1" * 5000, "bukan JSON yang benar (susunan atau angkanya)"),
    ],
)
def test_names_files_that_are_no_json(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "data.json"
    path.write_bytes(content)
    with pytest.raises(DataError) as error:
        load_data(path, TEMPLATE)
    assert str(error.value) == f"{path}: {message}"


def test_names_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="berkas atau foldernya tidak ada"):
        load_data(tmp_path / "tidak-ada.json", TEMPLATE)


def test_sample_is_in_canonical_form(template: Template) -> None:
    assert dumps(to_document(load_data(SAMPLE, template), template)) == SAMPLE.read_text("utf-8")


@given(documents(TEMPLATE))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_reading_and_writing_are_inverses(document: dict[str, Any]) -> None:
    assert to_document(from_document(json.loads(dumps(document)), TEMPLATE), TEMPLATE) == document


def test_computed_part_is_ignored_on_reading() -> None:
    assert from_document({**GOOD, "hitungan": {"x": 1}}, TEMPLATE) == from_document(GOOD, TEMPLATE)
