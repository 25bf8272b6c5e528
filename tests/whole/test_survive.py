"""The judge of mishaps sees what is silently wrong; and a choice of mishaps, on a small workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import survive
from accidents import accidents
from lkjip_xl.base.errors import WorkbookError
from lkjip_xl.base.findings import Finding, Place, Severity
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Setup
from mutations import BY_ID, MUTATIONS
from parts import number, put, read_parts, text, write_parts
from programs import programs
from subjects import Expected, Mutation, Subject, make_subject, with_rows, with_values
from support import ROOT, Office
from survive import Court, Judged, Reading, Verdict, judge, reading, unexpected

TEMPLATE = load_template()
STAFF = ("pegawai", ("pegawai", 1), ("jumlah", None))  # 25 in D8


@pytest.fixture(scope="module")
def court(tmp_path_factory: pytest.TempPathFactory) -> Court:
    folder = tmp_path_factory.mktemp("kecil")
    return Court(make_subject("kecil", folder, TEMPLATE), TEMPLATE, folder, bulk=False)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Court:
    folder = tmp_path_factory.mktemp("cacat")
    return Court(make_subject("cacat", folder, TEMPLATE), TEMPLATE, folder, bulk=False)


def _put(*cells: tuple[str, str, str], expected: Expected = Expected()) -> Mutation:  # noqa: B008 - frozen
    """Return a mutation that puts something into cells and says that ``expected`` comes of it."""

    def apply(subject: Subject, target: Path) -> Expected:
        parts = read_parts(subject.path)
        for sheet, cell, content in cells:
            put(parts, sheet, cell, content)
        write_parts(parts, target)
        return expected

    return Mutation("tanam", "tanam", "", apply)


def _verdict(court: Court, *changes: tuple[str, str, str], expected: Expected = Expected()) -> Judged:  # noqa: B008
    return court.outcome(_put(*changes, expected=expected))[0]


# -- the judge ----------------------------------------------------------------------------------------------------


def test_what_did_not_change_is_right(court: Court) -> None:
    assert court.outcome(_put()) == (Judged(Verdict.RIGHT), "")


@pytest.mark.parametrize(
    ("cell", "content", "reason"),
    [
        (("1.1 Pegawai", "D8"), number(26), "pegawai.jumlah pegawai:1: 26.0, seharusnya 25.0"),
        (("1.1 Pegawai", "D8"), ">", "pegawai.jumlah pegawai:1: None, seharusnya 25.0"),
        (("1.1 Pegawai", "D10"), number(3), "pegawai.jumlah pegawai:3: 3.0, seharusnya None"),
        (("Tindak Lanjut", "C8"), text("Perbaiki "), "tindak_lanjut.rekomendasi tindak_lanjut:1: 'Perbaiki ', seharusnya 'Perbaiki'"),
    ],
)  # fmt: skip
def test_another_value_is_silently_wrong(
    cell: tuple[str, str], content: str, reason: str, court: Court
) -> None:
    judged = _verdict(court, (*cell, content))
    assert judged.verdict is Verdict.SILENT
    assert judged.reasons[0] == reason


def test_two_numbers_that_changed_places_are_silently_wrong(court: Court) -> None:
    judged = _verdict(court, ("1.1 Pegawai", "D8", number(4)), ("1.1 Pegawai", "D9", number(25)))
    assert judged.verdict is Verdict.SILENT


def test_a_text_for_a_number_is_reported_at_its_cell_and_nowhere_else(court: Court) -> None:
    change = ("1.1 Pegawai", "D8", text("1.234,56"))
    here, there = (Expected(reported=(("tipe", "1.1 Pegawai", cell),)) for cell in ("D8", "D9"))
    assert _verdict(court, change, expected=here) == Judged(Verdict.REPORTED, ("tipe 1.1 Pegawai!D8",))
    assert _verdict(court, change, expected=there).verdict is Verdict.SILENT


def test_a_word_about_one_cell_does_not_excuse_another(court: Court) -> None:
    expected = Expected(reported=(("tipe", "1.1 Pegawai", "D8"),))
    judged = _verdict(
        court, ("1.1 Pegawai", "D8", text("x")), ("1.1 Pegawai", "D9", number(5)), expected=expected
    )
    assert judged.reasons[0] == "pegawai.jumlah pegawai:2: 5.0, seharusnya 4.0"


def test_what_is_meant_counts_with_all_that_follows_from_it(court: Court) -> None:
    meant = with_values(court.subject.submission, {STAFF: 26.0})
    judged = _verdict(court, ("1.1 Pegawai", "D8", number(26)), expected=Expected(meant))
    assert judged == Judged(Verdict.RIGHT)


def test_rows_may_change_places_where_that_is_meant(court: Court) -> None:
    submission = court.subject.submission
    turned = with_rows(submission, "golongan", lambda row: (row[0], 3 - row[1]))
    swap = [("1.3 Golongan", "C8", number(15)), ("1.3 Golongan", "C9", number(10))]
    names = [row["golongan", None] for row in submission.tables["golongan"].values()]
    swap += [("1.3 Golongan", cell, text(str(name))) for cell, name in zip(("B9", "B8"), names, strict=True)]
    assert _verdict(court, *swap, expected=Expected(turned)) == Judged(Verdict.RIGHT)
    assert _verdict(court, *swap).verdict is Verdict.SILENT


def _judged(court: Court, mutated: Reading, expected: Expected = Expected()) -> Judged:  # noqa: B008
    return judge(mutated, court.subject, court.original, expected, court.made_anew, TEMPLATE)


_NOTE = Finding("kunci-dibuka", Severity.CATATAN, "1.1 Pegawai", "", "", "", "Kunci dibuka", "")
_ALARM = replace(_NOTE, rule="tipe", severity=Severity.GALAT, cell="D8", place=Place(*STAFF))


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        (lambda _: {}, Verdict.RIGHT),
        (lambda r: {"results": {**r.results, STAFF: 1.0}}, Verdict.SILENT),
        (lambda r: {"results": dict(list(r.results.items())[1:])}, Verdict.SILENT),
        (lambda _: {"setup": Setup(2022, (2021, 2023), frozenset({"idm"}))}, Verdict.SILENT),
        (lambda _: {"explanations": {("kinerja", ("iku", 1), ""): "karena"}}, Verdict.SILENT),
        (lambda _: {"bulk": ("consolidate: tabel pegawai lain",)}, Verdict.SILENT),
        (lambda _: {"misplaced": ("tipe di D8",)}, Verdict.SILENT),
        (lambda r: {"values": {**r.values, STAFF: "25"}}, Verdict.SILENT),
        (lambda _: {"findings": (_NOTE,)}, Verdict.REPORTED),
        (lambda _: {"findings": (_ALARM,)}, Verdict.REPORTED),
        (lambda _: {"refusal": "rusak"}, Verdict.REPORTED),
        (lambda _: {"refusal": "rusak", "bulk": ("dibaca",)}, Verdict.SILENT),
        (lambda _: {"crash": "ValueError: x"}, Verdict.CRASH),
    ],
)
def test_each_part_of_a_reading_is_judged(
    changes: Callable[[Reading], dict[str, Any]], verdict: Verdict, court: Court
) -> None:
    assert _judged(court, replace(court.original, **changes(court.original))).verdict is verdict


def test_a_finding_that_is_gone_is_silently_wrong(faulty: Court) -> None:
    assert {each.rule for each in faulty.original.findings} == {
        "tipe", "tanggal-di-angka", "di-luar-tabel", "pilihan", "rumus-ditimpa", "realisasi-wajib", "idm-tetap",
    }  # fmt: skip
    for each in faulty.original.findings:
        left = tuple(other for other in faulty.original.findings if other is not each)
        judged = _judged(faulty, replace(faulty.original, findings=left))
        assert judged.verdict is Verdict.SILENT, each


def test_a_declared_note_is_right_and_another_is_unexpected(court: Court) -> None:
    noted = replace(court.original, findings=(_NOTE,))
    declared = Expected(notes=frozenset({"kunci-dibuka"}))
    assert _judged(court, noted, declared) == Judged(Verdict.RIGHT)
    assert unexpected(_judged(court, noted), _put(), Expected(), noted).startswith(
        "dilaporkan, seharusnya benar"
    )
    alarm = replace(court.original, findings=(replace(_NOTE, severity=Severity.GALAT),))
    assert _judged(court, alarm, declared).verdict is Verdict.REPORTED


def test_what_should_be_refused_and_is_read_is_silently_wrong(court: Court) -> None:
    assert _judged(court, court.original, Expected(refused=True)).verdict is Verdict.SILENT


def _raise(error: BaseException) -> Callable[..., Any]:
    def fail(*_: Any, **__: Any) -> Any:
        raise error

    return fail


class _Panic(BaseException):
    pass


@pytest.mark.parametrize(
    ("error", "crash"),
    [
        (ValueError("x"), "ValueError: x"),
        (_Panic("y"), "_Panic: y"),
        (WorkbookError("satu\ndua"), "pesannya bukan satu baris"),
        (WorkbookError("satu baris"), ""),
    ],
)
def test_an_error_that_is_no_sentence_is_a_crash(
    error: BaseException, crash: str, court: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survive, "validate", _raise(error))
    assert reading(court.subject.path, TEMPLATE).crash == crash


def test_what_takes_too_long_is_a_crash(court: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survive, "SECONDS", 0.0)
    assert reading(court.subject.path, TEMPLATE, bulk=False).crash.startswith("lebih dari 0 detik")


def test_consolidate_says_the_same(court: Court) -> None:
    assert reading(court.subject.path, TEMPLATE).bulk == ()


# -- the mutations ------------------------------------------------------------------------------------------------


def test_there_are_enough_of_them() -> None:
    """A mishap that is no longer tried leaves the page, and is missed here."""
    assert (len(programs()), len(accidents()), len({each.text for each in MUTATIONS})) == (75, 174, 249)


def test_the_page_names_all_of_them() -> None:
    page = (ROOT / "docs" / "ketahanan.md").read_text("utf-8")
    missing = [
        each.id for each in MUTATIONS if f"| {' '.join(each.text.split()).replace('<', '&lt;')} |" not in page
    ]
    assert missing == [], "run: make survive"


QUICK = (
    "tanpa-properti", "teks-di-sel", "rumus-bersama", "awalan-x", "strict", "sel-tanpa-alamat",
    "petik-tunggal", "baris-baru", "teks-kaya", "google", "wps", "zip-garis-miring",
)  # fmt: skip
QUICK_ACCIDENTS = (
    "angka-indonesia", "tanggal-di-angka", "rumus-tanpa-hasil", "galat", "persen-format", "kunci-nbsp", "tahun-1904",
    "angka-di-bawah", "lembar-dihapus", "identitas-hilang", "semua-diganti-nama", "rumus-ditimpa",
    "tanda-akhir-hilang", "baris-disisipkan", "kolom-di-tengah", "kolom-disalin", "lembar-disalin-di-depan",
)  # fmt: skip


def _holds(court: Court, id_: str) -> None:
    judged, wrong = court.outcome(BY_ID[id_])
    assert judged.verdict in (Verdict.RIGHT, Verdict.REPORTED), judged.reasons
    assert wrong == ""


@pytest.mark.long
@pytest.mark.parametrize("id_", QUICK)
def test_other_programs(id_: str, faulty: Court) -> None:
    _holds(faulty, id_)


@pytest.mark.long
@pytest.mark.parametrize("id_", QUICK_ACCIDENTS)
def test_accidents(id_: str, court: Court) -> None:
    _holds(court, id_)


@pytest.mark.long
@pytest.mark.office
@pytest.mark.parametrize("id_", ["libreoffice-ods-hitung", "baris-isian-dihapus"])
def test_saved_by_libreoffice(id_: str, court: Court, office: Office) -> None:
    assert office.program
    _holds(court, id_)
