"""Lines of docs/temuan-penelaah.md proven: what tables say of each other."""

from __future__ import annotations

from planted.typed import graded
from proven.case import Proof, case

AKIP = "Hasil Evaluasi Akuntabilitas Kinerja Instansi Pemerintah (AKIP) Perangkat Daerah"

AGREEMENT: dict[str, Proof] = {
    "Jumlah bukan jumlah barisnya": Proof(
        (
            "anggaran-rincian",
            "realisasi-rincian",
            case({"1.3 Golongan": {"C25": 88}}, ("rumus-ditimpa", "1.3 Golongan", "C25")),
        ),
        (
            case({"3.4 Keuangan": {"F8": 6000000006}}, ("anggaran-rincian", "3.4 Keuangan", "F8")),
            case({"3.4 Keuangan": {"G9": 5700000001}}, ("realisasi-rincian", "3.4 Keuangan", "G9")),
            case({"1.3 Golongan": {"C25": 26}}, ("rumus-ditimpa", "1.3 Golongan", "C25")),
        ),
    ),
    "Pangkat yang sama tercantum dua kali": Proof(
        (case({"1.3 Golongan": {"B9": "Penata / III.c"}}, ("unik", "1.3 Golongan", "B9")),),
        (case({"1.3 Golongan": {"B9": "PENATA / iii.C"}}, ("unik", "1.3 Golongan", "B9")),),
    ),
    "Jumlah PNS berbeda antartabel pegawai": Proof(
        ("pendidikan-pns", "golongan-pns"),
        (
            case({"1.2 Pendidikan": {"H8": 15}}, ("pendidikan-pns", "1.2 Pendidikan", "J11")),
            case({"1.3 Golongan": {"C9": 14}}, ("golongan-pns", "1.3 Golongan", "C25")),
        ),
    ),
    "Indikator Perjanjian Kinerja tidak pernah diukur, atau diukur tanpa disepakati": Proof(
        ("acuan", "iku-tanpa-pk"),
        (
            case(
                {"2.1 Perjanjian Kinerja": {"C11": "Sasaran 1", "D11": "Indikator  utama 1", "E11": 60}},
                ("acuan", "2.1 Perjanjian Kinerja", "D11"),
            ),
            case(
                {"2.1 Perjanjian Kinerja": {"C8": None, "D8": None, "E8": None}},
                ("iku-tanpa-pk", "2.2 IKU", "D8"),
            ),
        ),
    ),
    "IKU, PK, dan Tabel 3.1 berbeda tulisan atau cakupan": Proof(
        ("acuan", "pk-sasaran", "pk-target", "pk-target-predikat", "pk-ikk"),
        (
            case(
                {"2.1 Perjanjian Kinerja": {"C8": "Sasaran-1"}},
                ("pk-sasaran", "2.1 Perjanjian Kinerja", "C8"),
            ),
            case({"2.1 Perjanjian Kinerja": {"E8": 60.01}}, ("pk-target", "2.1 Perjanjian Kinerja", "E8")),
            case(
                graded("tingkat", "Tinggi", "Tinggi", changed={"2.1 Perjanjian Kinerja": {"E8": "Sedang"}}),
                ("pk-target-predikat", "2.1 Perjanjian Kinerja", "E8"),
            ),
            case(
                {"2.1 Perjanjian Kinerja": {"C11": "Sasaran 1", "D11": "indikator KUNCI 3", "E11": 62}},
                ("pk-ikk", "2.1 Perjanjian Kinerja", "D11"),
            ),
        ),
    ),
    "Indikator tanpa sasaran": Proof(
        ("iku-tanpa-sasaran", "pk-tanpa-sasaran"),
        (
            case(
                {"2.2 IKU": {"C8": " ", "C9": None}},
                ("iku-tanpa-sasaran", "2.2 IKU", "C8"),
                ("iku-tanpa-sasaran", "2.2 IKU", "C9"),
            ),
            case({"2.2 IKU": {"C9": None, "C10": " "}, "2.1 Perjanjian Kinerja": {"C9": " ", "C10": None}}),
        ),
    ),
    "Indikator Tabel 3.4 atau AKIP tidak ada di tabel lain": Proof(
        (
            "akip-tanpa-pk",
            case({"3.4 Keuangan": {"I12": "Indikator lama"}}, ("acuan", "3.4 Keuangan", "I12")),
        ),
        (
            case({"3.4 Keuangan": {"I12": AKIP.lower()}}, ("akip-tanpa-pk", "AKIP", "C6")),
            case({"3.4 Keuangan": {"I12": "Indikator utama 1."}}, ("acuan", "3.4 Keuangan", "I12")),
        ),
    ),
    'Satuan berbeda, atau "Nilai" untuk persentase atau jumlah': Proof(
        ("iku-satuan", "iku-satuan jumlah", "ikk-satuan", "ikk-satuan jumlah"),
        (
            case({"IKK": {"C8": "persentase B", "D8": "persen"}}, ("ikk-satuan", "IKK", "D8")),
            case({"IKK": {"C8": "JUMLAH B", "D8": "nilai"}}, ("ikk-satuan", "IKK", "D8")),
        ),
    ),
}
