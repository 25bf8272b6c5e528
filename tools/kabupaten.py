"""The sample regency: OPDs of different kinds with plausible, invented figures, and the faults that a coordinator meets."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lkjip_xl.form.json_data import INAPPLICABLE, from_document
from lkjip_xl.form.json_shape import FORMAT
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render

YEAR = 2023
DAY = datetime.date(2024, 3, 1)
"""On which samples are compiled, so that the same content gives the same bytes."""
REGENCY = "Kabupaten Contoh"


@dataclass(frozen=True)
class Agency:
    """An invented OPD: code, name, its goal, indicators (name, unit, target, realisasi, direction) and programs."""

    code: str
    name: str
    goal: str
    indicators: tuple[tuple[str, str, float, float, str], ...]
    programs: tuple[tuple[str, float, float], ...]
    staff: int


AGENCIES = (
    Agency("1.01", "Dinas Pendidikan dan Kebudayaan", "Meningkatnya mutu dan pemerataan pendidikan",
        (("Angka Harapan Lama Sekolah", "tahun", 12.9, 12.84, "naik"), ("Rata-rata Lama Sekolah", "tahun", 7.8, 7.91, "naik"), ("Persentase guru bersertifikat", "%", 68, 64.5, "naik")),
        (("Program Pengelolaan Pendidikan", 412_350_118_000, 398_117_904_250), ("Program Pendidik dan Tenaga Kependidikan", 12_404_600_000, 11_980_312_400)), 214),
    Agency("1.02", "Dinas Kesehatan", "Meningkatnya derajat kesehatan masyarakat",
        (("Angka kematian ibu per 100.000 kelahiran hidup", "orang", 95, 104, "turun"), ("Prevalensi stunting", "%", 14, 12.4, "turun"), ("Cakupan imunisasi dasar lengkap", "%", 95, 93.1, "naik")),
        (("Program Pemenuhan Upaya Kesehatan", 96_220_400_000, 91_004_112_000), ("Program Sediaan Farmasi dan Alat Kesehatan", 4_120_000_000, 4_010_662_000)), 188),
    Agency("1.03", "Dinas Pekerjaan Umum dan Penataan Ruang", "Meningkatnya kualitas infrastruktur",
        (("Persentase jalan kabupaten kondisi mantap", "%", 71.5, 66.2, "naik"), ("Persentase daerah irigasi kondisi baik", "%", 62, 60.3, "naik")),
        (("Program Penyelenggaraan Jalan", 154_002_778_000, 149_811_045_900), ("Program Pengelolaan Sumber Daya Air", 21_400_000_000, 18_730_120_000)), 121),
    Agency("1.06", "Dinas Sosial", "Menurunnya jumlah penyandang masalah kesejahteraan sosial",
        (("Persentase PPKS yang tertangani", "%", 55, 57.8, "naik"),),
        (("Program Rehabilitasi Sosial", 6_810_000_000, 6_402_550_000), ("Program Perlindungan dan Jaminan Sosial", 3_115_000_000, 3_098_400_000)), 47),
    Agency("2.12", "Dinas Kependudukan dan Pencatatan Sipil", "Meningkatnya tertib administrasi kependudukan",
        (("Persentase perekaman KTP elektronik", "%", 99.2, 99.4, "naik"), ("Persentase anak memiliki akta kelahiran", "%", 97, 98.1, "naik")),
        (("Program Pendaftaran Penduduk", 2_950_000_000, 2_874_100_000), ("Program Pencatatan Sipil", 1_240_000_000, 1_198_750_000)), 52),
    Agency("2.23", "Dinas Perpustakaan dan Kearsipan", "Meningkatnya budaya literasi",
        (("Tingkat kegemaran membaca", "nilai", 66, 63.7, "naik"), ("Persentase OPD tertib arsip", "%", 80, 72.2, "naik")),
        (("Program Pembinaan Perpustakaan", 1_870_000_000, 1_611_300_000), ("Program Pengelolaan Arsip", 920_000_000, 880_140_000)), 33),
    Agency("3.26", "Dinas Pariwisata", "Meningkatnya kunjungan wisata",
        (("Jumlah kunjungan wisatawan", "orang", 185_000, 192_344, "naik"),),
        (("Program Peningkatan Daya Tarik Destinasi", 5_480_000_000, 5_211_900_000),), 41),
    Agency("5.01", "Badan Perencanaan Pembangunan Daerah", "Meningkatnya kualitas perencanaan pembangunan",
        (("Persentase keselarasan RKPD dengan RPJMD", "%", 95, 95, "naik"), ("Indeks perencanaan pembangunan", "nilai", 82, 79.6, "naik")),
        (("Program Perencanaan dan Evaluasi Pembangunan", 4_330_000_000, 4_201_770_000), ("Program Koordinasi Perencanaan", 2_190_000_000, 2_040_905_000)), 64),
    Agency("6.01", "Inspektorat Daerah", "Meningkatnya akuntabilitas kinerja dan keuangan",
        (("Persentase tindak lanjut rekomendasi BPK", "%", 85, 83.4, "naik"), ("Level kapabilitas APIP", "level", 3, 2.9, "naik")),
        (("Program Penyelenggaraan Pengawasan", 5_020_000_000, 4_866_010_000),), 58),
    Agency("7.01", "Kecamatan Sungai Contoh", "Meningkatnya kualitas pelayanan publik kecamatan",
        (("Indeks kepuasan masyarakat", "nilai", 86, 88.2, "naik"),),
        (("Program Penyelenggaraan Pemerintahan dan Pelayanan Publik", 1_480_000_000, 1_452_330_000),), 24),
)  # fmt: skip
MISSING = (("1.05", "Satuan Polisi Pamong Praja"),)


def document(agency: Agency, year: int = YEAR) -> dict[str, Any]:
    """Return an agency's report as data, without any fault."""
    before = range(year - 2, year)
    falls = {"naik": -1, "turun": 1}

    def trend(target: float, actual: float, way: str, number: int) -> dict[str, Any]:
        steps = {y: falls[way] * (year - y) * 0.03 for y in before}
        return {
            "target": {str(y): round(target * (1 + step), 2) for y, step in steps.items()},
            "realisasi": {
                str(y): round(actual * (1 + step * (1.3 + 0.17 * number + 0.4 * (year - y))), 2)
                for y, step in steps.items()
            },
        }

    civil = agency.staff * 4 // 5
    s1, s2 = civil * 3 // 5, civil // 5
    budget: list[dict[str, Any]] = []
    for n, (program, ceiling, spent) in enumerate(agency.programs):
        indicator = agency.indicators[n % len(agency.indicators)][0]
        budget.append({"indikator": indicator, "tingkat": "Program", "program": program})
        for part, share in (("Perencanaan dan pembinaan", 0.25), ("Pelaksanaan", 0.75)):
            budget.append(
                {"tingkat": "Kegiatan", "program": f"{part} {program.removeprefix('Program ').lower()}"}
            )
            budget.append({
                "tingkat": "Sub Kegiatan",
                "program": f"{part} tahun {year}",
                "anggaran_isian": round(ceiling * share),
                "realisasi_isian": round(spent * share),
            })  # fmt: skip
    iku = agency.indicators
    absent = {
        "ikk": "Tidak ada IKK di Renstra",
        "analisis": "Ditulis di naskah laporan",
        "efisiensi": "Anggaran tidak dirinci per indikator",
        "pendukung": "Sama dengan program di Tabel 3.4",
    }
    low = [name for name, _, target, actual, way in iku if way == "naik" and actual / target < 0.7]
    return {
        "format": FORMAT,
        "tahun": year,
        "periode": [year - 2, year],
        "tabel": {
            "identitas": {
                "kode": agency.code,
                "nama": agency.name,
                "kabupaten": REGENCY,
                "provinsi": "Provinsi Contoh",
            },
            "pegawai": [
                {"pegawai": "PNS", "jumlah": civil},
                {"pegawai": "THL", "jumlah": agency.staff - civil},
            ],
            "pendidikan": [{"instansi": agency.name, "slta": civil - s1 - s2, "s1": s1, "s2": s2}],
            "golongan": [
                {"golongan": "Pembina / IV.a", "jumlah": s2},
                {"golongan": "Penata / III.c", "jumlah": s1},
                {"golongan": "Pengatur / II.c", "jumlah": civil - s1 - s2},
            ],
            "pk": [
                {"sasaran": agency.goal, "indikator": name, "target": target} for name, _, target, _, _ in iku
            ],
            "iku": [
                {
                    "sasaran": agency.goal,
                    "indikator": name,
                    "satuan": unit,
                    "arah": way,
                    "penanggung_jawab": "Sekretariat",
                }
                for name, unit, _, _, way in iku
            ],
            "kinerja": {
                "iku": [{"target": target, "realisasi_isian": actual} for _, _, target, actual, _ in iku]
            },
            "tren": {
                "iku": [trend(target, actual, way, n) for n, (_, _, target, actual, way) in enumerate(iku)]
            },
            "renstra": {"iku": [{"target": target} for _, _, target, _, _ in iku]},
            "standar": {"iku": [{"alasan": "Belum ada standar nasional"}] * len(iku)},
            "analisis": [
                {"indikator": name, "penyebab": "Sasaran belum tercapai sepenuhnya"} for name in low
            ],
            "keuangan": budget,
            "akip": {"target": "BB", "nilai": 70.4 + len(iku), "predikat_isian": "BB"},
            "tindak_lanjut": [{"rekomendasi": "Perjelas ukuran keberhasilan", "tindak_lanjut": "Selesai"}],
        },
        INAPPLICABLE: {key: reason for key, reason in absent.items() if key != "analisis" or not low},
    }


def write_kabupaten(folder: Path, template: Template, dpmd: bytes) -> None:
    """Write registry and workbooks of the sample regency; ``dpmd`` is the corrected sample."""
    folder.mkdir(exist_ok=True)
    rows = [(a.code, a.name, "") for a in AGENCIES] + [(code, name, "") for code, name in MISSING]
    rows.append(("DPMD", "Dinas Pemberdayaan Masyarakat dan Desa", "idm"))
    lines = [f"{code};{name};{modules}" for code, name, modules in sorted(rows)]
    text = "kode;nama;modul\n" + "\n".join(lines) + "\n"
    (folder / "opd.csv").write_text(text, encoding="utf-8", newline="\n")
    for agency in AGENCIES:
        year = YEAR - 1 if agency.code == "3.26" else YEAR  # this one sent last year's again
        data = document(agency, year)
        if agency.code == "2.12":
            del data[INAPPLICABLE]["pendukung"]  # a table that nobody came to
        if agency.code == "1.03":
            data["tabel"]["golongan"][0]["jumlah"] += 3  # a galat
        content = render(template, from_document(data, template))
        if agency.code == "2.23":
            content = overwritten(content, "3.1 Kinerja", "K9", 104.5)
        name = f"{agency.code}-{agency.name.lower().replace(' ', '-')}"
        (folder / f"{name}.xlsx").write_bytes(content)
        if agency.code == "1.02":  # an earlier, faulty try of the same OPD
            data["tabel"]["kinerja"]["iku"][1]["realisasi_isian"] = 1240
            data["tabel"]["pegawai"][0]["jumlah"] += 1
            (folder / f"{name}-lama.xlsx").write_bytes(render(template, from_document(data, template)))
        if agency.code == "1.06":  # the same file twice
            (folder / f"{name} (1).xlsx").write_bytes(content)
    (folder / "DPMD-dinas-pemberdayaan-masyarakat-dan-desa.xlsx").write_bytes(dpmd)


def overwritten(content: bytes, sheet: str, cell: str, value: float) -> bytes:
    """Return a workbook in which somebody typed a figure over a formula that is kept in a cell above."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {each: archive.read(each) for each in archive.infolist()}
    names = re.findall(
        r'<sheet name="([^"]*)"',
        next(b for i, b in parts.items() if i.filename == "xl/workbook.xml").decode(),
    )
    part = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
    formula = re.compile(rf'(<c r="{cell}"[^>]*>)<f t="shared" si="[0-9]+"/><v>[^<]*</v>'.encode())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, body in parts.items():
            changed = (
                formula.sub(rb"\g<1><v>%s</v>" % str(value).encode(), body) if info.filename == part else body
            )
            archive.writestr(info, changed)
    return buffer.getvalue()
