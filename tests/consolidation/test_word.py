"""The report of all OPDs in Word says what the consolidated workbook says, and names those that have not reported."""

from __future__ import annotations

from pathlib import Path

import pytest

import documents
from batches import Report, batch_of
from lkjip_xl.consolidation import word
from lkjip_xl.consolidation.batch import Options
from lkjip_xl.consolidation.decisions import Decision, Kind
from lkjip_xl.consolidation.registry import Opd, Registry
from lkjip_xl.consolidation.run import Consolidated, Inputs, Outputs, consolidate
from lkjip_xl.consolidation.totals import totals
from lkjip_xl.consolidation.word import regency_document
from lkjip_xl.report.docx.elements import qn
from lkjip_xl.report.docx.package import Package
from lkjip_xl.template.load import load_template
from lkjip_xl.words import wording
from support import ROOT, Run

SAMPLES = ROOT / "samples" / "kabupaten-contoh"
FIGURES = ("capaian", "anggaran", "realisasi", "serapan")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Consolidated, bytes]:
    folder = tmp_path_factory.mktemp("kabupaten")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word, "pages_of", lambda _: None)
        result = consolidate(
            Inputs([SAMPLES], SAMPLES / "opd.csv", year=2023),
            Outputs(folder / "k.xlsx", word=folder / "k.docx"),
            options=Options(folder, 1),
        )
    return result, (folder / "k.docx").read_bytes()


def _figure(value: float | None) -> str:
    return "" if value is None else wording.number(value, 2)


def test_the_table_of_opds_is_that_of_the_totals(made: tuple[Consolidated, bytes]) -> None:
    result, document = made
    totals = result.figures
    expected = []
    for number, agency in enumerate(result.batch.chosen.agencies, start=1):
        own = totals.by_agency.get(agency.sent.source.digest, {}) if agency.sent else {}
        figures = [_figure(own[key].value if key in own else None) for key in FIGURES]
        expected.append([str(number), agency.name, *figures, str(agency.outcome).capitalize()])
    expected.append(["", "Jumlah / rata-rata", *(_figure(totals.all_.get(key)) for key in FIGURES), ""])
    (table,) = documents.grids(document)["tabel_1"]
    assert table[2:] == expected
    assert [row[-1] for row in table[2:-1]].count("Belum mengirim") == 2


def test_sentences_say_who_has_reported(made: tuple[Consolidated, bytes]) -> None:
    texts = documents.texts_of_blocks(made[1])
    assert texts["pengiriman"] == (
        "Dari 12 (dua belas) perangkat daerah yang harus melapor, 10 (sepuluh) telah menyampaikan laporan kinerja tahun "
        "2023, 1 (satu) di antaranya masih memuat galat; 2 (dua) belum menyampaikan. Yang belum menyampaikan laporan: "
        "Satuan Polisi Pamong Praja Dinas Pariwisata"
    )


def test_the_report_says_who_is_left_out_and_what_was_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word, "pages_of", lambda _: None)
    registry = Registry(tuple(Opd(code, f"Dinas {code}") for code in ("2.13", "2.14", "2.15")))
    decisions = [
        Decision("2.13", Kind.LEAVE_OUT, "ditarik", "Sekda"),
        Decision("2.14", Kind.COUNT, "yang baru salah unggah", "Ani", file="0001.xlsx"),
    ]
    reports = [Report("2.13", {}), Report("2.14", {"ikhtisar.anggaran": 5.0})]
    batch = batch_of(tmp_path / "a", load_template(), reports, registry=registry, decisions=decisions)
    texts = documents.texts_of_blocks(regency_document(batch, totals(batch)))
    assert texts["keterangan_opd"] == (
        "Perangkat daerah yang belum mengirim dan yang dikeluarkan tidak ikut dihitung. Keputusan koordinator: "
        "Dinas 2.13 dikeluarkan: ditarik (Sekda) Dinas 2.14 dihitung berkas 0001.xlsx: yang baru salah unggah (Ani)"
    )
    assert texts["pengiriman"] == (
        "Dari 3 (tiga) perangkat daerah yang harus melapor, 1 (satu) telah menyampaikan laporan kinerja tahun 2023; "
        "1 (satu) dikeluarkan atas keputusan koordinator; 1 (satu) belum menyampaikan. Yang belum menyampaikan laporan: "
        "Dinas 2.15"
    )


def test_the_report_says_who_is_not_counted_or_nothing(
    made: tuple[Consolidated, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert documents.texts_of_blocks(made[1])["keterangan_opd"] == (
        "Perangkat daerah yang belum mengirim dan yang dikeluarkan tidak ikut dihitung."
    )
    monkeypatch.setattr(word, "pages_of", lambda _: None)
    batch = batch_of(tmp_path / "a", load_template(), [Report("2.13", {"ikhtisar.anggaran": 5.0})])
    assert "keterangan_opd" not in documents.texts_of_blocks(regency_document(batch, totals(batch)))


def test_charts_show_what_the_table_says(made: tuple[Consolidated, bytes]) -> None:
    result, document = made
    package = Package(document)
    drawn = [*package.charts([package.body])]
    (chart,) = drawn
    counted = result.batch.chosen.counted
    assert chart.categories == tuple(agency.name for agency, _ in counted)  # type: ignore[attr-defined]  # Figures
    own = [result.figures.by_agency[sent.source.digest]["serapan"].value for _, sent in counted]
    assert chart.series[1].values == tuple(own)  # type: ignore[attr-defined]
    assert len([*package.body.iter(qn("w:drawing"))]) == 1


def test_the_command_says_what_it_made(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "pages_of", lambda _: None)
    book, document = tmp_path / "k.xlsx", tmp_path / "k.docx"
    code, out, _ = run(
        "consolidate", SAMPLES, "-o", book, "--word", document, "--jobs", "1", "--tahun", "2023"
    )
    assert (code, out.splitlines()[-2:]) == (1, [f"Dibuat: {book}", f"Dibuat: {document}"])
    assert document.stat().st_size > 10_000
    code, _, err = run("consolidate", SAMPLES, "-o", tmp_path / "l.xlsx", "--word", tmp_path / "l.doc")
    assert (code, err) == (
        2,
        f"lkjip-xl: {tmp_path / 'l.doc'}: nama berkas hasil harus berakhir dengan .docx\n",
    )
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["k.docx", "k.xlsx"]
