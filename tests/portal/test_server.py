"""The program: what it prints holds no secret but the one that it is there for."""

from __future__ import annotations

import threading
from pathlib import Path

from lkjip_xl.portal.web.pages import ACCOUNT, AGENCY
from portals import PASSWORD, REGISTRY, served


def test_what_is_printed_holds_no_secret(tmp_path: Path) -> None:
    with served(tmp_path / "portal") as program:
        said: list[str] = []
        reader = threading.Thread(target=lambda: said.extend(program.process.stdout or ()))
        reader.start()
        browser = program.browser()
        invitation = program.invitation.rpartition("/")[2]
        browser.get(program.invitation)
        assert browser.post(program.invitation, sandi=PASSWORD, sekali_lagi=PASSWORD).url.path == "/papan"
        made = browser.post(
            "/papan/baru", [("daftar", ("a.csv", REGISTRY.encode()))], nama="LKjIP", tahun="2024"
        )
        link = made.text.partition("/o/")[2][:43]
        staff = program.browser()
        staff.get(f"/o/{link}")
        checked = staff.upload("/periksa", b"bukan buku kerja").url.path.rpartition("/")[2]
        secrets = [
            browser.client.cookies[ACCOUNT],
            staff.client.cookies[AGENCY],
            link,
            checked,
            invitation,
            PASSWORD,
        ]
        for path in (
            f"/o/{link}x",
            f"/undangan/{invitation}",
            f"/periksa/{checked}x",
            "/papan/" + "9" * 5000,
        ):
            staff.client.get(path)
        staff.client.post("/masuk", data={"nama": "koordinator", "sandi": PASSWORD + "x"})
        staff.client.post(
            "/masuk", content=b"\xff", headers={"content-type": "multipart/form-data; boundary=x"}
        )
        staff.client.get("/", headers={"host": "["})
        head = browser.client.get("/").headers
        program.stop()
        reader.join(30)
    assert [each for each in secrets if any(each in line for line in said)] == []
    assert [line for line in program.said if invitation in line] == [
        f"  {program.address}/undangan/{invitation}"
    ]
    assert [line for line in said if not line.startswith("Expected boundary character")] == [
        "lkjip-xl: dihentikan\n"
    ]
    assert [name for name in ("server", "x-powered-by", "via") if name in head] == []
