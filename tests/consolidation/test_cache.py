"""What has been read is not read again, unless it has changed or is damaged."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lkjip_xl.consolidation.chunk import StoreError, is_chunk
from lkjip_xl.consolidation.store import Store
from lkjip_xl.consolidation.totals import totals
from lkjip_xl.consolidation.workbook import write_workbook
from regents import DAY
from sent import TEMPLATE, read_all, send, submission_of

pytestmark = pytest.mark.usefixtures("one_process_here")


def _reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    import lkjip_xl.read.reader
    from lkjip_xl.consolidation import chunk

    read: list[str] = []
    original = lkjip_xl.read.reader.read_workbook

    def spy(path: Path, *others: Any) -> Any:
        read.append(path.name)
        return original(path, *others)

    monkeypatch.setattr(chunk, "read_workbook", spy)
    return read


def test_a_rerun_reads_only_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "kiriman"
    for n in range(3):
        send(folder, f"{n}", submission_of(f"{n}", seed=n))
    read = _reads(monkeypatch)
    first = totals(read_all(folder)).all_
    assert sorted(read) == ["0.xlsx", "1.xlsx", "2.xlsx"]
    read.clear()
    assert totals(read_all(folder)).all_ == first
    assert read == []
    send(folder, "1", submission_of("1", seed=7))
    (folder / "2.xlsx").rename(folder / "dua.xlsx")
    changed = totals(read_all(folder)).all_
    assert read == ["1.xlsx"]
    assert changed == totals(read_all(folder, cache=tmp_path / "lain")).all_ != first


def test_a_damaged_or_deleted_cache_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "kiriman"
    send(folder, "a", submission_of("1"))
    first = totals(read_all(folder)).all_
    store = Store(tmp_path / "simpanan", TEMPLATE)
    (chunk,) = filter(is_chunk, store.folder.iterdir())
    (chunk / "berkas.parquet").write_bytes(b"x")
    read = _reads(monkeypatch)
    assert totals(read_all(folder)).all_ == first
    assert read == ["a.xlsx"]


def test_a_cache_that_goes_while_it_is_used_is_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    send(folder, "a", submission_of("1"))
    batch = read_all(folder)
    assert batch.store is not None
    shutil.rmtree(batch.store.folder)
    with pytest.raises(StoreError) as told, batch.store.in_use():
        totals(batch)
    line = f"{batch.store.folder}: simpanan bacaan berubah selagi dipakai; ulangi perintahnya"
    assert str(told.value) == line


def test_another_template_set_has_a_cache_of_its_own(tmp_path: Path) -> None:

    one, other = Store(tmp_path, TEMPLATE), Store(tmp_path, replace(TEMPLATE, digest="lain"))
    assert one.folder != other.folder


def test_what_changed_while_it_was_read_is_not_kept(tmp_path: Path) -> None:
    from lkjip_xl.consolidation.chunk import Task, read_chunk

    path = send(tmp_path, "a", submission_of("1"))
    other = tmp_path / "hilang.xlsx"
    files = ((str(path), "0" * 32), (str(other), "1" * 32))
    name, digests = read_chunk(files, Task(None, tmp_path))
    assert (name, digests) == ("", [])


@pytest.mark.sampled(2)
@pytest.mark.parametrize("part", ["keuangan", "temuan", "angka"])
def test_any_damaged_part_of_a_chunk_is_noticed(tmp_path: Path, part: str) -> None:
    folder = tmp_path / "kiriman"
    send(folder, "a", submission_of("1"))
    first = totals(read_all(folder)).all_
    (chunk,) = filter(is_chunk, Store(tmp_path / "simpanan", TEMPLATE).folder.iterdir())
    damaged = chunk / f"{part}.parquet"
    damaged.write_bytes(damaged.read_bytes()[:-9])
    batch = read_all(folder)
    assert totals(batch).all_ == first
    write_workbook(batch, totals(batch), tmp_path / "k.xlsx", tmp_path, day=DAY)
