"""The command ``reviu``: a printed report beside its workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lkjip_xl.base.files import json_text, shown
from lkjip_xl.base.showing import printable
from lkjip_xl.cli.common import (
    FAULTS_FOUND,
    Force,
    Format,
    Formats,
    Larger,
    Templates,
    check_name,
    one_line_errors,
)

Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="Buku kerja berisi semua temuan.", metavar="REVIU.xlsx"),
]


def reviu(
    document: Annotated[
        Path,
        typer.Argument(help="Laporan dalam bentuk Word, siapa pun yang mengetiknya.", metavar="LAPORAN.docx"),
    ],
    file: Annotated[Path, typer.Argument(help="Buku kerja laporan itu.", metavar="BERKAS.xlsx")],
    format: Formats = Format.TEXT,  # noqa: A002 - the option's name
    output: Output = None,
    templates: Templates = None,
    limits: Larger = 1,
    force: Force = False,
) -> None:
    """Bandingkan tabel laporan dengan buku kerjanya. Kode keluar: 0 semua sama, 1 ada yang berbeda, 2 tidak terbaca."""
    with one_line_errors():
        from lkjip_xl.base.output import check_target, write_whole
        from lkjip_xl.report.review.run import review
        from lkjip_xl.report.review.text import as_json, as_text
        from lkjip_xl.report.text import identity
        from lkjip_xl.template.load import load_template
        from lkjip_xl.xlsx.guard import LIMITS

        if output is not None:
            check_target(output, force=force, inputs=[document, file])
            check_name(output, ".xlsx")
        declared = load_template(templates)
        checked, found = review(document, file, declared, LIMITS.times(limits))
        if format is Format.JSON:
            typer.echo(json_text(as_json(document, checked, found, declared)))
        else:
            typer.echo(printable(as_text(document, checked, found, declared)))
        if output is not None:
            from lkjip_xl.report.review.sheets import as_workbook

            owner = " · ".join(filter(None, identity(checked, declared)))
            write_whole(output, as_workbook(found, owner, declared.declared.paper), force=force)
            typer.echo(f"Dibuat: {shown(output)}", err=True)
    if not found.agrees:
        raise typer.Exit(FAULTS_FOUND)
