"""Lines of docs/temuan-penelaah.md proven: capaian, targets and counts."""

from __future__ import annotations

from planted import along
from proven.case import Proof, case

CAPAIAN: dict[str, Proof] = {
    "Capaian di atas 100 padahal realisasi di bawah target, atau arah terbalik": Proof(
        (
            "arah-target",
            "arah-target tahun terakhir",
            case({"3.1 Kinerja": {"K8": 104.5}}, ("rumus-ditimpa", "3.1 Kinerja", "K8")),
        ),
        (
            case({"3.1 Kinerja": {"K8": 91.68}}, ("rumus-ditimpa", "3.1 Kinerja", "K8")),
            case(  # the targets dip once on their way up
                {"2.2 IKU": {"J8": "turun"}, "3.1 Kinerja": {"I8": 60.5}, "3.2 Tren": {"G8": 50}},
                ("arah-target", "3.3 Renstra", "G8"),
            ),
        ),
    ),
    "Capaian semua tahun hampir sama": Proof(
        ("pengali-tetap",),
        (
            case(
                {"3.2 Tren": along("K8", 49, 50, 51, 51.9, 52.9), "3.1 Kinerja": {"I8": 58.8}},
                ("pengali-tetap", "3.2 Tren", "C8"),
            ),
        ),
    ),
    "Capaian semua indikator di satu tahun hampir sama": Proof(
        ("capaian-seragam",),
        (
            case(
                {"3.1 Kinerja": {"I8": 57.1, "I9": 58, "I10": 58.9, "I18": 57.2, "I19": 58.1, "I20": 59}},
                ("capaian-seragam", "3.2 Tren", "V18"),
            ),
        ),
    ),
    "Realisasi untuk tahun yang belum tiba": Proof(
        (case({"3.2 Tren": {"T8": 70}}, ("realisasi-masa-depan", "3.2 Tren", "T8"), last_year=2025),),
        (case({"3.2 Tren": {"S8": 0}}, ("realisasi-masa-depan", "3.2 Tren", "S8"), last_year=2025),),
    ),
    "Target yang tidak dapat dicapai bilangan bulat": Proof(
        ("target-mustahil", "target-mustahil IDM"),
        (
            case(  # 16 of 43 is 37,21
                {
                    "IKK": {"J8": "Persentase", "K8": 15, "L8": 43},
                    "3.1 Kinerja": {"H18": 37.2, "I18": None},
                },
            ),
            case(  # kilometres can be parted
                {
                    "IKK": {"J8": "Persentase", "K8": 847.07, "L8": 1484.43},
                    "3.1 Kinerja": {"H18": 60.15, "I18": None},
                },
            ),
            case(
                {
                    "IKK": {"J8": "Persentase", "K8": 15, "L8": 43},
                    "3.1 Kinerja": {"H18": 37.22, "I18": None},
                },
                ("target-mustahil", "3.1 Kinerja", "H18"),
            ),
        ),
    ),
    "Perubahan stok tidak seimbang": Proof(
        (case({"IDM": {"G8": 14}}, ("idm-tetap", "IDM", "H13")), "idm-tetap"),
        (
            case({"IDM": {"G12": 4}}, ("idm-tetap", "IDM", "H13")),
            case({"IDM": {"H8": 3}}, ("rumus-ditimpa", "IDM", "H8")),
        ),
    ),
    "Persentase bertentangan dengan pembilang dan penyebutnya": Proof(
        ("realisasi-beda-hitung", "rasio-lengkap", "penyebut-nol", "realisasi-status-desa"),
        (
            case(
                {"IKK": {"J8": "Persentase", "K8": 16, "L8": 29}, "3.1 Kinerja": {"I18": 55.16}},
                ("realisasi-beda-hitung", "3.1 Kinerja", "I18"),
            ),
            case({"IKK": {"J8": "Persentase", "K8": 16, "L8": 29}, "3.1 Kinerja": {"I18": 55}}),  # of 55,17
            case(  # rounding does not make up what is missing
                {"IKK": {"J8": "Persentase", "K8": 249, "L8": 250}, "3.1 Kinerja": {"I18": 100}},
                ("realisasi-beda-hitung", "3.1 Kinerja", "I18"),
            ),
            case(
                {
                    "IKK": {"D8": "rasio", "J8": "Rasio", "K8": 164, "L8": 3},
                    "3.1 Kinerja": {"I18": 55},
                },
                ("realisasi-beda-hitung", "3.1 Kinerja", "I18"),
            ),
        ),
    ),
}
