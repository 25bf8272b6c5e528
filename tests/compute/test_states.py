"""How far each table is filled: from what stands in a report, and as the workbook shows it while staff type."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from clean import clean_document
from engines import betteroffice
from lkjip_xl.base.findings import Place
from lkjip_xl.compute.states import State, TableState, table_states, untouched
from lkjip_xl.form.json_data import from_document, to_document
from lkjip_xl.form.submission import Cells, Submission, initial
from lkjip_xl.pipeline import export, validate
from lkjip_xl.report.summary_book import summary
from lkjip_xl.report.text import as_text, progress
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.write.first_findings import HIDDEN
from lkjip_xl.write.render import render
from support import fill, tiny

BLANK = Setup(2023, (2018, 2023), frozenset({"idm"}))
ASIDE = "Ditulis di laporan lain"


def _states(template: Template, document: dict[str, Any]) -> dict[str, TableState]:
    return {each.table: each for each in table_states(template, from_document(document, template))}


def test_a_clean_report_is_whole(template: Template) -> None:
    states = _states(template, clean_document())
    assert {
        key: (each.state, each.reason) for key, each in states.items() if each.state is not State.COMPLETE
    } == dict.fromkeys(("analisis", "efisiensi", "pendukung"), (State.INAPPLICABLE, ASIDE))
    assert all(each.filled == each.asked for each in states.values())
    assert len(states) == 18


@pytest.mark.parametrize(
    ("table", "change", "expected"),
    [
        ("iku", lambda t: t["iku"][1].pop("arah"), (State.PARTIAL, 8, 9)),
        ("iku", lambda t: t["iku"].append({"keterangan": "menyusul"}), (State.PARTIAL, 9, 12)),
        ("pendidikan", lambda t: t["pendidikan"][0].pop("instansi"), (State.PARTIAL, 0, 1)),
        ("identitas", lambda t: t["identitas"].pop("nama"), (State.PARTIAL, 3, 4)),
        ("kinerja", lambda t: t["kinerja"].pop("ikk"), (State.PARTIAL, 3, 6)),
        ("kinerja", lambda t: t["kinerja"].clear(), (State.EMPTY, 0, 6)),
        ("tren", lambda t: t["tren"]["iku"][0]["target"].pop("2018"), (State.PARTIAL, 58, 60)),
        ("tindak_lanjut", lambda t: t.pop("tindak_lanjut"), (State.EMPTY, 0, 0)),
        ("akip", lambda t: t.pop("akip"), (State.EMPTY, 0, 0)),
        ("keuangan", lambda t: t.pop("keuangan"), (State.EMPTY, 0, 0)),
    ],
)  # fmt: skip
def test_states(template: Template, table: str, change: Any, expected: tuple[State, int, int]) -> None:
    document = clean_document()
    before = _states(template, document)
    change(document["tabel"])
    after = _states(template, document)
    assert (after[table].state, after[table].filled, after[table].asked) == expected
    assert before[table].state is State.COMPLETE


def test_an_explained_blank_is_not_missing(template: Template) -> None:
    document = clean_document()
    document["tabel"]["iku"][0].pop("satuan")
    assert _states(template, document)["iku"].state is State.PARTIAL
    document["penjelasan"] = [{"tabel": "iku", "baris": 1, "teks": "Tanpa satuan di PK"}]
    state = _states(template, document)["iku"]
    assert (state.state, state.filled, state.asked) == (State.COMPLETE, 8, 8)


def test_a_blank_workbook_says_so_and_no_more(template: Template, tmp_path: Path) -> None:
    path = tmp_path / "kosong.xlsx"
    path.write_bytes(render(template, initial(template, BLANK)))
    ((checked,), _) = validate([path], template)
    assert untouched(template, checked.states)
    assert progress(checked.states, template) == ["Belum diisi: semua 18 tabel"]
    assert as_text([checked], template).splitlines()[-1] == "  Belum diisi: semua 18 tabel"
    periksa = openpyxl.load_workbook(path, data_only=True)["Periksa"]
    assert periksa["A2"].value == "BELUM DIISI: 0 dari 18 tabel"
    states = {row[6].value for row in periksa.iter_rows(min_row=29) if row[5].value == 0}
    assert "sesuai" in states  # of the tables that have begun: Identitas asks for what is blank
    of_empty = {
        row[6].value
        for row in periksa.iter_rows(min_row=29)
        if row[0].value == "3.4 Keuangan" and row[5].value == 0
    }
    assert of_empty == {"belum diisi"}


def test_staff_say_what_does_not_apply(template: Template, tmp_path: Path) -> None:
    """Typed in the cells under the titles of a workbook, recalculated by another program, and read back."""
    document = clean_document()
    document.pop("tidak_berlaku")
    for key in ("akip", "tindak_lanjut"):
        document["tabel"].pop(key)
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, from_document(document, template)))
    ((before,), _) = validate([path], template)
    empty = [
        (each.rule, each.sheet, each.severity.value)
        for each in before.findings
        if each.rule == "tabel-kosong"
    ]
    sheets = ["Analisis Penyebab", "Efisiensi", "AKIP", "Program Pendukung", "Tindak Lanjut"]
    assert empty == [("tabel-kosong", sheet, "peringatan") for sheet in sheets]
    book = openpyxl.load_workbook(path)
    cells = {
        sheet: next(c for c in book[sheet][2] if c.protection.locked is False).coordinate for sheet in sheets
    }
    fill(path, {sheet: {cell: "Tidak ada"} for sheet, cell in cells.items()})
    ((after,), _) = validate([path], template)
    assert after.workbook is not None
    assert {each.rule for each in before.findings} - {each.rule for each in after.findings} == {
        "tabel-kosong"
    }
    assert after.workbook.submission.inapplicable == dict.fromkeys(
        ("analisis", "efisiensi", "pendukung", "akip", "tindak_lanjut"), "Tidak ada"
    )
    (shown,) = betteroffice(tmp_path).grids([path])
    lines = {shown["Periksa", row, 5]: row for row in range(5, 23)}
    for sheet in sheets:
        assert shown["Periksa", lines[sheet], 7] == "tidak berlaku"
        assert shown["Periksa", lines[sheet], 6] == "Tidak ada"
    assert shown["Periksa", 1, HIDDEN + 1] == 18


def test_it_is_contradicted_where_the_table_is_filled(template: Template, tmp_path: Path) -> None:
    document = clean_document()
    document["tidak_berlaku"]["tindak_lanjut"] = "Tidak ada rekomendasi"
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, from_document(document, template)))
    ((checked,), _) = validate([path], template)
    assert [
        (each.rule, each.sheet, each.cell, each.message)
        for each in checked.findings
        if each.severity.value == "galat"
    ] == [
        (
            "tidak-berlaku-terisi",
            "Tindak Lanjut",
            "C8",
            "Tindak Lanjut Hasil Evaluasi Sebelumnya dinyatakan tidak berlaku, tetapi berisi",
        )
    ]


def test_reasons_come_back_as_data_and_on_paper(template: Template, tmp_path: Path) -> None:
    document = clean_document()
    document["tidak_berlaku"]["akip"] = "OPD baru"
    document["tabel"].pop("akip")
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, from_document(document, template)))
    exported, _ = export(path, template, computed=False)
    assert exported["tidak_berlaku"] == document["tidak_berlaku"]
    assert to_document(from_document(exported, template), template) == exported
    printed = tmp_path / "ringkasan.xlsx"
    printed.write_bytes(summary(path, template)[1])
    book = openpyxl.load_workbook(printed)
    assert {"AKIP", "Analisis Penyebab", "Efisiensi", "Program Pendukung"}.isdisjoint(book.sheetnames)
    texts = [row[0].value for row in book["Ikhtisar"].iter_rows()]
    assert texts[texts.index("Tabel yang tidak berlaku") + 1 :] == [
        f"Penyebab Keberhasilan/Kegagalan, Kendala, dan Solusi: {ASIDE}",
        f"Analisis atas Efisiensi Penggunaan Sumber Daya: {ASIDE}",
        f"Program/Kegiatan yang Menunjang Keberhasilan ataupun Kegagalan Pencapaian Kinerja: {ASIDE}",
        "Hasil Evaluasi Akuntabilitas Kinerja Instansi Pemerintah (AKIP): OPD baru",
    ]


def test_a_report_in_part_names_what_is_left(template: Template) -> None:
    document = clean_document()
    document["tabel"].pop("tindak_lanjut")
    document["tabel"]["iku"][1].pop("arah")
    states = table_states(template, from_document(document, template))
    assert progress(states, template) == [
        "16 dari 18 tabel lengkap",
        "belum diisi: Tindak Lanjut",
        "sebagian: 2.2 IKU (8 dari 9 isian wajib)",
        *(
            f"tidak berlaku: {sheet} ({ASIDE})"
            for sheet in ("Analisis Penyebab", "Efisiensi", "Program Pendukung")
        ),
    ]


def test_nothing_is_asked_of_a_report_without_tables(template: Template) -> None:
    states = table_states(template, Submission(Setup(2023, (2023, 2023))))
    assert len(states) == 17
    assert {each.state for each in states} == {State.EMPTY}


def test_rows_that_follow_others_say_nothing_where_the_table_does_not_apply(
    template: Template, tmp_path: Path
) -> None:
    document = clean_document()
    del document["tabel"]["standar"]
    paths = [tmp_path / "tanpa.xlsx", tmp_path / "dengan.xlsx"]
    for path, reason in zip(paths, ({}, {"standar": "Belum ada standar nasional"}), strict=True):
        changed = document | {"tidak_berlaku": document["tidak_berlaku"] | reason}
        path.write_bytes(render(template, from_document(changed, template)))
    (without, with_reason), _ = validate(paths, template)
    assert {each.rule for each in without.findings} == {"tabel-kosong", "standar-atau-alasan"}
    assert with_reason.findings == ()
    found = betteroffice(tmp_path).grids(paths)
    verdicts = [each["Periksa", 2, 1] for each in found]
    assert verdicts == [
        "BELUM SIAP: 17 dari 18 tabel lengkap, 4 peringatan belum diperbaiki atau dijelaskan",
        "SIAP DIKIRIM",
    ]


def test_an_empty_table_cannot_be_explained_away(template: Template, tmp_path: Path) -> None:
    document = clean_document()
    del document["tabel"]["akip"]
    document["penjelasan"] = [{"tabel": "akip", "kolom": "target", "teks": "Menyusul"}]
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, from_document(document, template)))
    ((checked,), _) = validate([path], template)
    assert [(each.rule, each.sheet, each.explanation) for each in checked.findings] == [
        ("tabel-kosong", "AKIP", "")
    ]
    (found,) = betteroffice(tmp_path).grids([path])
    assert found["Periksa", 2, 1] == (
        "BELUM SIAP: 17 dari 18 tabel lengkap, 1 peringatan belum diperbaiki atau dijelaskan"
    )


def test_what_a_table_that_does_not_apply_would_ask_for_is_not_asked(tmp_path: Path) -> None:
    """Where its rows follow others, and so are there all the same."""
    small = tiny(
        tmp_path / "set",
        asli='columns = [{key = "nama", label = "Nama", type = "text"}]\npart_label = "A"\n',
        ikut=FOLLOWER,
    )
    reason = {"ikut": "Tidak ada"}
    tables: dict[str, Cells] = {"asli": {("asli", 1): {("nama", None): "x"}}}
    setup = Setup(2023, (2023, 2023))
    (asked,) = (each for each in table_states(small, Submission(setup, tables)) if each.table == "ikut")
    assert asked == TableState("ikut", State.EMPTY, 0, 1)
    (freed,) = (
        each
        for each in table_states(small, Submission(setup, tables, inapplicable=reason))
        if each.table == "ikut"
    )
    assert freed == TableState("ikut", State.INAPPLICABLE, 0, 0, "Tidak ada")


FOLLOWER = """
rows_from = ["asli"]
required = true
not_applicable = "Tidak ada di sini"
columns = [
  {key = "nama", label = "Nama", type = "text", formula = "asal.nama"},
  {key = "nilai", label = "Nilai", type = "number", required = true},
]
"""


def test_a_workbook_is_untouched_until_something_is_typed(template: Template) -> None:
    """What the coordinator wrote, the OPD and the first rows, is nothing that staff have typed."""
    begun = initial(template, BLANK)
    name: Cells = {("identitas", 1): {("nama", None): "Dinas Contoh"}}
    grade: Cells = {("akip", 1): {("target", None): 70.0}}
    given = replace(begun, tables={**begun.tables, "identitas": name})
    assert untouched(template, table_states(template, given))
    typed = replace(given, tables={**given.tables, "akip": grade})
    assert not untouched(template, table_states(template, typed))


def test_what_stands_there_of_another_kind_is_not_missing(template: Template) -> None:
    """It is a finding of its own; the cell is not blank."""
    document = clean_document()
    document["tabel"]["iku"][0].pop("satuan")
    submission = from_document(document, template)
    misfits = [Place("iku", ("iku", 1), ("satuan", None))]
    (state,) = (each for each in table_states(template, submission, misfits) if each.table == "iku")
    assert (state.state, state.filled, state.asked) == (State.COMPLETE, 9, 9)


def test_an_explanation_is_no_substitute_where_something_must_be_filled(template: Template) -> None:
    document = clean_document()
    document["tabel"]["iku"][0].pop("arah")
    document["penjelasan"] = [{"tabel": "iku", "baris": 1, "teks": "Belum tahu"}]
    state = _states(template, document)["iku"]
    assert (state.state, state.filled, state.asked) == (State.PARTIAL, 8, 9)


def test_what_a_code_says_need_not_be_typed(template: Template) -> None:
    document = clean_document()
    document["tabel"]["keuangan"][0].pop("tingkat")
    assert _states(template, document)["keuangan"].state is State.PARTIAL
    document["tabel"]["keuangan"][0]["kode"] = "2.13.02"
    assert _states(template, document)["keuangan"].state is State.COMPLETE


def test_rows_are_asked_for_that_others_follow_from_afar(template: Template) -> None:
    """3.3 follows 3.1, which follows IKU and IKK: these have rows before 3.1 is filled."""
    document = clean_document()
    document["tabel"].pop("kinerja")
    document["tabel"].pop("renstra")
    state = _states(template, document)["renstra"]
    assert (state.state, state.filled, state.asked) == (State.EMPTY, 0, 6)


def test_the_sheet_contradicts_it_where_rows_follow_others(template: Template, tmp_path: Path) -> None:
    """The rules of the rows say nothing then, that of the table does."""
    document = clean_document()
    document["tidak_berlaku"]["standar"] = "Belum ada"
    path = tmp_path / "isian.xlsx"
    path.write_bytes(render(template, from_document(document, template)))
    (found,) = betteroffice(tmp_path / "hitung").grids([path])
    assert found["Periksa", 2, 1] == "BELUM SIAP: 18 dari 18 tabel lengkap, 1 galat harus diperbaiki"
    assert str(found["Periksa", 5, 1]).startswith("Standar Nasional · ")
    assert str(found["Periksa", 5, 2]).endswith("dinyatakan tidak berlaku, tetapi berisi")
