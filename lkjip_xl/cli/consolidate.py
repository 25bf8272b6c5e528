"""The command ``lkjip-xl consolidate``."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from lkjip_xl.base.errors import SetupError
from lkjip_xl.base.files import json_text, shown
from lkjip_xl.base.showing import printable
from lkjip_xl.cli.common import (
    BAD_INPUT,
    FAULTS_FOUND,
    Force,
    Format,
    Larger,
    Templates,
    check_name,
    one_line_errors,
    progress_bar,
)


def consolidate(  # noqa: PLR0913 - one parameter for each option
    paths: Annotated[
        list[Path], typer.Argument(help="Buku kerja, atau folder berisi buku kerja.", metavar="PATH...")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Hasil konsolidasi.", metavar="KONSOLIDASI.xlsx")
    ],
    registry: Annotated[
        Path | None,
        typer.Option(
            "--registry", help="Daftar OPD yang wajib melapor (CSV: kode, nama).", metavar="OPD.csv"
        ),
    ] = None,
    tahun: Annotated[
        int | None,
        typer.Option("--tahun", help="Tahun laporan; bawaannya tahun kebanyakan berkas.", metavar="TAHUN"),
    ] = None,
    parquet: Annotated[
        Path | None,
        typer.Option("--parquet", help="Folder untuk semua baris sebagai Parquet.", metavar="FOLDER"),
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", help="Jumlah proses; bawaannya satu tiap inti.", metavar="N", min=0)
    ] = 0,
    cluster: Annotated[
        str,
        typer.Option(
            "--cluster", help="Alamat penjadwal Dask, sebagai ganti --jobs.", metavar="tcp://HOST:PORT"
        ),
    ] = "",
    cache: Annotated[
        Path | None,
        typer.Option(
            "--cache",
            help="Folder untuk simpanan bacaan (.lkjip-xl di dalamnya, boleh dihapus); bawaannya folder hasilnya.",
            metavar="FOLDER",
        ),
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="Bentuk keluaran.")] = Format.TEXT,  # noqa: A002 - the option's name
    templates: Templates = None,
    limits: Larger = 1,
    force: Force = False,
) -> None:
    """Gabungkan banyak buku kerja menjadi satu hasil. Kode keluar seperti validate."""
    with one_line_errors():
        from lkjip_xl.base.files import find_workbooks
        from lkjip_xl.base.output import check_folder, check_target, whole_file, whole_folder
        from lkjip_xl.consolidate.registry import load_registry
        from lkjip_xl.consolidate.report import as_json, as_text, write_parquet
        from lkjip_xl.consolidate.run import Options, read_batch
        from lkjip_xl.consolidate.totals import totals
        from lkjip_xl.consolidate.workbook import write_workbook
        from lkjip_xl.form.identity import is_output
        from lkjip_xl.template.load import load_template
        from lkjip_xl.xlsx.guard import LIMITS

        check_name(output, ".xlsx")
        known = [registry] if registry else []
        found = find_workbooks(paths, apart=output if is_output(output) else None, some=False, known=known)
        if not found.files and not found.unread and registry is None:
            raise SetupError("tidak ada berkas .xlsx untuk dikonsolidasikan")
        check_target(output, force=force, inputs=[*found.files, *known])
        if parquet is not None:
            check_folder(parquet, force=force)
            if parquet.resolve() == output.resolve():
                raise SetupError("--output dan --parquet menunjuk tempat yang sama")
        declared = load_template(templates)
        expected = load_registry(registry, declared.codes) if registry else None
        options = Options(cache or output.parent, jobs, cluster, templates, LIMITS.times(limits))
        with progress_bar() as progress:
            batch = read_batch(found, declared, options, registry=expected, year=tahun, progress=progress)
        with batch.store.in_use(), ExitStack() as outputs:  # no output is there before all are
            figures = totals(batch)
            if parquet is not None:
                write_parquet(batch, outputs.enter_context(whole_folder(parquet, force=force)))
            target = outputs.enter_context(whole_file(output, force=force))
            write_workbook(batch, figures, target, output.parent)
    if format is Format.JSON:
        typer.echo(json_text(as_json(batch, figures)))
    else:
        typer.echo(printable(as_text(batch, figures)))
        typer.echo(f"Dibuat: {shown(output)}")
    statuses = {each.status.value for each in batch.chosen.sent}
    if "tidak terbaca" in statuses:
        raise typer.Exit(BAD_INPUT)
    findings = [*batch.chosen.findings, *(finding for each in batch.chosen.sent for finding in each.findings)]
    refused = any(finding.severity.value == "galat" for finding in findings)
    raise typer.Exit(FAULTS_FOUND if refused or "bergalat" in statuses else 0)
