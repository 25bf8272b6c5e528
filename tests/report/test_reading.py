"""A stranger's document to paragraphs and tables: as they stand on paper, however they are written."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from hostile import OLE, packed
from lkjip_xl.base.errors import DocumentError
from lkjip_xl.base.files import Upload
from lkjip_xl.report.docx.grids import Written, grid
from lkjip_xl.report.docx.reading import Grid, Paragraph, read_document
from lkjip_xl.xlsx.errors import LargeError
from lkjip_xl.xlsx.guard import LIMITS
from word_xml import cell, document, drawn, paragraph, parts, row, table

SPAN, BEGIN, BELOW = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def _read(body: str) -> str:
    return drawn(read_document(document(body)))


def test_paragraphs_and_tables_in_their_order() -> None:
    heading = '<w:p><w:pPr><w:pStyle w:val="Judul1"/></w:pPr><w:r><w:t>BAB I</w:t></w:r></w:p>'
    body = heading + paragraph("Tabel 1.1") + table(row(cell("NO"), cell("JUMLAH"))) + paragraph("Sumber")
    assert _read(body) == "(heading 1) BAB I\nTabel 1.1\nNO | JUMLAH\nSumber"


def test_merged_cells_stand_in_every_place() -> None:
    body = table(
        row(cell("No", BEGIN), cell("Target", SPAN), cell("Ket", BEGIN)),
        row(cell("", BELOW), cell("2022"), cell("2023"), cell("", BELOW)),
        row(cell("Sasaran", '<w:gridSpan w:val="4"/>')),
    )
    assert _read(body) == "No | Target | ← | Ket\n↑ | 2022 | 2023 | ↑\nSasaran | ← | ← | ←"
    (found,) = read_document(document(body))
    assert isinstance(found, Grid)
    assert [each.text for each in found.rows[1]] == ["No", "2022", "2023", "Ket"]
    assert found.rows[0][1] is found.rows[0][2]


def test_cells_merged_in_the_old_way_and_rows_that_begin_later() -> None:
    body = table(
        row(cell("A", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), cell("B")),
        row(cell("x"), cell("y"), properties='<w:gridBefore w:val="1"/>'),
        row(cell("z")),
    )
    assert _read(body) == "A | ← | B\n | x | y\nz |  | "


def test_edges_that_do_not_quite_meet_make_no_column() -> None:
    body = table(
        row(cell("Indikator"), cell("Target", SPAN)),
        row(cell("Jumlah desa", SPAN), cell("243")),
        widths=(4000, 90, 2000),
    )
    assert _read(body) == "Indikator | Target\nJumlah desa | 243"
    lone = table(row(cell("a"), cell("b"), cell("c")), widths=(4000, 90, 2000))
    assert _read(lone) == "a | b | c"


def test_controls_around_rows_cells_and_tables_are_seen_through() -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    body = control(table(control(row(control(cell("a")), cell("b")))) + control(paragraph("c")))
    assert _read(body) == "a | b\nc"


def test_tracked_changes_are_read_as_they_will_be() -> None:
    body = (
        "<w:p><w:r><w:t>nilai </w:t></w:r><w:del><w:r><w:delText>71</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>82</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>lama</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>,30</w:t></w:r></w:moveTo></w:p>"
    ) + table(
        row(cell("a"), properties="<w:ins/>"),
        row(cell("b"), properties="<w:del/>"),
        row(cell("c"), cell("d", "<w:cellDel/>")),
    )
    assert _read(body) == "nilai 82,30\na\nc"


def test_fields_breaks_hidden_text_and_formulas() -> None:
    body = (
        '<w:p><w:r><w:t xml:space="preserve">Tabel </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText> SEQ Tabel </w:instrText></w:r><w:r><w:t>1</w:t></w:r><w:r><w:tab/><w:t>a</w:t><w:br/>"
        "<w:t>b\u00ad\u200bc</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>"
        '<w:fldSimple w:instr="PAGE"><w:r><w:t> 7</w:t></w:r></w:fldSimple>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>rahasia</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> 8</w:t></w:r></w:p>'
        "<w:p><m:oMath><m:f><m:num><m:r><m:t>LPM aktif</m:t></m:r></m:num><m:den><m:r><m:t>LPM</m:t></m:r></m:den></m:f>"
        "<m:r><m:t> × 100</m:t></m:r></m:oMath></w:p>"
    )
    assert _read(body) == "Tabel 1 a bc-d 7 8\nLPM aktif / LPM × 100"


def test_a_table_within_a_cell_follows_with_the_paragraphs_of_that_cell() -> None:
    inner = table(row(cell("1"), cell("2")))
    outer = table(f"<w:tr><w:tc>{paragraph('Tabel 1.1')}{inner}<w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>")
    assert _read(outer) == "Tabel 1.1 | \nTabel 1.1\n1 | 2\n"


def test_few_wide_cells_do_not_make_many_rows_wide() -> None:
    rows = [[Written(columns=4)], *([Written()] for _ in range(4))]
    assert len(grid(rows, (), 20).rows) == 5
    with pytest.raises(LargeError):
        grid(rows, (), 19)


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('Tabel 2.1')}{table(row(cell('a')))}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>di atas</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice><w:drawing><v:x>{box}</v:x></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert _read(body) == "di atas\nTabel 2.1\na"


def test_what_python_docx_writes() -> None:
    made, kept = docx.Document(), io.BytesIO()
    made.add_heading("BAB II", 1)
    made_table = made.add_table(2, 3)
    made_table.cell(0, 0).merge(made_table.cell(1, 0)).text = "No"
    made_table.cell(0, 1).merge(made_table.cell(0, 2)).text = "Target"
    made_table.cell(1, 1).text = "2022"
    made.save(kept)
    read = drawn(read_document(Upload(Path("a.docx"), kept.getvalue())))
    assert read == "(heading 1) BAB II\nNo | Target | ←\n↑ | 2022 | "


def test_250_rows_take_no_time() -> None:
    rows = [row(*(cell(f"{number},{place}") for place in range(11))) for number in range(250)]
    began = time.process_time()
    (found,) = read_document(document(table(*rows)))
    assert time.process_time() - began < 1
    assert isinstance(found, Grid)
    assert [each.text for each in found.rows[249]] == [f"249,{place}" for place in range(11)]


def _zip(**texts: str) -> bytes:
    return packed({name: text.encode() for name, text in texts.items()})


def _good() -> dict[str, bytes]:
    return parts(paragraph("isi"))


def _with(old: str, new: str) -> Callable[[], bytes]:
    content = _good()["word/document.xml"].replace(old.encode(), new.encode())
    return lambda: packed({**_good(), "word/document.xml": content})


OTHERS: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "berkas ini kosong (0 byte); minta dikirim ulang"),
    "doc": (lambda: OLE + bytes(600), "ini dokumen Word lama (.doc); buka lalu Simpan sebagai .docx"),
    "encrypted": (
        lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
        "dokumen ini dikunci dengan kata sandi; simpan ulang tanpa kata sandi",
    ),
    "pdf": (lambda: b"%PDF-1.7", "ini berkas PDF, bukan dokumen Word; kirim berkas .docx-nya"),
    "rtf": (lambda: b"{\\rtf1 a}", "ini berkas RTF; buka lalu Simpan sebagai .docx"),
    "html": (
        lambda: b"<html>",
        "ini halaman HTML atau XML yang diberi nama .docx; buka lalu Simpan sebagai .docx",
    ),
    "text": (
        lambda: b"Laporan",
        "ini berkas teks atau berkas lain yang diberi nama .docx, bukan dokumen Word",
    ),
    "odt": (
        lambda: _zip(mimetype="application/vnd.oasis.opendocument.text"),
        "ini berkas OpenDocument; buka lalu Simpan sebagai .docx",
    ),
    "xlsx": (
        lambda: _zip(**{"xl/workbook.xml": "<a/>"}),
        "ini buku kerja Excel, bukan dokumen Word; tulis laporan .docx dahulu, lalu buku kerjanya",
    ),
    "pptx": (
        lambda: _zip(**{"ppt/presentation.xml": "<a/>"}),
        "ini presentasi PowerPoint (.pptx), bukan dokumen Word",
    ),
    "zip": (lambda: _zip(a="b"), "ini arsip zip, bukan dokumen Word"),
    "truncated": (lambda: packed(_good())[:300], "berkas rusak atau terpotong; minta dikirim ulang"),
    "no body": (_with("body>", "badan>"), "dokumen rusak dan tidak dapat dibuka; minta dikirim ulang"),
    "no xml": (_with("</w:body>", ""), "dokumen rusak dan tidak dapat dibuka; minta dikirim ulang"),
    "doctype": (
        _with("<w:document", "<!DOCTYPE a><w:document"),
        "berkas ini memuat DOCTYPE; dokumen Word tidak memuatnya",
    ),
    "no main part": (
        lambda: packed({**_good(), "_rels/.rels": b"<a/>"}),
        "dokumen rusak dan tidak dapat dibuka; minta dikirim ulang",
    ),
    "odd names": (
        lambda: packed({**_good(), "../a": b""}),
        "susunan arsip berkas ini tidak wajar; buka di Word lalu Simpan sebagai .docx",
    ),
    "deep": (
        _with("<w:p>", "<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000 + "<w:p>"),
        "isi berkas ini tidak wajar besarnya; tidak dibuka",
    ),
    "wide": (
        _with("<w:p>", table(row(cell("a", '<w:gridSpan w:val="999999999"/>'))) + "<w:p>"),
        "isi berkas ini tidak wajar besarnya; tidak dibuka",
    ),
    "bomb": (
        _with("isi", "isi" * (LIMITS.part // 3)),
        "isi berkas ini tidak wajar besarnya; tidak dibuka",
    ),
}


@pytest.mark.parametrize("other", OTHERS)
def test_what_is_no_document_is_one_sentence(other: str) -> None:
    build, reason = OTHERS[other]
    raw = build()
    if len(raw) > LIMITS.file:
        packed_small = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(raw)) as big,
            zipfile.ZipFile(packed_small, "w", zipfile.ZIP_DEFLATED) as out,
        ):
            for name in big.namelist():
                out.writestr(name, big.read(name))
        raw = packed_small.getvalue()
    with pytest.raises(DocumentError) as raised:
        read_document(Upload(Path("laporan.docx"), raw))
    assert str(raised.value) == f"laporan.docx: {reason}"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"berkas tidak ada; periksa nama dan foldernya$"):
        read_document(tmp_path / "tidak.docx")


def test_bookmarks_belong_to_the_paragraph_in_which_or_before_which_they_begin() -> None:
    one, two, three = (f'<w:bookmarkStart w:id="{n}" w:name="m{n}"/>' for n in (1, 2, 3))
    between = f'<w:bookmarkEnd w:id="1"/>{two}{three}'
    inside = f"<w:sdt><w:sdtContent>{one}<w:r><w:t>b</w:t></w:r></w:sdtContent></w:sdt>"
    body = f"{paragraph('a')}<w:p>{inside}</w:p>{between}{table(row(cell('c')))}{paragraph('d')}"
    found = [each for each in read_document(document(body)) if isinstance(each, Paragraph)]
    assert [(each.text, each.bookmarks) for each in found] == [("a", ()), ("b", ("m1",)), ("d", ("m2", "m3"))]
