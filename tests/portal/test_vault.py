"""What a portal keeps on the disk, and that it removes nothing but its own."""

from __future__ import annotations

import hashlib
import io
import time
from pathlib import Path

import pytest

from lkjip_xl.portal.vault import TooLargeError, Vault

OURS = "0123456789abcdef" * 2


def test_what_had_not_arrived_is_swept_away_and_what_others_put_there_stays(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    arriving = tmp_path / "masuk"
    for name in (f"{OURS}.bagian", f"{OURS}.xlsx", "catatan.bagian", f"x{OURS}.bagian"):
        (arriving / name).touch()
    (tmp_path / "berkas" / f"{OURS}.bagian").touch()
    vault.sweep()
    assert sorted(path.name for path in arriving.iterdir()) == [
        f"{OURS}.xlsx",
        "catatan.bagian",
        f"x{OURS}.bagian",
    ]
    assert (tmp_path / "berkas" / f"{OURS}.bagian").exists()


def test_a_file_is_kept_under_its_digest_once_and_read_only(tmp_path: Path) -> None:
    vault, content = Vault(tmp_path), b"isi" * 200_000
    digest = hashlib.sha256(content).hexdigest()
    kept = [vault.keep(io.BytesIO(content), len(content)) for _ in range(2)]
    assert {(each.place, each.digest, each.size) for each in kept} == {
        (f"berkas/{digest[:2]}/{digest}.xlsx", digest, len(content))
    }
    path = vault.path(kept[0].place)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (content, 0o444)
    assert [*(tmp_path / "masuk").iterdir()] == []


def test_a_file_that_is_cut_off_on_the_disk_is_kept_again(tmp_path: Path) -> None:
    vault, content = Vault(tmp_path), b"isi"
    path = vault.path(vault.keep(io.BytesIO(content), 3).place)
    path.chmod(0o644)
    path.write_bytes(b"i")
    vault.keep(io.BytesIO(content), 3)
    assert path.read_bytes() == content


def test_one_byte_too_many_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    with pytest.raises(TooLargeError):
        vault.keep(io.BytesIO(b"isi"), 2)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_only_its_own_is_cleared_of_a_check(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    folder = tmp_path / "periksa" / OURS
    folder.mkdir()
    for name in ("1.xlsx", "1-laporan.docx", "catatan.txt"):
        (folder / name).touch()
    vault.clear(f"periksa/{OURS}")
    assert [path.name for path in folder.iterdir()] == ["catatan.txt"]


def test_what_is_cleared_away_meanwhile_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = Vault(tmp_path)
    for name in ("a" * 32, "b" * 32):
        (tmp_path / "periksa" / name).mkdir()
    listed = [*(tmp_path / "periksa").iterdir()]
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(listed))
    (tmp_path / "periksa" / ("a" * 32)).rmdir()
    assert vault.checked(time.time() + 1) == [f"periksa/{'b' * 32}"]
    assert vault.checked(time.time() - 3600) == []
