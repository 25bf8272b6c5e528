"""The command ``report``: the report in Word, new or brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lkjip_xl.base.errors import SetupError, WorkbookError
from lkjip_xl.base.files import shown
from lkjip_xl.base.findings import Status
from lkjip_xl.base.showing import printable, sentence
from lkjip_xl.cli.common import (
    FAULTS_FOUND,
    Force,
    Larger,
    Templates,
    check_name,
    exit_code,
    one_line_errors,
)

Source = Annotated[
    Path, typer.Argument(help="Buku kerja yang sudah diisi, atau folder berisi buku kerja.", metavar="PATH")
]
Target = Annotated[
    Path,
    typer.Option(
        "-o",
        "--output",
        help="Laporan yang dibuat; untuk folder: folder laporannya.",
        metavar="LAPORAN.docx",
    ),
]
Base = Annotated[
    Path | None,
    typer.Option(
        "--base", help="Dokumen dengan gaya, kop, dan logo OPD, tempat laporan ditulis.", metavar="KOP.docx"
    ),
]
Earlier = Annotated[
    Path | None,
    typer.Option(
        "--update",
        help="Laporan yang sudah disunting: hanya yang berasal dari buku kerja diperbarui.",
        metavar="LAMA.docx",
    ),
]
Restore = Annotated[
    bool, typer.Option("--restore", help="Dengan --update: kembalikan juga bagian yang sudah dihapus orang.")
]
Replace = Annotated[
    bool,
    typer.Option(
        "--replace-edited", help="Dengan --update: timpa juga kalimat dan tabel yang disunting orang."
    ),
]
Pages = Annotated[
    bool,
    typer.Option(
        "--pages/--no-pages", help="Nomor halaman di daftar isi, dihitung LibreOffice bila terpasang."
    ),
]


def report(  # noqa: PLR0913 - the options of a command
    source: Source,
    output: Target,
    base: Base = None,
    update: Earlier = None,
    restore: Restore = False,
    replace_edited: Replace = False,
    pages: Pages = True,
    templates: Templates = None,
    limits: Larger = 1,
    force: Force = False,
) -> None:
    """Buat laporan Word, atau perbarui yang sudah disunting. Kode keluar seperti validate; 1 juga bila ada bagian yang tidak dapat diperbarui."""
    with one_line_errors():
        if update is not None and base is not None:
            raise SetupError("--update memakai gaya laporan lama; jangan pakai --base")
        if update is None and (restore or replace_edited):
            raise SetupError("--restore dan --replace-edited memerlukan --update")
        if update is not None and source.is_dir():
            raise SetupError("--update memerlukan satu buku kerja, bukan folder")
        from lkjip_xl.base.output import write_whole
        from lkjip_xl.report.docx.report import Asked, report_of
        from lkjip_xl.template.load import load_template
        from lkjip_xl.xlsx.guard import LIMITS

        declared = load_template(templates)
        given = [each for each in (base, update) if each is not None]
        asked = Asked(base=base, earlier=update, restore=restore, replace_edited=replace_edited, pages=pages)
        statuses, left = [], False
        for file, target in _pairs(source, output, given, force=force):
            try:
                written = report_of(file, declared, asked, LIMITS.times(limits))
            except WorkbookError as error:
                if not source.is_dir():
                    raise
                typer.echo(f"lkjip-xl: {sentence(str(error))}", err=True)
                statuses.append(Status.UNREADABLE)
                continue
            write_whole(target, written.content, force=force)
            statuses.append(written.checked.status)
            left |= written.left
            for line in written.told:
                typer.echo(printable(line))
            typer.echo(f"Dibuat: {shown(target)} ({written.summary})")
    raise typer.Exit(max(exit_code(statuses), FAULTS_FOUND if left else 0))


def _pairs(source: Path, output: Path, given: list[Path], *, force: bool) -> list[tuple[Path, Path]]:
    """Return each workbook with the document that is made of it; of a folder under the workbook's name."""
    from lkjip_xl.base.files import find_workbooks
    from lkjip_xl.base.output import check_target, free_names

    if not source.is_dir():
        check_name(output, ".docx")
        pairs = [(source, output)]
    else:
        found = find_workbooks([source], apart=output)
        for path, reason in (*found.unread, *found.lists):
            typer.echo(f"lkjip-xl: {shown(path)}: {reason}", err=True)
        targets = free_names([file.with_suffix(".docx") for file in found.files], output)
        pairs = list(zip(found.files, targets, strict=True))
    for file, target in pairs:
        check_target(target, force=force, inputs=[file, *given])
    return pairs
