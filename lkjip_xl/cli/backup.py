"""The commands ``lkjip-xl backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lkjip_xl.base.files import shown
from lkjip_xl.cli.common import Force, check_name, extra, one_line_errors
from lkjip_xl.cli.serve import Database

_Archive = Annotated[Path, typer.Argument(help="Cadangan yang dibuat dengan backup.", metavar="CADANGAN.zip")]


def backup(
    data: Annotated[Path, typer.Argument(help="Folder data portal.", metavar="FOLDER")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Cadangan yang dibuat.", metavar="CADANGAN.zip")
    ],
    db: Database = "",
    force: Force = False,
) -> None:
    """Buat cadangan portal dalam satu berkas; portal boleh sambil berjalan."""
    with one_line_errors():
        with extra():
            from lkjip_xl.portal.backup import backup as run
            from lkjip_xl.portal.settings import Settings

        check_name(output, ".zip")
        saved = run(Settings(data, db), output, force=force)
    typer.echo(f"Dibuat: {shown(output)} ({saved.submissions} kiriman, {saved.files} berkas)")


def restore(
    archive: _Archive,
    data: Annotated[Path, typer.Option("--data", help="Folder data baru, yang belum ada.", metavar="FOLDER")],
    db: Database = "",
) -> None:
    """Pulihkan portal dari cadangan ke folder baru, dan dengan --db ke basis data kosong."""
    with one_line_errors():
        with extra():
            from lkjip_xl.portal.backup import restore as run
            from lkjip_xl.portal.settings import Settings

        saved = run(archive, Settings(data, db))
    typer.echo(f"Dipulihkan: {shown(data)} ({saved.submissions} kiriman, {saved.files} berkas)")
