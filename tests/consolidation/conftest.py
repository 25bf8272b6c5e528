"""The sample regency as a head of the region is shown it, and one of a thousand agencies, for tests of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lkjip_xl.base.files import find_workbooks
from lkjip_xl.consolidation import readers
from lkjip_xl.consolidation.batch import Batch, Options, read_batch
from lkjip_xl.consolidation.page import write_page
from lkjip_xl.consolidation.regent.shown import Regent
from lkjip_xl.consolidation.registry import load_registry
from lkjip_xl.consolidation.totals import totals
from lkjip_xl.consolidation.workbook import write_workbook
from lkjip_xl.template.load import load_template
from regents import DAY, Pages, regent_of
from support import REGENCY, here


@pytest.fixture(scope="session")
def regency(tmp_path_factory: pytest.TempPathFactory) -> Regent:
    """Twelve agencies: nine accepted, one with a galat, two that have not reported."""
    template = load_template()
    registry = load_registry(REGENCY / "opd.csv")
    found = find_workbooks([REGENCY], known=[REGENCY / "opd.csv"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readers, "local_pool", lambda task, _: here(task, 1))
        options = Options(tmp_path_factory.mktemp("simpanan"), jobs=1)
        batch = read_batch(found, template, options, registry=registry, year=2023)
    return regent_of(batch)


@pytest.fixture(scope="session")
def consolidated(tmp_path_factory: pytest.TempPathFactory, regency: Regent) -> tuple[Batch, Path]:
    """The sample regency, and the consolidated workbook of it."""
    folder = tmp_path_factory.mktemp("kabupaten")
    batch = regency.batch
    path = folder / "konsolidasi.xlsx"
    write_workbook(batch, totals(batch), path, folder, day=DAY)
    return batch, path


@pytest.fixture(scope="session")
def thousand(regency: Regent) -> Regent:
    """A thousand agencies that have sent the reports of the twelve again and again."""
    batch = regency.batch
    agencies = tuple(
        replace(each, code=f"{each.code}.{n}", name=f"{each.name} {n}")
        for n in range(84)
        for each in batch.chosen.agencies
    )[:1000]
    return regent_of(replace(batch, chosen=replace(batch.chosen, agencies=agencies)))


@pytest.fixture(scope="session")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Return a function that writes a page."""

    def write(regent: Regent) -> Path:
        target = tmp_path_factory.mktemp("halaman") / "kabupaten.html"
        write_page(regent, target)
        return target

    return write


@pytest.fixture(scope="module")
def one_process_here() -> Iterator[None]:
    """Where a batch has one process it is this one here: tests look into it (see ``test_isolation`` for others)."""
    pool = readers.local_pool
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            readers, "local_pool", lambda task, number: (here if number == 1 else pool)(task, number)
        )
        yield
