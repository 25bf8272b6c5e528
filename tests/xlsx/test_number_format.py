"""Which section of a number format shows a number, and whether that is a percentage; LibreOffice is the judge."""

from __future__ import annotations

import html
import re
import subprocess
from pathlib import Path

import pytest
import xlsxwriter

from lkjip_xl.xlsx.number_format import Look, number_format
from support import Office

VALUES = (250, 59.01, 1, 0.59, 0, -0.59, -59.01)
# For each value: % where the format shows it as a percentage.
FORMATS = {
    "General": ".......",
    "0": ".......",
    "0%": "%%%%%%%",
    "0.00%": "%%%%%%%",
    "0 %": "%%%%%%%",
    "%0": "%%%%%%%",
    "0%%": "%%%%%%%",
    "0.0%;[Red]-0.0%": "%%%%%%%",
    "#,##0.00_%": ".......",
    "_%0.0": ".......",
    "0.00_%_)": ".......",
    "0%_%": "%%%%%%%",
    "*%0": ".......",
    "0*%": ".......",
    "0%*x": "%%%%%%%",
    "0\\%": ".......",
    '0"%"': ".......",
    '"%"0': ".......",
    '"a;b%"0': ".......",
    '"a;b%"0%': "%%%%%%%",
    '"\\"0%': "%%%%%%%",
    "0.00;-0.00%": ".....%%",
    "0.00%;-0.00": "%%%%%..",
    "#,##0.00%;[Red]-#,##0.00": "%%%%%..",
    "[Red]0;[Blue]0%": ".....%%",
    "General;-General%": ".....%%",
    "0%;-0%;0": "%%%%.%%",
    "0;0;0%": "....%..",
    '0;-0;"nol %"': ".......",
    "0;-0;0;@%": ".......",
    "0.0;\\;0%": ".....%%",
    "[Red]0%": "%%%%%%%",
    "[Color5]0%": "%%%%%%%",
    "[$-421]0.00": ".......",
    "[$-421]0.00%": "%%%%%%%",
    "[$%-421]0.00": ".......",
    "[<1]0.00%;0.00": "...%%%%",
    "[Red][<1]0.00%;0.00": "...%%%%",
    "[<1][Red]0.00;0.00%": "%%%....",
    "[>=100]0;0%": ".%%%%%%",
    "[>=100]0;[>=1]0.0;0%": "...%%%%",
    "[>=100]0%;[>=1]0.0;0": "%......",
    "[<=0.5]0%;[>50]0.0%;0.00": "%%..%%%",
    "[<1]0%;0.0;0.00": "...%%%%",
    "[=0]0%;0.0": "....%..",
    "[<>0]0%;0.0": "%%%%.%%",
    "[>1]0%": "%%.....",
    "[<1]0%": "...%%%%",
}
# Formats that LibreOffice takes for none, and shows as General; Excel knows them.
_NO_FORMATS = {"0.0;[<1]0%": "....%%%", "0.00E+00%": "%%%%%%%"}


@pytest.mark.parametrize(("code", "expected"), {**FORMATS, **_NO_FORMATS}.items(), ids=str)
def test_a_format_shows_percentages(code: str, expected: str) -> None:
    shown = number_format(code)
    assert "".join(".%"[shown.look(value) is Look.PERCENT] for value in VALUES) == expected


@pytest.mark.parametrize(
    "code", ["", ";;;", '"', "[", "\\", "_", "*", "[<]%", "[<x]0%", ";" * 1000 + "%", "[" * 9999]
)
def test_any_text_is_some_format(code: str) -> None:
    number_format(code).look(1.0)


DATES = {
    "General": Look.PLAIN, "0.00": Look.PLAIN, "dd/mm/yyyy": Look.DATE, "[$-421]dd mmm": Look.DATE, "yyyy\\-mm": Look.DATE,
    "h:mm": Look.DATE, "[h]:mm": Look.DURATION, "[mm]:ss": Look.DURATION, '0" hari"': Look.PLAIN, "\\d0": Look.PLAIN,
    "[Red]0": Look.PLAIN, "_d0": Look.PLAIN, "GENERAL": Look.PLAIN, '"d"0%': Look.PERCENT, "[<1]h:mm;0": Look.PLAIN,
}  # fmt: skip


@pytest.mark.parametrize("code", DATES)
def test_a_format_shows_dates(code: str) -> None:
    assert number_format(code).look(45299.0) is DATES[code]


@pytest.mark.office
def test_libreoffice_shows_the_same(tmp_path: Path, office: Office) -> None:
    path = tmp_path / "format.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, code in enumerate(FORMATS):
            for column, value in enumerate(VALUES):
                sheet.write_number(row, column, value, book.add_format({"num_format": code}))
    target = ["--convert-to", "html:HTML (StarCalc)", "--outdir", str(tmp_path), str(path)]
    home = f"-env:UserInstallation={office.home.as_uri()}"
    subprocess.run([office.program, home, "--headless", *target], check=True, capture_output=True, timeout=90)
    page = (tmp_path / "format.html").read_text("utf-8")
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    found = {
        code: [
            html.unescape(re.sub("<[^>]*>", "", cell))
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
        ]
        for code, row in zip(FORMATS, rows, strict=True)
    }
    assert {
        code: "".join(_judged(*shown) for shown in zip(VALUES, cells, FORMATS[code], strict=True))
        for code, cells in found.items()
    } == FORMATS


def _judged(value: float, shown: str, expected: str) -> str:
    """Return whether a percentage is shown; of a sign beside a zero nobody can tell whether it is only a text."""
    if value == 0 and "%" in shown:
        return expected
    digits = re.sub(r"[^0-9.]", "", shown)
    return "%" if "%" in shown and float(digits) >= 99 * abs(value) else "."
