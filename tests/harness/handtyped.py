"""The tables of the reference report as its authors typed them: figures, slips, merged cells and all.

``←`` and ``↑`` stand where the cell to the left or above goes on. Source: the LKjIP 2023 of DPMD Banyuasin, as printed.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import docx

from lkjip_xl.base.files import Upload

SASARAN = "Sasaran : Bangkit Infrastruktur (Meningkatnya infrastruktur yang baik, merata, berwawasan lingkungan, dan naiknya status desa)"
DESA = "Jumlah Desa Sangat Tertinggal dan Tertinggal Menjadi Desa Berkembang"
SOURCE = "Sumber : Dinas Pemberdayaan Masyarakat dan Desa"

REPORT = f"""
Tabel 1.1
Jumlah Pegawai Dinas Pemberdayaan Masyarakat dan Desa

NO | PEGAWAI | JUMLAH
1 | PNS | 25
2 | THL | 63
 | Jumlah | 88

{SOURCE}

Tabel 1.2
Sumber Daya Manusia Berdasarkan Pendidikan

Instansi | Pendidikan | ← | ← | ← | ← | ← | ← | Jumlah
↑ | SD | SLTP | SLTA | DIPLOMA | S.1 | S.2 | S.3 | ↑
Dinas Pemerdayaan Masyarakat dan Desa | - | - | 1 | - | 10 | 14 | - | 25
Jumlah | - | - | 1 |  | 10 | 14 | - | 25

{SOURCE}

Tabel 1.3
Sumber Daya Manusia Berdasarkan Pangkat/Golongan

GOLONGAN | JUMLAH
Pembina Tk. I / IV.b | 2 Orang
Pembina / IV.a | 4 Orang
Penata TK.I / III.d | 6 Orang
Penata Muda TK.I / III.b | 3 Orang
Penata TK.I / III,d | 2 Orang
Penata / III.c | 7 Orang
Pengatur / II.c | 1 Orang
Jumlah | 88 Orang

{SOURCE}

Perjanjian Kinerja Tahun 2023 Dinas Dinas Pemberdayaan Masyarakat dan Desa Kabupaten Banyuasin sebagai berikut;

NO | SASARAN STRATEGIS | INDIKATOR KINERJA | ← | TARGET
1 | 2 | 3 | ← | 4
1 | Meningkatnya Infrastruktur yang Baik, Merata, Berwawasan Lingkungan dan Naiknya Status Desa | 1 | Jumlah Desa Sangat Tertinggal dan Teringgal menjadi desa Berkembang | 243
↑ | ↑ | 2 | Persentase Pengentasan desa tertinggal | 44,44
↑ | ↑ | 3 | Persentase Peningkatan status desa mandiri | 1,76

Sumber : Perjanjian Kinerja Ess. II DPMD tahun 2023

Tabel 3.1
Persentase Perbandingan Target dan Realisasi Indikator Kinerja
Tahun 2023

No | Indiaktor Kinerja | Satuan | Target | Realisasi | Capaian Kinerja (%)
{SASARAN} | ← | ← | ← | ← | ←
1. | Jumlah Desa Sangat Tertinggal dan Tertinggal Menjadi Berkembang | Nilai | 243 | 200 | 82,30

No | Indiaktor Kinerja | Satuan | Target | Realisasi
1. | Rata-rata Jumlah Kelompok Binaan Lembaga Pemberdayaan Masyarakat(LPM) | Nilai | 0,79 | 0,79
2. | Rata-rata Jumlah Kelompok binaan PKK | Nilai | 1,94 | 1,94
3. | Persentase LPM Berprestasi | % | 78,36 | 78,36
4. | Persentase PKK Aktif | % | 80,6 | 80,6
5. | Persentase Posyandu Aktif | % | 98,69 | 98,69
6. | Persentase Pengentasan desa tertinggal | % | 44,44 | 81,48
7. | Persentase Peningkatan status desa mandiri | % | 1,76 | 1,43

2. Perbandingan antara Realisasi Kinerja serta Capaian Kinerja Tahun 2023 dengan Tahun 2018 sampai dengan Tahun 2023

Tabel 3.2
Perbandingan Capaian Indikator Kinerja Tahun 2023 dengan Capaian Indikator Kinerja Tahun 2018 dan Tahun 2023

INDIKATOR | SATUAN | TARGET | ← | ← | ← | ← | ← | REALISASI | ← | ← | ← | ← | ← | CAPAIAN (%) | ← | ← | ← | ← | ←
↑ | ↑ | 2018 | 2019 | 2020 | 2021 | 2022 | 2023 | 2018 | 2019 | 2020 | 2021 | 2022 | 2023 | 2018 | 2019 | 2020 | 2021 | 2022 | 2023
1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 | 18 | 19 | 20
{SASARAN} | ← | ← | ← | ← | ← | ← | ← | ← | ← | ← | ← | ← | ← | ← | ← | ← | ← | ← | ←
{DESA} | Nilai | 103 | 131 | 159 | 187 | 215 | 243 | 103 | 183 | 204 | 205 | 209 | 200 | 100,00 | 139,69 | 128,30 | 109,63 | 97,21 | 82,30

Sumber : Laporan Indeks Desa Membangun Tahun 2023

No | ASPEK/FOKUS/BIDANG URUSAN /INDIKATOR KINERJA DAERAH | Satuan | Target Capaian Kinerja Tahun | ← | ← | ← | ← | Realisasi | ← | ← | ← | ←
↑ | ↑ | ↑ | 2019 | 2020 | 2021 | 2022 | 2023 | 2019 | 2020 | 2021 | 2022 | 2023
1 | Rata-rata Jumlah Kelompok Binaan Lembaga Pemberdayaan Masyarakat(LPM) | Nilai | 0,70 | 0,73 | 0,75 | 0,77 | 0,79 | 59,01 | 70,06 | 0,72 | 0,74 | 0,79
2 | Rata-rata Jumlah Kelompok binaan PKK | Nilai | 1,60 | 1,68 | 1,76 | 1,85 | 1,94 | 0,5 | 0,6 | 1,68 | 1,75 | 1,94
3 | Persentase LPM Berprestasi | % | 59,21 | 72,70 | 74,60 | 76,39 | 78,36 | 59,01 | 67,8 | 71,61 | 74,08 | 78,36
4 | Persentase PKK Aktif | % | 66,82 | 70,00 | 73,21 | 76,7 | 80,6 | 67,48 | 72,98 | 70,28 | 72,86 | 80,6
5 | Persentase Posyandu Aktif | % | 51,70 | 77,10 | 98,65 | 98,67 | 98,69 | 50,09 | 58,89 | 94,7 | 94,72 | 98,69
6 | Persentase Pengentasan desa tertinggal | % | 46,70 | 46,15 | 19,60 | 51,16 | 44,44 | 45,50 | 43,95 | 15,68 | 37,20 | 81,48
7 | Persentase Peningkatan status desa mandiri | % | - | 0,54 | 0,98 | 1,46 | 1,76 | - | - | 0,49 | 0,97 | 1,43

3. Perbandingan Realisasi Kinerja sampai dengan Tahun 2023 dengan Target Jangka Menengah dalam Dokumen Renstra

Tabel 3.3
Perbandingan Realisasi Kinerja sampai dengan Tahun 2023 dengan Target Jangka Menengah dalam Dokumen Renstra

No | Indikator | Satuan | Realisasi Tahun 2023 | Target s/d Tahun 2023 | Capaian %
1 | 2 | 3 | 4 | 5 | 6
{SASARAN} | ← | ← | ← | ← | ←
1 | {DESA} | Nilai | 200 | 243 | 82,30

No | ASPEK/FOKUS/BIDANG URUSAN /INDIKATOR KINERJA DAERAH | Satuan | Realisasi Tahun T2023 | Target s/d Tahun 2023
1 | 2 | 3 | 4 | 5
1 | Rata-rata Jumlah Kelompok Binaan Lembaga Pemberdayaan Masyarakat(LPM) | Nilai | 0,79 | 0,79
2 | Rata-rata Jumlah Kelompok binaan PKK | Nilai | 1,94 | 1,94
3 | Persentase LPM Berprestasi | % | 78,36 | 78,36
4 | Persentase PKK Aktif | % | 80,6 | 80,6
5 | Persentase Posyandu Aktif | % | 98,69 | 98,69
6 | Persentase Pengentasan desa tertinggal | % | 81,48 | 44,44
7 | Persentase Peningkatan status desa mandiri | % | 1,43 | 1,76

Berkaitan dengan penurunan capaian desa berkembang pada 2023 dikarenakan ada desa yang status desa nya menjadi desa maju dan desa mandiri.

No | STATUS IDM DESA | Tahun 2022 | Perkembangan Dari Tahun 2021 | Tahun 2023 | Perkembangan Dari Tahun 2022
1 | MANDIRI | 3 | 2 | 6 | 3
2 | MAJU | 49 | 10 | 77 | 28
3 | BERKEMBANG | 209 | 4 | 200 | -9
4 | TERTINGGAL | 27 | -16 | 5 | -22
5 | SANGAT TERTINGGAL | 0 | 0 | 0 | 0
JUMLAH DESA | ← | 288 |  | 288 |

B. Akuntabilitas Keuangan
Jumlah Rencana Belanja Langsung Dinas Pemberdayaan Masyarakat dan Desa yang tercantum dalam Anggaran Perubahan Tahun 2023 dan menjadi dasar penyusunan perhitungan anggaran ini adalah sebesar Rp. 10.716.928.854,00 dengan realisasi sebesar Rp. 10.361.934.024,00 untuk lebih jelasnya dapat dilihat pada tabel berikut ini:

No | Sasaran | Indikator Kinerja | Target | Realisasi | Capaian (%) | Program | Anggaran | Realisasi | Capaian (9/8) | Ket
↑ | ↑ | ↑ | ↑ | ↑ | ↑ | ↑ | (Rp) | (Rp) | ↑ | ↑
1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11
1 | {SASARAN.replace(" :", "")} | {DESA} | 243 | 200 | 82,30% | Program Penataan Desa | 520.264.300,00 | 511.635.416,00 | 98,34 | Efisien
 |  |  |  |  |  | Program Peningkatan Kerjasama Desa | 135.196.100,00 | 135.196.100,00 | 100,00 | Efisien
 |  |  |  |  |  | Program Administrasi Pemerintahan Desa | 3.053.834.055,00 | 3.019.977.865,00 | 98,89 | Efisien
 |  |  |  |  |  | Program Pemberdayaan Lembaga Kemasyarakatan, Lembaga Adat Dan Masyarakat Hukum Adat | 1.195.572.226,00 | 1.195.550.551,00 | 100,00 | Efisien
 |  | Hasil Evaluasi Akuntabilitas Kinerja Instansi Pemerintah (AKIP) Perangkat Daerah | BB | BB |  | Program Penunjang Urusan pemerintahan Daerah Kabupaten/Kota | 5.812.062.173,00 | 5.499.574.092,00 |  | Efisien
 |  | Capaian Indikator Sasaran |  | 82,30% |  | Total Realisasi Keuangan Sasaran | 10.716.928.854,00 | 10.361.934.024,00 | 96,69 |

Rata-rata capaian kinerja untuk semua sasaran strategis sebesar 82,30%.
"""


def typed(text: str = REPORT) -> Upload:
    """Return a document of paragraphs and tables as they are written in a text."""
    made = docx.Document()
    for block in text.strip().split("\n\n"):
        lines = block.split("\n")
        if " | " in lines[0]:
            add_table(made, [[cell.strip() for cell in f"{line} ".split(" | ")] for line in lines])
        else:
            for line in lines:
                made.add_paragraph(line)
    return saved(made)


def saved(made: docx.document.Document) -> Upload:
    """Return a document as a file."""
    kept = io.BytesIO()
    made.save(kept)
    return Upload(Path("laporan.docx"), kept.getvalue())


def add_table(made: docx.document.Document, rows: Sequence[Sequence[str]]) -> None:
    """Add a table; ``←`` and ``↑`` are merged into the cell to the left or above."""
    table = made.add_table(len(rows), len(rows[0]))
    cells = [[*row.cells] for row in table.rows]
    for n, row in enumerate(rows):
        for place, text in enumerate(row):
            if text not in ("←", "↑"):
                right = next((e for e in range(place + 1, len(row)) if row[e] != "←"), len(row)) - 1
                below = next((e for e in range(n + 1, len(rows)) if rows[e][place] != "↑"), len(rows)) - 1
                origin = cells[n][place]
                if (below, right) != (n, place):
                    origin = origin.merge(cells[below][right])
                origin.text = text
