"""Figures as people type them, beside ours."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lkjip_xl.report.review.figures import SWAPPED, judged, read


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("1.234,56", ["1234.56"]),
        ("82,30%", ["82.30"]),
        ("82,30 %", ["82.30"]),
        ("Rp 10.716.928.854,00,-", ["10716928854.00"]),
        ("Rp. 10.361.934.024,00.-", ["10361934024.00"]),
        ("Rp10.000", ["10000"]),
        ("25 Orang", ["25"]),
        ("-9", ["-9"]),
        ("− 9", ["-9"]),
        ("(9)", ["-9"]),
        ("0,5", ["0.5"]),
        ("2018-2023", ["2018", "2023"]),
        ("200 (82,30%)", ["200", "82.30"]),
        ("200.", ["200"]),
        ("82.30", []),
        ("1,234.56", []),
        ("0.790", []),
        ("BB", []),
        ("III.d", []),
        ("", []),
    ],
)
def test_reads_as_indonesians_do(text: str, figures: list[str]) -> None:
    assert [str(each.value) for each in read(text).figures] == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("1,234.56", ["1234.56"]),
        ("82.30", ["82.30"]),
        ("0.790", ["0.790"]),
        ("1,234", ["1234"]),
        ("1.234,56", []),
        ("10.716.928.854", []),
    ],
)
def test_reads_swapped_marks_apart(text: str, figures: list[str]) -> None:
    assert [each.value for each in read(text).foreign] == [Decimal(each) for each in figures]


VERDICTS = """
82.3            | 2 | computed | 82,30             | sama
82.3            | 2 | computed | 82,3              | sama
82.3            | 2 | computed | 82,300            | sama
10716928854     | 2 | computed | 10.716.928.854,00000000000000000000 | sama
1e300           | 2 | typed    | 1                 | salah
10716928854     | 2 | computed | 1,00000000000000000000 | salah
97.21           | 2 | computed | 97,2              | sama
97.21           | 2 | computed | 97,20             | pemotongan
139.69          | 2 | computed | 139,6             | pemotongan
139.69          | 2 | computed | 139               | pemotongan
139.69          | 2 | computed | 140               | salah
-17.7           | 2 | computed | -17,69            | pemotongan
-17.7           | 2 | computed | 17,69             | salah
0.01            | 2 | computed | 0,00              | pemotongan
44.44           | 2 | typed    | 44,43             | selisih kecil
71.567          | 2 | typed    | 71,57             | sama
71.567          | 2 | typed    | 71,567            | sama
71.567          | 2 | typed    | 71,56             | pemotongan
82.3            | 2 | computed | 82,36             | selisih kecil
82.3            | 2 | computed | 82,37             | salah
243             | 0 | typed    | 243               | sama
243             | 0 | typed    | 243,00            | sama
243             | 0 | computed | 242               | salah
-9              | 0 | computed | 9                 | salah
520264300.55    | 2 | typed    | 520.264.301       | sama
520264300.55    | 2 | typed    | Rp 520.264.300,-  | pemotongan
520264300       | 2 | typed    | 520.264.300,00,-  | sama
520264300       | 2 | typed    | 520.264           | salah
1.44            | 2 | computed | 1,43              | pemotongan
200             | 0 | typed    | 200 (82,30%)      | sama
82.3            | 2 | computed | dua puluh         | salah
82.3            | 2 | computed | 82.30             | salah, titik dan koma tertukar
520264300       | 2 | typed    | 520,264,300.00    | salah, titik dan koma tertukar
1234            | 0 | typed    | 1,234             | salah, titik dan koma tertukar
1.234           | 3 | typed    | 1.234             | salah, titik dan koma tertukar
1234            | 0 | typed    | 1.234             | sama
82.3            | 2 | computed | 83.30             | salah
"""


@pytest.mark.parametrize("line", VERDICTS.strip().splitlines())
def test_a_figure_beside_ours(line: str) -> None:
    ours, decimals, kind, text, expected = (each.strip() for each in line.split("|"))
    verdict, note = judged(float(ours), int(decimals), text, computed=kind == "computed")
    assert ", ".join(filter(None, (verdict, note))) == expected
    assert note in {"", SWAPPED}
