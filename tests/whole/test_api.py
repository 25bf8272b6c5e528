"""What programs call: the package's own examples, files that come as bytes, errors with path and reason."""

from __future__ import annotations

import doctest
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

import lkjip_xl
from lkjip_xl import Upload
from lkjip_xl.base.errors import DataError, DocumentError, LkjipError, SetupError, WorkbookError
from lkjip_xl.consolidation.registry import RegistryError, load_registry
from lkjip_xl.form.json_data import load_data
from lkjip_xl.report.review.comparing import Difference
from lkjip_xl.template.load import load_template
from support import REGENCY, ROOT

FILE = ROOT / "samples" / "dpmd-banyuasin-2023.xlsx"
UPLOAD = Upload(Path("kiriman.xlsx"), FILE.read_bytes())


def test_the_examples_are_true() -> None:
    told = doctest.testmod(lkjip_xl)
    assert (told.failed, told.attempted) == (0, 5)


def test_importing_is_light() -> None:
    heavy = (
        "polars",
        "pandera",
        "pydantic",
        "openpyxl",
        "xlsxwriter",
        "typer",
        "jinja2",
        "babel",
        "docx",
        "lxml",
    )
    script = f"import sys, lkjip_xl; print([name for name in {heavy} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


def test_bytes_are_read_as_a_file_is() -> None:
    (of_file,), (of_bytes,) = lkjip_xl.validate([FILE]), lkjip_xl.validate([UPLOAD])
    assert of_bytes.path == Path("kiriman.xlsx")
    assert (of_bytes.findings, of_bytes.status) == (of_file.findings, of_file.status)
    assert lkjip_xl.export(UPLOAD, computed=True) == lkjip_xl.export(FILE, computed=True)
    assert lkjip_xl.summarize(UPLOAD) == lkjip_xl.summarize(FILE)


def test_what_is_exported_is_rendered() -> None:
    document = lkjip_xl.export(FILE)
    again = Upload(Path("lagi.xlsx"), lkjip_xl.render(document))
    assert lkjip_xl.export(again) == document


def test_a_report_says_what_its_workbook_says() -> None:
    made = Upload(Path("laporan.docx"), lkjip_xl.report_document(UPLOAD, pages=False))
    assert lkjip_xl.review(made, UPLOAD).agrees
    corrected = ROOT / "samples" / "dpmd-banyuasin-2023-koreksi.xlsx"
    found = lkjip_xl.review(made, corrected)
    assert not found.agrees
    assert {each.table for each in found.faults if isinstance(each, Difference)} == {
        *("golongan", "iku", "ikk", "kinerja", "renstra", "standar", "tren"),
    }
    updated = Upload(Path("baru.docx"), lkjip_xl.report_document(corrected, earlier=made, pages=False))
    assert lkjip_xl.review(updated, corrected).agrees


def test_a_report_on_a_base(tmp_path: Path) -> None:
    base = Document()
    base.sections[0].header.paragraphs[0].text = "PEMERINTAH KABUPATEN CONTOH"
    base.save(str(tmp_path / "kop.docx"))
    written = lkjip_xl.report_document(UPLOAD, base=tmp_path / "kop.docx", pages=False)
    header = Document(BytesIO(written)).sections[-1].header
    assert header.paragraphs[0].text == "PEMERINTAH KABUPATEN CONTOH"


def test_a_document_that_is_none() -> None:
    none = Upload(Path("laporan.docx"), b"%PDF-1.7")
    for wanted in (
        lambda: lkjip_xl.review(none, UPLOAD),
        lambda: lkjip_xl.report_document(UPLOAD, base=none, pages=False),
        lambda: lkjip_xl.report_document(UPLOAD, earlier=none, pages=False),
    ):
        with pytest.raises(DocumentError) as raised:
            wanted()
        assert raised.value.path == Path("laporan.docx")
    with pytest.raises(SetupError, match="mempunyai gayanya sendiri"):
        lkjip_xl.report_document(UPLOAD, base=none, earlier=none)


def test_consolidate_stays_a_function(tmp_path: Path) -> None:
    for number in range(2):
        result = lkjip_xl.consolidate(
            [REGENCY], tmp_path / f"{number}.xlsx", registry=REGENCY / "opd.csv", year=2023
        )
        assert (result.status.value, (tmp_path / f"{number}.xlsx").exists()) == ("galat", True)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "berkas ini kosong (0 byte); minta dikirim ulang"),
        (b"%PDF-1.7", "ini berkas PDF, bukan buku kerja; kirim berkas .xlsx-nya"),
        ((REGENCY.parent / "kabupaten-contoh" / "opd.csv").read_bytes(), "ini berkas teks atau berkas lain yang diberi nama .xlsx, bukan buku kerja Excel"),
    ],
)  # fmt: skip
def test_an_error_has_path_and_reason(content: bytes, reason: str) -> None:
    (checked,) = lkjip_xl.validate([Upload(Path("x.xlsx"), content)])
    assert (checked.workbook, checked.findings[0].message) == (None, reason)
    with pytest.raises(WorkbookError) as raised:
        lkjip_xl.export(Upload(Path("x.xlsx"), content))
    assert (raised.value.path, raised.value.reason, str(raised.value)) == (
        Path("x.xlsx"),
        reason,
        f"x.xlsx: {reason}",
    )


def test_data_and_registries_may_be_bytes() -> None:
    template = load_template()
    path = ROOT / "samples" / "dpmd-banyuasin-2023.json"
    assert load_data(Upload(Path("d.json"), path.read_bytes()), template) == load_data(path, template)
    listed = REGENCY / "opd.csv"
    assert load_registry(Upload(Path("o.csv"), listed.read_bytes())) == load_registry(listed)
    for read, kind, reason in (
        (lambda file: load_data(file, template), DataError, "berkas data bukan teks UTF-8"),
        (load_registry, RegistryError, "bukan teks UTF-8; simpan sebagai CSV UTF-8"),
    ):
        with pytest.raises(LkjipError) as raised:
            read(Upload(Path("x"), b"\xff\xff"))
        assert (type(raised.value), raised.value.path, raised.value.reason) == (kind, Path("x"), reason)
