"""What all commands share: options, one line for each error, text that a terminal can show, progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lkjip_xl.base.errors import LkjipError, SetupError, file_reason
from lkjip_xl.base.findings import Status
from lkjip_xl.base.showing import sentence

BAD_INPUT, FAULTS_FOUND, INTERRUPTED = 2, 1, 130

Paths = Annotated[
    list[Path], typer.Argument(help="Buku kerja, atau folder berisi buku kerja.", metavar="PATH...")
]
SomePaths = Annotated[
    list[Path] | None, typer.Argument(help="Buku kerja, atau folder berisi buku kerja.", metavar="PATH...")
]
Templates = Annotated[
    Path | None, typer.Option("--templates", help="Folder templat pengganti.", metavar="FOLDER")
]
Force = Annotated[bool, typer.Option("--force", help="Timpa berkas hasil yang sudah ada.")]


Larger = Annotated[
    int,
    typer.Option(
        "--limits",
        help="Kalikan semua batas ukuran berkas dengan N, bila berkas yang wajar ditolak karena besarnya.",
        min=1,
        max=100,
        metavar="N",
    ),
]


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


Formats = Annotated[Format, typer.Option("--format", help="Bentuk keluaran.")]


def exit_code(statuses: Iterable[Status]) -> int:
    """Return 2 where a file could not be read, 1 where one has a galat, else 0."""
    seen = set(statuses)
    if Status.UNREADABLE in seen:
        return BAD_INPUT
    return FAULTS_FOUND if Status.GALAT in seen else 0


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn an expected error into one line on standard error and exit code 2."""
    try:
        yield
    except LkjipError as error:
        typer.echo(f"lkjip-xl: {sentence(str(error))}", err=True)
        raise typer.Exit(BAD_INPUT) from None
    except OSError as error:
        if error.errno and not error.filename:  # of no file: of what is printed, see cli.run
            raise
        where = f"{error.filename}: " if error.filename else ""
        typer.echo(f"lkjip-xl: {sentence(where + file_reason(error))}", err=True)
        raise typer.Exit(BAD_INPUT) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None


@contextmanager
def extra() -> Iterator[None]:
    """Say what has to be installed, where what the portal needs is not."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise SetupError(f"portal memerlukan {error.name}: pip install lkjip-xl[portal]") from None


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None]]:
    """Yield what is told how many files are done: a bar with rate and remaining time on a terminal, else lines."""
    if not sys.stderr.isatty():
        told: list[int] = []  # how many were done when it was last said, at first those known already

        def line(done: int, total: int) -> None:
            if not told:
                told.append(done)
            elif (done == total or done - told[0] >= total / 10) and done != told[0]:
                told[0] = done
                typer.echo(f"{done} dari {total} berkas dibaca", err=True)

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("Membaca"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("sisa"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, rate="")

        def update(done: int, total: int) -> None:
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
            bar.update(task, completed=done, total=total, rate=f"{speed:.0f} berkas/detik" if speed else "")

        yield update


def check_name(output: Path, ending: str) -> None:
    """Raise ``SetupError`` where an output does not have the ending of what is written."""
    if output.suffix.lower() != ending:
        raise SetupError(f"nama berkas hasil harus berakhir dengan {ending}", output)
