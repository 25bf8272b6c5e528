"""Nothing is ever removed that this program has not made: not by its age, nor its name, nor its place."""

from __future__ import annotations

import ast
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest

from lkjip_xl.base import output, owned
from lkjip_xl.base.errors import OutputError
from lkjip_xl.base.output import whole_file, whole_folder
from lkjip_xl.consolidation import readers
from lkjip_xl.consolidation.chunk import is_chunk
from lkjip_xl.consolidation.store import Store
from lkjip_xl.template.load import load_template
from support import REGISTRY, REPORT, ROOT, Run, here, write_own_parquet

TEMPLATE = load_template()
KEY, LONG, TAIL = "0123456789abcdef01234567", "0123456789abcdef" * 2, "abcd_123"
FOREIGN = (
    "catatan.txt",
    "foto keluarga.jpg",
    "2019/skripsi.docx",
    "segel",
    "angka.parquet",
    "CACHEDIR.TAG",
    "0",
    f"{LONG}-{LONG}.hasil",
    f".hasil-{TAIL}",
    ".lkjip-tmp-x.tmp",
    f".lkjip-tmp-{TAIL}",
    f".lkjip-tmp-abcd_124/{output._NEW}",
    f".lkjip-tmp-abcd_125/{output._OLD}/angka.parquet",
    f".lkjip-tmp-{TAIL}.lama/angka.parquet",
    f".lkjip-tmp-{TAIL}.lama/penting.docx",
    f"{KEY}/angka.parquet",
    f"bacaan-{KEY}/angka.parquet",
    f"{KEY}/segel",
    f"{KEY}-{TAIL}/berkas.parquet",
    f".bacaan-{TAIL}/berkas.parquet",
    f".baru-{TAIL}/x",
    f".lkjip-xl/{KEY}/bacaan-{KEY}/angka.parquet",
    f".lkjip-xl/{KEY}/CACHEDIR.TAG",
    f".lkjip-xl/.baru-{TAIL}/x",
    ".lkjip-xl/catatan.txt",
    "lkjip-xl-abcd_123/laporan.docx",
)


@pytest.fixture(autouse=True)
def _one_process_is_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "local_pool", here)


@pytest.fixture
def years_later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what lets ten years go by."""

    def pass_() -> None:
        now = time.time() + 10 * 365 * 24 * 3600
        monkeypatch.setattr(time, "time", lambda: now)
        output._sweep.cache_clear()

    return pass_


def _plant(folder: Path, names: tuple[str, ...] = FOREIGN) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_bytes(f"milik orang: {name}".encode())


def _tree(folder: Path) -> dict[str, bytes | str]:
    return {
        str(path.relative_to(folder)): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


COMMANDS: dict[str, Callable[[Path, Path], list[str | Path]]] = {
    "template": lambda to, _: ["template", "-o", to / "t.xlsx"],
    "template --registry": lambda to, at: ["template", "--registry", at / "opd.csv", "-o", to / "blanko"],
    "validate": lambda to, at: ["validate", at, "--annotate", to, "--report", to / "temuan.html"],
    "summarize": lambda to, at: ["summarize", at / "a.xlsx", "-o", to / "r.xlsx"],
    "export": lambda to, at: ["export", at / "a.xlsx", "-o", to / "d.json"],
    "consolidate": lambda to, at: ["consolidate", at, "-o", to / "k.xlsx"],
    "consolidate --cache": lambda to, at: ["consolidate", at, "-o", to / "k.xlsx", "--cache", to],
    "consolidate --cache .lkjip-xl": lambda to, at: [
        "consolidate", at, "-o", to / "k.xlsx", "--cache", to / ".lkjip-xl",
    ],
    "consolidate --parquet": lambda to, at: ["consolidate", at, "-o", to / "k.xlsx", "--parquet", to / "p"],
}  # fmt: skip


@pytest.mark.sampled(1)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_full_of_old_files_of_others_is_left_as_it_is(
    command: str,
    tmp_path: Path,
    run: Run,
    years_later: Callable[[], None],
) -> None:
    given, folder = tmp_path / "masuk", tmp_path / "rumah"
    given.mkdir()
    shutil.copyfile(REPORT, given / "a.xlsx")
    (given / "opd.csv").write_text(REGISTRY, encoding="utf-8")
    _plant(folder)
    (folder / "tautan").symlink_to(given)
    (folder / ".lkjip-xl" / KEY[::-1]).symlink_to(given)
    before = _tree(folder)
    arguments = COMMANDS[command](folder, given)
    for _ in range(2):
        years_later()
        code, _, err = run(*arguments, "--force")
        assert (code, err) == (0, err)
        after = _tree(folder)
        assert {name: after.get(name) for name in before} == before
        assert (given / "a.xlsx").read_bytes() == REPORT.read_bytes()
    assert len(after) > len(before)


PLACES: dict[str, Callable[[Path], Path]] = {
    "folder of submissions": lambda given: given,
    "folder of the result": lambda given: given.parent,
    "file": lambda given: given / "opd.csv",
    "link to a folder": lambda given: given / "tautan",
    "link to nothing": lambda given: given / "putus",
    "link to itself": lambda given: given / "diri",
}


@pytest.mark.sampled(1)
@pytest.mark.skipif(os.name == "nt", reason="Windows has links of another kind")
@pytest.mark.parametrize("place", PLACES)
def test_a_cache_may_be_anywhere(
    place: str,
    tmp_path: Path,
    run: Run,
    years_later: Callable[[], None],
) -> None:
    given, other = tmp_path / "masuk", tmp_path / "lain"
    given.mkdir()
    shutil.copyfile(REPORT, given / "a.xlsx")
    (given / "opd.csv").write_text(REGISTRY, encoding="utf-8")
    _plant(other)
    for name, target in (("tautan", other), ("putus", tmp_path / "tak ada"), ("diri", given / "diri")):
        (given / name).symlink_to(target)
    before = _tree(tmp_path)
    arguments = ("consolidate", given / "a.xlsx", "-o", tmp_path / "k.xlsx", "--cache", PLACES[place](given))
    for _ in range(2):
        years_later()
        assert run(*arguments, "--force")[0] == 0
        after = _tree(tmp_path)
        assert {name: after.get(name) for name in before} == before
        new = {path for path in after.keys() - before.keys() if ".lkjip-xl" not in Path(path).parts}
        assert new == {"k.xlsx"}


@pytest.fixture
def store(tmp_path: Path, run: Run) -> Store:
    """A cache in which a run has kept a chunk and a result."""
    given = tmp_path / "masuk" / "a.xlsx"
    given.parent.mkdir()
    shutil.copyfile(REPORT, given)
    assert run("consolidate", given, "-o", tmp_path / "k.xlsx", "--cache", tmp_path / "c")[0] == 0
    return Store(tmp_path / "c", TEMPLATE)


def test_what_is_ours_goes_when_it_is_old(store: Store, years_later: Callable[[], None]) -> None:
    """Chunks, results, stores of other versions, and what killed runs have left, half written or empty."""
    other = store.folder.with_name(KEY)
    shutil.copytree(store.folder, other)
    (chunk,) = filter(is_chunk, store.folder.iterdir())
    unfinished = chunk.with_name(f".bacaan-{TAIL}")
    shutil.copytree(chunk, unfinished)
    (unfinished / "segel").unlink()
    (unfinished / "pk.parquet").write_bytes((unfinished / "pk.parquet").read_bytes()[:99])
    (unfinished / "iku.parquet").write_bytes(b"")
    (store.folder / f".hasil-{TAIL}").write_bytes(b"PK\3\4")
    owned.make_folder(other.parent, ".baru-")
    store.forget()
    assert len(list(store.folder.iterdir())) == 5  # nothing of it is old yet
    years_later()
    store.forget()
    assert [path.name for path in store.folder.parent.rglob("*")] == [store.folder.name, "CACHEDIR.TAG"]


def test_a_strangers_file_inside_ours_survives_them(store: Store, years_later: Callable[[], None]) -> None:
    (chunk,) = filter(is_chunk, store.folder.iterdir())
    other = store.folder.with_name(KEY)
    shutil.copytree(store.folder, other)
    theirs = {
        chunk / "catatan.txt": b"x",
        chunk / "data.parquet": b"PAR1 theirs PAR1",
        store.folder / "0": b"",
        store.folder / "angka.parquet": b"",
        store.folder / f"{LONG}-{LONG}.hasil": b"PK",
        other / "skripsi.docx": b"y",
    }
    for path, content in theirs.items():
        path.write_bytes(content)
    pl.DataFrame({"lkjip-xl": ["milik orang"]}).write_parquet(chunk / "milik.parquet")
    outside = store.folder.parent.parent / "luar"
    outside.mkdir()
    write_own_parquet(outside / "angka.parquet")
    (store.folder / KEY).symlink_to(outside)
    years_later()
    store.forget()
    left = {path for path in store.folder.parent.rglob("*") if path.is_file()}
    marks = {store.folder / "CACHEDIR.TAG", other / "CACHEDIR.TAG"}
    assert left == {*theirs, chunk / "milik.parquet", *marks}
    assert {path: path.read_bytes() for path in theirs} == theirs
    assert (outside / "angka.parquet").exists()


def test_a_folder_that_is_none_of_ours_is_no_cache(tmp_path: Path, store: Store) -> None:
    """One that has taken the very name of ours: reading goes on in a temporary one."""
    place = tmp_path / "d" / ".lkjip-xl" / store.folder.name
    _plant(place)
    before = _tree(place)
    other = Store(tmp_path / "d", TEMPLATE)
    assert place not in other.folder.parents
    assert other.folder != place
    other.forget()
    assert _tree(place) == before


def test_leftovers_of_killed_runs_go_when_they_are_old(
    tmp_path: Path, years_later: Callable[[], None]
) -> None:
    for name in ("a", "b"):
        workplace = owned.make_folder(tmp_path, ".lkjip-tmp-")
        (workplace / output._NEW).write_bytes(b"setengah jadi")
        (tmp_path / name).write_bytes(b"x")
    folder = owned.make_folder(tmp_path, ".lkjip-tmp-") / output._NEW
    folder.mkdir()
    (folder / "pk.parquet").write_bytes(b"PAR1")
    kept = workplace / "catatan.txt"
    kept.write_bytes(b"milik orang")
    years_later()
    with whole_file(tmp_path / "c", force=False) as path:
        path.write_bytes(b"isi")
    assert _tree(tmp_path) == {
        "a": b"x", "b": b"x", "c": b"isi",
        f"{workplace.name}/CACHEDIR.TAG": owned._WORDS, f"{workplace.name}/catatan.txt": b"milik orang",
    }  # fmt: skip


@pytest.mark.parametrize("late", [False, True])
def test_only_our_own_parquet_files_are_replaced(
    late: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user's own are refused with their folder, also when they come while a run works."""
    folder = tmp_path / "baris"
    folder.mkdir()
    write_own_parquet(folder / "angka.parquet")
    theirs = folder / "penjualan.parquet"

    def come() -> None:
        pl.DataFrame({"a": [1]}).write_parquet(theirs)

    def write() -> None:
        with whole_folder(folder, force=True) as new:
            write_own_parquet(new / "iku.parquet")

    if late:
        rename = Path.rename

        def renamed(path: Path, to: Path) -> Path:
            if path == folder:
                come()
            return rename(path, to)

        monkeypatch.setattr(Path, "rename", renamed)
    else:
        come()
    line = f"{folder}: folder ini berisi penjualan.parquet, yang bukan hasil --parquet; pakai folder lain"
    with pytest.raises(OutputError) as refused:
        write()
    assert str(refused.value) == line
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        "angka.parquet",
        "baris",
        "penjualan.parquet",
    ]
    monkeypatch.undo()
    theirs.unlink()
    write()
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["baris", "iku.parquet"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has links of another kind")
def test_a_link_to_a_folder_of_results_stays_a_link(tmp_path: Path) -> None:
    place, link = tmp_path / "disk", tmp_path / "baris"
    place.mkdir()
    write_own_parquet(place / "angka.parquet")
    link.symlink_to(place)
    with whole_folder(link, force=True) as new:
        write_own_parquet(new / "iku.parquet")
    assert (link.is_symlink(), [path.name for path in place.iterdir()]) == (True, ["iku.parquet"])


# -- all places that remove ---------------------------------------------------------------------------------------

REMOVING = {
    "rmtree", "unlink", "remove", "rmdir", "removedirs", "rename", "renames", "move", "truncate", "ftruncate",
    "copy", "copy2", "copyfile", "copytree", "write_bytes", "write_text", "TemporaryDirectory", "NamedTemporaryFile",
    "finalize",
}  # fmt: skip
KNOWN = {
    "base.owned.make_folder": {"write_bytes", "unlink", "rmdir"},  # of the folder that it has just made
    "base.owned.remove": {"unlink", "rmdir"},  # only what is known, never through a link
    "base.output.write_whole": {"open wb"},  # the new file of a workplace
    "base.output._workplace": {"remove"},
    "base.output._sweep": {"remove"},
    "base.output._place": {"replace"},  # what the user has named, with --force
    "base.output._take": {"rename", "replace", "unlink"},  # an empty file that it has just made
    "base.output._place_folder": {"rename"},  # a folder of our own Parquet files only
    "consolidation.chunk._written": {"write_text", "rename", "remove"},  # a new folder gets its name
    "consolidation.run._write": {"write_bytes"},  # to the new file of a workplace
    "consolidation.page.write_page": {"open wb"},  # to the new file of a workplace, too
    "consolidation.gathered._read": {"rename"},  # columns of a frame, here and in the next two
    "consolidation.parquet._parts": {"rename"},
    "consolidation.rows.Rows.scan": {"rename"},
    "consolidation.parquet._write_rows": {"TemporaryDirectory"},  # of its own, for the parts of a file
    "consolidation.store.Store.__init__": {"finalize"},  # the type of what ``spare`` has
    "consolidation.store.Store.spare": {"finalize", "remove"},
    "consolidation.store.Store.known": {"remove"},
    "consolidation.store.Store.forget": {"remove"},
    "consolidation.store.Store.keep": {"copyfile", "replace", "remove"},  # a copy gets its name
    "consolidation.store._make": {"rename", "remove"},  # a new folder gets its name
    "report.docx.elements.take_out": {"remove"},  # an element of a document in memory
    "report.docx.pages.pages_of": {"remove"},  # a temporary folder of its own
    "report.docx.pages._printed": {"write_bytes"},  # in that folder
    "portal.backup._save_file": {"open w"},  # a member of a new archive, here and in the next
    "portal.backup._save_rows": {"open w"},
    "portal.places._text": {"remove"},  # a round's registry or decisions, which are in the database
    "portal.places.lay_out": {"remove"},  # a second name of a file in the vault
    "portal.places._link": {"copyfile", "replace"},  # a copy of one gets its name
    "portal.portal._alone": {"open ab"},  # the lock, in which nothing is written
    "portal.web.together._zipped": {"truncate"},  # a buffer in memory
    "portal.vault.Vault.keep": {"replace"},  # what has arrived gets its name
    "portal.vault.Vault.lay_aside": {"replace"},  # likewise
    "portal.vault.Vault._arrived": {"remove"},  # what has not
    "portal.vault.Vault.sweep": {"remove"},
    "portal.vault.Vault.clear": {"remove"},  # the folder of a check that is over
    "consolidation.workbook.write_workbook": {"copyfile"},  # to the new file of a workplace
}


def _calls(tree: ast.AST, place: str) -> Iterator[tuple[str, str]]:
    """Yield where something is called, or handed on, that may remove or replace files, and its name."""
    for node in ast.iter_child_nodes(tree):
        named = isinstance(node, ast.ClassDef | ast.FunctionDef)
        where = f"{place}.{node.name}" if isinstance(node, ast.ClassDef | ast.FunctionDef) else place
        if named and isinstance(tree, ast.FunctionDef):
            where = place
        if isinstance(node, ast.Attribute) and _is_of_files(node):
            yield where, node.attr
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            texts = {each.value for each in node.args if isinstance(each, ast.Constant)}
            path = isinstance(node.func, ast.Attribute) and not node.keywords and len(node.args) == 1
            if name == "replace" and path:  # that of a text takes two, that of a record takes names
                yield where, name
            modes = {each for each in texts if isinstance(each, str) and set(each) & set("wa")}
            if name == "open" and modes & {"w", "wb", "a", "ab", "w+", "wb+"}:
                yield where, f"open {modes.pop()}"
        yield from _calls(node, where)


TOOLS = {
    "docs.main": {"write_text"},  # the generated pages
    "samples.main": {"TemporaryDirectory"},
    "samples._write": {"write_text", "write_bytes"},  # the generated samples
    "kabupaten.write_kabupaten": {"write_text", "write_bytes"},  # as above
    "large_regency.write_regency": {"write_text", "write_bytes"},  # into a temporary folder of the pictures
    "golden.main": {"write_text"},  # the golden results
    "survive_run.main": {"write_text"},  # the generated page
}


def _is_of_files(node: ast.Attribute) -> bool:
    """Whether something is called that removes; lists and frames have a ``copy``, too."""
    return node.attr in REMOVING and (node.attr != "copy" or ast.unparse(node.value) == "shutil")


def test_the_places_that_remove_are_known() -> None:
    """A new one is looked at here: what may it remove, and how does it know that this is ours?"""
    assert _found(ROOT / "lkjip_xl") == KNOWN
    tools = _found(ROOT / "tools")
    assert {where: tools.get(where) for where in TOOLS} == TOOLS
    others = {where: names for where, names in tools.items() if where not in TOOLS}
    made_there = {
        "TemporaryDirectory",
        "write_text",
        "write_bytes",
        "unlink",
    }  # in temporary folders of their own
    assert {where.partition(".")[0] for where in others} <= {
        "bench",
        "bench_portal",
        "faults_run",
        "fuzz_run",
        "golden",
        "mutants",
        "parity_run",
        "pictures",
        "portal_pictures",
        "survive_run",
        "workbooks",
    }
    assert set().union(*others.values()) <= made_there


def _found(package: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in sorted(package.rglob("*.py")):
        module = ".".join(path.relative_to(package).with_suffix("").parts)
        for where, name in _calls(ast.parse(path.read_text("utf-8")), module):
            if not (
                name in ("rename", "remove")
                and where.startswith(("consolidation.report", "check", "compute"))
            ):
                found.setdefault(where, set()).add(name)
    return found
