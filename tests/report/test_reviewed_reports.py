"""A report of ours that people changed, beside its workbook: what is found, and nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from lkjip_xl.base.files import Upload
from lkjip_xl.compute.results import cells, compute
from lkjip_xl.form.submission import Submission, stack
from lkjip_xl.report.docx.reading import read_document
from lkjip_xl.report.docx.report import report_of
from lkjip_xl.report.outline import Part, parts_of
from lkjip_xl.report.printed import Report
from lkjip_xl.report.review.comparing import Review, compare
from lkjip_xl.template.model import Template
from support import SAMPLE

BUDGET = (
    "Anggaran belanja tahun 2023 sebesar Rp 10.716.928.854,00 (sepuluh miliar tujuh ratus enam belas juta sembilan ratus dua "
    "puluh delapan ribu delapan ratus lima puluh empat rupiah), dan yang terealisasi sebesar Rp 10.361.934.024,00 (sepuluh "
    "miliar tiga ratus enam puluh satu juta sembilan ratus tiga puluh empat ribu dua puluh empat rupiah) atau 96,69 %."
)
REST = (
    "Sisa anggaran tahun 2023 sebesar Rp 354.994.830,00 (tiga ratus lima puluh empat juta sembilan ratus sembilan puluh empat "
    "ribu delapan ratus tiga puluh rupiah) atau 3,31 % dari anggaran."
)
GOALS = "Dari 1 (satu) sasaran strategis yang ditetapkan, rata-rata capaian kinerja tahun 2023 sebesar 82,30 % dengan predikat "
FIGURES = 170  # in sentences of the report as it is written


class Ours:
    """The report of the reference workbook in Word, and what it is compared with."""

    def __init__(self, template: Template, submission: Submission) -> None:
        self.report = Report(
            template, submission.setup, cells(compute(template, stack(template, [submission])), 0)
        )
        self.parts: tuple[Part, ...] = parts_of(submission, self.report)
        content = report_of(SAMPLE.with_suffix(".xlsx"), template).content
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.xml = self.files["word/document.xml"].decode().replace("\u00a0", " ")  # as people retype it

    def review(self, xml: str) -> Review:
        """Return the review of the report with another document.xml."""
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w") as archive:
            for name, content in (self.files | {"word/document.xml": xml.encode()}).items():
                archive.writestr(name, content)
        body = read_document(Upload(Path("laporan.docx"), kept.getvalue()))
        return compare(self.report, body, parts=self.parts)


@pytest.fixture(scope="module")
def ours(template: Template, sample: Submission) -> Ours:
    return Ours(template, sample)


def _changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def _without_bookmarks(xml: str) -> str:
    return re.sub(r'<w:bookmark(?:Start|End)[^>]*w:(?:id|name)="[^>]*/>', "", xml)


def _found(review: Review) -> list[tuple[str, str, str, str]]:
    assert review.differences == ()
    return [
        (each.verdict.value, each.printed, each.expected, each.note) for each in review.sentences.differences
    ]


@pytest.mark.parametrize("bookmarks", [True, False])
def test_a_report_as_it_is_written(ours: Ours, *, bookmarks: bool) -> None:
    review = ours.review(ours.xml if bookmarks else _without_bookmarks(ours.xml))
    assert (_found(review), review.sentences.same) == ([], FIGURES)


ELEVEN = "sebelas miliar tujuh ratus enam belas juta sembilan ratus dua puluh delapan ribu delapan ratus lima puluh empat"


@pytest.mark.sampled(4)
@pytest.mark.parametrize("bookmarks", [True, False])
@pytest.mark.parametrize(
    ("old", "changes", "same", "expected"),
    [
        (
            BUDGET,
            [("10.716.928.854", "11.716.928.854"), ("sepuluh miliar tujuh", "sebelas miliar tujuh")],
            FIGURES - 1,
            [("salah", "11.716.928.854,00", "10.716.928.854,00", "")],
        ),
        (
            REST,
            [
                ("354.994.830", "41.000.000"),
                (REST[REST.index("(") :REST.index(")")], "(empat puluh satu juta rupiah"),
                ("3,31", "4,5"),
            ],
            FIGURES - 2,
            [("salah", "41.000.000,00", "354.994.830,00", ""), ("salah", "4,5", "3,31", "")],
        ),
        (
            GOALS,
            [("1 (satu)", "21 (dua puluh satu)")],
            FIGURES - 1,
            [("salah", "21", "1", "")],
        ),
        (
            REST,
            [("(tiga ratus lima puluh", "(tiga ratus enam puluh")],
            FIGURES,
            [("salah", REST[REST.index("(") + 1 : REST.index(")")].replace("lima", "enam", 1), REST[REST.index("(") + 1 : REST.index(")")], "")],
        ),
    ],
    ids=["anggaran", "sisa", "sasaran", "words alone"],
)  # fmt: skip
def test_a_figure_that_is_wrong_with_its_words_is_found(
    old: str,
    changes: list[tuple[str, str]],
    same: int,
    expected: list[tuple[str, str, str, str]],
    ours: Ours,
    *,
    bookmarks: bool,
) -> None:
    xml = ours.xml if bookmarks else _without_bookmarks(ours.xml)
    review = ours.review(_changed(xml, (old, _changed(old, *changes))))
    assert (_found(review), review.sentences.same) == (expected, same)


GONE = "kalimat ini tidak ada di laporan"
OTHERWISE = (
    "Dari pagu belanja 2023 sejumlah Rp 10.716.928.854,00 telah dipakai Rp 10.361.934.024,00 (96,96 %)."
)


@pytest.mark.parametrize(
    ("xml", "same", "expected"),
    [
        (OTHERWISE, FIGURES - 1, [("salah", "96,96", "96,69", "")]),
        ("Anggaran belanja dibahas dalam bab lain.", FIGURES - 4, [("hilang", "", BUDGET, GONE)]),
        ("", FIGURES - 4, [("hilang", "", BUDGET, GONE)]),
    ],
)
def test_a_sentence_of_a_report_of_ours_is_known_by_its_bookmark(
    xml: str, same: int, expected: list[tuple[str, str, str, str]], ours: Ours
) -> None:
    review = ours.review(_changed(ours.xml, (BUDGET, xml)))
    assert (_found(review), review.sentences.same) == (expected, same)


def test_a_paragraph_that_is_gone_with_its_bookmark(ours: Ours) -> None:
    review = ours.review(_without(ours.xml, REST))
    assert (_found(review), review.sentences.same) == ([("hilang", "", REST, GONE)], FIGURES - 3)


def test_a_report_that_is_not_ours_need_not_have_our_sentences(ours: Ours) -> None:
    """One without our bookmarks, or into which people pasted some of our parts."""
    bare = _without_bookmarks(ours.xml)
    pasted = bare.replace("<w:p>", '<w:p><w:bookmarkStart w:id="1" w:name="lkjip_pk_012345"/>', 1)
    for xml in (bare, pasted):
        review = ours.review(_without(xml, REST))
        assert (_found(review), review.sentences.same) == ([], FIGURES - 3)


def _without(xml: str, text: str) -> str:
    """Return a document without the paragraph that holds a text."""
    begin, end = xml.rindex("<w:p>", 0, xml.index(text)), xml.index("</w:p>", xml.index(text)) + len("</w:p>")
    return xml[:begin] + xml[end:]


DESA = "Jumlah Desa Sangat Tertinggal dan Tertinggal Menjadi Desa Berkembang"
TARGET = (
    "TARGET 2018: 103; TARGET 2019: 131; TARGET 2020: 159; TARGET 2021: 187; TARGET 2022: 215; TARGET 2023: 243; "
    "REALISASI 2018: 103; REALISASI 2019: 183; REALISASI 2020: 204; REALISASI 2021: 205; REALISASI 2022: 209; REALISASI 2023: 200"
)
CAPAIAN = (
    "CAPAIAN (%) 2018: 100,00; CAPAIAN (%) 2019: 139,69; CAPAIAN (%) 2020: 128,30; CAPAIAN (%) 2021: 109,63; "
    "CAPAIAN (%) 2022: 97,21; CAPAIAN (%) 2023: 82,30"
)
OUT, UP = "Persentase Pengentasan desa tertinggal", "Persentase Peningkatan status desa mandiri"


@pytest.mark.parametrize(
    ("number", "same", "expected"),
    [
        (8, 359, {DESA: TARGET}),
        (9, 365, {DESA: CAPAIAN}),
        (4, 371, {OUT: "TARGET: 44,44"}),
        (18, 371, {OUT: "TARGET: 44,44"}),
        (18, 370, {OUT: "TARGET: 44,44", UP: "TARGET: 1,76"}),
    ],
)
def test_rows_lost_from_one_part_or_copy(
    number: int, same: int, expected: dict[str, str], ours: Ours
) -> None:
    begin, end = [each.span() for each in re.finditer(r"<w:tbl>.*?</w:tbl>", ours.xml)][number - 1]
    xml = ours.xml[begin:end]
    for name in expected:
        (row,) = (each for each in re.findall(r"<w:tr>.*?</w:tr>|<w:tr .*?</w:tr>", xml) if name in each)
        xml = _changed(xml, (row, ""))
    review = ours.review(ours.xml[:begin] + xml + ours.xml[end:])
    assert [
        (each.verdict.value, each.number, each.row, each.expected, each.note) for each in review.differences
    ] == [
        ("hilang", number, name, figures, "baris ini tidak ada di laporan")
        for name, figures in expected.items()
    ]
    assert review.same == same
