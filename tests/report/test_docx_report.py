"""The report in Word: its headings, tables and captions are those of the reference report, its figures are ours."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt
from openxml_audit import OpenXmlValidator

import documents
from figures import FIGURES, Figure
from lkjip_xl.form.submission import Submission
from lkjip_xl.report.docx.elements import element, qn
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.tables import length
from lkjip_xl.report.outline import Part, bookmarkable
from lkjip_xl.report.printed_text import text_of
from lkjip_xl.template.model import Template

# What the reference report has in its lists of contents and of tables, and what ours has in its place.
HEADINGS = """
KATA PENGANTAR                       |
DAFTAR ISI                           |
DAFTAR TABEL                         |
DAFTAR GAMBAR                        |
IKHTISAR EKSEKUTIF                   |
Bab I PENDAHULUAN                    | BAB I PENDAHULUAN
A. Gambaran Umum                     |
B. Maksud dan Tujuan                 |
C. Landasan Hukum                    |
D. Struktur Organisasi               |
Bab II PERENCANAAN KINERJA           | BAB II PERENCANAAN KINERJA
A. Perjanjian Kinerja 2023           | A. Perjanjian Kinerja Tahun 2023
B. Indikator Kinerja Utama (IKU) 2023 | B. Indikator Kinerja Utama (IKU)
Bab III AKUNTABILITAS KINERJA        | BAB III AKUNTABILITAS KINERJA
(tanpa judul di daftar isi)          | Metodologi Pengukuran Kinerja
A. Capaian Kinerja Dinas Pemberdayaan Masyarakat dan Desa |
1. Perbandingan antara Target dan Realisasi Kinerja Tahun 2023 |
2. Perbandingan antara Realisasi Kinerja serta Capaian Kinerja Tahun 2023 dengan Tahun 2018 sampai dengan Tahun 2023 | 2. Perbandingan antara Realisasi Kinerja serta Capaian Kinerja Tahun 2023 dengan Tahun-Tahun Sebelumnya
3. Perbandingan Realisasi Kinerja sampai dengan Tahun 2023 dengan Target Jangka Menengah dalam Dokumen Renstra |
4. Perbandingan realisasi Kinerja Tahun ini dengan standar Nasional | 4. Perbandingan Realisasi Kinerja Tahun 2023 dengan Standar Nasional
5. Analisis Penyebab Keberhasilan/Kegagalan atau Peningkatan/ Penurunan Kinerja serta Alternative Solusi yang Telah Dilaksanakan | 5. Analisis Penyebab Keberhasilan/Kegagalan atau Peningkatan/Penurunan Kinerja serta Alternatif Solusi yang Telah Dilaksanakan
6. Analisis atas Efisiensi Penggunaan Sumber Daya |
7. Analisis program/kegiatan yang menunjang keberhasilan ataupun kegagalan pencapaian pernyataan kinerja | 7. Analisis Program/Kegiatan yang Menunjang Keberhasilan ataupun Kegagalan Pencapaian Pernyataan Kinerja
B. Akuntabilitas Keuangan            |
C. Tindak Lanjut Hasil Evaluasi Sebelumnya |
Bab IV PENUTUP                       | BAB IV PENUTUP
A. Kesimpulan                        |
B. Saran                             |
(lampiran tidak ada di daftar isi)   | LAMPIRAN
(lampiran tidak ada di daftar isi)   | Perjanjian Kinerja Tahun 2023
"""
CAPTIONS = """
Tabel 1.1 Jumlah Pegawai Dinas Pemberdayaan Masyarakat dan Desa Kabupaten Banyuasin | Tabel 1.1 Jumlah Pegawai Dinas Pemberdayaan Masyarakat dan Desa
Tabel 1.2 Sumber Daya Manusia Berdasarkan Pendidikan |
Tabel 1.3 Sumber Daya Manusia Berdasarkan Pangkat/Golongan |
Tabel 2.1 Perjanjian Kinerja Tahun 2023 |
Tabel 2.2 Indikator Kinerja Utama 2018-2023 | Tabel 2.2 Indikator Kinerja Utama (IKU) 2018-2023 Dinas Pemberdayaan Masyarakat dan Desa
Tabel 3.1 Persentase Perbandingan Target dan Realisasi Indikator Kinerja Tahun 2023 |
Tabel 3.2 Perbandingan antara Realisasi Kinerja serta Capaian Kinerja Tahun 2023 dengan Tahun 2018 sampai dengan Tahun 2023 | Tabel 3.2 Perbandingan antara Realisasi Kinerja serta Capaian Kinerja Tahun 2023 dengan Tahun 2018-2023
Tabel 3.3 Perbandingan Realisasi Kinerja sampai dengan Tahun 2023 dengan Target Jangka Menengah dalam Dokumen Renstra |
Tabel 3.4 Akuntabilitas Keuangan |
"""


@pytest.fixture(scope="module")
def outline(template: Template, sample: Submission) -> tuple[Part, ...]:
    return documents.parts(template, sample)


@pytest.fixture(scope="module")
def document(outline: tuple[Part, ...]) -> bytes:
    return documents.new(outline)


@pytest.fixture(scope="module")
def grids(document: bytes) -> dict[str, list[list[list[str]]]]:
    return documents.grids(document)


@pytest.fixture(scope="module")
def texts(document: bytes) -> dict[str, str]:
    return documents.texts_of_blocks(document)


def _ours(table: str) -> list[str]:
    pairs = [line.split("|") for line in table.strip().splitlines()]
    return [(other.strip() or theirs.strip()) for theirs, other in pairs]


def test_headings_are_those_of_the_reference_report(document: bytes) -> None:
    found = [
        text
        for style, text in documents.paragraphs(document)
        if style in ("heading 1", "heading 2", "heading 3")
    ]
    assert found == _ours(HEADINGS)


def test_numbered_captions_are_those_of_the_reference_report(document: bytes) -> None:
    found = [
        text
        for style, text in documents.paragraphs(document)
        if style == "caption" and text.startswith("Tabel ")
    ]
    assert [text for text in found if "(lanjutan)" not in text] == _ours(CAPTIONS)
    assert [text[:20] for text in found if "(lanjutan)" in text] == ["Tabel 3.2 (lanjutan)"]


def test_lists_name_what_stands_in_the_document(document: bytes) -> None:
    found = documents.paragraphs(document)
    captions = [text for style, text in found if style == "caption"]
    listed = [text for style, text in found if style == "table of figures"]
    assert listed == [*_ours(CAPTIONS), *(text for text in captions if text.startswith("Gambar"))]
    assert [text for style, text in found if style.startswith("toc")] == _ours(HEADINGS)


@pytest.mark.parametrize(
    "figure", [each for each in FIGURES if each.expected is not None], ids=lambda figure: figure.place
)
def test_published_figures_stand_in_their_table_or_sentence(
    figure: Figure,
    grids: dict[str, list[list[list[str]]]],
    texts: dict[str, str],
    template: Template,
    sample: Submission,
) -> None:
    """The figure stands in the row of its table that is named as in the workbook, or in a sentence of the report."""
    column = template.tables[figure.table].columns[figure.column]
    shown = text_of(
        column.declared,
        float(figure.expected) if isinstance(figure.expected, (int, float)) else figure.expected,
    )
    rows = [row for table in grids.get(figure.table, []) for row in table]
    if rows and column.declared.print is not False and not column.declared.hidden:
        name = _name(figure, template, sample)
        assert any(shown in row and (name is None or name in row) for row in rows), shown
    else:
        assert any(shown in text for text in texts.values()), shown


def _name(figure: Figure, template: Template, sample: Submission) -> str | None:
    """Return what names the figure's row, where it is typed in that table; of a closing row its label."""
    table = template.tables[figure.table]
    if figure.row is None:
        return table.declared.total_label
    cells = sample.tables.get(figure.table, {}).get(figure.row, {})
    for key in ("program", "golongan", "sub_kegiatan"):
        value = cells.get((key, None))
        if isinstance(value, str):
            return value
    return None


def test_the_document_is_valid(document: bytes, tmp_path: Path) -> None:
    path = tmp_path / "laporan.docx"
    path.write_bytes(document)
    assert [error.description for error in OpenXmlValidator().validate(path).errors] == []


def test_a_fault_in_a_document_is_seen_by_the_validator(document: bytes, tmp_path: Path) -> None:
    package = Package(document)
    properties = next(package.body.iter(qn("w:pPr")))
    properties.append(properties[0])  # the style behind what must follow it
    properties.insert(0, element("w:spacing", before=1))
    path = tmp_path / "laporan.docx"
    path.write_bytes(package.saved())
    assert OpenXmlValidator().validate(path).errors


def test_wide_tables_lie_on_their_side_and_pages_are_counted_from_the_first_chapter(document: bytes) -> None:
    sections = Document(BytesIO(document)).sections
    seen = []
    for each in sections:
        numbers = each._sectPr.find(qn("w:pgNumType"))
        kind = None if numbers is None else numbers.get(qn("w:fmt"))
        start = None if numbers is None else numbers.get(qn("w:start"))
        seen.append((each.orientation.name, kind, start))
    assert seen[:3] == [
        ("PORTRAIT", None, None),
        ("PORTRAIT", "lowerRoman", "1"),
        ("PORTRAIT", "decimal", "1"),
    ]
    assert {(kind, start) for _, kind, start in seen[3:]} == {("decimal", None)}
    assert ("LANDSCAPE", "decimal", None) in seen[3:]


def test_a_base_gives_its_styles_and_what_stands_in_it(outline: tuple[Part, ...]) -> None:
    base = Document()
    base.styles["Heading 1"].font.size = Pt(21)
    base.add_paragraph("PEMERINTAH KABUPATEN CONTOH")
    base.sections[0].header.paragraphs[0].text = "kop"
    out = BytesIO()
    base.save(out)
    document = documents.new(outline, out.getvalue())
    made = Document(BytesIO(document))
    assert made.paragraphs[0].text == "PEMERINTAH KABUPATEN CONTOH"
    assert made.styles["Heading 1"].font.size == Pt(21)
    assert made.sections[0].header.paragraphs[0].text == "kop"
    assert {"LKjIP Isi", "LKjIP Tabel"} <= {style.name for style in made.styles}
    headings = [text for style, text in documents.paragraphs(document) if style == "heading 1"]
    assert headings[0] == "KATA PENGANTAR"


def test_a_caption_stays_with_its_table_whatever_the_style_of_the_base(outline: tuple[Part, ...]) -> None:
    out = BytesIO()
    Document().save(out)  # whose Caption does not keep with what follows
    body = Document(BytesIO(documents.new(outline, out.getvalue()))).element.body
    above = [table.getprevious() for table in body.iterchildren(qn("w:tbl"))]
    assert len(above) == 19
    assert [each.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for each in above] == [True] * 19


def test_a_base_may_have_no_style_at_all(outline: tuple[Part, ...]) -> None:
    base = Document()
    for style in list(base.styles.element):
        base.styles.element.remove(style)
    out = BytesIO()
    base.save(out)
    styles = Document(BytesIO(documents.new(outline, out.getvalue()))).styles
    assert {"footer", "caption", "heading 1", "lkjip isi", "lkjip tabel"} <= {
        str(each.name).lower() for each in styles
    }


HOSTILE = (
    '=HYPERLINK("http://x")', "{ HYPERLINK http://x }", "<w:p><w:r><w:t>x</w:t></w:r></w:p>", "\\* MERGEFORMAT",
    "]]>&amp;", "\x02\u202ekanan", "{{ 7*7 }}",
)  # fmt: skip


def test_text_of_a_workbook_is_text_in_the_document(
    template: Template, sample: Submission, document: bytes
) -> None:
    """Neither markup, nor a field, nor a link comes from what somebody has typed."""
    from lkjip_xl.form.json_data import from_document, to_document

    data = to_document(sample, template)
    rows = data["tabel"]["analisis"]
    rows[0] |= {"penyebab": " ".join(HOSTILE)}
    data["tabel"]["identitas"]["nama"] = "Dinas " + HOSTILE[2]
    made = documents.new(documents.parts(template, from_document(data, template)))

    def codes(content: bytes) -> list[str]:
        return sorted({str(each.text).split()[0] for each in Package(content).body.iter(qn("w:instrText"))})

    assert codes(made) == codes(document) == ["PAGEREF", "SEQ", "TOC"]
    with zipfile.ZipFile(BytesIO(made)) as archive:
        external = [
            name
            for name in archive.namelist()
            if name.endswith(".rels") and b'TargetMode="External"' in archive.read(name)
        ]
    assert external == []
    text = documents.texts_of_blocks(made)["penyebab_cc233c3e"]
    for each in HOSTILE:
        assert each.replace("\x02", "\ufffd").replace("\u202e", "\ufffd") in text


def test_letters_are_measured() -> None:
    assert length("0000", 9.0) == int(4 * 0.557 * 180)
    assert length("0000", 9.0, bold=True) > length("0000", 9.0) > length("iiii", 9.0)


def test_names_of_blocks_fit_a_bookmark() -> None:
    """Word cuts a bookmark's name after 40 characters; two long names stay two."""
    assert bookmarkable("a" * 27) == "a" * 27
    long, other = bookmarkable("grafik_" + "a" * 40), bookmarkable("grafik_" + "a" * 41)
    assert (len(long), long[:18], long != other) == (27, "grafik_" + "a" * 11, True)


def test_every_bookmark_is_one_that_word_keeps(document: bytes) -> None:
    names = [str(each.get(qn("w:name"))) for each in Package(document).bookmarks()]
    assert len(names) == len(set(names)) > 100
    assert max(map(len, names)) <= 40
