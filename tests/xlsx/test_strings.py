"""Shared strings, however a program writes them."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_xl.xlsx.errors import DoctypeError, LargeError, MalformedError
from lkjip_xl.xlsx.strings import MAIN, shared_strings


def part(items: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="{MAIN}" count="1">{items}</sst>'.encode()


@pytest.mark.parametrize(
    ("items", "texts"),
    [
        ("", []),
        ("<si><t>a</t></si><si><t/></si>", ["a", ""]),
        ('<si><t xml:space="preserve"> a </t></si>', [" a "]),
        ("<si><t>a &lt;&amp;&gt; b &quot;&apos;</t></si>", ["a <&> b \"'"]),
        ("<si><t>5<!--x-->6</t></si>", ["56"]),
        ("<si><t><![CDATA[<a>]]></t></si>", ["<a>"]),
        ("<si><r><t>te</t></r><r><t>bal</t></r><rPh><t>x</t></rPh></si><si/>", ["tebal", ""]),
        ("<si><t>a&#10;b</t></si>", ["a\nb"]),
        ("<si><t>a\r\nb\rc</t></si>", ["a\nb\nc"]),
        ("<si><t>a_x000D_b_x005F_x0041_</t></si>", ["a\rb_x0041_"]),
        ("<si><t>_xD83D__xDE00_ _xD83D_</t></si>", ["😀 \ufffd"]),
    ],
)
def test_texts(items: str, texts: list[str]) -> None:
    assert shared_strings(part(items), 100) == texts
    assert shared_strings(part(items).replace(b"<si>", b"<si >"), 100) == texts  # parsed


@given(st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="_"))))
def test_what_is_written_is_read(texts: list[str]) -> None:
    assert shared_strings(part("".join(f"<si><t>{escape(each)}</t></si>" for each in texts)), 0) == texts


def test_what_is_no_xml_or_has_a_document_type() -> None:
    with pytest.raises(MalformedError):
        shared_strings(part("<si>"), 100)
    with pytest.raises(DoctypeError):
        shared_strings(b"<!DOCTYPE a>" + part("").partition(b"?>")[2], 100)


def test_odd_strings_of_too_many_elements_are_refused() -> None:
    odd = part("<si><rPh/></si>" * 50)
    shared_strings(odd, 101)
    with pytest.raises(LargeError):
        shared_strings(odd, 100)


@pytest.mark.parametrize("raw", [b"\xde", b"a\xf5b", b"\xed\xa0\x80"])
def test_bytes_that_are_no_text_are_refused(raw: bytes) -> None:
    with pytest.raises(MalformedError):
        shared_strings(part("<si><t>x</t></si>").replace(b"x</t>", raw + b"</t>"), 100)
