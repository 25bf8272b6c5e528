"""The shape of the JSON that commands print; ``docs/schema/`` is made from these models, and no command needs them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, RootModel

from lkjip_xl.base.findings import Severity, Status
from lkjip_xl.compute.states import State


class _Printed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class FindingEntry(_Printed):
    """Satu temuan."""

    aturan: str
    """Nama tetap aturan."""
    tingkat: Severity
    """galat menghalangi, peringatan minta diperiksa, catatan memberi tahu."""
    lembar: str
    """Nama lembar; kosong bila temuan tentang seluruh berkas."""
    sel: str
    """Alamat sel, misalnya ``E7``; kosong bila temuan tidak menunjuk sel."""
    nilai: str
    """Isi sel."""
    seharusnya: str
    """Isi yang benar, bila diketahui."""
    pesan: str
    """Apa yang salah."""
    perbaikan: str
    """Apa yang harus dilakukan."""
    penjelasan: str
    """Penjelasan OPD di samping peringatan, bila ada."""
    ikut: str
    """Lembar dan sel temuan lain, misalnya ``3.1 Kinerja!H8``, bila temuan ini mungkin hanya akibatnya; jika tidak, kosong."""


class TableEntry(_Printed):
    """Seberapa jauh satu tabel terisi."""

    tabel: str
    """Nama tabel."""
    lembar: str
    """Nama lembarnya."""
    keadaan: State
    """``belum diisi``, ``sebagian``, ``lengkap``, atau ``tidak berlaku``."""
    terisi: int
    """Banyaknya isian wajib yang terisi."""
    dari: int
    """Banyaknya isian wajib pada baris yang dipakai, yang dijelaskan tidak dihitung."""
    alasan: str
    """Mengapa tidak berlaku."""


class CheckedFile(_Printed):
    """Satu berkas yang diperiksa."""

    berkas: str
    """Jalur berkas."""
    opd: str
    """Kode OPD; kosong bila tidak terbaca."""
    tahun: int | None
    """Tahun laporan."""
    status: Status
    """Tingkat terberat temuan yang belum dijelaskan, ``bersih``, atau ``tidak terbaca``."""
    tabel: list[TableEntry]
    """Keadaan tiap tabel; kosong bila berkas tidak terbaca."""
    temuan: list[FindingEntry]
    """Semua temuan."""


class ValidateOutput(RootModel[list[CheckedFile]]):
    """Keluaran ``lkjip-xl validate --format json``."""


class RuleEntry(_Printed):
    """Satu aturan pemeriksaan sebuah lembar."""

    aturan: str
    """Nama tetap aturan."""
    tingkat: Severity
    """galat menghalangi, peringatan minta diperiksa, catatan memberi tahu."""
    lembar: str
    """Nama lembar, atau ``Seluruh berkas``."""
    judul: str
    """Apa yang diperiksa."""
    syarat: str
    """Rumus yang harus benar, kolom yang diperiksa, atau mengapa baru diperiksa saat dikirim."""
    pesan: str
    """Apa yang salah; ``{nama}`` diganti angkanya."""
    perbaikan: str
    """Apa yang harus dilakukan."""
    sumber: str
    """Dasar hukum atau metode."""


class RulesOutput(RootModel[list[RuleEntry]]):
    """Keluaran ``lkjip-xl rules --format json``."""


class AgencyCounts(_Printed):
    """Banyaknya OPD."""

    wajib: int
    """Yang harus melapor."""
    mengirim: int
    """Yang berkasnya dihitung."""
    diterima: int
    """Yang berkasnya tanpa galat."""
    bergalat: int
    """Yang berkasnya bergalat."""
    belum_mengirim: int
    """Yang tidak punya berkas yang dihitung."""


class PassedOver(_Printed):
    """Satu daftar yang bukan kiriman."""

    berkas: str
    """Jalur berkas."""
    alasan: str
    """Mengapa dilewati."""


class PassedOverCounts(_Printed):
    """Berkas yang tidak dibaca."""

    kunci_office: int
    """Berkas kunci Office."""
    tersembunyi: int
    """Berkas tersembunyi."""
    hasil_terdahulu: int
    """Hasil perintah ini sebelumnya."""
    daftar: list[PassedOver]
    """Daftar yang bukan kiriman."""


class SentFile(_Printed):
    """Satu kiriman."""

    berkas: str
    """Jalur berkas."""
    opd: str
    """Kode OPD; kosong bila tidak diketahui."""
    nama: str | None
    """Nama OPD."""
    tahun: int | None
    """Tahun laporan."""
    keadaan: Literal[
        "diterima",
        "bergalat",
        "dikeluarkan",
        "digantikan",
        "berkas sama",
        "tahun lain",
        "tidak terdaftar",
        "OPD lain",
        "tidak terbaca",
    ]
    """Apa yang terjadi dengan berkas ini."""
    alasan: str
    """Sebabnya, bila tidak dihitung."""
    galat: int | None
    """Banyaknya galat."""
    peringatan: int | None
    """Banyaknya peringatan."""
    catatan: int | None
    """Banyaknya catatan."""
    temuan: list[FindingEntry]
    """Temuan yang muncul saat berkas dibandingkan dengan daftar OPD dan kiriman lain."""


class ConsolidateOutput(_Printed):
    """Keluaran ``lkjip-xl consolidate --format json``."""

    tahun: int | None
    """Tahun laporan."""
    opd: AgencyCounts
    """Banyaknya OPD."""
    dilewati: PassedOverCounts
    """Berkas yang tidak dibaca."""
    angka: dict[str, float]
    """Angka gabungan, menurut nama angka di ``[[consolidation.figures]]`` templat."""
    kiriman: list[SentFile]
    """Semua berkas yang dibaca."""
    temuan: list[FindingEntry]
    """Temuan yang bukan tentang satu berkas."""


class DifferenceEntry(_Printed):
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


class ReviewedTable(_Printed):
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


class AbsentTable(_Printed):
    """Satu tabel buku kerja yang tidak ditemukan di laporan."""

    tabel: str
    """Nama tabel."""
    judul: str
    """Nomor dan judulnya."""


class StrangeTable(_Printed):
    """Satu tabel laporan yang bukan tabel buku kerja."""

    urutan: int
    """Tabel keberapa di laporan."""
    judul_tercetak: str
    """Judul tabel di laporan."""


class SentenceEntry(_Printed):
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


class ReviewedSentences(_Printed):
    """Kalimat laporan yang dikenali dari kalimat buku kerja."""

    ditemukan: int
    """Banyaknya kalimat yang dikenali."""
    sama: int
    """Banyaknya angka di dalamnya yang sama."""
    temuan: list[SentenceEntry]
    """Semua yang tidak sama."""


class ReviewOutput(_Printed):
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
