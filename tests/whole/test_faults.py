"""Faults around the program: one sentence, the exit code as documented, no half-written and no lost file."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lkjip_xl.base import output
from lkjip_xl.consolidation import chunk, readers
from lkjip_xl.consolidation.chunk import Task, read_chunk
from lkjip_xl.consolidation.store import Store
from lkjip_xl.template.load import load_template
from lkjip_xl.xlsx.guard import file_digest
from support import REGENCY, REGISTRY, REPORT, ROOT, Run, here, write_own_parquet

OTHER = REGENCY / "1.06-dinas-sosial.xlsx"

COMMANDS: dict[str, Callable[[Path, Path], list[str | Path]]] = {
    "template": lambda _, to: ["template", "-o", to],
    "validate --report": lambda given, to: ["validate", given, "--report", to],
    "summarize": lambda given, to: ["summarize", given, "-o", to],
    "export": lambda given, to: ["export", given, "-o", to],
    "consolidate": lambda given, to: [
        "consolidate",
        given,
        "-o",
        to,
        "--jobs",
        "1",
        "--cache",
        given.parent / "c",
    ],
}
each_command = pytest.mark.parametrize("command", COMMANDS)
linux = pytest.mark.skipif(sys.platform != "linux", reason="root is made an ordinary user as Linux does it")


@pytest.fixture(autouse=True)
def _one_process_is_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "local_pool", here)


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A report without galat, in a folder of its own."""
    path = tmp_path / "masuk" / "a.xlsx"
    path.parent.mkdir()
    shutil.copyfile(REPORT, path)
    return path


def _tree(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder but those of the cache."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".lkjip-xl" not in path.parts and "c" not in path.relative_to(folder).parts[:2]
    }


# -- targets ------------------------------------------------------------------------------------------------------


@each_command
def test_a_target_without_its_folder(command: str, given: Path, run: Run) -> None:
    target = given.parent / "tak" / "ada.xlsx"
    code, _, err = run(*COMMANDS[command](given, target))
    assert (code, err) == (
        2,
        f"lkjip-xl: {target}: folder {target.parent} tidak ada; buat dahulu foldernya\n",
    )


@each_command
def test_a_target_that_is_a_folder(command: str, given: Path, run: Run) -> None:
    target = given.parent / "folder.xlsx"
    target.mkdir()
    code, _, err = run(*COMMANDS[command](given, target), "--force")
    assert (code, err) == (2, f"lkjip-xl: {target}: ini folder; tulis nama berkasnya\n")


@each_command
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_target_that_is_no_ordinary_file(command: str, given: Path, run: Run) -> None:
    target = given.parent / "pipa.xlsx"
    os.mkfifo(target)
    code, _, err = run(*COMMANDS[command](given, target), "--force")
    assert (code, err) == (2, f"lkjip-xl: {target}: ini bukan berkas biasa; pakai nama lain\n")
    assert target.is_fifo()


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "template"])
@pytest.mark.parametrize("link", ["itself", "symlink", "hard link"])
def test_a_target_that_is_the_input(command: str, link: str, given: Path, run: Run) -> None:
    target = given
    if link != "itself":
        target = given.with_name("tautan.xlsx")
        (target.symlink_to if link == "symlink" else target.hardlink_to)(given)
    code, _, err = run(*COMMANDS[command](given, target), "--force")
    assert (code, err) == (2, f"lkjip-xl: {target}: ini berkas masukannya; pakai nama lain untuk hasilnya\n")
    assert given.read_bytes() == REPORT.read_bytes()


def test_the_registry_is_an_input_too(given: Path, run: Run) -> None:
    registry = given.with_name("6.01-2024.xlsx")
    registry.write_text(REGISTRY, encoding="utf-8")
    line = f"lkjip-xl: {registry}: ini berkas masukannya; pakai nama lain untuk hasilnya\n"
    made = run("template", "--registry", registry, "--tahun", "2024", "-o", registry.parent, "--force")
    assert made == (2, "", line)
    assert run("consolidate", given, "--registry", registry, "-o", registry, "--force") == (2, "", line)
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_two_outputs_of_one_name(given: Path, run: Run) -> None:
    target = given.parent / "k.xlsx"
    code, _, err = run("consolidate", given, "-o", target, "--parquet", target)
    assert (code, err) == (2, "lkjip-xl: --output dan --parquet menunjuk tempat yang sama\n")


def test_folders_of_results_that_are_files(given: Path, run: Run) -> None:
    taken = given.with_name("berkas")
    taken.write_bytes(b"x")
    registry = given.with_name("opd.csv")
    registry.write_text(REGISTRY, encoding="utf-8")
    line = f"lkjip-xl: {taken}: tidak dapat ditulis (nama ini sudah dipakai)\n"
    assert run("validate", given, "--annotate", taken) == (2, "", line)
    assert run("template", "--registry", registry, "-o", taken) == (2, "", line)
    line = f"lkjip-xl: {taken}: ini berkas, bukan folder\n"
    assert run("consolidate", given, "-o", given.with_name("k.xlsx"), "--parquet", taken) == (2, "", line)


def test_a_folder_of_other_things_is_never_replaced(given: Path, run: Run) -> None:
    line = (
        f"lkjip-xl: {given.parent}: folder ini berisi a.xlsx, yang bukan hasil --parquet; pakai folder lain\n"
    )
    output = given.parent.parent / "k.xlsx"
    assert run("consolidate", given, "-o", output, "--parquet", given.parent, "--force") == (2, "", line)
    assert given.read_bytes() == REPORT.read_bytes()


def test_a_target_that_excel_has_open(given: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to replace a file that a program has open."""
    target = given.with_name("r.xlsx")
    target.write_bytes(b"lama")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    code, out, err = run("summarize", given, "-o", target, "--force")
    assert (code, out, err) == (
        2,
        "",
        f"lkjip-xl: {target}: tidak dapat diganti; bila sedang dibuka di Excel atau program lain, tutup dahulu, "
        "lalu ulangi\n",
    )
    assert _tree(given.parent) == {"a.xlsx": REPORT.read_bytes(), "r.xlsx": b"lama"}


# -- full and closed places -----------------------------------------------------------------------------------------


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 kB."""
    place = tmp_path / "penuh"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(place)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root on Linux can make a small file system")
    (place / "lama.xlsx").write_bytes(b"lama")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@each_command
def test_a_full_place(command: str, given: Path, full: Path, run: Run) -> None:
    target = full / "lama.xlsx"
    (full / "isi").write_bytes(b"x" * 12288)
    before = _tree(full)
    code, _, err = run(*COMMANDS[command](given, target), "--force")
    lines = [line for line in err.splitlines() if "berkas dibaca" not in line]
    assert (code, len(lines)) == (2, 1)
    assert lines[0].startswith("lkjip-xl: ")
    assert "tidak dapat ditulis (penyimpanan penuh)" in lines[0]
    assert _tree(full) == before
    assert not [path for path in full.iterdir() if path.name.startswith(".lkjip-tmp")]


def test_full_places_of_folders(given: Path, full: Path, run: Run, tmp_path: Path) -> None:
    (full / "isi").write_bytes(b"x" * 12288)
    output = tmp_path / "k.xlsx"
    code, _, err = run("consolidate", given, "-o", output, "--parquet", full / "baru")
    line = f"lkjip-xl: {full / 'baru'}: tidak dapat ditulis (penyimpanan penuh)"
    assert (code, err.splitlines()[-1], output.exists()) == (2, line, False)
    code, _, err = run("validate", given, "--annotate", full / "kembali")
    target = full / "kembali" / "a.xlsx"
    assert (code, err) == (2, f"lkjip-xl: {target}: tidak dapat ditulis (penyimpanan penuh)\n")
    assert not target.exists()


def test_a_full_cache_is_not_needed(given: Path, full: Path, run: Run, tmp_path: Path) -> None:
    """Also where it is full only after its folder has been made; then a temporary folder takes its place."""
    code, out, _ = run("consolidate", given, "-o", tmp_path / "1.xlsx", "--cache", tmp_path / "c")
    assert code == 0
    for number, filled in enumerate((0, 8192)):
        (full / "isi").write_bytes(b"x" * filled)
        output = tmp_path / f"{number}-penuh.xlsx"
        code, again, _ = run("consolidate", given, "-o", output, "--cache", full / f"{number}")
        assert (code, again.splitlines()[:-1]) == (0, out.splitlines()[:-1])
        assert output.read_bytes() == (tmp_path / "1.xlsx").read_bytes()


@pytest.mark.long
@linux
def test_parquet_says_that_the_place_is_full(given: Path, run: Run, tmp_path: Path) -> None:
    """Also where the library only says that it could not write (``Invalid thrift``)."""
    cache, sentences = tmp_path / "c", set()
    run("consolidate", given, "-o", tmp_path / "k.xlsx", "--cache", cache)
    place = tmp_path / "penuh"
    place.mkdir()
    for size in range(24, 104, 4):
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(place)]
        if subprocess.run(mount, capture_output=True).returncode:
            pytest.skip("only root on Linux can make a small file system")
        try:
            code, _, err = run(
                "consolidate", given, "-o", tmp_path / "r.xlsx", "--cache", cache, "--parquet", place / "p"
            )
        finally:
            subprocess.run(["umount", "-l", str(place)], check=True)
        assert code == 2
        sentences.add(err)
    assert sentences == {f"lkjip-xl: {place / 'p'}: tidak dapat ditulis (penyimpanan penuh)\n"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_output_that_cannot_be_printed(given: Path) -> None:
    for arguments in (["export", str(given)], ["validate", str(given)], ["--help"]):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "lkjip_xl", *arguments],
                stdout=full,
                stderr=subprocess.PIPE,
                encoding="utf-8",
            )
        assert (done.returncode, done.stderr) == (
            2,
            "lkjip-xl: keluaran tidak dapat ditulis (penyimpanan penuh)\n",
        )


def _as_owner() -> None:
    """Take from a process of root what lets it pass over permissions."""
    if os.getuid() == 0:
        for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            ctypes.CDLL(None).prctl(24, right, 0, 0, 0)


def _run_as_owner(*arguments: str | Path) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "lkjip_xl", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        preexec_fn=_as_owner,
    )
    return done.returncode, done.stdout, done.stderr


@linux
def test_a_closed_target_folder(given: Path) -> None:
    closed = given.parent / "tertutup"
    closed.mkdir(mode=0o555)
    target = closed / "k.xlsx"
    line = f"lkjip-xl: {target}: tidak dapat ditulis (tidak ada izin)\n"
    assert _run_as_owner("summarize", given, "-o", target) == (2, "", line)
    assert _run_as_owner("consolidate", given, "-o", target) == (2, "", line)  # before anything is read
    line = f"lkjip-xl: {closed / 'b'}: tidak dapat ditulis (tidak ada izin)\n"
    assert _run_as_owner("validate", given, "--annotate", closed / "b") == (2, "", line)


@linux
def test_closed_folders_and_files_are_named(given: Path) -> None:
    closed = given.parent / "bidang"
    closed.mkdir()
    (closed / "b.xlsx").write_bytes(OTHER.read_bytes())
    secret = given.with_name("rahasia.xlsx")
    secret.write_bytes(OTHER.read_bytes())
    secret.chmod(0)
    closed.chmod(0)
    output = given.parent.parent / "k.xlsx"
    try:
        code, checked, err = _run_as_owner("validate", given.parent)
        both, out, _ = _run_as_owner("consolidate", given.parent, "-o", output, "--jobs", "1")
    finally:
        closed.chmod(0o755)
    unread = [
        f"{closed}: tidak terbaca: folder ini tidak dapat dibuka (tidak ada izin)",
        f"{secret}: tidak terbaca: berkas tidak dapat dibaca (tidak ada izin)",
    ]
    assert (code, err) == (2, "")
    assert sorted(line for line in checked.splitlines() if "tidak terbaca" in line) == unread
    assert both == 2
    assert "1 mengirim, 1 diterima" in out
    for line in unread:
        path, _, reason = line.partition(": tidak terbaca: ")
        assert f"  tidak terbaca: {path}: {reason}" in out.splitlines()


@linux
def test_a_cache_that_cannot_be_written_is_not_needed(given: Path) -> None:
    cache = given.parent.parent / "simpanan"
    cache.mkdir(mode=0o555)
    output = given.parent.parent / "k.xlsx"
    code, out, _ = _run_as_owner("consolidate", given, "-o", output, "--cache", cache, "--jobs", "1")
    assert (code, out.splitlines()[0]) == (
        0,
        "Tahun 2023: 1 OPD, 1 mengirim, 1 diterima, 0 bergalat, 0 belum mengirim",
    )
    assert (output.is_file(), list(cache.iterdir())) == (True, [])


# -- killed, and two at once ----------------------------------------------------------------------------------------

STOP = """
import os, signal, sys
def stop(event, arguments):
    if event == EVENT and NAME in str(arguments[0]):
        os.kill(os.getpid(), signal.SIGKILL)
if "--multiprocessing-fork" not in sys.orig_argv:
    sys.addaudithook(stop)
"""


@pytest.mark.sampled(1)
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize(
    ("command", "event", "name"),
    [
        ("summarize", "open", ".lkjip-tmp-"),  # as the file is being written
        ("summarize", "os.rename", ".lkjip-tmp-"),  # when it is about to get its name
        ("consolidate", "os.rename", ".lkjip-tmp-"),
        ("consolidate", "tempfile.mkdtemp", ".lkjip-tmp-"),
    ],
)
def test_killed_in_the_middle(
    command: str, event: str, name: str, given: Path, run: Run, tmp_path: Path
) -> None:
    target, rows = given.with_name("hasil.xlsx"), given.with_name("baris")
    arguments = [command, given, "-o", target, "--force"]
    if command == "consolidate":
        arguments += ["--parquet", rows]
        rows.mkdir()
        write_own_parquet(rows / "angka.parquet")
    target.write_bytes(b"lama")
    before = _tree(given.parent)
    hooks = tmp_path / "kait"
    hooks.mkdir()
    hook = STOP.replace("EVENT", repr(event)).replace("NAME", repr(name))
    (hooks / "sitecustomize.py").write_text(hook, encoding="utf-8")
    path = os.pathsep.join([str(hooks), str(ROOT)])
    process = subprocess.run(
        [sys.executable, "-m", "lkjip_xl", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
    )
    assert process.returncode == -signal.SIGKILL
    left = {name for name in _tree(given.parent) if not name.startswith(".lkjip-tmp-")}
    assert {name: _tree(given.parent)[name] for name in left} == before
    # The next run takes nothing of it for an input, and when it is old removes it.
    for each in given.parent.glob(".lkjip-tmp-*"):
        os.utime(each, (0, 0))
    output._sweep.cache_clear()
    target.unlink()
    code, out, _ = run("consolidate", given.parent, "-o", target)
    assert (code, out.splitlines()[0].partition(":")[2]) == (
        0,
        " 1 OPD, 1 mengirim, 1 diterima, 0 bergalat, 0 belum mengirim",
    )
    assert not list(given.parent.glob(".lkjip-tmp-*"))


def test_what_another_run_is_writing_is_left_alone(given: Path, run: Run) -> None:
    fresh = given.with_name(".lkjip-tmp-x.tmp")
    fresh.write_bytes(b"x")
    cache = given.with_name(".lkjip-xl")
    cache.mkdir()
    os.utime(cache, (0, 0))
    assert run("summarize", given, "-o", given.with_name("r.xlsx"))[0] == 0
    assert fresh.exists()
    assert cache.exists()


def test_the_second_of_two_runs_with_one_output_is_told(
    given: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What appears while a run works is kept, and what it was about to write is not left behind."""
    target, rows = given.with_name("k.xlsx"), given.with_name("baris")
    sync = os.fsync

    def appear(handle: int) -> None:
        sync(handle)
        target.write_bytes(b"orang lain")

    monkeypatch.setattr(os, "fsync", appear)
    for command in ("summarize", "consolidate"):
        code, _, err = run(command, given, "-o", target)
        line = f"lkjip-xl: {target}: berkas sudah ada; pakai nama lain, atau --force untuk menimpanya"
        assert (code, err.splitlines()[-1], target.read_bytes()) == (2, line, b"orang lain")
        target.unlink()

    def appear_folder(handle: int) -> None:
        sync(handle)
        rows.mkdir()
        (rows / "angka.parquet").write_bytes(b"orang lain")

    monkeypatch.setattr(os, "fsync", appear_folder)
    code, _, err = run("consolidate", given, "-o", target, "--parquet", rows)
    line = f"lkjip-xl: {rows}: folder sudah berisi; pakai nama lain, atau --force untuk menggantinya"
    assert (code, err.splitlines()[-1], _tree(rows)) == (2, line, {"angka.parquet": b"orang lain"})
    assert not list(given.parent.glob(".lkjip-tmp-*"))


def test_a_file_system_without_links(given: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    target = given.with_name("r.xlsx")
    assert run("summarize", given, "-o", target)[0] == 0
    assert target.read_bytes().startswith(b"PK")
    target.unlink()
    monkeypatch.setattr(Path, "replace", refuse)
    assert run("summarize", given, "-o", target)[0] == 2
    assert not target.exists()


@pytest.mark.long
def test_two_runs_share_a_cache(given: Path, run: Run, tmp_path: Path) -> None:
    """A file that two runs have read at once counts once, whichever other files were read with it."""
    template = load_template()
    folder, cache = given.parent, tmp_path / "simpanan"
    third = folder / "c.xlsx"
    for path, source in (
        (folder / "b.xlsx", OTHER),
        (third, REGENCY / "5.01-badan-perencanaan-pembangunan-daerah.xlsx"),
    ):
        shutil.copyfile(source, path)
    digests = {path: file_digest(path) for path in sorted(folder.iterdir())}
    store = Store(cache, template)
    for paths in ([given, folder / "b.xlsx"], [folder / "b.xlsx", third]):
        read_chunk(tuple((str(path), digests[path]) for path in paths), Task(None, store.folder))
    arguments = ["consolidate", folder, "--format", "json"]
    shared = run(*arguments, "-o", tmp_path / "1.xlsx", "--cache", cache)
    alone = run(*arguments, "-o", tmp_path / "2.xlsx", "--cache", tmp_path / "lain")
    assert json.loads(shared[1]) == json.loads(alone[1])
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()  # no list has a row twice
    again = run(*arguments, "-o", tmp_path / "3.xlsx", "--cache", cache)
    assert (again[1], again[2]) == (shared[1], "")
    start = [
        sys.executable,
        "-m",
        "lkjip_xl",
        *map(str, arguments),
        "--jobs",
        "1",
        "--cache",
        str(tmp_path / "baru"),
    ]
    two = [
        subprocess.Popen([*start, "-o", str(tmp_path / f"dua-{n}.xlsx")], stdout=subprocess.PIPE)
        for n in "ab"
    ]
    assert [json.loads(each.communicate()[0]) for each in two] == [json.loads(alone[1])] * 2


def test_a_damaged_cache_is_never_used(given: Path, run: Run, tmp_path: Path) -> None:
    cache, output = tmp_path / "simpanan", tmp_path / "k.xlsx"
    arguments = ["consolidate", given, "-o", output, "--cache", cache, "--force"]
    first = run(*arguments)
    assert first[0] == 0
    before = output.read_bytes()
    for pattern in ("*.hasil", "*/keuangan.parquet", "*/berkas.parquet", "*/segel"):
        (damaged,) = cache.glob(f".lkjip-xl/*/{pattern}")
        content = bytearray(damaged.read_bytes())
        content[: len(content) // 2] = bytes(len(content) // 2)  # its end is as it was
        damaged.write_bytes(content)
        if damaged.suffix != ".hasil":
            next(cache.glob(".lkjip-xl/*/*.hasil")).unlink()
        assert run(*arguments)[1] == first[1], pattern
        assert output.read_bytes() == before, pattern
    shutil.rmtree(cache)
    cache.write_bytes(b"a file in its place")
    assert run(*arguments)[:2] == first[:2]


# -- what is read changes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", ["replaced", "deleted"])
def test_a_file_that_changes_while_it_is_read(
    change: str, given: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restless = given.with_name("b.xlsx")
    shutil.copyfile(OTHER, restless)

    def changing(*arguments: Any) -> Any:
        restless.unlink(missing_ok=True) if change == "deleted" else shutil.copyfile(REPORT, restless)
        return read_chunk(*arguments)

    monkeypatch.setattr(chunk, "read_chunk", changing)
    code, out, _ = run("consolidate", given.parent, "-o", tmp_path / "k.xlsx", "--cache", tmp_path / "c")
    assert (code, out.splitlines()[0]) == (
        2,
        "Tahun 2023: 1 OPD, 1 mengirim, 1 diterima, 0 bergalat, 0 belum mengirim",
    )
    assert (
        f"  tidak terbaca: {restless}: berkas berubah selagi dibaca; ulangi perintahnya" in out.splitlines()
    )


# -- odd files and names --------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_is_no_file_is_a_row_and_never_waited_for(given: Path, run: Run) -> None:
    folder = given.parent
    os.mkfifo(folder / "pipa.xlsx")
    (folder / "diri.xlsx").symlink_to("diri.xlsx")
    (folder / "putus.xlsx").symlink_to("tidak-ada.xlsx")
    (folder / "nol.xlsx").symlink_to("/dev/zero")
    (folder / "putar").symlink_to(folder)
    (folder / "folder.xlsx").mkdir()
    here = Path.cwd()
    with socket.socket(socket.AF_UNIX) as listening:
        os.chdir(folder)
        listening.bind("soket.xlsx")
        os.chdir(here)
        code, out, err = run("validate", folder, "--annotate", folder.parent / "kembali")
        both, rows, _ = run("consolidate", folder, "-o", folder / "k.xlsx", "--format", "json")
    no_file, gone = (
        "ini bukan berkas; tunjuk sebuah berkas .xlsx",
        "berkas tidak ada; periksa nama dan foldernya",
    )
    unread = [f"{name}.xlsx: tidak terbaca: " for name in ("diri", "nol", "pipa", "putus", "soket")]
    reasons = [gone, no_file, no_file, gone, no_file]
    assert code == both == 2
    assert [line for line in out.splitlines() if "tidak terbaca" in line] == [
        f"{folder}/{name}{reason}" for name, reason in zip(unread, reasons, strict=True)
    ]
    assert err == f"Dibuat: {folder.parent / 'kembali' / 'a.xlsx'}\n"
    states = {
        Path(each["berkas"]).name: (each["keadaan"], each["alasan"]) for each in json.loads(rows)["kiriman"]
    }
    cannot = "berkas tidak dapat dibaca ({})".format
    assert states == {
        "a.xlsx": ("diterima", "satu-satunya berkas OPD ini yang dibaca"),
        "diri.xlsx": ("tidak terbaca", cannot("tautan yang menunjuk dirinya sendiri")),
        "nol.xlsx": ("tidak terbaca", no_file),
        "pipa.xlsx": ("tidak terbaca", no_file),
        "putus.xlsx": ("tidak terbaca", cannot("berkas atau foldernya tidak ada")),
        "soket.xlsx": ("tidak terbaca", no_file),
    }


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_registry_and_data_that_are_no_files(given: Path, run: Run) -> None:
    pipe = given.with_name("pipa")
    os.mkfifo(pipe)
    target = given.with_name("k.xlsx")
    for path in (pipe, Path("/dev/zero")):
        line = f"lkjip-xl: {path}: gangguan berkas (ini bukan berkas)\n"
        assert run("consolidate", given, "--registry", path, "-o", target) == (2, "", line)
        assert run("template", "--data", path, "-o", target) == (2, "", line)
    line = f"lkjip-xl: {given.parent}: ini folder, bukan berkas\n"
    assert run("template", "--data", given.parent, "-o", target) == (2, "", line)


NAMES = [
    "ᬮᬸᬳᬸᬃ.xlsx", "报告 تقرير é.xlsx", "baris\nbaru.xlsx", "\x1b[31m.xlsx", "a\udcff.xlsx", "\u202eslx.xlsx", "=1+1.xlsx",
    "x" * 250 + ".xlsx", " %00<b>&.xlsx",
]  # fmt: skip


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_of_any_kind(given: Path, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "nama"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        (folder / name).write_bytes(REPORT.read_bytes() + b"\0" * number)
    back, page = tmp_path / "kembali", tmp_path / "temuan.html"
    code, out, err = run("validate", folder, "--annotate", back, "--report", page)
    assert code == 0
    assert sorted(each.name for each in back.iterdir()) == sorted(NAMES)
    shown = sorted("".join(char if char.isprintable() else "�" for char in name) for name in NAMES)
    assert sorted(line.rpartition("/")[2] for line in err.splitlines()) == sorted([*shown, "temuan.html"])
    assert (
        sorted(
            line.partition(" (6.01 ")[0].rpartition("/")[2] for line in out.splitlines() if " (6.01 " in line
        )
        == shown
    )
    assert page.read_text("utf-8").count("\x1b") == 0
    code, out, _ = run("consolidate", folder, "-o", tmp_path / "k.xlsx", "--parquet", tmp_path / "baris")
    assert (code, out.count("digantikan: ")) == (0, len(NAMES) - 1)
    for name in ("r\n\x1b[31m.xlsx", "r\udcff.xlsx"):
        code, out, err = run("summarize", given, "-o", tmp_path / name)
        shown_name = "".join(char if char.isprintable() else "�" for char in name)
        assert (code, out, err) == (0, f"Dibuat: {tmp_path / shown_name} (0 temuan)\n", "")
        code, out, err = run("summarize", given, "-o", tmp_path / name)
        line = f"lkjip-xl: {tmp_path / shown_name}: berkas sudah ada; pakai nama lain, atau --force untuk menimpanya\n"
        assert (code, out, err) == (2, "", line)
