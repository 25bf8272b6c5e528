"""Where in the data folder what is made stands, and of what it is made.

The folder of a round is what ``lkjip-xl consolidate`` takes: ``kiriman`` with the one file of each agency that counts,
``opd.csv`` and ``keputusan.csv``. It follows the database, from which it can be laid out again at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from lkjip_xl import __version__
from lkjip_xl.base import owned
from lkjip_xl.base.output import write_whole
from lkjip_xl.formula.pattern import Pattern
from lkjip_xl.portal import counting, rounds, uploads, works
from lkjip_xl.portal.counting import Contents
from lkjip_xl.portal.jobs import Job, Kind
from lkjip_xl.portal.rounds import Agency, Round
from lkjip_xl.portal.settings import PortalError, Settings
from lkjip_xl.portal.submissions import Submission
from lkjip_xl.portal.uploads import Upload
from lkjip_xl.portal.vault import Vault
from lkjip_xl.portal.works import Blank, Source, Together

_MADE = {
    Kind.RETURNED: (works.make_returned, "dikembalikan.xlsx"),
    Kind.SUMMARY: (works.make_summary, "ringkasan.xlsx"),
    Kind.REPORT: (works.make_report, "laporan.docx"),
}
"""What is made of a file that has come: by which function, under which name."""
_COUNTED = re.compile(r"[A-Za-z0-9._-]+-kiriman-\d+\.xlsx")


@dataclass(frozen=True, slots=True)
class Making:
    """Something that is made: by which function, of what, to where."""

    function: Callable[..., Any]
    argument: Any
    target: Path


def source(vault: Vault, settings: Settings, upload: Upload) -> Source:
    """Return a file that has come, as a reader is given it."""
    return Source(vault.path(upload.stored), upload.name, settings.templates, settings.limits)


def made_of(vault: Vault, upload: Upload, kind: Kind) -> Path:
    """Return where stands what is made of a file that has come."""
    _, name = _MADE[kind]
    if upload.check is not None:
        stored = vault.path(upload.stored)
        return stored.with_name(f"{stored.stem}-{name}")
    return vault.path(f"turunan/{upload.id}") / name


def blank(vault: Vault, of: Round, each: Agency) -> Path:
    """Return where the blank workbook of an agency stands; another deadline or contact of the round makes another one."""
    said = hashlib.sha256(f"{of.deadline}\n{of.contact}\n{__version__}".encode()).hexdigest()[:8]
    return vault.path(of.folder) / "kosong" / f"{counting.file_code(each.code)}-{each.id}-{said}.xlsx"


def together(vault: Vault, of: Round) -> Path:
    """Return the folder of what a round is put together into."""
    return vault.path(of.folder) / "hasil"


def making(connection: sa.Connection, vault: Vault, settings: Settings, job: Job, codes: Pattern) -> Making:
    """Return how a piece of work is done. Raises ``PortalError`` where what it was about is gone."""
    if job.kind in _MADE:
        upload = uploads.find(connection, job.subject)
        function, _ = _MADE[job.kind]
        return Making(function, source(vault, settings, upload), made_of(vault, upload, job.kind))
    if job.kind is Kind.BLANK:
        each = rounds.find_agency(connection, job.subject)
        of = rounds.find_round(connection, each.round) if each else None
        if each is None or of is None:
            raise PortalError("OPD ini tidak ada lagi")
        wanted = Blank(of.registry, each.position, of.year, of.deadline, of.contact, settings.templates)
        return Making(works.make_blank, wanted, blank(vault, of, each))
    of = rounds.find_round(connection, job.subject)
    if of is None:
        raise PortalError("putaran ini tidak ada lagi")
    number = len(lay_out(connection, vault, of, codes))
    wanted_ = Together(
        vault.path(of.folder), of.year, settings.readers, settings.templates, settings.limits, number
    )
    return Making(works.put_together, wanted_, together(vault, of))


def lay_out(connection: sa.Connection, vault: Vault, of: Round, codes: Pattern) -> dict[str, Submission]:
    """Have the folder of a round hold what counts, and nothing else of ours; return it by name."""
    folder = vault.path(of.folder)
    sent = folder / works.SENT
    sent.mkdir(parents=True, exist_ok=True)
    held = counting.contents(connection, of, codes)
    for name, text in texts(of, held).items():
        _text(folder / name, text)
    for path in sent.iterdir():
        if path.name not in held.counted:
            owned.remove(path, lambda each: _COUNTED.fullmatch(each.name) is not None)
    for name, each in held.counted.items():
        _link(vault.path(each.place), sent / name)
    return held.counted


def texts(of: Round, held: Contents) -> dict[str, str]:
    """Return the texts that the folder of a round holds, by name; an empty one is not there."""
    return {works.REGISTRY: of.registry, works.DECISIONS: held.decisions}


def _text(path: Path, text: str) -> None:
    """Have a file hold a text; without a text there is none."""
    if not text:
        owned.remove(path, lambda each: each.name in (works.REGISTRY, works.DECISIONS))
    elif not path.is_file() or path.read_bytes() != text.encode():
        write_whole(path, text.encode(), force=True)


def _link(path: Path, target: Path) -> None:
    """Have a file under another name, without its bytes twice where the system can."""
    with contextlib.suppress(FileExistsError):
        try:
            os.link(path, target)
        except FileExistsError:
            raise
        except OSError:
            temporary = target.with_suffix(".salinan")
            shutil.copyfile(path, temporary)
            temporary.replace(target)
