"""The declaration format: what may stand in ``template.toml`` and in the file of a table.

The JSON Schemas under ``templates/schema/`` are made from these models and the texts below their fields (see
``reference``), so an editor completes and explains every key.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from lkjip_xl.base.findings import Severity

MAIN = "template.toml"  # the file of what all tables share
MAX_ROWS = 5000  # of one part of a table

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
ColumnPath = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]
SheetName = Annotated[str, Field(pattern=r"^[^\[\]:*?/\\']+$", min_length=1, max_length=31)]
Formula = Annotated[str, Field(min_length=1)]
Offsets = Annotated[
    tuple[int, int], Field(description="Selisih tahun terhadap tahun laporan: [dari, sampai].")
]


class _Declaration(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnDeclaration(_Declaration):
    """Satu kolom tabel, atau satu isian formulir."""

    key: Key
    """Nama kolom untuk rumus, data JSON, dan kunci tersembunyi di lembar kerja."""
    label: str
    """Judul kolom di lembar kerja. ``{tahun}`` dan ``{tahun_lalu}`` diganti tahun kolomnya."""
    type: Literal["text", "number", "integer", "date", "choice", "reference", "ordinal", "fixed"]
    """Jenis isi. ``ordinal``: nomor urut; ``fixed``: teks tetap dari ``fixed_rows`` atau ``value``."""
    help: str = ""
    """Petunjuk pengisian; tampil saat sel dipilih."""
    unit: str = ""
    """Satuan: Rp, %, orang, desa …"""
    required: bool | Literal["explained"] = False
    """Wajib diisi pada setiap baris yang mulai diisi, atau yang baris asalnya terisi; ``explained``: boleh kosong bila
    dijelaskan. Kolom dengan ``current_year``: hanya tahun-tahun sebelum tahun laporan."""
    unique: bool = False
    """Tidak boleh sama pada dua baris."""
    min: float | None = None
    """Nilai terkecil yang masuk akal."""
    max: float | None = None
    """Nilai terbesar yang masuk akal."""
    pattern: Key | None = None
    """Nama pola di ``[patterns]`` template.toml, untuk kode dan nomor yang ditulis sebagai teks."""
    choices: tuple[str, ...] | Key | None = None
    """Pilihan untuk ``type = "choice"``: daftarnya, atau nama daftar di ``[choices]`` template.toml."""
    references: tuple[ColumnPath, ...] = ()
    """Kolom-kolom asal pilihan untuk ``type = "reference"``, misalnya ``["kinerja.indikator"]``."""
    value: str | None = None
    """Teks tetap sebuah isian formulir; ``{tahun}`` dan ``{periode}`` diganti."""
    formula: Formula | None = None
    """Rumus kolom hitungan; kolom ini terkunci."""
    current_year: Formula | None = None
    """Rumus untuk tahun laporan; tahun lain diisi orang. Hanya untuk kolom per tahun."""
    years: Literal["all", "current"] | Offsets | None = None
    """Kolom per tahun: semua tahun tabel, hanya tahun laporan, atau selisih tahun ``[-1, 0]``."""
    total: Formula | None = None
    """Rumus baris jumlah; nama kolom di luar fungsi agregat berarti sel baris jumlah itu sendiri."""
    decimals: Annotated[int, Field(ge=0, le=9)] | None = None
    """Jumlah desimal yang ditampilkan; kosong berarti seperlunya."""
    print: bool = True
    """Tampil di laporan tercetak (ringkasan)."""
    hidden: bool = False
    """Kolom bantu: tersembunyi di lembar kerja dan tidak dicetak."""
    merge: bool = False
    """Di ringkasan, sel berurutan yang sama digabung."""
    fallback: Key | None = None
    """Di ringkasan, kolom yang ditampilkan bila kolom ini kosong."""
    group_heading: bool = False
    """Di ringkasan, ditulis sebagai judul di atas kelompok baris yang isinya sama, bukan sebagai kolom."""
    width: Annotated[int, Field(ge=3, le=80)] = 14
    """Lebar kolom dalam huruf."""


class RuleDeclaration(_Declaration):
    """Satu aturan pemeriksaan."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    """Nama tetap aturan; tidak pernah dipakai ulang untuk aturan lain."""
    title: str
    """Nama aturan di daftar."""
    severity: Severity
    """galat menghalangi, peringatan minta diperiksa, catatan memberi tahu."""
    scope: Literal["row", "total"] = "row"
    """Diperiksa per baris, atau sekali pada baris jumlah."""
    check: Formula
    """Syarat yang harus benar; bila kosong (data belum lengkap) aturan belum berlaku."""
    blame: Key
    """Kolom yang ditunjuk temuan."""
    values: dict[Key, Formula] = {}
    """Angka-angka tambahan untuk pesan: nama dan rumusnya."""
    expected: Key | None = None
    """Kolom atau nama dalam ``values`` yang berisi nilai yang benar."""
    message: str
    """Apa yang salah; ``{kolom}`` dan ``{nama}`` diganti angkanya."""
    remedy: str
    """Apa yang harus dilakukan."""
    source: str
    """Dasar hukum atau metode."""


class TableDeclaration(_Declaration):
    """Satu tabel laporan: satu lembar kerja."""

    key: Key
    """Nama tabel untuk rumus dan data JSON."""
    sheet: SheetName
    """Nama lembar kerja."""
    number: str = ""
    """Nomor tabel di laporan, misalnya ``Tabel 1.1``."""
    title: str
    """Judul tabel; ``{nama}``, ``{kabupaten}``, ``{tahun}``, ``{periode}`` diganti."""
    source: str = ""
    """Keterangan sumber di bawah tabel."""
    basis: str = ""
    """Dasar hukum atau bagian laporan asal tabel ini."""
    help: str = ""
    """Petunjuk singkat di atas tabel."""
    kind: Literal["table", "form"] = "table"
    """``form``: satu isian per baris, satu catatan saja."""
    module: Key | None = None
    """Nama modul bila tabel ini hanya untuk sebagian OPD."""
    rows: Annotated[int, Field(ge=1, le=MAX_ROWS)] = 10
    """Jumlah baris isian pada lembar kosong."""
    required: bool = False
    """Paling sedikit satu baris harus diisi; pada tabel dengan ``rows_from`` bila tabel asalnya berisi, atau dijelaskan."""
    fixed_rows: tuple[dict[Key, str], ...] = ()
    """Baris tetap: isi kolom-kolom ``fixed``."""
    initial_rows: tuple[dict[Key, str], ...] = ()
    """Isi awal lembar kosong; boleh diubah."""
    rows_from: tuple[Key, ...] = ()
    """Baris mengikuti tabel lain; beberapa tabel disusun berurutan. ``asal.kolom`` menunjuk baris asalnya."""
    part_label: str = ""
    """Nama bagian bila tabel lain mengikuti baris tabel ini, misalnya ``IKU``."""
    part_title: str = ""
    """Judul bagian itu di ringkasan, misalnya ``Indikator Kinerja Utama (IKU)``."""
    emphasis: tuple[Key, str] | None = None
    """Di ringkasan, baris dengan isi kolom ini dicetak tebal, misalnya ``["tingkat", "Program"]``."""
    years: Literal["period"] | Offsets | None = None
    """Tahun kolom-kolom per tahun: periode Renstra, atau selisih tahun ``[-2, 0]``."""
    year_blocks: Literal["by_column", "by_year"] = "by_column"
    """Susunan kolom per tahun: per kolom (Target 2018…2023) atau per tahun."""
    total_label: str = "Jumlah"
    """Tulisan di baris jumlah."""
    columns: Annotated[tuple[ColumnDeclaration, ...], Field(min_length=1)]
    """Kolom-kolom, menurut urutan di laporan."""
    rules: tuple[RuleDeclaration, ...] = ()
    """Aturan pemeriksaan."""


class Step(_Declaration):
    """Satu tingkat skala: mulai ``min`` (termasuk) atau ``above`` (tidak termasuk); tanpa keduanya: sisanya."""

    label: str
    """Sebutan tingkat."""
    min: float | None = None
    """Batas bawah, termasuk."""
    above: float | None = None
    """Batas bawah, tidak termasuk."""


class PatternDeclaration(_Declaration):
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


class CapaianDeclaration(_Declaration):
    """Rumus capaian: ``CAPAIAN(target, realisasi, arah)``."""

    decimals: Annotated[int, Field(ge=0, le=9)] = 2
    """Jumlah desimal hasil."""
    rounding: Literal["half_up", "down"] = "half_up"
    """Pembulatan: setengah ke atas, atau dipotong."""
    cap: float | None = None
    """Batas atas capaian, bila ada."""
    floor: float | None = None
    """Batas bawah capaian, bila ada."""
    arah: Annotated[dict[str, Formula], Field(min_length=1)]
    """Rumus tiap arah, dengan nama ``target`` dan ``realisasi``."""


class IdentityDeclaration(_Declaration):
    """Kolom-kolom formulir yang mengenali OPD."""

    code: ColumnPath
    """Kode OPD."""
    name: ColumnPath
    """Nama OPD."""
    regency: ColumnPath
    """Nama kabupaten/kota."""


class SummaryBlock(_Declaration):
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
    sentences: tuple[str, ...] = ()
    """Kalimat laporan; ``{{ formulir.kolom | rp }}`` diganti angkanya. Kalimat dengan angka kosong dilewati."""


class FieldRuleWords(_Declaration):
    """Kata-kata satu aturan kolom; ``{judul}``, ``{nilai}``, ``{batas}``, ``{lembar}`` diganti."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    """Nama tetap aturan."""
    severity: Severity = Severity.GALAT
    """galat, peringatan, atau catatan."""
    title: str
    """Nama aturan di daftar."""
    message: str
    """Apa yang salah."""
    remedy: str
    """Apa yang harus dilakukan."""
    source: str
    """Dasar."""


class FieldRulesDeclaration(_Declaration):
    """Kata-kata aturan yang mengikuti deklarasi kolom."""

    required: FieldRuleWords
    """Kolom wajib yang kosong."""
    number: FieldRuleWords
    """Kolom angka yang berisi selain angka."""
    text: FieldRuleWords
    """Kolom teks yang berisi selain teks."""
    date: FieldRuleWords
    """Kolom tanggal yang berisi selain tanggal."""
    whole: FieldRuleWords
    """Bilangan bulat yang tidak bulat."""
    range: FieldRuleWords
    """Angka di luar batas."""
    code: FieldRuleWords
    """Kolom berpola yang berisi selain teks."""
    pattern: FieldRuleWords
    """Teks yang tidak sesuai polanya; ``{bentuk}`` diganti kata-kata polanya."""
    choice: FieldRuleWords
    """Teks di luar daftar pilihan."""
    unique: FieldRuleWords
    """Isi yang sama pada dua baris."""
    reference: FieldRuleWords
    """Acuan yang tidak ada."""
    orphan: FieldRuleWords
    """Isian pada baris yang baris asalnya kosong."""
    table: FieldRuleWords
    """Tabel yang belum diisi."""
    followed: FieldRuleWords
    """Tabel yang mengikuti tabel lain dan belum diisi sama sekali."""
    asked: FieldRuleWords
    """Kolom yang boleh kosong bila dijelaskan."""


class SubmissionRuleWords(FieldRuleWords):
    """Kata-kata satu aturan yang hanya dapat diperiksa pada berkas yang dikirim."""

    reason: str
    """Mengapa tidak dapat diperiksa di dalam sel."""


class SubmissionRulesDeclaration(_Declaration):
    """Aturan yang diperiksa setelah berkas dikirim, bukan di dalam buku kerja."""

    file: SubmissionRuleWords
    """Berkas yang tidak dapat dibaca."""
    missing_table: SubmissionRuleWords
    """Tabel yang tidak ditemukan."""
    missing_column: SubmissionRuleWords
    """Kolom isian yang tidak ditemukan."""
    double_table: SubmissionRuleWords
    """Lembar salinan."""
    double_column: SubmissionRuleWords
    """Kolom, atau baris formulir, yang disalin dengan kuncinya."""
    identity: SubmissionRuleWords
    """Kedua tempat identitas buku kerja berlainan."""
    other_year: SubmissionRuleWords
    """Kolom tahun yang tidak sesuai dengan tahun dan periode laporan."""
    other_module: SubmissionRuleWords
    """Tabel modul yang menurut identitasnya tidak dipakai."""
    missing_row: SubmissionRuleWords
    """Baris tetap, atau baris yang mengikuti tabel lain, yang tidak ditemukan."""
    rest: SubmissionRuleWords
    """Temuan yang terlalu banyak untuk disebut satu per satu."""
    long_text: SubmissionRuleWords
    """Teks yang lebih panjang dari isi satu sel."""
    stray: SubmissionRuleWords
    """Isian di luar baris tabel."""
    fixed_changed: SubmissionRuleWords
    """Teks tetap yang diganti."""
    beside: SubmissionRuleWords
    """Isian di samping tabel."""
    overwritten: SubmissionRuleWords
    """Rumus yang diganti dan hasilnya lain."""
    replaced: SubmissionRuleWords
    """Rumus yang diganti tetapi hasilnya sama."""
    row_without_formulas: SubmissionRuleWords
    """Baris yang disisipkan tanpa rumus."""
    unexamined: SubmissionRuleWords
    """Berkas yang rumusnya tidak dapat diperiksa."""
    date_typed: SubmissionRuleWords
    """Tanggal di sel angka."""
    percent_typed: SubmissionRuleWords
    """Angka yang selnya berformat persen."""
    check_lost: SubmissionRuleWords
    """Kolom Pemeriksaan tanpa rumus."""
    unprotected: SubmissionRuleWords
    """Lembar yang kuncinya dibuka."""
    version: SubmissionRuleWords
    """Buku kerja dari versi templat lain."""


class FigureDeclaration(_Declaration):
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
    unit: str = ""
    """Satuan."""
    decimals: Annotated[int, Field(ge=0, le=9)] = 2
    """Jumlah desimal."""
    scale: Key | None = None
    """Skala sebutannya, bila ada."""
    ranking: str = ""
    """Nama lembar peringkat menurut angka ini, bila ada."""


class ListDeclaration(_Declaration):
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


class SumDeclaration(_Declaration):
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


class SumSheetDeclaration(_Declaration):
    """Satu lembar berisi tabel-tabel jumlah."""

    sheet: Annotated[str, Field(max_length=31)]
    """Nama lembar."""
    title: str
    """Judul."""
    tables: Annotated[tuple[SumDeclaration, ...], Field(min_length=1)]
    """Tabel-tabelnya."""


class ConsolidationRulesDeclaration(_Declaration):
    """Kata-kata temuan atas sekumpulan berkas; ``{opd}``, ``{berkas}``, ``{tahun}``, ``{nilai}`` diganti."""

    unknown: SubmissionRuleWords
    """OPD yang tidak terdaftar."""
    other_year: SubmissionRuleWords
    """Berkas dari tahun lain."""
    superseded: SubmissionRuleWords
    """Berkas OPD yang kalah dari berkasnya yang lain."""
    same_file: SubmissionRuleWords
    """Berkas yang isinya sama persis dengan berkas lain."""
    missing: SubmissionRuleWords
    """OPD terdaftar yang belum mengirim."""
    no_code: SubmissionRuleWords
    """Berkas tanpa kode OPD yang terbaca."""
    other_agency: SubmissionRuleWords
    """Berkas OPD lain dengan kode OPD ini."""
    other_name: SubmissionRuleWords
    """Nama yang berbeda untuk satu kode."""
    same_code: SubmissionRuleWords
    """Dua OPD yang namanya lain, dengan kode yang sama."""
    same_name: SubmissionRuleWords
    """Satu OPD dengan beberapa kode."""
    same_figures: SubmissionRuleWords
    """Dua OPD dengan angka yang semuanya sama."""


class ConsolidationDeclaration(_Declaration):
    """Apa yang ditampilkan hasil ``consolidate``."""

    title: str
    """Judul."""
    figures: Annotated[tuple[FigureDeclaration, ...], Field(min_length=1)]
    """Angka tiap OPD."""
    lists: tuple[ListDeclaration, ...] = ()
    """Daftar gabungan."""
    sums: tuple[SumSheetDeclaration, ...] = ()
    """Lembar jumlah."""
    least_figures: Annotated[int, Field(ge=1)] = 20
    """Berapa angka isian paling sedikit supaya dua laporan dapat disebut sama angkanya."""
    rules: ConsolidationRulesDeclaration
    """Kata-kata temuannya."""


class TemplateDeclaration(_Declaration):
    """Isi ``template.toml``: yang berlaku bagi semua tabel."""

    id: Key
    """Nama kumpulan templat."""
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    """Versi; naikkan setiap kali tabel berubah."""
    title: str
    """Judul buku kerja."""
    order: tuple[Key, ...]
    """Urutan tabel."""
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
    patterns: dict[Key, PatternDeclaration] = {}
    """Bentuk kode dan nomor."""
    choices: dict[Key, tuple[str, ...]] = {}
    """Daftar pilihan yang dipakai beberapa tabel."""
    settings: dict[Key, float] = {}
    """Angka ketentuan daerah yang dipakai aturan dan rumus: ``SETTING(nama)``."""
    instructions: tuple[str, ...] = ()
    """Petunjuk pengisian di lembar Petunjuk."""
    summary: tuple[SummaryBlock, ...] = ()
    """Susunan lembar Ikhtisar pada ringkasan."""
