"""The command ``lkjip-xl consolidate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lkjip_xl.base.files import json_text, shown
from lkjip_xl.base.showing import printable
from lkjip_xl.cli.common import (
    Force,
    Format,
    Formats,
    Larger,
    SomePaths,
    Templates,
    check_name,
    exit_code,
    one_line_errors,
    progress_bar,
)

Output = Annotated[
    Path, typer.Option("-o", "--output", help="Hasil konsolidasi.", metavar="KONSOLIDASI.xlsx")
]
Registry = Annotated[
    Path | None,
    typer.Option("--registry", help="Daftar OPD yang wajib melapor (CSV: kode, nama).", metavar="OPD.csv"),
]
Decisions = Annotated[
    Path | None,
    typer.Option(
        "--decisions",
        help="Keputusan koordinator (CSV: opd, keputusan, alasan, oleh; berkas atau aturan bila perlu).",
        metavar="KEPUTUSAN.csv",
    ),
]
Gathered = Annotated[
    list[Path] | None,
    typer.Option(
        "--from", help="Folder hasil --parquet, sebagai ganti buku kerja; boleh beberapa.", metavar="FOLDER"
    ),
]
Compared = Annotated[
    list[Path] | None,
    typer.Option(
        "--compare",
        help="Folder hasil --parquet tahun lalu, untuk dibandingkan; boleh beberapa.",
        metavar="FOLDER",
    ),
]
Year = Annotated[
    int | None,
    typer.Option("--tahun", help="Tahun laporan; bawaannya tahun kebanyakan berkas.", metavar="TAHUN"),
]
Parquet = Annotated[
    Path | None,
    typer.Option("--parquet", help="Folder untuk semua baris sebagai Parquet.", metavar="FOLDER"),
]
Word = Annotated[
    Path | None,
    typer.Option("--word", help="Laporan gabungan dalam Word yang dibuat.", metavar="KABUPATEN.docx"),
]
Report = Annotated[
    Path | None,
    typer.Option(
        "--report", help="Halaman HTML yang dibuat, untuk layar dan kertas.", metavar="KABUPATEN.html"
    ),
]
Jobs = Annotated[
    int, typer.Option("--jobs", help="Jumlah proses; bawaannya satu tiap inti.", metavar="N", min=0)
]
Cluster = Annotated[
    str,
    typer.Option("--cluster", help="Alamat penjadwal Dask, sebagai ganti --jobs.", metavar="tcp://HOST:PORT"),
]
Cache = Annotated[
    Path | None,
    typer.Option(
        "--cache",
        help="Folder untuk simpanan bacaan (.lkjip-xl di dalamnya, boleh dihapus); bawaannya folder hasilnya.",
        metavar="FOLDER",
    ),
]


def consolidate(  # noqa: PLR0913 - one parameter for each option
    output: Output,
    paths: SomePaths = None,
    registry: Registry = None,
    decisions: Decisions = None,
    gathered: Gathered = None,
    compared: Compared = None,
    tahun: Year = None,
    parquet: Parquet = None,
    word: Word = None,
    report: Report = None,
    jobs: Jobs = 0,
    cluster: Cluster = "",
    cache: Cache = None,
    format: Formats = Format.TEXT,  # noqa: A002 - the option's name
    templates: Templates = None,
    limits: Larger = 1,
    force: Force = False,
) -> None:
    """Gabungkan banyak buku kerja menjadi satu hasil. Kode keluar seperti validate."""
    with one_line_errors():
        from lkjip_xl.consolidation import run
        from lkjip_xl.consolidation.batch import Options
        from lkjip_xl.consolidation.report import as_json, as_text
        from lkjip_xl.xlsx.guard import LIMITS

        check_name(output, ".xlsx")
        if word is not None:
            check_name(word, ".docx")
        if report is not None:
            check_name(report, ".html")
        options = Options(cache or output.parent, jobs, cluster, templates, LIMITS.times(limits))
        inputs = run.Inputs(paths or (), registry, decisions, gathered or (), compared or (), tahun)
        outputs = run.Outputs(output, parquet, word, report)
        with progress_bar() as progress:
            result = run.consolidate(inputs, outputs, options=options, force=force, progress=progress)
    if format is Format.JSON:
        typer.echo(json_text(as_json(result.batch, result.figures)))
    else:
        typer.echo(printable(as_text(result.batch, result.figures)))
        for made in (output, *filter(None, (word, report))):
            typer.echo(f"Dibuat: {shown(made)}")
    raise typer.Exit(exit_code([result.status]))
