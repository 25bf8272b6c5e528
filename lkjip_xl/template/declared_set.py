"""What may stand in ``template.toml``: what all tables of a set share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from lkjip_xl.template.declaration import ColumnPath, Declaration, Formula, Key, Paper
from lkjip_xl.template.declared_batch import ConsolidationDeclaration
from lkjip_xl.template.declared_words import FieldRulesDeclaration, SubmissionRulesDeclaration

ARAH = "arah"  # the list of choices of how an indikator is measured
MAIN = "template.toml"  # the file of what all tables share


class Step(Declaration):
    """Satu tingkat skala: mulai ``min`` (termasuk) atau ``above`` (tidak termasuk); tanpa keduanya: sisanya."""

    label: str
    """Sebutan tingkat."""
    min: float | None = None
    """Batas bawah, termasuk."""
    above: float | None = None
    """Batas bawah, tidak termasuk."""


class PatternDeclaration(Declaration):
    """Bentuk kode: salah satu topeng, atau sekian huruf dan angka."""

    words: str
    """Seperti apa kodenya; menjadi bagian pesan dan petunjuk."""
    masks: tuple[Annotated[str, Field(pattern=r"^\S+$", max_length=60)], ...] = ()
    """Topeng: ``9`` berarti satu angka, tanda lain berarti dirinya sendiri, misalnya ``9.99``."""
    characters: Annotated[str, Field(pattern=r"^[!-~]*$")] = ""
    """Huruf dan angka yang boleh dipakai kode lain; ``A-Z`` berarti dari A sampai Z."""
    between: Annotated[str, Field(pattern=r"^[!-/:-@\[-`{-~]*$")] = ""
    """Tanda yang boleh berada di antara huruf dan angka itu, satu demi satu."""
    length: tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(le=60)]] = (1, 20)
    """Panjang kode dari ``characters``: [paling pendek, paling panjang]."""
    ignored: str = " "
    """Tanda yang boleh ada di mana saja dan bukan bagian kodenya."""
    zeros: bool = True
    """``false``: nol di depan tidak membedakan kode, jadi 02.13 sama dengan 2.13."""


class CapaianDeclaration(Declaration):
    """Rumus capaian: ``CAPAIAN(target, realisasi, arah)``."""

    decimals: Annotated[int, Field(ge=0, le=9)] = 2
    """Jumlah desimal hasil."""
    rounding: Literal["half_up", "down"] = "half_up"
    """Pembulatan: setengah ke atas, atau dipotong."""
    floor: float | None = None
    """Batas bawah capaian, bila ada."""
    arah: Annotated[dict[str, Formula], Field(min_length=1)]
    """Rumus tiap arah, dengan nama ``target`` dan ``realisasi``."""


class GradeDeclaration(Declaration):
    """Satu sebutan pada skala predikat."""

    label: str
    """Sebutannya, seperti yang diketik orang; besar kecil hurufnya tidak membedakan."""
    value: float
    """Nilainya, yang dipakai rumus capaian bila target dan realisasi tidak keduanya bernilai dalam kurung."""


class IdentityDeclaration(Declaration):
    """Kolom-kolom formulir yang mengenali OPD."""

    code: ColumnPath
    """Kode OPD."""
    name: ColumnPath
    """Nama OPD."""
    regency: ColumnPath
    """Nama kabupaten/kota."""


class CodesDeclaration(Declaration):
    """Daftar kode yang diberikan dengan ``--codes``: tiap buku kerja memuat bagian untuk OPD-nya."""

    table: Key
    """Tabel daftarnya (``kind = "list"``)."""
    code: Key
    """Kolom kodenya, dengan ``pattern``."""
    name: Key
    """Kolom namanya; baris tanpa nama dilewati."""
    year: Key
    """Kolom tahunnya: kosong bila kodenya berlaku di tahun laporan, selain itu tahun berlakunya."""
    parts: Annotated[int, Field(ge=1)]
    """Banyaknya bagian di awal kode yang menunjukkan OPD-nya: 2 untuk bidang urusan 2.13."""
    everyone: str
    """Bagian awal itu pada kode yang sama bagi semua OPD, misalnya X.XX."""


class SummaryBlock(Declaration):
    """Satu bagian lembar Ikhtisar pada ringkasan."""

    title: str
    """Judul bagian."""
    form: Key | None = None
    """Formulir yang isinya ditampilkan."""
    table: Key | None = None
    """Tabel yang sebagian kolomnya ditampilkan."""
    columns: tuple[Key, ...] = ()
    """Kolom tabel yang ditampilkan."""
    filled: Key | None = None
    """Hanya baris yang kolom ini terisi."""
    source: str = ""
    """Keterangan sumber di bawah formulir atau tabel itu."""
    sentences: tuple[str, ...] = ()
    """Kalimat laporan; ``{{ formulir.kolom | rp }}`` diganti angkanya. Kalimat dengan angka kosong dilewati."""


class TemplateDeclaration(Declaration):
    """Isi ``template.toml``: yang berlaku bagi semua tabel."""

    id: Key
    """Nama kumpulan templat."""
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    """Versi; naikkan setiap kali tabel berubah."""
    title: str
    """Judul buku kerja."""
    order: tuple[Key, ...]
    """Urutan tabel."""
    paper: Paper = "A4"
    """Kertas cetak: A4, atau F4 (215 × 330 mm)."""
    identity: IdentityDeclaration
    """Kolom pengenal OPD."""
    field_rules: FieldRulesDeclaration
    """Kata-kata aturan yang mengikuti deklarasi kolom."""
    submission_rules: SubmissionRulesDeclaration
    """Aturan yang diperiksa setelah berkas dikirim."""
    capaian: CapaianDeclaration
    """Rumus capaian."""
    consolidation: ConsolidationDeclaration | None = None
    """Isi hasil konsolidasi."""
    scales: dict[Key, tuple[Step, ...]] = {}
    """Skala sebutan: ``SCALE(nama, angka)``."""
    grades: dict[str, Annotated[tuple[GradeDeclaration, ...], Field(min_length=2)]] = {}
    """Skala predikat: sebutan dari yang terbaik ke yang terburuk. Nama skala menjadi pilihan ``arah`` sebuah indikator."""
    patterns: dict[Key, PatternDeclaration] = {}
    """Bentuk kode dan nomor."""
    choices: dict[Key, tuple[str, ...]] = {}
    """Daftar pilihan yang dipakai beberapa tabel; daftar ``arah`` tersusun sendiri dari ``capaian.arah`` dan ``grades``."""
    codes: CodesDeclaration | None = None
    """Daftar kode dari ``--codes``."""
    settings: dict[Key, float | Literal["tidak ada"]] = {}
    """Angka ketentuan daerah yang dipakai aturan dan rumus: ``SETTING(nama)``; ``"tidak ada"``: kosong."""
    instructions: tuple[str, ...] = ()
    """Petunjuk pengisian di lembar Petunjuk."""
    summary: tuple[SummaryBlock, ...] = ()
    """Susunan lembar Ikhtisar pada ringkasan."""

    @property
    def choice_lists(self) -> Mapping[str, tuple[str, ...]]:
        """All lists of choices by name: those declared, and how an indikator may be measured."""
        return {**self.choices, ARAH: (*self.capaian.arah, *self.grades)}
