"""What is done with files of strangers, in a process of its own (see ``base.isolated``): the engine's part of the portal.

Heavy libraries are imported there only. Each function tells ``at`` what it begins.
"""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lkjip_xl.base.files import Upload
from lkjip_xl.base.findings import Status
from lkjip_xl.base.isolated import At
from lkjip_xl.base.output import write_whole
from lkjip_xl.formula.pattern import Pattern
from lkjip_xl.xlsx.archive import Limits

_NICE = 10  # pages are answered first


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read: where it is, how it is spoken of, with which templates and up to which limits."""

    path: Path
    name: str
    templates: Path | None
    limits: Limits

    def upload(self) -> Upload:
        """Return it under its name."""
        return Upload(Path(self.name), self.path.read_bytes())


@dataclass(frozen=True, slots=True)
class Expected:
    """Whose workbook it should be, and of which year."""

    code: str
    name: str
    year: int


@dataclass(frozen=True, slots=True)
class Examined:
    """What ``validate`` says of a file: its status and verdict, and ``page`` as HTML.

    ``problem`` is a sentence where the file cannot count for whoever has sent it: unread, or somebody else's.
    """

    status: Status
    code: str
    agency: str
    year: int | None
    verdict: str
    page: str
    problem: str = ""


def examine(source: Source, expected: Expected | None, at: At) -> Examined:
    """Validate one file."""
    _begin(at, source.name)
    from lkjip_xl.pipeline import validate
    from lkjip_xl.report.page import findings_html
    from lkjip_xl.report.text import identity, verdict
    from lkjip_xl.template.load import load_template

    template = load_template(source.templates)
    (checked,), _ = validate([source.upload()], template, source.limits)
    code, name = identity(checked, template)
    setup = checked.workbook.submission.setup if checked.workbook else None
    problem = ""
    if setup is None:
        problem = checked.findings[0].message
    elif expected is not None:
        problem = foreign(expected, code, setup.year, template.codes)
    return Examined(
        checked.status,
        code,
        name,
        setup.year if setup else None,
        verdict(checked.findings),
        findings_html([checked], template),
        problem,
    )


def foreign(expected: Expected, code: str, year: int, codes: Pattern) -> str:
    """Return why a workbook is not the one that is expected; empty where it is."""
    if codes.key(code) != codes.key(expected.code):
        owner = f"OPD {code}" if code else "OPD yang kodenya kosong"
        return (
            f"buku kerja ini milik {owner}, sedangkan tautan ini milik {expected.code} {expected.name}; "
            "kirim buku kerja OPD Anda sendiri"
        )
    if year != expected.year:
        return (
            f"buku kerja ini untuk tahun {year}, sedangkan yang dikumpulkan tahun {expected.year}; "
            f"kirim buku kerja tahun {expected.year}"
        )
    return ""


def make_returned(source: Source, target: Path, at: At) -> None:
    """Write the workbook that goes back, with its findings marked."""
    _begin(at, source.name)
    from lkjip_xl.pipeline import returned, validate
    from lkjip_xl.template.load import load_template

    template = load_template(source.templates)
    (checked,), _ = validate([source.upload()], template, source.limits)
    write_whole(target, returned(checked, template), force=True)


def make_summary(source: Source, target: Path, at: At) -> None:
    """Write the summary of a workbook, ready to print."""
    _begin(at, source.name)
    from lkjip_xl.report.summary_book import summary
    from lkjip_xl.template.load import load_template

    _, content = summary(source.upload(), load_template(source.templates), source.limits)
    write_whole(target, content, force=True)


def make_report(source: Source, target: Path, at: At) -> None:
    """Write the report of a workbook in Word."""
    _begin(at, source.name)
    from lkjip_xl.report.docx.report import Asked, report_of
    from lkjip_xl.template.load import load_template

    template = load_template(source.templates)
    written = report_of(source.upload(), template, Asked(pages=False), source.limits)
    write_whole(target, written.content, force=True)


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank workbook: of which row of a registry, for which year, and with what the round says of all."""

    registry: str
    place: int
    year: int
    deadline: str
    contact: str
    templates: Path | None


def make_blank(blank: Blank, target: Path, at: At) -> None:
    """Write the blank workbook of an agency."""
    _begin(at, "")
    from lkjip_xl.consolidation.blanks import blank_of
    from lkjip_xl.consolidation.registry import load_registry
    from lkjip_xl.form.setups import Wanted
    from lkjip_xl.template.load import load_template
    from lkjip_xl.write.render import render

    template = load_template(blank.templates)
    registry = load_registry(Upload(Path("opd.csv"), blank.registry.encode()), template.codes)
    wanted = Wanted(year=blank.year, deadline=blank.deadline, contact=blank.contact)
    submission = blank_of(registry.opds[blank.place], wanted, template)
    write_whole(target, render(template, submission), force=True)


@dataclass(frozen=True, slots=True)
class Together:
    """What a round is put together from, the folder that keeps what was read of it, and the names of what is written."""

    folder: Path
    year: int
    readers: int
    templates: Path | None
    limits: Limits
    files: int


SENT, REGISTRY, DECISIONS = "kiriman", "opd.csv", "keputusan.csv"
"""What the folder of a round holds."""
WORKBOOK, WORD, PAGE, PARQUET = "konsolidasi.xlsx", "kabupaten.docx", "papan.html", "parquet.zip"


def put_together(together: Together, target: Path, at: At) -> None:
    """Write the consolidated workbook, the report in Word, the page and Parquet (a zip) into a new folder, whole or not at all.

    It is what ``lkjip-xl consolidate`` writes of the folder's ``kiriman``, ``opd.csv`` and ``keputusan.csv``.
    """
    _begin(at, "", 600 + together.files)
    from lkjip_xl.consolidation.batch import Options
    from lkjip_xl.consolidation.run import Inputs, Outputs, consolidate

    decisions = together.folder / DECISIONS
    inputs = Inputs(
        [together.folder / SENT],
        together.folder / REGISTRY,
        decisions if decisions.is_file() else None,
        year=together.year,
    )
    options = Options(
        together.folder, jobs=together.readers, templates=together.templates, limits=together.limits
    )
    target.mkdir(exist_ok=True)
    outputs = Outputs(target / WORKBOOK, target / "parquet", target / WORD, target / PAGE)
    consolidate(inputs, outputs, options=options, force=True)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in sorted((target / "parquet").iterdir()):
            archive.write(path, path.name)
    write_whole(target / PARQUET, buffer.getvalue(), force=True)


def _begin(at: At, name: str, number: int = 1) -> None:
    at(name, number)
    _step_back()


@cache
def _step_back() -> None:
    """Let the process that answers pages go first."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
