"""The shape of the JSON that commands print; ``docs/schema/`` is made from these models, and no command needs them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, RootModel

from lkjip_xl.base.findings import Severity, Status
from lkjip_xl.compute.states import State


class Printed(BaseModel):
    """Satu bagian dari yang dicetak perintah."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class FindingEntry(Printed):
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


class TableEntry(Printed):
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


class CheckedFile(Printed):
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


class RuleEntry(Printed):
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


class AgencyCounts(Printed):
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
    """Yang tidak punya berkas yang dapat dihitung."""
    dikeluarkan: int
    """Yang dikeluarkan atas keputusan koordinator."""


class PassedOver(Printed):
    """Satu daftar yang bukan kiriman."""

    berkas: str
    """Jalur berkas."""
    alasan: str
    """Mengapa dilewati."""


class PassedOverCounts(Printed):
    """Berkas yang tidak dibaca."""

    kunci_office: int
    """Berkas kunci Office."""
    tersembunyi: int
    """Berkas tersembunyi."""
    hasil_terdahulu: int
    """Hasil perintah ini sebelumnya."""
    daftar: list[PassedOver]
    """Daftar yang bukan kiriman."""


class DecisionEntry(Printed):
    """Satu keputusan koordinator atas satu OPD."""

    opd: str
    """Kode OPD."""
    nama: str
    """Nama OPD."""
    induk: str
    """Kode satuan yang membawahinya, bila daftar OPD bertingkat."""
    keadaan: Literal["diterima", "bergalat", "dikeluarkan"]
    """Apa yang terjadi dengan laporannya."""
    keputusan: str
    """Apa yang diputuskan, misalnya ``dikeluarkan`` atau ``peringatan tren-ekstrem diterima``."""
    alasan: str
    """Mengapa."""
    oleh: str
    """Siapa yang memutuskan."""
    aturan: str
    """Aturan yang peringatannya diterima; kosong bila keputusannya lain."""


class SentFile(Printed):
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


class ConsolidateOutput(Printed):
    """Keluaran ``lkjip-xl consolidate --format json``."""

    tahun: int | None
    """Tahun laporan."""
    opd: AgencyCounts
    """Banyaknya OPD."""
    dilewati: PassedOverCounts
    """Berkas yang tidak dibaca."""
    angka: dict[str, float]
    """Angka gabungan, menurut nama angka di ``[[consolidation.figures]]`` templat."""
    keputusan: list[DecisionEntry]
    """Keputusan koordinator yang berlaku; yang tidak berlaku disebut di ``temuan``."""
    kiriman: list[SentFile]
    """Semua berkas yang dibaca."""
    temuan: list[FindingEntry]
    """Temuan yang bukan tentang satu berkas."""
