"""What every answer says to the browser, whichever kind it is, and that no page holds what its policy forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import lxml.html  # type: ignore[import-untyped]
import pytest

import portals
from lkjip_xl.portal.states import Role
from lkjip_xl.portal.web.headers import POLICY
from lkjip_xl.portal.web.made import FROM_FILES
from portals import PASSWORD, Browser, Opened

ALWAYS = {
    "content-security-policy": POLICY,
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
OFFICE = "https://lkjip.contoh.go.id"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, sample_bytes: bytes) -> Iterator[Opened]:
    """A portal in which something has been sent and read, and a round put together."""
    with portals.opened(tmp_path_factory.mktemp("kepala") / "portal") as portal:
        portal.open_round("kode,nama\n2.13,Dinas Pemberdayaan\n1.02,Dinas Kesehatan\n")
        portal.agency("2.13").upload("/kirim", sample_bytes, pengirim="Budi")
        portal.account(login="pertama")
        yield portal


@pytest.fixture(scope="module")
def coordinator(opened: Opened) -> Browser:
    browser = opened.account(login="sri")
    opened.settle()
    browser.get("/papan/1")
    browser.post("/papan/1/gabung")
    opened.settle()
    return browser


def _headers(answer: httpx.Response) -> dict[str, str]:
    return {name: answer.headers.get(name, "") for name in (*ALWAYS, "cache-control")}


def test_policy_has_no_exceptions() -> None:
    assert POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


@pytest.mark.sampled(8)
@pytest.mark.parametrize(
    ("method", "path", "status", "kept"),
    [
        ("GET", "/", 200, "no-store"),
        ("GET", "/masuk", 200, "no-store"),
        ("GET", "/papan", 200, "no-store"),
        ("GET", "/papan/1/hasil/halaman", 200, "no-store"),
        ("GET", "/papan/1/hasil/parquet", 200, "no-store"),
        ("GET", "/papan/1/berkas.zip", 200, "no-store"),
        ("GET", "/papan/1/opd.csv", 200, "no-store"),
        ("GET", "/papan/1/opd/1/1/berkas", 200, "no-store"),
        ("HEAD", "/", 200, "no-store"),
        ("GET", "/o/tidak-ada", 404, "no-store"),
        ("GET", "/kirim", 403, "no-store"),
        ("GET", "/tidak/ada", 404, "no-store"),
        ("GET", "/papan/99", 404, "no-store"),
        ("DELETE", "/papan", 405, "no-store"),
        ("POST", "/papan/1/gabung", 403, "no-store"),
        ("GET", "/statis", 307, "no-store"),
        ("GET", "/statis/portal.css", 200, "public, max-age=31536000"),
        ("GET", "/statis/temuan.css", 200, "public, max-age=31536000"),
        ("GET", "/statis/tidak-ada.js", 404, "no-store"),
        ("POST", "/statis/portal.js", 405, "no-store"),
    ],
)
def test_every_answer_has_all_headers(
    coordinator: Browser, method: str, path: str, status: int, kept: str
) -> None:
    answer = coordinator.client.request(method, path, follow_redirects=False)
    assert (answer.status_code, _headers(answer)) == (status, {**ALWAYS, "cache-control": kept})


def test_also_answers_that_come_before_any_page_and_of_a_portal_that_fails(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = opened.browser()
    refused = browser.client.post("/masuk", headers={"origin": "https://jahat.example"})
    moved = browser.client.get("/papan", follow_redirects=False)

    def fails(*_: object) -> None:
        raise RuntimeError("kata sandi basis data: rahasia")

    monkeypatch.setattr("lkjip_xl.portal.accounts.known", fails)
    failed = browser.client.post("/masuk", data={"nama": "sri", "sandi": "x"})
    monkeypatch.setattr("lkjip_xl.portal.web.app.visitor_of", fails)
    failed_early = browser.client.get("/")
    answers = (refused, moved, failed, failed_early)
    assert [each.status_code for each in answers] == [403, 303, 500, 500]
    assert [_headers(each) for each in answers] == [{**ALWAYS, "cache-control": "no-store"}] * 4
    assert "Portal mengalami gangguan" in failed.text
    assert not re.search("rahasia|Runtime|Traceback|lkjip_xl/|line ", failed.text + failed_early.text)


@pytest.mark.parametrize(("address", "said"), [("", ""), (OFFICE, "max-age=31536000")])
def test_https_is_asked_for_where_the_portal_has_it(address: str, said: str, tmp_path: Path) -> None:
    with portals.opened(tmp_path / "portal", address=address) as portal:
        browser = portal.browser(base=OFFICE)
        answers = [browser.client.get(path) for path in ("/", "/tidak-ada", "/statis/portal.css")]
    assert [each.headers.get("strict-transport-security", "") for each in answers] == [said] * 3


@pytest.mark.parametrize(
    ("address", "prefix", "rest"),
    [("", "", ""), (OFFICE, "__Host-", "; Secure")],
)
def test_cookies_are_kept_from_scripts_other_sites_and_plain_connections(
    address: str, prefix: str, rest: str, tmp_path: Path
) -> None:
    with portals.opened(tmp_path / "portal", address=address) as portal:
        portal.open_round()
        portal.account(login="sri") if not address else _account(portal)
        browser = portal.browser(base=OFFICE if address else "http://testserver")
        entered = browser.client.get(f"/o/{portal.links['1.01']}", follow_redirects=False)
        browser.get("/masuk")
        form = {"nama": "sri", "sandi": PASSWORD, "formulir": browser.seal}
        signed_in = browser.client.post("/masuk", data=form, follow_redirects=False)
        browser.get("/papan")
        out = browser.client.post("/keluar", data={"formulir": browser.seal}, follow_redirects=False)
    shape = re.compile(r"=[\w-]{43};")
    assert [shape.sub("=…;", each.headers["set-cookie"]) for each in (entered, signed_in)] == [
        f"{prefix}lkjip_opd=…; HttpOnly; Max-Age=2592000; Path=/; SameSite=lax{rest}",
        f"{prefix}lkjip_akun=…; HttpOnly; Path=/; SameSite=lax{rest}",
    ]
    dropped = re.sub("expires=[^;]*", "expires=…", out.headers["set-cookie"])
    assert dropped == ", ".join(
        f'{prefix}{name}=""; expires=…; HttpOnly; Max-Age=0; Path=/; SameSite=lax{rest}'
        for name in ("lkjip_akun", "lkjip_opd")
    )


def _account(portal: Opened) -> None:
    """Make an account by a browser that comes to the portal's own address."""
    from lkjip_xl.portal import accounts
    from lkjip_xl.portal.history import Actor

    with portal.portal.database.writing() as connection:
        token = accounts.invite(connection, "sri", "Sri", Role.COORDINATOR, Actor("uji"))
        accounts.take(connection, token, PASSWORD)


# -- what stands in pages -------------------------------------------------------------------------------------------


def _walk(browser: Browser, *starts: str) -> Iterator[tuple[str, str]]:
    """Yield every page that can be reached by links and what it holds."""
    waiting, seen = [*starts], {*starts}
    while waiting:
        path = waiting.pop()
        answer = browser.client.get(path, follow_redirects=True)
        assert answer.status_code < 500, path
        if "content-disposition" in answer.headers or "text/html" not in answer.headers["content-type"]:
            continue
        yield path, answer.text
        for href in lxml.html.fromstring(answer.text).xpath("//a/@href"):
            target = str(answer.url.join(str(href)).raw_path, "ascii")
            if target not in seen and not target.startswith("/statis"):
                seen.add(target)
                waiting.append(target)


def _forbidden(html: str) -> list[str]:
    """Return what the policy would keep from working, and what leads out of the portal."""
    found = []
    for each in lxml.html.fromstring(html).iter():
        if not isinstance(each.tag, str):
            continue
        names = {*each.attrib}
        if each.tag in ("style", "base", "iframe", "object", "embed") or "style" in names:
            found.append(lxml.html.tostring(each, encoding="unicode")[:200])
        if any(name.startswith("on") for name in names):
            found.append(lxml.html.tostring(each, encoding="unicode")[:200])
        if each.tag == "script" and (each.text or not (each.get("src") or "").startswith("/statis/")):
            found.append(lxml.html.tostring(each, encoding="unicode")[:200])
        addresses = [
            each.get(name) for name in ("src", "href", "action", "formaction", "data") if name in names
        ]
        found += [one for one in addresses if one and not re.match(r"/(?!/)|#|\?", one)]
    return found


def test_no_page_holds_scripts_styles_or_anything_from_elsewhere(
    opened: Opened, coordinator: Browser, sample_bytes: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lkjip_xl.portal.web.made._PATIENCE", 0)
    staff = opened.agency("2.13")
    check = staff.upload("/periksa", sample_bytes).url.path
    with opened.portal.database.writing() as connection:
        from lkjip_xl.portal import accounts
        from lkjip_xl.portal.history import Actor

        token = accounts.invite(connection, "ani", "Ani", Role.READER, Actor("uji"))
    opened.settle()
    pages = [
        *_walk(coordinator, "/papan", "/masuk", "/tidak-ada"),
        *_walk(staff, "/kirim", check, f"/undangan/{token}"),
        ("links", coordinator.post("/papan/1/tautan").text),
        ("account", coordinator.post("/akun", masuk="budi", nama="Budi", peran="pembaca").text),
    ]
    walked = {re.sub(r"[\w-]{43}", "…", path).partition("?")[0] for path, _ in pages}
    assert "/kirim/kosong" in walked  # a page that says that it is being made
    walked = {path for path in walked if path.rpartition("/")[2] not in {*FROM_FILES, "kosong"}}
    assert walked == {
        "/", "/papan", "/papan/baru", "/papan/1", "/papan/1/atur", "/papan/1/opd/1", "/papan/1/opd/2", "/akun", "/masuk",
        "/tidak-ada", "/kirim", "/kirim/1", "/kirim/1/tanda-terima", "/periksa/…", "/undangan/…", "links", "account",
    }  # fmt: skip
    assert {path: found for path, html in pages if (found := _forbidden(html))} == {}


def test_pages_ask_for_static_files_by_version(opened: Opened) -> None:
    from lkjip_xl import __version__

    page = lxml.html.fromstring(opened.browser().get("/").text)
    asked = [*page.xpath("//link[@rel='stylesheet']/@href"), *page.xpath("//script/@src")]
    assert asked == [f"/statis/{name}?{__version__}" for name in ("portal.css", "temuan.css", "portal.js")]


def test_scripts_evaluate_no_text() -> None:
    from lkjip_xl.portal import web

    script = (Path(web.__file__).parent / "static" / "portal.js").read_text(encoding="utf-8")
    assert not re.search(
        r"\beval\b|new Function|innerHTML\s*=[^=]|insertAdjacentHTML|document\.write|localStorage|sessionStorage",
        script,
    )
