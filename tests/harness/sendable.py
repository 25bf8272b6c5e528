"""Workbooks that agencies send in tests of the portal."""

from __future__ import annotations

from functools import cache

from clean import clean_document
from lkjip_xl.form.json_data import from_document
from lkjip_xl.template.load import load_template
from lkjip_xl.write.render import render


@cache
def workbook(
    code: str = "1.01", name: str = "Dinas Pendidikan", *, staff: int = 25, year: int = 2023
) -> bytes:
    """Return an agency's workbook without a fault, but where ``staff`` is another number than by rank (25)."""
    document = clean_document(year=year)
    document["tabel"]["identitas"] |= {"kode": code, "nama": name}
    document["tabel"]["pegawai"][0]["jumlah"] = staff
    return render(load_template(), from_document(document, load_template()))
