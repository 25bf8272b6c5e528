"""Many workbooks to one: the whole line from paths to outputs."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from lkjip_xl.base.errors import SetupError
from lkjip_xl.base.files import find_workbooks
from lkjip_xl.base.findings import Severity, Status
from lkjip_xl.base.output import check_folder, check_target, whole_file, whole_folder
from lkjip_xl.consolidation.batch import Batch, Options, Progress, read_batch
from lkjip_xl.consolidation.chosen import Outcome
from lkjip_xl.consolidation.registry import load_registry
from lkjip_xl.consolidation.report import write_parquet
from lkjip_xl.consolidation.totals import Totals, totals
from lkjip_xl.consolidation.word import regency_document
from lkjip_xl.consolidation.workbook import write_workbook
from lkjip_xl.form.identity import is_output
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Template


@dataclass(frozen=True)
class Consolidated:
    """What has been read, which file counts for which OPD, and the figures of each and of all."""

    batch: Batch
    figures: Totals

    @property
    def status(self) -> Status:
        """``tidak terbaca`` where any file is, ``galat`` where any counted file or the batch has one, else ``bersih``."""
        chosen = self.batch.chosen
        outcomes = {each.outcome for each in chosen.sent}
        if Outcome.UNREADABLE in outcomes:
            return Status.UNREADABLE
        findings = [*chosen.findings, *(finding for each in chosen.sent for finding in each.findings)]
        refused = any(finding.severity is Severity.GALAT for finding in findings)
        return Status.GALAT if refused or Outcome.FAULTY in outcomes else Status.CLEAN


def consolidate(  # noqa: PLR0913 - what the command has as options
    paths: Sequence[Path],
    output: Path,
    *,
    registry: Path | None = None,
    year: int | None = None,
    parquet: Path | None = None,
    word: Path | None = None,
    options: Options | None = None,
    force: bool = False,
    progress: Progress = lambda _done, _all: None,
) -> Consolidated:
    """Read workbooks, or folders of them, and write one workbook that has them all; return what is in it.

    ``registry`` is a CSV of the OPDs that must report; without it all that have sent are expected. ``year`` is that of
    the reports, by default that of most files. ``parquet`` is a folder for every row of every table, with kode and opd;
    ``word`` is the report of all OPDs as a document.
    Without ``options`` one process for each core reads, and what they read is kept beside the output. Outputs that are
    there already are replaced with ``force`` only.

    No output is there before all are, and none where it raises ``LkjipError``, whose text is one Indonesian sentence. A
    file that cannot be read is no error: it is in ``batch.chosen.sent``, with the reason.
    """
    options = options or Options(output.parent)
    known = [registry] if registry else []
    found = find_workbooks(paths, apart=output if is_output(output) else None, some=False, known=known)
    if not found.files and not found.unread and registry is None:
        raise SetupError("tidak ada berkas .xlsx untuk dikonsolidasikan")
    template = load_template(options.templates)
    _check_targets(output, parquet, word, template, inputs=[*found.files, *known], force=force)
    expected = load_registry(registry, template.codes) if registry else None
    batch = read_batch(found, template, options, registry=expected, year=year, progress=progress)
    with batch.store.in_use(), ExitStack() as outputs:
        figures = totals(batch)
        if parquet is not None:
            write_parquet(batch, outputs.enter_context(whole_folder(parquet, force=force)))
        if word is not None:
            outputs.enter_context(whole_file(word, force=force)).write_bytes(regency_document(batch, figures))
        target = outputs.enter_context(whole_file(output, force=force))
        write_workbook(batch, figures, target, output.parent)
    return Consolidated(batch, figures)


def _check_targets(
    output: Path,
    parquet: Path | None,
    word: Path | None,
    template: Template,
    *,
    inputs: Sequence[Path],
    force: bool,
) -> None:
    """Raise ``LkjipError`` where one of the outputs cannot be, before any work is done."""
    check_target(output, force=force, inputs=inputs)
    if parquet is not None:
        check_folder(parquet, force=force)
        if parquet.resolve() == output.resolve():
            raise SetupError("--output dan --parquet menunjuk tempat yang sama")
    if word is not None:
        check_target(word, force=force, inputs=inputs)
        if template.report is None or not template.report.regency:
            reason = "kumpulan templat ini tidak mendeklarasikan laporan gabungan"
            raise SetupError(f"{reason} ([[regency]] di laporan.toml)")
