"""The command ``lkjip-xl template``: one workbook, or those of a whole registry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lkjip_xl.base.errors import LkjipError, SetupError
from lkjip_xl.base.files import shown
from lkjip_xl.base.showing import short
from lkjip_xl.cli.common import Force, Templates, check_name, one_line_errors

if TYPE_CHECKING:
    from lkjip_xl.form.submission import Submission
    from lkjip_xl.template.model import Setup, Template


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
        from lkjip_xl.base.output import check_target, write_whole
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
        from lkjip_xl.write.render import render

        write_whole(output, render(declared, submission), force=force)
    typer.echo(f"Dibuat: {shown(output)}")


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
    from lkjip_xl.base.output import check_target, free_names, write_whole
    from lkjip_xl.consolidate.registry import load_registry
    from lkjip_xl.write.render import render

    opds = load_registry(registry, template.codes)
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
        check_target(target, force=force, inputs=[registry])
    for target, submission in zip(targets, submissions, strict=True):
        write_whole(target, render(template, submission), force=force)
    typer.echo(f"Dibuat: {len(targets)} buku kerja di {shown(folder)}")


def _file_name(code: str) -> str:
    """Return an OPD code as every system takes it for a file's name."""
    kept = "".join(char if char.isalnum() or char in ".-_" else "-" for char in code)
    return kept.strip(".-") or "opd"


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

    from lkjip_xl.form.json_data import UNSTORABLE, checked_value, load_data
    from lkjip_xl.form.submission import initial, with_text

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
            if not text.isprintable():
                raise SetupError(f"{option}: {UNSTORABLE}")
            value = str(checked_value(text, template.column(path)[1], option))
            if option == "--opd" and not template.codes.fits(value):
                raise SetupError(f"--opd {text}: kode OPD seharusnya {template.codes.words}")
            submission = with_text(template, submission, path, value)
    return submission


def _setup(template: Template, tahun: int | None, periode: str | None, modul: list[str]) -> Setup:
    import datetime
    import re

    from lkjip_xl.form.json_data import checked_setup
    from lkjip_xl.template.model import Setup

    year = datetime.datetime.now(tz=datetime.UTC).year - 1 if tahun is None else tahun
    first, last = year - 4, year
    if periode is not None:
        match = re.fullmatch(r"(\d{4})-(\d{4})", periode)
        if match is None:
            raise SetupError(f"--periode {short(periode)}: tulis seperti 2018-2023")
        first, last = int(match[1]), int(match[2])
    return checked_setup(Setup(year, (first, last), frozenset(modul)), template)


def _rows(template: Template, given: list[str]) -> dict[str, int]:
    from lkjip_xl.template.declaration import MAX_ROWS

    rows: dict[str, int] = {}
    for text in given:
        key, _, number = text.partition("=")
        table = template.tables.get(key)
        if table is None or table.is_form or table.declared.fixed_rows or table.declared.rows_from:
            raise SetupError(f"--baris {text}: tabel {key} tidak ada atau barisnya tetap")
        if not number.isdecimal() or not 1 <= int(number) <= MAX_ROWS:
            raise SetupError(f"--baris {text}: jumlah baris harus 1 sampai {MAX_ROWS}")
        rows[key] = int(number)
    return rows
