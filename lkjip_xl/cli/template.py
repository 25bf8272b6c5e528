"""The command ``lkjip-xl template``: one workbook, or those of a whole registry."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lkjip_xl.base.errors import SetupError
from lkjip_xl.base.files import shown
from lkjip_xl.base.showing import sentence
from lkjip_xl.cli.common import Force, Templates, check_name, one_line_errors

if TYPE_CHECKING:
    from lkjip_xl.form.code_list import CodeList
    from lkjip_xl.form.setups import Wanted
    from lkjip_xl.template.model import Template

_Output = Annotated[
    Path,
    typer.Option(
        "-o",
        "--output",
        help="Buku kerja yang dibuat; dengan --registry foldernya.",
        metavar="BERKAS.xlsx",
    ),
]
_Data = Annotated[
    Path | None, typer.Option("--data", help="Data JSON untuk mengisi buku kerja.", metavar="BERKAS.json")
]
_Code = Annotated[str | None, typer.Option("--opd", help="Kode perangkat daerah.", metavar="KODE")]
_Name = Annotated[str | None, typer.Option("--nama", help="Nama perangkat daerah.", metavar="NAMA")]
_Year = Annotated[
    int | None, typer.Option("--tahun", help="Tahun laporan; bawaannya tahun lalu.", metavar="TAHUN")
]
_Period = Annotated[
    str | None,
    typer.Option(
        "--periode",
        help="Periode Renstra, misalnya 2018-2023; bawaannya lima tahun sampai tahun laporan.",
        metavar="AWAL-AKHIR",
    ),
]
_Modules = Annotated[
    list[str] | None,
    typer.Option("--modul", help="Modul tambahan, misalnya idm; boleh berulang.", metavar="MODUL"),
]
_Rows = Annotated[
    list[str] | None,
    typer.Option(
        "--baris", help="Jumlah baris tabel, misalnya keuangan=250; boleh berulang.", metavar="TABEL=N"
    ),
]
_Deadline = Annotated[
    str,
    typer.Option("--deadline", help="Tenggat, tampil di Petunjuk; misalnya 2024-01-31.", metavar="TANGGAL"),
]
_Contact = Annotated[
    str, typer.Option("--contact", help="Kepada siapa dikirim, tampil di Petunjuk.", metavar="KONTAK")
]
_Codes = Annotated[
    Path | None,
    typer.Option(
        "--codes",
        help="Daftar kode program, kegiatan, dan sub kegiatan; tiap buku kerja memuat bagian untuk bidangnya.",
        metavar="DAFTAR.xlsx|csv",
    ),
]
_Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--bidang",
        help="Bidang urusan OPD untuk --codes, bila tidak ada di kodenya; misalnya 2.13; boleh berulang.",
        metavar="BIDANG",
    ),
]
_Registry = Annotated[
    Path | None,
    typer.Option(
        "--registry", help="Daftar OPD (CSV): satu buku kerja kosong untuk tiap OPD.", metavar="OPD.csv"
    ),
]

_NAMED = 5  # rows that are left out of a list, and named


def template(  # noqa: PLR0913 - one parameter for each option
    output: _Output,
    data: _Data = None,
    opd: _Code = None,
    nama: _Name = None,
    tahun: _Year = None,
    periode: _Period = None,
    modul: _Modules = None,
    baris: _Rows = None,
    deadline: _Deadline = "",
    contact: _Contact = "",
    codes: _Codes = None,
    bidang: _Fields = None,
    registry: _Registry = None,
    templates: Templates = None,
    force: Force = False,
) -> None:
    """Buat buku kerja isian, kosong atau terisi dari data JSON."""
    with one_line_errors():
        from lkjip_xl.base.output import check_target, write_whole
        from lkjip_xl.form.setups import Wanted, first_submission
        from lkjip_xl.template.load import load_template

        declared = load_template(templates)
        known = _known_codes(codes, declared)
        wanted = Wanted(tahun, periode, tuple(modul or ()), tuple(baris or ()), opd, nama, deadline, contact)
        wanted = replace(wanted, codes=known, fields=tuple(bidang or ()))
        if registry is not None:
            if data is not None or opd is not None or nama is not None:
                raise SetupError("--registry tidak dipakai bersama --data, --opd, atau --nama")
            _templates_for_all(registry, output, declared, wanted, force)
            return
        check_target(output, force=force, inputs=[each for each in (data, codes) if each])
        check_name(output, ".xlsx")
        submission = first_submission(declared, wanted, data)
        from lkjip_xl.write.render import render

        write_whole(output, render(declared, submission), force=force)
    typer.echo(f"Dibuat: {shown(output)}")


def _templates_for_all(registry: Path, folder: Path, template: Template, wanted: Wanted, force: bool) -> None:
    """Write the blank workbook of each OPD of a registry."""
    from lkjip_xl.base.output import check_target, free_names, write_whole
    from lkjip_xl.consolidation.blanks import blank_of
    from lkjip_xl.consolidation.registry import load_registry
    from lkjip_xl.write.render import render

    listed = load_registry(registry, template.codes)
    opds = listed.opds
    try:
        submissions = [blank_of(opd, wanted, template) for opd in opds]
    except SetupError as error:
        raise SetupError(error.reason, registry) from None
    within = [
        folder.joinpath(*(_file_name(unit.code) for unit in listed.above(opd.parent)[::-1])) for opd in opds
    ]
    names: dict[Path, list[Path]] = {}
    for place, opd, each in zip(within, opds, submissions, strict=True):
        names.setdefault(place, []).append(Path(f"{_file_name(opd.code)}-{each.setup.year}.xlsx"))
    free = {place: iter(free_names(files, place)) for place, files in names.items()}
    targets = [next(free[place]) for place in within]
    for target in targets:
        check_target(target, force=force, inputs=[registry])
    for target, submission in zip(targets, submissions, strict=True):
        write_whole(target, render(template, submission), force=force)
    typer.echo(f"Dibuat: {len(targets)} buku kerja di {shown(folder)}")


def _known_codes(path: Path | None, template: Template) -> CodeList | None:
    """Return the list of codes, and say which of its rows are left out."""
    from lkjip_xl.form.code_list import load_codes

    if path is None:
        return None
    codes = load_codes(path, template)
    if codes.skipped:
        some = ", ".join(codes.skipped[:_NAMED]) + (", …" if len(codes.skipped) > _NAMED else "")
        told = f"{path.name}: {len(codes.skipped)} baris dilewati, karena kode atau tahunnya tidak terbaca: {some}"
        typer.echo(sentence(told), err=True)
    return codes


def _file_name(code: str) -> str:
    """Return an OPD code as every system takes it for a file's name."""
    kept = "".join(char if char.isalnum() or char in ".-_" else "-" for char in code)
    return kept.strip(".-") or "opd"
