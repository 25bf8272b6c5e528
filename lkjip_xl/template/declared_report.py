"""What may stand in ``laporan.toml``: the report in Word, part by part, in the order in which it is printed."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from lkjip_xl.template.declaration import Declaration, Key

REPORT = "laporan.toml"  # the file of the report

Style = Literal["isi", "nomor", "rumus", "sampul", "sampul_besar", "tanda_tangan", "nama"]


class BasePart(Declaration):
    """What every part of the report may say; each is one thing only."""

    place: ClassVar[str] = "parts"  # where messages say that it stands

    heading: str = ""
    """Judul; ``level`` 1 untuk bab, 2 sampai 4 di dalamnya. Baris baru dalam judul bab: nomor bab dan namanya."""
    level: Annotated[int, Field(ge=1, le=4)] = 1
    """Tingkat judul."""
    text: tuple[str, ...] = ()
    """Alinea yang sama bagi semua OPD. Ditulis satu kali: orang boleh mengubahnya, dan ``--update`` membiarkannya."""
    sentences: tuple[str, ...] = ()
    """Alinea dari angka dan isian buku kerja; diperbarui dengan ``--update``. Yang angkanya kosong tidak ditulis."""
    key: Key | None = None
    """Nama bagian dari ``sentences``, tidak berubah dari tahun ke tahun: mengenali bagiannya saat diperbarui."""
    style: Style = "isi"
    """Gaya alinea; ``nomor``: bernomor 1, 2, 3. Baris yang diawali ``• `` menjadi butir."""
    table: Key | None = None
    """Tabel atau formulir yang dicetak."""
    number: str | None = None
    """Nomor lain untuk tabel itu, misalnya kosong di lampiran."""
    charts: Key | None = None
    """Tabel yang grafiknya dicetak."""
    write: str = ""
    """Yang harus ditulis orang di tempat ini: ``[Tulis di sini: …]``. Pada ``sentences``: bila tidak ada yang dapat ditulis."""
    figure: str = ""
    """Judul gambar yang harus ditempelkan orang di tempat ini."""
    picture: str = ""
    """Gambar tanpa judul yang harus ditempelkan orang di tempat ini."""

    @model_validator(mode="after")
    def _one_thing(self) -> BasePart:
        told = [name for name in self._things() if getattr(self, name)]
        if len(told) != 1:
            raise ValueError(f"harus tepat satu dari {', '.join(self._things())}")
        if self.sentences and self.key is None:
            raise ValueError("sentences memerlukan key")
        return self

    def _things(self) -> tuple[str, ...]:
        write = () if self.sentences else ("write",)
        return ("heading", "text", "sentences", "table", "charts", "figure", "picture", *write)


class RowPart(BasePart):
    """Satu bagian yang ditulis untuk tiap baris; kalimatnya juga mengenal ``baris`` dan ``sebaris.tabel`` (baris yang sama di tabel itu)."""

    first_of: Key | None = None
    """Hanya pada baris pertama dari tiap isi kolom ini, misalnya judul tiap sasaran."""


class ReportPart(BasePart):
    """Satu bagian laporan."""

    contents: Literal["judul", "tabel", "gambar"] | None = None
    """Daftar isi, daftar tabel, atau daftar gambar."""
    section: Literal["sampul", "depan", "isi"] | None = None
    """Mulai bagian dengan penomoran halaman sendiri: tanpa nomor, i ii iii, atau 1 2 3."""
    each: Key | None = None
    """Tabel yang tiap barisnya mendapat ``rows``."""
    rows: tuple[RowPart, ...] = ()
    """Bagian-bagian untuk tiap baris ``each``."""

    def _things(self) -> tuple[str, ...]:
        return (*super()._things(), "contents", "section", "each")


class RegencyPart(BasePart):
    """Satu bagian laporan gabungan; kalimatnya mengenal ``wilayah.nama``, ``angka`` (gabungan), ``predikat``, ``tertinggi`` dan ``terendah``, ``jumlah`` (banyaknya OPD), dan ``opd`` (tiap OPD)."""

    place: ClassVar[str] = "regency"

    contents: Literal["judul", "tabel", "gambar"] | None = None
    """Daftar isi, daftar tabel, atau daftar gambar."""
    section: Literal["sampul", "depan", "isi"] | None = None
    """Mulai bagian dengan penomoran halaman sendiri."""
    show: Literal["opd", "peringkat", "daftar", "grafik"] | None = None
    """Tabel tiap OPD, peringkat menurut satu angka, daftar gabungan, atau grafik batang tiap OPD."""
    title: str = ""
    """Judul tabel atau grafik itu; ``{tahun}`` diganti."""
    figures: tuple[Key, ...] = ()
    """Angka ``[[consolidation.figures]]`` yang ditampilkan."""
    sheet: str = ""
    """Lembar ``[[consolidation.lists]]`` yang menjadi daftar."""

    def _things(self) -> tuple[str, ...]:
        kept = (each for each in super()._things() if each not in ("table", "charts"))
        return (*kept, "contents", "section", "show")


class ReportDeclaration(Declaration):
    """Isi ``laporan.toml``: susunan laporan Word."""

    parts: tuple[ReportPart, ...]
    """Bagian-bagian laporan satu OPD, berurutan."""
    regency: tuple[RegencyPart, ...] = ()
    """Bagian-bagian laporan gabungan, yang ditulis ``consolidate --word``."""
