"""Links to files lead to these files, whatever their names: never to a scheme, a page or another place."""

from __future__ import annotations

import datetime
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from defusedxml import ElementTree

from lkjip_xl.base.files import find_workbooks
from lkjip_xl.consolidation import readers
from lkjip_xl.consolidation.batch import Options, read_batch
from lkjip_xl.consolidation.links import uri
from lkjip_xl.consolidation.totals import totals
from lkjip_xl.consolidation.workbook import write_workbook
from lkjip_xl.template.load import load_template
from support import ROOT, Office, here

TEMPLATE = load_template()
REPORT = ROOT / "samples" / "kabupaten-contoh" / "6.01-inspektorat-daerah.xlsx"
NAMES = (
    "mailto:x.xlsx",
    "javascript:alert(1).xlsx",
    "http:jahat.xlsx",
    "internal:Kokpit.xlsx",
    "external:x.xlsx",
    "file:x.xlsx",
    "C:x.xlsx",
    "x#Kokpit!A1.xlsx",
    "50%20.xlsx",
    "?a=1&b=2.xlsx",
    "'kutip' \"ganda\".xlsx",
    "a\\b.xlsx",
    "[1]Sheet.xlsx",
    "<b>.xlsx",
    "laporan akhir é 村.xlsx",
    " .xlsx",
)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A consolidated workbook beside files of odd names, and more of them below."""
    folder = tmp_path_factory.mktemp("tautan")
    below = folder / "http:" / "sub#1"
    below.mkdir(parents=True)
    content = REPORT.read_bytes()
    for number, name in enumerate(NAMES):
        (folder / name).write_bytes(content + b"\0" * number)
        (below / name).write_bytes(content + b"\0" * (number + 100))
    path = folder / "k.xlsx"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readers, "local_pool", here)
        batch = read_batch(find_workbooks([folder]), TEMPLATE, Options(folder / "simpanan"))
    write_workbook(batch, totals(batch), path, folder, day=datetime.date(2024, 3, 1))
    return path


def _targets(path: Path) -> Iterator[str]:
    """Yield the targets of all links of the sheets, as they stand in the file."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/_rels/"):
                for each in ElementTree.fromstring(archive.read(name)):
                    if each.get("Type", "").endswith("/hyperlink"):
                        assert each.get("TargetMode") == "External"
                        yield each.get("Target", "")


def test_every_file_has_a_link_that_leads_to_it_and_to_nothing_else(written: Path) -> None:
    targets = set(_targets(written))
    for target in targets:
        parts = urlsplit(target)
        assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
        assert target.startswith("./")
        assert not set(target) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._~-%")
    folder = written.parent
    found = {(folder / unquote(target)).resolve() for target in targets}
    assert found == {path for path in folder.rglob("*.xlsx") if path != written}


@pytest.mark.long
@pytest.mark.office
def test_libreoffice_follows_them_to_the_files(written: Path, office: Office, tmp_path: Path) -> None:
    saved = office.saved(written, tmp_path)
    found = set()
    for target in _targets(saved):
        parts = urlsplit(target)
        assert parts.scheme in ("", "file")
        assert not parts.fragment
        found.add(Path(os.path.normpath(tmp_path / unquote(parts.path))))
    assert found == {path for path in written.parent.rglob("*.xlsx") if path != written}


def test_a_file_on_another_drive_has_a_whole_uri(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", refuse)
    path = tmp_path / "mailto:x#1.xlsx"
    assert uri(path, tmp_path) == "file://" + str(path).replace(":", "%3A").replace("#", "%23")
