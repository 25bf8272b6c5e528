"""The shape of the JSON that a review is printed as (see ``report.json_shape``)."""

from __future__ import annotations

from typing import Literal

from lkjip_xl.base.findings import Status
from lkjip_xl.report.json_shape import Printed


class DifferenceEntry(Printed):
    """Satu temuan reviu."""

    hasil: Literal["pemotongan", "selisih kecil", "salah", "hilang", "tidak dikenal"]
    """``pemotongan``: angka dipotong, tidak dibulatkan; ``selisih kecil``: berbeda paling banyak 0,06; ``hilang``: ada di buku
    kerja, tidak ada di laporan; ``tidak dikenal``: ada di laporan, tidak ada di buku kerja, dan bukan kesalahan."""
    tabel: str
    """Nama tabel buku kerja."""
    judul: str
    """Nomor dan judul tabel buku kerja."""
    urutan: int
    """Tabel keberapa di laporan."""
    judul_tercetak: str
    """Judul tabel di laporan."""
    baris: str
    """Nama baris, seperti tercetak; baris yang hilang seperti di buku kerja."""
    kolom: str
    """Judul kolom, seperti tercetak; kosong bila temuan tentang seluruh baris."""
    tercetak: str
    """Isi sel di laporan."""
    seharusnya: str
    """Isi sel menurut buku kerja."""
    catatan: str
    """Keterangan, misalnya ``titik dan koma tertukar``."""


class ReviewedTable(Printed):
    """Satu tabel buku kerja yang ada di laporan."""

    tabel: str
    """Nama tabel."""
    judul: str
    """Nomor dan judulnya."""
    urutan: list[int]
    """Tabel keberapa saja di laporan."""
    tidak_dicetak: list[str]
    """Judul kolom yang tidak dicetak laporan."""
    tidak_dibandingkan: list[str]
    """Judul kolom laporan yang bukan kolom buku kerja."""


class AbsentTable(Printed):
    """Satu tabel buku kerja yang tidak ditemukan di laporan."""

    tabel: str
    """Nama tabel."""
    judul: str
    """Nomor dan judulnya."""


class StrangeTable(Printed):
    """Satu tabel laporan yang bukan tabel buku kerja."""

    urutan: int
    """Tabel keberapa di laporan."""
    judul_tercetak: str
    """Judul tabel di laporan."""


class SentenceEntry(Printed):
    """Satu angka dalam kalimat laporan yang tidak sama dengan buku kerja."""

    hasil: str
    """Pemotongan, selisih kecil, atau salah."""
    kalimat: str
    """Kalimatnya di laporan."""
    tercetak: str
    """Yang tertulis."""
    seharusnya: str
    """Menurut buku kerja."""
    catatan: str
    """Keterangan, bila ada."""


class ReviewedSentences(Printed):
    """Kalimat laporan yang dikenali dari kalimat buku kerja."""

    ditemukan: int
    """Banyaknya kalimat yang dikenali."""
    sama: int
    """Banyaknya angka di dalamnya yang sama."""
    temuan: list[SentenceEntry]
    """Semua yang tidak sama."""


class ReviewOutput(Printed):
    """Keluaran ``lkjip-xl reviu --format json``."""

    dokumen: str
    """Jalur laporan."""
    berkas: str
    """Jalur buku kerja."""
    opd: str
    """Kode OPD."""
    tahun: int | None
    """Tahun laporan."""
    status: Status
    """Tingkat terberat temuan di buku kerja sendiri."""
    sama: int
    """Banyaknya sel yang sama."""
    temuan: list[DifferenceEntry]
    """Semua yang tidak sama."""
    tabel: list[ReviewedTable]
    """Tabel yang dibandingkan."""
    kalimat: ReviewedSentences
    """Angka dalam kalimat."""
    tidak_ditemukan: list[AbsentTable]
    """Tabel buku kerja yang tidak ditemukan di laporan; bukan kesalahan."""
    tidak_dikenal: list[StrangeTable]
    """Tabel laporan yang bukan tabel buku kerja; bukan kesalahan."""
