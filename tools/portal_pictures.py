"""Pictures of the portal: a small story of the sample regency is played in one that is served, in the system's Chromium.

Moments are the same in each picture, whenever it is made; so is the deadline.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "harness"))

from browsers import chromium
from sites import Site, sign_in, site, visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_ROOT = Path(__file__).parent.parent
_SAMPLES = _ROOT / "samples"
_REGENCY = _SAMPLES / "kabupaten-contoh"
_LATE = ("1.05", "3.26")  # have sent nothing yet
_RETURNED, _REVIEWED, _ACCEPTED = "1.03", "2.12", ("1.01", "2.23", "7.01")
_REASON = (
    "Realisasi di Tabel 3.4 belum sama dengan laporan keuangan.\nPerbaiki, lalu kirim lagi sebelum Jumat."
)
_CONTACT = "Bagian Organisasi, 0812-0000-111"
_YEAR = "2099"  # of the deadline, so that nothing is late
_ALWAYS = """year => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) walker.currentNode.nodeValue = walker.currentNode.nodeValue
    .replace(/\\d+ \\p{L}+ \\d{4} pukul \\d\\d\\.\\d\\d \\S+/gu, "2 Februari 2024 pukul 09.05 WIB")
    .replace(/\\d+ \\p{L}{3} \\d{4}, \\d\\d\\.\\d\\d/gu, "2 Feb 2024, 09.05").replace(year, "2024");
}"""


def draw(folder: Path) -> None:
    """Write ``portal-*.png`` into a folder."""
    with tempfile.TemporaryDirectory() as name, site(Path(name)) as portal, chromium() as browser:
        registry = (_REGENCY / "opd.csv").read_text(encoding="utf-8")
        links = portal.open_round(
            registry, "LKjIP Kabupaten Contoh", tenggat=f"{_YEAR}-02-15", kontak=_CONTACT
        )
        portal.account("ahmad", "penelaah", "Ahmad Ridwan")
        _send_all(portal, links)
        ids = _decided(portal)
        address, board = portal.portal.address, f"{portal.portal.address}/papan/1"
        with visitor(browser, viewport={"width": 1000, "height": 900}) as page:
            page.goto(address)
            page.locator("#berkas").set_input_files(_SAMPLES / "dpmd-banyuasin-2023.xlsx")
            page.get_by_role("button", name="Periksa").click()
            page.wait_for_url("**/periksa/*")
            page.wait_for_selector("#isi:not([data-live])")
            _taken(page, folder / "portal-periksa", 900)
            page.goto(links[_LATE[0]])
            _taken(page, folder / "portal-kirim", 900)
            page.goto(links[_ACCEPTED[0]])
            page.goto(f"{address}/kirim/1/tanda-terima")
            _taken(page, folder / "portal-tanda-terima", 640)
        with visitor(browser, viewport={"width": 1000, "height": 900}) as page:
            sign_in(page, address, "ahmad")
            page.goto(board)
            _taken(page, folder / "portal-papan", 1050)
            page.goto(f"{board}/opd/{ids[_REVIEWED]}")
            _taken(page, folder / "portal-opd", 900)
        _on_a_phone(browser, links[_RETURNED], folder)


def _on_a_phone(browser: Browser, link: str, folder: Path) -> None:
    with visitor(browser, viewport={"width": 390, "height": 844}, color_scheme="dark") as page:
        page.goto(link)
        page.get_by_role("link", name="Lihat temuannya").click()
        page.wait_for_url("**/kirim/1")
        _taken(page, folder / "portal-telepon", 844)


def _send_all(portal: Site, links: Mapping[str, str]) -> None:
    """Send the workbooks of the sample regency, one of each agency."""
    for code, link in links.items():
        path = next(iter(sorted(_REGENCY.glob(f"{code}-*.xlsx"), reverse=True)), None)
        if code not in _LATE and path is not None:
            portal.send(link, path.read_bytes(), name=path.name)
    portal.settle()


def _decided(portal: Site) -> dict[str, str]:
    """Return and accept some; return all agencies' ids by their codes."""
    board = portal.coordinator.get("/papan/1").text
    rows = re.findall(r'data-label="Kode">([^<]+)</td>.*?/opd/(\d+)"', board)
    ids = dict(rows)
    for code in (_RETURNED, *_ACCEPTED):
        where = f"/papan/1/opd/{ids[code]}"
        seen = re.search(r'name="terlihat" value="([^"]+)"', portal.coordinator.get(where).text)
        assert seen is not None  # noqa: S101 - whose submission is read can be decided
        after = "dikembalikan" if code == _RETURNED else "diterima"
        portal.coordinator.post(
            f"{where}/1/putusan", putusan=after, terlihat=seen[1], alasan=_REASON if code == _RETURNED else ""
        )
    return ids


def _taken(page: Page, target: Path, height: int) -> None:
    page.evaluate(_ALWAYS, _YEAR)
    whole = page.evaluate("document.documentElement.scrollHeight")
    viewport = page.viewport_size
    assert viewport is not None  # noqa: S101 - it was given
    clip = {"x": 0, "y": 0, "width": viewport["width"], "height": min(height, whole)}
    page.screenshot(path=target.with_suffix(".png"), full_page=True, clip=clip)  # type: ignore[arg-type]
    print(target.with_suffix(".png").relative_to(_ROOT))
