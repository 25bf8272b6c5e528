"""Figures in the sentences of a printed report: which differ, in which sentence, and nothing else."""

from __future__ import annotations

import pytest

from lkjip_xl.report.docx.reading import Paragraph
from lkjip_xl.report.outline import Part, Prose
from lkjip_xl.report.review.prose import SentenceDifference, compare_sentences

OURS = (
    "Anggaran tahun 2023 sebesar Rp 10.716.928.854,00, terealisasi Rp 10.361.934.024,00 atau 96,69 %.",
    "• Persentase LPM Berprestasi: realisasi tahun 2023 78,36 %, naik 4,28 dari tahun 2022 (74,08 %).",
    "• Persentase PKK Aktif: realisasi tahun 2023 80,6 %, naik 7,74 dari tahun 2022 (72,86 %).",
    "Tanpa angka.",
)
PARTS = (Part(Prose(OURS, "isi"), "satu"), Part(Prose(("Tetap, 12 kali.",), "isi")))
LPM, PKK = (text.removeprefix("• ") for text in OURS[1:3])


@pytest.mark.parametrize(
    ("lines", "found", "same", "expected"),
    [
        ((OURS[0], LPM, PKK), 3, 4 + 5 + 5, []),
        ((PKK, "Lain.", LPM), 2, 10, []),
        (("Alinea tanpa hubungan, 12 kali.",), 0, 0, []),
        ((LPM.replace("78,36", "78,63"), PKK), 2, 9, [("salah", LPM.replace("78,36", "78,63"), "78,63", "78,36", "")]),
        ((LPM.replace("4,28", "4,27"),), 1, 4, [("pemotongan", LPM.replace("4,28", "4,27"), "4,27", "4,28", "")]),
        ((OURS[0].replace("96,69", "96,72"),), 1, 3, [("selisih kecil", OURS[0].replace("96,69", "96,72"), "96,72", "96,69", "")]),
        ((LPM.replace("naik", "meningkat sebesar"),), 1, 5, []),
        (
            (LPM.replace(" dari tahun 2022", ""),),
            1,
            0,
            [("salah", LPM.replace(" dari tahun 2022", ""), LPM.replace(" dari tahun 2022", ""), LPM, "angka dalam kalimat ini tidak sama banyaknya")],
        ),
        ((LPM, LPM.replace("78,36", "1,00")), 1, 5, []),
    ],
)  # fmt: skip
def test_sentences(lines: tuple[str, ...], found: int, same: int, expected: list[tuple[str, ...]]) -> None:
    said = compare_sentences(PARTS, tuple(Paragraph(text, "Normal") for text in lines))
    assert (said.found, said.same) == (found, same)
    assert [
        (each.verdict.value, each.sentence, each.printed, each.expected, each.note)
        for each in said.differences
    ] == expected
    assert all(isinstance(each, SentenceDifference) for each in said.differences)


def test_of_two_sentences_of_one_form_each_is_compared_with_its_own() -> None:
    parts = [
        Part(Prose((f"Jumlah desa tahun {year} sebanyak {number} desa.",), "isi"), f"satu_{year}")
        for year, number in ((2022, 3), (2023, 6))
    ]
    body = [
        Paragraph(f"Jumlah desa tahun {year} sebanyak {number} desa.", "Normal")
        for year, number in ((2022, 3), (2023, 7))
    ]
    said = compare_sentences(parts, tuple(body))
    assert (said.found, said.same) == (2, 3)
    assert [(each.printed, each.expected) for each in said.differences] == [("7", "6")]


WORDS = "Anggaran Rp 11.000.000.000,00 (sebelas miliar rupiah) bagi 46 (empat puluh enam) desa (semua) tahun 2023."


@pytest.mark.parametrize(
    ("changes", "same", "expected"),
    [
        ([], 3, []),
        ([("(sebelas miliar rupiah)", "(Sebelas  Milyar Rupiah)"), ("(semua)", "(sebagian)")], 3, []),
        ([(" (sebelas miliar rupiah)", "")], 3, []),
        ([("sebelas miliar", "sepuluh miliar")], 3, [("salah", "sepuluh miliar rupiah", "sebelas miliar rupiah")]),
        ([("puluh enam", "pulu enam")], 3, [("salah", "empat pulu enam", "empat puluh enam")]),
        ([("11.000", "12.000")], 2, [("salah", "12.000.000.000,00", "11.000.000.000,00")]),
        ([("11.000", "12.000"), ("sebelas", "dua belas")], 2, [("salah", "12.000.000.000,00", "11.000.000.000,00")]),
        (
            [("46", "47"), ("empat puluh enam", "empat puluh delapan")],
            2,
            [("salah", "47", "46"), ("salah", "empat puluh delapan", "empat puluh enam")],
        ),
    ],
    ids=str,
)  # fmt: skip
def test_words_that_are_not_those_of_their_figure(
    changes: list[tuple[str, str]], same: int, expected: list[tuple[str, str, str]]
) -> None:
    line = WORDS
    for old, new in changes:
        assert old in line
        line = line.replace(old, new)
    said = compare_sentences((Part(Prose((WORDS,), "isi"), "satu"),), (Paragraph(line, "Normal"),))
    assert (said.found, said.same) == (1, same)
    assert [(d.verdict.value, d.printed, d.expected) for d in said.differences] == expected
    assert all((d.sentence, d.note) == (line, "") for d in said.differences)


NIP = "NIP 197001011990031001, 3 desa."


@pytest.mark.parametrize(
    ("line", "same", "expected"),
    [
        (NIP, 2, []),
        ("NIP 19700101 199003 1 001, 3 desa.", 2, []),
        ("NIP 197001011990031000, 3 desa.", 1, [("salah", "197001011990031000", "197001011990031001")]),
        ("NIP 19700101 199003 1 010, 3 desa.", 1, [("salah", "197001011990031010", "197001011990031001")]),
        ("NIP 1970010119900310010, 3 desa.", 1, [("salah", "1970010119900310010", "197001011990031001")]),
    ],
)
def test_a_number_of_16_digits_or_more_is_no_figure(
    line: str, same: int, expected: list[tuple[str, str, str]]
) -> None:
    said = compare_sentences((Part(Prose((NIP,), "isi"), "nip"),), (Paragraph(line, "Normal"),))
    assert (said.found, said.same) == (1, same)
    assert [(d.verdict.value, d.printed, d.expected) for d in said.differences] == expected


def test_a_figure_of_15_digits_or_more_is_compared_with_all_of_them() -> None:
    ours, theirs = (
        "Rp 123.456.789.012.345,12 untuk 9.007.199.254.740.993 jiwa.",
        "Rp 123.456.789.012.345,13 untuk 9.007.199.254.740.992 jiwa.",
    )
    said = compare_sentences((Part(Prose((ours,), "isi"), "satu"),), (Paragraph(theirs, "Normal"),))
    assert [(d.verdict.value, d.printed, d.expected) for d in said.differences] == [
        ("selisih kecil", "123.456.789.012.345,13", "123.456.789.012.345,12"),
        ("salah", "9.007.199.254.740.992", "9.007.199.254.740.993"),
    ]
