"""The command ``reviu``: what it prints and writes, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from handtyped import REPORT, typed
from lkjip_xl.form.json_data import load_data
from lkjip_xl.report.docx.report import report_of
from lkjip_xl.report.review.json_shape import ReviewOutput
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render
from support import SAMPLE, Run, rewrite_part
from word_xml import document, paragraph

BOOK = SAMPLE.with_suffix(".xlsx")
PEOPLE = REPORT[: REPORT.index("Tabel 1.2")]  # Tabel 1.1 alone, which has no fault


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "laporan.docx"
    path.write_bytes(typed(PEOPLE).content)
    return path


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "salah.docx"
    path.write_bytes(typed(PEOPLE.replace("| 88", "| 99")).content)
    return path


def _ours(out: str) -> list[str]:
    return [line for line in out.splitlines() if not line.startswith("  Tabel yang tidak ditemukan")]


def test_all_is_the_same(people: Path, run: Run) -> None:
    code, out, err = run("reviu", people, BOOK)
    assert (code, err) == (0, "")
    assert _ours(out) == [
        f"{people} dibandingkan dengan {BOOK} (DPMD · Dinas Pemberdayaan Masyarakat dan Desa · 2023)",
        "  Buku kerja ini sendiri memuat 3 galat; lihat lkjip-xl validate",
        "  3 sel sama; tidak ada yang berbeda",
    ]


def test_what_differs_stands_with_its_place(faulty: Path, run: Run) -> None:
    code, out, _ = run("reviu", faulty, BOOK)
    assert code == 1
    assert _ours(out)[1:3] == [
        "  Tabel 1.1 Jumlah Pegawai Dinas Pemberdayaan Masyarakat dan Desa (tabel ke-1 di laporan: “Tabel 1.1 Jumlah "
        "Pegawai Dinas Pemberdayaan Masyarakat dan Desa”)",
        "    salah         baris “Jumlah”, kolom “JUMLAH”: tercetak “99”, menurut buku kerja 88",
    ]
    assert _ours(out)[-1] == "  2 sel sama; 1 salah"


def test_the_whole_reference_report_as_json(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "laporan.docx"
    path.write_bytes(typed().content)
    code, out, _ = run("reviu", path, BOOK, "--format", "json")
    printed = json.loads(out)
    jsonschema.validate(printed, ReviewOutput.model_json_schema())
    assert code == 1
    assert (printed["opd"], printed["tahun"], printed["status"], printed["sama"]) == (
        "DPMD",
        2023,
        "galat",
        202,
    )
    assert len(printed["temuan"]) == 18
    assert printed["temuan"][0] == {
        "hasil": "salah",
        "tabel": "golongan",
        "judul": "Tabel 1.3 Sumber Daya Manusia Berdasarkan Pangkat/Golongan",
        "urutan": 3,
        "judul_tercetak": "Tabel 1.3 Sumber Daya Manusia Berdasarkan Pangkat/Golongan",
        "baris": "Jumlah",
        "kolom": "JUMLAH",
        "tercetak": "88 Orang",
        "seharusnya": "25",
        "catatan": "",
    }


def test_a_workbook_of_what_differs(faulty: Path, tmp_path: Path, run: Run) -> None:
    target = tmp_path / "reviu.xlsx"
    code, _, err = run("reviu", faulty, BOOK, "-o", target)
    assert (code, err) == (1, f"Dibuat: {target}\n")
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Reviu", "Tabel"]
    findings = [[cell.value for cell in row] for row in book["Reviu"].iter_rows()]
    assert findings[0][0] == "Reviu laporan: 2 sel sama; 1 salah"
    assert findings[4:] == [
        [
            1,
            "salah",
            "Tabel 1.1 Jumlah Pegawai Dinas Pemberdayaan Masyarakat dan Desa",
            1,
            "Tabel 1.1 Jumlah Pegawai Dinas Pemberdayaan Masyarakat dan Desa",
            "Jumlah",
            "JUMLAH",
            "99",
            "88",
            None,
        ]
    ]
    tables = [[cell.value for cell in row[:2]] for row in book["Tabel"].iter_rows(min_row=5)]
    assert tables[0] == ["Tabel 1.1 Jumlah Pegawai Dinas Pemberdayaan Masyarakat dan Desa", "tabel ke-1"]
    assert {each[1] for each in tables[1:]} == {"tidak ditemukan"}


def test_text_of_a_document_stays_text(tmp_path: Path, run: Run) -> None:
    path, target = tmp_path / "laporan.docx", tmp_path / "reviu.xlsx"
    text = PEOPLE.replace("| 88", "| =HYPERLINK(1)").replace("Tabel 1.1", "Tabel 1.1 \u202e\u2066")
    path.write_bytes(typed(text).content)
    code, out, _ = run("reviu", path, BOOK, "-o", target)
    assert code == 1
    assert "\u202e" not in out
    cell = openpyxl.load_workbook(target)["Reviu"]["H5"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_what_cannot_be_read_or_written(people: Path, tmp_path: Path, run: Run) -> None:
    assert run("reviu", BOOK, people) == (
        2,
        "",
        f"lkjip-xl: {BOOK}: ini buku kerja Excel, bukan dokumen Word; tulis laporan .docx dahulu, lalu buku kerjanya\n",
    )
    assert run("reviu", people, people) == (
        2,
        "",
        f"lkjip-xl: {people}: ini dokumen Word (.docx), bukan buku kerja; kirim berkas .xlsx-nya\n",
    )
    assert run("reviu", people, BOOK, "-o", tmp_path / "reviu.txt") == (
        2,
        "",
        f"lkjip-xl: {tmp_path / 'reviu.txt'}: nama berkas hasil harus berakhir dengan .xlsx\n",
    )
    assert run("reviu", people, BOOK, "-o", BOOK, "--force") == (
        2,
        "",
        f"lkjip-xl: {BOOK}: ini berkas masukannya; pakai nama lain untuk hasilnya\n",
    )


def test_where_nothing_can_be_compared_not_all_is_well(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "kosong.docx"
    path.write_bytes(document(paragraph("Kata Pengantar")).content)
    code, out, _ = run("reviu", path, BOOK)
    assert code == 1
    assert out.splitlines()[-1] == "  Tidak satu pun tabel buku kerja ditemukan di laporan ini"


def test_sentences_of_a_report_of_ours(template: Template, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "laporan.docx"
    path.write_bytes(report_of(BOOK, template).content)
    assert (
        run("reviu", path, BOOK)[1].splitlines()[-1]
        == "  372 sel dan 170 angka dalam kalimat sama; tidak ada yang berbeda"
    )
    part = "word/document.xml"
    rewrite_part(path, part, b"(tiga ratus lima puluh empat", b"(tiga ratus enam puluh empat")
    goals = "Dari 1 (satu) sasaran strategis yang ditetapkan, rata-rata capaian kinerja tahun 2023 sebesar 82,30 % dengan predikat Berhasil."
    rewrite_part(path, part, goals.replace(" %", "\u00a0%").encode(), b"Lihat Bab III.")
    code, out, _ = run("reviu", path, BOOK)
    assert code == 1
    assert _ours(out)[1:4] == [
        "  Kalimat",
        "    salah         “Sisa anggaran tahun 2023 sebesar Rp 354.994.830,00 (tiga ratus enam puluh empat juta sembilan ratus "
        "sembilan puluh empat ribu delapan ratus tiga puluh rupiah) atau 3,31 % dari anggaran.”: tertulis tiga ratus enam puluh "
        "empat juta sembilan ratus sembilan puluh empat ribu delapan ratus tiga puluh rupiah, menurut buku kerja tiga ratus lima "
        "puluh empat juta sembilan ratus sembilan puluh empat ribu delapan ratus tiga puluh rupiah",
        f"    hilang        “{goals}”: kalimat ini tidak ada di laporan",
    ]
    assert _ours(out)[-1] == "  372 sel dan 167 angka dalam kalimat sama; 1 salah, 1 hilang"


def test_the_nip_of_who_signs_is_no_figure(template: Template, tmp_path: Path, run: Run) -> None:
    data = json.loads(SAMPLE.read_text(encoding="utf-8"))
    data["tabel"]["identitas"]["nip"] = "197001011990031001"
    source, book, path = tmp_path / "data.json", tmp_path / "buku.xlsx", tmp_path / "laporan.docx"
    source.write_text(json.dumps(data), encoding="utf-8")
    book.write_bytes(render(template, load_data(source, template)))
    path.write_bytes(report_of(book, template).content)
    code, out, _ = run("reviu", path, book)
    assert (code, out.splitlines()[-1]) == (
        0,
        "  372 sel dan 172 angka dalam kalimat sama; tidak ada yang berbeda",
    )
