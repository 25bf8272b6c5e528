"""Fixtures that many tests share."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, settings

import quick_openpyxl
from clean import clean_document
from isolated import POSSIBLE, Isolated
from lkjip_xl.cli import app as cli
from lkjip_xl.form.json_data import from_document, load_data
from lkjip_xl.form.submission import Submission
from lkjip_xl.report.docx.pages import find_office
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render
from support import SAMPLE, Office, Run

quick_openpyxl.use()
settings.register_profile(
    "hasty", phases=(Phase.explicit, Phase.generate)
)  # any failure will do (see tools/mutants.py)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave all but the first of what is only ``sampled`` to where there is more time."""
    seen: Counter[str] = Counter()
    for item in items:
        if (marker := item.get_closest_marker("sampled")) is not None:
            whole = item.nodeid.partition("[")[0]
            seen[whole] += 1
            if seen[whole] > marker.args[0]:
                item.add_marker(pytest.mark.long)


def pytest_collection_finish() -> None:
    """Leave what stands for the whole session out of every garbage collection: it took a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(
        100_000, 50, 100
    )  # as the program has it: most of what tests make lives as long as they do


@pytest.fixture(scope="session")
def template() -> Template:
    return load_template()


@pytest.fixture(scope="session")
def sample(template: Template) -> Submission:
    """The DPMD Banyuasin report of 2023 as published."""
    return load_data(SAMPLE, template)


@pytest.fixture(scope="session")
def sample_bytes(template: Template, sample: Submission) -> bytes:
    return render(template, sample)


@pytest.fixture
def sample_file(tmp_path: Path, sample_bytes: bytes) -> Path:
    path = tmp_path / "dpmd.xlsx"
    path.write_bytes(sample_bytes)
    return path


@pytest.fixture
def written(tmp_path: Path, template: Template) -> Callable[[Submission], Path]:
    """Return a function that writes a submission's workbook."""

    def write(submission: Submission) -> Path:
        path = tmp_path / "isian.xlsx"
        path.write_bytes(render(template, submission))
        return path

    return write


@pytest.fixture(scope="session")
def clean_bytes(template: Template) -> bytes:
    """A workbook without any fault (see ``clean``)."""
    return render(template, from_document(clean_document(), template))


@pytest.fixture
def clean(tmp_path: Path, clean_bytes: bytes) -> Path:
    path = tmp_path / "bersih.xlsx"
    path.write_bytes(clean_bytes)
    return path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command line in this process: its exit code, output, errors."""

    def run_(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lkjip-xl", *map(str, arguments)])
        monkeypatch.setattr(sys, "warnoptions", ["error"])  # or the command would silence them here
        with pytest.raises(SystemExit) as ended:
            cli.run()
        out, err = capfd.readouterr()
        return int(ended.value.code or 0), out, err

    return run_


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    program = find_office()
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed; it judges the computed values")
    return Office(program, tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="session")
def isolated() -> Iterator[Isolated]:
    """Carry out commands in processes of their own."""
    if not POSSIBLE:
        pytest.skip("processes are forked and measured on Linux only")
    with Isolated() as server:
        yield server
