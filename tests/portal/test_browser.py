"""The portal in Chromium: a member of staff and a coordinator from beginning to end, with scripts and without; every page."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import polars as pl
import pytest

from browsers import chromium
from clean import clean_document
from lkjip_xl.base.files import Upload
from lkjip_xl.form.json_data import from_document
from lkjip_xl.pipeline import validate
from lkjip_xl.report.text import identity
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render
from portals import PASSWORD
from sites import Site, downloaded, look_again, sign_in, site, visitor
from support import Run, grid

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_REGISTRY = "kode,nama\n1.01,Dinas Pendidikan\n1.02,Dinas Kesehatan\n2.13,Dinas Contoh\n"
_LONG = "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana"
_REASON = "Samakan jumlah pegawai di Tabel 1.1.\nKirim lagi sebelum Jumat."
scripts = pytest.mark.parametrize(
    "scripts", [pytest.param(True, id="scripts"), pytest.param(False, id="plain", marks=pytest.mark.long)]
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("portal")) as found:
        found.account("ahmad", "penelaah")
        yield found


@pytest.fixture(scope="module")
def workbooks(template: Template) -> dict[str, bytes]:
    """By code a workbook without a fault, and by ``code!`` one in which numbers of staff differ."""
    made = {}
    for code, name in (("1.01", "Dinas Pendidikan"), ("1.02", "Dinas Kesehatan")):
        document = clean_document()
        document["tabel"]["identitas"] |= {"kode": code, "nama": name}
        made[code] = render(template, from_document(document, template))
        document["tabel"]["pegawai"][0]["jumlah"] = 26
        made[f"{code}!"] = render(template, from_document(document, template))
    return made


def _file(content: bytes, name: str = "isian.xlsx", kind: str = "application/octet-stream") -> Any:
    return {"name": name, "mimeType": kind, "buffer": content}


def _send(page: Page, content: bytes, number: int) -> None:
    page.get_by_label("Nama pengirim").fill("Budi Santoso")
    page.locator("#berkas").set_input_files(_file(content))
    page.get_by_role("button", name="Kirim buku kerja").click()
    page.wait_for_url(f"**/kirim/{number}")
    page.wait_for_selector(
        "#isi:not([data-live='2'])"
    )  # without scripts the page is asked for again by itself


def _state(page: Page) -> str:
    return page.locator(".about .state").inner_text().split(maxsplit=1)[1]


@scripts
def test_staff_from_the_link_to_accepted_through_one_return(
    browser: Browser, portal: Site, workbooks: dict[str, bytes], template: Template, scripts: bool
) -> None:
    link = portal.open_round(_REGISTRY)["1.01"]
    options: dict[str, Any] = {"java_script_enabled": scripts, "viewport": {"width": 390, "height": 800}}
    with visitor(browser, **options) as staff, visitor(browser, java_script_enabled=scripts) as reviewer:
        staff.goto(link)
        assert staff.url == f"{portal.portal.address}/kirim"
        name, blank = downloaded(staff, "Unduh buku kerja kosong")
        assert name == "lkjip-1.01-2023.xlsx"
        (checked,), _ = validate([Upload(Path(name), blank)], template)
        assert identity(checked, template) == ("1.01", "Dinas Pendidikan")

        (checked,), _ = validate([Upload(Path(name), workbooks["1.01!"])], template)
        messages = {finding.message for finding in checked.findings}
        staff.goto(f"{portal.portal.address}/kirim")  # where the workbook took a while, a page said so
        staff.get_by_role("link", name="memeriksanya").click()
        staff.locator("#berkas").set_input_files(_file(workbooks["1.01!"]))
        staff.get_by_role("button", name="Periksa").click()
        staff.wait_for_url("**/periksa/*")
        staff.wait_for_selector("#isi:not([data-live])")
        assert set(staff.locator("article p:nth-child(2)").all_inner_texts()) == messages

        staff.goto(f"{portal.portal.address}/kirim")
        _send(staff, workbooks["1.01!"], 1)
        assert _state(staff) == "bergalat"
        assert set(staff.locator("article p:nth-child(2)").all_inner_texts()) == messages

        sign_in(reviewer, portal.portal.address, "ahmad")
        reviewer.goto(f"{portal.portal.address}/papan/{portal.rounds[-1]}")
        reviewer.get_by_role("link", name="Dinas Pendidikan").click()
        reviewer.get_by_label("Alasan (wajib)").fill(_REASON)
        reviewer.get_by_role("button", name="Kembalikan").click()
        reviewer.wait_for_selector(".state-dikembalikan")

        staff.goto(f"{portal.portal.address}/kirim")
        assert staff.locator(".notice .reason").inner_text() == _REASON
        staff.get_by_role("link", name="Lihat temuannya").click()
        assert staff.locator(".notice .reason").inner_text() == _REASON
        staff.get_by_role("link", name="kirim lagi").click()
        _send(staff, workbooks["1.01"], 2)
        assert _state(staff) == "menunggu"

        reviewer.reload()
        reviewer.get_by_role("button", name="Terima").click()
        reviewer.wait_for_selector(".about .state-diterima")
        staff.reload()
        assert _state(staff) == "diterima"
        staff.get_by_role("link", name="Tanda terima").click()
        _printed(staff, hashlib.sha256(workbooks["1.01"]).hexdigest())


def _printed(page: Page, digest: str) -> None:
    """Print a receipt: it holds the digest and nothing of the page around it."""
    page.wait_for_url("**/tanda-terima")
    assert page.locator(".digest").inner_text().replace(" ", "") == digest
    pdf = page.pdf(format="A4")
    if shutil.which("pdftotext"):
        text = subprocess.run(
            ["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True
        ).stdout.decode()
        assert digest in "".join(text.split())
        assert text.count("\f") == 1
        assert "Periksa" not in text


@scripts
def test_a_coordinator_from_the_invitation_to_the_printed_set(
    browser: Browser, portal: Site, workbooks: dict[str, bytes], run: Run, scripts: bool
) -> None:
    invitation = portal.invite(f"sri{int(scripts)}", "koordinator", "Sri Wahyuni")
    with visitor(browser, java_script_enabled=scripts) as page:
        page.goto(invitation)
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_label("Sekali lagi").fill(PASSWORD)
        page.get_by_role("button", name="Simpan dan masuk").click()
        page.get_by_role("link", name="Buka putaran baru").click()
        links = _opened(page, scripts)
        portal.rounds.append(len(portal.rounds) + 1)
        portal.send(links["1.01"], workbooks["1.01"])
        portal.send(links["1.02"], workbooks["1.02!"])

        page.get_by_role("link", name="Ke papan").click()
        board = page.url
        if scripts:
            page.wait_for_selector("caption:text-is('3 dari 3 OPD')")
        else:
            look_again(page, "caption:text-is('3 dari 3 OPD')")
        assert _lines(page) == ["1.01 menunggu", "1.02 bergalat", "2.13 belum mengirim"]
        page.get_by_role("link", name="bergalat 1").click()
        assert _lines(page) == ["1.02 bergalat"]
        page.goto(board)
        page.get_by_label("Cari OPD").fill("PENDIDIKAN dinas")
        page.get_by_role("button", name="Cari").click()
        page.wait_for_url("**cari=*")
        assert _lines(page) == ["1.01 menunggu"]

        page.goto(board)
        page.get_by_role("link", name="Dinas Kesehatan").click()
        page.get_by_label("Alasan (wajib)").fill(_REASON)
        page.get_by_role("button", name="Kembalikan").click()
        page.wait_for_selector(".about .state-dikembalikan")
        page.get_by_role("link", name="Menunggu berikutnya: Dinas Pendidikan").click()
        page.get_by_role("button", name="Terima").click()
        page.wait_for_selector(".about .state-diterima")
        page.goto(f"{board}/atur")
        decisions = "opd;keputusan;alasan;oleh\n1.02;hitung;sudah dijelaskan;Kepala Bagian\n"
        page.locator("#berkas").set_input_files(_file(decisions.encode(), "keputusan.csv", "text/csv"))
        page.get_by_role("button", name="Pakai berkas ini").click()
        page.get_by_role("link", name="Unduh yang ada").wait_for()

        page.goto(board)
        assert _lines(page) == ["1.01 diterima", "1.02 dikembalikan", "2.13 belum mengirim"]
        page.get_by_role("button", name="Gabungkan").click()
        if scripts:
            page.get_by_role("button", name="Gabungkan lagi").wait_for()
        else:
            look_again(page, "button:text-is('Gabungkan lagi')")
        given = _given(page)
        if scripts:  # nothing of it depends on them
            _same_as_by_command(given, portal.data / "putaran" / f"2023-{portal.rounds[-1]}", run)
        assert _all_files(page) == (
            f"kiriman-2023-{portal.rounds[-1]}.zip",
            {_REGISTRY.encode(), decisions.encode(), workbooks["1.01"], workbooks["1.02!"]},
        )


def _all_files(page: Page) -> tuple[str, set[bytes]]:
    """Download all files of a round; return the zip's name and their contents."""
    name, files = downloaded(page, "Semua berkas (zip)")
    with zipfile.ZipFile(io.BytesIO(files)) as packed:
        return name, {packed.read(each) for each in packed.namelist()}


def _opened(page: Page, scripts: bool) -> dict[str, str]:
    """Open a round; return the links of its agencies, which stand in the messages and in the CSV alike."""
    page.get_by_label("Nama putaran").fill(f"LKjIP {scripts}")
    page.get_by_label("Tahun laporan").fill("2023")
    page.get_by_label("Tenggat").fill("2099-01-31")
    page.get_by_label("Kontak koordinator").fill("Bagian Organisasi, 0812")
    page.locator("#daftar").set_input_files(_file(_REGISTRY.encode(), "opd.csv", "text/csv"))
    page.get_by_role("button", name="Buka putaran dan buat tautan").click()
    page.get_by_role("heading", name="Tautan untuk 3 OPD").wait_for()
    table, messages = page.locator("#csv").inner_text(), page.locator("#pesan").inner_text()
    rows = [*csv.DictReader(io.StringIO(table), delimiter=";")]
    assert [each["nama"] for each in rows] == ["Dinas Pendidikan", "Dinas Kesehatan", "Dinas Contoh"]
    assert [line for line in messages.splitlines() if line.startswith("http")] == [
        each["tautan"] for each in rows
    ]
    assert all(f"Kepada {each['nama']}: " in messages for each in rows)
    if scripts:
        name, saved = downloaded(page, "Simpan CSV", "button")
        assert (name, saved.decode("utf-8-sig").strip()) == ("tautan-2023.csv", table.strip())
    return {each["kode"]: each["tautan"] for each in rows}


def _lines(page: Page) -> list[str]:
    """Return the lines of a board: code and state."""
    rows = page.locator(".board tbody tr")
    return [
        f"{row.locator('td').first.inner_text()} {row.locator('.state').inner_text().split(maxsplit=1)[1]}"
        for row in rows.all()
    ]


def _given(page: Page) -> dict[str, bytes]:
    """Download what a round was put together into, by the words for it."""
    names = (
        "Buku kerja konsolidasi",
        "Semua baris (Parquet)",
        "Halaman ringkas",
        "Laporan gabungan dalam Word",
    )
    return {name: downloaded(page, name)[1] for name in names}


def _same_as_by_command(given: dict[str, bytes], folder: Path, run: Run) -> None:
    """What a round was put together into is what the command makes of its folder: cells, rows, findings."""
    again = folder / "ulang"
    again.mkdir()
    code, _, _ = run(
        "consolidate", folder / "kiriman", "--registry", folder / "opd.csv", "--decisions", folder / "keputusan.csv",
        "--tahun", "2023", "-o", again / "konsolidasi.xlsx", "--parquet", again / "parquet",
        "--word", again / "kabupaten.docx", "--report", again / "papan.html",
    )  # fmt: skip
    assert code == 1  # an agency that is counted has errors
    (again / "dari-portal.xlsx").write_bytes(given["Buku kerja konsolidasi"])
    cells = grid(again / "konsolidasi.xlsx")
    assert grid(again / "dari-portal.xlsx") == cells
    assert any(sheet == "Temuan" and "pegawai" in str(value) for (sheet, _, _), value in cells.items())
    with zipfile.ZipFile(io.BytesIO(given["Semua baris (Parquet)"])) as packed:
        assert packed.namelist() == sorted(path.name for path in (again / "parquet").iterdir())
        for name in packed.namelist():
            if name.endswith(".parquet"):
                rows = pl.read_parquet(io.BytesIO(packed.read(name)))
                assert rows.equals(pl.read_parquet(again / "parquet" / name)), name
    assert given["Halaman ringkas"] == (again / "papan.html").read_bytes()
    ours, theirs = (
        _document(each)
        for each in (given["Laporan gabungan dalam Word"], (again / "kabupaten.docx").read_bytes())
    )
    assert ours == theirs


def _document(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read("word/document.xml")


@pytest.fixture(scope="module")
def busy(portal: Site, workbooks: dict[str, bytes]) -> dict[str, str]:
    """A round with agencies in several states and long names; the addresses of its pages by what they show."""
    shut = portal.open_round(_REGISTRY, "Putaran yang ditutup", tenggat="2024-01-31")["1.01"]
    portal.coordinator.post(f"/papan/{portal.rounds[-1]}/atur", ubah="tutup")
    more = "".join(f'3.{n:02},"{_LONG} {n}"\n' for n in range(12))
    units = f'kode,nama,induk,tingkat\nW,"{_LONG}",,Wilayah\n'
    lines = _REGISTRY.partition("\n")[2] + more
    registry = units + "".join(f"{line},W,\n" for line in lines.splitlines())
    links = portal.open_round(registry, "LKjIP Kabupaten Contoh dengan nama putaran yang panjang sekali")
    board = f"{portal.portal.address}/papan/{portal.rounds[-1]}"
    for code, content in (
        ("1.01", workbooks["1.01"]),
        ("1.02", workbooks["1.02!"]),
        ("2.13", workbooks["1.01"]),
    ):
        portal.send(links[code], content)
    portal.send(links["3.00"], b"bukan buku kerja", name=f"{_LONG}.xlsx")
    portal.settle()
    ids = re.findall(r"/opd/(\d+)", portal.coordinator.get(board).text)
    return {"papan": board, "kirim": links["1.01"], "belum": links["3.01"], "tutup": shut} | {
        name: f"{board}/opd/{ids[at]}"
        for at, name in enumerate(("menunggu", "bergalat", "milik OPD lain", "rusak", "belum mengirim"))
    }


_TOO_WIDE = """() => [...document.querySelectorAll("body *")].filter(each => !each.matches(".hidden, .skip")
  && each.getBoundingClientRect().right > innerWidth + 1).map(each => each.outerHTML.slice(0, 90))"""


def _look(page: Page) -> list[str]:
    """Return what is wrong with how a page looks: narrow and wide, light and dark."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    wrong = []
    looks: tuple[tuple[int, Literal["light", "dark"]], ...] = (
        (1200, "light"),
        (1200, "dark"),
        (360, "dark"),
        (360, "light"),
    )
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        if page.evaluate("document.scrollingElement.scrollWidth") > width:
            wrong.append(f"{width}: {page.evaluate(_TOO_WIDE)}")
        options = {"resultTypes": ["violations"]}
        if scheme == "dark":  # all else is as in the light
            options["runOnly"] = ["color-contrast"]
        wrong += [
            f"{width} {scheme}: {each['id']}: {each['nodes'][0]['html'][:200]}"
            for each in axe.run(page, options=options).response["violations"]
        ]
    page.set_viewport_size({"width": 1200, "height": 800})
    return [f"{page.url}: {each}" for each in wrong]


def test_no_page_of_the_portal_is_too_wide_or_hard_to_read_for_anyone(
    browser: Browser, portal: Site, busy: dict[str, str], workbooks: dict[str, bytes]
) -> None:
    address, wrong = portal.portal.address, []
    with visitor(browser) as page:
        for path in ("/", "/masuk", "/kirim", "/tidak-ada", "/o/salah", portal.invite("dewi", "pembaca")):
            page.goto(path if path.startswith("http") else f"{address}{path}")
            wrong += _look(page)
        page.goto(address)
        page.locator("#berkas").set_input_files(
            [_file(workbooks["1.02!"], f"{_LONG}.xlsx"), _file(b"lain", "lain.xlsx")]
        )
        wrong += _look(page)
        page.get_by_role("button", name="Periksa").click()
        page.wait_for_url("**/periksa/*")
        wrong += _look(page)
        page.wait_for_selector("#isi:not([data-live])")
        wrong += _look(page)
        for name in ("belum", "tutup"):
            page.goto(busy[name])
            wrong += _look(page)
        page.goto(busy["kirim"])
        for path in ("/kirim", "/kirim/1", "/kirim/1/tanda-terima"):
            page.goto(f"{address}{path}")
            wrong += _look(page)
    assert wrong == []


def test_no_page_behind_an_account_is_too_wide_or_hard_to_read_for_anyone(
    browser: Browser, portal: Site, busy: dict[str, str]
) -> None:
    wrong = []
    with visitor(browser) as page:
        sign_in(page, portal.portal.address, "koordinator")
        board = busy["papan"]
        agencies = [
            busy[each] for each in ("menunggu", "bergalat", "milik OPD lain", "rusak", "belum mengirim")
        ]
        others = [f"{portal.portal.address}{path}" for path in ("/papan", "/papan/baru", "/akun")]
        for path in (board, f"{board}?cari=tidak+ada", f"{board}/atur", *agencies, *others):
            page.goto(path)
            page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
            wrong += _look(page)
        page.goto(f"{board}/atur")
        page.get_by_text("Buat semua tautan baru …").click()
        page.get_by_role("button", name=re.compile("^Ya, buat .* tautan baru$")).click()
        page.locator("#csv").wait_for()
        wrong += _look(page)
        page.goto(busy["menunggu"])
        page.get_by_role("button", name="Kembalikan").click()
        page.get_by_role("alert").wait_for()
        wrong += _look(page)
    assert wrong == []


_FOCUSED = """() => { const each = document.activeElement, zone = each.closest(".drop") ?? each;
  const ring = [each, zone].some(one => getComputedStyle(one).outlineStyle !== "none"
    && parseFloat(getComputedStyle(one).outlineWidth) >= 2);
  return [each === document.body ? "" : each.outerHTML.slice(0, 120), ring]; }"""
_CONTROLS = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
  .filter(each => each.checkVisibility() && !each.disabled).map(each => each.outerHTML.slice(0, 120))"""


def test_every_control_is_reached_by_keyboard_with_a_visible_focus(
    browser: Browser, portal: Site, busy: dict[str, str]
) -> None:
    address = portal.portal.address
    with visitor(browser) as page:
        page.goto(busy["kirim"])
        sign_in(page, address, "koordinator")
        pages = (
            address,
            f"{address}/kirim",
            busy["papan"],
            busy["menunggu"],
            f"{busy['papan']}/atur",
            f"{address}/akun",
        )
        for path in pages:
            page.goto(path)
            reached: list[str] = []
            shown: set[str] = set()
            while True:
                page.keyboard.press("Tab")
                html, ring = page.evaluate(_FOCUSED)
                if not html or html in reached[:1]:
                    break
                reached.append(html)
                shown |= {html} if ring else set()
            once = dict.fromkeys(reached)  # a date is several stops
            assert sorted(once) == sorted(set(page.evaluate(_CONTROLS))), path
            assert set(once) - shown == set(), path
        page.goto(busy["papan"])
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main')?.id") == "isi"


def test_a_decision_is_made_by_keyboard_alone(
    browser: Browser, portal: Site, workbooks: dict[str, bytes]
) -> None:
    link = portal.open_round(_REGISTRY)["1.01"]
    portal.send(link, workbooks["1.01"])
    portal.settle()
    with visitor(browser) as page:
        sign_in(page, portal.portal.address, "ahmad")
        page.goto(f"{portal.portal.address}/papan/{portal.rounds[-1]}")
        _tab_to(page, "Dinas Pendidikan")
        page.keyboard.press("Enter")
        page.wait_for_url("**/opd/*")
        _tab_to(page, "alasan")
        page.keyboard.type("Lengkapi Tabel 3.1.")
        _tab_to(page, "Kembalikan")
        page.keyboard.press("Enter")
        page.wait_for_selector(".about .state-dikembalikan")
        assert page.locator(".history .reason").first.inner_text() == "Lengkapi Tabel 3.1."


def _tab_to(page: Page, name: str) -> None:
    """Go on by the tabulator to a control with a text or an id."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if name in page.evaluate("[document.activeElement.textContent.trim(), document.activeElement.id]"):
            return
    raise AssertionError(name)


def test_a_live_board_keeps_focus_place_and_what_is_typed_and_says_what_is_new(
    browser: Browser, portal: Site, workbooks: dict[str, bytes]
) -> None:
    more = "".join(f"3.{n:02},Kecamatan {n}\n" for n in range(30))
    links = portal.open_round(_REGISTRY + more)
    with visitor(browser) as page:
        sign_in(page, portal.portal.address, "ahmad")
        page.clock.install()
        page.goto(f"{portal.portal.address}/papan/{portal.rounds[-1]}")
        page.get_by_role("link", name="Kecamatan 29").focus()
        place = page.evaluate("scrollY")
        assert place > 0
        portal.send(links["1.01"], workbooks["1.01"])
        portal.settle()
        page.clock.fast_forward(16_000)
        page.wait_for_selector(".board .state-menunggu")
        assert page.evaluate("document.activeElement.textContent") == "Kecamatan 29"
        assert page.evaluate("scrollY") == place
        assert page.get_by_role("status").inner_text() == "belum mengirim 32, menunggu 1"

        page.get_by_label("Cari OPD").press_sequentially("keca")
        page.get_by_role("link", name="Papan").focus()
        portal.send(links["1.02"], workbooks["1.02!"])
        portal.settle()
        with page.expect_response("**/papan/*"):
            page.clock.fast_forward(16_000)
        page.clock.run_for(100)
        assert page.get_by_label("Cari OPD").input_value() == "keca"
        assert page.locator(".board .state-bergalat").count() == 0
        page.get_by_label("Cari OPD").fill("")
        page.get_by_role("link", name="Papan").focus()
        page.clock.fast_forward(16_000)
        page.wait_for_selector(".board .state-bergalat")
        assert page.get_by_role("status").inner_text() == "belum mengirim 31, bergalat 1, menunggu 1"
