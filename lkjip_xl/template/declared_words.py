"""What may stand in ``template.toml`` about the words of rules that no table declares."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from lkjip_xl.base.findings import Severity
from lkjip_xl.template.declaration import Declaration


class Fills(tuple[str, ...]):
    """The placeholders of a rule's message: what the program has to say where it is broken."""

    __slots__ = ()

    def __new__(cls, *names: str) -> Self:
        """Return the names as one."""
        return super().__new__(cls, names)


class FieldRuleWords(Declaration):
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


class FieldRulesDeclaration(Declaration):
    """Kata-kata aturan yang mengikuti deklarasi kolom."""

    required: Annotated[FieldRuleWords, Fills("judul", "tabel")]
    """Kolom wajib yang kosong."""
    number: Annotated[FieldRuleWords, Fills("judul", "tabel", "nilai")]
    """Kolom angka yang berisi selain angka."""
    great: Annotated[FieldRuleWords, Fills("judul", "nilai")]
    """Kata-kata ``number`` untuk angka yang terlalu besar."""
    text: Annotated[FieldRuleWords, Fills("judul", "tabel", "nilai")]
    """Kolom teks yang berisi selain teks."""
    date: Annotated[FieldRuleWords, Fills("judul", "tabel", "nilai")]
    """Kolom tanggal yang berisi selain tanggal."""
    whole: Annotated[FieldRuleWords, Fills("judul", "tabel", "nilai")]
    """Bilangan bulat yang tidak bulat."""
    range: Annotated[FieldRuleWords, Fills("judul", "tabel", "nilai", "batas")]
    """Angka di luar batas."""
    code: Annotated[FieldRuleWords, Fills("judul", "tabel", "nilai", "bentuk")]
    """Kolom berpola yang berisi selain teks."""
    pattern: Annotated[FieldRuleWords, Fills("judul", "tabel", "nilai", "bentuk")]
    """Teks yang tidak sesuai polanya; ``{bentuk}`` diganti kata-kata polanya."""
    choice: Annotated[FieldRuleWords, Fills("judul", "tabel", "nilai")]
    """Teks di luar daftar pilihan."""
    unique: Annotated[FieldRuleWords, Fills("judul", "tabel", "nilai")]
    """Isi yang sama pada dua baris."""
    reference: Annotated[FieldRuleWords, Fills("judul", "tabel", "nilai", "lembar")]
    """Acuan yang tidak ada."""
    orphan: Annotated[FieldRuleWords, Fills("judul", "tabel", "nilai", "lembar")]
    """Isian pada baris yang baris asalnya kosong."""
    table: Annotated[FieldRuleWords, Fills("judul", "tabel")]
    """Tabel yang belum diisi."""
    followed: Annotated[FieldRuleWords, Fills("judul", "tabel", "lembar")]
    """Tabel yang mengikuti tabel lain dan belum diisi sama sekali."""
    optional: Annotated[FieldRuleWords, Fills("judul", "tabel")]
    """Tabel yang belum diisi dan tidak dinyatakan tidak berlaku."""
    contradicted: Annotated[FieldRuleWords, Fills("judul", "tabel")]
    """Tabel yang dinyatakan tidak berlaku, tetapi berisi."""
    grade: Annotated[FieldRuleWords, Fills("judul", "tabel", "nilai")]
    """Sel angka atau predikat yang berisi selain keduanya."""
    measure: Annotated[FieldRuleWords, Fills("judul", "tabel", "nilai", "ukuran")]
    """Predikat yang bukan dari skala barisnya, atau angka di baris yang diukur dengan predikat; ``{ukuran}``: skalanya."""
    asked: Annotated[FieldRuleWords, Fills("judul", "tabel")]
    """Kolom yang boleh kosong bila dijelaskan."""


class SubmissionRuleWords(FieldRuleWords):
    """Kata-kata satu aturan yang hanya dapat diperiksa pada berkas yang dikirim."""

    reason: str
    """Mengapa tidak dapat diperiksa di dalam sel."""


class SubmissionRulesDeclaration(Declaration):
    """Aturan yang diperiksa setelah berkas dikirim, bukan di dalam buku kerja."""

    file: Annotated[SubmissionRuleWords, Fills("alasan")]
    """Berkas yang tidak dapat dibaca."""
    missing_table: Annotated[SubmissionRuleWords, Fills("lembar")]
    """Tabel yang tidak ditemukan."""
    list_changed: Annotated[SubmissionRuleWords, Fills("lembar")]
    """Daftar (``kind = "list"``) yang isinya diubah."""
    missing_column: Annotated[SubmissionRuleWords, Fills("judul", "lembar")]
    """Kolom isian yang tidak ditemukan."""
    double_table: Annotated[SubmissionRuleWords, Fills("salinan", "lembar")]
    """Lembar salinan."""
    double_column: Annotated[SubmissionRuleWords, Fills("apa", "judul", "salinan", "dibaca")]
    """Kolom, atau baris formulir, yang disalin dengan kuncinya."""
    identity: Annotated[SubmissionRuleWords, Fills("apa", "nilai", "lain", "dipakai")]
    """Kedua tempat identitas buku kerja berlainan."""
    other_year: Annotated[SubmissionRuleWords, Fills("judul", "lembar", "tahun", "periode")]
    """Kolom tahun yang tidak sesuai dengan tahun dan periode laporan."""
    other_module: Annotated[SubmissionRuleWords, Fills("lembar", "modul")]
    """Tabel modul yang menurut identitasnya tidak dipakai."""
    missing_row: Annotated[SubmissionRuleWords, Fills("baris", "lembar", "isian")]
    """Baris tetap, atau baris yang mengikuti tabel lain, yang tidak ditemukan."""
    rest: Annotated[SubmissionRuleWords, Fills("jumlah", "rincian")]
    """Temuan yang terlalu banyak untuk disebut satu per satu."""
    long_text: Annotated[SubmissionRuleWords, Fills("judul", "nilai", "jumlah", "batas")]
    """Teks yang lebih panjang dari isi satu sel."""
    stray: Annotated[SubmissionRuleWords, Fills("nilai", "judul")]
    """Isian di luar baris tabel."""
    fixed_changed: Annotated[SubmissionRuleWords, Fills("judul", "nilai", "seharusnya")]
    """Teks tetap yang diganti."""
    beside: Annotated[SubmissionRuleWords, Fills("jumlah", "lembar")]
    """Isian di samping tabel."""
    overwritten: Annotated[SubmissionRuleWords, Fills("judul", "nilai", "seharusnya", "selisih")]
    """Rumus yang diganti dan hasilnya lain."""
    replaced: Annotated[SubmissionRuleWords, Fills("judul", "nilai", "seharusnya", "selisih")]
    """Rumus yang diganti tetapi hasilnya sama."""
    row_without_formulas: Annotated[SubmissionRuleWords, Fills("jumlah")]
    """Baris yang disisipkan tanpa rumus."""
    unexamined: SubmissionRuleWords
    """Berkas yang rumusnya tidak dapat diperiksa."""
    date_typed: Annotated[SubmissionRuleWords, Fills("judul", "nilai")]
    """Tanggal di sel angka."""
    percent_typed: Annotated[SubmissionRuleWords, Fills("judul", "nilai")]
    """Angka yang selnya berformat persen."""
    check_lost: Annotated[SubmissionRuleWords, Fills("jumlah")]
    """Kolom Pemeriksaan tanpa rumus."""
    unprotected: Annotated[SubmissionRuleWords, Fills("lembar")]
    """Lembar yang kuncinya dibuka."""
    version: Annotated[SubmissionRuleWords, Fills("nilai", "seharusnya")]
    """Buku kerja dari versi templat lain."""
