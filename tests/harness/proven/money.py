"""Lines of docs/temuan-penelaah.md proven: budget, what was spent, efficiency."""

from __future__ import annotations

from proven.case import Proof, case, case_of_years
from yearly import SHEET as YEARLY

MONEY: dict[str, Proof] = {
    "Realisasi di atas pagu": Proof(
        ("realisasi-pagu", "efisiensi-pagu"),
        (
            case({"3.4 Keuangan": {"G12": 5000000008}}, ("realisasi-pagu", "3.4 Keuangan", "G12")),
            case(
                {
                    "Efisiensi": {
                        "D2": None,
                        "C8": "Indikator utama 1",
                        "D8": "Sub",
                        "E8": 100,
                        "F8": 100.01,
                    },
                    "3.1 Kinerja": {"I8": 59},
                },
                ("efisiensi-pagu", "Efisiensi", "F8"),
            ),
        ),
    ),
    "Anggaran atau realisasinya disalin dari tahun lain": Proof(
        (
            case_of_years(
                {"3.4 Keuangan": {"G12": 3900000001}, YEARLY: {"G9": 3900000001}},
                ("tahunan-realisasi-lalu", YEARLY, "H9"),
            ),
            case_of_years(
                {YEARLY: {"F8": 6000000005, "F9": 5000000007}}, ("tahunan-anggaran-lalu", YEARLY, "F28")
            ),
        ),
        (
            # round figures of one program or two are the same by chance
            case_of_years({"3.4 Keuangan": {"G12": 3900000000}}),
            case_of_years({"3.4 Keuangan": {"G12": 3900000001}, YEARLY: {"G9": 3900000002}}),
            case_of_years(
                {
                    "3.4 Keuangan": {"F10": 2000000000, "F11": 4000000000, "F12": 5000000000},
                    YEARLY: {"F8": 5000000000, "F9": 6000000000},
                }
            ),
            # but not those of three
            case_of_years(
                {
                    "3.4 Keuangan": {"F10": 2000000000, "F11": 4000000000, "F12": 5000000000}
                    | {"I13": "Indikator utama 1", "C13": "Program", "E13": "Program lama"}
                    | {"F13": 1000000000, "G13": 950000000}
                },
                ("tahunan-anggaran-lalu", YEARLY, "E28"),
            ),
            case_of_years(
                {YEARLY: {"F8": 5000000007, "F9": 6000000005}}, ("tahunan-anggaran-lalu", YEARLY, "F28")
            ),
        ),
    ),
    "Angka yang sama untuk dua hal yang berbeda": Proof(
        (
            case(
                {
                    "3.4 Keuangan": {
                        "C13": "Program",
                        "E13": "Program lain",
                        "F13": 5000000007,
                        "G13": 4750000000,
                    }
                },
                ("pasangan-sama", "3.4 Keuangan", "F12"),
                ("pasangan-sama", "3.4 Keuangan", "F13"),
            ),
        ),
        (
            case(  # the sub kegiatan of two kegiatan
                {
                    "3.4 Keuangan": {"C13": "Kegiatan", "E13": "Kegiatan lain"}
                    | {"C14": "Sub Kegiatan", "E14": "Sub lain", "F14": 2000000001, "G14": 1900000000}
                    | {"F12": 2000000001, "G12": 1900000000}
                },
                ("pasangan-sama", "3.4 Keuangan", "F10"),
                ("pasangan-sama", "3.4 Keuangan", "F14"),
            ),
        ),
    ),
    "Total program sasaran memuat program penunjang": Proof(
        ("total-penunjang",),
        (
            case(
                {"3.4 Keuangan": {"I12": None, "E12": "program penunjang urusan", "F12": 1000, "G12": 950}},
                ("total-penunjang", "3.4 Keuangan", "W88"),
            ),
        ),
    ),
    "Jumlah kegiatan disebut tanpa barisnya": Proof(
        ("jumlah-kegiatan", "jumlah-sub-kegiatan"),
        (
            case({"Ikhtisar": {"C5": 0}}, ("jumlah-kegiatan", "Ikhtisar", "C5")),
            case({"Ikhtisar": {"C6": 1}}, ("jumlah-sub-kegiatan", "Ikhtisar", "C6")),
        ),
    ),
    "Serapan dilaporkan sebagai efisiensi": Proof(
        ("efisiensi-tertinggal",),
        (
            case(  # 91,67 and 96,68
                {"Efisiensi": {"D2": None, "C8": "Indikator utama 1", "D8": "Sub", "E8": 10000, "F8": 9668}},
                ("efisiensi-tertinggal", "Efisiensi", "F8"),
            ),
        ),
    ),
    '"Efisien" padahal kinerja tertinggal dari uangnya': Proof(
        ("efisiensi-tertinggal", "ket-efisien"),
        (
            case({"3.4 Keuangan": {"G12": 4834000007}}, ("ket-efisien", "3.4 Keuangan", "Z88")),
            case({"3.4 Keuangan": {"G12": 4833500007}}),  # 91,67 and 96,67
        ),
    ),
}
