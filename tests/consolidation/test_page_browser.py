"""The page of a batch in a browser: sorted, filtered, opened by keyboard, without JavaScript, narrow and wide, dark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browsers import chromium
from lkjip_xl.consolidation.chosen import Decided
from lkjip_xl.consolidation.regent.shown import Regent
from lkjip_xl.consolidation.registry import Unit
from lkjip_xl.consolidation.totals import ranked
from regents import Pages, regent_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_NAMES = "rows => rows.map(row => row.querySelector('th').firstChild.textContent)"
_SHOWN = "#daftar tbody tr:not([hidden])"
_KEYSTROKE = 100  # milliseconds until what a key changes is painted
_TYPED = """async texts => {
  const painted = () => new Promise(done => requestAnimationFrame(() => {
    const channel = new MessageChannel(); channel.port1.onmessage = done; channel.port2.postMessage(0); }));
  const field = document.querySelector("[name=cari]"), took = [];
  for (const text of texts) {
    await painted();
    const before = performance.now();
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await painted();
    took.push(performance.now() - before);
  }
  return took;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def twelve(regency: Regent, page_of: Pages) -> Path:
    return page_of(regency)


@contextmanager
def _opened(
    browser: Browser, path: Path, width: int = 1366, fragment: str = "", **options: Any
) -> Iterator[Page]:
    """Open a page that must ask for nothing else, and have nothing to complain of."""
    asked: list[str] = []
    said: list[str] = []
    with closing(browser.new_context(viewport={"width": width, "height": 900}, **options)) as context:
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path.as_uri() + fragment)
        yield page
        assert {url.partition("#")[0] for url in asked} == {path.as_uri()}
        assert said == []


def _shown(page: Page) -> list[str]:
    names: list[str] = page.eval_on_selector_all(_SHOWN, _NAMES)
    return [name.removesuffix(" ✖") for name in names]


def test_headings_sort(browser: Browser, twelve: Path, regency: Regent) -> None:
    best = [agency.name for _, agency, _ in ranked(regency.batch, regency.figures, "capaian")]
    missing = ["Satuan Polisi Pamong Praja", "Dinas Pariwisata"]
    with _opened(browser, twelve) as page:
        heading = page.locator("#daftar thead th", has_text="Rata-rata capaian kinerja (%)")
        heading.get_by_role("button").click()
        assert _shown(page) == [*best, *missing]
        assert heading.get_attribute("aria-sort") == "descending"
        heading.get_by_role("button").press("Enter")
        assert _shown(page) == [*reversed(best), *missing]
        assert heading.get_attribute("aria-sort") == "ascending"
        assert page.locator("#daftar [aria-sort]").count() == 1
        page.get_by_role("button", name="Perangkat Daerah").click()
        assert _shown(page) == sorted([*best, *missing])
        page.get_by_role("button", name="Predikat", exact=False).first.click()
        assert _shown(page)[-3:] == ["Dinas Pemberdayaan Masyarakat dan Desa", *missing]


def test_filters_show_what_fits(browser: Browser, twelve: Path) -> None:
    with _opened(browser, twelve) as page:
        told = page.locator("#jumlah")
        assert told.text_content() == "12 dari 12 perangkat daerah ditampilkan"
        page.get_by_role("searchbox").press_sequentially("SOSIAL dinas")
        assert _shown(page) == ["Dinas Sosial"]
        assert told.text_content() == "1 dari 12 perangkat daerah ditampilkan"
        assert page.locator("details.of[id]:not([hidden])").count() == 1
        page.get_by_role("button", name="Hapus saringan").click()
        page.wait_for_function("document.getElementById('jumlah').textContent.startsWith('12')")
        page.get_by_role("combobox", name="Keadaan").select_option("belum mengirim")
        assert _shown(page) == ["Satuan Polisi Pamong Praja", "Dinas Pariwisata"]
        page.get_by_role("combobox", name="Keadaan").select_option("*")
        page.get_by_role("combobox", name="Predikat").select_option("Berhasil")
        assert _shown(page) == ["Dinas Pemberdayaan Masyarakat dan Desa"]
        page.get_by_role("searchbox").fill("tidak ada yang begini")
        assert (_shown(page), told.text_content()) == ([], "0 dari 12 perangkat daerah ditampilkan")


def test_findings_open_by_keyboard(browser: Browser, twelve: Path) -> None:
    with _opened(browser, twelve) as page:
        page.get_by_role("combobox", name="Predikat").focus()
        for _ in range(3):  # button, table, first heading
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "No"
        page.get_by_role("link", name="Dinas Pekerjaan Umum").focus()
        assert not page.locator("#opd-3").is_visible()
        page.keyboard.press("Enter")
        assert page.locator("#opd-3").is_visible()
        assert page.evaluate("document.activeElement.closest('details').id") == "temuan-3"
        assert page.url.endswith("#opd-3")
        assert page.locator("#opd-3 li b").all_text_contents() == ["✖ galat"]
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.closest('tr').id") == "baris-3"


def test_a_link_to_findings_can_be_sent_on(browser: Browser, twelve: Path) -> None:
    with _opened(browser, twelve, fragment="#opd-12") as page:
        assert page.locator("#opd-12").is_visible()
        assert page.locator("details.of[open]").count() == 1
        page.wait_for_function("document.activeElement.closest('details')?.id === 'temuan-12'")


def test_without_javascript_all_is_there(browser: Browser, twelve: Path) -> None:
    with _opened(browser, twelve, java_script_enabled=False) as page:
        assert page.locator("#daftar tbody tr").count() == page.locator(f"{_SHOWN}:visible").count() == 12
        assert not page.get_by_role("search").is_visible()
        page.get_by_role("link", name="Dinas Pekerjaan Umum").click()
        page.locator("#opd-3").wait_for(state="visible")  # the browser goes there when it gets to it
        page.locator("#temuan-12 summary").click()
        assert page.locator("#opd-12 li").first.is_visible()


def test_no_page_is_wider_than_its_screen(browser: Browser, twelve: Path) -> None:
    with _opened(browser, twelve) as page:
        page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
        for width in (360, 768, 1366, 1920):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") == width
            box = page.locator("#daftar").bounding_box()
            assert box is not None
            assert (box["width"] <= width) == (width >= 1366)  # else it scrolls in its frame


def _light(colour: str) -> float:
    red, green, blue = (int(each) for each in colour.strip("rgb()").split(","))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_it_follows_the_scheme_and_prints_light(
    browser: Browser, twelve: Path, scheme: str, dark: bool
) -> None:
    looks = "['color', 'backgroundColor'].map(name => getComputedStyle(document.body)[name])"
    with _opened(browser, twelve, color_scheme=scheme) as page:
        ink, back = map(_light, page.evaluate(looks))
        assert (ink > back) == dark
        page.emulate_media(media="print")
        ink, back = map(_light, page.evaluate(looks))
        assert back == pytest.approx(255)
        assert ink < 60
        assert not page.get_by_role("search").is_visible()


@pytest.fixture(scope="module")
def everything(regency: Regent, page_of: Pages) -> Path:
    """A page with all that a page may have: units, an earlier year, a decision."""
    batch = regency.batch
    agencies = tuple(
        replace(each, parent="K", decisions=(Decided("dihitung", "ya", "Ani"),))
        for each in batch.chosen.agencies
    )
    chosen = replace(batch.chosen, agencies=agencies, units=(Unit("K", "Kabupaten Contoh", "Kabupaten"),))
    regent = regent_of(replace(batch, chosen=chosen))
    return page_of(replace(regent, earlier={2022: (batch, regency.figures)}))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, everything: Path, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    with _opened(browser, everything, color_scheme=scheme) as page:
        page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
        found = axe.Axe().run(page).response["violations"]
        assert [(each["id"], each["impact"], each["nodes"][0]["html"]) for each in found] == []


@pytest.mark.long
def test_a_thousand_agencies_stay_fluent(browser: Browser, thousand: Regent, page_of: Pages) -> None:
    texts = ["d", "di", "din", "dinas", "dinas s", "dinas so", "", "kec", "kecx", ""]
    with _opened(browser, page_of(thousand)) as page:
        assert (
            page.locator("#jumlah").text_content()
            == "1.000 dari 1.000 perangkat daerah cocok, 60 pertama ditampilkan"
        )
        assert page.locator(_SHOWN).count() == 60
        best = [_KEYSTROKE * 9.0] * len(texts)
        for _ in range(6):  # others have the machine in between
            best = [*map(min, best, page.evaluate(_TYPED, texts))]
            if max(best) < _KEYSTROKE:
                break
        assert max(best) < _KEYSTROKE, best
        for event, number in (("beforeprint", 1000), ("afterprint", 60)):
            page.evaluate("name => dispatchEvent(new Event(name))", event)
            assert page.locator(_SHOWN).count() == number
        page.get_by_role("button", name="Perangkat Daerah").click()
        page.get_by_role("button", name="Tampilkan semua").click()
        names = _shown(page)
        assert len(names) == 1000
        assert names[:3] == [f"Badan Perencanaan Pembangunan Daerah {number}" for number in (0, 1, 2)]
        assert not page.get_by_role("button", name="Tampilkan semua").is_visible()


def test_names_of_strangers_do_nothing(browser: Browser, regency: Regent, page_of: Pages) -> None:
    evil = '"><img src=x onerror="document.title=1"><script>document.title=2</script>'
    chosen = regency.batch.chosen
    agencies = tuple(replace(each, name=f"{evil}{n}") for n, each in enumerate(chosen.agencies))
    page = page_of(regent_of(replace(regency.batch, chosen=replace(chosen, agencies=agencies))))
    with _opened(browser, page) as shown:
        shown.get_by_role("searchbox").fill("<img")
        assert shown.title() == "Konsolidasi Laporan Kinerja Perangkat Daerah 2023 – Kabupaten Contoh"
        assert _shown(shown) == [f"{evil}{n}" for n in range(12)]
