"""The declaration format: what may stand in the file of a table, and what all its files build on.

``declared_set`` is the format of ``template.toml``, with ``declared_words`` and ``declared_batch``.

The JSON Schemas under ``templates/schema/`` are made from these models and the texts below their fields (see
``reference``), so an editor completes and explains every key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lkjip_xl.base.findings import Severity

MAX_ROWS = 5000  # of one part of a table

MAX_PROMPT_TITLE, MAX_PROMPT = 32, 255  # characters of what Excel shows at a cell

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
ColumnPath = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]
SheetName = Annotated[str, Field(pattern=r"^[^\[\]:*?/\\']+$", min_length=1, max_length=31)]
Formula = Annotated[str, Field(min_length=1)]
Paper = Literal["A4", "F4"]
Decimals = Annotated[int, Field(ge=0, le=9)]
Offsets = Annotated[
    tuple[int, int], Field(description="Selisih tahun terhadap tahun laporan: [dari, sampai].")
]


class Declaration(BaseModel):
    """What all declarations are: frozen, and closed to names that are not declared."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnDeclaration(Declaration):
    """Satu kolom tabel, atau satu isian formulir."""

    key: Key
    """Nama kolom untuk rumus, data JSON, dan kunci tersembunyi di lembar kerja."""
    label: str
    """Judul kolom di lembar kerja. ``{tahun}`` dan ``{tahun_lalu}`` diganti tahun kolomnya."""
    type: Literal["text", "number", "integer", "date", "choice", "reference", "ordinal", "fixed", "grade"]
    """Jenis isi. ``ordinal``: nomor urut; ``fixed``: teks tetap dari ``fixed_rows`` atau ``value``; ``grade``: predikat
    di sel kolom angka ``cell``."""
    cell: Key | None = None
    """Kolom angka yang selnya memuat juga predikat kolom ini (``type = "grade"``): sel itu berisi angka atau predikat."""
    scale: Formula | None = None
    """Skala predikat sebuah baris (``type = "grade"`` yang diketik), misalnya ``arah``."""
    prompt: Annotated[str, Field(max_length=MAX_PROMPT_TITLE)] = ""
    """Judul petunjuk saat sel dipilih; perlu bila ``label`` lebih panjang dari 32 huruf."""
    help: str = ""
    """Petunjuk pengisian; tampil saat sel dipilih."""
    example: str = ""
    """Contoh isian; tampil saat sel dipilih."""
    unit: str = ""
    """Satuan: Rp, %, orang, desa …"""
    required: bool | Literal["explained"] = False
    """Wajib diisi pada setiap baris yang mulai diisi, atau yang baris asalnya terisi; ``explained``: boleh kosong bila
    dijelaskan. Kolom dengan ``current_year``: hanya tahun-tahun sebelum tahun laporan."""
    unless: Key | None = None
    """Kolom yang, bila terisi, membuat sel kolom ``required`` ini boleh kosong."""
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
    to_come: Literal["typed", "locked"] = "typed"
    """Sel tahun yang belum tiba pada kolom per tahun: diketik, seperti target, atau terkunci, seperti realisasi."""
    total: Formula | None = None
    """Rumus baris jumlah; nama kolom di luar fungsi agregat berarti sel baris jumlah itu sendiri."""
    decimals: Decimals | tuple[Decimals, Decimals] | None = None
    """Jumlah desimal yang ditampilkan. ``[0, 2]``: di ringkasan bilangan bulat tanpa desimal dan lainnya dengan dua, di
    lembar isian seperti diketik; kosong berarti seperlunya."""
    print: bool | Literal["filled"] = True
    """Tampil di laporan tercetak (ringkasan); ``filled``: hanya bila ada isinya di paling sedikit satu baris."""
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
    module: Key | None = None
    """Nama modul bila kolom hitungan ini hanya ada di buku kerja dengan modul itu."""
    headings: tuple[str, ...] = ()
    """Kolom daftar: awal judul kolomnya di berkas yang diberikan, misalnya ``["nomenklatur", "nama"]``."""


class RuleDeclaration(Declaration):
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
    module: Key | None = None
    """Nama modul bila aturan ini hanya ada di buku kerja dengan modul itu."""


class ChartDeclaration(Declaration):
    """Satu grafik dari isi tabel ini, di laporan tercetak."""

    title: str
    """Judul grafik; ``{nama}``, ``{kabupaten}``, ``{tahun}``, ``{periode}`` diganti, ``{kelompok}`` dengan isi ``split``."""
    kind: Literal["bar", "column", "stacked", "line"]
    """Batang mendatar, batang tegak, batang bertumpuk, atau garis."""
    names: Key
    """Kolom yang menamai baris."""
    values: Annotated[tuple[Key, ...], Field(min_length=1)]
    """Kolom-kolom angka; dengan ``by_year`` satu saja."""
    by_year: bool = False
    """Tahun di sumbu, dan tiap baris satu deret; tanpa ini tiap baris di sumbu, dan tiap kolom ``values`` satu deret."""
    percent: Key | None = None
    """Kolom persentase yang digambar sebagai garis dengan sumbu sendiri."""
    where: tuple[Key, str] | None = None
    """Hanya baris yang isi kolom ini demikian: ``["tingkat", "Program"]``."""
    split: Key | None = None
    """Satu grafik untuk tiap isi kolom ini, misalnya satuan, agar angka yang tidak sebanding tidak berdampingan."""
    legend: dict[Key, str] = {}
    """Nama deret di legenda, bila judul kolomnya tidak cocok di grafik: ``{ capaian = "Serapan (%)" }``."""

    @model_validator(mode="after")
    def _legend_of_series(self) -> ChartDeclaration:
        unknown = [*self.legend.keys() - {*self.values, self.percent}]
        if unknown:
            raise ValueError(f"legend: {unknown[0]} bukan deret grafik ini (values, percent)")
        return self


class TableDeclaration(Declaration):
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
    kind: Literal["table", "form", "list"] = "table"
    """``form``: satu isian per baris, satu catatan saja; ``list``: daftar di lembar tersembunyi, dari berkas di luar buku kerja."""
    module: Key | None = None
    """Nama modul bila tabel ini hanya untuk sebagian OPD."""
    rows: Annotated[int, Field(ge=1, le=MAX_ROWS)] = 10
    """Jumlah baris isian pada lembar kosong."""
    required: bool = False
    """Paling sedikit satu baris harus diisi; pada tabel dengan ``rows_from`` bila tabel asalnya berisi, atau dijelaskan."""
    not_applicable: str = ""
    """Contoh alasan mengapa tabel ini tidak berlaku bagi sebuah OPD. Dengan contoh ini lembarnya mempunyai sel untuk alasan
    itu, dan tabelnya diisi atau dinyatakan tidak berlaku; tanpa contoh ini tabelnya berlaku bagi semua OPD."""
    fixed_rows: tuple[dict[Key, str], ...] = ()
    """Baris tetap: isi kolom-kolom ``fixed``."""
    initial_rows: tuple[dict[Key, str], ...] = ()
    """Isi awal lembar kosong; boleh diubah."""
    print_keys: tuple[Key, ...] = ()
    """Kolom yang mengenali baris: bila tabel tidak muat selebar kertas dengan huruf yang terbaca, tabel dicetak dalam beberapa
    bagian, dan kolom ini diulang di setiap bagian."""
    input_order: tuple[Key, ...] = ()
    """Kolom-kolom yang berdiri paling kiri di lembar isian, menurut urutan ini; di laporan urutannya tetap urutan ``columns``."""
    rows_from: tuple[Key, ...] = ()
    """Baris mengikuti tabel lain; beberapa tabel disusun berurutan. ``asal.kolom`` menunjuk baris asalnya."""
    part_label: str = ""
    """Nama bagian bila tabel lain mengikuti baris tabel ini, misalnya ``IKU``."""
    part_title: str = ""
    """Judul bagian itu di ringkasan, misalnya ``Indikator Kinerja Utama (IKU)``."""
    emphasis: Annotated[tuple[str, ...], Field(min_length=2)] | None = None
    """Di ringkasan, baris yang isi kolom ini salah satu darinya dicetak tebal: ``["tingkat", "Urusan", "Program"]``."""
    years: Literal["period"] | Offsets | None = None
    """Tahun kolom-kolom per tahun: periode Renstra, atau selisih tahun ``[-2, 0]``."""
    year_blocks: Literal["by_column", "by_year"] = "by_column"
    """Susunan kolom per tahun: per kolom (Target 2018…2023) atau per tahun."""
    total_label: str = "Jumlah"
    """Tulisan di baris jumlah."""
    columns: Annotated[tuple[ColumnDeclaration, ...], Field(min_length=1)]
    """Kolom-kolom, menurut urutan di laporan."""
    charts: tuple[ChartDeclaration, ...] = ()
    """Grafik di bawah tabel pada ringkasan."""
    rules: tuple[RuleDeclaration, ...] = ()
    """Aturan pemeriksaan."""


Declared = Mapping[str, tuple[TableDeclaration, str]]
"""The declarations of tables by key, with the name of the file of each."""
