"""A portal that is served, as those who come to it by a browser find it."""

from __future__ import annotations

import csv
import html
import io
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portals import PASSWORD, Browser, Served, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium
    from playwright.sync_api import Page

_TABLE = re.compile(r'id="csv"[^>]*>(.*?)</pre>', re.DOTALL)


@dataclass
class Site:
    """A served portal with a coordinator, whose requests set the scene."""

    portal: Served
    data: Path
    coordinator: Browser
    rounds: list[int] = field(default_factory=list)

    def invite(self, login: str, role: str, name: str = "Ahmad Ridwan") -> str:
        """Return the address of a new account's invitation."""
        self.coordinator.get("/akun")
        answer = self.coordinator.post("/akun", masuk=login, nama=name, peran=role)
        found = re.search(r"/undangan/[\w-]+", answer.text)
        assert found, answer.text
        return f"{self.portal.address}{found[0]}"

    def account(self, login: str, role: str, name: str = "Ahmad Ridwan") -> None:
        """Make an account that has its password."""
        address, browser = self.invite(login, role, name), self.portal.browser()
        browser.get(address)
        assert browser.post(address, sandi=PASSWORD, sekali_lagi=PASSWORD).url.path == "/papan"

    def open_round(self, registry: str, name: str = "", **wanted: str) -> Mapping[str, str]:
        """Open a round; return the links of its agencies by code."""
        self.coordinator.get("/papan/baru")
        fields = {"tahun": "2023", "tenggat": "2099-01-31", "kontak": "Bagian Organisasi, 0812"} | wanted
        files = [("daftar", ("opd.csv", registry.encode()))]
        name = name or f"LKjIP Contoh {len(self.rounds) + 1}"
        answer = self.coordinator.post("/papan/baru", files, nama=name, **fields)
        assert answer.url.path.endswith("/tautan")
        found = _TABLE.search(answer.text)
        assert found, answer.text
        self.rounds.append(len(self.rounds) + 1)
        return links_of(html.unescape(found[1]))

    def send(self, link: str, content: bytes, sender: str = "Budi Santoso", name: str = "isian.xlsx") -> None:
        """Send a workbook by an agency's link."""
        browser = self.portal.browser()
        browser.get(link)
        assert browser.upload("/kirim", content, name, pengirim=sender).url.path.startswith("/kirim/")

    def settle(self) -> None:
        """Wait until nothing waits for a reader; boards tell so."""
        until = time.monotonic() + 120
        while "dalam antrean" in self.coordinator.get(f"/papan/{self.rounds[-1]}").text:
            assert time.monotonic() < until
            time.sleep(0.1)


def links_of(table: str) -> dict[str, str]:
    """Return the links of a CSV of links by the codes of their agencies."""
    return {each["kode"]: each["tautan"] for each in csv.DictReader(io.StringIO(table), delimiter=";")}


@contextmanager
def site(data: Path) -> Iterator[Site]:
    """Yield a portal that is served, with its first coordinator signed in."""
    with served(data) as portal:
        first = portal.browser()
        first.get(portal.invitation)
        first.post(portal.invitation, sandi=PASSWORD, sekali_lagi=PASSWORD)
        yield Site(portal, data, first)


@contextmanager
def visitor(chromium: Chromium, **options: Any) -> Iterator[Page]:
    """Yield a page of a browser of its own, which must have nothing to complain of but of pages that are refused."""
    said: list[str] = []
    context = chromium.new_context(
        **{"locale": "id-ID", "reduced_motion": "reduce", "viewport": {"width": 1200, "height": 800}}
        | options
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.on("pageerror", lambda error: said.append(str(error)))

    def note(message: Any) -> None:
        refused = "the server responded with a status of 4" in message.text
        if not refused or "/statis/" in message.location["url"]:
            said.append(message.text)

    page.on("console", note)
    yield page
    context.close()
    if said:
        raise AssertionError(said)


def sign_in(page: Page, address: str, login: str) -> None:
    """Sign in an account."""
    page.goto(f"{address}/masuk")
    page.get_by_label("Nama masuk").fill(login)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/papan")


def downloaded(page: Page, name: str, role: Any = "link") -> tuple[str, bytes]:
    """Return the name and the content of what a link gives."""
    with page.expect_download() as given:
        page.get_by_role(role, name=name).click()
    return given.value.suggested_filename, given.value.path().read_bytes()


def look_again(page: Page, selector: str, seconds: float = 90) -> None:
    """Have a page shown anew, as who has no scripts does, until something is there."""
    until = time.monotonic() + seconds
    while not page.locator(selector).count():
        assert time.monotonic() < until, page.locator("main").inner_text()
        page.wait_for_timeout(300)
        page.reload()
