"""How much names and headings are alike."""

from __future__ import annotations

import pytest

from lkjip_xl.report.review.words import ALIKE, headings_alike, is_none, names_alike, phrase, same_text


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Jumlah Desa Tertinggal", "1. jumlah  desa tertinggal"),
        ("Persentase LPM Berprestasi", "a) Persentase LPM berprestasi"),
        ("Program Penataan Desa", "2.13.02 Program Penataan Desa"),
        ("Penata Tk. I / III.d", "Penata TK.I / III,d"),
        ("Jumlah Desa Menjadi Desa Berkembang", "Jumlah Desa Menjadi Berkembang"),
        ("Persentase Pengentasan Desa", "Persentase Pengntasan Desa"),
        ("MANDIRI", "Desa Mandiri"),
    ],
)
def test_the_same_row(ours: str, theirs: str) -> None:
    assert names_alike(phrase(ours), phrase(theirs)) >= ALIKE


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Penata / III.c", "Penata / III.d"),
        ("Kegiatan Tahap 1", "Kegiatan Tahap 2"),
        ("Capaian tahun 2022", "Capaian tahun 2023"),
        ("Persentase PKK Aktif", "Persentase Posyandu Aktif Mandiri"),
    ],
)
def test_another_row(ours: str, theirs: str) -> None:
    assert names_alike(phrase(ours), phrase(theirs)) < ALIKE


@pytest.mark.parametrize(
    ("theirs", "ours", "other"),
    [
        ("Indiaktor Kinerja", "Indikator Kinerja", "Sasaran"),
        ("ASPEK/FOKUS/BIDANG URUSAN /INDIKATOR KINERJA DAERAH", "Indikator Kinerja", "Satuan"),
        ("Target s/d Tahun 2023", "Target s/d Tahun 2023", "Realisasi Tahun 2023"),
        ("Target Capaian Kinerja Tahun 2019", "TARGET 2019", "CAPAIAN (%) 2019"),
        ("Capaian (10=9/8)", "Capaian (9/8)", "Anggaran (Rp)"),
        ("Keterangan", "Ket", "Target"),
        ("Jml", "JUMLAH", "GOLONGAN"),
        ("S1", "S.1", "S.2"),
        ("SMA/SLTA", "SLTA", "SLTP"),
        ("Total", "Jumlah", "Instansi"),
    ],
)
def test_a_heading_is_the_nearest_of_ours(theirs: str, ours: str, other: str) -> None:
    near, far = (headings_alike(phrase(each), phrase(theirs)) for each in (ours, other))
    assert near >= 0.5 > far or near - far > 0.1


@pytest.mark.parametrize(
    ("ours", "theirs"), [("S.1", "S.2"), ("SD", "S.3"), ("Ket", "Kec"), ("Triwulan 1", "Triwulan 2")]
)
def test_short_headings_are_not_guessed(ours: str, theirs: str) -> None:
    assert headings_alike(phrase(ours), phrase(theirs)) == 0


@pytest.mark.parametrize("text", ["", "-", "–", "—", " … ", "Nihil", "n/a", "-,-"])
def test_nothing(text: str) -> None:
    assert is_none(text)


@pytest.mark.parametrize("text", ["0", "%", "BB", "0,00", "tidak"])
def test_something(text: str) -> None:
    assert not is_none(text)


def test_texts_are_the_same_without_case_spaces_and_marks() -> None:
    assert same_text("Sangat Berhasil", "  SANGAT  berhasil. ")
    assert same_text("%", "persen")
    assert not same_text("Nilai", "%")
    assert not same_text("Berhasil", "Tidak Berhasil")
