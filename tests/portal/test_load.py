"""Many who send at once, and those who read meanwhile."""

from __future__ import annotations

import asyncio
import threading

import httpx2 as httpx
import pytest

from lkjip_xl.portal.vault import Vault
from lkjip_xl.portal.web.limits import Rate
from portals import Browser, Opened

UPLOADS = 60
"""More than there are threads for all requests."""


def test_a_page_is_answered_while_more_upload_than_there_are_threads(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.open_round()
    staff, go_on, keep = opened.agency("1.01"), threading.Event(), Vault.keep

    def waits(*arguments: object) -> object:
        go_on.wait(60)
        return keep(*arguments)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(Vault, "keep", waits)
    monkeypatch.setattr(Rate, "allows", lambda *_: True)
    status, places = asyncio.run(_busy(opened, staff, go_on))
    assert (status, places) == (200, ["/kirim/1"] * UPLOADS)


async def _busy(opened: Opened, staff: Browser, go_on: threading.Event) -> tuple[int, list[str]]:
    """Return what a page and the uploads are answered, where these wait until the page is there."""
    transport = httpx.ASGITransport(opened.application)
    client = httpx.AsyncClient(
        transport=transport, base_url="http://testserver", cookies=dict(staff.client.cookies)
    )
    form = {"formulir": staff.seal, "pengirim": "Budi"}
    sent = [
        asyncio.create_task(client.post("/kirim", data=form, files={"berkas": ("isian.xlsx", b"isi")}))
        for _ in range(UPLOADS)
    ]
    await asyncio.sleep(1)
    try:
        async with asyncio.timeout(20):
            status = (await client.get("/kirim")).status_code
    except TimeoutError:
        status = 0
    go_on.set()
    answers = await asyncio.gather(*sent)
    await client.aclose()
    return status, [each.headers.get("location", "").partition("?")[0] for each in answers]
