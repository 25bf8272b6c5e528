"""lkjip-xl: the yearly performance report (LKjIP) as a workbook that computes and checks itself.

What programs call, each function the library behind one command. Importing this is light: the libraries that a function
needs are imported when it is called. Files are paths, or ``Upload`` where they come as bytes. ``templates`` is a folder of
declarations in place of those that come with the package. What goes wrong is raised as ``LkjipError``, whose text is one
Indonesian sentence; mistakes in a form are never raised, they are findings.

>>> import lkjip_xl
>>> blank = lkjip_xl.Upload(Path("kosong.xlsx"), lkjip_xl.render(year=2024, code="2.13", name="Dinas Contoh"))
>>> (checked,) = lkjip_xl.validate([blank])
>>> checked.status.value, checked.findings[0].rule
('galat', 'wajib')
>>> lkjip_xl.export(blank)["tabel"]["identitas"]["kode"]
'2.13'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lkjip_xl.base.errors import LkjipError
from lkjip_xl.base.files import File, Upload

if TYPE_CHECKING:
    import pandera.polars as pa

    from lkjip_xl.consolidation.batch import Options
    from lkjip_xl.consolidation.run import Consolidated
    from lkjip_xl.pipeline import Checked
    from lkjip_xl.report.review.comparing import Review

__version__ = "0.1.0"
__all__ = [
    "LkjipError",
    "Upload",
    "consolidate",
    "export",
    "render",
    "report_document",
    "review",
    "schemas",
    "summarize",
    "validate",
]


def validate(files: Sequence[File], *, templates: Path | None = None) -> list[Checked]:
    """Return each workbook with its findings and status, in the order given.

    A file that cannot be read is no error: its ``workbook`` is None, and its one finding says why.
    """
    from lkjip_xl import pipeline
    from lkjip_xl.template.load import load_template

    return pipeline.validate(files, load_template(templates))[0]


def export(file: File, *, computed: bool = False, templates: Path | None = None) -> dict[str, Any]:
    """Return what people typed in a workbook as a data document (see ``docs/data.md``), inverse to ``render``.

    Amounts are in Rp, shares in %, staff in orang, as declared in ``docs/tabel.md``; with ``computed`` there is every
    computed column and total row, too. Raises ``WorkbookError`` where the file cannot be read.
    """
    from lkjip_xl import pipeline
    from lkjip_xl.template.load import load_template

    return pipeline.export(file, load_template(templates), computed=computed)[0]


def render(  # noqa: PLR0913 - what the command has as options
    document: Mapping[str, Any] | None = None,
    *,
    year: int | None = None,
    period: str | None = None,
    modules: Sequence[str] = (),
    code: str | None = None,
    name: str | None = None,
    deadline: str = "",
    contact: str = "",
    templates: Path | None = None,
) -> bytes:
    """Return the input workbook (.xlsx) of a data document, or a blank one for an OPD.

    ``year`` is the report year, by default last year; ``period`` that of the Renstra, such as ``2018-2023``; a document
    has its own. ``deadline`` (such as ``2024-01-31``) and ``contact`` say on the first sheet until when and to whom it is sent. Raises ``DataError`` or ``SetupError`` for the first thing that does not fit.
    """
    from lkjip_xl.form.json_data import from_document
    from lkjip_xl.form.setups import Wanted, first_submission
    from lkjip_xl.template.load import load_template
    from lkjip_xl.write.render import render as rendered

    template = load_template(templates)
    if document is not None:
        return rendered(template, from_document(document, template))
    wanted = Wanted(
        year=year,
        period=period,
        modules=tuple(modules),
        code=code,
        name=name,
        deadline=deadline,
        contact=contact,
    )
    return rendered(template, first_submission(template, wanted))


def summarize(file: File, *, templates: Path | None = None) -> bytes:
    """Return the summary of a workbook, ready to print (.xlsx): all tables, computed, and the findings.

    Raises ``WorkbookError`` where the file cannot be read.
    """
    from lkjip_xl.report.summary_book import summary
    from lkjip_xl.template.load import load_template

    return summary(file, load_template(templates))[1]


def report_document(
    file: File,
    *,
    base: File | None = None,
    earlier: File | None = None,
    pages: bool = True,
    templates: Path | None = None,
) -> bytes:
    """Return the report of a workbook (.docx): a new one, on the styles and letterhead of ``base`` where there is one.

    With ``earlier``, a report that people have worked on, only what comes from the workbook is brought up to date; what they
    edited or deleted stays so. ``pages`` has LibreOffice, where it is installed, count the pages of the lists. Raises
    ``SetupError`` for both documents at once, ``WorkbookError`` or ``DocumentError`` where one cannot be read.
    """
    from lkjip_xl.base.errors import SetupError
    from lkjip_xl.report.docx.report import Asked, report_of
    from lkjip_xl.template.load import load_template

    if base is not None and earlier is not None:
        raise SetupError("laporan lama mempunyai gayanya sendiri; jangan berikan base")
    return report_of(file, load_template(templates), Asked(base, earlier, pages=pages)).content


def review(document: File, file: File, *, templates: Path | None = None) -> Review:
    """Return what a report in Word (.docx) says beside its workbook, whoever typed it: ``agrees``, ``differences`` and more.

    Raises ``DocumentError`` or ``WorkbookError`` where one of them cannot be read.
    """
    from lkjip_xl.report.review.run import review as reviewed
    from lkjip_xl.template.load import load_template

    return reviewed(document, file, load_template(templates))[1]


def consolidate(
    paths: Sequence[Path],
    output: Path,
    *,
    registry: Path | None = None,
    decisions: Path | None = None,
    year: int | None = None,
    parquet: Path | None = None,
    options: Options | None = None,
    force: bool = False,
) -> Consolidated:
    """Read workbooks, or folders of them, and write one workbook that has them all; return what is in it.

    ``registry`` is a CSV of the OPDs that must report, ``decisions`` one of what the coordinator has decided, ``parquet`` a folder for every row of every table. No output is
    there before all are; one that is there already is replaced with ``force`` only. See ``consolidation.run`` for more.
    """
    from lkjip_xl.consolidation import run

    inputs = run.Inputs(paths, registry, decisions, year=year)
    return run.consolidate(inputs, run.Outputs(output, parquet), options=options, force=force)


def schemas(*, templates: Path | None = None) -> dict[str, pa.DataFrameSchema]:
    """Return pandera schemas, by table, of the Parquet that ``consolidate`` writes (see ``check.schemas``)."""
    from lkjip_xl.check import schemas as checks
    from lkjip_xl.template.load import load_template

    return checks.schemas(load_template(templates))
