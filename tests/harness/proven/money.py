"""Lines of docs/temuan-penelaah.md proven: budget, what was spent, efficiency."""

from __future__ import annotations

from proven.case import Proof, case

MONEY: dict[str, Proof] = {
    "Realisasi di atas pagu": Proof(
        ("realisasi-pagu", "efisiensi-pagu"),
        (
            case({"3.4 Keuangan": {"M12": 5000000008}}, ("realisasi-pagu", "3.4 Keuangan", "M12")),
            case(
                {
                    "Efisiensi": {"C8": "Indikator utama 1", "D8": "Sub", "E8": 100, "F8": 100.01},
                    "3.1 Kinerja": {"I8": 59},
                },
                ("efisiensi-pagu", "Efisiensi", "F8"),
            ),
        ),
    ),
    "Angka yang sama untuk dua hal yang berbeda": Proof(
        (
            case(
                {
                    "3.4 Keuangan": {
                        "J13": "Program",
                        "K13": "Program lain",
                        "L13": 5000000007,
                        "M13": 4750000000,
                    }
                },
                ("pasangan-sama", "3.4 Keuangan", "L12"),
                ("pasangan-sama", "3.4 Keuangan", "L13"),
            ),
        ),
        (
            case(  # the sub kegiatan of two kegiatan
                {
                    "3.4 Keuangan": {"J13": "Kegiatan", "K13": "Kegiatan lain"}
                    | {"J14": "Sub Kegiatan", "K14": "Sub lain", "L14": 2000000001, "M14": 1900000000}
                    | {"L12": 2000000001, "M12": 1900000000}
                },
                ("pasangan-sama", "3.4 Keuangan", "L10"),
                ("pasangan-sama", "3.4 Keuangan", "L14"),
            ),
        ),
    ),
    "Total program sasaran memuat program penunjang": Proof(
        ("total-penunjang",),
        (
            case(
                {"3.4 Keuangan": {"D12": None, "K12": "program penunjang urusan", "L12": 1000, "M12": 950}},
                ("total-penunjang", "3.4 Keuangan", "V88"),
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
                {"Efisiensi": {"C8": "Indikator utama 1", "D8": "Sub", "E8": 10000, "F8": 9668}},
                ("efisiensi-tertinggal", "Efisiensi", "F8"),
            ),
        ),
    ),
    '"Efisien" padahal kinerja tertinggal dari uangnya': Proof(
        ("efisiensi-tertinggal", "ket-efisien"),
        (
            case({"3.4 Keuangan": {"M12": 4834000007}}, ("ket-efisien", "3.4 Keuangan", "Y88")),
            case({"3.4 Keuangan": {"M12": 4833500007}}),  # 91,67 and 96,67
        ),
    ),
}
