"""The map and the walks in CONTRIBUTING are those of the code: folders, modules, and functions in the order of their calls."""

from __future__ import annotations

import ast
import importlib
import re
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import reduce
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import reference
from lkjip_xl.consolidation import readers
from lkjip_xl.form.json_data import load_data
from lkjip_xl.template.load import load_template
from support import REGENCY, ROOT, SAMPLE, here

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def _command(*arguments: str | Path) -> None:
    from lkjip_xl.cli.app import app

    with suppress(SystemExit):
        app(list(map(str, arguments)), standalone_mode=False)


def _validate(_: Path) -> None:
    _command("validate", ROOT / "samples" / "dpmd-banyuasin-2023.xlsx")


def _column(_: Path) -> None:
    from lkjip_xl.write.render import render

    template = load_template()
    render(template, load_data(SAMPLE, template))
    reference.generated_files()


def _consolidate(folder: Path) -> None:
    files: list[str | Path] = [REGENCY, "--registry", REGENCY / "opd.csv", "--tahun", "2023"]
    _command(
        "consolidate", *files, "-o", folder / "k.xlsx", "--parquet", folder / "p", "--cache", folder / "c"
    )


WALKS: dict[str, Callable[[Path], None]] = {
    "A file through": _validate,
    "A new column": _column,
    "A thousand files": _consolidate,
}


def _steps(beginning: str) -> list[str]:
    section = CONTRIBUTING.split("## Three walks")[1].split("\n## ")[0]
    (walk,) = (part for part in re.split(r"\n(?=[A-Z][^\n]*:\n\n)", section) if part.startswith(beginning))
    return re.findall(r"^\d+\. `([A-Za-z_.]+)`", walk, re.MULTILINE)


def _module(step: str) -> Any:
    """Return the module of a step: the longest part of its name that is one."""
    name = ".".join(part for part in step.split(".")[:-1] if not part[0].isupper())
    return importlib.import_module(name if name == "reference" else f"lkjip_xl.{name}")


def _code(step: str) -> Any:
    module = _module(step)
    names = step.removeprefix(module.__name__.removeprefix("lkjip_xl.") + ".").split(".")
    found = reduce(getattr, names, module)
    found = getattr(found, "callback", found)
    return getattr(found, "__wrapped__", found).__code__


@pytest.mark.sampled(1)
@pytest.mark.parametrize("beginning", WALKS)
def test_a_walk_is_taken_in_this_order(
    beginning: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(readers, "local_pool", here)
    steps = _steps(beginning)
    wanted = {_code(step): step for step in steps}
    met: dict[str, None] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in wanted:
            met.setdefault(wanted[frame.f_code])

    load_template.cache_clear()
    threading.setprofile(note)
    sys.setprofile(note)
    try:
        WALKS[beginning](tmp_path)
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    capsys.readouterr()
    assert list(met) == steps


@pytest.mark.parametrize("beginning", WALKS)
def test_each_step_is_imported_by_one_before_it(beginning: str) -> None:
    steps = _steps(beginning)
    assert len(steps) == len(set(steps)) > 10
    for number, step in enumerate(steps[1:], start=1):
        imported = {name for earlier in steps[:number] for name in _imports(_module(earlier))}
        entry = step.split(".")[0] in ("write", "reference")  # where the walk begins anew
        assert entry or _module(step).__name__ in imported, step


def _imports(module: Any) -> Sequence[str]:
    """Return the modules that a module imports, also late, and those that these are imported from."""
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    found = [module.__name__]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
    return found


def test_the_map_is_the_tree() -> None:
    section = CONTRIBUTING.split("## Where things live")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([a-z/]+)/` \| (.*) \|$", section, re.MULTILINE)
    written = {folder: set(re.findall(r"`([a-z0-9_]+)`", text)) for folder, text in rows}
    package = ROOT / "lkjip_xl"
    tree = {
        folder.relative_to(package).as_posix(): {path.stem for path in folder.glob("*.py")} - {"__init__"}
        for folder in package.rglob("*")
        if (folder / "__init__.py").exists()
    }
    assert written == tree


def test_files_and_functions_fit_in_a_head() -> None:
    long = []
    for path in (ROOT / "lkjip_xl").rglob("*.py"):
        if "migrations" in path.parts:  # lists of columns
            continue
        source = path.read_text("utf-8")
        parts = [(path.name, len(source.splitlines()), 320)]
        parts += [
            (f"{path.name}: {node.name}", (node.end_lineno or 0) - node.lineno + 1, 45)
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.FunctionDef)
        ]
        long += [(name, lines) for name, lines, most in parts if lines > most]
    assert long == []
