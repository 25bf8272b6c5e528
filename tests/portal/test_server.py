"""The program ``lkjip-xl serve``: what it says, and how it begins and ends."""

from __future__ import annotations

from pathlib import Path

from lkjip_xl.portal.web.pages import ACCOUNT, AGENCY
from portals import PASSWORD, REGISTRY, served
from support import Run


def test_it_says_where_it_is_and_what_to_do_first(tmp_path: Path) -> None:
    with served(tmp_path / "data") as portal:
        assert portal.said == [
            "Undangan untuk koordinator, berlaku 7 hari dan satu kali; buka di peramban:",
            f"  {portal.address}{portal.invitation}",
            f"Portal siap di {portal.address} (berhenti dengan Ctrl-C)",
        ]
        browser = portal.browser()
        browser.get(portal.invitation)
        assert browser.post(portal.invitation, sandi=PASSWORD, sekali_lagi=PASSWORD).url.path == "/papan"
        assert portal.stop() == 0
        assert portal.said[3:] == ["Portal berhenti; semua yang diterima tersimpan."]
    with served(tmp_path / "data") as again:
        assert again.said == [f"Portal siap di {again.address} (berhenti dengan Ctrl-C)"]
    with served(tmp_path / "data", "--invite", "koordinator") as invited:
        assert invited.browser().get(invited.invitation).status_code == 200


def test_a_data_folder_is_served_once_at_a_time(tmp_path: Path, run: Run) -> None:
    with served(tmp_path / "data"):
        code, _, err = run("serve", "--data", tmp_path / "data", "--port", "1")
    assert (code, err) == (
        2,
        f"lkjip-xl: {tmp_path / 'data'}: folder data ini sedang dipakai lkjip-xl serve yang lain\n",
    )


def test_what_cannot_be_served_is_said_in_one_sentence(tmp_path: Path, run: Run) -> None:
    with served(tmp_path / "a") as other:
        port = other.address.rpartition(":")[2]
        code, _, err = run("serve", "--data", tmp_path / "b", "--port", port)
    assert (code, err) == (
        2,
        f"lkjip-xl: alamat 127.0.0.1:{port} tidak dapat dipakai; barangkali sudah dipakai program lain, coba --port\n",
    )
    for address, reason in (
        ("mysql://x/y", "basis data mysql tidak didukung; pakai SQLite atau PostgreSQL"),
        ("apa ini", "alamat basis data tidak dapat dipakai; tulis seperti postgresql://pengguna@host/nama"),
    ):
        assert run("serve", "--data", tmp_path / "c", "--db", address)[::2] == (2, f"lkjip-xl: {reason}\n")
    (tmp_path / "file").touch()
    code, _, err = run("serve", "--data", tmp_path / "file")
    assert (code, err) == (
        2,
        f"lkjip-xl: {tmp_path / 'file'}: folder data tidak dapat dipakai (nama ini sudah dipakai)\n",
    )
    assert run("serve", "--data", tmp_path / "d", "--invite", "siapa")[::2] == (
        2,
        "lkjip-xl: tidak ada akun dengan nama masuk siapa\n",
    )


def test_what_is_printed_holds_no_secret(tmp_path: Path) -> None:
    with served(tmp_path / "portal") as program:
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
    said = program.said[3:]
    assert [each for each in secrets if any(each in line for line in said)] == []
    assert [line for line in program.said if invitation in line] == [
        f"  {program.address}/undangan/{invitation}"
    ]
    assert [line for line in said if not line.startswith("Expected boundary character")] == [
        "Portal berhenti; semua yang diterima tersimpan."
    ]
    assert [name for name in ("server", "x-powered-by", "via") if name in head] == []
