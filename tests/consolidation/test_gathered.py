"""Figures by unit, with decisions, from workbooks and again from the Parquet that they were written to."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from batches import WITHIN, Drawn, Report, added, batch_of, consolidations
from lkjip_xl.base.errors import SetupError
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.chosen import Decided
from lkjip_xl.consolidation.deciding import decided
from lkjip_xl.consolidation.decisions import Decision, Kind
from lkjip_xl.consolidation.gathered import gather
from lkjip_xl.consolidation.parquet import write_parquet
from lkjip_xl.consolidation.registry import Opd, Registry, Unit
from lkjip_xl.consolidation.report import as_json, as_text
from lkjip_xl.consolidation.totals import totals
from lkjip_xl.template.load import load_template

TEMPLATE = load_template()


def _again(batch: Batch, folder: Path) -> Batch:
    """Write a batch as Parquet, and put it together from there."""
    folder.mkdir()
    write_parquet(batch, folder)
    (found,) = gather([folder], TEMPLATE).values()
    return found


@given(drawn=consolidations())
@settings(max_examples=8, deadline=None)
def test_totals_of_every_unit_are_the_sums_of_what_counts_in_it(drawn: Drawn) -> None:
    with tempfile.TemporaryDirectory() as name:
        batch = drawn.batch(Path(name) / "a", TEMPLATE)
        again = _again(batch, Path(name) / "b")
        for found in (totals(batch), totals(again)):
            assert found.all_ == pytest.approx(added([each for _, each in drawn.counted]), abs=0.0101)
            for unit, within in WITHIN.items():
                own = [each for at, each in drawn.counted if at in within]
                assert found.by_unit[unit] == pytest.approx(added(own), abs=0.0101)
        assert _told(again) == _told(batch)


def _told(batch: Batch) -> list[tuple[str, str, str, str, tuple[Decided, ...]]]:
    return [(a.code, a.name, a.outcome.value, a.parent, a.decisions) for a in batch.chosen.agencies]


# -- regencies of a province ----------------------------------------------------------------------------------------


@pytest.fixture
def province(tmp_path: Path) -> Path:
    """Two regencies that have consolidated on their own; both have an OPD 2.13."""
    for name, amount in (("Kabupaten Satu", 100.0), ("Kabupaten Dua", 300.0)):
        report = Report("2.13", {"ikhtisar.anggaran": amount}, name)
        batch = batch_of(tmp_path / "kerja" / name, TEMPLATE, [report])
        target = tmp_path / "parquet" / name.split()[1]
        target.mkdir(parents=True)
        write_parquet(batch, target)
    return tmp_path / "parquet"


def _renumbered(folder: Path) -> None:
    """Give the reports of a folder other digests, as those of other workbooks have."""
    import polars as pl

    for path in folder.glob("*.parquet"):
        frame = pl.read_parquet(path)
        if "sidik" in frame.columns:
            frame = frame.with_columns(pl.lit("f").add(pl.col("sidik").str.slice(1)).alias("sidik"))
        frame.write_parquet(path)


def test_regencies_are_put_together_without_their_workbooks(province: Path) -> None:
    _renumbered(province / "Dua")
    registry = Registry(
        (Opd("16.07", "Kabupaten Satu", parent="16"), Opd("16.08", "KABUPATEN DUA", parent="16"), Opd("16.09", "Kota Tiga", parent="16")),
        (Unit("16", "Provinsi Contoh", "Provinsi"),),
    )  # fmt: skip
    (batch,) = gather([province], TEMPLATE, registry=registry).values()
    assert [(each.code, each.parent, each.outcome.value) for each in batch.chosen.agencies] == [
        ("2.13", "16.08", "diterima"),
        ("2.13", "16.07", "diterima"),
        ("16.09", "16", "belum mengirim"),
    ]
    found = totals(batch)
    assert found.by_unit == {
        "16": {"anggaran": 400.0},
        "16.07": {"anggaran": 100.0},
        "16.08": {"anggaran": 300.0},
    }


def test_without_a_registry_each_regency_is_a_unit(province: Path) -> None:
    _renumbered(province / "Dua")
    (batch,) = gather([province / "Satu", province / "Dua"], TEMPLATE).values()
    assert [unit.name for unit in batch.chosen.units] == ["Kabupaten Satu", "Kabupaten Dua"]
    assert {each.parent for each in batch.chosen.agencies} == {"Kabupaten Satu", "Kabupaten Dua"}


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("Kabupaten Satu", "16.07"), ("KAB. SATU", "16.07"), ("Kota Contoh", "16.10"), ("Contoh", "Contoh"), ("Kab. Empat", "Kab. Empat")],
)  # fmt: skip
def test_a_folder_is_the_unit_that_is_named_likewise(tmp_path: Path, typed: str, unit: str) -> None:
    batch = batch_of(tmp_path / "a", TEMPLATE, [Report("2.13", {}, typed)])
    (tmp_path / "p").mkdir()
    write_parquet(batch, tmp_path / "p")
    registry = Registry(
        (Opd("16.07", "Kabupaten Satu", parent="16"), Opd("16.10", "Kota Contoh", parent="16")),
        (Unit("16", "Provinsi Contoh", "Provinsi"),),
    )
    (found,) = gather([tmp_path / "p"], TEMPLATE, registry=registry).values()
    assert found.chosen.agencies[0].parent == unit


def test_a_report_that_is_there_twice_is_told(province: Path) -> None:
    with pytest.raises(SetupError) as told:
        gather([province], TEMPLATE)
    first, second = province / "Dua", province / "Satu"
    assert str(told.value) == f"{second}: laporan 2.13 Dinas 2.13 juga ada di {first}; tunjuk satu saja"


@pytest.mark.parametrize("content", [None, b"PAR1 bukan", b""])
def test_folders_that_no_run_has_written(tmp_path: Path, content: bytes | None) -> None:
    reason = "folder ini tidak memuat hasil consolidate --parquet"
    if content is not None:
        (tmp_path / "berkas.parquet").write_bytes(content)
        reason = "ini bukan hasil consolidate --parquet versi ini; buat lagi dari buku kerjanya"
    with pytest.raises(SetupError) as told:
        gather([tmp_path], TEMPLATE)
    assert str(told.value) == f"{tmp_path}: {reason}"


# -- decisions on what is read already ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "accepted", "message"),
    [
        (Decision("2.13", Kind.ACCEPT, "wajar", "Sekda", rule="tren-ekstrem"), {"tren-ekstrem"}, "Keputusan koordinator atas 2.13: peringatan tren-ekstrem diterima: wajar (Sekda)"),
        (Decision("2.13", Kind.ACCEPT, "a", "b", rule="lain", line=4), set(), "Keputusan di baris 4 atas OPD 2.13 (peringatan lain diterima: a (b)) tidak berlaku: laporan OPD ini tidak melanggar aturan itu"),
        (Decision("2.14", Kind.ACCEPT, "a", "b", rule="lain", line=4), set(), "Keputusan di baris 4 atas OPD 2.14 (peringatan lain diterima: a (b)) tidak berlaku: tidak ada berkas OPD ini yang dapat dihitung"),
    ],
)  # fmt: skip
def test_a_warning_is_accepted_where_there_is_one(
    tmp_path: Path, decision: Decision, accepted: set[str], message: str
) -> None:
    report = Report("2.13", {}, warned=("tren-ekstrem",))
    batch = batch_of(tmp_path / "a", TEMPLATE, [report], decisions=[decision])
    assert {rule for _, rule in batch.chosen.accepted} == accepted
    assert [each.message for each in batch.chosen.findings] == [message]
    (agency,) = batch.chosen.agencies
    assert agency.decisions == ((decision.decided,) if accepted else ())


def test_gathered_reports_are_left_out_likewise(tmp_path: Path) -> None:
    batch = batch_of(
        tmp_path / "a",
        TEMPLATE,
        [Report("2.13", {"ikhtisar.anggaran": 5.0}), Report("2.14", {"ikhtisar.anggaran": 7.0})],
    )
    again = decided(_again(batch, tmp_path / "b"), [Decision("2.13", Kind.LEAVE_OUT, "ditarik", "Sekda"), Decision("2.14", Kind.COUNT, "a", "b", file="x.xlsx", line=3)])  # fmt: skip
    assert [each.outcome.value for each in again.chosen.agencies] == ["dikeluarkan", "diterima"]
    assert totals(again).all_ == {"anggaran": 7.0}
    assert as_text(again, totals(again)).splitlines() == [
        "Tahun 2023: 2 OPD, 1 mengirim, 1 diterima, 0 bergalat, 0 belum mengirim, 1 dikeluarkan",
        "  Anggaran: 7,00 Rp",
        f"  dikeluarkan: {again.chosen.sent[0].source.path}: dikeluarkan: ditarik (Sekda)",
        "  catatan: Keputusan koordinator atas 2.13: dikeluarkan: ditarik (Sekda)",
        "  peringatan: Keputusan di baris 3 atas OPD 2.14 (dihitung berkas x.xlsx: a (b)) tidak berlaku: berkas hanya dapat dipilih saat buku kerjanya dibaca",
    ]
    assert [each.message for each in again.chosen.findings] == [
        "Keputusan koordinator atas 2.13: dikeluarkan: ditarik (Sekda)",
        "Keputusan di baris 3 atas OPD 2.14 (dihitung berkas x.xlsx: a (b)) tidak berlaku: berkas hanya dapat dipilih saat buku kerjanya dibaca",
    ]


def test_what_is_decided_is_told_to_programs_also_after_it_was_gathered(tmp_path: Path) -> None:
    registry = Registry(tuple(Opd(code, f"Dinas {code}") for code in ("2.13", "2.14", "2.15", "2.16")))
    reports = [Report("2.13", {}), Report("2.14", {}, warned=("tren-ekstrem",)), Report("2.15", {})]
    decisions = [
        Decision("2.13", Kind.LEAVE_OUT, "ditarik", "Sekda"),
        Decision("2.14", Kind.COUNT, "sudah dicocokkan", "Ani"),
        Decision("2.14", Kind.ACCEPT, "wajar", "Budi", rule="tren-ekstrem"),
    ]
    batch = batch_of(tmp_path / "a", TEMPLATE, reports, registry=registry, decisions=decisions)
    told = [
        {"opd": "2.13", "nama": "Dinas 2.13", "induk": "", "keadaan": "dikeluarkan", "keputusan": "dikeluarkan", "alasan": "ditarik", "oleh": "Sekda", "aturan": ""},
        {"opd": "2.14", "nama": "Dinas 2.14", "induk": "", "keadaan": "diterima", "keputusan": "dihitung", "alasan": "sudah dicocokkan", "oleh": "Ani", "aturan": ""},
        {"opd": "2.14", "nama": "Dinas 2.14", "induk": "", "keadaan": "diterima", "keputusan": "peringatan tren-ekstrem diterima", "alasan": "wajar", "oleh": "Budi", "aturan": "tren-ekstrem"},
    ]  # fmt: skip
    counts = {"wajib": 4, "mengirim": 2, "diterima": 2, "bergalat": 0, "belum_mengirim": 1, "dikeluarkan": 1}
    for each in (batch, _again(batch, tmp_path / "b")):
        document = as_json(each, totals(each))
        assert (document["opd"], document["keputusan"]) == (counts, told)


def test_the_years_of_parquet_are_kept_apart(tmp_path: Path) -> None:
    for year in (2022, 2023):
        batch = batch_of(
            tmp_path / f"a{year}", TEMPLATE, [Report("2.13", {"ikhtisar.anggaran": float(year)}, year=year)]
        )
        target = tmp_path / "p" / str(year)
        target.mkdir(parents=True)
        write_parquet(batch, target)
    found = gather([tmp_path / "p"], TEMPLATE)
    assert {year: totals(batch).all_ for year, batch in found.items()} == {
        2022: {"anggaran": 2022.0},
        2023: {"anggaran": 2023.0},
    }


@pytest.mark.parametrize("parent", ["", "99"], ids=["flat", "nested"])
def test_an_earlier_year_is_set_beside_the_agencies_of_a_regency(tmp_path: Path, parent: str) -> None:
    reports = [
        Report(code, {"ikhtisar.anggaran": 5.0}, "Kabupaten Satu", year=2022) for code in ("2.13", "2.14")
    ]
    (tmp_path / "p").mkdir()
    write_parquet(batch_of(tmp_path / "a", TEMPLATE, reports), tmp_path / "p")
    units = (Unit("99", "Kecamatan", "Kecamatan"),) if parent else ()
    registry = Registry(
        (Opd("2.13", "Dinas 2.13", parent=parent), Opd("3.01", "Kecamatan Satu", parent=parent)), units
    )
    found = gather([tmp_path / "p"], TEMPLATE, registry=registry)[2022]
    assert [(each.code, each.parent, each.outcome.value) for each in found.chosen.agencies] == [
        ("2.13", parent, "diterima"),
        ("2.14", "", "diterima"),
        ("3.01", parent, "belum mengirim"),
    ]
    assert found.chosen.units == units
