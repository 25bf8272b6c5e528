"""A scanner for viruses at the door: what it refuses is kept nowhere."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

import portals
from lkjip_xl.portal import submissions
from lkjip_xl.portal.settings import PortalError
from portals import alert
from sendable import workbook

REFUSED = "Pemindai virus menolak berkas ini; periksa komputer Anda, lalu simpan ulang dan kirim lagi"
SILENT = "Pemindai virus tidak menjawab, jadi berkas ini belum diterima; coba lagi sebentar lagi"
SCANNER = """
import pathlib, sys
content = pathlib.Path(sys.argv[-1]).read_bytes()
sys.exit(1 if b"JAHAT" in content else 2 if b"RUSAK" in content else 0)
"""


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [(workbook(), 200, ""), (b"PK JAHAT", 422, REFUSED), (b"PK RUSAK", 422, SILENT)],
    ids=["clean", "refused", "no answer"],
)
def test_what_it_does_not_find_clean_is_not_kept(
    tmp_path: Path, content: bytes, status: int, said: str
) -> None:
    scanner = tmp_path / "pemindai.py"
    scanner.write_text(SCANNER, encoding="utf-8")
    command = shlex.join([sys.executable, str(scanner), "--fdpass"])
    with portals.opened(tmp_path / "data", scan=command, readers=0) as opened:
        opened.open_round()
        answer = opened.agency("1.01").upload("/kirim", content, pengirim="Budi")
        assert (answer.status_code, alert(answer.text)) == (status, said)
        with opened.portal.database.reading() as connection:
            sent = submissions.of_agency(connection, opened.agency_of("1.01"))
        checked = opened.browser().upload("/periksa", content)
        assert (checked.status_code, alert(checked.text)) == (400 if said else 200, said)
    kept = [
        path for name in ("berkas", "masuk", "periksa") for path in (tmp_path / "data" / name).rglob("*.*")
    ]
    assert (len(sent), len(kept)) == ((0, 0) if said else (1, 2))


def test_a_portal_does_not_begin_without_its_scanner(tmp_path: Path) -> None:
    with pytest.raises(PortalError, match=r"^pemindai tidak-ada-begitu tidak ada di komputer ini$"):
        portals.opened(tmp_path / "data", scan="tidak-ada-begitu --x").__enter__()
