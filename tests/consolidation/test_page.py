"""The page of a batch: its figures are those of the totals, and nothing in it comes from elsewhere or obeys a stranger."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from batches import WITHIN, Drawn, Report, added, batch_of, consolidations
from lkjip_xl.base.errors import OutputError, SetupError
from lkjip_xl.base.files import find_workbooks
from lkjip_xl.base.findings import Severity
from lkjip_xl.consolidation.batch import Options, read_batch
from lkjip_xl.consolidation.chosen import COUNTED, Agency, Decided, Outcome
from lkjip_xl.consolidation.html import charts, found
from lkjip_xl.consolidation.html.lines import Lines
from lkjip_xl.consolidation.page import write_page
from lkjip_xl.consolidation.regent.shown import Regent
from lkjip_xl.consolidation.registry import Opd, Registry, Unit
from lkjip_xl.consolidation.run import Inputs, Outputs, consolidate
from lkjip_xl.consolidation.totals import findings, ranked
from lkjip_xl.template.load import load_template
from lkjip_xl.words import wording
from markup import Element, parsed
from regents import Pages, regent_of
from support import REPORT, ROOT, Run, fill

EVIL = '"><script>alert(1)</script></title></svg><img src=x onerror=alert(2)>{{ 7*7 }}&amp;\u202e\x1b[31m'
SAFE = EVIL.replace("\u202e", "�").replace("\x1b", "�")


@pytest.fixture(scope="module")
def page(regency: Regent, page_of: Pages) -> Element:
    return parsed(page_of(regency).read_text("utf-8"))


def _rows(page: Element) -> list[Element]:
    return [*page.one("table", id="daftar").one("tbody").all("tr")]


def _values(row: Element) -> list[float | None]:
    """The figures of a row, as the script sorts by them."""
    cells = (each for each in row.all("td", class_="n"))
    return [
        float(each.attributes["data-nilai"]) if "data-nilai" in each.attributes else None for each in cells
    ]


def _texts(row: Element) -> list[str]:
    return [each.text for each in row.all() if each.tag in ("td", "th")]


def _kinds(row: Element) -> list[bool]:
    """Whether each cell of a row stands to the right, as figures do; without the first two, the number and the name."""
    return [each.attributes.get("class") == "n" for each in row.all() if each.tag in ("td", "th")][2:]


# -- figures ------------------------------------------------------------------------------------------------------


def test_each_agency_has_its_figures(page: Element, regency: Regent) -> None:
    agencies = regency.batch.chosen.agencies
    assert len(_rows(page)) == len(agencies) == 12
    for number, (row, agency) in enumerate(zip(_rows(page), agencies, strict=True), start=1):
        own = regency.figures.of(agency)
        figures = [own[each.key].value if each.key in own else None for each in regency.chosen_figures]
        counts = [agency.sent.about.galat, agency.sent.about.peringatan] if agency.sent else [None, None]
        assert _values(row) == [number, *figures, *counts]
        assert row.attributes["data-keadaan"] == agency.outcome.value


def test_columns_of_figures_are_such_from_heading_to_total(page: Element) -> None:
    table = page.one("table", id="daftar")
    heads, total = table.one("thead").one("tr"), table.one("tfoot").one("tr")
    assert _kinds(heads) == [False, True, False, True, True, True, True, False, True, True]
    assert [_kinds(row) for row in (*_rows(page), total)] == [_kinds(heads)] * 13
    assert [each.attributes["data-urut"] for each in heads.all("th")] == ["naik"] * 3 + ["turun"] * 9


def test_figures_are_written_as_in_indonesia(page: Element) -> None:
    assert _texts(_rows(page)[2]) == [
        "3", "Dinas Pekerjaan Umum dan Penataan Ruang ✖ 1.03", "✖ bergalat", "94,93", "▲ Sangat Berhasil",
        "175.402.778.000", "168.541.165.900", "96,09", "-1,16", "◆ Cukup Efisien", "1", "0",
    ]  # fmt: skip
    assert _texts(_rows(page)[3]) == [
        "4", "Satuan Polisi Pamong Praja 1.05", "○ belum mengirim", "–", "–", "–", "–", "–", "–", "–", "–", "–",
    ]  # fmt: skip


def test_the_total_row_is_that_of_the_totals(page: Element, regency: Regent) -> None:
    row = page.one("table", id="daftar").one("tfoot").one("tr")
    figures = [regency.figures.all_[each.key] for each in regency.chosen_figures]
    counts = [dict(sent.about.counts) for _, sent in regency.batch.chosen.counted]
    found = [float(sum(each[of] or 0 for each in counts)) for of in (Severity.GALAT, Severity.PERINGATAN)]
    assert _values(row) == [*figures, *found] == [*figures, 1.0, 36.0]
    assert _texts(row)[1] == "Jumlah (rata-rata capaian kinerja: rata-rata)"


def test_the_cockpit_says_the_same(page: Element, regency: Regent) -> None:
    tiles = [(each.one("dt").text, each.one("dd", class_="value").text) for each in page.one("dl").all("div")]
    assert tiles == [
        ("Rata-rata capaian kinerja (%)", "97,35"),
        ("Anggaran (Rp)", "741.139.824.854"),
        ("Realisasi anggaran (Rp)", "712.642.345.574"),
        ("Serapan anggaran (%)", "96,15"),
        ("Efisiensi (%)", "1,20"),
    ]
    drawn = [each.attributes["aria-label"] for each in page.all("svg", role="img")]
    assert drawn[:2] == [
        "Pengiriman: Diterima 9, Bergalat 1, Belum mengirim 2",
        "Rata-rata capaian kinerja menurut predikat: Sangat Berhasil 9, Berhasil 1, Cukup Berhasil 0, Tidak Berhasil 0",
    ]
    assert page.one("strong", class_="draft").text == "KONSEP – 1 OPD masih bergalat"
    assert regency.compiled in page.one("header").text


def test_every_counted_agency_is_a_point_of_the_scatter(page: Element, regency: Regent) -> None:
    points = [each.one("title").text for each in page.all("g", class_="mark")]
    names = sorted(each.split(":")[0] for each in points)
    counted = [agency for agency in regency.batch.chosen.agencies if agency.outcome in COUNTED]
    assert len(points) == len(counted) == 10
    assert {name.split(". ")[0] for name in names} == {
        str(regency.numbers[each.parent, each.code]) for each in counted
    }
    assert (
        "12. Dinas Pemberdayaan Masyarakat dan Desa: serapan anggaran 96,69, rata-rata capaian kinerja 82,30"
        in points
    )


@given(drawn=consolidations())
@settings(max_examples=8, deadline=None)
def test_all_totals_are_sums_over_single_reports(drawn: Drawn) -> None:
    with tempfile.TemporaryDirectory() as folder:
        batch = drawn.batch(Path(folder) / "isi", load_template())
        write_page(regent_of(batch), Path(folder) / "k.html")
        page = parsed((Path(folder) / "k.html").read_text("utf-8"))
    keys = ("capaian", "anggaran", "realisasi", "serapan", "efisiensi")
    units = page.one("section", id="wilayah").one("tbody").all("tr")
    shown = {_texts(row)[1]: _values(row) for row in units}
    assert shown.keys() == WITHIN.keys()
    for code, within in WITHIN.items():
        own = [each for unit, each in drawn.counted if unit in within]
        sums, must = added(own), sum(unit in within for unit, _ in drawn.agencies)
        assert shown[code] == [must, len(own), 0, *(_about(sums.get(key)) for key in keys)]
    sums = added([each for _, each in drawn.counted])
    row = page.one("table", id="daftar").one("tfoot").one("tr")
    assert _values(row)[:5] == [_about(sums.get(key)) for key in keys]


def _about(value: float | None) -> Any:
    return None if value is None else pytest.approx(value, abs=0.011)


def test_a_batch_without_any_report_has_a_page(tmp_path: Path, page_of: Pages) -> None:
    registry = Registry((Opd("1.01", "Dinas Satu"), Opd("1.02", "Dinas Dua")))
    batch = batch_of(tmp_path / "isi", load_template(), [], registry=registry)
    page = parsed(page_of(regent_of(batch)).read_text("utf-8"))
    assert [_texts(row)[1:4] for row in _rows(page)] == [
        ["Dinas Satu 1.01", "○ belum mengirim", "–"],
        ["Dinas Dua 1.02", "○ belum mengirim", "–"],
    ]
    assert [*page.all("g", class_="mark")] == []


def test_bars_and_columns_are_as_long_as_what_they_show(regency: Regent) -> None:
    sent = [(each.sign, each.label, each.number, each.at, each.size) for each in charts.sent(regency)]
    assert sent == [
        ("✔", "Diterima", "9", 0.0, 450.0), ("✖", "Bergalat", "1", 450.0, 50.0), ("○", "Belum mengirim", "2", 500.0, 100.0),
    ]  # fmt: skip
    columns = [
        (each.number, each.at, each.size, each.look, each.lines)
        for each in charts.columns(regency, regency.chosen_figures[0])
    ]
    assert columns == [
        ("9", 0, 150.0, "tingkat-0", ["Sangat", "Berhasil"]),
        ("1", 110, 16.67, "tingkat-1", ["Berhasil"]),
        ("0", 220, 0.0, "tingkat-2", ["Cukup", "Berhasil"]),
        ("0", 330, 0.0, "tingkat-3", ["Tidak", "Berhasil"]),
    ]
    first, second = charts.rankings(regency)
    shown = [
        (each.place, each.value, each.step, each.length, each.look) for each in (*first.first, *first.last)
    ]
    assert shown[:2] == [
        ("1", "105,09", "▲ Sangat Berhasil", 100.0, "tingkat-0"), ("2", "102,56", "▲ Sangat Berhasil", 97.59, "tingkat-0"),
    ]  # fmt: skip
    assert shown[-1] == ("10", "82,30", "● Berhasil", 78.31, "tingkat-1")
    assert [(each.length, each.value, each.step, each.look) for each in second.first] == [
        (float(each.value.replace(",", ".")), each.value, "", "") for each in second.first
    ]


def test_rankings_show_both_ends(regency: Regent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "RANKED", 4)
    first, _ = charts.rankings(regency)
    lines = ranked(regency.batch, regency.figures, "capaian")
    names = [agency.name for _, agency, _ in lines]
    assert [each.name for each in first.first] == names[:2]
    assert [each.name for each in first.last] == names[-2:]
    assert (first.between, first.first[0].length) == ("6 perangkat daerah di antaranya", 100.0)


# -- findings -----------------------------------------------------------------------------------------------------


def test_all_findings_are_there_galat_first(page: Element, regency: Regent) -> None:
    rows = [row for severity in Severity for row in findings(regency.batch, severity)]
    assert len(rows) == 39
    agencies = regency.batch.chosen.agencies
    shown: set[tuple[str, str]] = set()
    for number, agency in enumerate(agencies, start=1):
        of_agency = [*page.all("details", id=f"temuan-{number}")]
        assert len(of_agency) == (agency.sent is not None)
        for details in of_agency:
            marks = [each.text for each in details.all("b", class_="chip")]
            assert marks == sorted(marks, key=("✖ galat", "! peringatan", "i catatan").index)
            shown |= {(agency.name, each.one("p", class_="pesan").raw) for each in details.all("li")}
            links = [each.attributes["href"] for each in _rows(page)[number - 1].all("a")]
            assert links == [f"#opd-{number}"]
            assert details.one("div", id=f"opd-{number}")
    assert {(row["opd"], row["pesan"]) for row in rows} <= shown


def test_no_more_findings_than_one_reads(
    regency: Regent, page_of: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found, "MOST", 3)
    details = parsed(page_of(regency).read_text("utf-8")).one("details", id="temuan-12")
    assert len([*details.all("li")]) == 3
    rest = [each.text for each in details.all("p") if "lain ada" in each.text]
    assert len(rest) == 1
    assert re.fullmatch(r"\d+ temuan lain ada di lembar Temuan hasil konsolidasi\.", rest[0])
    assert details.one("summary").text.endswith("33 peringatan, 2 catatan")


def test_no_more_cells_than_one_reads(
    tmp_path: Path, page_of: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found, "_CELLS", 2)
    warned = {"2.13": ("tren-ekstrem",) * 3, "2.14": ("tren-ekstrem",) * 2}
    reports = [Report(code, {}, warned=rules) for code, rules in warned.items()]
    page = parsed(page_of(regent_of(batch_of(tmp_path / "a", load_template(), reports))).read_text("utf-8"))
    told = [next(iter(page.one("details", id=f"temuan-{number}").all("p"))).text for number in (1, 2)]
    assert told == ["! peringatan 3.1 · sel C9, C9 dan 1 lagi", "! peringatan 3.1 · sel C9, C9"]


def test_decisions_stand_where_the_figures_are(regency: Regent, page_of: Pages) -> None:
    batch = regency.batch
    first, second, *rest = batch.chosen.agencies
    out = replace(second, outcome=Outcome.LEFT_OUT, decisions=(Decided("dikeluarkan", "ditarik", "Budi"),))
    last = rest[-1]
    assert last.sent is not None
    digest = last.sent.source.digest
    row = next(row for row in findings(batch, Severity.PERINGATAN) if row["sidik"] == digest)
    accepting = replace(last, decisions=(Decided("peringatan diterima", "wajar", "Ani", row["aturan"]),))
    chosen = replace(batch.chosen, agencies=(first, out, *rest[:-1], accepting))
    page = parsed(page_of(regent_of(replace(batch, chosen=chosen))).read_text("utf-8"))
    assert _texts(_rows(page)[1])[1:4] == [
        "Dinas Kesehatan 1.02 Keputusan: dikeluarkan: ditarik (Budi)", "⊘ dikeluarkan", "–",
    ]  # fmt: skip
    assert [each.text for each in page.one("section", id="keputusan").all("li")] == [
        "Dinas Kesehatan : dikeluarkan: ditarik (Budi)",
        f"{last.name} : peringatan diterima: wajar (Ani)",
    ]
    told = [each for each in page.one("details", id="temuan-12").all("li") if "wajar (Ani)" in each.text]
    assert told
    assert {each.one("code").text for each in told} == {row["aturan"]}


# -- levels and years ---------------------------------------------------------------------------------------------


def test_units_have_their_totals(regency: Regent, page_of: Pages) -> None:
    batch = regency.batch
    units = (
        Unit("P", "Provinsi", "Provinsi"),
        Unit("K", "Kabupaten A", "Kabupaten", "P"),
        Unit("L", "Kabupaten B", "Kabupaten", "P"),
    )
    agencies = tuple(replace(each, parent="KL"[n % 2]) for n, each in enumerate(batch.chosen.agencies))
    regent = regent_of(replace(batch, chosen=replace(batch.chosen, agencies=agencies, units=units)))
    page = parsed(page_of(regent).read_text("utf-8"))
    rows = [*page.one("section", id="wilayah").one("tbody").all("tr")]
    for row, code, counts in zip(rows, "PKL", ([12, 10, 1], [6, 6, 1], [6, 4, 0]), strict=True):
        own = regent.figures.by_unit[code]
        assert _values(row) == [*counts, *(own[each.key] for each in regent.chosen_figures)]
    assert _texts(_rows(page)[1])[2] == "Kabupaten B"
    heads = page.one("section", id="wilayah").one("thead").one("tr")
    assert [_kinds(row)[1:] for row in rows] == [_kinds(heads)[1:]] * 3
    assert _kinds(heads) == [False, True, True, True, True, False, True, True, True, True, False]


def test_earlier_years_stand_beside(regency: Regent, page_of: Pages) -> None:
    batch, agencies = regency.batch, regency.batch.chosen.agencies
    less = replace(batch, chosen=replace(batch.chosen, year=2022, agencies=agencies[1:]))
    earlier = {2022: (less, regent_of(less).figures)}
    page = parsed(page_of(replace(regency, earlier=earlier)).read_text("utf-8"))
    heads = page.one("section", id="tahun").one("thead").one("tr")
    assert _kinds(heads) == [True] * 5
    first, second, *_, last = page.one("section", id="tahun").one("tbody").all("tr")
    assert _texts(first) == ["Dinas Pendidikan dan Kebudayaan", "–", "98,60", "–", "–", "96,55", "–"]
    assert _texts(second) == ["Dinas Kesehatan", "99,99", "99,99", "= 0,00", "94,69", "94,69", "= 0,00"]
    before, now = earlier[2022][1].all_["capaian"], regency.figures.all_["capaian"]
    change = wording.number(abs(round(now - before, 2)), 2)
    assert _texts(last)[:4] == [
        "Semua",
        wording.number(before, 2),
        "97,35",
        f"{'▲' if now > before else '▼'} {change}",
    ]


def test_a_change_has_its_sign_and_its_amount(tmp_path: Path) -> None:
    """Of those that rise, fall, stay and have nothing to be set beside."""
    known = {2022: (90.0, 80.0, 70.0), 2023: (90.25, 79.5, 70.0, 60.0)}
    batches = {
        year: batch_of(tmp_path / str(year), load_template(), [Report(f"1.0{n}", {"ikhtisar.rata_capaian": value}, year=year) for n, value in enumerate(values)])
        for year, values in known.items()
    }  # fmt: skip
    earlier = {2022: (batches[2022], regent_of(batches[2022]).figures)}
    lines = Lines(replace(regent_of(batches[2023]), earlier=earlier))
    shown = [
        (name, [(each.text, each.value, each.number) for each in cells]) for name, cells in lines.years()
    ]
    nothing = [("–", None, True)] * 3
    assert shown == [
        ("Dinas 1.00", [("90,00", 90.0, True), ("90,25", 90.25, True), ("▲ 0,25", 0.25, True), *nothing]),
        ("Dinas 1.01", [("80,00", 80.0, True), ("79,50", 79.5, True), ("▼ 0,50", -0.5, True), *nothing]),
        ("Dinas 1.02", [("70,00", 70.0, True), ("70,00", 70.0, True), ("= 0,00", 0.0, True), *nothing]),
        ("Dinas 1.03", [("–", None, True), ("60,00", 60.0, True), ("–", None, True), *nothing]),
        ("Semua", [("80,00", 80.0, True), ("74,94", 74.94, True), ("▼ 5,06", -5.06, True), *nothing]),
    ]


# -- strangers ----------------------------------------------------------------------------------------------------


def test_it_needs_nothing_from_outside(regency: Regent, page_of: Pages) -> None:
    text = page_of(regency).read_text("utf-8")
    page = parsed(text)
    for each in page.all():
        assert each.tag not in ("link", "img", "iframe", "object", "base", "embed", "use", "image")
        assert not {"src", "action", "style", "xlink:href", "srcset", "formaction"} & set(each.attributes)
        assert not [name for name in each.attributes if name.startswith("on")]
        assert each.attributes.get("href", "#").startswith("#")
    assert not re.search(r"url\(|@import|https?:|//[a-z]+\.", text)
    ids = [each.attributes["id"] for each in page.all() if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    assert {each.attributes["href"][1:] for each in page.all("a")} <= set(ids)


def test_only_its_own_style_and_script_run(page: Element) -> None:
    (policy,) = [each.attributes["content"] for each in page.all("meta") if "http-equiv" in each.attributes]
    digests = {
        tag: "sha256-" + base64.b64encode(hashlib.sha256(page.one(tag).raw.encode()).digest()).decode()
        for tag in ("style", "script")
    }
    assert policy == (
        f"default-src 'none'; style-src '{digests['style']}'; script-src '{digests['script']}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _renamed(agency: Agency, name: str) -> Agency:
    return replace(agency, name=name, code=name, decisions=(Decided(name, name, name),))


def test_names_and_decisions_are_never_markup(regency: Regent, page_of: Pages) -> None:
    def named(name: str) -> Regent:
        chosen = regency.batch.chosen
        agencies = tuple(_renamed(each, f"{name}{n}") for n, each in enumerate(chosen.agencies))
        return regent_of(replace(regency.batch, chosen=replace(chosen, agencies=agencies)))

    plain, evil = (parsed(page_of(named(name)).read_text("utf-8")) for name in ("Dinas", EVIL))
    assert [each.tag for each in evil.all()] == [each.tag for each in plain.all()]
    for number, row in enumerate(_rows(evil)):
        assert f"{SAFE}{number}" in row.one("th").raw
        assert row.one("th").attributes["data-urut"] == f"{SAFE}{number}"
    assert any(SAFE in each.raw for each in evil.all("title"))
    assert "\u202e" not in evil.raw
    assert "\x1b" not in evil.raw


def test_findings_are_never_markup(tmp_path: Path, page_of: Pages) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(REPORT.read_bytes())
    evil = EVIL.replace("\x1b", "")  # no workbook can hold it
    fill(path, {"Identitas": {"C6": evil}, "2.2 IKU": {"J8": evil}})
    batch = read_batch(find_workbooks([path]), load_template(), Options(tmp_path, jobs=1))
    page = parsed(page_of(regent_of(batch)).read_text("utf-8"))
    assert [each.tag for each in page.all() if each.tag in ("script", "img")] == ["script"]
    told = [each.text for each in page.one("details", id="temuan-1").all("p", class_="pesan")]
    assert [each for each in told if "<script>alert(1)</script>" in each], told


# -- the command --------------------------------------------------------------------------------------------------


def test_the_command_writes_it(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "kiriman"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(REPORT.read_bytes())
    page = tmp_path / "kabupaten.html"
    arguments = ["consolidate", folder, "-o", tmp_path / "k.xlsx", "--jobs", "1", "--report"]
    code, out, _ = run(*arguments, page)
    assert (code, out.splitlines()[-1]) == (0, f"Dibuat: {page}")
    assert (
        parsed(page.read_text("utf-8")).one("h1").text == "Konsolidasi Laporan Kinerja Perangkat Daerah 2023"
    )
    assert run(*arguments, tmp_path / "kabupaten.pdf") == (
        2, "", f"lkjip-xl: {tmp_path / 'kabupaten.pdf'}: nama berkas hasil harus berakhir dengan .html\n",
    )  # fmt: skip


def test_nothing_is_written_where_it_cannot_be(tmp_path: Path) -> None:
    page = tmp_path / "ada.html"
    page.write_text("milik orang")
    with pytest.raises(OutputError, match="berkas sudah ada"):
        consolidate(Inputs([REPORT]), Outputs(tmp_path / "k.xlsx", page=page))
    assert [each.name for each in tmp_path.iterdir()] == ["ada.html"]
    assert page.read_text() == "milik orang"


def test_a_set_without_pages_for_a_regent_says_so(tmp_path: Path) -> None:
    templates = tmp_path / "templat"
    shutil.copytree(ROOT / "templates", templates)
    main = templates / "template.toml"
    before, _, rest = main.read_text("utf-8").partition("[consolidation.regent]")
    main.write_text(before + rest[rest.index("[[consolidation.lists]]") :], "utf-8")
    with pytest.raises(SetupError, match="tidak mendeklarasikan halaman bagi kepala daerah"):
        consolidate(
            Inputs([REPORT]),
            Outputs(tmp_path / "k.xlsx", page=tmp_path / "k.html"),
            options=Options(tmp_path, jobs=1, templates=templates),
        )
    assert [each.name for each in tmp_path.iterdir()] == ["templat"]
