"""The wheel in an empty environment, and what is in it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from lkjip_xl import __version__
from support import ROOT, SAMPLE


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("roda")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("*.whl")
    return path


@pytest.mark.slow
def test_holds_code_and_template_set_and_nothing_else(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    templates = {
        f"lkjip_xl/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }
    code = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "lkjip_xl").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert inside == templates | code


@pytest.mark.slow
def test_runs_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    programs = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    installed = subprocess.run(
        [programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
         "-c", _constraints(tmp_path), str(wheel)],
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    if installed.returncode and (
        "No matching distribution" in installed.stderr or "Connection" in installed.stderr
    ):
        pytest.skip("no package index can be reached, so nothing can be installed")
    assert installed.returncode == 0, installed.stderr

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [programs / "lkjip-xl", *arguments],
            capture_output=True, encoding="utf-8", cwd=tmp_path, env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": ""},
        )  # fmt: skip

    assert run("--version").stdout == f"lkjip-xl {__version__}\n"
    assert run("template", "--data", str(SAMPLE), "-o", "isian.xlsx").returncode == 0
    assert run("validate", "isian.xlsx").returncode == 1
    assert run("summarize", "isian.xlsx", "-o", "ringkasan.xlsx").returncode == 1
    assert run("export", "isian.xlsx").stdout == SAMPLE.read_text("utf-8")


def _constraints(folder: Path) -> str:
    """Return a constraints file with the versions of the lock (hashes would have to cover our own wheel too)."""
    pins = [
        line.removesuffix("\\").strip()
        for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines()
        if line and line[0].isalpha()
    ]
    path = folder / "versi.txt"
    path.write_text("\n".join(pins), encoding="utf-8")
    return str(path)
