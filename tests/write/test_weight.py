"""What a workbook weighs: the XML of its sheets, of which formulas were two thirds before they were kept once."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "samples" / "dpmd-banyuasin-2023.xlsx"
MOST = 1_750_000  # bytes
LONGEST = 55  # bytes of a check that holds: what a rule costs in each row


def _sheets() -> dict[str, bytes]:
    with zipfile.ZipFile(SAMPLE) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return {name: archive.read(name) for name in names}


def test_the_sheets_of_the_sample_weigh_no_more() -> None:
    assert sum(map(len, _sheets().values())) <= MOST


def test_a_check_that_holds_is_short() -> None:
    """Its formula stands in the first row of its column alone."""
    cells = [cell for sheet in _sheets().values() for cell in re.findall(rb"<c [^>]*><f.*?</c>", sheet)]
    kept = [
        len(cell)
        for cell in cells
        if re.fullmatch(rb'<c r="\w+" t="str"><f t="shared" si="\d+"/><v></v></c>', cell)
    ]
    assert len(kept) > 5_000
    assert max(kept) <= LONGEST
