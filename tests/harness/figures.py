"""Every computed figure that the reference report publishes: its place there, and where ours stands.

Where the report itself is wrong, the row names the fault and the right value stands in ``computed``: nothing is bent.
"""

from __future__ import annotations

from dataclasses import dataclass

IKU = ("iku", 1)
TRUNCATED = "terpotong, tidak dibulatkan"


@dataclass(frozen=True)
class Figure:
    """A published figure: its place in the report, where ours stands, and the fault where they differ."""

    place: str
    table: str
    row: tuple[str, int] | None  # None: the total row
    column: str
    published: float | str | None
    computed: float | str | None = "as published"
    year: int | None = None
    fault: str = ""

    @property
    def expected(self) -> float | str | None:
        return self.published if self.computed == "as published" else self.computed


def _form(place: str, table: str, column: str, published: float | str) -> Figure:
    return Figure(place, table, (table, 1), column, published)


FIGURES = [
    # Bab I: pegawai
    Figure("Tabel 1.1, jumlah", "pegawai", None, "jumlah", 88),
    Figure("Tabel 1.2, SLTA", "pendidikan", None, "slta", 1),
    Figure("Tabel 1.2, S.1", "pendidikan", None, "s1", 10),
    Figure("Tabel 1.2, S.2", "pendidikan", None, "s2", 14),
    Figure("Tabel 1.2, jumlah instansi", "pendidikan", ("pendidikan", 1), "jumlah", 25),
    Figure("Tabel 1.2, jumlah", "pendidikan", None, "jumlah", 25),
    Figure(
        "Tabel 1.3, jumlah",
        "golongan",
        None,
        "jumlah",
        88,
        25,
        fault="bukan jumlah barisnya; 88 disalin dari Tabel 1.1",
    ),
    # Tabel 3.1
    Figure("Tabel 3.1, IKU, capaian", "kinerja", IKU, "capaian", 82.30),
    Figure("Bab III huruf B, rata-rata capaian sasaran", "kinerja", IKU, "rata_sasaran", 82.30),
    Figure("Tabel 3.1, rata-rata capaian sasaran", "kinerja", None, "capaian", 82.30),
    Figure("Bab III, skala: 82,30", "kinerja", IKU, "predikat", "Berhasil"),
    # Tabel 3.2
    *(
        Figure(f"Tabel 3.2, IKU, capaian {year}", "tren", IKU, "capaian", published, year=year)
        for year, published in zip(
            range(2018, 2024), (100.00, 139.69, 128.30, 109.63, 97.21, 82.30), strict=True
        )
    ),
    Figure("Bab III.5, capaian 2022 dalam teks", "tren", IKU, "capaian", 97.20, 97.21, 2022, fault=TRUNCATED),
    Figure("Bab III.5, 209 menjadi 200 desa", "tren", IKU, "perubahan", -9, year=2023),
    # Tabel 3.3
    Figure("Tabel 3.3, IKU, capaian", "renstra", IKU, "capaian", 82.30),
    # Indeks Desa Membangun
    *(
        Figure(f"IDM, {status}, perkembangan {year}", "idm", ("idm", row), "perkembangan", change, year=year)
        for row, (status, *changes) in enumerate(
            [
                ("Mandiri", 2, 3),
                ("Maju", 10, 28),
                ("Berkembang", 4, -9),
                ("Tertinggal", -16, -22),
                ("Sangat Tertinggal", 0, 0),
            ],
            start=1,
        )
        for year, change in zip((2022, 2023), changes, strict=True)
    ),
    Figure("IDM, jumlah desa 2022", "idm", None, "jumlah", 288, year=2022),
    Figure("IDM, jumlah desa 2023", "idm", None, "jumlah", 288, year=2023),
    # IKK 6 and 7 from the counts
    Figure("IKK 6 tahun 2023", "idm_ikk", ("idm_ikk", 1), "hasil", 81.48, year=2023),
    Figure("IKK 6 tahun 2022", "idm_ikk", ("idm_ikk", 1), "hasil", 37.20, 37.21, 2022, fault=TRUNCATED),
    Figure("IKK 7 tahun 2023", "idm_ikk", ("idm_ikk", 2), "hasil", 1.43, 1.44, 2023, fault=TRUNCATED),
    Figure("IKK 7 tahun 2022", "idm_ikk", ("idm_ikk", 2), "hasil", 0.97, 0.98, 2022, fault=TRUNCATED),
    Figure("Tabel 3.1, IKK 6, realisasi", "kinerja", ("ikk", 6), "realisasi", 81.48),
    Figure("Tabel 3.1, IKK 7, realisasi", "kinerja", ("ikk", 7), "realisasi", 1.43, 1.44, fault=TRUNCATED),
    # Efisiensi
    Figure("Bab III.6, serapan sub kegiatan", "efisiensi", ("efisiensi", 1), "serapan", 100.00),
    Figure(
        "Bab III.6, 'efisien 100 %'",
        "efisiensi",
        ("efisiensi", 1),
        "efisiensi",
        100.00,
        -17.70,
        fault="serapan dilaporkan sebagai efisiensi",
    ),
    # Tabel 3.4
    Figure("Tabel 3.4, Penataan Desa, capaian", "keuangan", ("keuangan", 1), "capaian", 98.34),
    Figure("Tabel 3.4, Kerjasama Desa, capaian", "keuangan", ("keuangan", 2), "capaian", 100.00),
    Figure("Tabel 3.4, Administrasi, capaian", "keuangan", ("keuangan", 3), "capaian", 98.89),
    Figure("Tabel 3.4, Lembaga Kemasyarakatan, capaian", "keuangan", ("keuangan", 4), "capaian", 100.00),
    Figure(
        "Tabel 3.4, Penunjang, capaian",
        "keuangan",
        ("keuangan", 5),
        "capaian",
        None,
        94.62,
        fault="kosong walau dapat dihitung",
    ),
    *(
        Figure(f"Tabel 3.4, program {row}, ket", "keuangan", ("keuangan", row), "ket", "Efisien")
        for row in range(1, 6)
    ),
    Figure("Tabel 3.4, baris 1, target", "keuangan", ("keuangan", 1), "target", 243),
    Figure("Tabel 3.4, baris 1, realisasi", "keuangan", ("keuangan", 1), "realisasi_kinerja", 200),
    Figure("Tabel 3.4, baris 1, capaian kinerja", "keuangan", ("keuangan", 1), "capaian_kinerja", 82.30),
    Figure("Tabel 3.4, AKIP, target", "keuangan", ("keuangan", 5), "target_predikat", "BB"),
    Figure("Tabel 3.4, AKIP, realisasi", "keuangan", ("keuangan", 5), "realisasi_predikat", "BB"),
    Figure("Tabel 3.4, capaian indikator sasaran", "keuangan", None, "capaian_kinerja", 82.30),
    Figure("Tabel 3.4, total anggaran", "keuangan", None, "anggaran", 10_716_928_854),
    Figure("Tabel 3.4, total realisasi", "keuangan", None, "realisasi", 10_361_934_024),
    Figure("Tabel 3.4, total capaian", "keuangan", None, "capaian", 96.69),
    # AKIP
    _form("Bab III huruf C, 71,5", "akip", "predikat", "BB"),
    # Ikhtisar and Kesimpulan
    _form("Ikhtisar, program", "ikhtisar", "program", 5),
    _form("Ikhtisar, kegiatan", "ikhtisar", "kegiatan", 10),
    _form("Ikhtisar, sub kegiatan", "ikhtisar", "sub_kegiatan", 46),
    _form("Ikhtisar, anggaran", "ikhtisar", "anggaran", 10_716_928_854),
    _form("Ikhtisar, realisasi", "ikhtisar", "realisasi", 10_361_934_024),
    _form("Ikhtisar, persentase", "ikhtisar", "persentase", 96.69),
    _form("Kesimpulan, sisa anggaran", "ikhtisar", "sisa", 354_994_830),
    _form("Kesimpulan, sisa anggaran dalam persen", "ikhtisar", "sisa_persen", 3.31),
    _form("Kesimpulan, jumlah sasaran", "ikhtisar", "sasaran", 1),
    _form("Bab III huruf B, rata-rata capaian", "ikhtisar", "rata_capaian", 82.30),
    _form("Bab III, skala: rata-rata 82,30", "ikhtisar", "predikat", "Berhasil"),
]
