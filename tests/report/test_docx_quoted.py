"""What an update says of a block quotes what stands in the report."""

from __future__ import annotations

import copy

import documents
from lkjip_xl.form.json_data import from_document, to_document
from lkjip_xl.form.submission import Submission
from lkjip_xl.report.docx.blocks import blocks
from lkjip_xl.report.docx.elements import qn
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.update import Change
from lkjip_xl.report.outline import Part
from lkjip_xl.template.model import Template

Parts = tuple[Part, ...]
PROGRAMS, TREND = "keuangan_program", "ikhtisar_indikator_cc233c3e"


def test_messages_quote_what_stands_in_the_report(
    document: bytes, template: Template, sample: Submission
) -> None:
    """Of several paragraphs the first that is not as the workbook has it; what is not there as the workbook has it."""
    package = Package(document)
    known = {each.name: each for each in blocks(package)}
    for name, paragraph, words in (
        (PROGRAMS, 1, "Kerja sama desa: habis terpakai."),
        (TREND, 0, "Kata kami."),
    ):
        first, *others = known[name].elements[paragraph].iter(qn("w:t"))
        first.text = words
        for each in others:
            each.text = ""
    caption = known["kinerja"].elements[0]
    last = [*caption.iter(qn("w:t"))][-1]
    last.text = "Capaian kami"
    for each in known["golongan"].elements:
        each.getparent().remove(each)
    data = to_document(sample, template)
    data["tabel"]["kinerja"]["iku"][0]["realisasi_isian"] = 123
    data["tabel"]["keuangan"][0]["anggaran_isian"] = 987_654_321
    update = documents.updated(package.saved(), documents.parts(template, from_document(data, template)))
    told = {
        name: update.labels[name]
        for name, each in update.changes.items()
        if each.worth_telling and each is not Change.ADDED
    }
    assert {name: update.changes[name] for name in told} == {
        PROGRAMS: Change.CONFLICT, TREND: Change.CONFLICT, "kinerja": Change.CONFLICT, "golongan": Change.ABSENT,
    }  # fmt: skip
    first_program = "Kalimat “Program Penataan Desa: anggaran Rp 520.264.300,00, realisas…”"
    assert told == {
        PROGRAMS: first_program,
        TREND: "Kalimat “Kata kami.”",
        "kinerja": "Tabel 3.1 “Capaian kami”",
        "golongan": "Tabel 1.3 “Sumber Daya Manusia Berdasarkan Pangkat/Golongan”",
    }


def test_what_has_gone_from_the_workbook_is_named_by_its_kind(document: bytes, before: Parts) -> None:
    gone = ("golongan", "grafik_tren_43aba828", TREND, PROGRAMS)
    outline = tuple(copy.copy(each) for each in before if each.name not in gone)
    update = documents.updated(document, outline)
    assert {name: update.changes[name] for name in gone} == dict.fromkeys(gone, Change.REMOVED)
    assert [update.labels[name] for name in gone[:2]] == [
        "Tabel 1.3 “Sumber Daya Manusia Berdasarkan Pangkat/Golongan”",
        "Grafik “Capaian kinerja tahun 2018-2023 (%)”",
    ]
    assert [update.labels[name].split()[0] for name in gone[2:]] == ["Kalimat", "Kalimat"]
