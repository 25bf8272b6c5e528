"""docs/keamanan.md goes through ASVS 4.0.3 level 1: every item once, and what it points to is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "keamanan.md").read_text(encoding="utf-8")
LEVEL_1 = {
    "2.1": "1 2 3 4 5 6 7 8 9 10 11 12",
    "2.2": "1 2 3",
    "2.3": "1",
    "2.5": "1 2 3 4 5 6",
    "2.7": "1 2 3 4",
    "2.8": "1",
    "3.1": "1",
    "3.2": "1 2 3",
    "3.3": "1 2",
    "3.4": "1 2 3 4 5",
    "3.7": "1",
    "4.1": "1 2 3 5",
    "4.2": "1 2",
    "4.3": "1 2",
    "5.1": "1 2 3 4 5",
    "5.2": "1 2 3 4 5 6 7 8",
    "5.3": "1 2 3 4 5 6 7 8 9 10",
    "5.5": "1 2 3 4",
    "6.2": "1",
    "7.1": "1 2",
    "7.4": "1",
    "8.2": "1 2 3",
    "8.3": "1 2 3 4",
    "9.1": "1 2 3",
    "10.3": "1 2 3",
    "11.1": "1 2 3 4 5",
    "12.1": "1",
    "12.3": "1 2 3 4 5",
    "12.4": "1 2",
    "12.5": "1 2",
    "12.6": "1",
    "13.1": "1 3",
    "13.2": "1 2 3",
    "13.3": "1",
    "14.2": "1 2 3",
    "14.3": "2 3",
    "14.4": "1 2 3 4 5 6 7",
    "14.5": "1 2 3",
}
"""The items of level 1 by section, as OWASP lists them."""


def test_every_item_of_level_1_stands_in_it_once_and_in_order() -> None:
    wanted = [f"{section}.{item}" for section, items in LEVEL_1.items() for item in items.split()]
    assert len(wanted) == 128
    rows = re.findall(r"^\| ([0-9.]+) \| ([a-z ]+) \| (.+) \|$", TEXT, re.MULTILINE)
    assert [number for number, _, _ in rows] == wanted
    assert {state for _, state, _ in rows} == {"ya", "sebagian", "tak berlaku"}


def test_files_and_tests_that_it_names_are_there() -> None:
    named = set(re.findall(r"`([\w/.]+\.(?:py|lock))`", TEXT))
    homes = [
        ROOT,
        ROOT / "tests" / "portal",
        ROOT / "lkjip_xl",
        *(ROOT / "lkjip_xl" / each for each in ("portal", "portal/web")),
    ]
    assert [each for each in sorted(named) if not any((home / each).is_file() for home in homes)] == []
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "portal").glob("*.py"))
    said = set(re.findall(r"`(test_\w+)`", TEXT))
    assert [each for each in sorted(said) if f"def {each}(" not in tests] == []
