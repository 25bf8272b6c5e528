"""The command ``lkjip-xl``: reads arguments, calls the library, prints. Heavy libraries are imported by the commands."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lkjip_xl import __version__
from lkjip_xl.base.errors import SetupError, file_reason
from lkjip_xl.base.files import json_text, shown
from lkjip_xl.base.showing import one_line, printable
from lkjip_xl.cli.backup import backup, restore
from lkjip_xl.cli.common import (
    BAD_INPUT,
    FAULTS_FOUND,
    INTERRUPTED,
    Force,
    Format,
    Formats,
    Larger,
    Paths,
    Templates,
    check_name,
    exit_code,
    one_line_errors,
)
from lkjip_xl.cli.consolidate import consolidate
from lkjip_xl.cli.report import report
from lkjip_xl.cli.review import reviu
from lkjip_xl.cli.serve import serve
from lkjip_xl.cli.template import template
from lkjip_xl.cli.words import Command, Group, NoArgsIsHelpError, UsageError, usage_message

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


app.command(cls=Command)(template)


Annotate = Annotated[
    Path | None,
    typer.Option(
        "--annotate",
        help="Folder untuk buku kerja yang dikembalikan: isinya sama, temuannya ditandai.",
        metavar="FOLDER",
    ),
]
Page = Annotated[
    Path | None,
    typer.Option("--report", help="Halaman temuan untuk peramban atau ponsel.", metavar="TEMUAN.html"),
]


@app.command(cls=Command)
def validate(
    paths: Paths,
    format: Formats = Format.TEXT,  # noqa: A002 - the option's name
    annotate: Annotate = None,
    report: Page = None,
    templates: Templates = None,
    limits: Larger = 1,
    force: Force = False,
) -> None:
    """Periksa buku kerja. Kode keluar: 0 tanpa galat, 1 ada galat, 2 ada berkas yang tidak terbaca."""
    with one_line_errors():
        from lkjip_xl.base.files import find_workbooks
        from lkjip_xl.base.output import check_target, free_names
        from lkjip_xl.pipeline import returned, validate_found
        from lkjip_xl.report.text import as_json, as_text
        from lkjip_xl.template.load import load_template
        from lkjip_xl.xlsx.guard import LIMITS

        declared = load_template(templates)
        found = find_workbooks(paths, apart=annotate)
        targets = free_names(found.files, annotate) if annotate else []
        if report and report.resolve() in {target.resolve() for target in targets}:
            raise SetupError("--report dan --annotate menunjuk berkas yang sama")
        for target in [*targets, *([report] if report else [])]:
            check_target(target, force=force, inputs=found.files)
        checked, passed = validate_found(found, declared, LIMITS.times(limits), asked=paths)
        for path, reason in passed:
            typer.echo(f"lkjip-xl: {shown(path)}: {reason}", err=True)
        if format is Format.JSON:
            typer.echo(json_text(as_json(checked, declared)))
        else:
            typer.echo(printable(as_text(checked, declared)))
        pairs = dict(zip(found.files, targets, strict=False))
        for each in checked:
            if each.workbook is not None and each.path in pairs:
                _write(pairs[each.path], returned(each, declared), force=force)
        if report:
            from lkjip_xl.report.page import as_html

            _write(report, as_html(checked, declared).encode(), force=force)
    raise typer.Exit(exit_code(each.status for each in checked))


def _write(target: Path, content: bytes, *, force: bool) -> None:
    from lkjip_xl.base.output import write_whole

    write_whole(target, content, force=force)
    typer.echo(f"Dibuat: {shown(target)}", err=True)


@app.command(cls=Command)
def summarize(
    file: Annotated[Path, typer.Argument(help="Buku kerja yang sudah diisi.", metavar="BERKAS.xlsx")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Ringkasan yang dibuat.", metavar="RINGKASAN.xlsx")
    ],
    templates: Templates = None,
    limits: Larger = 1,
    force: Force = False,
) -> None:
    """Buat ringkasan siap cetak. Kode keluar seperti validate."""
    with one_line_errors():
        from lkjip_xl.base.output import check_target, write_whole
        from lkjip_xl.template.load import load_template
        from lkjip_xl.xlsx.guard import LIMITS

        check_target(output, force=force, inputs=[file])
        check_name(output, ".xlsx")
        declared = load_template(templates)
        from lkjip_xl.report.summary_book import summary

        checked, content = summary(file, declared, LIMITS.times(limits))
        write_whole(output, content, force=force)
    typer.echo(f"Dibuat: {shown(output)} ({len(checked.findings)} temuan)")
    raise typer.Exit(exit_code([checked.status]))


app.command(cls=Command)(report)


app.command(cls=Command)(consolidate)
app.command(cls=Command)(reviu)
app.command(cls=Command)(serve)
app.command(cls=Command)(backup)
app.command(cls=Command)(restore)


@app.command(cls=Command)
def export(
    file: Annotated[Path, typer.Argument(help="Buku kerja yang sudah diisi.", metavar="BERKAS.xlsx")],
    computed: Annotated[bool, typer.Option("--computed", help="Sertakan semua kolom hitungan.")] = False,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Berkas JSON; tanpa ini ke layar.", metavar="DATA.json"),
    ] = None,
    templates: Templates = None,
    limits: Larger = 1,
    force: Force = False,
) -> None:
    """Keluarkan isian buku kerja sebagai JSON; kebalikan dari template --data. Kode keluar 1: ada yang tidak ikut keluar."""
    with one_line_errors():
        from lkjip_xl.base.output import check_target, write_whole
        from lkjip_xl.form.json_data import dumps
        from lkjip_xl.pipeline import export as export_file
        from lkjip_xl.report.text import as_text
        from lkjip_xl.template.load import load_template
        from lkjip_xl.xlsx.guard import LIMITS

        if output is not None:
            check_target(output, force=force, inputs=[file])
        declared = load_template(templates)
        document, lost = export_file(file, declared, computed=computed, limits=LIMITS.times(limits))
        text = dumps(document)
        if output is None:
            sys.stdout.write(text)
        else:
            write_whole(output, text.encode(), force=force)
        if lost.findings:
            typer.echo(printable(as_text([lost], declared)), err=True)
            typer.echo("lkjip-xl: yang disebut di atas tidak ikut keluar", err=True)
            raise typer.Exit(FAULTS_FOUND)


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
        from lkjip_xl.report.catalogue import as_markdown, as_text, catalogue
        from lkjip_xl.template.load import load_template

        entries = catalogue(load_template(templates))
    match format:
        case CatalogueFormat.TEXT:
            typer.echo(printable(as_text(entries)))
        case CatalogueFormat.MD:
            typer.echo(as_markdown(entries))
        case CatalogueFormat.JSON:
            typer.echo(json_text(entries))


def run() -> None:
    """Run the command line; wrong usage is one Indonesian sentence and exit code 2."""
    # Importing makes many objects that live until the end; looking through them again and again costs a tenth.
    gc.set_threshold(100_000, 50, 50)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # Windows would write another encoding into files and pipes
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if (
        not sys.warnoptions
    ):  # what libraries remark to programmers is in English; also in processes that start here
        warnings.simplefilter("ignore")
        os.environ.setdefault("PYTHONWARNINGS", "ignore")
    with _ended_in_order() as ended:
        code = _code()
    if code == INTERRUPTED:  # typer makes it of Ctrl-C wherever that comes
        typer.echo("lkjip-xl: dihentikan", err=True)
        code = 128 + ended[0] if ended else code
    try:
        sys.stdout.flush()
    except OSError as error:
        code = _not_printed(error)
    sys.exit(code)


def _code() -> int:
    """Run a command and return its exit code."""
    try:
        return int(app(standalone_mode=False) or 0)
    except NoArgsIsHelpError as error:
        typer.echo(error.format_message())
        return BAD_INPUT
    except UsageError as error:
        typer.echo(f"lkjip-xl: {one_line(usage_message(error))}; lihat lkjip-xl --help", err=True)
        return BAD_INPUT
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except OSError as error:
        return _not_printed(error)


@contextmanager
def _ended_in_order() -> Iterator[list[int]]:
    """Let signals that ask the program to end do what Ctrl-C does; yield the list of those that came."""
    came: list[int] = []

    def end(number: int, _: object) -> None:
        came.append(number)
        raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        numbers = []
    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _not_printed(error: OSError) -> int:
    """Say why the output could not be printed, unless nobody reads it any more; return the exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or the interpreter would try once more at its end
    if isinstance(error, BrokenPipeError):
        return 1  # as typer has it
    typer.echo(f"lkjip-xl: keluaran tidak dapat ditulis ({file_reason(error)})", err=True)
    return BAD_INPUT
