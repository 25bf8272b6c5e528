"""What is asked of a new workbook, as people write it; and the submission that it begins with."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lkjip_xl.base.errors import SetupError
from lkjip_xl.base.showing import short
from lkjip_xl.form.code_list import CodeList, with_codes
from lkjip_xl.form.identity import MAX_CONTACT, notice_of, notice_text
from lkjip_xl.form.json_data import UNSTORABLE, checked_setup, checked_value, load_data
from lkjip_xl.form.submission import Notice, Submission, initial, with_text
from lkjip_xl.template.declaration import MAX_ROWS
from lkjip_xl.template.model import Setup, Template


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a workbook is to be; None: as the data or the calendar say."""

    year: int | None = None
    """The report year; else last year."""
    period: str | None = None
    """The Renstra period, such as ``2018-2023``; else the five years up to the report's."""
    modules: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    """Numbers of rows, such as ``keuangan=250``."""
    code: str | None = None
    name: str | None = None
    deadline: str = ""
    """The last day, such as ``2024-01-31``."""
    contact: str = ""
    """To whom the workbook is sent."""
    codes: CodeList | None = None
    """The list of codes of which it carries its OPD's."""
    fields: tuple[str, ...] = ()
    """The OPD's fields of government, such as ``2.13``, where its code does not name them."""


def first_submission(template: Template, wanted: Wanted, data: Path | None = None) -> Submission:
    """Return what a new workbook holds: the data of a JSON file, or what blank workbooks begin with.

    Raises ``SetupError`` or ``DataError`` for the first thing that does not fit.
    """
    if data is None:
        submission = initial(template, _setup(template, wanted))
    elif wanted.year is not None or wanted.period is not None or wanted.modules:
        raise SetupError("--tahun, --periode dan --modul sudah ada di berkas --data; hapus dari perintah")
    else:
        submission = load_data(data, template)
    setup = replace(submission.setup, rows=_rows(template, wanted.rows))
    submission = replace(submission, setup=setup, notice=_notice(wanted))
    identity = template.declared.identity
    for option, path, text in (("--opd", identity.code, wanted.code), ("--nama", identity.name, wanted.name)):
        if text is not None:
            value = _identity_text(template, option, path, text)
            submission = with_text(template, submission, path, value)
    if wanted.codes is not None:
        return with_codes(template, submission, wanted.codes, wanted.fields)
    return submission


def _notice(wanted: Wanted) -> Notice:
    deadline, contact = wanted.deadline, wanted.contact
    if deadline != notice_of(notice_text(Notice(deadline))).deadline:
        raise SetupError(f"tenggat {short(deadline)}: tulis sebagai tanggal TTTT-BB-HH, misalnya 2024-01-31")
    if len(contact) > MAX_CONTACT or not contact.isprintable():
        raise SetupError(f"kontak: paling banyak {MAX_CONTACT} huruf dalam satu baris")
    return Notice(deadline, contact)


def _identity_text(template: Template, option: str, path: str, text: str) -> str:
    if not text.isprintable():
        raise SetupError(f"{option}: {UNSTORABLE}")
    value = str(checked_value(text, template.column(path)[1], option))
    if path == template.declared.identity.code and not template.codes.fits(value):
        raise SetupError(f"{option} {text}: kode OPD seharusnya {template.codes.words}")
    return value


def _setup(template: Template, wanted: Wanted) -> Setup:
    for module in set(wanted.modules) & (set(template.modules) - set(template.offered)):
        raise SetupError(f"--modul {module}: modul ini ada dengan sendirinya bila --codes diberikan")
    year = datetime.datetime.now(tz=datetime.UTC).year - 1 if wanted.year is None else wanted.year
    first, last = year - 4, year
    if wanted.period is not None:
        match = re.fullmatch(r"(\d{4})-(\d{4})", wanted.period)
        if match is None:
            raise SetupError(f"--periode {short(wanted.period)}: tulis seperti 2018-2023")
        first, last = int(match[1]), int(match[2])
    return checked_setup(Setup(year, (first, last), frozenset(wanted.modules)), template)


def _rows(template: Template, given: Sequence[str]) -> dict[str, int]:
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
