"""What may stand in ``template.toml`` about many workbooks together: ``[consolidation]``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from lkjip_xl.template.declaration import ColumnPath, Declaration, Key
from lkjip_xl.template.declared_words import Fills, SubmissionRuleWords


class FigureDeclaration(Declaration):
    """Satu angka tiap OPD yang dikonsolidasikan: isi satu formulir, atau perbandingan dua angka lain."""

    key: Key
    """Nama angka."""
    label: str
    """Sebutan angka."""
    source: ColumnPath | None = None
    """Kolom formulir yang memuatnya."""
    aggregate: Literal["sum", "mean"] = "sum"
    """Dijumlah, atau dirata-ratakan."""
    ratio: tuple[Key, Key] | None = None
    """Persentase angka pertama dari angka kedua, sebagai ganti ``source``."""
    difference: tuple[Key, Key] | None = None
    """Angka pertama dikurangi angka kedua, sebagai ganti ``source``."""
    unit: str = ""
    """Satuan."""
    decimals: Annotated[int, Field(ge=0, le=9)] = 2
    """Jumlah desimal."""
    scale: Key | None = None
    """Skala sebutannya, bila ada."""
    ranking: str = ""
    """Nama lembar peringkat menurut angka ini, bila ada."""

    @property
    def parts(self) -> tuple[Key, Key] | None:
        """The two figures that it is computed of; None of one that a form has."""
        return self.ratio or self.difference


class QuartersDeclaration(Declaration):
    """Dua angka tiap OPD dalam satu grafik sebar, dengan empat bagian yang bernama."""

    title: str
    """Judul."""
    x: Key
    """Angka di sumbu mendatar."""
    y: Key
    """Angka di sumbu tegak."""
    at: tuple[float, float]
    """Batas bagian: pada ``x`` dan pada ``y``; yang tepat di batas termasuk yang tinggi."""
    names: tuple[str, str, str, str]
    """Nama bagian: x rendah y tinggi, keduanya tinggi, keduanya rendah, x tinggi y rendah."""


class HeatDeclaration(Declaration):
    """Angka tiap OPD menurut nama di barisnya, misalnya tiap sasaran, berwarna menurut skala."""

    title: str
    """Judul."""
    table: Key
    """Tabel asal."""
    name: Key
    """Kolom yang menamai, misalnya sasaran."""
    value: Key
    """Kolom angkanya; baris yang kosong dilewati."""
    scale: Key
    """Skala warnanya."""
    label: str = ""
    """Sebutan kolomnya, diberi nomor: ``Sasaran`` menjadi Sasaran 1, Sasaran 2."""


class ListDeclaration(Declaration):
    """Satu daftar gabungan: baris satu tabel dari semua OPD."""

    sheet: Annotated[str, Field(max_length=31)]
    """Nama lembar."""
    title: str
    """Judul."""
    table: Key
    """Tabel asal."""
    columns: Annotated[tuple[Key, ...], Field(min_length=1)]
    """Kolom yang ditampilkan."""
    trace: Key
    """Kolom yang selnya ditunjuk."""
    filled: Key | None = None
    """Hanya baris yang kolom ini terisi."""
    where: tuple[Key, str] | None = None
    """Hanya baris yang kolom ini berisi teks ini."""
    steps: Mapping[Key, Key] = Field(default_factory=dict)
    """Kolom berisi tingkat skala, dan skalanya: diwarnai menurut tingkatnya."""


class SumDeclaration(Declaration):
    """Satu tabel jumlah dari semua OPD, menurut isi satu kolom bila ada."""

    title: str
    """Judul."""
    table: Key
    """Tabel asal."""
    by: Key | None = None
    """Kolom yang isinya menjadi baris."""
    columns: Annotated[tuple[Key, ...], Field(min_length=1)]
    """Kolom yang dijumlah."""
    labels: tuple[str, ...] = ()
    """Sebutannya, bila bukan judul kolomnya."""


class SumSheetDeclaration(Declaration):
    """Satu lembar berisi tabel-tabel jumlah."""

    sheet: Annotated[str, Field(max_length=31)]
    """Nama lembar."""
    title: str
    """Judul."""
    tables: Annotated[tuple[SumDeclaration, ...], Field(min_length=1)]
    """Tabel-tabelnya."""


class ConsolidationRulesDeclaration(Declaration):
    """Kata-kata temuan atas sekumpulan berkas; ``{opd}``, ``{berkas}``, ``{tahun}``, ``{nilai}`` diganti."""

    unknown: Annotated[SubmissionRuleWords, Fills("opd", "petunjuk")]
    """OPD yang tidak terdaftar."""
    other_year: Annotated[SubmissionRuleWords, Fills("nilai", "tahun")]
    """Berkas dari tahun lain."""
    superseded: Annotated[SubmissionRuleWords, Fills("opd", "berkas", "alasan")]
    """Berkas OPD yang kalah dari berkasnya yang lain."""
    same_file: Annotated[SubmissionRuleWords, Fills("berkas")]
    """Berkas yang isinya sama persis dengan berkas lain."""
    missing: Annotated[SubmissionRuleWords, Fills("opd", "tahun")]
    """OPD terdaftar yang belum mengirim."""
    no_code: Annotated[SubmissionRuleWords, Fills("opd", "keadaan", "akibat", "petunjuk")]
    """Berkas tanpa kode OPD yang terbaca."""
    other_agency: Annotated[SubmissionRuleWords, Fills("kode", "seharusnya", "opd", "kode_opd")]
    """Berkas OPD lain dengan kode OPD ini."""
    other_name: Annotated[SubmissionRuleWords, Fills("kode", "asal", "seharusnya", "opd")]
    """Nama yang berbeda untuk satu kode."""
    same_code: Annotated[SubmissionRuleWords, Fills("kode", "opd", "lain", "berkas_lain")]
    """Dua OPD yang namanya lain, dengan kode yang sama."""
    same_name: Annotated[SubmissionRuleWords, Fills("opd", "nilai", "seharusnya", "berkas", "alasan")]
    """Satu OPD dengan beberapa kode."""
    same_figures: Annotated[SubmissionRuleWords, Fills("opd", "seharusnya", "berkas")]
    """Dua OPD dengan angka yang semuanya sama."""
    decision: Annotated[SubmissionRuleWords, Fills("opd", "keputusan")]
    """Keputusan koordinator yang berlaku atas satu OPD."""
    void_decision: Annotated[SubmissionRuleWords, Fills("baris", "opd", "keputusan", "alasan")]
    """Keputusan koordinator yang tidak mengenai apa pun."""


class RegentDeclaration(Declaration):
    """Halaman-halaman bagi kepala daerah, di depan lembar-lembar koordinator."""

    title: str
    """Judul sampul."""
    sentences: tuple[str, ...] = ()
    """Kalimat di kokpit, dari ``wilayah.nama``, ``angka``, ``predikat``, ``tertinggi``, ``terendah``, ``jumlah``, dan ``opd``."""
    figures: Annotated[tuple[Key, ...], Field(min_length=1)]
    """Angka di tabel semua perangkat daerah; yang pertama menentukan peringkatnya."""
    quarters: QuartersDeclaration | None = None
    """Grafik sebar dua angka, bila ada."""
    indicators: ListDeclaration | None = None
    """Daftar indikator, bila ada."""
    heat: HeatDeclaration | None = None
    """Peta panas, bila ada."""
    signed: tuple[str, ...] = ()
    """Tanda tangan: jabatan, baris demi baris; ``{tanggal}`` diganti dengan tanggal disusun."""


class ConsolidationDeclaration(Declaration):
    """Apa yang ditampilkan hasil ``consolidate``."""

    title: str
    """Judul."""
    figures: Annotated[tuple[FigureDeclaration, ...], Field(min_length=1)]
    """Angka tiap OPD."""
    regent: RegentDeclaration | None = None
    """Halaman-halaman bagi kepala daerah."""
    lists: tuple[ListDeclaration, ...] = ()
    """Daftar gabungan."""
    sums: tuple[SumSheetDeclaration, ...] = ()
    """Lembar jumlah."""
    least_figures: Annotated[int, Field(ge=1)] = 20
    """Berapa angka isian paling sedikit supaya dua laporan dapat disebut sama angkanya."""
    rules: ConsolidationRulesDeclaration
    """Kata-kata temuannya."""
