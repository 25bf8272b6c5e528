"""The command ``lkjip-xl``: reads arguments, calls the library, prints. Heavy libraries are imported by the commands."""

from __future__ import annotations

import gc
import io
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lkjip_xl import __version__
from lkjip_xl.cli_common import (
    BAD_INPUT,
    FAULTS_FOUND,
    Force,
    Format,
    Templates,
    check_name,
    one_line_errors,
    printable,
)
from lkjip_xl.cli_consolidate import consolidate
from lkjip_xl.cli_wording import Command, Group, NoArgsIsHelpError, UsageError, usage_message
from lkjip_xl.errors import LkjipError, SetupError

if TYPE_CHECKING:
    from lkjip_xl.pipeline import Checked
    from lkjip_xl.submission import Submission
    from lkjip_xl.template.model import Setup, Template

app = typer.Typer(
    name="lkjip-xl",
    help="Laporan Kinerja (LKjIP) sebagai buku kerja Excel yang menghitung dan memeriksa dirinya sendiri.",
    cls=Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"lkjip-xl {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Tampilkan versi.")
    ] = False,
) -> None:
    """Laporan Kinerja (LKjIP) sebagai buku kerja Excel yang menghitung dan memeriksa dirinya sendiri."""


@app.command(cls=Command)
def template(  # noqa: PLR0913 - one parameter for each option
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            help="Buku kerja yang dibuat; dengan --registry foldernya.",
            metavar="BERKAS.xlsx",
        ),
    ],
    data: Annotated[
        Path | None, typer.Option("--data", help="Data JSON untuk mengisi buku kerja.", metavar="BERKAS.json")
    ] = None,
    opd: Annotated[str | None, typer.Option("--opd", help="Kode perangkat daerah.", metavar="KODE")] = None,
    nama: Annotated[str | None, typer.Option("--nama", help="Nama perangkat daerah.", metavar="NAMA")] = None,
    tahun: Annotated[
        int | None, typer.Option("--tahun", help="Tahun laporan; bawaannya tahun lalu.", metavar="TAHUN")
    ] = None,
    periode: Annotated[
        str | None,
        typer.Option(
            "--periode",
            help="Periode Renstra, misalnya 2018-2023; bawaannya lima tahun sampai tahun laporan.",
            metavar="AWAL-AKHIR",
        ),
    ] = None,
    modul: Annotated[
        list[str] | None,
        typer.Option("--modul", help="Modul tambahan, misalnya idm; boleh berulang.", metavar="MODUL"),
    ] = None,
    baris: Annotated[
        list[str] | None,
        typer.Option(
            "--baris", help="Jumlah baris tabel, misalnya keuangan=250; boleh berulang.", metavar="TABEL=N"
        ),
    ] = None,
    registry: Annotated[
        Path | None,
        typer.Option(
            "--registry", help="Daftar OPD (CSV): satu buku kerja kosong untuk tiap OPD.", metavar="OPD.csv"
        ),
    ] = None,
    templates: Templates = None,
    force: Force = False,
) -> None:
    """Buat buku kerja isian, kosong atau terisi dari data JSON."""
    with one_line_errors():
        from lkjip_xl.output import check_target, write_whole
        from lkjip_xl.template.load import load_template

        if registry is not None:
            if data is not None or opd is not None or nama is not None:
                raise SetupError("--registry tidak dipakai bersama --data, --opd, atau --nama")
            _templates_for_all(
                registry, output, load_template(templates), tahun, periode, modul, baris, force
            )
            return
        check_target(output, force=force, inputs=[data] if data else ())
        check_name(output, ".xlsx")
        declared = load_template(templates)
        submission = _submission(declared, data, tahun, periode, modul, baris, opd, nama)
        from lkjip_xl.render import render

        write_whole(output, render(declared, submission), force=force)
    typer.echo(f"Dibuat: {printable(str(output))}")


def _templates_for_all(
    registry: Path,
    folder: Path,
    template: Template,
    tahun: int | None,
    periode: str | None,
    modul: list[str] | None,
    baris: list[str] | None,
    force: bool,
) -> None:
    """Write the blank workbook of each OPD of a registry."""
    from lkjip_xl.consolidate.registry import load_registry
    from lkjip_xl.output import check_target, free_names, write_whole
    from lkjip_xl.render import render

    opds = load_registry(registry)
    submissions = []
    for opd in opds:
        modules = [*(modul or []), *sorted(opd.modules)]
        period = opd.period or periode
        try:
            each = _submission(template, None, tahun, period, modules, baris, opd.code, opd.name)
        except LkjipError as error:
            raise SetupError(f"{registry}: OPD {opd.code}: {error}") from None
        submissions.append(each)
    names = [
        Path(f"{_file_name(opd.code)}-{each.setup.year}.xlsx")
        for opd, each in zip(opds, submissions, strict=True)
    ]
    targets = free_names(names, folder)
    for target in targets:
        check_target(target, force=force)
    for target, submission in zip(targets, submissions, strict=True):
        write_whole(target, render(template, submission), force=force)
    typer.echo(f"Dibuat: {len(targets)} buku kerja di {printable(str(folder))}")


def _file_name(code: str) -> str:
    """Return an OPD code as every system takes it for a file's name."""
    kept = "".join(char if char.isalnum() or char in ".-_" else "-" for char in code)
    return kept.strip(".") or "opd"


def _submission(
    template: Template,
    data: Path | None,
    tahun: int | None,
    periode: str | None,
    modul: list[str] | None,
    baris: list[str] | None,
    opd: str | None,
    nama: str | None,
) -> Submission:
    from dataclasses import replace

    from lkjip_xl.data import checked_value, load_data
    from lkjip_xl.submission import initial, with_text

    if data is not None:
        if tahun is not None or periode is not None or modul:
            raise SetupError("--tahun, --periode dan --modul sudah ada di berkas --data; hapus dari perintah")
        submission = load_data(data, template)
    else:
        submission = initial(template, _setup(template, tahun, periode, modul or []))
    setup = replace(submission.setup, rows=_rows(template, baris or []))
    submission = replace(submission, setup=setup)
    for path, text in ((template.declared.identity.code, opd), (template.declared.identity.name, nama)):
        if text is not None:
            option = "--opd" if path == template.declared.identity.code else "--nama"
            checked_value(text, template.column(path)[1], option)
            submission = with_text(template, submission, path, text)
    return submission


def _setup(template: Template, tahun: int | None, periode: str | None, modul: list[str]) -> Setup:
    import datetime
    import re

    from lkjip_xl.data import checked_setup
    from lkjip_xl.template.model import Setup

    year = datetime.datetime.now(tz=datetime.UTC).year - 1 if tahun is None else tahun
    first, last = year - 4, year
    if periode is not None:
        match = re.fullmatch(r"(\d{4})-(\d{4})", periode)
        if match is None:
            raise SetupError(f"--periode {periode}: tulis seperti 2018-2023")
        first, last = int(match[1]), int(match[2])
    return checked_setup(Setup(year, (first, last), frozenset(modul)), template)


def _rows(template: Template, given: list[str]) -> dict[str, int]:
    rows: dict[str, int] = {}
    for text in given:
        key, _, number = text.partition("=")
        table = template.tables.get(key)
        if table is None or table.is_form or table.declared.fixed_rows or table.declared.rows_from:
            raise SetupError(f"--baris {text}: tabel {key} tidak ada atau barisnya tetap")
        if not number.isdecimal() or not 1 <= int(number) <= 5000:
            raise SetupError(f"--baris {text}: jumlah baris harus 1 sampai 5000")
        rows[key] = int(number)
    return rows


@app.command(cls=Command)
def validate(
    paths: Annotated[
        list[Path], typer.Argument(help="Buku kerja, atau folder berisi buku kerja.", metavar="PATH...")
    ],
    format: Annotated[Format, typer.Option("--format", help="Bentuk keluaran.")] = Format.TEXT,  # noqa: A002 - the option's name
    annotate: Annotated[
        Path | None,
        typer.Option(
            "--annotate",
            help="Folder untuk buku kerja yang dikembalikan: isinya sama, temuannya ditandai.",
            metavar="FOLDER",
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", help="Halaman temuan untuk peramban atau ponsel.", metavar="TEMUAN.html"),
    ] = None,
    templates: Templates = None,
    force: Force = False,
) -> None:
    """Periksa buku kerja. Kode keluar: 0 tanpa galat, 1 ada galat, 2 ada berkas yang tidak terbaca."""
    with one_line_errors():
        from lkjip_xl.files import find_workbooks
        from lkjip_xl.output import check_target, free_names, write_whole
        from lkjip_xl.pipeline import returned
        from lkjip_xl.pipeline import validate as validate_files
        from lkjip_xl.report_text import as_json, as_text
        from lkjip_xl.template.load import load_template

        declared = load_template(templates)
        files = find_workbooks(paths, apart=annotate).files
        targets = free_names(files, annotate) if annotate else []
        if report and report.resolve() in {target.resolve() for target in targets}:
            raise SetupError("--report dan --annotate menunjuk berkas yang sama")
        for target in [*targets, *([report] if report else [])]:
            check_target(target, force=force, inputs=files)
        checked, _ = validate_files(files, declared)
        if format is Format.JSON:
            typer.echo(json.dumps(as_json(checked, declared), ensure_ascii=False, indent=2))
        else:
            typer.echo(printable(as_text(checked, declared)))
        for each, target in zip(checked, targets, strict=False):
            if each.workbook is not None:
                write_whole(target, returned(each, declared), force=force)
                typer.echo(f"Dibuat: {printable(str(target))}", err=True)
        if report:
            from lkjip_xl.report_html import as_html

            write_whole(report, as_html(checked, declared).encode(), force=force)
            typer.echo(f"Dibuat: {printable(str(report))}", err=True)
    raise typer.Exit(_exit_code(checked))


def _exit_code(checked: list[Checked]) -> int:
    statuses = {each.status for each in checked}
    if "tidak terbaca" in statuses:
        return BAD_INPUT
    return FAULTS_FOUND if "galat" in statuses else 0


@app.command(cls=Command)
def summarize(
    file: Annotated[Path, typer.Argument(help="Buku kerja yang sudah diisi.", metavar="BERKAS.xlsx")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Ringkasan yang dibuat.", metavar="RINGKASAN.xlsx")
    ],
    templates: Templates = None,
    force: Force = False,
) -> None:
    """Buat ringkasan siap cetak. Kode keluar seperti validate."""
    with one_line_errors():
        from lkjip_xl.output import check_target, write_whole
        from lkjip_xl.template.load import load_template

        check_target(output, force=force, inputs=[file])
        check_name(output, ".xlsx")
        declared = load_template(templates)
        from lkjip_xl.pipeline import summary

        checked, content = summary(file, declared)
        write_whole(output, content, force=force)
    typer.echo(f"Dibuat: {printable(str(output))} ({len(checked.findings)} temuan)")
    raise typer.Exit(_exit_code([checked]))


app.command(cls=Command)(consolidate)


@app.command(cls=Command)
def export(
    file: Annotated[Path, typer.Argument(help="Buku kerja yang sudah diisi.", metavar="BERKAS.xlsx")],
    computed: Annotated[bool, typer.Option("--computed", help="Sertakan semua kolom hitungan.")] = False,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Berkas JSON; tanpa ini ke layar.", metavar="DATA.json"),
    ] = None,
    templates: Templates = None,
    force: Force = False,
) -> None:
    """Keluarkan isian buku kerja sebagai JSON; kebalikan dari template --data."""
    with one_line_errors():
        from lkjip_xl.data import dumps
        from lkjip_xl.output import check_target, write_whole
        from lkjip_xl.pipeline import export as export_file
        from lkjip_xl.template.load import load_template

        if output is not None:
            check_target(output, force=force, inputs=[file])
        document, lost = export_file(file, load_template(templates), computed=computed)
        text = dumps(document)
        if output is None:
            sys.stdout.write(text)
        else:
            write_whole(output, text.encode(), force=force)
        if lost:
            typer.echo(
                f"lkjip-xl: {lost} isian tidak terbaca dan tidak ikut keluar; lihat lkjip-xl validate",
                err=True,
            )


class CatalogueFormat(StrEnum):
    """How the catalogue of rules is printed."""

    TEXT = "text"
    MD = "md"
    JSON = "json"


CatalogueChoice = Annotated[CatalogueFormat, typer.Option("--format", help="Bentuk keluaran.")]


@app.command(cls=Command)
def rules(
    format: CatalogueChoice = CatalogueFormat.TEXT,  # noqa: A002 - the option's name
    templates: Templates = None,
) -> None:
    """Tampilkan semua aturan pemeriksaan."""
    with one_line_errors():
        from lkjip_xl.catalogue import as_markdown, as_text, catalogue
        from lkjip_xl.template.load import load_template

        entries = catalogue(load_template(templates))
    match format:
        case CatalogueFormat.TEXT:
            typer.echo(printable(as_text(entries)))
        case CatalogueFormat.MD:
            typer.echo(as_markdown(entries))
        case CatalogueFormat.JSON:
            typer.echo(json.dumps(entries, ensure_ascii=False, indent=2))


def run() -> None:
    """Run the command line; wrong usage is one Indonesian sentence and exit code 2."""
    # Importing makes many objects that live until the end; looking through them again and again costs a tenth.
    gc.set_threshold(100_000, 50, 50)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # Windows would write another encoding into files and pipes
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = app(standalone_mode=False)
    except NoArgsIsHelpError as error:
        typer.echo(error.format_message())
        code = BAD_INPUT
    except UsageError as error:
        typer.echo(f"lkjip-xl: {printable(usage_message(error))}; lihat lkjip-xl --help", err=True)
        code = BAD_INPUT
    except (typer.Abort, KeyboardInterrupt):
        typer.echo("lkjip-xl: dihentikan", err=True)
        code = 130
    sys.exit(code)
