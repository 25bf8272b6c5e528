"""Outputs are written whole or not at all, and never over a file unless told so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lkjip_xl.base.errors import OutputError
from lkjip_xl.base.output import write_whole


def test_writes_a_new_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.xlsx", b"isi", force=False)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.xlsx": b"isi"}


def test_keeps_a_file_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"lama")
    with pytest.raises(OutputError, match="berkas sudah ada"):
        write_whole(path, b"baru", force=False)
    assert path.read_bytes() == b"lama"


def test_keeps_a_file_that_appears_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    sync = os.fsync

    def appear(handle: int) -> None:
        sync(handle)
        path.write_bytes(b"orang lain")

    monkeypatch.setattr(os, "fsync", appear)
    with pytest.raises(OutputError, match="berkas sudah ada"):
        write_whole(path, b"baru", force=False)
    assert path.read_bytes() == b"orang lain"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"lama")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"tidak dapat ditulis \(penyimpanan penuh\)"):
        write_whole(path, b"baru", force=True)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"a.xlsx": b"lama"}


@pytest.mark.skipif(os.name == "nt", reason="permissions of this kind are POSIX")
def test_permissions_are_those_of_an_ordinary_file(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        write_whole(tmp_path / "a.xlsx", b"isi", force=False)
    finally:
        os.umask(mask)
    assert (tmp_path / "a.xlsx").stat().st_mode & 0o777 == 0o644
