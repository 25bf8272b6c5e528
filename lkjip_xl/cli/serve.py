"""The command ``lkjip-xl serve``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from lkjip_xl.cli.common import Larger, Templates, extra, one_line_errors

Data = Annotated[
    Path,
    typer.Option(
        "--data", help="Folder untuk semua yang disimpan portal; dibuat bila belum ada.", metavar="FOLDER"
    ),
]
Database = Annotated[
    str,
    typer.Option("--db", help="Basis data, sebagai ganti SQLite di folder data.", metavar="postgresql://…"),
]
_Host = Annotated[
    str,
    typer.Option("--host", help="Alamat yang didengarkan; 0.0.0.0 untuk jaringan kantor.", metavar="ALAMAT"),
]
_Port = Annotated[int, typer.Option("--port", help="Nomor port.", min=1, max=65535, metavar="PORT")]
_Url = Annotated[
    str,
    typer.Option(
        "--url", help="Alamat yang dipakai peramban, bila ada proksi di depannya.", metavar="https://…"
    ),
]
_Jobs = Annotated[
    int, typer.Option("--jobs", help="Jumlah proses pembaca; bawaannya satu tiap inti.", metavar="N", min=0)
]
_Invite = Annotated[
    str, typer.Option("--invite", help="Buat undangan baru untuk akun ini (lupa kata sandi).", metavar="NAMA")
]
_Second = Annotated[
    bool,
    typer.Option("--second-factor", help="Setiap akun harus memakai kode kedua dari aplikasi di telepon."),
]
_Scan = Annotated[
    str,
    typer.Option(
        "--scan",
        help="Perintah pemindai virus untuk tiap berkas yang datang.",
        metavar="'clamdscan --fdpass'",
    ),
]


def serve(  # noqa: PLR0913 - one parameter for each option
    data: Data = Path("portal-lkjip"),
    db: Database = "",
    host: _Host = "127.0.0.1",
    port: _Port = 8080,
    url: _Url = "",
    jobs: _Jobs = 0,
    invite: _Invite = "",
    second: _Second = False,
    scan: _Scan = "",
    templates: Templates = None,
    limits: Larger = 1,
) -> None:
    """Jalankan portal: OPD memeriksa dan mengirim lewat peramban, koordinator mengikuti dan menggabungkan."""
    with one_line_errors():
        from lkjip_xl.xlsx.guard import LIMITS

        with extra():
            from lkjip_xl.portal.server import serve as run
            from lkjip_xl.portal.settings import Settings
        settings = Settings(
            data,
            db,
            url.rstrip("/"),
            jobs or os.cpu_count() or 1,
            templates,
            LIMITS.times(limits),
            second=second,
            scan=scan,
        )
        run(settings, host, port, invite, typer.echo)
