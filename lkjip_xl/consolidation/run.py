"""Many workbooks to one: the whole line from paths to outputs."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from lkjip_xl.base.errors import SetupError
from lkjip_xl.base.files import Found, find_workbooks
from lkjip_xl.base.findings import Severity, Status
from lkjip_xl.base.output import check_folder, check_target, whole_file, whole_folder
from lkjip_xl.consolidation.batch import Batch, Options, Progress, read_batch
from lkjip_xl.consolidation.chosen import Outcome
from lkjip_xl.consolidation.deciding import decided
from lkjip_xl.consolidation.decisions import load_decisions
from lkjip_xl.consolidation.gathered import gather
from lkjip_xl.consolidation.page import write_page
from lkjip_xl.consolidation.parquet import write_parquet
from lkjip_xl.consolidation.regent.shown import Regent
from lkjip_xl.consolidation.registry import load_registry
from lkjip_xl.consolidation.totals import Totals, totals
from lkjip_xl.consolidation.word import regency_document
from lkjip_xl.consolidation.workbook import Earlier, write_workbook
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


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is put together: workbooks or folders of them in ``paths``, or Parquet of earlier runs in ``gathered``.

    ``registry`` is a CSV of the OPDs that must report; without it all that have sent are expected. ``decisions`` is a
    CSV of what the coordinator has decided. ``year`` is that of the reports, by default that of most files, or the last
    of the Parquet. ``compared`` are folders of Parquet of earlier years.
    """

    paths: Sequence[Path] = ()
    registry: Path | None = None
    decisions: Path | None = None
    gathered: Sequence[Path] = ()
    compared: Sequence[Path] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Outputs:
    """What is written: the workbook, and where they are named Parquet, a report in Word and a page."""

    workbook: Path
    parquet: Path | None = None
    word: Path | None = None
    page: Path | None = None


def consolidate(
    inputs: Inputs,
    outputs: Outputs,
    *,
    options: Options | None = None,
    day: datetime.date | None = None,
    force: bool = False,
    progress: Progress = lambda _done, _all: None,
) -> Consolidated:
    """Read many workbooks, or what earlier runs have read, and write what is in them together; return it.

    Without ``options`` one process for each core reads, and what they read is kept beside the output. ``day`` is when
    the outputs are compiled, by default today. Outputs that are there already are replaced with ``force`` only.

    No output is there before all are, and none where it raises ``LkjipError``, whose text is one Indonesian sentence. A
    file that cannot be read is no error: it is in ``batch.chosen.sent``, with the reason.
    """
    options = options or Options(outputs.workbook.parent)
    template = load_template(options.templates)
    if inputs.gathered and inputs.paths:
        raise SetupError("berkas dan --from tidak dipakai bersama; pilih salah satu")
    known = [path for path in (inputs.registry, inputs.decisions) if path is not None]
    found = _found(inputs, outputs.workbook, known)
    _check_targets(outputs, template, inputs=[*found.files, *known], force=force)
    batch, years = _read(inputs, found, template, options, progress)
    with batch.in_use():
        figures = totals(batch)
        before = {
            year: (each, totals(each))
            for year, each in years.items()
            if year is not None and year < (batch.chosen.year or 0)
        }
        _write(
            batch, figures, before, outputs, day or datetime.datetime.now().astimezone().date(), force=force
        )
    return Consolidated(batch, figures)


def _read(
    inputs: Inputs, found: Found, template: Template, options: Options, progress: Progress
) -> tuple[Batch, Mapping[int | None, Batch]]:
    """Return the batch, and those of all years that were given as Parquet."""
    registry = load_registry(inputs.registry, template.codes) if inputs.registry else None
    decisions = load_decisions(inputs.decisions, template.codes) if inputs.decisions else ()
    years: Mapping[int | None, Batch] = {}
    if inputs.gathered:
        years = gather(inputs.gathered, template, registry=registry)
        batch = _of_year(years, inputs.year)
    else:
        batch = read_batch(
            found,
            template,
            options,
            registry=registry,
            decisions=decisions,
            year=inputs.year,
            progress=progress,
        )
    compared = gather(inputs.compared, template, registry=registry) if inputs.compared else {}
    return decided(batch, decisions), {**years, **compared}


def _found(inputs: Inputs, output: Path, known: Sequence[Path]) -> Found:
    """Return the workbooks to be read."""
    if inputs.gathered:
        return Found(())
    apart = output if is_output(output) else None
    found = find_workbooks(inputs.paths, apart=apart, some=False, known=known)
    if not found.files and not found.unread and inputs.registry is None:
        raise SetupError("tidak ada berkas .xlsx untuk dikonsolidasikan")
    return found


def _of_year(years: Mapping[int | None, Batch], year: int | None) -> Batch:
    """Return the batch of a year, by default of the last."""
    wanted = year if year is not None else max(filter(None, years), default=None)
    if wanted not in years:
        known = ", ".join(str(each) for each in sorted(filter(None, years)))
        raise SetupError(f"tidak ada Parquet tahun {year}; yang ada {known}")
    return years[wanted]


def _write(
    batch: Batch, figures: Totals, before: Earlier, outputs: Outputs, day: datetime.date, *, force: bool
) -> None:
    """Write all outputs, or none."""
    with ExitStack() as stack:
        if outputs.parquet is not None:
            write_parquet(batch, stack.enter_context(whole_folder(outputs.parquet, force=force)))
        if outputs.word is not None:
            written = stack.enter_context(whole_file(outputs.word, force=force))
            written.write_bytes(regency_document(batch, figures))
        if outputs.page is not None:
            declared = batch.template.declared.consolidation
            assert declared is not None  # noqa: S101 - see ``_check_targets``
            assert declared.regent is not None  # noqa: S101 - see there, too
            regent = Regent(batch, figures, before, declared.regent, day)
            write_page(regent, stack.enter_context(whole_file(outputs.page, force=force)))
        target = stack.enter_context(whole_file(outputs.workbook, force=force))
        write_workbook(batch, figures, target, outputs.workbook.parent, day=day, earlier=before)


def _check_targets(outputs: Outputs, template: Template, *, inputs: Sequence[Path], force: bool) -> None:
    """Raise ``LkjipError`` where one of the outputs cannot be, before any work is done."""
    check_target(outputs.workbook, force=force, inputs=inputs)
    if outputs.parquet is not None:
        check_folder(outputs.parquet, force=force)
        if outputs.parquet.resolve() == outputs.workbook.resolve():
            raise SetupError("--output dan --parquet menunjuk tempat yang sama")
    if outputs.word is not None:
        check_target(outputs.word, force=force, inputs=inputs)
        if template.report is None or not template.report.regency:
            reason = "kumpulan templat ini tidak mendeklarasikan laporan gabungan"
            raise SetupError(f"{reason} ([[regency]] di laporan.toml)")
    if outputs.page is not None:
        check_target(outputs.page, force=force, inputs=inputs)
        declared = template.declared.consolidation
        if declared is None or declared.regent is None:
            reason = "kumpulan templat ini tidak mendeklarasikan halaman bagi kepala daerah"
            raise SetupError(f"{reason} ([consolidation.regent])")
