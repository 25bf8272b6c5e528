"""Which file counts for which OPD, of workbooks as they are sent."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from lkjip_xl.consolidation.chosen import Outcome
from lkjip_xl.consolidation.registry import Opd
from lkjip_xl.consolidation.report import as_json, as_text
from lkjip_xl.consolidation.totals import totals
from lkjip_xl.consolidation.workbook import write_workbook
from lkjip_xl.form.submission import Submission
from regents import DAY
from sent import outcomes_of, read_all, send, submission_of
from support import fill

pytestmark = pytest.mark.usefixtures("one_process_here")


def test_the_newest_valid_file_of_an_opd_counts(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    send(folder, "a", submission_of("1", seed=1), 1_000)
    send(folder, "b", submission_of("1", seed=2), 2_000)
    send(folder, "c", submission_of("1", seed=3, faulty=True), 3_000)
    batch = read_all(folder)
    assert outcomes_of(batch) == {"a.xlsx": "digantikan", "b.xlsx": "diterima", "c.xlsx": "digantikan"}
    (first, chosen, last) = batch.chosen.sent
    assert chosen.why == "terbaru tanpa galat"
    for sent in (first, last):
        (found,) = sent.findings
        assert (found.rule, found.severity) == ("kiriman-ganda", "peringatan")
        assert found.message == "OPD 1 mengirim beberapa berkas; yang dihitung b.xlsx (terbaru tanpa galat)"


def test_of_faulty_files_the_newest_counts(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    send(folder, "a", submission_of("1", seed=1, faulty=True), 2_000)
    send(folder, "b", submission_of("1", seed=2, faulty=True), 1_000)
    batch = read_all(folder)
    assert outcomes_of(batch) == {"a.xlsx": "bergalat", "b.xlsx": "digantikan"}
    assert batch.chosen.sent[0].why == "terbaru; semuanya masih bergalat"


def test_the_registry_says_who_must_report(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    send(folder, "satu", submission_of("1.01", seed=1))
    send(folder, "asing", submission_of("9.99", seed=2))
    send(folder, "lama", submission_of("1.02", seed=3, year=2022))
    registry = [Opd("1.01", "Satu"), Opd("1.02", "Dua"), Opd("1.03", "Tiga")]
    batch = read_all(folder, registry=registry, year=2023)
    assert outcomes_of(batch) == {
        "satu.xlsx": "diterima",
        "asing.xlsx": "tidak terdaftar",
        "lama.xlsx": "tahun lain",
    }
    assert [(each.code, each.outcome.value) for each in batch.chosen.agencies] == [
        ("1.01", "diterima"),
        ("1.02", "belum mengirim"),
        ("1.03", "belum mengirim"),
    ]
    assert [found.message for found in batch.chosen.findings] == [
        "OPD 1.02 Dua belum mengirim laporan tahun 2023",
        "OPD 1.03 Tiga belum mengirim laporan tahun 2023",
    ]
    messages = {s.source.path.name: [f.message for f in s.findings] for s in batch.chosen.sent}
    assert messages["asing.xlsx"] == ["OPD 9.99 Dinas 9.99 tidak ada di daftar OPD, jadi tidak dihitung"]
    assert messages["lama.xlsx"] == [
        "Laporan tahun 2022, sedangkan yang dikonsolidasikan tahun 2023, jadi tidak dihitung"
    ]


def test_codes_compare_without_case_and_spaces(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    send(folder, "a", submission_of(" dpmd 1 ", seed=1))
    assert outcomes_of(read_all(folder, registry=[Opd("DPMD1", "x")], year=2023)) == {"a.xlsx": "diterima"}


def _pmd(code: str, *, seed: int = 1) -> Submission:
    """A report under a code as it was typed: data files would write it as it should be."""
    submission = submission_of("1", seed=seed)
    form = dict(submission.tables["identitas"]["identitas", 1])
    form |= {("kode", None): code, ("nama", None): "Dinas Pertanahan"}
    return replace(submission, tables={**submission.tables, "identitas": {("identitas", 1): form}})


@pytest.mark.long
def test_one_agency_under_six_spellings_of_its_code_is_counted_once(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    spellings = ["2.13", "02.13", "2.13.", "2,13", "２.１３", "2.13\u200b"]
    for number, code in enumerate(spellings):
        send(folder, f"{number}", _pmd(code), 1_000 + number)
    batch = read_all(folder)
    assert list(outcomes_of(batch).values()) == ["diterima", *["digantikan"] * 5]
    assert [(agency.code, agency.name) for agency in batch.chosen.agencies] == [("2.13", "Dinas Pertanahan")]
    alone = read_all(send(tmp_path / "satu", "0", _pmd("2.13")).parent, cache=tmp_path / "lain")
    assert totals(batch).all_ == totals(alone).all_


def test_a_code_that_became_a_number_is_named_wherever_the_result_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    send(folder, "benar", _pmd("2.10", seed=1), 1_000)
    fill(send(folder, "angka", _pmd("2.10", seed=1), 2_000), {"Identitas": {"C5": 2.1}})
    batch = read_all(folder)
    (agency,) = batch.chosen.agencies
    assert (agency.code, agency.name, agency.outcome.value) == ("2.10", "Dinas Pertanahan", "diterima")
    lost = (
        "Kode OPD Dinas Pertanahan tersimpan sebagai “2,1” yang bukan teks, jadi dikenali dari namanya saja; "
        "barangkali 2.10"
    )
    double = "Dinas Pertanahan mengirim dengan kode (kosong) dan juga 2.10; yang dihitung benar.xlsx (terbaru tanpa galat)"
    document = as_json(batch, totals(batch))
    sent = {Path(each["berkas"]).name: each for each in document["kiriman"]}
    assert (sent["angka.xlsx"]["opd"], sent["angka.xlsx"]["keadaan"]) == ("", "digantikan")
    assert [
        (f["aturan"], f["tingkat"], f["seharusnya"], f["pesan"]) for f in sent["angka.xlsx"]["temuan"]
    ] == [
        ("opd-berkode-ganda", "galat", "2.10", double),
        ("opd-tanpa-kode", "galat", "2.10", lost),
    ]
    assert [f["pesan"] for f in sent["benar.xlsx"]["temuan"]] == [double]
    lines = as_text(batch, totals(batch)).splitlines()
    assert [line.replace(f"{folder}/", "") for line in lines if "Dinas Pertanahan" in line] == [
        f"  digantikan: angka.xlsx: {double}",
        f"  galat: angka.xlsx: {lost}",
        f"  galat: benar.xlsx: {double}",
    ]
    write_workbook(batch, totals(batch), tmp_path / "hasil.xlsx", tmp_path, day=DAY)
    sheet = openpyxl.load_workbook(tmp_path / "hasil.xlsx")["Temuan"]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=4)]
    assert [row for row in rows if row[10] == "opd-tanpa-kode"] == [
        (None, "Dinas Pertanahan", "galat", None, lost, "2.10", "Minta kodenya diketik ulang sebagai teks di lembar Identitas", None, None, None, "opd-tanpa-kode", "angka.xlsx"),
    ]  # fmt: skip


def test_a_copied_workbook_of_a_neighbour_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    send(folder, "a", submission_of("1.01", seed=1))
    send(folder, "b", submission_of("1.02", seed=1))
    send(folder, "c", submission_of("1.03", seed=2))
    batch = read_all(folder)
    said = {sent.source.path.name: [(f.rule, f.message) for f in sent.findings] for sent in batch.chosen.sent}
    assert said == {
        "a.xlsx": [("angka-opd-sama", "Semua angka isian 1.01 Dinas 1.01 sama dengan isian 1.02 Dinas 1.02 (b.xlsx)")],
        "b.xlsx": [("angka-opd-sama", "Semua angka isian 1.02 Dinas 1.02 sama dengan isian 1.01 Dinas 1.01 (a.xlsx)")],
        "c.xlsx": [],
    }  # fmt: skip
    assert len(batch.chosen.counted) == 3


def test_blank_workbooks_are_not_alike(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    for code in ("1.01", "1.02"):
        submission = submission_of(code)
        own = {"identitas": submission.tables["identitas"], "pegawai": submission.tables["pegawai"]}
        send(folder, code, replace(submission, tables=own))
    assert [sent.findings for sent in read_all(folder).chosen.sent] == [(), ()]


def test_without_a_year_the_usual_one_is_taken(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    for n, year in enumerate((2023, 2022, 2023)):
        send(folder, f"{n}", submission_of(f"{n}", seed=n, year=year))
    batch = read_all(folder)
    assert batch.chosen.year == 2023
    assert outcomes_of(batch)["1.xlsx"] == "tahun lain"


def test_the_same_file_twice_is_read_once(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    path = send(folder, "a", submission_of("1"))
    (folder / "a (1).xlsx").write_bytes(path.read_bytes())
    batch = read_all(folder)
    assert outcomes_of(batch) == {"a.xlsx": "diterima", "a (1).xlsx": "berkas sama"}
    copy_ = next(sent for sent in batch.chosen.sent if sent.outcome is Outcome.SAME)
    assert copy_.why == "Isinya sama persis dengan a.xlsx, jadi dibaca satu kali"


def test_the_newest_of_equal_files_counts_as_new(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    first = send(folder, "a", submission_of("1", seed=1), 1_000)
    send(folder, "b", submission_of("1", seed=2), 2_000)
    again = folder / "a (1).xlsx"
    again.write_bytes(first.read_bytes())
    os.utime(again, (3_000, 3_000))
    assert outcomes_of(read_all(folder)) == {
        "a.xlsx": "diterima",
        "a (1).xlsx": "berkas sama",
        "b.xlsx": "digantikan",
    }
