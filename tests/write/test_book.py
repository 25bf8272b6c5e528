"""The door to xlsxwriter: cells as they are written."""

from __future__ import annotations

import re
from pathlib import Path

from lkjip_xl.form.submission import Value
from lkjip_xl.write.book import Book
from lkjip_xl.write.styles import PLAIN
from parts import read_parts


def test_a_formula_is_written_as_it_is(tmp_path: Path) -> None:
    """Whatever its texts look like, and whatever its result is."""
    out = Book("Uji")
    sheet = out.sheet("Uji")
    results: tuple[Value | None, ...] = (None, 1.5, "SORT(<&>", "a\x01b", "#N/A")
    for row, result in enumerate(results):
        sheet.formula(row, 0, '="UNIQUE(&"&B1<5', result, PLAIN)
    (tmp_path / "uji.xlsx").write_bytes(out.finish())
    rows = re.findall("<c .*?</c>", read_parts(tmp_path / "uji.xlsx")["xl/worksheets/sheet1.xml"].decode())
    formula = '<f>"UNIQUE(&amp;"&amp;B1&lt;5</f>'
    assert rows == [
        f'<c r="A1" s="1" t="str">{formula}<v></v></c>',
        f'<c r="A2" s="1">{formula}<v>1.5</v></c>',
        f'<c r="A3" s="1" t="str">{formula}<v>SORT(&lt;&amp;&gt;</v></c>',
        f'<c r="A4" s="1" t="str">{formula}<v>a_x0001_b</v></c>',
        f'<c r="A5" s="1" t="e">{formula}<v>#N/A</v></c>',
    ]
