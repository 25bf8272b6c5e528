"""What may stand in ``template.toml`` about the words of rules that no table declares."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lkjip_xl.base.findings import Severity
from lkjip_xl.template.declaration import Declaration


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


class SubmissionRulesDeclaration(Declaration):
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
