"""The command ``report``: a document is made, or brought up to date, and what people must know is said."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

import documents
from lkjip_xl.report.docx.blocks import blocks
from lkjip_xl.report.docx.package import Package
from support import ROOT, SAMPLE, Run

CORRECTED = ROOT / "samples" / "dpmd-banyuasin-2023-koreksi.xlsx"
PUBLISHED = SAMPLE.with_suffix(".xlsx")


@pytest.fixture
def report(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "laporan.docx"
    assert run("report", PUBLISHED, "-o", path, "--no-pages")[0] == 1  # there are galat in it
    return path


def test_a_new_report(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "laporan.docx"
    code, out, err = run("report", CORRECTED, "-o", path, "--no-pages")
    assert (code, out, err) == (0, f"Dibuat: {path} (35 temuan, 11 tempat masih harus ditulis)\n", "")
    assert len(documents.texts_of_blocks(path.read_bytes())) == 68


def test_an_update_says_what_it_left(run: Run, report: Path, tmp_path: Path) -> None:
    package = Package(report.read_bytes())
    known = {each.name: each for each in blocks(package)}
    for text in (
        known["golongan"].elements[0].iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")
    ):
        text.text = "Pangkat"
    for each in known["pk"].elements:
        each.getparent().remove(each)
    report.write_bytes(package.saved())
    before = report.read_bytes()
    new = tmp_path / "baru.docx"
    code, out, _ = run("report", CORRECTED, "--update", report, "-o", new, "--no-pages")
    assert code == 1
    assert out.splitlines() == [
        "Tabel “PangkatPangkatPangkatPangkat”: disunting orang, padahal buku kerja berubah; dibiarkan, atau timpa dengan --replace-edited",
        "Tabel 2.1 “Perjanjian Kinerja Tahun 2023”: sudah dihapus orang; kembalikan dengan --restore",
        "Grafik “Target dan realisasi tahun 2023 (desa)”: ditambahkan",
        f"Dibuat: {new} (21 bagian diperbarui, 35 temuan, 11 tempat masih harus ditulis)",
    ]
    assert report.read_bytes() == before
    code, out, _ = run(
        "report",
        CORRECTED,
        "--update",
        report,
        "-o",
        new,
        "--no-pages",
        "--restore",
        "--replace-edited",
        "--force",
    )
    assert (code, out.splitlines()[0]) == (0, "Tabel 2.1 “Perjanjian Kinerja Tahun 2023”: ditambahkan")
    assert documents.texts_of_blocks(new.read_bytes())["pk"].startswith("Tabel 2. Perjanjian Kinerja")


def test_a_folder_becomes_a_document_each(run: Run, tmp_path: Path) -> None:
    folder, out = tmp_path / "masuk", tmp_path / "keluar"
    folder.mkdir()
    for name in ("a.xlsx", "b.xlsx"):
        (folder / name).write_bytes(CORRECTED.read_bytes())
    (folder / "rusak.xlsx").write_bytes(b"bukan buku kerja")
    code, said, err = run("report", folder, "-o", out, "--no-pages")
    assert code == 2
    assert sorted(path.name for path in out.iterdir()) == ["a.docx", "b.docx"]
    assert [line.split(" (")[0] for line in said.splitlines()] == [
        f"Dibuat: {out / 'a.docx'}",
        f"Dibuat: {out / 'b.docx'}",
    ]
    assert err.startswith(f"lkjip-xl: {folder / 'rusak.xlsx'}: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "x.xlsx"], "x.xlsx: nama berkas hasil harus berakhir dengan .docx"),
        (["-o", "x.docx", "--restore"], "--restore dan --replace-edited memerlukan --update"),
        (["-o", "x.docx", "--update", "y.docx", "--base", "z.docx"], "--update memakai gaya laporan lama; jangan pakai --base"),
        (["-o", "x.docx", "--update", "tidak-ada.docx"], "tidak-ada.docx: berkas tidak ada; periksa nama dan foldernya"),
        (["-o", "x.docx", "--base", str(PUBLISHED)], f"{PUBLISHED}: ini buku kerja Excel, bukan dokumen Word; tulis laporan .docx dahulu, lalu buku kerjanya"),
    ],
)  # fmt: skip
def test_what_cannot_be(
    arguments: list[str], message: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("report", CORRECTED, *arguments) == (2, "", f"lkjip-xl: {message}\n")
    assert [*tmp_path.iterdir()] == []


def test_a_report_of_a_stranger_is_left_as_it_is_in_one_sentence(run: Run, tmp_path: Path) -> None:
    theirs, new = tmp_path / "lain.docx", tmp_path / "baru.docx"
    document = Document()
    document.add_heading("Laporan orang lain", 1)
    document.add_paragraph("Kata mereka.")
    document.save(str(theirs))
    code, out, _ = run("report", CORRECTED, "--update", theirs, "-o", new, "--no-pages")
    assert (code, out) == (
        0,
        "Tidak ada kalimat, tabel, atau grafik dari buku kerja dalam dokumen ini, jadi tidak ada yang diperbarui."
        " Periksa angkanya dengan lkjip-xl reviu, atau buat laporan baru tanpa --update\n"
        f"Dibuat: {new} (0 bagian diperbarui, 35 temuan, 0 tempat masih harus ditulis)\n",
    )
    assert [each.text for each in Document(str(new)).paragraphs] == ["Laporan orang lain", "Kata mereka."]
    relations = Document(str(new)).part.rels.values()
    assert not [
        each for each in relations if each.reltype.endswith("/stylesWithEffects")
    ]  # it lacks our styles


def test_the_report_to_update_is_not_written_over(run: Run, report: Path) -> None:
    before = report.read_bytes()
    code, _, err = run("report", CORRECTED, "--update", report, "-o", report, "--force")
    assert (code, err) == (2, f"lkjip-xl: {report}: ini berkas masukannya; pakai nama lain untuk hasilnya\n")
    assert report.read_bytes() == before


def test_a_document_with_macros_is_refused_in_a_sentence(run: Run, report: Path, tmp_path: Path) -> None:
    macros = tmp_path / "makro.docx"
    with zipfile.ZipFile(report) as source, zipfile.ZipFile(macros, "w") as target:
        for each in source.infolist():
            content = source.read(each)
            if each.filename == "[Content_Types].xml":
                old = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
                assert old in content
                content = content.replace(old, b"application/vnd.ms-word.document.macroEnabled.main+xml")
            target.writestr(each, content)
    code, _, err = run("report", CORRECTED, "-o", tmp_path / "x.docx", "--update", macros)
    reason = "dokumen ini bukan .docx biasa; buka di Word, lalu Simpan sebagai .docx"
    assert (code, err) == (2, f"lkjip-xl: {macros}: {reason}\n")


def test_a_base_is_kept(run: Run, tmp_path: Path) -> None:
    base = Document()
    base.add_paragraph("KOP SURAT")
    base.save(str(tmp_path / "kop.docx"))
    assert (
        run("report", CORRECTED, "-o", tmp_path / "l.docx", "--base", tmp_path / "kop.docx", "--no-pages")[0]
        == 0
    )
    assert Document(BytesIO((tmp_path / "l.docx").read_bytes())).paragraphs[0].text == "KOP SURAT"
