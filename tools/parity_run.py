"""Compares workbook and Python on many workbooks with random faults: computed values and failing rules, cell by cell."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from lkjip_xl.template.load import load_template
from parity import run
from support import Office, find_office

_BATCH = 10


def main(number: int) -> int:
    """Compare so many workbooks; return 1 where anything disagrees."""
    program = find_office()
    if program is None:
        print("LibreOffice (soffice) tidak ada")
        return 2
    template, cells, wrong = load_template(), 0, 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "profil").mkdir()
        office = Office(program, folder / "profil")
        for first in range(0, number, _BATCH):
            batch = folder / str(first)
            batch.mkdir()
            for seed, each in run(range(first, min(first + _BATCH, number)), batch, template, office):
                cells += each.cells
                wrong += len(each.disagreements)
                for found in each.disagreements[:5]:
                    print(f"benih {seed}: {found}")
    print(f"{number} buku kerja, {cells} sel dibandingkan, {wrong} berbeda")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
