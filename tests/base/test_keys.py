"""Hidden keys: what is written is read back, and nothing else is taken for a key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_xl.base.keys import after, before, column_key, column_text, row_key, row_text

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)


@given(NAMES, st.none() | st.integers(1000, 9999))
def test_columns_are_read_as_they_are_written(name: str, year: int | None) -> None:
    assert column_key(column_text((name, year))) == (name, year)


@given(NAMES, st.integers(1, 99_999))
def test_rows_are_read_as_they_are_written(name: str, number: int) -> None:
    assert row_key(row_text((name, number))) == (name, number)


@pytest.mark.parametrize(
    "text", ["", "Target", "target@", "target@203", "target@20233", "1a", "a b", "target@2023 "]
)
def test_other_texts_are_no_columns(text: str) -> None:
    assert column_key(text) is None


@pytest.mark.parametrize(
    ("text", "row"),
    [("pegawai:3", ("pegawai", 3)), ("pegawai:007", ("pegawai", 7)), ("pegawai:0", None), ("pegawai", None),
     (":3", None), ("pegawai:123456", None), ("Pegawai:3", None)],
)  # fmt: skip
def test_marks_of_rows(text: str, row: tuple[str, int] | None) -> None:
    assert row_key(text) == row


def test_a_period_comes_after_the_one_before_it() -> None:
    assert (before(2023), after(2022)) == (2022, 2023)
