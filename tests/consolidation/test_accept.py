"""Which file counts for which agency: codes however they are spelled, names, missing codes, figures that are the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_xl.base.files import Upload
from lkjip_xl.consolidation.accept import choose
from lkjip_xl.consolidation.agencies import Registered, who
from lkjip_xl.consolidation.chosen import Chosen, Source
from lkjip_xl.consolidation.decisions import LONGEST, Decision, DecisionError, Kind, as_csv, load_decisions
from lkjip_xl.consolidation.frames import About, Sort
from lkjip_xl.consolidation.registry import Opd, Registry, Unit
from lkjip_xl.template.load import load_template
from spellings import SPELLINGS

TEMPLATE = load_template()
REGISTRY = (
    Opd("2.10", "Dinas Pertanahan"),
    Opd("2.13", "Dinas Pemberdayaan Masyarakat dan Desa"),
    Opd("2.14", "Dinas Pengendalian Penduduk"),
)
PMD = "Dinas Pemberdayaan Masyarakat dan Desa"


def _about(code: str, name: str, **others: Any) -> About:
    known = {
        "not_text": "",
        "made_for": "",
        "regency": "Kabupaten Contoh",
        "year": 2023,
        "galat": 0,
        "figures": "",
    }
    return About("", Sort.SUBMITTED, code=code, name=name, **{**known, **others})


def _chosen(
    rows: Sequence[About], registry: Sequence[Opd] | None = None, decisions: Sequence[Decision] = ()
) -> Chosen:
    """Return what becomes of files a.xlsx, b.xlsx …, each changed after the one before."""
    names = [f"{chr(ord('a') + n)}.xlsx" for n in range(len(rows))]
    sources = [Source(Path(name), name, n) for n, name in enumerate(names)]
    words = TEMPLATE.declared.consolidation
    assert words is not None
    about = dict(zip(names, rows, strict=True))
    file = TEMPLATE.declared.submission_rules.file
    registered = None if registry is None else Registry(tuple(registry))
    return choose(sources, about, registered, 2023, words.rules, file, TEMPLATE.codes, decisions)


def _said(chosen: Chosen) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Return each file with its state and its findings: rule, severity, message."""
    return [
        (s.source.path.name, s.outcome.value, [(f.rule, f.severity.value, f.message) for f in s.findings])
        for s in chosen.sent
    ]


def _counted(chosen: Chosen) -> list[tuple[str, str]]:
    return [(agency.code, sent.source.path.name) for agency, sent in chosen.counted]


# -- one agency, one code -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("registry", [None, REGISTRY], ids=["tanpa daftar", "dengan daftar"])
def test_spellings_of_a_code_are_one_agency(registry: Sequence[Opd] | None) -> None:
    spellings = [spelled for code, all_ in SPELLINGS for spelled in all_ if code == "2.13"]
    rows = [_about(spelled, PMD, galat=1) for spelled in spellings]
    chosen = _chosen([*rows[:12], _about("2.13", PMD), *rows[12:]], registry)
    assert _counted(chosen) == [("2.13", "m.xlsx")]
    others = [sent for sent in chosen.sent if sent.source.path.name != "m.xlsx"]
    assert {sent.code for sent in others} == {"2.13"}
    assert {sent.outcome.value for sent in others} == {"digantikan"}
    assert {finding.message for sent in others for finding in sent.findings} == {
        "OPD 2.13 mengirim beberapa berkas; yang dihitung m.xlsx (terbaru tanpa galat)"
    }
    assert {finding.rule for sent in others for finding in sent.findings} == {"kiriman-ganda"}


def test_a_file_is_as_new_as_the_newest_of_its_copies() -> None:
    sources = [
        Source(Path(n), d, age)
        for n, d, age in (("a.xlsx", "x", 10), ("a (1).xlsx", "x", 1), ("b.xlsx", "y", 5))
    ]
    words = TEMPLATE.declared.consolidation
    assert words is not None
    about = {"x": _about("2.13", PMD), "y": _about("2.13", PMD)}
    file = TEMPLATE.declared.submission_rules.file
    for order in (sources, sources[::-1]):
        chosen = choose(order, about, None, 2023, words.rules, file, TEMPLATE.codes)
        assert [(name, status) for name, status, _ in _said(chosen)] == [
            ("a (1).xlsx", "berkas sama"),
            ("a.xlsx", "diterima"),
            ("b.xlsx", "digantikan"),
        ]


def test_two_codes_of_one_name_are_counted_once() -> None:
    """2.10 that Excel made 2.1, typed as text."""
    chosen = _chosen([_about("2.10", "Dinas Pertanahan"), _about("2.1", "DINAS  PERTANAHAN.", galat=1)])
    said = (
        "DINAS PERTANAHAN. mengirim dengan kode 2.1 dan juga 2.10; yang dihitung a.xlsx (terbaru tanpa galat)"
    )
    assert _counted(chosen) == [("2.10", "a.xlsx")]
    assert _said(chosen) == [
        ("a.xlsx", "diterima", [("opd-berkode-ganda", "galat", said)]),
        ("b.xlsx", "digantikan", [("opd-berkode-ganda", "galat", said)]),
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("“2,1”", "Kode OPD Dinas Pertanahan tersimpan sebagai “2,1” yang bukan teks, jadi dikenali dari namanya saja"),
        ("", "Kode OPD Dinas Pertanahan tidak ada, jadi dikenali dari namanya saja"),
    ],
)  # fmt: skip
def test_a_code_that_is_no_text_is_no_agency_of_its_own(typed: str, said: str) -> None:
    lost = _about("", "Dinas Pertanahan", galat=1, not_text=typed)
    chosen = _chosen([_about("2.10", "Dinas Pertanahan"), lost])
    assert _counted(chosen) == [("2.10", "a.xlsx")]
    double = "Dinas Pertanahan mengirim dengan kode (kosong) dan juga 2.10; yang dihitung a.xlsx (terbaru tanpa galat)"
    assert _said(chosen) == [
        ("a.xlsx", "diterima", [("opd-berkode-ganda", "galat", double)]),
        ("b.xlsx", "digantikan", [("opd-berkode-ganda", "galat", double), ("opd-tanpa-kode", "galat", said)]),
    ]


def test_of_two_faulty_files_the_one_with_a_code_counts() -> None:
    rows = [_about("2.10", "Dinas Pertanahan", galat=1), _about("", "Dinas Pertanahan", galat=1)]
    assert _counted(_chosen(rows)) == [("2.10", "a.xlsx")]


def test_an_agency_without_a_code_is_counted_with_a_word() -> None:
    lost = _about("", "Dinas Pertanahan", galat=1, not_text="“2,1”", made_for="2.10")
    chosen = _chosen([_about("2.13", PMD), lost])
    assert _counted(chosen) == [("", "b.xlsx"), ("2.13", "a.xlsx")]
    said = "Kode OPD Dinas Pertanahan tersimpan sebagai “2,1” yang bukan teks, jadi dikenali dari namanya saja; barangkali 2.10"
    assert _said(chosen)[1] == ("b.xlsx", "bergalat", [("opd-tanpa-kode", "galat", said)])
    assert chosen.sent[1].findings[0].expected == "2.10"


def test_with_a_registry_a_code_that_is_no_text_counts_for_nobody() -> None:
    chosen = _chosen([_about("", "Dinas Pertanahan", galat=1, not_text="“2,1”")], REGISTRY)
    said = "Kode OPD Dinas Pertanahan tersimpan sebagai “2,1” yang bukan teks, jadi tidak dihitung; barangkali 2.10"
    assert _said(chosen) == [("a.xlsx", "tidak terdaftar", [("opd-tanpa-kode", "galat", said)])]
    assert _counted(chosen) == []


def test_a_code_that_is_not_registered_says_which_one_was_meant() -> None:
    chosen = _chosen(
        [_about("2.1", "Dinas Pertanahan Kabupaten Contoh"), _about("9.99", "Badan Lain")], REGISTRY
    )
    first = "OPD 2.1 Dinas Pertanahan Kabupaten Contoh tidak ada di daftar OPD, jadi tidak dihitung; barangkali 2.10"
    second = "OPD 9.99 Badan Lain tidak ada di daftar OPD, jadi tidak dihitung"
    assert _said(chosen) == [
        ("a.xlsx", "tidak terdaftar", [("opd-tidak-terdaftar", "galat", first)]),
        ("b.xlsx", "tidak terdaftar", [("opd-tidak-terdaftar", "galat", second)]),
    ]


# -- the name that belongs to a code ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        PMD,
        "DINAS PEMBERDAYAAN MASYARAKAT DAN DESA",
        "Dinas  Pemberdayaan Masyarakat\u00a0& Desa.",
        "Dinas Pemberdayaan Masyarakat dan Desa, Kabupaten Contoh",
        "Dinas Pemberdayaan Masyarakat dan\u200b Desa",
        "",
    ],
)
def test_names_that_are_the_same(name: str) -> None:
    assert _said(_chosen([_about("2.13", name)], REGISTRY)) == [("a.xlsx", "diterima", [])]


def test_a_workbook_of_another_agency_is_not_accepted_under_a_code() -> None:
    chosen = _chosen([_about("2.13", "DINAS PERTANAHAN")], REGISTRY)
    said = (
        "Kode 2.13 milik Dinas Pemberdayaan Masyarakat dan Desa, sedangkan berkas ini dari DINAS PERTANAHAN "
        "yang terdaftar dengan kode 2.10, jadi tidak dihitung"
    )
    assert _said(chosen) == [("a.xlsx", "OPD lain", [("opd-lain", "galat", said)])]
    assert _counted(chosen) == []
    assert [agency.outcome.value for agency in chosen.agencies] == ["belum mengirim"] * 3


def test_another_name_than_the_registered_one_wants_a_look() -> None:
    chosen = _chosen([_about("2.13", "Dinas PMD")], REGISTRY)
    said = f"Kode 2.13 di daftar OPD bernama {PMD}, sedangkan di berkas ini Dinas PMD"
    assert _said(chosen) == [("a.xlsx", "diterima", [("nama-opd-berbeda", "peringatan", said)])]


def test_two_names_under_one_code_are_two_agencies() -> None:
    chosen = _chosen([_about("2.13", PMD), _about("02.13", "Dinas Pertanahan")])
    superseded = "OPD 2.13 mengirim beberapa berkas; yang dihitung b.xlsx (terbaru tanpa galat)"
    both = f"Kode 2.13 dipakai Dinas Pertanahan dan juga {PMD} (a.xlsx), yang tidak dihitung"
    assert _said(chosen) == [
        ("a.xlsx", "digantikan", [("kiriman-ganda", "peringatan", superseded)]),
        ("b.xlsx", "diterima", [("kode-opd-sama", "galat", both)]),
    ]


def test_what_is_said_of_several_files_is_said_once() -> None:
    rows = [_about("2.10", "Dinas Pertanahan"), *[_about("2.1", "Dinas Pertanahan", galat=1)] * 3]
    (said,) = [findings for name, _, findings in _said(_chosen(rows)) if name == "a.xlsx"]
    assert [rule for rule, _, _ in said] == ["opd-berkode-ganda"]


def test_the_same_name_in_another_regency_is_another_agency() -> None:
    rows = [_about("1.02", "Dinas Kesehatan"), _about("1.03", "Dinas Kesehatan", regency="Kabupaten Lain")]
    assert [status for _, status, _ in _said(_chosen(rows))] == ["diterima", "diterima"]


@pytest.mark.parametrize(
    "regency", ["Kab. Contoh", "KABUPATEN  CONTOH", "Contoh", "Pemerintah Kabupaten Contoh ", ""]
)
def test_spellings_of_the_regency_are_the_same(regency: str) -> None:
    rows = [_about("2.10", "Dinas Pertanahan"), _about("2.1", "Dinas Pertanahan", regency=regency, galat=1)]
    assert _counted(_chosen(rows)) == [("2.10", "a.xlsx")]


def test_a_name_that_is_registered_twice_is_two_agencies() -> None:
    registry = [Opd("7.01", "Kecamatan Sungai"), Opd("7.02", "Kecamatan Sungai")]
    chosen = _chosen([_about("7.01", "Kecamatan Sungai"), _about("7.02", "Kecamatan Sungai")], registry)
    assert _counted(chosen) == [("7.01", "a.xlsx"), ("7.02", "b.xlsx")]
    assert [findings for *_, findings in _said(chosen)] == [[], []]


def test_unregistered_names_do_not_count_twice_either() -> None:
    chosen = _chosen([_about("2.13", "Dinas Baru"), _about("2.14", "Dinas Baru")], REGISTRY)
    assert _counted(chosen) == [("2.14", "b.xlsx")]
    rules = {name: [rule for rule, *_ in findings] for name, _, findings in _said(chosen)}
    assert rules == {
        "a.xlsx": ["opd-berkode-ganda", "nama-opd-berbeda"],
        "b.xlsx": ["nama-opd-berbeda", "opd-berkode-ganda"],
    }


# -- figures of another -------------------------------------------------------------------------------------------


def test_agencies_with_the_same_figures_throughout_want_a_look() -> None:
    rows = [_about(code, f"Dinas {code}", figures=same) for code, same in (("1.01", "x"), ("1.02", "x"), ("1.03", "y"), ("1.04", ""), ("1.05", ""))]  # fmt: skip
    chosen = _chosen(rows)
    assert len(chosen.counted) == 5
    assert [findings for *_, findings in _said(chosen)] == [
        [("angka-opd-sama", "peringatan", "Semua angka isian 1.01 Dinas 1.01 sama dengan isian 1.02 Dinas 1.02 (b.xlsx)")],
        [("angka-opd-sama", "peringatan", "Semua angka isian 1.02 Dinas 1.02 sama dengan isian 1.01 Dinas 1.01 (a.xlsx)")],
        [], [], [],
    ]  # fmt: skip


def test_of_many_with_the_same_figures_one_is_named() -> None:
    chosen = _chosen([_about(f"1.0{n}", f"Dinas {n}", figures="x") for n in range(1, 5)])
    assert [findings[0][2] for *_, findings in _said(chosen)][:2] == [
        "Semua angka isian 1.01 Dinas 1 sama dengan isian 1.02 Dinas 2 dan 2 OPD lain (b.xlsx)",
        "Semua angka isian 1.02 Dinas 2 sama dengan isian 1.01 Dinas 1 dan 2 OPD lain (a.xlsx)",
    ]


# -- what the coordinator decides -----------------------------------------------------------------------------------

HEAD = "opd;keputusan;berkas;aturan;alasan;oleh\n"
DESA = "2.13 Dinas Pemberdayaan Masyarakat dan Desa"


def _decisions(folder: Path, *lines: str) -> tuple[Decision, ...]:
    path = folder / "keputusan.csv"
    path.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    return load_decisions(path, TEMPLATE.codes)


@pytest.mark.parametrize(
    ("line", "outcomes", "counted", "said"),
    [
        ("", ["digantikan", "diterima"], [("2.13", "b.xlsx")], None),
        ("02.13;keluarkan;;;angka diragukan;Sekda", ["dikeluarkan", "dikeluarkan"], [], "dikeluarkan: angka diragukan (Sekda)"),
        ("2.13;Hitung;A.xlsx;;b salah unggah;Sekda", ["bergalat", "digantikan"], [("2.13", "a.xlsx")], "dihitung berkas A.xlsx: b salah unggah (Sekda)"),
        ("2.13;hitung;;;sudah dicocokkan;Sekda", ["digantikan", "diterima"], [("2.13", "b.xlsx")], "dihitung: sudah dicocokkan (Sekda)"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("registry", [None, REGISTRY], ids=["tanpa daftar", "dengan daftar"])
def test_a_decision_chooses_the_file_or_leaves_the_agency_out(
    tmp_path: Path,
    line: str,
    outcomes: list[str],
    counted: list[tuple[str, str]],
    said: str | None,
    registry: Sequence[Opd] | None,
) -> None:
    rows = [_about("2.13", PMD, galat=1), _about("2.13", PMD)]
    chosen = _chosen(rows, registry, _decisions(tmp_path, *filter(None, [line])))
    assert [each.outcome.value for each in chosen.sent] == outcomes
    assert _counted(chosen) == counted
    noted = [f.message for s in chosen.sent for f in s.findings if f.rule == "keputusan-koordinator"]
    assert noted == ([] if said is None else [f"Keputusan koordinator atas {DESA}: {said}"])
    (agency,) = [each for each in chosen.agencies if each.code == "2.13"]
    assert [each.words for each in agency.decisions] == ([] if said is None else [said])
    if said and not said.startswith("dihitung:"):
        assert said in {each.why for each in chosen.sent}


_CELLS = st.text(min_size=1, max_size=LONGEST).filter(
    lambda text: text.isprintable() and text == text.strip()
)


@given(st.lists(st.tuples(st.sampled_from(Kind), _CELLS, _CELLS), max_size=5))
def test_decisions_that_are_written_are_read_as_they_were(cells: list[tuple[Kind, str, str]]) -> None:
    decisions = [
        Decision(
            f"2.{line}",
            kind,
            reason,
            by,
            file="a;b.xlsx" if kind is Kind.COUNT else "",
            rule="wajib" if kind is Kind.ACCEPT else "",
            parent=f"{line}",
            line=line,
        )
        for line, (kind, reason, by) in enumerate(cells, start=2)
    ]
    assert load_decisions(Upload(Path("k.csv"), as_csv(decisions).encode())) == tuple(decisions)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("2.99;keluarkan;;;a;b", "Keputusan di baris 2 atas OPD 2.99 (dikeluarkan: a (b)) tidak berlaku: tidak ada berkas OPD ini yang dapat dihitung"),
        ("2.13;hitung;c.xlsx;;a;b", "Keputusan di baris 2 atas OPD 2.13 (dihitung berkas c.xlsx: a (b)) tidak berlaku: berkas itu tidak ada di antara berkas OPD ini"),
    ],
)  # fmt: skip
def test_a_decision_that_decides_nothing_is_told(tmp_path: Path, line: str, message: str) -> None:
    chosen = _chosen([_about("2.13", PMD)], None, _decisions(tmp_path, line))
    assert _counted(chosen) == [("2.13", "a.xlsx")]
    assert [(each.rule, each.message) for each in chosen.findings] == [("keputusan-tidak-berlaku", message)]
    assert [each.decisions for each in chosen.agencies] == [()]
    assert [f.rule for each in chosen.sent for f in each.findings] == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("2.13;buang;;;a;b", "keputusan buang di baris 2 tidak dikenal; yang ada hitung, keluarkan, terima"),
        ("2.13;hitung;;;;b", "baris 2 tidak memuat alasan; tulis opd, keputusan, alasan, oleh"),
        ("2.13;terima;;;a;b", "baris 2: aturan ditulis bila keputusannya terima, dan hanya bila itu"),
        ("2.13;keluarkan;a.xlsx;;a;b", "baris 2: berkas hanya untuk keputusan hitung"),
        ("2.13;hitung;;;a;b\n02.13;keluarkan;;;a;b", "baris 3 memutuskan 2.13 lagi, setelah baris 2"),
    ],
)
def test_decisions_that_cannot_be_read(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(DecisionError) as error:
        _decisions(tmp_path, line)
    assert str(error.value) == f"{tmp_path / 'keputusan.csv'}: {message}"


# -- units of which each has the code -------------------------------------------------------------------------------


def test_an_agency_belongs_to_the_unit_of_its_regency() -> None:
    units = (Unit("16.07", "Kabupaten Contoh"), Unit("16.08", "Kota Lain"))
    registry = Registry((Opd("2.13", PMD, parent="16.07"), Opd("2.13", PMD, parent="16.08")), units)
    rows = [_about("2.13", PMD, regency="Kota Lain"), _about("2.13", PMD, regency="Kab. Antah")]
    names = [f"{n}.xlsx" for n in "ab"]
    sources = [Source(Path(name), name, 1) for name in names]
    words = TEMPLATE.declared.consolidation
    assert words is not None
    file, about = TEMPLATE.declared.submission_rules.file, dict(zip(names, rows, strict=True))
    chosen = choose(sources, about, registry, 2023, words.rules, file, TEMPLATE.codes)
    assert [(each.parent, each.outcome.value) for each in chosen.agencies] == [
        ("16.07", "belum mengirim"),
        ("16.08", "diterima"),
    ]
    assert [each.outcome.value for each in chosen.sent] == ["diterima", "tidak terdaftar"]


@pytest.mark.parametrize(("regency", "unit"), [("Kota Contoh", "16.71"), ("Kabupaten Lain", "16.08")])
def test_a_city_that_has_the_name_of_its_province(regency: str, unit: str) -> None:
    units = (
        Unit("16", "Provinsi Contoh"),
        Unit("16.71", "Kota Contoh", "", "16"),
        Unit("16.08", "Kabupaten Lain", "", "16"),
    )
    registered = Registered(
        Registry((Opd("2.13", PMD, parent="16.08"), Opd("2.13", PMD, parent="16.71")), units), TEMPLATE.codes
    )
    found = registered.own(who(_about("2.13", PMD, regency=regency), TEMPLATE.codes))
    assert found is not None
    assert found.parent == unit
