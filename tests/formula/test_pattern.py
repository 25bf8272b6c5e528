"""Patterns of codes: what fits, what one code may be spelled as, and what stays a matter for a person."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lkjip_xl.formula.pattern import ANY, Pattern, revealed
from lkjip_xl.template.load import load_template
from spellings import SPELLINGS

CODES = load_template().codes
_NIP = load_template().column("identitas.nip")[1].pattern
assert _NIP is not None
NIP: Pattern = _NIP

PAIRS = [(code, spelled) for code, all_ in SPELLINGS for spelled in all_]
# what is no code, and what nobody can tell the code from: it stays as it is
UNTOLD = [
    "2.1",
    "2,1",
    "2.130",
    "2.1.3",
    "2.AB",
    "2.13 / DPMD",
    "2.1\u0301" + "3",
    "",
    "-",
    "'",
    "\u200b",
    "²⁴!",
]


@pytest.mark.parametrize(("code", "spelled"), PAIRS, ids=repr)
def test_spellings_of_one_code(code: str, spelled: str) -> None:
    assert CODES.fits(code)
    assert CODES.normalised(spelled) == code
    assert CODES.key(spelled) == CODES.key(code) != ""


def test_codes_that_are_not_the_same() -> None:
    codes = [
        "2.13", "2.10", "2.1", "2.01", "21.3", "2.13.01", "2.13.0.00.0.00.01", "2.13.0.00.0.00.02", "DPMD", "DPM", "213", "1",
    ]  # fmt: skip
    assert len({CODES.key(code) for code in codes}) == len(codes)
    assert CODES.key("dpmd") == CODES.key("DPMD")
    assert CODES.key("01") == CODES.key("1")
    assert CODES.normalised("01") == "01"  # written as it is where it fits


@pytest.mark.parametrize("text", UNTOLD)
def test_what_cannot_be_told_stays(text: str) -> None:
    assert not CODES.fits(text)
    assert CODES.normalised(text) == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("198402122006041003", "198402122006041003"),
        ("19840212 200604 1 003", "198402122006041003"),
        ("198402122006041003\u200b", "198402122006041003"),
        ("'198402122006041003", "198402122006041003"),
        ("098402122006041003", "098402122006041003"),
        ("1.98402E+17", "1.98402E+17"),
        ("198402122006041", "198402122006041"),
        ("19840212200604100A", "19840212200604100A"),
        ("1984021220060410030", "1984021220060410030"),
    ],
)
def test_nip(text: str, meant: str) -> None:
    assert NIP.normalised(text) == meant
    assert NIP.fits(meant) is (len(meant) == 18 and meant.isdecimal())


MARKS = st.sampled_from(["", " ", "\u200b", "\u00a0", "\ufeff", "\u202e", "'", "’", ".", ",", "\t"])


@example("K¸")  # two characters that become one where what is between them goes
@given(st.one_of(st.text(max_size=30), st.text("0123456789.,-– '\u200b\u00a0٢２ADad", max_size=12)))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    for pattern in (CODES, NIP, ANY):
        once = pattern.normalised(text)
        assert pattern.normalised(once) == once
        assert pattern.key(once) == pattern.key(text)
        assert pattern.key(pattern.key(text)) == pattern.key(text)
        assert once == text or pattern.fits(once)


@given(st.sampled_from(["2.13", "2.10", "7.01.0.00.0.00.14", "DPMD", "213"]), MARKS, MARKS, st.integers(0, 2))
def test_what_stands_around_a_code_is_no_part_of_it(code: str, before: str, after: str, zeros: int) -> None:
    spelled = before + "0" * (zeros if code[0].isdecimal() and code != "213" else 0) + code + after
    assert CODES.normalised(spelled) == code
    assert CODES.key(spelled) == CODES.key(code)


def test_without_a_pattern_codes_are_compared_likewise() -> None:
    assert ANY.normalised(" Kode 1/A ") == "Kode1/A"
    assert ANY.key("\u200bkode 1/a") == ANY.key("KODE1/A")
    assert not ANY.fits("  ")


def test_what_cannot_be_seen_is_shown_by_its_number() -> None:
    assert revealed("2.13\u200b\u00a0 x\u202e") == "2.13‹U+200B›‹U+00A0› x‹U+202E›"
